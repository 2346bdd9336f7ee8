"""The one sentence that a place's verdicts say together: Home opens with it, and so does the pack of a
meeting.
"""

from __future__ import annotations

from collections.abc import Mapping

from clearlink.report.voice import Voice
from clearlink.rules.codes import Verdict
from clearlink.rules.link.two_questions import groups
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse.reader import Row, Rows


def is_mostly_unknown(rows: Rows) -> bool:
    """Whether nine in ten of some records cannot be assessed: a map or a count of verdicts then says
    nothing, and what opens a page is what is known, silent and never recorded.
    """
    unassessed = sum(1 for r in rows if r["verdict"] == Verdict.CANNOT_ASSESS)
    return 10 * unassessed >= 9 * len(rows) > 0


def opening_finding(
    say: Voice,
    place: str,
    counts: Mapping[str, Row],
    rows: Rows,
) -> str:
    """What the verdicts of a place say, or where nearly none can be had, what its records hold.

    `counts`: verdict → projects, year_gbp, without_value; `rows`: answers of `reader.projects`.
    """
    if is_mostly_unknown(rows):
        return record_finding(say, place, rows)
    return verdict_finding(say, place, counts)


def record_finding(
    say: Voice,
    place: str,
    rows: Rows,
) -> str:
    """What is known, silent, waited for and never recorded, in one sentence; shorter where nothing is silent
    or waits.
    """
    sums = groups(rows)
    where = say.in_place(place)
    told = {name: say.number(held.records) for name, held in sums.items()}
    first = {
        "place": sentence_start(where),
        "n": len(rows),
    }
    if sums["silent"].records or sums["waiting"].records or not rows:
        return say("standing.finding", **first, **told)
    return say(
        "standing.finding_short",
        **first,
        known=told["known"],
        unrecorded=told["unrecorded"],
    )


def verdict_finding(
    say: Voice,
    place: str,
    counts: Mapping[str, Row],
) -> str:
    """What the verdicts of a place say together. `counts`: verdict → projects, year_gbp (of the financial
    year of the build), without_value.
    """
    start = say.in_place(place)
    start = sentence_start(start)
    total = sum(row["projects"] for row in counts.values())
    no_link, cannot = (
        counts.get(Verdict.NO_LINK_SHOWN),
        counts[Verdict.CANNOT_ASSESS]["projects"]
        if Verdict.CANNOT_ASSESS in counts
        else 0,
    )
    if total == 0:
        return say("home.finding_none", place=start)
    if no_link:
        known = {
            "place": start,
            "n": no_link["projects"],
            "total": say.number(total),
        }
        # a sum that nobody stated is not £0
        if no_link["without_value"] == no_link["projects"]:
            return say("home.finding_unvalued", **known)
        return say(
            "home.finding",
            **known,
            money=_money(say, no_link),
        )
    # what nobody could test is no good news
    if cannot == total:
        return say("home.finding_all_unknown", place=start, n=total)
    if cannot:
        return (
            say(
                "home.finding_unknown",
                place=start,
                n=cannot,
                total=say.number(total),
            )
            + " "
            + say("home.finding_rest", n=total - cannot)
        )
    return say("home.finding_all_linked", place=start, n=total)


def _money(say: Voice, held: Row) -> str:
    return say.sum_in_year(
        held["year_gbp"],
        held["projects"],
        held["without_value"],
    )
