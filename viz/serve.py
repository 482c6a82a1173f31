"""Starts the dashboard's web server on this machine."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
import warnings
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError, MachineError

from .page_assets import assets_folder, serve_assets
from .who_may_ask import Gate, named_hosts

__all__ = ["APPLICATION", "DEFAULT_PORT", "HOST", "PROMISED", "prepare_solara", "protect", "serve"]

APPLICATION = "entraide.viz.app"
DEFAULT_PORT = 8765
# Only this machine reaches the server: whoever opens it to others puts a web server in front of it.
HOST = "localhost"
_SAID = {
    "en": {
        "address": "Dashboard: {address}  (Ctrl-C to stop)",
        "internet": "Its pages need the internet, unless you also run: pip install 'entraide[offline]'",
    },
    "fr": {
        "address": "Tableau de bord\u202f: {address}  (Ctrl-C pour l'arrêter)",
        "internet": "Ses pages ont besoin d'internet, sauf après\u202f: pip install 'entraide[offline]'",
    },
}
_PORTS = {"en": "a whole number from 0 to 65535", "fr": "un nombre entier de 0 à 65535"}

# Solara reads these when it is first imported. What the security notes promise is set whatever stood there before:
# it would otherwise report to its makers that a server has started, under a number that it keeps in the user's home,
# and make a folder for what it fetches from a public network.
PROMISED = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_TELEMETRY_SERVER_USER_ID": "none",
    "SOLARA_ASSETS_PROXY": "False",
}
# These are a matter of taste. In production it does not look for a newer version of itself.
_SETTINGS = {
    "SOLARA_APP": APPLICATION,
    "SOLARA_MODE": "production",
    # It makes this folder where there is none, and writes into it only if told to keep caches on disk.
    "SOLARA_HOME": str(Path(__file__).parent),
    "SOLARA_THEME_TITLE": "Entraide",
    "SOLARA_THEME_LOADER": "solara",
    "SOLARA_THEME_SHOW_BANNER": "False",
    # How long a page that vanished without a word (no network, computer asleep, browser killed) may come back to what
    # it brought along; its design stands in its address anyway. Until then it holds memory.
    "SOLARA_KERNEL_CULL_TIMEOUT": "15m",
}


def prepare_solara() -> None:
    """Set what Solara reads from the environment: what is promised, and the rest unless somebody has set it already."""
    os.environ.update(PROMISED)
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)


def protect() -> None:
    """Guard a server that is already loaded, also by ``solara run``: once, however often it is called.

    It reports nothing to its makers, fetches nothing, and answers only whom it may.

    Raises
    ------
    InputError : hosts are named that cannot be.
    """
    settings = sys.modules.get("solara.server.settings")
    if settings is not None:
        settings.telemetry.mixpanel_enable = False
        settings.theme.show_banner = False
    server = sys.modules.get("solara.server.starlette")
    if server is None or getattr(server.app.state, "entraide_gate", False):
        return
    application, named = server.app, named_hosts()
    serve_assets(application)
    # A server that has begun to start has put its layers together: the gate stands before them all the same.
    if application.middleware_stack is None:
        application.middleware_stack = application.build_middleware_stack()
    application.middleware_stack = Gate(application.middleware_stack, named)
    application.state.entraide_gate = True


def serve(
    port: int = DEFAULT_PORT, open_browser: bool = True, say: Callable[[str], None] = print, language: str = ""
) -> None:
    """Serve the dashboard until interrupted.

    Parameters
    ----------
    port : where to listen on this machine; 0 takes a free one.
    open_browser : also open the page.
    say : told the address, and what may be missing.
    language : in which the page opens, "en" or "fr"; "" for that of whoever opens it.

    Raises
    ------
    InputError : a port that cannot be, or a name in ENTRAIDE_ALLOWED_HOSTS.
    MachineError : somebody else listens on this port.
    """
    port = _checked_port(port)
    named_hosts()  # A mistake in them is told now, not once the page is open.
    prepare_solara()
    # Loading the web server and the dashboard takes a second: not before the port is known to be free.
    from solara.server.starlette import ServerStarlette, app

    # The server is reached through plain http on this machine, and no page of it stands inside another: the remark that
    # Solara makes at the first visit is of no use to whoever reads it.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https", module="solara.server")
    app.add_exception_handler(404, _not_found)
    protect()

    words = _SAID[language or "en"]
    address = f"http://{HOST}:{port}" + (f"/?lang={language}" if language else "")
    say(words["address"].format(address=address))
    if assets_folder() is None:
        say(words["internet"])
    # A page left open must not keep the server from stopping.
    server = ServerStarlette(port=port, host=HOST, log_level="warning", timeout_graceful_shutdown=2)
    opener = threading.Timer(1.0, webbrowser.open, [address])
    if open_browser:
        opener.start()
    gc.freeze()  # What is loaded by now stays: a look through it would only hold up an answer.
    try:
        server.serve()
    finally:
        opener.cancel()


async def _not_found(request: Any, fault: Any) -> Any:
    """Answer a browser that asks for a page that there is not; whoever asks for a file is told in a word."""
    from solara.server.starlette import HTMLResponse, Response

    if "text/html" not in request.headers.get("accept", ""):
        return Response("Not Found", status_code=404, media_type="text/plain")
    from .dashboard.address import language_of
    from .dashboard.not_found import not_found_html

    preferred = [part.split(";")[0] for part in request.headers.get("accept-language", "").split(",")]
    return HTMLResponse(not_found_html(language_of(request.url.query, preferred)), status_code=404)


def _checked_port(port: object) -> int:
    """Return a port that can be listened on."""
    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= 65535:
        raise InputError(
            {"en": "cannot be a port", "fr": "ne peut être un port"}, where="--port", value=port, allowed=_PORTS
        )
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as fault:
            raise MachineError(
                {"en": "cannot listen on this port", "fr": "ne peut écouter sur ce port"},
                where="--port",
                value=port,
                remedy={
                    "en": f"{fault.strerror or fault}. Try another one: --port {DEFAULT_PORT + 1}",
                    "fr": f"Essayer un autre port\u202f: --port {DEFAULT_PORT + 1}",
                },
            ) from None
        return int(trial.getsockname()[1])
