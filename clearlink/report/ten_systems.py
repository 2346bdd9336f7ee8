"""Each of the ten systems of the letter in a place: does it follow need, who is left out, what ends? For the
page of programmes and for the pack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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
from clearlink.rules.programmes.spend_and_need import Against
from clearlink.rules.programmes.systems import PROGRAMMES_OF, System
from clearlink.rules.sectors import is_third
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from clearlink.words import LANGUAGES, numbers

MONTHS: Final = 12
COLUMNS: Final = ("system", "need", "left_out", "ends")


class Known(StrEnum):
    """How much an answer knows."""

    KNOWN = "known"
    # what is asked was counted, and there is none of it
    NONE = "none"
    # something is on record, and it does not say what is asked
    IN_PART = "in_part"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence, and how much it knows: no reader has to tell that from its words."""

    known: Known
    text: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a system in a place, a sentence a question; what is not known is said to be so."""

    system: System
    need: Answer
    left_out: Answer
    ends: Answer

    @property
    def each(self) -> tuple[Answer, Answer, Answer]:
        """The three in the order of the questions."""
        return self.need, self.left_out, self.ends

    @property
    def tells_something(self) -> bool:
        """Whether any of the three is more than that nothing is known."""
        return any(a.known is not Known.UNKNOWN for a in self.each)


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
    return tuple(sorted(every, key=lambda each: not each.tells_something))


@once_a_build
def ten_finding(say: Voice, place: str) -> str:
    """Under how many systems something runs, what ends of it, and of how many it is known who is left out."""
    answers = ten_systems(say, place)
    where = say.in_place(place)
    running = {
        s: running_under(s, place) for s in PROGRAMMES_OF if PROGRAMMES_OF[s]
    }
    every = {r["project_id"]: r for rows in running.values() for r in rows}
    ends = _of_these(
        say,
        list(every.values()),
    )
    silent = say(
        "programmes.ten.silent",
        n=sum(a.left_out.known is Known.UNKNOWN for a in answers),
    )
    return say(
        "programmes.ten.finding",
        place=where[:1].upper() + where[1:],
        n=sum(bool(rows) for rows in running.values()),
        of=say.number(len(running)),
        ends=ends.text,
        silent=f"{ends.no_end} {silent}".strip(),
    )


@dataclass(frozen=True, slots=True)
class _OfThese:
    """How many records end within a year, and a sentence on those whose end is not recorded, if any."""

    text: str
    no_end: str


def _of_these(say: Voice, rows: Rows) -> _OfThese:
    """Of the records that run and whose end is recorded; of none is it said where no end is."""
    when = say.date(_in_a_year())
    dated = sum(r["end_date"] is not None for r in rows)
    if not dated:
        unsaid = say(
            "programmes.ten.of_these_unsaid",
            when=when,
        )
        return _OfThese(unsaid, "")
    undated = len(rows) - dated
    key = _key_of("of_these_dated", dated) if undated else "of_these"
    text = say(
        f"programmes.ten.{key}",
        n=sum(map(_soon, rows)),
        of=say.number(dated),
        when=when,
    )
    return _OfThese(
        text,
        _no_end(say, undated),
    )


def _no_end(say: Voice, undated: int) -> str:
    """That so many have no end on record; empty where every one has."""
    return say("programmes.ten.no_end", n=undated) if undated else ""


def _told(text: str) -> Answer:
    return Answer(Known.KNOWN, text)


def _nothing(say: Voice, key: str = "unknown") -> Answer:
    """Nothing is known: `key` says of what."""
    return Answer(Known.UNKNOWN, say(f"programmes.ten.{key}"))


def _counted(say: Voice, key: str, n: int, **facts: object) -> Answer:
    """A count of what was looked at; of none it is known that there is none."""
    known = Known.KNOWN if n else Known.NONE
    return Answer(known, say(f"programmes.ten.{key}", n=n, **facts))


def _key_of(key: str, of: int) -> str:
    """A whole has words of its own where it is one: nothing is “one of 1”."""
    return f"{key}_only" if of == 1 else key


def _counted_of(
    say: Voice, key: str, n: int, of: int, **facts: object
) -> Answer:
    """The same of a whole."""
    return _counted(
        say,
        _key_of(key, of),
        n,
        of=say.number(of),
        **facts,
    )


def _and_not_known(
    answer: Answer,
    more: str,
) -> Answer:
    """An answer for those with a day on record, and how many have none: `none` is not said of all then."""
    if not more:
        return answer
    return Answer(
        Known.IN_PART,
        f"{answer.text} {more}",
    )


@once_a_build
def _under(place: str) -> Mapping[str, Rows]:
    """Programme → every record of it in a place, in the order in which records are shown."""
    paying: dict[str, set[str]] = {}
    for row in reader.programmes_of_projects():
        paying.setdefault(row["project_id"], set()).add(row["programme_id"])
    under: dict[str, Rows] = {}
    for row in reader.projects(place):
        for programme in paying.get(row["project_id"], ()):
            under.setdefault(programme, []).append(row)
    return under


def _records_under(system: System, place: str) -> Rows:
    """Every record that a system's programmes pay for in a place, each once."""
    under = _under(place)
    rows = {
        r["project_id"]: r
        for programme in PROGRAMMES_OF[system]
        for r in under.get(programme, ())
    }
    return list(rows.values())


