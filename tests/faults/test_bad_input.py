"""Bad files and bad rows: refused in words with their place, everything else loads, and the last complete
build serves on.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from clearlink import folders
from clearlink.command import main
from clearlink.commands import runs
from clearlink.exit_codes import Exit
from clearlink.warehouse import connection
from etl.build import builder
from etl.pipeline import builds, published
from etl.sources.catalogue import load_sources
from tests.few_draws import draw_few

FAULTY = Path(__file__).with_name("register_with_faults.csv")
# enough of the publishers for a build of Wales without maps: areas, one census table, both indexes
SOURCES = (
    "authorities",
    "lsoa21_parents",
    "lsoa11_to_lsoa21",
    "lsoa11_outlines",
    "wimd_2025_ranks",
    "wimd_2019_ranks",
    "census_2021_ts038",
    "census_2021_age",
    "els_claimant_count",
    "homelessness_2022_23",
)


@pytest.fixture
def small_mirror(
    mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of a part of the stand-in, which a test may spoil."""
    folder = tmp_path / "mirror"
    for name in SOURCES:
        source = load_sources()[name]
        target = folder / source.mirror_path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((mirror / source.mirror_path).read_bytes())
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path / "data"))
    return folder


def _fetch(mirror: Path) -> int:
    return runs.fetch(mirror=mirror, names=list(SOURCES))


def _text(data: bytes) -> str:
    return (
        gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    ).decode("utf-8-sig")


def _packed(text: str, like: bytes) -> bytes:
    return (
        gzip.compress(text.encode())
        if like.startswith(b"\x1f\x8b")
        else text.encode()
    )


