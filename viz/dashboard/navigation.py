"""Goes to an address so that no step is lost, and draws a page once, however much of it a step changes.

Solara tells the browser the address at the beginning of each drawing, and takes the browser's word for it at once. A
step that another thread makes in this moment, while a thread that follows a simulation draws, would be put back to the
address before. So a step waits until nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import reacton.core
import solara

__all__ = ["use_at_once", "use_push"]

# A drawing takes some hundredths of a second. A step that waited this long goes ahead: rather a step at risk than a
# page that does not answer.
_MOST_SECONDS = 2.0


def use_at_once() -> AbstractContextManager[None]:
    """Return what holds the drawing of this page back: what changes within it is drawn together, at its end.

    Otherwise each value that an event sets has the whole page drawn anew. It may be entered again within itself. A
    thread that draws already, while it follows a simulation, may still draw what was set so far.
    """
    drawing: AbstractContextManager[None] = reacton.core.get_render_context()
    return drawing


def use_push(router: solara.routing.Router) -> Callable[[str], None]:
    """Return a function that goes to an address, for events of a page; never to be called while drawing.

    Parameters
    ----------
    router : of the page, as ``solara.use_router`` returns it.
    """
    drawing = reacton.core.get_render_context()

    def push(path: str) -> None:
        # In a batch what was changed is drawn at its end, when the lock is free again.
        with drawing:
            waited = drawing.thread_lock.acquire(timeout=_MOST_SECONDS)
            try:
                router.push(path)
            finally:
                if waited:
                    drawing.thread_lock.release()

    return push
