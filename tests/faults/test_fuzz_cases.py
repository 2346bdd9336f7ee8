"""Every crash that the night's fuzzing ever found is refused or read now; and each reader takes what the
fuzzer begins from.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.nightly.doors import DOORS, knock

CASES = Path(__file__).parent / "cases"
FOUND = sorted(
    (path.parent.name, path) for path in CASES.glob("*/*") if path.is_file()
)


@pytest.mark.parametrize(
    ("door", "path"),
    FOUND,
    ids=[f"{door}-{path.name[-12:]}" for door, path in FOUND],
)
def test_a_case_is_answered(door: str, path: Path) -> None:
    assert knock(door, path.read_bytes()) in ("accepted", "refused")


@pytest.mark.parametrize("door", DOORS)
def test_each_reader_answers_its_seeds_and_what_is_cut_or_changed_in_them(
    door: str,
) -> None:
    answers = set()
    for seed in DOORS[door].seeds():
        answers |= {
            knock(door, seed[:cut]) for cut in {len(seed), len(seed) // 2, 1, 0}
        }
        for at in range(0, len(seed), max(1, len(seed) // 8)):
            answers.add(
                knock(
                    door, seed[:at] + bytes([seed[at] ^ 0x55]) + seed[at + 1 :]
                )
            )
    assert answers <= {"accepted", "refused"} and answers


def test_every_reader_accepts_something() -> None:
    refusing = [
        name
        for name in DOORS
        if "accepted" not in {knock(name, seed) for seed in DOORS[name].seeds()}
    ]
    # a bundle is made by a meeting, and a publisher's file by its publisher: their own tests read whole ones
    assert set(refusing) <= {"bundle", "publisher"}


@pytest.mark.parametrize(
    "other", [1.0, 0, -1, True, None, [], {}, "x", ["x"], {"x": 1}, 10**30]
)
def test_a_mapping_that_holds_another_kind_of_value_is_answered(
    other: object,
) -> None:
    (whole,) = [
        seed for seed in DOORS["mapping"].seeds() if b"columns" in seed
    ][:1]
    read = json.loads(whole)
    for name in read:
        knock("mapping", json.dumps({**read, name: other}).encode())
    for name in read["columns"][0]:
        columns = [{**read["columns"][0], name: other}, *read["columns"][1:]]
        knock("mapping", json.dumps({**read, "columns": columns}).encode())
    for name in ("fixed", "words"):
        knock("mapping", json.dumps({**read, name: {"title": other}}).encode())
        knock(
            "mapping",
            json.dumps({**read, name: {"title": {"x": other}}}).encode(),
        )


@pytest.mark.parametrize("door", ["bundle", "containers"])
def test_a_zip_changed_in_any_one_byte_is_answered(door: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        # a name that is not plain letters says in which encoding it stands
        box.writestr("ŵ.csv", b"a,b\n")
        box.writestr("LIST.json", b"{}")
    whole = out.getvalue()
    for at in range(len(whole)):
        for change in (0x01, 0x08, 0x80, 0xFF):
            knock(
                door, whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]
            )
