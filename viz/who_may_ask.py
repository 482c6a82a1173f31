"""Who may ask the dashboard's server: requests under a name that it is known by, of pages that it served itself.

A page of any site, open in a browser on the same machine, reaches a server on ``localhost`` too: by a WebSocket, which
browsers open towards other sites without asking, or under a name of its own that it lets point to this machine.
Browsers say both: the name in ``Host``, the page that asks in ``Origin``.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from entraide.model.errors import InputError

__all__ = ["ALLOWED_HOSTS", "OWN_NAMES", "Gate", "named_hosts"]

ALLOWED_HOSTS = "ENTRAIDE_ALLOWED_HOSTS"
# What a machine calls itself, whoever asks: no site can be given one of these names.
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

_ONLY_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_USUAL_PORT = {"http": 80, "https": 443}
_LOG = logging.getLogger(__name__)

_Part = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Part]]
_Send = Callable[[_Part], Awaitable[None]]
_Application = Callable[[_Part, _Receive, _Send], Awaitable[None]]


def named_hosts() -> frozenset[str]:
    """Return the names that ENTRAIDE_ALLOWED_HOSTS adds, in lower case: those of a web server in front, mostly.

    Raises
    ------
    InputError : something in it is no name of a host, such as an address with a scheme or a port.
    """
    names = [name.strip().lower() for name in os.environ.get(ALLOWED_HOSTS, "").split(",")]
    for name in names:
        if name and not re.fullmatch(r"[a-z0-9_.-]+|\[[0-9a-f:.]+\]", name):
            raise InputError(
                "is no name of a host",
                where=ALLOWED_HOSTS,
                value=name,
                allowed="names or addresses without scheme, port and *, between commas: entraide.example.org",
            )
    return frozenset(name.strip("[]") for name in names if name)


class Gate:
    """Lets a request through to an ASGI application, or answers it: 400 under a foreign name, 403 of a foreign page.

    Starlette's own middleware for hosts takes ``[::1]`` for a name of ``[`` in versions that are still in use, and
    looks at no origin.

    Parameters
    ----------
    application : what is guarded.
    named : names beside those that this machine has for itself, in lower case.
    """

    def __init__(self, application: _Application, named: frozenset[str]) -> None:
        self._application = application
        self._named = named

    async def __call__(self, scope: _Part, receive: _Receive, send: _Send) -> None:
        """Answer one request, or one WebSocket."""
        if scope["type"] not in ("http", "websocket"):
            await self._application(scope, receive, send)
            return
        hosts, origins = (
            [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == wanted]
            for wanted in (b"host", b"origin")
        )
        host = _host(hosts[0]) if len(hosts) == 1 else None
        if host is None or host.hostname not in OWN_NAMES | self._named:
            await _refuse(scope, send, 400, f"This server has another name. To add one: {ALLOWED_HOSTS}.")
            return
        changes = scope["type"] == "websocket" or scope["method"] not in _ONLY_READS
        # Programs that are no browser name no origin; no page of another site can leave it out.
        if changes and not all(self._is_own_page(origin, hosts[0]) for origin in origins):
            _tell(origins[0])
            await _refuse(scope, send, 403, "This server takes orders of its own pages only.")
            return
        await self._application(scope, receive, send)

    def _is_own_page(self, origin: str, asked: str) -> bool:
        """Tell whether a page comes from the server that it asks, or from one in front of it that was named."""
        page = _parsed(origin)
        # Behind a web server the name that is asked may be the one by which that server knows this one.
        host = _host(asked)
        if page is None or host is None or page.scheme not in _USUAL_PORT:
            return False
        usual = _USUAL_PORT[page.scheme]
        same = (page.hostname, page.port or usual) == (host.hostname, host.port or usual)
        return same or page.hostname in self._named


def _host(text: str) -> SplitResult | None:
    """Return a Host header's parts, None where it holds anything but a host and a port."""
    found = _parsed(f"//{text}")
    return found if found is not None and found.netloc == text and "@" not in text else None


def _parsed(text: str) -> SplitResult | None:
    try:
        found = urlsplit(text)
        # A port that is no number is noticed when it is read.
        return found if found.hostname and (found.port is None or found.port >= 0) else None
    except ValueError:
        return None


async def _refuse(scope: _Part, send: _Send, status: int, line: str) -> None:
    if scope["type"] == "websocket":
        # Closed before it was opened: the server answers 403.
        await send({"type": "websocket.close", "code": 1008, "reason": line})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{line}\n".encode()})


@lru_cache(maxsize=64)
def _tell(origin: str) -> None:
    """Say once of each page what was refused: behind a web server it may be the own one, whose reader sees nothing."""
    _LOG.warning("Refused a page of %r. If it is yours, name its host in %s.", origin[:200], ALLOWED_HOSTS)
