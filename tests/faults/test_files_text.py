"""Welsh letters survive every honest encoding, and a dishonest one is refused."""

from __future__ import annotations

import unicodedata

import pytest

from etl.files.delimited import read_csv
from etl.files.refusal import FileRefused
from etl.files.text import text_of

ACCENTED = [
    unicodedata.normalize("NFC", vowel + accent)
    for accent in ("\u0302", "\u0301", "\u0308", "\u0300")
    for vowel in "aeiouwyAEIOUWY"
]
NAMES = [
    "Ynys Môn",
    "Tŷ-du",
    "Llanfair-ym-Muallt",
    "Pâl",
    "Glyn Ebwy",
    "Dŵr y Felin",
    "Sant Ffraid",
    "Crughywel",
    "Y Fflint",
]


@pytest.mark.parametrize("letter", ACCENTED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_accents_survive(letter: str, encoding: str) -> None:
    for name in NAMES:
        assert (
            text_of(f"{name} {letter}\n".encode(encoding))
            == f"{name} {letter}\n"
        )


@pytest.mark.parametrize("letter", ACCENTED)
def test_separate_accents_are_joined(letter: str) -> None:
    assert text_of(unicodedata.normalize("NFD", letter).encode()) == letter


def misread() -> list[tuple[str, str]]:
    """Each letter with each wrong encoding that has letters for all its bytes."""
    pairs = [
        (letter, wrong)
        for letter in ACCENTED
        for wrong in ("cp1252", "latin-1")
    ]
    return [
        (letter, wrong)
        for letter, wrong in pairs
        if letter.encode().decode(wrong, "ignore").encode(wrong)
        == letter.encode()
    ]


@pytest.mark.parametrize(("letter", "wrong"), misread())
def test_accents_read_in_the_wrong_encoding_are_refused(
    letter: str, wrong: str
) -> None:
    spoilt = f"T{letter} Newydd".encode().decode(wrong)
    with pytest.raises(FileRefused) as refused:
        text_of(spoilt.encode())
    assert refused.value.code == "letters_misread"


def test_a_declared_encoding_is_used_only_where_utf8_fails() -> None:
    assert text_of("Ynys Môn".encode("cp1252"), "cp1252") == "Ynys Môn"
    assert text_of("Tŷ Môn".encode(), "cp1252") == "Tŷ Môn"
    assert text_of("Dŵr".encode("iso-8859-14"), "iso-8859-14") == "Dŵr"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("Ynys Môn".encode("cp1252"), "encoding_unknown"),
        ("Ynys M\ufffdn".encode(), "letters_lost"),
        (b"W06000001\x00,5\n", "letters_lost"),
    ],
)
def test_lost_letters_are_refused_with_their_line(
    data: bytes, code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        text_of(b"first\n" + data)
    assert refused.value.code == code
    assert refused.value.place == "line 2"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'a,"b\n1,2\n', "csv_broken"),
        (b'a,"b"c\n1,2\n', "csv_broken"),
        (b"a," + b"x" * 40_000 + b"\n", "csv_broken"),
        (b"," * 1_000 + b"\n", "too_many_columns"),
        ((b"," * 999 + b"\n") * 5_001, "too_many_cells"),
        (b"a,b\n1,18", "ends_early"),
    ],
)
def test_what_is_no_csv_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_csv(data, "a.csv", ends_with_line=True)
    assert refused.value.code == code


def test_line_breaks_and_commas_inside_quotation_marks_stay_in_their_cell() -> (
    None
):
    assert read_csv(b'a,b\n"1,234","two\nlines"\n', "a.csv").rows == [
        ["a", "b"],
        ["1,234", "two\nlines"],
    ]
