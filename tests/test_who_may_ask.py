"""Who may ask the dashboard's server, what it asks of others, and where it writes: of both ways to start it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from asked_server import WAYS, WITHOUT_EXTRA, AskedServer
from house import REPOSITORY
from ports import listening

from entraide.model.errors import InputError
from entraide.viz.page_assets import ASSETS_ADDRESS, assets_folder
from entraide.viz.serve import HOST, serve
from entraide.viz.who_may_ask import ALLOWED_HOSTS, Gate, named_hosts

# Somebody has told Solara to report, and to fetch: what the security notes promise holds all the same.
CONTRARY = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "true", "SOLARA_ASSETS_PROXY": "true"}


@pytest.fixture(scope="module", params=WAYS)
def server(request: pytest.FixtureRequest) -> Iterator[AskedServer]:
    """A server that was asked for its page once."""
    started = AskedServer(request.param, CONTRARY)
    try:
        status, page = started.ask("/", {"Accept": "text/html"})
        assert (status, "<title>" in page) == (200, True)
        yield started
    finally:
        started.stop()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("localhost:{port}", 200),
        ("127.0.0.1:{port}", 200),
        ("[::1]:{port}", 200),
        ("LocalHost", 200),
        ("evil.example", 400),
        ("evil.example:{port}", 400),
        ("localhost.evil.example:{port}", 400),
        ("evil@localhost:{port}", 400),
        ("localhost/evil.example", 400),
        ("0.0.0.0:{port}", 400),
        ("", 400),
    ],
)
def test_it_answers_under_its_own_names_only(server: AskedServer, name: str, status: int) -> None:
    for path in ("/", "/readyz", "/verdict"):
        answered, text = server.ask(path, {"Host": name.format(port=server.port)})
        assert answered == status, path
        if status == 400:
            assert text.count("\n") == 1
            assert ALLOWED_HOSTS in text
    opened = server.open_socket({"Host": name.format(port=server.port)}, f"kernel-{abs(hash(name))}")
    assert opened == {200: 101, 400: 403}[status]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("http://localhost:{port}", True),
        (None, True),  # no browser asks: a browser's pages cannot leave it out
        ("http://evil.example", False),
        ("http://evil.example:{port}", False),
        ("http://localhost", False),  # another server of the same machine
        ("http://localhost:1", False),
        ("http://localhost:{port}.evil.example", False),
        ("http://127.0.0.1:{port}", False),
        ("null", False),
        ("", False),
    ],
)
def test_it_takes_orders_of_its_own_pages_only(server: AskedServer, origin: str | None, may: bool) -> None:
    headers = {} if origin is None else {"Origin": origin.format(port=server.port)}
    assert server.open_socket(headers, f"kernel-{abs(hash(origin))}") == (101 if may else 403)
    assert server.ask("/_solara/api/close/none?session_id=page", headers, "POST")[0] == (200 if may else 403)


@pytest.mark.slow
def test_it_fetches_nothing_whatever_it_is_asked_for(server: AskedServer) -> None:
    _, page = server.ask("/", {"Accept": "text/html"})
    named = sorted(set(re.findall(rf"{ASSETS_ADDRESS}/[^\"']+", page)))
    print(f"{len(named)} files")
    assert len(named) >= 4
    assert assets_folder() is not None
    assert {path: server.ask(path)[0] for path in named} == dict.fromkeys(named, 200)
    assert not re.findall(r"<(?:script|link)[^>]*(?:src|href)=.https?://(?!localhost)", page)
    for path in ("/left-pad@1.3.0/index.js", "/left-pad@1.3.0", "/../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/README"):
        assert server.ask(ASSETS_ADDRESS + path)[0] == 404, path
    assert server.trap.caught() == 0
    assert "Traceback" not in server.said()


@pytest.mark.slow
def test_without_the_extra_browsers_fetch_and_the_server_does_not() -> None:
    server = AskedServer(WITHOUT_EXTRA, CONTRARY)
    try:
        _, page = server.ask("/", {"Accept": "text/html"})
        named = re.findall(r"<(?:script|link)[^>]*(?:src|href)=.(https?://[^\"']+)", page)
        notes = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
        (network,) = {urlsplit(address).hostname for address in named}
        print(network, len(named))
        assert f"`{network}`" in notes
        assert not [address for address in named if "//" in urlsplit(address).path]
        assert f'"{ASSETS_ADDRESS}/' not in page
        assert server.ask(f"{ASSETS_ADDRESS}/left-pad@1.3.0/index.js")[0] == 404
        assert server.trap.caught() == 0
        assert "need the internet" in server.said()
    finally:
        server.stop()


@pytest.mark.slow
def test_it_listens_on_this_machine_only(server: AskedServer) -> None:
    at = listening(server.process.pid)
    print(at)
    assert (HOST, {port for _, port in at}) == ("localhost", {server.port})
    assert {address for address, _ in at} <= {"127.0.0.1", "::1"}


def unnamed(home: Path, notes: str) -> list[str]:
    """Return what stands in a home below no folder that the notes name."""
    found = []
    for path in sorted(home.rglob("*")):
        parts = path.relative_to(home).parts
        if path.is_dir() and any(path.iterdir()):
            continue
        if not any(f"`~/{'/'.join(parts[:end])}`" in notes for end in range(1, len(parts) + 1)):
            found.append("/".join(parts))
    return found


@pytest.mark.slow
def test_the_security_notes_name_what_a_start_writes_at_home(server: AskedServer, tmp_path: Path) -> None:
    notes = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    print(sorted(str(path.relative_to(server.home)) for path in server.home.rglob("*")))
    if server.way == "solara run":
        assert "`solara run" in notes
        assert "`~/.solara`" in notes
    else:
        assert not (server.home / ".solara").exists()
    assert set(unnamed(server.home, notes)) == set()
    # The guard can fail.
    (tmp_path / ".surprise").mkdir()
    (tmp_path / ".surprise" / "id.txt").touch()
    assert unnamed(tmp_path, notes) == [".surprise/id.txt"]


def answered(gate: Gate, headers: Mapping[str, str], kind: str = "websocket") -> Any:
    """Return what a gate lets through or sends instead."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {}

    async def send(message: Any) -> None:
        sent.append(message.get("status", message["type"]))

    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "method": "GET", "headers": pairs}
    asyncio.run(gate(scope, receive, send))
    return sent[0]


