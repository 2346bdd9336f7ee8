"""What a page hands to the map. All text arrives written, in the page's language; the map only places it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Pattern(StrEnum):
    """How a class is filled. HATCH is for withheld; OUTLINED (plain fill, grey edge) for not collected."""

    SOLID = "solid"
    HATCH = "hatch"
    OUTLINED = "outlined"


class MarkShape(StrEnum):
    """● disc, ◐ half, ○ ring, ? question, ◆ diamond: the verdict's shape, never colour alone."""

    DISC = "disc"
    HALF = "half"
    RING = "ring"
    QUESTION = "question"
    DIAMOND = "diamond"


@dataclass(frozen=True, slots=True)
class MapGeometry:
    """A boundary file and the area codes it holds.

    `url` is the path `/geometry/<layer>-<sha>.geojson`. `codes` are every code of the file in any order; the
    map compares them with the file and says so on the screen if they differ, so that no value lands on
    another area.
    """

    url: str
    codes: Sequence[str]
    code_property: str = "code"
    # English and Welsh as the build writes them; the outlines of the sample have one name for both
    name_properties: tuple[str, str] = ("name_en", "name_cy")
    only_name: str = "name"


@dataclass(frozen=True, slots=True)
class MapClass:
    """One class of the legend: colour (#rrggbb), its words and numbers ("Highest fifth: 31 % or more"),
    its fill.
    """

    colour: str
    label: str
    pattern: Pattern = Pattern.SOLID


@dataclass(frozen=True, slots=True)
class CrossLegend:
    """Legend of a bivariate map: the first `size`² classes are drawn as a square, row by row from the bottom
    left, with `across` growing to the right and `up` growing upwards. Further classes are listed below it.
    """

    across: str
    up: str
    low: str
    high: str
    size: int = 3


@dataclass(frozen=True, slots=True)
class HoverLine:
    """One line of the hover box. `template` holds {0}, {1} … one for each column; a column gives its words by
    area.

    An area missing from any column has no such line. Split what repeats from what varies: "{0} most deprived
    of {1}" with "4th" and "105 in Conwy" travels in a fifth of the bytes of the whole sentence.
    """

    template: str
    columns: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class OutlineName:
    """A name to write over the areas at a point. Lower `order` wins where two would collide."""

    name: str
    lon: float
    lat: float
    order: int = 0


@dataclass(frozen=True, slots=True)
class MarkKind:
    """A kind of project mark: a verdict with its word, shape and colour."""

    kind_id: str
    label: str
    shape: MarkShape
    colour: str


@dataclass(frozen=True, slots=True)
class ProjectMark:
    """`count` projects of one kind in an area: drawn at the area's middle, or at `lon`, `lat` where given."""

    area_code: str
    kind_id: str
    count: int
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """How the browser finds the layer of a choice by itself.

    `choices` is the path of a file that names the layer of every choice and the words of every option of the
    boxes;
    `chosen` is what this run was made for, by box; `said` is in the boxes' language what stands where words
    are awaited.
    """

    choices: str
    chosen: Mapping[str, str]
    said: str


@dataclass(frozen=True, slots=True)
class MapWords:
    """Every fixed sentence of the map. `title`, `legend_title` and `source` also go into the saved picture.

    `search` is the label of the box that finds an area by name; an empty text leaves the box out.
    """

    title: str
    legend_title: str
    source: str
    label: str
    description: str
    no_webgl: str
    not_loaded: str
    not_matching: str
    zoom_in: str
    zoom_out: str
    whole: str
    save_picture: str
    marks_title: str
    scroll_hint: str
    scroll_hint_mac: str
    touch_hint: str
    search: str
    search_hint: str
    search_none: str
    legend_note: str = ""
    picture_notes: Sequence[str] = field(default_factory=tuple)
