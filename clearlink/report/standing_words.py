"""Squares and sums of the two questions in words, the same on screens and in packs."""

from __future__ import annotations

from clearlink.report.voice import Voice
from clearlink.rules.link.two_questions import Sum
from clearlink.words import numbers


def sum_words(say: Voice, held: Sum) -> str:
    """'12 records · £4.1 million in 2026-27, not known for 3'."""
    money = say.sum_in_year(
        held.gbp,
        held.records,
        held.unvalued,
    )
    return f"{say('standing.records', n=held.records)} · {money}"


def square_words(say: Voice, at: tuple[str, str], held: Sum) -> str:
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
