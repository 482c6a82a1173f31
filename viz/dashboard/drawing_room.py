"""Where figures are drawn and files are made: one at a time, people in turn, however much one of them asks for.

Matplotlib's settings belong to the process, so only one figure can be written at a moment. Without turns, whoever asks
for six reports at once keeps the figures of everybody else waiting for more than a minute.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from solara.server.kernel_context import get_current_context, without_context

from .fair_queue import FairQueue

__all__ = ["FIGURES", "FILES", "DrawingRoom", "person_here"]

# Seconds between two looks whether what waits is still wanted.
_EVERY = 0.25


class DrawingRoom:
    """Lets people in, each in turn. Safe between threads.

    Parameters
    ----------
    at_once : how many are in at a time.
    """

    def __init__(self, at_once: int = 1) -> None:
        self.at_once = at_once
        self._waiting: FairQueue[object] = FairQueue(most_each=16, most=256)
        self._inside = 0
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return len(self._waiting) + self._inside

    @contextmanager
    def turn(self, person: str, wanted: Callable[[], bool] = lambda: True) -> Iterator[bool]:
        """Wait for one's turn and hold it; the value tells whether it came, False where it was not wanted any more.

        Whoever is in belongs to no page until then. Solara keeps Matplotlib's settings for each page and takes them
        away when the page is left, which would make a figure fail that is being drawn.

        Parameters
        ----------
        person : whose turn it is: a name that no other page has.
        wanted : whether anybody still wants what waits; asked again and again.

        Raises
        ------
        MachineError : too much waits already.
        """
        came = self._wait(person, wanted)
        try:
            with without_context():
                yield came
        finally:
            if came:
                with self._changed:
                    self._inside -= 1
                    self._changed.notify_all()

    def _wait(self, person: str, wanted: Callable[[], bool]) -> bool:
        own = object()
        with self._changed:
            self._waiting.put(person, own)
            try:
                while wanted():
                    if self._inside < self.at_once and self._waiting.place(own) == 0:
                        self._waiting.take()
                        self._inside += 1
                        return True
                    self._changed.wait(_EVERY)
            finally:
                self._waiting.remove(own)
                self._changed.notify_all()
        return False


# Figures of a page are there in a second: they do not wait for reports, which take ten.
FIGURES, FILES = DrawingRoom(), DrawingRoom()


def person_here() -> tuple[str, Callable[[], bool]]:
    """Return a name for the page that is drawn, and whether it is still open; outside a server, nobody's."""
    try:
        context = get_current_context()
    except RuntimeError:
        return "", lambda: True
    return context.id, lambda: not context.closed_event.is_set()
