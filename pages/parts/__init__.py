"""The widgets of the pages. Whoever is signed in decides what any of them may read: said here, once, before the first of them is loaded."""

from clearlink.warehouse.reader import Scope, ask_scope_of


def _scope_here() -> Scope:
    # asked for at the first question and not on import: it needs Streamlit, and those who ask for a style alone do not
    from pages.parts.meeting_person import scope_here

    return scope_here()


ask_scope_of(_scope_here)
