"""Interests compare organisations, not letters; and an all-clear is given only where everybody could be
compared.
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from clearlink.review.agenda import (
    answered_interests,
    interests,
    items,
    possible_interests,
    rule_out_interest,
    untold_interests,
)
from clearlink.review.meetings import members
from clearlink.review.organisations import (
    KnownNames,
    Likeness,
    known_names,
    likeness,
    organisation,
)
from tests.meetings import OFFICER, a_frozen_meeting, a_store

KNOWN: KnownNames = known_names(
    [
        ("W06000003", "W06000003"),
        ("W06000003", "Conwy"),
        ("W06000003", "GB-PLA-CWY"),
        ("W06000006", "Wrexham"),
        ("W06000006", "Wrecsam"),
        ("W06000001", "Isle of Anglesey"),
        ("W06000001", "Ynys Môn"),
        ("W06000024", "Merthyr Tydfil"),
        ("W06000024", "Merthyr Tudful"),
        ("W06000024", "W06000017"),
    ],
    [
        ("GB-CHC-1124155", "Digartref Cyf"),
        ("GB-CHC-1124155", "Digartref Ynys Môn"),
        ("GB-COH-03044412", "Pobl"),
    ],
)
SAME = [
    ("Cyngor Bwrdeistref Sirol Conwy", "Conwy Council (in-house)"),
    ("Conwy", "Conwy County Borough Council"),
    ("CONWY COUNTY BOROUGH COUNCIL", "Cyngor Conwy (mewnol)"),
    ("W06000003", "Conwy Council"),
    ("GB-PLA-CWY", "Cyngor Bwrdeistref Sirol Conwy"),
    ("Wrexham County Borough Council", "Cyngor Bwrdeistref Sirol Wrecsam"),
    ("Cyngor Sir Ynys Môn", "Isle of Anglesey County Council"),
    ("Ynys Mon", "Isle of Anglesey"),
    ("W06000017", "Merthyr Tydfil County Borough Council"),
    ("Digartref Ynys Môn", "Digartref Cyf"),
    ("Llamau Limited", "Llamau"),
    ("The Wallich", "Wallich"),
    ("Barnardo’s", "Barnardo's; Resolven Building Blocks Family Centre"),
    ("Home-Start Wrexham (charity 1108837)", "HSW, 1108837"),
    ("canolfan deuluol ", "Canolfan Deuluol"),
]
LIKE = [
    ("Llamau Housing Trust", "Llamau Supported Homes"),
    ("Homestart Wrexham", "Home Start Wrexham"),
    ("Atal-y-Fro Domestic Abuse", "Atal y Fro"),
    ("BGEC", "Bracken Gate Employment Club"),
    ("Barnados", "Barnardos"),
]
DIFFERENT = [
    ("Conwy County Borough Council", "Wrexham County Borough Council"),
    ("Wrexham Council", "Home Start Wrexham"),
    ("Hafod Care", "Pobl"),
    ("Public Health Wales", "Family Centre Wales"),
]
UNKNOWN = [("", "Pobl"), ("Conwy", None), ("  ", ""), ("—", "Pobl")]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        *((a, b, Likeness.SAME) for a, b in SAME),
        *((a, b, Likeness.LIKE) for a, b in LIKE),
        *((a, b, Likeness.DIFFERENT) for a, b in DIFFERENT),
        *((a, b, Likeness.UNKNOWN) for a, b in UNKNOWN),
    ],
)
def test_organisations_are_compared(
    one: str, other: str | None, how: Likeness
) -> None:
    for a, b in permutations((one, other)):
        assert (
            likeness(
                organisation(a, None, KNOWN),
                organisation(b, None, KNOWN),
                KNOWN,
            )
            is how
        )


def test_an_id_finds_a_name_and_an_id_alone_tells_nothing_of_a_name() -> None:
    by_id = organisation(None, "GB-CHC-1124155", KNOWN)
    assert (
        likeness(by_id, organisation("Digartref Ynys Mon", None, KNOWN), KNOWN)
        is Likeness.SAME
    )
    assert (
        likeness(by_id, organisation("Pobl", None, KNOWN), KNOWN)
        is Likeness.UNKNOWN
    )
    assert (
        likeness(by_id, organisation("x (1124155)", None, KNOWN), KNOWN)
        is Likeness.SAME
    )


def test_whom_to_ask_and_of_whom_nothing_can_be_said(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    seated, listed = (
        members(store, OFFICER, held.meeting_id),
        items(store, OFFICER, held.meeting_id),
    )
    providers = {
        listed[0].item_id: (None, "Conwy Council (in-house)"),
        listed[1].item_id: (None, "Canolfan Deulu"),
        listed[2].item_id: (None, None),
    }
    asked = possible_interests(seated, listed, providers, KNOWN)
    assert [(p.member.name, p.item.position, p.likeness) for p in asked] == [
        ("Carys Chair", 1, Likeness.SAME),
        ("Eleri Evans", 2, Likeness.LIKE),
    ]
    items_untold, members_untold = untold_interests(
        seated, listed, providers, KNOWN
    )
    assert [i.position for i in items_untold] == [3] and members_untold == []
    rule_out_interest(
        store,
        OFFICER,
        held,
        listed[1],
        seated[2],
        "asked: it is another organisation",
    )
    assert (listed[1].item_id, seated[2].member_id) in answered_interests(
        store, OFFICER, held.meeting_id
    )
    assert (
        interests(store, OFFICER, held.meeting_id) == []
        and store.check().is_intact
    )
