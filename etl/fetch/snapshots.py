"""Publishers' files as we got them: the bytes under their hash, and beside them where, when and on what
terms.

`$CLEARLINK_DATA/snapshots/<source_id>/<first 16 of sha256>.<ext>` and the same hash with `.about.json`. Bytes
are written first and the note after them, each under another name and then renamed: a snapshot without a note
does not count. Bytes offered again after a later file get a new note and are the newest once more.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source

FOLDER: Final = "snapshots"
# A source may itself be JSON, so the note has an ending of its own.
_NOTE: Final = ".about.json"
_PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One stored file. `published_at` is the server's own date of the file, where it gave one; `etag`
    likewise.
    """

    source_id: str
    edition: str
    sha256: str
    file: str
    bytes: int
    retrieved_at: datetime
    licence: str
    publisher: str
    url: str
    published_at: datetime | None = None
    etag: str = ""

    @property
    def snapshot_id(self) -> str:
        """The source and the start of the hash: the name under which figures point here."""
        return f"{self.source_id}@{self.sha256[:16]}"

    def age_days(self, now: datetime) -> int:
        """Whole days since the file was fetched."""
        return (now - self.retrieved_at).days


def folder_of(data_dir: Path, source_id: str) -> Path:
    """Where a source's snapshots lie. The name is the catalogue's, never a publisher's."""
    return data_dir / FOLDER / source_id


def store(
    data_dir: Path,
    source: Source,
    data: bytes,
    url: str,
    *,
    retrieved_at: datetime | None = None,
    published_at: datetime | None = None,
    etag: str = "",
) -> tuple[Snapshot, bool]:
    """Keeps a file; answers its snapshot and whether it is new. The same bytes as the newest snapshot
    change nothing.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    held = latest(data_dir, source.source_id)
    if held is not None and held.sha256 == sha256 and _intact(data_dir, held):
        return held, False
    folder = folder_of(data_dir, source.source_id)
    folder.mkdir(parents=True, exist_ok=True)
    snapshot = Snapshot(
        source_id=source.source_id,
        edition=source.edition,
        sha256=sha256,
        file=f"{sha256[:16]}{extension(source.mirror_path or source.file, data)}",
        bytes=len(data),
        retrieved_at=retrieved_at or datetime.now(UTC),
        licence=source.licence,
        publisher=source.publisher,
        url=url,
        published_at=published_at,
        etag=etag,
    )
    _write(
        folder / snapshot.file,
        data,
    )
    note = asdict(snapshot) | {
        name: None if value is None else value.isoformat()
        for name, value in (
            ("retrieved_at", snapshot.retrieved_at),
            ("published_at", published_at),
        )
    }
    _write(
        folder / f"{sha256[:16]}{_NOTE}",
        json.dumps(note, ensure_ascii=False, indent=1).encode(),
    )
    return snapshot, True


def all_of(data_dir: Path, source_id: str) -> list[Snapshot]:
    """Every snapshot of a source, newest first. A note that cannot be read does not count."""
    snapshots = []
    for path in sorted(folder_of(data_dir, source_id).glob(f"*{_NOTE}")):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
            for name in ("retrieved_at", "published_at"):
                note[name] = (
                    datetime.fromisoformat(note[name]) if note[name] else None
                )
            snapshots.append(Snapshot(**note))
        except (
            json.JSONDecodeError,
            UnicodeDecodeError,
            KeyError,
            TypeError,
            ValueError,
        ):
            continue
    return sorted(
        snapshots,
        key=lambda each: (each.retrieved_at, each.sha256),
        reverse=True,
    )


def latest(data_dir: Path, source_id: str) -> Snapshot | None:
    """The newest snapshot of a source, if there is one."""
    return next(
        iter(all_of(data_dir, source_id)),
        None,
    )


def read_bytes(data_dir: Path, snapshot: Snapshot) -> bytes:
    """A snapshot's content. Raises FileRefused when it is gone or no longer has its hash."""
    path = folder_of(data_dir, snapshot.source_id) / snapshot.file
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != snapshot.sha256:
        raise FileRefused(
            "snapshot_damaged",
            snapshot.file,
            sha256=snapshot.sha256[:16],
        )
    return data


def newest_good(
    data_dir: Path, source_id: str
) -> tuple[Snapshot, bytes] | None:
    """The newest snapshot that is still what it was, with its content; older ones stand in for damaged
    ones.
    """
    for snapshot in all_of(data_dir, source_id):
        if _intact(data_dir, snapshot):
            return snapshot, read_bytes(data_dir, snapshot)
    return None


def damaged(data_dir: Path, source_id: str) -> list[Snapshot]:
    """Snapshots whose bytes are gone or changed."""
    return [
        each
        for each in all_of(data_dir, source_id)
        if not _intact(data_dir, each)
    ]


def sweep(data_dir: Path) -> int:
    """Removes half-written files that an interrupted run left; answers how many."""
    litter = [
        path
        for path in (data_dir / FOLDER).glob(f"*/*{_PART}")
        if not path.name.startswith("download")
    ]
    for path in litter:
        path.unlink(missing_ok=True)
    return len(litter)


def extension(mirror_path: str, data: bytes) -> str:
    """The file's ending, from what it is (gzip, zip, spreadsheet) before what it is called."""
    known = "".join(
        Path(mirror_path).suffixes[-2:]
        if mirror_path.endswith(".gz")
        else Path(mirror_path).suffixes[-1:]
    )
    if data.startswith(b"PK\x03\x04"):
        if b"application/vnd.oasis.opendocument.spreadsheet" in data[:200]:
            return ".ods"
        return known if known in (".ods", ".xlsx") else ".zip"
    if data.startswith(b"\x1f\x8b"):
        return known if known.endswith(".gz") else f"{known}.gz"
    return known.removesuffix(".gz")


def _intact(data_dir: Path, snapshot: Snapshot) -> bool:
    path = folder_of(data_dir, snapshot.source_id) / snapshot.file
    return (
        path.is_file()
        and hashlib.sha256(path.read_bytes()).hexdigest() == snapshot.sha256
    )


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}{_PART}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
