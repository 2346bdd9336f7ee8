"""A return comes in by template: counts by area and period, never a family; what is wrong is refused in
words, and few people reach no served file.
"""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clearlink import folders
from clearlink.rules.programmes.family_columns import could_be_a_family
from clearlink.rules.settings import settings_from_toml
from clearlink.words import LANGUAGES
from clearlink.words.problems import problem_words
from etl.build.intake import Intake
from etl.pipeline.programme_returns import add_returns, as_served, serve_returns
from etl.pipeline.register import read_register
from etl.records import (
    Area,
    Marker,
    ProgrammeReturn,
    Register,
    Severity,
    SourceProblem,
)
from etl.sources.papers.programme_returns import RETURN_COLUMNS, measures
from tests.registers import directory

NAMES = [column.name for column in RETURN_COLUMNS]
RCT, CARDIFF, WALES = "W06000016", "W06000015", "W92000004"
LAW = settings_from_toml(
    (folders.CATALOGUE / "settings.toml").read_text(encoding="utf-8")
)


def row(**said: str) -> dict[str, str]:
    return {
        "programme": "taf",
        "measure": "taf_referred",
        "area_code": RCT,
        "period": "2025-26 Q1",
        "value": "120",
        "source": "quarterly return",
        **said,
    }


def read(*rows: dict[str, str], more: tuple[str, ...] = ()) -> Register:
    names = [*NAMES, *more]
    lines = [
        ",".join(names),
        *(",".join(f'"{each.get(n, "")}"' for n in names) for each in rows),
    ]
    return read_register(
        "\n".join(lines).encode(), "return.csv", directory=directory()
    )


def refused(register: Register) -> set[str]:
    return {p.code for p in register.problems if p.severity is Severity.REFUSED}


