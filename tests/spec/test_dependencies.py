"""What the program imports is what it declares, each pinned to one version; and no secret was ever
committed.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"clearlink", "etl", "pages", "app", "tests"}
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
# imported by the name of a parent that is declared and that cannot be installed without them
COMES_WITH = {
    "starlette": "streamlit",
    "shapely": "geopandas",
    "pyogrio": "geopandas",
    "pyproj": "geopandas",
    "pandas": "geopandas",
    "threadpoolctl": "scikit-learn",
}
# declared for what they install: a driver named in an address, a folder of scripts, engines that a parent
# looks for
NOT_IMPORTED = {"psycopg", "maplibre"}


def _name(requirement: str) -> str:
    return (
        re.split(r"[\[<>=~!; ]", requirement, maxsplit=1)[0]
        .lower()
        .replace("_", "-")
        .replace(".", "-")
    )


def _imported(*folders: str) -> dict[str, str]:
    """Top-level module → a file that imports it, but for ours and the standard library."""
    found: dict[str, str] = {}
    paths = [
        p
        for folder in folders
        for p in (
            sorted((ROOT / folder).rglob("*.py"))
            if (ROOT / folder).is_dir()
            else [ROOT / folder]
        )
    ]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and node.level == 0
                else []
            )
            found |= {
                name.split(".")[0]: str(path.relative_to(ROOT))
                for name in names
            }
    local = OURS | {p.stem for p in (ROOT / "tests").rglob("*.py")}
    return {
        name: where
        for name, where in found.items()
        if name and name not in sys.stdlib_module_names and name not in local
    }


def _distributions(modules: dict[str, str]) -> dict[str, str]:
    """Distribution → a file that imports it. A module that no distribution installs stands under its own
    name.
    """
    installed = metadata.packages_distributions()
    return {
        _name((installed.get(module) or [module])[0]): where
        for module, where in modules.items()
    }


def test_the_program_imports_what_it_declares_and_nothing_else() -> None:
    declared = {_name(r) for r in STATED["dependencies"]}
    imported = _distributions(_imported("clearlink", "etl", "pages", "app.py"))
    assert {
        name: where
        for name, where in imported.items()
        if COMES_WITH.get(name, name) not in declared
    } == {}
    assert declared - imported.keys() - NOT_IMPORTED == set()
    assert len(declared) >= 10


def test_a_parent_that_is_trusted_for_a_module_does_require_it() -> None:
    for child, parent in COMES_WITH.items():
        needed = {_name(r) for r in metadata.requires(parent) or ()}
        assert child in needed, f"{parent} no longer installs {child}"


def test_the_tests_import_what_is_declared() -> None:
    declared = {
        _name(r)
        for group in (
            STATED["dependencies"],
            *STATED["optional-dependencies"].values(),
        )
        for r in group
    }
    with_them = {
        _name(r)
        for parent in ("streamlit", "matplotlib", "esda", "authlib")
        for r in metadata.requires(_name(parent)) or ()
    }
    imported = _distributions(_imported("tests"))
    assert {
        name: where
        for name, where in imported.items()
        if name not in declared | with_them | set(COMES_WITH)
    } == {}


def test_everything_declared_and_everything_under_it_is_pinned_to_one_version() -> (
    None
):
    pinned: dict[str, str] = {}
    for line in (
        (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    ):
        if line.strip() and not line.startswith("#"):
            found = re.fullmatch(
                r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)(?:\s*;.*)?", line.strip()
            )
            assert found, f"{line!r} pins no version"
            assert _name(found[1]) not in pinned, f"{line!r} is pinned twice"
            pinned[_name(found[1])] = found[2]
    wanted, seen = [_name(r) for r in STATED["dependencies"]], set()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            # what is asked for with no extra and on this machine
            for requirement in metadata.requires(name) or ():
                if (
                    "extra ==" not in requirement
                    and "sys_platform ==" not in requirement
                    and "platform_system" not in requirement
                    and "python_version <" not in requirement
                ):
                    wanted.append(_name(requirement))
    assert len(seen) > 30
    assert seen - pinned.keys() == set()
    differing = {
        name: (pinned[name], metadata.version(name))
        for name in seen
        if metadata.version(name) != pinned[name]
    }
    assert differing == {}


# Written in pieces, so that this file does not hold one.
KEYS = {
    "a private key": "-----BEGIN (?:[A-Z]+ )?" + "PRIVATE KEY-----",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a forge": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github"
    + r"_pat_[A-Za-z0-9_]{60,}|glpat-[A-Za-z0-9_-]{20})\b",
    "a token of a chat": r"\bxox[abprs]-[A-Za-z0-9-]{20,}",
    "a key of a service": r"\b(?:sk|rk)"
    + r"[-_](?:live|test|ant|proj)[-_][A-Za-z0-9_-]{20,}|\bAIza[0-9A-Za-z_-]{35}\b",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}",
    "a password in an address": r"\b[a-z][a-z+]{2,20}://[^\s:/@\"'{}<>$]{1,60}:[^\s:/@\"'{}<>$]{4,60}@",
    "a secret in a setting": r"""(?i)\b(?:client_secret|cookie_secret|api_?key|auth_?token|password)["']?"""
    r"""\s*[:=]\s*["'][A-Za-z0-9/+_=-]{20,}["']""",
}
PLANTED = (
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "ghp_" + "a" * 36,
    "xoxb-" + "1" * 24,
    "sk-live-" + "a" * 24,
    "eyJ" + "a" * 24 + ".eyJ" + "b" * 24 + "." + "c" * 24,
    "postgresql://clear:" + "hunter22@db",
    'client_secret = "' + "Zm9v" * 8 + '"',
)