async def behind(scope: Any, receive: Any, send: Any) -> None:
    """An application that says that it was reached."""
    await send({"type": "reached"})


def test_a_web_server_in_front_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOWED_HOSTS, "Entraide.example.org, [2001:db8::1],")
    gate = Gate(behind, named_hosts())
    public = "https://entraide.example.org"
    # Whether it hands its own name on, or asks by the name under which it knows this server.
    for host in ("entraide.example.org", "entraide.example.org:443", "localhost:8765", "[2001:db8::1]:80"):
        assert answered(gate, {"Host": host, "Origin": public}) == "reached"
        assert answered(gate, {"Host": host, "Origin": "https://evil.example"}) == "websocket.close"
    assert answered(gate, {"Host": "evil.example", "Origin": public}) == "websocket.close"
    assert answered(gate, {"Host": "evil.example"}, "http") == 400
    assert answered(gate, {}, "http") == 400
    assert answered(gate, {}, "lifespan") == "reached"
    # Nobody is named: pages of the same server only, by default port or with it.
    alone = Gate(behind, frozenset())
    assert answered(alone, {"Host": "localhost", "Origin": "http://localhost:80"}) == "reached"
    assert answered(alone, {"Host": "localhost:8765", "Origin": public}) == "websocket.close"


@pytest.mark.parametrize("names", ["https://entraide.example.org", "entraide.example.org:443", "*", "a b"])
def test_what_is_no_name_of_a_host_is_told_before_the_server_starts(
    names: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(ALLOWED_HOSTS, names)
    with pytest.raises(InputError, match="is no name of a host"):
        serve(0, open_browser=False)
    assert HOST not in capsys.readouterr().out
