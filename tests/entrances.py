"""A way into one page alone, for tests without a browser, that still knows the other pages: links between
pages hold only then.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from pages.frame.shell_words import PAGES

PROJECT = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="clearlink-entrances-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "pages").symlink_to(PROJECT / "pages", target_is_directory=True)
    return folder


@lru_cache
def entrance(page: str) -> Path:
    """The script that opens a page first; Home is the app's own."""
    if page == PAGES[0]:
        return PROJECT / "app.py"
    listed = ", ".join(
        f"st.Page('pages/{n}.py', title='{n}', url_path='{n}', default={n == page})"
        for n in PAGES
    )
    script = _folder() / f"{page}_first.py"
    script.write_text(
        f"import streamlit as st\nst.navigation([{listed}]).run()\n",
        encoding="utf-8",
    )
    return script
