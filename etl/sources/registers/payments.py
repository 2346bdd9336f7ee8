"""A list of payments ("spending over £500") is not a register: it is recognised, and refused with the way to
make one of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from etl.directory import folded
from etl.records import Problem
from etl.sources.registers.register_problems import problem, quoted

# The number of a transaction, its day, and what only a ledger has; two of the three make a list of payments.
_MARKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:transaction|trans|invoice|document|voucher|payment|cheque|trafodyn|anfoneb|taliad)\w*"
        r" (?:no|number|ref|reference|id)\b"
        r"|\brhif (?:y |yr )?(?:trafodyn|anfoneb|taliad)|\bcyfeirnod (?:y |yr )?(?:trafodyn|anfoneb|taliad)",
        r"\b(?:payment|paid|invoice|posting|posted|transaction|pay|clearing) date\b"
        r"|\bdate (?:paid|of payment|of invoice|posted)\b"
        r"|\bdyddiad (?:y |yr )?(?:talu|taliad|anfoneb|trafodyn)",
        r"\birrecoverable vat\b|\bnet amount\b|\bgross amount\b|\bamount paid\b"
        r"|\bexpenses? (?:type|code|area)\b|\bcost cent(?:re|er)\b|\bmerchant\b"
        r"|\bswm net\b|\bswm a dalwyd\b|\bpurpose of spend\b|\bsubjective\b|\bcanolfan gost\b",
    )
)
_CONTRACT_DAYS: Final = re.compile(
    r"\b(?:start|end|commence\w*|expiry|expires|dechrau|gorffen|diwedd|terfyn)\b"
)


def is_list_of_payments(header: Sequence[str]) -> bool:
    """Whether the columns are those of payments and of no contract's days."""
    names = [folded(text) for text in header]
    marks = sum(any(mark.search(name) for name in names) for mark in _MARKS)
    return marks >= 2 and not any(_CONTRACT_DAYS.search(name) for name in names)


def payments_refused(file: str, header: Sequence[str]) -> Problem:
    """Why a list of payments is no register, and what to make of it."""
    return problem(
        "list_of_payments",
        file,
        found=", ".join(quoted(h) for h in header if h)[:300],
    )
