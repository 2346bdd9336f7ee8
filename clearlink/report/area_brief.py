"""The brief of one area: its need by theme, the projects that reach it, and what people told us, to carry
into a room.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clearlink.report.area_finding import area_finding
from clearlink.report.content import (
    Block,
    Document,
    Facts,
    Heading,
    Table,
    Text,
)
from clearlink.report.engagement_words import engagement_sentence
from clearlink.report.likeness import (
    beside_similar,
    like_here,
    nearest_words,
)
from clearlink.report.page_foot import footer, notice
from clearlink.report.pdf import pdf_bytes
from clearlink.report.voice import Voice
from clearlink.review.roles import Viewer
from clearlink.rules.codes import Basis
from clearlink.rules.need.similar import Similar
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import Lang, numbers
from clearlink.words.rates import in_need_words, range_words, share_words

MOST_PROJECTS = 12
MOST_VOICES = 3
MOST_ENGAGEMENTS = 2
PREFERRED = ("lead", "rate", "composite")


def area_brief(
    lang: Lang,
    area_code: str,
    *,
    viewer: Viewer,
    made_at: datetime,
    basis: str = Basis.AT_DECISION,
    similar: Sequence[str] = (),
) -> bytes | None:
    """The PDF, holding what this viewer may read; None where the build has no such area. `similar`: the
    areas it is to be compared with, else the nearest ten.
    """
    with reader.reading_as(viewer.scope()):
        area = reader.area(area_code)
        if area is None:
            return None
        say = Voice(lang)
        needs, reaching = (
            told_needs(reader.area_need(area_code)),
            reader.projects_reaching(area_code, basis),
        )
        near = like_here(area_code, area["area_type"], similar)
        blocks = [
            Heading(1, say.of(area)),
            Text(
                area_finding(say, area, needs, reaching),
                "lead",
            ),
            *_needs(say, needs, near),
            *projects_blocks(say, reaching),
            *_voices(say, area_code),
            Text(say("area.source"), "small"),
        ]
        return pdf_bytes(
            Document(
                say(
                    "pack.brief_title",
                    title=say.of(area),
                ),
                lang,
                footer(say, None),
                say("pack.page"),
                tuple(blocks),
                notice(say),
            ),
            made_at,
        )


def told_needs(needs: Rows) -> Rows:
    """One row a theme: the lead indicator where it is published for this area, else the composite; in the
    order of the themes.
    """
    best: dict[str, Row] = {}
    for definition in PREFERRED:
        for n in needs:
            if n["definition"] == definition and (
                n["score"] is not None or n["marker"] is not None
            ):
                best.setdefault(
                    n["theme_id"],
                    n,
                )
    return sorted(
        best.values(),
        key=lambda n: n["sort"],
    )


def _needs(
    say: Voice,
    needs: Rows,
    near: Sequence[Similar],
) -> list[Block]:
    """Need by theme; where areas like this one are known, beside them, with the nearest by name."""
    if not needs:
        return []
    codes = [s.area_code for s in near]
    columns = (
        "theme",
        "rank",
        "people",
        "rate",
        "rate_range",
        "edition",
    )
    headings = [say(f"area.col.{c}") for c in columns]
    rows = [_need_cells(say, n) for n in needs]
    widths: tuple[int, ...] = (5, 4, 3, 2, 4, 4)
    if near:
        headings.append(say("similar.beside"))
        rows = [
            (*row, _beside(say, need, codes))
            for row, need in zip(rows, needs, strict=True)
        ]
        widths = (5, 4, 3, 2, 4, 3, 4)
    blocks: list[Block] = [
        Table(
            say("area.need"),
            tuple(headings),
            tuple(rows),
            widths=widths,
        )
    ]
    if near:
        told = say(
            "similar.brief",
            n=len(near),
            nearest=nearest_words(say, near),
        )
        blocks.append(Text(told, "small"))
    return blocks


def _beside(
    say: Voice,
    need: Row,
    codes: Sequence[str],
) -> str:
    """In how many of the similar areas need is lower than here."""
    beside = beside_similar(need, codes)
    if beside is None:
        return "—"
    return say("similar.more_short", n=beside.more, of=beside.of)


def _need_cells(say: Voice, need: Row) -> tuple[str, ...]:
    is_marked = bool(need["marker"])
    rank, people, share = "—", "—", "—"
    if need["rank"] is not None:
        rank = say.rank(
            need["rank"],
            need["rank_of"],
        )
    if not is_marked and need["people_in_need"] is not None:
        people = in_need_words(need)[0]
    if not is_marked and need["rate"] is not None:
        share = share_words(need)
    return (
        say.of(need, "theme"),
        rank,
        people,
        share,
        # why a figure is absent takes a sentence, and this is the widest of the columns that then are empty
        range_words(say, need),
        say.edition(need["edition"]),
    )


def projects_blocks(say: Voice, reaching: Rows) -> list[Block]:
    """What runs in the area with its money there; then, without a sum, what covers it as part of a wider
    area.
    """
    running = [p for p in reaching if p["time_state"] == "running"]
    here = [p for p in running if p["is_here"]]
    wider = [p for p in running if not p["is_here"]]
    blocks: list[Block] = (
        [
            _placed_here(
                say,
                here[:MOST_PROJECTS],
            )
        ]
        if here
        else [_nothing_here(say, wider)]
    )
    return [
        *blocks,
        *_covering(
            say,
            wider[: MOST_PROJECTS // 2],
        ),
    ]


def _nothing_here(say: Voice, wider: Rows) -> Text:
    return Text(say("area.none_placed" if wider else "area.no_projects"))


def _placed_here(say: Voice, projects: Rows) -> Table:
    return Table(
        say("area.projects"),
        (
            *_project_columns(say),
            say(
                "area.col.here",
                year=say.year(),
            ),
        ),
        tuple(
            (*_project_cells(say, p), _money_or_dash(p["value_here_gbp"]))
            for p in projects
        ),
        numeric=(3,),
        widths=(6, 3, 4, 3),
    )


def _covering(say: Voice, projects: Rows) -> list[Block]:
    """What reaches the area as part of a wider one; nothing where nothing does."""
    if not projects:
        return []
    table = Table(
        say("area.covers_title"),
        (*_project_columns(say), say("area.col.covers")),
        tuple(
            (*_project_cells(say, p), say.place(p["covers_code"]))
            for p in projects
        ),
        widths=(6, 3, 4, 3),
    )
    return [
        table,
        Text(
            say("area.covers_lead"),
            "small",
        ),
    ]


def _project_cells(say: Voice, project: Row) -> tuple[str, str, str]:
    return (
        project["title"],
        say.verdict(project["verdict"]),
        say.theme(project["theme_id"]),
    )


def _money_or_dash(value_gbp: float | None) -> str:
    return "—" if value_gbp is None else numbers.gbp(value_gbp)


def _project_columns(say: Voice) -> tuple[str, ...]:
    return (
        say("projects.column.title"),
        say("projects.column.verdict"),
        say("area.col.theme"),
    )


def _voices(say: Voice, area_code: str) -> list[Block]:
    statements = reader.statements(area_code)[:MOST_VOICES]
    words = "; ".join(
        say(
            "area.voice",
            text=s[f"text_{say.lang}"] or s["text_en"],
            who=s[f"who_{say.lang}"] or s["who_en"],
            date=say.date(s["said_on"]),
        )
        + (f" ({say('common.illustrative')})" if s["is_illustrative"] else "")
        for s in statements
    )
    heard = reader.engagements_of_place(area_code)[:MOST_ENGAGEMENTS]
    listened = " ".join(engagement_sentence(say, e) for e in heard)
    told = [(say("area.voices"), words or say("area.no_voices"))]
    return [
        Facts(
            tuple(
                told
                + ([(say("engagement.title"), listened)] if listened else [])
            )
        )
    ]
