"""Clusters of Communities First on their way into a build: over all lists together no part of a small area
lies in two of them, and each becomes an area that can be chosen and drawn.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from clearlink.folders import CATALOGUE
from clearlink.rules.programmes.measures import CLUSTER_SHARE
from etl.build.intake import Intake
from etl.directory import folded
from etl.records import Area, AreaLink, Problem, ProgrammeReturn, Severity
from etl.sources.registers.register_problems import problem

KIND: Final = "CLUSTER"
PREFIX: Final = "CF_"
LONGEST_CODE: Final = 48
PROGRAMME: Final = "communities_first"
# shares are written to a few places; three thirds may add to a hair over 1
ROUNDING: Final = 1e-6


def in_one_spelling(
    rows: Iterable[ProgrammeReturn], earlier: Iterable[ProgrammeReturn]
) -> list[ProgrammeReturn]:
    """The rows with each cluster's name as an earlier file spelt it."""
    first = {
        folded(r.part): r.part for r in earlier if r.measure_id == CLUSTER_SHARE
    }
    return [
        replace(
            r,
            part=first.get(
                folded(r.part),
                r.part,
            ),
        )
        if r.measure_id == CLUSTER_SHARE
        else r
        for r in rows
    ]


def lists_replaced(
    given: Sequence[ProgrammeReturn], earlier: Iterable[ProgrammeReturn]
) -> dict[tuple[str, str], Problem]:
    """(cluster, period) of each list of an earlier file that a list of this one takes the place of, with what
    is said of it: shares of two lists would be a place that neither names. An example takes no real one's.
    """
    before, now = _lists(earlier), _lists(given)
    return {
        key: _replaced(rows, before[key])
        for key, rows in now.items()
        if key in before
        and _shares(rows) != _shares(before[key])
        and _is_real(rows) >= _is_real(before[key])
    }


def list_of(row: ProgrammeReturn) -> tuple[str, str] | None:
    """The list, as cluster and period, that a row belongs to; None where it is of none."""
    if row.measure_id != CLUSTER_SHARE:
        return None
    return row.part, row.period


def _lists(
    rows: Iterable[ProgrammeReturn],
) -> dict[tuple[str, str], list[ProgrammeReturn]]:
    lists: dict[tuple[str, str], list[ProgrammeReturn]] = defaultdict(list)
    for row in rows:
        if (key := list_of(row)) is not None:
            lists[key].append(row)
    return lists


def _shares(rows: Iterable[ProgrammeReturn]) -> dict[str, float | None]:
    return {r.area_code: r.value for r in rows}


def _is_real(rows: Iterable[ProgrammeReturn]) -> bool:
    return not any(r.is_illustrative for r in rows)


def _replaced(
    rows: Sequence[ProgrammeReturn], before: Sequence[ProgrammeReturn]
) -> Problem:
    return _said_of_list(
        "cluster_list_replaced",
        rows,
        earlier=before[0].cell,
    )


def _said_of_list(
    code: str, rows: Sequence[ProgrammeReturn], **facts: str
) -> Problem:
    """What is to be known of a list that stands as it is."""
    file, number = rows[0].cell.rsplit(", row ", 1)
    return problem(
        code,
        file,
        severity=Severity.WARNING,
        row=int(number),
        column="value",
        cluster=rows[0].part,
        period=rows[0].period,
        **facts,
    )


@cache
def stood() -> tuple[date, date]:
    """First and last day of the programme, and so of its clusters."""
    with (CATALOGUE / "programmes.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        row = next(
            r for r in csv.DictReader(file) if r["programme_id"] == PROGRAMME
        )
    return (
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_to"]),
    )


def settle_clusters(intake: Intake) -> None:
    """Leaves out, whole, each list that takes more of a small area than the others leave of it, and makes the
    rest areas with their days.
    """
    newest = _newest_lists(intake.programme_returns)
    intake.problems += _worth_saying(newest)
    newest = _without_empty(newest)
    refused = _of_two_authorities(newest, intake.areas)
    one_place = {c: of for c, of in newest.items() if c not in refused}
    refused |= _overfull(one_place)
    intake.problems += [p for each in refused.values() for p in each]
    intake.programme_returns = [
        r
        for r in intake.programme_returns
        if r.measure_id != CLUSTER_SHARE or r.part not in refused
    ]
    standing = {c: of for c, of in newest.items() if c not in refused}
    _add_areas(intake, standing)


def _of_two_authorities(
    lists: dict[str, list[ProgrammeReturn]], areas: Iterable[Area]
) -> dict[str, list[Problem]]:
    """Cluster → what is wrong with its list where it names small areas of several authorities: a cluster lay
    in one, and two may bear one name.
    """
    authority = {a.area_code: a.la_code for a in areas if a.la_code}
    wrong: dict[str, list[Problem]] = {}
    for cluster, rows in lists.items():
        named = {
            authority[r.area_code] for r in rows if r.area_code in authority
        }
        if len(named) > 1:
            file, number = rows[0].cell.rsplit(", row ", 1)
            wrong[cluster] = [
                problem(
                    "cluster_of_two",
                    file,
                    row=int(number),
                    column="part",
                    cluster=cluster,
                    authorities=", ".join(sorted(named)),
                )
            ]
    return wrong


