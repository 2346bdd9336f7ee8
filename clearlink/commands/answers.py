"""The served answers for scripts, as JSON or CSV on standard output, and the export."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from clearlink import words
from clearlink.commands.refusals import (
    NotKnown,
    not_known,
    not_written,
    nothing_built,
)
from clearlink.exchange.gap_answers import fairness_rows, gap_rows, overlap_rows
from clearlink.exit_codes import Exit
from clearlink.report.standing_words import share_words
from clearlink.report.ten_systems import system_rows
from clearlink.report.voice import Voice
from clearlink.report.which_records import records_said
from clearlink.rules.link.two_questions import (
    Sum,
    added,
    answers_that_settle,
    share_of_money,
    share_of_records,
    shares,
    signs,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import NothingBuilt, Row, Rows
from clearlink.words import Lang, numbers, say

# What a build works out for its day: a year that is chosen does not act on it.
OF_THE_DAY = ("gaps", "overlaps", "fairness")


def print_answers(
    name: str,
    region: str | None,
    theme: str | None,
    form: str,
    year: str | None = None,
    records: str = "",
) -> int:
    """Prints the rows of one question for a region (its code, or its name in either language), a theme, a
    financial year and the real records or all.
    """
    try:
        with reader.money_of(known_year(year)), reader.records_of(records):
            return _print_rows(
                name,
                _rows(
                    name,
                    place_code(region),
                    theme,
                ),
                form,
            )
    except NothingBuilt as missing:
        return nothing_built(missing)
    except NotKnown as wrong:
        return not_known(wrong)


def _print_rows(
    name: str,
    rows: Rows,
    form: str,
) -> int:
    if form == "shares":
        print("\n".join(_share_lines(rows)))
    elif form == "json":
        print(
            json.dumps(
                rows,
                ensure_ascii=False,
                indent=1,
                default=str,
            )
        )
    elif rows:
        writer = csv.DictWriter(
            sys.stdout,
            fieldnames=list(rows[0]),
        )
        writer.writeheader()
        writer.writerows(rows)
    if name in OF_THE_DAY:
        print(
            "\n".join(_counts_the_day(lang) for lang in words.LANGUAGES),
            file=sys.stderr,
        )
    print(
        for_whom(),
        file=sys.stderr,
    )
    return Exit.DONE


def _counts_the_day(lang: Lang) -> str:
    day = numbers.day(
        lang,
        reader.build()["as_of"],
    )
    return say(
        lang,
        "exchange.counts_the_day",
        day=day,
        year=reader.year(),
    )


def _share_lines(rows: Rows) -> list[str]:
    """The share of records and of money of the year in each state, by which blank; then the signs, and what
    one answer each would settle.
    """
    whole = added(rows)

    def line(name: str, held: Sum) -> str:
        of_records = share_words(share_of_records(held, whole))
        of_money = share_words(share_of_money(held, whole))
        gbp = (
            f"{round(held.gbp):,}"
            if held.is_valued or not held.records
            else "–"
        )
        return f"{name:<52} {held.records:>6,} {of_records:>6}  {gbp:>14} {of_money:>6}"

    settling = answers_that_settle(rows)
    sum_settled = sum(r["year_gbp"] for r in settling)
    return [
        f"{'state':<52} {'records':>6} {'share':>6}  {'£ in ' + reader.year():>14} {'share':>6}",
        *(
            line(
                say("en", f"standing.state.{state}"),
                held,
            )
            for state, held in shares(rows).items()
        ),
        line("all", whole),
        "",
        *(
            line(
                f"{s} {say('en', f'standing.sign.{s}')}"[:52],
                held,
            )
            for s, held in signs(rows).items()
        ),
        "",
        f"{len(settling)} answers would settle £{round(sum_settled):,} in {reader.year()}"
        if settling
        else f"no one answer would settle money in {reader.year()}, whatever it says",
    ]


def known_year(said: str | None) -> str:
    """A financial year that the served build knows of; empty where none is said. Raises NotKnown."""
    if said is None or said in reader.years():
        return said or ""
    raise NotKnown(
        "--year",
        said,
        dict.fromkeys(
            words.LANGUAGES,
            reader.years(),
        ),
    )


def place_code(said: str | None) -> str:
    """The code of a place said by code or by name. Raises NotKnown naming the places there are."""
    if said is None:
        return reader.WALES
    rows = reader.place_rows()
    if said in rows:
        return said
    matching = [
        code
        for code, row in rows.items()
        if said.casefold()
        in (
            (row["name_en"] or "").casefold(),
            (row["name_cy"] or "").casefold(),
        )
    ]
    if not matching:
        raise NotKnown(
            "--region",
            said,
            names_of(rows.values()),
        )
    # regions of 2012 to 2019 first: the committees' own; boards and partnerships share the names of
    # authorities
    order = {
        "RCC": 0,
        "RPB": 1,
        "LA": 2,
        "WALES": 2,
    }
    return sorted(
        matching,
        key=lambda code: (
            order.get(
                rows[code]["area_type"],
                3,
            ),
            code,
        ),
    )[0]


def names_of(rows: Iterable[Row]) -> dict[Lang, list[str]]:
    """The names of these places in each language, in its order."""
    held = list(rows)
    named = {
        lang: {str(r[f"name_{lang}"] or r["name_en"]) for r in held}
        for lang in words.LANGUAGES
    }
    return {
        lang: numbers.sorted_names(
            lang,
            list(names),
        )
        for lang, names in named.items()
    }


def _rows(
    name: str,
    place: str,
    theme: str | None,
) -> Rows:
    if theme is not None and theme not in reader.themes():
        raise NotKnown(
            "--theme",
            theme,
            dict.fromkeys(
                words.LANGUAGES,
                tuple(reader.themes()),
            ),
        )
    questions: dict[str, Callable[[str, str | None], Rows]] = {
        "verdicts": lambda at, on: reader.projects(
            at,
            None,
            on,
        ),
        "gaps": gap_rows,
        "overlaps": overlap_rows,
        "fairness": fairness_rows,
        "systems": lambda at, _: system_rows(at),
    }
    return questions[name](place, theme)


def write_export(
    form: str,
    out: Path,
    lang: Lang,
    records: str = "",
) -> int:
    """Writes the register and its answers, of the real records or of all, in one of the exchange formats; the
    last line names the files.
    """
    from clearlink.exchange import export

    try:
        with reader.records_of(records):
            written = [
                *export(form, out, lang),
                _write_who_may_read(out),
            ]
    except NothingBuilt as missing:
        return nothing_built(missing, lang)
    except OSError:
        return not_written(out, lang)
    print("\n".join(str(path) for path in written))
    return Exit.DONE


def for_whom() -> str:
    """For whom an answer is, in both languages, and how much is left out for it; of a mixed build, which
    records it holds.
    """
    records = [records_said(Voice(lang)) for lang in words.LANGUAGES]
    return "\n".join(
        filter(
            None,
            [_for_whom(), *records],
        )
    )


def _for_whom() -> str:
    if reader.scope_now().sees_all:
        return "\n".join(
            words.say(lang, "exchange.for_staff") for lang in words.LANGUAGES
        )
    left_out = reader.withheld()
    lines = []
    for lang in words.LANGUAGES:
        lines.append(
            words.say(
                lang,
                "exchange.for_public",
                day=numbers.day(lang, reader.scope_now().on),
            )
        )
        lines.append(
            words.say(lang, "sign_in.withheld_few")
            if left_out is None
            else words.say(
                lang,
                "exchange.withheld_count",
                n=left_out["projects"],
            )
        )
    return "\n".join(lines)


def _write_who_may_read(out: Path) -> Path:
    """A file beside the export that says for whom it is; its name says so before it is opened."""
    names = {
        True: "EVERYTHING_not_for_publication.txt",
        False: "FOR_THE_PUBLIC.txt",
    }
    sees_all = reader.scope_now().sees_all
    # a folder that is written again says one thing
    (out / names[not sees_all]).unlink(missing_ok=True)
    path = out / names[sees_all]
    path.write_text(
        for_whom() + "\n",
        encoding="utf-8",
    )
    return path
