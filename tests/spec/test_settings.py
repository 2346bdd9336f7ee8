"""One set of thresholds: the file a deployment edits agrees with the method."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearlink.rules.settings import Settings, settings_from_toml

FILE = Path(__file__).parents[2] / "data" / "catalogue" / "settings.toml"


def test_the_catalogue_and_the_method_agree() -> None:
    assert settings_from_toml(FILE.read_text(encoding="utf-8")) == Settings()


def test_a_what_if_changes_only_what_it_names() -> None:
    what_if = Settings().with_changes(ratio_met=1.2)
    assert what_if.ratio_met == 1.2
    assert what_if.with_changes(ratio_met=1.10) == Settings()


def test_every_fault_of_a_settings_file_is_told_at_once() -> None:
    text = FILE.read_text(encoding="utf-8")
    broken = (
        text.replace("seed = 20131", 'seed = "x"')
        .replace("lapsed_months = 12\n", "")
        .replace("[gap]", "[gap]\nratio = 2")
    )
    with pytest.raises(ValueError, match=r"lapsed_months: not found.*ratio: found.*seed: found 'x'"):
        settings_from_toml(broken)


def test_an_unknown_kind_of_assessment_is_refused() -> None:
    with pytest.raises(ValueError, match="found 'leaflet'"):
        Settings().life_of("leaflet")
