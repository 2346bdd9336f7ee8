"""Fetching from the stand-in folder: the last good file survives whatever the next one is."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.fetch import snapshots
from etl.fetch.fetch import Outcome, fetch
from etl.files.refusal import FileRefused
from etl.sources.catalogue import Source, load_sources

SOURCE = load_sources()["nuts3_authorities"]
DAY_ONE = datetime(2026, 6, 1, tzinfo=UTC)
GOOD = b"NUTS318CD,NUTS318NM,LAD24CD\n" + b"".join(
    b"UKL11,Isle of Anglesey,W060000%02d\n" % n
    for n in range(1, 25)
    if n not in (7, 17)
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "lookups").mkdir(parents=True)
    (folder / SOURCE.mirror_path).write_bytes(GOOD)
    return folder


def _offer(site: Path, data: bytes) -> None:
    (site / SOURCE.mirror_path).write_bytes(data)


def _outcome(
    site: Path, data_dir: Path, days: int = 0, source: Source = SOURCE
) -> tuple[Outcome, int | None, list[str]]:
    [one] = fetch(
        [source], site, data_dir, now=DAY_ONE + timedelta(days=days)
    ).sources
    return one.outcome, one.age_days, [problem.code for problem in one.problems]


def _held(data_dir: Path) -> bytes:
    good = snapshots.newest_good(data_dir, SOURCE.source_id)
    assert good is not None
    return good[1]


def test_the_same_file_again_changes_nothing(
    site: Path, data_dir: Path
) -> None:
    assert _outcome(site, data_dir) == (Outcome.FETCHED, 0, [])
    before = {
        path: path.read_bytes()
        for path in data_dir.rglob("*")
        if path.is_file()
    }
    assert _outcome(site, data_dir, days=9) == (Outcome.UNCHANGED, 9, [])
    assert {
        path: path.read_bytes()
        for path in data_dir.rglob("*")
        if path.is_file()
    } == before


def test_a_snapshot_states_its_terms(site: Path, data_dir: Path) -> None:
    fetch([SOURCE], site, data_dir, now=DAY_ONE)
    held = snapshots.latest(data_dir, SOURCE.source_id)
    assert held is not None
    assert (held.edition, held.licence, held.bytes) == (
        "2018",
        "Open Government Licence v3.0",
        len(GOOD),
    )
    assert held.file == f"{held.sha256[:16]}.csv"
    assert held.retrieved_at == DAY_ONE


@pytest.mark.parametrize(
    ("offered", "code"),
    [
        (GOOD[:-40], "ends_early"),
        (b"<!DOCTYPE html><p>moved</p>", "page_instead_of_data"),
        (b"", "file_empty"),
        (GOOD.replace(b"LAD24CD", b"LAD26CD"), "column_missing"),
    ],
)
def test_a_bad_file_never_replaces_the_last_good_one(
    offered: bytes, code: str, site: Path, data_dir: Path
) -> None:
    _outcome(site, data_dir)
    _offer(site, offered)
    outcome, age_days, codes = _outcome(site, data_dir, days=3)
    assert (outcome, age_days) == (Outcome.REFUSED, 3)
    assert codes[0] == code
    assert _held(data_dir) == GOOD


def test_a_file_that_cannot_be_had_is_late_with_its_age(
    site: Path, data_dir: Path
) -> None:
    _outcome(site, data_dir)
    (site / SOURCE.mirror_path).unlink()
    assert _outcome(site, data_dir, days=40) == (
        Outcome.LATE,
        40,
        ["mirror_file_missing"],
    )
    assert _held(data_dir) == GOOD


def test_a_source_that_never_came_has_no_age(
    data_dir: Path, tmp_path: Path
) -> None:
    assert _outcome(tmp_path / "nowhere", data_dir) == (
        Outcome.LATE,
        None,
        ["mirror_file_missing"],
    )


def test_a_path_out_of_the_folder_is_not_followed(
    site: Path, data_dir: Path
) -> None:
    (site.parent / "secret.csv").write_bytes(GOOD)
    outside = replace(SOURCE, mirror_path="../secret.csv")
    assert _outcome(site, data_dir, source=outside)[0] is Outcome.LATE


def test_a_damaged_snapshot_is_noticed_and_fetched_again(
    site: Path, data_dir: Path
) -> None:
    _outcome(site, data_dir)
    [stored] = snapshots.all_of(data_dir, SOURCE.source_id)
    path = snapshots.folder_of(data_dir, SOURCE.source_id) / stored.file
    path.write_bytes(GOOD.replace(b"UKL11", b"UKL12", 1))
    with pytest.raises(FileRefused) as refused:
        snapshots.read_bytes(data_dir, stored)
    assert refused.value.code == "snapshot_damaged"
    assert snapshots.newest_good(data_dir, SOURCE.source_id) is None
    assert _outcome(site, data_dir, days=1) == (
        Outcome.FETCHED,
        0,
        ["snapshot_damaged"],
    )
    assert _held(data_dir) == GOOD


def test_an_older_good_file_stands_in_for_a_damaged_one(
    site: Path, data_dir: Path
) -> None:
    _outcome(site, data_dir)
    _offer(site, GOOD.replace(b"UKL11", b"UKL12"))
    _outcome(site, data_dir, days=1)
    newest = snapshots.latest(data_dir, SOURCE.source_id)
    assert newest is not None
    (snapshots.folder_of(data_dir, SOURCE.source_id) / newest.file).unlink()
    assert _held(data_dir) == GOOD


def test_a_file_that_comes_back_is_the_newest_again(
    site: Path, data_dir: Path
) -> None:
    other = GOOD.replace(b"UKL11", b"UKL12")
    for day, data in enumerate((GOOD, other, GOOD)):
        _offer(site, data)
        assert _outcome(site, data_dir, days=day)[0] is Outcome.FETCHED
        assert _held(data_dir) == data
    assert len(snapshots.all_of(data_dir, SOURCE.source_id)) == 2


def test_litter_of_an_interrupted_run_is_swept(
    site: Path, data_dir: Path
) -> None:
    _outcome(site, data_dir)
    litter = snapshots.folder_of(data_dir, SOURCE.source_id) / "abc.csv.99.part"
    litter.write_bytes(b"half")
    _outcome(site, data_dir, days=1)
    assert not litter.exists()


def test_progress_is_told_from_first_to_last(
    site: Path, data_dir: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    fetch(
        [SOURCE], site, data_dir, lambda *step: told.append(step), now=DAY_ONE
    )
    assert told == [(0, 1, SOURCE.title_en), (1, 1, "")]


@pytest.mark.mirror
def test_everything_in_the_stand_in_is_fetched_once(
    mirror: Path, data_dir: Path
) -> None:
    sources = list(load_sources().values())
    first, second = (fetch(sources, mirror, data_dir) for _ in range(2))
    held = [source for source in sources if source.mirror_path]
    assert len(held) >= 40
    assert (
        first.counts()[Outcome.FETCHED]
        == second.counts()[Outcome.UNCHANGED]
        == len(held)
    )
    assert first.counts()[Outcome.NOT_OFFERED] == len(sources) - len(held)
    shutil.rmtree(data_dir)
