"""A refuge's whereabouts in any cell: the row is refused by its place, and the words are repeated nowhere."""

from __future__ import annotations

import re

import pytest

from clearlink.rules.whereabouts import may_give_place_away
from clearlink.words.problems import problem_words
from etl.pipeline.register import read_register, refused_rows_csv
from etl.records import FieldState, Register
from tests.reference_work import units_of
from tests.registers import COLUMNS, csv_of, directory, found, read, row

CANARIES = [
    "CF10 1AA",
    "cf101aa",
    "CF10\u00a01AA",
    "CF10-1AA",
    "LL57 2DG",
    "SA1 3SN",
    "ＣＦ１０ １ＡＡ",
    "CF\u200b10 1AA",
    "12 Park Road",
    "7a Heol y Bont",
    "15 Stryd Fawr",
    "Flat 3",
    "Fflat 12, Plas",
    "Station Road",
    "Heol Fawr",
    "PO Box 14",
    "029 2087 2087",
    "02920872087",
    "+44 29 2087 2087",
    "07700 900123",
    "07700-900-123",
    "(01792) 635 700",
    "0044 7700 900123",
    "help@refuge.example.org",
    "help [at] refuge.org",
    "help＠refuge.org",
    "51.4816, -3.1791",
    "51.48,-3.18",
    "52.41608 / -4.08389",
    "51° 28' 53\" N",
    "51.48158",
    "-3.17909",
    "ST 18 76",
    "ST1876",
    "SH 5829 7221",
    "318400, 176500",
    "///filled.count.soap",
    "filled.count.soap",
    "https://what3words.com/filled.count.soap",
    "https://maps.example/@51.4816,-3.1791",
    "UPRN 100100012345",
    "100100012345",
]
PLACES = [
    "title",
    "provider_name",
    "outcomes",
    "quotation",
    "source_ref",
    "commissioner",
    "start",
    "annual_value_gbp",
    "area_codes",
]
FLAGS = [
    {"is_sensitive": "yes"},
    {"is_sensitive": "ie"},
    {"is_sensitive": "maybe"},
    {"delivery_model": "confidential"},
    {"delivery_model": "confidental"},
    {"target_group": "domestic_abuse_refuge"},
    {"target_group": "Menywod sy’n dioddef cam-drin domestig"},
    {"title": "Refuge support"},
]
HARMLESS_TEXTS = [
    "Floating support for 24 families",
    "A Safe Place to talk",
    "2024-25 review: 41 of 52 goals met",
    "New Way 2",
    "Cabinet, 12 March 2024",
    "GB-CHC-1012345",
    "GB-COH-01234567",
    "https://www.gov.wales/report",
    "3 of 4 services by 2026",
    "Cefnogaeth i oroeswyr",
]


def everything_said(register: Register, data: bytes) -> str:
    said = [str(p) + repr(p.facts) + repr(p) for p in register.problems]
    said += [
        repr(problem_words(p.code, p.facts, lang, p.place))
        for p in register.problems
        for lang in ("en", "cy")
    ]
    return "\n".join(
        [
            *said,
            refused_rows_csv(register, data).decode(),
            refused_rows_csv(register, data, "cy").decode(),
        ]
    )


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("column", PLACES)
def test_no_whereabouts_are_loaded_or_repeated(
    canary: str, column: str
) -> None:
    data = csv_of(
        [row(**{"area_codes": "", "is_sensitive": "yes", column: canary})]
    )
    register = read_register(data, "r.csv", directory=directory())
    assert register.projects == [] and register.citations == []
    assert (2, column, "whereabouts") in found(register)
    assert canary not in everything_said(register, data)


@pytest.mark.parametrize("cells", FLAGS)
def test_every_way_a_row_is_known_to_be_sensitive(
    cells: dict[str, str],
) -> None:
    register = read(
        row(**{"area_codes": "", **cells, "outcomes": "moved to CF10 1AA"})
    )
    assert (2, "outcomes", "whereabouts") in found(register)
    assert "1AA" not in repr(register)


