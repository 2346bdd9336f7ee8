"""Whatever question fails, the person is told one sentence with a reference, and the log says where and never
what.
"""

from __future__ import annotations

import inspect
import logging
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from clearlink import folders, words
from clearlink.warehouse import asking, reader
from clearlink.warehouse.file_note import file_hash, write_note
from clearlink.words import LANGUAGES, Lang
from pages.frame.shell_words import say
from pages.server import server

CANARY = "canary 7731"
ASKED = [
    n
    for n, f in vars(reader).items()
    if inspect.isfunction(f)
    and f.__module__ == reader.__name__
    and not n.startswith("_")
]
PARTS = {"cuts": {}, "months": 6, "most": 1, "live": False}


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_failing_question_is_told_without_its_words(
    lang: Lang,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(server.st, "error", told.append)
    monkeypatch.setattr(server, "chosen_language", lambda: lang)

    # the engine quotes the statement, the value and the path in what it raises
    def failing(question: str) -> str:
        return f"select '{CANARY}'::integer, * from '{tmp_path}/{question}.csv'"  # noqa: S608 - made to fail

    monkeypatch.setattr(asking, "_query", failing)
    asking.forget_answers()
    server._silence_values_in_streamlit_log()
    failed = 0
    with caplog.at_level(logging.DEBUG):
        for name in ASKED:
            question = getattr(reader, name)
            given: dict[str, Any] = {
                p: PARTS.get(p, CANARY)
                for p, of in inspect.signature(question).parameters.items()
                if of.default is inspect.Parameter.empty
            }
            try:
                question(**given)
            except Exception as error:  # noqa: BLE001 - as the server does: whatever a page raises
                assert re.search(
                    f"{CANARY}|{re.escape(str(tmp_path))}", str(error)
                ), "the error itself does give something away"
                assert server.explain_failure(error) is True
                failed += 1
    asking.forget_answers()
    assert failed >= 55
    sentence = say("page_failed", lang)
    assert all(
        re.fullmatch(
            re.escape(sentence).replace(
                re.escape("{reference}"), "[0-9a-f]{8}"
            ),
            text,
        )
        for text in told
    )
    # a reference is drawn by lot and may hold any four digits, the canary's too
    logged = re.sub(r"\b[0-9a-f]{8}\b", "", caplog.text + " ".join(told))
    assert (
        re.search(
            r"canary|7731|Traceback|select|\.csv|"
            + re.escape(str(tmp_path))
            + "|"
            + re.escape(str(Path(server.__file__).parents[2])),
            logged,
        )
        is None
    )
    assert (
        len(set(re.findall(r"reference ([0-9a-f]{8})", caplog.text)))
        == failed
        == len(told)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "lacking",
    [
        "alter table project_now drop column is_money_known",
        "drop table place_money",
        "drop table verdict",
    ],
)
def test_a_build_of_an_earlier_version_says_what_to_run(
    lang: Lang,
    lacking: str,
    sample_copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether a column of ours, a table that views need or one that only a question reads is not there
    yet.
    """
    data = tmp_path / "data"
    shutil.copytree(sample_copy, data)
    monkeypatch.setenv("CLEARLINK_DATA", str(data))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    with duckdb.connect(str(folders.warehouse_file())) as con:
        con.execute(lacking)
    write_note(folders.warehouse_file(), file_hash(folders.warehouse_file()))
    shown: list[str] = []
    monkeypatch.setattr(server.st, "info", shown.append)
    monkeypatch.setattr(server, "chosen_language", lambda: lang)
    with pytest.raises(reader.BuiltEarlier, match="clearlink build") as raised:
        reader.verdict_counts()
    assert server.explain_failure(raised.value)
    assert shown == [words.say(lang, "common.built_earlier")]
