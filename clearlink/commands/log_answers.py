"""The record's own proof by command: the log whole, where it last stood, and a bundle or a printed seal
held against it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from clearlink.exit_codes import Exit
from clearlink.review.anchor import Head
from clearlink.review.bundle import BundleDamaged
from clearlink.review.proof import against_bundle, against_seal
from clearlink.review.store import review_store

_SEAL = re.compile(r"(\d{1,12}):([0-9a-f]{64})")
_MEANT = {
    "older": "the log ends before it: an older copy, or lines were taken away",
    "other": "another line stands there: the store was replaced, or sealed anew",
    "record_older": "the log ends before the line at which it last stood here: an older copy, or lines were "
    "taken away",
    "record_other": "not the record that was last written here: replaced, or sealed anew",
    "record_gone": "the file of the record is gone",
}


def log_told() -> dict[str, Any]:
    """What the tamper check finds, for `clearlink check`: lines, where the log stands, and every fault as
    (kind, where).
    """
    store = review_store()
    checked = store.check()
    return {
        "lines": checked.lines,
        "head": str(store.head()),
        "faults": [list(f) for f in checked.faults],
    }


def log_lines(told: dict[str, Any]) -> list[str]:
    """The same in words."""
    if not told["faults"]:
        return [
            f"the record: {told['lines']} lines of log, whole, at {told['head']}"
        ]
    return [
        f"the record: FAULT {_MEANT.get(kind, kind.replace('_', ' '))} · {where}"
        for kind, where in told["faults"]
    ]


def check_log(bundle: Path | None, seal: str | None) -> int:
    """Checks the log; with a bundle or a seal, whether this store is the one that it came from. The last
    line says what came of it.
    """
    store = review_store()
    told = log_told()
    lines = log_lines(told)
    faults = bool(told["faults"])
    if bundle is not None:
        try:
            against = against_bundle(store, bundle.read_bytes())
        except OSError as wrong:
            print(
                f"--log: found {str(bundle)!r} ({wrong.strerror}), expected a bundle; name another",
                file=sys.stderr,
            )
            return Exit.USAGE
        except BundleDamaged as wrong:
            print(wrong, file=sys.stderr)
            return Exit.INPUT_REFUSED
        lines += [
            f"the bundle: FAULT {kind.replace('_', ' ')} · {where}"
            for kind, where in against
        ]
        faults = faults or bool(against)
        lines += (
            []
            if against
            else [
                "the bundle: every line of its log stands in this record, as it is there"
            ]
        )
    if seal is not None:
        matched = _SEAL.fullmatch(seal.strip().lower())
        if matched is None:
            print(
                f"--seal: found {seal!r}, expected LINE:SEAL as minutes and packs print them; write "
                f"42:<64 characters>",
                file=sys.stderr,
            )
            return Exit.USAGE
        wrong_seal = against_seal(
            store,
            Head(
                int(matched[1]),
                matched[2],
            ),
        )
        lines.append(
            f"the seal: FAULT {_MEANT[wrong_seal]}"
            if wrong_seal
            else "the seal: this record holds that line, and goes on from it"
        )
        faults = faults or wrong_seal is not None
    print("\n".join(lines))
    return Exit.CHECKS_FAILED if faults else Exit.DONE
