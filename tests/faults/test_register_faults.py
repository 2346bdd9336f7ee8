"""Planted faults in a register: each is refused at its own cell, in words, and nothing of the row is
loaded.
"""

from __future__ import annotations

import csv
import io

import pytest

from etl.pipeline.register import (
    file_label,
    read_register,
    read_register_set,
    refused_rows_csv,
)
from etl.records import Register, Severity, SourceProblem
from tests.registers import COLUMNS, csv_of, directory, found, read, row

BAD_CELLS = [
    ("start", "31/02/2024", "date_impossible"),
    ("start", "2023-02-29", "date_impossible"),
    ("start", "12/31/2024", "date_impossible"),
    ("start", "03/04/05", "date_two_digit_year"),
    ("start", "1/4/24", "date_two_digit_year"),
    ("start", "April 2024", "date_unreadable"),
    ("start", "45382", "date_unreadable"),
    ("start", "1066-10-14", "date_out_of_range"),
    ("end", "2020-01-01", "end_before_start"),
    ("annual_value_gbp", "-500", "amount_negative"),
    ("annual_value_gbp", "(500)", "amount_negative"),
    ("annual_value_gbp", "£-1,500.00", "amount_negative"),
    ("annual_value_gbp", "£1.2m", "amount_not_a_number"),
    ("annual_value_gbp", "1.234,50", "amount_not_a_number"),
    ("annual_value_gbp", "12,34", "amount_not_a_number"),
    ("annual_value_gbp", "１２", "amount_not_a_number"),
    ("annual_value_gbp", "1e3", "amount_not_a_number"),
    ("capacity", "2.5", "count_not_whole"),
    ("capacity", "about 20", "count_not_whole"),
    ("area_codes", "E01000001", "area_outside_wales"),
    ("area_codes", "S12000036", "area_outside_wales"),
    ("area_codes", "N09000003", "area_outside_wales"),
    ("area_codes", "W01999999", "area_unknown"),
    ("area_codes", "w01001274", "area_unknown"),
    ("area_codes", "WO1001274", "area_unknown"),
    ("area_codes", "Narnia", "area_unknown"),
    ("area_codes", "W06000017", "area_retired"),
    ("commissioner", "Bristol", "commissioner_unknown"),
    ("commissioner", "", "required_blank"),
    ("title", "", "required_blank"),
    ("project_id", "", "required_blank"),
    ("programme", "Famlies First", "choice_unknown"),
    ("theme", "happiness", "choice_unknown"),
    ("target_group", "Everybody", "target_group_unknown"),
    ("tier", "deep", "choice_unknown"),
    ("delivery_model", "online", "choice_unknown"),
    ("is_illustrative", "perhaps", "choice_unknown"),
    ("users_by_area", "W01001274:25", "users_unreadable"),
    ("users_by_area", "W01001274=25;W01001274=3", "users_unreadable"),
    ("users_by_area", "W01000924=25", "area_retired"),
    ("title", "Par\x07enting", "control_characters"),
    ("title", "Par\u202eenting", "control_characters"),
    ("title", "Par\x0benting", "control_characters"),
    ("outcomes", "Fewer\x0cchildren", "control_characters"),
    ("title", "\u200b\u200d\u2060", "text_invisible"),
    ("title", "\u3164", "text_invisible"),
    ("title", "x" * 301, "text_long"),
    ("project_id", "x" * 61, "text_long"),
    ("project_id", "../../etc/passwd", "id_unsafe"),
    ("project_id", "..\\windows", "id_unsafe"),
    ("project_id", "/etc", "id_unsafe"),
    ("project_id", "<script>", "id_unsafe"),
    ("source_url", "javascript:alert(1)", "address_unsafe"),
    ("source_url", "  JavaScript :alert(1)", "address_unsafe"),
    ("source_url", "data:text/html,x", "address_unsafe"),
    ("source_url", "file:///etc/passwd", "address_unsafe"),
]


@pytest.mark.parametrize(("column", "text", "code"), BAD_CELLS)
def test_a_bad_cell_is_refused_where_it_stands(
    column: str, text: str, code: str
) -> None:
    register = read(row(**{column: text}))
    assert found(register) == [(2, column, code)]
    assert register.projects == [] and register.citations == []
    (problem,) = register.problems
    assert (
        problem.severity is Severity.REFUSED
        and problem.expected
        and problem.remedy
    )


