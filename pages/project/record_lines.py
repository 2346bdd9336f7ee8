"""Who pays a project and under which programmes, by its funding lines, and whether they add up."""

from __future__ import annotations

from clearlink.warehouse import plans
from clearlink.words import numbers
from pages.frame.speech import Speech


def paid_by(say: Speech, project_id: str) -> str:
    """The lines of the newest year that has any, in a sentence; empty where no line is loaded."""
    lines = plans.funding_lines(project_id)
    if not lines:
        return ""
    year = lines[0]["financial_year"]
    newest = [line for line in lines if line["financial_year"] == year]
    parts = [
        say(
            "plans.lines.line",
            funder=line["funder"],
            programme=say.programme(line["programme_id"]),
            money=numbers.gbp(line["amount_gbp"]),
        )
        for line in newest
    ]
    told = say(
        f"plans.lines.{newest[0]['lines_state']}",
        lines=numbers.gbp(newest[0]["lines_gbp"]),
        year=year,
    )
    return f"{'; '.join(parts)}. {told}"
