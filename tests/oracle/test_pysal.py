"""The measures of method D equal the PySAL packages, and the limits equal statsmodels, scipy and
PHStatsMethods, on data made at random.

PySAL measures inequality between people who count alike, this method the mismatch of money and need between
areas. The two meet when every person in need is given an equal part of the money of his or her area:

* Hoover (ours, areas)            = Schutz distance of the parts (PySAL `inequality.schutz`)
* Theil against need, its parts   = Theil and its partition by authority (`inequality.theil`)
* concentration index of money    = minus the Gini of money per head (`inequality.gini`) where the areas are
ranked by that
  money itself; ranked by anything else a Gini has no equal, so nothing else is compared.

Moran's I (`esda`) is compared on contiguities made at random, islands joined: the measures to the last digit,
the shares of permutations within what 999 permutations can differ by, and the discoveries with those of
statsmodels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from esda import Moran, Moran_Local
from inequality.gini import Gini
from inequality.schutz import Schutz
from inequality.theil import Theil as PysalTheil
from inequality.theil import TheilD
from libpysal.weights import W
from numpy.typing import NDArray
from PHStatsMethods import confidence_intervals as dhsc
from PHStatsMethods import ph_rate
from scipy.stats import chi2
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from clearlink.rules.fairness.fairness import concentration_index, curve, hoover
from clearlink.rules.fairness.inequality import theil
from clearlink.rules.need.intervals import (
    byar,
    count_limits,
    empirical_bayes,
    exact_poisson,
    wilson,
)
from clearlink.rules.need.spatial import (
    Contiguity,
    contiguity,
    discoveries,
    global_moran,
    local_moran,
)
from clearlink.warehouse.law import catalogue_law

DATA_SETS = 1000
SEED = 20131
NEAR = 1e-9


@dataclass(frozen=True)
class Region:
    """Areas of a region at random, and the same money as parts, one for each person in need."""

    codes: list[str]
    authorities: list[str]
    people_in_need: NDArray[np.int64]
    spend_gbp: NDArray[np.float64]

    def parts(self) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
        """Money of each person in need, and the authority of each."""
        each = np.repeat(
            self.spend_gbp / self.people_in_need, self.people_in_need
        )
        return each, np.repeat(
            np.asarray(self.authorities), self.people_in_need
        )


def region(draw: np.random.Generator) -> Region:
    """Three to thirty areas in one to five authorities; a few areas get nothing, and some get the same per
    person.
    """
    areas = int(draw.integers(3, 31))
    need = draw.integers(1, 41, areas)
    spend = np.round(draw.gamma(0.8, 20_000, areas), 2) * (
        draw.random(areas) > 0.1
    )
    spend[draw.integers(areas)] = 12_345.67
    if draw.random() < 0.2:
        spend = need * 250.0
    authorities = [
        f"W0600000{n}"
        for n in draw.integers(1, int(draw.integers(2, 7)), areas)
    ]
    return Region([f"A{n}" for n in range(areas)], authorities, need, spend)


@pytest.fixture(scope="module")
def regions() -> list[Region]:
    draw = np.random.default_rng(SEED)
    return [region(draw) for _ in range(DATA_SETS)]


def test_hoover_is_the_schutz_distance(regions: list[Region]) -> None:
    for r in regions:
        each, _ = r.parts()
        theirs = float(Schutz(pd.DataFrame({"gbp": each}), "gbp").distance)
        assert hoover(r.people_in_need, r.spend_gbp) == pytest.approx(
            theirs, abs=NEAR
        )


def test_theil_and_its_two_parts(regions: list[Region]) -> None:
    for r in regions:
        each, authority = r.parts()
        ours, theirs = (
            theil(r.codes, r.authorities, r.people_in_need, r.spend_gbp),
            TheilD(each, authority),
        )
        assert ours.total == pytest.approx(float(PysalTheil(each).T), abs=NEAR)
        assert ours.between == pytest.approx(
            float(np.squeeze(theirs.bg)), abs=NEAR
        )
        assert ours.within == pytest.approx(
            float(np.squeeze(theirs.wg)), abs=NEAR
        )


def test_the_concentration_index_of_money_ranked_by_itself_is_minus_its_gini(
    regions: list[Region],
) -> None:
    draw = np.random.default_rng(SEED)
    for r in regions:
        heads = draw.integers(1, 41, len(r.codes))
        # need in proportion to the money, so that the rank by need is the rank by money per head
        areas = curve(r.spend_gbp / 100, r.spend_gbp, heads)
        gini = float(Gini(np.repeat(r.spend_gbp / heads, heads)).g)
        assert concentration_index(
            areas.population, areas.spend
        ) == pytest.approx(-gini, abs=NEAR)


def test_wilson_is_that_of_statsmodels() -> None:
    draw = np.random.default_rng(SEED)
    for total in draw.integers(1, 5_000, DATA_SETS):
        people = int(draw.integers(0, total + 1))
        theirs = proportion_confint(
            people, int(total), alpha=0.05, method="wilson"
        )
        assert wilson(people, int(total)) == pytest.approx(theirs, abs=NEAR)


def test_exact_counts_are_those_of_chi_squared_and_statsmodels() -> None:
    for count in range(0, 200):
        lower = 0.0 if count == 0 else float(chi2.ppf(0.025, 2 * count) / 2)
        upper = float(chi2.ppf(0.975, 2 * count + 2) / 2)
        assert exact_poisson(count) == pytest.approx((lower, upper), rel=1e-9)
        if count:
            assert exact_poisson(count) == pytest.approx(
                confint_poisson(count, 1, method="exact-c", alpha=0.05),
                rel=1e-9,
            )


def test_wilson_and_byar_are_those_of_the_department_of_health() -> None:
    """PHStatsMethods (DHSC) is what makes the limits that England's published public health indicators
    carry.
    """
    draw = np.random.default_rng(SEED)
    for total in draw.integers(1, 5_000, DATA_SETS):
        people = int(draw.integers(0, total + 1))
        assert wilson(people, int(total)) == pytest.approx(
            (
                dhsc.wilson_lower(people, int(total)),
                dhsc.wilson_upper(people, int(total)),
            ),
            abs=NEAR,
        )
    for count in {
        *range(10, 1_000),
        *(int(n) for n in draw.integers(10, 1_000_000, DATA_SETS)),
    }:
        assert byar(count) == pytest.approx(
            (dhsc.byars_lower(count), dhsc.byars_upper(count)), rel=1e-12
        )


def test_the_limits_of_a_count_change_form_where_those_of_the_department_of_health_do() -> (
    None
):
    """`count_limits` as the method's settings call it against a whole published rate: exact under ten,
    Byar from there on.
    """
    counts = [*range(1, 40), 250, 9_999]  # their rate refuses a count of 0
    theirs = ph_rate(
        pd.DataFrame({"people": counts, "of": 20_000}),
        "people",
        "of",
        multiplier=20_000,
    )
    ours = [
        count_limits(count, exact_below=catalogue_law().exact_below)
        for count in counts
    ]
    assert [low for low, _ in ours] == pytest.approx(
        theirs["lower_95_ci"].tolist(), rel=1e-9
    )
    assert [high for _, high in ours] == pytest.approx(
        theirs["upper_95_ci"].tolist(), rel=1e-9
    )


@dataclass(frozen=True)
class Country:
    """Areas at random with who touches whom, and a figure for each."""

    near: Contiguity
    weights: W
    values: NDArray[np.float64]


def country(draw: np.random.Generator, least: int = 4) -> Country:
    """Four to forty areas that touch one in eight others; most countries have an island."""
    codes = [f"A{n}" for n in range(int(draw.integers(least, 41)))]
    centres = {
        code: (float(draw.uniform(-5, -3)), float(draw.uniform(51, 53)))
        for code in codes
    }
    touching = [
        (a, b)
        for n, a in enumerate(codes)
        for b in codes[:n]
        if draw.random() < 0.125
    ]
    near = contiguity(codes, touching, centres)
    weights = W(
        {
            at: [
                int(n)
                for n in near.neighbour[near.first[at] : near.first[at + 1]]
            ]
            for at in range(len(codes))
        },
        silence_warnings=True,
    )
    weights.transform = "r"
    return Country(near, weights, draw.gamma(0.8, 3.0, len(codes)))


def test_moran_and_local_moran_are_those_of_esda() -> None:
    draw = np.random.default_rng(SEED)
    law = catalogue_law().with_changes(
        moran_permutations=9, moran_local_permutations=9
    )
    for _ in range(DATA_SETS):
        c = country(draw)
        whole = global_moran(c.values, c.near, law)
        assert whole.moran == pytest.approx(
            float(Moran(c.values, c.weights, permutations=0).I), abs=NEAR
        )
        assert whole.expected == pytest.approx(-1 / (c.values.size - 1))
        theirs = Moran_Local(c.values, c.weights, permutations=0).Is
        assert local_moran(c.values, c.near, law).moran == pytest.approx(
            theirs, abs=NEAR
        )


def test_shares_of_permutations_agree_with_esda_within_chance() -> None:
    draw = np.random.default_rng(SEED)
    law = catalogue_law().with_changes(moran_local_permutations=999)
    worst = []
    for _ in range(40):
        # in a smaller country the worlds repeat each other, and esda counts a repeat on either side of itself
        c = country(draw, least=20)
        theirs = Moran_Local(
            c.values,
            c.weights,
            permutations=law.moran_permutations,
            seed=1,
            n_jobs=1,
        )
        # esda counts the nearer side only, this program both
        twice = np.minimum(1.0, 2 * theirs.p_sim)
        worst.append(
            float(
                np.abs(local_moran(c.values, c.near, law).p_value - twice).max()
            )
        )
        assert global_moran(c.values, c.near, law).p_value == pytest.approx(
            Moran(
                c.values, c.weights, permutations=law.moran_permutations
            ).p_sim,
            abs=0.08,
        )
    # six standard errors of the difference of two shares near one half, doubled
    assert max(worst) < 6 * 2 * math.sqrt(2 * 0.25 / law.moran_permutations)


def test_discoveries_are_those_of_statsmodels() -> None:
    draw = np.random.default_rng(SEED)
    for _ in range(DATA_SETS):
        p = draw.beta(0.3, 1.0, int(draw.integers(1, 200))).round(3)
        assert (
            discoveries(p, 0.05).tolist()
            == multipletests(p, alpha=0.05, method="fdr_bh")[0].tolist()
        )


def test_empirical_bayes_is_that_of_esda() -> None:
    from esda.smoothing import Empirical_Bayes

    draw = np.random.default_rng(SEED)
    for _ in range(DATA_SETS):
        people = draw.integers(20, 3_000, int(draw.integers(3, 60)))
        need = draw.binomial(people, draw.beta(2, 6, people.size))
        assert empirical_bayes(need, people) == pytest.approx(
            np.asarray(Empirical_Bayes(need, people).r).reshape(-1), abs=NEAR
        )
