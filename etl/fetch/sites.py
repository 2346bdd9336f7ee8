"""Two stands for the publishers: their web sites, and a folder that holds copies of their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from etl.fetch.snapshots import Snapshot
from etl.files import limits
from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source


@dataclass(frozen=True, slots=True)
class Download:
    """What a site gave. `data` is nothing when it said that the file has not changed since the snapshot
    held.
    """

    url: str
    data: bytes | None
    published_at: datetime | None = None
    etag: str = ""


class Site(Protocol):
    """Gives a source's file. Raises FileRefused, with the reason in words, when it cannot."""

    def get(
        self,
        source: Source,
        held: Snapshot | None,
        part_folder: Path,
    ) -> Download:
        """`held` is the newest snapshot, to ask only for changes; unfinished downloads wait in
        `part_folder`.
        """


@dataclass(frozen=True, slots=True)
class MirrorSite:
    """A folder laid out as the catalogue's `mirror_path`s say: for machines without the internet, and for
    tests.
    """

    root: Path

    def get(
        self,
        source: Source,
        held: Snapshot | None,
        part_folder: Path,
    ) -> Download:
        """The file's bytes, read whole."""
        path = (self.root / source.mirror_path).resolve()
        if not path.is_relative_to(self.root.resolve()) or not path.is_file():
            raise FileRefused("mirror_file_missing", path=source.mirror_path)
        if path.stat().st_size > limits.MAX_FILE_BYTES:
            raise FileRefused(
                "file_too_large",
                size_mb=path.stat().st_size // 1_000_000,
                limit_mb=limits.MAX_FILE_BYTES // 1_000_000,
            )
        return Download(
            source.url or path.name,
            path.read_bytes(),
        )
