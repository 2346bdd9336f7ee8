"""A page of a mixed build shows the real records first, says what it leaves out, and counts as the others do
(issue 7, real only).
"""

from __future__ import annotations

import pytest
from test_pages import unescaped

from clearlink import words
from clearlink.report.which_records import records_said
from clearlink.warehouse import reader
from clearlink.warehouse.records import ALL_RECORDS, REAL_ONLY
from pages.frame.speech import Speech
from pages.frame.which_projects import all_on_record, only_running
from tests.counters import opened

pytestmark = pytest.mark.usefixtures("on_sample")
PAGES = (
    "home",
    "projects",
    "area",
    "gaps",
    "fairness",
    "need_map",
    "voices",
    "evidence_desk",
)


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEARLINK_RECORDS")


def captions(page: str, **query: str) -> tuple[str, str]:
    """What a page says in small print, and the value of its box of records."""
    app = opened(page, query, {})
    assert not app.exception, (page, app.exception)
    box = next(b for b in app.selectbox if b.key == "choose_records")
    return " ".join(unescaped(str(c.value)) for c in app.caption), box.value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_real_records_first_and_says_what_it_leaves_out(
    page: str,
) -> None:
    lang: words.Lang = "cy" if PAGES.index(page) % 2 else "en"
    query = {"lang": lang} | (
        {"area": "W06000016", "place": "W06000016"} if page == "area" else {}
    )
    told, value = captions(page, **query)
    assert value == REAL_ONLY
    with reader.records_of(REAL_ONLY):
        assert " left out" in told or "gadewir" in told


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("which", [REAL_ONLY, ALL_RECORDS])
def test_pages_count_the_same_records(lang: words.Lang, which: str) -> None:
    say, place = Speech(lang), "W06000016"
    with reader.records_of(which):
        counted = {
            r["time_state"]: r["projects"] for r in reader.time_states(place)
        }
        every, running, line = (
            all_on_record(say, counted),
            only_running(say, counted),
            records_said(say, place),
        )
    for page, wanted in (
        ("home", every),
        ("projects", every),
        ("gaps", running),
        ("voices", running),
    ):
        more = {"tab": "coherence"} if page == "gaps" else {}
        told, value = captions(
            page, lang=lang, place=place, records=which, **more
        )
        assert value == which and wanted in told, page
        assert line in told or page in ("gaps", "fairness"), (
            "these speak of one theme"
        )


def test_where_no_real_record_is_held_the_others_are_shown_and_it_says_so() -> (
    None
):
    bare = next(
        la["area_code"]
        for la in reader.areas("LA")
        for theme in reader.themes()
        if (held := reader.records_held(la["area_code"], theme=theme))[
            "illustrative"
        ]
        and not held["real"]
    )
    theme = next(
        t
        for t in reader.themes()
        if (h := reader.records_held(bare, theme=t))["illustrative"]
        and not h["real"]
    )
    told, value = captions("projects", place=bare, theme=theme)
    assert value == ALL_RECORDS and "No real record is held" in told
    told, value = captions(
        "projects", place=bare, theme=theme, records=REAL_ONLY
    )
    assert value == REAL_ONLY and "0 here" in told, (
        "who asks for real records is shown that there are none"
    )


def test_the_page_of_an_illustrative_record_opens_whatever_was_chosen() -> None:
    project = next(p for p in reader.projects() if p["is_illustrative"])
    app = opened(
        "projects", {"project": project["project_id"], "records": REAL_ONLY}, {}
    )
    assert not app.exception and any(
        project["title"] in unescaped(str(h.value)) for h in app.header
    )


def test_an_installation_for_training_shows_all_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLEARLINK_RECORDS", "all")
    assert captions("home")[1] == ALL_RECORDS


def test_an_area_counts_what_reaches_it_and_not_its_authority() -> None:
    area = reader.areas("LSOA21")[0]["area_code"]
    held = reader.records_reaching(area)
    assert held["illustrative"] and held["real"] < reader.records_held()["real"]
    told, value = captions("area", area=area)
    with reader.records_of(REAL_ONLY):
        assert (
            value == REAL_ONLY and records_said(Speech("en"), area=area) in told
        )
