"""Same inputs, same build: the same content hash whatever the folder, locale, time zone, hash seed,
threads and clock of the machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.build.builder import served_build

ROOT = Path(__file__).resolve().parents[2]
# A build of a small country at random: every statement of the build runs, in about a second.
SMALL = """
import datetime, sys, time
def stop_the_clock(said):
    moment, real_day, real_moment = datetime.datetime.fromisoformat(said), datetime.date, datetime.datetime
    class Kind(type):
        def __instancecheck__(cls, value):
            return isinstance(value, cls.real)
    class Day(real_day, metaclass=Kind):
        __slots__, real = (), real_day
        today = classmethod(lambda cls: moment.date())
    class Moment(real_moment, metaclass=Kind):
        __slots__, real = (), real_moment
        @classmethod
        def now(cls, zone=None):
            return moment.replace(tzinfo=datetime.timezone.utc).astimezone(zone) if zone else moment
        today = utcnow = classmethod(lambda cls: moment)
    time.time = lambda: moment.timestamp()
    for name, module in list(sys.modules.items()):
        if name.startswith(("clearlink", "etl")):  # what is written in C must keep its own
            for word, ours, real in (("date", Day, real_day), ("datetime", Moment, real_moment)):
                if getattr(module, word, None) is real:
                    setattr(module, word, ours)
sys.path[:0] = [{root!r}, {root!r} + "/tests/oracle"]
from random_wales import random_intake
from etl.pipeline import builds
from etl.build import builder
if len(sys.argv) > 3:
    stop_the_clock(sys.argv[3])
builder.ENGINE["threads"] = int(sys.argv[1])
if sys.argv[2] == "reversed":
    intake = random_intake(7, 60)
    for rows in (
        intake.projects, intake.citations, intake.areas, intake.links, intake.observations, intake.priorities,
        intake.assessments,
    ):
        rows.reverse()
else:
    intake = random_intake(7, 60)
if len(sys.argv) > 3:
    now = builder.datetime.now(datetime.timezone.utc).isoformat()
    assert now[:19] == sys.argv[3], "the clock was stopped"
print(builder.build(intake, builds.settings().with_changes(draws=50), "x", lambda *_: None).content_hash)
"""
VARIANTS: dict[str, tuple[dict[str, str], *tuple[str, ...]]] = {
    "plain": ({}, "1", "in order"),
    "other locale, zone and seed": (
        {
            "LC_ALL": "C",
            "LANG": "C",
            "TZ": "Pacific/Auckland",
            "PYTHONHASHSEED": "1",
        },
        "1",
        "in order",
    ),
    "another seed and two threads": (
        {
            "LC_ALL": "C.UTF-8",
            "TZ": "America/St_Johns",
            "PYTHONHASHSEED": "4242",
        },
        "2",
        "in order",
    ),
    "rows in another order": ({"PYTHONHASHSEED": "3"}, "1", "reversed"),
    "the last second of a leap day": (
        {"TZ": "Europe/London"},
        "4",
        "in order",
        "2028-02-29T23:59:59",
    ),
    "the hour that summer time leaves out": (
        {"TZ": "Europe/London", "PYTHONHASHSEED": "0"},
        "2",
        "in order",
        "2027-03-28T01:30:00",
    ),
    "a clock that was never set": (
        {"TZ": "UTC", "LC_ALL": "POSIX"},
        "1",
        "reversed",
        "1970-01-01T00:00:01",
    ),
    "a year far off": (
        {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "77"},
        "3",
        "in order",
        "2099-12-31T23:59:59",
    ),
}


def _run(arguments: list[str], data: Path, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "CLEARLINK_DATA": str(data), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_a_small_build_has_one_hash_in_every_variant(tmp_path: Path) -> None:
    found = {}
    for n, (name, (settings, *rest)) in enumerate(VARIANTS.items()):
        folder = tmp_path / f"{'ffolder hir iawn â tŷ ' * n}{n}"
        found[name] = _run(
            ["-c", SMALL.format(root=str(ROOT)), *rest], folder, **settings
        )
    assert len(found) == 8
    assert len(set(found.values())) == 1, found


@pytest.fixture(scope="module")
def sample(sample_copy: Path) -> tuple[Path, str]:
    """A folder with the build of the sample that every test reads, and how its line ended."""
    build = served_build(sample_copy / "built" / "clearlink.duckdb")
    assert build is not None
    return sample_copy, f"build {build['build_id']}"


def test_a_rebuild_with_nothing_changed_is_said_and_takes_no_five_seconds(
    sample: tuple[Path, str],
) -> None:
    folder, _ = sample
    served = folder / "built" / "clearlink.duckdb"
    # where somebody edits the law while the tests run, the first of these builds anew, and rightly
    for _ in range(3):
        before, spent = served.stat(), os.times()
        again = _run(["-m", "clearlink", "build", "--sample"], folder)
        now = os.times()
        if again.startswith("nothing changed"):
            break
    assert again.startswith("nothing changed: build sample-")
    assert again.endswith(" stays")
    # processor seconds: the promise is about the work, and the machine of the tests may be busy
    assert (
        now.children_user
        + now.children_system
        - spent.children_user
        - spent.children_system
        <= 5
    )
    assert (served.stat().st_ino, served.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )


def test_a_damaged_build_is_made_again_and_has_one_hash_in_another_folder_locale_zone_and_seed(
    sample: tuple[Path, str],
) -> None:
    """Nothing changed but a bit of what is served, so the whole sample is built anew: in a folder, a locale
    and a time zone and with a hash seed that are not those of the first build.
    """
    folder, said = sample
    served = folder / "built" / "clearlink.duckdb"
    data = bytearray(served.read_bytes())
    data[len(data) // 2] ^= 1
    served.write_bytes(bytes(data))
    again = _run(
        ["-m", "clearlink", "build", "--sample"],
        folder,
        LC_ALL="C",
        TZ="Asia/Kathmandu",
        PYTHONHASHSEED="99",
    )
    assert again.rsplit("build ", 1)[1] == said.rsplit("build ", 1)[1]
    assert again.rsplit("build ", 1)[1].startswith("sample-")
    assert "nothing changed" not in again


def test_no_statement_of_build_or_reader_asks_the_clock_or_a_die() -> None:
    asked = re.compile(
        r"\b(?:current_date|current_time(?:stamp)?|now|today|get_current_\w+|localtime(?:stamp)?|"
        r"transaction_timestamp|random|uuid|gen_random_uuid|setseed)\b(?:\s*\(|\b(?<=date)|"
        r"\b(?<=timestamp))",
        re.IGNORECASE,
    )
    files = [
        *(ROOT / "clearlink" / "warehouse" / "sql").rglob("*.sql"),
        *(ROOT / "etl" / "build" / "sql").rglob("*.sql"),
    ]
    assert len(files) > 150
    assert [
        p.name
        for p in files
        if asked.search(re.sub(r"(?m)--.*$", "", p.read_text(encoding="utf-8")))
    ] == []
    assert all(
        asked.search(said)
        for said in (
            "select current_date",
            "where d < now()",
            "order by random()",
            "current_timestamp - x",
        )
    )
