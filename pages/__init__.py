"""The widgets of the pages. Whoever is signed in decides what any of them may read: said here, once,
before the first of them is loaded.
"""

from clearlink.warehouse.one_run import Run, ask_run_of
from clearlink.warehouse.reader import Scope, ask_scope_of


def _scope_here() -> Scope:
    # asked for at the first question and not on import: it needs Streamlit, and those who ask for a style
    # alone do not
    from pages.meeting.meeting_person import scope_here

    return scope_here()


def _run_here() -> Run | None:
    from pages.frame.visit.this_run import run_here

    ask_run_of(run_here)
    return run_here()


ask_scope_of(_scope_here)
ask_run_of(_run_here)
