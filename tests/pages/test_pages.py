"""Every page in both languages over the sample: it draws, it speaks the language, and its sentence says
the reader's numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.frame import choices
from pages.frame.frame import csv_bytes
from pages.frame.shell_words import PAGE_TITLES
from pages.frame.speech import Speech
from tests.addresses import Address
from tests.entrances import entrance
from tests.patience import PATIENCE_S

PROJECT = Path(__file__).parents[2]
QUERIES = 5_000
pages_in_both = pytest.mark.parametrize(
    ("name", "lang"),
    [(n, lang) for n in PAGE_TITLES for lang in words.LANGUAGES],
)
pytestmark = pytest.mark.usefixtures("on_sample")


def page(name: str, lang: str, **query: str) -> AppTest:
    """The page as a visitor meets it, with these choices in its address."""
    app = AppTest.from_file(str(entrance(name)), default_timeout=PATIENCE_S)
    for key, value in {"lang": lang, **query}.items():
        app.query_params[key] = value
    return app.run()


def spoken(app: AppTest) -> Iterator[str]:
    """Every text that a page shows as its own words: headings, sentences, labels, options, help."""
    for kind in (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "info",
        "warning",
        "success",
        "error",
    ):
        yield from (str(each.value) for each in getattr(app, kind))
    for kind in (
        "selectbox",
        "multiselect",
        "radio",
        "checkbox",
        "text_input",
        "text_area",
        "number_input",
        "date_input",
        "button",
        "toggle",
        "tabs",
        "expander",
        "slider",
    ):
        for each in getattr(app, kind, ()):
            yield str(getattr(each, "label", ""))
            yield str(getattr(each, "help", "") or "")
            yield from map(str, getattr(each, "options", ()))


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def finding(app: AppTest) -> str:
    """What a page opens with, and what stands beside it."""
    opening = next(
        str(m.value)[3:] for m in app.markdown if str(m.value).startswith("## ")
    )
    return unescaped(opening.replace("\n\n", " "))


@pages_in_both
def test_a_page_draws_without_fault_under_its_title(
    name: str, lang: str
) -> None:
    app = page(name, lang)
    assert not app.exception, app.exception
    assert not app.error
    assert [t.value for t in app.title], "a page has a title"
    other = "en" if lang == "cy" else "cy"
    keys = [
        k
        for k in words.sentences()
        if k.endswith(".title") and words.say(lang, k) == app.title[0].value
    ]
    assert keys, (
        f"{app.title[0].value!r} is no title of the catalogue in {lang}"
    )
    assert any(words.say(other, k) != app.title[0].value for k in keys) or all(
        words.say(other, k) == words.say(lang, k) for k in keys
    )
    assert words.say(lang, "common.sample_banner") in [
        unescaped(str(m.value)) for m in app.markdown
    ]


def _english_only() -> dict[str, str]:
    """Whole English sentences of the catalogue whose Welsh is another: on a Welsh page none of them may
    stand.
    """
    found = {}
    for key, entry in words.sentences().items():
        en, cy = entry["en"], entry["cy"]
        if (
            isinstance(en, str)
            and en != cy
            and "{" not in en
            and len(en.split()) >= 2
        ):
            found[en] = key
    welsh = {str(e["cy"]) for e in words.sentences().values()}
    return {en: key for en, key in found.items() if en not in welsh}


@pytest.mark.parametrize("name", PAGE_TITLES)
def test_no_english_sentence_stands_on_a_welsh_page(name: str) -> None:
    english = _english_only()
    app = page(name, "cy")
    wrong = {
        english[t]
        for text in spoken(app)
        for t in (unescaped(text).removeprefix("## "), unescaped(text))
        if t in english
    }
    assert wrong == set()
    assert len(english) > 200


def test_the_same_page_has_the_same_widgets_in_both_languages() -> None:
    for name in PAGE_TITLES:
        en, cy = page(name, "en"), page(name, "cy")
        for kind in (
            "selectbox",
            "button",
            "radio",
            "checkbox",
            "dataframe",
            "subheader",
            "expander",
            "text_input",
        ):
            assert len(getattr(en, kind, ())) == len(getattr(cy, kind, ())), (
                f"{name}: {kind}"
            )


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("place", ["W92000004", "RCC_CWM_TAF", "W06000016"])
def test_the_sentence_of_home_says_the_numbers_of_the_reader(
    lang: words.Lang, place: str
) -> None:
    counts = {r["verdict"]: r for r in reader.verdict_counts(place)}
    said = finding(page("home", lang, place=place))
    assert numbers.whole(sum(r["projects"] for r in counts.values())) in said
    assert (
        Speech(lang).money_in_year(counts["NO_LINK_SHOWN"]["year_gbp"]) in said
    )
    n = counts["NO_LINK_SHOWN"]["projects"]
    assert str(n) in said or n < 11, "numbers up to ten may be words"


def test_the_table_of_projects_holds_every_project_of_the_reader() -> None:
    app = page("projects", "en", place="RCC_GWENT")
    rows = reader.projects("RCC_GWENT")
    assert rows
    assert any(len(frame.value) == len(rows) for frame in app.dataframe)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_record_shows_eight_criteria_each_with_its_result(
    lang: words.Lang,
) -> None:
    no_link = next(
        p for p in reader.projects() if p["verdict"] == "NO_LINK_SHOWN"
    )
    criteria = reader.project_criteria(no_link["project_id"])
    assert [c["criterion"] for c in criteria] == list(range(1, 9))
    app = page("projects", lang, project=no_link["project_id"])
    assert not app.exception
    shown = unescaped(" ".join(spoken(app)))
    for n in range(1, 9):
        names = [
            words.say(lang, k)
            for k in words.sentences()
            if re.fullmatch(
                rf"(criterion|record)\.(name|title|question|c{n})?\.?c?{n}(\.(name|title|question))?",
                k,
            )
            and isinstance(words.sentences()[k][lang], str)
        ]
        assert any(name in shown for name in names), (
            f"criterion {n} is not named: {names}"
        )
    assert words.say(lang, f"verdict.{no_link['verdict']}.marked") in shown
    reason = reader.project_verdicts(no_link["project_id"])["at_decision"][
        "reason"
    ]
    assert words.say(lang, f"verdict.sentence.{reason}") in shown


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_what_is_carried_away_says_that_it_is_a_sample(
    lang: words.Lang,
) -> None:
    rows = [
        {"title": "=HYPERLINK(1)", "value": 3.5, "none": None},
        {"title": "Llŷn", "value": 0, "none": None},
    ]
    data = csv_bytes(
        Speech(lang), rows, {"title": "A", "value": "B", "none": "C"}, ["note"]
    )
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    assert words.say(lang, "common.sample_banner") in text.replace('""', '"')
    assert reader.build()["build_id"] in text
    assert "'=HYPERLINK(1),3.5,\r\n" in text
    assert "Llŷn,0,\r\n" in text


junk = some.dictionaries(
    some.one_of(
        some.sampled_from(
            [
                *choices.DEFAULTS.__dataclass_fields__,
                "lang",
                "choices",
                "$$STREAMLIT_INTERNAL",
                "language",
            ]
        ),
        some.text(max_size=12),
    ),
    some.one_of(
        some.text(max_size=200),
        some.sampled_from(
            [
                "W92000004",
                "W06000016",
                "W01000001",
                "lead",
                "../../etc/passwd",
                "' or 1=1 --",
                "<script>alert(1)</script>",
                "9" * 5000,
                "RCC_GWENT",
                "today",
                "NO_LINK_SHOWN",
                "",
                "null",
                "None",
            ]
        ),
    ),
    max_size=8,
)


@settings(
    max_examples=QUERIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(query=junk)
def test_whatever_stands_in_the_address_only_known_choices_are_taken(
    query: dict[str, str],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        state: dict[str, object] = {"somebody": "else"}
        patch.setattr(st, "query_params", Address(query))
        patch.setattr(st, "session_state", state)
        chosen = choices.current_choices()
        assert chosen.place in reader.place_rows()
        assert chosen.programme in ("", *reader.programmes())
        assert chosen.theme in ("", *reader.themes())
        assert (
            chosen.need in choices.NEED_DEFINITIONS,
            chosen.level in choices.LEVELS,
            chosen.basis in choices.BASES,
        ) == (True, True, True)
        assert chosen.verdict in ("", *choices.VERDICT_ORDER)
        assert chosen.area == "" or reader.area(chosen.area) is not None
        assert (
            chosen.project == "" or reader.project(chosen.project) is not None
        )
        assert len(chosen.words) <= choices.MOST_TEXT
        assert set(state) == {"somebody", "choices", "visit"}, (
            "an address never becomes state"
        )
        for name in choices.DEFAULTS.__dataclass_fields__:
            if (
                name in query
                and query[name]
                and getattr(chosen, name) == query[name]
            ):
                assert (
                    st.query_params.get(name, getattr(choices.DEFAULTS, name))
                    == query[name]
                )


@pytest.mark.parametrize(
    "query",
    [
        "place=Atlantis&theme=&theme=x&verdict=DROP",
        "project=%00&area=..%2F..&words=%3Cb%3E&lang=fr&need=1e9",
        "level=LSOA21;&basis=yesterday&programme=%F0%9F%92%A3",
    ],
)
def test_a_broken_link_opens_the_page_it_names(query: str) -> None:
    for name in ("home", "need_map", "projects", "area"):
        app = page(
            name, "en", **{k: v for k, v in parse_qsl(query) if k != "lang"}
        )
        assert not app.exception
