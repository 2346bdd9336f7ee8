"""A refuge among grants, notices and services that are imported: where it is stands nowhere, and who runs it
nowhere that the public reads (issue 10).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from clearlink.exchange import FORMATS, export
from clearlink.warehouse import connection
from clearlink.warehouse.asking import forget_answers
from clearlink.warehouse.scope import Scope, everything, reading_as
from clearlink.words.problems import problem_words
from etl.build import builder
from etl.pipeline import builds
from etl.pipeline.register import (
    read_register,
    refused_entries_of,
    to_keep,
)
from etl.records import Project, Register
from etl.sources.registers.kept_form import kept_to_json
from tests.oracle.random_wales import DAY, REGIONS, random_intake
from tests.registers import directory

PROVIDER: Final = "Canary Lodge"
WHEREABOUTS: Final = (
    "CF11 9ZZ",
    "cf119zz",
    "CF11\u00a09ZZ",
    "12 Canary Road",
    "029 2087 9922",
    "51.4799, -3.1699",
)
REFUGE: Final = "Refuge for women and children"
# where in an entry a publisher writes the place
SPOTS: Final = ("description", "provider", "address", "extra")
# what the views leave out, and how the build is named: read by no question
ITS_OWN: Final = ("build", "withheld_project")
Made = Callable[[str, str], tuple[str, bytes]]


def _texts(spot: str, where: str) -> tuple[str, str]:
    """Description and provider's name."""
    return (
        f"Support at {where}" if spot == "description" else "Support",
        f"{PROVIDER}, {where}" if spot == "provider" else PROVIDER,
    )


def notice(spot: str, where: str) -> tuple[str, bytes]:
    """A release package of OCDS."""
    said, provider = _texts(spot, where)
    address = {"postalCode": where} if spot == "address" else {}
    buyer = {"id": "GB-LAE-RCT", "name": "Rhondda Cynon Taf Council"}
    supplier = {"id": "2", "name": provider}
    period = {
        "startDate": "2025-04-01T00:00:00Z",
        "endDate": "2028-03-31T00:00:00Z",
    }
    place = {"region": "UKL15", "countryName": "Wales", **address}
    release: dict[str, Any] = {
        "ocid": "ocds-canary-1",
        "id": "1",
        "date": "2025-02-10T00:00:00Z",
        "tag": ["award"],
        "parties": [
            {**buyer, "roles": ["buyer"]},
            {**supplier, "roles": ["supplier"], "address": address},
        ],
        "buyer": buyer,
        "tender": {
            "id": "t",
            "title": REFUGE,
            "description": said,
            "status": "complete",
            "classification": {"scheme": "CPV", "id": "85311000"},
            "contractPeriod": period,
            "items": [{"id": "1", "deliveryAddresses": [place]}],
        },
        "awards": [
            {
                "id": "A1",
                "status": "active",
                "title": REFUGE,
                "value": {"amount": 300000, "currency": "GBP"},
                "suppliers": [supplier],
                "contractPeriod": period,
            }
        ],
    }
    if spot == "extra":
        release["tender"]["x_deliveryPoint"] = where
    package = {"version": "1.1", "releases": [release]}
    return "notices.json", json.dumps(package).encode()


def record_package(spot: str, where: str) -> tuple[str, bytes]:
    """The same notice as a record with its compiled release."""
    _, data = notice(spot, where)
    (release,) = json.loads(data)["releases"]
    record = {"ocid": release["ocid"], "compiledRelease": release}
    package = {"version": "1.1", "records": [record]}
    return "records.json", json.dumps(package).encode()


def _grant(spot: str, where: str) -> dict[str, str]:
    """A grant in the columns of the flat form."""
    said, provider = _texts(spot, where)
    grant = {
        "Identifier": "360G-canary-1",
        "Title": REFUGE,
        "Description": said,
        "Currency": "GBP",
        "Amount Awarded": "30000",
        "Award Date": "2024-03-01",
        "Planned Dates:0:Start Date": "2024-04-01",
        "Planned Dates:0:End Date": "2027-03-31",
        "Recipient Org:0:Identifier": "GB-CHC-9000001",
        "Recipient Org:0:Name": provider,
        "Funding Org:0:Identifier": "GB-CHC-9999999",
        "Funding Org:0:Name": "Example Foundation",
        "Beneficiary Location:0:Name": "Rhondda Cynon Taf",
        "Beneficiary Location:0:Geographic Code": "W06000016",
    }
    if spot == "address":
        grant["Recipient Org:0:Postal Code"] = where
    if spot == "extra":
        grant["Where it is"] = where
    return grant


def flat_grant(spot: str, where: str) -> tuple[str, bytes]:
    """A grant of 360Giving as a table."""
    grant = _grant(spot, where)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(grant))
    writer.writeheader()
    writer.writerow(grant)
    return "grants.csv", out.getvalue().encode()


