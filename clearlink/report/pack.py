"""The meeting pack: a regional sheet and one page an item, as PDF and Word, with the figures as a
workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from clearlink.report.annex import Sheet, xlsx_bytes
from clearlink.report.both_ways import both_ways_blocks
from clearlink.report.content import Block, Document, Heading, NewPage, Table, Text
from clearlink.report.criterion_text import criterion_text
from clearlink.report.evidence import (
    evidence_now,
    item_facts,
    project_facts,
    proposed_agenda,
)
from clearlink.report.item_page import item_page
from clearlink.report.minutes_text import record_line
from clearlink.report.pdf import pdf_bytes
from clearlink.report.standing_words import share_words, sign_columns, sign_rows
from clearlink.report.ten_systems import ten_blocks, ten_sheet
from clearlink.report.verdict_finding import opening_finding
from clearlink.report.voice import Voice
from clearlink.report.which_records import records_said
from clearlink.report.whole_set import set_blocks
from clearlink.report.word import docx_bytes
from clearlink.review.agenda import evidence, items
from clearlink.review.codes import ItemState, Subject
from clearlink.review.decisions import decisions_on
from clearlink.review.meetings import meetings
from clearlink.review.records import Decision, Item, Meeting
from clearlink.review.roles import Viewer
from clearlink.review.statements import recorded_statements
from clearlink.review.store import Store
from clearlink.rules.codes import VERDICT_ORDER
from clearlink.rules.link.two_questions import (
    Sum,
    added,
    share_of_money,
    share_of_records,
    shares,
    squares,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.warehouse.records import ALL_RECORDS
from clearlink.words import LANGUAGES, Lang, numbers

BRIEF_MAP_MM: Final = 76
SQUARES_SHOWN: Final = 8
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item with the facts its page is made from and the last decision about it."""

    item: Item
    facts: dict[str, Any]
    last: tuple[Meeting, Decision] | None


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
        (m for m in meetings(store, viewer, region) if m.held_on == held_on), None
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
    made_at = store.clock()
    files = []
    steps, done = len(langs) * (len(listed) + 1), 0
    for lang in langs:
        say = Voice(lang)
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
        done += 1
        progress(done, steps)
        recorded = recorded_statements(store)
        for number, each in enumerate(listed, 1):
            heading = say(
                "pack.item",
                n=number,
                of=len(listed),
                title=each.item.titles[say.lang],
            )
            blocks += [
                NewPage(),
                *item_page(
                    say,
                    region,
                    heading,
                    each.facts,
                    recorded,
                    each.last,
                ),
            ]
            done += 1
            progress(done, steps)
        blocks += [Text(say("pack.source"), "small"), *record_line(say, store.head())]
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
            tuple(blocks),
            notice(say),
        )
        name = f"{say('pack.file_pack')}-{held_on.isoformat()}-{lang}"
        files += [
            PackFile(f"{name}.pdf", pdf_bytes(document, made_at)),
            PackFile(f"{name}.docx", docx_bytes(document, made_at)),
            PackFile(
                f"{name}.xlsx",
                xlsx_bytes(
                    title,
                    annex(say, region, listed, meeting),
                    made_at,
                ),
            ),
        ]
    return files


def project_brief(
    lang: Lang,
    project_id: str,
    *,
    store: Store,
    viewer: Viewer,
    made_at: datetime | None = None,
) -> bytes | None:
    """One page about one project, for any screen; None where it is not held, or this viewer may not read of
    it.
    """
    with reader.reading_as(viewer.scope()):
        return _project_brief(lang, project_id, store, viewer, made_at)


def _project_brief(
    lang: Lang, project_id: str, store: Store, viewer: Viewer, made_at: datetime | None
) -> bytes | None:
    facts = project_facts(project_id)
    if facts is None:
        return None
    say = Voice(lang)
    project = facts["project"]
    place = next(
        (
            p
            for p, las in sorted(reader.members().items())
            if p.startswith("RCC") and project["la_code"] in las
        ),
        project["region_code"] or reader.WALES,
    )
    earlier = decisions_on(store, viewer, project_id)
    blocks = item_page(
        say,
        place,
        project["title"],
        facts,
        recorded_statements(store),
        earlier[0] if earlier else None,
        BRIEF_MAP_MM,
    )
    document = Document(
        say("pack.brief_title", title=project["title"]),
        lang,
        footer(say, None),
        say("pack.page"),
        (*blocks[1:], Text(say("pack.source"), "small")),
        notice(say),
    )
    return pdf_bytes(document, made_at or store.clock())


