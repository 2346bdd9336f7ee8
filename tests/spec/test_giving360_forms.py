"""JSON, CSV and workbook of one 360Giving file give the same projects, however the flat form lays its
lists out; pages say what they leave out.
"""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.pipeline.register import read_register
from etl.records import Project, Register, SourceProblem
from etl.sources.registers.exchange_entries import LONGEST_NOTE, note_of
from tests.registers import CARDIFF, RCT, directory

NAMES = {
    "id": "Identifier",
    "title": "Title",
    "description": "Description",
    "currency": "Currency",
    "amountAwarded": "Amount Awarded",
    "awardDate": "Award Date",
    "plannedDates": "Planned Dates",
    "startDate": "Start Date",
    "endDate": "End Date",
    "duration": "Duration (months)",
    "recipientOrganization": "Recipient Org",
    "fundingOrganization": "Funding Org",
    "beneficiaryLocation": "Beneficiary Location",
    "name": "Name",
    "geoCode": "Geographic Code",
    "grantProgramme": "Grant Programme",
    "location": "Location",
    "postalCode": "Postal Code",
    "regrantType": "Regrant Type",
}
PLACES = [
    {"name": "Cardiff", "geoCode": CARDIFF},
    {"name": "Rhondda Cynon Taf"},
    {"name": "Merthyr Tydfil", "geoCode": "W06000024"},
    {"geoCode": "W01001274"},
    {"name": "Tonypandy, Wales"},
    {"name": "Wales"},
]


def drawn(draw: random.Random, number: int) -> dict[str, Any]:
    dates: dict[str, Any] = draw.choice(
        [
            {"startDate": "2024-04-01", "endDate": "2027-03-31"},
            {"startDate": "2024-04-01", "duration": 24},
            {"duration": 12},
        ]
    )
    grant: dict[str, Any] = {
        "id": f"360G-x-{number}",
        "title": f"Grant {number}",
        "currency": draw.choice(["GBP", "gbp", "EUR"]),
        "amountAwarded": draw.choice([0, 300, 30000.5, 125000]),
        "awardDate": "2024-03-01",
        "plannedDates": [dates],
        "recipientOrganization": [
            {"id": f"GB-CHC-{number}", "name": f"Body {number}"}
        ],
        "fundingOrganization": [
            {
                "id": "GB-CHC-99",
                "name": draw.choice(["A Fund", "Cardiff Council"]),
            }
        ],
        "beneficiaryLocation": draw.sample(PLACES, draw.randint(1, 4)),
        "grantProgramme": [
            {"title": draw.choice(["Families First", "Core grants"])}
        ],
    }
    if draw.random() < 0.3:
        grant["regrantType"] = "FRG030"
    if draw.random() < 0.3:
        grant["description"] = "Evenings, “with” quotes, and\nlines"
    return grant


def flat(
    value: Any, path: tuple[str | int, ...] = ()
) -> dict[tuple[str | int, ...], Any]:
    if isinstance(value, dict):
        return {
            k: v
            for name, part in value.items()
            for k, v in flat(part, (*path, name)).items()
        }
    if isinstance(value, list):
        return {
            k: v
            for at, part in enumerate(value)
            for k, v in flat(part, (*path, at)).items()
        }
    return {path: value}


def header(path: tuple[str | int, ...], way: str) -> str:
    if way == "paths":
        return "/".join(str(part) for part in path)
    numbered = way == "numbered"
    return ":".join(
        NAMES.get(str(part), str(part))
        for part in path
        if numbered or not isinstance(part, int)
    )


def table(grants: list[dict[str, Any]], way: str) -> list[list[Any]]:
    rows = [flat(grant) for grant in grants]
    held = {path for row in rows for path in row}
    # without numbers only the order tells items apart, so each item has every column
    held |= {
        (p[0], q[1], *p[2:])
        for p in held
        for q in held
        if len(p) > 2 and len(q) > 2 and p[0] == q[0]
    }
    # columns of one list stand together in the order of its items, as people lay them out
    paths = sorted(
        held, key=lambda p: (len(p) > 1, str(p[0]), [str(x) for x in p[1:]])
    )
    return [
        [header(path, way) for path in paths],
        *([row.get(path, "") for path in paths] for row in rows),
    ]