def running_under(system: System, place: str) -> Rows:
    """Running records that a system's programmes pay for in a place, each once."""
    return [
        r for r in _records_under(system, place) if r["time_state"] == "running"
    ]


def _none_running(
    say: Voice,
    system: System,
    place: str,
    none: str,
) -> Answer:
    """What is said where no record is known to run: records without dates may, and `none` is for no record
    at all or none but ended ones.
    """
    undated = sum(
        r["time_state"] == "not_dated" for r in _records_under(system, place)
    )
    if not undated:
        return _nothing(say, none)
    text = say("programmes.ten.undated", n=undated)
    return Answer(Known.IN_PART, text)


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
) -> Answer:
    """How what runs under it stands to need; of housing support also its money against need."""
    if not PROGRAMMES_OF[system]:
        return NEED[system](say, place)
    rows = running_under(system, place)
    told = (
        by_verdict(say, rows)
        if rows
        else _none_running(say, system, place, "need_none")
    )
    if system is System.HOUSING_SUPPORT:
        period, shares = shares_here(place)
        both = [s for s in shares if s.against != Against.NOT_KNOWN]
        if both:
            finding = need_finding(say, place, period, both)
            return _told(f"{finding} {told.text}")
    return told


def by_verdict(say: Voice, rows: Rows) -> Answer:
    """How many records there are, by verdict."""
    return _counted(say, "need", len(rows), verdicts=_verdicts(say, rows))


def _ends(
    say: Voice,
    system: System,
    place: str,
) -> Answer:
    if system in ENDS:
        return ENDS[system](say, place)
    rows = running_under(system, place)
    if rows:
        return ends_of(say, rows)
    return _ended(say, system, place) or _none_running(
        say, system, place, "ends_none"
    )


def _ended(
    say: Voice,
    system: System,
    place: str,
) -> Answer | None:
    """That the grant itself has ended, where nothing under it may still run here; None where it has not."""
    programmes = [reader.programmes()[p] for p in PROGRAMMES_OF[system]]
    first = programmes[0]
    days = [p["valid_to"] for p in programmes]
    may_run = any(
        r["time_state"] == "not_dated" for r in _records_under(system, place)
    )
    if may_run or None in days or max(days) >= reader.build()["as_of"]:
        return None
    text = say(
        "programmes.ten.ended",
        programme=say.of(first),
        when=say.date(first["valid_to"]),
        successor=say.programme(first["successor_id"]),
    )
    return Answer(Known.UNKNOWN, text)


def ends_of(say: Voice, rows: Rows) -> Answer:
    """How many of what runs end within a year, among those whose end is recorded at all."""
    undated = sum(r["end_date"] is None for r in rows)
    if undated == len(rows):
        text = say("programmes.ten.ends_unsaid", n=undated)
        return Answer(Known.IN_PART, text)
    soon = sum(_soon(r) for r in rows)
    answer = _counted_of(
        say,
        "ends_dated" if undated else "ends",
        soon,
        len(rows) - undated,
        when=say.date(_in_a_year()),
    )
    return _and_not_known(
        answer,
        _no_end(say, undated),
    )


# --- who is left out, by each system's own rule ---


