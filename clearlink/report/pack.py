"""The meeting pack: a regional sheet and one page an item, as PDF and Word, with the figures as a
workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clearlink.report.annex import xlsx_bytes
from clearlink.report.both_ways import both_ways_blocks
from clearlink.report.content import Block, Document, NewPage, Text
from clearlink.report.item_page import item_page
from clearlink.report.minutes_text import record_line
from clearlink.report.pack_annex import annex
from clearlink.report.pack_items import PackItem, pack_items
from clearlink.report.page_foot import footer, notice
from clearlink.report.pdf import pdf_bytes
from clearlink.report.region_sheet import region_sheet
from clearlink.report.ten_systems import ten_blocks
from clearlink.report.voice import Voice
from clearlink.report.whole_set import set_blocks
from clearlink.report.word import docx_bytes
from clearlink.review.meetings import meetings
from clearlink.review.records import Meeting
from clearlink.review.roles import Viewer
from clearlink.review.statements import recorded_statements
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, Lang

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PackFile:
    name: str
    content: bytes


def make_pack(
    region: str,
    held_on: date,
    out_dir: Path,
    lang: Lang | str = "both",
    progress: Progress = lambda _n, _of: None,
    *,
    store: Store,
    viewer: Viewer,
) -> list[Path]:
    """Writes the pack of the region's meeting on that day and answers the files written.

    Where no meeting is on record the proposed agenda of today's evidence is used, and the pack says so.
    `progress` is told pages made and pages in all.
    """
    meeting = next(
        (m for m in meetings(store, viewer, region) if m.held_on == held_on),
        None,
    )
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for file in pack_files(
        region,
        held_on,
        meeting,
        LANGUAGES if lang == "both" else (_lang(lang),),
        progress,
        store=store,
        viewer=viewer,
    ):
        path = out_dir / file.name
        staged = path.with_name(f"{path.name}.part")
        try:
            staged.write_bytes(file.content)
            staged.replace(path)
        except OSError:
            # half a pack is none, and the one before it stays
            staged.unlink(missing_ok=True)
            raise
        written.append(path)
    return written


def pack_files(
    region: str,
    held_on: date,
    meeting: Meeting | None,
    langs: Sequence[Lang],
    progress: Progress,
    *,
    store: Store,
    viewer: Viewer,
) -> list[PackFile]:
    """The files of a pack, in memory: what this viewer may read, whoever made them."""
    with reader.reading_as(viewer.scope()):
        return _pack_files(
            region,
            held_on,
            meeting,
            langs,
            progress,
            store,
            viewer,
        )


class _Steps:
    """Tells how many pages of a pack are made, of how many."""

    def __init__(
        self,
        progress: Progress,
        steps: int,
    ) -> None:
        self._progress, self._steps, self._done = progress, steps, 0

    def one_more(self) -> None:
        self._done += 1
        self._progress(self._done, self._steps)


def _pack_files(
    region: str,
    held_on: date,
    meeting: Meeting | None,
    langs: Sequence[Lang],
    progress: Progress,
    store: Store,
    viewer: Viewer,
) -> list[PackFile]:
    listed = pack_items(region, held_on, meeting, store, viewer)
    steps = _Steps(
        progress,
        len(langs) * (len(listed) + 1),
    )
    made_at = store.clock()
    files = []
    for lang in langs:
        say = Voice(lang)
        title = say(
            "pack.title",
            place=say.place(region),
            date=say.date(held_on),
        )
        document = Document(
            title,
            lang,
            footer(say, meeting),
            say("pack.page"),
            tuple(_blocks(say, region, meeting, listed, store, viewer, steps)),
            notice(say),
        )
        name = f"{say('pack.file_pack')}-{held_on.isoformat()}-{lang}"
        sheets = annex(say, region, listed, meeting)
        files += [
            PackFile(
                f"{name}.pdf",
                pdf_bytes(document, made_at),
            ),
            PackFile(
                f"{name}.docx",
                docx_bytes(document, made_at),
            ),
            PackFile(
                f"{name}.xlsx",
                xlsx_bytes(title, sheets, made_at),
            ),
        ]
    return files


def _blocks(
    say: Voice,
    region: str,
    meeting: Meeting | None,
    listed: Sequence[PackItem],
    store: Store,
    viewer: Viewer,
    steps: _Steps,
) -> list[Block]:
    """The pack from its first sheet to the line on where the record stood."""
    blocks: list[Block] = [
        *region_sheet(
            say,
            region,
            listed,
            with_meeting=meeting is not None,
        ),
        *both_ways_blocks(say, region, store, viewer),
        *set_blocks(say, region),
        *ten_blocks(say, region),
    ]
    steps.one_more()
    return [
        *blocks,
        *_item_pages(say, region, listed, store, steps),
        Text(
            say("pack.source"),
            "small",
        ),
        *record_line(
            say,
            store.head(),
        ),
    ]


def _item_pages(
    say: Voice,
    region: str,
    listed: Sequence[PackItem],
    store: Store,
    steps: _Steps,
) -> list[Block]:
    """A new page an item, numbered as on the agenda."""
    recorded = recorded_statements(store)
    blocks: list[Block] = []
    for number, each in enumerate(listed, 1):
        title = each.item.titles[say.lang]
        heading = say(
            "pack.item",
            n=number,
            of=len(listed),
            title=title,
        )
        page = item_page(
            say,
            region,
            heading,
            each.facts,
            recorded,
            each.last,
        )
        blocks += [NewPage(), *page]
        steps.one_more()
    return blocks


def _lang(text: str) -> Lang:
    return "cy" if text == "cy" else "en"
