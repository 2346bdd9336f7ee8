"""The n-th call to the disk fails, for every n: what is served is one whole build, and the next publishing
goes through.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from clearlink.warehouse import connection
from clearlink.warehouse.file_note import noted_hashes
from etl.build import warehouse_file

# every way in which publishing touches the disk
CALLS = (
    (os, "open"),
    (os, "fsync"),
    (os, "link"),
    (os, "replace"),
    (os, "rename"),
    (os, "stat"),
    (io, "open"),
    (builtins, "open"),
)


def _part(folder: Path, build: str, number: int) -> Path:
    part = folder / f"clearlink.{number}.part"
    with duckdb.connect(str(part)) as con:
        con.execute("create table build as select $1 as build_id", [build])
        con.execute("create table number as select range as n from range(5000)")
    return part


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "clearlink.duckdb"
    warehouse_file.publish(_part(tmp_path, "first", 1), file)
    yield file
    connection._open.pop(file, None)


def _failing(
    patch: pytest.MonkeyPatch, nth: int, number: int, *, torn: bool
) -> list[str]:
    """From now on the n-th call fails; `torn`: a file opened for writing takes half of what it is given
    first. Answers what was called.
    """
    called: list[str] = []

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            called.append(name)
            if len(called) != nth:
                return real(*given, **named)
            mode = str(named.get("mode", given[1] if len(given) > 1 else "r"))
            if torn and name == "open" and "w" in mode:
                with real(*given, **named) as half:
                    half.write("0123456789abcdef")
            raise OSError(number, os.strerror(number))

        return call

    for module, name in CALLS:
        patch.setattr(module, name, wrapped(name, getattr(module, name)))
    return called


@pytest.mark.parametrize(
    ("number", "torn"),
    [
        (errno.EIO, False),
        (errno.ENOSPC, True),
        (errno.EDQUOT, False),
        (errno.EROFS, False),
    ],
    ids=["error", "full and torn", "quota", "read-only"],
)
def test_whichever_call_fails_one_whole_build_is_served(
    number: int, torn: bool, served: Path
) -> None:
    folder, answered, failed = served.parent, set(), 0
    for nth in range(1, 200):
        part = _part(folder, f"build {nth}", nth + 1)
        before = connection.warehouse(served).build_id
        with pytest.MonkeyPatch.context() as patch:
            called = _failing(patch, nth, number, torn=torn)
            try:
                warehouse_file.publish(part, served)
                told = None
            except OSError as refusal:
                told = refusal
        connection._open.pop(served, None)
        held = connection.warehouse(served)
        assert held.build_id in (before, f"build {nth}"), (
            f"call {nth}, {called[-1]}"
        )
        assert not held.is_previous, (
            f"call {nth}, {called[-1]}: the served file and its note speak of different builds"
        )
        assert told is not None or held.build_id == f"build {nth}", (
            f"call {nth}, {called[-1]}: published without a word"
        )
        answered.add(held.build_id == before)
        failed += told is not None
        warehouse_file.sweep(folder)
        assert (
            sorted(p.name for p in folder.iterdir() if ".part" in p.name) == []
        ), "what a failure left behind is swept"
        if len(called) < nth:
            break
    assert len(called) < nth and failed >= 8, "every call was made to fail"
    assert answered == {True, False}
    assert len(noted_hashes(served)) == 3
    warehouse_file.publish(_part(folder, "last", 999), served)
    assert connection.warehouse(served).build_id == "last"
