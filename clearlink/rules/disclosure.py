"""No figure from which one person could be known: withholding, rounding, and the second suppression that protects the first.

For our own counts of users (method C). A publisher's suppression is kept as it came and never redone here.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence

from clearlink.rules.settings import Settings

Cell = tuple[int, int]


def published_count(count: float, settings: Settings) -> float | None:
    """A count as it may be shown: None (withheld) under 10, else to the nearest 5, halves up."""
    if count < 0:
        raise ValueError(f"count: found {count!r}, expected 0 or more")
    if count < settings.disclosure_below:
        return None
    step = settings.disclosure_round_to
    return (2 * count + step) // (2 * step) * step


def published_table(counts: Sequence[Sequence[float]], settings: Settings) -> list[list[float | None]]:
    """A two-way table of users with a total column and a total row added, as it may be shown; None is withheld.

    Counts under 10 are withheld wherever they stand, totals too. Then enough further cells are withheld, the least people
    first, that no withheld count can be had by adding and subtracting rows and columns. The rest is rounded to 5.
    """
    width = len(counts[0]) if counts else 0
    if not width or any(len(row) != width for row in counts):
        raise ValueError("table: expected at least one row and one column, and rows of the same length")
    full = [[*row, sum(row)] for row in counts]
    full.append([sum(column) for column in zip(*full, strict=True)])
    hidden = {(r, c) for r, row in enumerate(full) for c, count in enumerate(row) if count < settings.disclosure_below}
    for cell in sorted(hidden):
        hidden |= _protection(full, hidden, cell)
    return [
        [None if (r, c) in hidden else published_count(count, settings) for c, count in enumerate(row)]
        for r, row in enumerate(full)
    ]


def published_users(users: Mapping[str, float], holders: Mapping[str, Collection[str]], settings: Settings) -> dict[str, float | None]:
    """Users of one project by area, as they may be served; None is withheld.

    `holders` names the areas that hold each area. A count inside another counted area is withheld, because the rest of the larger area
    would follow by subtraction. Of the others those under 10 are withheld, and where one alone would be, the smallest other with it: then
    a total that the project tells elsewhere gives none of them away. What is left is rounded to 5.
    """
    apart = {code: count for code, count in users.items() if not set(holders.get(code, ())) & set(users)}
    shown = published_table([list(apart.values())], settings)[0] if apart else []
    return {**dict.fromkeys(users, None), **dict(zip(apart, shown, strict=False))}


def _protection(full: Sequence[Sequence[float]], hidden: set[Cell], cell: Cell) -> set[Cell]:
    """The cheapest cells to withhold so that a withheld cell lies on a closed path of withheld cells.

    Rows and columns are the stations and cells the lines between them. A withheld cell can be worked out exactly when, and only
    when, it lies on no closed path of withheld cells; so the shortest way round from its row to its column is withheld too.
    """
    rows, cols = len(full), len(full[0])
    start, goal = cell[0], rows + cell[1]
    best: dict[int, tuple[float, int]] = {start: (0, 0)}
    came: dict[int, tuple[int, Cell]] = {}
    waiting: list[tuple[float, int, int]] = [(0, 0, start)]
    while waiting:
        people, steps, station = heapq.heappop(waiting)
        if station == goal:
            break
        if (people, steps) > best[station]:
            continue
        for other in range(rows, rows + cols) if station < rows else range(rows):
            line = (station, other - rows) if station < rows else (other, station - rows)
            if line == cell:
                continue
            cost = (people + (0 if line in hidden else full[line[0]][line[1]]), steps + (line not in hidden))
            if other not in best or cost < best[other]:
                best[other] = cost
                came[other] = (station, line)
                heapq.heappush(waiting, (*cost, other))
    way: set[Cell] = set()
    station = goal
    while station != start:
        station, line = came[station]
        way.add(line)
    return way
