"""When an answer to what people said is whole."""

from __future__ import annotations

from clearlink.review.codes import Response
from clearlink.review.refusals import Refused


def check_answer(
    response: Response,
    text: str,
    because: str,
) -> None:
    """An answer has words, and "we did not" always says because. Raises Refused with all that is missing."""
    problems = [
        *(["answer_missing"] if not text.strip() else []),
        *(
            ["because_missing"]
            if response is Response.DID_NOT and not because.strip()
            else []
        ),
    ]
    if problems:
        raise Refused(*problems)
