"""One page about one project, made from any screen as PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clearlink.report.content import Document, Text
from clearlink.report.evidence import project_facts
from clearlink.report.item_page import item_page
from clearlink.report.page_foot import footer, notice
from clearlink.report.pdf import pdf_bytes
from clearlink.report.voice import Voice
from clearlink.review.decisions import decisions_on
from clearlink.review.roles import Viewer
from clearlink.review.statements import recorded_statements
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import Lang

BRIEF_MAP_MM: Final = 76


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
    lang: Lang,
    project_id: str,
    store: Store,
    viewer: Viewer,
    made_at: datetime | None,
) -> bytes | None:
    facts = project_facts(project_id)
    if facts is None:
        return None
    say = Voice(lang)
    project = facts["project"]
    earlier = decisions_on(store, viewer, project_id)
    blocks = item_page(
        say,
        _committee_of(project),
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
    return pdf_bytes(
        document,
        made_at or store.clock(),
    )


def _committee_of(project: Row) -> str:
    """The regional collaboration committee whose project it is; where none holds its authority, its region or
    Wales.
    """
    committees = (
        place
        for place, authorities in sorted(reader.members().items())
        if place.startswith("RCC") and project["la_code"] in authorities
    )
    return next(
        committees,
        project["region_code"] or reader.WALES,
    )
