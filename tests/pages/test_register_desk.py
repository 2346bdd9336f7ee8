"""The steward's desk: a spreadsheet nobody has seen before goes from upload to verdicts and into the
build, on screen.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import textwrap
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import folders, words
from clearlink.commands import desk_report
from clearlink.review.roles import local_viewer
from clearlink.warehouse import reader
from etl.pipeline.builds import SAMPLE_REGISTERS, current_directory
from etl.pipeline.register import read_register_set
from etl.pipeline.trial import tried_verdicts
from etl.records import Register, Severity
from etl.sources.registers.register_problems import problem
from pages.desk.load_desk import try_register
from tests.patience import PATIENCE_S
from tests.registers import csv_of, row
from tests.spreadsheets import ROWS, unseen_workbook

PROJECT = Path(__file__).parents[2]
STEWARD = local_viewer("the test")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MON = "W06000001"


@pytest.fixture
def ours(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A data folder of this test's own with the sample served in it."""
    folder = tmp_path / "data"
    shutil.copytree(sample_data / "built", folder / "built")
    monkeypatch.setenv("CLEARLINK_DATA", str(folder))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> AppTest:
    """The page of data and method with nothing in the box."""
    (tmp_path / "pages").symlink_to(PROJECT / "pages", target_is_directory=True)
    entry = tmp_path / "enter.py"
    entry.write_text(
        "import streamlit as st\nst.navigation([st.Page('pages/data_and_method.py')]).run()\n",
        encoding="utf-8",
    )
    return AppTest.from_file(str(entry), default_timeout=PATIENCE_S)


def opened(
    desk: AppTest, lang: str, data: bytes, name: str = "cofrestr ynys.xlsx"
) -> AppTest:
    desk.query_params["lang"] = lang
    desk.run()
    desk.file_uploader[0].set_value((name, data, XLSX))
    return desk.run()


def box(desk: AppTest, starts: str):  # type: ignore[no-untyped-def]
    return next(
        b
        for b in desk.selectbox
        if re.sub(r"\\(.)", r"\1", b.label).startswith(starts)
    )


def button(desk: AppTest, key: str):  # type: ignore[no-untyped-def]
    return next(b for b in desk.button if b.key == key)


def counts(desk: AppTest, lang: words.Lang) -> dict[str, int]:
    frame = next(
        f.value
        for f in desk.dataframe
        if words.say(lang, "desk.col.at_decision") in f.value
    )
    return dict(
        zip(
            frame[words.say(lang, "desk.col.verdict")],
            frame[words.say(lang, "desk.col.at_decision")],
            strict=True,
        )
    )


def said(desk: AppTest) -> str:
    return re.sub(
        r"\\(.)",
        r"\1",
        " ".join(
            str(e.value)
            for kind in (
                "markdown",
                "caption",
                "success",
                "warning",
                "error",
                "info",
            )
            for e in getattr(desk, kind)
        ),
    )


