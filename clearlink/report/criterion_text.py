"""The sentence of each criterion, filled with the figures it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from clearlink.report.voice import Voice
from clearlink.rules.codes import Reason
from clearlink.warehouse.reader import WALES
from clearlink.words import numbers


def criterion_text(
    say: Voice,
    criterion: Mapping[str, Any],
    citations: Mapping[str, Mapping[str, Any]],
) -> str:
    """`criterion` is one of the facts' criteria; `citations` maps priority ids to the facts' citations."""
    facts: dict[str, Any] = criterion["facts"]
    number = criterion["criterion"]
    values = {name: _said(say, name, value) for name, value in facts.items()}
    # facts frozen by an earlier version know of no other day than that of the decision
    values["day"] = say(f"criterion.day.{facts.get('day') or 'decision'}")
    if number == 3:
        values |= _priority_values(say, facts, citations)
    elif number in _OWN_VALUES:
        values |= _OWN_VALUES[number](say, facts)
    return say(f"criterion.{_reason(criterion)}", **values)


def _method_value(say: Voice, facts: Mapping[str, Any]) -> dict[str, str]:
    if not facts.get("method"):
        return {}
    return {"method": say(f"criterion.method.{facts['method']}")}


def _age_value(say: Voice, facts: Mapping[str, Any]) -> dict[str, str]:
    if facts.get("age_months") is None:
        return {}
    return {
        "age": say(
            "criterion.months",
            n=facts["age_months"],
        )
    }


def _priority_values(
    say: Voice,
    facts: Mapping[str, Any],
    citations: Mapping[str, Mapping[str, Any]],
) -> dict[str, str]:
    """The document of a priority and the page that was cited, else the page where the priority stands."""
    cited = citations.get(
        facts.get("priority_id") or "",
        {},
    )
    return {
        "title": say.title(cited.get("title")),
        "body": say.printed(cited.get("body")),
        "page": facts.get("page") or cited.get("priority_page") or "—",
    }


def _reason(criterion: Mapping[str, Any]) -> str:
    """An engagement with a date is not undated because the decision is."""
    facts = criterion["facts"]
    undated_decision = facts.get("day") == "none" and facts.get(
        "engagement_date"
    )
    return (
        "C6-NODAY"
        if criterion["reason"] == Reason.C6_UNDATED and undated_decision
        else criterion["reason"]
    )


def _area_values(say: Voice, facts: Mapping[str, Any]) -> dict[str, str]:
    def number(name: str, form: str) -> str:
        value = facts.get(name)
        if value is None:
            return "—"
        return {
            "ratio": f"{value:.2f}",
            "share": numbers.pct(value),
            "people": numbers.whole(value),
        }[form]

    return {
        "scope": say.place(facts.get("scope") or WALES),
        **{name: number(name, "people") for name in ("observed", "expected")},
        "ratio": number("ratio", "ratio"),
        "range": say(
            f"criterion.range_{_basis(facts)}",
            **{n: number(n, "ratio") for n in ("lower", "upper")},
        ),
        "targeting": number("targeting_ratio", "ratio"),
        "served": number("served_fifth_share", "share"),
        "compared": number("scope_fifth_share", "share"),
        "edition": say.edition(facts.get("edition")),
    }


def _basis(facts: Mapping[str, Any]) -> str:
    """Where the range of the ratio comes from; facts frozen before this was kept rest on counts."""
    return (
        "none"
        if facts.get("lower") is None
        else facts.get("range_basis") or "counted"
    )


def _said(
    say: Voice,
    name: str,
    value: Any,
) -> str:
    if value is None:
        return "—"
    if name == "theme_id":
        return say.theme(value)
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        try:
            return say.date(date.fromisoformat(value))
        except ValueError:
            return value
    return f"{value:.2f}" if isinstance(value, float) else str(value)


# what a criterion says beyond its facts as they are; the third also looks at the citations
_OWN_VALUES: Final[
    dict[
        int,
        Callable[
            [
                Voice,
                Mapping[str, Any],
            ],
            dict[str, str],
        ],
    ]
] = {
    1: _method_value,
    2: _area_values,
    4: _age_value,
}
