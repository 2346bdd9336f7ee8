"""What does one area need, and what reaches it?"""

from __future__ import annotations

import streamlit as st

from clearlink.report.area_finding import area_finding, running_of
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.area.area_beside import choose_beside, two_areas
from pages.area.area_profile import (
    area_needs,
    area_numbers,
    area_projects,
    area_voices,
    governed_days,
    governed_map,
    governed_needs,
    speaking_needs,
    start_from,
    wimd_lines,
)
from pages.area.brief_button import area_brief_button
from pages.area.published_here import auditors_found, published_sums
from pages.area.similar_areas import similar_areas
from pages.frame.choices import LEVELS, choices_row, choose
from pages.frame.frame import finding, open_page, plain, source_line
from pages.frame.place_search import place_search
from pages.frame.state import Box
from pages.frame.which_projects import area_counts_line
from pages.home.two_questions_view import (
    holdings_view,
    question_picture,
    shares_view,
    signs_view,
)
from pages.need.need_layer import BELOW_AUTHORITY

say = open_page("area.title")
chosen = choices_row(
    say,
    ("place", "basis", "year", "records", "area"),
)
inside = set(reader.members().get(chosen.place, ()))
levels = {kind: reader.areas(kind) for kind in LEVELS}
governed = {p["area_code"]: p for p in reader.partnerships(chosen.place)}
options = (
    [a["area_code"] for a in levels["LA"] if a["la_code"] in inside]
    + list(governed)
    + [
        a["area_code"]
        for kind in BELOW_AUTHORITY
        for a in levels[kind]
        if a["la_code"] in inside
    ]
    + [
        a["area_code"]
        for a in levels["CSP"]
        if not inside.isdisjoint(a["la_codes"])
    ]
)
names = {a["area_code"]: say.of(a) for rows in levels.values() for a in rows}
names |= {
    a["area_code"]: say(
        "area.partnership",
        name=say.of(a),
    )
    for a in levels["CSP"]
}
names |= {
    code: say(
        f"choices.place_{p['area_type']}",
        name=say.of(p),
    )
    for code, p in governed.items()
}
area_box = Box[str | None]("profile_area")
area_box.keep(chosen.area if chosen.area in options else None)
first, second = st.columns(2)
with first:
    place_search(say, "area", opens_wards=True)
    st.selectbox(
        say("area.choose"),
        options,
        format_func=lambda code: f"{names[code]} · {code}",
        key=area_box.key,
        placeholder=say("area.choose_placeholder"),
        on_change=lambda: choose(area=area_box.value() or ""),
    )
area = reader.area(chosen.area) if chosen.area else None
if area is None:
    st.info(say("area.empty"))
    start_from(
        say,
        [a for a in levels["LA"] if a["la_code"] in inside],
    )
    st.stop()
# beside it, any area of the same kind in Wales: a neighbour may lie in another authority. Partnerships have
# no ranks to set side by side
with second:
    other = (
        None
        if area["area_code"] in governed
        else choose_beside(
            say,
            area,
            [a["area_code"] for a in levels[area["area_type"]]],
            names,
        )
    )
needs = reader.area_need(area["area_code"])
reaching = reader.projects_reaching(
    area["area_code"],
    chosen.basis,
)
if area["area_code"] in governed:
    finding(
        say(
            "area.finding_governed",
            area=names[area["area_code"]],
            n=running_of(reaching),
        )
    )
else:
    finding(
        area_finding(
            say,
            area,
            speaking_needs(needs),
            reaching,
        )
    )
area_counts_line(say, area, reaching)
area_brief_button(
    say,
    area["area_code"],
    chosen.basis,
)
people = (
    numbers.whole(area["population"])
    if area["population"]
    else say("area.people_unknown")
)
if area["area_type"] in ("LA", "CSP"):
    st.markdown(
        plain(
            say(
                "area.who_la",
                area=names[area["area_code"]],
                code=area["area_code"],
                people=people,
            )
        )
    )
    wimd_lines(say, area["area_code"])
elif area["area_code"] in governed:
    st.markdown(
        plain(
            say(
                "area.who_governed",
                area=names[area["area_code"]],
                code=area["area_code"],
                people=people,
                n=governed[area["area_code"]]["small_areas"],
            )
        )
    )
    governed_days(
        say,
        governed[area["area_code"]],
    )
    governed_map(say, area)
else:
    st.markdown(
        plain(
            say(
                "area.who",
                area=say.of(area),
                code=area["area_code"],
                la=say.of(area, "la_name"),
                people=people,
            )
        )
    )
if other is not None:
    two_areas(say, area, other, needs)
left, right = st.columns(
    (1, 1),
    gap="large",
)
if other is None:
    with left:
        (governed_needs if area["area_code"] in governed else area_needs)(
            say,
            area,
            needs,
        )
with right if other is None else left:
    area_projects(say, reaching)
with right:
    area_voices(say, area["area_code"])
similar_areas(say, area, needs)
if area["area_type"] == "LA":
    rows = reader.projects(
        area["area_code"],
        basis=chosen.basis,
    )
    if rows:
        question_picture(say, rows, key="area_questions")
        shares_view(say, rows, chosen.basis)
        signs_view(say, rows)
        holdings_view(say, rows, by=("programme_id",))
    auditors_found(say, area["area_code"])
    published_sums(say, area["area_code"])
area_numbers(say, area["area_code"])
source_line(say, say("area.source"))
