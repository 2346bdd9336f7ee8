"""What is kept of the warehouse between two questions: one connection for all who ask at once, and no more
answers than there is room for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from clearlink.warehouse import asking, connection, reader
from etl.build import warehouse_file


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "clearlink.duckdb"
    yield path
    connection._open.pop(path, None)


def _publish(path: Path, *builds: str) -> None:
    part = path.with_name("clearlink.1.part")
    with duckdb.connect(str(part)) as con:
        con.execute("create table build (build_id varchar)")
        con.executemany("insert into build values (?)", [[b] for b in builds])
    warehouse_file.publish(part, path)


def test_a_file_that_names_no_build_is_none(file: Path) -> None:
    part = file.with_name("clearlink.1.part")
    with duckdb.connect(str(part)) as con:
        con.execute("create table build (build_id varchar)")
    warehouse_file.publish(part, file)
    with pytest.raises(connection.NothingBuilt):
        connection.warehouse(file)


def test_what_another_visitor_opened_meanwhile_is_taken(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(file, "first")
    opened = connection.warehouse(file)
    connection._open.pop(file)

    @contextmanager
    def waited() -> Iterator[None]:
        connection._open[file] = opened
        yield

    monkeypatch.setattr(connection, "_guard", waited())
    assert connection.warehouse(file) is opened


def test_the_oldest_answers_make_room_and_are_asked_again(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    monkeypatch.setattr(asking, "KEPT_ANSWERS", 2)
    monkeypatch.setattr(asking, "KEPT_LAID_OUT", 1)
    asking.forget_answers()
    laid_out = asking.once_a_build(lambda n: reader.area(n))
    areas = [a["area_code"] for a in reader.areas("LA")[:3]]
    first = laid_out(areas[0])
    assert first is not None
    assert laid_out(areas[0]) is first
    for area in areas[1:]:
        laid_out(area)
    assert (len(asking._answers), len(asking._laid_out)) == (2, 1)
    again = laid_out(areas[0])
    assert again == first and again is not first
    asking.forget_answers()
