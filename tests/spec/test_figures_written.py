"""A comma stands between thousands or it is no figure of ours: what another country's hand writes is asked
about, never read as ten or a thousand times as much.
"""

from __future__ import annotations

import pytest

from etl.sources.registers.exchange_json import number_at
from etl.sources.registers.register_cells import (
    CellRefused,
    read_amount_gbp,
    read_count,
)
from etl.sources.spreadsheets.foreign_cells import amount_of
from etl.sources.spreadsheets.money_unit import Unit

MEANT = {
    "£1.5m": 1_500_000,
    "£1,250k": 1_250_000,
    "£84.5k": 84_500,
    "£1,234,567": 1_234_567,
    "84,500": 84_500,
    "84500.25": 84_500.25,
}
NOT_OURS = [
    f"{pounds}{figure}{scale}"
    for pounds in ("", "£")
    for figure in (
        "1,5",
        "2,5",
        "0,75",
        "12,5",
        ",5",
        "1,",
        "12,34,567",
        "1.234,56",
        "1,23,456",
        "1234,567",
    )
    for scale in ("", "k", "m", " million", "miliwn")
]


def pounds(text: str, thousands: bool = False) -> float:
    return read_amount_gbp(
        amount_of(text, Unit.THOUSANDS if thousands else Unit.POUNDS).text
    )


@pytest.mark.parametrize("text", MEANT)
def test_a_figure_of_ours_is_read(text: str) -> None:
    assert pounds(text) == MEANT[text]


@pytest.mark.parametrize("thousands", [False, True])
@pytest.mark.parametrize("text", NOT_OURS)
def test_a_comma_elsewhere_is_refused(text: str, thousands: bool) -> None:
    with pytest.raises(CellRefused):
        pounds(text, thousands)


@pytest.mark.parametrize(
    "text", [text for text in NOT_OURS if text[-1] not in "kmn"]
)
def test_nor_is_it_read_in_a_standard(text: str) -> None:
    assert number_at(text) is None


@pytest.mark.parametrize("text", ["1.000", "84.999", "£250.000"])
def test_a_point_before_three_figures_may_part_thousands(text: str) -> None:
    with pytest.raises(CellRefused):
        read_amount_gbp(text)


def test_the_same_of_a_count() -> None:
    assert read_count("12.0") == 12
    with pytest.raises(CellRefused):
        read_count("1.000")
