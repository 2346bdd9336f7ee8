"""What a council's spreadsheet costs to look at: each short text is compared once, whatever the number of
rows; the answers are the same.
"""

from __future__ import annotations

import csv
import difflib
import io
import random
from collections import Counter

import pytest

from etl.directory import folded
from etl.sources.spreadsheets import foreign_table, mapped_rows
from etl.sources.spreadsheets.column_mapping import guess_mapping
from etl.sources.spreadsheets.foreign_table import (
    header_words,
    likenesses,
    names_people,
    open_foreign,
)
from etl.sources.spreadsheets.mapped_rows import apply_mapping
from tests.reference_work import units_of
from tests.registers import directory


def plainly(header: str) -> list[tuple[str, float]]:
    """The same question, each phrase compared with each header."""
    plain = folded(foreign_table._UNITS.sub(" ", header)) or folded(header)
    if not plain or plain.isdigit() or len(plain) > 60:
        return []
    if names_people(header) and plain not in dict(header_words()):
        return []
    best: dict[str, float] = {}
    for phrase, column in header_words():
        ratio = difflib.SequenceMatcher(None, phrase, plain).ratio()
        score = 0.0
        if phrase == plain:
            score = 1.0
        elif len(phrase) > 3 and set(phrase.split()) <= set(plain.split()):
            score = 0.7 + 0.2 * len(phrase) / len(plain)
        elif len(plain) > 4 and ratio >= 0.8:
            score = 0.9 * ratio
        best[column] = max(score, best.get(column, 0.0))
    return sorted(
        ((c, s) for c, s in best.items() if s),
        key=lambda each: (-each[1], each[0]),
    )


def test_a_header_reads_as_it_did_when_every_phrase_was_compared() -> None:
    draw = random.Random(8)
    phrases = [phrase for phrase, _ in header_words()]
    tried = [
        *phrases,
        "£ (000)",
        "",
        "12",
        "x" * 61,
        "Swyddog cyswllt",
        "Budget",
        "Annual value (£k)",
    ]
    for phrase in draw.choices(phrases, k=150):
        letters = list(phrase)
        for _ in range(draw.randint(1, 3)):
            letters[draw.randrange(len(letters))] = draw.choice("aeiou stwy")
        tried += [
            "".join(letters),
            f"The {phrase} of it",
            phrase.upper() + " (£)",
        ]
    assert [likenesses(t) for t in tried[:40]] == [
        plainly(t) for t in tried[:40]
    ]
    for text in tried:
        assert likenesses(text) == plainly(text), text


def sheet(rows: int, columns: int, distinct: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Cardiff Council"])
    writer.writerow(
        [
            "Name of service",
            "Start",
            "End",
            "Cost",
            "Area",
            "Client group",
            *[f"Column {n}" for n in range(columns - 6)],
        ]
    )
    for n in range(rows):
        at = n if distinct else n % 7
        row = [
            f"Service {n}",
            "01/04/2024",
            "31/03/2027",
            "£1,000",
            f"Somewhere {at}",
            f"People no {at} of a kind",
        ]
        writer.writerow(
            [
                *row,
                *[f"{at} remark {c} about nothing" for c in range(columns - 6)],
            ]
        )
    return out.getvalue().encode()


@pytest.mark.parametrize(("rows", "columns"), [(25, 400), (5_000, 12)])
def test_looking_at_a_spreadsheet_is_little_work(
    rows: int, columns: int
) -> None:
    known, data = directory(), sheet(rows, columns, distinct=False)

    def looked_at() -> None:
        foreign = open_foreign(data, "own.csv")
        apply_mapping(foreign, guess_mapping(foreign, known), known)

    assert units_of(looked_at)[1] < 100


def test_a_word_is_compared_once_however_many_rows_hold_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = directory()
    compared: list[str] = []
    real = difflib.get_close_matches

    def counted(word: str, *given: object, **more: object) -> list[str]:
        compared.append(word)
        return real(word, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(mapped_rows.difflib, "get_close_matches", counted)
    foreign = open_foreign(sheet(700, 8, distinct=False), "own.csv")
    mapping = guess_mapping(foreign, known)
    assert "target_group" in mapping.places
    apply_mapping(foreign, mapping, known)
    # once for the word it is near to, once for those to offer instead
    assert (
        compared
        and max(Counter(compared).values()) <= 2
        and len(compared) <= 2 * 4 * 7
    )


def test_a_sentence_is_compared_with_nothing() -> None:
    sentence = "a word " * 5_000_000
    answered, units = units_of(lambda: likenesses(sentence))
    assert answered == [] and units < 1
