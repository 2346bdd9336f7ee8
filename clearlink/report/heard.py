"""Who was listened to for each running record of a place, and how its decision stands to what they said."""

from __future__ import annotations

from dataclasses import dataclass

from clearlink.rules.followed import Followed, followed, highest_level
from clearlink.warehouse import plans
from clearlink.warehouse.reader import Row, once_a_build


@dataclass(frozen=True, slots=True)
class Heard:
    """A running record with everybody who was listened to for it: how its decision stands to what they
    said.
    """

    row: Row
    stages: tuple[str, ...]
    level: str | None
    followed: Followed
    records: int


@once_a_build
def heard_of(place: str) -> tuple[Heard, ...]:
    """Every running record of a place, once."""
    by_project: dict[str, list[Row]] = {}
    for r in plans.listening(place):
        by_project.setdefault(
            r["project_id"],
            [],
        ).append(r)
    return tuple(_heard(rows) for rows in by_project.values())


def _heard(rows: list[Row]) -> Heard:
    listed = [r for r in rows if r["is_record"] is not None]
    return Heard(
        rows[0],
        tuple(dict.fromkeys(r["stage"] for r in listed if r["stage"])),
        highest_level(r["level"] for r in listed),
        followed(
            rows[0]["decision_date"],
            [(r["held_until"], bool(r["is_changed"])) for r in listed],
        ),
        len(listed),
    )
