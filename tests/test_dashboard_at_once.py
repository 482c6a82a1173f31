"""However much of a page an event changes, the page is drawn once; a step within it goes to its address."""

from __future__ import annotations

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
