"""What is kept for the run of a page that is under way, and dropped when the next one begins."""

from __future__ import annotations

from threading import local
from typing import Final

from streamlit.runtime.scriptrunner import get_script_run_ctx

from clearlink.warehouse.one_run import Run

# A run has its thread, and a thread may have several runs, one after the other.
_of_thread: Final = local()


def run_here() -> Run | None:
    """What this run keeps; None outside of one (a download is made in a thread of the server).

    A run is told from the one before it by its cursors, which Streamlit makes anew when a run begins, before
    any callback.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return None
    begun, run = getattr(
        _of_thread,
        "held",
        (None, None),
    )
    if run is None or begun is not context.cursors:
        run = Run()
        _of_thread.held = (context.cursors, run)
    return run
