"""Whether the funding lines of each project add up to its money of the year, said where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clearlink.rules.codes import ValueKind
from clearlink.rules.dates import financial_year_bounds
from clearlink.rules.funding import LinesState, lines_state
from clearlink.rules.money import annual_value_pence, to_pence
from clearlink.words.numbers import gbp
from etl.records import FundingLine, Problem, Project, Severity
from etl.sources.registers.register_problems import problem


def lines_that_do_not_add_up(
    lines: Sequence[FundingLine], projects: Iterable[Project]
) -> list[Problem]:
    """One warning for each project and year whose lines come to another sum, at its first line."""
    by_year: dict[tuple[str, str], list[FundingLine]] = {}
    for line in lines:
        by_year.setdefault(
            (line.project_id, line.financial_year),
            [],
        ).append(line)
    known: Mapping[str, Project] = {p.project_id: p for p in projects}
    problems = []
    for (project_id, year), listed in by_year.items():
        in_lines = sum(to_pence(line.amount_gbp) for line in listed)
        pence = (
            project_pence(known[project_id], year)
            if project_id in known
            else None
        )
        state = lines_state(in_lines, pence)
        if state is not LinesState.ADDS_UP:
            problems.append(
                _told(
                    listed[0],
                    year,
                    in_lines,
                    pence,
                )
            )
    return problems


def project_pence(project: Project, year: str) -> int | None:
    """The project's money of a financial year by its register; None where it states none or does not run
    in it.
    """
    is_yearly = project.value_kind == ValueKind.YEARLY
    if (
        project.annual_value_gbp is None
        or not is_yearly
        or project.start_date is None
    ):
        return None
    first, last = financial_year_bounds(year)
    if project.start_date > last or (
        project.end_date is not None and project.end_date < first
    ):
        return None
    return annual_value_pence(
        to_pence(project.annual_value_gbp),
        project.start_date,
        project.end_date,
        year,
    )


def _told(
    line: FundingLine,
    year: str,
    in_lines: int,
    pence: int | None,
) -> Problem:
    file, _, row = line.source_ref.rpartition(", row ")
    code = "lines_without_value" if pence is None else "lines_do_not_add_up"
    facts = {
        "lines": gbp(in_lines / 100),
        "year": year,
    }
    if pence is not None:
        facts["value"] = gbp(pence / 100)
    return problem(
        code,
        file,
        severity=Severity.WARNING,
        row=int(row),
        column="amount_gbp",
        **facts,
    )
