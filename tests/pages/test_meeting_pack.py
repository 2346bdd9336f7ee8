"""The meeting pack over the sample: twenty items, a page and a map each, in both languages, within ten
seconds.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from clearlink.report.area_brief import area_brief
from clearlink.report.pack import make_pack
from clearlink.report.project_brief import project_brief
from clearlink.report.ten_systems import ten_rows
from clearlink.report.voice import Voice
from clearlink.review.roles import local_viewer
from clearlink.warehouse import reader
from clearlink.words import Lang
from tests.meetings import NORTH, a_store
from tests.pdf_check import faults_of_pdf
from tests.reference_work import units_of

MOST_UNITS = 500


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Item 20 of 20"), ("cy", "Eitem 20 o 20")]
)
def test_the_pack(
    sample_copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    words: str,
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    told: list[tuple[int, int]] = []
    written, units = units_of(
        lambda: make_pack(
            NORTH,
            date(2026, 12, 7),
            tmp_path / "out",
            lang,
            lambda n, of: told.append((n, of)),
            store=a_store(tmp_path),
            viewer=local_viewer("x"),
        )
    )
    assert sorted(p.suffix for p in written) == [".docx", ".pdf", ".xlsx"]
    assert told == [(n, 21) for n in range(1, 22)]
    pdf = pypdf.PdfReader(next(p for p in written if p.suffix == ".pdf"))
    first = "a sheet for the region, one for the two questions, two (across) for its set and systems"
    assert len(pdf.pages) == 24, f"{first}, and one page an item"
    assert [
        n
        for n, page in enumerate(pdf.pages)
        if page.mediabox.width > page.mediabox.height
    ] == [2, 3]
    assert words in pdf.pages[23].extract_text()
    assert (
        faults_of_pdf(
            next(p for p in written if p.suffix == ".pdf").read_bytes()
        )
        == []
    ), "PDF/UA-1"
    assert sum(len(page.images) for page in pdf.pages) == 20
    assert pdf.trailer["/Root"]["/Lang"] == lang  # type: ignore[index]
    book = load_workbook(next(p for p in written if p.suffix == ".xlsx"))
    assert len(book.sheetnames) == 4
    # the ten systems of the letter are in each file of it
    say: Voice = Voice("cy" if lang == "cy" else "en")
    printed = " ".join(pdf.pages[3].extract_text().split())
    held = {
        str(v) for row in book[say("programmes.ten.sheet")].values for v in row
    }
    for system, *answers in ten_rows(say, NORTH):
        assert system in printed
        assert {system, *answers} <= held
    assert units <= MOST_UNITS, f"{units:.0f} units of processor time"


def test_a_brief_is_one_page(
    sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    store = a_store(tmp_path)
    for row in reader.projects(NORTH)[:12]:
        made = project_brief(
            "cy", row["project_id"], store=store, viewer=local_viewer("x")
        )
        assert made is not None
        (tmp_path / "brief.pdf").write_bytes(made)
        assert len(pypdf.PdfReader(tmp_path / "brief.pdf").pages) == 1, row[
            "project_id"
        ]
    assert (
        project_brief("en", "nothing", store=store, viewer=local_viewer("x"))
        is None
    )


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_brief_of_an_area_passes_the_checker(
    sample_copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: Lang,
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    for code in ("W06000003", reader.areas("LSOA21")[7]["area_code"]):
        made = area_brief(
            lang,
            code,
            viewer=local_viewer("x"),
            made_at=datetime(2026, 11, 23, tzinfo=UTC),
        )
        assert made is not None and faults_of_pdf(made) == []
        assert len(pypdf.PdfReader(io.BytesIO(made)).pages) <= 2
    assert (
        area_brief(
            lang,
            "W99999999",
            viewer=local_viewer("x"),
            made_at=datetime(2026, 11, 23, tzinfo=UTC),
        )
        is None
    )
