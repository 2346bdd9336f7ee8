"""One visit to every page, for those who measure what a rerun of it costs: in counts (the gate) and in
processor time (the bench).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from clearlink.report.evidence import evidence_now, item_facts, proposed_agenda
from clearlink.review.agenda import items, propose
from clearlink.review.codes import Terms
from clearlink.review.meetings import Seat, freeze, set_up_meeting
from clearlink.review.roles import local_viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader

REGION: Final = "RCC_NORTH_WALES"
THEMES_CHANGED: Final = 3


@dataclass(frozen=True)
class Visit:
    """A page as it is opened, and what a rerun of it changes: the theme by its box, or nothing at all."""

    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    changes_theme: bool = False


def small_area_themes() -> list[str]:
    """Themes whose own indicator is drawn on small areas: a change between them changes all 1,917 values."""
    drawn = {
        o["theme_id"]
        for o in reader.need_offer()
        if o["areas"]
        and (o["definition"], o["area_type"]) == ("lead", "LSOA21")
    }
    return [theme for theme in reader.themes() if theme in drawn]


def visits(store: Store) -> dict[str, Visit]:
    """Every page of the navigation, the record of a project and the item of a meeting, on choices that
    this build holds.
    """
    themes = {"theme": small_area_themes()[0]}
    project = {"project": str(reader.projects()[0]["project_id"])}
    area = {"area": str(reader.areas("LSOA21")[0]["area_code"])}
    return {
        "home": Visit("home", themes, changes_theme=True),
        "my_area": Visit("my_area", area),
        "need_map": Visit("need_map", themes, changes_theme=True),
        "projects": Visit("projects", themes, changes_theme=True),
        "record": Visit("projects", project),
        "area": Visit("area", area),
        "gaps": Visit("gaps", themes, changes_theme=True),
        "fairness": Visit("fairness", themes, changes_theme=True),
        "plans": Visit("plans", {"place": REGION}),
        "programmes": Visit("programmes", {"place": REGION}),
        "meetings": Visit("meetings"),
        "item": Visit(
            "meetings", {"meeting": frozen_meeting(store), "stage": "run"}
        ),
        "voices": Visit("voices", themes),
        "evidence_desk": Visit("evidence_desk"),
        "data_and_method": Visit("data_and_method"),
        "indicators": Visit("indicators"),
        "accessibility": Visit("accessibility"),
    }


def frozen_meeting(store: Store) -> str:
    """The id of a meeting with a full agenda whose evidence is frozen: ready for its first decision."""
    officer, now = local_viewer("Olwen Officer"), evidence_now()
    meeting = set_up_meeting(
        store,
        officer,
        place=REGION,
        held_on=now.as_of + timedelta(days=14),
        terms=Terms.RCC,
        chair="Carys Chair",
        quorum=2,
        seats=[Seat("Carys Chair", "Conwy"), Seat("Dewi Deputy", "Gwynedd")],
    )
    propose(store, officer, meeting, proposed_agenda(REGION, meeting.held_on))
    listed = items(store, officer, meeting.meeting_id)
    freeze(
        store, officer, meeting, now, {i.item_id: item_facts(i) for i in listed}
    )
    return meeting.meeting_id
