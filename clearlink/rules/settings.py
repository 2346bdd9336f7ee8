"""Every threshold of the method in one place, with where it comes from.

The numbers below marked "our judgement" are to be agreed with commissioners (method, section I.4). The same values stand
in `data/catalogue/settings.toml`, which is what a deployment edits; a test says the two agree.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

LIFE_YEARS: tuple[tuple[str, int], ...] = (
    ("population_assessment", 5),
    ("wellbeing_assessment", 5),
    ("single_integrated_plan", 4),
    ("hsp_strategy", 4),
    ("sp_commissioning_plan", 3),
    ("families_first_plan", 3),
    ("cyp_assessment", 3),
    ("wellbeing_plan", 5),
    ("area_plan", 5),
    ("childcare_sufficiency", 5),
    ("market_stability_report", 5),
    ("homelessness_strategy", 4),
    ("strategic_needs_assessment", 4),
    ("sp_regional_strategic_plan", 3),
    ("vawdasv_strategy", 5),
    ("cyp_strategy", 3),
    ("health_social_care_wellbeing_strategy", 3),
    ("locality_needs_assessment", 5),
    ("other_assessment", 3),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of the law. Change one for a what-if with `with_changes`; nothing reads a threshold from elsewhere.

    Area test (method B2, C2; our judgement): `ratio_met` observed ÷ expected need that counts as raised, `targeting_met` and
    `targeting_not_met` times the region's share in the neediest fifth, `exact_below` people under which limits are exact
    Poisson (UK public health method), `users_min` users per area for a dispersed service to be tested on its users.
    Priority test (C3): `lapsed_months` grace after a document's end; `life_years` default life by kind.
    Currency (C4): months to which evidence is current and ageing, ordinary and slow-moving (Census).
    Proportionality (C5): bounds of spend share ÷ need share, and the value below which it is not asked.
    Review (C7): `running_months` before a review is due, `review_months` within which it counts.
    Requests (B1): `evidence_wait_days`. Overruling (B5): `override_months`, `override_reason_chars`.
    Voices: `answer_owed_days` within which whoever spoke is owed an answer (our judgement: eight weeks).
    Gaps and overlap (C): cuts of relative provision, `unplaced_share_max`, `small_people`, overlap coefficient and days.
    Disclosure (C): counts under `disclosure_below` are withheld, the rest rounded to `disclosure_round_to`.
    Need (D, E): `neediest_share` of population, weight that must be present, robust and borderline probabilities, draws, seed,
    Dirichlet concentration. Sensitivity range: `range_low`, `range_high` of the draws.
    Fairness (our judgement): a needs gap nearer to 0 than `no_direction` points nowhere, so it cannot change its sign (a hundredth of the widest
    possible is less than a pound in a hundred for the regions of this size); a grant of which no more than `near_share` would move is close to need.
    Spatial statistics (F): `moran_permutations` of the whole, `moran_local_permutations` of each area (with few, no area of many could
    ever stand out), `moran_min_areas`, `moran_fdr` the share of areas named that may be so by chance.
    """

    evidence_wait_days: int = 28
    answer_owed_days: int = 56
    ratio_met: float = 1.10
    targeting_met: float = 1.5
    targeting_not_met: float = 1.0
    exact_below: float = 10.0
    users_min: int = 10
    lapsed_months: int = 12
    current_months: int = 36
    ageing_months: int = 60
    slow_current_months: int = 60
    slow_ageing_months: int = 120
    proportion_met_low: float = 0.5
    proportion_met_high: float = 2.0
    proportion_partly_low: float = 1 / 3
    proportion_partly_high: float = 3.0
    proportion_min_value_gbp: float = 25_000.0
    running_months: int = 12
    review_months: int = 15
    override_months: int = 12
    override_reason_chars: int = 20
    gap_cut: float = 0.5
    watch_cut: float = 0.8
    matched_cut: float = 1.25
    above_cut: float = 2.0
    unplaced_share_max: float = 0.25
    small_people: float = 10.0
    overlap_min: float = 0.25
    overlap_days_min: int = 90
    disclosure_below: int = 10
    disclosure_round_to: int = 5
    neediest_share: float = 0.2
    weight_available_min: float = 2 / 3
    robust_probability: float = 0.8
    borderline_probability: float = 0.2
    draws: int = 1000
    seed: int = 20131
    dirichlet_concentration: float = 20.0
    range_low: float = 0.025
    range_high: float = 0.975
    no_direction: float = 0.01
    near_share: float = 0.03
    moran_permutations: int = 999
    moran_local_permutations: int = 9999
    moran_min_areas: int = 30
    moran_fdr: float = 0.05
    life_years: tuple[tuple[str, int], ...] = LIFE_YEARS

    def life_of(self, kind: str) -> int:
        """Default life, in years, of a kind of assessment. A kind that is not on the list raises ValueError."""
        for known, years in self.life_years:
            if known == kind:
                return years
        kinds = ", ".join(known for known, _ in self.life_years)
        raise ValueError(f"assessment kind: found {kind!r}, expected one of {kinds}; correct the kind")

    def with_changes(self, **changes: float | tuple[tuple[str, int], ...]) -> Settings:
        """The same law with some thresholds changed, for a what-if. An unknown name raises TypeError."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


def settings_from_toml(text: str) -> Settings:
    """Settings written as TOML (sections are only headings). Every setting must be there once; all faults are told at once."""
    found: dict[str, object] = {}
    faults: list[str] = []
    for section, body in tomllib.loads(text).items():
        if not isinstance(body, Mapping):
            faults.append(
                f"{section}: found outside a section, expected under a heading such as [link]; move it"
            )
        elif section == "life_years":
            found[section] = _life_years(body, faults)
        else:
            for name, value in body.items():
                if name in found:
                    faults.append(f"[{section}] {name}: found twice, expected once; remove one")
                found[name] = value
    expected = {f.name: f.default for f in dataclasses.fields(Settings)}
    faults += [
        f"{name}: not found, expected a value such as {expected[name]!r}; add it"
        for name in expected
        if name not in found
    ]
    for name, value in found.items():
        if name not in expected:
            faults.append(f"{name}: found, but it is no setting; remove it")
        elif isinstance(expected[name], float) and isinstance(value, int) and not isinstance(value, bool):
            found[name] = float(value)
        elif type(value) is not type(expected[name]):
            faults.append(f"{name}: found {value!r}, expected a value such as {expected[name]!r}; correct it")
    if faults:
        raise ValueError("settings: " + "; ".join(faults))
    return Settings(**found)  # type: ignore[arg-type]


def _life_years(body: Mapping[str, object], faults: list[str]) -> tuple[tuple[str, int], ...]:
    lives: list[tuple[str, int]] = []
    for kind, years in body.items():
        if isinstance(years, int) and not isinstance(years, bool) and years > 0:
            lives.append((kind, years))
        else:
            faults.append(f"[life_years] {kind}: found {years!r}, expected whole years above 0; correct it")
    return tuple(lives)
