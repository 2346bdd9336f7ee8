"""What README says of adding a dataset, followed to the letter: one entry, one file of columns, and no
code.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clearlink import folders
from etl.fetch import snapshots
from etl.fetch.fetch import Outcome, fetch
from etl.fetch.web_site import WebSite
from etl.sources import formats
from etl.sources.catalogue import DESCRIBED_FORMATS, Role, load_sources

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))
from publisher import Fault, publishing

ENTRY = """
[defaults]
licence = "Open Government Licence v3.0"
slow_moving = false
role = "load"

[[source]]
source_id = "homes_energy"
title_en = "Energy rating of homes"
title_cy = "Sgôr ynni cartrefi"
publisher = "Welsh Government"
attribution = "Source: Welsh Government. Public sector information under the Open Government Licence v3.0."
landing_page = "https://stats.gov.wales/en-GB/8c4e387a-d221-4a24-9fd4-50bdaacbe273"
edition = "2025"
published = 2025-11-27
reference_end = 2025-11-27
format = "statswales_raw_extended"
area_type = "LSOA21"
url = "{address}/v1/8c4e387a/download/csv?view=raw_extended"
[source.options]
about_url = "{address}/v1/8c4e387a"
dimensions = ["description", "area", "area_name", "indicator"]
skip_authorities = true
only_listed = true
"""
EXCERPT = "needs/statswales-8c4e387a-housing-raw_extended-excerpt.csv"


@pytest.mark.mirror
def test_one_entry_and_its_columns_load_a_dataset(
    mirror: Path, tmp_path: Path, data_dir: Path
) -> None:
    published = (mirror / EXCERPT).read_bytes()
    with publishing() as at:
        at.fail("download", Fault(body=published), Fault(body=published))
        (tmp_path / "sources.toml").write_text(
            ENTRY.replace("{address}", at.address), encoding="utf-8"
        )
        site = WebSite(pause=lambda _: None)
        # first contact: the entry alone brings the file and says what it holds
        source = load_sources(tmp_path)["homes_energy"]
        assert (
            fetch(
                [source],
                None,
                data_dir,
                site=site,
                now=datetime(2026, 11, 1, tzinfo=UTC),
            )
            .sources[0]
            .outcome
            is Outcome.FETCHED
        )
        good = snapshots.newest_good(data_dir, "homes_energy")
        assert good is not None
        [said] = formats.read(source, good[1]).problems
        assert "“Average”" in said.found and "= epc”" in said.found
        # then one file of columns, with the references that it named
        (tmp_path / "columns").mkdir()
        (tmp_path / "columns" / "homes_energy.csv").write_text(
            "table,found,indicator_id,unit,low,high,mean_low,mean_high\n,Average|"
            "epc,home_energy_rating,,1,120,,\n",
            encoding="utf-8",
        )
        read = formats.read(load_sources(tmp_path)["homes_energy"], good[1])
    rows = published.decode("utf-8-sig").splitlines()[1:]
    assert (read.rows_read, len(read.observations), read.problems) == (
        87,
        87,
        [],
    )
    first = read.observations[0]
    assert (first.area_code, first.value, first.period) == (
        "W01000003",
        float(rows[0].split(",")[0]),
        "2025",
    )


def test_entries_without_columns_are_those_that_can_be_described() -> None:
    loaded = [
        s
        for s in load_sources().values()
        if s.role in (Role.LOAD, Role.CROSS_CHECK) and not s.columns
    ]
    assert {
        s.format
        for s in loaded
        if s.format in DESCRIBED_FORMATS
        or s.format.startswith(("area_", "boundary"))
    } == {s.format for s in loaded}
    assert len([s for s in loaded if s.awaits_columns]) >= 20


def test_every_service_has_its_paging_and_its_own_address() -> None:
    for source in load_sources().values():
        if source.format in ("statswales_v2", "nomis_csv", "wfs_features"):
            assert source.option("paging"), source.source_id
        if (
            source.format == "statswales_raw_extended"
            and not source.mirror_path
        ):
            assert source.option("about_url") and source.option(
                "about_url"
            ) in (source.url or ""), source.source_id


def test_every_indicator_of_the_columns_is_in_the_catalogue() -> None:
    known = {
        line.split(",")[0]
        for line in (folders.CATALOGUE / "indicators.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    }
    for source in load_sources().values():
        assert {c.indicator_id for c in source.columns} <= known, (
            source.source_id
        )
