"""Sign-ins that have ended. A page that is still open elsewhere asks here at every act, not only when it was
opened.

What has ended is kept in the review store, so that another process and a restart know it too; where the store
cannot be written this process alone remembers.
"""

from __future__ import annotations

import hashlib
import math
import time
from typing import Final, Protocol

# clocks of two machines differ a little
SKEW_S: Final = 120
# no provider's sign-in of a day's work lasts longer; one that says so is forged, or set up by somebody who
# did not mean it
LONGEST_S: Final = 36 * 3600
FRESH_S: Final = 1.0


class Keeper(Protocol):
    """Where ended sign-ins are kept beyond this process."""

    def ended_sign_ins(self) -> dict[str, float]:
        """Person (as `person_key` names them) → the latest sign-in that they ended, in seconds since 1970."""

    def keep_ended_sign_in(
        self,
        key: str,
        signed_in_at: float,
        now: float,
    ) -> None:
        """Keeps one; raises nothing where it cannot."""


_ended: dict[str, float] = {}
_keepers: list[Keeper] = []
_read_at: list[float] = [-math.inf]


def person_key(subject: str) -> str:
    """The name under which a person's ended sign-in is kept: a hash of what the identity provider calls
    them.
    """
    return hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()


def keep_in(keeper: Keeper) -> None:
    """From now on what has ended is kept in, and read from, this store."""
    _keepers[:] = [keeper]
    _read_at[0] = -math.inf


def end_sign_in(subject: str, signed_in_at: float) -> None:
    """Ends this sign-in of a person, and every earlier one. Times are seconds since 1970, as the identity
    provider states them.
    """
    key = person_key(subject)
    _ended[key] = max(
        signed_in_at,
        _ended.get(key, signed_in_at),
    )
    for keeper in _keepers:
        keeper.keep_ended_sign_in(
            key,
            _ended[key],
            time.time(),
        )


def counts(
    signed_in_at: object,
    ends_at: object,
    now: float,
) -> bool:
    """Whether what a sign-in says of its time is to be believed: it says when it began and when it ends,
    did not begin in the future, and does not last beyond reason.
    """
    if isinstance(signed_in_at, bool) or isinstance(ends_at, bool):
        return False
    if not (
        isinstance(signed_in_at, (int, float))
        and isinstance(ends_at, (int, float))
    ):
        return False
    return signed_in_at <= now + SKEW_S and now < ends_at <= now + LONGEST_S


def stands(
    subject: str,
    signed_in_at: float,
    ends_at: float,
    *,
    freshly: bool = False,
) -> bool:
    """Whether a sign-in counts at this moment: neither run out nor ended by its person, here or elsewhere.
    `freshly`: the store is asked now.
    """
    if time.time() >= ends_at:
        return False
    _read(freshly=freshly)
    key = person_key(subject)
    return not (key in _ended and signed_in_at <= _ended[key])


def _read(*, freshly: bool) -> None:
    if not _keepers or (
        not freshly and time.monotonic() - _read_at[0] < FRESH_S
    ):
        return
    _read_at[0] = time.monotonic()
    for key, at in _keepers[0].ended_sign_ins().items():
        _ended[key] = max(
            at,
            _ended.get(key, at),
        )
