"""Engagements are records of their own: small groups are banded away, nobody's address comes in, and
criterion 6 reads them.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from clearlink import folders
from clearlink.report.engagement_words import (
    engagement_rows,
    engagement_sentence,
)
from clearlink.report.voice import Voice
from clearlink.rules.engagement import (
    Group,
    Level,
    Method,
    Stage,
    answer_due,
    held_until,
    people_band,
)
from clearlink.warehouse.asking import queries
from clearlink.warehouse.views import BOTH
from clearlink.words import LANGUAGES, knows
from clearlink.words.problems import problem_words
from etl.build.intake import Intake
from etl.build.load import load_engagements
from etl.build.statements import statements
from etl.pipeline.register import read_register, read_register_set
from etl.records import Register, Severity
from etl.sources.registers.own_references import shared_references
from tests.registers import directory
from tests.spec.test_spoken import PLANTED

HEADINGS = (
    "engagement_id,who,method,held,said,url,how_many,groups,stage,level,changed,project_ids,area_codes,"
    "assessment_id,theme_id,priority_ids,owed_by,who_cy,held_cy,how_many_cy\n"
)


def read(*lines: str) -> Register:
    return read_register(
        (HEADINGS + "\n".join(lines) + "\n").encode(),
        "engagements.csv",
        directory=directory(),
    )


def row(**said: str) -> str:
    given = {
        "engagement_id": "G1",
        "who": "parents",
        "method": "survey",
        "held": "2025-03-01 to 2025-04",
        "said": "want evening buses",
        "url": "https://example.org/paper",
        **said,
    }
    return ",".join(
        f'"{given.get(name, "")}"' for name in HEADINGS.strip().split(",")
    )


def test_the_real_engagements_say_how_when_and_how_much_say_people_had() -> (
    None
):
    path = folders.CATALOGUE / "engagements.csv"
    known = directory()
    counties = {code: frozenset({"LA"}) for code in ("W06000003", "W06000004")}
    whole = replace(known, area_types={**known.area_types, **counties})
    found = read_register(path, "engagements.csv", directory=whole)
    assert not [p for p in found.problems if p.severity == "refused"]
    assert len(found.engagements) == 22
    assert all(
        e.method_kind and e.stage and e.groups and e.url.startswith("http")
        for e in found.engagements
    )
    by_id = {e.engagement_id: e for e in found.engagements}
    assert (by_id["E18"].level, by_id["E18"].changed) == (
        "designed_with",
        "it shaped priorities on all forms of violence",
    )
    assert (
        by_id["E02"].people_band == "50_199"
        and by_id["E21"].people_band == "1000_up"
    )
    assert by_id["E10"].people_band is None, "23 groups are not 23 people"
    assert by_id["E20"].has_children and not by_id["E02"].has_children
    assert by_id["E01"].held_until == date(2022, 2, 1)


@pytest.mark.parametrize(
    ("said", "band"),
    [
        ("9", "under_10"),
        ("0", "under_10"),
        ("10", "10_49"),
        ("over 500", "200_999"),
        ("over 1,000", "1000_up"),
        ("320 replies; 979 young people", "200_999"),
        ("23 groups", None),
        ("many", None),
        ("", None),
    ],
)
def test_a_number_of_people_is_told_in_a_band(
    said: str, band: str | None
) -> None:
    assert people_band(said) == band


@pytest.mark.parametrize(
    ("held", "day"),
    [
        ("2022-01-05 to 2022-02-01", date(2022, 2, 1)),
        ("2016-08 to 2016-12", date(2016, 12, 31)),
        ("to 2024-02", date(2024, 2, 29)),
        ("2018", date(2018, 12, 31)),
        ("summer and autumn 2016", date(2016, 12, 31)),
        ("", None),
        ("2022-13", None),
        ("2022-23", date(2023, 3, 31)),
        ("2024/25", date(2025, 3, 31)),
        ("05/01/2022 to 01/02/2022", date(2022, 2, 1)),
        ("2021-06 to 2021-09; 2020-02", date(2021, 9, 30)),
    ],
)
def test_the_last_day_of_an_engagement_is_read_from_what_its_paper_prints(
    held: str, day: date | None
) -> None:
    assert held_until(held) == day


def test_fewer_than_ten_are_kept_as_that_alone() -> None:
    (few,) = read(row(how_many="7 parents")).engagements
    assert (few.how_many, few.people_band) == (None, "under_10")
    (many,) = read(row(how_many="12")).engagements
    assert (many.how_many, many.people_band) == ("12", "10_49")


@pytest.mark.parametrize(
    "text",
    [
        t
        for s in ("whereabouts", "identity_number", "case_file")
        for t in PLANTED[s]
    ],
)  # type: ignore[index]
def test_an_address_or_a_familys_file_is_refused_and_not_echoed(
    text: str,
) -> None:
    for column in ("said", "who", "changed"):
        found = read(row(**{column: f"they said: {text}"}))
        assert not found.engagements
        assert text not in repr(found.problems)


CANARIES = [
    f"{number} {street}, {place} {postcode}"
    for number, street, place, postcode in itertools.product(
        (3, 14, 207),
        ("Canary Road", "Heol y Caneri"),
        ("Mold", "Bala"),
        ("CH7 1ZZ", "LL23 7ZZ"),
    )
]


def test_no_address_of_a_refuge_comes_in_by_any_column() -> None:
    columns = ("who", "method", "held", "said", "how_many", "changed")
    tried = 0
    for address, column in itertools.product(CANARIES, columns):
        found = read(row(**{column: f"{address}"}), row(engagement_id="G2"))
        assert [e.engagement_id for e in found.engagements] == ["G2"]
        kept = repr((found.engagements, found.problems)).casefold()
        assert (
            "canary" not in kept
            and "caneri" not in kept
            and "7zz" not in kept.replace(" ", "")
        )
        tried += 1
    assert tried == len(CANARIES) * len(columns) >= 144


def test_what_is_in_no_list_is_refused_with_the_list_and_the_others_stand() -> (
    None
):
    found = read(
        row(engagement_id="G1", stage="afterwards"),
        row(engagement_id="G2"),
        row(engagement_id="G3"),
        row(engagement_id="G3", who="carers"),
        row(engagement_id="G4"),
        row(engagement_id="G4"),
    )
    assert [e.engagement_id for e in found.engagements] == ["G2", "G4"]
    assert refused(found) == {"choice_unknown", "duplicate_key"}


def refused(register: Register) -> set[str]:
    return {p.code for p in register.problems if p.severity is Severity.REFUSED}


THIS_YEAR = datetime.now(UTC).year
NO_DAYS = {
    "date_impossible": (
        "2022-13-01",
        "2022-13",
        "2022-02-30",
        "31/02/2024",
        "2023-2022",
        "22",
        "12/2024",
    ),
    "held_reversed": (
        "2022-02-01 to 2022-01-05",
        "2024-06 hyd 2024-01",
        "2023 – 2021",
        "01/04/2024 - 31/03/2024",
    ),
    "held_to_come": (
        "2099",
        "2099-01",
        f"{THIS_YEAR + 1}-01-05",
        f"{THIS_YEAR} to {THIS_YEAR + 1}",
        "1/1/2098",
    ),
    "held_unreadable": ("next week", "soon", "yr haf", "TBC", "autumn"),
    "held_too_early": ("1066", "1920-03", "1899-01-01"),
}


@pytest.mark.parametrize(
    ("code", "held"), [(c, h) for c, listed in NO_DAYS.items() for h in listed]
)
@pytest.mark.parametrize("column", ["held", "held_cy"])
def test_days_that_cannot_be_are_refused_in_both_languages(
    code: str, held: str, column: str
) -> None:
    found = read(row(**{column: held}))
    assert not found.engagements and code in refused(found)


NO_NUMBERS = (
    "50%",
    "50 %",
    "10 y cant",
    "40 per cent",
    "1e3",
    "abc",
    "1.5",
    "1,23",
    "1.234",
    "50k",
    "9999999",
    "seven",
    "saith",
    "1 000",
    "٥٠",
    "£50",
    "10+e2",
)


@pytest.mark.parametrize("how_many", NO_NUMBERS)
@pytest.mark.parametrize("column", ["how_many", "how_many_cy"])
def test_what_counts_no_people_is_refused(how_many: str, column: str) -> None:
    found = read(row(**{column: how_many}))
    assert not found.engagements and "people_unreadable" in refused(found)


NAMES = (
    "Gareth Pritchard",
    "Mrs Evans",
    "Dr Ahmed",
    "Siân",
    "Evans, Gareth",
    "G. Evans",
    "Cllr Jones",
    "Dafydd ap Gwilym",
    "Ｇａｒｅｔｈ Ｅｖａｎｓ",
    "G\u200bareth Evans",
    "interview with Gareth Pritchard",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("column", ["who", "who_cy", "owed_by"])
def test_one_persons_name_is_no_group_and_is_not_echoed(
    name: str, column: str
) -> None:
    found = read(row(**{column: name}))
    assert not found.engagements and "person_in_group" in refused(found)
    assert name not in repr(found.problems)


@pytest.mark.parametrize(
    "who",
    [
        "parents",
        "trigolion Sir Benfro",
        "Gwent Police",
        "St David’s carers group",
        "Age Cymru",
        "GPs",
    ],
)
def test_a_group_is_let_through(who: str) -> None:
    assert len(read(row(who=who, who_cy=who, owed_by=who)).engagements) == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"assessment_id": "A-NOT-HELD"}, "assessment_unknown"),
        ({"theme_id": "space_travel"}, "choice_unknown"),
        ({"priority_ids": "P-1;P-2"}, "priority_unknown"),
        ({"held_cy": "2025-03-01 hyd 2025-05"}, "languages_disagree"),
        ({"how_many": "120", "how_many_cy": "1,200"}, "languages_disagree"),
    ],
)
def test_what_names_nothing_that_is_held_is_refused(
    said: dict[str, str], code: str
) -> None:
    known = replace(
        directory(),
        assessment_ids=frozenset({"A-1"}),
        priority_ids=frozenset({"P-1"}),
    )
    data = (
        HEADINGS
        + row(**said)
        + "\n"
        + row(engagement_id="G2", assessment_id="A-1")
        + "\n"
    ).encode()
    found = read_register(data, "engagements.csv", directory=known)
    assert refused(found) == {code}
    assert [e.engagement_id for e in found.engagements] == ["G2"]


def test_every_code_has_words_in_both_languages() -> None:
    for kind, codes in (("method", Method), ("stage", Stage), ("level", Level)):
        assert all(knows(f"engagement.{kind}.{code}") for code in codes)
    assert Group.CHILDREN in Group
    shown = {
        "who": "parents",
        "method": "m",
        "method_kind": "survey",
        "held": "2020",
        "how_many": None,
        "people_band": "under_10",
    }
    shown |= {
        "stage": None,
        "level": "asked",
        "said": "x.",
        "changed": None,
        "document": None,
        "assessment_title": None,
    }
    shown |= {
        "who_cy": "rhieni",
        "said_cy": None,
        "changed_cy": None,
        "held_cy": None,
        "how_many_cy": None,
    }
    shown |= {"topic": None, "page": None, "url": "https://example.org"}
    for lang in LANGUAGES:
        (told,) = engagement_rows(Voice(lang), [shown])
        assert Voice(lang)("engagement.under_10") == told["how_many"]
        assert ".." not in engagement_sentence(Voice(lang), shown)


def test_an_answer_is_owed_by_a_day() -> None:
    assert answer_due(date(2026, 10, 1), 56) == date(2026, 11, 26)


@pytest.fixture
def law() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables that criterion 6 is judged on, empty."""
    con = duckdb.connect()
    tables = dict(statements("tables"))
    for name in ("project", "engagement", "engagement_link", "target_group"):
        con.execute(tables[name])
    con.execute(
        "create table basis (project_id varchar, basis varchar, judged_on date)"
    )
    yield con
    con.close()


