"""Addresses with more questions in them."""

from __future__ import annotations

import urllib.parse


def with_parameters(url: str, **parameters: str) -> str:
    """The address with parameters added, or put in the place of those of the same name."""
    parts = urllib.parse.urlsplit(url)
    query = dict(urllib.parse.parse_qsl(parts.query)) | parameters
    return urllib.parse.urlunsplit(
        parts._replace(query=urllib.parse.urlencode(query))
    )


def parameter(url: str, name: str) -> str:
    """The value of a parameter of an address, or nothing."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query)).get(
        name,
        "",
    )
