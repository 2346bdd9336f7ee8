"""The one place where sources and the build meet: what is read, in which order, and what becomes of it.

Three kinds of build: the embedded sample; a mirror folder that stands in for the publishers; the publishers'
own sites.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.rules.link.declared_themes import declared_themes
from clearlink.rules.settings import Settings
from clearlink.warehouse.file_note import previous_file
from clearlink.warehouse.law import catalogue_law
from clearlink.warehouse.withdrawn import withdrawn_file, withdrawn_ids
from etl.build import builder
from etl.build.builder import Built, Progress
from etl.build.intake import Intake, ProjectTheme, RowCount
from etl.build.lists import catalogue_rows
from etl.build.real_records import keep_real
from etl.build.settled import SettlingStopped
from etl.directory import Directory
from etl.pipeline import register_ledger
from etl.pipeline.areas_governed import (
    add_partnerships,
    partnership_files,
    read_partnerships,
)
from etl.pipeline.funding import lines_that_do_not_add_up
from etl.pipeline.kept_files import (
    RegisterFile,
    kept_registers,
    register_files,
    register_id_of,
)
from etl.pipeline.money import add_money, allocation_files
from etl.pipeline.one_thing_twice import (
    add_duplicates,
    settled_pairs,
    sorted_pairs,
)
from etl.pipeline.own_figures import add_own_figures
from etl.pipeline.programme_returns import add_returns, serve_returns
from etl.pipeline.register import Names, file_label, read_register_set
from etl.records import (
    Area,
    AreaLink,
    Problem,
    Project,
    Register,
    Severity,
    SourceProblem,
)
from etl.sources.registers.register_problems import problem

SAMPLE_REGISTERS: Final = (
    "assessments.csv",
    "priorities.csv",
    "register.csv",
    "citations.csv",
    "programme_returns.csv",
    "plans.csv",
    "plan_actions.csv",
    "funding_lines.csv",
    "assessment_checks.csv",
    "flying_start_council_papers.csv",
)
# What stands in the public record, read and reviewed for the project: real, and part of every build.
REAL_LISTS: Final = (
    "assessments.csv",
    "priorities.csv",
    "engagements.csv",
    "public_record.csv",
)
PAPERS: Final = "flying_start_council_papers.csv"


def settings() -> Settings:
    """The thresholds of the build that is made now: the catalogue's."""
    return catalogue_law()


def build_sample(registers: Sequence[Path], progress: Progress) -> Built:
    """Builds from the embedded sample and any registers given. No network, no geometry work: seconds."""
    from etl.pipeline.sample import (
        sample_intake,
    )  # the sample's reader is needed for the sample only

    files = [
        *(
            folders.SAMPLE / name
            for name in SAMPLE_REGISTERS
            if (folders.SAMPLE / name).exists()
        ),
        *kept_registers(),
        *registers,
    ]
    inputs = [
        *sorted(p for p in folders.SAMPLE.rglob("*") if p.is_file()),
        *files,
    ]
    return _build(
        "sample",
        inputs,
        lambda: sample_intake(folders.SAMPLE),
        [
            *real_lists(),
            *register_files(files),
        ],
        progress,
        ours=[*kept_registers(), *registers],
    )


def build_published(
    registers: Sequence[Path],
    as_of: date,
    progress: Progress,
    kind: str = "official",
) -> Built:
    """Builds from the snapshots that were fetched, the council papers, and any registers given."""
    from etl.pipeline.published import (
        postcode_links,
        published_intake,
        published_registers,
        snapshot_files,
    )

    theirs = published_registers()
    ours = [*kept_registers(), *registers]
    files: list[RegisterFile] = [*real_lists(), *theirs]
    files += [] if theirs else [(folders.SAMPLE / PAPERS, PAPERS)]
    files += register_files(ours)
    return _build(
        kind,
        [*snapshot_files(), *ours],
        lambda: published_intake(kind, as_of, progress),
        files,
        progress,
        as_of,
        postcode_links,
        ours=ours,
    )


