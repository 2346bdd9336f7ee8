"""What is wrong in a return, a list of clusters, a plan or its actions is told by the command: the file, the
row and what to do, in the language asked for, and no count of people is repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from clearlink.command import main
from clearlink.words import LANGUAGES, Lang
from clearlink.words.problems import problem_words
from tests.registers import RCT

RETURNS: Final = f"""programme,measure,area_code,period,value,part
taf,taf_closed,{RCT},2031-32 Q1,40,
taf,taf_stepped_up,{RCT},2031-32 Q1,4177,
taf,taf_referred,{RCT},2031-32 Q2,120,
taf,taf_referred,{RCT},2031/32 q2,130,
taf,ff_jaff,{RCT},2031-32,120,
communities_first,cf_weight,W01001274,2016-17,1.2,Cwm
housing_support_grant,hs_hourly_cost,{RCT},2031-32,£0,
housing_support_grant,hs_hourly_cost,{RCT},2032-33,"£9,999",
ifss,ifss_referred,W01001274,2031-32,20,
"""
PLANS: Final = f"""plan_id,kind,body,area_code,title,valid_from,valid_to,assessment_id
NEW-1,action_plan,A council,{RCT},A plan,2026-04-01,2025-03-31,
"""
ACTIONS: Final = """action_id,plan_id,priority_id,what,who,by_when,state,for_children
NEW-A1,CY23P-01,CY23-01-P02,Open a group,A council,2031-01-01,started,no
NEW-A2,NO-PLAN,CY23-01-P02,Open a group,A council,2026-01-01,started,no
"""
# text of the file → row → what is said of it
TOLD: Final = {
    RETURNS: {
        3: "return_over_whole",
        5: "duplicate_key",
        6: "measure_of_another",
        7: "return_out_of_bounds",
        8: "return_out_of_bounds",
        9: "return_out_of_bounds",
        10: "return_level",
    },
    PLANS: {2: "end_before_start"},
    ACTIONS: {2: "action_after_plan", 3: "plan_unknown"},
}


@pytest.fixture(scope="module")
def served(sample_data: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(sample_data))
        yield


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", TOLD, ids=["returns", "plans", "actions"])
def test_each_line_is_told_with_its_file_row_and_what_to_do(
    text: str,
    lang: Lang,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "given.csv"
    path.write_text(text, encoding="utf-8")
    asked = ["import", str(path), "--dry-run"]
    main([*asked, "--json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    of_rows = {p["row_no"]: p for p in problems if p["row_no"]}
    assert {row: p["code"] for row, p in of_rows.items()} == TOLD[text]
    main([*asked, "--lang", lang])
    told = capsys.readouterr().err
    lines = told.splitlines()
    for row, problem in of_rows.items():
        facts = json.loads(problem["facts"])
        remedy = problem_words(problem["code"], facts, lang).remedy
        assert any(
            "given.csv" in line and f" {row}," in line and remedy in line
            for line in lines
        ), (row, problem["code"], lines)
    assert "4177" not in told
