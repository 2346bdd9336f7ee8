"""Every question the app asks of the served build, timed with no kept answer."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from clearlink.warehouse import reader
from clearlink.warehouse.asking import forget_answers, queries
from tests.bench.figures import Figure

ROUNDS: Final = 3
SLOWEST: Final = 5
A_YEAR: Final = timedelta(days=365)
PARAMETER: Final = re.compile(r"\$([a-z_]+)")
# thresholds of the what-if on gaps; the time does not depend on them
CUTS: Final = {
    "gap_cut": 0.5,
    "watch_cut": 0.8,
    "matched_cut": 1.25,
    "above_cut": 2.0,
    "unplaced_share_max": 0.4,
    "small_people": 20.0,
}


def asked() -> Iterator[Figure]:
    """Milliseconds of a question (50th and 95th percentile over all of them), and the slowest by name."""
    askings = askings_of_three_places()
    taken: dict[str, list[float]] = {}
    for question in queries():
        wanted = parameters(question)
        unknown = [name for name in wanted if name not in askings[0]]
        if unknown:
            yield Figure(
                f"question {question}",
                None,
                note=f"found no value to ask with for {', '.join(unknown)}",
            )
            continue
        for asking in askings:
            taken.setdefault(question, []).extend(
                _milliseconds(question, {name: asking[name] for name in wanted})
                for _ in range(ROUNDS)
            )
    every = [ms for times in taken.values() for ms in times]
    cuts = statistics.quantiles(every, n=100, method="inclusive")
    yield Figure(
        "served questions, 50th percentile",
        cuts[49],
        "ms",
        note=f"{len(taken)} questions, {len(every)} askings, no kept answers",
    )
    yield Figure(
        "served questions, 95th percentile", cuts[94], "ms", at_most=50
    )
    slowest = sorted(
        ((statistics.median(times), name) for name, times in taken.items()),
        reverse=True,
    )[:SLOWEST]
    yield Figure(
        "slowest question",
        slowest[0][0],
        "ms",
        note=", ".join(f"{name} {ms:.0f}" for ms, name in slowest),
    )


def parameters(question: str) -> list[str]:
    """The names of what a question is asked with."""
    text = queries()[question].read_text(encoding="utf-8")
    return sorted(set(PARAMETER.findall(re.sub(r"--.*", "", text))))


def _milliseconds(question: str, values: dict[str, Any]) -> float:
    forget_answers()
    started = time.perf_counter()
    reader.answer(question, **values)
    return (time.perf_counter() - started) * 1000


def askings_of_three_places() -> list[dict[str, Any]]:
    """Three ways to ask: the whole of Wales, a region, an authority, each on another theme."""
    rows = reader.place_rows()
    region = next(
        code for code, row in rows.items() if row["area_type"] == "RCC"
    )
    authority = reader.members()[region][0]
    small = [
        area["area_code"]
        for area in reader.areas("LSOA21")
        if area["la_code"] == authority
    ]
    offers = [
        o
        for o in reader.need_offer()
        if o["areas"]
        and o["definition"] == "lead"
        and o["area_type"] == "LSOA21"
    ]
    projects = [row["project_id"] for row in reader.projects()]
    gaps = reader.gaps()
    money = next(iter(reader.grant_fairness()), {})
    shown = [str(row["indicator_id"]) for row in reader.indicators()]
    found = []
    for number, place in enumerate((reader.WALES, region, authority)):
        offer = offers[number * (len(offers) - 1) // 2]
        found.append(
            CUTS
            | {
                "place": place,
                "region": reader.WALES if number == 0 else region,
                "la": authority,
                "programme": None
                if number == 0
                else next(iter(reader.programmes())),
                "programmes": ";".join(reader.programmes()),
            }
            | {
                "theme": offer["theme_id"],
                "definition": offer["definition"],
                "edition": offer["edition"],
                "area_type": offer["area_type"],
            }
            | {
                "indicator": shown[number],
                "areas": ";".join(small),
                "level": "LSOA21",
                "district": "CF37",
            }
            | {"day": reader.build()["as_of"] + A_YEAR}
            | {
                "area": small[number],
                "project_id": projects[number],
                "basis": "today" if number == 1 else "at_decision",
                "live": number == 2,
            }
            | {
                "verdict": None,
                "words": "a" if number == 2 else None,
                "months": 6,
                "most": 12,
            }
            | {
                "gap_type": gaps[0]["gap_type"] if gaps else "",
                "placed_by": "location",
                "grant_name": money.get("grant_name", ""),
                "year": money.get("year", ""),
            }
        )
    return found