def _build(
    kind: str,
    inputs: Sequence[Path],
    read: Callable[[], Intake],
    registers: Sequence[RegisterFile],
    progress: Progress,
    as_of: date | None = None,
    postcodes: Callable[[], Sequence[AreaLink]] = tuple,
    ours: Sequence[Path] = (),
) -> Built:
    """Builds and serves a warehouse of what `read` answers and the registers; the one that is served stands
    where it was made from the same bytes.
    """
    served_file = folders.warehouse_file()
    wanted = input_hash(
        kind,
        _made_from(inputs, served_file),
        as_of,
        sorted_pairs(settled_pairs()),
    )
    served = builder.served_build(served_file)
    if served and served.get("input_hash") == wanted:
        _keep_real(served_file)
        return Built(
            str(served["build_id"]),
            str(served["content_hash"]),
            {},
            0.0,
            unchanged=True,
        )
    intake = read()
    _leave_out_withdrawn(intake, served_file)
    add_partnerships(intake)
    add_money(intake, from_snapshots=kind != "sample")
    intake.postcodes = list(postcodes())
    added = add_registers(intake, registers, intake.postcodes)
    left_out = _left_out(intake, added, ours)
    built = builder.build(
        intake,
        settings(),
        wanted,
        progress,
    )
    forget_words_before(served_file)
    _keep_real(served_file)
    return replace(built, left_out=left_out)


def _made_from(inputs: Sequence[Path], served_file: Path) -> list[Path]:
    """Every file that a build's content depends on, beside the catalogue and the code."""
    beside = (
        folders.data_folder() / register_ledger.FILE,
        withdrawn_file(served_file),
    )
    known = [path for path in beside if path.is_file()]
    return [
        *inputs,
        *known,
        *partnership_files(),
        *allocation_files(),
    ]


def _leave_out_withdrawn(intake: Intake, served_file: Path) -> None:
    withdrawn = withdrawn_ids(served_file)
    intake.statements = [
        s for s in intake.statements if s.statement_id not in withdrawn
    ]


def forget_words_before(served_file: Path) -> None:
    """The build before is kept for the day this one is damaged; not where it holds words that were
    withdrawn since.
    """
    before = previous_file(served_file)
    if before.exists() and builder.holds_statement(
        before, withdrawn_ids(served_file)
    ):
        before.unlink()


def _keep_real(served_file: Path) -> None:
    # the build is whole without it: pages then offer no choice of records, and the next build makes it
    with suppress(SettlingStopped):
        keep_real(served_file)


def _left_out(
    intake: Intake,
    read: Sequence[Register],
    ours: Sequence[Path],
) -> tuple[Problem, ...]:
    """What people gave us and this build does not hold: whole files, rows that repeat another file, rows
    accepted at import.

    The last is noted among the build's problems as well: nobody would miss a row that simply is not there.
    """
    listed, by_id = register_ledger.entries(), {r.register_id: r for r in read}
    problems: list[Problem] = []
    for path in ours:
        entry = listed.get(path.name)
        register = by_id.get(register_id_of(path))
        problems += _refused_of(
            intake,
            file_label(path.name),
            register,
        )
        if entry is None or register is None:
            continue
        short = _rows_short(
            file_label(path.name),
            entry.accepted,
            register,
        )
        if short is not None:
            intake.problems.append(short)
            problems.append(short)
    return tuple(problems)


def _refused_of(
    intake: Intake,
    name: str,
    register: Register | None,
) -> list[Problem]:
    """Why a file was refused whole, or which of its rows stand in another file."""
    refused = [
        p
        for p in intake.problems
        if p.file == name and p.severity is Severity.REFUSED
    ]
    if register is None:
        return refused
    return [p for p in refused if p.code == "project_in_other_file"]


