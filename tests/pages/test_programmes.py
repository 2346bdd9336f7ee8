"""Each of six systems opens with a sentence that its returns give, in both languages, and says whose rows
they are; where nothing was returned it says what to do.
"""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from clearlink.report.content import Table
from clearlink.report.funnel_words import funnel_finding, funnel_steps
from clearlink.report.my_area_map import clusters_svg, governed_svg
from clearlink.report.owed_to_children import owed_rows
from clearlink.report.programme_words import set_aside_finding
from clearlink.report.returned import at_newest, figures_of
from clearlink.report.ten_systems import (
    Answers,
    Known,
    ten_blocks,
    ten_finding,
    ten_sheet,
    ten_systems,
)
from clearlink.rules.dates import add_months
from clearlink.rules.programmes.systems import RETURNED_AS, System
from clearlink.warehouse import reader
from clearlink.warehouse.asking import forget_answers
from clearlink.words import LANGUAGES, Lang, numbers
from pages.area.phase_words import phase_words
from pages.frame.speech import Speech
from pages.gaps.gap_layer import returned_told, returned_words
from pages.need.area_panel import nothing_reaches
from pages.programmes.commissioned import projects_of, sentences
from pages.programmes.housing_support_view import cost_finding
from pages.programmes.without_priority import unserving
from tests.entrances import entrance
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.usefixtures("on_sample")
in_both = pytest.mark.parametrize("lang", LANGUAGES)
# what nobody has loaded → the questions that answer from it
SILENCED = {
    "returns": (
        "programme_figures",
        "programme_set_asides",
        "set_asides",
        "places_told",
    ),
    "engagements": ("engagements_of_place", "actions_of_place"),
    "register": (
        "projects",
        "paid_providers",
        "listening",
        "meeting_engagement",
    ),
    "plans": ("documents_of_place",),
}
NORTH, CARDIFF, NOTHING_TOLD = "RCC_NORTH_WALES", "W06000015", "W06000011"


def opened(system: System, place: str, lang: Lang) -> AppTest:
    app = AppTest.from_file(
        str(entrance("programmes")), default_timeout=PATIENCE_S
    )
    for name, value in {
        "lang": lang,
        "system": str(system),
        "place": place,
    }.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def spoken(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "subheader")
    texts = (str(each.value) for kind in kinds for each in getattr(app, kind))
    return re.sub(r"\\(.)", r"\1", "\n".join(texts))


def texts(answers: Answers) -> tuple[str, ...]:
    return tuple(answer.text for answer in answers.each)


@in_both
@pytest.mark.parametrize("system", RETURNED_AS)
def test_a_system_says_whose_rows_it_shows(system: System, lang: Lang) -> None:
    place = CARDIFF if system != System.COMMUNITIES_FIRST else "W06000016"
    said = spoken(opened(system, place, lang))
    assert (
        Speech(lang)("programmes.rows.illustrative", period="2025-26").split(
            ","
        )[0]
        in said
    )
    assert Speech(lang)(f"programmes.asks.{system}") in said


@in_both
def test_families_first_opens_with_what_is_missing_from_the_set_aside(
    lang: Lang,
) -> None:
    rows = reader.set_asides(NORTH)
    missing = sum(r["missing_gbp"] for r in rows)
    assert missing == pytest.approx(
        sum(
            max(0.0, r["money_gbp"] * r["required_share"] - r["set_aside_gbp"])
            for r in rows
        )
    )
    said = spoken(opened(System.FAMILIES_FIRST, NORTH, lang))
    assert set_aside_finding(Speech(lang), NORTH, rows) in said
    assert Speech(lang).money(missing) in said


@in_both
def test_strategic_projects_without_an_assessed_priority_are_listed(
    lang: Lang,
) -> None:
    rows = unserving(System.FAMILIES_FIRST, NORTH)
    assert rows
    app = opened(System.FAMILIES_FIRST, NORTH, lang)
    titles = {r["title"] for r in rows}
    assert any(
        titles <= {str(cell) for cell in frame.value.to_numpy().ravel()}
        for frame in app.dataframe
    )
    assert Speech(lang)("programmes.priority.title") in spoken(app)


