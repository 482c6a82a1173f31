"""Figures of a page are drawn beside it: those that it ends with are those of its last answer."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
import solara
from solara.server.kernel import Kernel
from solara.server.kernel_context import VirtualKernelContext, current_context, get_current_context

from entraide.model.errors import MachineError
from entraide.viz.dashboard import drawn
from entraide.viz.dashboard.drawing_room import DrawingRoom
from entraide.viz.dashboard.drawn import use_pictures
from entraide.viz.drawing import new_figure

PATIENCE = 10.0


def _until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


@pytest.mark.parametrize("second", ["later", "first"])
def test_a_drawing_that_ends_late_does_not_take_the_place_of_the_last_one(
    second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A known answer comes at once, while figures of the earlier one are still being drawn."""
    monkeypatch.setattr(drawn, "FIGURES", DrawingRoom(at_once=2))
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


def test_people_are_let_in_by_turns_however_much_one_of_them_asks_for() -> None:
    """Five reports of one reader, then one figure of another: it is second, not sixth."""
    room, order, gate = DrawingRoom(), [], threading.Event()

    def go(person: str) -> None:
        with room.turn(person) as came:
            assert came
            gate.wait(PATIENCE)
            order.append(person)

    with ThreadPoolExecutor(8) as pool:
        asked: Sequence[object] = [pool.submit(go, "ann") for _ in range(5)]
        assert _until(lambda: len(room) == 5)
        last = pool.submit(go, "bob")
        assert _until(lambda: len(room) == 6)
        gate.set()
        last.result(PATIENCE)
    print(order, len(asked))
    # Ann's first was inside, and one more of hers was next when Bob came.
    assert order.index("bob") <= 2
    assert len(room) == 0


def test_what_nobody_wants_any_more_is_never_drawn_and_keeps_no_place() -> None:
    room, wanted = DrawingRoom(), threading.Event()
    wanted.set()
    with ThreadPoolExecutor(1) as pool, room.turn("ann"):

        def wait() -> bool:
            with room.turn("bob", wanted.is_set) as came:
                return came

        waits = pool.submit(wait)
        assert _until(lambda: len(room) == 2)
        wanted.clear()
        assert waits.result(PATIENCE) is False
        assert len(room) == 1
    assert len(room) == 0


def test_a_drawing_that_fails_leaves_room_for_the_next() -> None:
    room = DrawingRoom()
    with pytest.raises(ValueError, match="no such"), room.turn("ann"):
        raise ValueError("no such figure")
    with room.turn("bob") as came:
        assert came


def test_one_reader_cannot_fill_the_room() -> None:
    room = DrawingRoom()
    with room.turn("bob"), ThreadPoolExecutor(16) as pool:
        gone = threading.Event()

        def wait() -> bool:
            with room.turn("ann", lambda: not gone.is_set()) as came:
                return came

        waits = [pool.submit(wait) for _ in range(16)]
        assert _until(lambda: len(room) == 17)
        with pytest.raises(MachineError), room.turn("ann"):
            pass
        gone.set()
        assert not any(each.result(PATIENCE) for each in waits)


def test_figures_of_a_page_that_was_left_are_not_drawn() -> None:
    drawings: list[str] = []

    @solara.component
    def Shown() -> None:
        use_pictures("key", "en", lambda: drawings.append("drawn") or ())
        solara.Text("page")

    with drawn.FIGURES.turn("somebody else"):
        _, context = solara.render(Shown(), handle_error=False)
        assert _until(lambda: len(drawn.FIGURES) == 2)
        context.close()
        assert _until(lambda: len(drawn.FIGURES) == 1)
    time.sleep(0.1)
    assert drawings == []


def test_what_is_drawn_does_not_hang_on_a_page_that_may_be_left() -> None:
    """Leaving takes the page from every thread that has it; Solara's settings of Matplotlib fail half-way then."""
    page, room = VirtualKernelContext(id="left", kernel=Kernel(), session_id="session"), DrawingRoom()
    with page:
        assert page in current_context.values()
        with room.turn("ann"):
            assert page not in current_context.values()
            assert new_figure(2.0, 2.0)[0].get_figwidth() == 2.0
        # What the page does next is its own again.
        assert get_current_context() is page
    assert page not in current_context.values()


@pytest.mark.long
def test_drawing_leaves_the_settings_alone_where_solara_keeps_them() -> None:
    """Solara puts another dictionary in their place, which Matplotlib's own context does not put back."""
    program = (
        "from entraide.viz.serve import prepare_solara; prepare_solara(); import matplotlib, solara.server.app;"
        "from solara.server.patch import patch_matplotlib; patch_matplotlib();"
        "from entraide.viz.drawing import settings;"
        "before = dict(matplotlib.rcParams.items());\n"
        "with settings({'pdf.fonttype': 42}): inside = matplotlib.rcParams['pdf.fonttype']\n"
        "print(inside, dict(matplotlib.rcParams.items()) == before)"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert finished.stdout.split() == ["42", "True"]
