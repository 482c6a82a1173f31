"""Several readers of one dashboard at the same time, each with something else in hand, told as a JSON document.

Run by tests/test_dashboard_tasks.py, in a network of its own where the machine allows it. Judges nothing: the tests do.

    python dashboard_crowd.py BROWSER FOLDER READERS DAYS
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from dashboard_hand import PATIENCE
from dashboard_server import Server, Watch, tell
from playwright.sync_api import Browser, Page

PLACES = ("29155,29083", "29155,29082", "29083,29082")
DOING = ("verdict", "design", "compare", "stress", "live")
LANGUAGES = ("fr", "en")


def in_hand(place: int) -> dict[str, Any]:
    """Return what a reader has in hand; no two have the same."""
    return {
        "doing": DOING[place % len(DOING)],
        "language": LANGUAGES[place % len(LANGUAGES)],
        "territory": PLACES[place % len(PLACES)],
        "seed": 100 + place,
        "lever": round(0.6 + 0.02 * place, 2),
    }


def address_of(mine: dict[str, Any], days: int) -> str:
    """Return the address at which a reader begins."""
    event = "&e=demand_surge@2025-02-01:14:2.0" if mine["doing"] == "stress" else ""
    return (
        f"/{mine['doing']}?v=1&lang={mine['language']}&s=urban-reports&t={mine['territory']}"
        f"&la=acknowledgement_rate:{mine['lever']}{event}&days={days}&seed={mine['seed']}"
    )


class Reader:
    """One reader, in a browser context of their own."""

    def __init__(self, browser: Browser, watch: Watch, server: str, place: int, days: int) -> None:
        self.mine, self.days = in_hand(place), days
        self.page: Page = browser.new_context(viewport={"width": 1600, "height": 900}).new_page()
        watch.follow(self.page)
        self.page.goto(server + address_of(self.mine, days))
        self.page.locator("h1").wait_for(timeout=PATIENCE)
        self.page.locator(".tasks a[aria-current=page]").wait_for(timeout=PATIENCE)

    def begin(self) -> None:
        """Press the button of what they do, and wait for nothing."""
        button = {"live": ".live-buttons button.go", "design": ".preview button"}
        if self.mine["doing"] == "live":
            self.page.locator("#live-speed").select_option("0")
        self.page.locator(button.get(self.mine["doing"], ".run button.go")).first.click(timeout=PATIENCE)

    def read(self) -> Any:
        """Wait for the numbers of what they do, and return them."""
        page, doing = self.page, self.mine["doing"]
        if doing == "verdict":
            risks = ("continuity", "quality", "universality")
            values = [page.locator(f'[data-risk="{risk}"] strong[data-value]') for risk in risks]
            values[-1].wait_for(timeout=PATIENCE)
            return [each.get_attribute("data-value") for each in values]
        if doing == "design":
            rows = page.locator(".preview-table tbody tr")
            rows.nth(1).wait_for(timeout=PATIENCE)
            return [row.locator("td").all_inner_texts() for row in rows.all()]
        if doing == "compare":
            cells = page.locator("table.differences td[data-design]")
            cells.first.wait_for(timeout=PATIENCE)
            return cells.evaluate_all("cells => cells.map(e => [e.dataset.measure, e.dataset.value])")
        if doing == "stress":
            loss = page.locator("[data-loss]").first
            loss.wait_for(timeout=PATIENCE)
            return loss.get_attribute("data-loss")
        page.wait_for_function(
            "day => (document.getElementById('live-contributions') || {dataset: {}}).dataset.day === day",
            arg=str(self.days),
            timeout=PATIENCE,
        )
        return page.locator("#live-contributions").get_attribute("data-value")

    def leave(self) -> None:
        """Go elsewhere: a page that is left says so; one whose browser is killed may not, and is kept for a while."""
        self.page.goto("about:blank")

    def state(self) -> dict[str, Any]:
        """Return what the page has in hand in the end, as its address and its fields show it."""
        page = self.page
        page.locator('.tasks a[href^="/design?"]').click()
        page.locator("#lever-acknowledgement_rate").wait_for(timeout=PATIENCE)
        return {
            "address": page.url.partition("/design")[2],
            "lever": page.locator("#lever-acknowledgement_rate").input_value(),
            "language": page.evaluate("document.documentElement.lang"),
            "in_hand": page.locator(".in-hand").inner_text(),
        }


def resident(server: Server) -> int:
    """Return the bytes of memory that the server's process holds."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return 1024 * int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def kernels(server: Server) -> int:
    """Return how many open pages the server keeps something of."""
    return int(server.ask("/resourcez")["kernels"]["total"])


def crowd(browser: Browser, server: Server, watch: Watch, count: int, days: int) -> dict[str, Any]:
    """Let all of them come, do what they do at the same time, and leave."""
    # What the first visitor costs, loading and compiling, is the server's own.
    first = Reader(browser, watch, server.address, 0, days)
    first.begin()
    first.read()
    first.leave()
    server.wait_until(lambda: kernels(server) == 0, 60.0)
    memory = {"before": resident(server)}
    readers = [Reader(browser, watch, server.address, place, days) for place in range(count)]
    memory["open"] = resident(server)
    open_pages = kernels(server)
    for reader in readers:
        reader.begin()
    found = [{**reader.mine, "read": reader.read()} for reader in readers]
    memory["done"] = resident(server)
    for each, reader in zip(found, readers, strict=True):
        each["state"] = reader.state()
    for reader in readers:
        reader.leave()
    gone = server.wait_until(lambda: kernels(server) == 0, 60.0)
    memory["gone"] = resident(server)
    return {"readers": found, "memory": memory, "open_pages": open_pages, "all_gone": gone}


def main(browser_path: str, folder: str, count: str, days: str) -> None:
    """Let them come, and write the report."""
    tell(partial(crowd, count=int(count), days=int(days)), browser_path, folder, Path(folder) / "report.json")


if __name__ == "__main__":
    main(*sys.argv[1:])
