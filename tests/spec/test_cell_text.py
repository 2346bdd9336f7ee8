"""What leaves as CSV is read by a spreadsheet as the text it is."""

from __future__ import annotations

import pytest

from clearlink.exchange.cell_text import cell_text, never_calculated


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 1597",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\nx",
        "  =1",
        "\u00a0=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM",
        "−5",
    ],
)
def test_what_could_be_calculated_is_led_by_an_apostrophe(text: str) -> None:
    assert never_calculated(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Llŷn", "a=b", "’Steddfod", "1 – 2", " Conwy"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert never_calculated(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (3.0, "3"),
        (0.5, "0.5"),
        (-2, "-2"),
    ],
)
def test_a_value_reads_the_same_in_every_table(
    value: object, text: str
) -> None:
    assert cell_text(value) == text
