"""What the map sends to the browser, unpacked again area by area, is what stands in the served file:
value, class, rank and silence.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import duckdb
import pytest

from clearlink import folders
from clearlink.words import LANGUAGES, Lang, numbers
from pages.area_map import MapClass
from pages.area_map.payload import NO_WORD, class_bytes, hover_payload
from pages.frame.speech import Speech
from pages.need.area_panel import _need_lines, _people_lines
from pages.need.need_layer import FIFTHS, hover_lines, need_layer, need_shown

pytestmark = pytest.mark.usefixtures("on_sample")
# what an area is classed as where it has no figure above nought
SILENT = ("map.class_withheld", "map.class_none", "map.class_zero")


@pytest.fixture
def file(on_sample: object) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        yield con


def _words(column: dict[str, object], codes: list[str]) -> dict[str, str]:
    width, words = column["width"], column["words"]
    assert isinstance(width, int) and isinstance(words, list)
    index = base64.b64decode(str(column["index"]))
    numbers = [
        int.from_bytes(index[at * width : (at + 1) * width], "little")
        for at in range(len(codes))
    ]
    return {
        code: words[n]
        for code, n in zip(codes, numbers, strict=True)
        if n != NO_WORD[width]
    }


def _classes(
    rows: dict[str, int], classes: tuple[MapClass, ...], codes: list[str]
) -> dict[str, int]:
    return dict(
        zip(
            codes,
            base64.b64decode(class_bytes(codes, rows, classes)),
            strict=True,
        )
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_class_and_rank_that_travels_is_that_of_the_file(
    lang: Lang, file: duckdb.DuckDBPyConnection
) -> None:
    say = Speech(lang)
    measures = [
        (t, d, level)
        for (t,) in file.execute(
            "select theme_id from theme order by 1"
        ).fetchall()
        for d in ("lead", "composite", "wimd")
        for level in ("LSOA21", "LA")
    ]
    drawn = {
        (theme, shown)
        for theme, definition, level in measures
        if (shown := need_shown(theme, definition, level)) is not None
    }
    values = ranks = silent = 0
    for theme, shown in sorted(drawn, key=repr):
        stored = {
            code: (people, out_of, rate, score, marker, la)
            for code, people, out_of, rate, score, marker, la in file.execute(
                "select n.area_code, n.people_in_need, n.population_at_risk, n.rate, n.score, n.marker, "
                "l.parent_code from need n left join area_link l on l.child_code = n.area_code and "
                "l.parent_type = 'LA' "
                "where n.theme_id = $1 and n.definition = $2 and n.edition = $3 and n.area_type = $4",
                [theme, shown.definition, shown.edition, shown.level],
            ).fetchall()
        }
        told = {
            code: _told(*row)
            for code, *row in file.execute(
                "select area_code, definition, coalesce(rate, score), lower, upper, range_basis, "
                "rate_decimals from need "
                "where theme_id = $1 and definition = $2 and edition = $3 and area_type = $4 and "
                "marker is null and score is not null",
                [theme, shown.definition, shown.edition, shown.level],
            ).fetchall()
        }
        codes = sorted(
            code
            for (code,) in file.execute(
                "select area_code from area where area_type = $1", [shown.level]
            ).fetchall()
        )
        layer = need_layer(say, theme, shown)
        classed = _classes(layer.class_of, layer.classes, codes)
        lines = [
            [_words(column, codes) for column in line["columns"]]
            for line in hover_payload(codes, hover_lines(say, theme, shown))
        ]
        (said_value,), (said_rank, _) = lines[-2], lines[-1]
        measured: dict[str, float] = {}
        for code in codes:
            people, out_of, rate, score, marker, _ = stored.get(
                code, (None,) * 6
            )
            value = (
                None
                if marker is not None
                else rate
                if shown.definition == "lead"
                else score
            )
            label = layer.classes[classed[code]].label
            if value is None or value == 0:
                silent += value is None
                wanted = say(
                    SILENT[2 if value == 0 else 0 if marker is not None else 1]
                )
                assert label == wanted, (
                    f"{theme} {shown} {code}: {label!r}, expected {wanted!r}"
                )
            else:
                assert classed[code] < FIFTHS
                measured[code] = value
            if shown.definition == "lead" or shown.level == "LA":
                assert said_value.get(code) == (
                    None if value is None else told[code]
                ), f"{theme} {shown} {code}"
                values += value is not None
            if (
                value is not None
                and shown.definition == "lead"
                and people is not None
                and out_of
            ):
                assert value == pytest.approx(people / out_of)
            if marker is not None:
                assert code not in said_value and (
                    score is not None or code not in said_rank
                ), "what is withheld has neither value nor rank"
        if shown.definition != "wimd" or shown.level != "LSOA21":
            ordered = sorted(measured, key=lambda code: measured[code])
            assert all(
                classed[low] <= classed[high] for low, high in pairwise(ordered)
            ), f"{theme} {shown}: a higher figure in a lower class"
            assert all(
                classed[low] == classed[high]
                for low, high in pairwise(ordered)
                if measured[low] == measured[high]
            ), "the same figure in two classes"
        among: dict[str, list[float]] = defaultdict(list)
        for _, _, _, score, _, la in stored.values():
            if score is not None:
                among[str(la)].append(score)
        for code, (_, _, _, score, _, la) in stored.items():
            if score is None:
                assert code not in said_rank
            else:
                assert said_rank[code] == _ordinal(
                    lang, 1 + sum(other > score for other in among[str(la)])
                ), f"{theme} {shown} {code}"
                ranks += 1
    assert values > 10_000 and ranks > 20_000 and silent > 10


def _ordinal(lang: Lang, n: int) -> str:
    if lang == "cy":
        first = {
            1: "1af",
            2: "2il",
            3: "3ydd",
            4: "4ydd",
            5: "5ed",
            6: "6ed",
            7: "7fed",
            8: "8fed",
            9: "9fed",
            10: "10fed",
            11: "11eg",
            12: "12fed",
            13: "13eg",
            14: "14eg",
            15: "15fed",
            16: "16eg",
            17: "17eg",
            18: "18fed",
            19: "19eg",
            20: "20fed",
        }
        return first.get(n, f"{n}fed" if n % 20 == 0 else f"{n}ain")
    return f"{n}" + (
        "th"
        if n % 100 in (11, 12, 13)
        else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    )


def _told(
    definition: str,
    value: float,
    lower: float | None,
    upper: float | None,
    range_basis: str | None,
    decimals: int | None,
) -> str:
    """A share as precise as it was printed, with the limits that its publisher gives it."""
    said = f"{100 * value:.{1 if decimals is None else min(1, decimals)}f}%"
    if (
        definition == "lead"
        and range_basis == "published"
        and lower is not None
        and upper is not None
    ):
        return f"{said} ({100 * lower:.1f}% – {100 * upper:.1f}%)"
    return said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("theme", "definition", "level", "by"),
    [
        ("young_people", "lead", "LA", "limits"),
        ("carers", "lead", "LSOA21", "chance"),
        ("mental_health", "composite", "LSOA21", "making"),
    ],
)
def test_the_panel_says_what_a_range_of_ranks_is_the_range_of(
    lang: Lang, theme: str, definition: str, level: str, by: str
) -> None:
    say = Speech(lang)
    shown = need_shown(theme, definition, level)
    assert shown is not None and (shown.definition, shown.level) == (
        definition,
        level,
    )
    rows = need_layer(say, theme, shown).rows
    row = next(r for r in rows if r["rank_low"] is not None)
    low, high = (
        numbers.ordinal(lang, row[side]) for side in ("rank_low", "rank_high")
    )
    ranked = say.rank(row["rank"], row["rank_of"])
    assert say(
        f"map.panel.rank_by_{by}", rank=ranked, low=low, high=high
    ) in _need_lines(say, row, shown, rows)


def test_people_and_share_in_the_panel_are_one_statement() -> None:
    say = Speech("en")
    shown = need_shown("carers", "lead", "LSOA21")
    assert shown is not None
    rows = need_layer(say, "carers", shown).rows
    measured = [r for r in rows if r["rate"] is not None]
    # what a panel says of people needs no other area; its rank, which does, is asked of one alone
    assert (
        _need_lines(say, measured[0], shown, rows)[0]
        == _people_lines(say, measured[0], shown)[0]
    )
    for row in measured:
        told = re.search(
            r"([\d,]+) of ([\d,]+) at risk are in need: ([\d.]+%)",
            _people_lines(say, row, shown)[0],
        )
        assert told
        people, at_risk = (int(n.replace(",", "")) for n in told.group(1, 2))
        assert numbers.pct(people / at_risk, 1) == told.group(3)