def test_from_upload_to_the_build_and_remembered_for_the_next_file(
    ours: Path, desk: AppTest
) -> None:
    opened(desk, "cy", unseen_workbook())
    assert not desk.exception
    assert (
        box(desk, "B · Gweithgaredd").value == "title"
        and box(desk, "D · Cychwyn").value == "start"
    )
    assert (
        box(desk, "I · Math").value == "tier"
        and box(desk, "J · Swyddog").value == ""
    )
    assert (
        "45383 = 2024-04-01" in said(desk)
        and "rhes 4" in said(desk)
        and "Cyfanswm" in said(desk)
    )
    assert (
        box(desk, words.say("cy", "desk.map.fixed_commissioner")).value == MON
    )
    button(desk, "desk_confirm").click()
    desk.run()
    assert sum(counts(desk, "cy").values()) == 3
    assert words.say("cy", "data.desk.report", n=3, refused=1) in said(desk)
    # a word nobody knows is asked about beside the columns, and a changed answer asks for the rows anew
    box(
        desk,
        words.say("cy", "desk.map.word", text="Rhywun", column="grŵp targed"),
    ).set_value("ff_young_carers")
    desk.run()
    button(desk, "desk_confirm").click()
    desk.run()
    assert (
        not (ours / "mappings").exists() and not (ours / "registers").exists()
    )
    button(desk, "desk_publish").click()
    desk.run()
    assert not desk.exception and words.say(
        "cy", "data.desk.published"
    ) in said(desk)
    served = reader.project("103")
    assert served is not None and (
        served["la_code"],
        served["target_group"],
        served["annual_value_gbp"],
    ) == (
        MON,
        "ff_young_carers",
        12500.0,
    )
    (kept,) = (ours / "registers").glob("*.csv")
    assert kept.name.endswith(
        "-cofrestr ynys.csv"
    ) and "N. Swyddog" not in kept.read_text(encoding="utf-8")

    # the next file with these names: its columns are known, who commissions is asked again, and which edition
    # stands is not chosen for anybody
    opened(
        desk,
        "cy",
        unseen_workbook(
            [
                *ROWS[:2],
                [
                    105,
                    "Prosiect newydd sbon",
                    "X",
                    45383,
                    46477,
                    "£1,000",
                    "Sir gyfan",
                    "Rhywun",
                    "Dwys",
                    "",
                ],
            ]
        ),
    )
    assert words.say("cy", "desk.map.remembered_lead") in said(desk)
    button(desk, "desk_confirm").click()
    desk.run()
    assert words.say("cy", "data.desk.report", n=3, refused=0) in said(desk)
    assert words.say(
        "cy", "desk.replaces_gone", titles="Chwarae i blant anabl"
    ) in said(desk)
    assert [r.value for r in desk.radio if r.key.startswith("replaces_")] == [
        None
    ]
    assert button(desk, "desk_publish").disabled


def test_a_column_taken_twice_or_nobody_who_commissions_is_said_before_anything_is_read(
    ours: Path, desk: AppTest
) -> None:
    opened(desk, "en", unseen_workbook())
    box(desk, "C · Cyflenwr").set_value("title")
    desk.run()
    assert words.say(
        "en", "desk.map.twice", column="title", letters="B, C"
    ) in said(desk)
    assert not [b for b in desk.button if b.key == "desk_confirm"]
    box(desk, "C · Cyflenwr").set_value("")
    box(desk, words.say("en", "desk.map.fixed_commissioner")).set_value("")
    desk.run()
    assert words.say("en", "desk.map.missing", columns="commissioner") in said(
        desk
    )


def test_the_template_is_tried_without_a_question_and_its_verdicts_shown(
    ours: Path, desk: AppTest
) -> None:
    opened(
        desk,
        "en",
        csv_of(
            [row(project_id="T-1"), row(project_id="T-2", end="2020-01-01")]
        ),
        "register.csv",
    )
    assert sum(counts(desk, "en").values()) == 1
    assert words.say("en", "data.desk.report", n=1, refused=1) in said(desk)
    assert words.say("en", "data.desk.to_mend") in [
        b.label for b in desk.get("download_button")
    ]


def test_verdicts_tried_are_those_of_the_build_to_the_last_one(
    ours: Path, tmp_path: Path
) -> None:
    names = [
        name for name in SAMPLE_REGISTERS if (folders.SAMPLE / name).exists()
    ]
    read = read_register_set(
        [(folders.SAMPLE / name, name) for name in names], current_directory()
    )
    whole = Register(
        "all",
        projects=[p for r in read for p in r.projects],
        citations=[c for r in read for c in r.citations],
    )
    tried = tried_verdicts(whole, tmp_path)
    with reader.reading_as(reader.everything()):
        served = {
            t["project_id"]: reader.project_verdicts(t["project_id"])
            for t in tried
        }
    parts = ("verdict", "reason", "confidence")
    assert len(tried) == 2 * len(whole.projects) > 1_000
    assert [
        t
        for t in tried
        if any(
            t[part] != served[t["project_id"]][t["basis"]][part]
            for part in parts
        )
    ] == []


def test_a_project_of_another_register_is_refused_before_it_is_published(
    ours: Path,
) -> None:
    taken = reader.projects()[0]["project_id"]
    tried = try_register(
        csv_of([row(project_id=taken), row(project_id="T-1")]), "x.csv", STEWARD
    )
    assert (tried.accepted, tried.refused) == (1, 0) and [
        p["code"] for p in tried.problems
    ] == ["project_in_other_file"]