def test_columns_that_are_not_loaded_are_searched_too() -> None:
    data = csv_of(
        [
            {
                **row(area_codes="", is_sensitive="yes"),
                "Latitude": "51.48158",
                "Address": "12 Park Road",
            }
        ],
        [*COLUMNS, "Latitude", "Address"],
    )
    register = read_register(data, "r.csv", directory=directory())
    assert [(p.column, p.code) for p in register.problems if p.row == 2] == [
        ("Latitude", "whereabouts"),
        ("Address", "whereabouts"),
    ]
    assert "Park" not in everything_said(
        register, data
    ) and "51.48" not in everything_said(register, data)


def test_other_bad_cells_of_a_sensitive_row_are_not_repeated() -> None:
    data = csv_of(
        [
            row(
                area_codes="Rose Cottage",
                is_sensitive="yes",
                programme="Rose Cottage",
                start="31/02/2024",
            )
        ]
    )
    register = read_register(data, "r.csv", directory=directory())
    assert sorted(found(register)) == [
        (2, "area_codes", "sensitive_area"),
        (2, "programme", "choice_unknown"),
        (2, "start", "date_impossible"),
    ]
    assert "Rose" not in repr(register.problems)
    assert (
        next(p.found for p in register.problems if p.column == "start")
        == "“31/02/2024”"
    )


@pytest.mark.parametrize("text", HARMLESS_TEXTS)
def test_ordinary_words_pass_in_a_sensitive_row(text: str) -> None:
    assert (
        len(
            read(row(area_codes="", is_sensitive="yes", outcomes=text)).projects
        )
        == 1
    )


def _reaches_somebody(canary: str) -> bool:
    return "@refuge" in canary or (
        canary[0] in "0+(" and len(re.sub(r"\D", "", canary)) >= 11
    )


@pytest.mark.parametrize(
    "canary",
    [
        c
        for c in CANARIES
        if "refuge" not in c and c[0] != "-" and not _reaches_somebody(c)
    ],
)
def test_ordinary_rows_may_hold_addresses(canary: str) -> None:
    register = read(row(outcomes="at " + canary))
    assert len(register.projects) == 1


@pytest.mark.parametrize(
    "canary", [c for c in CANARIES if _reaches_somebody(c)]
)
def test_how_somebody_is_reached_is_held_in_ordinary_rows_too(
    canary: str,
) -> None:
    register = read(row(outcomes="at " + canary))
    assert "person_named" in {code for _, _, code in found(register)}
    assert register.projects == []
    assert canary not in repr(register)


def test_nothing_below_region_is_stored_for_a_secret_place() -> None:
    secret = {"is_sensitive": "yes"}
    assert found(read(row(area_codes="W01001274", **secret))) == [
        (2, "area_codes", "sensitive_area")
    ]
    assert found(
        read(row(area_codes="", users_by_area="W01001274=20", **secret))
    ) == [(2, "users_by_area", "sensitive_area")]
    register = read(row(area_codes="W06000016", **secret))
    assert found(register) == [(2, "area_codes", "sensitive_area_withheld")]
    assert (
        register.projects[0].area_codes == ()
        and register.projects[0].areas_state is FieldState.WITHHELD
    )
    (project,) = read(row(area_codes="RCC_CWM_TAF", **secret)).projects
    assert project.area_codes == ("RCC_CWM_TAF",) and project.is_sensitive


@pytest.mark.parametrize(
    "piece",
    [
        "0 ",
        "a.",
        "1 a ",
        "a",
        "(0",
        "a@",
        "5 9.99 ",
        "0",
        " ",
        "aaaa.",
        "A ",
        "0-",
        "1, ",
    ],
)
def test_a_long_cell_is_searched_in_no_time(piece: str) -> None:
    _, units = units_of(lambda: may_give_place_away((piece * 32_000)[:32_000]))
    assert units < 30
