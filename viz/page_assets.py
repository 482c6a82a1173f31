"""Scripts and styles of the dashboard's pages: files of the extra ``offline``; the server fetches nothing for them."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

__all__ = ["ASSETS_ADDRESS", "assets_folder", "serve_assets"]

# Where the web framework's pages look for them.
ASSETS_ADDRESS = "/_solara/cdn"
_PLACE = "share/solara/cdn"


def assets_folder() -> Path | None:
    """Return the folder of the scripts and styles that are installed; None without the extra ``offline``."""
    try:
        installed = files("solara-assets") or ()
    except PackageNotFoundError:
        return None
    for file in installed:
        start, found, _ = file.as_posix().partition(f"{_PLACE}/")
        if found:
            # Where pip has put it: not below sys.prefix with --user, nor in an environment that sees another one's.
            folder = Path(str(file.locate())).parents[len(file.parts) - len(Path(start, _PLACE).parts) - 1]
            return folder.resolve() if folder.is_dir() else None
    return None


def serve_assets(application: Any) -> None:
    """Have Solara's application answer with installed files, or have browsers ask the public network themselves.

    Solara's own way is to fetch whatever anybody asks of the server below this address from that network, and to keep
    it below ``sys.prefix``, with the files at hand as well.
    """
    solara_settings = sys.modules["solara.settings"]
    routes = application.router.routes
    routes[:] = [route for route in routes if getattr(route, "path", None) != ASSETS_ADDRESS]
    folder = assets_folder()
    # Solara's word for "pages ask the server that they come from".
    solara_settings.assets.proxy = folder is not None
    if folder is None:
        # Pages put a stroke of their own between this address and a file's.
        solara_settings.assets.cdn = str(solara_settings.assets.cdn).rstrip("/")
    else:
        from solara.server.starlette import Mount, StaticFilesOptionalAuth

        # Before the last route, which answers whatever no other one did.
        routes.insert(0, Mount(ASSETS_ADDRESS, app=StaticFilesOptionalAuth(directory=folder)))
