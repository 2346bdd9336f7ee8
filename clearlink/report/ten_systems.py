"""Each of the ten systems of the letter in a place: does it follow need, who is left out, what ends? For the
page of programmes and for the pack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from clearlink.report.annex import Sheet
from clearlink.report.content import Block, Heading, NewPage, Table, Text
from clearlink.report.heard import heard_of
from clearlink.report.owed_to_children import owed_rows
from clearlink.report.plan_words import undated_among, undated_words
from clearlink.report.programme_words import (
    need_finding,
    set_aside_finding,
    shares_here,
)
from clearlink.report.returned import (
    amount,
    at_newest,
    count_words,
    figures_named,
    figures_of,
    newest,
    region_that_tells,
    regions_that_tell,
    start_of,
)
from clearlink.report.voice import Voice
from clearlink.rules.codes import VERDICT_ORDER, Reason
from clearlink.rules.dates import add_months
from clearlink.rules.followed import Followed, Owed, owed_state
from clearlink.rules.plain_text import sentence_start
from clearlink.rules.programmes.spend_and_need import Against
from clearlink.rules.programmes.systems import PROGRAMMES_OF, System
from clearlink.rules.sectors import is_third
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from clearlink.words import numbers

MONTHS: Final = 12
SAY_NOTHING: Final = (
    "unknown",
    "need_none",
    "ends_none",
    "no_third",
    "no_assessment",
)
COLUMNS: Final = ("system", "need", "left_out", "ends")


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a system in a place, a sentence a question; what is not known is said to be so."""

    system: System
    need: str
    left_out: str
    ends: str


@once_a_build
def ten_systems(say: Voice, place: str) -> tuple[Answers, ...]:
    """One for each system: those of which something is known, then those of which nothing is, each in the
    letter's order.
    """
    every = (
        Answers(
            system,
            _need(say, system, place),
            LEFT_OUT[system](say, place),
            _ends(say, system, place),
        )
        for system in System
    )
    return tuple(
        sorted(
            every,
            key=lambda each: not _is_known(say, each),
        )
    )


def _is_known(say: Voice, answers: Answers) -> bool:
    """Whether any of the three is more than that nothing is known."""
    nothing = {say(f"programmes.ten.{name}") for name in SAY_NOTHING}
    return not {answers.need, answers.left_out, answers.ends} <= nothing


@once_a_build
def ten_finding(say: Voice, place: str) -> str:
    """Under how many systems something runs, what ends of it, and of how many it is known who is left out."""
    answers = ten_systems(say, place)
    where = say.in_place(place)
    running = {
        s: running_under(s, place) for s in PROGRAMMES_OF if PROGRAMMES_OF[s]
    }
    ends = {
        r["project_id"] for rows in running.values() for r in rows if _soon(r)
    }
    unknown = say("programmes.ten.unknown")
    return say(
        "programmes.ten.finding",
        place=sentence_start(where),
        n=sum(bool(rows) for rows in running.values()),
        of=say.number(len(running)),
        ends=say(
            "programmes.ten.of_these",
            n=len(ends),
            when=say.date(_in_a_year()),
        ),
        silent=say(
            "programmes.ten.silent",
            n=sum(a.left_out == unknown for a in answers),
        ),
    )


def running_under(system: System, place: str) -> Rows:
    """Running records that a system's programmes pay for in a place, each once."""
    rows = {
        r["project_id"]: r
        for programme in PROGRAMMES_OF[system]
        for r in reader.projects(place, programme)
        if r["time_state"] == "running"
    }
    return list(rows.values())


def _none_running(
    say: Voice,
    system: System,
    place: str,
    none: str,
) -> str:
    """What is said where no record is known to run: records without dates may, and `none` is for no record
    at all or none but ended ones.
    """
    undated = {
        r["project_id"]
        for programme in PROGRAMMES_OF[system]
        for r in reader.projects(place, programme)
        if r["time_state"] == "not_dated"
    }
    if not undated:
        return say(none)
    return say("programmes.ten.undated", n=len(undated))