def csv_bytes(grants: list[dict[str, Any]], way: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table(grants, way))
    return out.getvalue().encode()


def book_bytes(grants: list[dict[str, Any]], draw: random.Random) -> bytes:
    """As the standard's template: one sheet of grants, and a sheet a list for what is said more than once."""
    aside = {
        "beneficiaryLocation",
        *draw.sample(["plannedDates", "grantProgramme"], draw.randint(0, 2)),
    }
    book = openpyxl.Workbook()
    book.active.title = "Meta"
    book.active.append(["Version", "1.4"])
    sheets = {
        "grants": [
            {k: v for k, v in grant.items() if k not in aside}
            for grant in grants
        ]
    }
    for name in sorted(aside):
        sheets[NAMES[name]] = [
            {"id": g["id"], name: [item]} for g in grants for item in g[name]
        ]
    for title in draw.sample(sorted(sheets), len(sheets)):
        sheet = book.create_sheet(title)
        for row in table(
            sheets[title],
            "plain"
            if title != "grants"
            else draw.choice(["plain", "numbered"]),
        ):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(register: Register) -> list[Project]:
    return [
        replace(p, source_ref="", register_id="")
        for p in sorted(register.projects, key=lambda p: p.project_id)
    ]


def codes(register: Register) -> list[str]:
    return sorted(p.code for p in register.problems)


@pytest.mark.parametrize("seed", range(60))
def test_json_csv_and_workbook_say_the_same(seed: int) -> None:
    draw = random.Random(seed)
    grants = [drawn(draw, number) for number in range(1, draw.randint(2, 5))]
    known = directory()
    whole = read_register(
        json.dumps({"grants": grants}).encode(), "g.json", directory=known
    )
    assert whole.projects
    forms = {
        "g.csv": csv_bytes(grants, "numbered"),
        "h.csv": csv_bytes(grants, "paths"),
        "i.csv": csv_bytes(grants, "plain"),
        "g.xlsx": book_bytes(grants, draw),
    }
    for name, data in forms.items():
        other = read_register(data, name, directory=known)
        assert told(other) == told(whole), name
        assert codes(other) == codes(whole), name


def test_a_side_row_of_no_grant_is_told() -> None:
    grants = [drawn(random.Random(1), 1)]
    book = openpyxl.load_workbook(
        io.BytesIO(book_bytes(grants, random.Random(1)))
    )
    book["Beneficiary Location"].append(["360G-x-9", "", "Cardiff"])
    out = io.BytesIO()
    book.save(out)
    register = read_register(out.getvalue(), "g.xlsx", directory=directory())
    assert "side_rows_without_grant" in codes(register)


# --- a page of a feed says what it leaves out
# ------------------------------------------------------------------

