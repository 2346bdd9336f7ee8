"""What is written for whoever comes next is whole: the catalogue's README, the letters of the method, the
walks of the contributors' section.
"""

from __future__ import annotations

import ast
import csv
import re
import shutil
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from clearlink.rules.codes import Result
from clearlink.rules.gap.gap import GapClass, gap_class
from clearlink.rules.link.link import verdict
from clearlink.warehouse import reader
from clearlink.warehouse.asking import queries
from clearlink.warehouse.law import catalogue_law
from etl.build.intake import Intake
from etl.build.load import load_catalogue, load_intake
from etl.build.statements import statements
from etl.sources.catalogue import load_sources
from etl.sources.formats import FORMATS, read

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "data" / "catalogue"
TOLD = (CATALOGUE / "README.md").read_text(encoding="utf-8")
METHOD = (ROOT / "data" / "method.md").read_text(encoding="utf-8")
SOURCES = tomllib.loads(
    (CATALOGUE / "sources.toml").read_text(encoding="utf-8")
)["source"]
# "method B2", "method, section I.4", "method B1–B3", "method B1, B5": the letters that a line of code rests
# on
CITED = re.compile(
    r"\bmethod,? (?:section )?([A-I]\d{0,2})\b((?:[,–] ?[A-I]\d{1,2}\b)*)"
)


def test_every_file_format_and_option_of_the_catalogue_is_told() -> None:
    held = {
        p.name for p in CATALOGUE.iterdir() if p.suffix in (".csv", ".toml")
    }
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
                for first, more in CITED.findall(
                    path.read_text(encoding="utf-8")
                ):
                    for letter in [first, *re.findall(r"[A-I]\d{1,2}", more)]:
                        cited[letter] = str(path.relative_to(ROOT))
    return cited


def test_every_letter_of_the_method_that_code_cites_is_a_section() -> None:
    sections = set(re.findall(r"(?m)^### ([A-I]\d{0,2})\.", METHOD))
    criteria = {f"C{n}" for n in range(1, 9)}
    cited = _citations()
    assert len(cited) > 10
    assert {
        letter: at
        for letter, at in cited.items()
        if letter not in sections | criteria
    } == {}


def test_a_setting_that_the_method_names_exists() -> None:
    known = tomllib.loads(
        (CATALOGUE / "settings.toml").read_text(encoding="utf-8")
    )
    names = {name for section in known.values() for name in section}
    law = METHOD[METHOD.index("## The law by its letters") :]
    assert {
        n for n in re.findall(r"`([a-z]+_[a-z_]+)`", law) if n not in names
    } == set()


@pytest.fixture(scope="module")
def readme() -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text[text.index("## For whoever comes next") :]


def test_every_file_that_the_contributors_section_opens_is_there(
    readme: str,
) -> None:
    named = re.findall(
        r"`((?:clearlink|etl|pages|data|tests)/[\w./-]+)`", readme
    )
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


WALKS = (("rank", 14), ("verdict", 20))


def _walked(readme: str, subject: str) -> list[str]:
    """The files that a walk opens, in order."""
    walk = readme[readme.index(f"### From a {subject}") :].split("\n### ")[0]
    return re.findall(r"(?m)^\d+\. `([^`]+)`", walk)


def _imported(text: str) -> set[str]:
    """Every module that a Python file imports, or imports from, by its last name."""
    imports = [
        n
        for n in ast.walk(ast.parse(text))
        if isinstance(n, (ast.Import, ast.ImportFrom))
    ]
    names = {alias.name for each in imports for alias in each.names}
    names |= {
        each.module or ""
        for each in imports
        if isinstance(each, ast.ImportFrom)
    }
    return {name.rsplit(".", 1)[-1] for name in names}


def _names(teller: str, told: str) -> bool:
    """Whether one file leads to another: by its path, an import, a law's twin, a question, a table or a
    source.
    """
    path, text = Path(told), (ROOT / teller).read_text(encoding="utf-8")
    if told in text or path.name in text:
        return True
    if path.suffix == ".py":
        twin = told.removesuffix(".py").replace("/", ".")
        return twin in text or (
            teller.endswith(".py") and path.stem in _imported(text)
        )
    if teller.endswith(".py"):
        return f'"{path.stem}"' in text
    # a table or a macro of SQL; a source's own list of columns
    return bool(
        re.search(rf"\b(?:from|join) {path.stem}\b|\b{path.stem}\(", text)
    ) or (path.suffix == ".csv" and f'"{path.stem}"' in text)


@pytest.mark.parametrize(("subject", "most"), WALKS)
def test_a_number_is_walked_back_in_few_files(
    readme: str, subject: str, most: int
) -> None:
    """The walk names files in order, and each is named in one that was opened before it."""
    files = _walked(readme, subject)
    assert 5 <= len(files) <= most
    assert f"\n{len(files)} files" in readme
    assert [
        told
        for at, told in enumerate(files[1:], 1)
        if not any(_names(teller, told) for teller in files[:at])
    ] == []


# What the publisher's file of ranks looks like; its first three areas stand here with ranks of their own.
RANKS = """LSOA code,LSOA name (Eng),Local Authority name (Eng),WIMD 2025 ,Income ,Employment,Health,\
Education ,Access to Services,Housing,Community Safety,Physical Environment
W01000003,Amlwch Port,Isle of Anglesey,1,3,1,1,1,1,1,1,1
W01000004,Amlwch Rural,Isle of Anglesey,2,1,2,2,2,2,2,2,2
W01000005,Beaumaris,Isle of Anglesey,3,2,3,3,3,3,3,3,3
"""


