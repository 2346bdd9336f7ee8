"""Numbers the changes of what a component is given, so that the browser can ignore a late older one.

Streamlit hands data to a component's script asynchronously and not always in order: after a cold start an
older call was seen to arrive after the newer one, which left a Welsh page marked as English.
"""

from __future__ import annotations

import json
import time
import zlib
from typing import Any

from pages.frame.state import kept


def turn_of(component_key: str, content: Any) -> int:
    """A number (milliseconds) that grows when `content` (JSON) differs from the last of this visit, else
    stays.
    """
    mark = zlib.crc32(json.dumps(content, sort_keys=True).encode())
    before = kept().get(f"{component_key}.turn")
    if isinstance(before, tuple) and before[0] == mark:
        return int(before[1])
    turn = time.time_ns() // 1_000_000
    kept()[f"{component_key}.turn"] = (mark, turn)
    return turn
