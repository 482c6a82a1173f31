"""A visit to the last pages of the dashboard and to the files on its first one, told as a JSON document.

Run by tests/test_dashboard_last.py as dashboard_visit.py is; judges nothing.

    python dashboard_last_visit.py SCENARIO_FOLDER SCENARIO BROWSER REPORT
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from dashboard_frame import until_drawn, violations
from dashboard_server import PATIENCE, Server, Watch, tell
from dashboard_visit import go_to
from playwright.sync_api import Browser, Page

WORDS = {
    "en": {
        "start": "Watch it again", "day": "One day", "run": "Simulate", "csv": "Download the table (CSV)",
        "svg": "Download as a drawing (SVG)", "html": "Report as a page (HTML)", "toml": "Download scenario.toml",
    },
    "fr": {
        "start": "Revoir depuis le début", "day": "Un jour", "run": "Simuler", "csv": "Télécharger le tableau (CSV)",
        "svg": "Télécharger en dessin (SVG)", "html": "Rapport en page web (HTML)", "toml": "Télécharger scenario.toml",
    },
}  # fmt: skip
ZONES = b"code,name,population\nA1,<b>North</b>,800\nA2,South,1200\n"
TITLE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
HOSTILE: tuple[tuple[str, str, bytes], ...] = (
    ("zones", "huge.csv", b"code,name,population\n" + b"1,a,3\n" * 800_000),
    ("zones", "bomb.zip", b"PK\x03\x04" + bytes(2_000)),
    ("scenario", "binary.toml", bytes(range(256)) * 20),
    ("scenario", "deep.toml", b"a = " + b"[" * 5_000 + b"]" * 5_000),
    ("scenario", "elsewhere.toml", b'schema_version = 1\nbase = "/etc/passwd"\n'),
    ("contributions", "words.csv", b"user,date\nx,someday\n"),
)


def press(page: Page, name: str) -> None:
    """Press a button with the keyboard only."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def watch_it_run(page: Page, language: str) -> dict[str, Any]:
    """Take one day, then all the others, and read what came of it."""
    go_to(page, "live")
    press(page, WORDS[language]["day"])
    page.locator('#live-contributions[data-day="1"]').wait_for(timeout=PATIENCE)
    page.locator("#live-speed").select_option("0")
    press(page, {"en": "Go on", "fr": "Reprendre"}[language])
    page.locator('#live-contributions[data-day="40"]').wait_for(timeout=PATIENCE)
    seen = {
        "contributions": page.locator("#live-contributions").get_attribute("data-value"),
        "text": page.locator("main").inner_text(),
        "alternatives": [each.get_attribute("aria-label") for each in page.locator(".live svg").all()],
        "violations": violations(page),
    }
    page.locator("#live-speed").select_option("1")
    press(page, WORDS[language]["start"])
    page.locator('#live-contributions[data-day="40"]').wait_for(state="detached", timeout=PATIENCE)
    return seen


def read_evidence(page: Page) -> dict[str, Any]:
    """Read the counts."""
    go_to(page, "evidence")
    own = page.locator("#evidence-own")
    own.wait_for()
    page.locator(".evidence summary").first.press("Enter")
    return {
        "own": [own.get_attribute("data-met"), own.get_attribute("data-all")],
        "cases": page.locator("tr.mine").count(),
        "text": page.locator("main").inner_text()[:4000],
        "violations": violations(page),
    }


def take_away(page: Page, language: str) -> dict[str, Any]:
    """Simulate where nobody has, and take away one file of each kind that is quick to make."""
    go_to(page, "export")
    # What somebody has asked before is known to all: there the verdict stands at once.
    page.locator(".empty, #export-continuity").first.wait_for()
    empty = " ".join(page.locator(".empty").all_inner_texts())
    if empty:
        press(page, WORDS[language]["run"])
    page.locator("#export-continuity").wait_for(timeout=PATIENCE)
    page.locator("#export-figure").wait_for(timeout=PATIENCE)
    files = {}
    for kind in ("csv", "svg", "html", "toml"):
        with page.expect_download(timeout=PATIENCE) as download:
            press(page, WORDS[language][kind])
        path = download.value.path()
        files[download.value.suggested_filename] = Path(path).read_text(encoding="utf-8-sig")[:3000]
    risks = ("continuity", "quality", "universality")
    lines = [page.locator(f"#export-{risk}") for risk in risks]
    return {
        "empty": empty,
        "risks": {
            risk: [int(line.get_attribute(f"data-{name}") or -1) for name in ("broken", "all")]
            for risk, line in zip(risks, lines, strict=True)
        },
        "files": files,
        "command": page.locator("#export-command").inner_text(),
        "python": page.locator("#export-python").inner_text(),
        "violations": violations(page),
    }