def test_refused_grants_come_back_as_grants(ours: Path) -> None:
    def grant(number: int, **more: object) -> dict[str, object]:
        plain = {
            "id": f"360G-x-{number}",
            "title": "Clwb",
            "description": "d",
            "currency": "GBP",
            "amountAwarded": 5000,
            "awardDate": "2024-04-01",
            "plannedDates": [
                {"startDate": "2024-04-01", "endDate": "2025-03-31"}
            ],
            "beneficiaryLocation": [{"geoCode": "W06000015"}],
            "recipientOrganization": [{"id": "GB-CHC-1", "name": "R"}],
            "fundingOrganization": [
                {"id": "GB-LAE-CRF", "name": "Cardiff Council"}
            ],
        }
        return {**plain, **more}

    package = {
        "version": "1.4",
        "license": "x",
        "grants": [
            grant(1),
            grant(
                2,
                plannedDates=[
                    {"startDate": "2024-04-01", "endDate": "2023-03-31"}
                ],
            ),
            grant(3, title=""),
        ],
    }
    for lang in words.LANGUAGES:
        tried = try_register(
            json.dumps(package).encode(), "grants.json", STEWARD, None, lang
        )
        assert (tried.accepted, tried.refused, tried.mend_kind) == (
            1,
            2,
            "json",
        )
        back = json.loads(tried.to_mend)
        assert (back["version"], [g["id"] for g in back["grants"]]) == (
            "1.4",
            ["360G-x-2", "360G-x-3"],
        )
        assert all(g["clearlink_what_to_fix"] for g in back["grants"])
    back["grants"][0]["plannedDates"][0]["endDate"] = "2025-03-31"
    back["grants"][1]["title"] = "Clwb arall"
    assert (
        mended := try_register(
            json.dumps(back).encode(), "grants.json", STEWARD
        )
    ).refused == 0 and mended.accepted == 2


def test_refused_rows_of_a_spreadsheet_are_in_the_template_and_load_when_mended(
    ours: Path,
) -> None:
    offered = try_register(unseen_workbook(), "x.xlsx", STEWARD).mapping
    assert offered is not None
    tried = try_register(unseen_workbook(), "x.xlsx", STEWARD, offered)
    rows = list(csv.reader(io.StringIO(tried.to_mend.decode("utf-8-sig"))))
    assert len(rows) == 2 and "Clwb sy’n dod i ben cyn dechrau" in rows[1]
    mended = try_register(
        tried.to_mend.replace(b"2023-04-01", b"2025-04-01"),
        "rows-to-mend.csv",
        STEWARD,
    )
    assert (mended.accepted, mended.refused) == (1, 0)


def test_nothing_that_was_uploaded_is_left_on_the_disk(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    assert try_register(unseen_workbook(), "x.xlsx", STEWARD).mapping
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_name_that_several_places_bear_is_a_choice_of_them_and_codes_may_be_typed(
    ours: Path, lang: words.Lang
) -> None:
    codes = ["W06000016", "W06000015"]
    told = problem(
        "word_not_matched",
        "c.csv",
        severity=Severity.WARNING,
        column="area_codes",
        found="“Y Dref”",
        nearest="; ".join(
            f"{code} (Y Dref, WD24, Somewhere)" for code in codes
        ),
    )
    (asked,) = desk_report._unmatched([told])
    assert asked == {
        "column": "area_codes",
        "text": "Y Dref",
        "offered": ";".join(codes),
    }
    script = f"""
        import streamlit as st
        from pages.desk.mapping_desk import _place
        from pages.frame.speech import Speech

        st.code(_place(Speech({lang!r}), "Y Dref", {asked["offered"]!r}, "box") or "nothing")
        """
    page = AppTest.from_string(
        textwrap.dedent(script), default_timeout=PATIENCE_S
    ).run()
    assert not page.exception and page.code[0].value == "nothing"
    assert [
        option.rpartition(", ")[2] for option in page.selectbox[0].options
    ] == [f"{c})" for c in codes]
    page.selectbox[0].select_index(1).run()
    assert page.code[0].value == codes[1]