def test_near_misses_and_successors_are_named() -> None:
    def remedy(**cells: str) -> str:
        (problem,) = read(row(**cells)).problems
        return problem.expected + problem.remedy

    assert "Families First" in remedy(programme="Famlies First")
    assert "W06000024" in remedy(area_codes="W06000017")
    assert "W01001274" in remedy(area_codes="WO1001274")
    assert "W01002201, W01002202" in remedy(users_by_area="W01000924=25")
    assert "Cardiff" in remedy(commissioner="Cardif")


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "﹦1",
    "\u200b=1+1",
    "\ufeff=1+1",
    '=HYPERLINK("x")',
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "− 5",
]
TEXT_COLUMNS = [
    "project_id",
    "title",
    "provider_name",
    "outcomes",
    "quotation",
    "approver",
    "source_ref",
    "recorded_by",
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_formulas_are_refused_in_any_text(column: str, text: str) -> None:
    register = read(row(**{"priority_id": "P", column: text}))
    assert (2, column, "formula") in found(register)
    assert register.projects == []


@pytest.mark.parametrize(
    "column",
    [
        "annual_value_gbp",
        "start",
        "area_codes",
        "programme",
        "tier",
        "capacity",
    ],
)
def test_formulas_are_refused_outside_text_too(column: str) -> None:
    assert (2, column, "formula") in found(read(row(**{column: "=1+1"})))


def test_every_problem_of_the_file_at_once() -> None:
    rows = [
        row(project_id=f"P-{n}", **{column: text})
        for n, (column, text, _) in enumerate(BAD_CELLS)
        if column != "project_id"
    ]
    register = read(*rows)
    assert (
        len({p.row for p in register.problems}) == len(rows)
        and register.projects == []
    )


def test_duplicates_that_differ_are_both_refused_with_both_places() -> None:
    register = read(row(), row(project_id="P-9"), row(title="Another"))
    assert [p.project_id for p in register.projects] == ["P-9"]
    assert found(register) == [
        (2, "project_id", "duplicate_id"),
        (4, "project_id", "duplicate_id"),
    ]
    assert (
        "row 4, column A" in register.problems[0].expected
        and "row 2, column A" in register.problems[1].expected
    )


def test_identical_duplicates_are_loaded_once_with_a_warning() -> None:
    register = read(row(priority_id="X"), row(priority_id="X"))
    assert len(register.projects) == len(register.citations) == 1
    assert found(register) == [(3, "project_id", "duplicate_identical")]
    assert register.problems[0].severity is Severity.WARNING


def test_warnings_do_not_stop_a_row() -> None:
    cells = {
        "annual_value_gbp": "250000000",
        "area_codes": "W01001943",
        "start": "2020-04-01",
        "end": "2021-03-31",
        "decision_date": "2022-01-01",
        "quotation": "words",
    }
    register = read(row(**cells))
    assert len(register.projects) == 1
    assert {code for _, _, code in found(register)} == {
        "amount_very_large",
        "area_elsewhere",
        "decision_after_end",
        "citation_without_priority",
    }


def refused(data: bytes, name: str = "r.csv", **kinds: str) -> list[str]:
    with pytest.raises(SourceProblem) as caught:
        read_register(data, name, directory=directory(), **kinds)
    return [problem.code for problem in caught.value.problems]


def test_missing_columns_are_all_named_with_near_misses() -> None:
    header = [
        {"start": "strat", "capacity": "pupils"}.get(c, c)
        for c in COLUMNS
        if c != "title"
    ]
    with pytest.raises(SourceProblem) as caught:
        read_register(csv_of([row()], header), "r.csv", directory=directory())
    by_column = {p.column: p for p in caught.value.problems}
    assert set(by_column) == {"start", "title", "capacity"}
    assert (
        "strat" in by_column["start"].expected
        and "“project_id”" in by_column["start"].found
    )


def test_a_column_twice_is_refused() -> None:
    assert refused(csv_of([row()], [*COLUMNS, "Teitl"])) == ["duplicate_column"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"%PDF-1.7 ...\n",
        b'{"grants": []}\n',
        csv_of([row()]) + b'"open',
        b"PK\x03\x04 not a workbook",
    ],
)
def test_unreadable_files_are_refused_whole(data: bytes) -> None:
    assert refused(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            csv_of([row(title="Tŷ")]).replace("ŷ".encode(), b"\xff"),
            "cell_letters_lost",
        ),
        (
            csv_of([row(title="Ysgol Pen-y-bryn – Tŷ")])
            .decode()
            .replace("ŷ", "y")
            .encode("cp1252"),
            "cell_letters_lost",
        ),
        (
            csv_of([row(title="Tŷ")]).decode().replace("ŷ", "Å·").encode(),
            "cell_letters_misread",
        ),
        (csv_of([row(title="x\x00y")]), "cell_letters_lost"),
    ],
)
def test_a_cell_that_lost_its_letters_refuses_its_row_alone(
    data: bytes, code: str
) -> None:
    whole = csv_of([row(project_id="P-2")]).split(b"\n", 1)[1]
    register = read_register(data + whole, "r.csv", directory=directory())
    assert found(register) == [(2, "title", code)] and [
        p.project_id for p in register.projects
    ] == ["P-2"]


def test_a_row_cut_off_is_refused() -> None:
    whole = csv_of(
        [row(), row(project_id="P-2", quotation="need named on page 14")]
    )
    for end in range(whole.index(b"P-2") + 4, len(whole) - 3):
        register = read_register(whole[:end], "r.csv", directory=directory())
        assert (
            found(register) == [(3, None, "row_ragged")]
            and len(register.projects) == 1
        )


