"""What leaves the desk: the letter to an owner in both languages, and settled records that a council's
register takes back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from clearlink import folders
from clearlink.exchange.settled_register import settled_list, settled_register
from clearlink.proposals.queue import may_settle, waiting
from clearlink.report.owner_letter import (
    Asked,
    OwnerLetter,
    letter_docx,
    letter_text,
)
from clearlink.review.codes import Field, SettledField
from clearlink.review.papers import Paper
from clearlink.review.roles import NotPermitted, Role, Viewer, local_viewer
from clearlink.review.settled import Value, accept, cite, settled
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.warehouse.settled_file import settled_file
from etl.directory import Directory
from etl.pipeline.register import read_register
from etl.pipeline.sample import sample_intake
from etl.settling import settle_now
from tests.meetings import a_store

ANN = local_viewer("Ann Owen")
LETTER = OwnerLetter(
    "Bridgend",
    "Ann Owen",
    [
        Asked(
            "R006",
            "Two contracts extended",
            (Field.PRIORITY,),
            "https://democratic.bridgend.gov.uk/7",
        ),
        Asked("R005", "Accommodation", (Field.AREAS, Field.PRIORITY)),
    ],
    date(2026, 11, 27),
    date(2026, 12, 25),
)


@pytest.fixture
def store(
    tmp_path: Path, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    settled_file(folders.warehouse_file()).unlink(missing_ok=True)
    yield a_store(tmp_path)
    settled_file(folders.warehouse_file()).unlink(missing_ok=True)


def test_one_letter_names_every_record_what_is_asked_and_the_day_in_both_languages() -> (
    None
):
    english, welsh = letter_text("en", LETTER), letter_text("cy", LETTER)
    for text in (english, welsh):
        assert all(r.title in text for r in LETTER.records)
        assert text.count("– ") == 3
        assert "https://democratic.bridgend.gov.uk/7" in text
    assert "25 December 2026" in english
    assert "25 Rhagfyr 2026" in welsh
    word = docx.Document(
        io.BytesIO(letter_docx(LETTER, datetime(2026, 11, 27, tzinfo=UTC)))
    )
    told = "\n".join(p.text for p in word.paragraphs)
    assert told.index("25 Rhagfyr 2026") < told.index("25 December 2026")


def test_settled_records_come_back_through_the_register_importer(
    store: Store,
) -> None:
    without = next(
        r
        for r in reader.projects()
        if r["theme_id"] is None and r["la_code"] and not r["is_sensitive"]
    )
    ids = {"R006", without["project_id"]}
    accept(
        store,
        ANN,
        reader.record_to_settle(without["project_id"]),
        Value(SettledField.THEME, "carers"),
    )
    cite(
        store,
        ANN,
        reader.record_to_settle("R006"),
        priority={"priority_id": "P005", "assessment_id": "A-HS18-BR"},
        assessment_id="A-HS18-BR",
        paper=Paper(
            "Cabinet report 7",
            "https://democratic.bridgend.gov.uk/7",
            date(2021, 3, 1),
        ),
        page="4",
    )
    settle_now(store)
    intake = sample_intake(folders.SAMPLE)
    known = Directory.from_catalogue(intake.areas, intake.links)
    register = read_register(
        settled_register(ids), "settled.csv", directory=known
    )
    assert not [p for p in register.problems if p.severity == "refused"]
    assert {p.project_id for p in register.projects} == ids
    back = {p.project_id: p for p in register.projects}
    assert back[without["project_id"]].theme_ids == ("carers",)
    assert ("R006", "P005", "4") in {
        (c.project_id, c.priority_id, c.page) for c in register.citations
    }
    rows = list(
        csv.DictReader(
            io.StringIO(
                settled_list(settled(store, ANN, ids)).decode("utf-8-sig")
            )
        )
    )
    assert {(r["project_id"], r["field"], r["settled_by"]) for r in rows} == {
        ("R006", "priority", "Ann Owen"),
        (without["project_id"], "theme", "Ann Owen"),
    }


def test_people_of_a_region_settle_its_authorities_records_and_no_others(
    store: Store,
) -> None:
    row = next(
        w.row
        for w in waiting(ANN, reader.WALES, ())
        if "theme" in w.missing
        and w.row["la_code"]
        and not w.row["region_code"]
    )
    owners = reader.project_owners()[row["project_id"]]
    region = next(p for p in owners if p.startswith("RPB"))
    other = next(
        p for p in reader.members() if p.startswith("RPB") and p not in owners
    )
    officer, stranger = (
        Viewer("Olwen", Role.OFFICER, frozenset({place}), subject=place)
        for place in (region, other)
    )
    assert (may_settle(officer, owners), may_settle(stranger, owners)) == (
        True,
        False,
    )
    assert row["project_id"] in {
        w.project_id for w in waiting(officer, reader.WALES, ())
    }
    assert all(
        region in reader.project_owners()[w.project_id]
        for w in waiting(officer, reader.WALES, ())
    )
    theme = Value(SettledField.THEME, "carers")
    with pytest.raises(NotPermitted):
        accept(
            store, stranger, reader.record_to_settle(row["project_id"]), theme
        )
    kept = accept(
        store, officer, reader.record_to_settle(row["project_id"]), theme
    )
    assert (kept.place, kept.settled_by) == (region, "Olwen")


def test_a_record_of_no_authority_is_settled_where_its_recipient_is(
    store: Store,
) -> None:
    owners = reader.project_owners()
    office = [
        r
        for r in reader.projects()
        if not r["la_code"] and not r["region_code"] and r["recipient_area"]
    ]
    assert all(r["recipient_area"] in owners[r["project_id"]] for r in office)
    assert all("W92000004" not in places for places in owners.values())
