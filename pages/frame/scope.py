"""Which region a place is compared with: gaps and fairness are worked out for Wales and for the six
regions of 2012 to 2019.
"""

from __future__ import annotations

from clearlink.exchange.gap_answers import compared_with as region_of

__all__ = ["region_of"]