SERVICE = {
    "id": "s",
    "name": "Youth club",
    "status": "active",
    "service_areas": [{"name": "Cardiff"}],
}
NOTICE = {
    "ocid": "ocds-1",
    "buyer": {"name": "Cardiff Council"},
    "tender": {"title": "Family support"},
}
GRANT = drawn(random.Random(3), 1)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (
            {
                "total_items": 412,
                "total_pages": 9,
                "page_number": 1,
                "size": 50,
                "last_page": False,
                "contents": [SERVICE],
            },
            "feed_page",
        ),
        (
            {
                "totalElements": 412,
                "totalPages": 9,
                "number": 3,
                "last": False,
                "content": [SERVICE],
            },
            "feed_page",
        ),
        (
            {
                "total_pages": 1,
                "page_number": 1,
                "total_items": 1,
                "last_page": True,
                "contents": [SERVICE],
            },
            None,
        ),
        (
            {
                "totalElements": 1,
                "totalPages": 1,
                "number": 1,
                "last": True,
                "content": [SERVICE],
            },
            None,
        ),
        ({"contents": [SERVICE]}, None),
        (
            {
                "services": [SERVICE],
                "next": "https://example.org/services?page=2",
            },
            "feed_continues",
        ),
        ({"services": [SERVICE], "next": None}, None),
        ({"services": [SERVICE], "total": 40}, "feed_in_part"),
        (
            {
                "services": [SERVICE],
                "meta": {"pagination": 1, "total_count": 40},
            },
            "feed_in_part",
        ),
        (
            {
                "releases": [NOTICE],
                "links": {"next": "https://example.org/notices?cursor=x"},
            },
            "feed_continues",
        ),
        ({"releases": [NOTICE], "links": {"next": ""}}, None),
        (
            {
                "releases": [NOTICE],
                "links": {"prev": "https://example.org/notices?cursor=x"},
            },
            None,
        ),
        (
            {
                "records": [{"ocid": "ocds-1", "compiledRelease": NOTICE}],
                "links": {"next": "https://example.org/?p=2"},
            },
            "feed_continues",
        ),
        (
            [
                {
                    "releases": [NOTICE],
                    "links": {"next": "https://example.org/2"},
                },
                {"releases": [{**NOTICE, "ocid": "ocds-2"}]},
            ],
            None,
        ),
        (
            {
                "grants": [GRANT],
                "next": "https://example.org/grants?page=2",
                "count": 300,
            },
            "feed_continues",
        ),
        ({"grants": [GRANT], "count": 300}, "feed_in_part"),
        (
            {
                "grants": [GRANT],
                "_links": {"next": {"href": "https://example.org/2"}},
            },
            "feed_continues",
        ),
        ({"grants": [GRANT]}, None),
    ],
)
def test_a_page_says_so(page: Any, code: str | None) -> None:
    register = read_register(
        json.dumps(page).encode(), "p.json", directory=directory()
    )
    found = [p for p in register.problems if p.code.startswith("feed_")]
    assert [p.code for p in found] == (
        [code] if code else []
    ) and register.projects


def test_the_words_of_a_page_hold_its_numbers() -> None:
    page = {
        "total_items": 412,
        "total_pages": 9,
        "page_number": 1,
        "contents": [SERVICE],
    }
    register = read_register(
        json.dumps(page).encode(), "p.json", directory=directory()
    )
    (told_of,) = [p for p in register.problems if p.code == "feed_page"]
    assert told_of.found == "page 1 of 9 of a feed: 1 of 412 entries"


def test_open_referral_1_reads_as_3() -> None:
    first = {
        "totalElements": 1,
        "content": [
            {
                "id": "s",
                "name": "Counselling",
                "status": "active",
                "organization": {"id": "o", "name": "A Body"},
                "fundings": [{"id": "f", "source": "Cardiff Council"}],
                "service_areas": [
                    {
                        "id": "a",
                        "service_area": "Rhondda",
                        "uri": f"http://x.org/id/{RCT}",
                    }
                ],
                "service_at_locations": [
                    {
                        "id": "l",
                        "location": {
                            "physical_addresses": [{"postal_code": "CF10 1AA"}]
                        },
                    }
                ],
            }
        ],
    }
    third = {
        "contents": [
            {
                "id": "s",
                "name": "Counselling",
                "status": "active",
                "organization": {"id": "o", "name": "A Body"},
                "funding": [{"id": "f", "source": "Cardiff Council"}],
                "service_areas": [
                    {
                        "id": "a",
                        "name": "Rhondda",
                        "uri": f"http://x.org/id/{RCT}",
                    }
                ],
                "service_at_locations": [
                    {
                        "id": "l",
                        "location": {
                            "addresses": [{"postal_code": "CF10 1AA"}]
                        },
                    }
                ],
            }
        ]
    }
    one, other = (
        read_register(json.dumps(v).encode(), "o.json", directory=directory())
        for v in (first, third)
    )
    assert (
        told(one) == told(other)
        and one.projects[0].la_code == CARDIFF
        and one.projects[0].area_codes == (RCT,)
    )


CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"


@pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not on this machine"
)
@pytest.mark.parametrize(
    "name",
    ["g360_two_places.csv", "g360_two_places.json", "g360_multi_sheet.xlsx"],
)
def test_the_cases(name: str) -> None:
    known = directory()
    # the tests' own short list of areas has neither place
    two = {
        **known.area_types,
        "W06000001": frozenset({"LA"}),
        "W06000002": frozenset({"LA"}),
    }
    (project,) = read_register(
        (CASES / name).read_bytes(),
        name,
        directory=replace(known, area_types=two),
    ).projects
    assert project.area_codes == ("W06000002", "W06000001")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("TÃ½ Gwyn &amp; Friends Â£100", "Tý Gwyn & Friends £100"),
        ("TÅ· Gwyn", "Tŷ Gwyn"),
        ("CaffÃ¨ Pen-y-bont", "Caffè Pen-y-bont"),
        ("Carersâ€™ rest", "Carers’ rest"),
        ("Tŷ Gwyn & Ffrindiau “y bont”", "Tŷ Gwyn & Ffrindiau “y bont”"),
        ("Âge UK, Château, Ångström", "Âge UK, Château, Ångström"),
        ("R&D; Q&A", "R&D; Q&A"),
        ("&pound;5 a day &ndash; a club", "£5 a day – a club"),
    ],
)
def test_letters_mangled_on_the_way_are_put_right_and_told(
    written: str, meant: str
) -> None:
    grant = {**GRANT, "title": written}
    register = read_register(
        json.dumps({"grants": [grant]}).encode(),
        "g.json",
        directory=directory(),
    )
    assert register.projects[0].title == meant
    assert ("text_put_right" in codes(register)) is (written != meant)


@pytest.mark.parametrize(
    "currency", ["GBP", "gbp", "£", "Pounds sterling", "GBP "]
)
def test_pounds_however_they_are_written(currency: str | None) -> None:
    dates = [{"startDate": "2024-04-01", "endDate": "2027-03-31"}]
    grant = {
        **GRANT,
        "currency": currency,
        "amountAwarded": 30000,
        "plannedDates": dates,
    }
    register = read_register(
        json.dumps({"grants": [grant]}).encode(),
        "g.json",
        directory=directory(),
    )
    assert register.projects[
        0
    ].annual_value_gbp == 10000.0 and "currency_not_pounds" not in codes(
        register
    )


@pytest.mark.parametrize(
    "header",
    [
        "ocid,id,tender/title,awards/0/value/amount",
        "releases/0/ocid,releases/0/tender/title",
    ],
)
def test_notices_as_a_table_are_refused_with_the_way_to_load_them(
    header: str,
) -> None:
    data = f"{header}\nocds-1,1,Family support,5000\n".encode()
    with pytest.raises(SourceProblem) as refused:
        read_register(data, "notices.csv", directory=directory())
    assert [p.code for p in refused.value.problems] == ["flat_ocds"]


@pytest.mark.parametrize("letters", [3, 7, 40])
@pytest.mark.parametrize("ours", [None, "where it serves is not recorded"])
def test_a_publishers_words_are_cut_between_words_and_ours_take_no_room_of_theirs(
    letters: int, ours: str | None
) -> None:
    words = [f"{chr(97 + n % 26)}" * letters for n in range(LONGEST_NOTE)]
    note = note_of(ours, "Fund", " ".join(words), cells={}) or ""
    last = note.split(" · ")[-1]
    assert last.endswith("…") and len(last) <= LONGEST_NOTE
    told = last.removesuffix("…").split(" ")
    assert told == words[: len(told)]
    assert len(last) + letters + 1 > LONGEST_NOTE
