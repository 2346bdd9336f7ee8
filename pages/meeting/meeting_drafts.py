"""Words typed into a decision that is not saved, kept for the person until they sign in again.

A sign-in that ends in a meeting takes the form from the screen, and signing in begins a new visit: without
this the words would be gone. They are kept in this process alone, under the person's own id, for a day's
work.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from pages.frame.state import Box, Kept, box_values

TEXTS: Final = ("reason", "owner", "due", "dissent", "link")
KEPT_S: Final = 12 * 3600
MOST: Final = 500
_SUBJECT: Final = Kept[str]("meeting_subject")


@dataclass(frozen=True, slots=True)
class _Draft:
    at: float
    texts: dict[str, str]


# (person, item and number of its last decision) → what was typed
_drafts: OrderedDict[tuple[str, str], _Draft] = OrderedDict()


def keep_drafts(subject: str) -> bool:
    """Keeps what this visit has typed, at the start of a run; whether there is anything. `subject`: who is
    signed in, empty once that has ended.
    """
    known = subject or _SUBJECT.value_or("")
    if subject:
        _SUBJECT.keep(subject)
    if not known:
        return False
    for form, texts in _typed().items():
        _drafts[known, form] = _Draft(time.monotonic(), texts)
        _drafts.move_to_end((known, form))
    while len(_drafts) > MOST:
        _drafts.popitem(last=False)
    return any(person == known for person, _ in _drafts)


def _typed() -> dict[str, dict[str, str]]:
    """Form → the texts that this visit has typed in it."""
    typed: dict[str, dict[str, str]] = {}
    for key, value in box_values():
        name, _, rest = key.partition("_")
        if (
            name in TEXTS
            and rest.startswith("N-")
            and isinstance(value, str)
            and value.strip()
        ):
            typed.setdefault(rest, {})[name] = value
    return typed


def _forget_saved(subject: str, form: str) -> None:
    """Forgets the person's drafts of this form under an earlier number: it was saved since."""
    item, _, number = form.rpartition("_")
    for person, other in list(_drafts):
        before, _, earlier = other.rpartition("_")
        if person == subject and before == item and int(earlier) < int(number):
            del _drafts[person, other]


def put_back_draft(subject: str, form: str) -> None:
    """Fills a form that this visit has not touched with what the person had typed. Drafts of a form that
    was saved since are forgotten.
    """
    _forget_saved(subject, form)
    draft = _drafts.get((subject, form)) if subject else None
    if draft is None or time.monotonic() - draft.at > KEPT_S:
        return
    for name, text in draft.texts.items():
        Box[str](f"{name}_{form}").begun_with(text)
