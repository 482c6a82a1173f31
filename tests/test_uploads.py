"""Files that a reader brings along, hostile ones first: a message each time, nothing carried out, nothing left."""

from __future__ import annotations

import base64
import gzip
import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french
from islands import islands_file

from entraide.model.errors import InputError
from entraide.scenarios.loader import load_scenario
from entraide.viz.dashboard.choices import load_choices
from entraide.viz.dashboard.pages.choose import option_text
from entraide.viz.dashboard.pages.choose_upload import content_of
from entraide.viz.dashboard.pages.choose_upload_words import UPLOAD_WORDS
from entraide.viz.dashboard.uploads import LIMITS, MOST_SCENARIOS, Uploads, safe_name

ZONES = b"code,name,population\nA1,North,800\nA2,<b>South</b>,1200\n"
SCENARIO = 'schema_version = 1\nbase = "urban-reports"\n\n[time]\ndays = 30\n'


@pytest.fixture
def uploads() -> Iterator[Uploads]:
    found = Uploads()
    yield found
    found.close()


def zipped() -> bytes:
    """Return an archive of a few kilobytes that opens into a hundred megabytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zones.csv", b"0" * 10_000_000)
    return sink.getvalue()


NO_TEXT = {
    "zip": zipped(),
    "gzip": gzip.compress(b"0" * 10_000_000),
    "binary": bytes(range(256)) * 100,
    "pdf": b"%PDF-1.7\n",
    "program": b"\x7fELF\x02\x01",
    "empty": b"",
    "blank": b" \n\n ",
}


@pytest.mark.parametrize("name", NO_TEXT)
@pytest.mark.parametrize("kind", LIMITS)
def test_what_is_no_text_is_refused_in_both_languages(uploads: Uploads, name: str, kind: str) -> None:
    take = {
        "zones": uploads.take_zones,
        "scenario": uploads.take_scenario,
        "contributions": uploads.look_at_contributions,
    }[kind]
    with pytest.raises(InputError) as fault:
        take(f"x.{name}", NO_TEXT[name])
    print(fault.value.told("en"), "|", fault.value.told("fr"))
    assert fault.value.is_told_in("fr")
    assert not uploads.has_folder


@pytest.mark.parametrize("kind", LIMITS)
def test_what_is_too_large_is_refused_before_it_is_read(uploads: Uploads, kind: str) -> None:
    large = b"a" * (LIMITS[kind] + 1)
    sent = {"name": "x", "content": base64.b64encode(large + b"aaa").decode()}
    with pytest.raises(InputError, match="too large"):
        content_of(sent, kind)
    with pytest.raises(InputError, match="too large"):
        uploads.take_zones("x", b"a" * (LIMITS["zones"] + 1))
    content = base64.b64encode(b"a" * LIMITS[kind]).decode()
    assert len(content_of({"name": "x", "content": content}, kind)[1]) == LIMITS[kind]


@pytest.mark.parametrize(
    "sent",
    [None, 3, [], {}, {"name": "x"}, {"name": 3, "content": "YQ=="}, {"name": "x", "content": "é"},
     {"name": "x", "content": "YQ"}, {"name": "x", "content": ["YQ=="]}],
)  # fmt: skip
def test_a_browser_that_sends_something_else_is_told(sent: object) -> None:
    with pytest.raises(InputError, match="no file was sent"):
        content_of(sent, "zones")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../x", "x.csv"),
        ("..\\..\\Windows\\x.csv", "x.csv"),
        ("/etc/passwd", "passwd.csv"),
        ("<script>alert(1)</script>.csv", "script.csv"),
        ("a<b>.csv", "a-b.csv"),
        (".bashrc", "bashrc.csv"),
        ("Évreux zonage.CSV", "evreux-zonage.csv"),
        ("x.csv; rm -rf ~", "x.csv"),
        ("$(reboot).csv", "reboot.csv"),
        ("..", "file.csv"),
        ("", "file.csv"),
        ("con\x00.csv", "con.csv"),
        ("a" * 500 + ".csv", "a" * 40 + ".csv"),
        (None, "none.csv"),
    ],
)
def test_no_name_is_taken_for_a_path(given: object, kept: str) -> None:
    name = safe_name(given, ".csv")
    assert name == kept
    assert Path(name).name == name


BAD_SCENARIOS = {
    "base is a path": 'schema_version = 1\nbase = "/etc/passwd"\n',
    "base is a file": 'schema_version = 1\nbase = "../other.toml"\n',
    "base is a list": "schema_version = 1\nbase = [1]\n",
    "zones elsewhere": f'{SCENARIO}[territory]\nfile = "../../etc/passwd"\n',
    "zones nobody brought": f'{SCENARIO}[territory]\nfile = "zones.csv"\n',
    "outline elsewhere": f'{SCENARIO}[territory]\ncommunes = "all"\noutline = "/etc/passwd"\n',
    "deep lists": f"a = {'[' * 5000}{']' * 5000}\n",
    "deep tables": f"[a{'.b' * 5000}]\nx = 1\n",
    "nine tables": f"{SCENARIO}[a{'.b' * 9}]\nx = 1\n",
    "no toml": "this is not toml",
    "a number of many digits": f"{SCENARIO}[run]\nreplicates = {'9' * 100_000}\n",
    "no such key": f"{SCENARIO}[nothing]\nx = 1\n",
    "not utf-8": "é",
}


@pytest.mark.parametrize("name", BAD_SCENARIOS)
def test_a_hostile_scenario_is_refused_and_not_kept(uploads: Uploads, name: str) -> None:
    data = BAD_SCENARIOS[name].encode("latin-1" if name == "not utf-8" else "utf-8")
    with pytest.raises(InputError) as fault:
        uploads.take_scenario("../../mine.toml", data)
    told = uploads.told(fault.value, "fr")
    print(told[:300])
    assert str(tempfile.gettempdir()) not in told
    assert not uploads.scenarios
    assert not uploads.has_folder or not list(uploads.folder.iterdir())


def test_a_script_in_a_title_is_kept_as_a_title(uploads: Uploads) -> None:
    script = "<script>window.hacked = 1</script>"
    more = "".join(f'[card.{language}]\ntitle = "{script}"\n' for language in ("en", "fr"))
    name = uploads.take_scenario("mine.toml", (SCENARIO + more).encode())
    scenario = uploads.scenarios[name]
    assert scenario.title["fr"] == script
    assert option_text(scenario, "fr") == f"{script} (mine.toml)"


def test_a_scenario_is_offered_beside_the_others_and_to_nobody_else(uploads: Uploads) -> None:
    name = uploads.take_scenario("urban-reports.toml", SCENARIO.encode())
    assert name == "own-urban-reports"
    offered = load_choices()
    assert name not in offered.scenarios
    assert offered.with_own(uploads.scenarios).scenarios[name].days == 30
    assert load_scenario("urban-reports").days == 365


def test_a_file_that_is_brought_along_anew_replaces_the_first_only_if_it_can_be_used(uploads: Uploads) -> None:
    name = uploads.take_scenario("mine.toml", SCENARIO.encode())
    with pytest.raises(InputError, match="days"):
        uploads.take_scenario("mine.toml", SCENARIO.replace("30", "-1").encode())
    assert load_scenario(uploads.folder / "mine.toml").days == 30
    uploads.take_scenario("mine.toml", SCENARIO.replace("30", "31").encode())
    assert uploads.scenarios[name].days == 31


def test_nobody_fills_the_disk(uploads: Uploads) -> None:
    for number in range(MOST_SCENARIOS):
        uploads.take_scenario(f"mine{number}.toml", SCENARIO.encode())
    with pytest.raises(InputError, match="too many files"):
        uploads.take_scenario("more.toml", SCENARIO.encode())
    uploads.take_scenario("mine1.toml", SCENARIO.encode())
    assert len(list(uploads.folder.iterdir())) == MOST_SCENARIOS


def test_a_service_is_put_on_zones_of_ones_own(uploads: Uploads, tmp_path: Path) -> None:
    assert uploads.take_zones("../../x.csv", ZONES) == 2
    name = uploads.place_in_zones(load_scenario("urban-reports"))
    placed = uploads.scenarios[name]
    assert placed.territory().inhabitants == 2000
    # Zones that come after take their place, and the service comes along.
    uploads.take_zones("y.csv", ZONES.replace(b"800", b"900"))
    assert name not in uploads.scenarios
    again = uploads.place_in_zones(placed)
    assert again == name
    assert uploads.scenarios[name].territory().inhabitants == 2100
    # A scenario of one's own, and one of the server's folder.
    own = uploads.take_scenario("mine.toml", SCENARIO.encode())
    assert uploads.scenarios[uploads.place_in_zones(uploads.scenarios[own])].days == 30
    served = load_scenario(islands_file(tmp_path))
    assert uploads.scenarios[uploads.place_in_zones(served)].territory().zones == 2
    # A scenario may name the zones that were brought along.
    named = f'{SCENARIO}[territory]\nfile = "y.csv"\n'
    assert uploads.scenarios[uploads.take_scenario("named.toml", named.encode())].territory().zones == 2


def test_zones_that_cannot_be_used_leave_those_before(uploads: Uploads) -> None:
    uploads.take_zones("x.csv", ZONES)
    name = uploads.place_in_zones(load_scenario("urban-reports"))
    for data in (b"code,name\nA1,North\n", b"code,name,population\nA1,All,900000000\n"):
        with pytest.raises(InputError):
            uploads.take_zones("y.csv", data)
    assert uploads.scenarios[name].territory().inhabitants == 2000


def test_contributions_are_described_and_not_kept(uploads: Uploads) -> None:
    rows = "".join(f"person{k % 7},2024-01-{1 + k % 28:02d}\n" for k in range(50))
    file, read = uploads.look_at_contributions("../logs/mine.txt", f"user,date\n{rows}".encode())
    assert file == "mine.csv"
    assert (read.rows, read.history.people) == (50, 7)
    assert not list(uploads.folder.iterdir())
    with pytest.raises(InputError):
        uploads.look_at_contributions("x", b"user,date\nx,1 avr\n")
    assert not list(uploads.folder.iterdir())


def test_everything_goes_with_the_page() -> None:
    uploads = Uploads()
    uploads.take_zones("x.csv", ZONES)
    folder = uploads.folder
    assert folder.stat().st_mode & 0o077 == 0
    uploads.close()
    uploads.close()
    assert not folder.exists()
    assert not uploads.zones


def test_words_are_written_in_both_languages() -> None:
    for key, texts in UPLOAD_WORDS.items():
        assert set(texts) == {"en", "fr"}, key
        french = texts["fr"]
        for name in ("“", "entraide scenarios new", "Columns"):
            french = french.replace(name, "")
        assert not faults_of_french(french), (key, faults_of_french(french))
        assert not [each for each in english_words(french) if each.lower() not in ("population",)], key
