"""Whatever question fails, the person is told one sentence with a reference, and the log says where and
never what.
"""

from __future__ import annotations

import inspect
import logging
import re
from pathlib import Path
from typing import Any

import pytest

from clearlink.warehouse import asking, reader
from clearlink.words import LANGUAGES, Lang
from pages.frame.shell_words import say
from pages.server import server

CANARY = "canary 7731"
ASKED = [
    n
    for n, f in vars(reader).items()
    if inspect.isfunction(f) and f.__module__ == reader.__name__ and not n.startswith("_")
]
PARTS = {"cuts": {}, "months": 6, "most": 1, "live": False}


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_failing_question_is_told_without_its_words(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
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
                assert re.search(f"{CANARY}|{re.escape(str(tmp_path))}", str(error)), (
                    "the error itself does give something away"
                )
                assert server.explain_failure(error) is True
                failed += 1
    asking.forget_answers()
    assert failed >= 55
    sentence = say("page_failed", lang)
    assert all(
        re.fullmatch(re.escape(sentence).replace(re.escape("{reference}"), "[0-9a-f]{8}"), text)
        for text in told
    )
    logged = caplog.text + " ".join(told)
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
    assert len(set(re.findall(r"reference ([0-9a-f]{8})", caplog.text))) == failed == len(told)