def _add_areas(intake: Intake, lists: dict[str, list[ProgrammeReturn]]) -> None:
    """An area of the build for each cluster whose small areas all stand today."""
    known = {a.area_code: a for a in intake.areas if a.area_type == "LSOA21"}
    taken = {a.area_code for a in intake.areas}
    for cluster, rows in lists.items():
        gone = [r for r in rows if r.area_code not in known]
        if gone:
            intake.problems.append(_no_area(cluster, gone))
            continue
        code = _free_code(cluster, taken)
        taken.add(code)
        _add_area(intake, code, rows, known)


def _newest_lists(
    rows: Iterable[ProgrammeReturn],
) -> dict[str, list[ProgrammeReturn]]:
    """Cluster → the rows of its newest list, the newest lists first and files in their order. A list of
    noughts is a list: the cluster took in nothing any more.
    """
    lists: dict[str, list[ProgrammeReturn]] = defaultdict(list)
    for row in rows:
        if row.measure_id == CLUSTER_SHARE and row.value is not None:
            lists[row.part].append(row)
    newest = {cluster: _newest(of) for cluster, of in lists.items()}
    in_order = sorted(
        newest,
        key=lambda cluster: newest[cluster][0].period,
        reverse=True,
    )
    return {cluster: newest[cluster] for cluster in in_order}


def _without_empty(
    newest: dict[str, list[ProgrammeReturn]],
) -> dict[str, list[ProgrammeReturn]]:
    """The lists with the small areas that lie in them; those that hold none are no places."""
    held = {c: [r for r in rows if r.value] for c, rows in newest.items()}
    return {c: rows for c, rows in held.items() if rows}


def _worth_saying(
    newest: dict[str, list[ProgrammeReturn]],
) -> list[Problem]:
    """Lists that hold nothing, and lists of a year in which the programme did not run."""
    since, until = stood()
    days = {"since": since.isoformat(), "until": until.isoformat()}
    problems: list[Problem] = []
    for rows in newest.values():
        first = int(rows[0].period[:4])
        if not any(r.value for r in rows):
            problems.append(_said_of_list("cluster_empty", rows))
        elif not since <= date(first, 4, 1) <= until:
            problems.append(_said_of_list("cluster_out_of_days", rows, **days))
    return problems


def _newest(rows: Sequence[ProgrammeReturn]) -> list[ProgrammeReturn]:
    last = max(r.period for r in rows)
    return [r for r in rows if r.period == last]


def _overfull(
    newest: dict[str, list[ProgrammeReturn]],
) -> dict[str, list[Problem]]:
    """Cluster → what is wrong with its list beside the lists that stand before it."""
    standing: dict[str, list[ProgrammeReturn]] = defaultdict(list)
    refused: dict[str, list[Problem]] = {}
    for cluster, rows in newest.items():
        wrong = [
            _too_much(
                row,
                standing[row.area_code],
            )
            for row in rows
            if _total(
                row,
                standing[row.area_code],
            )
            > 1 + ROUNDING
        ]
        if wrong:
            refused[cluster] = wrong
            continue
        for row in rows:
            standing[row.area_code].append(row)
    return refused


def _total(row: ProgrammeReturn, before: Sequence[ProgrammeReturn]) -> float:
    return sum(r.value or 0.0 for r in [*before, row])


def _too_much(
    row: ProgrammeReturn, before: Sequence[ProgrammeReturn]
) -> Problem:
    file, number = row.cell.rsplit(", row ", 1)
    others = ", ".join(
        f"{r.part} {r.value:g} ({r.period}; {r.cell})" for r in before
    )
    return problem(
        "cluster_overfull",
        file,
        row=int(number),
        column="value",
        cluster=row.part,
        share=f"{row.value:g}",
        area=row.area_code,
        others=others,
        total=f"{_total(row, before):g}",
    )


def _no_area(cluster: str, gone: Sequence[ProgrammeReturn]) -> Problem:
    """A cluster whose list names areas of 2011 that no longer exist: its figures stand, it is no place."""
    file, number = gone[0].cell.rsplit(", row ", 1)
    return problem(
        "cluster_no_area",
        file,
        severity=Severity.WARNING,
        row=int(number),
        column="area_code",
        cluster=cluster,
        areas=", ".join(r.area_code for r in gone),
    )


def _free_code(cluster: str, taken: Iterable[str]) -> str:
    """“Cwm Uchaf” → CF_CWM_UCHAF; a number follows where another area has that code."""
    slug = re.sub(
        r"[^A-Z0-9]+",
        "_",
        folded(cluster).upper(),
    ).strip("_")
    code = f"{PREFIX}{slug or 'CLUSTER'}"[: LONGEST_CODE - 3]
    codes = [
        code,
        *(f"{code}_{n}" for n in range(2, 100)),
    ]
    return next(c for c in codes if c not in taken)


def _add_area(
    intake: Intake,
    code: str,
    rows: Sequence[ProgrammeReturn],
    known: dict[str, Area],
) -> None:
    authorities = {known[r.area_code].la_code for r in rows}
    name = rows[0].part
    intake.areas.append(
        Area(
            code,
            KIND,
            name,
            name,
            la_code=authorities.pop() if len(authorities) == 1 else None,
            vintage=f"list of {rows[0].period}",
            is_illustrative=any(r.is_illustrative for r in rows),
        )
    )
    intake.links += [
        AreaLink(
            r.area_code,
            code,
            KIND,
            r.value or 0.0,
            *stood(),
        )
        for r in rows
    ]
