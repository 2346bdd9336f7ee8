"""One thing twice: records of two sources that may be one contract, money that is granted on, and call-offs
under a framework.

A possible duplicate is a question for a person and never an answer: both records stay, with their sources.
Until somebody settles it, the money of one of the two is in no sum. This rule acts itself (no SQL twin):
`etl.pipeline` writes what it finds.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import Final

from clearlink.rules.codes import ValueKind

DAYS_ALIKE: Final = 31
MONEY_ALIKE: Final = 0.05
MONEY_EQUAL: Final = 0.001
TITLE_ALIKE: Final = 0.85
WORDS_ALIKE: Final = 0.75
# of title, buyer, supplier, days and money: so many alike, and none that contradicts
FACTS_ALIKE: Final = 4
_COMPANY: Final = re.compile(
    r"\b(?:limited|ltd|cyf|cyfyngedig|plc|ccc|llp|cic|cio|the|y|yr|company|co|uk|charity|elusen|trust|"
    r"group|grwp)\b"
)


class DuplicateKind(StrEnum):
    """Why two records may be one thing: the same contract, money that one holds and the other passes on, a
    framework and its call-off.
    """

    SAME_CONTRACT = "same_contract"
    ONWARD_GRANT = "onward_grant"
    CALL_OFF = "call_off"


class DuplicateState(StrEnum):
    """`open`: for somebody to settle. `same` and `different`: what a person said."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells of who buys what from whom, when and for how much a year. `source`: the file
    that it came in.
    `areas`: the codes it names, where it names any.
    """

    project_id: str
    title: str
    buyer: str
    supplier: str | None
    start: date | None
    end: date | None
    yearly_gbp: float | None
    kind: str
    source: str
    is_register: bool = True
    passes_on: bool = False
    called_off_from: str | None = None
    buyer_name: str = ""
    is_sensitive: bool = False
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two records that may be one thing. `alike`: the facts on which they agree. `not_counted`: the one whose
    money is in no sum while this is open or found to be the same; None where nothing would be counted twice.
    """

    project_a: str
    project_b: str
    kind: DuplicateKind
    alike: tuple[str, ...]
    not_counted: str | None
    state: DuplicateState = DuplicateState.OPEN


Settled = Mapping[frozenset[str], bool]


def duplicates(
    records: Iterable[Told],
    settled: Settled | None = None,
) -> list[Duplicate]:
    """Every possible duplicate among the records. `settled`: pairs that a person has judged, and whether
    they are the same.
    """
    listed = [r for r in records if r.kind != ValueKind.NEVER_BOUGHT]
    told = settled or {}
    possible = [
        *_same_contracts(listed, told),
        *_onward_grants(listed),
        *_call_offs(listed),
    ]
    judged = [_judged(each, told) for each in possible]
    return sorted(
        judged,
        key=lambda d: (d.kind, d.project_a, d.project_b),
    )


def _judged(each: Duplicate, told: Settled) -> Duplicate:
    same = told.get(frozenset((each.project_a, each.project_b)))
    if same is None:
        return each
    state = DuplicateState.SAME if same else DuplicateState.DIFFERENT
    not_counted = each.not_counted if same else None
    return Duplicate(
        each.project_a,
        each.project_b,
        each.kind,
        each.alike,
        not_counted,
        state,
    )


def _same_contracts(
    records: Sequence[Told],
    told: Settled,
) -> Iterator[Duplicate]:
    """One row per record beside the one that counts: of three sources that name one contract, two are
    beside the third.
    """
    by_id = {r.project_id: r for r in records}
    pairs = _pairs_alike(
        by_id,
        _candidates(records),
    )
    apart = [pair for pair in pairs if told.get(frozenset(pair)) is False]
    for group in _groups([pair for pair in pairs if pair not in apart]):
        first, *others = sorted(
            (by_id[i] for i in group),
            key=_counts_first,
        )
        for other in others:
            yield _beside(first, other, pairs)
    yield from (
        _two_contracts(
            pair,
            pairs[pair],
        )
        for pair in apart
    )


def _two_contracts(pair: tuple[str, str], alike: tuple[str, ...]) -> Duplicate:
    """Two records that a person said are of two contracts."""
    a, b = pair
    return Duplicate(
        a,
        b,
        DuplicateKind.SAME_CONTRACT,
        alike,
        None,
    )


