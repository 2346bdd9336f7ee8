"""The record's own proof by command: the log whole, where it last stood, and a bundle or a printed seal
held against it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
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
    told = log_told()
    answers = [
        _Answer(
            log_lines(told),
            bool(told["faults"]),
        )
    ]
    try:
        if bundle is not None:
            answers.append(_bundle_answer(bundle))
        if seal is not None:
            answers.append(_seal_answer(seal))
    except _NotReadable as wrong:
        print(wrong, file=sys.stderr)
        return Exit.USAGE
    except BundleDamaged as wrong:
        print(wrong, file=sys.stderr)
        return Exit.INPUT_REFUSED
    for answer in answers:
        print("\n".join(answer.lines))
    is_faulty = any(answer.is_fault for answer in answers)
    return Exit.CHECKS_FAILED if is_faulty else Exit.DONE


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one comparison with the log came to, in words."""

    lines: list[str]
    is_fault: bool


class _NotReadable(Exception):
    """What was given to compare with cannot be read; the message says what to give."""


def _bundle_answer(bundle: Path) -> _Answer:
    """Raises `BundleDamaged`, and `_NotReadable` where there is no such file."""
    try:
        data = bundle.read_bytes()
    except OSError as wrong:
        raise _NotReadable(
            f"--log: found {str(bundle)!r} ({wrong.strerror}), expected a bundle; name another"
        ) from wrong
    faults = against_bundle(review_store(), data)
    if not faults:
        return _Answer(
            [
                "the bundle: every line of its log stands in this record, as it is there"
            ],
            is_fault=False,
        )
    return _Answer(
        [
            f"the bundle: FAULT {kind.replace('_', ' ')} · {where}"
            for kind, where in faults
        ],
        is_fault=True,
    )


def _seal_answer(seal: str) -> _Answer:
    """Raises `_NotReadable` where the words are no seal."""
    matched = _SEAL.fullmatch(seal.strip().lower())
    if matched is None:
        raise _NotReadable(
            f"--seal: found {seal!r}, expected LINE:SEAL as minutes and packs print them; write "
            f"42:<64 characters>"
        )
    line, digest = matched.groups()
    fault = against_seal(
        review_store(),
        Head(
            int(line),
            digest,
        ),
    )
    if fault:
        return _Answer(
            [f"the seal: FAULT {_MEANT[fault]}"],
            is_fault=True,
        )
    return _Answer(
        ["the seal: this record holds that line, and goes on from it"],
        is_fault=False,
    )
