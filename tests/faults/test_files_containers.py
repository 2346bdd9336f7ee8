"""Packages that swell, nest, lie or end early are refused before anything parses them."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

import pytest

from etl.files import limits
from etl.files.containers import check_zip, plain, zip_entry
from etl.files.refusal import FileRefused
from tests.reference_work import units_of


def _zip(entries: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return box.getvalue()


def _gzip_of_zeros(megabytes: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1_000_000)
    return (
        b"".join(squeeze.compress(piece) for _ in range(megabytes))
        + squeeze.flush()
    )


def _refused(
    attempt: Callable[[], object],
) -> pytest.ExceptionInfo[FileRefused]:
    with pytest.raises(FileRefused) as refused:
        attempt()
    return refused


def _code(refused: pytest.ExceptionInfo[FileRefused]) -> str:
    return refused.value.code


@pytest.mark.parametrize("megabytes", [2, 60, 400])
def test_a_gzip_bomb_is_refused_before_it_is_blown_up(megabytes: int) -> None:
    bomb = _gzip_of_zeros(megabytes)
    refused, units = units_of(lambda: _refused(lambda: plain(bomb)))
    assert _code(refused) == "ratio_too_high"
    assert units < 30


@pytest.mark.parametrize("megabytes", [2, 60, 400])
def test_a_zip_bomb_is_refused_before_it_is_blown_up(megabytes: int) -> None:
    box = io.BytesIO()
    with (
        zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("sheet.xml", "w") as entry,
    ):
        for _ in range(megabytes):
            entry.write(bytes(1_000_000))
    refused, units = units_of(
        lambda: _refused(lambda: check_zip(box.getvalue()))
    )
    assert _code(refused) == "ratio_too_high"
    assert units < 30


def test_content_over_the_limit_is_refused_whatever_its_ratio(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_INFLATED_BYTES", 10_000)
    with pytest.raises(FileRefused) as refused:
        plain(gzip.compress(bytes(range(256)) * 100))
    assert _code(refused) == "inflates_too_far"


@pytest.mark.parametrize(
    "inner", [_zip({"a.csv": b"1\n"}), gzip.compress(b"1\n")]
)
def test_a_package_in_a_package_is_refused(inner: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        check_zip(_zip({"inner": inner}))
    assert _code(refused) == "container_nested"


def test_more_than_200_entries_are_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        check_zip(_zip({f"{n}.csv": b"1\n" for n in range(201)}))
    assert _code(refused) == "zip_too_many_entries"


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(_zip({"a.csv": b"area,count\n" * 500}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (100).to_bytes(4, "little")
    with pytest.raises(FileRefused) as refused:
        check_zip(bytes(data))
    assert _code(refused) == "container_damaged"


def test_a_package_with_a_password_is_refused() -> None:
    data = bytearray(_zip({"a.csv": b"1\n"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    with pytest.raises(FileRefused) as refused:
        check_zip(bytes(data))
    assert _code(refused) == "zip_encrypted"


@pytest.mark.parametrize(
    "mark", [b"<!DOCTYPE lolz [", b"<?xml version='1.0'?><!ENTITY a 'b'>"]
)
def test_a_document_type_is_refused(mark: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        check_zip(_zip({"[Content_Types].xml": mark}))
    assert _code(refused) == "document_type"


def test_a_package_cut_anywhere_is_refused() -> None:
    whole = _zip(
        {
            "census-lsoa.csv": b"".join(
                b"W01%06d,%d\n" % (n, n * 7 % 1000) for n in range(3000)
            )
        }
    )
    for at in range(1, 200):
        with pytest.raises(FileRefused):
            plain(whole[: len(whole) * at // 200])


def test_a_gzip_cut_anywhere_is_refused() -> None:
    whole = gzip.compress(
        b"".join(b"W01%06d,%d\n" % (n, n * 7 % 1000) for n in range(3000))
    )
    for at in range(3, 200):
        with pytest.raises(FileRefused):
            plain(whole[: len(whole) * at // 200])


def test_an_empty_file_and_one_over_the_limit_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(FileRefused) as refused:
        plain(b"")
    assert _code(refused) == "file_empty"
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 5)
    with pytest.raises(FileRefused) as refused:
        plain(b"123456")
    assert _code(refused) == "file_too_large"


def test_the_one_entry_asked_for_is_given() -> None:
    package = _zip(
        {
            "census-ltla.csv": b"no\n",
            "census-lsoa.csv": b"yes\n",
            "metadata/notes.txt": b"-",
        }
    )
    assert zip_entry(package, "-lsoa.csv") == b"yes\n"
    with pytest.raises(FileRefused) as refused:
        zip_entry(package, "-oa.csv")
    assert _code(refused) == "zip_entry_missing"
