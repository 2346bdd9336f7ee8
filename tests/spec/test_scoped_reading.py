"""Protected and embargoed rows leave the warehouse for nobody but those who act for them: every question,
export and pack.
"""

from __future__ import annotations

import inspect
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pypdf
import pytest

from clearlink import folders
from clearlink.exchange import FORMATS, export
from clearlink.report.pack import pack_files
from clearlink.report.project_brief import project_brief
from clearlink.review.roles import MATRIX, Act, Role, Viewer, local_viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.warehouse.records import ALL_RECORDS, REAL_ONLY, records_of
from clearlink.warehouse.scope import (
    Scope,
    everything,
    reading_as,
    under_this_scope,
)
from etl.pipeline.builds import build_sample
from tests.few_draws import draw_few
from tests.registers import COLUMNS, csv_of, row

READ = folders.ROOT / "clearlink" / "warehouse" / "sql" / "read"
NORTH, NORTH_BOARD, GWENT, CONWY, GWYNEDD = (
    "RCC_NORTH_WALES",
    "RPB_NORTH_WALES",
    "RCC_GWENT",
    "W06000003",
    "W06000002",
)
DAY = date(2026, 11, 23)
LIFTS = date(2027, 2, 1)
CANARY = re.compile(r"SECRET-\d|canary", re.IGNORECASE)
PLAIN = {
    "programme": "Housing Support Grant",
    "start": "2025-04-01",
    "end": "2029-03-31",
    "priority_id": "",
    "target_group": "",
    "theme": "domestic_abuse",
    "source_ref": "Canary Paper",
}


def _secret(number: int, **cells: str) -> dict[str, str]:
    return row(
        **{
            **PLAIN,
            "project_id": f"SECRET-{number}",
            "title": f"Canary house {number}",
            "provider_name": f"Canary trust {number}",
            "provider_org_id": f"GB-CHC-CANARY{number}",
            "annual_value_gbp": "100000",
            **cells,
        }
    )


