"""What leaves keeps its marks, is described in both languages, and says nothing that is withheld."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from exchange_files import FILES, left, lines_of

from clearlink.exchange import FORMATS, export
from clearlink.exchange.gap_answers import gap_rows, overlap_rows
from clearlink.exchange.projects import published
from clearlink.warehouse import reader


def test_what_a_grant_cannot_hold_is_left_out_by_name_and_never_published_as_nothing(
    exchanged: Path,
) -> None:
    written = left(exchanged, "360giving", "cy")
    grants = json.loads(written[0].read_text(encoding="utf-8"))["grants"]
    stated_nothing = {
        p.row["project_id"]
        for p in published()
        if p.row["annual_value_gbp"] == 0
    }
    assert all(
        g["amountAwarded"] > 0
        for g in grants
        if g["id"].removeprefix("360G-clearlink-") not in stated_nothing
    )
    out = dict(lines_of(written[1]))
    assert "heb swm" in out["X-BLANK"] and "360G-clearlink-X-BLANK" not in {
        g["id"] for g in grants
    }


@pytest.mark.parametrize("format", FORMATS)
def test_a_sensitive_project_names_no_place_below_its_region(
    format: str, exchanged: Path
) -> None:
    written = left(exchanged, format, "en")
    folder = written[0].parent
    text = b"".join(path.read_bytes() for path in written).decode(
        "utf-8", "replace"
    )
    assert "X-SECRET" in text or format in {"parquet", "geopackage", "xlsx"}
    if format in FILES:
        whole = json.loads((folder / FILES[format]).read_text(encoding="utf-8"))
        left_out = {r[0] for r in lines_of(folder / "360giving_left_out.csv")}
        entries = [
            e
            for e in whole.get("grants")
            or whole.get("releases")
            or whole["contents"]
            if e["clearlink"].get("is_sensitive") == "yes"
        ]
        assert (
            len(entries)
            == sum(
                p.row["is_sensitive"]
                for p in published()
                if format != "360giving" or p.row["project_id"] not in left_out
            )
            > 11
        )
        for entry in entries:
            places_named = {
                **entry,
                "fundingOrganization": None,
                "buyer": None,
                "parties": None,
            }
            assert not re.findall(r"W0[1256]\d{6}", json.dumps(places_named)), (
                entry
            )


def test_people_of_a_project_are_withheld_together_where_few_are_in_one_area_and_rounded_elsewhere(
    exchanged: Path,
) -> None:
    rows = {
        r["project_id"]: r
        for r in csv.DictReader(
            left(exchanged, "csv", "en")[0].open(encoding="utf-8-sig")
        )
    }
    assert (rows["X-FEW"]["users_by_area"], rows["X-FEW"]["users_marker"]) == (
        "",
        "low",
    )
    assert (
        rows["X-PART"]["users_by_area"],
        rows["X-PART"]["users_marker"],
    ) == (
        "",
        "low",
    )
    assert (
        rows["X-MANY"]["users_by_area"],
        rows["X-MANY"]["users_marker"],
    ) == (
        "W01001274=20;W01001275=40",
        "",
    )


def test_a_withheld_need_keeps_its_marker_and_has_no_number(
    exchanged: Path,
) -> None:
    folder = left(exchanged, "csv", "en")[0].parent
    with (folder / "need.csv").open(encoding="utf-8-sig") as file:
        absent = [r for r in csv.DictReader(file) if r["marker"]]
    assert {r["marker"] for r in absent} >= {"confidential"} and all(
        r["people_in_need"] == r["rate"] == "" for r in absent
    )


def test_illustrative_projects_are_marked_in_both_languages_wherever_they_go(
    exchanged: Path,
) -> None:
    for lang in ("en", "cy"):
        for format, name in FILES.items():
            folder = left(exchanged, format, lang)[0].parent
            whole = json.loads((folder / name).read_text(encoding="utf-8"))
            for entry in (
                whole.get("grants")
                or whole.get("releases")
                or whole["contents"]
            ):
                text = (
                    entry.get("description") or entry["tender"]["description"]
                )
                marked = "Illustrative" in text and "Darluniadol" in text
                assert marked == (
                    entry["clearlink"].get("is_illustrative") == "yes"
                )


def test_every_column_that_leaves_is_described_in_both_languages(
    exchanged: Path,
) -> None:
    for lang, end in (("en", "meaning"), ("cy", "ystyr")):
        written = left(exchanged, "csv", lang)
        dictionary, contents = written[-2:]
        assert contents.name == "contents.csv"
        lines = list(csv.reader(dictionary.open(encoding="utf-8-sig")))
        assert lines[0][-1] == end and all(line[-1] for line in lines)
        described = {(line[0], line[1]) for line in lines[1:]}
        for path in written[:-2]:
            header = next(csv.reader(path.open(encoding="utf-8-sig")))
            assert {(path.stem, column) for column in header} <= described


def test_parquet_holds_types_and_geopackage_holds_outlines(
    exchanged: Path,
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq
    import pyogrio

    folder = left(exchanged, "parquet", "en")[0].parent
    register = pq.read_table(folder / "register.parquet")
    assert pa.types.is_date(
        register.schema.field("start").type
    ) and pa.types.is_floating(register.schema.field("annual_value_gbp").type)
    assert register.schema.field("title").metadata and register.num_rows == len(
        published()
    )
    (path,) = left(exchanged, "geopackage", "cy")
    layers = dict(pyogrio.list_layers(path))
    assert layers.keys() >= {
        "area_la",
        "area_lsoa21",
        "project_area",
        "register",
        "verdict",
        "need",
    }
    assert layers["register"] is None and layers["area_la"] is not None
    placed = pyogrio.read_dataframe(path, layer="project_area")
    assert (
        set(placed[placed.project_id == "X-SECRET"].precision) <= {"REGION"}
        and placed.crs.to_epsg() == 4326
    )


def test_the_answers_leave_whole_and_described(exchanged: Path) -> None:
    import pyarrow.parquet as pq

    asked = {
        "gap": len(gap_rows()),
        "overlap": len(overlap_rows()),
        "area_choice": len(reader.area_choices()),
        "statement": len(reader.answer("export_statement")),
        "engagement": len(reader.answer("export_engagement")),
        "plan": len(reader.answer("export_plan")),
        "plan_action": len(reader.answer("export_plan_action")),
        "funding_line": len(reader.answer("export_funding_line")),
        "assessment_check": len(reader.answer("export_assessment_check")),
    }
    assert all(asked.values())
    written = left(exchanged, "csv", "cy")
    folder = written[0].parent
    for name, count in asked.items():
        assert len(lines_of(folder / f"{name}.csv")) == count
    chosen = list(
        csv.DictReader((folder / "area_choice.csv").open(encoding="utf-8-sig"))
    )
    assert {r["dewiswyd"] for r in chosen} == {"yes", "no"}
    described = {(line[0], line[1]) for line in lines_of(written[-2])}
    assert {
        ("gap", "dosbarth_bwlch"),
        ("overlap", "math_gorgyffwrdd"),
        ("statement", "testun_cy"),
        ("area_choice", "rheswm_dewis"),
    } <= described
    packed = left(exchanged, "parquet", "en")[0].parent
    for name, count in asked.items():
        held = pq.read_table(packed / f"{name}.parquet")
        assert held.num_rows == count and all(
            field.metadata[b"meaning"] for field in held.schema
        )
    # a pair names no project whose place is protected
    secret = {p.row["project_id"] for p in published() if p.row["is_sensitive"]}
    pairs = lines_of(folder / "overlap.csv")
    assert not {one for pair in pairs for one in pair[:2]} & secret


def test_an_unknown_format_is_refused(exchanged: Path) -> None:
    with pytest.raises(ValueError, match="expected one of csv"):
        export("xml", exchanged / "x", "en")