def pack_items(
    region: str,
    held_on: date,
    meeting: Meeting | None,
    store: Store,
    viewer: Viewer,
) -> list[PackItem]:
    """Items with their facts: frozen where the meeting is frozen, else as the warehouse has them now."""
    if meeting is None:
        proposed = proposed_agenda(region, held_on)
        listed = [
            Item(
                f"proposed-{n}",
                1,
                "",
                n,
                ItemState.KEPT,
                p.subject,
                p.subject_id,
                p.title,
                {"key": p.why, **p.figures},
                "rule",
                None,
            )
            for n, p in enumerate(proposed, 1)
        ]
        return [_with_facts(item, store, viewer) for item in listed]
    # what stands on a meeting's agenda is shown whatever it is
    with reader.records_of(ALL_RECORDS):
        return [
            _with_facts(item, store, viewer)
            for item in items(store, viewer, meeting.meeting_id)
        ]


def _with_facts(item: Item, store: Store, viewer: Viewer) -> PackItem:
    facts = (evidence(store, viewer, item) if item.evidence_id else {}) or item_facts(
        item
    )
    earlier = decisions_on(store, viewer, item.subject_id)
    last = earlier[0] if earlier else None
    return PackItem(item, facts, last)


def region_sheet(
    say: Voice, region: str, listed: Sequence[PackItem], with_meeting: bool
) -> list[Block]:
    """The region on one sheet: finding, verdicts, agenda."""
    counts = {r["verdict"]: r for r in reader.verdict_counts(region)}
    verdicts = tuple(
        (
            say.verdict(v),
            str(counts[v]["projects"]),
            _known_money(
                counts[v]["year_gbp"],
                counts[v]["projects"] - counts[v]["without_value"],
            ),
            str(counts[v]["without_value"]),
        )
        for v in VERDICT_ORDER
        if v in counts
    )
    rows = tuple(
        (
            str(n),
            each.item.titles[say.lang],
            _where(say, each.facts),
            say.verdict(each.facts["verdict"]["verdict"])
            if each.facts.get("verdict")
            else "—",
        )
        for n, each in enumerate(listed, 1)
    )
    return [
        Heading(1, say("pack.sheet")),
        Text(
            opening_finding(
                say,
                region,
                counts,
                reader.projects(region),
            ),
            "lead",
        ),
        *([Text(records)] if (records := records_said(say, region)) else []),
        *([] if with_meeting else [Text(say("pack.no_meeting"))]),
        Table(
            say("pack.verdicts"),
            (
                *(say(f"pack.col_{c}") for c in ("verdict", "projects")),
                *(
                    say(f"standing.col.{c}", year=say.year())
                    for c in ("money", "unvalued")
                ),
            ),
            verdicts,
            numeric=(1, 2, 3),
        ),
        Table(
            say("pack.agenda"),
            (
                say("pack.col_number"),
                say("pack.col_item"),
                say("pack.col_where"),
                say("pack.col_verdict"),
            ),
            rows,
            numeric=(0,),
            widths=(2, 8, 4, 5),
        ),
        *_questions(say, region),
    ]


def _known_money(gbp: float, valued: int) -> str:
    """The sum of what is known; a dash where of no record any money is known, which is not £0."""
    return numbers.gbp(gbp) if valued else "—"


def _sum_cells(held: Sum) -> tuple[str, str, str]:
    """Records, their known money of the year, and of how many of them it is not known."""
    return (
        str(held.records),
        _known_money(held.gbp, held.records - held.unvalued),
        str(held.unvalued),
    )


def _questions(say: Voice, region: str) -> list[Block]:
    """Does it serve need, and is that on record: the largest squares in words; and the signs, with the money
    under them.
    """
    rows = reader.projects(region)
    sums = squares(rows)
    if not sums:
        return []
    largest = sorted(sums, key=lambda at: (-sums[at].gbp, -sums[at].records))[
        :SQUARES_SHOWN
    ]
    cells = tuple(
        (
            say(f"standing.serves.{serves}"),
            say(f"standing.record.{record}"),
            *_sum_cells(sums[serves, record]),
            str(sums[serves, record].with_sign),
        )
        for serves, record in largest
    )
    columns = tuple(
        say(f"standing.col.{c}", year=say.year())
        for c in ("serves", "on_record", "records", "money", "unvalued", "signs")
    )
    has_signs = any(r["signs"] for r in rows)
    return [
        NewPage(),
        Table(
            say("standing.title"),
            columns,
            cells,
            numeric=(2, 3, 4, 5),
            widths=(5, 4, 2, 3, 3, 2),
        ),
        _shares(say, rows),
        *([_verdicts_by_sign(say, rows)] if has_signs else []),
        *([Text(say("standing.signs.help"), "small")] if has_signs else []),
    ]


def _verdicts_by_sign(say: Voice, rows: Rows) -> Table:
    """Signs against verdicts with records and money, as on Projects."""
    return Table(
        say("standing.signs.title"),
        sign_columns(say),
        tuple(sign_rows(say, rows)),
        widths=(5, 3, 3, 3, 4),
    )


