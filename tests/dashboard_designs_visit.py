"""A visit to the pages that compare designs, strike them with events and try measures, told as a JSON document.

Run by tests/test_dashboard_designs_visit.py, in a network of its own where the machine allows it. Judges nothing.

    python dashboard_designs_visit.py SCENARIO_FOLDER SCENARIO BROWSER REPORT
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dashboard_frame import until_drawn, violations
from dashboard_server import FLAGS, PATIENCE, Server, Trap, Watch, is_sealed, raise_loopback
from dashboard_visit import go_to
from playwright.sync_api import Page, sync_playwright

RUN = {
    "compare": {"en": "Compare", "fr": "Comparer"},
    "stress": {"en": "Stress test", "fr": "Éprouver"},
    "what-helps": {"en": "Try each measure", "fr": "Essayer chaque mesure"},
}


def press(page: Page, name: str) -> None:
    """Press a button with the keyboard only."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def focus_now(page: Page) -> dict[str, Any]:
    """Return where the keyboard is, once the page has settled."""
    page.wait_for_timeout(700)
    here = "e => ({tag: e.tagName, inside: !!e.closest('main'), text: e.innerText.slice(0, 80)})"
    return dict(page.evaluate(f"({here})(document.activeElement)"))


def switch_to(page: Page, language: str) -> None:
    """Follow the link to the other language."""
    page.get_by_role("link", name={"en": "English", "fr": "Français"}[language]).press("Enter")
    page.wait_for_function("code => document.documentElement.lang === code", arg=language)


def seen_now(page: Page, figures: int, marked: str, shots: Path, name: str) -> dict[str, Any]:
    """Wait for the figures, and return what the page says: numbers by their marks, text, what axe finds."""
    page.locator("svg.figure").nth(figures - 1).wait_for(timeout=PATIENCE)
    page.wait_for_timeout(200)
    page.screenshot(path=shots / f"{name}.png", full_page=True)
    return {
        "marks": [dict(each) for each in page.locator(marked).evaluate_all("all => all.map(e => ({...e.dataset}))")],
        "text": page.locator("main").inner_text(),
        "figures": [figure.get_attribute("aria-label") for figure in page.locator("svg.figure").all()],
        "violations": violations(page),
    }


def compare(page: Page, address: str, scenario: str, shots: Path) -> dict[str, Any]:
    """Add a second design under a name, move a lever of it, compare both with today, then with each other."""
    page.goto(f"{address}/compare?v=1&lang=fr&s={scenario}&la=app_friction:6.0")
    field = page.locator("#new-design")
    field.wait_for(timeout=PATIENCE)
    seen: dict[str, Any] = {"empty": page.locator("main").inner_text()}
    field.fill("<i>Accusés</i>")
    field.press("Tab")
    page.wait_for_timeout(300)
    press(page, "Ajouter une copie du dispositif A")
    until_drawn(page, "nb=")
    go_to(page, "design")
    lever = page.locator("#lever-acknowledgement_rate")
    lever.fill("90")
    lever.press("Enter")
    until_drawn(page, "lb=acknowledgement_rate:0.9")
    go_to(page, "compare")
    press(page, RUN["compare"]["fr"])
    seen["fr"] = seen_now(page, 4, "td[data-measure]", shots, "compare-fr")
    switch_to(page, "en")
    page.get_by_text("Differences from the baseline").first.wait_for()
    seen["en"] = seen_now(page, 4, "td[data-measure]", shots, "compare-en")
    press(page, "Make design A the baseline")
    page.locator(".stale").wait_for()
    seen["focus"] = {"baseline": focus_now(page)}
    press(page, RUN["compare"]["en"])
    page.locator(".stale").wait_for(state="detached", timeout=PATIENCE)
    seen["other"] = seen_now(page, 2, "td[data-measure]", shots, "compare-other")
    press(page, "Remove design A")
    page.locator("[data-variant=B]").wait_for(state="detached")
    seen["focus"]["removed"] = focus_now(page)
    seen["removed"] = page.locator("[data-variant]").all_inner_texts()
    return seen


