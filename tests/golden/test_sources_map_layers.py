"""Map layers made from the real outlines: every area there, borders shared, the same bytes each time."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from etl.build.geometry import MAX_LAYER_BYTES, MapLayer, make_layers
from etl.files.refusal import FileRefused
from etl.records import AreaLink
from etl.sources import formats
from etl.sources.catalogue import load_sources
from etl.sources.corrections import mended_outlines

pytestmark = pytest.mark.mirror

SOURCES = load_sources()


@pytest.fixture(scope="module")
def outlines(mirror: Path) -> bytes:
    return (mirror / SOURCES["lsoa21_outlines"].mirror_path).read_bytes()


@pytest.fixture(scope="module")
def layers(mirror: Path, outlines: bytes) -> dict[str, MapLayer]:
    read = [
        formats.read(
            SOURCES[name], (mirror / SOURCES[name].mirror_path).read_bytes()
        )
        for name in ("lsoa21_parents", "authorities")
    ]
    names = {
        area.area_code: (area.name_en, area.name_cy)
        for harvest in read
        for area in harvest.areas
    }
    authority = _parents(read[0].links, "LA")
    region = _parents(read[1].links, "RCC")
    membership = {
        "la": authority,
        "rcc": {code: region[la] for code, la in authority.items()},
    }
    made = make_layers(
        outlines, membership, names, mended_outlines("lsoa21_outlines")
    )
    again = make_layers(outlines, {}, names, mended_outlines("lsoa21_outlines"))
    assert again[0].gz == made[0].gz
    return {layer.name: layer for layer in made}


def _parents(links: list[AreaLink], kind: str) -> dict[str, str]:
    return {
        link.child_code: link.parent_code
        for link in links
        if link.parent_type == kind
    }


def _shapes(layer: MapLayer) -> dict[str, shapely.Geometry]:
    return {
        each["properties"]["code"]: shapely.from_geojson(
            json.dumps(each["geometry"])
        )
        for each in json.loads(gzip.decompress(layer.gz))["features"]
    }


def test_every_area_is_there_with_a_place_for_its_mark(
    layers: dict[str, MapLayer],
) -> None:
    assert {name: layer.features for name, layer in layers.items()} == {
        "lsoa21": 1917,
        "la": 22,
        "rcc": 6,
    }
    for layer in layers.values():
        shapes = _shapes(layer)
        assert set(shapes) == set(layer.boxes)
        assert not any(shape.is_empty for shape in shapes.values())
        for code, (lon, lat, west, south, east, north) in layer.boxes.items():
            assert west <= lon <= east and south <= lat <= north, code


def test_the_small_area_layer_is_small(layers: dict[str, MapLayer]) -> None:
    assert len(gzip.decompress(layers["lsoa21"].gz)) <= MAX_LAYER_BYTES
    assert len(layers["lsoa21"].gz) < 250_000


def test_names_are_in_both_languages_where_they_differ(
    layers: dict[str, MapLayer],
) -> None:
    said = {
        each["properties"]["code"]: each["properties"]
        for each in json.loads(gzip.decompress(layers["la"].gz))["features"]
    }
    assert said["W06000024"] == {
        "code": "W06000024",
        "name_en": "Merthyr Tydfil",
        "name_cy": "Merthyr Tudful",
    }
    assert said["W06000002"] == {"code": "W06000002", "name_en": "Gwynedd"}


def test_authorities_are_drawn_on_the_borders_of_their_small_areas(
    layers: dict[str, MapLayer],
) -> None:
    small = {
        point
        for shape in _shapes(layers["lsoa21"]).values()
        for point in map(tuple, shapely.get_coordinates(shape).tolist())
    }
    large = {
        point
        for shape in _shapes(layers["la"]).values()
        for point in map(tuple, shapely.get_coordinates(shape).tolist())
    }
    assert large <= small


def test_the_area_inside_another_is_not_lost(
    layers: dict[str, MapLayer],
) -> None:
    """W01000067 surrounds W01000068; its faulty ring would swallow it."""
    shapes = _shapes(layers["lsoa21"])
    inner, outer = shapes["W01000068"], shapes["W01000067"]
    assert inner.area > 0
    assert (
        inner.intersection(shapely.make_valid(outer)).area < 0.01 * inner.area
    )


def test_an_unlisted_faulty_ring_is_refused_and_a_needless_correction_too(
    outlines: bytes,
) -> None:
    with pytest.raises(FileRefused) as refused:
        make_layers(outlines, {}, {}, [])
    assert (refused.value.code, refused.value.facts["code"]) == (
        "outline_invalid",
        "W01000067",
    )
    with pytest.raises(FileRefused) as refused:
        make_layers(outlines, {}, {}, ["W01000067", "W01000069"])
    assert refused.value.code == "correction_expired"


def test_latitude_before_longitude_is_refused(outlines: bytes) -> None:
    stated = json.loads(gzip.decompress(outlines))
    stated["features"] = stated["features"][:3]
    for feature in stated["features"]:
        feature["geometry"] = json.loads(
            shapely.to_geojson(
                shapely.transform(
                    shapely.from_geojson(json.dumps(feature["geometry"])),
                    lambda c: c[:, ::-1],
                )
            )
        )
    source = replace(SOURCES["lsoa21_outlines"], expected_rows=None)
    assert {
        p.code
        for p in formats.read(source, json.dumps(stated).encode()).problems
    } == {"outline_elsewhere"}
