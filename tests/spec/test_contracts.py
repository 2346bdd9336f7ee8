"""The house keeps its walls: who imports what, where SQL lives, and that every question the app may ask is
asked by somebody.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("clearlink", "etl", "pages")
SQL_FOLDERS = (
    ROOT / "clearlink" / "warehouse" / "sql",
    ROOT / "etl" / "build" / "sql",
)
READ = ROOT / "clearlink" / "warehouse" / "sql" / "read"
# written in two halves, so that this file does not name them either
REGISTRIES = tuple(
    f"{name}.{end}"
    for name, end in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("proxy.golang", "org"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
    )
)
ENGINE_WORDS = re.compile(
    r"^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|"
    r"create\s+(or\s+replace\s+)?(temp\s+)?(table|view|macro)\s)",
    re.I | re.S,
)
# what attaches, counts and signs a build itself: statements in which only our own names stand
SHORT_STATEMENTS = {
    "etl/build/builder.py",
    "etl/build/settled.py",
    "etl/build/real_records.py",
    "clearlink/warehouse/connection.py",
    "clearlink/warehouse/views.py",
}


def _modules() -> list[Path]:
    return [
        p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py"))
    ] + [ROOT / "app.py"]


def test_every_import_contract_is_kept() -> None:
    tool = shutil.which(
        "lint-imports", path=str(Path(sys.executable).parent)
    ) or shutil.which("lint-imports")
    assert tool is not None, "import-linter is one of the test tools"
    done = subprocess.run(
        [tool, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " 0 broken" in done.stdout


def test_app_and_pages_import_no_plotly_engine_or_loader() -> None:
    found = []
    for path in [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            found += [
                f"{path.name}: {n}"
                for n in names
                if n.split(".")[0]
                in ("plotly", "duckdb", "geopandas", "pandas", "shapely")
            ]
    assert found == []


def test_no_sql_stands_in_a_python_module() -> None:
    found = []
    for path in _modules():
        if str(path.relative_to(ROOT)) in SHORT_STATEMENTS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, (ast.Module, ast.FunctionDef, ast.ClassDef))
            and n.body
            and isinstance(n.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in said
                and ENGINE_WORDS.match(node.value)
            ):
                found.append(
                    f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:60]!r}"
                )
    assert found == []


@pytest.mark.parametrize(
    "path",
    [p for folder in SQL_FOLDERS for p in sorted(folder.rglob("*.sql"))],
    ids=lambda p: f"{p.parent.name}/{p.name}",
)
def test_a_sql_file_is_one_statement_under_a_header(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- "), "the header says the grain"
    assert len(text.splitlines()[0]) > 12
    assert len(duckdb.extract_statements(text)) == 1
    assert not re.search(r"\{\w*\}|%s|%\(", text), (
        "values are bound, never written in"
    )


def _questions(held: set[str]) -> set[str]:
    """Names of the queries that the trade and the pages ask; a name that is put together counts for every
    query it can be.
    """
    asked: set[str] = set()
    for path in [
        *sorted((ROOT / "clearlink").rglob("*.py")),
        *sorted((ROOT / "pages").rglob("*.py")),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.id
                    if isinstance(node.func, ast.Name)
                    else node.func.attr
                    if isinstance(node.func, ast.Attribute)
                    else ""
                )
                if name in ("answer", "_answer", "_query") and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.JoinedStr) and isinstance(
                        first.values[0], ast.Constant
                    ):
                        asked |= {
                            q
                            for q in held
                            if q.startswith(str(first.values[0].value))
                        }
                    else:
                        asked |= {
                            n.value
                            for n in ast.walk(first)
                            if isinstance(n, ast.Constant)
                            and isinstance(n.value, str)
                        }
    return asked


def test_every_query_stands_in_one_room_under_a_name_of_its_own() -> None:
    held = sorted(READ.rglob("*.sql"))
    assert [p.name for p in held if p.parent.parent != READ] == [], (
        "each question stands in its subject's room"
    )
    assert len({p.stem for p in held}) == len(held)


def test_every_query_is_asked_and_every_question_has_its_query() -> None:
    held = {p.stem for p in READ.rglob("*.sql")}
    asked = _questions(held)
    assert asked - held == set()
    assert held - asked == set()


def test_every_check_is_a_sentence_about_what_there_is_not() -> None:
    names = [p.stem for p in (ROOT / "etl/build/sql/checks").glob("*.sql")]
    assert len(names) >= 10
    assert [n for n in names if not n.startswith("there_is_no_")] == []


def test_no_registry_is_named_in_a_tracked_file() -> None:
    listed = (
        subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        )
        .stdout.decode()
        .split("\0")
    )
    found = []
    for name in filter(None, listed):
        path = ROOT / name
        if not path.is_file() or path.stat().st_size > 5_000_000:
            continue
        data = path.read_bytes().lower()
        found += [
            f"{name}: {host}" for host in REGISTRIES if host.encode() in data
        ]
    assert found == []


def test_no_module_hides_a_fault() -> None:
    """No bare except, and no `except Exception` that is not marked as a boundary."""
    found = []
    for path in _modules():
        with tokenize.open(path) as lines:
            source = lines.read()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ExceptHandler) and node.type is None:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []
