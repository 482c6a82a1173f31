"""What a reader does around the pages of the dashboard, told as a JSON document; judges nothing: the tests do.

Run by tests/test_dashboard_around.py, in a network of its own where the machine allows it.

    python dashboard_around.py BROWSER FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dashboard_frame import visit_around
from dashboard_visit import FLAGS, Server, Trap, Watch, is_sealed, raise_loopback
from playwright.sync_api import sync_playwright


def main(browser_path: str, folder: str) -> None:
    """Visit, and write the report."""
    if is_sealed():
        raise_loopback()
    trap, watch = Trap(), Watch()
    server = Server(folder, trap)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
            seen = visit_around(browser, server.address, watch.follow)
            browser.close()
    finally:
        written = server.stop()
        print(written)
    document = {
        **seen,
        "sealed": is_sealed(),
        "outside": watch.outside,
        "failed": watch.failed,
        "console": watch.console,
        "asked_outside_by_server": trap.caught(),
        "server": written,
    }
    (Path(folder) / "report.json").write_text(json.dumps(document, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
