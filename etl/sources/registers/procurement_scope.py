"""Which procurement notices are services of the programmes: by the catalogue's rule on their class (CPV) and
their title.

A council also buys road salt. The rule stands in `data/catalogue/procurement_scope.csv`, in this order: goods
and works are out, named classes are in, words of a title are in, all else is out. A notice that states no
class at all is kept: nothing says it is outside.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from etl.directory import CATALOGUE, folded
from etl.sources.registers.exchange_json import dictionaries, text_at

RULE: Final = "procurement_scope.csv"


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """One line of the rule: `kind` is category, cpv (a code or its beginning), title (folded phrases) or
    other.
    """

    kind: str
    values: tuple[str, ...]
    is_in_scope: bool
    reason_en: str
    reason_cy: str


@cache
def scope_rules() -> tuple[ScopeRule, ...]:
    """The rule in its order."""
    with (CATALOGUE / RULE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    values = {
        r["value"]: tuple(
            folded(v) if r["kind"] == "title" else v
            for v in r["value"].split("|")
            if v
        )
        for r in rows
    }
    return tuple(
        ScopeRule(
            r["kind"],
            values[r["value"]],
            r["is_in_scope"] == "yes",
            r["reason_en"],
            r["reason_cy"],
        )
        for r in rows
    )


def rule_of(process: dict[str, Any]) -> ScopeRule | None:
    """The line that decides about a contracting process, or None where the process states neither a class
    nor a category.
    """
    tender = process.get("tender") or {}
    codes = _classes(tender)
    category = text_at(tender.get("mainProcurementCategory"))
    if not codes and not category:
        return None
    title = f" {folded(text_at(tender.get('title')) or text_at(process.get('title')))} "
    return next(
        (
            rule
            for rule in scope_rules()
            if _decides(rule, category, codes, title)
        ),
        None,
    )


def _decides(
    rule: ScopeRule,
    category: str,
    codes: Iterable[str],
    title: str,
) -> bool:
    """Whether a line is about a process of this category, these classes and this title (folded, between
    spaces).
    """
    if rule.kind == "category":
        return category in rule.values
    if rule.kind == "cpv":
        return any(code.startswith(rule.values) for code in codes)
    if rule.kind == "title":
        return any(f" {phrase} " in title for phrase in rule.values)
    return rule.kind == "other"


def _classes(tender: dict[str, Any]) -> list[str]:
    listed = [
        tender.get("classification"),
        *(
            c
            for item in dictionaries(tender.get("items"))
            for c in (
                item.get("classification"),
                *dictionaries(item.get("additionalClassifications")),
            )
        ),
    ]
    return [
        text_at(c.get("id"))
        for c in dictionaries(listed)
        if text_at(c.get("scheme")).upper() == "CPV"
    ]
