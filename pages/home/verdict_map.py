"""Home's small map: the share of each authority's projects that show no link, and the way into an
authority.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from clearlink.rules.codes import Verdict
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers
from pages.area_map import HoverLine, MapClass, MapWords, Pattern, need_map
from pages.area_map.map_words import picture_notes, standing_words
from pages.frame.choices import Choices, choose
from pages.frame.speech import Speech
from pages.need.need_layer import geometry_of, layer_url, outline_names
from pages.need.need_picture import focus_of

SHARES: Final = (
    ("none", 0.0),
    ("tenth", 0.10),
    ("quarter", 0.25),
    ("more", 1.0),
)
# The hue of the verdict, from none of it to all of it.
COLOURS: Final[dict[str, tuple[str, str, str, str]]] = {
    Verdict.NO_LINK_SHOWN: ("#fffbe6", "#ecd3e2", "#c07fa8", "#7a1f5c"),
    Verdict.CANNOT_ASSESS: ("#fffbe6", "#dfe3e6", "#a3abb1", "#5f6b73"),
}
EMPTY: Final = len(SHARES)


def shown_verdict(rows: Rows) -> str:
    """What the map colours by: no link shown, or, where no project is without a link, what cannot be
    assessed yet.
    """
    return (
        Verdict.NO_LINK_SHOWN
        if any(r["verdict"] == Verdict.NO_LINK_SHOWN for r in rows)
        else Verdict.CANNOT_ASSESS
    )


def verdict_map(
    say: Speech,
    chosen: Choices,
    rows: Rows,
) -> None:
    """Authorities of the place by the share of their projects with the verdict; a click makes an authority
    the place.
    """
    verdict = shown_verdict(rows)
    total, held = _by_authority(rows, verdict)
    class_of = {
        a["area_code"]: _class(
            held[a["area_code"]],
            total[a["area_code"]],
        )
        for a in reader.areas("LA")
    }
    legend = say("home.map.legend", verdict=say.verdict(verdict)[2:])
    need_map(
        geometry=geometry_of("LA"),
        class_of=class_of,
        classes=_share_classes(say, verdict),
        hover=[
            HoverLine(
                say("home.map.hover"),
                (
                    {c: numbers.whole(n) for c, n in held.items()},
                    {c: numbers.whole(n) for c, n in total.items()},
                ),
            )
        ],
        words=MapWords(
            title=legend,
            legend_title=legend,
            source=say("home.map.source"),
            label=say("home.map.label"),
            description=say("home.map.label"),
            marks_title="",
            picture_notes=picture_notes(say),
            **standing_words(say, search=False),
        ),
        language=say.lang,
        key="home_map",
        outlines_url=layer_url("la"),
        outline_names=outline_names(say),
        selected=chosen.place if chosen.place in class_of else None,
        focus=focus_of(chosen.place),
        picture_name="clear-link-verdicts",
        height_px=360,
        on_pick=lambda code: choose(place=code) if code else None,
    )


def _by_authority(
    rows: Rows,
    verdict: str,
) -> tuple[Counter[str], Counter[str]]:
    """Authority → its projects, and those of them that have the verdict."""
    total, held = Counter[str](), Counter[str]()
    for r in rows:
        total[r["la_code"]] += r["projects"]
        held[r["la_code"]] += r["projects"] if r["verdict"] == verdict else 0
    return total, held


def _share_classes(say: Speech, verdict: str) -> list[MapClass]:
    """The legend: shares from none to all in the verdict's hue, then authorities without a project."""
    shares = [
        MapClass(
            colour,
            say(f"home.map.{name}"),
        )
        for colour, (name, _) in zip(
            COLOURS[verdict],
            SHARES,
            strict=True,
        )
    ]
    return [
        *shares,
        MapClass("#ffffff", say("home.map.empty"), Pattern.OUTLINED),
    ]


def _class(held: int, total: int) -> int:
    if total == 0:
        return EMPTY
    return next(
        place for place, (_, most) in enumerate(SHARES) if held / total <= most
    )
