"""What holds for one run of a page is established at its first question and is the same for its last: who
asks, and which build answers.

What a run is, the pages say (it is Streamlit's, and this room does not know Streamlit). Outside a run nothing
is kept: the command line, a download in a thread of the server and a test establish everything at each
question.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")
Run = dict[str, Any]

_asked: list[Callable[[], Run | None]] = []


def ask_run_of(answer: Callable[[], Run | None]) -> None:
    """`answer` gives what is kept for the run that is under way, or None outside of one. The pages name it
    once.
    """
    _asked[:] = [answer]


def once_a_run(name: str, establish: Callable[[], T]) -> T:
    """What `establish` answers, asked once in a run. An error is not kept."""
    run = _asked[0]() if _asked else None
    if run is None:
        return establish()
    if name not in run:
        run[name] = establish()
    return cast("T", run[name])


def keep_for_run(name: str, value: Any) -> None:
    """Says what holds for the rest of this run. Outside a run nothing is kept."""
    run = _asked[0]() if _asked else None
    if run is not None:
        run[name] = value


def kept_for_run(name: str) -> Any | None:
    """What was said for this run, None where nothing was."""
    run = _asked[0]() if _asked else None
    return None if run is None else run.get(name)


def establish_anew() -> None:
    """Forgets what was established in this run: whoever signs out in the middle of it is gone at once."""
    run = _asked[0]() if _asked else None
    if run is not None:
        run.clear()
