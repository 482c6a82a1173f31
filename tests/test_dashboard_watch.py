"""What watches over the visits of the dashboard sees what it must: a trap for the server, a watch over the browser."""

from __future__ import annotations

import urllib.request

import pytest
from dashboard_server import Trap, Watch


def test_the_trap_counts_what_it_is_asked() -> None:
    trap = Trap()
    assert trap.caught() == 0
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": trap.address}))
    with pytest.raises(OSError, match=r".*"):
        opener.open("http://example.org/", timeout=0.5)
    assert trap.caught() == 1


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("http://localhost:8765/static/a.css", True),
        ("ws://127.0.0.1:8765/jupyter", True),
        ("data:image/png;base64,AAAA", True),
        ("https://localhost.example.org/a.js", False),
        ("https://cdn.jsdelivr.net/npm/a.js", False),
    ],
)
def test_the_watch_tells_outside_from_inside(address: str, own: bool) -> None:
    assert Watch.is_own(address) is own