@in_both
@pytest.mark.parametrize(
    "system", [System.TEAM_AROUND_THE_FAMILY, System.FLYING_START]
)
def test_a_funnel_says_the_shares_of_the_returns(
    system: System, lang: Lang
) -> None:
    say = Speech(lang)
    told = at_newest(
        [r for r in figures_of(system, CARDIFF) if r["step"] and not r["part"]]
    )
    steps = funnel_steps(
        say, system, CARDIFF, sorted(told, key=lambda r: r["step"])
    )
    assert [s["share"] for s in steps[1:]] == [
        b["count"] / a["count"] for a, b in pairwise(steps)
    ]
    assert funnel_finding(say, CARDIFF, told[0]["period"], steps) in spoken(
        opened(system, CARDIFF, lang)
    )


@in_both
def test_where_nothing_was_returned_it_is_said_and_what_to_do(
    lang: Lang,
) -> None:
    said = spoken(opened(System.TEAM_AROUND_THE_FAMILY, NOTHING_TOLD, lang))
    what = Speech(lang)(
        "programmes.taf.waiting_what", place=Speech(lang).in_place(NOTHING_TOLD)
    )
    assert Speech(lang)("programmes.nothing_told", what=what) in said


@in_both
def test_intensive_support_is_told_by_region_and_its_ladder_is_no_duplicate(
    lang: Lang,
) -> None:
    said = spoken(opened(System.IFSS, CARDIFF, lang))
    region = Speech(lang).place("RPB_CARDIFF_AND_VALE")
    assert Speech(lang)("programmes.ifss.of_region", region=region) in said
    # the one record there is no ladder, whatever it is meant to be a step of
    told = {p["tier"] for p in _laddered(CARDIFF)}
    assert len(told) == 1
    assert Speech(lang)("programmes.ifss.ladder_note") not in said
    ceredigion = "W06000008"
    assert len({p["tier"] for p in _laddered(ceredigion)}) > 1
    there = spoken(opened(System.IFSS, ceredigion, lang))
    assert Speech(lang)("programmes.ifss.ladder_note") in there
    # projects of different places are no ladder
    everywhere = spoken(opened(System.IFSS, reader.WALES, lang))
    assert Speech(lang)("programmes.ifss.ladder_of_wales") in everywhere


def _laddered(place: str) -> list[reader.Row]:
    both = [*projects_of(System.TEAM_AROUND_THE_FAMILY, place)]
    both += projects_of(System.IFSS, place)
    return [p for p in both if p["time_state"] == "running" and p["end_date"]]


@in_both
def test_communities_first_says_that_no_list_of_clusters_is_published(
    lang: Lang,
) -> None:
    said = spoken(opened(System.COMMUNITIES_FIRST, "W06000016", lang))
    assert Speech(lang)("programmes.cf.none_published") in said
    (cluster,) = reader.clusters("W06000016")
    assert (cluster["areas"], cluster["in_part"]) == (8, 2)
    drawn = clusters_svg("W06000016")
    assert drawn is not None and drawn.count("#7a1f5c") >= 8
    assert drawn.count("fill-opacity") == 2
    assert Speech(lang)("programmes.cf.map") in said
    assert clusters_svg("W06000001") is None


@in_both
def test_of_wales_the_authorities_are_the_spread_of_an_hours_cost(
    lang: Lang,
) -> None:
    say = Speech(lang)
    rows = [
        {"name": "x", "low": 10.0, "high": 30.0, "place": None},
        {"name": "y", "low": 10.0, "high": 12.0},
    ]
    text = cost_finding(say, reader.WALES, rows)
    assert "£10.00" in text and "£30.00" in text
    assert spoken(opened(System.HOUSING_SUPPORT, reader.WALES, lang))


