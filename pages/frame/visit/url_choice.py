"""One choice of a page's own, kept in the URL by its id and not by its word, so that a link holds in both
languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.frame.language import address_is_whole
from pages.frame.state import Box, kept


def url_choice(
    label: str,
    name: str,
    options: Sequence[str],
    name_of: Callable[[str], str],
    *,
    help: str | None = None,
) -> str:
    """A row of buttons bound to the query parameter `name`; a value that is not an option is ignored."""
    box = Box[str | None](f"url_{name}")
    asked = st.query_params.get(name)
    before = (
        options[0]
        if address_is_whole()
        else kept().get(
            f"{box.key}.kept",
            options[0],
        )
    )
    value = str(asked if asked in options else before)
    if value not in options:
        value = options[0]
    box.keep(value)
    _keep(name, value, options)

    def changed() -> None:
        _keep(
            name,
            box.value() or options[0],
            options,
        )

    st.segmented_control(
        label,
        options,
        format_func=name_of,
        key=box.key,
        required=True,
        on_change=changed,
        help=help,
    )
    return value


def _keep(
    name: str,
    value: str,
    options: Sequence[str],
) -> None:
    kept()[f"url_{name}.kept"] = value
    if value != options[0]:
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