def _rows_short(
    name: str,
    accepted: int,
    register: Register,
) -> Problem | None:
    """How many rows that were accepted at import are no longer read, beside those a later edition took
    over.
    """
    taken_over = sum(
        int(dict(p.facts)["count"])
        for p in register.problems
        if p.code == "rows_of_earlier_edition"
    )
    missing = accepted - len(register.projects) - taken_over
    if missing <= 0:
        return None
    return problem(
        "kept_rows_left_out",
        name,
        count=str(missing),
        of=str(accepted),
    )


def _names_given() -> Names:
    """What the references of each kept register are called, and which of its rows a later edition took
    over.
    """
    listed = register_ledger.entries()
    return {
        file_label(name): (
            entry.names,
            frozenset(
                ref
                for later in listed.values()
                if later.sequence > entry.sequence
                for ref in later.takes_over
            ),
        )
        for name, entry in listed.items()
    }


def real_lists() -> list[RegisterFile]:
    """The reviewed lists of real assessments, their priorities, engagements and the public record of
    commissioning.
    """
    return [
        (
            folders.CATALOGUE / name,
            f"public record, {name}",
        )
        for name in REAL_LISTS
    ]


def add_registers(
    intake: Intake,
    files: Iterable[RegisterFile],
    postcodes: Sequence[AreaLink] = (),
) -> list[Register]:
    """Reads registers against the areas of the intake and adds their rows; a refused file leaves the others
    whole.

    `postcodes` place what states only a postcode, and are searched by; they are never areas of the warehouse
    themselves.
    """
    directory = Directory.from_catalogue(
        intake.areas,
        [*intake.links, *postcodes],
    )
    registers = _registers_that_read(
        intake,
        list(files),
        directory,
    )
    lists = catalogue_rows(folders.CATALOGUE)
    for register in registers:
        intake.projects += [
            _counted_now(project, lists["programme_lineage"])
            for project in register.projects
        ]
        _add_rows(intake, register)
        intake.row_counts.append(_row_count(register))
    serve_returns(intake, directory.settings)
    intake.project_themes += project_themes(intake, lists)
    intake.problems += lines_that_do_not_add_up(
        intake.funding_lines, intake.projects
    )
    add_duplicates(intake)
    return registers


def _registers_that_read(
    intake: Intake,
    listed: list[RegisterFile],
    directory: Directory,
) -> list[Register]:
    """The registers of the files that are not refused as a whole; why the others are is told in the
    intake.
    """
    while listed:
        try:
            return read_register_set(listed, directory, _names_given())
        except SourceProblem as refusal:
            intake.problems += refusal.problems
            refused = {p.file for p in refusal.problems}
            kept = [entry for entry in listed if entry[1] not in refused]
            if len(kept) == len(listed):
                raise
            intake.row_counts += [
                RowCount(
                    name,
                    "register",
                    0,
                    0,
                    0,
                )
                for _, name in listed
                if name in refused
            ]
            listed = kept
    return []


def _add_rows(intake: Intake, register: Register) -> None:
    """Everything that a register holds beside its projects."""
    intake.public_records += register.public_records
    intake.engagements += register.engagements
    intake.plans += register.plans
    intake.plan_actions += register.plan_actions
    intake.funding_lines += register.funding_lines
    intake.assessment_checks += register.assessment_checks
    add_own_figures(intake, register)
    add_returns(intake, register)
    intake.paper_readings += register.paper_readings
    intake.need_figures += register.need_figures
    intake.assessments += register.assessments
    intake.priorities += register.priorities
    intake.citations += register.citations
    intake.area_choices += register.area_choices
    intake.problems += register.problems
    if register.observations:
        known = {area.area_code for area in intake.areas}
        measured = [o for o in register.observations if o.area_code in known]
        intake.observations.append(("council_papers", measured))


def _row_count(register: Register) -> RowCount:
    # a list of what is said of projects is counted by its rows; beside other rows they are counted with them
    of_projects = len(register.paper_readings) + len(register.need_figures)
    kept_rows = (
        register.accepted
        + (of_projects if register.standing_rows else 0)
        + sum(not choice.chosen for choice in register.area_choices)
    )
    return RowCount(
        register.register_id,
        "register",
        register.rows_read,
        kept_rows,
        _refused_rows(register.problems),
    )


