"""Sign-ins that have ended. A page that is still open elsewhere asks here at every act, not only when it was opened."""

from __future__ import annotations

import time

_ended: dict[str, float] = {}


def end_sign_in(subject: str, signed_in_at: float) -> None:
    """Ends this sign-in of a person, and every earlier one. Times are seconds since 1970, as the identity provider states them."""
    _ended[subject] = max(signed_in_at, _ended.get(subject, signed_in_at))


def stands(subject: str, signed_in_at: float, ends_at: float) -> bool:
    """Whether a sign-in counts at this moment: neither run out nor ended by its person. An ended one is known to this process alone."""
    return time.time() < ends_at and not (subject in _ended and signed_in_at <= _ended[subject])
