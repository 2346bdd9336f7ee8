"""A page that fails says one sentence with a reference, in the reader's language: no path, no trace, no
value, not even in the frames.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, WebSocket
from running import PROJECT, served

from clearlink.words import Lang
from pages.frame.shell_words import say
from tests.patience import PATIENCE_MS

CANARY = "canary_7731"
# what the engine or a trace would give away: a column, the folder, a module, a statement
GIVEN_AWAY = re.compile(
    rf"{CANARY}|Traceback|site-packages|BinderException|Binder Error|\.sql\b|asking\.py|"
    rf"{re.escape(str(PROJECT))}|/built/",
    re.IGNORECASE,
)


def spoil(con: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """Makes the table anew with a column that is worked out when it is read, and fails then."""
    columns = con.execute(
        "select column_name, data_type from duckdb_columns() where table_name = $t order by column_index",
        {"t": table},
    ).fetchall()
    kept = ", ".join(f'"{name}"' for name, _ in columns if name != column)
    # the engine works it out at the insert as well, where the file is the current database and not one beside
    # it
    failing = f"generated always as (case when current_database() = 'memory' then error('{CANARY}') end)"
    parts = [
        f'"{name}" {kind}' + (f" {failing}" if name == column else "")
        for name, kind in columns
    ]
    con.execute(f"create temp table held as select {kept} from {table}")  # noqa: S608 - names of our own
    con.execute(f"drop table {table}")
    con.execute(f"create table {table} ({', '.join(parts)})")
    con.execute(f"insert into {table} ({kept}) select {kept} from held")  # noqa: S608 - as above
    con.execute("drop table held")


@pytest.fixture(scope="module")
def broken_url(
    sample_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The sample with a value in two tables that fails when it is read, so that questions of two screens fail
    with text of the engine.
    """
    folder = tmp_path_factory.mktemp("broken") / "data"
    shutil.copytree(sample_data, folder)
    (folder / "built" / "clearlink.sha256").unlink()
    with duckdb.connect(str(folder / "built" / "clearlink.duckdb")) as con:
        for table, column in (("verdict", "reason"), ("gap", "class")):
            spoil(con, table, column)
    with served(PROJECT / "app.py", folder) as url:
        yield url


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("screen", ["projects", "gaps"])
def test_a_failed_page_says_one_sentence_and_gives_nothing_away(
    browser: Browser, broken_url: str, screen: str, lang: Lang
) -> None:
    page = browser.new_page()
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda frame: frames.append(
                frame if isinstance(frame, bytes) else frame.encode()
            ),
        )

    page.on("websocket", listen)
    page.goto(f"{broken_url}/{screen}?lang={lang}&gap=presence")
    sentence = say("page_failed", lang).split("{reference}")[0]
    page.get_by_text(sentence).first.wait_for(timeout=PATIENCE_MS)
    shown = page.locator("[data-testid=stApp]").inner_text()
    assert re.search(re.escape(sentence) + r"[0-9a-f]{8}\.?", shown)
    assert GIVEN_AWAY.search(shown) is None
    assert len(frames) > 3
    # Streamlit names its script in the first frame of every visit, whether or not anything fails
    said = [
        frame.decode("utf-8", "replace").replace(str(PROJECT / "app.py"), "")
        for frame in frames
    ]
    assert [
        found[0] for frame in said if (found := GIVEN_AWAY.search(frame))
    ] == []
    assert page.locator("[data-testid=stException]").count() == 0
    page.close()
