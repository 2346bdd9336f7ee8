"""Where a programme went against need, on a map of small areas: what was chosen, and what in higher need
was left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.area_map import HoverLine, MapClass, Pattern
from pages.area_map.class_map import ClassMap, class_map
from pages.frame.speech import Speech

# From what is drawn last to what is drawn first: where two listed areas are one of today's, the more telling
# one is shown.
KINDS: Final = ("missed", "chosen_lower", "chosen_higher", "neither")
COLOURS: Final = {
    "missed": "#be64ac",
    "chosen_lower": "#5ac8c8",
    "chosen_higher": "#3b4994",
    "neither": "#e8e8e8",
}


def kind_of(row: Row) -> str:
    """Chosen or not, and among as many neediest areas as were chosen or not."""
    among = row["place"] <= row["chosen_areas"]
    if row["chosen"]:
        return "chosen_higher" if among else "chosen_lower"
    return "missed" if among else "neither"


def choice_classes(rows: Rows) -> dict[str, int]:
    """Small area of today → the class it is drawn in."""
    classes: dict[str, int] = {}
    for row in rows:
        at = KINDS.index(kind_of(row))
        for code in row["area_codes"]:
            classes[code] = min(
                at,
                classes.get(code, at),
            )
    return classes


def choice_map(
    say: Speech,
    la: str,
    measure: str,
    rows: Rows,
    shown: Sequence[Mapping[str, Any]],
) -> None:
    """The map of one authority; `shown` are the words of the same rows, in the same order."""
    class_of = choice_classes(rows)
    unknown, outside = len(KINDS), len(KINDS) + 1
    here = {
        a["area_code"]: unknown
        for a in reader.areas("LSOA21")
        if a["la_code"] == la
    }
    classes = [
        *(MapClass(COLOURS[k], say(f"fairness.fs.map.{k}")) for k in KINDS),
        MapClass("#ffffff", say("fairness.fs.map.unknown"), Pattern.HATCH),
        MapClass("#ffffff", say("gaps.cross.outside"), Pattern.OUTLINED),
    ]
    if not set(here) - set(class_of):
        classes.pop(unknown)
        outside = unknown
    words = _hover_words(say, rows, shown)
    picture = ClassMap(
        "LSOA21",
        classes,
        {**here, **class_of},
        (HoverLine("{0}", (words,)),),
        say(
            "fairness.fs.map.title",
            la=say.place(la),
        ),
        say("fairness.fs.map.legend", measure=measure),
        "",
        say("fairness.fs.source"),
    )
    assert outside == len(classes) - 1
    class_map(
        say,
        picture,
        la,
        key=f"fs_map_{la}",
        name=f"clear-link-area-choice-{la}",
        height_px=460,
    )


def _hover_words(
    say: Speech,
    rows: Rows,
    shown: Sequence[Mapping[str, Any]],
) -> dict[str, str]:
    """Small area of today → each listed area in it with its figure and its place by need."""
    lines_of: dict[str, list[str]] = {}
    for row, words in zip(rows, shown, strict=True):
        line = say(
            "fairness.fs.map.hover",
            area=words["area"] or words["name"],
            value=words["value"],
            place=say.rank(
                row["place"],
                row["places"],
            ),
            kind=say(f"fairness.fs.map.{kind_of(row)}"),
        )
        for code in row["area_codes"]:
            lines_of.setdefault(code, []).append(line)
    return {code: "; ".join(lines) for code, lines in lines_of.items()}
