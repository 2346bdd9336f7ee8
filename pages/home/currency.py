"""How current the files are that this build holds."""

from __future__ import annotations

from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build
from pages.frame.speech import Speech


@once_a_build
def files_held(say: Speech) -> tuple[Row, ...]:
    """Title, edition and state of every file, in words."""
    return tuple(
        {
            "title": say.of(file, "title"),
            "edition": say.edition(file["edition"]),
            "state": say(
                "home.currency.state_illustrative"
                if file["is_illustrative"]
                else f"home.currency.state_{file['state']}"
            ),
        }
        for file in reader.snapshots()
    )
