"""Themes proposed by machine: from the record's own words in both languages, measured on what people set, and
acting on nothing.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from clearlink import folders
from clearlink.command import main
from clearlink.proposals.measured import (
    BULK_PROPOSED,
    Measure,
    _folds,
    by_words,
    measured,
)
from clearlink.proposals.served import proposals, theme_measures
from clearlink.proposals.theme_words import (
    theme_by_words,
    theme_words,
    words_found,
)
from clearlink.proposals.themes import (
    SURE,
    Example,
    ThemeModel,
    decided,
    people_set,
    record_text,
)
from clearlink.warehouse import reader
from clearlink.warehouse.asking import forget_answers
from clearlink.words import say


@pytest.fixture
def served(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    return sample_data


def test_every_theme_has_words_in_both_languages_and_no_word_leads_to_two() -> (
    None
):
    with (folders.CATALOGUE / "theme_words.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    with (folders.CATALOGUE / "themes.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        themes = {row["theme_id"] for row in csv.DictReader(file)}
    assert {(r["theme_id"], r["language"]) for r in rows} == {
        (t, lang) for t in themes for lang in ("en", "cy")
    }
    words = [word for listed in theme_words().values() for word in listed]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Grant to Swansea Womens Aid", "domestic_abuse"),
        ("Grant to Welsh Women's Aid", "domestic_abuse"),
        ("Cymorth i bobl ddigartref", "housing_homelessness"),
        ("Gofalwyr ifanc", "carers"),
        ("Grant to Welsh Refugee Council", None),
        ("Housing for young people", None),
        ("", None),
    ],
)
def test_the_rule_by_words_says_one_theme_or_nothing(
    text: str, theme: str | None
) -> None:
    assert theme_by_words(text) == theme


def test_what_is_proposed_is_sure_enough_and_says_the_words_that_led_there() -> (
    None
):
    catalogue = [
        Example(w.removesuffix("*"), t)
        for t, words in theme_words().items()
        for w in words
    ]
    model = ThemeModel(
        [
            Example(
                "Floating support for homeless adults", "housing_homelessness"
            )
        ]
        * 3,
        catalogue,
    )
    sure, empty = model.propose(
        [
            "Floating support for homeless adults in Ceredigion",
            "Grant to Inroads",
        ]
    )
    assert sure is not None
    assert (sure.theme_id, "homeless" in sure.words, sure.sure >= SURE) == (
        "housing_homelessness",
        True,
        True,
    )
    assert empty is None
    assert model.propose([]) == []


def test_a_code_of_a_fund_is_never_told_as_a_word_that_led_there() -> None:
    funds = [f"XA{n} - Community · deaf club" for n in range(9)]
    model = ThemeModel(
        [Example(text, "disability") for text in funds],
        [Example("carer", "carers"), Example("tenant", "housing")],
    )
    for text, proposal in zip(funds, model.propose(funds), strict=True):
        assert proposal is not None, text
        assert proposal.words, text
        assert not re.search(r"\d", " ".join(proposal.words)), proposal


@pytest.mark.parametrize(
    ("hits", "chances", "theme"),
    [
        ({"carers": ("carers",)}, {"carers": 0.3, "disability": 0.4}, "carers"),
        ({"carers": ("carers",)}, {"carers": 0.3, "disability": 0.75}, None),
        ({"carers": ("carers",)}, {"carers": 0.25, "disability": 0.4}, None),
        (
            {"young_people": ("youth",), "disability": ("deaf",)},
            {"young_people": 0.65, "disability": 0.35},
            "disability",
        ),
        (
            {"young_people": ("youth",), "housing_homelessness": ("homeless",)},
            {"young_people": 0.6, "carers": 0.3},
            None,
        ),
        (
            {"young_people": ("youth",), "housing_homelessness": ("homeless",)},
            {"young_people": 0.75, "carers": 0.2},
            "young_people",
        ),
        ({}, {"carers": 0.65, "disability": 0.2}, None),
        ({}, {"carers": 0.75, "disability": 0.2}, "carers"),
    ],
)
def test_words_and_model_come_to_a_theme_together_or_say_nothing(
    hits: dict[str, tuple[str, ...]],
    chances: dict[str, float],
    theme: str | None,
) -> None:
    assert decided(hits, chances) == theme


def test_what_a_publisher_says_beside_a_grant_is_among_its_words_and_what_our_importer_says_is_not() -> (
    None
):
    ours = say("en", "exchange.placed_by_recipient")
    row = {
        "title": "Grant to Inroads",
        "provider_name": "Inroads",
        "for_whom": None,
        "note": f"{ours} · XA6 - Community · individuals in recovery from substance misuse",
    }
    assert (
        record_text(row)
        == "Inroads · XA6 - Community · individuals in recovery from substance misuse"
    )
    assert words_found(record_text(row)).keys() == {"substance_misuse"}


def test_a_measure_counts_what_was_right_what_was_proposed_and_what_was_asked() -> (
    None
):
    known = [
        Example("a", "carers"),
        Example("b", "carers"),
        Example("c", "disability"),
    ]
    found = measured(known, ["carers", None, "carers"])
    assert found["carers"] == Measure(
        "carers", asked=2, answered=1, proposed=2, right=1
    )
    assert found["disability"] == Measure(
        "disability", asked=1, answered=1, proposed=0, right=0
    )
    assert (found[None].precision, found[None].coverage) == (1 / 2, 2 / 3)
    assert found["disability"].precision is None


@pytest.mark.parametrize(
    ("proposed", "right", "allowed"),
    [
        (BULK_PROPOSED, BULK_PROPOSED, True),
        (20, 18, False),
        (20, 19, True),
        (BULK_PROPOSED - 1, BULK_PROPOSED - 1, False),
    ],
)
def test_bulk_acceptance_asks_for_precision_above_nine_in_ten_on_enough_records(
    proposed: int, right: int, allowed: bool
) -> None:
    assert (
        Measure("carers", 30, 30, proposed, right).may_be_accepted_in_bulk
        is allowed
    )


def test_records_that_are_alike_are_never_on_both_sides_of_the_measure() -> (
    None
):
    examples = [
        Example(f"Flying Start area: ward {n}", "early_years")
        for n in range(30)
    ]
    assert [len(fold) for fold in _folds(examples)] == [30]


def test_on_the_real_records_the_model_beats_the_rule_by_words(
    served: Path,
) -> None:
    known = people_set(reader.proposal_records())
    assert len(known) > 50
    found = theme_measures()
    whole, words = found.model[None], by_words(known)[None]
    assert (
        whole.precision is not None
        and words.precision is not None
        and whole.coverage is not None
    )
    assert whole.precision > words.precision
    assert whole.right > words.right
    assert (whole.precision >= 0.9, whole.coverage >= 0.6) == (True, True)


def test_what_a_programme_implies_is_not_what_people_set(served: Path) -> None:
    rows = [
        dict(r) for r in reader.proposal_records() if r["method"] == "programme"
    ]
    assert rows
    assert people_set(rows) == []


def test_proposals_are_for_records_without_a_theme_and_change_none(
    served: Path,
) -> None:
    without = {
        r["project_id"] for r in reader.projects() if r["theme_id"] is None
    }
    found = proposals()
    assert found.keys() <= without
    assert len(found) >= 10
    assert {
        r["project_id"] for r in reader.projects() if r["theme_id"] is None
    } == without
    listed = theme_words()
    assert all(
        p.sure >= SURE
        or any(
            w.startswith(each.removesuffix("*"))
            for w in p.words
            for each in listed[p.theme_id]
        )
        for p in found.values()
    ), "below that, only a word of the catalogue leads to a theme"


def test_the_command_prints_precision_and_coverage_by_theme(
    served: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--proposals"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "nothing acts until a person accepts it" in lines[-1]
    assert main(["check", "--proposals", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {m["theme_id"] for m in told["model"]} >= {
        "housing_homelessness",
        "disability",
        None,
    }
    assert (
        sum(m["asked"] for m in told["model"] if m["theme_id"])
        == told["records"]
        == theme_measures().records
    )


def test_words_found_stand_in_the_text() -> None:
    assert words_found("Homeless people with drug problems") == {
        "housing_homelessness": ("homeless",),
        "substance_misuse": ("drug",),
    }


def test_a_proposal_for_a_record_that_tells_no_theme_is_wrong_and_lowers_no_coverage() -> (
    None
):
    known = [Example("a", "carers"), Example("b", ""), Example("c", "")]
    whole = measured(known, ["carers", "carers", None])[None]
    assert whole == Measure(None, asked=1, answered=1, proposed=2, right=1)
    assert set(measured(known, ["carers", "carers", None])) == {"carers", None}


def test_bulk_asks_for_both_kinds_of_records() -> None:
    set_by_people = Measure("carers", 12, 12, 11, 11)
    assert set_by_people.may_be_accepted_in_bulk
    read = Measure("carers", 6, 6, 6, 3)
    assert not set_by_people.with_held_out(read).may_be_accepted_in_bulk
    assert set_by_people.with_held_out(None) == set_by_people


def test_records_that_were_read_are_measured_and_never_learnt_from(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn from the sample's own records without a theme: what they are said to be changes no proposal."""
    before = dict(proposals())
    ids = [
        r["project_id"]
        for r in reader.proposal_records()
        if r["theme_id"] is None
    ][:6]
    assert len(ids) == 6
    monkeypatch.setattr(
        "clearlink.proposals.served._labels",
        lambda used_to: (
            dict.fromkeys(ids, "carers") if used_to == "measure" else {}
        ),
    )
    forget_answers()
    try:
        measures = theme_measures()
        assert measures.read == 6 and measures.held_out[None].asked == 6
        assert proposals() == before
    finally:
        forget_answers()


