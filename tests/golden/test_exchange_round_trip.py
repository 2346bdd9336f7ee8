"""A register goes out of the served build and comes back equal; what leaves keeps its marks and says nothing that is withheld."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT202012

from clearlink import places
from clearlink.exchange import FORMATS, export
from clearlink.exchange.projects import Published, published
from clearlink.gap_answers import gap_rows, overlap_rows
from clearlink.rules.disclosure import published_users
from clearlink.rules.settings import Settings
from clearlink.warehouse import reader
from clearlink.words import Lang
from etl.directory import Directory
from etl.pipeline import build_sample
from etl.pipeline.sample import sample_intake
from etl.records import Citation, Project, Register, Severity
from etl.register import read_register, read_register_set
from tests.random_register import random_rows
from tests.registers import csv_of, row

FILES = {"360giving": "360giving.json", "ocds": "ocds_release_package.json", "openreferral": "openreferral_services.json"}
REGISTER_SET = ("assessments", "priorities", "register", "citations")
OURS = [
    row(project_id="X-FEW", title="Few people", users_by_area="W01001274=4;W01001275=40", area_codes="W01001274;W01001275"),
    row(project_id="X-PART", title="Few people in one of three", users_by_area="W01001274=4;W01001275=40;W01001276=63", area_codes="W01001274;W01001275;W01001276"),
    row(project_id="X-MANY", title="Many people", users_by_area="W01001274=21;W01001275=40", area_codes="W01001274;W01001275"),
    row(project_id="X-SECRET", title="Safe accommodation", is_sensitive="yes", area_codes="RPB_GWENT;W06000016", delivery_model="confidential"),
    row(project_id="X-OPEN", title="Half a year’s pence", start="2024-04-01", end="2024-09-30", annual_value_gbp="33333.33"),
    row(project_id="X-BLANK", title="Nothing known", start="", end="", annual_value_gbp="", area_codes=""),
]
DRAWN = 300


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A served build of the sample and six projects of our own; answers a folder for exports."""
    folder = tmp_path_factory.mktemp("exchange")
    register, drawn = folder / "ours.csv", folder / "drawn.csv"
    register.write_bytes(csv_of(OURS))
    drawn.write_bytes(csv_of(random_rows(DRAWN, 20261123, _choices())))
    with pytest.MonkeyPatch.context() as patch, reader.reading_as(reader.everything()):
        patch.setenv("CLEARLINK_DATA", str(folder / "data"))
        build_sample([register, drawn], lambda at, total, what: None)
        yield folder


def _choices() -> dict[str, list[str]]:
    lists = {"programme": ("programmes", "programme_id"), "target_group": ("target_groups", "id"), "theme": ("themes", "theme_id")}
    found = {name: [r[column] for r in csv.DictReader((places.CATALOGUE / f"{file}.csv").open(encoding="utf-8"))] for name, (file, column) in lists.items()}
    with (places.SAMPLE / "priorities.csv").open(encoding="utf-8") as file:
        return {**found, "priority_id": [r["priority_id"] for r in csv.DictReader(file)][:40]}


@pytest.fixture(scope="module")
def known(served: Path) -> Directory:
    intake = sample_intake(places.SAMPLE)
    return Directory.from_catalogue(intake.areas, intake.links)


def sent(each: Published) -> tuple[Any, ...]:
    r = each.row
    citations = frozenset((c["priority_id"], c["page"], c["quotation"], c["stated_on"], c["sighted_by"]) for c in each.citations)
    areas, themes = (tuple(filter(None, (r[name] or "").split(";"))) for name in ("area_codes", "theme_ids"))
    return (
        r["title"], r["start_date"], r["end_date"], r["decision_date"], r["annual_value_gbp"], frozenset(areas), themes, r["la_code"], r["region_code"],
        r["commissioner"], r["programme_id"], r["provider_name"], r["provider_org_id"], r["target_group"], r["capacity"], r["tier"], r["delivery_model"],
        r["is_sensitive"], r["is_illustrative"], citations,
    )  # fmt: skip


def received(p: Project, cited: list[Citation]) -> tuple[Any, ...]:
    citations = frozenset((c.priority_id, c.page, c.quotation, c.stated_on, c.sighted_by) for c in cited)
    return (
        p.title, p.start_date, p.end_date, p.decision_date, p.annual_value_gbp, frozenset(p.area_codes), p.theme_ids, p.la_code, p.region_code,
        p.commissioner, p.programme_id, p.provider_name, p.provider_org_id, p.target_group, p.capacity, p.tier, p.delivery_model,
        p.is_sensitive, p.is_illustrative, citations,
    )  # fmt: skip


