"""The ASGI application around the Streamlit script, and the one way to start it.

`streamlit run app.py` and `clearlink up` come to the same place: Streamlit's launcher finds `st.App` in
app.py and serves it with what `serving()` gives. So the boundaries, the map library and the safe headers are
there in both.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import secrets
import threading
import time
import traceback
import urllib.error
import urllib.request
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

from clearlink import words
from clearlink.folders import keep_private
from clearlink.review.store import review_store
from clearlink.scratch import sweep_scratch
from clearlink.warehouse.reader import BuiltEarlier
from pages.frame.language import chosen_language
from pages.frame.shell_words import say
from pages.need.need_files import map_routes
from pages.server.first_page import FirstPage
from pages.server.known_callers import KnownCallers
from pages.server.response_headers import (
    PackedStreamlitScripts,
    SafeHeaders,
    pack_first_page,
)
from pages.server.secure_cookies import SecureCookies
from pages.server.served_files import (
    PROJECT_FOLDER,
    asset_paths,
    file_routes,
    packed,
)
from pages.server.settings_guard import (
    refuse_weakened_settings,
    sign_in_is_held,
)
from pages.server.sign_in_return import SignInReturns
from pages.server.sign_out import SignOutByPost
from pages.server.uploads import UploadGate, sweep_for_ever
from pages.server.url_prefix import url_prefix

log = logging.getLogger("clearlink")


@asynccontextmanager
async def settled(_app: Any) -> AsyncIterator[None]:
    """Before the first visitor: settings are checked, a killed server's uploads swept, files packed,
    long-lived objects leave the collector.
    """
    refuse_weakened_settings()
    sweep_scratch()
    await asyncio.to_thread(_pack_all)
    if sign_in_is_held():
        # opened before the first visitor, so that a sign-in that was ended before a restart is known on every
        # page
        await asyncio.to_thread(review_store)
    gc.collect()
    gc.freeze()
    sweeping = asyncio.create_task(sweep_for_ever())
    yield
    sweeping.cancel()


def _pack_all() -> None:
    pack_first_page()
    for path in asset_paths().values():
        packed(path)


def explain_failure(error: Exception) -> bool:
    """Shows one sentence and a reference in place of an error's text; the log holds where, never what (row
    35).
    """
    if isinstance(error, BuiltEarlier):  # no fault: what to run is said instead
        st.info(words.say(chosen_language(), "common.built_earlier"))
        return True
    reference = secrets.token_hex(4)
    last = (
        traceback.extract_tb(error.__traceback__)[-1]
        if error.__traceback__
        else None
    )
    where = (
        f"{Path(last.filename).name}:{last.lineno}" if last else "unknown place"
    )
    log.error(
        "page failed, reference %s: %s at %s",
        reference,
        type(error).__name__,
        where,
    )
    st.error(say("page_failed", chosen_language()).format(reference=reference))
    return True


def _silence_values_in_streamlit_log() -> None:
    # Streamlit logs a whole traceback with the error's text, which may quote a row, before it calls our
    # handler.
    logging.getLogger("streamlit.error_util").disabled = True


def serving() -> dict[str, Any]:
    """Keyword arguments for `st.App` in app.py."""
    refuse_weakened_settings()
    keep_private()
    _silence_values_in_streamlit_log()
    # Without this the first visitor of a process who asks for /home gets the bare file, without navigation:
    # Streamlit takes a folder called pages for its older kind of app until st.navigation has run once.
    PagesManager.uses_pages_directory = False
    prefix = url_prefix()
    return {
        "routes": [
            *file_routes(prefix),
            *map_routes(prefix),
        ],
        "middleware": [
            Middleware(SafeHeaders),
            Middleware(SecureCookies),
            Middleware(KnownCallers, prefix=prefix),
            Middleware(UploadGate, prefix=prefix),
            Middleware(SignInReturns, prefix=prefix),
            Middleware(SignOutByPost, prefix=prefix),
            Middleware(PackedStreamlitScripts, prefix=prefix),
            Middleware(FirstPage),
        ],
        "lifespan": settled,
        "on_script_error": explain_failure,
    }


def _open_when_ready(url: str, *, patience_s: float = 30.0) -> None:
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(
                f"{url}/healthz", timeout=1
            ) as answer:  # loopback only
                if answer.status == 200:
                    webbrowser.open(url)
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)


def serve(
    port: int = 8501,
    *,
    open_browser: bool = True,
    script: Path = PROJECT_FOLDER / "app.py",
) -> None:
    """Serves the app on 127.0.0.1:`port` until stopped (Ctrl+C). Exits with a message when a setting is
    weakened.

    Starts Streamlit's own launcher in this process, so it is the same as `streamlit run app.py --server.port
    PORT` from the project folder.
    """
    if open_browser:
        threading.Thread(
            target=_open_when_ready,
            args=(f"http://127.0.0.1:{port}",),
            daemon=True,
        ).start()
    cli.main(
        [
            "run",
            str(script),
            "--server.port",
            str(port),
            "--server.headless",
            "true",
        ],
        standalone_mode=False,
    )