def _families_first(say: Voice, place: str) -> Answer:
    rows = reader.set_asides(place)
    if not rows:
        return _nothing(say)
    text = set_aside_finding(say, place, rows)
    if all(r["missing_gbp"] is None for r in rows):
        return Answer(Known.IN_PART, text)
    short = any(r["missing_gbp"] for r in rows)
    return Answer(Known.KNOWN if short else Known.NONE, text)


def _taf(say: Voice, place: str) -> Answer:
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
        return _nothing(say)
    (waiting, *_) = now
    if waiting["value"] is None and waiting["marker"] != "low":
        return _nothing(say)
    return _told(
        say(
            "programmes.ten.waiting",
            count=count_words(say, waiting),
            period=waiting["period"],
        )
    )


def _flying_start(say: Voice, place: str) -> Answer:
    """Children without a place, and the areas that the lists leave out though need there is higher."""
    told = [
        r
        for r in figures_of(System.FLYING_START, place)
        if r["step"] and not r["part"]
    ]
    return _left_by(say, told, "fs_eligible", "fs_taken_up", "no_place")


def _ifss(say: Voice, place: str) -> Answer:
    """Of the region that tells for a place; of Wales the regions that tell, together."""
    region = region_that_tells(System.IFSS, place)
    codes = [region] if region else regions_that_tell(System.IFSS)
    if (not region and place != reader.WALES) or not codes:
        return _nothing(say)
    rows = [r for code in codes for r in figures_of(System.IFSS, code)]
    return _left_by(
        say,
        rows,
        "ifss_referred",
        "ifss_accepted",
        "not_accepted",
        region,
    )


def _communities_first(say: Voice, place: str) -> Answer:
    return _left_by(
        say,
        figures_of(System.COMMUNITIES_FIRST, place),
        "cf_how_much",
        "cf_better_off",
        "not_better",
    )


def _left_by(
    say: Voice,
    rows: Rows,
    whole: str,
    part: str,
    key: str,
    region: str | None = None,
) -> Answer:
    """Of those counted first, how many the second count leaves out, in the newest period."""
    period = newest([r for r in rows if r["measure_id"] == whole])
    first, second = (amount(rows, m, period) for m in (whole, part))
    if first is None or second is None:
        return _nothing(say)
    left = max(0.0, first - second)
    text = say(
        f"programmes.ten.{key}",
        region=start_of(
            say,
            region or reader.WALES,
        ),
        count=say.number(left),
        of=say.number(first),
        period=period,
    )
    return Answer(Known.KNOWN if left else Known.NONE, text)


def _housing_support(say: Voice, place: str) -> Answer:
    _, shares = shares_here(place)
    if all(s.against == Against.NOT_KNOWN for s in shares):
        return _nothing(say)
    below = [say.group(s.group) for s in shares if s.against == Against.BELOW]
    return _counted(say, "groups", len(below), groups=say.names(below))


def _boards(say: Voice, place: str) -> Answer:
    every = reader.coherence(place)["priorities"]
    if not every:
        return _nothing(say)
    return _counted_of(
        say,
        "orphans",
        len(reader.priorities_without_project(place)),
        every,
    )


def _third_sector(say: Voice, place: str) -> Answer:
    rows = plans.paid_providers(place)
    if not rows:
        return _nothing(say)
    return _counted_of(
        say,
        "sector_unsaid",
        sum(not r["provider_sector"] for r in rows),
        len(rows),
    )


def _co_production(say: Voice, place: str) -> Answer:
    heard = heard_of(place)
    if not heard:
        return _nothing(say)
    return _counted_of(
        say,
        "unheard",
        sum(each.followed is Followed.NONE for each in heard),
        len(heard),
    )


def _participation(say: Voice, place: str) -> Answer:
    for_children = [
        r
        for r in reader.answer("meeting_engagement", place=place)
        if r["for_children"]
    ]
    if not for_children:
        return _nothing(say, "no_service_for_children")
    return _counted(
        say,
        "no_children",
        sum(r["reason"] == Reason.C6_CHILDREN for r in for_children),
    )


