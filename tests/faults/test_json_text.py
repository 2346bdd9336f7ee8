"""Every JSON that comes in passes one gate: what no file could hold or no number could be is refused in
words.
"""

from __future__ import annotations

import json

import pytest

from etl.files.geojson import features_of
from etl.files.json_text import read_json_text
from etl.files.refusal import FileRefused
from etl.pipeline.register import read_register
from etl.records import SourceProblem
from etl.sources.registers.exchange_json import number_at
from tests.registers import directory

BROKEN = {
    "a number of 400 digits": b"9" * 400,
    "a number of 5,000 digits": b"9" * 5000,
    "beyond any size": b"1e999",
    "not a number": b"NaN",
    "half a pair": rb'"Caf\ud83d"',
    "half a pair, in capitals": rb'"\uDC00"',
    "nested": b"[" * 100_000,
    "not UTF-8": b'"\xff"',
    "cut off": b'{"a": ',
}
STANDARDS = {
    "360giving": b'{"grants": [{"id": "a-1", "title": %s, "amountAwarded": %s}]}',
    "ocds": b'{"releases": [{"ocid": "ocds-1", "tag": ["award"], "tender": {"title": %s}}]}',
    "openreferral": b'{"contents": [{"id": "a", "name": %s, "status": "active"}]}',
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("around", [b"%s", b'{"a": %s}', b'[{"a": [1, %s]}]'])
def test_what_is_no_text_or_number_is_a_value_error(
    name: str, around: bytes
) -> None:
    with pytest.raises(ValueError):
        read_json_text(around.replace(b"%s", BROKEN[name]))


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_register_that_holds_one_is_refused_in_words(
    name: str, standard: str
) -> None:
    wrapped = STANDARDS[standard].replace(b"%s", BROKEN[name])
    with pytest.raises(SourceProblem) as refused:
        read_register(wrapped, "register.json", standard, directory=directory())
    assert refused.value.problems


@pytest.mark.parametrize("name", BROKEN)
def test_outlines_that_hold_one_are_refused(name: str) -> None:
    with pytest.raises(FileRefused):
        features_of(
            b'{"type": "FeatureCollection", "features": [%s]}'.replace(
                b"%s", BROKEN[name]
            )
        )


def test_whole_pairs_and_long_numbers_are_read() -> None:
    stated = read_json_text(rb'["\ud83d\ude00", 12345678901234567890, 0.1]')
    assert stated == ["\U0001f600", 12345678901234567890, 0.1]
    assert read_json_text(
        b"\xef\xbb\xbf" + json.dumps({"tŷ": "ŵ"}).encode()
    ) == {"tŷ": "ŵ"}


@pytest.mark.parametrize(
    "text",
    ["1_000", "\uff11\uff12", "inf", "nan", "1e999", "", "-", "1 000", "0x10"],
)
def test_what_only_a_programme_takes_for_a_number_is_none(text: str) -> None:
    assert number_at(text) is None


@pytest.mark.parametrize(
    "long", ["x" * 32_768, '\\"' * 32_768, "\\\\" * 32_768, "\\u00e9" * 32_768]
)
@pytest.mark.parametrize(
    "shape", ['{"a": "%s"}', '[["%s"]]', '{"%s": 1}', '"%s"']
)
def test_a_text_longer_than_any_cell_is_refused(long: str, shape: str) -> None:
    with pytest.raises(ValueError, match=r"a text of 32,768"):
        read_json_text((shape % long).encode())
    assert read_json_text((shape % long[: 6 * (len(long) // 12)]).encode())


def test_long_lists_of_numbers_are_no_text() -> None:
    assert (
        len(
            read_json_text(
                b'{"a": "b", "c": [' + b"1.5," * 20_000 + b'0], "d": "e"}'
            )["c"]
        )
        == 20_001
    )
