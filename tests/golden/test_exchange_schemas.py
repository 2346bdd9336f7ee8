"""What leaves keeps to the schemas that the standards publish, and those schemas do refuse what is wrong."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from exchange_files import left
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT202012

from clearlink.words import Lang

checker = jsonschema.FormatChecker()


@checker.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return (
        "T" in value
        and datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo
        is not None
    )


@checker.checks("uri")
def _is_address(value: object) -> bool:
    return (
        not isinstance(value, str)
        or re.match(r"[a-z][a-z0-9+.-]*:\S+$", value) is not None
    )


def _schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _faults(validator: Any, value: Any) -> list[str]:
    return [
        f"{list(fault.path)}: {fault.message[:200]}"
        for fault in validator.iter_errors(value)
    ][:10]


@pytest.mark.mirror
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_grants_keep_to_the_360giving_schema(
    lang: Lang, exchanged: Path, mirror: Path
) -> None:
    folder = mirror / "standards" / "360giving"
    package, one = (
        _schema(folder / "360-giving-package-schema.json"),
        _schema(folder / "360-giving-schema.json"),
    )
    registry: Registry[Any] = Registry().with_resource(
        package["properties"]["grants"]["items"]["$ref"],
        Resource.from_contents(one, default_specification=DRAFT202012),
    )
    (path, *_) = left(exchanged, "360giving", lang)
    assert (
        _faults(
            jsonschema.Draft202012Validator(
                package, registry=registry, format_checker=checker
            ),
            _schema(path),
        )
        == []
    )
    scopes = {
        r["Code"]
        for r in csv.DictReader(
            (folder / "locationScope.csv").open(encoding="utf-8-sig")
        )
    }
    assert {
        g["locationScope"]
        for g in _schema(path)["grants"]
        if "locationScope" in g
    } <= scopes


@pytest.mark.mirror
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_releases_keep_to_the_ocds_schema(
    lang: Lang, exchanged: Path, mirror: Path
) -> None:
    folder = mirror / "standards" / "ocds"
    package, one = (
        _schema(folder / "release-package-schema.json"),
        _schema(folder / "release-schema.json"),
    )
    registry: Registry[Any] = Registry().with_resource(
        package["properties"]["releases"]["items"]["$ref"],
        Resource.from_contents(one, default_specification=DRAFT4),
    )
    (path,) = left(exchanged, "ocds", lang)
    assert (
        _faults(
            jsonschema.Draft4Validator(
                package, registry=registry, format_checker=checker
            ),
            _schema(path),
        )
        == []
    )


@pytest.mark.mirror
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_services_keep_to_the_open_referral_schema(
    lang: Lang, exchanged: Path, mirror: Path
) -> None:
    folder = mirror / "standards" / "openreferral-uk"
    validator = jsonschema.Draft202012Validator(
        _schema(folder / "compiled_service.json"), format_checker=checker
    )
    (path,) = left(exchanged, "openreferral", lang)
    page = _schema(path)
    assert [
        fault
        for service in page["contents"]
        for fault in _faults(validator, service)
    ] == []
    assert page.keys() == _schema(folder / "example_service_list.json").keys()


@pytest.mark.mirror
def test_the_schemas_do_refuse_what_is_wrong(mirror: Path) -> None:
    one = _schema(mirror / "standards" / "360giving" / "360-giving-schema.json")
    assert _faults(
        jsonschema.Draft202012Validator(one, format_checker=checker),
        {"id": "x", "awardDate": "31/03/2024"},
    )
