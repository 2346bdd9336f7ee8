"""What Home counts, and the way to exactly what it counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from clearlink.rules.codes import Basis, Verdict
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.desk.problem_view import refused_rows
from pages.frame.choices import Choices, address
from pages.frame.said import Said
from pages.gaps.overlap_list import Duplicates, duplicates_of
from pages.voices.answers_owed import heard

# every record stands in one of these, so that they add up to all
OF_VERDICTS: Final = {
    "no_link": Verdict.NO_LINK_SHOWN,
    "partial": Verdict.PARTIAL,
    "clear": Verdict.CLEAR,
    "cannot": Verdict.CANNOT_ASSESS,
}


@dataclass(frozen=True, slots=True)
class Counter:
    """A number (None where nothing is loaded to count) and its way in: a page with the query of its link,
    or "#place on this page".
    """

    name: str
    number: int | None
    way: str
    query: Mapping[str, str] = field(default_factory=dict)


def _signs_counter(rows: Rows) -> Counter:
    """Records with a sign, and the way to their list."""
    return Counter(
        "signs",
        sum(bool(r["signs"]) for r in rows),
        "projects",
        address(
            sign="any",
            square="",
            verdict="",
            project="",
            words="",
            basis=Basis.AT_DECISION,
        ),
    )


def home_counters(
    chosen: Choices,
    counts: Mapping[str, Row],
    rows: Rows,
    orphans: Rows | None,
    expiring: Rows | None,
    voices: Sequence[Said] | None,
) -> tuple[Counter, ...]:
    """The counters of a view. `counts`: verdict → projects; `rows`: its records; `orphans` and `expiring`
    are the rows further down on Home, None where none is loaded; `voices` what people said, None where that
    cannot be read.
    """
    duplicates = duplicates_of(
        chosen.place,
        chosen.theme,
        chosen.programme,
    )
    refused = refused_rows(reader.problems(), "register")
    return (
        *(
            _verdict_counter(name, verdict, counts)
            for name, verdict in OF_VERDICTS.items()
        ),
        Counter(
            "orphans", None if orphans is None else len(orphans), "#orphans"
        ),
        Counter(
            "duplicates",
            _count(duplicates),
            "gaps",
            _pairs(chosen),
        ),
        _signs_counter(rows),
        Counter(
            "overdue",
            None if voices is None else len(heard(voices, "overdue")),
            "voices",
            {**address(), "heard": "overdue"},
        ),
        Counter(
            "expiring", None if expiring is None else len(expiring), "#expiring"
        ),
        Counter(
            "refused",
            len(refused),
            "data_and_method",
            {**address(), "tab": "refused", "rows": "register"},
        ),
    )


def _verdict_counter(
    name: str,
    verdict: str,
    counts: Mapping[str, Row],
) -> Counter:
    number = counts[verdict]["projects"] if verdict in counts else 0
    # Home counts verdicts as at the decision, whatever words or basis another page was left with
    return Counter(
        name,
        number,
        "projects",
        address(
            verdict=verdict,
            square="",
            sign="",
            project="",
            words="",
            basis=Basis.AT_DECISION,
        ),
    )


def _count(found: Duplicates) -> int | None:
    """None where no two records could be held against each other, which is not the same as no duplicate."""
    number = len(found.pairs) + len(found.twice)
    return number if number or found.comparable > 1 else None


def _pairs(chosen: Choices) -> dict[str, str]:
    return {
        **address(project=""),
        "tab": "overlap",
        "pairs": "one" if chosen.theme else "all",
    }
