"""Every reader of bytes that somebody else wrote, with what it may say no with and something to begin from.

A reader answers or refuses in its own words. Anything else that it raises is a fault, in the night and in the
replay of each case.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import openpyxl
from starlette.responses import PlainTextResponse

from clearlink.review.bundle import BundleDamaged
from clearlink.review.rebuilt import rebuilt
from clearlink.rules.counts_in_text import without_small_counts
from clearlink.rules.plain_text import cut_to, printable, text_fault
from clearlink.warehouse.law import catalogue_law
from etl.directory import CATALOGUE, Directory
from etl.files import containers
from etl.files.delimited import read_csv
from etl.files.geojson import features_of
from etl.files.json_text import read_json_text
from etl.files.refusal import FileRefused
from etl.files.text import text_of
from etl.pipeline.register import (
    read_kept,
    read_register,
    refused_entries_of,
    to_keep,
)
from etl.records import SourceProblem
from etl.sources.catalogue import load_sources
from etl.sources.formats import FORMATS
from etl.sources.registers.kept_form import kept_from_json, kept_to_json
from etl.sources.spreadsheets.column_mapping import (
    guess_mapping,
    mapping_from_json,
    mapping_to_json,
)
from etl.sources.spreadsheets.foreign_table import open_foreign
from etl.sources.spreadsheets.mapped_rows import apply_mapping
from pages.server.known_callers import KnownCallers
from pages.server.sign_in_return import is_ours
from tests.registers import COLUMNS, csv_of, directory, row, workbook_of

OWN = (
    "Cardiff Council\nGweithgaredd,Cychwyn,Diwedd,Cost,Ardal,Math\nTeulu "
    "Ynghyd,01/04/2024,31/03/2027,£12k,Sir gyfan,Dwys\n"
)


@dataclass(frozen=True, slots=True)
class Door:
    """`open` is given the bytes; `may_say` are the errors that are answers; `seeds` is what the fuzzer
    begins from.
    """

    open: Callable[[bytes], object]
    may_say: tuple[type[Exception], ...]
    seeds: Callable[[], list[bytes]]


@cache
def known() -> Directory:
    return directory()


def register(name: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        found = read_register(data, name, directory=known())
        refused_entries_of(found, data, name)
        kept = kept_from_json(
            kept_to_json(to_keep(found, data, name, "auto", known())), name
        )
        assert kept is not None
        again = read_kept(kept, name, known())
        assert again.projects == found.projects, (
            "what is kept reads differently"
        )
        return found

    return read


def own_spreadsheet(data: bytes) -> object:
    foreign = open_foreign(data, "own.csv")
    mapping = guess_mapping(foreign, known())
    assert mapping_from_json(mapping_to_json(mapping), "m.json") == mapping
    return apply_mapping(foreign, mapping, known())


def mapping(data: bytes) -> object:
    foreign = open_foreign(OWN.encode(), "own.csv")
    return apply_mapping(
        foreign,
        mapping_from_json(data.decode("utf-8", "replace"), "m.json"),
        known(),
    )


def publisher(data: bytes) -> object:
    """The first byte chooses the source, the others are its file."""
    sources = [s for s in load_sources().values() if s.format in FORMATS]
    source = sources[data[0] % len(sources)] if data else sources[0]
    return FORMATS[source.format](source, data[1:])


def text(data: bytes) -> object:
    said = (
        data.decode("utf-8", "surrogatepass")
        if _decodes(data)
        else data.decode("latin-1")
    )
    fit = printable(said)
    assert (
        text_fault(fit, 10**9) is None
        or text_fault(fit, 10**9).code == "invisible"
    )  # type: ignore[union-attr]
    fit.encode("utf-8")
    assert len(cut_to(said, 80)) <= 80
    return without_small_counts(fit, catalogue_law())


def caller(data: bytes) -> object:
    """Headers of a request, a line each: host, origin, forwarded; and a path to come back to."""
    lines = [*data.split(b"\n"), b"", b"", b""]
    is_ours(lines[2].decode("latin-1"))
    named = [
        (b"host", lines[0]),
        (b"origin", lines[1]),
        (b"x-forwarded-for", lines[2]),
    ]

    async def receive() -> Any:
        return {"type": "http.request"}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "headers": named,
        "client": ("127.0.0.1", 1),
    }
    asyncio.run(KnownCallers(PlainTextResponse("in"))(scope, receive, send))
    if sent[0]["status"] == 200:
        assert lines[0].split(b":")[0].strip(b"[]. \t").lower() in (
            b"127.0.0.1",
            b"localhost",
            b"",
        ), lines[0]
    return sent


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in files.items():
            box.writestr(name, body)
    return out.getvalue()


def _rows() -> list[bytes]:
    return [
        csv_of(
            [
                row(),
                row(
                    project_id="P-2",
                    outcomes="7 of 9 people",
                    is_sensitive="yes",
                ),
            ]
        ),
        csv_of([row()], separator=";"),
        ",".join(COLUMNS).encode() + b"\n",
        b"assessment_id,kind,body,area_code,title,published\nA,other_assessment,B,W06000016,T,2022\n",
        b"project_id,priority_id\nP,Q\n",
        *(
            path.read_bytes()
            for path in sorted(CATALOGUE.glob("*template*.csv"))
        ),
    ]


def _grants() -> list[bytes]:
    grant = {
        "id": "360G-a-1",
        "title": "Carers",
        "description": "For 4 people",
        "currency": "GBP",
        "amountAwarded": 3,
        "awardDate": "2024-01-10",
        "plannedDates": [{"startDate": "2024-04-01", "endDate": "2027-03-31"}],
        "recipientOrganization": [
            {"id": "GB-CHC-1", "name": "C", "postalCode": "CF10 1AA"}
        ],
        "fundingOrganization": [{"id": "GB-CHC-2", "name": "F"}],
        "beneficiaryLocation": [{"name": "Wales/Cardiff"}],
    }
    notice = {
        "ocid": "ocds-x-1",
        "id": "1",
        "date": "2025-01-01T00:00:00Z",
        "tag": ["tender"],
        "buyer": {"name": "Cardiff"},
        "tender": {
            "id": "1",
            "title": "Care",
            "status": "active",
            "value": {"amount": 1, "currency": "GBP"},
        },
    }
    service = {
        "id": "s",
        "name": "Advice",
        "status": "active",
        "organization": {"id": "o", "name": "O"},
    }
    told: list[Any] = [
        {"grants": [grant]},
        {"releases": [notice]},
        {"contents": [service]},
        [],
        {},
    ]
    return [json.dumps(each).encode() for each in told]


def _books() -> list[bytes]:
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    return [workbook_of([row()]), out.getvalue()]


DOORS: dict[str, Door] = {
    "register_table": Door(register("register.csv"), (SourceProblem,), _rows),
    "register_exchange": Door(
        register("register.json"), (SourceProblem,), _grants
    ),
    "register_workbook": Door(
        register("register.xlsx"), (SourceProblem,), _books
    ),
    "own_spreadsheet": Door(
        own_spreadsheet, (SourceProblem,), lambda: [OWN.encode(), *_books()]
    ),
    "mapping": Door(
        mapping,
        (SourceProblem,),
        lambda: [
            mapping_to_json(
                guess_mapping(open_foreign(OWN.encode(), "own.csv"), known())
            ).encode()
        ],
    ),
    "publisher": Door(
        publisher,
        (SourceProblem, FileRefused),
        lambda: [
            bytes([n]) + b"area_code,value\nW06000001,1\n" for n in range(40)
        ],
    ),
    "csv": Door(
        lambda data: read_csv(data, "t.csv"),
        (FileRefused,),
        lambda: [b'a,b\n"c, d",1\n'],
    ),
    "json": Door(
        read_json_text,
        (ValueError,),
        lambda: [b'{"a": [1, 2.5, "\\u00e9", null, true]}'],
    ),
    "geojson": Door(
        features_of,
        (FileRefused,),
        lambda: [
            b'{"type":"FeatureCollection","features":[{"properties":{}}]}'
        ],
    ),
    "text": Door(
        text,
        (),
        lambda: ["Cymorth i 7 o 9 o bobl ŵŷ \u202e\U0001f600".encode()],
    ),
    "file_text": Door(
        lambda data: text_of(data, "cp1252"),
        (FileRefused,),
        lambda: ["\ufeffŵ".encode(), b"\x80"],
    ),
    "containers": Door(
        lambda data: containers.plain(data, ".csv"),
        (FileRefused,),
        lambda: [_zip(**{"a.csv": b"x"}), gzip.compress(b"a,b")],
    ),
    "bundle": Door(
        rebuilt,
        (BundleDamaged,),
        lambda: [_zip(**{"LIST.json": b"{}", "meeting.json": b"[]"})],
    ),
    "caller": Door(
        caller,
        (),
        lambda: [b"127.0.0.1:8501\nhttp://127.0.0.1:8501\n/meetings?lang=cy"],
    ),
}


def knock(name: str, data: bytes) -> str:
    """Gives the bytes to one reader: "accepted" or "refused". Raises whatever is a fault."""
    door = DOORS[name]
    try:
        door.open(data)
    except door.may_say:
        return "refused"
    return "accepted"
