"""A reference is its owner's, and which edition of a register stands is said by a person, never left to
the order of names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearlink import folders
from etl.pipeline import kept_registers, register_ledger
from etl.pipeline.builds import _names_given
from etl.pipeline.kept_files import kept_registers as kept_files
from etl.pipeline.kept_files import register_files
from etl.pipeline.register import read_register, read_register_set, to_keep
from etl.records import Register, SourceProblem
from etl.sources.registers.own_references import own_reference, owner_of
from tests.registers import CARDIFF, RCT, csv_of, directory, row

OWNERS = {
    RCT: "Rhondda Cynon Taf",
    CARDIFF: "Cardiff",
    "W06000024": "Merthyr Tydfil",
    "RCC_CWM_TAF": "RCC_CWM_TAF",
}
WAYS = ("{}", "0{}", "C{}", "HSG-{}", "Ref {}")


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(data_dir: Path) -> None:
    """Registers are kept under CLEARLINK_DATA."""


def register(
    owner: str,
    way: str = "{}",
    numbers: Iterator[int] | range = range(1, 4),
    **more: str,
) -> bytes:
    """A register of one commissioner that counts its projects in its own way."""
    title = more.pop("title", "Service")
    return csv_of(
        [
            row(
                project_id=way.format(n),
                title=f"{title} {n} of {OWNERS[owner]}",
                commissioner=OWNERS[owner],
                area_codes="",
                **more,
            )
            for n in numbers
        ]
    )


def kept(
    data: bytes,
    name: str,
    *,
    replaces: list[str] | None = None,
    is_beside: bool = False,
) -> str:
    """The file's name once it is kept, as the command does it."""
    read = read_register(data, name, directory=directory())
    chosen = kept_registers.plan(read, directory())
    form = to_keep(read, data, name, "auto", directory())
    return kept_registers.keep(
        chosen, form, name, replaces=replaces or [], is_beside=is_beside
    )[0].name


def built() -> list[Register]:
    """The kept registers as a build reads them."""
    return read_register_set(
        register_files(kept_files()), directory(), _names_given()
    )


def by_owner(registers: list[Register]) -> dict[str, dict[str, str]]:
    """Owner → reference as printed → title."""
    found: dict[str, dict[str, str]] = {}
    for project in (p for r in registers for p in r.projects):
        own = own_reference(project.project_id, owner_of(project))
        found.setdefault(owner_of(project), {})[own] = project.title
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("first", "second"), list(itertools.permutations(OWNERS, 2))
)
def test_two_commissioners_that_count_alike_both_load(
    first: str, second: str, way: str
) -> None:
    one, two = register(first, way), register(second, way)
    kept(one, "b.csv")
    kept(two, "a.csv")
    registers = built()
    ids = [p.project_id for r in registers for p in r.projects]
    assert len(ids) == len(set(ids)) == 6
    assert by_owner(registers) == {
        owner: {
            way.format(n): f"Service {n} of {OWNERS[owner]}"
            for n in range(1, 4)
        }
        for owner in (first, second)
    }
    assert not [
        p
        for r in registers
        for p in r.problems
        if p.code == "project_in_other_file"
    ]
    # what a project is called does not change with what is loaded after it, nor with a new edition of it
    mine = {
        p.project_id
        for r in registers
        for p in r.projects
        if owner_of(p) == second
    }
    edition = register(second, way, annual_value_gbp="99")
    kept(
        edition,
        "c.csv",
        replaces=[name for name in _names() if name.endswith("-a.csv")],
    )
    assert {
        p.project_id
        for r in built()
        for p in r.projects
        if owner_of(p) == second
    } == mine


def _names() -> list[str]:
    return [path.name for path in kept_files()]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_one_list_of_several_commissioners_may_count_each_from_one(
    count: int,
) -> None:
    rows = [
        row(
            project_id=str(n),
            title=f"S {n} {name}",
            commissioner=name,
            area_codes="",
            priority_id="P-1",
        )
        for name in list(OWNERS.values())[:count]
        for n in (1, 2)
    ]
    read = read_register(csv_of(rows), "x.csv", directory=directory())
    assert len({p.project_id for p in read.projects}) == 2 * count
    assert [c.project_id for c in read.citations] == [
        p.project_id for p in read.projects
    ]


