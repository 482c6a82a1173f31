"""One visit to the dashboard, told as a JSON document: starts the server, drives a browser, writes what it saw.

Run by tests/test_dashboard.py, in a network of its own where the machine allows it, so that nothing outside can be
reached by the server or by the browser. Judges nothing: the tests do.

    python dashboard_visit.py SCENARIO_FOLDER SCENARIO BROWSER REPORT
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from dashboard_frame import until_drawn, visit_pages
from dashboard_server import PATIENCE, Server, Watch, tell
from playwright.sync_api import Browser, Page

RUN = {"en": "Simulate", "fr": "Simuler"}
STOP = {"en": "Stop", "fr": "Arrêter"}


def move_levers(page: Page) -> dict[str, str]:
    """Move one lever by typing and one with the keyboard; return what their fields show then."""
    typed = page.locator("#lever-acknowledgement_rate")
    typed.fill("ninety")
    typed.press("Enter")
    page.get_by_role("alert").wait_for()
    fault = page.get_by_role("alert").inner_text()
    typed.fill("90")
    typed.press("Enter")
    page.get_by_role("alert").wait_for(state="detached")
    slider = page.get_by_role("slider").nth(1)
    slider.focus()
    slider.press("ArrowRight")
    page.locator(".lever.moved").nth(1).wait_for()
    page.wait_for_timeout(300)
    return {
        "fault": fault,
        "typed": typed.input_value(),
        "keyboard": page.locator("#lever-app_friction").input_value(),
    }


def verdict_seen(page: Page) -> dict[str, Any]:
    """Wait for verdict and figures, and return what they say."""
    page.locator("svg.figure").nth(1).wait_for(timeout=PATIENCE)
    risks = ("continuity", "quality", "universality")
    return {
        "values": {
            risk: page.locator(f'[data-risk="{risk}"] strong[data-value]').get_attribute("data-value") for risk in risks
        },
        "sentences": {risk: page.locator(f'[data-risk="{risk}"]').inner_text() for risk in (*risks, "cost")},
        "rows": [row.inner_text().split("\t") for row in page.locator(".beside tbody tr").all()],
        "basis": page.locator(".basis").inner_text(),
        "ignorance": ignorance_seen(page),
        "figures": [figure.get_attribute("aria-label") for figure in page.locator("svg.figure").all()],
        "text": page.locator("main").inner_text(),
    }


def ignorance_seen(page: Page) -> str:
    """Return what stands behind the click on ignorance and chance; "" where the page has no such part."""
    part = page.locator(".ignorance")
    if not part.count():
        return ""
    part.locator("summary").click()
    text = part.inner_text()
    part.locator("summary").click()
    return text


def go_to(page: Page, task: str) -> None:
    """Open the page of a task by its link, with the keyboard only."""
    link = page.locator(f'.tasks a[href^="/{task}"]')
    link.focus()
    link.press("Enter")
    page.locator(f'.tasks a[href^="/{task}"][aria-current=page]').wait_for()


def choose_parameters(page: Page, word: str) -> dict[str, Any]:
    """Choose with the keyboard what is taken to be known of people; return what page and address say then."""
    go_to(page, "choose")
    other = page.locator("input[name=parameters]:checked")
    before = other.get_attribute("value")
    other.focus()
    other.press("ArrowDown" if word == "preset" else "ArrowUp")
    until_drawn(page, "parameters=preset", there=word == "preset")
    return {"before": before, "after": chosen_parameters(page), "address": page.url}


def chosen_parameters(page: Page) -> str | None:
    """Return what is taken to be known of people, as the page shows it."""
    return page.locator("input[name=parameters]:checked").get_attribute("value")


def open_page(page: Page, address: str, language: str, scenario: str) -> dict[str, Any]:
    """Open the dashboard in a language and choose the scenario; return how the page introduces itself."""
    page.goto(f"{address}/?lang={language}")
    page.locator("#scenario").wait_for(timeout=PATIENCE)
    page.locator("#scenario").select_option(scenario)
    page.get_by_text("1,581" if language == "en" else "1\u202f581").wait_for()
    seen = {
        "lang": page.evaluate("document.documentElement.lang"),
        "title": page.title(),
        "settings": page.locator(".page-body").inner_text(),
    }
    go_to(page, "design")
    page.locator("#lever-acknowledgement_rate").wait_for()
    seen["settings"] += page.locator("main").inner_text()
    return seen


def simulate(page: Page, language: str) -> None:
    """Press the button with the keyboard only."""
    button = page.get_by_role("button", name=RUN[language], exact=True)
    button.focus()
    button.press("Enter")


def visit(browser: Browser, server: Server, watch: Watch, scenario: str, shots: Path) -> dict[str, Any]:
    """Do what a reader of each language would do, and what an impatient one would."""
    seen: dict[str, Any] = {}
    size = {"width": 1600, "height": 900}

    seen["pages"] = visit_pages(browser, server.address, watch.follow, shots)

    # French: a design against the starting settings, four simulations; then the same verdict in English.
    page = browser.new_page(viewport=size)
    watch.follow(page)
    seen["fr"] = open_page(page, server.address, "fr", scenario)
    seen["fr"]["levers"] = move_levers(page)
    simulate(page, "fr")
    seen["fr"]["verdict"] = verdict_seen(page)
    page.get_by_role("link", name="English").click()
    page.get_by_text("Against the starting settings").first.wait_for()
    page.wait_for_function("document.documentElement.lang === 'en'")
    seen["switched"] = {"address": page.url, "verdict": verdict_seen(page)}
    go_to(page, "design")
    page.get_by_role("button", name="Contributions that get an answer: back to the start value").click()
    until_drawn(page, "acknowledgement_rate", there=False)
    go_to(page, "verdict")
    page.locator(".stale").wait_for()
    seen["switched"]["stale"] = page.locator(".stale").inner_text()
    page.close()

    # Sent the address of a page that takes the most typical draw: it opens so, in either language.
    page = browser.new_page(viewport=size)
    watch.follow(page)
    page.goto(f"{server.address}/?lang=fr&parameters=preset")
    page.locator("#scenario").wait_for(timeout=PATIENCE)
    seen["sent"] = {"fr": chosen_parameters(page)}
    page.get_by_role("link", name="English").click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    seen["sent"] |= {"en": chosen_parameters(page), "address": page.url}
    page.locator("#scenario").select_option("cardiac-alert")
    page.locator(".assumed").wait_for()
    seen["sent"]["assumed"] = page.locator(".assumed").inner_text()
    seen["sent"]["offered"] = page.locator("input[name=parameters]:enabled").count()
    page.locator("#scenario").select_option(scenario)
    page.locator("input[name=parameters]:enabled").first.wait_for()
    seen["sent"]["again"] = chosen_parameters(page)
    page.close()

    # English, in the dark: the starting settings, twenty simulations.
    page = browser.new_page(viewport=size, color_scheme="dark")
    watch.follow(page)
    seen["en"] = open_page(page, server.address, "en", scenario)
    seen["en"]["settings_of_others"] = page.locator("#lever-acknowledgement_rate").input_value()
    page.locator("#replicates").select_option("20")
    until_drawn(page, "r=20")
    simulate(page, "en")
    seen["en"]["verdict"] = verdict_seen(page)
    seen["en"]["ground"] = page.locator(".entraide").evaluate("e => getComputedStyle(e).backgroundColor")

    # The same with the most typical draw only.
    seen["en"]["chosen"] = choose_parameters(page, "preset")
    simulate(page, "en")
    page.get_by_text("most typical draw").first.wait_for(timeout=PATIENCE)
    seen["en"]["typical"] = verdict_seen(page)
    seen["en"]["chosen"]["again"] = choose_parameters(page, "ensemble")

    # Impatient: a long simulation, stopped; another one, whose page is closed.
    page.locator("#scenario").select_option("urban-reports")
    page.locator("#replicates").select_option("100")
    until_drawn(page, "r=100")
    at_rest = server.threads()
    simulate(page, "en")
    page.get_by_text("Simulating the starting settings").first.wait_for()
    seen["busy"] = server.threads() - at_rest
    page.get_by_role("button", name=STOP["en"], exact=True).press("Enter")
    page.get_by_text("Stopped before the end").first.wait_for(timeout=30_000)
    simulate(page, "en")
    page.locator("progress").wait_for()
    page.close()
    # Threads of the server itself come and go; whether anything is still simulated shows in what is computed. Left
    # alone, these simulations would compute for two minutes and more; a page that did not say that it closes is
    # given some seconds to come back.
    seen["idle_after_closing"] = server.wait_until(lambda: not server.computes(), 60.0)
    return seen


def main(scenario_folder: str, scenario: str, browser_path: str, report: str) -> None:
    """Visit, and write the report."""
    look = partial(visit, scenario=scenario, shots=Path(report).parent / "shots")
    tell(look, browser_path, scenario_folder, Path(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
