"""Progress on a terminal: one line that is rewritten, and nothing at all where nobody watches.

Whoever listens for counts is told the steps.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from clearlink.counting import tell


@dataclass(slots=True)
class TerminalProgress:
    """Called with (done, total, what). Work that ends within two seconds shows nothing."""

    quiet_seconds: float = 2.0
    started: float = field(default_factory=time.monotonic)
    shown: bool = False

    def __call__(
        self,
        done: int,
        total: int,
        what: str,
    ) -> None:
        tell(done, total, "steps")
        if not sys.stderr.isatty() or (
            time.monotonic() - self.started < self.quiet_seconds
            and not self.shown
        ):
            return
        self.shown = True
        width = 24
        filled = round(width * done / max(1, total))
        sys.stderr.write(
            f"\r{'█' * filled}{'·' * (width - filled)} {done}/{total} {what[:40]:<40}"
        )
        sys.stderr.flush()
        if done >= total:
            sys.stderr.write("\r" + " " * 76 + "\r")
            self.shown = False