def test_an_unknown_format_is_named() -> None:
    assert refused(csv_of([row()]), format="excel") == ["format_unknown"]


def test_a_row_with_too_many_cells_is_refused() -> None:
    data = csv_of([row(), row(project_id="P-2")]).replace(
        b"P-2,Parenting groups", b"P-2,Parenting, groups"
    )
    register = read_register(data, "r.csv", directory=directory())
    assert (
        found(register) == [(3, None, "row_ragged")]
        and len(register.projects) == 1
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\secret\\register.csv", "register.csv"),
        ("a\nb\u202e.csv", "a b .csv"),
        ("x" * 4000, "x" * 100),
        ("", "register"),
        ("refuge CF10 1AA.csv", "register"),
        ("refuge_cf101aa.csv", "register"),
    ],
)
def test_a_file_name_is_a_label(name: str, label: str) -> None:
    assert file_label(name) == label


def test_the_corrected_file_says_what_to_mend_and_comes_back_clean() -> None:
    data = csv_of(
        [row(), row(project_id="P-2", start="31/02/2024", title="=1+1")]
    )
    register = read_register(data, "r.csv", directory=directory())
    for lang, head, words in (
        ("en", "what_to_fix", "Correct the day"),
        ("cy", "beth_i_w_gywiro", "Cywirwch y diwrnod"),
    ):
        (header, only) = list(
            csv.reader(
                io.StringIO(
                    refused_rows_csv(register, data, lang).decode("utf-8-sig")
                )
            )
        )
        assert header == [head, *COLUMNS]
        assert words in only[0] and only[1] == "P-2" and only[2] == "'=1+1"
        mended = (
            refused_rows_csv(register, data, lang)
            .replace(b"31/02/2024", b"29/02/2024")
            .replace(b"'=1+1", b"One")
        )
        again = read_register(mended, "r.csv", directory=directory())
        assert [p.project_id for p in again.projects] == [
            "P-2"
        ] and again.problems == []


ASSESSMENTS = b"""assessment_id,kind,body,area_code,title,published,valid_from,valid_to
PNA-22,population_assessment,Cwm Taf,RCC_CWM_TAF,Population needs,2022-04-01,2022-04-01,2027-03-31
"""
PRIORITIES = b"""priority_id,assessment_id,theme_id,statement,page,area_codes
PNA-22-3,PNA-22,family_support,Help before crisis,14,W06000016
"""


def the_set(*files: tuple[bytes, str]) -> list[Register]:
    return read_register_set(files, directory())


def test_a_set_of_files_is_read_in_the_order_of_their_references() -> None:
    citations = b"project_id,priority_id,stated_on,quotation,page\nP-1,PNA-22-3,2024-01-01,words,14\n"
    register = csv_of([row()])
    read_files = the_set(
        (citations, "c.csv"),
        (register, "r.csv"),
        (PRIORITIES, "p.csv"),
        (ASSESSMENTS, "a.csv"),
    )
    assert [len(r.assessments) for r in read_files] == [1, 0, 0, 0]
    assert [p.priority_id for r in read_files for p in r.priorities] == [
        "PNA-22-3"
    ]
    assert [c.priority_id for r in read_files for c in r.citations] == [
        "PNA-22-3"
    ]
    assert not [p for r in read_files for p in r.problems]


def test_dangling_identifiers_are_refused_with_a_remedy() -> None:
    citations = b"project_id,priority_id\nP-1,PNA-22-4\nP-8,PNA-22-3\n"
    bad_priorities = PRIORITIES + b"X-1,PNA-99,carers,Statement,1,\n"
    register = csv_of([row(), row(project_id="P-2", priority_id="PNA-22-33")])
    read_files = the_set(
        (citations, "c.csv"),
        (register, "r.csv"),
        (bad_priorities, "p.csv"),
        (ASSESSMENTS, "a.csv"),
    )
    problems = [p for r in read_files for p in r.problems]
    assert [(p.file, p.row, p.code) for p in problems] == [
        ("p.csv", 3, "assessment_unknown"),
        ("r.csv", 3, "priority_unknown"),
        ("c.csv", 2, "priority_unknown"),
        ("c.csv", 3, "project_unknown"),
    ]
    assert all(
        "Nearest: “PNA-22-3”" in p.remedy
        for p in problems
        if p.code == "priority_unknown"
    )
    assert [p.project_id for r in read_files for p in r.projects] == ["P-1"]


def test_a_project_in_two_files_is_refused_in_the_later() -> None:
    read_files = the_set(
        (csv_of([row()]), "one.csv"), (csv_of([row(title="Again")]), "two.csv")
    )
    assert [len(r.projects) for r in read_files] == [1, 0]
    assert [p.code for r in read_files for p in r.problems] == [
        "project_in_other_file"
    ]