def bring_along(page: Page, server: Server) -> dict[str, Any]:
    """Bring hostile files first, then ones that can be used; see what is said and what stays."""

    def bring(kind: str, name: str, data: bytes) -> str:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        page.locator(f"#upload-{kind}").set_input_files([file])
        # What is said names the file, but where the browser itself refuses it for its size.
        word = "dépasse" if name == "huge.csv" else Path(name).stem
        part = page.locator(".upload-part", has=page.locator(f"#upload-{kind}"))
        said = part.locator(".fault, [role=status]").filter(has_text=word)
        said.first.wait_for(timeout=PATIENCE)
        return " ".join(part.locator(".fault, [role=status]").all_inner_texts())

    go_to(page, "choose")
    page.locator("#upload-zones").wait_for()
    refused = {name: bring(kind, name, data) for kind, name, data in HOSTILE}
    alive = server.ask("/readyz") is not None
    card = "".join(f"[card.{language}]\ntitle = '{TITLE}'\n" for language in ("en", "fr"))
    scenario = f'schema_version = 1\nbase = "urban-reports"\n[time]\ndays = 30\n{card}'
    bring("scenario", "../../title.toml", scenario.encode())
    until_drawn(page, "s=title")
    titled = page.locator("#scenario option:checked").inner_text()
    bring("zones", "../../x.csv", ZONES)
    until_drawn(page, "s=title-own-zones")
    rows = "".join(f"p{k % 9},2024-01-{1 + k % 28:02d}\n" for k in range(60))
    described = bring("contributions", "mine.csv", f"user,date\n{rows}".encode())
    page.locator("[data-people]").wait_for()
    return {
        "refused": refused,
        "alive": alive,
        "titled": titled,
        "hacked": page.evaluate("window.hacked === undefined ? null : window.hacked"),
        "described": described,
        "address": page.url,
        "people": page.locator("[data-people]").get_attribute("data-people"),
        "place": page.locator("main").inner_text(),
        "kept": sorted(each.name for folder in _folders(server) for each in folder.iterdir()),
        "violations": violations(page),
    }


def _folders(server: Server) -> list[Path]:
    return list(server.temporary.glob("entraide-page-*"))


def visit(browser: Browser, server: Server, watch: Watch, scenario: str) -> dict[str, Any]:
    """Do the tasks of the last pages in both languages."""
    seen: dict[str, Any] = {}
    for language in ("fr", "en"):
        page = browser.new_page(
            viewport={"width": 1600, "height": 900}, color_scheme="dark" if language == "en" else "light"
        )
        page.set_default_timeout(PATIENCE)
        watch.follow(page)
        page.goto(f"{server.address}/choose?lang={language}&v=1&s={scenario}")
        page.locator("#scenario").wait_for(timeout=PATIENCE)
        at_rest = server.threads()
        seen[language] = {"live": watch_it_run(page, language)}
        seen[language]["evidence"] = read_evidence(page)
        # The simulation that was watched and left runs no more.
        seen[language]["left"] = server.wait_until(lambda most=at_rest: server.threads() <= most + 1, 30.0)
        seen[language]["export"] = take_away(page, language)
        if language == "fr":
            seen["files"] = bring_along(page, server)
        page.close()
        if language == "fr":
            seen["files"]["gone"] = server.wait_until(lambda: not _folders(server), 60.0)
    return seen


def main(scenario_folder: str, scenario: str, browser_path: str, report: str) -> None:
    """Visit, and write the report."""
    tell(partial(visit, scenario=scenario), browser_path, scenario_folder, Path(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
