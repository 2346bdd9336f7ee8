"""A register goes out of the served build and comes back equal, in every format."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from exchange_files import DRAWN, FILES, left, lines_of

from clearlink import folders
from clearlink.exchange import FORMATS
from clearlink.exchange.projects import Published, published
from clearlink.rules.disclosure import published_users
from clearlink.warehouse.law import catalogue_law
from clearlink.words import Lang
from etl.directory import Directory
from etl.pipeline.register import read_register, read_register_set
from etl.pipeline.sample import sample_intake
from etl.records import Citation, Project, Register, Severity
from tests.registers import csv_of

REGISTER_SET = ("assessments", "priorities", "register", "citations")


@pytest.fixture(scope="module")
def known(exchanged: Path) -> Directory:
    intake = sample_intake(folders.SAMPLE)
    return Directory.from_catalogue(intake.areas, intake.links)


def sent(each: Published) -> tuple[Any, ...]:
    r = each.row
    citations = frozenset(
        (
            c["priority_id"],
            c["page"],
            c["quotation"],
            c["stated_on"],
            c["sighted_by"],
        )
        for c in each.citations
    )
    areas, themes = (
        tuple(filter(None, (r[name] or "").split(";")))
        for name in ("area_codes", "theme_ids")
    )
    return (
        r["title"],
        r["start_date"],
        r["end_date"],
        r["decision_date"],
        r["annual_value_gbp"],
        frozenset(areas),
        themes,
        r["la_code"],
        r["region_code"],
        r["commissioner"],
        r["programme_id"],
        r["provider_name"],
        r["provider_org_id"],
        r["target_group"],
        r["capacity"],
        r["tier"],
        r["delivery_model"],
        r["is_sensitive"],
        r["is_illustrative"],
        citations,
    )


def received(p: Project, cited: list[Citation]) -> tuple[Any, ...]:
    citations = frozenset(
        (c.priority_id, c.page, c.quotation, c.stated_on, c.sighted_by)
        for c in cited
    )
    return (
        p.title,
        p.start_date,
        p.end_date,
        p.decision_date,
        p.annual_value_gbp,
        frozenset(p.area_codes),
        p.theme_ids,
        p.la_code,
        p.region_code,
        p.commissioner,
        p.programme_id,
        p.provider_name,
        p.provider_org_id,
        p.target_group,
        p.capacity,
        p.tier,
        p.delivery_model,
        p.is_sensitive,
        p.is_illustrative,
        citations,
    )


def come_back(
    format: str, written: list[Path], known: Directory
) -> list[Register]:
    if format in ("csv", "xlsx"):
        return read_register_set(
            [(p, p.name) for p in written if p.stem in REGISTER_SET], known
        )
    if format in ("parquet", "geopackage"):
        rows = {name: _held(format, written, name) for name in REGISTER_SET}
        return read_register_set(
            [
                (
                    csv_of(_as_text(rows[name]), list(rows[name][0])),
                    f"{name}.csv",
                )
                for name in REGISTER_SET
            ],
            known,
        )
    return [read_register(written[0], written[0].name, directory=known)]


def _held(format: str, written: list[Path], name: str) -> list[dict[str, Any]]:
    """The rows of one table of the export, as the format's own library gives them."""
    if format == "parquet":
        import pyarrow.parquet as pq

        return list(
            pq.read_table(
                next(p for p in written if p.stem == name)
            ).to_pylist()
        )
    import pyogrio

    return list(
        pyogrio.read_dataframe(written[0], layer=name).to_dict("records")
    )


