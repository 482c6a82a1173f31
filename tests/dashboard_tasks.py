"""The nine tasks of the dashboard, each from its page to a number on it, told as a JSON document.

Run by tests/test_dashboard_tasks.py, in a network of its own where the machine allows it. Judges nothing: the tests do.

    python dashboard_tasks.py BROWSER FOLDER ADDRESS_PART LANGUAGE:HAND:SCHEME[:closely]...

FOLDER is given the report and what was downloaded; ADDRESS_PART is what the address of the first page says besides the
language; "closely" also looks for violations on a narrow screen. ENTRAIDE_SCREENSHOTS names a folder that keeps
pictures of each page, light and dark, wide and narrow.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboard_frame import until_drawn, violations
from dashboard_hand import PATIENCE, Hand, Keyboard, Mouse
from dashboard_server import Server, Watch, tell
from playwright.sync_api import Browser, Locator, Page

from entraide.viz.dashboard.pages.registry import PAGES

# Milliseconds; twenty years of each measure, on two cores that tests share, take minutes.
COMPUTED = 600_000.0
CODES = "29155, 29083, 29082"
TYPED = {"acknowledgement_rate": {"en": "90", "fr": "90"}, "app_friction": {"en": "0.5", "fr": "0,5"}}
NAME = "L'app <b>plus simple</b>"
WIDE, NARROW = {"width": 1600, "height": 900}, {"width": 400, "height": 800}
WORDS = {
    "take": {"en": "These 3 communes", "fr": "Ces 3 communes"},
    "go_on": {"en": "Go on to the design", "fr": "Passer au dispositif"},
    "add_design": {"en": "Add a copy of design A", "fr": "Ajouter une copie du dispositif A"},
    "add_event": {"en": "Add this event", "fr": "Ajouter cet événement"},
    "remove_event": {"en": "Remove: event 1", "fr": "Retirer\u202f: événement 1"},
    "table": {"en": "Download the table (CSV)", "fr": "Télécharger le tableau (CSV)"},
}


class Journey:
    """One reader, who does the nine tasks one after the other on one open page.

    Attributes
    ----------
    seen : what each task ended with, by task.
    looks : for each task, how it looked: violations that axe finds, and the width that a narrow screen would need.
    """

    def __init__(self, page: Page, hand: Hand, language: str, scheme: str, folder: Path, closely: bool = False) -> None:
        self.page, self.hand, self.language, self.scheme, self.folder = page, hand, language, scheme, folder
        self.closely = closely
        self.seen: dict[str, Any] = {}
        self.looks: dict[str, Any] = {}

    def word(self, key: str) -> str:
        return WORDS[key][self.language]

    def button(self, name: str) -> Locator:
        """Return the button whose name begins so."""
        return self.page.get_by_role("button", name=name).first

    def go_to(self, task: str) -> None:
        """Open the page of a task by its link."""
        link = self.page.locator(f'.tasks a[href^="/{task}?"]')
        self.hand.press(link)
        self.page.locator(f'.tasks a[href^="/{task}?"][aria-current=page]').wait_for(timeout=PATIENCE)

    def until_address(self, part: str) -> None:
        until_drawn(self.page, part)

    def compute(self) -> None:
        """Press the large button."""
        self.hand.press(self.page.locator(".run button.go"))

    def until_done(self) -> None:
        self.page.locator(".run progress").wait_for(state="detached", timeout=COMPUTED)

    def move(self, key: str) -> None:
        """Type the value of a lever."""
        self.hand.write(self.page.locator(f"#lever-{key}"), TYPED[key][self.language])
        self.until_address(f"{key}:")

    def look(self, task: str) -> None:
        """Note how the page looks now, and keep pictures of it."""
        self.page.wait_for_timeout(200)
        shots = os.environ.get("ENTRAIDE_SCREENSHOTS")
        name = f"{[each.path for each in PAGES].index(task) + 1}-{task}-{self.language}"
        found = violations(self.page)
        if shots:
            folder = Path(shots)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}-{self.scheme}.png", full_page=True)
            with self.other_scheme() as other:
                self.page.screenshot(path=folder / f"{name}-{other}.png", full_page=True)
        self.page.set_viewport_size(NARROW)
        self.page.wait_for_timeout(100)
        needed = self.page.evaluate("document.documentElement.scrollWidth")
        outside = self.page.evaluate(_OUTSIDE, NARROW["width"]) if needed > NARROW["width"] else []
        if shots:
            self.page.screenshot(path=folder / f"{name}-narrow.png", full_page=True)
        if self.closely and found is not None:
            found += violations(self.page) or []
        self.page.set_viewport_size(WIDE)
        self.looks[task] = {
            "violations": found,
            "width": needed,
            "outside": outside,
            "heading": self.page.locator("h1").inner_text(),
            "text": self.page.locator("body").inner_text(),
        }

    @contextmanager
    def other_scheme(self) -> Iterator[str]:
        """Switch between light and dark for a moment."""
        switch = "document.querySelector('.page-header > button').click()"
        self.page.evaluate(switch)
        self.page.wait_for_timeout(400)
        yield "dark" if self.scheme == "light" else "light"
        self.page.evaluate(switch)
        self.page.wait_for_timeout(400)

    def choose(self) -> None:
        """1. Take three communes; read how many people live there."""
        page = self.page
        page.locator("#scenario").wait_for(timeout=PATIENCE)
        self.hand.write(page.locator("#territory"), CODES)
        self.hand.press(self.button(self.word("take")))
        self.until_address("t=29155")
        page.wait_for_function("document.querySelector('main').innerText.includes('(3 communes)')", timeout=PATIENCE)
        self.seen["choose"] = page.locator("main").inner_text()
        self.look("choose")
        self.hand.press(self.button(self.word("go_on")))
        page.locator('.tasks a[href^="/design?"][aria-current=page]').wait_for(timeout=PATIENCE)

    def design(self) -> None:
        """2. Move a lever; read the preview."""
        page = self.page
        self.move("acknowledgement_rate")
        # All cells of one moment: the table is drawn anew while the preview is renewed.
        fresh = """() => {
            const rows = [...document.querySelectorAll(".preview-table tbody tr")];
            const cells = rows.map(row => [...row.querySelectorAll("th, td")].map(cell => cell.innerText));
            return rows.length > 1 && !document.querySelector(".preview .old") ? cells : null;
        }"""
        self.seen["design"] = page.wait_for_function(fresh, timeout=PATIENCE).json_value()
        self.look("design")

    def verdict(self) -> None:
        """3. Simulate; read how often each norm is broken."""
        self.compute()
        page = self.page
        page.locator("svg.figure").nth(1).wait_for(timeout=COMPUTED)
        page.wait_for_function("document.activeElement && document.activeElement.id !== ''", timeout=PATIENCE)
        risks = ("continuity", "quality", "universality")
        self.seen["verdict"] = {
            risk: page.locator(f'[data-risk="{risk}"] strong[data-value]').get_attribute("data-value") for risk in risks
        }
        self.look("verdict")

    def compare(self) -> None:
        """4. Name a second design, move its lever, compare both with today; read each difference."""
        page = self.page
        self.go_to("compare")
        self.hand.write(page.locator("#new-design"), NAME)
        page.wait_for_function("name => document.getElementById('new-design').value === name", arg=NAME)
        self.hand.press(self.button(self.word("add_design")))
        self.until_address("of=2")
        self.go_to("design")
        self.move("app_friction")
        self.go_to("compare")
        self.compute()
        page.locator("table.differences").wait_for(timeout=COMPUTED)
        page.locator("svg.figure").nth(1).wait_for(timeout=COMPUTED)
        cells = page.locator("table.differences td[data-design]")
        self.seen["compare"] = {
            "cells": cells.evaluate_all(
                "cells => cells.map(e => [e.dataset.design, e.dataset.measure, e.dataset.value])"
            ),
            "names": page.locator("table.differences thead th").all_inner_texts(),
            "bold": page.locator("main b").count(),
        }
        self.look("compare")

    def stress(self) -> None:
        """5. Put a surge of demand on the timeline; read what it costs. Then take it out again."""
        page = self.page
        self.go_to("stress")
        self.hand.choose(page.locator("#event-kind"), "demand_surge")
        self.hand.press(self.button(self.word("add_event")))
        page.locator('fieldset[data-event="demand_surge"]').wait_for(timeout=PATIENCE)
        self.compute()
        page.locator("[data-loss]").first.wait_for(timeout=COMPUTED)
        page.locator("svg.figure").last.wait_for(timeout=COMPUTED)
        self.until_done()
        self.seen["stress"] = page.locator("[data-loss]").evaluate_all(
            "cells => cells.map(e => [e.dataset.event, e.dataset.loss, e.dataset.fell])"
        )
        self.look("stress")
        self.hand.press(self.button(self.word("remove_event")))
        page.locator('fieldset[data-event="demand_surge"]').wait_for(state="detached", timeout=PATIENCE)

    def what_helps(self) -> None:
        """6. Try each measure; read what each does to each risk."""
        page = self.page
        self.go_to("what-helps")
        self.compute()
        page.locator("[data-effect]").first.wait_for(timeout=COMPUTED)
        page.locator("svg.figure").nth(2).wait_for(timeout=COMPUTED)
        self.seen["what-helps"] = page.locator("section[data-risk]").evaluate_all(
            "parts => parts.flatMap(part => [...part.querySelectorAll('[data-effect]')].map("
            "e => [part.dataset.risk, e.dataset.measure, e.dataset.effect, e.dataset.cost]))"
        )
        self.look("what-helps")

    def live(self) -> None:
        """7. Watch a simulation to its last day; read the contributions."""
        page = self.page
        self.go_to("live")
        self.hand.choose(page.locator("#live-speed"), "0")
        self.hand.press(page.locator(".live-buttons button.go"))
        day = page.locator("#live-contributions")
        day.wait_for(timeout=COMPUTED)
        page.wait_for_function(
            "days => document.getElementById('live-contributions').dataset.day === days",
            arg=_days(page.url),
            timeout=COMPUTED,
        )
        self.seen["live"] = {"value": day.get_attribute("data-value"), "text": day.inner_text()}
        self.look("live")

    def evidence(self) -> None:
        """8. Read how many figures that were not fitted are met, on services of this kind and on all."""
        page = self.page
        self.go_to("evidence")
        page.locator("#evidence-all").wait_for(timeout=PATIENCE)
        self.seen["evidence"] = {
            key: page.locator(f"#evidence-{key}").evaluate("e => [e.dataset.met, e.dataset.all]")
            for key in ("own", "all")
        }
        self.look("evidence")

    def export(self) -> None:
        """9. Simulate what is worked on, and take a table away; read it, and the numbers on the page."""
        page = self.page
        self.go_to("verdict")
        self.compute()
        page.locator("svg.figure").nth(1).wait_for(timeout=COMPUTED)
        self.until_done()
        self.go_to("export")
        page.locator("#export-continuity").wait_for(timeout=PATIENCE)
        page.locator("#export-figure").wait_for(timeout=PATIENCE)
        self.look("export")
        with page.expect_download(timeout=PATIENCE) as taken:
            self.hand.press(self.button(self.word("table")))
        file = self.folder / f"{self.language}-{taken.value.suggested_filename}"
        taken.value.save_as(file)
        self.seen["export"] = {
            "broken": page.locator("[data-broken]").evaluate_all("e => e.map(each => [each.id, each.dataset.broken])"),
            "table": file.name,
            "command": page.locator("#export-command").inner_text(),
            "python": page.locator("#export-python").inner_text(),
        }

    def all(self) -> None:
        """Do all nine, in the order of the pages."""
        tasks: dict[str, Callable[[], None]] = {
            "choose": self.choose,
            "design": self.design,
            "verdict": self.verdict,
            "compare": self.compare,
            "stress": self.stress,
            "what-helps": self.what_helps,
            "live": self.live,
            "evidence": self.evidence,
            "export": self.export,
        }
        for task, do in tasks.items():
            begun = time.monotonic()
            try:
                do()
            except Exception:
                self.page.screenshot(path=self.folder / f"failed-{task}-{self.language}.png", full_page=True)
                raise
            print(f"{self.language} {task}: {time.monotonic() - begun:.1f} s", flush=True)


# Elements that end beyond the right edge of a narrow screen, but for what scrolls within a frame of its own.
_OUTSIDE = """width => [...document.querySelectorAll('.entraide *')]
  .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll') && !e.children.length)
  .slice(0, 8).map(e => e.outerHTML.slice(0, 160))"""


def _days(address: str) -> str:
    return address.partition("days=")[2].partition("&")[0]


def answered_while_running(page: Page, address: str, asked: str) -> dict[str, Any]:
    """Begin a long simulation of a whole department, and use the page meanwhile."""
    page.goto(f"{address}/evidence?v=1&lang=en&s=urban-reports&r=100&seed={asked}")
    page.locator("#evidence-all, main").first.wait_for(timeout=PATIENCE)
    page.locator('.tasks a[href^="/design?"]').click()
    field = page.locator("#lever-acknowledgement_rate")
    field.wait_for(timeout=PATIENCE)
    page.locator(".run button.go").click()
    page.locator(".run progress").wait_for(timeout=PATIENCE)
    begun = time.monotonic()
    page.locator('.tasks a[href^="/evidence?"]').click()
    page.locator('.tasks a[href^="/evidence?"][aria-current=page]').wait_for(timeout=PATIENCE)
    page.locator("h1", has_text="Evidence").wait_for(timeout=PATIENCE)
    opened = time.monotonic() - begun
    page.get_by_role("link", name="Français").click()
    page.locator("h1", has_text="Preuves").wait_for(timeout=PATIENCE)
    translated = time.monotonic() - begun - opened
    still = page.locator(".run progress").count()
    page.locator(".run button.stop").click()
    page.locator(".run progress").wait_for(state="detached", timeout=PATIENCE)
    return {"still_running": still, "page_seconds": opened, "language_seconds": translated}


def travel(browser: Browser, server: Server, watch: Watch, folder: Path, part: str, plan: str) -> dict[str, Any]:
    """Let one reader do all tasks; return what was seen."""
    language, way, scheme, *more = plan.split(":")
    # A context of its own: what another reader switched to is kept by the browser for the site.
    page = browser.new_context(viewport=WIDE, color_scheme=scheme, accept_downloads=True).new_page()
    watch.follow(page)
    begun = time.monotonic()
    page.goto(f"{server.address}/choose?lang={language}&{part}")
    page.locator("#scenario").wait_for(timeout=PATIENCE)
    first = time.monotonic() - begun
    hand = Keyboard(page) if way == "keyboard" else Mouse(page)
    journey = Journey(page, hand, language, scheme, folder, bool(more))
    journey.all()
    ground = page.locator(".entraide").evaluate("e => getComputedStyle(e).backgroundColor")
    page.context.close()
    return {
        "seen": journey.seen,
        "looks": journey.looks,
        "first_content_seconds": first,
        "tab_presses": getattr(hand, "presses", None),
        "ground": ground,
        "way": way,
        "scheme": scheme,
    }


def main(browser_path: str, folder: str, part: str, *plans: str) -> None:
    """Let each reader do all tasks, and write the report."""
    place = Path(folder)

    def visit(browser: Browser, server: Server, watch: Watch) -> dict[str, Any]:
        readers = {plan.split(":")[0]: travel(browser, server, watch, place, part, plan) for plan in plans}
        page = browser.new_page(viewport=WIDE)
        watch.follow(page)
        return {"readers": readers, "busy": answered_while_running(page, server.address, "7")}

    tell(visit, browser_path, folder, place / "report.json")


if __name__ == "__main__":
    main(*sys.argv[1:])