def test_records_that_were_read_to_learn_from_teach_the_model_and_measure_nothing(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that tells no theme teaches none, and a theme proposed for it is wrong."""
    without = [r for r in reader.proposal_records() if r["theme_id"] is None]
    known = theme_measures().records
    read = {r["project_id"]: "carers" for r in without[:6]}
    read |= {r["project_id"]: "" for r in without[6:9]}
    monkeypatch.setattr(
        "clearlink.proposals.served._labels",
        lambda used_to: read if used_to == "learn" else {},
    )
    forget_answers()
    try:
        measures = theme_measures()
        assert (measures.records, measures.learnt) == (known + 6, 6)
        assert measures.held_out == {}
        assert "" not in measures.model
        assert {p.theme_id for p in proposals().values()} <= set(
            reader.themes()
        )
    finally:
        forget_answers()


def test_every_label_is_of_a_theme_or_none_and_stands_once() -> None:
    with (folders.CATALOGUE / "proposal_labels.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    with (folders.CATALOGUE / "themes.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        themes = {row["theme_id"] for row in csv.DictReader(file)}
    assert {r["theme_id"] for r in rows} <= themes | {""}
    # one that is learnt from and measured by would measure itself
    assert len({r["project_id"] for r in rows}) == len(rows) >= 100
    assert {r["used_to"] for r in rows} == {"learn", "measure"}