@pytest.mark.parametrize(("kind", "secret"), zip(KEYS, PLANTED, strict=True))
def test_each_pattern_finds_its_kind(kind: str, secret: str) -> None:
    assert re.search(KEYS[kind], f"x {secret} y")


def test_no_secret_stands_in_any_file_or_in_the_history() -> None:
    told = re.compile(
        "|".join(
            f"(?:{pattern.replace('(?i)', '')})" for pattern in KEYS.values()
        ).encode(),
        re.IGNORECASE,
    )
    history = subprocess.run(
        [
            "git",
            "log",
            "-p",
            "--all",
            "--no-color",
            "--no-ext-diff",
            "--unified=0",
            "--format=commit %h",
        ],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    listed = (
        subprocess.run(
            [
                "git",
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .split("\0")
    )
    files = {
        name: path.read_bytes()
        for name in listed
        if name
        and (path := ROOT / name).is_file()
        and path.stat().st_size < 5_000_000
    }
    assert len(files) > 500
    # of the test that refuses an address of another database
    harmless = (b"mysql://" + b"somebody:secret@",)
    found = [
        f"{name}: {hit[0][:30]!r}"
        for name, data in {**files, "history": history}.items()
        for hit in told.finditer(data)
        if hit[0] not in harmless
    ]
    assert found == []
    assert [
        name
        for name in files
        if re.search(
            r"(^|/)(secrets\.toml|\.env|id_[a-z0-9]+|[^/]+\.(pem|p12|pfx|key|kdbx))$",
            name,
        )
    ] == []


def _locked(name: str) -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    for block in re.split(
        r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8").strip()
    ):
        head, *hashes = [line.strip(" \\") for line in block.splitlines()]
        pin = re.fullmatch(
            r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([A-Za-z0-9.+!]+)(?: ;.*)?",
            head,
        )
        assert pin, f"{name}: {head!r} pins no version"
        found[_name(pin[1])] = (pin[2], hashes)
    return found


def test_every_pin_carries_hashes_of_the_version_that_is_pinned_and_no_address() -> (
    None
):
    locked = _locked("locked.txt")
    pinned = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt")
        .read_text(encoding="utf-8")
        .split()
        if "==" in line
    )
    assert len(locked) > 100
    assert {
        name: version
        for name, (version, _) in locked.items()
        if pinned.get(name) != version
    } == {}
    wanted = {
        _name(r)
        for group in (
            STATED["dependencies"],
            *STATED["optional-dependencies"].values(),
        )
        for r in group
    }
    assert wanted - locked.keys() == set()
    backend = _locked("build-locked.txt")
    for name, (_, hashes) in {**locked, **backend}.items():
        assert hashes and all(
            re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", h) for h in hashes
        ), name
    for file in ("locked.txt", "build-locked.txt", "constraints.txt"):
        assert "://" not in (ROOT / file).read_text(encoding="utf-8")


def test_the_build_backend_is_one_version() -> None:
    (requires,) = tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )["build-system"]["requires"]
    assert (
        requires
        == "setuptools==" + _locked("build-locked.txt")["setuptools"][0]
    )


def test_the_test_command_installs_by_hash() -> None:
    run = (ROOT / "tests" / "run").read_text(encoding="utf-8")
    assert (
        "--require-hashes -r locked.txt" in run
        and "--build-constraints build-locked.txt" in run
    )
