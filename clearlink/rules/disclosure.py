"""No figure from which one person could be known: withholding and rounding of our own counts of users (method
C).

A publisher's suppression is kept as it came and never redone here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from clearlink.rules.settings import Settings


def published_count(count: float, settings: Settings) -> float | None:
    """A count as it may be shown: None (withheld) under 10, else to the nearest 5, halves up."""
    if count < 0:
        raise ValueError(f"count: found {count!r}, expected 0 or more")
    if count < settings.disclosure_below:
        return None
    step = settings.disclosure_round_to
    return (2 * count + step) // (2 * step) * step


def published_users(
    users: Mapping[str, float],
    holders: Mapping[str, Collection[str]],
    settings: Settings,
) -> dict[str, float | None]:
    """Users of one project by area, as they may be served: all of them to the nearest 5, or none; None is
    withheld.

    They are served where every area has ten or more and none lies inside another that is counted; `holders`
    names the areas that hold each area. Otherwise all are withheld, and all that is served is that this is
    so. Then somebody who knows this rule and has the project's total (ten or more) from elsewhere can still
    not exclude, for any area, that nobody there uses it or that everybody does: either would have been served
    the same. A total under ten is told by nothing served.

    Withholding the smallest others until enough is hidden would not do. Of 9, 12 and 12 with a total of 33 it
    shows the last as 10, and "the smallest" then says that the two hidden are 9 and 12.
    """
    shown = {
        code: published_count(count, settings) for code, count in users.items()
    }
    is_apart = not any(
        set(holders.get(code, ())) & users.keys() for code in users
    )
    return (
        shown
        if is_apart and None not in shown.values()
        else dict.fromkeys(users)
    )
