"""What needs my attention?"""

from __future__ import annotations

import streamlit as st

from clearlink.figures.verdict_bars import verdict_bars
from clearlink.report.plan_words import undated_words
from clearlink.report.verdict_finding import is_mostly_unknown, opening_finding
from clearlink.rules.codes import VERDICT_ORDER, Basis, Verdict
from clearlink.warehouse import reader
from pages.frame.choices import address, choices_row
from pages.frame.day_of_decision import today_line
from pages.frame.frame import finding, open_page, plain, source_line, table
from pages.frame.pictures import show_picture
from pages.frame.said import voices_inside
from pages.frame.which_projects import counts_line
from pages.home.assessed import expiring_view, orphans_view
from pages.home.attention import attention_list
from pages.home.counters import counters
from pages.home.currency import files_held
from pages.home.home_counters import home_counters
from pages.home.missed import missed_line
from pages.home.two_questions_view import (
    holdings_view,
    question_picture,
    shares_view,
    signs_view,
)
from pages.home.verdict_map import verdict_map
from pages.project.exception_marks import exceptions_in_force

say = open_page("home.title")
# on a phone the menu is closed, and whoever lives here comes for this page
st.page_link(
    "pages/my_area.py",
    label=say("home.citizen"),
    query_params=address(),
)
chosen = choices_row(
    say,
    ("place", "programme", "theme", "year", "records"),
)
scope = {
    "place": chosen.place,
    "programme": chosen.programme or None,
    "theme": chosen.theme or None,
}
counts = {row["verdict"]: row for row in reader.verdict_counts(**scope)}
rows = reader.projects(
    scope["place"],
    scope["programme"],
    scope["theme"],
)
unknown = is_mostly_unknown(rows)
finding(opening_finding(say, chosen.place, counts, rows))
counts_line(
    say,
    chosen.place,
    chosen.programme,
    chosen.theme,
    running=False,
)

orphans = reader.priorities_without_project(
    chosen.place,
    chosen.theme or None,
)
expiring = reader.expiring(chosen.place)
# none left without a project, and none loaded, are two different things
asked = reader.coherence(
    chosen.place,
    chosen.theme or None,
)
shown = home_counters(
    chosen,
    counts,
    rows,
    orphans if asked["priorities"] else None,
    expiring if asked["assessments"] else None,
    voices_inside(say, chosen.place, chosen.theme),
)
if unknown:
    # a nought of what has no link would read as praise where nearly nothing can be judged
    shown = tuple(
        sorted(
            shown,
            key=lambda counter: counter.name != "cannot",
        )
    )
counters(say, shown)
if unknown:
    question_picture(say, rows, key="home_questions")

missed_line(say, chosen.place, chosen.theme)
today_line(say, chosen, counts)
left, right = st.columns(
    (3, 2),
    gap="large",
)
by_authority = reader.verdicts_by_authority(**scope)
with left:
    attention_list(
        say,
        reader.attention(**scope, most=6),
        exceptions_in_force(say),
    )
    st.page_link(
        "pages/projects.py",
        label=say("home.attention.more"),
        query_params=address(
            verdict="", project="", words="", basis=Basis.AT_DECISION
        ),
    )
with right:
    if by_authority and not unknown:
        st.subheader(say("home.map.title"))
        verdict_map(say, chosen, by_authority)
    st.subheader(say("home.currency.title"))
    table(
        files_held(say),
        {
            "title": say("home.currency.source"),
            "edition": say("home.currency.edition"),
            "state": say("home.currency.state"),
        },
        key="currency_table",
        height=470,
    )
with left:
    if by_authority and not unknown:
        worst = max(
            by_authority,
            key=lambda r: (
                r["verdict"] == Verdict.NO_LINK_SHOWN,
                r["projects"],
            ),
        )
        most = (
            worst["projects"]
            if worst["verdict"] == Verdict.NO_LINK_SHOWN
            else 0
        )
        names = {
            code: say.place(code)
            for code in {r["la_code"] for r in by_authority}
        }
        st.subheader(say("home.bars.title"))
        if len(names) > 1:
            st.caption(plain(say("home.bars.note")))
        alt = say(
            "home.by_authority_alt",
            most=names[worst["la_code"]],
            n=most,
        )
        show_picture(
            say,
            verdict_bars(
                by_authority,
                names,
                {v: say.verdict(v) for v in VERDICT_ORDER},
                alt,
                say("area_type.LA"),
            ),
            key="home_bars",
            name="verdicts-by-authority",
        )

if unknown:
    shares_view(say, rows)
    signs_view(say, rows)
    holdings_view(say, rows, chosen.programme)
else:
    question_picture(say, rows, key="home_questions")

with st.container(key="orphans"):
    orphans_view(
        say,
        orphans,
        asked["priorities"],
    )
expiring_view(
    say,
    expiring,
    asked["assessments"],
    undated_words(say, asked["undated_assessments"]),
)
source_line(say, say("home.source"))
