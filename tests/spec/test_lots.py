"""Lots of one contract in a council's own sheet are projects of their own, with references that last; rows
that share reference and title are refused.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from etl.pipeline.mapped_import import guess_mapping, read_mapped
from etl.records import Register, Severity
from etl.sources.spreadsheets.foreign_table import open_foreign
from tests.registers import directory

TITLES = (
    "Framework lot 1",
    "Framework lot 2",
    "Floating support, north",
    "Hostel",
    "Cymorth symudol",
)


def read(rows: Sequence[tuple[str, str, str, int]]) -> Register:
    lines = ["Contract ref,Contract title,Supplier,Start date,Annual value"]
    lines += [
        f'{ref},"{title}",{supplier},01/04/2024,{amount}'
        for ref, title, supplier, amount in rows
    ]
    data = "\n".join([*lines, ""]).encode()
    mapping = guess_mapping(open_foreign(data, "c.csv"), directory())
    return read_mapped(
        data, "c.csv", mapping, directory(), fixed={"commissioner": "Cardiff"}
    ).register


def lots(
    count: int, ref: str = "F1", suppliers: int = 1
) -> list[tuple[str, str, str, int]]:
    return [
        (ref, TITLES[n], f"Supplier {n % suppliers}", 1_000 * (n + 1))
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("suppliers", [1, 2])
@pytest.mark.parametrize("ref", ["F1", "HSG/2024/7", "f 1"])
@pytest.mark.parametrize("beside", [0, 2])
def test_each_lot_is_a_project_and_none_is_lost(
    count: int, suppliers: int, ref: str, beside: int
) -> None:
    others = [
        (f"X{n}", "Another service", "Supplier 9", 500 + n)
        for n in range(beside)
    ]
    register = read([*others, *lots(count, ref, suppliers)])
    ids = [p.project_id for p in register.projects]
    assert len({*ids}) == len(ids) == count + beside
    assert all(each.startswith(f"{ref}/") for each in ids[beside:])
    assert sum(
        p.annual_value_gbp or 0 for p in register.projects[beside:]
    ) == sum(1_000 * (n + 1) for n in range(count))
    told = [p.row for p in register.problems if p.code == "lot_of_a_contract"]
    assert told == [*range(2 + beside, 2 + beside + count)]


@pytest.mark.parametrize("drop", range(4))
def test_a_lot_keeps_its_reference_in_a_later_edition(drop: int) -> None:
    first = {p.title: p.project_id for p in read(lots(4)).projects}
    later = [
        (ref, title, supplier, amount + 7)
        for ref, title, supplier, amount in lots(4)
    ]
    register = read([each for n, each in enumerate(later) if n != drop][::-1])
    assert {p.title: p.project_id for p in register.projects} == {
        title: each for title, each in first.items() if title != TITLES[drop]
    }


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("second", ["Supplier 1", "Supplier 0"])
def test_one_reference_and_one_title_with_two_sums_are_refused(
    title: str, second: str
) -> None:
    register = read(
        [
            ("F1", title, "Supplier 0", 1_000),
            ("F1", title.upper(), second, 2_000),
        ]
    )
    refused = [
        p.row for p in register.problems if p.severity is Severity.REFUSED
    ]
    assert not register.projects and refused == [2, 3]