def _as_text(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    def text(value: Any) -> str:
        if value is None or value != value:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        return (
            value.isoformat()[:10]
            if hasattr(value, "isoformat")
            else str(value)
        )

    return [{name: text(value) for name, value in row.items()} for row in rows]


@pytest.fixture(scope="module")
def drawn(exchanged: Path, known: Directory) -> Register:
    """The random register as it was read on its way in."""
    read = read_register(exchanged / "drawn.csv", "drawn.csv", directory=known)
    assert len(read.projects) > 0.9 * DRAWN
    assert (
        {p.is_sensitive for p in read.projects}
        == {p.is_illustrative for p in read.projects}
        == {True, False}
    )
    assert {p.region_code[:3] for p in read.projects if p.region_code} == {
        "RCC",
        "RPB",
    }
    return read


def everything_of(
    project: Project, cited: list[Citation], as_disclosed: bool
) -> dict[str, Any]:
    """Every field of a project but where it was read and the note made of it. The order of areas, and of
    themes after the first, says nothing. `as_disclosed`: people by area after the rule on small numbers; what
    is drawn names no area inside another.
    """
    told = {
        f.name: getattr(project, f.name)
        for f in fields(project)
        if f.name not in ("register_id", "note", "source_ref")
    }
    users = project.users_by_area
    if as_disclosed:
        shown = (
            {}
            if project.is_sensitive
            else published_users(dict(users), {}, catalogue_law())
        )
        users = tuple(
            (code, count) for code, count in shown.items() if count is not None
        )
    told |= {
        "area_codes": frozenset(project.area_codes),
        "theme_ids": (project.theme_ids[:1], frozenset(project.theme_ids)),
        "users_by_area": frozenset(users),
    }
    told["citations"] = frozenset(
        (c.priority_id, c.page, c.quotation, c.stated_on, c.sighted_by)
        for c in cited
    )
    return {**told, "stated_source": project.source_ref.split(" · ", 1)[1:]}


_RETURNED: dict[tuple[str, Lang], tuple[Path, list[Register]]] = {}


def returned(
    exchanged: Path, format: str, lang: Lang, known: Directory
) -> tuple[Path, list[Register]]:
    """Where an export stands, and the registers that are read back from it, once a run."""
    if (format, lang) not in _RETURNED:
        written = left(exchanged, format, lang)
        _RETURNED[format, lang] = (
            written[0].parent,
            come_back(format, written, known),
        )
    return _RETURNED[format, lang]


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_field_of_a_register_drawn_at_random_comes_back_equal_after_the_rule_on_small_numbers(
    format: str, lang: Lang, exchanged: Path, known: Directory, drawn: Register
) -> None:
    folder, registers = returned(exchanged, format, lang, known)
    back = {p.project_id: p for r in registers for p in r.projects}
    cited: dict[tuple[bool, str], list[Citation]] = {}
    for is_back, listed in ((False, [drawn]), (True, registers)):
        for citation in (c for r in listed for c in r.citations):
            cited.setdefault((is_back, citation.project_id), []).append(
                citation
            )
    left_out = (
        {r[0] for r in lines_of(folder / "360giving_left_out.csv")}
        if format == "360giving"
        else set()
    )
    differ = {}
    for project in drawn.projects:
        if project.project_id in left_out:
            continue
        out = everything_of(
            project, cited.get((False, project.project_id), []), True
        )
        came = everything_of(
            back[project.project_id],
            cited.get((True, project.project_id), []),
            False,
        )
        if out != came:
            differ[project.project_id] = {
                name: (out[name], came[name])
                for name in out
                if out[name] != came[name]
            }
    assert differ == {}
    assert not [
        p
        for r in registers
        for p in r.problems
        if p.severity is Severity.REFUSED
    ]


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("format", ["csv", *FILES])
def test_a_register_that_goes_out_comes_back_equal(
    format: str, lang: Lang, exchanged: Path, known: Directory
) -> None:
    folder, registers = returned(exchanged, format, lang, known)
    cited: dict[str, list[Citation]] = {}
    for citation in (c for r in registers for c in r.citations):
        cited.setdefault(citation.project_id, []).append(citation)
    back = {
        p.project_id: received(p, cited.get(p.project_id, []))
        for r in registers
        for p in r.projects
    }
    out = {p.row["project_id"]: sent(p) for p in published()}
    left_out = (
        {r[0] for r in lines_of(folder / "360giving_left_out.csv")}
        if format == "360giving"
        else set()
    )
    assert len(out) >= 600 and out.keys() - back.keys() == left_out
    assert {i: back[i] for i in back if back[i] != out[i]} == {}
    assert not [
        p
        for r in registers
        for p in r.problems
        if p.severity is Severity.REFUSED
    ]