@pytest.mark.parametrize(
    "changed",
    ["annual_value_gbp", "end", "title", "gone", "nothing new", "one new"],
)
@pytest.mark.parametrize(
    "names", [("a.csv", "b.csv"), ("b.csv", "a.csv"), ("same.csv", "same.csv")]
)
def test_a_new_edition_is_asked_about_and_then_stands(
    changed: str, names: tuple[str, str]
) -> None:
    first = register(RCT, numbers=range(1, 5))
    values = {
        "annual_value_gbp": "20000",
        "end": "2028-03-31",
        "title": "Renamed",
    }
    more = {changed: values[changed]} if changed in values else {}
    numbers = {
        "gone": range(1, 4),
        "one new": range(1, 6),
        "nothing new": range(1, 5),
    }.get(changed, range(1, 5))
    second = register(RCT, numbers=numbers, capacity="7", **more)
    kept(first, names[0])
    with pytest.raises(SourceProblem) as refused:
        kept(second, names[1])
    (told,) = refused.value.problems
    assert (
        told.code == "edition_not_said"
        and "--replaces" in told.remedy
        and "--beside" in told.remedy
    )
    assert ("Service 4 of Rhondda Cynon Taf" in told.remedy) == (
        changed == "gone"
    )
    assert len(_names()) == 1
    kept(second, names[1], replaces=_names())
    (read,) = built()
    assert [p.capacity for p in read.projects] == [7] * len(numbers)


@pytest.mark.parametrize("later", ["0.csv", "zzz.csv"])
def test_beside_the_newer_row_of_a_project_stands_and_another_project_stays(
    later: str,
) -> None:
    kept(register(RCT, numbers=range(1, 4)), "m.csv")
    kept(
        register(RCT, numbers=range(3, 6), annual_value_gbp="5"),
        later,
        is_beside=True,
    )
    values = {
        p.project_id: p.annual_value_gbp for r in built() for p in r.projects
    }
    assert values == {"1": 84500.0, "2": 84500.0, "3": 5.0, "4": 5.0, "5": 5.0}
    # another department counts from one as well
    kept(register(RCT, title="Young people’s group"), "n.csv", is_beside=True)
    assert len({p.project_id for r in built() for p in r.projects}) == 8
    assert sum(len(r.projects) for r in built()) == 8


def test_a_file_never_takes_the_place_of_another_commissioners() -> None:
    kept(register(RCT), "a.csv")
    theirs = register(CARDIFF)
    chosen = kept_registers.plan(
        read_register(theirs, "b.csv", directory=directory()), directory()
    )
    assert chosen.kept == []
    with pytest.raises(SourceProblem) as refused:
        kept(theirs, "b.csv", replaces=_names())
    assert [p.code for p in refused.value.problems] == ["nothing_to_replace"]


def test_the_very_file_again_changes_nothing() -> None:
    once = kept(register(RCT), "a.csv")
    assert kept(register(RCT), "another name.csv") == once and _names() == [
        once
    ]


def test_a_register_without_references_is_known_by_its_titles() -> None:
    kept(register(RCT, "A{}"), "a.csv")
    with pytest.raises(SourceProblem) as refused:
        kept(register(RCT, "B{}"), "b.csv")
    assert [p.code for p in refused.value.problems] == ["edition_not_said"]


def test_registers_kept_by_an_earlier_version_come_first_and_none_is_lost() -> (
    None
):
    folder = folders.data_folder() / "registers"
    folder.mkdir(parents=True)
    (folder / "ffff0000-old.csv").write_bytes(register(CARDIFF))
    kept(register(RCT), "a.csv")
    assert _names()[0] == "ffff0000-old.csv" and set(
        register_ledger.entries()
    ) == set(_names()[1:])
    assert {owner: len(each) for owner, each in by_owner(built()).items()} == {
        CARDIFF: 3,
        RCT: 3,
    }


def test_two_files_of_one_commissioner_that_nobody_settled_are_refused_and_named() -> (
    None
):
    read = read_register_set(
        [(register(RCT), "a.csv"), (register(RCT, capacity="2"), "b.csv")],
        directory(),
    )
    assert [len(r.projects) for r in read] == [3, 0]
    assert [p.code for p in read[1].problems] == ["project_in_other_file"] * 3


@pytest.mark.parametrize(
    ("cell", "cited", "code"),
    [
        ("A1", [], "project_of_several"),
        ("a1", [], "project_of_several"),
        (f"A1 ({CARDIFF})", ["A1"], None),
        (f"A1 ({RCT})", [f"A1 ({RCT})"], None),
    ],
)
def test_a_build_gives_no_citation_of_two_bodies_reference_to_one(
    cell: str, cited: list[str], code: str | None
) -> None:
    """Cardiff's file came first, and had what Rhondda Cynon Taf cited."""
    priorities = (
        "priority_id,assessment_id,theme_id,statement,page\n"
        "P-1,A-1,carers,Rest for carers,4\n"
    )
    citations = f"project_id,priority_id\n{cell},P-1\n"
    one = range(1, 2)
    read = read_register_set(
        [
            (register(CARDIFF, "A{}", one), "cardiff.csv"),
            (register(RCT, "A{}", one), "rct.csv"),
            (priorities.encode(), "priorities.csv"),
            (citations.encode(), "citations.csv"),
        ],
        directory(assessment_ids=frozenset({"A-1"})),
    )
    told = [
        p.code for r in read for p in r.problems if p.file == "citations.csv"
    ]
    assert [c.project_id for r in read for c in r.citations] == cited
    assert told == ([code] if code else [])
