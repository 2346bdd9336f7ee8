"""Places resolve by their names: the authority in hand, the level asked for, else everything a name could be,
offered and never guessed.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from etl.directory import Directory
from etl.pipeline.mapped_import import read_mapped
from etl.pipeline.register import read_register
from etl.records import Area, AreaLink, Severity
from etl.sources.registers.place_ladder import Meant, place_meant, places_meant
from tests.registers import CARDIFF, RCT, csv_of, row

HEALTH = "W11000030"
WARD, MIDDLE, SMALL = "W05001111", "W02000258", "W01001274"


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(data_dir: Path) -> None:
    """Mappings are remembered under CLEARLINK_DATA."""


def wales() -> Directory:
    areas = [
        Area("W92000004", "WALES", "Wales", "Cymru"),
        Area(RCT, "LA", "Rhondda Cynon Taf", "Rhondda Cynon Taf"),
        Area(CARDIFF, "LA", "Cardiff", "Caerdydd"),
        Area("W06000001", "LA", "Isle of Anglesey", "Ynys Môn"),
        Area("W06000010", "LA", "Carmarthenshire", "Sir Gaerfyrddin"),
        Area(
            HEALTH,
            "LHB",
            "Cwm Taf Morgannwg University Health Board",
            "Bwrdd Iechyd Prifysgol Cwm Taf Morgannwg",
        ),
        Area(
            "W11000029",
            "LHB",
            "Cardiff and Vale University Health Board",
            "Bwrdd Iechyd Prifysgol Caerdydd a’r Fro",
        ),
        Area(
            "W11000023",
            "LHB",
            "Betsi Cadwaladr University Health Board",
            "Bwrdd Iechyd Prifysgol Betsi Cadwaladr",
        ),
        Area("RPB_NORTH_WALES", "RPB", "North Wales", "Gogledd Cymru"),
        Area("RCC_NORTH_WALES", "RCC", "North Wales", "Gogledd Cymru"),
        Area("RPB_GWENT", "RPB", "Gwent", "Gwent"),
        Area("RCC_CWM_TAF", "RCC", "Cwm Taf", "Cwm Taf"),
        Area(SMALL, "LSOA21", "Treherbert 1", "Treherbert 003A", RCT),
        Area("W01001275", "LSOA21", "Tonypandy", "Tonypandy 003B", RCT),
        Area(MIDDLE, "MSOA21", "Treherbert", "Treherbert", RCT),
        Area(
            "W02000261", "MSOA21", "Treorchy & Ystrad", "Treorci ac Ystrad", RCT
        ),
        Area(WARD, "WD24", "Treherbert", None, RCT),
        Area("W05001105", "WD24", "Tonyrefail East", "Dwyrain Tonyrefail", RCT),
        Area("W05000999", "WD24", "Riverside", "Glanyrafon", CARDIFF),
    ]
    links = [AreaLink("CF371DU", SMALL, "POSTCODE_LSOA21")]
    return Directory.from_catalogue(areas, links)


KNOWN = {
    "Rhondda Cynon Taf": RCT,
    "RCT": RCT,
    "Cardiff": CARDIFF,
    "Caerdydd": CARDIFF,
    "Ynys Môn": "W06000001",
    "Anglesey": "W06000001",
    "Sir Gâr": "W06000010",
    "Cwm Taf Morgannwg University Health Board": HEALTH,
    "Bwrdd Iechyd Prifysgol Cwm Taf Morgannwg": HEALTH,
    "Cardiff and Vale University Health Board": "W11000029",
    "Bwrdd Iechyd Prifysgol Caerdydd a'r Fro": "W11000029",
    "BIPBC": "W11000023",
    "North Wales": "RPB_NORTH_WALES",
    "Gogledd Cymru": "RPB_NORTH_WALES",
    "Gwent": "RPB_GWENT",
    "Cwm Taf": "RCC_CWM_TAF",
    "Wales": "W92000004",
    "Cymru": "W92000004",
    "Tonyrefail East": "W05001105",
    "Dwyrain Tonyrefail": "W05001105",
    "Tonypandy": "W01001275",
    "Treorchy and Ystrad": "W02000261",
    "Treorchy & Ystrad": "W02000261",
    "Treorci ac Ystrad": "W02000261",
    "Rhondda Cynon Taf 003A": SMALL,
    "CF37 1DU": SMALL,
    "W05001111": WARD,
    "RPB_GWENT": "RPB_GWENT",
    "County wide": RCT,
    "Sir gyfan": RCT,
    "All areas": RCT,
}
WHOLE = (
    "All {}",
    "all of {}",
    "Whole of {}",
    "Across {}",
    "{} wide",
    "Ledled {}",
)


@pytest.mark.parametrize(
    "write", [str, str.upper, str.lower, lambda name: f"  {name} "]
)
@pytest.mark.parametrize(("name", "code"), KNOWN.items())
def test_a_name_in_either_language_is_its_place(
    name: str, code: str, write: object
) -> None:
    assert place_meant(write(name), wales(), RCT) == Meant((code,))  # type: ignore[operator]


@pytest.mark.parametrize("way", WHOLE)
@pytest.mark.parametrize(
    "name", ["RCT", "Rhondda Cynon Taf", "Cardiff", "Caerdydd"]
)
def test_all_of_an_authority_is_the_authority(way: str, name: str) -> None:
    assert place_meant(way.format(name), wales(), RCT).codes == (KNOWN[name],)


def test_a_name_that_two_levels_bear_is_offered_until_a_level_is_asked() -> (
    None
):
    assert set(place_meant("Treherbert", wales(), RCT).offered) == {
        WARD,
        MIDDLE,
    }
    for asked in ("Treherbert ward", "Ward Treherbert"):
        assert place_meant(asked, wales(), RCT) == Meant((WARD,))
    assert place_meant("Treherbert", wales(), RCT, "WD24") == Meant((WARD,))
    assert place_meant("Treherbert", wales(), RCT, "MSOA21") == Meant((MIDDLE,))


def test_a_place_of_another_authority_is_offered_and_not_taken() -> None:
    assert place_meant("Riverside", wales(), RCT) == Meant((), ("W05000999",))
    assert place_meant("Riverside", wales(), None) == Meant(("W05000999",))
    assert place_meant("Narnia", wales(), RCT) == Meant()


@pytest.mark.parametrize("mark", [", ", "; ", " and ", " & ", " a ", "/", "\n"])
@pytest.mark.parametrize(
    ("one", "two"),
    list(
        itertools.permutations(
            ["Tonypandy", "Tonyrefail East", "Treorchy & Ystrad", "RCT"], 2
        )
    )[:9],
)
def test_several_names_in_one_cell(mark: str, one: str, two: str) -> None:
    if mark in (" and ", " & ", " a ") and "&" in one + two:
        return
    found = places_meant(f"{one}{mark}{two}", wales(), RCT)
    assert [code for _, meant in found for code in meant.codes] == [
        KNOWN[one],
        KNOWN[two],
    ]


def test_the_templates_areas_may_be_names_and_an_unknown_one_is_refused_with_what_it_could_be() -> (
    None
):
    names = [
        "Tonyrefail East",
        "North Wales",
        "CF37 1DU",
        "W05001111",
        "Treherbert",
        "Narnia",
    ]
    rows = [
        row(project_id=f"N-{at}", area_codes=name)
        for at, name in enumerate(names)
    ]
    read = read_register(csv_of(rows), "x.csv", directory=wales())
    assert [p.area_codes for p in read.projects] == [
        ("W05001105",),
        ("RPB_NORTH_WALES",),
        (SMALL,),
        (WARD,),
    ]
    refused = {
        p.row: p for p in read.problems if p.severity is Severity.REFUSED
    }
    assert (
        set(refused) == {6, 7}
        and WARD in refused[6].remedy
        and MIDDLE in refused[6].remedy
    )


def test_a_refuge_is_never_placed_by_a_name() -> None:
    rows = [
        row(
            project_id="R",
            title="Women’s refuge",
            area_codes="Tonyrefail East",
            is_sensitive="yes",
        )
    ]
    read = read_register(csv_of(rows), "x.csv", directory=wales())
    assert not [p for p in read.projects if p.area_codes]
    assert "Tonyrefail" not in " ".join(map(str, read.problems))


@pytest.mark.parametrize(
    ("heading", "code"), [("Ward", WARD), ("Wardiau", WARD), ("Area", None)]
)
def test_a_heading_asks_for_a_level(heading: str, code: str | None) -> None:
    data = (
        "Rhondda Cynon Taf\nContract ref,Contract title,Start date,End date,Annual value,"
        f"{heading}\nC1,Service,01/04/2024,31/03/2027,10000,Treherbert\n"
    ).encode()
    found = read_mapped(data, "x.csv", "auto", wales())
    (only,) = found.register.projects
    assert only.area_codes == ((code,) if code else ())
    offered = [
        p.remedy + p.expected
        for p in found.register.problems
        if p.code == "word_not_matched"
    ]
    assert all(WARD in text and MIDDLE in text for text in offered) and bool(
        offered
    ) == (code is None)
