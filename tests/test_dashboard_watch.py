"""What watches over the visits of the dashboard sees what it must: a trap for the server, a watch over the browser."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request

import pytest
from browsers import chromium, own_network
from dashboard_server import Trap, Watch
from house import REPOSITORY

# A page that asks an address of nobody's (RFC 5737), and what the watch over it saw.
ASKS_OUTSIDE = """
import json, sys
from dashboard_server import FLAGS, Watch
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=FLAGS)
    watch, page = Watch(sys.argv[2] == "sealed"), browser.new_page()
    watch.follow(page)
    page.goto("data:text/html,<p>here</p>")
    page.evaluate("fetch('http://192.0.2.1/x').catch(() => 0)")
    browser.close()
print(json.dumps([watch.outside, watch.failed]))
"""


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


@pytest.mark.slow
@pytest.mark.parametrize("sealed", ["sealed", "open"])
def test_a_request_to_the_outside_is_told_and_fails(sealed: str) -> None:
    network = own_network() if sealed == "sealed" else []
    if sealed == "sealed" and not network:
        pytest.skip("no network of one's own here (unshare --net): that a sealed visit tells its requests was NOT seen")
    command = [*network, sys.executable, "-c", ASKS_OUTSIDE, chromium("a page that asks the outside was"), sealed]
    finished = subprocess.run(
        command, cwd=REPOSITORY / "tests", capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert finished.returncode == 0, finished.stderr
    outside, failed = json.loads(finished.stdout)
    print(outside, failed)
    assert outside == ["http://192.0.2.1/x"]
    assert len(failed) == 1
    assert failed[0].endswith(" http://192.0.2.1/x")
