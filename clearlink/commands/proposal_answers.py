"""`clearlink check --proposals`: how good the proposed themes are on records whose theme people set, beside
the rule they must beat.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from clearlink.commands.refusals import nothing_built
from clearlink.exit_codes import Exit
from clearlink.proposals.measured import BULK_PRECISION, BULK_PROPOSED, Measure
from clearlink.proposals.served import Measured, theme_measures
from clearlink.rules.link.two_questions import shares
from clearlink.warehouse import reader
from clearlink.warehouse.reader import NothingBuilt
from clearlink.words import say
from etl.settling import settle_held
from etl.supposed import as_if_accepted


def print_measured(*, as_json: bool) -> int:
    """One line a theme, then all themes, then what it comes to."""
    try:
        settle_held()
        measures = theme_measures()
    except NothingBuilt as missing:
        return nothing_built(missing)
    if as_json:
        print(
            json.dumps(
                _told(measures),
                ensure_ascii=False,
                indent=1,
            )
        )
        return Exit.DONE
    for theme, m in measures.model.items():
        print(
            _line(
                theme or "all themes",
                m,
                measures.words.get(theme),
            )
        )
        if theme and measures.in_bulk(theme):
            print(
                f"{'':<22} above {BULK_PRECISION:.0%} on {BULK_PROPOSED} or more: may be accepted in bulk"
            )
    print(
        "",
        *_held_out_lines(measures),
        sep="\n",
    )
    print(
        "",
        *_supposed_lines(),
        sep="\n",
    )
    whole = measures.model[None]
    print(
        f"{measures.records} records with a theme, {measures.learnt} of them read to learn from; "
        f"precision {_share(whole.precision)} at coverage {_share(whole.coverage)}; "
        f"proposed for {measures.proposed_for} of {measures.without_theme} records without a theme; "
        "nothing acts until a person accepts it"
    )
    return Exit.DONE


def _supposed_lines() -> list[str]:
    """Records in each state, and in each if every proposal were accepted."""
    rows = reader.projects()
    now, then = shares(rows), shares(as_if_accepted(rows))
    return [
        f"{'state':<52} {'records':>7}  if every proposal were accepted (supposed)",
        *(
            f"{say('en', f'standing.state.{state}'):<52} {held.records:>7,}  {then[state].records:>7,}"
            for state, held in now.items()
        ),
        f"{len(rows):,} records, protected ones and those under embargo counted in, as they are proposed for",
        "",
    ]


def _held_out_lines(measures: Measured) -> list[str]:
    """The same model on records that were read for it alone; nothing where this build holds none of them."""
    if not measures.held_out:
        return []
    first = f"{measures.read} other records, read before any proposal was looked at and never learnt from"
    lines = [
        _counts(theme or "all themes", m)
        for theme, m in measures.held_out.items()
    ]
    return [first, *lines, ""]


def _line(
    name: str,
    model: Measure,
    words: Measure | None,
) -> str:
    by_words = (
        f"{_share(words.precision)} at {_share(words.coverage)}"
        if words
        else "nothing proposed"
    )
    return f"{_counts(name, model)}  by words alone {by_words}"


def _counts(name: str, model: Measure) -> str:
    return (
        f"{name:<22} records {model.asked:>3}  proposed {model.proposed:>3}  right {model.right:>3}  "
        f"precision {_share(model.precision)}  coverage {_share(model.coverage)}"
    )


def _share(value: float | None) -> str:
    return "   –" if value is None else f"{value:4.0%}"


def _told(found: Measured) -> dict[str, Any]:
    def rows(measures: dict[str | None, Measure]) -> list[dict[str, Any]]:
        return [
            asdict(m) | {"precision": m.precision, "coverage": m.coverage}
            for m in measures.values()
        ]

    records = reader.projects()
    return {
        "records": found.records,
        "learnt": found.learnt,
        "model": rows(found.model),
        "words_alone": rows(found.words),
        "read": found.read,
        "held_out": rows(found.held_out),
        "without_theme": found.without_theme,
        "proposed_for": found.proposed_for,
        "states": {s: held.records for s, held in shares(records).items()},
        "states_if_accepted": {
            s: held.records
            for s, held in shares(as_if_accepted(records)).items()
        },
    }