def _loaded(
    intake: Intake, catalogue: Path = CATALOGUE
) -> duckdb.DuckDBPyConnection:
    """The base tables of a build with the catalogue and the rows of the intake in them."""
    con = duckdb.connect()
    for _, sql in statements("tables"):
        con.execute(sql)
    load_catalogue(con, catalogue)
    load_intake(con, intake, catalogue_law())
    return con


def _of_ranks(catalogue: Path = CATALOGUE) -> Intake:
    """The small file of ranks, read as its source says."""
    source = replace(
        load_sources(catalogue)["wimd_2025_ranks"], expected_rows=3
    )
    harvest = read(source, RANKS.encode())
    assert harvest.problems == []
    intake = Intake("official", date(2026, 11, 28), False)
    intake.observations.append(("wimd_2025_ranks@walk", harvest.observations))
    return intake


def test_the_walked_rank_comes_back_to_its_cell() -> None:
    """The last steps of the walk, taken: the file is read and loaded, the page's question asked, and the
    cell that it answers holds the rank in the file.
    """
    con = _loaded(_of_ranks())
    asked = queries()["area_observations"].read_text(encoding="utf-8")
    told = con.execute(asked, {"area": "W01000004"}).fetchdf()
    (rank,) = told[told["indicator_id"] == "wimd_rank_income"].itertuples()
    cell = re.fullmatch(r"row (\d+), column (.+)", rank.cell)
    assert cell
    lines = list(csv.reader(RANKS.splitlines()))
    column = [heading.strip() for heading in lines[0]].index(cell[2])
    assert (cell[2], lines[int(cell[1]) - 1][column]) == ("Income", "1")
    assert rank.value == 1.0


def test_the_walked_verdict_comes_back_to_its_row(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every verdict of the sample is what the rule says of its four results, and its project stands in the
    row that it names.
    """
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    with (ROOT / "data/sample/register.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        lines = list(csv.reader(file))
    at = lines[0].index("project_id")
    shown = [
        p
        for p in reader.projects()
        if str(p["source_ref"]).startswith("register.csv")
    ]
    assert len(shown) > 5
    for project in shown[:20]:
        row = re.search(r"register\.csv, row (\d+)", project["source_ref"])
        assert row and lines[int(row[1]) - 1][at] == project["project_id"]
        for told in reader.project_verdicts(project["project_id"]).values():
            results = [Result(told[name]) for name in ("c1", "c2", "c3", "c4")]
            assert verdict(*results) == (told["verdict"], told["reason"])


def test_the_walked_indicator_needs_no_code(tmp_path: Path) -> None:
    """The steps of a new indicator, taken in a copy of the catalogue: one row in each of three lists, and the
    figure is read, loaded and serves its theme.
    """
    catalogue = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, catalogue)
    rows = {
        "columns/wimd_2025_ranks.csv": "WIMD_2025_ranks,Beauty,rank_of_beauty,rank,1,1917,,",
        "indicators.csv": "rank_of_beauty,work_income,Beauty,Harddwch,rank,safle,-,LSOA,rank,,,",
        "theme_indicator.csv": "work_income,rank_of_beauty,composite,weak,0.1,99,,",
    }
    for name, row in rows.items():
        with (catalogue / name).open("a", encoding="utf-8", newline="") as file:
            file.write(row + "\n")
    source = replace(
        load_sources(catalogue)["wimd_2025_ranks"], expected_rows=3
    )
    lines = RANKS.splitlines()
    beside = [
        f"{line},{end}"
        for line, end in zip(lines, ("Beauty", 2, 3, 1), strict=True)
    ]
    intake = Intake("official", date(2026, 11, 28), False)
    harvest = read(source, ("\n".join(beside) + "\n").encode())
    intake.observations.append(("wimd_2025_ranks@walk", harvest.observations))
    con = _loaded(intake, catalogue)
    asked = queries()["area_observations"].read_text(encoding="utf-8")
    told = con.execute(asked, {"area": "W01000004"}).fetchdf()
    (rank,) = told[told["indicator_id"] == "rank_of_beauty"].itertuples()
    assert (rank.value, rank.name_cy, rank.theme_id) == (
        3.0,
        "Harddwch",
        "work_income",
    )
    serves = con.execute(
        "select role, fit from theme_indicator where indicator_id = 'rank_of_beauty'"
    ).fetchall()
    assert serves == [("composite", "weak")]


def test_the_walked_rule_follows_its_setting() -> None:
    """An area between two values of `watch_cut` is watched under the higher and matched under the lower."""
    law = catalogue_law()

    def watched(cut: float) -> GapClass:
        return gap_class(
            high_need=True,
            relative_provision=law.watch_cut,
            people_in_need=1_000.0,
            need_crosses_cut=False,
            unplaced_share=0.0,
            settings=law.with_changes(watch_cut=cut),
        )

    assert watched(law.watch_cut) is GapClass.MATCHED
    assert watched(law.watch_cut + 0.05) is GapClass.WATCH


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
            csv.DictReader(
                (CATALOGUE / name).open(encoding="utf-8", newline="")
            )
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
        p.read_text(encoding="utf-8")
        for p in (ROOT / "pages" / "frame").rglob("*.py")
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
