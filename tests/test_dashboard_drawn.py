"""Figures of a page are drawn beside it: those that it ends with are those of its last answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
import solara

from entraide.viz.dashboard.drawn import use_pictures

PATIENCE = 10.0


def _until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


@pytest.mark.parametrize("second", ["later", "first"])
def test_a_drawing_that_ends_late_does_not_take_the_place_of_the_last_one(second: str) -> None:
    """A known answer comes at once, while figures of the earlier one are still being drawn."""
    release = {name: threading.Event() for name in ("early", "last")}
    ended = {name: threading.Event() for name in release}
    shown: list[object] = []
    key = solara.reactive("early")

    def draw(name: str) -> tuple[str, ...]:
        release[name].wait(PATIENCE)
        ended[name].set()
        return (f"figure of {name}",)

    @solara.component
    def Shown() -> None:
        name = key.value
        shown.append(use_pictures(name, "en", lambda: draw(name)))
        solara.Text(name)

    _, context = solara.render(Shown(), handle_error=False)
    try:
        assert shown[-1] is None
        # Both are under way before either ends.
        assert _until(lambda: threading.active_count() > 1)
        time.sleep(0.1)
        key.value = "last"
        time.sleep(0.1)
        for name in ("early", "last") if second == "later" else ("last", "early"):
            release[name].set()
            assert ended[name].wait(PATIENCE)
            time.sleep(0.1)
        assert _until(lambda: shown[-1] is not None)
        time.sleep(0.2)
        assert shown[-1] == ("figure of last",)
    finally:
        context.close()


def test_a_drawing_that_fails_is_told() -> None:
    shown: list[object] = []

    def draw() -> tuple[str, ...]:
        raise ValueError("no such figure")

    @solara.component
    def Shown() -> None:
        shown.append(use_pictures("key", "en", draw))
        solara.Text("page")

    _, context = solara.render(Shown(), handle_error=False)
    try:
        assert _until(lambda: shown[-1] == ())
    finally:
        context.close()