def stress(page: Page, address: str, scenario: str, shots: Path) -> dict[str, Any]:
    """Put two events on the timeline, refuse a value, move and change one, and strike."""
    page.goto(f"{address}/stress?v=1&lang=en&s={scenario}")
    kind = page.locator("#event-kind")
    kind.wait_for(timeout=PATIENCE)
    seen: dict[str, Any] = {"empty": page.locator("main").inner_text(), "empty_violations": violations(page)}
    press(page, "Add this event")
    page.locator("#event-1-date").wait_for()
    seen["focus"] = {"added": focus_now(page)}
    kind.select_option("demand_surge")
    page.wait_for_timeout(300)
    press(page, "Add this event")
    size = page.locator("#event-2-size")
    size.wait_for()
    size.fill("lots")
    size.press("Enter")
    page.get_by_role("alert").wait_for()
    seen["fault"] = page.get_by_role("alert").inner_text()
    size.fill("40")
    size.press("Enter")
    page.get_by_role("alert").wait_for(state="detached")
    until_drawn(page, "demand_surge@2025-01-21:14:40.0")
    press(page, "A week earlier: event 1, Outage of the platform")
    until_drawn(page, "outage@2025-01-14")
    day = page.locator("#event-1-date")
    day.fill("2025-01-12")
    until_drawn(page, "outage@2025-01-12")
    page.locator(".fold-head").first.press("Enter")
    page.locator("#event-1-zones-1").focus()
    page.keyboard.press("Space")
    until_drawn(page, ":z29")
    seen["address"] = page.url
    seen["timeline"] = page.locator(".timeline").get_attribute("aria-label")
    press(page, RUN["stress"]["en"])
    seen["en"] = seen_now(page, 3, "[data-loss]", shots, "stress-en")
    switch_to(page, "fr")
    page.get_by_text("Tous les événements ensemble").first.wait_for()
    seen["fr"] = seen_now(page, 3, "[data-loss]", shots, "stress-fr")
    press(page, "Retirer\u202f: événement 2, Afflux de besoins")
    until_drawn(page, "demand_surge", there=False)
    page.locator(".stale").wait_for()
    seen["focus"]["removed"] = focus_now(page)
    seen["left"] = page.locator("fieldset.event").count()
    return seen


def what_helps(page: Page, address: str, scenario: str, shots: Path) -> dict[str, Any]:
    """Try each measure, and put the one that helps most into the design."""
    page.goto(f"{address}/what-helps?v=1&lang=en&s={scenario}&days=20")
    page.locator(".run button").wait_for(timeout=PATIENCE)
    seen: dict[str, Any] = {"empty": page.locator("main").inner_text()}
    press(page, RUN["what-helps"]["en"])
    seen["en"] = seen_now(page, 3, "tr[data-measure]", shots, "what-helps-en")
    page.locator(".fold-head").first.press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-risk=continuity] tr[data-measure]').length > 8")
    page.locator(".fold-head").first.press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-risk=continuity] tr[data-measure]').length === 8")
    first = page.locator("[data-risk=continuity] tr[data-measure] button").first
    seen["spoken"] = first.get_attribute("aria-label")
    first.press("Enter")
    page.locator(".stale").wait_for()
    seen["address"] = page.url
    seen["focus"] = {"put": focus_now(page)}
    seen["held"] = page.locator("[data-risk=continuity] tr[data-measure]").first.inner_text()
    switch_to(page, "fr")
    page.get_by_text("Dans votre dispositif").first.wait_for()
    seen["fr"] = seen_now(page, 3, "tr[data-measure]", shots, "what-helps-fr")
    return seen


def refused(page: Page, address: str, scenario: str, shots: Path) -> dict[str, Any]:
    """Type what cannot be used into an assumption, look away from it, try to simulate, and begin again."""
    page.goto(f"{address}/design?v=1&lang=fr&s={scenario}&la=app_friction:6.0")
    search, lever = page.locator("#assumption-search"), page.locator("#lever-acknowledgement_rate")
    search.wait_for(timeout=PATIENCE)
    lever.fill("90")
    lever.press("Enter")
    until_drawn(page, "acknowledgement_rate:0.9")
    search.fill("minutes")
    field = page.locator(".assumptions input[inputmode=decimal]").first
    field.wait_for()
    name = str(field.get_attribute("id"))
    label = page.locator(f"label[for={name}]").inner_text()
    field.fill("beaucoup")
    field.press("Enter")
    page.get_by_role("alert").wait_for()
    search.fill("")
    page.wait_for_timeout(1_000)
    seen = {"label": label, "still": page.locator(f"#{name}").count()}
    go_to(page, "compare")
    press(page, RUN["compare"]["fr"])
    page.wait_for_timeout(500)
    seen["status"] = page.locator(".run .status").inner_text()
    press(page, "Tout réinitialiser")
    page.locator(".run .status").wait_for(state="detached")
    page.screenshot(path=shots / "refused.png", full_page=True)
    return seen


def main(scenario_folder: str, scenario: str, browser_path: str, report: str) -> None:
    """Visit the pages and write what was seen."""
    sealed = is_sealed()
    if sealed:
        raise_loopback()
    trap, watch, shots = Trap(), Watch(sealed), Path(report).parent
    server = Server(scenario_folder, trap)
    seen: dict[str, Any] = {"sealed": sealed}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
            for name, visit in (
                ("compare", compare),
                ("stress", stress),
                ("what_helps", what_helps),
                ("refused", refused),
            ):
                scheme = "dark" if name == "stress" else "light"
                page = browser.new_page(viewport={"width": 1600, "height": 900}, color_scheme=scheme)
                watch.follow(page)
                seen[name] = visit(page, server.address, scenario, shots)
                page.close()
            browser.close()
    finally:
        seen["server"] = server.stop()
    seen |= {"outside": watch.outside, "failed": watch.failed, "console": watch.console, "caught": trap.caught()}
    Path(report).write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:5])
