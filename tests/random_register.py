"""Registers drawn at random over everything the template takes: Welsh text, lists, regions, states, people
by area, marks.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

WORDS = [
    "Cefnogaeth",
    "i",
    "rieni",
    "Llŷn",
    "tŷ’r",
    "gŵyl",
    "Môn",
    "äl",
    "support",
    "“dyfyniad”",
    "a, b",
    "x; y",
    "50 %",
    "&",
    "<b>",
    "é̂",
    "Σ",
    "🏠",
    "№ 3",
    "'quoted'",
    "back\\slash",
    "a · b",
    "dau  fwlch",
]
AREAS = [
    "W01001274",
    "W01001275",
    "W01001943",
    "W06000016",
    "W06000015",
    "W06000001",
    "RPB_GWENT",
    "RPB_NORTH_WALES",
    "RCC_CWM_TAF",
    "W92000004",
]
COMMISSIONERS = [
    "Rhondda Cynon Taf",
    "Caerdydd",
    "W06000001",
    "Ynys Môn",
    "RPB_GWENT",
    "RPB_POWYS",
    "RCC_GWENT",
    "RCC_NORTH_WALES",
]
STATES = ["confirmed_none", "requested_not_supplied", "withheld"]


def random_rows(
    count: int, seed: int, choices: Mapping[str, Sequence[str]]
) -> list[dict[str, str]]:
    """`count` rows of the template. `choices`: identifiers of programme, target_group, theme and
    priority_id.
    """
    draw = random.Random(seed)
    return [_row(draw, at, choices) for at in range(count)]


def _row(
    draw: random.Random, at: int, choices: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    def text(most: int = 6) -> str:
        return (
            " ".join(
                draw.choice(WORDS) for _ in range(draw.randint(1, most))
            ).strip("'& ")
            or "x"
        )

    def maybe(value: str, chance: float = 0.5) -> str:
        return value if draw.random() < chance else ""

    def some(values: Sequence[str], most: int = 3) -> list[str]:
        return draw.sample(
            list(values), draw.randint(0, min(most, len(values)))
        )

    year = draw.randint(2010, 2026)
    start, end = (
        f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        f"{year + draw.randint(1, 5)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
    )
    areas = some(AREAS)
    row = {
        "project_id": draw.choice(
            [
                "Q-{}",
                "360G-q{}",
                "360G-clearlink-{}",
                "ocds-q{}",
                "ocds-clrlnk-{}",
                "Ŵ/{} ô",
                "q.{}_x",
            ]
        ).format(at),
        "title": f"Prosiect {text()}",
        "programme": maybe(draw.choice(choices["programme"]), 0.8),
        "commissioner": draw.choice(COMMISSIONERS),
        "provider_org_id": maybe(
            draw.choice(
                [
                    "GB-CHC-1012345",
                    "GB-COH-RC000512",
                    "GB-LAE-CRF",
                    "XX-a-b-c",
                    "dim-rhif",
                    "1012345",
                ]
            )
        ),
        "provider_name": maybe(f"Darparwr {text()}"),
        "provider_sector": maybe("y trydydd sector"),
        "start": maybe(start, 0.85),
        "end": maybe(end, 0.8),
        "annual_value_gbp": maybe(
            draw.choice(
                [
                    "0",
                    "1",
                    "0.01",
                    "33333.33",
                    "84500",
                    "1234567.89",
                    f"{draw.uniform(1, 5e6):.2f}",
                ]
            ),
            0.85,
        ),
        "area_codes": ";".join(areas),
        "target_group": maybe(draw.choice(choices["target_group"])),
        "priority_id": ";".join(some(choices["priority_id"])),
        "capacity": maybe(str(draw.randint(0, 900))),
        "capacity_unit": maybe("teuluoedd y flwyddyn"),
        "theme": ";".join(some(choices["theme"])),
        "delivery_model": maybe(
            draw.choice(["place_based", "dispersed", "area_wide"])
        ),
        "tier": maybe(draw.choice(["universal", "targeted", "intensive"])),
        "decision_date": maybe(f"{year - 1}-{draw.randint(1, 12):02}-15"),
        "approver": maybe(f"Cabinet; {text(2)}"),
        "route_to_award": maybe("open tender"),
        "engagement_date": maybe(f"{year - 1}-03-01"),
        "engagement_with": maybe(f"rhieni a phlant, {text(2)}"),
        "engagement_change": maybe(f"newidiwyd {text(3)}"),
        "outcomes": maybe(f"canlyniad {text()}\nail linell {text(2)}"),
        "last_review": maybe(f"{year}-11-30", 0.3),
        "users_by_area": ";".join(
            f"{code}={draw.choice([4, 9, 10, 12, 13, 25, 40])}"
            for code in areas
            if code.startswith("W01")
        )
        if draw.random() < 0.4
        else "",
        "welsh_language": maybe("y cynnig rhagweithiol"),
        "is_sensitive": maybe("yes", 0.12),
        "is_illustrative": maybe(draw.choice(["yes", "no"])),
        "source_ref": maybe(f"Adroddiad Cabinet · {text(2)}"),
        "source_url": maybe("https://www.example.gov.wales/adroddiad?a=1&b=2"),
    }
    if row["priority_id"]:
        row |= {
            "priority_page": maybe("tud. 14"),
            "quotation": maybe(f"geiriau {text()}"),
            "stated_on": maybe(f"{year - 1}-01-30"),
            "sighted_by": maybe("Swyddog Cynllunio"),
        }
    state = draw.choice(
        [
            "theme_state",
            "areas_state",
            "priority_state",
            "engagement_state",
            "outcomes_state",
        ]
    )
    of_state = {
        "theme_state": ["theme"],
        "areas_state": ["area_codes", "users_by_area"],
        "priority_state": [
            "priority_id",
            "priority_page",
            "quotation",
            "stated_on",
            "sighted_by",
        ],
        "engagement_state": [
            "engagement_date",
            "engagement_with",
            "engagement_change",
        ],
        "outcomes_state": ["outcomes"],
    }
    if draw.random() < 0.4:
        row |= dict.fromkeys(of_state[state], "") | {
            state: draw.choice(STATES),
            "recorded_by": "Swyddog contractau",
            "recorded_on": "2025-10-07",
            "requested_on": "2025-09-02",
        }
    return {name: value for name, value in row.items() if value}