def test_no_served_count_of_people_is_under_ten() -> None:
    rows = [
        r
        for p in RETURNED_AS.values()
        for r in reader.programme_returns(reader.WALES, p)
    ]
    counted = {
        "taf_referred",
        "taf_waiting",
        "ff_jaff",
        "ff_closed_better",
        "hs_need",
    }
    shown = [
        r["value"]
        for r in rows
        if r["measure_id"] in counted and r["value"] is not None
    ]
    assert shown and min(shown) >= 10 and all(v % 5 == 0 for v in shown)
    assert any(r["marker"] == "low" for r in rows)


@in_both
def test_every_phase_of_flying_start_is_named_in_the_language_of_the_page(
    lang: Lang,
) -> None:
    listed = [a for a in reader.area_choices() if a["chosen"]]
    words = {phase_words(Speech(lang), a["phase"]) for a in listed} - {""}
    assert len(words) == len({a["phase"] for a in listed if a["phase"]}) > 3
    assert all(w.startswith(("Cam ", "Ton ", "Ehangu ")) for w in words) is (
        lang == "cy"
    )


@in_both
@pytest.mark.parametrize("place", [NORTH, CARDIFF, NOTHING_TOLD, reader.WALES])
def test_all_ten_answer_the_three_questions_on_one_screen_and_in_a_pack(
    place: str, lang: Lang
) -> None:
    say = Speech(lang)
    app = AppTest.from_file(
        str(entrance("programmes")), default_timeout=PATIENCE_S
    )
    app.query_params["lang"], app.query_params["place"] = lang, place
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    said = spoken(app)
    answers = ten_systems(say, place)
    assert sorted(a.system for a in answers) == sorted(System)
    known = [a.tells_something for a in answers]
    assert known == sorted(known, reverse=True), "the unknown stands last"
    printed = next(b for b in ten_blocks(say, place) if isinstance(b, Table))
    sheet = ten_sheet(say, place, ())
    for a, row in zip(answers, printed.rows, strict=True):
        assert all(text in said for text in texts(a)), a
        assert row == (say(f"programmes.system.{a.system}"), *texts(a))
    assert sheet.rows == printed.rows


PLACES = (NORTH, CARDIFF, NOTHING_TOLD, "W06000016", "W06000023", reader.WALES)
NOT_KNOWN = {"en": "Not known", "cy": "Ni wyddys"}


@pytest.mark.parametrize("place", PLACES)
def test_what_is_known_is_a_state_that_its_sentence_says_in_both_languages(
    place: str,
) -> None:
    in_each = [ten_systems(Speech(lang), place) for lang in LANGUAGES]
    for lang, answers in zip(LANGUAGES, in_each, strict=True):
        for a in answers:
            for each in a.each:
                says_so = each.text.startswith(NOT_KNOWN[lang])
                if each.known is Known.UNKNOWN:
                    assert says_so, (a.system, each)
                elif each.known is not Known.IN_PART:
                    assert not says_so, (a.system, each)
    states = [
        {a.system: [e.known for e in a.each] for a in answers}
        for answers in in_each
    ]
    assert states[0] == states[1]


