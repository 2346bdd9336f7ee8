"""The sentence that an area's page and its brief open with."""

from __future__ import annotations

from clearlink.report.voice import Voice
from clearlink.warehouse.reader import Row, Rows


def area_finding(
    say: Voice,
    area: Row,
    needs: Rows,
    reaching: Rows,
) -> str:
    """On which theme need is highest here, and how many running projects reach it. `needs`: one row a theme.

    An area that is in the needier half of its kind on no theme has no theme on which its need is high, and is
    not told that one is highest.
    """
    ranked = [n for n in needs if n["rank"] is not None]
    if not ranked:
        return say(
            "area.finding_no_need",
            area=say.of(area),
        )
    top = min(
        ranked,
        key=lambda n: n["rank"] / n["rank_of"],
    )
    is_high = 2 * top["rank"] <= top["rank_of"]
    return say(
        "area.finding" if is_high else "area.finding_low",
        area=say.of(area),
        theme=say.of(top, "theme"),
        rank=say.rank(
            top["rank"],
            top["rank_of"],
        ),
        n=running_of(reaching),
    )


def running_of(reaching: Rows) -> int:
    """How many of the projects that reach an area run on the day of the build."""
    return sum(p["time_state"] == "running" for p in reaching)
