"""The workbook of a pack: items with their criteria, need by definition, and what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from clearlink.report.annex import Sheet
from clearlink.report.criterion_text import criterion_text
from clearlink.report.pack_items import PackItem
from clearlink.report.page_foot import footer, notice
from clearlink.report.ten_systems import ten_sheet
from clearlink.report.voice import Voice
from clearlink.review.codes import Subject
from clearlink.review.records import Meeting
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row

_ITEM: Final = ("number", "id", "item")
_CRITERION: Final = ("verdict", "criterion", "result", "why", "source")
_NEED: Final = ("definition", "edition", "share", "people", "first", "last")
# a column of need → the sentence that says what it means
_MEANINGS: Final = {
    "share": "share",
    "people": "people",
    "first": "rank",
    "last": "rank",
}


def annex(
    say: Voice,
    region: str,
    listed: Sequence[PackItem],
    meeting: Meeting | None,
) -> list[Sheet]:
    """The workbook's sheets, each under the notes of what it is, its evidence and its source."""
    illustrative = notice(say)
    notes = (
        footer(say, meeting),
        *([illustrative] if illustrative else []),
        say("pack.source"),
    )
    return [
        _criteria_sheet(say, listed, notes),
        _need_sheet(say, listed, notes),
        ten_sheet(say, region, notes),
        _dictionary(
            say,
            notes[:1],
        ),
    ]


def _criteria_sheet(
    say: Voice,
    listed: Sequence[PackItem],
    notes: tuple[str, ...],
) -> Sheet:
    """One row a criterion of an item's verdict."""
    columns = (
        *_columns(say, _ITEM),
        say("pack.col_value", year=_year_of(listed)),
        *_columns(say, _CRITERION),
    )
    rows = tuple(
        row
        for number, each in enumerate(listed, 1)
        if each.item.subject is Subject.PROJECT and each.facts.get("verdict")
        for row in _criterion_rows(say, number, each)
    )
    return Sheet(
        say("pack.annex"),
        notes,
        columns,
        rows,
    )


def _criterion_rows(
    say: Voice,
    number: int,
    each: PackItem,
) -> Iterator[tuple[Any, ...]]:
    facts = each.facts
    cited = {
        priority["priority_id"]: priority for priority in facts["citations"]
    }
    for criterion in facts["criteria"]:
        yield (
            *_item_cells(say, number, each),
            facts["project"].get("year_gbp"),
            say.verdict(facts["verdict"]["verdict"]),
            say(f"criterion.name.{criterion['criterion']}"),
            say(f"criterion.result.{criterion['result']}"),
            criterion_text(say, criterion, cited),
            criterion["source_ref"] and say.reference(criterion["source_ref"]),
        )


def _need_sheet(
    say: Voice,
    listed: Sequence[PackItem],
    notes: tuple[str, ...],
) -> Sheet:
    """One row a definition of need that was measured where an item acts."""
    rows = tuple(
        (*_item_cells(say, number, each), *_need_cells(say, measure))
        for number, each in enumerate(listed, 1)
        for measure in each.facts.get("measures") or ()
    )
    columns = (*_columns(say, _ITEM), *_columns(say, _NEED))
    return Sheet(
        say("pack.annex_need"),
        notes,
        columns,
        rows,
    )


def _need_cells(say: Voice, measure: Row) -> tuple[Any, ...]:
    return (
        say(f"need.definition.{measure['definition']}"),
        measure["edition"],
        measure["neediest_fifth_share"],
        measure["people_in_need"],
        measure["rank_first"],
        measure["rank_last"],
    )


def _dictionary(say: Voice, notes: tuple[str, ...]) -> Sheet:
    rows = tuple(
        (say(f"pack.col_{column}"), say(f"pack.dict_{meaning}"))
        for column, meaning in _MEANINGS.items()
    )
    columns = _columns(say, ("column", "meaning"))
    return Sheet(
        say("pack.annex_dictionary"),
        notes,
        columns,
        rows,
    )


def _item_cells(
    say: Voice,
    number: int,
    each: PackItem,
) -> tuple[int, str, str]:
    return number, each.item.subject_id, each.item.titles[say.lang]


def _columns(say: Voice, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(say(f"pack.col_{name}") for name in names)


def _year_of(listed: Sequence[PackItem]) -> str:
    """The year that the items' money is of: what they were frozen with."""
    years = (
        e.facts["project"].get("money_year")
        for e in listed
        if e.facts.get("project")
    )
    return (
        next(
            filter(None, years),
            None,
        )
        or reader.year()
    )