def _in_a_year() -> date:
    return add_months(
        reader.build()["as_of"],
        MONTHS,
    )


def _soon(row: Row) -> bool:
    return row["end_date"] is not None and row["end_date"] <= _in_a_year()


def _verdicts(say: Voice, rows: Rows) -> str:
    counted = Counter(r["verdict"] for r in rows)
    return numbers.join(
        say.lang,
        [
            f"{say(f'verdict.{v}.name')} {counted[v]}"
            for v in VERDICT_ORDER
            if counted[v]
        ],
    )


def _need(
    say: Voice,
    system: System,
    place: str,
) -> str:
    """How what runs under it stands to need; of housing support also its money against need."""
    if not PROGRAMMES_OF[system]:
        return NEED[system](say, place)
    rows = running_under(system, place)
    told = (
        say(
            "programmes.ten.need",
            n=len(rows),
            verdicts=_verdicts(say, rows),
        )
        if rows
        else _none_running(say, system, place, "programmes.ten.need_none")
    )
    if system is System.HOUSING_SUPPORT:
        period, shares = shares_here(place)
        both = [s for s in shares if s.against != Against.NOT_KNOWN]
        if both:
            return f"{need_finding(say, place, period, both)} {told}"
    return told


def _ends(
    say: Voice,
    system: System,
    place: str,
) -> str:
    when = say.date(_in_a_year())
    if system in ENDS:
        return ENDS[system](say, place)
    rows = running_under(system, place)
    if not rows:
        return _none_running(say, system, place, "programmes.ten.ends_none")
    undated = sum(r["end_date"] is None for r in rows)
    text = say(
        "programmes.ten.ends",
        n=sum(_soon(r) for r in rows),
        of=say.number(len(rows)),
        when=when,
    )
    return (
        f"{text} {say('programmes.ten.no_end', n=undated)}" if undated else text
    )


# --- who is left out, by each system's own rule ---


def _families_first(say: Voice, place: str) -> str:
    rows = reader.set_asides(place)
    return set_aside_finding(say, place, rows) if rows else _unknown(say)


def _unknown(say: Voice) -> str:
    return say("programmes.ten.unknown")


def _taf(say: Voice, place: str) -> str:
    now = at_newest(
        [
            r
            for r in figures_named(
                System.TEAM_AROUND_THE_FAMILY,
                place,
                ("taf_waiting",),
            )
            if not r["part"]
        ]
    )
    if not now:
        return _unknown(say)
    return say(
        "programmes.ten.waiting",
        count=count_words(say, now[0]),
        period=now[0]["period"],
    )


def _flying_start(say: Voice, place: str) -> str:
    """Children without a place, and the areas that the lists leave out though need there is higher."""
    told = [
        r
        for r in figures_of(System.FLYING_START, place)
        if r["step"] and not r["part"]
    ]
    period = newest(told)
    eligible, taken = (
        amount(told, m, period) for m in ("fs_eligible", "fs_taken_up")
    )
    if eligible is None or taken is None:
        return _unknown(say)
    return say(
        "programmes.ten.no_place",
        count=say.number(max(0.0, eligible - taken)),
        of=say.number(eligible),
        period=period,
    )


def _ifss(say: Voice, place: str) -> str:
    """Of the region that tells for a place; of Wales the regions that tell, together."""
    region = region_that_tells(System.IFSS, place)
    codes = [region] if region else regions_that_tell(System.IFSS)
    if (not region and place != reader.WALES) or not codes:
        return _unknown(say)
    rows = [r for code in codes for r in figures_of(System.IFSS, code)]
    text = _left_by(
        say,
        rows,
        "ifss_referred",
        "ifss_accepted",
        "not_accepted",
        region,
    )
    return text or _unknown(say)


