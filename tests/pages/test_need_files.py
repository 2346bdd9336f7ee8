"""The map's colours and words by URL: the same as the page would send, nothing that depends on rights,
refused where odd.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import pytest
import shapely
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.testing.v1 import AppTest

from clearlink import folders
from clearlink.rules.codes import NEED_DEFINITIONS
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Scope, everything, reading_as
from clearlink.words import LANGUAGES, Lang
from etl.build.geometry import _geojson
from pages.frame.choices import levels_held
from pages.frame.speech import Speech
from pages.need import need_files
from pages.need.need_files import file_bytes, map_routes, need_content
from pages.need.need_layer import need_shown
from pages.server.response_headers import SafeHeaders
from tests.entrances import entrance
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.usefixtures("on_sample")
# of what the map is handed at one change of theme: addresses, kinds and the like, and each mark as a few
# numbers
MOST_BYTES_BUT_MARKS, MOST_BYTES_A_MARK = 2_000, 16
PAGE = str(entrance("need_map"))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]


def get(path: str) -> Answer:
    """What the server answers to the path exactly as written, percent signs undone once as a server does."""
    app = Starlette(routes=map_routes(), middleware=[Middleware(SafeHeaders)])
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"accept-encoding", b"gzip")],
    }
    asyncio.run(app(scope, receive, send))
    headers = {
        name.decode(): value.decode() for name, value in said[0]["headers"]
    }
    return Answer(said[0]["status"], headers)


def the_page(**query: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=PATIENCE_S)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def what_travels(page: AppTest) -> tuple[dict[str, Any], int]:
    """What the map is handed with the run, and its bytes."""
    (element,) = page.get("bidi_component")
    return json.loads(element.proto.json)["map"], len(
        element.proto.json.encode()
    )


def content(path: str) -> Any:
    packed = file_bytes(path.removeprefix("/maps/"))
    assert packed is not None, path
    return json.loads(gzip.decompress(packed))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_leads_to_the_layer_that_the_page_would_send(
    lang: Lang,
) -> None:
    data, _ = what_travels(the_page(lang=lang))
    folder = data["ahead"]["choices"].rpartition("/")[0]
    layers = content(data["ahead"]["choices"])["layers"]
    say, files = Speech(lang), set()
    with reading_as(everything()):
        for theme in reader.themes():
            for need in NEED_DEFINITIONS:
                for level in levels_held():
                    shown, file = (
                        need_shown(theme, need, level),
                        layers[theme][need][level],
                    )
                    assert (shown is None) == (file is None)
                    if shown is not None and file not in files:
                        files.add(file)
                        sent = json.loads(
                            json.dumps(need_content(say, theme, shown))
                        )
                        assert content(f"{folder}/{file}") == sent
    assert len(files) > len(layers)
    assert f"{folder}/{data['layer'].rpartition('/')[2]}" == data["layer"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_every_option_are_those_of_the_boxes(lang: Lang) -> None:
    page = the_page(lang=lang)
    words = content(what_travels(page)[0]["ahead"]["choices"])["words"]
    assert set(words) == {"theme", "need", "level"}
    for box, of in words.items():
        select = page.selectbox(key=f"choose_{box}")
        assert list(of) == select.options, (
            "an option with other words would never be painted ahead"
        )
        for option in (select.options[0], select.options[-1]):
            select.set_value(of[option]).run()
            assert what_travels(page)[0]["ahead"]["chosen"][box] == of[option]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_of_theme_sends_no_colours_and_no_words_of_areas(
    lang: Lang,
) -> None:
    page = the_page(lang=lang)
    for theme in reader.themes():
        page.selectbox(key="choose_theme").set_value(theme).run()
        data, size = what_travels(page)
        marks = len(json.dumps(data["marks"]))
        assert size - marks <= MOST_BYTES_BUT_MARKS
        assert marks <= 2 + MOST_BYTES_A_MARK * len(data["marks"])
        assert isinstance(data["layer"], str) and not {
            "classOf",
            "hover",
            "words",
            "classes",
        } & set(data)


def test_nothing_of_a_project_is_in_any_file() -> None:
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        named = con.execute("select project_id, title from project").fetchall()
    files = []
    for lang in LANGUAGES:
        choices = what_travels(the_page(lang=lang))[0]["ahead"]["choices"]
        folder = choices.rpartition("/")[0]
        names = {
            f
            for by in content(choices)["layers"].values()
            for of in by.values()
            for f in of.values()
        }
        files += [
            json.dumps(content(f"{folder}/{name}"), ensure_ascii=False)
            for name in sorted(names - {None})
        ]
    # numbers of areas are packed as letters, which may spell anything
    told = re.sub(r'"(?:index|classOf)": "[^"]*"', "", "\n".join(files))
    assert (
        len(named) > 500
        and [
            word for row in named for word in row if word and str(word) in told
        ]
        == []
    )


def test_who_may_read_a_statistic_before_its_day_gets_it_with_the_run_and_nobody_by_url(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = what_travels(the_page(theme="carers", need="wimd"))[0]["layer"]
    assert isinstance(before, str) and file_bytes(before.removeprefix("/maps/"))
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        published = con.execute(
            "select max(published) from need where definition = 'wimd'"
        ).fetchone()
    assert published is not None and published[0] is not None
    monkeypatch.setattr(
        need_files,
        "Scope",
        partial(Scope, on=date(published[0].year - 1, 1, 1)),
    )
    data, _ = what_travels(the_page(theme="carers", need="wimd"))
    assert data["ahead"] is None and data["layer"]["classOf"]
    assert file_bytes(before.removeprefix("/maps/")) is None


def test_a_file_may_be_kept_for_ever_and_carries_the_protective_headers() -> (
    None
):
    data, _ = what_travels(the_page(lang="cy"))
    for path in (data["layer"], data["ahead"]["choices"]):
        answer = get(path)
        assert (
            answer.status == 200
            and answer.headers["content-type"] == "application/json"
        )
        assert (
            "immutable" in answer.headers["cache-control"]
            and answer.headers["content-encoding"] == "gzip"
        )
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert reader.build()["build_id"] in path


def test_another_build_and_an_odd_path_are_refused() -> None:
    path = what_travels(the_page())[0]["layer"]
    _, _, build, known, lang, name = path.split("/")
    refused = [
        f"/maps/sample-000000000000/{known}/{lang}/{name}",
        f"/maps/{build}/000000000000/{lang}/{name}",
        f"/maps/{build}/{known}/fr/{name}",
        f"/maps/{build}/{known}/{lang}/no_theme.lead.LSOA21.json",
        f"/maps/{build}/{known}/{lang}/{name.replace('lead', 'money')}",
        f"/maps/{build}/{known}/{lang}/{name.replace('LSOA21', 'PSB')}",
        f"/maps/{build}/{known}/{lang}/{name}%00",
        f"/maps/{build}/{known}/{lang}/..%2f{lang}%2f{name}",
        f"/maps/{build}/{known}/{lang}/{name.upper()}",
        f"/maps/{build}/{known}/{lang}/",
        "/maps/..%2f..%2fapp.py",
        "/maps/",
    ]
    for odd in refused:
        answer = get(odd)
        assert (answer.status, answer.headers["cache-control"]) == (
            404,
            "no-store",
        ), odd


def test_where_nothing_is_built_there_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = what_travels(the_page())[0]["layer"]
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path / "empty"))
    assert get(path).status == 404


def outlines(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Layer → what each of its outlines says of itself."""
    return {
        path.name: [
            f["properties"]
            for f in json.loads(gzip.decompress(path.read_bytes()))["features"]
        ]
        for path in folder.glob("*.geojson.gz")
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_box_and_the_pointer_know_every_outline_by_name(
    lang: Lang,
) -> None:
    """A code is no name: the sample's outlines have one name, those that a build makes have one for each
    language.
    """
    shown = need_shown("carers", "lead", "LSOA21")
    assert shown is not None
    names = need_content(Speech(lang), "carers", shown)["geometry"]["names"]
    drawn = outlines(folders.geometry_folder())
    assert drawn and all(
        any(name in each for name in names)
        for layer in drawn.values()
        for each in layer
    )
    made = json.loads(
        _geojson(
            ["W1"],
            shapely.from_wkt(["POINT (0 0)"]),
            {"W1": ("Swansea", "Abertawe")},
        )
    )["features"][0]["properties"]
    assert (
        next(made[name] for name in names if name in made)
        == {"en": "Swansea", "cy": "Abertawe"}[lang]
    )
