"""One set of thresholds: the file that a deployment edits is the only place, and what acts on a threshold
reads it there or as served.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from clearlink import folders
from clearlink.review.decisions import default_exception_end
from clearlink.rules.settings import Settings, settings_from_toml
from clearlink.warehouse import law

ROOT = Path(__file__).parents[2]
FILE = ROOT / "data" / "catalogue" / "settings.toml"
NAMES = [f.name for f in fields(Settings)]


@pytest.fixture
def another_law(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A catalogue that says 14 days, 6 months and 3 characters where ours says 28, 12 and 20; nothing is
    built.
    """
    lists = tmp_path / "catalogue"
    lists.mkdir()
    for path in FILE.parent.iterdir():
        if path != FILE:
            (lists / path.name).symlink_to(path)
    text = FILE.read_text(encoding="utf-8")
    for name, value in (
        ("evidence_wait_days", 14),
        ("override_months", 6),
        ("override_reason_chars", 3),
    ):
        text, count = re.subn(rf"(?m)^{name} = \d+", f"{name} = {value}", text)
        assert count == 1
    (lists / "settings.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(folders, "CATALOGUE", lists)
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path / "nothing_built"))
    yield lists


def _readers(name: str) -> set[str]:
    """Files that act on a setting: SQL that asks for it by name, and modules that read it from the law."""
    sql = re.compile(rf"setting_value\('{name}'\)|name = '{name}'|\${name}\b")
    python = re.compile(rf"\.{name}\b")
    found = set()
    for path in [
        *(ROOT / "clearlink").rglob("*"),
        *(ROOT / "etl").rglob("*"),
        *(ROOT / "pages").rglob("*"),
    ]:
        if path.suffix not in (".py", ".sql") or path.name == "settings.py":
            continue
        if (python if path.suffix == ".py" else sql).search(
            path.read_text(encoding="utf-8")
        ):
            found.add(str(path.relative_to(ROOT)))
    return found


def test_a_setting_stands_in_the_file_and_nowhere_else() -> None:
    held = settings_from_toml(FILE.read_text(encoding="utf-8"))
    assert all(
        isinstance(getattr(held, name), (int, float, tuple)) for name in NAMES
    )
    with pytest.raises(TypeError):
        Settings()  # type: ignore[call-arg]


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_governs_something(name: str) -> None:
    if name == "life_years":
        assert _readers("life_of") | _readers("life_years")
    else:
        assert _readers(name), "nothing acts on it"


@pytest.mark.parametrize("name", [n for n in NAMES if n != "life_years"])
def test_the_file_is_what_every_setting_is_read_from(name: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    before = getattr(settings_from_toml(text), name)
    changed, count = re.subn(
        rf"(?m)^{name} = [\d.]+", f"{name} = {int(before) + 3}", text
    )
    assert count == 1, "it stands once"
    assert getattr(settings_from_toml(changed), name) == int(before) + 3


def test_the_register_reader_exceptions_and_right_of_reply_follow_the_file(
    another_law: Path,
) -> None:
    from etl.directory import Directory

    assert (
        Directory.from_catalogue(
            [], catalogue=another_law
        ).settings.evidence_wait_days
        == 14
    )
    in_force = law.law_in_force()
    assert (
        in_force.evidence_wait_days,
        in_force.override_months,
        in_force.override_reason_chars,
    ) == (
        14,
        6,
        3,
    )
    assert default_exception_end(date(2026, 11, 27)) == date(2027, 5, 27)


def test_no_module_keeps_a_threshold_of_its_own() -> None:
    """A number that a module took from the law when it was imported would be yesterday's law."""
    kept = re.compile(
        r"^[A-Z_]+(: \w+)? = .*(Settings\(|_law\(\)|settings_from_toml)",
        re.MULTILINE,
    )
    modules = [
        p
        for room in ("clearlink", "etl", "pages")
        for p in (ROOT / room).rglob("*.py")
    ]
    assert [
        str(p) for p in modules if kept.search(p.read_text(encoding="utf-8"))
    ] == []


def test_a_what_if_changes_only_what_it_names() -> None:
    held = law.catalogue_law()
    what_if = held.with_changes(ratio_met=1.2)
    assert what_if.ratio_met == 1.2
    assert what_if.with_changes(ratio_met=held.ratio_met) == held


def test_every_fault_of_a_settings_file_is_told_at_once() -> None:
    text = FILE.read_text(encoding="utf-8")
    broken = (
        text.replace("seed = 20131", 'seed = "x"')
        .replace("lapsed_months = 12\n", "")
        .replace("[gap]", "[gap]\nratio = 2")
    )
    with pytest.raises(
        ValueError,
        match=r"lapsed_months: not found.*ratio: found.*seed: found 'x'",
    ):
        settings_from_toml(broken)


def test_an_unknown_kind_of_assessment_is_refused() -> None:
    with pytest.raises(ValueError, match="found 'leaflet'"):
        law.catalogue_law().life_of("leaflet")


def test_what_is_served_is_the_law_that_the_build_was_made_with(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file edited since changes the next build, and nothing that stands beside the one that is served."""
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    built = law.served_law()
    assert built == law.catalogue_law()
    lists = tmp_path / "catalogue"
    lists.mkdir()
    text = re.sub(
        r"(?m)^override_months = \d+",
        "override_months = 6",
        FILE.read_text(encoding="utf-8"),
    )
    (lists / "settings.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(folders, "CATALOGUE", lists)
    assert law.catalogue_law().override_months == 6
    assert law.law_in_force() == built
