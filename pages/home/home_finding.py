"""The one sentence that Home opens with."""

from __future__ import annotations

from collections.abc import Mapping

from clearlink.rules.codes import Verdict
from clearlink.warehouse.reader import Row
from pages.frame.speech import Speech


def home_finding(say: Speech, place: str, counts: Mapping[str, Row]) -> str:
    """What the verdicts of a place say together. `counts`: verdict → projects, year_gbp (of the financial
    year of the build), without_value.
    """
    start = say.in_place(place)
    start = start[:1].upper() + start[1:]
    total = sum(row["projects"] for row in counts.values())
    no_link, cannot = (
        counts.get(Verdict.NO_LINK_SHOWN),
        counts[Verdict.CANNOT_ASSESS]["projects"] if Verdict.CANNOT_ASSESS in counts else 0,
    )
    if total == 0:
        return say("home.finding_none", place=start)
    if no_link:
        known = {"place": start, "n": no_link["projects"], "total": say.number(total)}
        # a sum that nobody stated is not £0
        if no_link["without_value"] == no_link["projects"]:
            return say("home.finding_unvalued", **known)
        return say("home.finding", **known, money=say.money_in_year(no_link["year_gbp"]))
    # what nobody could test is no good news
    if cannot == total:
        return say("home.finding_all_unknown", place=start, n=total)
    if cannot:
        return (
            say("home.finding_unknown", place=start, n=cannot, total=say.number(total))
            + " "
            + say("home.finding_rest", n=total - cannot)
        )
    return say("home.finding_all_linked", place=start, n=total)
