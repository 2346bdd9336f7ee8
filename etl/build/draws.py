"""Need redrawn, once for the same figures: ranks and fairness rest on the same thousand worlds, and some
themes on the same people.
"""

from __future__ import annotations

import hashlib
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from clearlink.rules.fairness.sensitivity import redrawn_need
from clearlink.rules.settings import Settings

Floats = NDArray[np.float64]


class Draws:
    """The draws of one build, kept while it is made: about 15 MB for a theme of small areas. Read-only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: dict[str, Floats] = {}
        self._guard = Lock()

    def of(
        self,
        people_in_need: Floats,
        population_at_risk: Floats,
        limits: tuple[Floats, Floats] | None,
    ) -> Floats:
        """As `redrawn_need`, for areas in the same order with the same figures worked out once."""
        digest = hashlib.sha256()
        for column in (people_in_need, population_at_risk, *(limits or ())):
            digest.update(
                str(column.shape).encode()
                + np.ascontiguousarray(column).tobytes()
            )
        mark = digest.hexdigest()
        with self._guard:
            kept = self._kept.get(mark)
        if kept is not None:
            return kept
        drawn = redrawn_need(
            people_in_need, population_at_risk, self._settings, limits=limits
        )
        drawn.flags.writeable = False
        with self._guard:
            return self._kept.setdefault(mark, drawn)