def _communities_first(say: Voice, place: str) -> str:
    rows = figures_of(System.COMMUNITIES_FIRST, place)
    return _left_by(
        say,
        rows,
        "cf_how_much",
        "cf_better_off",
        "not_better",
    ) or _unknown(say)


def _left_by(
    say: Voice,
    rows: Rows,
    whole: str,
    part: str,
    key: str,
    region: str | None = None,
) -> str:
    """Of those counted first, how many the second count leaves out, in the newest period; empty where either
    is not told.
    """
    period = newest([r for r in rows if r["measure_id"] == whole])
    first, second = (amount(rows, m, period) for m in (whole, part))
    if first is None or second is None:
        return ""
    return say(
        f"programmes.ten.{key}",
        region=start_of(
            say,
            region or reader.WALES,
        ),
        count=say.number(max(0.0, first - second)),
        of=say.number(first),
        period=period,
    )


def _housing_support(say: Voice, place: str) -> str:
    _, shares = shares_here(place)
    below = [say.group(s.group) for s in shares if s.against == Against.BELOW]
    if not shares or all(s.against == Against.NOT_KNOWN for s in shares):
        return _unknown(say)
    if not below:
        return say("programmes.ten.no_group")
    return say(
        "programmes.ten.groups",
        groups=say.names(below),
        n=len(below),
    )


def _boards(say: Voice, place: str) -> str:
    every = reader.coherence(place)["priorities"]
    if not every:
        return _unknown(say)
    rows = reader.priorities_without_project(place)
    return say(
        "programmes.ten.orphans",
        n=len(rows),
        of=say.number(every),
    )


def _third_sector(say: Voice, place: str) -> str:
    rows = plans.paid_providers(place)
    if not rows:
        return _unknown(say)
    unsaid = sum(not r["provider_sector"] for r in rows)
    return say(
        "programmes.ten.sector_unsaid",
        n=unsaid,
        of=say.number(len(rows)),
    )


def _co_production(say: Voice, place: str) -> str:
    heard = heard_of(place)
    if not heard:
        return _unknown(say)
    none = sum(each.followed is Followed.NONE for each in heard)
    return say(
        "programmes.ten.unheard",
        n=none,
        of=say.number(len(heard)),
    )


def _participation(say: Voice, place: str) -> str:
    rows = reader.answer("meeting_engagement", place=place)
    if not rows:
        return _unknown(say)
    return say(
        "programmes.ten.no_children",
        n=sum(r["reason"] == Reason.C6_CHILDREN for r in rows),
    )


LEFT_OUT: Final[Mapping[System, Callable[[Voice, str], str]]] = {
    System.FAMILIES_FIRST: _families_first,
    System.TEAM_AROUND_THE_FAMILY: _taf,
    System.FLYING_START: _flying_start,
    System.IFSS: _ifss,
    System.COMMUNITIES_FIRST: _communities_first,
    System.HOUSING_SUPPORT: _housing_support,
    System.BOARDS: _boards,
    System.THIRD_SECTOR: _third_sector,
    System.CO_PRODUCTION: _co_production,
    System.PARTICIPATION: _participation,
}


# --- systems that are no programme: what needs assessments name, who is paid, who was listened to ---


def _answered_needs(say: Voice, place: str) -> str:
    held = reader.coherence(place)
    if not held["priorities"]:
        return say("programmes.ten.no_assessment")
    return say(
        "programmes.ten.answered",
        n=held["priorities_with_project"],
        of=say.number(held["priorities"]),
    )


def _third(place: str) -> Rows:
    ids = {
        r["project_id"]
        for r in plans.paid_providers(place)
        if is_third(r["provider_sector"])
    }
    return [r for r in reader.projects(place) if r["project_id"] in ids]


def _third_need(say: Voice, place: str) -> str:
    rows = _third(place)
    if not rows:
        return say("programmes.ten.no_third")
    return say(
        "programmes.ten.need",
        n=len(rows),
        verdicts=_verdicts(say, rows),
    )


