"""What a register row means once it is loaded, and what a commissioner is told when it cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clearlink.words.problems import problem_words
from etl.directory import CATALOGUE
from etl.pipeline.register import read_kept, read_register, to_keep
from etl.records import FieldState, Severity
from tests.registers import (
    COLUMNS,
    csv_of,
    directory,
    found,
    read,
    row,
    workbook_of,
)


def test_a_row_of_twelve_columns_is_enough() -> None:
    required = COLUMNS[:12]
    register = read_register(
        csv_of([row()], required), "r.csv", directory=directory()
    )
    (project,) = register.projects
    assert (project.programme_id, project.la_code, project.region_code) == (
        "families_first",
        "W06000016",
        None,
    )
    assert (project.start_date, project.end_date) == (
        date(2024, 4, 1),
        date(2027, 3, 31),
    )
    assert project.annual_value_gbp == 84500
    assert project.area_codes == ("W01001274",)
    assert project.areas_state is FieldState.PROVIDED
    assert (
        project.theme_state
        is project.priority_state
        is project.engagement_state
        is FieldState.BLANK
    )
    assert register.problems == []


def test_blank_evidence_is_no_problem() -> None:
    register = read(
        {"project_id": "P-1", "title": "Only a name", "commissioner": "Cardiff"}
    )
    assert found(register) == []
    (project,) = register.projects
    assert (
        project.annual_value_gbp is None
        and project.start_date is None
        and project.area_codes == ()
    )
    assert project.areas_state is FieldState.BLANK


@pytest.mark.parametrize(
    "written", ["84500", "£84,500", "£84,500.00", "84500.0", "£ 84,500"]
)
def test_amounts_as_people_write_them(written: str) -> None:
    assert (
        read(row(annual_value_gbp=written)).projects[0].annual_value_gbp
        == 84500
    )


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-31",
        "31/03/2024",
        "31-03-2024",
        "31.03.2024",
        "2024-03-31 00:00:00",
    ],
)
def test_dates_as_people_write_them(written: str) -> None:
    assert read(row(start=written)).projects[0].start_date == date(2024, 3, 31)


@pytest.mark.parametrize(
    "written",
    [
        "Cardiff",
        "caerdydd",
        "CARDIFF COUNCIL",
        "Cyngor Caerdydd",
        "W06000015",
        "GB-PLA-CRF",
        "City of Cardiff Council",
    ],
)
def test_an_authority_by_any_of_its_names(written: str) -> None:
    assert (
        read(row(commissioner=written, area_codes="")).projects[0].la_code
        == "W06000015"
    )


def test_a_region_may_commission() -> None:
    (project,) = read(row(commissioner="RPB_GWENT", area_codes="")).projects
    assert (project.la_code, project.region_code) == (None, "RPB_GWENT")


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        (
            {"programme": "Teuluoedd yn Gyntaf"},
            "programme_id",
            "families_first",
        ),
        ({"programme": "Dechrau'n Deg"}, "programme_id", "flying_start"),
        ({"programme": "tim o amgylch y teulu"}, "programme_id", "taf"),
        ({"target_group": "Gofalwyr ifanc"}, "target_group", "ff_young_carers"),
        ({"tier": "dwys"}, "tier", "intensive"),
        ({"delivery_model": "Place-based"}, "delivery_model", "place_based"),
        (
            {"theme": "Iechyd meddwl; carers"},
            "theme_ids",
            ("mental_health", "carers"),
        ),
        (
            {"users_by_area": "W01001274=25;W01001275=13"},
            "users_by_area",
            (("W01001274", 25.0), ("W01001275", 13.0)),
        ),
        ({"area_codes": "W01001200"}, "area_codes", ("W01002101",)),
        ({"area_codes": "W01000924"}, "area_codes", ("W01002201", "W01002202")),
        ({"is_illustrative": "ie"}, "is_illustrative", True),
    ],
)
def test_cells_in_either_language(
    cells: dict[str, str], field: str, value: object
) -> None:
    assert getattr(read(row(**cells)).projects[0], field) == value


def test_headers_match_in_welsh_and_whatever_their_dress() -> None:
    welsh = [
        line.split(",")[1]
        for line in (CATALOGUE / "register_columns.csv")
        .read_text("utf-8")
        .splitlines()[1:]
    ]
    dressed = [name.upper().replace("_", " ") for name in welsh]
    plain = csv_of([row()])
    body = plain.split(b"\n", 1)[1]
    renamed = ",".join(dressed).encode() + b"\n" + body
    mine, theirs = (
        read_register(each, "r.csv", directory=directory()).projects[0]
        for each in (plain, renamed)
    )
    assert mine.title == theirs.title and mine.area_codes == theirs.area_codes


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_byte_order_mark(separator: str) -> None:
    data = b"\xef\xbb\xbf" + csv_of(
        [row(area_codes="W01001274;W01001275", title="Ŵ, ŷ")],
        separator=separator,
    )
    (project,) = read_register(data, "r.csv", directory=directory()).projects
    assert (
        project.area_codes == ("W01001274", "W01001275")
        and project.title == "Ŵ, ŷ"
    )


def test_a_workbook_and_a_csv_give_the_same() -> None:
    texts = [
        row(capacity="60"),
        row(project_id="P-2", start="31/02/2024", annual_value_gbp="-5"),
    ]
    cells: list[dict[str, object]] = [
        {
            **texts[0],
            "capacity": 60,
            "start": date(2024, 4, 1),
            "annual_value_gbp": 84500.0,
        },
        {**texts[1], "annual_value_gbp": -5},
    ]
    from_csv = read_register(csv_of(texts), "r", directory=directory())
    from_workbook = read_register(
        workbook_of(cells), "r", directory=directory()
    )
    # a workbook has a sheet of notes besides, and says that it was not read
    beside, *told = from_workbook.problems
    assert beside.code == "sheets_not_read"
    assert [p.place for p in from_csv.problems] == [p.place for p in told]
    assert [(p.code, p.found) for p in from_csv.problems] == [
        (p.code, p.found) for p in told
    ]
    one, other = from_csv.projects[0], from_workbook.projects[0]
    assert {
        f: getattr(one, f) for f in one.__slots__ if f != "register_id"
    } == {f: getattr(other, f) for f in other.__slots__ if f != "register_id"}


def test_a_refused_row_lists_every_bad_cell_with_its_place() -> None:
    register = read(
        row(),
        row(
            project_id="P-2",
            start="31/02/2024",
            annual_value_gbp="lots",
            tier="deep",
            area_codes="E01000001",
        ),
    )
    assert [p.project_id for p in register.projects] == ["P-1"]
    assert sorted(found(register)) == [
        (3, "annual_value_gbp", "amount_not_a_number"),
        (3, "area_codes", "area_outside_wales"),
        (3, "start", "date_impossible"),
        (3, "tier", "choice_unknown"),
    ]
    (start,) = (p for p in register.problems if p.column == "start")
    assert start.file == "register.csv"
    assert start.place == "row 3, column F (start)"
    assert start.found == "“31/02/2024”"
    assert (
        "31/03/2024" in start.expected
        and start.remedy == "Correct the day or the month."
    )
    welsh = problem_words(start.code, start.facts, "cy")
    assert welsh.place == "rhes 3, colofn F (start)"
    assert welsh.remedy == "Cywirwch y diwrnod neu’r mis."


def test_citations_come_from_the_row() -> None:
    register = read(
        row(
            priority_id="PNA-1;PNA-2",
            priority_page="14",
            stated_on="2024-01-30",
            quotation="need named",
        )
    )
    assert [
        (c.project_id, c.priority_id, c.page) for c in register.citations
    ] == [
        ("P-1", "PNA-1", "14"),
        ("P-1", "PNA-2", "14"),
    ]
    assert register.projects[0].priority_state is FieldState.PROVIDED


def test_the_shipped_example_loads() -> None:
    # The example names four authorities; a directory of the whole of Wales is made from the list of places.
    import csv

    from etl.directory import Directory
    from etl.records import Area

    kinds = {"W92": "WALES", "W06": "LA", "RCC": "RCC", "RPB": "RPB"}
    with (CATALOGUE / "places.csv").open(encoding="utf-8", newline="") as file:
        areas = [
            Area(
                p["area_code"],
                kinds[p["area_code"][:3]],
                p["name_en"],
                p["name_cy"],
            )
            for p in csv.DictReader(file)
        ]
    path: Path = CATALOGUE / "register_example.csv"
    register = read_register(
        path, path.name, directory=Directory.from_catalogue(areas)
    )
    assert found(register) == []
    assert len(register.projects) == 5 and all(
        p.is_illustrative for p in register.projects
    )
    assert [p.is_sensitive for p in register.projects] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert not [p for p in register.problems if p.severity is Severity.REFUSED]


@pytest.mark.parametrize("mark", ["users_marker", "marciwr_defnyddwyr"])
@pytest.mark.parametrize(
    "body",
    [
        "A Bank’s Foundation for England and Wales",
        "Not stated / Heb ei nodi",
        "Llywodraeth Rhywle",
    ],
)
def test_an_export_of_ours_names_funders_that_are_no_authority(
    mark: str, body: str
) -> None:
    """What a grant or a notice brought in comes back by table as it does by JSON; in anybody else's table
    it is a slip of the pen.
    """
    rows = [row(commissioner=body), row(project_id="P-2")]
    ours = read_register(
        csv_of(rows, [*COLUMNS, mark]), "register.csv", directory=directory()
    )
    first, _ = ours.projects
    assert (first.commissioner, first.la_code) == (body, None)
    # and from the folder in which it is kept, too
    data = csv_of(rows, [*COLUMNS, mark])
    kept = to_keep(ours, data, "register.csv", "auto", directory())
    assert [
        p.commissioner
        for p in read_kept(kept, "register.csv", directory()).projects
    ][:1] == [body]
    theirs = read_register(csv_of(rows), "register.csv", directory=directory())
    assert [p.code for p in theirs.problems] == [
        "commissioner_unknown"
    ] and len(theirs.projects) == 1


@pytest.mark.parametrize(
    ("one", "other", "loaded"),
    [
        ("360G-x-MJrIr", "360G-x-MJrIR", 2),
        ("ocds-a-1b", "ocds-a-1B", 2),
        ("hsg-1", "HSG-1", 0),
    ],
)
def test_references_of_machines_differ_by_their_capitals(
    one: str, other: str, loaded: int
) -> None:
    rows = [row(project_id=one), row(project_id=other, title="Another")]
    assert (
        len(
            read_register(csv_of(rows), "r.csv", directory=directory()).projects
        )
        == loaded
    )