def _truncated(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _renamed_column(data: bytes) -> bytes:
    first, rest = _text(data).split("\n", 1)
    return _packed(
        first.replace(
            "Disability: Disabled under the Equality Act",
            "Disability: People with an impairment",
        )
        + "\n"
        + rest,
        data,
    )


def _garbage(data: bytes) -> bytes:
    return bytes((b * 7 + 13) % 256 for b in data[:5000])


def _page(data: bytes) -> bytes:
    return b"<!doctype html><html><body>We are sorry, this page has moved</body></html>"


def _empty(data: bytes) -> bytes:
    return b""


SPOILED = {
    "truncated": ("census_2021_ts038", _truncated),
    "renamed column": ("census_2021_ts038", _renamed_column),
    "garbage": ("wimd_2025_ranks", _garbage),
    "garbage workbook": ("wimd_2019_ranks", _garbage),
    "truncated workbook": ("wimd_2019_ranks", _truncated),
    "a page instead of a table": ("els_claimant_count", _page),
    "empty": ("els_claimant_count", _empty),
}


@pytest.mark.mirror
@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_file_is_refused_in_words_and_the_last_good_one_stays(
    what: str, small_mirror: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, spoil = SPOILED[what]
    source = load_sources()[name]
    assert _fetch(small_mirror) == Exit.DONE
    file = small_mirror / source.mirror_path
    file.write_bytes(spoil(file.read_bytes()))
    capsys.readouterr()
    assert _fetch(small_mirror) == Exit.SOURCE_UNAVAILABLE
    said = capsys.readouterr()
    assert source.file in said.err
    for part in ("found", "expected"):
        assert part in said.err
    assert "1 refused" in said.out or "1 late" in said.out
    intake = published.published_intake(
        "official", date(2026, 11, 23), lambda *_: None
    )
    mine = [p for p in intake.problems if p.source_id == name]
    assert mine, (
        "the build knows that a file was refused, so that the page can say so"
    )
    assert all(
        p.file and p.place and p.found and p.expected and p.remedy for p in mine
    )
    states = {s.source_id: s.state for s in intake.snapshots}
    assert states[name] == "late"
    assert set(SOURCES) <= set(states), (
        "the last good figures and everything else are loaded"
    )
    assert all(
        state == "current" for other, state in states.items() if other != name
    )


@pytest.mark.mirror
def test_a_source_that_comes_well_again_is_no_longer_late(
    small_mirror: Path,
) -> None:
    source = load_sources()["census_2021_ts038"]
    file = small_mirror / source.mirror_path
    good = file.read_bytes()
    file.write_bytes(_truncated(good))
    assert _fetch(small_mirror) == Exit.SOURCE_UNAVAILABLE
    intake = published.published_intake(
        "official", date(2026, 11, 23), lambda *_: None
    )
    assert source.source_id not in {s.source_id for s in intake.snapshots}, (
        "there never was a good one"
    )
    file.write_bytes(good)
    assert _fetch(small_mirror) == Exit.DONE
    again = published.published_intake(
        "official", date(2026, 11, 23), lambda *_: None
    )
    assert {s.source_id: s.state for s in again.snapshots}[
        source.source_id
    ] == "current"
    assert [
        p
        for p in again.problems
        if p.source_id == source.source_id and p.severity == "refused"
    ] == []


@pytest.mark.mirror
def test_the_wrong_edition_under_the_right_name_is_refused(
    small_mirror: Path,
) -> None:
    """Ranks of 2019 offered as those of 2025: other areas, other numbers of them."""
    sources = load_sources()
    assert _fetch(small_mirror) == Exit.DONE
    held = sources["wimd_2025_ranks"]
    file = small_mirror / held.mirror_path
    lines = _text(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(_packed("".join(lines[:1] + lines[9:]), file.read_bytes()))
    assert _fetch(small_mirror) == Exit.SOURCE_UNAVAILABLE
    shutil.copyfile(
        small_mirror / sources["census_2021_ts038"].mirror_path,
        small_mirror / sources["census_2021_age"].mirror_path,
    )
    assert _fetch(small_mirror) == Exit.SOURCE_UNAVAILABLE
    intake = published.published_intake(
        "official", date(2026, 11, 23), lambda *_: None
    )
    assert {s.source_id for s in intake.snapshots if s.state == "late"} == {
        "wimd_2025_ranks",
        "census_2021_age",
    }
    ranks = [
        o
        for _, many in intake.observations
        for o in many
        if o.indicator_id == "wimd_rank_overall" and o.edition == "2025"
    ]
    assert len(ranks) == 1917


@pytest.fixture(scope="module")
def with_faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample built with a register of nothing but faults and one good row."""
    folder = tmp_path_factory.mktemp("faults")
    rows = list(csv.reader(io.StringIO(FAULTY.read_text(encoding="utf-8"))))
    sample = list(
        csv.DictReader(
            (folders.SAMPLE / "register.csv").open(encoding="utf-8", newline="")
        )
    )
    good = next(
        r
        for r in sample
        if r["area_codes"].startswith("W01")
        and r["delivery_model"] == "place_based"
    )
    row = {**good, "project_id": "GOOD-001"}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows(rows)
    writer.writerow([row.get(column, "") for column in rows[0]])
    register = folder / "register_of_faults.csv"
    register.write_text(out.getvalue(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(folder / "data"))
        draw_few(patch)
        assert (
            main(["build", "--sample", "--register", str(register)])
            == Exit.DONE
        )
        yield folder


def test_each_faulty_row_is_refused_with_file_row_column_found_expected_and_remedy(
    with_faults: Path,
) -> None:
    with duckdb.connect(
        str(with_faults / "data" / "built" / "clearlink.duckdb"), read_only=True
    ) as con:
        told = con.execute(
            "select row_no, column_name, place, found, expected, remedy from problem where file = "
            "'register_of_faults.csv' and severity = 'refused'"
        ).fetchall()
        loaded = con.execute(
            "select count(*) from project where project_id = 'GOOD-001'"
        ).fetchone()
        refused = con.execute(
            "select count(*) from project where project_id like 'FAULT-%'"
        ).fetchone()
        others = con.execute("select count(*) from project").fetchone()
    assert {row for row, *_ in told} == set(range(2, 22))
    assert all(
        column and place and found and expected and remedy
        for _, column, place, found, expected, remedy in told
    )
    assert (loaded, refused) == ((1,), (0,))
    assert others is not None
    assert others[0] > 600


def test_what_was_refused_names_the_fault_and_never_repeats_a_secret_place(
    with_faults: Path,
) -> None:
    with duckdb.connect(
        str(with_faults / "data" / "built" / "clearlink.duckdb"), read_only=True
    ) as con:
        found = dict(
            con.execute(
                "select row_no, string_agg(found || ' ' || expected, ' ') from problem where file = "
                "'register_of_faults.csv' group by 1"
            ).fetchall()
        )
    for row, words in {
        2: "31/02/2024",
        3: "-45000",
        4: "E01000001",
        7: "W01999999",
        13: "about forty thousand",
    }.items():
        assert words in found[row], found[row]


def test_commands_end_with_the_code_of_the_contract(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    with pytest.raises(SystemExit) as usage:
        main(["build", "--no-such-thing"])
    assert usage.value.code == Exit.USAGE
    assert (
        main(["fetch", "--mirror", str(tmp_path), "--source", "no_such_source"])
        == Exit.USAGE
    )
    assert (
        main(["build", "--register", str(tmp_path / "absent.csv")])
        == Exit.INPUT_REFUSED
    )
    assert "found no such file, expected a register" in capsys.readouterr().err
    assert main(["import", str(FAULTY), "--dry-run"]) == Exit.INPUT_REFUSED
    assert (
        capsys.readouterr().out.strip().splitlines()[-1]
        == "0 accepted, 20 refused"
    )
    assert (
        main(
            [
                "fetch",
                "--mirror",
                str(tmp_path / "nowhere"),
                "--source",
                "authorities",
            ]
        )
        == Exit.SOURCE_UNAVAILABLE
    )
    assert list(tmp_path.glob("built/*.duckdb")) == []


def test_a_build_that_breaks_a_check_publishes_nothing_and_ends_with_five(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    with_faults: Path,
) -> None:
    served = with_faults / "data" / "built" / "clearlink.duckdb"
    monkeypatch.setenv("CLEARLINK_DATA", str(with_faults / "data"))
    before = served.stat()

    def broken(*_: object) -> None:
        raise builder.ChecksFailed(
            {"there_is_no_duplicate_observation": ["a b c"]}
        )

    monkeypatch.setattr(builds, "build_sample", broken)
    assert main(["build", "--sample"]) == Exit.CHECKS_FAILED
    said = capsys.readouterr().err
    assert "there is no duplicate observation: 1, first a b c" in said
    assert "the last complete build keeps serving" in said
    assert (served.stat().st_ino, served.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )
    assert connection.warehouse(served).build_id.startswith("sample-")


def test_a_register_that_is_no_table_is_refused_whole_and_the_rest_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    bad = tmp_path / "not_a_table.csv"
    bad.write_bytes(_garbage(FAULTY.read_bytes()))
    from etl.pipeline.sample import sample_intake

    intake = sample_intake(folders.SAMPLE)
    builds.add_registers(
        intake,
        [
            (
                folders.SAMPLE / "flying_start_council_papers.csv",
                "flying_start_council_papers.csv",
            ),
            (bad, bad.name),
        ],
    )
    assert len(intake.projects) > 200
    told = [p for p in intake.problems if p.file == bad.name]
    assert told
    assert all(p.found and p.expected and p.remedy for p in told)
    assert json.dumps([str(p) for p in told])