def _followed(say: Voice, place: str) -> str:
    heard = heard_of(place)
    if not heard:
        return say("programmes.ten.need_none")
    return say(
        "programmes.ten.followed",
        n=sum(each.followed is Followed.FOLLOWED for each in heard),
        of=say.number(len(heard)),
    )


def _children_heard(say: Voice, place: str) -> str:
    rows = reader.engagements_of_place(place)
    return say(
        "programmes.ten.children",
        n=sum(bool(r["has_children"]) for r in rows),
    )


def _documents_lapse(say: Voice, place: str) -> str:
    documents = plans.documents_of_place(place)
    live = [
        d for d in documents if d["document_state"] != "lapsed" and d["ends_on"]
    ]
    soon = sum(d["ends_on"] <= _in_a_year() for d in live)
    text = say(
        "programmes.ten.lapse",
        n=soon,
        of=say.number(len(live)),
        when=say.date(_in_a_year()),
    )
    return f"{text} {undated_words(say, undated_among(documents))}".strip()


def _third_ends(say: Voice, place: str) -> str:
    rows = _third(place)
    if not rows:
        return say("programmes.ten.ends_none")
    return say(
        "programmes.ten.ends",
        n=sum(_soon(r) for r in rows),
        of=say.number(len(rows)),
        when=say.date(_in_a_year()),
    )


def _owed_to_people(say: Voice, place: str) -> str:
    today = reader.build()["as_of"]
    states = Counter(
        owed_state(
            today,
            e["due"],
            e["changed"],
        )
        for e in reader.engagements_of_place(place)
    )
    return _owed(say, states)


def _owed_to_children(say: Voice, place: str) -> str:
    return _owed(
        say,
        Counter(r["owed"] for r in owed_rows(say, place)),
    )


def _owed(say: Voice, states: Counter[Owed]) -> str:
    return say(
        "programmes.ten.owed",
        n=states[Owed.OVERDUE],
        due=say(
            "programmes.ten.owed_due",
            n=states[Owed.DUE] + states[Owed.NO_DAY],
        ),
    )


NEED: Final[Mapping[System, Callable[[Voice, str], str]]] = {
    System.BOARDS: _answered_needs,
    System.THIRD_SECTOR: _third_need,
    System.CO_PRODUCTION: _followed,
    System.PARTICIPATION: _children_heard,
}
ENDS: Final[Mapping[System, Callable[[Voice, str], str]]] = {
    System.BOARDS: _documents_lapse,
    System.THIRD_SECTOR: _third_ends,
    System.CO_PRODUCTION: _owed_to_people,
    System.PARTICIPATION: _owed_to_children,
}


# --- the page of a pack, and its sheet ---


@once_a_build
def ten_rows(say: Voice, place: str) -> tuple[tuple[str, ...], ...]:
    """System and its three answers, a row each."""
    return tuple(
        (
            say(f"programmes.system.{a.system}"),
            a.need,
            a.left_out,
            a.ends,
        )
        for a in ten_systems(say, place)
    )


def ten_columns(say: Voice) -> tuple[str, ...]:
    """The headings of that table."""
    return tuple(say(f"programmes.ten.col.{name}") for name in COLUMNS)


def ten_blocks(say: Voice, place: str) -> list[Block]:
    """One page that lies on its side: the ten systems side by side."""
    return [
        NewPage(is_landscape=True),
        Heading(1, say("programmes.ten.page")),
        Text(
            ten_finding(say, place),
            "lead",
        ),
        Table(
            say("programmes.ten.page"),
            ten_columns(say),
            ten_rows(say, place),
            widths=(4, 8, 8, 6),
        ),
        Text(say("programmes.source"), "small"),
    ]


def ten_sheet(
    say: Voice,
    place: str,
    notes: tuple[str, ...],
) -> Sheet:
    """The same in a workbook."""
    return Sheet(
        say("programmes.ten.sheet"),
        notes,
        ten_columns(say),
        ten_rows(say, place),
    )
