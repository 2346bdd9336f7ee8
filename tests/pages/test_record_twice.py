"""On a record: another record that may be the same thing, with both sources, in both languages, and the
answer that somebody gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from clearlink import folders
from clearlink.review.settled import same_things
from clearlink.review.store import review_store
from clearlink.warehouse.file_note import file_hash, write_note
from tests.entrances import entrance
from tests.patience import PATIENCE_S

ONE, OTHER = "R001", "R002"


@pytest.fixture(scope="module")
def twice(sample_copy: Path) -> Path:
    """The sample with a question that nobody has settled: is R002 the same contract as R001?"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(sample_copy))
        served = folders.warehouse_file()
    with duckdb.connect(str(served)) as con:
        con.execute(
            "insert into possible_duplicate values ($a, $b, 'same_contract', "
            "'buyer;supplier;days;money', $b, 'open')",
            {"a": ONE, "b": OTHER},
        )
    write_note(served, file_hash(served))
    return sample_copy


@pytest.fixture
def served(
    twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv("CLEARLINK_DATA", str(twice))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    yield


def record(project: str, lang: str) -> AppTest:
    app = AppTest.from_file(
        str(entrance("projects")), default_timeout=PATIENCE_S
    )
    app.query_params["lang"] = lang
    app.query_params["project"] = project
    app.session_state["meeting_local_name"] = "Olwen Officer"
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def said(app: AppTest) -> str:
    return "\n".join(
        str(e.value)
        for kind in (app.subheader, app.markdown, app.caption, app.success)
        for e in kind
    ).replace("\\", "")


@pytest.mark.parametrize(
    ("lang", "title", "counts"),
    [
        (
            "en",
            "Does this stand twice?",
            "Until this is settled, the other’s money is in no sum",
        ),
        (
            "cy",
            "A yw hwn ar gofnod ddwywaith?",
            "Nes y penderfynir hyn, nid yw arian y llall mewn unrhyw swm",
        ),
    ],
)
def test_a_record_shows_the_other_with_both_sources(
    served: None, lang: str, title: str, counts: str
) -> None:
    app = record(ONE, lang)
    text = said(app)
    assert (
        title in text
        and counts in text
        and text.count("public_record.csv, row") >= 2
    )
    assert [b for b in app.button if b.key == f"open_twice_{OTHER}"]


def test_somebody_says_that_they_are_the_same(served: None) -> None:
    app = record(OTHER, "en")
    assert "this record’s money is in no sum" in said(app)
    app.button(key=f"twice_same_{ONE}").click().run()
    assert not app.exception
    assert "Olwen Officer said on" in said(app) and same_things(
        review_store()
    ) == {frozenset((ONE, OTHER)): True}
    app.button(key=f"twice_different_{ONE}").click().run()
    assert same_things(review_store()) == {frozenset((ONE, OTHER)): False}