LEFT_OUT: Final[Mapping[System, Callable[[Voice, str], Answer]]] = {
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


def _answered_needs(say: Voice, place: str) -> Answer:
    held = reader.coherence(place)
    if not held["priorities"]:
        return _nothing(say, "no_assessment")
    return _counted_of(
        say,
        "answered",
        held["priorities_with_project"],
        held["priorities"],
    )


def _third(place: str) -> Rows:
    ids = {
        r["project_id"]
        for r in plans.paid_providers(place)
        if is_third(r["provider_sector"])
    }
    return [r for r in reader.projects(place) if r["project_id"] in ids]


def _third_need(say: Voice, place: str) -> Answer:
    rows = _third(place)
    return by_verdict(say, rows) if rows else _nothing(say, "no_third")


def _third_ends(say: Voice, place: str) -> Answer:
    rows = _third(place)
    return ends_of(say, rows) if rows else _nothing(say, "no_third")


def _followed(say: Voice, place: str) -> Answer:
    heard = heard_of(place)
    if not heard:
        return _nothing(say, "need_none")
    return _counted_of(
        say,
        "followed",
        sum(each.followed is Followed.FOLLOWED for each in heard),
        len(heard),
    )


def _children_heard(say: Voice, place: str) -> Answer:
    rows = reader.engagements_of_place(place)
    if not rows:
        return _nothing(say, "no_engagement")
    return _counted(
        say,
        "children",
        sum(bool(r["has_children"]) for r in rows),
    )


def _documents_lapse(say: Voice, place: str) -> Answer:
    documents = plans.documents_of_place(place)
    live = [
        d for d in documents if d["document_state"] != "lapsed" and d["ends_on"]
    ]
    undated = undated_words(say, undated_among(documents))
    if not live:
        none = _nothing(say, "no_document")
        return Answer(Known.IN_PART, undated) if undated else none
    answer = _counted_of(
        say,
        "lapse",
        sum(d["ends_on"] <= _in_a_year() for d in live),
        len(live),
        when=say.date(_in_a_year()),
    )
    return _and_not_known(answer, undated)


def _owed_to_people(say: Voice, place: str) -> Answer:
    today = reader.build()["as_of"]
    states = Counter(
        owed_state(
            today,
            e["due"],
            e["changed"],
        )
        for e in reader.engagements_of_place(place)
    )
    return _owed(say, states, "no_engagement")


def _owed_to_children(say: Voice, place: str) -> Answer:
    states = Counter(r["owed"] for r in owed_rows(say, place))
    return _owed(say, states, "no_promise")


def _owed(
    say: Voice,
    states: Counter[Owed],
    none: str,
) -> Answer:
    """How many answers are late, and how many more are owed; `none`: where nothing was ever said."""
    if not states:
        return _nothing(say, none)
    late, due = states[Owed.OVERDUE], states[Owed.DUE] + states[Owed.NO_DAY]
    text = say(
        "programmes.ten.owed",
        n=late,
        due=say("programmes.ten.owed_due", n=due),
    )
    return Answer(Known.KNOWN if late or due else Known.NONE, text)


NEED: Final[Mapping[System, Callable[[Voice, str], Answer]]] = {
    System.BOARDS: _answered_needs,
    System.THIRD_SECTOR: _third_need,
    System.CO_PRODUCTION: _followed,
    System.PARTICIPATION: _children_heard,
}
ENDS: Final[Mapping[System, Callable[[Voice, str], Answer]]] = {
    System.BOARDS: _documents_lapse,
    System.THIRD_SECTOR: _third_ends,
    System.CO_PRODUCTION: _owed_to_people,
    System.PARTICIPATION: _owed_to_children,
}


# --- for scripts, the page of a pack, and its sheet ---


def system_rows(place: str) -> Rows:
    """A row a system, in the letter's order: each answer as a state and as a sentence in both languages."""
    told = {
        lang: {a.system: a for a in ten_systems(Voice(lang), place)}
        for lang in LANGUAGES
    }
    return [
        _system_row(place, [told[lang][system] for lang in LANGUAGES])
        for system in System
    ]


def _system_row(place: str, in_each: Sequence[Answers]) -> Row:
    row: Row = {"place": place, "system": str(in_each[0].system)}
    for at, question in enumerate(COLUMNS[1:]):
        row[question] = str(in_each[0].each[at].known)
        for lang, answers in zip(LANGUAGES, in_each, strict=True):
            row[f"{question}_{lang}"] = answers.each[at].text
    return row


@once_a_build
def ten_rows(say: Voice, place: str) -> tuple[tuple[str, ...], ...]:
    """System and its three answers, a row each."""
    return tuple(
        (
            say(f"programmes.system.{a.system}"),
            *(answer.text for answer in a.each),
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
