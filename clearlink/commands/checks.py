"""What is missing, late, refused or inconsistent, in words or as JSON: `clearlink check`."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from clearlink.commands.log_answers import log_lines, log_told
from clearlink.commands.refusals import (
    nothing_built,
)
from clearlink.exit_codes import Exit
from clearlink.warehouse import reader
from clearlink.warehouse.reader import NothingBuilt, Rows
from clearlink.words.problems import problem_words

# As `source_state` names them, worst first.
STATES = (
    "withdrawn",
    "refused",
    "late",
    "not_fetched",
    "awaiting",
    "current",
)


def print_checks(*, as_json: bool) -> int:
    """What the steward should know of the served build: problems, sources not up to date, revised figures,
    what is covered.
    """
    try:
        told = _build_told()
    except NothingBuilt as missing:
        return nothing_built(missing)
    told["record"] = log_told()
    if as_json:
        print(
            json.dumps(
                told,
                ensure_ascii=False,
                indent=1,
                default=str,
            )
        )
    else:
        _print_in_words(told)
    return Exit.CHECKS_FAILED if told["record"]["faults"] else Exit.DONE


def _build_told() -> dict[str, Any]:
    """The served build as its checks see it. Raises `NothingBuilt`."""
    return {
        "build": reader.build(),
        "problems": reader.problems(),
        "late": [f for f in reader.snapshots() if f["state"] != "current"],
        "sources": reader.source_states(),
        "revised": reader.figure_changes(),
        "coverage": reader.coverage(),
        "row_counts": reader.row_counts(),
    }


def _print_in_words(told: dict[str, Any]) -> None:
    """Every problem on a line, what else is to know, and a last line that counts it all."""
    for p in told["problems"]:
        print(
            f"{p['severity']:>8}  {p['file']} · {p['place']} · found {p['found']} · expected "
            f"{p['expected']} · {p['remedy']}"
        )
    for line in [
        *_state_lines(told["sources"]),
        *_revision_lines(told["revised"]),
        *_coverage_lines(told["coverage"]),
        *log_lines(told["record"]),
        _counts_line(told),
    ]:
        print(line)


def _counts_line(told: dict[str, Any]) -> str:
    by_state = Counter(source["state"] for source in told["sources"])
    states = ", ".join(
        f"{by_state[state]} {state.replace('_', ' ')}"
        for state in STATES
        if by_state[state]
    )
    counts = Counter(problem["severity"] for problem in told["problems"])
    return (
        f"{counts['refused']} refused, {counts['warning']} to look at, {counts['note']} notes, "
        f"{len(told['late'])} sources late{f'; sources: {states}' if states else ''}"
    )


def _state_lines(states: Rows) -> list[str]:
    """Sources that are not simply current, worst first, each with its age and why."""
    lines = []
    for x in states:
        if x["state"] != "current":
            age = (
                "no file yet"
                if x["age_days"] is None
                else f"file in use is {x['age_days']} days old"
            )
            why = (
                ""
                if not x["reason_code"]
                else f" · "
                f"{problem_words(x['reason_code'], json.loads(x['facts'] or '{}').items(), 'en').found}"
            )
            lines.append(
                f"{x['state'].replace('_', ' '):>12}  {x['title_en']} (edition {x['edition']}) · {age}{why}"
            )
    return lines


def _revision_lines(revised: Rows) -> list[str]:
    """One line an indicator: how many figures a newer file added, took away or changed, and the first of
    them.
    """
    return [
        f"     revised  {r['source_title_en'] or r['source_id']} · {r['name_en']} · {r['figures']:,} "
        f"{r['kind']} in {r['areas']:,} areas · "
        f"first {r['first_name_en']} ({r['first_area']}), {r['first_period']}: "
        f"{r['before'] or 'nothing'} → {r['after'] or 'nothing'}"
        for r in revised
    ]


def _coverage_lines(coverage: Rows) -> list[str]:
    """One line an indicator and level: the editions and periods held, with the areas that have a figure."""
    held: dict[tuple[str, str], list[str]] = {}
    for c in coverage:
        marks = f", {c['markers']} marked" if c["markers"] else ""
        span = (
            c["first_period"]
            if c["first_period"] == c["last_period"]
            else f"{c['first_period']} … {c['last_period']}"
        )
        held.setdefault(
            (c["name_en"], c["area_type"]),
            [],
        ).append(
            f"{c['edition']} ({span}; {c['areas_with_value']:,} areas{marks})"
        )
    return [
        f"     covered  {name} · {level} · {'; '.join(editions)}"
        for (name, level), editions in held.items()
    ]
