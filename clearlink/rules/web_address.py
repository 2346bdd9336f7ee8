"""Whether an address is one that a browser may be sent to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def is_web_address(said: str) -> bool:
    """http or https, with a host and no space. Anything else (a script, a file, a bare name) is not."""
    address = said.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and "." in host
        and not re.search(r"\s", address)
    )