SECRETS = [
    _secret(1, commissioner="Conwy", is_sensitive="yes", area_codes=NORTH),
    _secret(
        2,
        commissioner="Conwy",
        embargo_until=LIFTS.isoformat(),
        area_codes="W06000003",
        delivery_model="area_wide",
    ),
    _secret(
        3,
        commissioner=NORTH_BOARD,
        delivery_model="confidential",
        area_codes=NORTH_BOARD,
    ),
    _secret(4, commissioner="Gwynedd", is_sensitive="yes", area_codes=NORTH),
    _secret(
        5,
        commissioner="Gwynedd",
        embargo_until=LIFTS.isoformat(),
        area_codes="W06000002",
        delivery_model="area_wide",
    ),
]
IDS = {f"SECRET-{n}" for n in range(1, 6)}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample with five projects that not everybody may read."""
    folder = tmp_path_factory.mktemp("scoped")
    register = folder / "secrets.csv"
    register.write_bytes(csv_of(SECRETS, [*COLUMNS]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(folder / "data"))
        draw_few(patch)
        build_sample([register], lambda at, total, what: None)
        yield folder


def a(role: Role, *of: str) -> Viewer:
    return Viewer(f"a {role}", role, frozenset(of), subject=f"sub-{role}")


def ids(scope: Scope) -> set[str]:
    with reading_as(scope):
        return {p["project_id"] for p in reader.projects()} & IDS


OUTSIDERS = {
    "nobody": Scope(on=DAY),
    "a viewer of North Wales": a(Role.VIEWER, NORTH).scope(),
    "a commissioner of an authority that commissions none": a(
        Role.COMMISSIONER, "W06000001"
    ).scope(),
    "an officer of Gwent": a(Role.OFFICER, GWENT).scope(),
    "a steward of no place": a(Role.STEWARD).scope(),
}
VALUES: dict[str, list[Any]] = {
    "level": ["LSOA21", "MSOA21"],
    "place": [reader.WALES, NORTH, CONWY],
    "region": [reader.WALES, NORTH],
    "theme": [None, "domestic_abuse"],
    "programme": [None],
    "programmes": [("housing_support_grant",)],
    "words": [None, "canary"],
    "verdict": [None],
    "basis": ["at_decision", "today"],
    "live": [False, True],
    "project_id": sorted(IDS),
    "area": [CONWY, NORTH, "W01000113"],
    "area_code": [CONWY, NORTH, "W01000113"],
    "area_type": ["LA"],
    "areas": [f"{CONWY};W01000113"],
    "area_codes": [(CONWY, "W01000113")],
    "district": ["LL30"],
    "indicator": ["wimd_rank_overall"],
    "definition": ["lead"],
    "edition": ["2025"],
    "gap_type": ["money"],
    "placed_by": ["users"],
    "day": [date(2027, 3, 31)],
    "la": [None, CONWY],
    "months": [6, 600],
    "most": [1000],
    "grant_name": ["Supporting People"],
    "year": ["2025-26"],
    "cuts": [
        {
            "gap_cut": 0.5,
            "watch_cut": 0.8,
            "matched_cut": 1.25,
            "above_cut": 2.0,
            "unplaced_share_max": 0.25,
            "small_people": 10.0,
        }
    ],
    **{
        name: [1.0]
        for name in (
            "gap_cut",
            "watch_cut",
            "matched_cut",
            "above_cut",
            "unplaced_share_max",
            "small_people",
        )
    },
}


def _functions() -> dict[str, list[str]]:
    """Every question of the reader, with the names of what it is asked with."""
    listed = {
        n: f
        for n, f in vars(reader).items()
        if inspect.isfunction(f)
        and f.__module__ == reader.__name__
        and not n.startswith("_")
        and n != "answer"
    }
    return {n: list(inspect.signature(f).parameters) for n, f in listed.items()}


def _queries() -> dict[str, list[str]]:
    """Every query, with the names that are bound in it."""
    return {
        p.stem: sorted(
            set(
                re.findall(
                    r"\$([a-z_]+)",
                    re.sub(r"(?m)^--.*$", "", p.read_text(encoding="utf-8")),
                )
            )
        )
        for p in sorted(READ.rglob("*.sql"))
    }


def _names_a_secret(answer: object) -> bool:
    # answers are large, and a pattern that takes either case reads them slowly
    text = repr(answer).casefold()
    return "secret-" in text or "canary" in text


def _told(scope: Scope, records: str = ALL_RECORDS) -> tuple[set[str], int]:
    """Functions and queries whose answers name a secret under a scope, and how often any was asked."""
    told, asked = set(), 0
    with reading_as(scope), records_of(records):
        for kind, listed in (("function", _functions()), ("query", _queries())):
            for name, names in listed.items():
                for values in itertools.product(*(VALUES[n] for n in names)):
                    given = dict(zip(names, values, strict=True))
                    # the engine is given several as one text
                    if kind == "query" and "programmes" in given:
                        given["programmes"] = ";".join(given["programmes"])
                    found = (
                        getattr(reader, name)(**given)
                        if kind == "function"
                        else reader.answer(name, **given)
                    )
                    asked += 1
                    if _names_a_secret(found):
                        told.add(f"{kind} {name}")
    return told, asked


def test_whoever_holds_the_files_is_told_of_them_by_many_questions(
    served: Path,
) -> None:
    told, asked = _told(everything())
    assert asked > 250
    assert {
        "function projects",
        "function project",
        "function attention",
        "query export_register",
        "query meeting_candidates",
        "function what_if_facts",
        "query meeting_engagement",
    } <= told
    assert len(told) >= 18


def test_real_records_alone_are_told_to_whoever_holds_the_files(
    served: Path,
) -> None:
    assert reader.is_mixed()
    told, _ = _told(everything(), REAL_ONLY)
    assert {
        "function projects",
        "function project",
        "query export_register",
    } <= told


# the real records alone go by the same views: whoever is not signed in stands for all there
@pytest.mark.parametrize(
    ("who", "records"),
    [*((each, ALL_RECORDS) for each in OUTSIDERS), ("nobody", REAL_ONLY)],
)
def test_no_question_tells_an_outsider(
    served: Path, who: str, records: str
) -> None:
    told, asked = _told(OUTSIDERS[who], records)
    assert asked > 250
    assert told == set()


def test_those_who_act_for_a_project_read_it_and_no_other(served: Path) -> None:
    assert ids(a(Role.COMMISSIONER, CONWY).scope()) == {"SECRET-1", "SECRET-2"}
    assert ids(a(Role.COMMISSIONER, GWYNEDD).scope()) == {
        "SECRET-4",
        "SECRET-5",
    }
    for role in (Role.OFFICER, Role.CHAIR, Role.STEWARD):
        assert (
            ids(a(role, NORTH).scope())
            == ids(a(role, NORTH_BOARD).scope())
            == IDS
        )
    assert ids(local_viewer("x").scope()) == IDS


def test_an_embargo_lifts_on_its_day_and_protection_never_does(
    served: Path,
) -> None:
    assert ids(Scope(on=LIFTS - timedelta(days=1))) == set()
    assert ids(Scope(on=LIFTS)) == {"SECRET-2", "SECRET-5"}


def test_where_nobody_says_who_asks_nothing_is_told(served: Path) -> None:
    with reading_as(Scope(on=DAY)):
        later = under_this_scope(
            lambda: {p["project_id"] for p in reader.projects()} & IDS
        )
    assert later() == set()
    assert (
        Scope().sees_all is False
        and Scope().protected_places == Scope().embargoed_places == frozenset()
    )


def test_an_ended_sign_in_reads_what_everybody_may(served: Path) -> None:
    ended = Viewer(
        "late", Role.CHAIR, frozenset({NORTH}), subject="late", ends_at=1.0
    )
    assert ids(ended.scope()) == set() and not ended.scope().sees_unpublished


def test_totals_still_add_up(served: Path) -> None:
    with reading_as(everything()):
        whole = {
            (p, live): _totals(p, live)
            for p, live in (
                (reader.WALES, False),
                (reader.WALES, True),
                (NORTH, False),
            )
        }
        cited = reader.coherence(NORTH)["priorities_with_project"]
    with reading_as(Scope(on=DAY)):
        for (place, live), (projects, money) in whole.items():
            left = reader.withheld(place, live)
            assert left is not None
            found = _totals(place, live)
            assert (
                found[0] + left["projects"],
                found[1] + left["year_gbp"],
            ) == (
                projects,
                pytest.approx(money),
            )
        assert reader.withheld(NORTH, live=True) is None, (
            "Wales less North Wales would leave one"
        )
        assert reader.withheld(CONWY) is None, (
            "one authority's are never counted alone"
        )
        assert reader.coherence(NORTH)["priorities_with_project"] == cited
        for region in reader.place_rows():
            counted = reader.withheld(region)
            assert counted is None or counted["projects"] >= 3


def _totals(place: str, live: bool) -> tuple[int, float]:
    rows = reader.verdict_counts(place, live=live)
    return sum(r["projects"] for r in rows), sum(r["year_gbp"] for r in rows)


def test_money_of_protected_services_stays_in_its_bucket(served: Path) -> None:
    def protected(region: str) -> float:
        return float(
            sum(
                b["gbp"]
                for b in reader.money_buckets("domestic_abuse", region)
                if b["bucket"] == "protected"
            )
        )

    with reading_as(everything()):
        wales = protected(reader.WALES)
    with reading_as(Scope(on=LIFTS)):
        assert wales > 0 and protected(reader.WALES) == pytest.approx(wales)
        assert {
            b["projects"]
            for r in reader.place_rows()
            for b in reader.money_buckets("domestic_abuse", r)
            if b["bucket"] == "protected"
        } <= set(range(3, 100))


def _told_in(path: Path) -> str:
    """Everything a file says, packed or not."""
    if path.suffix == ".parquet":
        return str(pyarrow.parquet.read_table(path).to_pydict())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return " ".join(
                packed.read(name).decode("utf-8", "replace")
                for name in packed.namelist()
            )
    return path.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("format", FORMATS)
def test_no_export_tells_an_outsider(served: Path, format: str) -> None:
    def text(scope: Scope, name: str) -> str:
        with reading_as(scope):
            written = export(format, served / name / format, "en")
        return " ".join(_told_in(p) for p in written)

    assert CANARY.search(text(everything(), "all"))
    assert not CANARY.search(text(Scope(on=DAY), "none"))


def test_no_pack_or_brief_tells_an_outsider(
    served: Path, tmp_path: Path
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'review.sqlite'}")
    viewer = a(Role.VIEWER, NORTH)
    files = pack_files(
        NORTH,
        DAY,
        None,
        ("en",),
        lambda n, of: None,
        store=store,
        viewer=viewer,
    )
    for file in files:
        (tmp_path / file.name).write_bytes(file.content)
        assert not CANARY.search(
            " ".join(
                page.extract_text()
                for page in pypdf.PdfReader(io.BytesIO(file.content)).pages
            )
            if file.name.endswith(".pdf")
            else _told_in(tmp_path / file.name)
        )
    assert [
        project_brief("en", i, store=store, viewer=viewer) for i in sorted(IDS)
    ] == [None] * 5
    assert (
        project_brief(
            "cy", "SECRET-1", store=store, viewer=a(Role.COMMISSIONER, CONWY)
        )
        is not None
    )
    store.close()


def test_every_role_but_the_viewer_may_read_what_is_protected_in_its_places() -> (
    None
):
    assert {
        role for role, acts in MATRIX.items() if Act.READ_PROTECTED in acts
    } == set(Role) - {Role.VIEWER}
