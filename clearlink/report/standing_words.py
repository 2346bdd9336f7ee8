"""Squares and sums of the two questions in words, the same on screens and in packs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clearlink.report.voice import Voice
from clearlink.rules.codes import VERDICT_ORDER, Criterion, Result, Verdict
from clearlink.rules.link.open_answers import (
    NONE_DOES,
    blanks,
    leads_to,
    results_of,
    settling,
)
from clearlink.rules.link.standing import SIGNS
from clearlink.rules.link.two_questions import (
    HELD,
    Sum,
    is_held,
    verdict_by_sign,
)
from clearlink.words import numbers


def sum_words(say: Voice, held: Sum) -> str:
    """'12 records · £4.1 million in 2026-27, not known for 3'."""
    money = say.sum_in_year(
        held.gbp,
        held.records,
        held.unvalued,
    )
    return f"{say('standing.records', n=held.records)} · {money}"


def square_words(
    say: Voice,
    at: tuple[str, str],
    held: Sum,
) -> str:
    """'12 records · £4.1 million in 2026-27 · serves areas of clearly high need; no paper on record says
    so'.
    """
    serves, on_record = at
    return (
        f"{sum_words(say, held)} · {say(f'standing.serves_said.{serves}')}; "
        f"{say(f'standing.record_said.{on_record}')}"
    )


def share_words(share: float | None) -> str:
    """A share of records or of money to a tenth of a per cent; a dash where it is not known: no nought."""
    return "–" if share is None else numbers.pct(share, 1)


def sign_columns(say: Voice) -> tuple[str, ...]:
    """The headings of `sign_rows`."""
    return (
        say("standing.signs.col.sign"),
        *(say.verdict(v) for v in VERDICT_ORDER),
    )


def sign_rows(
    say: Voice, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[str, ...]]:
    """Each sign that a record bears, and none, against the verdicts: records and their money of the year."""
    sums = verdict_by_sign(rows)
    names = {
        s: f"{s} {say(f'standing.sign.{s}')}"
        for s in SIGNS
        if any(at[1] == s for at in sums)
    }
    names["none"] = say("standing.signs.without")
    return [
        (
            name,
            *(
                sum_words(
                    say,
                    sums[v, s],
                )
                if (v, s) in sums
                else "–"
                for v in VERDICT_ORDER
            ),
        )
        for s, name in names.items()
    ]


def held_lines(say: Voice, row: Mapping[str, Any]) -> list[str]:
    """What of a record is on record and what is not, of what a verdict and its trail rest on."""
    lines = []
    for key, wanted in (("has", True), ("lacks", False)):
        named = [
            say(f"standing.held.{what}").casefold()
            for what in HELD
            if is_held(row, what) is wanted
        ]
        if named:
            lines.append(
                say(
                    f"standing.one.{key}",
                    what=say.names(named),
                )
            )
    return lines


def answer_lines(say: Voice, row: Mapping[str, Any]) -> list[str]:
    """What each answer that a record waits for would lead to, by the law of the verdict; nothing where its
    verdict is given.
    """
    now = results_of(row)
    waits = settling(*now)
    if waits.least == 0:
        return []
    if waits.least == NONE_DOES:
        return [say("standing.answer.none")]
    if waits.least > 1:
        return [say("standing.answer.several", n=waits.least)]
    lines = []
    for asked in blanks(now):
        reached = leads_to(now, asked)
        if any(v is not Verdict.CANNOT_ASSESS for v in reached.values()):
            lines += _answer(say, asked, reached)
    return lines


def _answer(
    say: Voice,
    asked: Criterion,
    reached: Mapping[Result, Verdict],
) -> list[str]:
    if asked is not Criterion.C3:
        best = say.verdict(reached[Result.MET])
        return [say(f"standing.answer.{asked}", verdict=best)]
    return [
        say(
            "standing.answer.c3",
            page=say.verdict(reached[Result.MET]),
            partly=say.verdict(reached[Result.PARTLY]),
        ),
        say(
            "standing.answer.silent",
            verdict=say.verdict(reached[Result.NOT_MET]),
        ),
    ]
