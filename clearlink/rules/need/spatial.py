"""Do high areas stand beside high ones? Global and local Moran's I with permutations, and the false discovery
rate (method F).

Queen contiguity, each neighbour of an area counting alike. Moran (1950), Anselin (1995), Benjamini & Hochberg
(1995). For the analyst only: a cluster is a pattern to look at, not a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clearlink.rules.settings import Settings

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
TIE: Final = 1e-12
WORLDS_AT_ONCE: Final = 1000


class Cluster(StrEnum):
    """What one area is beside its neighbours; the name of a class is no p-value."""

    HIGH_BY_HIGH = "HIGH_BY_HIGH"
    LOW_BY_LOW = "LOW_BY_LOW"
    HIGH_BY_LOW = "HIGH_BY_LOW"
    LOW_BY_HIGH = "LOW_BY_HIGH"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Contiguity:
    """Neighbours of each area as places in a list: those of area i stand from `first[i]` up to `first[i +
    1]`. `joined` are islands that were tied to the nearest area, because an area without neighbours has
    nothing to be compared with.
    """

    first: Places
    neighbour: Places
    joined: tuple[int, ...] = ()

    @property
    def counts(self) -> Places:
        """How many neighbours each area has."""
        return np.diff(self.first)


def contiguity(
    codes: Sequence[str],
    touching: Iterable[tuple[str, str]],
    centres: Mapping[str, tuple[float, float]],
) -> Contiguity:
    """Neighbours among `codes` from pairs that touch (other pairs are passed over); an island is joined
    with the nearest centre (lon, lat).
    """
    neighbours = _touching(codes, touching)
    islands = [at for at, near in enumerate(neighbours) if not near]
    if islands and len(codes) > 1:
        _join_islands(
            neighbours,
            islands,
            [centres[code] for code in codes],
        )
    first = np.concatenate(
        [
            [0],
            np.cumsum([*map(len, neighbours)]),
        ]
    ).astype(np.intp)
    near = np.array(
        [n for each in neighbours for n in sorted(each)],
        dtype=np.intp,
    )
    return Contiguity(
        first,
        near,
        tuple(islands),
    )


def _touching(
    codes: Sequence[str],
    pairs: Iterable[tuple[str, str]],
) -> list[set[int]]:
    """The neighbours of each area, by their places among `codes`."""
    place = {code: at for at, code in enumerate(codes)}
    neighbours: list[set[int]] = [set() for _ in codes]
    for a, b in pairs:
        if a in place and b in place and a != b:
            neighbours[place[a]].add(place[b])
            neighbours[place[b]].add(place[a])
    return neighbours


def _join_islands(
    neighbours: list[set[int]],
    islands: Sequence[int],
    centres: Sequence[tuple[float, float]],
) -> None:
    """Makes each island and the area with the nearest centre neighbours."""
    lon, lat = np.array(centres, dtype=np.float64).T
    for at in islands:
        apart = ((lon - lon[at]) * np.cos(np.radians(lat[at]))) ** 2 + (
            lat - lat[at]
        ) ** 2
        apart[at] = np.inf
        nearest = int(np.argmin(apart))
        neighbours[at].add(nearest)
        neighbours[nearest].add(at)


@dataclass(frozen=True, slots=True)
class GlobalMoran:
    """I, what it is without any pattern (−1 ÷ (n − 1)), and the share of permutations at least as far from
    that on its side (one-sided).
    """

    moran: float
    expected: float
    p_value: float


def global_moran(
    values: ArrayLike,
    near: Contiguity,
    settings: Settings,
) -> GlobalMoran:
    """I = z'Wz ÷ z'z with rows of W that add to 1. Raises ValueError where every value is the same."""
    y = np.asarray(values, dtype=np.float64)
    z = _centred(y)
    observed = float(z @ _lag(z, near)) / float(z @ z)
    draw = np.random.default_rng(settings.seed)
    worlds = draw.permuted(
        np.broadcast_to(
            z,
            (settings.moran_permutations, z.size),
        ),
        axis=1,
    )
    # W is held by rows; the mean of the neighbours of all worlds at once is a difference of running sums
    lags = (
        np.add.reduceat(
            worlds[:, near.neighbour],
            near.first[:-1],
            axis=1,
        )
        / near.counts
    )
    simulated = (worlds * lags).sum(axis=1) / float(z @ z)
    larger = int((simulated >= observed - TIE).sum())
    return GlobalMoran(
        observed,
        -1.0 / (y.size - 1),
        (
            min(
                larger,
                settings.moran_permutations - larger,
            )
            + 1
        )
        / (settings.moran_permutations + 1),
    )


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """One entry an area: local I, p-value of both sides, and the class that stands once the false
    discovery rate is kept.
    """

    moran: Floats
    p_value: Floats
    cluster: tuple[Cluster, ...]


def local_moran(
    values: ArrayLike,
    near: Contiguity,
    settings: Settings,
    told: NDArray[np.bool_] | None = None,
) -> LocalMoran:
    """I_i = (n − 1)·z_i·Σ_j w_ij·z_j ÷ z'z; neighbours are redrawn from all other areas with the area itself
    held (seed fixed).

    `told` are the areas that are named: a ring around a region lends its neighbours, and is not itself
    counted or tested.
    """
    y = np.asarray(values, dtype=np.float64)
    z = _centred(y)
    lag = _lag(z, near)
    observed = (z.size - 1) * z * lag / float(z @ z)
    p_value = _conditional_p(z, lag, near, settings)
    wanted = np.ones(z.size, dtype=bool) if told is None else told
    named = np.zeros(z.size, dtype=bool)
    named[wanted] = discoveries(
        p_value[wanted],
        settings.moran_fdr,
    )
    kinds = {
        (True, True): Cluster.HIGH_BY_HIGH,
        (False, False): Cluster.LOW_BY_LOW,
        (True, False): Cluster.HIGH_BY_LOW,
        (False, True): Cluster.LOW_BY_HIGH,
    }
    cluster = tuple(
        kinds[bool(own > 0), bool(around > 0)] if is_named else Cluster.NONE
        for own, around, is_named in zip(z, lag, named, strict=True)
    )
    return LocalMoran(observed, p_value, cluster)


def _conditional_p(
    z: Floats,
    lag: Floats,
    near: Contiguity,
    settings: Settings,
) -> Floats:
    counts, most, worlds = (
        near.counts,
        int(near.counts.max()),
        settings.moran_local_permutations,
    )
    others = _drawn_places(
        z.size - 1,
        most,
        worlds,
        settings.seed,
    )
    p = np.empty(z.size)
    scale = float(np.abs(z).max()) ** 2
    for at in range(z.size):
        drawn = others[:, : counts[at]]
        # the area itself is left out: every place from its own on moves up by one
        simulated = z[drawn + (drawn >= at)].mean(axis=1) * z[at]
        # a world that draws the same neighbours gives the same sum but for its last digit
        larger = int((simulated >= lag[at] * z[at] - TIE * scale).sum())
        p[at] = min(
            1.0,
            2 * (min(larger, worlds - larger) + 1) / (worlds + 1),
        )
    return p


def _drawn_places(
    places: int,
    most: int,
    worlds: int,
    seed: int,
) -> NDArray[np.int32]:
    """In each world the first `most` of the places in an order of its own; a thousand worlds at a time, to
    spare memory.
    """
    draw = np.random.default_rng(seed)
    parts = []
    for start in range(0, worlds, WORLDS_AT_ONCE):
        orders = np.broadcast_to(
            np.arange(places, dtype=np.int32),
            (min(WORLDS_AT_ONCE, worlds - start), places),
        )
        parts.append(draw.permuted(orders, axis=1)[:, :most])
    return np.concatenate(parts)


def discoveries(p_values: ArrayLike, rate: float) -> NDArray[np.bool_]:
    """Which tests stand when no more than `rate` of those named may be so by chance (Benjamini & Hochberg
    1995).
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.sort(p)
    below = np.flatnonzero(
        order
        <= rate
        * np.arange(
            1,
            p.size + 1,
        )
        / max(1, p.size)
    )
    return p <= order[below[-1]] if below.size else np.zeros(p.size, dtype=bool)


def _centred(y: Floats) -> Floats:
    if (
        y.size < 3
        or not bool(np.all(np.isfinite(y)))
        or bool(np.all(y == y[0]))
    ):
        raise ValueError(
            f"areas: found {y.size} of them, a missing figure or the same figure everywhere, expected "
            f"three or more that differ"
        )
    centred: Floats = y - y.mean()
    return centred


def _lag(z: Floats, near: Contiguity) -> Floats:
    mean: Floats = (
        np.add.reduceat(
            z[near.neighbour],
            near.first[:-1],
        )
        / near.counts
    )
    return mean