def judged(con: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    con.execute("drop table if exists c6")
    con.execute(dict(statements("build"))["c6"])
    found = con.execute("select result, reason from c6").fetchone()
    assert found is not None
    return found


def test_criterion_6_reads_an_engagement_that_names_the_project(
    law: duckdb.DuckDBPyConnection,
) -> None:
    law.execute(
        "insert into project by name select 'P1' as project_id, 'T' as title, 'C' as commissioner, "
        "'blank' as engagement_state, "
        "false as is_sensitive, false as is_illustrative"
    )
    law.execute(
        "insert into basis values ('P1', 'at_decision', date '2025-06-01')"
    )
    assert judged(law) == ("NO_EVIDENCE", "C6-BLANK")
    law.execute(
        "insert into engagement by name select 'E1' as engagement_id, 'parents' as who, 'hours moved' "
        "as changed, "
        "date '2025-05-01' as held_until, false as has_children"
    )
    law.execute("insert into engagement_link values ('E1', 'project', 'P1')")
    assert judged(law) == ("MET", "C6-OK")
    law.execute("update engagement set changed = null")
    assert judged(law) == ("PARTLY", "C6-GENERIC")
    law.execute(
        "update engagement set changed = 'x', held_until = date '2025-07-01'"
    )
    assert judged(law) == ("NOT_MET", "C6-AFTER")
    law.execute(
        "insert into engagement by name select 'E2' as engagement_id, 'pupils' as who, 'y' as changed, "
        "date '2025-01-01' as held_until, true as has_children"
    )
    law.execute("insert into engagement_link values ('E2', 'project', 'P1')")
    assert judged(law) == ("MET", "C6-OK"), (
        "one held before the decision speaks before one held after it"
    )
    law.execute("update project set engagement_state = 'confirmed_none'")
    assert judged(law) == ("NOT_MET", "C6-NONE"), (
        "what the register itself says comes first"
    )


def test_the_template_has_the_columns_that_are_read() -> None:
    with (folders.CATALOGUE / "engagement_template.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        (heading,) = csv.reader(file)
    with (folders.CATALOGUE / "engagements.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        assert next(csv.reader(file)) == heading


# --- projects that nobody knows ---
REGISTER = (
    "project_id,title,programme,commissioner,provider_org_id,start,end,annual_value_gbp,area_codes,"
    "target_group,priority_id,capacity\n"
    "PR-1,Club,Families First,Cardiff,,2024-04-01,2027-03-31,1000,W06000015,,,\n"
)


@pytest.mark.parametrize("with_register", [True, False])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("named", "unknown"),
    [
        ("PR-1", []),
        ("PR-9", ["PR-9"]),
        ("PR-1;PR-9", ["PR-9"]),
        ("PR-9; PR-8", ["PR-9", "PR-8"]),
        ("", []),
    ],
)
def test_a_project_that_nobody_knows_is_said_with_its_row_and_nothing_is_lost(
    named: str, unknown: list[str], order: int, with_register: bool
) -> None:
    lines = [row(), row(engagement_id="G2", project_ids=named)]
    files = [((HEADINGS + "\n".join(lines)).encode(), "engagements.csv")]
    if with_register:
        files.append((REGISTER.encode(), "register.csv"))
    elif "PR-1" in named:
        unknown = ["PR-1", *unknown]
    read = read_register_set(files[::order], directory())
    (kept,) = [r for r in read if r.engagements]
    assert [e.engagement_id for e in kept.engagements] == ["G1", "G2"]
    (_, about) = kept.engagements
    assert list(about.unknown_project_ids) == unknown
    assert [*about.project_ids, *about.unknown_project_ids] == [
        part.strip() for part in named.split(";") if part
    ]
    told = [
        (p.row, p.column, p.severity, dict(p.facts)["found"])
        for p in kept.problems
        if p.code == "engaged_project_unknown"
    ]
    assert told == [
        (3, "project_ids", Severity.WARNING, f"“{each}”") for each in unknown
    ]


OWNERS = {"A1": "W06000015", "A1 (W06000016)": "W06000016", "B7": "W06000015"}


@pytest.mark.parametrize(
    ("named", "known", "code"),
    [
        ("A1", [], "engaged_project_of_several"),
        ("a1", [], "engaged_project_of_several"),
        ("A1 (W06000015)", ["A1"], None),
        ("A1 (W06000016)", ["A1 (W06000016)"], None),
        ("b7", ["B7"], None),
        ("B7 (W06000015); B7", ["B7"], None),
        ("B7 (W06000016)", [], "engaged_project_of_another"),
        ("C3", [], "engaged_project_unknown"),
    ],
)
@pytest.mark.parametrize("area", ["W06000015", ""])
def test_an_engagement_is_of_the_project_that_a_citation_would_be_of(
    named: str, known: list[str], code: str | None, area: str
) -> None:
    held = directory(
        project_owners=OWNERS, shared_references=shared_references(OWNERS)
    )
    line = row(project_ids=named, area_codes=area)
    register = read_register(
        (HEADINGS + line + "\n").encode(), "engagements.csv", directory=held
    )
    (kept,) = register.engagements
    assert list(kept.project_ids) == known
    assert list(kept.unknown_project_ids) == ([named] if code else [])
    of_no_place = ["engagement_without_place"] if code and not area else []
    assert [p.code for p in register.problems] == [
        *([code] if code else []),
        *of_no_place,
    ]
    for told in register.problems:
        assert told.severity is Severity.WARNING
        for lang in LANGUAGES:
            assert "{" not in problem_words(told.code, told.facts, lang).remedy


@pytest.fixture
def filled() -> Iterator[duckdb.DuckDBPyConnection]:
    """Engagements of Cardiff as they are read and loaded, each named after the project it names. S9 and T1
    are held and may not be read.
    """
    owners = {**OWNERS, "S9": "W06000015", "T1": "W06000015"}
    owners["T1 (W06000016)"] = "W06000016"
    named = ["B7", "C3", "A1", "B7 (W06000016)"]
    named += [
        "S9",
        "s9",
        "S9 (W06000016)",
        "T1",
        "C3; S9",
        "B7; S9",
        "S_9",
        "S9x",
    ]
    lines = [
        row(engagement_id=each, project_ids=each, area_codes="W06000015")
        for each in named
    ]
    held = directory(
        project_owners=owners, shared_references=shared_references(owners)
    )
    read = read_register(
        (HEADINGS + "\n".join(lines) + "\n").encode(),
        "engagements.csv",
        directory=held,
    )
    intake = Intake("sample", date(2026, 11, 28), is_illustrative=True)
    intake.engagements += read.engagements
    con = duckdb.connect()
    tables = dict(statements("tables"))
    for name in ("engagement", "engagement_link", "assessment", "priority"):
        con.execute(tables[name])
    for name in ("area", "area_link"):
        con.execute(tables[name])
    load_engagements(con, intake)
    con.execute("create table project (project_id varchar, la_code varchar)")
    con.executemany(
        "insert into project values (?, ?)",
        [*OWNERS.items(), ("T1 (W06000016)", "W06000016")],
    )
    con.execute("create table area_member (area_code varchar, la_code varchar)")
    con.execute("insert into area_member values ('W06000015', 'W06000015')")
    con.execute(
        "create table document_la (document_id varchar, la_code varchar)"
    )
    con.execute(
        "create table citation (project_id varchar, priority_id varchar)"
    )
    guard = BOTH / "28_is_of_nothing_withheld.sql"
    con.execute(guard.read_text(encoding="utf-8"))
    yield con
    con.close()


def test_an_engagement_of_a_withheld_project_stands_beside_no_other(
    filled: duckdb.DuckDBPyConnection,
) -> None:
    question = queries()["engagements_of_project"].read_text(encoding="utf-8")
    links = filled.execute(
        "select subject_id from engagement_link"
        " where engagement_id = 'B7; S9' and subject = 'project'"
    ).fetchall()
    assert {("B7",), ("S9",)} == set(links), "it is of the open one too"
    shown = filled.execute(question, {"project_id": "B7"}).df()
    assert list(shown["engagement_id"]) == ["B7"]


def test_an_engagement_stands_where_it_says_though_its_project_is_unknown(
    filled: duckdb.DuckDBPyConnection,
) -> None:
    shown = ["A1", "B7", "B7 (W06000016)", "C3"]
    of_place, exported = (
        filled.execute(queries()[name].read_text(encoding="utf-8"), given)
        .df()
        .sort_values("engagement_id")
        for name, given in (
            ("engagements_of_place", {"place": "W06000015"}),
            ("export_engagement", None),
        )
    )
    assert list(of_place["engagement_id"]) == shown
    assert list(exported["engagement_id"]) == shown
    assert list(exported["project_ids"]) == shown
