"""Bodies and grants that every build holds have Welsh names: a Welsh page wrote them in English alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearlink.report.voice import Voice
from clearlink.warehouse import reader
from clearlink.words.published_names import in_welsh

# trusts and charities whose one name is English
OWN_NAMES = ("Foundation", "Trust")


@pytest.fixture(autouse=True)
def _on_sample(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


def test_what_papers_print_has_a_welsh_name() -> None:
    places = {
        row["name_en"].casefold(): row["name_cy"]
        for row in reader.place_rows().values()
    }
    printed = {
        *(r["grant_name"] for r in reader.allocations()),
        *(a["body"] for a in reader.answer("export_assessment")),
        *(
            r["commissioner"]
            for r in reader.projects()
            if not r["la_code"]
            and not r["is_illustrative"]
            and not str(r["commissioner"]).endswith(OWN_NAMES)
        ),
    }
    unknown = {
        name
        for name in printed
        if name.casefold() not in places and in_welsh(name, places) is None
    }
    assert unknown == set()


def test_a_welsh_page_writes_the_welsh_name_and_any_other_as_it_is() -> None:
    assert Voice("cy").printed("Flying Start") == "Dechrau’n Deg"
    assert Voice("en").printed("Flying Start") == "Flying Start"
    assert Voice("cy").printed("Nobody’s Fund") == "Nobody’s Fund"
    assert Voice("cy").printed("Conwy Council") == "Cyngor Conwy"
    assert Voice("cy").printed(None) == "—"
