"""Does it serve need, and is that on record? What the records of a place say, added up: squares, shares by
blank, what is held, signs.

`rows` are answers of `reader.projects`: one a record, with verdict, reason, the criteria it rests on (c1 to
c4), serves, on_record, signs and money of the year (None where it is not known, which is never £0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearlink.rules.codes import Result, Verdict, VerdictReason
from clearlink.rules.link.open_answers import Settling, settling_of
from clearlink.rules.link.standing import ON_RECORD, SERVES, SIGNS

Row = Mapping[str, Any]
# what is known, what was looked for and is silent, what waits for an answer, and what was never recorded:
# four different things
GROUP_OF: Final = {
    "named": "known",
    "figure": "known",
    "unfit": "silent",
    "silent": "silent",
    "none": "silent",
    "silent_one": "waiting",
    "asked": "waiting",
    "not_recorded": "unrecorded",
}
GROUPS: Final = ("known", "silent", "waiting", "unrecorded")
STATES: Final = (
    "clear",
    "partial",
    "no_link",
    "silent_one",
    "blank_theme",
    "blank_priority",
    "blank_areas",
    "no_figure",
)
HELD: Final = ("theme", "place", "priority", "decision", "route")
ANSWERS: Final = 20


@dataclass(frozen=True, slots=True)
class Sum:
    """Records, their pounds of the year, of how many of them that is not known, and how many bear a sign."""

    records: int
    gbp: float
    unvalued: int
    with_sign: int

    @property
    def is_valued(self) -> bool:
        """Whether the money of any record is known: where of none, the sum is unknown and not £0."""
        return self.unvalued < self.records


def share_of_records(held: Sum, whole: Sum) -> float | None:
    """Records of some as a share (0 to 1) of those of all; None where there are none."""
    return held.records / whole.records if whole.records else None


def share_of_money(held: Sum, whole: Sum) -> float | None:
    """Money of some as a share (0 to 1) of that of all; None where it is known of none of them."""
    is_known = held.is_valued or not held.records
    return held.gbp / whole.gbp if whole.gbp and is_known else None


def stated_a_year(row: Row) -> float | None:
    """Pounds a year as one record states them, whenever it ran: never to be added up. None where none is
    stated, or what is stated is a ceiling or a total.
    """
    value: float | None = row["annual_value_gbp"]
    return value if row.get("value_kind", "yearly") == "yearly" else None


def added(rows: Iterable[Row]) -> Sum:
    """The sum of some records."""
    held = list(rows)
    values = [gbp for r in held if (gbp := r["year_gbp"]) is not None]
    return Sum(
        len(held),
        sum(values),
        len(held) - len(values),
        sum(bool(r["signs"]) for r in held),
    )


def squares(rows: Sequence[Row]) -> dict[tuple[str, str], Sum]:
    """(serves need, on record) → its sum, for squares that hold a record."""
    grouped = _grouped(
        rows,
        lambda r: (r["serves"], r["on_record"]),
    )
    order = [(s, o) for s in SERVES for o in ON_RECORD]
    return {key: added(grouped[key]) for key in order if key in grouped}


def groups(rows: Sequence[Row]) -> dict[str, Sum]:
    """What is known, silent, waited for and never recorded."""
    grouped = _grouped(
        rows,
        lambda r: GROUP_OF[r["on_record"]],
    )
    return {g: added(grouped.get(g, ())) for g in GROUPS}


def state_of(row: Row) -> str:
    """A record's verdict; where it cannot be assessed, by the blank that stands in the way."""
    told = {
        Verdict.CLEAR: "clear",
        Verdict.PARTIAL: "partial",
        Verdict.NO_LINK_SHOWN: "no_link",
    }.get(row["verdict"])
    if told:
        return told
    if row["on_record"] == "silent_one":
        return "silent_one"
    if row["reason"] == VerdictReason.CA1:
        return "blank_theme"
    if row["reason"] == VerdictReason.CA2:
        return "blank_priority"
    return "no_figure" if row["c2"] == Result.NOT_ASSESSABLE else "blank_areas"


