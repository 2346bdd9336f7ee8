"""The bench leaves no question out: each is asked with values that this build holds."""

from __future__ import annotations

from pathlib import Path

from clearlink.warehouse.asking import queries
from tests.bench.questions import askings_of_three_places, parameters


def test_every_question_is_asked_with_a_value_for_everything_it_wants(
    on_sample: Path,
) -> None:
    askings = askings_of_three_places()
    wanted = {question: parameters(question) for question in queries()}
    assert any(wanted.values())
    for asking in askings:
        assert {
            q: [n for n in names if n not in asking]
            for q, names in wanted.items()
        } == {q: [] for q in wanted}
