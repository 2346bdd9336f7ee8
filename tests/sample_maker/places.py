"""The authorities, regions and health boards of Wales and the small-area codes that changed between 2011
and 2021.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.sample_maker.folders import CATALOGUE, read_rows

WALES = "W92000004"
# The health board of each authority as boundaries stand today (general knowledge; Bridgend since April 2019).
HEALTH_BOARDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "W11000023": (
        "Betsi Cadwaladr University Health Board",
        "Bwrdd Iechyd Prifysgol Betsi Cadwaladr",
        (
            "W06000001",
            "W06000002",
            "W06000003",
            "W06000004",
            "W06000005",
            "W06000006",
        ),
    ),
    "W11000024": (
        "Powys Teaching Health Board",
        "Bwrdd Iechyd Addysgu Powys",
        ("W06000023",),
    ),
    "W11000025": (
        "Hywel Dda University Health Board",
        "Bwrdd Iechyd Prifysgol Hywel Dda",
        ("W06000008", "W06000009", "W06000010"),
    ),
    "W11000028": (
        "Aneurin Bevan University Health Board",
        "Bwrdd Iechyd Prifysgol Aneurin Bevan",
        ("W06000018", "W06000019", "W06000020", "W06000021", "W06000022"),
    ),
    "W11000029": (
        "Cardiff and Vale University Health Board",
        "Bwrdd Iechyd Prifysgol Caerdydd a’r Fro",
        ("W06000014", "W06000015"),
    ),
    "W11000030": (
        "Cwm Taf Morgannwg University Health Board",
        "Bwrdd Iechyd Prifysgol Cwm Taf Morgannwg",
        ("W06000013", "W06000016", "W06000024"),
    ),
    "W11000031": (
        "Swansea Bay University Health Board",
        "Bwrdd Iechyd Prifysgol Bae Abertawe",
        ("W06000011", "W06000012"),
    ),
}
# Names in the 2011 layer that differ from the authorities' own.
_OTHER_NAMES = {"The Vale of Glamorgan": "Vale of Glamorgan"}


@dataclass(frozen=True, slots=True)
class Authority:
    """One of the 22, with its published usual residents (Census 2021, rounded to 100) and its two regions."""

    la_code: str
    name_en: str
    name_cy: str
    residents: int
    rcc: str
    rpb: str


@dataclass(frozen=True, slots=True)
class Wales:
    """The authorities by code, region names by id, and the changes of small-area codes."""

    authorities: dict[str, Authority]
    region_names: dict[str, tuple[str, str]]
    places: dict[str, dict[str, str]]
    successors: dict[str, tuple[str, ...]]
    predecessors: dict[str, tuple[str, ...]]

    def authority_of_2011_name(self, lsoa11_name: str) -> str:
        """The authority of an area named as "Cardiff 012A"."""
        prefix = lsoa11_name.rsplit(" ", 1)[0]
        wanted = _OTHER_NAMES.get(prefix, prefix)
        return next(
            a.la_code for a in self.authorities.values() if a.name_en == wanted
        )

    def is_split(self, lsoa21_code: str) -> bool:
        """Whether the area of 2021 is one piece of an area of 2011."""
        old = self.predecessors.get(lsoa21_code, ())
        return len(old) == 1 and len(self.successors[old[0]]) > 1


def region_id(kind: str, name: str) -> str:
    """ "Mid and West Wales" → RCC_MID_AND_WEST_WALES."""
    return f"{kind}_{name.upper().replace(' ', '_')}"


def read_wales(sample: Path) -> Wales:
    """Reads the carried files of the sample and the place names of the catalogue."""
    places = {
        row["area_code"]: row for row in read_rows(CATALOGUE / "places.csv")
    }
    authorities = {
        row["la_code"]: Authority(
            row["la_code"],
            row["name_en"],
            row["name_cy"],
            int(row["usual_residents_2021"]),
            region_id("RCC", row["rcc_2012_2019"]),
            region_id("RPB", row["rpb_since_2019_04"]),
        )
        for row in read_rows(sample / "authorities.csv")
    }
    regions = sorted(
        {a.rcc for a in authorities.values()}
        | {a.rpb for a in authorities.values()}
    )
    successors: dict[str, list[str]] = defaultdict(list)
    predecessors: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(sample / "lsoa_changes_2011_2021.csv"):
        successors[row["lsoa11_code"]].append(row["lsoa21_code"])
        predecessors[row["lsoa21_code"]].append(row["lsoa11_code"])
    return Wales(
        authorities,
        {
            region: (places[region]["name_en"], places[region]["name_cy"])
            for region in regions
        },
        places,
        {old: tuple(sorted(new)) for old, new in successors.items()},
        {new: tuple(sorted(old)) for new, old in predecessors.items()},
    )