def _shares(say: Voice, rows: Rows) -> Table:
    """Records and money of the year in each state, by which blank; the same as on Home and by command."""
    whole = added(rows)
    columns = (
        say("standing.shares.col.state"),
        say("standing.col.records"),
        say("standing.shares.col.of_records"),
        say("standing.shares.col.of_money", year=say.year()),
    )
    lines = tuple(
        (
            say(f"standing.state.{state}"),
            str(held.records),
            share_words(share_of_records(held, whole)),
            share_words(share_of_money(held, whole)),
        )
        for state, held in shares(rows).items()
        if held.records
    )
    return Table(
        say("standing.shares.title"),
        columns,
        lines,
        numeric=(1, 2, 3),
        widths=(8, 2, 2, 3),
    )


def annex(
    say: Voice,
    region: str,
    listed: Sequence[PackItem],
    meeting: Meeting | None,
) -> list[Sheet]:
    """The workbook's sheets: items with criteria, need by definition, and what the columns mean."""
    notes = (
        footer(say, meeting),
        *([notice(say)] if notice(say) else []),
        say("pack.source"),
    )
    criteria = [
        (
            n,
            e.item.subject_id,
            e.item.titles[say.lang],
            e.facts["project"].get("year_gbp"),
            say.verdict(e.facts["verdict"]["verdict"]),
            say(f"criterion.name.{c['criterion']}"),
            say(f"criterion.result.{c['result']}"),
            criterion_text(
                say,
                c,
                {x["priority_id"]: x for x in e.facts["citations"]},
            ),
            c["source_ref"],
        )
        for n, e in enumerate(listed, 1)
        if e.item.subject is Subject.PROJECT and e.facts.get("verdict")
        for c in e.facts["criteria"]
    ]
    need = [
        (
            n,
            e.item.subject_id,
            e.item.titles[say.lang],
            say(f"need.definition.{m['definition']}"),
            m["edition"],
            m["neediest_fifth_share"],
            m["people_in_need"],
            m["rank_first"],
            m["rank_last"],
        )
        for n, e in enumerate(listed, 1)
        for m in e.facts.get("measures") or ()
    ]
    columns = tuple(say(f"pack.col_{c}") for c in ("number", "id", "item"))
    meaning = tuple(
        (say(f"pack.col_{c}"), say(f"pack.dict_{d}"))
        for c, d in (
            ("share", "share"),
            ("people", "people"),
            ("first", "rank"),
            ("last", "rank"),
        )
    )
    return [
        Sheet(
            say("pack.annex"),
            notes,
            (
                *columns,
                say("pack.col_value", year=_year_of(listed)),
                *(
                    say(f"pack.col_{c}")
                    for c in ("verdict", "criterion", "result", "why", "source")
                ),
            ),
            tuple(criteria),
        ),
        Sheet(
            say("pack.annex_need"),
            notes,
            (
                *columns,
                *(
                    say(f"pack.col_{c}")
                    for c in (
                        "definition",
                        "edition",
                        "share",
                        "people",
                        "first",
                        "last",
                    )
                ),
            ),
            tuple(need),
        ),
        ten_sheet(say, region, notes),
        Sheet(
            say("pack.annex_dictionary"),
            notes[:1],
            (say("pack.col_column"), say("pack.col_meaning")),
            meaning,
        ),
    ]


def _year_of(listed: Sequence[PackItem]) -> str:
    """The year that the items' money is of: what they were frozen with."""
    years = (
        e.facts["project"].get("money_year") for e in listed if e.facts.get("project")
    )
    return next(filter(None, years), None) or reader.year()


def footer(say: Voice, meeting: Meeting | None) -> str:
    """What every page says of its evidence: the meeting's snapshot, or that of the build that is served."""
    build = reader.build()
    snapshot = (
        meeting.snapshot_id
        if meeting and meeting.snapshot_id
        else evidence_now().snapshot_id
    )
    text = say(
        "pack.footer",
        snapshot=snapshot,
        build=build["build_id"],
        date=say.date(build["as_of"]),
    )
    return say("pack.illustrative", text=text) if build["is_illustrative"] else text


def notice(say: Voice) -> str:
    """The mark of illustrative data, where the build holds any."""
    return say("common.sample_banner") if reader.build()["is_illustrative"] else ""


def _where(say: Voice, facts: dict[str, Any]) -> str:
    project = facts.get("project")
    return (
        say.place(project["la_code"] or project["region_code"])
        if project
        else (facts.get("priority") or {}).get("body") or "—"
    )


def _lang(text: str) -> Lang:
    return "cy" if text == "cy" else "en"