def come_back(format: str, written: list[Path], known: Directory) -> list[Register]:
    if format in ("csv", "xlsx"):
        return read_register_set([(p, p.name) for p in written if p.stem in REGISTER_SET], known)
    if format in ("parquet", "geopackage"):
        rows = {name: _held(format, written, name) for name in REGISTER_SET}
        return read_register_set([(csv_of(_as_text(rows[name]), list(rows[name][0])), f"{name}.csv") for name in REGISTER_SET], known)
    return [read_register(written[0], written[0].name, directory=known)]


def _held(format: str, written: list[Path], name: str) -> list[dict[str, Any]]:
    """The rows of one table of the export, as the format's own library gives them."""
    if format == "parquet":
        import pyarrow.parquet as pq

        return list(pq.read_table(next(p for p in written if p.stem == name)).to_pylist())
    import pyogrio

    return list(pyogrio.read_dataframe(written[0], layer=name).to_dict("records"))


def _as_text(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    def text(value: Any) -> str:
        if value is None or value != value:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)

    return [{name: text(value) for name, value in row.items()} for row in rows]


@pytest.fixture(scope="module")
def drawn(served: Path, known: Directory) -> Register:
    """The random register as it was read on its way in."""
    read = read_register(served / "drawn.csv", "drawn.csv", directory=known)
    assert len(read.projects) > 0.9 * DRAWN
    assert {p.is_sensitive for p in read.projects} == {p.is_illustrative for p in read.projects} == {True, False}
    assert {p.region_code[:3] for p in read.projects if p.region_code} == {"RCC", "RPB"}
    return read


def everything_of(project: Project, cited: list[Citation], as_disclosed: bool) -> dict[str, Any]:
    """Every field of a project but where it was read and the note made of it. The order of areas, and of themes after the first,
    says nothing. `as_disclosed`: people by area after the rule on small numbers; what is drawn names no area inside another."""
    told = {f.name: getattr(project, f.name) for f in fields(project) if f.name not in ("register_id", "note", "source_ref")}
    users = project.users_by_area
    if as_disclosed:
        shown = {} if project.is_sensitive else published_users(dict(users), {}, Settings())
        users = tuple((code, count) for code, count in shown.items() if count is not None)
    told |= {"area_codes": frozenset(project.area_codes), "theme_ids": (project.theme_ids[:1], frozenset(project.theme_ids)), "users_by_area": frozenset(users)}
    told["citations"] = frozenset((c.priority_id, c.page, c.quotation, c.stated_on, c.sighted_by) for c in cited)
    return {**told, "stated_source": project.source_ref.split(" · ", 1)[1:]}


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_field_of_a_register_drawn_at_random_comes_back_equal_after_the_rule_on_small_numbers(format: str, lang: Lang, served: Path, known: Directory, drawn: Register) -> None:
    written = export(format, served / "drawn" / lang / format, lang)
    registers = come_back(format, written, known)
    back = {p.project_id: p for r in registers for p in r.projects}
    cited: dict[tuple[bool, str], list[Citation]] = {}
    for is_back, listed in ((False, [drawn]), (True, registers)):
        for citation in (c for r in listed for c in r.citations):
            cited.setdefault((is_back, citation.project_id), []).append(citation)
    left_out = {r[0] for r in _lines(served / "drawn" / lang / format / "360giving_left_out.csv")} if format == "360giving" else set()
    differ = {}
    for project in drawn.projects:
        if project.project_id in left_out:
            continue
        out = everything_of(project, cited.get((False, project.project_id), []), True)
        came = everything_of(back[project.project_id], cited.get((True, project.project_id), []), False)
        if out != came:
            differ[project.project_id] = {name: (out[name], came[name]) for name in out if out[name] != came[name]}
    assert differ == {}
    assert not [p for r in registers for p in r.problems if p.severity is Severity.REFUSED]


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("format", ["csv", *FILES])
def test_a_register_that_goes_out_comes_back_equal(format: str, lang: Lang, served: Path, known: Directory) -> None:
    written = export(format, served / lang / format, lang)
    registers = come_back(format, written, known)
    cited: dict[str, list[Citation]] = {}
    for citation in (c for r in registers for c in r.citations):
        cited.setdefault(citation.project_id, []).append(citation)
    back = {p.project_id: received(p, cited.get(p.project_id, [])) for r in registers for p in r.projects}
    out = {p.row["project_id"]: sent(p) for p in published()}
    left_out = {r[0] for r in _lines(served / lang / format / "360giving_left_out.csv")} if format == "360giving" else set()
    assert len(out) >= 600 and out.keys() - back.keys() == left_out
    assert {i: back[i] for i in back if back[i] != out[i]} == {}
    assert not [p for r in registers for p in r.problems if p.severity is Severity.REFUSED]


