"""A JSON file of an exchange standard, and the list of projects that a standard has no room for."""

from __future__ import annotations

import csv
import json
import uuid
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from clearlink.words import Lang, say

# Identifiers of services and organisations are made from the register's own references, so they stay the
# same.
_NAMESPACE: Final = uuid.UUID("6a3f1f0e-5b1c-5a0d-9a44-1c1e7a2b9d10")
LICENCE: Final = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)


def write_json(path: Path, value: Any) -> Path:
    """UTF-8, two spaces, keys in the order given."""
    path.write_text(
        json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        encoding="utf-8",
    )
    return path


def write_left_out(
    path: Path,
    left_out: Sequence[tuple[str, str]],
    lang: Lang,
) -> list[Path]:
    """Project and reason of each project that the standard cannot hold; no file where there is none."""
    path.unlink(missing_ok=True)
    if not left_out:
        return []
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(
            ("project_id", "reason")
            if lang == "en"
            else ("cod_prosiect", "rheswm")
        )
        writer.writerows(
            (project_id, say(lang, f"exchange.left_out.{reason}"))
            for project_id, reason in left_out
        )
    return [path]


def stable_uuid(*parts: str) -> str:
    """The same identifier for the same parts, on every machine."""
    return str(
        uuid.uuid5(
            _NAMESPACE,
            "/".join(parts),
        )
    )


def moment(day: date) -> str:
    """A day as the standards write a moment."""
    return f"{day.isoformat()}T00:00:00Z"


def present(values: dict[str, Any]) -> dict[str, Any]:
    """The entries that hold something: a standard's field is left out rather than filled with nothing."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", [], {})
    }
