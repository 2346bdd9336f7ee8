"""What a note beside an indicator says that we do, we do: every promise of `indicators.csv` is read, and
held to.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from clearlink import folders
from etl.build.statements import statements

Row = dict[str, str]
# A note that speaks of treatment uses one of these; a note that only describes the figure uses none.
TREATMENT = re.compile(
    r"\b(shown|shrunk|smoothed|never|turned|ranked|averaged|derived|withheld|left out|applied|adjusted|"
    r"drawn|withdrawn"
    r"|rounded|base is|not used)\b",
    re.IGNORECASE,
)
CATALOGUE = {
    name: list(
        csv.DictReader(
            (folders.CATALOGUE / f"{name}.csv").open(encoding="utf-8")
        )
    )
    for name in ("indicators", "theme_indicator", "derived")
}


def _is_kind(*kinds: str) -> Callable[[Row], bool]:
    return lambda row: row["kind"] in kinds


def _is_of(population: str) -> Callable[[Row], bool]:
    return lambda row: row["denominator_id"] == population


def _is_not_people(row: Row) -> bool:
    """No sentence about people in need rests on it: it is no count or rate of the build's, and leads no
    theme.
    """
    leads = {
        r["indicator_id"]
        for r in CATALOGUE["theme_indicator"]
        if r["role"] == "lead"
    }
    return (
        row["kind"] in ("other", "rate_stated")
        and not row["denominator_id"]
        and row["indicator_id"] not in leads
    )


def _is_withdrawn(row: Row) -> bool:
    stated = tomllib.loads(
        (folders.CATALOGUE / "corrections.toml").read_text(encoding="utf-8")
    )["correction"]
    columns = {
        (path.stem, r["found"]): r["indicator_id"]
        for path in (folders.CATALOGUE / "columns").glob("*.csv")
        for r in csv.DictReader(path.open(encoding="utf-8"))
    }
    return row["indicator_id"] in {
        columns.get((c["source_id"], c["where"].get("column")))
        for c in stated
        if c["action"] == "withdraw"
    } and row["indicator_id"] not in {
        r["indicator_id"] for r in CATALOGUE["theme_indicator"]
    }


def _is_one_edition_at_a_time(row: Row) -> bool:
    """Every window over ranks or scores is cut by edition, and none takes a mean of them."""
    over = [
        (name, window)
        for name, sql in statements("build")
        if "published_rank" in sql or "domain_score" in sql
        for window in re.findall(r"partition by ([^)]*)", sql)
        if "score" in window
        or "indicator_id" in window
        or "definition" in window
    ]
    averaged = [
        name
        for name, sql in statements("build")
        if re.search(r"avg\((r\.|s\.)?(published_rank|score)\b", sql)
    ]
    return (
        row["kind"] in ("rank", "score")
        and not averaged
        and all(
            "edition" in window
            for name, window in over
            if "indicator_id" in window
        )
    )


def _is_as_published(row: Row) -> bool:
    """No statement of the build writes an observation of it; only a publisher's column does."""
    held = {
        r["indicator_id"]
        for path in (folders.CATALOGUE / "columns").glob("*.csv")
        for r in csv.DictReader(path.open(encoding="utf-8"))
    }
    return row["indicator_id"] in held and row["indicator_id"] not in {
        r["indicator_id"] for r in CATALOGUE["derived"]
    }


def _marks_stay_marks(row: Row) -> bool:
    """A withheld count is a mark in the publisher's table of marks, and a table of observations takes a
    value or a mark.
    """
    table = dict(statements("tables"))["observation"]
    return (
        row["kind"] == "count"
        and "check ((value is null) <> (marker is null))" in table
    )


def _is_its_publishers_doing(row: Row) -> bool:
    return True


PROMISES: dict[str, Callable[[Row], bool]] = {
    r"never averaged, subtracted or compared between editions": _is_one_edition_at_a_time,
    r"scores are never compared between editions": _is_one_edition_at_a_time,
    r"never derived from ranks": _is_as_published,
    r"population at risk shown as people aged 16–64": _is_of(
        "population_16_64"
    ),
    r"the base is people aged 5 and over": _is_of("unpaid_care_total"),
    r"a rate, never a number of people": _is_not_people,
    r"it is not turned into people": _is_not_people,
    r"never a number of people": _is_not_people,
    r"withdrawn:": _is_withdrawn,
    r"withheld is never zero": _marks_stay_marks,
    r"small counts are withheld, never zero": _marks_stay_marks,
    # what the publisher or a compiler did before the figure reached us
    r"rounded to 5\b": _is_its_publishers_doing,
    r"derived by others from suppressed tables": _is_its_publishers_doing,
    r"not adjusted for age": _is_its_publishers_doing,
}
CLAUSES = [
    (row["indicator_id"], clause)
    for row in CATALOGUE["indicators"]
    for clause in re.split(r"(?<=[.;])\s+", row["caveat_en"])
    if TREATMENT.search(clause)
]


@pytest.mark.parametrize(("indicator", "clause"), CLAUSES)
def test_a_note_promises_only_what_is_done(indicator: str, clause: str) -> None:
    row = next(
        r for r in CATALOGUE["indicators"] if r["indicator_id"] == indicator
    )
    kept = [
        check
        for words, check in PROMISES.items()
        if re.search(words, clause, re.IGNORECASE)
    ]
    assert kept, (
        f"{indicator} says “{clause}”: add what holds it to that, or stop saying it"
    )
    assert all(check(row) for check in kept), (
        f"{indicator} says “{clause}”, and the build does not do it"
    )


@pytest.mark.parametrize(
    "clause",
    [
        "Small numbers: shown shrunk towards the region.",
        "Ranked after smoothing.",
        "The base is people aged 16 and over.",
        "Counts under ten are left out.",
    ],
)
def test_a_promise_that_nobody_holds_is_found(clause: str) -> None:
    assert TREATMENT.search(clause)
    assert not [
        words for words in PROMISES if re.search(words, clause, re.IGNORECASE)
    ]


def test_every_threshold_that_the_settings_state_is_used() -> None:
    """A setting that nothing reads is a promise too."""
    root = Path(folders.__file__).parents[1]
    stated = tomllib.loads(
        (folders.CATALOGUE / "settings.toml").read_text(encoding="utf-8")
    )
    names = [
        name
        for part, table in stated.items()
        if part != "life_years"
        for name in table
    ]
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("clearlink", "etl", "pages")
        for kind in ("*.py", "*.sql")
        for path in (root / folder).rglob(kind)
        if path.name != "settings.py"
    )
    assert [name for name in names if not re.search(rf"\b{name}\b", text)] == []
