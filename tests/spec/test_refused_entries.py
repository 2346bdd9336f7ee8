"""What is refused of an exchange file goes back in the standard it came in: only the refused, each with
what to mend.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from etl.pipeline.register import read_register, refused_entries_of
from etl.sources.registers.refused_entries import REASONS
from tests.registers import csv_of, directory, row

BEFORE_IT_BEGINS = {
    "startDate": "2024-04-01T00:00:00Z",
    "endDate": "2023-03-31T00:00:00Z",
}


def release(number: int, **tender: Any) -> dict[str, Any]:
    return {
        "ocid": f"ocds-abc-{number}",
        "id": f"{number}-1",
        "date": "2024-01-01T00:00:00Z",
        "tag": ["tender"],
        "buyer": {"id": "b", "name": "Cardiff Council"},
        "tender": {
            "id": "t",
            "title": f"Gofal {number}",
            "contractPeriod": {
                "startDate": "2024-04-01T00:00:00Z",
                "endDate": "2025-03-31T00:00:00Z",
            },
            **tender,
        },
    }


def mended(
    value: Any, name: str = "f.json", lang: Any = "en"
) -> tuple[Any, str]:
    data = json.dumps(value).encode()
    body, kind = refused_entries_of(
        read_register(data, name, directory=directory()), data, name, lang
    )
    return json.loads(body), kind


def test_releases_of_a_refused_process_come_back_together_in_their_package() -> (
    None
):
    late = {**release(2), "id": "2-0", "date": "2023-12-01T00:00:00Z"}
    package = {
        "uri": "u",
        "version": "1.1",
        "releases": [
            release(1),
            late,
            release(2, contractPeriod=BEFORE_IT_BEGINS),
            release(3),
        ],
    }
    for lang in ("en", "cy"):
        back, kind = mended(package, lang=lang)
        assert (kind, back["version"], [r["id"] for r in back["releases"]]) == (
            "json",
            "1.1",
            ["2-0", "2-1"],
        )
        assert all(r[REASONS] for r in back["releases"])
    back["releases"][1]["tender"]["contractPeriod"]["endDate"] = (
        "2025-03-31T00:00:00Z"
    )
    again = read_register(
        json.dumps(back).encode(), "f.json", directory=directory()
    )
    assert [p.project_id for p in again.projects] == ["ocds-abc-2"]


def test_records_and_lists_of_packages_keep_their_shape() -> None:
    bad = release(2, contractPeriod=BEFORE_IT_BEGINS)
    back, _ = mended(
        {
            "records": [
                {"ocid": "ocds-abc-1", "compiledRelease": release(1)},
                {"ocid": "ocds-abc-2", "compiledRelease": bad},
            ]
        }
    )
    assert [r["ocid"] for r in back["records"]] == ["ocds-abc-2"]
    back, _ = mended([{"releases": [release(1)]}, {"releases": [bad]}])
    assert [[r["ocid"] for r in package["releases"]] for package in back] == [
        ["ocds-abc-2"]
    ]
    back, _ = mended([release(1), bad])
    assert [r["ocid"] for r in back] == ["ocds-abc-2"]


@pytest.mark.parametrize("within", ["contents", "services", None])
def test_services_come_back_as_services(within: str | None) -> None:
    services = [
        {
            "id": str(n),
            "name": name,
            "status": "active",
            "service_areas": [{"name": "Cardiff"}],
        }
        for n, name in enumerate(["Gofal", "=1+1", "Cymorth"])
    ]
    back, kind = mended(
        services if within is None else {"total_items": 3, within: services}
    )
    listed = back if within is None else back[within]
    assert (
        kind == "json"
        and [s["id"] for s in listed] == ["1"]
        and listed[0][REASONS]
    )


def test_a_refuge_that_was_refused_does_not_say_where_it_is() -> None:
    grant = {
        "id": "360G-x-1",
        "title": "Women’s refuge, 12 Park Road CF10 1AA",
        "currency": "GBP",
        "amountAwarded": 5,
        "awardDate": "2024-04-01",
        "beneficiaryLocation": [{"geoCode": "W06000015"}],
        "recipientOrganization": [
            {"id": "x", "name": "R", "postalCode": "CF10 1AA"}
        ],
        "fundingOrganization": [{"id": "y", "name": "F"}],
    }
    back, _ = mended({"grants": [grant]})
    assert (
        len(back["grants"]) == 1
        and "Park Road" not in json.dumps(back)
        and "CF10" not in json.dumps(back)
    )


def test_a_table_keeps_to_csv() -> None:
    data = csv_of([row(), row(project_id="P-2", end="2020-01-01")])
    body, kind = refused_entries_of(
        read_register(data, "r.csv", directory=directory()), data, "r.csv"
    )
    assert kind == "csv" and b"P-2" in body and b"P-1" not in body
