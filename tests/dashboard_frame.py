"""What surrounds the pages of the dashboard, visited in a browser: tasks, undo, addresses, territory, preview, axe.

Called by dashboard_visit.py (each task by its link) and dashboard_around.py (all else); judges nothing.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

TASKS = ("choose", "design", "verdict", "compare", "stress", "what-helps", "live", "evidence", "export")
HOSTILE = "v=1&s=urban-reports&t=../../etc/passwd&n=norm_delay:9999&la=%3Cscript%3Ealert(1)%3C/script%3E:1&r=-1"
PATIENCE = 120_000.0


def violations(page: Page) -> list[str] | None:
    """Return what axe finds serious or worse on a page; None where axe is not installed."""
    if importlib.util.find_spec("axe_playwright_python") is None:
        return None
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


def _open(page: Page, address: str) -> None:
    """Open an address, and let all that it asks for arrive: what is left half-way counts as failed."""
    page.goto(address)
    page.wait_for_load_state("networkidle")


def until_drawn(page: Page, part: str, *, there: bool = True) -> None:
    """Wait until the address holds a part, or does not, and the page that is drawn leads on from there.

    The browser is told an address when a drawing begins, and what is drawn when it ends.
    """
    page.wait_for_function(
        """([part, there]) => [location, document.querySelector('.tasks a')]
            .every(each => each.search.includes(part) === there)""",
        arg=[part, there],
        timeout=PATIENCE,
    )


def changes_of(page: Page) -> str:
    """Return the levers in the address of a page."""
    return page.evaluate("new URLSearchParams(location.search).get('la') || ''")


def visit_tasks(page: Page, address: str, language: str, shots: Path) -> list[dict[str, Any]]:
    """Open each task by its link, with the keyboard only."""
    _open(page, f"{address}/?lang={language}")
    page.locator("#scenario").wait_for(timeout=PATIENCE)
    seen = []
    for task in TASKS:
        link = page.locator(f'.tasks a[href^="/{task}?"]')
        link.focus()
        link.press("Enter")
        page.locator(f'.tasks a[href^="/{task}?"][aria-current=page]').wait_for()
        if task != TASKS[0]:
            page.wait_for_function("document.activeElement && document.activeElement.id === 'main'")
        page.wait_for_timeout(200)
        seen.append(
            {
                "task": task,
                "heading": page.locator("h1").inner_text(),
                "title": page.title(),
                "text": page.locator("main").inner_text(),
                "marked": page.locator(".tasks a[aria-current=page]").count(),
                "violations": violations(page),
            }
        )
        page.screenshot(path=shots / f"{task}-{language}.png", full_page=True)
    return seen


def visit_history(page: Page, address: str) -> dict[str, str]:
    """Move a lever and a norm, undo, do again, go back in the browser, and start again."""
    seen: dict[str, str] = {}
    _open(page, f"{address}/design?lang=en")
    field = page.locator("#lever-acknowledgement_rate")
    field.wait_for(timeout=PATIENCE)

    def until(levers: str) -> str:
        page.wait_for_function(
            "levers => (new URLSearchParams(location.search).get('la') || '') === levers", arg=levers
        )
        page.wait_for_function(
            "shown => document.getElementById('lever-acknowledgement_rate').value === shown",
            arg={"": "50", "acknowledgement_rate:0.9": "90", "acknowledgement_rate:0.7": "70"}[levers],
        )
        return changes_of(page)

    for text in ("90", "70"):
        field.fill(text)
        field.press("Enter")
        seen[f"typed {text}"] = until(f"acknowledgement_rate:0.{text[0]}")
    page.go_back()
    seen["back"] = until("acknowledgement_rate:0.9")
    page.get_by_role("button", name="Redo").click()
    seen["redo"] = until("acknowledgement_rate:0.7")
    for number in (1, 2):
        page.get_by_role("button", name="Undo").click()
        seen[f"undo {number}"] = until("acknowledgement_rate:0.9" if number == 1 else "")
    seen["can undo"] = str(page.get_by_role("button", name="Undo").is_enabled())
    page.get_by_role("button", name="Redo").click()
    until("acknowledgement_rate:0.9")
    page.get_by_role("button", name="Start again").click()
    seen["start"] = until("")
    return seen


def visit_assumptions(page: Page, address: str) -> dict[str, Any]:
    """Look for an assumption, move it, open a chapter of levers."""
    _open(page, f"{address}/design?lang=fr")
    search = page.locator("#assumption-search")
    search.wait_for(timeout=PATIENCE)
    search.fill("effort_weight")
    field = page.locator("#lever-effort_weight")
    field.fill("1,2")
    field.press("Enter")
    page.locator(".recomputed").wait_for()
    told = page.locator(".recomputed").inner_text()
    chapter = page.locator(".fold-head").first
    chapter.focus()
    chapter.press("Enter")
    page.locator(".chapter .lever").first.wait_for()
    return {
        "told": told,
        "address": page.url,
        "expanded": chapter.get_attribute("aria-expanded"),
        "levers": page.locator(".chapter .lever").first.inner_text(),
        "violations": violations(page),
    }


def visit_territory(page: Page, address: str) -> dict[str, Any]:
    """Look for a place and take it, with the keyboard only."""
    _open(page, f"{address}/choose?lang=fr")
    search = page.locator("#territory")
    search.wait_for(timeout=PATIENCE)
    search.fill("finistere")
    first = page.locator(".found button").first
    first.wait_for()
    search.fill("29155, 29083, 29082")
    page.get_by_role("button", name="Ces 3 communes").press("Enter")
    until_drawn(page, "t=29155")
    page.get_by_text("La fiche a été écrite pour").wait_for()
    return {"address": page.url, "text": page.locator("main").inner_text()}


# What a preview says once it is that of the design in hand; nothing before.
_FRESH_PREVIEW = """() => {
    const preview = document.querySelector(".preview");
    const rows = preview ? preview.querySelectorAll(".preview-table tbody tr").length : 0;
    return rows && !preview.querySelector(".old") ? {text: preview.innerText, rows: rows} : null;
}"""


# Previews of a few hundred people for some days are over before the page follows them.
SHORT_PREVIEWS = 4


def visit_preview(page: Page, address: str) -> dict[str, Any]:
    """Move a slider and read the preview; then ask for short ones, each for other days, one after the other."""

    def fresh(days: int, steps: int) -> dict[str, Any]:
        _open(page, f"{address}/design?v=1&lang=fr&s=urban-reports&t=29155,29083,29082&days={days}")
        slider = page.get_by_role("slider").first
        slider.wait_for(timeout=PATIENCE)
        slider.focus()
        for _ in range(steps):
            slider.press("ArrowRight")
        until_drawn(page, f"acknowledgement_rate:{0.5 + 0.01 * steps:g}")
        # Text and rows of one moment: the table is drawn anew while the preview is renewed.
        found: dict[str, Any] = page.wait_for_function(_FRESH_PREVIEW, timeout=PATIENCE).json_value()
        return found

    found = fresh(60, 2)
    found["short"] = [fresh(2 + turn, 3 + turn)["rows"] for turn in range(SHORT_PREVIEWS)]
    return found


def visit_pages(browser: Browser, address: str, follow: Any, shots: Path) -> dict[str, Any]:
    """Open each task in each language; return what was seen, by language."""
    shots.mkdir(parents=True, exist_ok=True)
    seen: dict[str, Any] = {}
    for language, scheme in (("fr", "light"), ("en", "dark")):
        page = browser.new_page(viewport={"width": 1600, "height": 900}, color_scheme=scheme)
        follow(page)
        seen[language] = visit_tasks(page, address, language, shots)
        page.close()
    return seen


def visit_around(browser: Browser, address: str, follow: Any) -> dict[str, Any]:
    """Do all else; return what was seen."""
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    follow(page)
    seen: dict[str, Any] = {
        "history": visit_history(page, address),
        "assumptions": visit_assumptions(page, address),
        "territory": visit_territory(page, address),
        "preview": visit_preview(page, address),
    }
    _open(page, f"{address}/design?{HOSTILE}&lang=fr")
    page.locator(".trouble").wait_for(timeout=PATIENCE)
    seen["hostile"] = {
        "told": page.locator(".trouble").inner_text(),
        "page": page.content(),
        "text": page.locator("body").inner_text(),
    }
    page.close()
    return seen
