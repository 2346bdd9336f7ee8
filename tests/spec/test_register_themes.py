"""Which theme a project is taken to address: stated, else its group's, else its programme's only core
theme.
"""

from __future__ import annotations

import pytest

from clearlink.rules.link.declared_themes import ThemeMethod, declared_themes
from tests.registers import read, row

PROGRAMMES = {
    "flying_start": [("early_years", "core"), ("family_support", "partial")],
    "families_first": [("family_support", "core"), ("disability", "core")],
}
GROUPS = {"ff_young_carers": "carers"}


@pytest.mark.parametrize(
    ("cells", "themes", "method"),
    [
        (
            {"theme": "mental_health", "target_group": "Young carers"},
            ("mental_health",),
            ThemeMethod.STATED,
        ),
        (
            {"target_group": "Young carers"},
            ("carers",),
            ThemeMethod.TARGET_GROUP,
        ),
        (
            {"programme": "Flying Start"},
            ("early_years",),
            ThemeMethod.PROGRAMME,
        ),
        ({"programme": "Families First"}, (), None),
        ({"programme": "other"}, (), None),
        ({"programme": ""}, (), None),
        (
            {
                "programme": "Flying Start",
                "theme_state": "confirmed_none",
                "recorded_by": "A",
                "recorded_on": "2025-01-01",
            },
            (),
            None,
        ),
    ],
)
def test_declared_themes(
    cells: dict[str, str], themes: tuple[str, ...], method: ThemeMethod | None
) -> None:
    (project,) = read(row(**cells)).projects
    declared = declared_themes(project, PROGRAMMES, GROUPS)
    assert (declared.theme_ids, declared.method) == (themes, method)
