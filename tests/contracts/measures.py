"""How densely the house is written, measured the same way each time: `python -m tests.contracts.measures`
prints the table.

Lines and expressions are counted over Python that is tracked in the product's rooms; a code line is one on
which a statement or an expression begins or ends that is neither comment nor docstring. Complexity is one,
and one more for each place where a function branches.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("clearlink", "etl", "pages")
WIDEST: Final = 110
COMPLEX: Final = 8
MOST_BRANCHES: Final = 10
MOST_PARAMETERS: Final = 7
LONGEST_FUNCTION: Final = 50
_BRANCHES: Final = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.comprehension,
    ast.match_case,
)


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts and shares of one reading of the house."""

    python_lines_over_110: int
    sql_lines_over_110: int
    expressions_a_code_line: float
    functions_over_8_pct: float
    functions_over_50_lines: int
    functions_over_10_branches: int
    functions_over_7_parameters: int
    nested_ternaries: int
    largest_page_room: int
    named_found: int
    named_said: int


def modules() -> list[Path]:
    """Every module of the product's rooms, and the app."""
    return [
        p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py"))
    ] + [ROOT / "app.py"]


def measured() -> Measures:
    """The house as it stands."""
    texts = [path.read_text(encoding="utf-8") for path in modules()]
    trees = [ast.parse(text) for text in texts]
    # each tree is walked once: the house has a million nodes
    walks = [list(ast.walk(tree)) for tree in trees]
    functions = [f for nodes in walks for f in functions_of(nodes)]
    code = sum(
        isinstance(n, (ast.expr, ast.stmt)) for nodes in walks for n in nodes
    )
    sql = [
        p
        for room in ROOMS
        for p in (ROOT / room).rglob("*.sql")
        if "migrations" not in p.parts
    ]
    return Measures(
        python_lines_over_110=sum(
            len(line) > WIDEST for text in texts for line in text.splitlines()
        ),
        sql_lines_over_110=sum(
            len(line) > WIDEST
            for p in sql
            for line in p.read_text(encoding="utf-8").splitlines()
        ),
        expressions_a_code_line=round(
            code / sum(map(code_lines, texts, walks)), 2
        ),
        functions_over_8_pct=round(
            100
            * sum(complexity(f) > COMPLEX for f in functions)
            / len(functions),
            1,
        ),
        functions_over_50_lines=sum(
            length(f) > LONGEST_FUNCTION for f in functions
        ),
        functions_over_10_branches=sum(
            complexity(f) > MOST_BRANCHES for f in functions
        ),
        functions_over_7_parameters=sum(
            parameters(f) > MOST_PARAMETERS for f in functions
        ),
        nested_ternaries=sum(map(nests_ternaries, walks)),
        largest_page_room=max(
            len([p for p in room.glob("*.py") if p.name != "__init__.py"])
            for room in [ROOT / "pages", *(ROOT / "pages").iterdir()]
            if room.is_dir()
        ),
        named_found=sum(
            len(re.findall(r"(?m)^\s*found(?::[^=\n]+)? = ", text))
            for text in texts
        ),
        named_said=sum(
            len(re.findall(r"(?m)^\s*said(?::[^=\n]+)? = ", text))
            for text in texts
        ),
    )


def functions_of(
    nodes: Iterable[ast.AST],
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method among the nodes of a module."""
    return (
        n
        for n in nodes
        if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
    )


def complexity(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """One, and one more for each place where the function may go two ways; what is defined inside it
    counts for itself.
    """
    count, waiting = 1, list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(
            node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        ):
            continue
        count += isinstance(node, _BRANCHES)
        count += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
        count += len(node.ifs) if isinstance(node, ast.comprehension) else 0
        waiting += ast.iter_child_nodes(node)
    return count


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many things a function is told; itself (`self`, `cls`) is none of them."""
    told = function.args
    names = [a.arg for a in (*told.posonlyargs, *told.args, *told.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def nests_ternaries(nodes: Iterable[ast.AST]) -> int:
    """How many ternaries among the nodes have another directly inside them."""
    return sum(
        isinstance(n, ast.IfExp)
        and any(isinstance(c, ast.IfExp) for c in ast.iter_child_nodes(n))
        for n in nodes
    )


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = function.body[0]
    has_words = isinstance(first, ast.Expr) and isinstance(
        first.value, ast.Constant
    )
    words = (
        (first.end_lineno or first.lineno) - first.lineno + 1
        if has_words
        else 0
    )
    return (
        (function.end_lineno or function.lineno) - function.lineno + 1 - words
    )


def code_lines(text: str, nodes: Iterable[ast.AST]) -> int:
    """Lines of a module that hold code: neither empty, nor comment, nor docstring. `nodes`: those of its
    tree.
    """
    words = {
        line
        for node in nodes
        if isinstance(
            node,
            (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef),
        )
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
        for line in range(
            node.body[0].lineno, (node.body[0].end_lineno or 0) + 1
        )
    }
    skipped = (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
    held = {
        line
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type not in skipped
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(held - words)


if __name__ == "__main__":
    now = measured()
    for name in Measures.__slots__:
        print(f"{name.replace('_', ' '):28} {getattr(now, name)}")
