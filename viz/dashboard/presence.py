"""Whether anybody still has the page open: a simulation that nobody waits for must not keep the machine busy."""

from __future__ import annotations

import time
from collections.abc import Callable

from solara.server import kernel_context

__all__ = ["SECONDS_AWAY", "reader_of"]

# A network that drops comes back within seconds. Browsers do not always say that a page is being closed: then its
# connection is lost, and nothing else tells that nobody will come back.
SECONDS_AWAY = 20.0


def reader_of(
    context: kernel_context.VirtualKernelContext,
    seconds_away: float = SECONDS_AWAY,
    clock: Callable[[], float] = time.monotonic,
) -> Callable[[], bool]:
    """Return a function that tells whether somebody reads the page of this context.

    Parameters
    ----------
    context : what the web server keeps of one open page.
    seconds_away : how long a page may be without a connection before nobody is thought to read it.
    clock : the time in seconds.
    """
    last_seen = clock()

    def is_read() -> bool:
        nonlocal last_seen
        if context.closed_event.is_set():
            return False
        now = clock()
        if kernel_context.PageStatus.CONNECTED in list(context.page_status.values()):
            last_seen = now
        return now - last_seen < seconds_away

    return is_read
