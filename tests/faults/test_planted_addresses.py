"""Addresses of a refuge, planted in more than two hundred places of the lists that people load and of what
they send: none is in the served file, a download, a message or a log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from clearlink import folders
from clearlink.review import said_back as back
from clearlink.review.codes import Stance
from clearlink.review.refusals import Refused
from clearlink.review.store import Store
from clearlink.words.problems import problem_words
from etl.build import builder
from etl.pipeline import builds
from etl.pipeline.register import read_register, refused_rows_csv
from etl.records import Register, Severity
from tests.oracle.random_wales import random_intake
from tests.registers import csv_of, directory, row
from tests.spec.test_engagements import HEADINGS
from tests.spec.test_engagements import row as engagement_row
from tests.spec.test_own_indicators import NAMES
from tests.spec.test_own_indicators import row as own_row

# a word of every address that no list of names has, so that it can be looked for by itself
ADDRESSES = (
    "12 Zzcanary Road, CH7 1ZZ",
    "3 Heol Zzcaneri, Y Bala LL23 7ZZ",
    "Flat 3, Zzcanary House",
    "Fflat 12, Plas Zzcaneri",
    "PO Box 14, Zzcanary",
    "Zzcanary Street",
    "Zzcanary LL57 2DG",
    "zzcanary cf101aa",
    "help@zzcanary.example.org",
    "zzcanary, 07700 900123",
    "zzcanary 51.4816, -3.1791",
    "zzcanary ST1876",
)
MARK = "zzcan"
REGISTER_CELLS = (
    "title",
    "provider_name",
    "outcomes",
    "quotation",
    "source_ref",
    "commissioner",
    "start",
    "annual_value_gbp",
    "area_codes",
)
ENGAGEMENT_CELLS = ("who", "method", "held", "said", "how_many", "changed")
OWN_CELLS = ("name_en", "name_cy", "caveat_en", "publisher")


def _registers() -> tuple[bytes, int]:
    rows = [
        row(
            project_id=f"C{n}",
            **{"area_codes": "", "is_sensitive": "yes", cell: address},
        )
        for n, (cell, address) in enumerate(
            (c, a) for c in REGISTER_CELLS for a in ADDRESSES
        )
    ]
    return csv_of(rows), len(rows)


def _list_of(
    heading: str,
    one: Callable[..., str],
    key: str,
    cells: tuple[str, ...],
) -> tuple[bytes, int]:
    rows = [
        one(**{key: f"c{n}", cell: address})
        for n, (cell, address) in enumerate(
            (c, a) for c in cells for a in ADDRESSES
        )
    ]
    return "\n".join([heading.strip(), *rows, ""]).encode(), len(rows)


def _planted() -> dict[str, tuple[bytes, int]]:
    """File → its bytes, and in how many of its places an address stands."""
    return {
        "register.csv": _registers(),
        "engagements.csv": _list_of(
            HEADINGS, engagement_row, "engagement_id", ENGAGEMENT_CELLS
        ),
        "own.csv": _list_of(
            ",".join(NAMES), own_row, "indicator_id", OWN_CELLS
        ),
    }


def _messages(register: Register, data: bytes) -> str:
    """Everything a person is told of what was refused, in both languages, and the file to mend."""
    told = [
        repr(problem_words(p.code, p.facts, lang, p.place))
        for p in register.problems
        for lang in ("en", "cy")
    ]
    told += [repr(p) for p in register.problems]
    told += [
        refused_rows_csv(register, data, lang).decode() for lang in ("en", "cy")
    ]
    return "\n".join(told).casefold()


def _cells_of(file: Path) -> Iterator[str]:
    """Every row of every table of a served file, as text."""
    with duckdb.connect(str(file), read_only=True) as con:
        tables = con.execute(
            "select table_name from duckdb_tables()"
        ).fetchall()
        for (table,) in tables:
            for one in con.execute(f'from "{table}"').fetchall():
                yield repr(one).casefold()


def test_a_planted_address_reaches_no_file_no_message_and_no_log(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    intake = random_intake(3, 20)
    places = 0
    for name, (data, many) in _planted().items():
        register = read_register(data, name, directory=directory())
        assert MARK not in _messages(register, data), name
        refused = {
            p.row for p in register.problems if p.severity is Severity.REFUSED
        }
        assert len(refused) == many, "every row of them is refused"
        intake.projects += register.projects
        intake.engagements += register.engagements
        intake.own_figures += register.own_figures
        intake.problems += register.problems
        places += many
    store = Store(f"sqlite:///{tmp_path / 'review.sqlite'}")
    for address in ADDRESSES:
        with pytest.raises(Refused):
            back.say_back(
                store,
                area_code="W06000016",
                la_code="W06000016",
                text=f"She lives at {address} now.",
                stance=Stance.DISPUTES,
                band="young",
                lang="en",
            )
        places += 1
    assert places >= 200
    builder.build(
        intake,
        builds.settings().with_changes(draws=10),
        "planted",
        lambda *_: None,
    )
    cells = list(_cells_of(folders.warehouse_file()))
    assert len(cells) > 100
    assert [c[:80] for c in cells if MARK in c] == []
    store.engine.dispose()
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix != ".duckdb":
            assert MARK.encode() not in path.read_bytes().lower(), path.name
    said = caplog.text + "".join(capsys.readouterr())
    assert MARK not in said.casefold()
