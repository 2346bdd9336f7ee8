"""Every file of `shared/cases` through the desk's own way of reading, in English and Cymraeg: the value it
gives, or the refusal a person reads.

The page calls `try_register`; here its child runs in this process, and no verdict is tried (they have their
own tests), so that all the files together cost a few seconds.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from clearlink import words
from clearlink.command import main
from clearlink.commands import desk_report
from clearlink.review.roles import local_viewer
from etl.records import Register
from pages.desk import data_tables, load_desk, register_desk, trial_view
from pages.desk.load_desk import Tried, try_register
from pages.desk.problem_words import problem_words
from pages.frame.speech import Speech

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
STEWARD = local_viewer("the test")
RCT, CAERPHILLY, MON, GWYNEDD = (
    "W06000016",
    "W06000018",
    "W06000001",
    "W06000002",
)
NOT_A_FILE = (".md", ".py")
pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not on this machine"
)


class Right(NamedTuple):
    """What a file gives: rows accepted and refused, £ a year of those accepted, the authority or region of
    those that have one, and what is said of it (codes, each once).
    """

    accepted: int
    refused: int
    gbp: float
    place: str | None
    said: str = ""


RIGHT = {
    "amounts_note_above.csv": Right(2, 0, 1_334_500, RCT, "unit_thousands"),
    # the 16 that are no plain sum of pounds are refused; £3 billion is asked about
    "amounts_odd.csv": Right(
        8,
        16,
        3_001_424_000,
        RCT,
        "amount_negative amount_not_a_number amount_unlike_others "
        "amount_very_large cell_means_nothing_given",
    ),
    "amounts_thousands.csv": Right(
        2, 0, 169_000, RCT, "amount_in_pounds unit_thousands"
    ),
    "areas_many.csv": Right(
        36,
        6,
        360_000,
        RCT,
        "area_elsewhere area_outside_wales area_recoded area_unknown "
        "word_not_matched",
    ),
    "areas_ward_names.csv": Right(6, 0, 60_000, RCT, "word_not_matched"),
    "council_a_rct.csv": Right(2, 0, 20_000, RCT),
    "council_b_caerphilly.csv": Right(1, 0, 10_000, CAERPHILLY),
    "dates_excel_default.csv": Right(3, 0, 30_000, RCT, "end_open short_year"),
    "dates_odd.csv": Right(
        11,
        1,
        110_000,
        RCT,
        "date_unreadable end_open extension_not_counted financial_year "
        "length_in_end month_only short_year",
    ),
    "dates_us.csv": Right(3, 0, 30_000, RCT, "month_first"),
    "enc_cp1252_c1.csv": Right(0, 1, 0, None, "cell_letters_lost"),
    "enc_mixed_one_byte.csv": Right(0, 1, 0, None, "cell_letters_lost"),
    "enc_utf16.csv": Right(1, 0, 10_000, MON),
    "enc_utf8_bom_semicolon.csv": Right(1, 0, 10_000, MON),
    "enc_utf8_nobom.csv": Right(1, 0, 10_000, MON),
    "g360_council_vcse.csv": Right(2, 0, 5_294.63, GWYNEDD),
    "g360_datetimes.json": Right(1, 1, 10_000, None, "date_unreadable"),
    "g360_duration_only.json": Right(2, 0, 30_000, None, "length_not_known"),
    "g360_individual.csv": Right(0, 0, 0, None, "grants_to_people"),
    "g360_individual.json": Right(0, 0, 0, None, "grants_to_people"),
    "g360_multi_sheet.xlsx": Right(1, 0, 10_000, None),
    "g360_negative.json": Right(1, 1, 10_000, None, "amount_negative"),
    "g360_postcode_terminated.json": Right(
        6,
        0,
        60_000,
        None,
        "location_not_found place_read_as placed_by_recipient",
    ),
    "g360_regrant.json": Right(2, 0, 200_000, None, "possible_onward_grant"),
    "g360_text.json": Right(2, 0, 20_000, None, "text_put_right"),
    "g360_two_currencies.json": Right(
        5, 0, 30_000, None, "currency_not_pounds"
    ),
    "g360_two_places.csv": Right(1, 0, 10_000, None),
    "g360_two_places.json": Right(1, 0, 10_000, None),
    "g360_zero.json": Right(2, 0, 10_000, None, "amount_not_given"),
    "ocds_award_per_lot.json": Right(1, 0, 100_000, GWYNEDD),
    "ocds_award_zero.json": Right(
        1, 0, 100_000, GWYNEDD, "amount_from_elsewhere"
    ),
    "ocds_cancelled_award.json": Right(1, 0, 90_000, GWYNEDD),
    "ocds_cancelled_tender.json": Right(
        3, 0, 300_000, GWYNEDD, "never_bought only_planned"
    ),
    "ocds_elsewhere_without_region.json": Right(
        0, 0, 0, None, "entries_outside_wales"
    ),
    "ocds_frame.json": Right(1, 0, 100_000, GWYNEDD, "framework_ceiling"),
    "ocds_postcode_delivery.json": Right(
        1, 0, 100_000, GWYNEDD, "location_not_found"
    ),
    "old_format.xls": Right(1, 0, 10_000, RCT),
    "oruk_geojson_extent.json": Right(
        1, 0, 0, None, "commissioner_not_stated location_not_found"
    ),
    "oruk_no_place.json": Right(0, 0, 0, None, "entries_outside_wales"),
    "oruk_page_1_of_9.json": Right(
        1, 0, 0, None, "commissioner_not_stated feed_page"
    ),
    "oruk_v1_content.json": Right(1, 0, 0, None, "commissioner_not_stated"),
    "refs_repeated_lots.csv": Right(2, 0, 22_000, RCT, "lot_of_a_contract"),
    "same_contract_ocds.json": Right(1, 0, 100_000, RCT),
    "same_contract_register.csv": Right(1, 0, 100_000, RCT),
    "same_numbers_caerphilly.csv": Right(3, 0, 60_000, CAERPHILLY),
    "same_numbers_rct.csv": Right(3, 0, 30_000, RCT),
    "spend_by_client_group.csv": Right(0, 0, 0, None, "mapping_incomplete"),
    "spend_over_500.csv": Right(0, 0, 0, None, "list_of_payments"),
    "text_odd.csv": Right(
        5,
        3,
        40_000,
        RCT,
        "cell_means_nothing_given formula required_blank text_long",
    ),
    "text_odd2.csv": Right(
        7,
        2,
        50_000,
        RCT,
        "cell_means_nothing_given formula reference_made required_blank",
    ),
    "tpl_area_names.csv": Right(
        7, 5, 7_000, RCT, "area_elsewhere area_unknown"
    ),
    "tpl_undated.csv": Right(1, 0, 999_999, RCT),
    "tpl_v1.csv": Right(4, 0, 40_000, RCT),
    "tpl_v2.csv": Right(3, 0, 40_000, RCT),
    "tpl_v2_hash_later.csv": Right(3, 0, 40_004, RCT),
    "xlsx_hidden_rows.xlsx": Right(3, 0, 30_000, RCT, "rows_hidden"),
    "xlsx_hidden_sheet.xlsx": Right(1, 0, 10_000, RCT, "sheets_hidden"),
    # sums by year: none is chosen for anybody
    "xlsx_two_level_header.xlsx": Right(0, 0, 0, None, "money_by_year"),
    "xlsx_two_visible_sheets.xlsx": Right(2, 0, 20_000, RCT, "sheets_not_read"),
}


@pytest.fixture(scope="module", autouse=True)
def _child_in_this_process(sample_data: Path) -> Iterator[None]:
    """The command that the desk starts, with its own arguments, in this process."""

    def run(
        arguments: list[str], _seconds: int
    ) -> subprocess.CompletedProcess[bytes]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main(arguments)
        return subprocess.CompletedProcess(
            arguments, code, out.getvalue().encode()
        )

    def untried(read: Register, _folder: Path) -> list[dict[str, Any]]:
        return [{"project_id": p.project_id} for p in read.projects]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(sample_data))
        patch.setattr(load_desk, "_child", run)
        patch.setattr(desk_report, "tried_verdicts", untried)
        patch.setattr(
            desk_report,
            "served_directory",
            cache(desk_report.served_directory),
        )
        yield


@cache
def on_the_desk(name: str) -> Tried:
    """The file as the desk reads it; where it asks about columns, a person confirms them as they stand."""
    data = (CASES / name).read_bytes()
    looked = try_register(data, name, STEWARD)
    shown = looked.mapping
    if not shown:
        return looked
    confirmed = register_desk._as_shown(shown) | {
        "day_order": shown["day_order"]
    }
    return try_register(data, name, STEWARD, confirmed)


def told(problems: Sequence[dict[str, Any]]) -> str:
    return " ".join(sorted({p["code"] for p in problems}))


def test_no_file_is_left_out() -> None:
    held = {p.name for p in CASES.iterdir() if p.suffix not in NOT_A_FILE}
    assert held == set(RIGHT)


@pytest.mark.parametrize("name", RIGHT)
def test_each_gives_its_value_or_its_refusal(name: str) -> None:
    tried = on_the_desk(name)
    assert tried.trouble is None
    gbp = sum(v["annual_value_gbp"] or 0 for v in tried.verdicts)
    (place,) = {v["place"] for v in tried.verdicts} or {None}
    assert (
        Right(
            tried.accepted,
            tried.refused,
            round(gbp, 2),
            place,
            told(tried.problems),
        )
        == RIGHT[name]
    )


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_kept_file_is_named_as_it_was_given(
    lang: words.Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        data_tables,
        "table",
        lambda rows, *_, **__: shown.extend(row["file"] for row in rows),
    )
    monkeypatch.setattr(data_tables, "carry_away", lambda *_: None)
    plain = {"severity": "refused", "place": "", "code": "", "found": ""}
    data_tables.problem_table(
        Speech(lang),
        [
            {**plain, "file": name, "expected": "", "remedy": ""}
            for name in ("0a1b2c3d-cofrestr.csv", "2024-25.csv", "abc.xlsx")
        ],
    )
    assert shown == ["cofrestr.csv", "2024-25.csv", "abc.xlsx"]


def banner(say: Speech, tried: Tried) -> str:
    """The sentence that stands over the answer."""
    reasons = trial_view.refused_whole(tried)
    if reasons:
        return trial_view._refusal(say, reasons)
    return trial_view._report(say, tried)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(
    "name", [n for n, right in RIGHT.items() if not right.accepted]
)
def test_a_file_that_is_refused_whole_says_so_and_why(
    name: str, lang: words.Lang
) -> None:
    tried, say = on_the_desk(name), Speech(lang)
    shown = banner(say, tried)
    rows = say("data.desk.report", n=0, refused=tried.refused)
    refused = [p for p in tried.problems if p["severity"] == "refused"]
    if tried.refused or not refused:
        assert shown.startswith(rows)
        return
    assert rows not in shown
    assert problem_words(say, refused[0])["remedy"] in shown


@pytest.mark.parametrize("name", RIGHT)
def test_each_is_said_in_both_languages(name: str) -> None:
    tried = on_the_desk(name)
    said = {lang: Speech(lang) for lang in words.LANGUAGES}
    reports = {banner(say, tried) for say in said.values()}
    assert len(reports) == 2
    for problem in tried.problems:
        assert problem["code"], "a sentence of a closed list, in any language"
        english, welsh = (problem_words(s, problem) for s in said.values())
        # what was found may be the cell itself, which is of one language
        assert english["expected"] != welsh["expected"], problem["code"]
        if problem["severity"] == "refused":
            assert english["remedy"] != welsh["remedy"], problem["code"]
