"""What is fixed for one file is not true of the next: a remembered mapping brings columns, never who
commissions or how sums are counted.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from clearlink import folders
from clearlink.words import say
from etl.pipeline.mapped_import import confirm, open_to_map, read_mapped
from etl.records import SourceProblem
from etl.sources.spreadsheets.column_mapping import mapping_to_json
from tests.registers import CARDIFF, RCT, directory

MERTHYR = "W06000024"
HEADINGS = (
    "Contract ref",
    "Contract title",
    "Supplier",
    "Start date",
    "End date",
    "Annual value",
    "Area",
)
OWNERS = {
    RCT: (
        "Rhondda Cynon Taf County Borough Council",
        "Cyngor Bwrdeistref Sirol Rhondda Cynon Taf",
        "rct",
    ),
    CARDIFF: ("Cardiff Council", "Cyngor Caerdydd", "cardiff"),
    MERTHYR: (
        "Merthyr Tydfil County Borough Council",
        "Cyngor Merthyr Tudful",
        "merthyr",
    ),
}


def sheet(
    titles: Sequence[str], prefix: str = "C", headings: Sequence[str] = HEADINGS
) -> bytes:
    """A council's list under its titles, its columns in the order of `headings`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([title] for title in titles)
    writer.writerow(headings)
    for at in (1, 2):
        values = (
            f"{prefix}{at}",
            f"Service {prefix}{at}",
            "S",
            "01/04/2024",
            "31/03/2027",
            "84.5",
            "County wide",
        )
        cells = dict(zip(HEADINGS, values, strict=True))
        writer.writerow([cells[name] for name in headings])
    return out.getvalue().encode()


