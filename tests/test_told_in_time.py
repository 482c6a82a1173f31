"""What a page says while it computes, when settings have changed, of files that went, and where there is no page."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from french_words import english_words, faults_of_french
from islands import islands_file

from entraide.experiments.one_replicate import replicate_specification
from entraide.model.specification import Event
from entraide.scenarios.loader import load_scenario
from entraide.viz.dashboard.address import parse
from entraide.viz.dashboard.bench import Bench, Request
from entraide.viz.dashboard.choices import load_choices
from entraide.viz.dashboard.computing import VERDICT, Answer
from entraide.viz.dashboard.design import Design, PlannedEvent
from entraide.viz.dashboard.live_drawing import line_drawing
from entraide.viz.dashboard.live_run import LiveRun
from entraide.viz.dashboard.not_found import not_found_html
from entraide.viz.dashboard.office import Office
from entraide.viz.dashboard.pages.live import reading_html
from entraide.viz.dashboard.pages.registry import PAGES
from entraide.viz.dashboard.pages.stress_event import past_end_text
from entraide.viz.dashboard.repeating import SCENARIO_NAME, command_text
from entraide.viz.dashboard.shell import trouble_text
from entraide.viz.dashboard.status import status_of
from entraide.viz.dashboard.store import Store
from entraide.viz.dashboard.uploads import Uploads
from entraide.viz.dashboard.verdict import before_html, verdict_html
from entraide.viz.dashboard.words import say
from entraide.viz.figure_files import LEAST_WIDTH, inline_svg, scrollable
from entraide.viz.figures import result_figures
from entraide.viz.locales import LANGUAGES

ZONES = b"code;nom;habitants\nA1;Nord;800\nA2;Sud;1200\n"


@pytest.fixture(scope="module")
def uploads() -> Iterator[Uploads]:
    found = Uploads()
    yield found
    found.close()


@pytest.fixture(scope="module")
def answer(uploads: Uploads) -> Answer:
    """Return what the dashboard answers of a service on zones brought along."""
    uploads.take_zones("zones2.csv", ZONES)
    declared = uploads.scenarios[uploads.place_in_zones(load_scenario("urban-reports"))]
    design = Design(declared.path.stem, days=30)
    found = VERDICT.compute(Bench(VERDICT.request(design), declared, Store()))
    assert isinstance(found, Answer)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_of_other_settings_are_not_called_ready(language: str) -> None:
    office = Office({"x": lambda _: "answer"})
    ticket = office.ask("ann", Request("x", Design("species-id")), load_scenario("species-id"))
    ticket.follow(lambda _: None, every=0.01)
    told = [
        status_of(ticket, None, running=False, failed=False, language=language, stale=stale)[0]
        for stale in (False, True)
    ]
    print(told)
    assert told == [say("done", language), say("done_stale", language)]
    assert told[0] != told[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_it_computes_a_page_does_not_say_that_nothing_is_simulated(language: str) -> None:
    scenario = load_scenario("species-id")
    idle, busy = (unescape(before_html(scenario, language, under_way=each)) for each in (False, True))
    assert say("nothing_yet", language) in idle
    assert say("nothing_yet", language) not in busy
    assert say("under_way", language) in busy


@pytest.mark.parametrize(
    ("day", "days", "beyond"),
    [(25, 7, 0), (25, 8, 1), (25, 21, 14), (31, 1, 0), (1, 31, 0)],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_days_of_an_event_after_the_end_are_told(day: int, days: int, beyond: int, language: str) -> None:
    world = load_scenario("urban-reports")
    told = past_end_text(PlannedEvent("outage", date(2025, 12, day), days), world, language)
    print(told)
    assert bool(told) == (beyond > 0)
    assert not beyond or f"{beyond} " in told
    if language == "fr":
        assert faults_of_french(told) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_of_files_brought_along_says_that_they_went(language: str) -> None:
    services = load_choices().services
    ((zones,), (file,), (other,)) = (
        parse(f"v=1&s={name}", services)[1] for name in ("urban-reports-own-zones", "my-town", "../../etc/passwd")
    )
    told = [trouble_text(each, language) for each in (zones, file, other)]
    print(told)
    assert "urban-reports" in told[0]
    assert "CSV" in told[0]
    assert "TOML" in told[1]
    # Nothing that an address says is repeated unless it is known.
    assert "my-town" not in told[1]
    assert "passwd" not in told[2]
    assert (zones.why, file.why, other.why) == ("zones_gone", "file_gone", "unknown")
    if language == "fr":
        assert [faults_of_french(each) for each in told] == [[], [], []]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_of_a_verdict_names_files_that_the_reader_can_take(answer: Answer, language: str) -> None:
    page = verdict_html(answer, language, ())
    assert f"<code>{command_text(answer, language)}" in page
    assert "zones2.csv" not in command_text(answer, language)
    assert SCENARIO_NAME in command_text(answer, language)
    assert {"en": "page Export", "fr": "Exporter"}[language] in page
    seconds = f"{float(answer.result.provenance['duration_seconds']):.1f}"
    assert f"{seconds.replace('.', ',') if language == 'fr' else seconds}\u00a0s" in page


def test_a_figure_is_never_drawn_too_small_to_be_read(answer: Answer) -> None:
    for each in result_figures(answer.result, "fr"):
        text = scrollable(inline_svg(each, each.name), 'A "title"')
        share = min(1.0, each.figure.get_figwidth() / 8.0)
        assert f"min-width:{share * LEAST_WIDTH:.0f}px" in text
        assert 'tabindex="0"' in text
        assert 'aria-label="A &quot;title&quot;"' in text
    # Letters of 9 points in a figure of 8 inches.
    assert 9.0 * LEAST_WIDTH / (72.0 * 8.0) >= 9.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_events_are_marked_on_what_is_watched(tmp_path: Path, language: str) -> None:
    specification = replicate_specification(load_scenario(islands_file(tmp_path)), 1)
    event = Event(kind="outage", day=10, days=5)
    run = LiveRun(replace(specification, events=(event,)), seed=0)
    run.step()
    reading = run.read()
    assert reading is not None
    text = reading_html(reading, run, language)
    assert text.count('class="live-event"') == 3
    assert {"en": "In grey", "fr": "En gris"}[language] in text
    plain = line_drawing(np.arange(3.0), 40, date(2025, 1, 1), "x", language)
    assert "live-event" not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_leads_nowhere_has_a_page_in_both_languages(language: str) -> None:
    text = not_found_html(language)
    assert text.startswith(f'<!DOCTYPE html><html lang="{language}">')
    for entry in PAGES:
        for code in LANGUAGES:
            assert f'href="/{entry.path}?lang={code}"' in text
    assert text.index(f'<section lang="{language}">') == text.index("<section")


@pytest.mark.long
def test_the_server_answers_with_that_page_and_frightens_nobody() -> None:
    with socket.socket() as trial:
        trial.bind(("localhost", 0))
        port = trial.getsockname()[1]
    program = f"from entraide.viz.serve import serve; serve({port}, open_browser=False)"
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        # By its number, as whoever reads the page from elsewhere or writes it so: not the host that Solara trusts.
        address = f"http://127.0.0.1:{port}"
        html = {"Accept": "text/html", "Accept-Language": "fr-FR,fr;q=0.9"}
        for _ in range(240):
            try:
                urllib.request.urlopen(urllib.request.Request(f"{address}/", headers=html), timeout=10).read()
                break
            except OSError:
                time.sleep(0.25)
        answers = {}
        for path, headers in (("/nimporte", html), ("/nimporte.css", {"Accept": "text/css"})):
            with pytest.raises(urllib.error.HTTPError) as fault:
                urllib.request.urlopen(urllib.request.Request(address + path, headers=headers), timeout=10)
            answers[path] = (fault.value.code, fault.value.read().decode())
    finally:
        process.terminate()
        printed = process.communicate(timeout=30)[0]
    print(printed)
    assert answers["/nimporte"][0] == 404
    assert answers["/nimporte"][1].startswith('<!DOCTYPE html><html lang="fr">')
    assert "Solara" not in answers["/nimporte"][1]
    assert answers["/nimporte.css"] == (404, "Not Found")
    assert "samesite" not in printed
    assert "solara.dev" not in printed


def test_new_words_are_french() -> None:
    for key in ("done_stale", "under_way", "origin_file", "allowed"):
        assert faults_of_french(say(key, "fr")) == [], key
        assert not english_words(say(key, "fr").replace("{name}", "").replace("{text}", "")), key
