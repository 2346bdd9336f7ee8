"""A statement that a build holds is withdrawn from every reading at once: reader, export, page, first page
and brief.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from pypdf import PdfReader

from clearlink.report.area_brief import area_brief
from clearlink.report.voice import Voice
from clearlink.review.roles import local_viewer
from clearlink.review.statements import withdraw_statement
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from clearlink.warehouse.file_note import previous_file
from clearlink.warehouse.withdrawn import (
    keep_withdrawn,
    withdrawn_file,
    withdrawn_ids,
)
from etl.pipeline.builds import forget_words_before
from pages.my_area.page_of_area import page_of
from pages.server.first_words import first_words


def test_a_withdrawn_statement_is_nowhere(
    sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    said = reader.answer("export_statement")[0]
    words, area = said["text_en"], said["area_code"]
    count = len(reader.answer("export_statement"))

    def told() -> str:
        page = page_of(Voice("en"), area, "all")
        assert page is not None
        return " ".join(
            (
                first_words({"area": area}, "en"),
                *(line.text for part in page.parts for line in part.lines),
                *(s["text_en"] for s in reader.statements(area)),
                *(s["text_en"] for s in reader.answer("export_statement")),
            )
        )

    assert words in told()
    clerk = local_viewer("Clerk")
    withdraw_statement(
        review_store(),
        clerk,
        statement_id=said["statement_id"],
        place=area,
        area_code=area,
    )
    assert words not in told()
    assert len(reader.answer("export_statement")) == count - 1
    made = area_brief(
        "en", area, viewer=clerk, made_at=datetime(2026, 11, 27, tzinfo=UTC)
    )
    assert made is not None
    printed = " ".join(
        p.extract_text() for p in PdfReader(io.BytesIO(made)).pages
    )
    assert " ".join(words.split()) not in " ".join(printed.split())
    with reader.reading_as(reader.Scope()):
        assert words not in " ".join(
            s["text_en"] for s in reader.statements(area)
        )
    assert review_store().check().is_intact
    line = (tmp_path / "review.sqlite").read_bytes()
    assert words.encode() not in line, (
        "the record keeps that it was withdrawn, never what it said"
    )


def test_the_list_takes_ids_and_nothing_else(tmp_path: Path) -> None:
    served = tmp_path / "warehouse.duckdb"
    keep_withdrawn(
        served, ["S-1", "x' or '1'='1", "../../etc", "", "a b", "T-00ff"]
    )
    assert withdrawn_ids(served) == {"S-1", "T-00ff"}
    assert "'" not in withdrawn_file(served).read_text()
    keep_withdrawn(served, ["S-2"])
    assert {"S-1", "S-2", "T-00ff"} <= withdrawn_ids(served)


def test_the_build_before_goes_where_it_holds_what_was_withdrawn_since(
    tmp_path: Path,
) -> None:
    served = tmp_path / "clearlink.duckdb"
    before = previous_file(served)

    def kept(*statement_ids: str) -> bool:
        before.unlink(missing_ok=True)
        with duckdb.connect(str(before)) as con:
            con.execute("create table statement (statement_id varchar)")
            for statement_id in statement_ids:
                con.execute("insert into statement values ($1)", [statement_id])
        forget_words_before(served)
        return before.exists()

    assert kept("S-1"), "nothing was withdrawn"
    keep_withdrawn(served, ["S-2"])
    assert kept("S-1")
    assert not kept("S-1", "S-2")
    before.write_bytes(b"no build")
    forget_words_before(served)
    assert not before.exists(), "what cannot be read is not trusted"
    forget_words_before(served)
