"""What is written for whoever comes next is whole: the catalogue's README, the letters of the method, the
walks of the contributors' section.
"""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest

from clearlink.warehouse.asking import queries
from etl.build.statements import statements
from etl.sources.formats import FORMATS

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "data" / "catalogue"
TOLD = (CATALOGUE / "README.md").read_text(encoding="utf-8")
METHOD = (ROOT / "data" / "method.md").read_text(encoding="utf-8")
SOURCES = tomllib.loads((CATALOGUE / "sources.toml").read_text(encoding="utf-8"))[
    "source"
]
# "method B2", "method, section I.4", "method B1–B3", "method B1, B5": the letters that a line of code rests
# on
CITED = re.compile(
    r"\bmethod,? (?:section )?([A-I]\d{0,2})\b((?:[,–] ?[A-I]\d{1,2}\b)*)"
)


def test_every_file_format_and_option_of_the_catalogue_is_told() -> None:
    held = {p.name for p in CATALOGUE.iterdir() if p.suffix in (".csv", ".toml")}
    assert {name for name in held if f"`{name}`" not in TOLD} == set()
    formats = set(FORMATS) | {source["format"] for source in SOURCES}
    assert {name for name in formats if f"`{name}`" not in TOLD} == set()
    options = {name for source in SOURCES for name in source.get("options", {})}
    assert {name for name in options if f"`{name}`" not in TOLD} == set()


def _citations() -> dict[str, str]:
    """Letter → a place that cites it, over code, SQL and words."""
    cited = {}
    for room in ("clearlink", "etl", "pages", "tests"):
        for path in (ROOT / room).rglob("*"):
            if path.suffix in (".py", ".sql") and path != Path(__file__):
                for first, more in CITED.findall(path.read_text(encoding="utf-8")):
                    for letter in [first, *re.findall(r"[A-I]\d{1,2}", more)]:
                        cited[letter] = str(path.relative_to(ROOT))
    return cited


def test_every_letter_of_the_method_that_code_cites_is_a_section() -> None:
    sections = set(re.findall(r"(?m)^### ([A-I]\d{0,2})\.", METHOD))
    criteria = {f"C{n}" for n in range(1, 9)}
    cited = _citations()
    assert len(cited) > 10
    assert {
        letter: at for letter, at in cited.items() if letter not in sections | criteria
    } == {}


def test_a_setting_that_the_method_names_exists() -> None:
    known = tomllib.loads((CATALOGUE / "settings.toml").read_text(encoding="utf-8"))
    names = {name for section in known.values() for name in section}
    law = METHOD[METHOD.index("## The law by its letters") :]
    assert {
        n for n in re.findall(r"`([a-z]+_[a-z_]+)`", law) if n not in names
    } == set()


@pytest.fixture(scope="module")
def readme() -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text[text.index("## For whoever comes next") :]


def test_every_file_that_the_contributors_section_opens_is_there(readme: str) -> None:
    named = re.findall(r"`((?:clearlink|etl|pages|data|tests)/[\w./-]+)`", readme)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(("subject", "most"), [("rank", 14), ("verdict", 20)])
def test_a_number_is_walked_back_in_few_files(
    readme: str, subject: str, most: int
) -> None:
    """The walk names files in order, and each next one is named in the one before it, by its name or by
    what it makes.
    """
    walk = readme[readme.index(f"### From a {subject}") :].split("\n### ")[0]
    files = re.findall(r"(?m)^\d+\. `([^`]+)`", walk)
    assert 5 <= len(files) <= most
    for name in files:
        assert (ROOT / name).exists(), name


def test_a_walked_indicator_is_what_the_catalogue_says(readme: str) -> None:
    """The example of a new indicator names a real one: its source, its column, its row and its theme are
    as the steps say.
    """
    walk = readme[readme.index("### An indicator") :].split("\n### ")[0]
    indicator = re.search(r"indicator_id `(\w+)`", walk)
    source = re.search(r"source_id `(\w+)`", walk)
    assert indicator and source
    assert source[1] in {s["source_id"] for s in SOURCES}
    rows = {
        name: list(
            csv.DictReader((CATALOGUE / name).open(encoding="utf-8", newline=""))
        )
        for name in (
            f"columns/{source[1]}.csv",
            "indicators.csv",
            "theme_indicator.csv",
        )
    }
    for name, listed in rows.items():
        assert indicator[1] in {row["indicator_id"] for row in listed}, name


def test_a_walked_rule_has_its_twin(readme: str) -> None:
    """The example of a rule names a setting, the pure rule and its SQL: the setting is read by name in the
    SQL, and by attribute in the rule.
    """
    walk = readme[readme.index("### A rule") :].split("\n### ")[0]
    setting = re.search(r"setting `(\w+)`", walk)
    rule = re.search(r"`(clearlink/rules/\w+/[\w/]+\.py)`", walk)
    sql = re.search(r"`(etl/build/sql/build/[\w/]+\.sql)`", walk)
    assert setting and rule and sql
    assert f".{setting[1]}" in (ROOT / rule[1]).read_text(encoding="utf-8")
    assert f"'{setting[1]}'" in (ROOT / sql[1]).read_text(encoding="utf-8")
    assert Path(sql[1]).stem in dict(statements("build"))


def test_a_walked_screen_asks_reads_and_says(readme: str) -> None:
    """The example of a screen names its page, its question and its words: the page is in the navigation,
    the query is asked, the words stand in both languages.
    """
    walk = readme[readme.index("### A screen") :].split("\n### ")[0]
    page = re.search(r"`(pages/\w+\.py)`", walk)
    query = re.search(r"`(clearlink/warehouse/sql/read/[\w/]+\.sql)`", walk)
    words = re.search(r"`(clearlink/words/\w+\.toml)`", walk)
    assert page and query and words
    assert Path(page[1]).stem in (ROOT / "app.py").read_text(
        encoding="utf-8"
    ) + "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "pages" / "frame").rglob("*.py")
    )
    assert Path(query[1]).stem in queries()
    entries = tomllib.loads((ROOT / words[1]).read_text(encoding="utf-8"))

    def leaves(body: object) -> list[dict[str, object]]:
        if isinstance(body, dict):
            if "en" in body:
                return [body]
            return [leaf for each in body.values() for leaf in leaves(each)]
        return []

    assert leaves(entries) and all("cy" in leaf for leaf in leaves(entries))
