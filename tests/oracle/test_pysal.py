"""The measures of method D equal the PySAL packages, and the limits equal statsmodels and scipy, on data made at random.

PySAL measures inequality between people who count alike, this method the mismatch of money and need between areas. The two
meet when every person in need is given an equal part of the money of his or her area:

* Hoover (ours, areas)            = Schutz distance of the parts (PySAL `inequality.schutz`)
* Theil against need, its parts   = Theil and its partition by authority (`inequality.theil`)
* concentration index of money    = minus the Gini of money per head (`inequality.gini`) where the areas are ranked by that
  money itself; ranked by anything else a Gini has no equal, so nothing else is compared.

There is no Moran in this program, so none is compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from inequality.gini import Gini
from inequality.schutz import Schutz
from inequality.theil import Theil as PysalTheil
from inequality.theil import TheilD
from numpy.typing import NDArray
from scipy.stats import chi2
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from clearlink.rules.fairness import concentration_index, curve, hoover
from clearlink.rules.inequality import theil
from clearlink.rules.intervals import byar, exact_poisson, wilson

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
        each = np.repeat(self.spend_gbp / self.people_in_need, self.people_in_need)
        return each, np.repeat(np.asarray(self.authorities), self.people_in_need)


def region(draw: np.random.Generator) -> Region:
    """Three to thirty areas in one to five authorities; a few areas get nothing, and some get the same per person."""
    areas = int(draw.integers(3, 31))
    need = draw.integers(1, 41, areas)
    spend = np.round(draw.gamma(0.8, 20_000, areas), 2) * (draw.random(areas) > 0.1)
    spend[draw.integers(areas)] = 12_345.67
    if draw.random() < 0.2:
        spend = need * 250.0
    authorities = [f"W0600000{n}" for n in draw.integers(1, int(draw.integers(2, 7)), areas)]
    return Region([f"A{n}" for n in range(areas)], authorities, need, spend)


@pytest.fixture(scope="module")
def regions() -> list[Region]:
    draw = np.random.default_rng(SEED)
    return [region(draw) for _ in range(DATA_SETS)]


def test_hoover_is_the_schutz_distance(regions: list[Region]) -> None:
    for r in regions:
        each, _ = r.parts()
        theirs = float(Schutz(pd.DataFrame({"gbp": each}), "gbp").distance)
        assert hoover(r.people_in_need, r.spend_gbp) == pytest.approx(theirs, abs=NEAR)


def test_theil_and_its_two_parts(regions: list[Region]) -> None:
    for r in regions:
        each, authority = r.parts()
        ours, theirs = theil(r.codes, r.authorities, r.people_in_need, r.spend_gbp), TheilD(each, authority)
        assert ours.total == pytest.approx(float(PysalTheil(each).T), abs=NEAR)
        assert ours.between == pytest.approx(float(np.squeeze(theirs.bg)), abs=NEAR)
        assert ours.within == pytest.approx(float(np.squeeze(theirs.wg)), abs=NEAR)


def test_the_concentration_index_of_money_ranked_by_itself_is_minus_its_gini(regions: list[Region]) -> None:
    draw = np.random.default_rng(SEED)
    for r in regions:
        heads = draw.integers(1, 41, len(r.codes))
        # need in proportion to the money, so that the rank by need is the rank by money per head
        areas = curve(r.spend_gbp / 100, r.spend_gbp, heads)
        gini = float(Gini(np.repeat(r.spend_gbp / heads, heads)).g)
        assert concentration_index(areas.population, areas.spend) == pytest.approx(-gini, abs=NEAR)


def test_wilson_is_that_of_statsmodels() -> None:
    draw = np.random.default_rng(SEED)
    for total in draw.integers(1, 5_000, DATA_SETS):
        people = int(draw.integers(0, total + 1))
        theirs = proportion_confint(people, int(total), alpha=0.05, method="wilson")
        assert wilson(people, int(total)) == pytest.approx(theirs, abs=NEAR)


def test_exact_counts_are_those_of_chi_squared_and_statsmodels() -> None:
    for count in range(0, 200):
        lower = 0.0 if count == 0 else float(chi2.ppf(0.025, 2 * count) / 2)
        upper = float(chi2.ppf(0.975, 2 * count + 2) / 2)
        assert exact_poisson(count) == pytest.approx((lower, upper), rel=1e-9)
        if count:
            assert exact_poisson(count) == pytest.approx(confint_poisson(count, 1, method="exact-c", alpha=0.05), rel=1e-9)


def test_byar_stands_in_for_the_exact_limits_from_ten() -> None:
    """No package here holds Byar by name; he is the cube-root form of the same chi-squared, close from ten people on."""
    for count in (*range(10, 500), 1_000, 10_000):
        lower, upper = float(chi2.ppf(0.025, 2 * count) / 2), float(chi2.ppf(0.975, 2 * count + 2) / 2)
        assert byar(count) == pytest.approx((lower, upper), rel=2e-3)
        for degrees, tail, ours in ((2 * count, 0.025, byar(count)[0]), (2 * count + 2, 0.975, byar(count)[1])):
            # Wilson & Hilferty (1931): (chi-squared ÷ degrees)^(1/3) is near normal
            z = math.copysign(1.959963984540054, tail - 0.5)
            assert ours == pytest.approx(degrees / 2 * (1 - 2 / (9 * degrees) + z * math.sqrt(2 / (9 * degrees))) ** 3, rel=1e-12)
