"""What a council keeps back is not known, and no row is lost for it; a column of days that holds words as
well is asked about, never left out in silence.
"""

from __future__ import annotations

import pytest

from etl.pipeline.mapped_import import guess_mapping, read_mapped
from etl.records import Register, Severity, SourceProblem
from etl.sources.spreadsheets.column_mapping import CERTAIN
from etl.sources.spreadsheets.foreign_table import open_foreign
from tests.registers import directory

WORDS = (
    "Redacted",
    "[REDACTED]",
    "Commercial in confidence",
    "commercially sensitive",
    "Withheld",
    "Confidential",
    "Not disclosed",
    "Masnachol gyfrinachol",
    "Wedi'i olygu",
    "Ataliwyd",
)
HEADINGS = {
    "title": "Contract title",
    "provider_name": "Supplier",
    "start": "Start date",
    "end": "End date",
    "annual_value_gbp": "Annual value",
}
PLAIN = ("Hostel", "A body", "01/04/2024", "31/03/2027", "20000")


def table(*rows: tuple[str, ...]) -> bytes:
    lines = [
        ",".join(HEADINGS.values()),
        *(",".join(f'"{cell}"' for cell in row) for row in rows),
    ]
    return "\n".join([*lines, ""]).encode()


def read(data: bytes) -> Register:
    mapping = guess_mapping(open_foreign(data, "c.csv"), directory())
    return read_mapped(
        data, "c.csv", mapping, directory(), fixed={"commissioner": "Cardiff"}
    ).register


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "column", ["provider_name", "start", "end", "annual_value_gbp"]
)
@pytest.mark.parametrize("at", [0, 2])
def test_a_cell_that_is_kept_back_is_not_known_and_its_row_is_loaded(
    word: str, column: str, at: int
) -> None:
    rows = [(f"{PLAIN[0]} {n}", *PLAIN[1:]) for n in range(4)]
    place = [*HEADINGS].index(column)
    rows[at] = (*rows[at][:place], word, *rows[at][place + 1 :])
    register = read(table(*rows))
    assert len(register.projects) == 4
    names = {"start": "start_date", "end": "end_date"}
    values = [getattr(p, names.get(column, column)) for p in register.projects]
    assert values[at] is None and None not in values[:at] + values[at + 1 :]
    told = [
        (p.row, p.severity)
        for p in register.problems
        if p.code == "cell_withheld"
    ]
    assert told == [(2 + at, Severity.WARNING)]


@pytest.mark.parametrize("words", [2, 3, 5])
@pytest.mark.parametrize("column", ["start", "end"])
@pytest.mark.parametrize("word", ["Q1 2024", "see contract", "End date"])
def test_days_among_words_are_asked_about(
    words: int, column: str, word: str
) -> None:
    place = [*HEADINGS].index(column)
    rows = [(f"{PLAIN[0]} {n}", *PLAIN[1:]) for n in range(words + 1)]
    rows[1:] = [(*row[:place], word, *row[place + 1 :]) for row in rows[1:]]
    data = table(*rows)
    guess = guess_mapping(open_foreign(data, "c.csv"), directory())
    assert guess.places[column].confidence < CERTAIN
    with pytest.raises(SourceProblem) as stopped:
        read_mapped(
            data,
            "c.csv",
            "auto",
            directory(),
            fixed={"commissioner": "Cardiff"},
        )
    assert ("column_not_certain", column) in {
        (p.code, p.column) for p in stopped.value.problems
    }
