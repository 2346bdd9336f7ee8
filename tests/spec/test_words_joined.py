"""Lists in sentences: Welsh has 'a' before a consonant, with its mutation, and 'ac' before a vowel, also
one that a figure is read with.
"""

from __future__ import annotations

import pytest

from clearlink.words.numbers import join


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["Gwynedd"], "Gwynedd"),
        (["Gwynedd", "Conwy"], "Gwynedd a Chonwy"),
        (["Conwy", "Ynys Môn"], "Conwy ac Ynys Môn"),
        (
            ["Powys", "Ceredigion", "Sir Benfro"],
            "Powys, Ceredigion a Sir Benfro",
        ),
        (["Bro", "Torfaen"], "Bro a Thorfaen"),
        (["Dwyrain", "Chwith"], "Dwyrain a Chwith"),
        (["5%", "8%"], "5% ac 8%"),
        (["5%", "1"], "5% ac 1"),
        (["5%", "11%"], "5% ac 11%"),
        (["5%", "18"], "5% ac 18"),
        (["5%", "80%"], "5% ac 80%"),
        (["£5", "£8,000"], "£5 ac £8,000"),
        (["5%", "1,000"], "5% a 1,000"),
        (["5%", "10%"], "5% a 10%"),
        (["5%", "110"], "5% a 110"),
        (["5%", "12"], "5% ac 12"),
        ([], ""),
    ],
)
def test_a_welsh_list(parts: list[str], joined: str) -> None:
    assert join("cy", parts) == joined


def test_an_english_list() -> None:
    assert join("en", ["Powys", "", "Conwy", "11%"]) == "Powys, Conwy and 11%"
