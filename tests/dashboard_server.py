"""What every visit to the dashboard needs: a server, a network that leads nowhere, a look at what goes wrong.

Called by the scripts that visit; judges nothing.
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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

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
SERVE = ("-m", "entraide", "dashboard", "--port", "0", "--no-open")


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
            [sys.executable, "-u", *SERVE],
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
    """Everything that went wrong, or out, while pages were open.

    Parameters
    ----------
    sealed : nothing leads outside: what is asked there fails, and is told. Otherwise requests are refused here (of
        WebSockets it is told only), for which each goes through this process and the browser keeps no file.
    """

    def __init__(self, sealed: bool) -> None:
        self._sealed = sealed
        self.requests = 0
        self.outside: list[str] = []
        self.failed: list[str] = []
        self.console: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to one page, and let none of its requests leave this machine."""
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.console.append(f"uncaught: {error}"))
        page.on("websocket", lambda socket: self._opened(socket.url))
        if not self._sealed:
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


def tell(visit: Callable[[Browser, Server, Watch], Mapping[str, Any]], browser: str, folder: str, report: Path) -> None:
    """Carry out a visit to a server of its own, and write what was seen and what went wrong as a JSON document.

    Parameters
    ----------
    visit : returns what it saw. ``browser``: path of Chromium. ``folder``: of scenarios, offered by the server.
    """
    if is_sealed():
        raise_loopback()
    trap, watch = Trap(), Watch(is_sealed())
    server = Server(folder, trap)
    written = ""
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=browser, args=FLAGS)
            seen = visit(opened, server, watch)
            opened.close()
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
    report.write_text(json.dumps(document, indent=1), encoding="utf-8")
