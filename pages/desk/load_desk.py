"""The steward's desk: a register tried, reported on and published, each in a child process under limits.

The app itself never parses what a person uploads. The bytes go to a child with bounded memory, time and
files; they are deleted when it ends, and the engine never opens them.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from clearlink import folders
from clearlink.counting import ASKED, hear, somebody_listens
from clearlink.exit_codes import Exit
from clearlink.review.roles import Act, NotPermitted, Viewer
from clearlink.scratch import scratch_folder, sweep_scratch
from clearlink.words import Lang

MEMORY_BYTES: Final = 2 * 1024**3
CPU_SECONDS: Final = 60
BUILD_SECONDS: Final = 300
LARGEST_BYTES: Final = 10 * 1024**2
LONGEST_NAME: Final = 60
ENDINGS: Final = (".csv", ".xlsx", ".ods", ".xls", ".json")


@dataclass(frozen=True, slots=True)
class Tried:
    """What reading a register gave. `problems` are rows as the served table of problems holds them; `to_mend`
    is what was refused, in the file's own kind (`mend_kind`: csv or json), each entry with what to mend;
    `verdicts` has a row per accepted project and basis; not `is_judged` where the served build is of an
    earlier version. `mapping` is set where the file is a spreadsheet of somebody's own: its columns with
    samples, and what each is taken for. `kept`: registers loaded earlier that name the same projects.
    `unmatched`: words that no closed list knows. `trouble` is set where the child itself failed.
    """

    accepted: int = 0
    refused: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    to_mend: bytes = b""
    mend_kind: str = "csv"
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    is_judged: bool = True
    mapping: dict[str, Any] | None = None
    kept: list[dict[str, Any]] = field(default_factory=list)
    passed_over: list[dict[str, Any]] = field(default_factory=list)
    unmatched: list[dict[str, str]] = field(default_factory=list)
    trouble: str | None = None


def try_register(
    data: bytes,
    file_name: str,
    viewer: Viewer,
    mapping: dict[str, Any] | None = None,
    lang: Lang = "en",
    sheet: str = "",
) -> Tried:
    """Reads a register without keeping it. Without a `mapping`, a file that is no register is answered with
    the mapping to confirm.

    `mapping` holds header_hash, columns, fixed, words and century, as an earlier answer did. Raises
    NotPermitted.
    """
    _require(viewer)
    if len(data) > LARGEST_BYTES:
        return Tried(trouble="too_large")
    sweep_scratch()
    with scratch_folder() as folder:
        given, report = _written(folder, data, file_name), folder / "to-mend"
        way = str(_mapping_file(folder, mapping)) if mapping else "offer"
        ended = _child(
            [
                "import",
                str(given),
                "--map",
                way,
                "--dry-run",
                "--json",
                "--lang",
                lang,
                "--report",
                str(report),
                "--sheet",
                sheet,
            ],
            CPU_SECONDS,
        )
        if ended is None:
            return Tried(trouble="stopped")
        try:
            report_read = json.loads(ended.stdout)
        except ValueError:
            return Tried(trouble="failed")
        return Tried(
            **report_read,
            to_mend=report.read_bytes() if report.exists() else b"",
        )


def publish_register(
    data: bytes,
    file_name: str,
    viewer: Viewer,
    mapping: dict[str, Any] | None = None,
    *,
    remember: bool = True,
    replaces: Sequence[str] = (),
    is_beside: bool = False,
) -> str | None:
    """Keeps the register and builds anew. None when it is published, "left_out" when it is published without
    some accepted rows, else a word for what stopped it; the last complete build keeps serving.

    `remember`: keep the columns for the next file with these column names. `replaces`: registers kept earlier
    whose place this one takes; `is_beside`: both stay. Raises NotPermitted.
    """
    _require(viewer)
    sweep_scratch()
    with scratch_folder() as folder:
        given = _written(folder, data, file_name)
        mapped = (
            [
                "--map",
                str(_mapping_file(folder, mapping)),
                *([] if remember else ["--no-remember"]),
            ]
            if mapping
            else ["--json"]
        )
        edition = [part for name in replaces for part in ("--replaces", name)]
        edition += ["--beside"] if is_beside else []
        kept = _child(
            [
                "import",
                str(given),
                *mapped,
                *edition,
            ],
            CPU_SECONDS,
        )
        if kept is None or kept.returncode not in (
            Exit.DONE,
            Exit.INPUT_REFUSED,
        ):
            return "failed"
    return _built_anew()


def publish_registers(
    files: Sequence[tuple[bytes, str]],
    viewer: Viewer,
) -> str | None:
    """Keeps lists that belong together (an assessment and its priorities) and builds anew, once. Answers as
    `publish_register`.
    """
    _require(viewer)
    sweep_scratch()
    with scratch_folder() as folder:
        for data, file_name in files:
            kept = _child(
                [
                    "import",
                    str(_written(folder, data, file_name)),
                    "--json",
                ],
                CPU_SECONDS,
            )
            if kept is None or kept.returncode != Exit.DONE:
                return "failed"
    return _built_anew()


def _built_anew() -> str | None:
    built = _child(["build"], BUILD_SECONDS)
    if built is None:
        return "stopped"
    words = {
        Exit.DONE: None,
        Exit.INPUT_REFUSED: "left_out",
        Exit.CHECKS_FAILED: "checks",
    }
    return (
        words.get(
            Exit(built.returncode),
            "failed",
        )
        if built.returncode in {*Exit}
        else "failed"
    )


def _require(viewer: Viewer) -> None:
    # a register holds rows of every place, so the role alone is asked
    if not viewer.may(Act.LOAD_REGISTER):
        raise NotPermitted(viewer, Act.LOAD_REGISTER, None)


def _written(
    folder: Path,
    data: bytes,
    file_name: str,
) -> Path:
    # the name is a label: its ending only where it is a known one, and nothing but letters and figures of the
    # rest
    named = Path(file_name)
    ending, stem = (
        named.suffix.lower(),
        " ".join(re.sub(r"[^\w-]+", " ", named.stem).split())[
            :LONGEST_NAME
        ].strip(" -"),
    )
    path = (
        folder
        / f"{stem or 'register'}{ending if ending in ENDINGS else '.csv'}"
    )
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def _mapping_file(folder: Path, mapping: dict[str, Any]) -> Path:
    path = folder / "mapping.json"
    path.write_text(
        json.dumps(mapping, ensure_ascii=False),
        encoding="utf-8",
    )
    path.chmod(0o600)
    return path


def _child(
    arguments: list[str],
    seconds: int,
) -> subprocess.CompletedProcess[bytes] | None:
    def limit() -> None:
        resource.setrlimit(
            resource.RLIMIT_CPU,
            (seconds, seconds + 5),
        )
        resource.setrlimit(
            resource.RLIMIT_CORE,
            (0, 0),
        )
        if arguments[0] == "import":
            resource.setrlimit(
                resource.RLIMIT_AS,
                (MEMORY_BYTES, MEMORY_BYTES),
            )

    settings = {"CLEARLINK_DATA": str(folders.data_folder())}
    if somebody_listens():
        settings[ASKED] = "1"
    with subprocess.Popen(
        [sys.executable, "-m", "clearlink", *arguments],
        cwd=folders.ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=limit,
    ) as child:
        return _answer_of(child, arguments, 2 * seconds)


def _answer_of(
    child: subprocess.Popen[bytes],
    arguments: list[str],
    seconds: int,
) -> subprocess.CompletedProcess[bytes] | None:
    """What a child answers, its counts passed on as they come; None where it took longer than it may.

    Nothing but that time ends a child: what hearing a count raises waits for the work (`listening`).
    """
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        child.kill()

    too_long = threading.Timer(seconds, stop)
    too_long.daemon = True
    too_long.start()
    answer: list[bytes] = []
    out, err = child.stdout, child.stderr
    assert out is not None and err is not None
    reading = threading.Thread(target=lambda: answer.append(out.read()))
    reading.start()
    for line in err:
        hear(line.decode("utf-8", "replace"))
    reading.join()
    code = child.wait()
    too_long.cancel()
    if stopped.is_set():
        return None
    return subprocess.CompletedProcess(arguments, code, b"".join(answer))
