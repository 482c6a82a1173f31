"""However much of a page an event changes, the page is drawn once; a step within it goes to its address."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest
import solara

from entraide.viz.dashboard.navigation import use_at_once, use_push


@pytest.mark.parametrize(("together", "drawings"), [(True, 1), (False, 3)])
def test_three_values_and_an_address_are_drawn_once(together: bool, drawings: int) -> None:
    """Without holding the drawing back, each of the three has the page drawn."""
    drawn: list[tuple[int, str, str]] = []
    happens: list[Callable[[], None]] = []

    @solara.component
    def Page() -> None:
        router = solara.use_router()
        push, at_once = use_push(router), use_at_once()
        count, set_count = solara.use_state(0)
        name, set_name = solara.use_state("")
        drawn.append((count, name, router.path))

        def event() -> None:
            with at_once if together else nullcontext():
                set_count(3)
                with at_once if together else nullcontext():
                    set_name("B")
                push("/there")

        happens.append(event)
        solara.Text(f"{count} {name}")

    routes = [solara.Route("/", component=Page), solara.Route("there", component=Page)]
    _, drawing = solara.render(solara.RoutingProvider(children=[Page()], routes=routes, pathname="/"))
    drawn.clear()
    happens[-1]()
    print(drawn)
    assert drawn[-1] == (3, "B", "/there")
    assert len(drawn) == drawings
    drawing.close()


def test_an_event_that_fails_half_way_leaves_a_page_that_goes_on() -> None:
    """What it had set is drawn, and the next event is: nothing stays held back."""
    drawn: list[int] = []
    happens: list[Callable[[int, bool], None]] = []

    @solara.component
    def Page() -> None:
        at_once = use_at_once()
        count, set_count = solara.use_state(0)
        drawn.append(count)

        def event(value: int, fails: bool) -> None:
            with at_once:
                set_count(value)
                if fails:
                    raise ValueError("half way")

        happens.append(event)
        solara.Text(str(count))

    _, drawing = solara.render(Page())
    with pytest.raises(ValueError, match="half way"):
        happens[-1](3, True)
    assert drawn[-1] == 3
    happens[-1](4, False)
    assert drawn[-1] == 4
    drawing.close()


def test_what_another_thread_sets_meanwhile_is_drawn() -> None:
    """A thread that follows a simulation tells its progress while an event holds the drawing back."""
    drawn: list[tuple[int, int]] = []
    happens: list[Callable[[], None]] = []

    @solara.component
    def Page() -> None:
        at_once = use_at_once()
        count, set_count = solara.use_state(0)
        progress, set_progress = solara.use_state(0)
        drawn.append((count, progress))

        def event() -> None:
            with at_once:
                set_count(3)
                other = threading.Thread(target=lambda: set_progress(7))
                other.start()
                other.join()

        happens.append(event)
        solara.Text(f"{count} {progress}")

    _, drawing = solara.render(Page())
    drawn.clear()
    happens[-1]()
    assert drawn == [(3, 7)]
    drawing.close()