@pytest.mark.parametrize("name", SILENCED)
def test_where_nothing_is_loaded_nothing_is_known_and_nothing_is_none(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question in turn is given nothing to answer from: what rested on it is unknown, and never a
    count of nought.
    """
    asked, silent = reader.answer, set(SILENCED[name])
    before = _states(CARDIFF)

    def nothing(question: str, **said: object) -> reader.Rows:
        rows = asked(question, **said)
        return [] if question in silent else rows

    forget_answers()
    monkeypatch.setattr(reader, "answer", nothing)
    try:
        after = _states(CARDIFF)
    finally:
        forget_answers()
    changed = {
        (system, at)
        for system, states in after.items()
        for at, state in enumerate(states)
        if state is not before[system][at]
    }
    assert changed
    assert {after[s][at] for s, at in changed} == {Known.UNKNOWN}


def _states(place: str) -> dict[System, list[Known]]:
    return {
        a.system: [each.known for each in a.each]
        for a in ten_systems(Speech("en"), place)
    }


def test_what_ends_and_who_is_left_out_are_the_records_own() -> None:
    say = Speech("en")
    by_system = {a.system: a for a in ten_systems(say, NORTH)}
    running = [
        r
        for r in reader.projects(NORTH, "families_first")
        if r["time_state"] == "running"
    ]
    last = add_months(reader.build()["as_of"], 12)
    soon = sum(bool(r["end_date"] and r["end_date"] <= last) for r in running)
    dated = sum(r["end_date"] is not None for r in running)
    assert 1 < dated < len(running)
    ends = by_system[System.FAMILIES_FIRST].ends
    assert ends.known is Known.IN_PART
    assert ends.text.startswith(
        say(
            "programmes.ten.ends_dated",
            n=soon,
            of=say.number(dated),
            when=say.date(last),
        )
    )
    owed = owed_rows(say, NORTH)
    late = sum(str(r["owed"]) == "overdue" for r in owed)
    assert by_system[System.PARTICIPATION].ends.text.startswith(str(late))
    bare = len(reader.priorities_without_project(NORTH))
    assert str(bare) in by_system[System.BOARDS].left_out.text


@in_both
def test_what_returns_tell_of_people_reached_is_said_where_provision_is_not_known(
    lang: Lang,
) -> None:
    """Of the whole authority, with its programme and period, and never of a small area."""
    say = Speech(lang)
    told = returned_words(say, "family_support", "W06000016")
    (row,) = reader.provision_returned("family_support", "W06000016")
    assert told is not None
    assert numbers.whole(row["value"]) in told and row["period"] in told
    assert say.programme("families_first") in told
    assert told in nothing_reaches(say, "family_support", "W06000016")
    assert returned_words(say, "carers", "W06000016") is None
    # and it is a column of the table, for each area of the authority that told
    app = AppTest.from_file(str(entrance("gaps")), default_timeout=PATIENCE_S)
    for name, value in {
        "lang": lang,
        "place": "W06000016",
        "theme": "family_support",
    }.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    heading = say("gaps.table.returned")
    frame = next(f.value for f in app.dataframe if heading in f.value.columns)
    assert set(frame[heading]) == {
        returned_told(say, "family_support", "W06000016")
    }


@in_both
def test_a_cluster_is_chosen_as_an_area_and_drawn(lang: Lang) -> None:
    say = Speech(lang)
    (cluster,) = reader.clusters("W06000016")
    app = AppTest.from_file(str(entrance("area")), default_timeout=PATIENCE_S)
    app.query_params["lang"] = lang
    app.query_params["area"] = cluster["place"]
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    name = say("choices.place_CLUSTER", name="Cwm Uchaf")
    offered = next(s for s in app.selectbox if s.key == "profile_area")
    assert offered.value == cluster["place"]
    said = spoken(app)
    assert name in said and say("area.governed_map") in said
    # with the days of the programme
    days = {"since": "2012-04-01", "until": "2018-03-31"}
    shown = {name: say.date(day) for name, day in days.items()}
    assert say("area.governed_both", **shown) in said
    drawn = governed_svg(cluster["place"])
    assert drawn is not None
    assert (drawn.count("#7a1f5c"), drawn.count("fill-opacity")) == (8, 2)
    # need is added up by the share of each small area that lies in it
    need = {
        n["theme_id"]: n["people_in_need"]
        for n in reader.area_need(cluster["place"])
    }
    parts = reader.cluster_areas("W06000016")
    theme = "family_support"
    assert need[theme] == pytest.approx(
        sum(p["share"] * _people(p["area_code"], theme) for p in parts)
    )


def _people(area: str, theme: str) -> float:
    (row,) = (
        n
        for n in reader.area_need(area)
        if (n["theme_id"], n["definition"]) == (theme, "lead")
    )
    return float(row["people_in_need"])


@in_both
def test_a_health_board_is_chosen_as_an_area(lang: Lang) -> None:
    say = Speech(lang)
    app = AppTest.from_file(str(entrance("area")), default_timeout=PATIENCE_S)
    app.query_params["lang"] = lang
    app.query_params["area"] = "W11000030"
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    said = spoken(app)
    board = say.of(reader.area("W11000030") or {})
    assert say("choices.place_LHB", name=board) in said
    assert say("area.governed_sum") in said
    assert governed_svg("W11000030") is not None


@in_both
def test_none_is_no_number_in_a_sentence_of_the_ten_systems(
    lang: Lang,
) -> None:
    """“0 of 12 end by …” is said in words, and so is every answer of a place."""
    say = Speech(lang)
    of_none = re.compile(r"(?<![\d.,/£-])0 (?!%)[a-z]")
    for place in (CARDIFF, "W06000016", NOTHING_TOLD, NORTH, reader.WALES):
        told = [ten_finding(say, place)]
        told += [text for a in ten_systems(say, place) for text in texts(a)]
        assert not [t for t in told if of_none.search(t)]


@in_both
def test_a_commissioner_has_an_answer_of_each_system_in_two_clicks(
    lang: Lang,
) -> None:
    """One click opens Programmes, where the three answers stand; the second opens a system from its row."""
    say, place = Speech(lang), "W06000016"
    app = AppTest.from_file(
        str(entrance("programmes")), default_timeout=PATIENCE_S
    )
    app.query_params["lang"], app.query_params["place"] = lang, place
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    said = spoken(app)
    for answers in ten_systems(say, place):
        name = say(f"programmes.system.{answers.system}")
        assert all(text in said for text in texts(answers)), name
        query = _link_to(app, f"**{name}**")
        panel = AppTest.from_file(
            str(entrance("programmes")), default_timeout=PATIENCE_S
        )
        for key, (value,) in parse_qs(query).items():
            panel.query_params[key] = value
        panel.run()
        assert not panel.exception, [e.value for e in panel.exception]
        # its question leads, and something of the place follows
        shown = spoken(panel)
        assert say(f"programmes.asks.{answers.system}") in shown, name
        if answers.system not in RETURNED_AS:
            assert all(text in shown for text in texts(answers)), name
        assert say.place(place) in shown, name
        assert not re.search(r"\{\w+\}|\bNone\b(?! of)|\bnan\b", shown), name


@in_both
@pytest.mark.parametrize(
    ("states", "keys"),
    [
        (["ended"], ["commissioned.none_running"]),
        (["not_dated"], ["ten.undated"]),
        (["not_dated", "ended"], ["ten.undated", "commissioned.besides"]),
        (["running"], ["ten.need", "ten.ends_unsaid"]),
        (
            ["running", "not_dated", "ended"],
            [
                "ten.need",
                "ten.ends_unsaid",
                "ten.undated",
                "commissioned.besides",
            ],
        ),
        (["notice"], ["ten.need_none", "notice"]),
        (["ended", "notice"], ["commissioned.none_running", "notice"]),
        (["not_dated", "notice"], ["ten.undated", "notice"]),
        (["running", "notice"], ["ten.need", "ten.ends_unsaid", "notice"]),
        (
            ["running", "never_bought"],
            ["ten.need", "ten.ends_unsaid", "never_bought"],
        ),
        (
            ["running", "to_come", "notice"],
            ["ten.need", "ten.ends_unsaid", "commissioned.besides", "notice"],
        ),
    ],
)
def test_what_has_no_day_is_said_neither_to_run_nor_to_have_ended(
    states: list[str], keys: list[str], lang: Lang
) -> None:
    """“None of the 55 projects on record is running” was said of 50 without dates; “has ended or has not
    begun” of a tender notice.
    """
    say = Speech(lang)
    rows: reader.Rows = [
        {"time_state": s, "verdict": "CLEAR", "end_date": None} for s in states
    ]
    running = [r for r in rows if r["time_state"] == "running"]
    told = list(sentences(say, rows, running))
    assert len(told) == len(keys)
    for text, key in zip(told, keys, strict=True):
        if key in ("notice", "never_bought"):
            assert say(f"common.counted.{key}", n=1) in text
            continue
        whole = say(f"programmes.{key}", n=1, verdicts="|")
        assert text.startswith(whole.split("|")[0][:20]), (text, whole)


def _link_to(app: AppTest, label: str) -> str:
    """The question part of the address of the link that bears a label."""
    links = [e.proto for e in app.main.get("page_link")]
    (query,) = {p.query_string for p in links if p.label == label}
    return str(query)
