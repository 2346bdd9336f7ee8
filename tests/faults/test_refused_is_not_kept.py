"""What was refused, and what no register holds, is nowhere under the data folder after import, build,
export and a check of the log.
"""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

from clearlink import folders
from clearlink.command import main
from clearlink.warehouse import reader
from etl.pipeline import kept_registers
from etl.pipeline.register import read_kept, read_register, to_keep
from etl.sources.registers.kept_form import kept_from_json, kept_to_json
from tests.few_draws import draw_few
from tests.registers import COLUMNS, RCT, csv_of, directory, row
from tests.spec.test_exchange_in import grant

POSTCODE = "SY99 9ZZ"
CANARIES = [f"Canary{letter}quill" for letter in "ABCDEFGHJKLM"]
A, B, C, D, E, F, G, H, J, K, L, M = CANARIES
REFUGE = {
    "project_id": "R-1",
    "title": "A refuge",
    "target_group": "Domestic abuse refuge",
    "is_sensitive": "yes",
}
WIDER = (*COLUMNS, "Contract manager")


def _rows() -> list[dict[str, str]]:
    return [
        row(**{"Contract manager": A}),
        row(project_id="P-2", title=f"{B} groups", start="31/31/2024"),
        row(
            **{
                **REFUGE,
                "project_id": "R-2",
                "title": f"{C} house",
                "outcomes": f"Come to {POSTCODE}",
            }
        ),
        row(
            **{
                **REFUGE,
                "area_codes": RCT,
                "recipient_area": RCT,
                "Contract manager": D,
            }
        ),
        row(
            project_id="P-4",
            title="Held back",
            embargo_until="2099-01-01",
            users_by_area="W01001274=3",
        ),
        row(project_id="P-5", title=E, area_codes="E01000001"),
    ]


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.description = F, F
    sheet = book.active
    sheet.append(list(WIDER))
    for each in (
        row(
            project_id="W-1", title="Walking groups", **{"Contract manager": G}
        ),
        row(project_id="W-2", title=H, end="never"),
    ):
        sheet.append([each.get(name) for name in WIDER])
    sheet["A2"].comment = openpyxl.comments.Comment(F, F)
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["A1"] = J
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _grants() -> bytes:
    reached = {
        "telephone": K,
        "streetAddress": f"12 {K} Road",
        "contactName": K,
    }
    there = [{"name": "Wales/Cardiff"}]
    accepted = grant(
        beneficiaryLocation=there,
        recipientOrganization=[
            {"id": "GB-CHC-1", "name": "A charity", **reached}
        ],
    )
    refused = grant(
        id="360G-x-2",
        title=f"A refuge {L} at {POSTCODE}",
        description=f"Call at {POSTCODE}",
        beneficiaryLocation=there,
    )
    wrong = grant(
        id="360G-x-3", title=L, awardDate="not a day", beneficiaryLocation=there
    )
    return json.dumps({"grants": [accepted, refused, wrong]}).encode()


def held_texts(path: Path) -> Iterator[bytes]:
    """Everything a file under the data folder says: its bytes, what is packed in it, and every text of a
    database.
    """
    data = path.read_bytes()
    yield data
    yield path.name.encode()
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as box:
            yield from (box.read(name) for name in box.namelist())
    if data.startswith(b"SQLite format 3"):
        with sqlite3.connect(path) as store:
            yield "\n".join(store.iterdump()).encode()
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as con:
            for (table,) in con.execute(
                "select table_name from information_schema.tables"
            ).fetchall():
                yield repr(con.table(table).fetchall()).encode()


def found_in(folder: Path, wanted: list[str]) -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(folder)), text)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for held in held_texts(path)
        for text in wanted
        if text.encode() in held
    ]


def test_the_sweep_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(A.encode()))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("x", B)
    with duckdb.connect(str(tmp_path / "c.duckdb")) as con:
        con.execute("create table t as select ? as x from range(5000)", [C])
    with sqlite3.connect(tmp_path / "d.sqlite") as store:
        store.execute("create table t (x text)")
        store.execute("insert into t values (?)", (D,))
    assert {text for _, text in found_in(tmp_path, [A, B, C, D])} == {
        A,
        B,
        C,
        D,
    }


