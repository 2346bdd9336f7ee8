"""Comparing a computed number with a published threshold.

Why not the bare `>=`: a share such as 8/10 arrives as 0.7999999999999999 on one route and 0.8 on another, and
a class on a committee's map must not depend on the route.
"""

from __future__ import annotations

TOLERANCE = 1e-9


def reaches(value: float, cut: float) -> bool:
    """Whether a value stands at or above a cut."""
    return value >= cut - TOLERANCE


def exceeds(value: float, cut: float) -> bool:
    """Whether a value stands clearly above a cut."""
    return value > cut + TOLERANCE