def test_a_figure_comes_in_with_its_place_in_the_file() -> None:
    (figure,) = read(row(period="2025/26 q1")).programme_returns
    assert (
        figure.measure_id,
        figure.area_code,
        figure.period,
        figure.value,
    ) == (
        "taf_referred",
        RCT,
        "2025-26 Q1",
        120.0,
    )
    assert figure.cell == "return.csv, row 2"


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("duplicate_key", [row(), row(value="130")]),
        ("measure_of_another", [row(measure="ff_jaff")]),
        ("choice_unknown", [row(measure="taf_refered")]),
        ("choice_unknown", [row(programme="nobody")]),
        (
            "return_over_whole",
            [
                row(measure="taf_closed"),
                row(measure="taf_stepped_up", value="121"),
            ],
        ),
        (
            "return_over_whole",
            [
                row(measure="taf_waiting"),
                row(measure="taf_waiting", part="disability", value="70"),
                row(measure="taf_waiting", part="mental_health", value="51"),
            ],
        ),
        (
            "return_out_of_bounds",
            [
                row(
                    programme="communities_first",
                    measure="cf_weight",
                    area_code="W01001274",
                    period="2016-17",
                )
                | {"part": "Cwm", "value": "1.2"}
            ],
        ),
        (
            "return_over_whole",
            [
                row(
                    programme="communities_first",
                    measure="cf_weight",
                    area_code="W01001274",
                    period="2016-17",
                )
                | {"part": cluster, "value": "0.6"}
                for cluster in ("Cwm", "Nant")
            ],
        ),
        *(
            (
                "return_out_of_bounds",
                [
                    row(
                        programme="housing_support_grant",
                        measure="hs_hourly_cost",
                        period="2025-26",
                        value=cost,
                    )
                ],
            )
            for cost in ("0", "£0", "9999", "£9,999")
        ),
        (
            "return_level",
            [
                row(
                    programme="ifss",
                    measure="ifss_referred",
                    area_code="W01001274",
                    period="2025-26",
                )
            ],
        ),
        ("return_period", [row(period="2025-26")]),
        ("return_period", [row(period="2025-27 Q1")]),
        ("return_not_a_number", [row(value="about 20")]),
        ("required_blank", [row(value="")]),
        ("area_unknown", [row(area_code="W06009999")]),
        (
            "return_of_a_refuge",
            [
                row(
                    programme="housing_support_grant",
                    measure="hs_units",
                    period="2025-26",
                )
                | {"part": "domestic_abuse_refuge"}
            ],
        ),
        (
            "return_over_whole",
            [
                row(
                    programme="families_first",
                    measure="ff_set_aside_pct",
                    period="2025-26",
                    value="13",
                )
                | {"numerator": "30", "denominator": "20"}
            ],
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_row_and_what_to_do(
    code: str, rows: list[dict[str, str]]
) -> None:
    register = read(*rows)
    assert refused(register) == {code}
    for problem in register.problems:
        if problem.code != code:
            continue
        assert problem.row is not None and problem.file == "return.csv"
        for lang in LANGUAGES:
            told = problem_words(problem.code, problem.facts, lang)
            assert all((told.place, told.found, told.expected, told.remedy))
    # the row that stands is the one with nothing wrong
    assert len(register.programme_returns) < len(rows)


def test_a_refused_count_of_people_is_never_repeated() -> None:
    register = read(
        row(measure="taf_closed", value="12"),
        row(measure="taf_stepped_up", value="77"),
    )
    assert refused(register) == {"return_over_whole"}
    assert "77" not in repr(register.problems)


FAMILY_HEADINGS = (
    "family id",
    "FamilyID",
    "Family_Ref",
    "child's name",
    "Name",
    "forename",
    "DOB",
    "date of birth",
    "postcode",
    "Post Code",
    "home address",
    "NHS number",
    "UPN",
    "enw’r plentyn",
    "cyfenw",
    "dyddiad geni",
    "cod post",
    "rhif teulu",
    "cyfeirnod achos",
    "case number",
    "parent email",
)


@pytest.mark.parametrize("heading", FAMILY_HEADINGS)
def test_a_column_that_could_be_a_family_is_refused_at_the_door(
    heading: str,
) -> None:
    with pytest.raises(SourceProblem) as refusal:
        read(row() | {heading: "Enghraifft 12345"}, more=(heading,))
    (problem,) = refusal.value.problems
    assert problem.code == "column_of_a_family" and problem.column == heading
    assert "Enghraifft" not in repr(problem)


@pytest.mark.parametrize(
    "heading",
    [
        *NAMES,
        "number of families",
        "nifer o deuluoedd",
        "authority name",
        "quarter",
        "programme name",
        "notes",
    ],
)
def test_a_column_of_counts_is_no_family(heading: str) -> None:
    assert not could_be_a_family(heading)


def figure(
    measure: str,
    value: float,
    area: str = RCT,
    part: str = "",
    period: str = "2025-26 Q1",
) -> ProgrammeReturn:
    return ProgrammeReturn(
        "taf", measure, area, period, part, value, None, None, None, "", ""
    )


def served(*figures: ProgrammeReturn) -> list[float | None]:
    holders = {RCT: {WALES}, CARDIFF: {WALES}}
    rows = as_served(figures, holders, LAW)
    for each in rows:
        assert (each.value is None) == (each.marker is Marker.LOW)
    return [each.value for each in rows]


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        # under ten is withheld, ten and over to the nearest five, halves up
        ([figure("taf_referred", 9)], [None]),
        ([figure("taf_referred", 0)], [None]),
        ([figure("taf_referred", 10)], [10]),
        ([figure("taf_referred", 12.5)], [15]),
        ([figure("taf_referred", 123)], [125]),
        # a part with fewer than ten outside it would tell of those
        (
            [figure("taf_closed", 40), figure("taf_closed_better", 35)],
            [40, None],
        ),
        ([figure("taf_closed", 40), figure("taf_closed_better", 30)], [40, 30]),
        # the steps of a flow are not parts of each other
        ([figure("taf_referred", 40), figure("taf_assessed", 35)], [40, 35]),
        # all parts of a breakdown, or none
        (
            [
                figure("taf_waiting", 60),
                figure("taf_waiting", 50, part="disability"),
                figure("taf_waiting", 9, part="mental_health"),
            ],
            [60, None, None],
        ),
        # the total around an area that is withheld
        (
            [
                figure("taf_referred", 9),
                figure("taf_referred", 80, CARDIFF),
                figure("taf_referred", 89, WALES),
            ],
            [None, 80, None],
        ),
        # money is no count of people
        ([figure("ff_money", 7, period="2025-26")], [7]),
    ],
)
def test_few_people_are_served_nowhere(
    figures: list[ProgrammeReturn], shown: list[float | None]
) -> None:
    assert served(*figures) == shown


