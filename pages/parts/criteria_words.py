"""The sentence of each criterion, filled with the figures it rests on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from clearlink.warehouse.reader import Row
from clearlink.words import numbers
from pages.parts.speech import Speech


def criterion_sentence(say: Speech, row: Row, cited: Mapping[str, Row]) -> str:
    """`row` is one row of reader.project_criteria; `cited` maps priority ids to citations of the project."""
    facts: dict[str, Any] = json.loads(row["facts"])
    reason = row["reason"]
    values = {name: _said(say, name, value) for name, value in facts.items()}
    if row["criterion"] == 1 and facts.get("method"):
        known = f"criterion.method.{facts['method']}"
        values["method"] = say(known)
    if row["criterion"] == 2:
        values |= _area_values(say, facts)
    if row["criterion"] == 3:
        citation = cited.get(facts.get("priority_id") or "", {})
        values |= {"title": citation.get("title") or "—", "body": citation.get("body") or "—", "page": facts.get("page") or citation.get("priority_page") or "—"}
    if row["criterion"] == 4 and facts.get("age_months") is not None:
        values["age"] = say("criterion.months", n=facts["age_months"])
    return say(f"criterion.{reason}", **values)


def source_words(say: Speech, row: Row, project: Row) -> str:
    """What decided a criterion: the register's cell, the need edition, the citation's row or the assessment."""
    kind, _, what = str(row["source_ref"]).partition("|")
    if kind == "register":
        return say("record.by_register", row=project["source_ref"], column=what)
    if kind == "need":
        edition = json.loads(row["facts"]).get("edition")
        return say("record.by_need", edition=say.edition(edition)) if edition else say("record.by_need_date", date=what)
    if kind == "assessment":
        return say("record.by_assessment", date=what)
    return say("record.by_citation", row=what)


def _area_values(say: Speech, facts: Mapping[str, Any]) -> dict[str, str]:
    def ratio(name: str) -> str:
        return "—" if facts.get(name) is None else f"{facts[name]:.2f}"

    def share(name: str) -> str:
        return "—" if facts.get(name) is None else numbers.pct(facts[name])

    return {
        "scope": say.place(facts.get("scope") or "W92000004"),
        "observed": "—" if facts.get("observed") is None else numbers.whole(facts["observed"]),
        "expected": "—" if facts.get("expected") is None else numbers.whole(facts["expected"]),
        "ratio": ratio("ratio"),
        "lower": ratio("lower"),
        "upper": ratio("upper"),
        "targeting": ratio("targeting_ratio"),
        "served": share("served_fifth_share"),
        "compared": share("scope_fifth_share"),
        "edition": say.edition(facts.get("edition")),
    }


def _said(say: Speech, name: str, value: Any) -> str:
    if value is None:
        return "—"
    if name == "theme_id":
        return say.theme(value)
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        try:
            return say.date(date.fromisoformat(value))
        except ValueError:
            return value
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)