def codes(refused: pytest.ExceptionInfo[SourceProblem]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(data_dir: Path) -> None:
    """Mappings are remembered under CLEARLINK_DATA."""


PAIRS = [
    (first, second, way, told)
    for (first, second), way, told in itertools.product(
        itertools.permutations(OWNERS, 2),
        range(3),
        ("title", "name", "both"),
    )
]


@pytest.mark.parametrize(("first", "second", "way", "told"), PAIRS)
def test_the_next_councils_file_is_never_the_first_councils(
    first: str, second: str, way: int, told: str
) -> None:
    def given(owner: str) -> tuple[bytes, str]:
        titles = ["Housing Support Grant contracts register 2024-25"]
        if told != "name":
            titles = (
                [OWNERS[owner][way], *titles]
                if way < 2
                else [OWNERS[owner][0], *titles]
            )
        return sheet(
            titles, owner[-2:]
        ), f"{OWNERS[owner][2]}_x.csv" if told != "title" else "register.csv"

    data, name = given(first)
    _, guessed, _ = open_to_map(data, name, directory())
    confirm(replace(guessed, words={"area_codes": {"Town": first}}))
    data, name = given(second)
    read = read_mapped(data, name, "auto", directory())
    assert read.was_remembered and {
        p.la_code for p in read.register.projects
    } == {second}
    assert not read.mapping.words and {
        code for p in read.register.projects for code in p.area_codes
    } == {second}


@pytest.mark.parametrize("owner", OWNERS)
def test_a_file_that_says_nothing_is_asked_who_commissions(owner: str) -> None:
    _, guessed, _ = open_to_map(sheet([OWNERS[owner][0]]), "x.csv", directory())
    confirm(guessed)
    with pytest.raises(SourceProblem) as refused:
        read_mapped(
            sheet(["Contracts register"], "K"),
            "contracts.csv",
            "auto",
            directory(),
        )
    assert codes(refused) == {"mapping_incomplete"}
    read = read_mapped(
        sheet(["Contracts register"], "K"),
        "contracts.csv",
        "auto",
        directory(),
        {"commissioner": MERTHYR},
    )
    assert {p.la_code for p in read.register.projects} == {MERTHYR}


@pytest.mark.parametrize("other", [MERTHYR, CARDIFF])
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_mapping_made_for_another_council_is_stopped_and_says_both(
    tmp_path: Path, other: str, lang: str
) -> None:
    _, guessed, _ = open_to_map(sheet([OWNERS[RCT][0]]), "x.csv", directory())
    path = tmp_path / "mapping.json"
    path.write_text(mapping_to_json(guessed), encoding="utf-8")
    theirs = sheet([OWNERS[other][0]], "K")
    with pytest.raises(SourceProblem) as refused:
        read_mapped(theirs, "k.csv", path, directory())
    assert codes(refused) == {"constant_of_another_file"}
    names = {
        MERTHYR: ("Merthyr Tydfil", "Merthyr Tudful"),
        CARDIFF: ("Cardiff", "Caerdydd"),
    }[other]
    facts = dict(refused.value.problems[0].facts)
    told = say(
        lang, "problems.problem.constant_of_another_file.expected", **facts
    )  # type: ignore[arg-type]
    assert names[lang == "cy"] in told
    path.write_text(
        mapping_to_json(replace(guessed, is_insisted=True)), encoding="utf-8"
    )
    assert (
        read_mapped(theirs, "k.csv", path, directory())
        .register.projects[0]
        .la_code
        == RCT
    )


def test_a_title_and_a_name_that_disagree_are_asked_about() -> None:
    with pytest.raises(SourceProblem) as refused:
        read_mapped(
            sheet([OWNERS[RCT][0]]), "cardiff register.csv", "auto", directory()
        )
    assert codes(refused) == {"mapping_incomplete"}


def test_the_unit_of_sums_is_the_files_own() -> None:
    in_thousands = sheet([OWNERS[RCT][0], "All figures in £000s"])
    _, guessed, _ = open_to_map(in_thousands, "a.csv", directory())
    confirm(guessed)
    first = read_mapped(
        in_thousands, "a.csv", "auto", directory()
    ).register.projects[0]
    plain = read_mapped(
        sheet([OWNERS[RCT][0]], "N"), "b.csv", "auto", directory()
    ).register.projects[0]
    assert (first.annual_value_gbp, plain.annual_value_gbp) == (84_500.0, 84.5)


@pytest.mark.parametrize(
    "headings",
    list(itertools.islice(itertools.permutations(HEADINGS), 5, 400, 37)),
)
def test_a_mapping_finds_its_columns_where_they_stand(
    tmp_path: Path, headings: tuple[str, ...]
) -> None:
    _, guessed, _ = open_to_map(sheet([OWNERS[RCT][0]]), "x.csv", directory())
    path = tmp_path / "mapping.json"
    path.write_text(mapping_to_json(guessed), encoding="utf-8")
    moved = sheet([OWNERS[RCT][0]], headings=headings)
    project = read_mapped(moved, "x.csv", path, directory()).register.projects[
        0
    ]
    assert (project.project_id, project.title, project.annual_value_gbp) == (
        "C1",
        "Service C1",
        84.5,
    )
    renamed = moved.replace(b"Supplier", b"Who delivers")
    with pytest.raises(SourceProblem) as refused:
        read_mapped(renamed, "x.csv", path, directory())
    assert codes(refused) == {"mapping_of_other_columns"}


def test_a_mapping_kept_by_an_earlier_version_lends_its_columns_only() -> None:
    foreign, guessed, _ = open_to_map(
        sheet([OWNERS[RCT][0]]), "x.csv", directory()
    )
    folder = folders.data_folder() / "mappings"
    folder.mkdir(parents=True)
    earlier = json.loads(
        mapping_to_json(
            replace(
                guessed, words={"target_group": {"Carers": "ff_young_carers"}}
            )
        )
    )
    (folder / f"{foreign.header_hash}.json").write_text(
        json.dumps(earlier), encoding="utf-8"
    )
    _, theirs, was_remembered = open_to_map(
        sheet([OWNERS[MERTHYR][0]]), "y.csv", directory()
    )
    assert (
        was_remembered
        and theirs.fixed == {"commissioner": MERTHYR}
        and not theirs.words
    )
    _, ours, _ = open_to_map(sheet([OWNERS[RCT][1]]), "z.csv", directory())
    assert ours.words == {"target_group": {"Carers": "ff_young_carers"}}


def test_a_likely_column_stops_a_command_and_names_itself() -> None:
    headings = (
        "Contract ref",
        "Contract title",
        "Supplier",
        "Start date",
        "End date",
        "Annual value",
        "Area",
    )
    odd = sheet([OWNERS[RCT][0]], headings=headings).replace(
        b"Annual value", b"Annual contract value 2024-25"
    )
    with pytest.raises(SourceProblem) as refused:
        read_mapped(odd, "x.csv", "auto", directory())
    assert codes(refused) == {"column_not_certain"}
    assert [p.column for p in refused.value.problems] == ["annual_value_gbp"]
