"""One visit to the dashboard, told as a JSON document: starts the server, drives a browser, writes what it saw.

Run by tests/test_dashboard.py, in a network of its own where the machine allows it, so that nothing outside can be
reached by the server or by the browser. Judges nothing: the tests do.

    python dashboard_visit.py SCENARIO_FOLDER SCENARIO BROWSER REPORT
"""

from __future__ import annotations

import json
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard_frame import until_drawn, visit_pages
from playwright.sync_api import ConsoleMessage, Page, Request, Response, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 180_000.0  # milliseconds; compiling the simulator for the first time takes a while
SERVE = "from entraide.viz.serve import serve; serve(0, open_browser=False)"
RUN = {"en": "Simulate", "fr": "Simuler"}
STOP = {"en": "Stop", "fr": "Arrêter"}


def raise_loopback() -> None:
    """Switch on the loopback device, which is off in a new network."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        flags = struct.unpack("16sh", fcntl.ioctl(device, 0x8913, struct.pack("16sh", b"lo", 0)))[1]
        fcntl.ioctl(device, 0x8914, struct.pack("16sh", b"lo", flags | 0x1))


def is_sealed() -> bool:
    """Tell whether no device but the loopback leads anywhere."""
    return [name for _, name in socket.if_nameindex()] == ["lo"]


class Trap:
    """A proxy that serves nothing: whatever the server asks of the outside ends here and is counted."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def caught(self) -> int:
        """Return how many connections came."""
        count = 0
        while select.select([self.socket], [], [], 0)[0]:
            self.socket.accept()[0].close()
            count += 1
        return count


class Server:
    """The dashboard in a process of its own."""

    def __init__(self, scenario_folder: str, trap: Trap) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="entraide-visit-", ignore_cleanup_errors=True)
        # Where this server and no other test of the same machine keeps temporary files.
        self.temporary = Path(self._folder.name)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            "ENTRAIDE_SCENARIO_FOLDER": scenario_folder,
            "http_proxy": trap.address,
            "https_proxy": trap.address,
            "no_proxy": "localhost,127.0.0.1",
            "TMPDIR": str(self.temporary),
            # A browser does not always say that a page is closed; then its connection is lost, and this long afterwards
            # the server forgets it.
            "SOLARA_KERNEL_CULL_TIMEOUT": "20s",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", SERVE],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[1]
        self.wait_until(lambda: self.ask("/readyz") is not None, 60.0)

    def ask(self, path: str) -> Any:
        """Return a JSON answer of the server, None while there is none."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return json.load(answer)
        except OSError:
            return None

    def wait_until(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Ask again and again; return whether it held in the end."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end or self.process.poll() is not None:
                return False
            time.sleep(0.1)
        return True

    def threads(self) -> int:
        """Return how many threads the server runs, its pools left out."""
        return int(self.ask("/resourcez")["threads"]["running"])

    def computes(self, seconds: float = 3.0) -> bool:
        """Tell whether the server's process uses a fifth of a core or more for some seconds."""

        def used() -> float:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

        before = used()
        time.sleep(seconds)
        return used() - before >= 0.2 * seconds

    def stop(self) -> str:
        """Stop the server and return what it wrote."""
        self.process.terminate()
        try:
            return self.process.communicate(timeout=30)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "did not stop when asked to\n" + self.process.communicate()[0]
        finally:
            self._folder.cleanup()


class Watch:
    """Everything that went wrong, or out, while pages were open."""

    def __init__(self) -> None:
        self.requests = 0
        self.outside: list[str] = []
        self.failed: list[str] = []
        self.console: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to one page, and refuse whatever would leave this machine."""
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.console.append(f"uncaught: {error}"))
        page.on("websocket", lambda socket: self._opened(socket.url))
        page.route("**/*", lambda route: route.continue_() if self.is_own(route.request.url) else route.abort())

    @staticmethod
    def is_own(url: str) -> bool:
        """Tell whether an address is of this machine."""
        parts = urlsplit(url)
        return parts.scheme in ("data", "blob") or parts.hostname in ("localhost", "127.0.0.1")

    def _request(self, request: Request) -> None:
        self._opened(request.url)

    def _opened(self, url: str) -> None:
        self.requests += 1
        if not self.is_own(url):
            self.outside.append(url)

    def _failed(self, request: Request) -> None:
        # A page that is left gives up what it still waits for from this machine, an icon mostly.
        if request.failure == "net::ERR_ABORTED" and self.is_own(request.url):
            return
        self.failed.append(f"{request.failure} {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console.append(message.text)


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


def visit(server: Server, watch: Watch, browser_path: str, scenario: str, shots: Path) -> dict[str, Any]:
    """Do what a reader of each language would do, and what an impatient one would."""
    seen: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
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
        browser.close()
    return seen


def main(scenario_folder: str, scenario: str, browser_path: str, report: str) -> None:
    """Visit, and write the report."""
    if is_sealed():
        raise_loopback()
    trap, watch = Trap(), Watch()
    server = Server(scenario_folder, trap)
    try:
        seen = visit(server, watch, browser_path, scenario, Path(report).parent / "shots")
    finally:
        written = server.stop()
        print(written)
    document = {
        **seen,
        "sealed": is_sealed(),
        "requests": watch.requests,
        "outside": watch.outside,
        "failed": watch.failed,
        "console": watch.console,
        "asked_outside_by_server": trap.caught(),
        "server": written,
    }
    Path(report).write_text(json.dumps(document, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
