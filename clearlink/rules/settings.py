"""Every threshold of the method in one place, with where it comes from.

What each means stands here; its value stands in `data/catalogue/settings.toml` and nowhere else. Those marked
"our judgement" are to be agreed with commissioners (method I).
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

EXPECTED: Final = {
    "int": "a whole number",
    "float": "a number",
    "tuple[tuple[str, int], ...]": "years by kind of assessment under [life_years]",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of the law. Change one for a what-if with `with_changes`; nothing reads a threshold from
    elsewhere.

    Area test (method B2, C2; our judgement): `ratio_met` observed ÷ expected need that counts as raised,
    `targeting_met` and
    `targeting_not_met` times the region's share in the neediest fifth, `exact_below` people under which
    limits are exact Poisson (UK public health method), `users_min` users per area for a dispersed service to
    be tested on its users. Priority test (C3): `lapsed_months` grace after a document's end; `life_years`
    default life by kind. Currency (C4): months to which evidence is current and ageing, ordinary and
    slow-moving (Census). Proportionality (C5): bounds of spend share ÷ need share, and the value below which
    it is not asked. Review (C7): `running_months` before a review is due, `review_months` within which it
    counts. Requests (B1): `evidence_wait_days`. Overruling (B5): `override_months`, `override_reason_chars`.
    Voices: `answer_owed_days` within which whoever spoke is owed an answer (our judgement: eight weeks).
    Gaps and overlap (C): cuts of relative provision, `unplaced_share_max`, `small_people`, overlap
    coefficient and days. Disclosure (C): counts under `disclosure_below` are withheld, the rest rounded to
    `disclosure_round_to`. Programmes (our judgement): spending that is further from the plan than
    `outturn_far` of it is odd. Need (D, E): `neediest_share` of population, weight that must be present,
    robust and borderline probabilities, draws, seed, Dirichlet concentration. Sensitivity range: `range_low`,
    `range_high` of the draws. Fairness (our judgement): a needs gap nearer to 0 than `no_direction` points
    nowhere, so it cannot change its sign (a hundredth of the widest possible is less than a pound in a
    hundred for the regions of this size); a grant of which no more than `near_share` would move is close to
    need. Spatial statistics (F): `moran_permutations` of the whole, `moran_local_permutations` of each area
    (with few, no area of many could ever stand out), `moran_min_areas`, `moran_fdr` the share of areas named
    that may be so by chance.
    """

    evidence_wait_days: int
    answer_owed_days: int
    ratio_met: float
    targeting_met: float
    targeting_not_met: float
    exact_below: float
    users_min: int
    lapsed_months: int
    current_months: int
    ageing_months: int
    slow_current_months: int
    slow_ageing_months: int
    proportion_met_low: float
    proportion_met_high: float
    proportion_partly_low: float
    proportion_partly_high: float
    proportion_min_value_gbp: float
    running_months: int
    review_months: int
    override_months: int
    override_reason_chars: int
    gap_cut: float
    watch_cut: float
    matched_cut: float
    above_cut: float
    unplaced_share_max: float
    small_people: float
    overlap_min: float
    overlap_days_min: int
    disclosure_below: int
    disclosure_round_to: int
    outturn_far: float
    neediest_share: float
    weight_available_min: float
    robust_probability: float
    borderline_probability: float
    draws: int
    seed: int
    dirichlet_concentration: float
    range_low: float
    range_high: float
    no_direction: float
    near_share: float
    moran_permutations: int
    moran_local_permutations: int
    moran_min_areas: int
    moran_fdr: float
    life_years: tuple[tuple[str, int], ...]

    def life_of(self, kind: str) -> int:
        """Default life, in years, of a kind of assessment. A kind that is not on the list raises
        ValueError.
        """
        for known, years in self.life_years:
            if known == kind:
                return years
        kinds = ", ".join(known for known, _ in self.life_years)
        raise ValueError(
            f"assessment kind: found {kind!r}, expected one of {kinds}; correct the kind"
        )

    def with_changes(
        self, **changes: float | tuple[tuple[str, int], ...]
    ) -> Settings:
        """The same law with some thresholds changed, for a what-if. An unknown name raises TypeError."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


def settings_from_toml(text: str) -> Settings:
    """Settings written as TOML (sections are only headings). Every setting must be there once; all faults
    are told at once.
    """
    values: dict[str, object] = {}
    faults: list[str] = []
    for section, body in tomllib.loads(text).items():
        if not isinstance(body, Mapping):
            faults.append(
                f"{section}: found outside a section, expected under a heading such as [link]; move it"
            )
        elif section == "life_years":
            values[section] = _life_years(body, faults)
        else:
            for name, value in body.items():
                if name in values:
                    faults.append(
                        f"[{section}] {name}: found twice, expected once; remove one"
                    )
                values[name] = value
    _check_kinds(values, faults)
    if faults:
        raise ValueError("settings: " + "; ".join(faults))
    return Settings(**values)  # type: ignore[arg-type]


def _check_kinds(values: dict[str, object], faults: list[str]) -> None:
    """Adds a fault for every setting that is missing, is none, or is of another kind; a whole number stands
    where a broken one may.
    """
    expected = {f.name: str(f.type) for f in dataclasses.fields(Settings)}
    faults += [
        f"{name}: not found, expected {EXPECTED[kind]}; add it"
        for name, kind in expected.items()
        if name not in values
    ]
    for name, value in values.items():
        if name not in expected:
            faults.append(f"{name}: found, but it is no setting; remove it")
        elif name != "life_years":
            kind = expected[name]
            values[name] = _as_kind(value, kind)
            if type(values[name]).__name__ != kind:
                faults.append(
                    f"{name}: found {value!r}, expected {EXPECTED[kind]}; correct it"
                )


def _as_kind(value: object, kind: str) -> object:
    """A whole number as a broken one where such a one is expected; a yes or no is neither."""
    if kind != "float" or isinstance(value, bool):
        return value
    return float(value) if isinstance(value, int) else value


def _life_years(
    body: Mapping[str, object],
    faults: list[str],
) -> tuple[tuple[str, int], ...]:
    lives: list[tuple[str, int]] = []
    for kind, years in body.items():
        if isinstance(years, int) and not isinstance(years, bool) and years > 0:
            lives.append((kind, years))
        else:
            faults.append(
                f"[life_years] {kind}: found {years!r}, expected whole years above 0; correct it"
            )
    return tuple(lives)