def grant(spot: str, where: str) -> tuple[str, bytes]:
    """A grant of 360Giving as JSON."""
    said, provider = _texts(spot, where)
    recipient = {"id": "GB-CHC-9000001", "name": provider}
    if spot == "address":
        recipient["postalCode"] = where
    entry: dict[str, Any] = {
        "id": "360G-canary-1",
        "title": REFUGE,
        "description": said,
        "currency": "GBP",
        "amountAwarded": 30000,
        "awardDate": "2024-03-01",
        "plannedDates": [{"startDate": "2024-04-01", "endDate": "2027-03-31"}],
        "recipientOrganization": [recipient],
        "fundingOrganization": [
            {"id": "GB-CHC-9999999", "name": "Example Foundation"}
        ],
        "beneficiaryLocation": [
            {"name": "Rhondda Cynon Taf", "geoCode": "W06000016"}
        ],
    }
    if spot == "extra":
        entry["where"] = where
    return "grants.json", json.dumps({"grants": [entry]}).encode()


def service(spot: str, where: str) -> tuple[str, bytes]:
    """A service of Open Referral."""
    said, provider = _texts(spot, where)
    place = {"city": "Rhondda Cynon Taf", "country": "GB"}
    if spot == "address":
        place["postal_code"] = where
    entry: dict[str, Any] = {
        "id": "s-1",
        "name": REFUGE,
        "description": said,
        "status": "active",
        "organization": {"id": "o1", "name": provider},
        "service_at_locations": [
            {
                "id": "l",
                "location": {"id": "x", "name": "Hall", "addresses": [place]},
            }
        ],
    }
    if spot == "extra":
        entry["interpretation_services"] = where
    return "services.json", json.dumps({"contents": [entry]}).encode()


FORMS: Final[tuple[Made, ...]] = (
    notice,
    record_package,
    grant,
    flat_grant,
    service,
)


def _read(file: str, data: bytes) -> Register:
    return read_register(data, file, directory=directory())


def _everything_told(register: Register, file: str, data: bytes) -> str:
    """What is kept of a file and all that is said of it, but for what goes back to whoever holds the file."""
    told = [repr(problem) for problem in register.problems]
    told += [
        repr(problem_words(p.code, p.facts, lang, p.place))
        for p in register.problems
        for lang in ("en", "cy")
    ]
    return "\n".join(told)


@pytest.mark.parametrize("where", WHEREABOUTS)
@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("made", FORMS)
def test_the_place_of_a_refuge_is_kept_and_told_nowhere(
    made: Made, spot: str, where: str
) -> None:
    file, data = made(spot, where)
    register = _read(file, data)
    kept = to_keep(register, data, file, "auto", directory())
    told = _everything_told(register, file, data)
    assert where not in told and where not in repr(register.projects)
    assert where not in kept_to_json(kept).decode()
    assert PROVIDER not in told
    assert all(p.is_sensitive for p in register.projects)
    # it is taken, or its row refused for its place, or for how somebody is reached
    assert len(register.projects) == 1 or {
        p.code for p in register.problems
    } & {
        "whereabouts",
        "person_named",
    }


@pytest.mark.parametrize("made", FORMS)
def test_without_its_place_it_is_taken_as_protected(made: Made) -> None:
    (project,) = _read(*made("none", "")).projects
    assert project.is_sensitive and project.provider_name == PROVIDER


def test_a_refused_entry_goes_back_without_its_place() -> None:
    for made in FORMS:
        file, data = made("provider", WHEREABOUTS[0])
        register = _read(file, data)
        back, _ = refused_entries_of(register, data, file)
        assert WHEREABOUTS[0].encode() not in back


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small country whose register holds one refuge of each form, under a region of that country."""
    folder = tmp_path_factory.mktemp("imports")
    projects: list[Project] = []
    for at, made in enumerate(FORMS):
        (project,) = _read(*made("address", WHEREABOUTS[0])).projects
        projects.append(
            replace(
                project,
                project_id=f"CANARY-{at}",
                la_code=None,
                region_code=None,
                area_codes=(REGIONS[0],),
            )
        )
    intake = random_intake(3, 20)
    intake.projects += projects
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(folder))
        told: list[str] = []
        builder.build(
            intake,
            builds.settings().with_changes(draws=10),
            "imports",
            lambda *step: told.append(repr(step)),
        )
    assert PROVIDER not in "".join(told)
    return folder


def test_who_runs_it_is_in_nothing_that_the_public_reads(
    served: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(served))
    forget_answers()
    for name in FORMATS:
        with reading_as(Scope(on=DAY)):
            written = export(name, tmp_path / name, "cy")
        whole = b"".join(path.read_bytes() for path in written)
        assert PROVIDER.encode() not in whole, name
        assert b"CANARY-" not in whole, name
    forget_answers()
    out, err = capfd.readouterr()
    assert PROVIDER not in out + err + caplog.text
    (file,) = served.rglob("clearlink.duckdb")
    every = _rows_of(file, everything())
    assert PROVIDER in every and WHEREABOUTS[0] not in every
    assert PROVIDER not in _rows_of(file, Scope(on=DAY))


def _rows_of(file: Path, scope: Scope) -> str:
    """Every row of every view that somebody of that scope reads."""
    cursor = connection.warehouse(file).cursor(scope)
    names = cursor.execute(
        "select view_name from duckdb_views() where schema_name = 'seen'"
    ).fetchall()
    face = "whole" if scope.sees_all else "seen"
    return "\n".join(
        repr(cursor.execute(f'from memory.{face}."{name}"').fetchall())
        for (name,) in names
        if name not in ITS_OWN
    )
