"""Gzip and zip opened under limits: every byte is counted while it is inflated, and nothing is parsed before
that.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from etl.files import limits
from etl.files.refusal import FileRefused

GZIP_MAGIC: Final = b"\x1f\x8b"
ZIP_MAGIC: Final = b"PK\x03\x04"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_CHUNK: Final = 1 << 16
_DOCTYPES: Final = (
    b"<!DOCTYPE",
    b"<!ENTITY",
    b"<\x00!\x00D\x00O\x00C\x00T",
    b"\x00<\x00!\x00D\x00O\x00C",
)

# what the reader of zips says of bytes that are none, or of one whose list was changed
_DAMAGED: Final = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


class _Count:
    """Inflated bytes so far against what came in."""

    def __init__(self, packed: int) -> None:
        self.packed = max(packed, 1)
        self.inflated = 0

    def add(
        self,
        size: int,
        place: str,
    ) -> None:
        self.inflated += size
        if self.inflated > limits.MAX_INFLATED_BYTES:
            raise FileRefused(
                "inflates_too_far",
                place,
                limit_mb=limits.MAX_INFLATED_BYTES // 1_000_000,
            )
        if (
            self.inflated > limits.RATIO_COUNTS_FROM_BYTES
            and self.inflated > limits.MAX_RATIO * self.packed
        ):
            raise FileRefused("ratio_too_high", place, limit=limits.MAX_RATIO)


def check_size(data: bytes) -> None:
    """Refuses an empty file and one over the download limit."""
    if not data:
        raise FileRefused("file_empty")
    if len(data) > limits.MAX_FILE_BYTES:
        raise FileRefused(
            "file_too_large",
            size_mb=len(data) // 1_000_000,
            limit_mb=limits.MAX_FILE_BYTES // 1_000_000,
        )


def inflate_gzip(data: bytes) -> bytes:
    """The content of a gzip file, all members of it. Raises FileRefused when it ends early, is damaged or
    swells.
    """
    count, out, rest = _Count(len(data)), [], data
    while rest:
        member = zlib.decompressobj(wbits=31)
        try:
            piece = member.decompress(rest, _CHUNK)
            while piece or member.unconsumed_tail:
                count.add(
                    len(piece),
                    "gzip",
                )
                out.append(piece)
                piece = member.decompress(member.unconsumed_tail, _CHUNK)
        except zlib.error as damage:
            raise FileRefused(
                "container_damaged", "gzip", detail=damage
            ) from damage
        if not member.eof:
            raise FileRefused("ends_early", "gzip")
        rest = member.unused_data
    return b"".join(out)


def check_zip(data: bytes) -> list[str]:
    """Names of the entries, after every one was inflated once and counted.

    Refuses more than 200 entries, a zip inside the zip, document type definitions, encrypted or damaged
    entries.
    """
    names = []
    count = _Count(len(data))
    for name, piece, first in _pieces(data):
        if first:
            names.append(name)
            if piece.startswith((ZIP_MAGIC, GZIP_MAGIC)):
                raise FileRefused("container_nested", name)
            if any(mark in piece[:4096] for mark in _DOCTYPES):
                raise FileRefused("document_type", name)
        count.add(
            len(piece),
            name,
        )
    return names


def check_workbook(data: bytes) -> None:
    """Refuses a package as `check_zip` does. An .xls is no package: its reader works alone under limits of
    memory and time.
    """
    check_size(data)
    if not data.startswith(OLE_MAGIC):
        check_zip(data)


def zip_entry(data: bytes, ending: str) -> bytes:
    """The one entry whose name ends with `ending`, after the whole zip passed `check_zip`."""
    names = check_zip(data)
    wanted = [name for name in names if name.endswith(ending)]
    if len(wanted) != 1:
        raise FileRefused(
            "zip_entry_missing",
            ending,
            wanted=ending,
            found=", ".join(names[:8]),
        )
    return b"".join(
        piece for name, piece, _ in _pieces(data) if name == wanted[0]
    )


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a spreadsheet package (xlsx or ods) rather than a plain zip, by what stands
    inside.
    """
    if not data.startswith(ZIP_MAGIC):
        return False
    head = data[:4096]
    return (
        b"[Content_Types].xml" in head
        or b"application/vnd.oasis.opendocument" in head
        or b"xl/" in head
    )


def plain(data: bytes, zip_ending: str | None = None) -> bytes:
    """The text file in the download: gzip is inflated, a zip gives its entry, anything else is itself."""
    check_size(data)
    if data.startswith(GZIP_MAGIC):
        return inflate_gzip(data)
    if data.startswith(ZIP_MAGIC):
        return zip_entry(data, zip_ending or ".csv")
    return data


def _pieces(data: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Every entry in pieces: its name, the bytes, and whether they are its first. Verifies each checksum."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            entries = box.infolist()
            if len(entries) > limits.MAX_ZIP_ENTRIES:
                raise FileRefused(
                    "zip_too_many_entries",
                    count=len(entries),
                    limit=limits.MAX_ZIP_ENTRIES,
                )
            for entry in entries:
                if entry.flag_bits & 0x1:
                    raise FileRefused("zip_encrypted", entry.filename)
                with box.open(entry) as stream:
                    first = True
                    while piece := stream.read(_CHUNK):
                        yield entry.filename, piece, first
                        first = False
    except _DAMAGED as damage:
        raise FileRefused("container_damaged", "zip", detail=damage) from damage
