"""The child that parses workbooks: bytes in through a pipe, rows out. It runs alone, under limits, and imports little.

Run as a script, never imported by the parent. A request is a line of JSON {"size", "sheets"} and then the bytes; an
answer is a line with its length and then JSON. When a limit is passed the process dies and the parent says so.
"""

from __future__ import annotations

import datetime
import json
import resource
import sys
from typing import Any


def _confine(memory_bytes: int, open_files: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, open_files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_seconds(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    # a reader that is limited itself hands its own last second down, and no child may raise that
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return {"date": value.date().isoformat()} if midnight else value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    return str(value)


def _parsed(data: bytes, wanted: list[str]) -> dict[str, Any]:
    import io

    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        known = {sheet.name: str(sheet.visible).rpartition(".")[2] for sheet in book.sheets_metadata}
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in wanted
            if known.get(name, "").lower() == "visible"
        }
    except (python_calamine.CalamineError, ValueError, OSError) as fault:
        return {"fault": f"{type(fault).__name__}: {fault}"[:300]}
    return {"known": known, "sheets": sheets}


def main() -> None:
    """Answers requests until the pipe closes."""
    memory_bytes, cpu_seconds, open_files = (int(each) for each in sys.argv[1:4])
    _confine(memory_bytes, open_files)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := asked.readline():
        request = json.loads(line)
        data = asked.read(request["size"])
        _allow_seconds(cpu_seconds)
        body = json.dumps(_parsed(data, request["sheets"]), default=_plain).encode()
        answers.write(b"%d\n" % len(body))
        answers.write(body)
        answers.flush()


if __name__ == "__main__":
    main()