def test_a_share_of_few_is_withheld_with_its_counts() -> None:
    few = ProgrammeReturn(
        "families_first",
        "ff_set_aside_pct",
        RCT,
        "2025-26",
        "",
        50.0,
        None,
        4.0,
        8.0,
        "",
        "",
    )
    (row_served,) = as_served([few], {}, LAW)
    assert (row_served.value, row_served.marker) == (None, Marker.LOW)
    assert row_served.numerator is None and row_served.denominator is None


@given(some.lists(some.integers(0, 60), min_size=2, max_size=6))
def test_no_total_less_the_rest_gives_back_a_withheld_count(
    values: list[int],
) -> None:
    areas = [f"W0600{at:04d}" for at in range(len(values))]
    rows = [
        figure("taf_referred", v, a) for v, a in zip(values, areas, strict=True)
    ]
    total = figure("taf_referred", sum(values), WALES)
    shown = [
        r.value
        for r in as_served([*rows, total], {a: {WALES} for a in areas}, LAW)
    ]
    assert all(v is None or (v >= 10 and v % 5 == 0) for v in shown)
    if None in shown[:-1]:
        assert shown[-1] is None


def test_the_catalogue_of_measures_stands_by_itself() -> None:
    known = measures()
    with (folders.CATALOGUE / "programmes.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        programmes = {r["programme_id"] for r in csv.DictReader(file)}
    for measure in known.values():
        assert set(measure.programmes) <= programmes
        assert (
            not measure.share_of
            or known[measure.share_of].programmes == measure.programmes
        )
        assert (
            not measure.is_part
            or known[measure.share_of].counts_people == measure.counts_people
        )
        # fives and no fewer than ten are a rule for counts, and a count can be added up
        assert not measure.counts_people or measure.is_additive


def test_the_template_has_the_columns_that_are_read() -> None:
    with (folders.CATALOGUE / "programme_return_template.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        (header,) = csv.reader(file)
    assert set(header) == set(NAMES)


def test_what_an_earlier_file_gave_stands_and_the_later_is_told() -> None:
    intake = Intake("sample", date(2026, 11, 23), True)
    add_returns(intake, read(row(value="120")))
    add_returns(intake, read(row(value="130"), row(period="2025-26 Q2")))
    serve_returns(intake, LAW)
    assert [(r.period, r.value) for r in intake.programme_returns] == [
        ("2025-26 Q1", 120),
        ("2025-26 Q2", 120),
    ]
    (problem,) = intake.problems
    assert (
        problem.code == "return_twice" and problem.severity is Severity.WARNING
    )


SMALL = "W01001274", "W01001275", "W01001943"


def of_cluster(
    name: str, *shares: float | None, year: str = "2016-17"
) -> list[dict[str, str]]:
    """A list of a cluster: its share of each small area, which is not listed where there is none."""
    return [
        row(
            programme="communities_first",
            measure="cf_weight",
            area_code=area,
            period=year,
            part=name,
            value=f"{share:g}",
        )
        for area, share in zip(SMALL, shares, strict=False)
        if share is not None
    ]


def settled(*files: list[dict[str, str]]) -> Intake:
    intake = Intake("sample", date(2026, 11, 23), True)
    intake.areas = [Area(a, "LSOA21", a, None, RCT) for a in SMALL]
    for rows in files:
        register = read(*rows)
        intake.problems += register.problems
        add_returns(intake, register)
    serve_returns(intake, LAW)
    return intake


def clusters(intake: Intake) -> list[str]:
    return [a.area_code for a in intake.areas if a.area_type == "CLUSTER"]


@pytest.mark.parametrize(
    ("files", "standing", "codes"),
    [
        # the parts of a place in two files
        (
            [of_cluster("Cwm", 0.6), of_cluster("Nant", 0.6)],
            ["CF_CWM"],
            {"cluster_overfull"},
        ),
        # the newest lists of two clusters are of two years
        (
            [[*of_cluster("Cwm", 0.6, year="2015-16"), *of_cluster("Nant", 1)]],
            ["CF_NANT"],
            {"cluster_overfull"},
        ),
        # three files, and the third is one too many
        (
            [of_cluster(n, 0.4) for n in ("Cwm", "Nant", "Pant")],
            ["CF_CWM", "CF_NANT"],
            {"cluster_overfull"},
        ),
        # a list that is wrong in one row is left out with its other rows
        (
            [of_cluster("Cwm", 0.6), of_cluster("Nant", 0.6, 1)],
            ["CF_CWM"],
            {"cluster_overfull"},
        ),
        (
            [[*of_cluster("Cwm", 0.5, 1.2), *of_cluster("Nant", 0.5)]],
            ["CF_NANT"],
            {"return_out_of_bounds", "cluster_left_out"},
        ),
        # one name in two spellings is one cluster, whose area stands once
        (
            [[*of_cluster("Cwm", 0.4), *of_cluster("CWM ", 0.4)]],
            [],
            {"duplicate_key", "cluster_spelt_twice", "cluster_left_out"},
        ),
        (
            [of_cluster("Cwm", 0.4), of_cluster("cwm", 0.4)],
            ["CF_CWM"],
            {"return_twice"},
        ),
        # what stands beside nothing wrong
        (
            [of_cluster("Cwm", 0.6), of_cluster("Nant", 0.4)],
            ["CF_CWM", "CF_NANT"],
            set(),
        ),
        (
            [of_cluster("Cwm", 1, year="2015-16"), of_cluster("Cwm", None, 1)],
            ["CF_CWM"],
            set(),
        ),
        # a list of noughts is the newest one all the same
        (
            [of_cluster("Cwm", 1, year="2015-16"), of_cluster("Cwm", 0, 0)],
            [],
            {"cluster_empty"},
        ),
        # and leaves room for another cluster
        (
            [
                [*of_cluster("Cwm", 1, year="2015-16"), *of_cluster("Cwm", 0)],
                of_cluster("Nant", 1),
            ],
            ["CF_NANT"],
            {"cluster_empty"},
        ),
        # a later file's list takes the place of an earlier one's, a list of another year stands beside it
        (
            [of_cluster("Cwm", 0.6), of_cluster("Cwm", 0.4)],
            ["CF_CWM"],
            {"cluster_list_replaced"},
        ),
        (
            [of_cluster("Cwm", 0.6), of_cluster("cwm ", 0.6, 1)],
            ["CF_CWM"],
            {"cluster_list_replaced"},
        ),
        (
            [of_cluster("Cwm", 0.6), of_cluster("Cwm", 0.6)],
            ["CF_CWM"],
            {"return_twice"},
        ),
        (
            [of_cluster("Cwm", 1, year="2019-20")],
            ["CF_CWM"],
            {"cluster_out_of_days"},
        ),
        ([of_cluster("Ŵyn-y-bryn", 1)], ["CF_WYN_Y_BRYN"], set()),
    ],
)
def test_parts_of_a_small_area_never_exceed_it_over_all_lists(
    files: list[list[dict[str, str]]], standing: list[str], codes: set[str]
) -> None:
    intake = settled(*files)
    assert {p.code for p in intake.problems} == codes
    assert clusters(intake) == standing
    shares: dict[str, float] = {}
    for link in intake.links:
        shares[link.child_code] = shares.get(link.child_code, 0) + link.weight
    assert all(share <= 1 + 1e-6 for share in shares.values())
    for problem in intake.problems:
        if problem.code != "cluster_overfull":
            continue
        assert (problem.file, problem.row) == ("return.csv", 2)
        for lang in LANGUAGES:
            told = problem_words(problem.code, problem.facts, lang)
            assert all((told.place, told.found, told.expected, told.remedy))
            assert (
                SMALL[0] in told.found and "Cwm" in told.found + told.expected
            )


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [
        # a changed share, an area less, an area more, and all of them at once
        ((0.6, 1), (0.4, 1), (0.4, 1)),
        ((0.6, 1), (0.6,), (0.6,)),
        ((0.6,), (0.6, 1), (0.6, 1)),
        ((0.6, 1), (None, 0.5, 1), (None, 0.5, 1)),
        ((0.6, 1), (0,), ()),
    ],
)
def test_a_second_list_of_a_cluster_takes_the_place_of_the_first_whole(
    first: tuple[float, ...],
    second: tuple[float | None, ...],
    standing: tuple[float | None, ...],
) -> None:
    intake = settled(of_cluster("Cwm", *first), of_cluster("Cwm", *second))
    wanted = {a: s for a, s in zip(SMALL, standing, strict=False) if s}
    assert {x.child_code: x.weight for x in intake.links} == wanted
    served = {r.area_code: r.value for r in intake.programme_returns}
    listed = {
        a: s for a, s in zip(SMALL, second, strict=False) if s is not None
    }
    assert served == listed
    told = next(p for p in intake.problems if p.code == "cluster_list_replaced")
    assert (told.file, told.row) == ("return.csv", 2)
    for lang in LANGUAGES:
        said = problem_words(told.code, told.facts, lang)
        assert "Cwm" in said.found and said.expected and said.remedy


def test_an_example_takes_no_real_lists_place() -> None:
    example = [
        row_ | {"is_illustrative": "yes"} for row_ in of_cluster("Cwm", 0.4)
    ]
    intake = settled(of_cluster("Cwm", 0.6), example)
    assert [x.weight for x in intake.links] == [0.6]
    assert {p.code for p in intake.problems} == {"return_twice"}


@pytest.mark.parametrize("shares", [(None, 1), (0.6, 1), (0.4, 0.5, 1), (0, 1)])
def test_of_an_example_list_nothing_is_added_to_a_real_one(
    shares: tuple[float | None, ...],
) -> None:
    example = [
        row_ | {"is_illustrative": "yes"} for row_ in of_cluster("Cwm", *shares)
    ]
    intake = settled(of_cluster("Cwm", 0.6), example)
    assert {x.child_code: x.weight for x in intake.links} == {SMALL[0]: 0.6}
    assert {p.code for p in intake.problems} == {"return_twice"}


def test_a_cluster_is_an_area_of_its_own_days_with_its_shares() -> None:
    intake = settled(of_cluster("Cwm Uchaf", 1, 0.4))
    (area,) = [a for a in intake.areas if a.area_type == "CLUSTER"]
    assert (area.area_code, area.name_cy, area.la_code) == (
        "CF_CWM_UCHAF",
        "Cwm Uchaf",
        RCT,
    )
    days = (date(2012, 4, 1), date(2018, 3, 31))
    assert [
        (x.child_code, x.weight, x.valid_from, x.valid_to) for x in intake.links
    ] == [(SMALL[0], 1.0, *days), (SMALL[1], 0.4, *days)]


def test_one_name_in_two_authorities_is_no_cluster_until_somebody_says() -> (
    None
):
    intake = Intake("sample", date(2026, 11, 23), True)
    intake.areas = [
        Area(a, "LSOA21", a, None, la)
        for a, la in zip(SMALL, (RCT, "W06000015", RCT), strict=True)
    ]
    register = read(*of_cluster("East", 1, 1))
    add_returns(intake, register)
    serve_returns(intake, LAW)
    (told,) = intake.problems
    assert told.code == "cluster_of_two" and told.severity is Severity.REFUSED
    assert clusters(intake) == []
    assert not intake.programme_returns
    for lang in LANGUAGES:
        said = problem_words(told.code, told.facts, lang)
        assert "East" in said.found and "W06000015" in said.found
        assert said.expected and said.remedy


def test_a_cluster_of_areas_that_are_gone_says_so_and_is_no_place() -> None:
    gone = of_cluster("Cwm", 1)
    gone[0]["area_code"] = "W01001200"
    intake = settled(gone)
    assert [p.code for p in intake.problems] in (
        ["cluster_no_area"],
        ["area_unknown"],
        ["return_level"],
    )
    assert clusters(intake) == []