def test_what_a_grant_cannot_hold_is_left_out_by_name_and_never_published_as_nothing(served: Path) -> None:
    written = export("360giving", served / "left", "cy")
    grants = json.loads(written[0].read_text(encoding="utf-8"))["grants"]
    stated_nothing = {p.row["project_id"] for p in published() if p.row["annual_value_gbp"] == 0}
    assert all(g["amountAwarded"] > 0 for g in grants if g["id"].removeprefix("360G-clearlink-") not in stated_nothing)
    left = dict(_lines(written[1]))
    assert "heb swm" in left["X-BLANK"] and "360G-clearlink-X-BLANK" not in {g["id"] for g in grants}


@pytest.mark.parametrize("format", FORMATS)
def test_a_sensitive_project_names_no_place_below_its_region(format: str, served: Path) -> None:
    written = export(format, served / "secret" / format, "en")
    text = b"".join(path.read_bytes() for path in written).decode("utf-8", "replace")
    assert "X-SECRET" in text or format in {"parquet", "geopackage", "xlsx"}
    if format in FILES:
        whole = json.loads((served / "secret" / format / FILES[format]).read_text(encoding="utf-8"))
        left_out = {r[0] for r in _lines(served / "secret" / format / "360giving_left_out.csv")}
        entries = [e for e in whole.get("grants") or whole.get("releases") or whole["contents"] if e["clearlink"].get("is_sensitive") == "yes"]
        assert len(entries) == sum(p.row["is_sensitive"] for p in published() if format != "360giving" or p.row["project_id"] not in left_out) > 11
        for entry in entries:
            places_named = {**entry, "fundingOrganization": None, "buyer": None, "parties": None}
            assert not re.findall(r"W0[1256]\d{6}", json.dumps(places_named)), entry


def test_few_people_are_withheld_with_their_marker_and_many_are_rounded(served: Path) -> None:
    rows = {r["project_id"]: r for r in csv.DictReader((export("csv", served / "few", "en")[0]).open(encoding="utf-8-sig"))}
    assert (rows["X-FEW"]["users_by_area"], rows["X-FEW"]["users_marker"]) == ("", "low")
    assert (rows["X-PART"]["users_by_area"], rows["X-PART"]["users_marker"]) == ("W01001276=65", "low")
    assert (rows["X-MANY"]["users_by_area"], rows["X-MANY"]["users_marker"]) == ("W01001274=20;W01001275=40", "")


def test_a_withheld_need_keeps_its_marker_and_has_no_number(served: Path) -> None:
    export("csv", served / "need", "en")
    with (served / "need" / "need.csv").open(encoding="utf-8-sig") as file:
        absent = [r for r in csv.DictReader(file) if r["marker"]]
    assert {r["marker"] for r in absent} >= {"confidential"} and all(r["people_in_need"] == r["rate"] == "" for r in absent)


def test_illustrative_projects_are_marked_in_both_languages_wherever_they_go(served: Path) -> None:
    for lang in ("en", "cy"):
        for format, name in FILES.items():
            export(format, served / "marks" / lang, lang)
            whole = json.loads((served / "marks" / lang / name).read_text(encoding="utf-8"))
            for entry in whole.get("grants") or whole.get("releases") or whole["contents"]:
                text = entry.get("description") or entry["tender"]["description"]
                marked = "Illustrative" in text and "Darluniadol" in text
                assert marked == (entry["clearlink"].get("is_illustrative") == "yes")


def test_every_column_that_leaves_is_described_in_both_languages(served: Path) -> None:
    for lang, end in (("en", "meaning"), ("cy", "ystyr")):
        written = export("csv", served / "dictionary" / lang, lang)
        lines = list(csv.reader(written[-1].open(encoding="utf-8-sig")))
        assert lines[0][-1] == end and all(line[-1] for line in lines)
        described = {(line[0], line[1]) for line in lines[1:]}
        for path in written[:-1]:
            header = next(csv.reader(path.open(encoding="utf-8-sig")))
            assert {(path.stem, column) for column in header} <= described


