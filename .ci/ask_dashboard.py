"""Start the dashboard that is installed and ask it for its page and for every file that the page names.

Nothing may be fetched for it, by the browser or by the server: whatever the server would ask of the outside fails.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

__all__ = ["main"]

_COMMAND = [sys.executable, "-u", "-m", "entraide", "dashboard", "--no-open", "--port", "0"]
_NOWHERE = dict.fromkeys(("SOLARA_ASSETS_CDN", "http_proxy", "https_proxy"), "http://127.0.0.1:9/")
_ASK = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def _page(address: str) -> str:
    for _ in range(300):
        try:
            return str(_ASK(address).read().decode())
        except OSError:
            time.sleep(0.2)
    return ""


def _status(address: str) -> int:
    try:
        return int(_ASK(address).status)
    except urllib.error.HTTPError as fault:
        return fault.code


def main() -> None:
    """Ask; a page that names what the server does not hold ends it with an error."""
    environment = {**os.environ, **_NOWHERE, "no_proxy": "localhost"}
    server = subprocess.Popen(_COMMAND, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert server.stdout is not None
        found = re.search(r"http://[^ ]+", server.stdout.readline())
        assert found, "no address"
        page = _page(found.group(0))
        named = sorted(set(re.findall(r"/_solara/cdn/[^'\"]+", page)))
        missing = [f"{status} {path}" for path in named if (status := _status(found.group(0) + path)) != 200]
    finally:
        server.terminate()
        server.wait()
    outside = re.findall(r"<(?:script|link)[^>]*(?:src|href)=.(https?://(?!localhost)[^'\"]+)", page)
    assert page, "no page"
    assert not outside, outside
    assert len(named) >= 4, named
    assert not missing, missing
    print(f"the page asks nobody but its server, which holds all {len(named)} files that it names")


if __name__ == "__main__":
    main()
