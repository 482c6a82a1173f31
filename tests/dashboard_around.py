"""What a reader does around the pages of the dashboard, told as a JSON document; judges nothing: the tests do.

Run by tests/test_dashboard_around.py, in a network of its own where the machine allows it.

    python dashboard_around.py BROWSER FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from dashboard_frame import visit_around
from dashboard_server import Server, Watch, tell
from playwright.sync_api import Browser


def main(browser_path: str, folder: str) -> None:
    """Visit, and write the report."""

    def visit(browser: Browser, server: Server, watch: Watch) -> dict[str, Any]:
        return visit_around(browser, server.address, watch.follow)

    tell(visit, browser_path, folder, Path(folder) / "report.json")


if __name__ == "__main__":
    main(*sys.argv[1:])
