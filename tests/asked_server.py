"""The dashboard's server in a process of its own, and what it answers to whoever asks: raw requests, no browser."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from dashboard_server import Trap

__all__ = ["WAYS", "WITHOUT_EXTRA", "AskedServer"]

# The ways in which the dashboard can be started: the arguments of Python, given a port.
WAYS = {
    "entraide dashboard": ["-m", "entraide", "dashboard", "--no-open", "--port", "0"],
    "solara run": [
        *("-m", "solara", "run", "entraide.viz.app", "--production", "--no-open", "--no-check-version"),
        *("--host", "localhost", "--port", "0"),
    ],
}  # fmt: skip
# An environment as it is without the extra "offline": its package is not found.
_WITHOUT = """\
import importlib.metadata as installed
found = installed.files
def files(name):
    if name == "solara-assets":
        raise installed.PackageNotFoundError(name)
    return found(name)
installed.files = files
from entraide.viz.serve import serve
serve(0, open_browser=False)
"""
WITHOUT_EXTRA = "without the extra"
_PATIENCE = 120.0


class AskedServer:
    """A server that was started for one module of tests, in an empty home and with a trap for what it asks outside.

    Parameters
    ----------
    way : a key of WAYS, or WITHOUT_EXTRA.
    environment : variables beside those of this process.
    """

    def __init__(self, way: str, environment: Mapping[str, str]) -> None:
        self.way = way
        self._folder = tempfile.TemporaryDirectory(prefix="entraide-asked-", ignore_cleanup_errors=True)
        self.home = Path(self._folder.name) / "home"
        work = Path(self._folder.name) / "work"
        self.home.mkdir()
        work.mkdir()
        self.trap = Trap()
        # Where a home is, and what has been set of Solara, must not come from whoever runs the tests.
        away = ("_PROXY", "XDG_", "SOLARA_", "IPYTHON", "MPLCONFIGDIR", "JUPYTER_", "ENTRAIDE_ALLOWED")
        kept = {name: value for name, value in os.environ.items() if not any(word in name.upper() for word in away)}
        trapped = {"http_proxy": self.trap.address, "https_proxy": self.trap.address, "no_proxy": "localhost,127.0.0.1"}
        self._log = (work / "log").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-u", *(["-c", _WITHOUT] if way == WITHOUT_EXTRA else WAYS[way])],
            cwd=work,
            env={**kept, **trapped, "HOME": str(self.home), "USERPROFILE": str(self.home), **environment},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.port = 0
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.2)
            found = re.search(r"http://localhost:(\d+)", self.said())
            self.port = int(found.group(1)) if found else 0
            try:
                if self.port and self.ask("/readyz")[0] == 200:
                    return
            except OSError:
                continue
        raise AssertionError(self.said())

    def said(self) -> str:
        """Return what the server wrote until now."""
        return Path(self._log.name).read_text(encoding="utf-8")

    def ask(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> tuple[int, str]:
        """Return status and text of an answer; a header Host given here is sent instead of the right one."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, "" if answer.status == 101 else answer.read().decode(errors="replace")
        finally:
            connection.close()

    def open_socket(self, headers: Mapping[str, str], kernel: str) -> int:
        """Ask for the WebSocket that pages are driven by; return the status, 101 when it is opened."""
        asked = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        return self.ask(f"/jupyter/api/kernels/{kernel}/channels?session_id=page", {**asked, **headers})[0]

    def stop(self) -> None:
        """Stop the server and remove its folders."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()
        self._folder.cleanup()