def shares(rows: Sequence[Row]) -> dict[str, Sum]:
    """State → its sum, every state named."""
    grouped = _grouped(rows, state_of)
    return {state: added(grouped.get(state, ())) for state in STATES}


def signs(rows: Sequence[Row]) -> dict[str, Sum]:
    """Sign → the records that bear it; one record may bear several."""
    return {
        sign: added(r for r in rows if sign in (r["signs"] or ()))
        for sign in SIGNS
    }


def verdict_by_sign(rows: Sequence[Row]) -> dict[tuple[str, str], Sum]:
    """(verdict, sign) → its sum; the sign "none" stands for records without one."""
    bearing: dict[tuple[str, str], list[Row]] = {
        (verdict, sign): [] for verdict in Verdict for sign in (*SIGNS, "none")
    }
    for r in rows:
        for sign in r["signs"] or ("none",):
            bearing.get(
                (r["verdict"], sign),
                [],
            ).append(r)
    return {key: added(held) for key, held in bearing.items() if held}


def is_held(row: Row, what: str) -> bool:
    """Whether a record holds its theme, place, priority (or a figure), day of decision, or route to award."""
    return bool(
        {
            "theme": row["serves"] != "no_theme",
            # where a service is says nothing of what it is for: a place counts without a theme too
            "place": row["c2"]
            not in (Result.NO_EVIDENCE, Result.REQUESTED_NOT_SUPPLIED),
            "priority": row["on_record"] in ("named", "figure", "unfit"),
            "decision": row["decision_date"] is not None,
            "route": row["route_to_award"],
        }[what]
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """What the records of an authority or programme hold: by what is held, its share (0 to 1) `of_records`
    and `of_money` of the year; None where no money is known. Both, because the year's money may be that of a
    few records among hundreds that hold nothing.
    """

    key: str | None
    all: Sum
    of_records: dict[str, float]
    of_money: dict[str, float] | None


def holdings(rows: Sequence[Row], by: str) -> list[Holding]:
    """One for each value of the column `by` (la_code, programme_id), the one that holds most of what is
    asked first: publishing is rewarded.
    """
    listed = [
        _holding(key, held)
        for key, held in _grouped(
            rows,
            lambda r: r[by],
        ).items()
    ]
    return sorted(
        listed,
        key=lambda h: (
            -sum(h.of_records.values()),
            -h.all.records,
            str(h.key),
        ),
    )


def _holding(key: str | None, rows: Sequence[Row]) -> Holding:
    whole = added(rows)
    held = {what: added(r for r in rows if is_held(r, what)) for what in HELD}
    return Holding(
        key,
        whole,
        {what: part.records / whole.records for what, part in held.items()},
        {what: part.gbp / whole.gbp for what, part in held.items()}
        if whole.gbp
        else None,
    )


def by_payer(
    rows: Sequence[Row],
    paid: Mapping[str, Mapping[str | None, float]],
) -> list[Row]:
    """A row for each programme that pays a record, with that programme's part of its money. `paid`: project →
    programme → share (0 to 1), of projects with funding lines; any other is its own programme's whole.
    """
    return [
        part
        for row in rows
        for part in _parts(
            row,
            paid.get(
                row["project_id"],
                {row["programme_id"]: 1.0},
            ),
        )
    ]


def _parts(row: Row, shares: Mapping[str | None, float]) -> list[Row]:
    gbp = row["year_gbp"]
    return [
        {
            **row,
            "programme_id": programme,
            "year_gbp": None if gbp is None else gbp * share,
        }
        for programme, share in shares.items()
    ]


def answers_that_settle(rows: Sequence[Row], most: int = ANSWERS) -> list[Row]:
    """Records that one answer would settle, whatever it says, and that hold most money."""
    waiting = [
        r for r in rows if r["year_gbp"] and settling_of(r) == Settling(1, True)
    ]
    return sorted(
        waiting,
        key=lambda r: (-r["year_gbp"], r["project_id"]),
    )[:most]


def _grouped(
    rows: Iterable[Row],
    key: Callable[[Row], Any],
) -> dict[Any, list[Row]]:
    grouped: dict[Any, list[Row]] = {}
    for row in rows:
        grouped.setdefault(
            key(row),
            [],
        ).append(row)
    return grouped