def _pairs_alike(
    by_id: Mapping[str, Told],
    candidates: Iterable[tuple[str, str]],
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The pairs that may be one contract, each with the facts on which they agree."""
    alike = {
        (a, b): facts_alike(
            by_id[a],
            by_id[b],
        )
        for a, b in candidates
    }
    return {pair: facts for pair, facts in alike.items() if facts}


def _beside(
    first: Told,
    other: Told,
    pairs: Mapping[tuple[str, str], tuple[str, ...]],
) -> Duplicate:
    """A record beside the one of its contract that counts."""
    a, b = sorted((first.project_id, other.project_id))
    alike = pairs.get((a, b)) or facts_alike(first, other)
    counted = (
        other.project_id if _is_money(other) and _is_money(first) else None
    )
    return Duplicate(
        a,
        b,
        DuplicateKind.SAME_CONTRACT,
        alike,
        counted,
    )


def _counts_first(record: Told) -> tuple[bool, bool, str]:
    # the council's own register knows the contract better than a notice of it
    return not _is_money(record), not record.is_register, record.project_id


def _is_money(record: Told) -> bool:
    dated = record.start is not None or record.end is not None
    return (
        record.kind == ValueKind.YEARLY
        and record.yearly_gbp is not None
        and dated
    )


def facts_alike(a: Told, b: Told) -> tuple[str, ...]:
    """The facts on which two records agree, where they may be one contract; empty where they may not.

    The buyer and the days must agree. A title may be worded otherwise where the sums are the same to the
    penny. In one file title and places must be the same: lots of one supplier differ by a word or a place.
    """
    days, supplier = _days_alike(a, b), _suppliers_alike(a.supplier, b.supplier)
    # what costs nothing to compare comes first: most pairs end here
    if (
        days is False
        or supplier is False
        or not _names_alike(a.buyer, b.buyer)
        or _numbers(a) != _numbers(b)
    ):
        return ()
    title = _titles_alike(a.title, b.title)
    money = _money_alike(
        a,
        b,
        MONEY_ALIKE if title else MONEY_EQUAL,
    )
    if money is False or _are_two_of_one_file(a, b):
        return ()
    return _enough(
        {
            "title": title,
            "buyer": True,
            "supplier": supplier,
            "days": days,
            "money": money,
        }
    )


def _are_two_of_one_file(a: Told, b: Told) -> bool:
    return a.source == b.source and _told_apart(a, b)


def _enough(facts: Mapping[str, bool | None]) -> tuple[str, ...]:
    """The facts that agree, where they are enough for one contract."""
    alike = tuple(name for name, is_alike in facts.items() if is_alike)
    return alike if len(alike) >= FACTS_ALIKE else ()


def _told_apart(a: Told, b: Told) -> bool:
    """Whether one file itself says that two of its records are two: by another title, or by other places."""
    has_other_places = bool(a.areas and b.areas and a.areas != b.areas)
    return has_other_places or _plain(a.title) != _plain(b.title)


def _candidates(records: Sequence[Told]) -> set[tuple[str, str]]:
    """Pairs worth comparing: one buyer and about one start, with a supplier or a sum in common; or one
    buyer and one title.
    """
    buckets: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for r in records:
        for bucket in _buckets(r):
            buckets[bucket].add(r.project_id)
    return {
        pair
        for ids in buckets.values()
        for pair in combinations(
            sorted(ids),
            2,
        )
    }


def _buckets(r: Told) -> Iterator[tuple[object, ...]]:
    """What a record has in common with those that it is compared with."""
    # titles whose numbers differ are never alike, so they need not meet
    buyer = (
        _plain(r.buyer),
        *sorted(_numbers(r)),
    )
    yield "title", buyer, _plain(r.title)
    if r.start is None:
        return
    month = r.start.year * 12 + r.start.month
    for near in (month, month + 1):
        for supplier in _suppliers(r.supplier):
            yield "supplier", buyer, supplier, near
        if r.yearly_gbp and r.yearly_gbp > 0:
            # one of the two may name no supplier
            size = math.floor(math.log(r.yearly_gbp) / MONEY_ALIKE)
            yield from (
                ("money", buyer, near, about) for about in (size, size + 1)
            )


def _groups(pairs: Sequence[tuple[str, str]]) -> list[set[str]]:
    """Records joined by pairs, directly or through others."""
    group_of: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = group_of.get(a, {a}) | group_of.get(b, {b})
        for each in joined:
            group_of[each] = joined
    return list({id(group): group for group in group_of.values()}.values())


def _onward_grants(records: Sequence[Told]) -> Iterator[Duplicate]:
    """A grant made to be granted on, and the grants that its recipient made while it ran: the pot counts,
    not what was made of it.
    """
    by_buyer = _by_buyer(records)
    for pot in records:
        for onward in _made_of(pot, by_buyer):
            a, b = sorted((pot.project_id, onward.project_id))
            counted = (
                onward.project_id
                if _is_money(pot) and _is_money(onward)
                else None
            )
            yield Duplicate(
                a,
                b,
                DuplicateKind.ONWARD_GRANT,
                ("supplier", "days"),
                counted,
            )


def _made_of(
    pot: Told,
    by_buyer: Mapping[str, Sequence[Told]],
) -> Iterator[Told]:
    """The grants that the recipient of a grant made while it ran, where it was made to be granted on."""
    for supplier in _suppliers(pot.supplier) if pot.passes_on else ():
        for onward in by_buyer.get(supplier, ()):
            if onward.project_id != pot.project_id and _may_share_days(
                pot, onward
            ):
                yield onward


def _by_buyer(records: Sequence[Told]) -> dict[str, list[Told]]:
    """The records of each buyer, by every name it goes by."""
    by_buyer: dict[str, list[Told]] = defaultdict(list)
    for r in records:
        for name in {
            *_suppliers(r.buyer),
            *_suppliers(r.buyer_name),
        }:
            by_buyer[name].append(r)
    return by_buyer


def _call_offs(records: Sequence[Told]) -> Iterator[Duplicate]:
    """A framework and what was called off under it: the ceiling is in no sum, so nothing is counted twice."""
    known = {r.project_id: r for r in records}
    for r in records:
        for above in map(
            str.strip,
            (r.called_off_from or "").split(";"),
        ):
            if above in known and above != r.project_id:
                yield _call_off(
                    r,
                    known[above],
                )


def _call_off(called_off: Told, framework: Told) -> Duplicate:
    a, b = sorted((called_off.project_id, framework.project_id))
    both_are_money = _is_money(framework) and _is_money(called_off)
    return Duplicate(
        a,
        b,
        DuplicateKind.CALL_OFF,
        (),
        called_off.project_id if both_are_money else None,
    )


def _may_share_days(pot: Told, onward: Told) -> bool:
    starts_after = not (pot.start and onward.end and onward.end < pot.start)
    return starts_after and not (
        pot.end and onward.start and onward.start > pot.end
    )


def _titles_alike(a: str, b: str) -> bool:
    one, other = _plain(a), _plain(b)
    if not one or not other:
        return False
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) / len(words | others)
    return (
        shared >= WORDS_ALIKE
        or difflib.SequenceMatcher(None, one, other).ratio() >= TITLE_ALIKE
    )


def _numbers(told: Told) -> set[str]:
    """The numbers in a title: they tell lots and phases apart, however like the words."""
    return {word for word in _plain(told.title).split() if word.isdigit()}


def _names_alike(a: str, b: str) -> bool:
    return _plain(a) == _plain(b)


def _suppliers_alike(a: str | None, b: str | None) -> bool | None:
    one, other = set(_suppliers(a)), set(_suppliers(b))
    return bool(one & other) if one and other else None


def _suppliers(name: str | None) -> list[str]:
    """The suppliers of a record as they are compared: without words that only say what kind of body it is."""
    plain = [_plain(part) for part in (name or "").split(";")]
    bare = [" ".join(_COMPANY.sub(" ", part).split()) or part for part in plain]
    return [part for part in bare if part]


def _days_alike(a: Told, b: Told) -> bool | None:
    gaps = [
        abs((one - other).days)
        for one, other in (
            (a.start, b.start),
            (a.end, b.end),
        )
        if one is not None and other is not None
    ]
    return None if not gaps else max(gaps) <= DAYS_ALIKE


def _money_alike(
    a: Told,
    b: Told,
    by: float,
) -> bool | None:
    if a.yearly_gbp is None or b.yearly_gbp is None:
        return None
    return abs(a.yearly_gbp - b.yearly_gbp) <= by * max(
        abs(a.yearly_gbp),
        abs(b.yearly_gbp),
    )


@lru_cache(maxsize=100_000)
def _plain(text: str) -> str:
    bare = "".join(
        c
        for c in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(c)
    )
    kept = "".join(
        c if c.isalnum() else " "
        for c in bare.casefold()
        .replace("’", "")
        .replace(
            "'",
            "",
        )
    )
    return " ".join(kept.replace("&", " ").split())
