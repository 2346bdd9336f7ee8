"""Workbooks (xlsx, ods) read in a child process under limits: memory, time, open files, no file may be
written.

One child serves many files. It is renewed after a fault and every 500 files; what it dies of is reported, not
raised as a crash of ours.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from etl.files import containers, limits
from etl.files.refusal import FileRefused
from etl.files.sheet import Cell, Sheet
from etl.files.text import check_letters

WORKER: Final = Path(__file__).with_name("worker.py")


class _Child:
    """The worker process, started at first need."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()
        self.files = 0

    def ask(
        self,
        data: bytes,
        sheets: Sequence[str],
    ) -> dict[str, Any]:
        with self.lock:
            if self.files >= limits.CHILD_FILES_BEFORE_RENEWAL:
                self.stop()
            child = self._running()
            self.files += 1
            late = threading.Event()

            def end_late_child() -> None:
                late.set()
                child.kill()

            watch = threading.Timer(limits.CHILD_WALL_SECONDS, end_late_child)
            watch.daemon = True
            watch.start()
            try:
                return self._exchange(child, data, sheets)
            except (BrokenPipeError, EOFError, ValueError) as death:
                self.stop()
                code = "parser_too_slow" if late.is_set() else "parser_died"
                raise FileRefused(
                    code,
                    seconds=limits.CHILD_WALL_SECONDS,
                    memory_mb=limits.CHILD_MEMORY_BYTES // 2**20,
                ) from death
            finally:
                watch.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            bounds = (
                limits.CHILD_MEMORY_BYTES,
                limits.CHILD_CPU_SECONDS,
                limits.CHILD_OPEN_FILES,
                limits.MAX_ROWS,
                limits.MAX_COLUMNS,
                limits.MAX_CELLS,
                limits.MAX_CELL_CHARACTERS,
            )
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    str(WORKER),
                    *map(str, bounds),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
            )
            self.files = 0
        return self.process

    @staticmethod
    def _exchange(
        child: subprocess.Popen[bytes],
        data: bytes,
        sheets: Sequence[str],
    ) -> dict[str, Any]:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(
            json.dumps(
                {
                    "size": len(data),
                    "sheets": list(sheets),
                }
            ).encode()
            + b"\n"
        )
        child.stdin.write(data)
        child.stdin.flush()
        size = child.stdout.readline()
        if not size.endswith(b"\n") or int(size) > limits.CHILD_ANSWER_BYTES:
            raise EOFError
        body = child.stdout.read(int(size))
        if len(body) != int(size):
            raise EOFError
        answer: dict[str, Any] = json.loads(body)
        return answer

    def stop(self) -> None:
        """Ends the child; the next file gets a new one."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        self.process = None


_child: Final = _Child()
atexit.register(_child.stop)


def asked_child(data: bytes, sheets: Sequence[str]) -> dict[str, Any]:
    """What the child answers to a workbook that passed the checks of its package. Raises FileRefused for a
    fault or a limit passed.
    """
    answer = _child.ask(data, sheets)
    if "fault" in answer:
        raise FileRefused("workbook_broken", detail=answer["fault"])
    if "limit" in answer:
        raise FileRefused(
            f"too_many_{answer['limit']}",
            count=f"{answer['found']:,}",
            limit=f"{answer['most']:,}",
        )
    return answer


def read_workbook(
    data: bytes,
    sheets: Sequence[str],
    *,
    by_row: bool = False,
) -> dict[str, Sheet]:
    """The named visible sheets of an xlsx, ods or xls file, each from its cell A1.

    `by_row`: a cell whose letters were lost is handed on for its row to be refused; otherwise the whole file
    is. Raises FileRefused when the package is damaged, too large or nested, when a sheet is missing or
    hidden, and when the parser passes its limits.
    """
    containers.check_workbook(data)
    answer = asked_child(data, sheets)
    known: dict[str, str] = answer["known"]
    for name in sheets:
        if name not in known:
            raise FileRefused(
                "sheet_missing",
                name,
                wanted=name,
                found=", ".join(known),
            )
        if known[name].lower() != "visible":
            raise FileRefused("sheet_hidden", name, wanted=name)
    hidden: dict[str, list[int]] = answer.get("hidden", {})
    merged: dict[str, list[list[int]]] = answer.get("merged", {})
    return {
        name: Sheet(
            name,
            _cells(rows, by_row),
            is_workbook=True,
            hidden=tuple(hidden.get(name, ())),
            merged=tuple((at, a, b) for at, a, b in merged.get(name, ())),
        )
        for name, rows in answer["sheets"].items()
    }


def _cells(rows: list[list[Any]], by_row: bool) -> list[list[Cell]]:
    for at, row in enumerate(
        rows if not by_row else [],
        start=1,
    ):
        check_letters(
            " ".join(value for value in row if isinstance(value, str)),
            f"row {at}",
        )
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return unicodedata.normalize("NFC", value) if value else None