def test_nothing_refused_is_kept_anywhere(
    sample_copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_copy))
    draw_few(monkeypatch)
    given = {
        "register.csv": csv_of(_rows(), WIDER),
        "book.xlsx": _workbook(),
        "grants.json": _grants(),
    }
    for name, data in given.items():
        (tmp_path / name).write_bytes(data)
        main(["import", str(tmp_path / name), "--json"])
    own = f"Gweithgaredd;Cychwyn;Rheolwr\nTeulu;01/04/2024;{M}\n"
    (tmp_path / "own.csv").write_text(own, encoding="utf-8")
    main(["import", str(tmp_path / "own.csv"), "--map", "auto"])
    # an earlier version kept the upload itself
    (sample_copy / "registers" / "00000000-earlier.csv").write_bytes(
        csv_of(
            [
                row(
                    project_id="P-9",
                    title="Ninth of an earlier version",
                    **{"Contract manager": A},
                ),
                row(project_id="P-10", start="x", title=B),
            ],
            WIDER,
        )
    )
    assert main(["build", "--sample"]) == 0
    out = sample_copy / "export"
    assert main(["export", "--format", "csv", "--out", str(out)]) == 0
    assert main(["check", "--log"]) == 0
    said = "".join(capfd.readouterr())
    served = {p["project_id"] for p in reader.projects()}
    assert {
        "P-1",
        "R-1",
        "P-4",
        "P-9",
        "W-1",
    } <= served and "P-10" not in served
    counts = "W01001274=3"
    # one sweep for both: every table of every warehouse is read for it
    there = found_in(
        sample_copy,
        [*CANARIES, POSTCODE, POSTCODE.replace(" ", ""), counts],
    )
    assert [at for at in there if at[1] != counts] == []
    assert not [text for text in (*CANARIES, POSTCODE) if text in said]
    kept = [at[0].startswith("registers/") for at in there]
    assert kept, "the counts of an accepted row stay in the register"
    assert all(kept)


@pytest.mark.parametrize("name", ["register.csv", "book.xlsx", "grants.json"])
def test_what_is_kept_reads_as_the_file_did(name: str) -> None:
    known = directory()
    data = {
        "register.csv": csv_of(_rows(), WIDER),
        "book.xlsx": _workbook(),
        "grants.json": _grants(),
    }[name]
    first = read_register(data, name, directory=known)
    kept = kept_from_json(
        kept_to_json(to_keep(first, data, name, "auto", known)), name
    )
    assert kept is not None
    again = read_kept(kept, name, known)
    assert (
        first.projects
        and again.projects == first.projects
        and again.citations == first.citations
    )
    assert sorted(map(str, again.problems)) == sorted(map(str, first.problems))
    assert (again.rows_read, again.register_id) == (
        first.rows_read,
        first.register_id,
    )


def test_a_kept_form_that_somebody_uploads_is_no_register(
    data_dir: Path, tmp_path: Path
) -> None:
    known = directory()
    data = csv_of([row()])
    made = kept_to_json(
        to_keep(
            read_register(data, "a.csv", directory=known),
            data,
            "a.csv",
            "auto",
            known,
        )
    )
    (tmp_path / "forged.json").write_bytes(made)
    assert main(["import", str(tmp_path / "forged.json"), "--json"]) != 0
    assert not (folders.data_folder() / "registers").exists()


def test_a_raw_register_that_is_refused_whole_is_left_for_the_build_to_name(
    data_dir: Path,
) -> None:
    folder = data_dir / "registers"
    folder.mkdir()
    (folder / "00000000-broken.csv").write_bytes(b"no,register\n1,2\n")
    assert (
        kept_registers.clean_earlier_ones() == 0
        and (folder / "00000000-broken.csv").exists()
    )