def _counted_now(
    project: Project, lineage: Iterable[Mapping[str, str]]
) -> Project:
    """The project under the programme that pays for it on its day; the name that its paper prints is kept
    beside.
    """
    day = project.start_date or project.decision_date
    for step in lineage:
        follows = (
            day
            and day.isoformat() >= step["from_date"]
            and step["counts_as_successor"] == "yes"
        )
        if follows and project.programme_id == step["predecessor_id"]:
            printed = project.programme_named or step["predecessor_id"]
            return replace(
                project,
                programme_id=step["successor_id"],
                programme_named=printed,
            )
    return project


def project_themes(
    intake: Intake, lists: Mapping[str, Sequence[Mapping[str, str]]]
) -> list[ProjectTheme]:
    """The themes of every project, how each is known, and its share: equal parts where the register states
    none.
    """
    programme_themes: dict[str, list[tuple[str, str]]] = {}
    for row in lists["programme_theme"]:
        programme_themes.setdefault(
            row["programme_id"],
            [],
        ).append((row["theme_id"], row["fit"]))
    groups = {row["id"]: row["theme_id"] for row in lists["target_groups"]}
    themes: list[ProjectTheme] = []
    for project in intake.projects:
        declared = declared_themes(project, programme_themes, groups)
        for at, theme in enumerate(declared.theme_ids):
            themes.append(
                ProjectTheme(
                    project.project_id,
                    theme,
                    1 / len(declared.theme_ids),
                    str(declared.method),
                    at == 0,
                )
            )
    return themes


def input_hash(
    kind: str,
    inputs: Iterable[Path],
    as_of: date | None,
    settled: str = "",
) -> str:
    """SHA-256 over the bytes that a build is made from: sources, registers, catalogue, the statements
    themselves, and which records people have `settled` to be one thing.
    """
    whole = hashlib.sha256(f"{kind}|{as_of}{settled}".encode())
    law = [
        *folders.CATALOGUE.rglob("*"),
        *(folders.ROOT / "etl" / "build").rglob("*.sql"),
        *(folders.ROOT / "etl").rglob("*.py"),
        *(folders.ROOT / "clearlink" / "rules").rglob("*.py"),
        *(folders.ROOT / "clearlink" / "warehouse" / "sql" / "both").rglob(
            "*.sql"
        ),
    ]
    for path in [
        *sorted(p for p in law if p.is_file()),
        *inputs,
    ]:
        whole.update(path.name.encode() + b"\0")
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def has_snapshots() -> bool:
    """Whether publishers' files have been fetched."""
    return any((folders.data_folder() / "snapshots").glob("*/*.about.json"))


def current_directory() -> Directory:
    """The areas that a register is checked against: those of the snapshots where there are any, else the
    sample's.
    """
    if has_snapshots():
        from etl.pipeline.published import areas_and_links, postcode_links

        areas, links = areas_and_links()
        return _with_partnerships(
            areas,
            [*links, *postcode_links()],
        )
    from etl.sources.figures.sample import read_areas, read_links

    return _with_partnerships(
        read_areas(folders.SAMPLE), read_links(folders.SAMPLE)
    )


def _with_partnerships(areas: list[Area], links: list[AreaLink]) -> Directory:
    governed = [harvest for _, harvest in read_partnerships(areas, links)]
    return Directory.from_catalogue(
        [
            *areas,
            *(a for h in governed for a in h.areas),
        ],
        [
            *links,
            *(x for h in governed for x in h.links),
        ],
    )


def _refused_rows(problems: Iterable[Problem]) -> int:
    return len(
        {
            (p.file, p.row)
            for p in problems
            if p.severity is Severity.REFUSED and p.row is not None
        }
    )
