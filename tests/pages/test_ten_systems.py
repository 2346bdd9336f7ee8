"""Of each of the ten systems: data are loaded, its rule is applied, and what it says stands on the screen, in
the paper of a pack and in what leaves as tables, in both languages. The list is closed: a system without a
row here fails.

What a sentence must hold is worked out a second time, slowly, from the tables that leave: each is the twin of
its system's rule.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import docx
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from clearlink.command import main
from clearlink.exchange.tables import LONG, tables
from clearlink.report.annex import xlsx_bytes
from clearlink.report.content import Document
from clearlink.report.ten_systems import (
    Answer,
    Known,
    _of_these,
    _OfThese,
    ends_of,
    ten_blocks,
    ten_sheet,
    ten_systems,
)
from clearlink.report.voice import Voice
from clearlink.report.word import docx_bytes
from clearlink.rules.dates import add_months
from clearlink.rules.programmes.systems import System
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Rows
from clearlink.words import LANGUAGES, Lang
from tests.entrances import entrance
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.usefixtures("on_sample")
ROOT: Final = Path(__file__).parents[2]
# a region of which every one of the ten tells something in the sample
REGION: Final = "RCC_CWM_TAF"
INSIDE: Final = ("W06000016", "W06000024")
TOLD_TOGETHER: Final = "RPB_CWM_TAF_MORGANNWG"
NEED, LEFT_OUT, ENDS = range(3)
Tables = Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class Tried:
    """One system: the test that draws its rule, the test that loads its rows, the question that its twin
    answers, and the words or figures that the answer must hold.
    """

    drawn: str
    loaded: str
    question: int
    twin: Callable[[Voice, Tables], list[str]]


def _returned(held: Tables, measure: str, *areas: str) -> Rows:
    return [
        r
        for r in held["programme_return"]
        if r["measure_id"] == measure
        and r["area_code"] in (areas or INSIDE)
        and r["value"] is not None
    ]


def _at(rows: Rows, period: str) -> float:
    """The wholes of a period, else its parts, of every area by itself."""
    by_area: dict[str, Rows] = defaultdict(list)
    for r in rows:
        if r["period"] == period:
            by_area[r["area_code"]].append(r)
    total = 0.0
    for each in by_area.values():
        wholes = [r for r in each if not r["part"]]
        total += sum(r["value"] for r in wholes or each)
    return total


def _last(rows: Rows) -> str:
    return str(max(r["period"] for r in rows))


def _left(
    say: Voice, held: Tables, whole: str, part: str, *areas: str
) -> list[str]:
    first = _returned(held, whole, *areas)
    period = _last(first)
    second = _returned(held, part, *areas)
    count, of = _at(first, period), _at(second, period)
    return [say.number(count - of), say.number(count), period]


def _set_aside(say: Voice, held: Tables) -> list[str]:
    money = _returned(held, "ff_money")
    period = _last(money)
    required = {
        r["area_code"]: r["value"]
        for r in _returned(held, "ff_set_aside_pct", *INSIDE, reader.WALES)
        if r["period"] == period and not r["part"]
    }
    missing = 0.0
    for area in INSIDE:
        all_money, aside = (
            _at(_returned(held, m, area), period)
            for m in ("ff_money", "ff_money_disability")
        )
        pct = required.get(area, required[reader.WALES])
        missing += max(0.0, all_money * pct / 100 - aside)
    return [say.money(missing), period]


def _waiting(say: Voice, held: Tables) -> list[str]:
    rows = _returned(held, "taf_waiting")
    period = _last(rows)
    return [say.number(_at(rows, period)), period]


def _no_place(say: Voice, held: Tables) -> list[str]:
    return _left(say, held, "fs_eligible", "fs_taken_up")


def _not_accepted(say: Voice, held: Tables) -> list[str]:
    return _left(say, held, "ifss_referred", "ifss_accepted", TOLD_TOGETHER)


def _not_better(say: Voice, held: Tables) -> list[str]:
    return _left(say, held, "cf_how_much", "cf_better_off")


def _groups_below(say: Voice, held: Tables) -> list[str]:
    """By a test of each share of the money against the count of people: no interval is worked out."""
    need = [r for r in _returned(held, "hs_need") if r["part"]]
    period = _last(need)
    of: dict[str, dict[str, float]] = {}
    for measure in ("hs_money", "hs_need"):
        of[measure] = defaultdict(float)
        for r in _returned(held, measure):
            if r["part"] and r["period"] == period:
                of[measure][r["part"]] += r["value"]
    both = sorted(of["hs_money"].keys() & of["hs_need"].keys())
    money, people = (
        sum(of[m][g] for g in both) for m in ("hs_money", "hs_need")
    )
    below = []
    for group in both:
        share = of["hs_money"][group] / money
        spread = math.sqrt(share * (1 - share) / people)
        if of["hs_need"][group] / people - share > 1.959964 * spread:
            # a name's first letter may change behind “and” in Welsh
            below.append(say.group(group).partition(" ")[2])
    assert below
    return below


def _running() -> set[str]:
    return {
        r["project_id"]
        for r in reader.projects(REGION)
        if r["time_state"] == "running"
    }


def _orphans(say: Voice, held: Tables) -> list[str]:
    in_force = {
        d["document_id"]
        for d in plans.documents_of_place(REGION)
        if d["document_state"] != "lapsed"
    }
    asked = {
        p["priority_id"]
        for p in held["priorities"]
        if p["assessment_id"] in in_force
    }
    everywhere = {
        r["project_id"]
        for r in reader.projects()
        if r["time_state"] == "running"
    }
    served = {
        c["priority_id"]
        for c in held["citations"]
        if c["project_id"] in everywhere
    }
    return [say.number(len(asked - served)), say.number(len(asked))]


def _unsaid(say: Voice, held: Tables) -> list[str]:
    running = _running()
    rows = [r for r in held["register"] if r["project_id"] in running]
    unsaid = sum(not r["provider_sector"] for r in rows)
    return [say.number(unsaid), say.number(len(rows))]


def _unheard(say: Voice, held: Tables) -> list[str]:
    assessed = {
        p["priority_id"]: p["assessment_id"] for p in held["priorities"]
    }
    about: set[str] = set()
    for e in held["engagement"]:
        for column in ("project_ids", "priority_ids"):
            about.update((e[column] or "").split(";"))
        about.add(e["assessment_id"] or "")
    about.discard("")
    heard = {
        c["project_id"]
        for c in held["citations"]
        if {c["priority_id"], assessed.get(c["priority_id"])} & about
    }
    register = {r["project_id"]: r for r in held["register"]}
    columns = ("engagement_date", "engagement_with", "engagement_change")
    heard |= {i for i, r in register.items() if any(r[c] for c in columns)}
    heard |= about
    running = _running()
    return [say.number(len(running - heard)), say.number(len(running))]


def _late_to_children(say: Voice, held: Tables) -> list[str]:
    today = reader.build()["as_of"]
    here = {e["engagement_id"] for e in reader.engagements_of_place(REGION)}
    late = sum(
        bool(e["children_heard"] and e["due"] and not e["changed"])
        and _day(e["due"]) < today
        for e in held["engagement"]
        if e["engagement_id"] in here
    )
    actions = {a["action_id"] for a in plans.actions_of_place(REGION)}
    late += sum(
        bool(a["for_children"])
        and a["action_state"] in ("overdue", "lapsed_plan")
        for a in held["plan_action"]
        if a["action_id"] in actions
    )
    assert late
    # two are told in a word in Welsh
    sentence = say("programmes.ten.owed", n=late, due="")
    return [sentence.rstrip(" .")]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


RULES, RETURNS = (
    "tests/spec/test_programme_rules.py",
    "tests/spec/test_programme_returns.py",
)
SETS, PLANS = "tests/spec/test_set_rules.py", "tests/spec/test_plans.py"
LOADS: Final = f"{RETURNS}::test_a_figure_comes_in_with_its_place_in_the_file"
TRIED: Final[Mapping[System, Tried]] = {
    System.FAMILIES_FIRST: Tried(
        f"{RULES}::test_the_sum_missing_is_as_the_table_draws_it_and_as_the_build_says",
        LOADS,
        LEFT_OUT,
        _set_aside,
    ),
    System.TEAM_AROUND_THE_FAMILY: Tried(
        f"{RULES}::test_a_step_beside_wales_is_as_the_table_draws_it",
        LOADS,
        LEFT_OUT,
        _waiting,
    ),
    System.FLYING_START: Tried(
        f"{RULES}::test_what_is_odd_is_as_the_table_draws_it_and_as_the_build_says",
        LOADS,
        LEFT_OUT,
        _no_place,
    ),
    System.IFSS: Tried(
        f"{SETS}::test_a_pathway_needs_more_than_one_level",
        LOADS,
        LEFT_OUT,
        _not_accepted,
    ),
    System.COMMUNITIES_FIRST: Tried(
        f"{RETURNS}::test_parts_of_a_small_area_never_exceed_it_over_all_lists",
        f"{RETURNS}::test_a_cluster_is_an_area_of_its_own_days_with_its_shares",
        LEFT_OUT,
        _not_better,
    ),
    System.HOUSING_SUPPORT: Tried(
        f"{RULES}::test_each_group_stands_as_a_test_of_its_share_would_have_it",
        LOADS,
        LEFT_OUT,
        _groups_below,
    ),
    System.BOARDS: Tried(
        f"{PLANS}::test_what_leads_nowhere_is_found_both_ways",
        f"{PLANS}::test_an_action_of_an_unknown_plan_priority_or_project_is_refused",
        LEFT_OUT,
        _orphans,
    ),
    System.THIRD_SECTOR: Tried(
        f"{SETS}::test_concentration_is_of_the_money_whose_provider_is_named",
        "tests/spec/test_register_template.py::test_a_row_of_twelve_columns_is_enough",
        LEFT_OUT,
        _unsaid,
    ),
    System.CO_PRODUCTION: Tried(
        f"{SETS}::test_whether_a_decision_followed_what_people_said",
        "tests/spec/test_engagements.py::test_the_real_engagements_say_how_when_and_how_much_say_people_had",
        LEFT_OUT,
        _unheard,
    ),
    System.PARTICIPATION: Tried(
        f"{SETS}::test_how_an_answer_that_is_owed_stands",
        "tests/spec/test_engagements.py::test_the_real_engagements_say_how_when_and_how_much_say_people_had",
        ENDS,
        _late_to_children,
    ),
}


def test_every_system_is_tried_and_every_test_it_names_is_there() -> None:
    assert set(TRIED) == set(System)
    for tried in TRIED.values():
        for named in (tried.drawn, tried.loaded):
            path, _, test = named.partition("::")
            text = (ROOT / path).read_text(encoding="utf-8")
            assert f"def {test}" in text, named


@cache
def _leaving(build_id: str) -> Tables:
    """The tables that leave, once for all ten. `build_id`: of which build."""
    assert build_id
    return dict(tables("en", leave_out=LONG))


@cache
def _places_where_it_stands(lang: Lang, build_id: str) -> Mapping[str, str]:
    """Where an answer must be found → all the text there, once for all ten."""
    assert build_id
    say = Voice(lang)
    app = AppTest.from_file(
        str(entrance("programmes")), default_timeout=PATIENCE_S
    )
    app.query_params["lang"], app.query_params["place"] = lang, REGION
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    shown = "\n".join(str(m.value) for m in app.markdown)
    paper = docx.Document(
        io.BytesIO(
            docx_bytes(
                Document("x", lang, "", "", tuple(ten_blocks(say, REGION)))
            )
        )
    )
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    book = load_workbook(
        io.BytesIO(xlsx_bytes("x", [ten_sheet(say, REGION, ())]))
    )
    return {
        "screen": re.sub(r"\\(.)", r"\1", shown),
        "pack": "\n".join(cells),
        "workbook": "\n".join(
            str(v) for row in book.active.values for v in row if v
        ),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("system", System)
def test_what_its_rule_says_stands_on_screen_in_the_pack_and_in_exports(
    system: System, lang: Lang
) -> None:
    say, tried = Voice(lang), TRIED[system]
    build = str(reader.build()["build_id"])
    (answers,) = (a for a in ten_systems(say, REGION) if a.system == system)
    told = answers.each[tried.question].text
    for fragment in tried.twin(say, _leaving(build)):
        assert fragment in told, (fragment, told)
    for where, text in _places_where_it_stands(lang, build).items():
        for answer in answers.each:
            assert answer.text in text, (where, answer.text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("undated", [0, 1, 33])
@pytest.mark.parametrize("later", [0, 1, 2])
@pytest.mark.parametrize("soon", [0, 1, 2])
def test_what_ends_is_counted_among_those_whose_end_is_recorded(
    soon: int, later: int, undated: int, lang: Lang
) -> None:
    """“None of 34 ends”, with the state `none`, was said of one with an end and 33 without."""
    say, dated = Voice(lang), soon + later
    today = reader.build()["as_of"]
    ends = [
        *[add_months(today, 1)] * soon,
        *[add_months(today, 30)] * later,
        *[None] * undated,
    ]
    rows: Rows = [{"end_date": day} for day in ends]
    if not dated:
        unsaid = ends_of(say, rows) if undated else None
        assert unsaid is None or unsaid.known is Known.IN_PART
        return
    answer = ends_of(say, rows)
    one = "_only" if dated == 1 else ""
    facts = {
        "n": soon,
        "of": say.number(dated),
        "when": say.date(add_months(today, 12)),
    }
    if undated:
        told = say(f"programmes.ten.ends_dated{one}", **facts)
        no_end = say("programmes.ten.no_end", n=undated)
        assert answer == Answer(Known.IN_PART, f"{told} {no_end}")
        clause = say(f"programmes.ten.of_these_dated{one}", **facts)
        assert told == f"{clause[:1].upper()}{clause[1:]}."
        assert _of_these(say, rows) == _OfThese(clause, no_end)
    else:
        known = Known.KNOWN if soon else Known.NONE
        told = say(f"programmes.ten.ends{one}", **facts)
        assert answer == Answer(known, told)
        assert not _of_these(say, rows).no_end


@pytest.mark.parametrize("form", ["csv"])
def test_the_ten_leave_by_a_command_as_states_and_sentences_in_both_languages(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["systems", "--region", REGION, "--format", form, "--everything"]
    assert main(asked) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [r["system"] for r in rows] == [str(s) for s in System]
    for lang in LANGUAGES:
        of = {str(a.system): a for a in ten_systems(Voice(lang), REGION)}
        for r in rows:
            for name, answer in zip(
                ("need", "left_out", "ends"), of[r["system"]].each, strict=True
            ):
                assert r[name] == str(answer.known)
                assert r[f"{name}_{lang}"] == answer.text
