"""What tests need of this machine to visit pages as a reader does: a browser, and a network of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from house import REPOSITORY

__all__ = ["chromium", "own_network", "visited"]


def chromium(what: str) -> str:
    """Return the path of Chromium; skip, loudly, where there is none.

    Parameters
    ----------
    what : is not tested then, e.g. "the nine tasks were".
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip(f"Chromium is missing: {what} NOT visited (on Debian: apt-get install chromium)")
    return path


def own_network() -> list[str]:
    """Return the words that run a command in a network of its own; none where the machine does not allow it."""
    if shutil.which("unshare") is None:
        return []
    for words in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    return []


def visited(script: str, what: str, folder: Path, *arguments: str, patience: float = 900.0) -> dict[str, Any]:
    """Carry out a visit in a process and, where possible, a network of its own; return its report.

    Parameters
    ----------
    script : its file name in tests/; it is given the browser, the folder and the arguments, and writes report.json.
    """
    network = own_network()
    command = [sys.executable, str(REPOSITORY / "tests" / script), chromium(what), str(folder), *arguments]
    finished = subprocess.run(
        [*network, *command], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=patience, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    print(finished.stdout)
    document: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert document["sealed"] == bool(network)
    return document