def test_parquet_holds_types_and_geopackage_holds_outlines(served: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq
    import pyogrio

    export("parquet", served / "pq", "en")
    register = pq.read_table(served / "pq" / "register.parquet")
    assert pa.types.is_date(register.schema.field("start").type) and pa.types.is_floating(register.schema.field("annual_value_gbp").type)
    assert register.schema.field("title").metadata and register.num_rows == len(published())
    (path,) = export("geopackage", served / "gpkg", "cy")
    layers = dict(pyogrio.list_layers(path))
    assert layers.keys() >= {"area_la", "area_lsoa21", "project_area", "register", "verdict", "need"}
    assert layers["register"] is None and layers["area_la"] is not None
    placed = pyogrio.read_dataframe(path, layer="project_area")
    assert set(placed[placed.project_id == "X-SECRET"].precision) <= {"REGION"} and placed.crs.to_epsg() == 4326


def test_the_answers_leave_whole_and_described(served: Path) -> None:
    import pyarrow.parquet as pq

    asked = {"gap": len(gap_rows()), "overlap": len(overlap_rows()), "area_choice": len(reader.area_choices()), "statement": len(reader.answer("export_statement"))}
    assert all(asked.values())
    folder = served / "answers"
    written = export("csv", folder, "cy")
    for name, count in asked.items():
        assert len(_lines(folder / f"{name}.csv")) == count
    chosen = list(csv.DictReader((folder / "area_choice.csv").open(encoding="utf-8-sig")))
    assert {r["dewiswyd"] for r in chosen} == {"yes", "no"}
    described = {(line[0], line[1]) for line in _lines(written[-1])}
    assert {("gap", "dosbarth_bwlch"), ("overlap", "math_gorgyffwrdd"), ("statement", "testun_cy"), ("area_choice", "rheswm_dewis")} <= described
    export("parquet", folder, "en")
    for name, count in asked.items():
        held = pq.read_table(folder / f"{name}.parquet")
        assert held.num_rows == count and all(field.metadata[b"meaning"] for field in held.schema)
    # a pair names no project whose place is protected
    secret = {p.row["project_id"] for p in published() if p.row["is_sensitive"]}
    pairs = _lines(folder / "overlap.csv")
    assert not {one for pair in pairs for one in pair[:2]} & secret


def test_an_unknown_format_is_refused(served: Path) -> None:
    with pytest.raises(ValueError, match="expected one of csv"):
        export("xml", served / "x", "en")


# --- the standards' own schemas ---

checker = jsonschema.FormatChecker()


@checker.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return "T" in value and datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None


@checker.checks("uri")
def _is_address(value: object) -> bool:
    return not isinstance(value, str) or re.match(r"[a-z][a-z0-9+.-]*:\S+$", value) is not None


def _schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _faults(validator: Any, value: Any) -> list[str]:
    return [f"{list(fault.path)}: {fault.message[:200]}" for fault in validator.iter_errors(value)][:10]


@pytest.mark.mirror
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_grants_keep_to_the_360giving_schema(lang: Lang, served: Path, mirror: Path) -> None:
    folder = mirror / "standards" / "360giving"
    package, one = _schema(folder / "360-giving-package-schema.json"), _schema(folder / "360-giving-schema.json")
    registry: Registry[Any] = Registry().with_resource(package["properties"]["grants"]["items"]["$ref"], Resource.from_contents(one, default_specification=DRAFT202012))
    (path, *_) = export("360giving", served / "schema" / lang, lang)
    assert _faults(jsonschema.Draft202012Validator(package, registry=registry, format_checker=checker), _schema(path)) == []
    scopes = {r["Code"] for r in csv.DictReader((folder / "locationScope.csv").open(encoding="utf-8-sig"))}
    assert {g["locationScope"] for g in _schema(path)["grants"] if "locationScope" in g} <= scopes


@pytest.mark.mirror
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_releases_keep_to_the_ocds_schema(lang: Lang, served: Path, mirror: Path) -> None:
    folder = mirror / "standards" / "ocds"
    package, one = _schema(folder / "release-package-schema.json"), _schema(folder / "release-schema.json")
    registry: Registry[Any] = Registry().with_resource(package["properties"]["releases"]["items"]["$ref"], Resource.from_contents(one, default_specification=DRAFT4))
    (path,) = export("ocds", served / "schema" / lang, lang)
    assert _faults(jsonschema.Draft4Validator(package, registry=registry, format_checker=checker), _schema(path)) == []


@pytest.mark.mirror
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_services_keep_to_the_open_referral_schema(lang: Lang, served: Path, mirror: Path) -> None:
    folder = mirror / "standards" / "openreferral-uk"
    validator = jsonschema.Draft202012Validator(_schema(folder / "compiled_service.json"), format_checker=checker)
    (path,) = export("openreferral", served / "schema" / lang, lang)
    page = _schema(path)
    assert [fault for service in page["contents"] for fault in _faults(validator, service)] == []
    assert page.keys() == _schema(folder / "example_service_list.json").keys()


@pytest.mark.mirror
def test_the_schemas_do_refuse_what_is_wrong(mirror: Path) -> None:
    one = _schema(mirror / "standards" / "360giving" / "360-giving-schema.json")
    assert _faults(jsonschema.Draft202012Validator(one, format_checker=checker), {"id": "x", "awardDate": "31/03/2024"})


def _lines(path: Path) -> list[list[str]]:
    return list(csv.reader(path.open(encoding="utf-8-sig")))[1:] if path.exists() else []
