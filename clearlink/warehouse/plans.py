"""Questions about plans, the set of projects as a whole, who is paid, and who was listened to.

Each function answers plain rows, as those of clearlink.warehouse.reader do, under the same scope.
"""

from __future__ import annotations

from datetime import date

from clearlink.rules.codes import WALES
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows, once_a_build


def documents_of_place(place: str) -> Rows:
    """Assessments and plans that cover a place, with how each stands and how many engagements are behind
    it.
    """
    return reader.answer("documents_of_place", place=place)


def priorities_of_place(place: str) -> Rows:
    """Needs that the assessments of a place name, with the engagements each rests on."""
    return reader.answer("priorities_of_place", place=place)


def actions_of_place(place: str) -> Rows:
    """Actions of the plans of a place, with how each stands on the day of the build."""
    return reader.answer("actions_of_place", place=place)


def projects_in_tree(place: str) -> Rows:
    """Projects that cite a priority of a place, or that an action of its plans names."""
    return reader.answer("projects_in_tree", place=place)


def assessment_quality(place: str) -> Rows:
    """What is held of each assessment of a place, for the checklist of its quality."""
    return reader.answer("assessment_quality", place=place)


def assessment_checks(place: str) -> Rows:
    """What people read in the assessments of a place, or saw at engagements for them."""
    return reader.answer("assessment_checks", place=place)


def coherent_set(place: str = WALES) -> Rows:
    """Records of a place that run or begin later, by theme, with tier, days, programmes and money (£) of
    the year.
    """
    return reader.answer("coherent_set", place=place)


@once_a_build
def theme_registers(place: str = WALES) -> dict[str, Row]:
    """Theme → in how many authorities of a place a register of one of its programmes is loaded (`loaded`), of
    how many (`authorities`), and records there without dates (`undated`).
    """
    return {
        r["theme_id"]: r for r in reader.answer("theme_registers", place=place)
    }


@once_a_build
def undated_squares(place: str = WALES) -> frozenset[tuple[str, str]]:
    """Theme and programme of each record of a place that has no dates, and so may run."""
    return frozenset(
        (r["theme_id"], r["programme_id"])
        for r in reader.answer("undated_squares", place=place)
    )


@once_a_build
def programmes_known(place: str = WALES) -> frozenset[str]:
    """Programmes of which a register is loaded in every authority of a place."""
    return frozenset(
        r["programme_id"]
        for r in reader.answer("programme_registers", place=place)
        if r["loaded"] == r["authorities"]
    )


def left_if_ended(place: str, day: date) -> Rows:
    """What goes on after the records of a place that end by a day, by theme and authority, with people in
    need.
    """
    return reader.answer("left_if_ended", place=place, day=day)


def lineage_money(place: str = WALES) -> Rows:
    """Money (£) that lies in a place by programme and financial year, in every year that is known."""
    return reader.answer("lineage_money", place=place)


@once_a_build
def programme_lineage() -> tuple[Row, ...]:
    """Which programme followed which, from what day, and why."""
    return tuple(reader.answer("programme_lineage"))


def funding_lines(project_id: str | None = None) -> Rows:
    """Funding lines of a project or of all, with how they stand to its money of their year."""
    return reader.answer("funding_lines", project_id=project_id)


def funding_shares() -> dict[str, dict[str | None, float]]:
    """Project → programme → its share (0 to 1) of the project's money of the year, where it has lines."""
    shares: dict[str, dict[str | None, float]] = {}
    for row in reader.answer("funding_shares"):
        shares.setdefault(
            row["project_id"],
            {},
        )[row["programme_id"]] = row["share"]
    return shares


def paid_providers(place: str = WALES) -> Rows:
    """Running records of a place with who is paid, of what sector, and the money (£) of the year there."""
    return reader.answer("paid_providers", place=place)


def concentration(place: str = WALES) -> Row:
    """How concentrated the money of the year in a place is by provider: HHI, share of the five largest."""
    return reader.answer("concentration", place=place)[0]


def voluntary_councils(place: str = WALES) -> Rows:
    """The county voluntary councils of the authorities of a place."""
    return reader.answer("voluntary_councils", place=place)


def listening(place: str = WALES) -> Rows:
    """Engagements behind each running record of a place, one row without any where there is none."""
    return reader.answer("listening", place=place)
