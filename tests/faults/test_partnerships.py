"""A steward's list of partnerships: taken whole where every row is right, refused with a reason and a
place where not.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from clearlink import folders
from etl.directory import Directory
from etl.pipeline import builds
from etl.pipeline.areas_governed import partnership_files
from etl.records import Area, AreaLink, Harvest, Severity
from etl.sources.areas import partnerships
from tests.few_draws import draw_few

HEADER = "partnership_id,name_en,name_cy,area_code,weight,valid_from,valid_to\n"
SMALL = [f"W010000{n:02d}" for n in (3, 4, 5, 6)]


@pytest.fixture(scope="module")
def known() -> Directory:
    areas = [
        Area("W06000001", "LA", "Isle of Anglesey", "Ynys Môn"),
        Area("W02000001", "MSOA21", "A place"),
        *(Area(c, "LSOA21", c, None, "W06000001") for c in SMALL),
    ]
    # one area of 2011 that was split, and one that was merged into another
    links = [
        AreaLink("W01000099", SMALL[0], "LSOA21"),
        AreaLink("W01000099", SMALL[1], "LSOA21"),
        AreaLink("W01000098", SMALL[2], "LSOA21"),
    ]
    return Directory.from_catalogue(areas, links)


def read(known: Directory, *rows: str) -> Harvest:
    return partnerships.read(
        (HEADER + "\n".join(rows) + "\n").encode(), "mine.csv", known
    )


def codes(harvest: Harvest) -> list[str]:
    return [p.code for p in harvest.problems if p.severity is Severity.REFUSED]


def test_a_weighted_dated_list_becomes_an_area(known: Directory) -> None:
    got = read(
        known,
        f"CF_ONE,Cluster One,Clwstwr Un,{SMALL[0]},1,2012-04-01,31/03/2018",
        f"CF_ONE,Cluster One,Clwstwr Un,{SMALL[1]},25%,2012-04-01,31/03/2018",
    )
    assert codes(got) == []
    assert got.areas == [
        Area(
            "CF_ONE",
            "PARTNERSHIP",
            "Cluster One",
            "Clwstwr Un",
            "W06000001",
            "since 2012-04-01 until 2018-03-31",
        )
    ]
    assert [
        (x.child_code, x.weight, x.valid_from, x.valid_to) for x in got.links
    ] == [
        (SMALL[0], 1.0, date(2012, 4, 1), date(2018, 3, 31)),
        (SMALL[1], 0.25, date(2012, 4, 1), date(2018, 3, 31)),
    ]


def test_welsh_headings_are_read(known: Directory) -> None:
    columns = "id_partneriaeth,enw_saesneg,enw_cymraeg,cod_ardal,pwysiad,dilys_o,dilys_hyd"
    data = f"{columns}\nCF_ONE,One,Un,{SMALL[0]},1,,\n"
    assert [
        a.area_code
        for a in partnerships.read(data.encode(), "fy_rhestr.csv", known).areas
    ] == ["CF_ONE"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"cf one,One,Un,{SMALL[0]},1,,", "partnership_id_shape"),
        (f"RCC_GWENT,One,Un,{SMALL[0]},1,,", "partnership_id_shape"),
        (f"CF_ONE,One,,{SMALL[0]},1,,", "required_blank"),
        ("CF_ONE,One,Un,W01009999,1,,", "area_unknown"),
        ("CF_ONE,One,Un,E01000001,1,,", "area_outside_wales"),
        ("CF_ONE,One,Un,W01000099,1,,", "area_retired"),
        ("CF_ONE,One,Un,W01000098,1,,", "area_retired"),
        ("CF_ONE,One,Un,W02000001,1,,", "partnership_area_kind"),
        (f"CF_ONE,One,Un,{SMALL[0]},0,,", "partnership_weight"),
        (f"CF_ONE,One,Un,{SMALL[0]},1.2,,", "partnership_weight"),
        (f"CF_ONE,One,Un,{SMALL[0]},most,,", "partnership_weight"),
        (f"CF_ONE,One,Un,{SMALL[0]},,,", "required_blank"),
        (
            f"CF_ONE,One,Un,{SMALL[0]},1,2018-01-01,2017-01-01",
            "end_before_start",
        ),
        (f"CF_ONE,One,Un,{SMALL[0]},1,31/02/2018,", "date_impossible"),
    ],
)
def test_a_bad_row_keeps_its_partnership_out_whole(
    row: str, code: str, known: Directory
) -> None:
    got = read(
        known,
        row,
        f"CF_ONE,One,Un,{SMALL[1]},1,,",
        f"CF_TWO,Two,Dau,{SMALL[2]},1,,",
    )
    assert codes(got) == [code]
    assert got.problems[0].row == 2
    kept = {a.area_code for a in got.areas}
    assert "CF_TWO" in kept
    assert ("CF_ONE" in kept) == (code == "partnership_id_shape")


def test_names_that_differ_are_refused(known: Directory) -> None:
    got = read(
        known,
        f"CF_ONE,One,Un,{SMALL[0]},1,,",
        f"CF_ONE,Another,Un,{SMALL[1]},1,,",
    )
    assert (codes(got), got.areas) == (["partnership_name_differs"], [])


def test_an_area_stands_once_at_any_time(known: Directory) -> None:
    twice = [
        f"CF_ONE,One,Un,{SMALL[0]},0.3,2012-01-01,2015-12-31",
        f"CF_ONE,One,Un,{SMALL[0]},0.4,2015-12-31,",
    ]
    assert codes(read(known, *twice)) == ["partnership_area_twice"]
    assert (
        codes(
            read(known, twice[0], twice[1].replace("2015-12-31", "2016-01-01"))
        )
        == []
    )


def test_shares_of_an_area_add_to_at_most_one(known: Directory) -> None:
    thirds = [
        f"CF_{n},Part {n},Rhan {n},{SMALL[0]},0.333334,,"
        for n in ("A1", "B1", "C1")
    ]
    assert codes(read(known, *thirds)) == ["partnership_overfull"]
    assert (
        codes(
            read(
                known, *(row.replace("0.333334", "0.333333") for row in thirds)
            )
        )
        == []
    )
    later = thirds[2].removesuffix(",,") + ",2020-01-01,"
    assert (
        codes(
            read(
                known,
                *(
                    row.removesuffix(",,") + ",,2019-12-31"
                    for row in thirds[:2]
                ),
                later,
            )
        )
        == []
    )


def test_the_shipped_boards_are_thirteen_and_whole(known: Directory) -> None:
    [path] = [
        p for p in partnership_files() if p.name == "public_services_boards.csv"
    ]
    rows = path.read_text(encoding="utf-8").splitlines()[1:]
    assert (
        len(rows),
        len({row.split(",")[0] for row in rows}),
        len({row.split(",")[3] for row in rows}),
    ) == (22, 13, 22)


def test_a_steward_adds_a_partnership_without_code(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_few(monkeypatch)
    (data_dir / "partnerships").mkdir(parents=True)
    (data_dir / "partnerships" / "clusters.csv").write_text(
        HEADER
        + f"CF_ONE,Cluster One,Clwstwr Un,{SMALL[0]},1,2012-04-01,2018-03-31\n"
        f"CF_ONE,Cluster One,Clwstwr Un,{SMALL[1]},0.5,2012-04-01,2018-03-31\n"
        f"CF_ONE,Cluster One,Clwstwr Un,{SMALL[2]},1,2018-04-01,\n",
        encoding="utf-8",
    )
    (data_dir / "partnerships" / "wrong.csv").write_text(
        "id,name\n1,2\n", encoding="utf-8"
    )
    register = data_dir / "mine.csv"
    register.write_text(
        "project_id,title,programme,commissioner,provider_org_id,start,end,annual_value_gbp,area_codes,target_group,priority_id,capacity\n"
        "P1,A project of the cluster,Communities First,Isle of "
        "Anglesey,,2014-04-01,2016-03-31,10000,CF_ONE,,,\n"
        "P2,A later project,Communities First,Isle of Anglesey,,2020-04-01,2021-03-31,10000,CF_ONE,,,\n"
        "P3,A project of a board,Communities First,Isle of "
        "Anglesey,,2020-04-01,2021-03-31,10000,PSB_GWYNEDD_AND_ANGLESEY,,,\n",
        encoding="utf-8",
    )
    builds.build_sample([register], lambda *_: None)
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        placed = con.execute(
            "select project_id, area_code, precision, weight from project_area where project_id in "
            "('P1', 'P2') order by 1, 2"
        ).fetchall()
        assert [(p, a, how) for p, a, how, _ in placed] == [
            ("P1", SMALL[0], "PARTNERSHIP"),
            ("P1", SMALL[1], "PARTNERSHIP"),
            ("P2", SMALL[2], "PARTNERSHIP"),
        ]
        assert sum(w for p, _, _, w in placed if p == "P1") == pytest.approx(1)
        people = dict(
            con.execute(
                "select area_code, population from area where area_code in (?, ?)",
                SMALL[:2],
            ).fetchall()
        )
        assert placed[0][3] == pytest.approx(
            people[SMALL[0]] / (people[SMALL[0]] + people[SMALL[1]] / 2),
            rel=0.5,
        )
        assert con.execute(
            "select count(*), any_value(precision) from project_area where project_id = 'P3'"
        ).fetchall() == [
            (
                con.execute(
                    "select count(*) from area_link where parent_type = 'LA' and parent_code in "
                    "('W06000001', 'W06000002')"
                ).fetchall()[0][0],
                "REGION",
            )
        ]
        assert con.execute(
            "select source_id, rows_in, rows_kept from row_count where kind = 'partnership' order by 1"
        ).fetchall() == [
            ("clusters.csv", 3, 3),
            ("public_services_boards.csv", 22, 22),
            ("wrong.csv", 0, 0),
        ]
        assert (
            con.execute(
                "select count(*) from problem where file = 'wrong.csv' and severity = 'refused'"
            ).fetchall()[0][0]
            > 0
        )
        assert con.execute(
            "select count(*) from place where area_code like 'PSB_%'"
        ).fetchall() == [(13,)]
