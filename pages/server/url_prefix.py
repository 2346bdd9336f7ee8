"""Where the app lives under its host."""

from __future__ import annotations

from streamlit import config


def url_prefix() -> str:
    """Streamlit's baseUrlPath as a prefix: "" or "/name"."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
