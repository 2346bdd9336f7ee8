"""Which themes of need a project is taken to address, and how that is known.

A stated theme counts. Where none is stated, the target group's theme does; failing that, the programme's core
theme when it has exactly one. Otherwise the field is blank, and criterion C1 has no evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ThemeMethod(StrEnum):
    """How a project's theme is known: stated in the register, or taken from its target group or its
    programme.
    """

    STATED = "stated"
    TARGET_GROUP = "target_group"
    PROGRAMME = "programme"


class StatesItsPurpose(Protocol):
    """The fields of a project that bear on its theme."""

    @property
    def theme_ids(self) -> tuple[str, ...]: ...
    @property
    def theme_state(self) -> str: ...
    @property
    def target_group(self) -> str | None: ...
    @property
    def programme_id(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class DeclaredThemes:
    """`method` is None when no theme is known."""

    theme_ids: tuple[str, ...]
    method: ThemeMethod | None


def declared_themes(
    project: StatesItsPurpose,
    programme_themes: Mapping[str, Sequence[tuple[str, str]]],
    target_groups: Mapping[str, str],
) -> DeclaredThemes:
    """The themes of `project`. `programme_themes`: programme → (theme, fit) pairs; `target_groups`: group →
    theme.

    A theme that the owner was asked for and did not give, withheld, or confirmed to be none is never filled
    in.
    """
    if project.theme_ids:
        return DeclaredThemes(project.theme_ids, ThemeMethod.STATED)
    if project.theme_state != "blank":
        return DeclaredThemes((), None)
    of_group = target_groups.get(project.target_group or "")
    if of_group is not None:
        return DeclaredThemes(
            (of_group,),
            ThemeMethod.TARGET_GROUP,
        )
    fits = programme_themes.get(
        project.programme_id or "",
        (),
    )
    core = [theme for theme, fit in fits if fit == "core"]
    if len(core) == 1:
        return DeclaredThemes(
            (core[0],),
            ThemeMethod.PROGRAMME,
        )
    return DeclaredThemes((), None)
