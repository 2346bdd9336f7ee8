"""Where a project reaches, and how its money was placed there."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.area.area_choice_view import speaking_choice
from pages.frame.choices import address
from pages.frame.frame import plain, table
from pages.frame.speech import Speech
from pages.home.missed import CHOICE
from pages.project.reach_map import reach_map


def places_reached(say: Speech, project: Row, areas: Rows) -> None:
    """A sentence, a small map where areas are known, and the table of areas."""
    st.subheader(say("record.places"))
    _council_list(say, project)
    if not areas:
        st.markdown(plain(_no_area(say, project)))
        return
    methods = {a["method"] for a in areas}
    names = [say.of(a) for a in areas]
    if "protected" in methods:
        st.markdown(
            say(
                "record.places_protected",
                region=say.place(areas[0]["area_code"]),
            )
        )
        return
    if methods == {"area_wide"}:
        st.markdown(
            say(
                "record.places_wide",
                n=len(areas),
                where=numbers.join(
                    say.lang,
                    names[:8],
                ),
            )
        )
        return
    st.markdown(
        say(
            "record.places_placed",
            n=len(areas),
            method=say(f"record.method_{areas[0]['method']}"),
        )
    )
    left, right = st.columns(
        (3, 2),
        gap="large",
    )
    with left:
        themes = reader.project_themes(project["project_id"])
        reach_map(
            say,
            areas,
            themes[0]["theme_id"] if themes else None,
        )
    with right:
        _areas_table(say, areas)


def _areas_table(say: Speech, areas: Rows) -> None:
    """Each area with its share of the project and how that is known; a row opens the area."""
    rows = [
        {
            "area": say.of(a),
            "code": a["area_code"],
            "share": 100 * a["weight"],
            "how": say(f"record.method_{a['method']}"),
        }
        for a in areas
    ]
    picked = table(
        rows,
        {
            "area": say("record.area_name"),
            "share": say("record.area_share"),
            "how": say("record.area_how"),
        },
        key="record_areas",
        height=360,
        pick=True,
        config={"share": st.column_config.NumberColumn(format="%.1f%%")},
    )
    if picked is not None:
        st.switch_page(
            "pages/area.py",
            query_params=address(
                area=rows[picked]["code"],
                project="",
            ),
        )


def _no_area(say: Speech, project: Row) -> str:
    """Nothing recorded, or an area of a paper whose code no area of today has: two different things."""
    listed = [
        c
        for c in reader.area_choices(project["la_code"])
        if c["project_id"] == project["project_id"]
    ]
    if not listed and project["recipient_area"]:
        return say(
            "record.places_recipient",
            area=say.place(project["recipient_area"]),
        )
    if not listed:
        return say("record.places_none")
    return say(
        "record.places_no_code",
        area=listed[0]["area_name"],
        code=listed[0]["area_codes_as_published"] or "—",
    )


def _council_list(say: Speech, project: Row) -> None:
    """The way to the council's whole list of chosen areas, where its programme has one."""
    summary = (
        speaking_choice(say, project["la_code"]) if project["la_code"] else None
    )
    if summary is None or summary["programme_id"] != project["programme_id"]:
        return
    themes = reader.project_themes(project["project_id"])
    theme = themes[0]["theme_id"] if themes else ""
    st.page_link(
        "pages/gaps.py",
        label=say("record.council_list", n=summary["chosen_listed"]),
        query_params={
            **address(
                place=project["la_code"],
                theme=theme,
                project="",
                area="",
            ),
            "gap": CHOICE,
        },
    )
