"""What our exports say beyond the standards, so that a register that goes out and comes back is equal.

Each published grant, contracting process or service carries an object under `KEY` with the template columns
that its standard has no field for. What the standard can say is said in the standard's own fields and never
repeated.
"""

from __future__ import annotations

from datetime import date
from typing import Final

KEY: Final = "clearlink"
CITATIONS: Final = "citations"
GRANT_PREFIX: Final = "360G-clearlink-"
# Not a registered prefix: a publisher puts its own in its place.
OCID_PREFIX: Final = "ocds-clrlnk-"
STATED_THEMES: Final = "Clear Link themes, stated"
DERIVED_THEMES: Final = "Clear Link themes, derived"
NOT_STATED: Final = "Not stated / Heb ei nodi"
DAYS_A_MONTH: Final = 30.4375
# Columns of one citation, as the register template names them.
CITATION_COLUMNS: Final = (
    "priority_id",
    "priority_page",
    "quotation",
    "stated_on",
    "sighted_by",
)


def prefixed(
    project_id: str,
    prefix: str,
    scheme: str,
) -> str:
    """The project's identifier in a standard: its own where it is one of that standard already, else behind
    our prefix.

    One that begins with our prefix by itself is prefixed again, so that taking the prefix off always gives
    the project back.
    """
    return (
        project_id
        if project_id.startswith(scheme) and not project_id.startswith(prefix)
        else prefix + project_id
    )


def years_of(
    start: date | None,
    end: date | None,
    months: float | None = None,
) -> float | None:
    """How many years a total is spread over: whole months, and never less than one year; None where nothing
    says.

    An award for less than a year counts in full: stretching it to a year would invent money.
    """
    if months is None:
        if start is None or end is None or end < start:
            return None
        months = round(((end - start).days + 1) / DAYS_A_MONTH)
    return max(1.0, months / 12)


def annual_gbp(total_gbp: float, years: float) -> float:
    """Pounds a year from a total, to the penny."""
    return round(total_gbp / years, 2)


def total_gbp(annual: float, years: float | None) -> float:
    """The total that pounds a year come to, to the penny; one year's where the length is not known."""
    return round(
        annual * (years or 1.0),
        2,
    )


def annual_as_stated(
    written: str,
    stated: float | None,
    total: float | None,
    years: float | None,
) -> str:
    """Pounds a year of an export of ours that comes back: as it was written where its total is still that
    of the standard's own field, which somebody may have changed; else from that total, empty without one.
    """
    if total is None:
        return ""
    is_as_it_was = (
        stated is not None and abs(total_gbp(stated, years) - total) < 0.01
    )
    return written if is_as_it_was else f"{annual_gbp(total, years or 1.0):.2f}"
