"""A day that nobody recorded is not called the day of decision, on the record, in its criteria, in lists and
on Home.
"""

from __future__ import annotations

from datetime import date

import pytest
from test_pages import unescaped

from clearlink import words
from clearlink.report.criterion_text import criterion_text
from clearlink.warehouse import reader
from pages.frame.choices import Choices
from pages.frame.day_of_decision import (
    basis_names,
    day_known,
    days_line,
    today_changes,
)
from pages.frame.speech import Speech
from tests.counters import opened

pytestmark = pytest.mark.usefixtures("on_sample")
in_both = pytest.mark.parametrize("lang", words.LANGUAGES)
DAY = date(2020, 4, 1)
KINDS = {"decision": (DAY, DAY), "start": (None, DAY), "none": (None, None)}


@in_both
@pytest.mark.parametrize("kind", KINDS)
def test_only_a_recorded_day_is_called_the_day_of_decision(
    lang: words.Lang, kind: str
) -> None:
    say = Speech(lang)
    decided, started = KINDS[kind]
    project = {"decision_date": decided, "start_date": started}
    assert day_known(project) == kind
    own = basis_names(say, project)["at_decision"]
    assert (own == say("choices.basis_at_decision")) is (kind == "decision")


@in_both
@pytest.mark.parametrize("day", ["decision", "start", "today", "none"])
@pytest.mark.parametrize("reason", ["C4-OK", "C4-AGEING", "C4-OLD", "C4-AFTER"])
def test_criterion_4_says_which_day_it_speaks_of(
    lang: words.Lang, day: str, reason: str
) -> None:
    say = Speech(lang)
    facts = {"reference_end": "2019-12-31", "age_months": 4, "day": day}
    said = criterion_text(
        say, {"criterion": 4, "reason": reason, "facts": facts}, {}
    )
    assert say(f"criterion.day.{day}") in said
    assert (say("criterion.day.decision") in said) is (
        day == "decision" or (lang == "cy" and day == "start")
    ) or (lang == "en" and day == "start")


def test_no_day_no_age() -> None:
    """Of the served build: where no day is known, criterion 4 says that and not that the evidence has no
    date.
    """
    seen = set()
    for row in reader.projects():
        kind = day_known(row)
        if kind in seen:
            continue
        seen.add(kind)
        project = reader.project(row["project_id"])
        assert project is not None and day_known(project) == kind
        for basis, wanted in (("at_decision", kind), ("today", "today")):
            fourth = reader.project_criteria(row["project_id"], basis)[3]
            assert (fourth["reason"] == "C4-NODAY") is (wanted == "none")
            assert f'"day":"{wanted}"' in fourth["facts"].replace(" ", "")
    assert {"decision", "none"} <= seen


@in_both
def test_home_says_when_today_tells_another_story(lang: words.Lang) -> None:
    """Rhondda Cynon Taf's Flying Start areas have no day at all: nothing at the decision, a partial link
    today.
    """
    say = Speech(lang)
    place = "W06000016"
    then = {r["verdict"]: r for r in reader.verdict_counts(place)}
    now = reader.verdict_counts(place, basis="today")
    changes = today_changes(say, then, now)
    assert changes and today_changes(say, then, list(then.values())) == ""
    home = opened("home", {"lang": lang, "place": place}, {})
    said = " ".join(unescaped(str(m.value)) for m in home.markdown)
    assert say("home.today.other", changes=changes) in said
    days = days_line(say, Choices(place=place))
    assert days and days in said
