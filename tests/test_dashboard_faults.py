"""What pages must not do: speak of another baseline, hand out formulas, fall over a design, let others wait."""

from __future__ import annotations

import csv
import gc
import io
import re
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from french_words import english_words, faults_of_french
from islands import islands_file

from entraide.experiments import csv_tables
from entraide.experiments.evidence.found import found_controls
from entraide.experiments.one_replicate import replicate_specification
from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.model.errors import InputError
from entraide.scenarios.declarations import ALL
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.scenario import Scenario
from entraide.viz.dashboard import live_run
from entraide.viz.dashboard.bench import Bench, Request
from entraide.viz.dashboard.computing import VERDICT, Answer
from entraide.viz.dashboard.design import Design, PlannedEvent
from entraide.viz.dashboard.evidence_part import controls_html, evidence_html
from entraide.viz.dashboard.export_files import figure_bytes, figures_of
from entraide.viz.dashboard.figures import draw
from entraide.viz.dashboard.live_run import LiveRun, Watchers
from entraide.viz.dashboard.office import Office, Ticket
from entraide.viz.dashboard.pages.live import is_of_other_settings, reading_html, watched
from entraide.viz.dashboard.pages.live_words import word as live_word
from entraide.viz.dashboard.pages.stress_targets import targets_text
from entraide.viz.dashboard.status import status_of
from entraide.viz.dashboard.store import Store
from entraide.viz.dashboard.uploads import Uploads
from entraide.viz.dashboard.verdict import verdict_html
from entraide.viz.dashboard.words import say
from entraide.viz.locales import LANGUAGES
from entraide.viz.report_pdf import report_pdf
from entraide.viz.source_words import FRENCH_SOURCES, source_text

ZONES = b"code,name,population\nA1,North,800\nA2,South,1200\n"
LEVERS = (("acknowledgement_rate", 0.9),)
OTHER = (("acknowledgement_rate", 0.7),)
FORMULA = '=HYPERLINK("http://example.org","Sein")'


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return islands_file(tmp_path_factory.mktemp("islands"))


@pytest.fixture(scope="module")
def islands(file: Path) -> Scenario:
    return load_scenario(file)


@pytest.fixture(scope="module")
def result(islands: Scenario) -> Result:
    return run(islands, replicates=2, seed=0, own_file=True)


def answer_to(design: Design, scenario: Scenario, store: Store) -> Answer:
    answer = VERDICT.compute(Bench(VERDICT.request(design), scenario, store))
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_design_chosen_for_a_baseline_is_never_called_today(islands: Scenario, language: str) -> None:
    """What is set beside the design is the baseline that the reader chose: over each sentence, and in the legend."""
    store = Store()
    to_today = Design("islands", variants=(LEVERS,), replicates=20)
    to_other = replace(to_today, variants=(OTHER, LEVERS), current=1, baseline=0)
    today, other = (verdict_html(answer_to(design, islands, store), language, ()) for design in (to_today, to_other))
    above = re.compile(r'<p class="compared"><strong>(.*?)</strong>')
    legends = re.compile(r'<p class="legend".*?>(.*?)</p>')
    print(above.findall(other), legends.findall(other))
    words = {"en": ("starting settings", "baseline"), "fr": ("réglages de départ", "référence")}[language]
    for pattern in (above, legends):
        for text, said, never in ((today, *words), (other, *reversed(words))):
            found = pattern.findall(text)
            assert found
            assert all(never not in each for each in found)
            assert any(said in each for each in found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_a_name_that_a_spreadsheet_would_carry_out_is_harmless_and_numbers_stay_numbers(
    result: Result, language: str, begins: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, share = f"{begins}SUM(1)", -0.25

    def table_of(_: Result, __: str) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
        names = pa.array([name, "Ouessant"]).dictionary_encode()
        columns = {"name": names, "share": pa.array([share, 1e-9]), "text": pa.array(["-4", "-1,5e3"])}
        return {**columns, "many": pa.array([[name, "a"], []])}, dict.fromkeys((*columns, "many"), ("", ""))

    monkeypatch.setattr(csv_tables, "table_of", table_of)
    text = csv_tables.csv_bytes(result, "zones", language).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if language == "fr" else ","))
    print(rows)
    assert [row["name"] for row in rows] == [f"'{name}", "Ouessant"]
    assert [row["many"] for row in rows] == [f"'{name} a", ""]
    assert [float(row["share"].replace(",", ".")) for row in rows] == [share, 1e-9]
    assert [row["text"] for row in rows] == ["-4", "-1,5e3"]


def test_a_zone_of_ones_own_is_never_a_formula(tmp_path: Path) -> None:
    """From the file that is brought along to the table that is taken away."""
    zones = tmp_path / "zones.csv"
    with zones.open("w", newline="", encoding="utf-8") as sink:
        csv.writer(sink).writerows([["code", "name", "population"], ["A1", FORMULA, 800], ["A2", "+33", 900]])
    path = tmp_path / "mine.toml"
    path.write_text('schema_version = 1\nbase = "urban-reports"\n[time]\ndays = 3\n[territory]\nfile = "zones.csv"\n')
    made = run(load_scenario(path), replicates=1, seed=0, own_file=True, counterfactual=False)
    cells = {
        cell
        for name in csv_tables.csv_tables(made)
        for row in csv.reader(io.StringIO(csv_tables.csv_bytes(made, name).decode("utf-8-sig")))
        for cell in row
    }
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]


@pytest.mark.long
def test_dollars_in_a_name_are_dollars_and_no_formula_of_a_figure(tmp_path: Path) -> None:
    """Two of them stood for a formula: "$5 to $6" came out in italics, and a backslash between felled all."""
    name = r"$5 to $\frac$ --> </svg><script>"
    rows = [["code", "name", "population", "lon", "lat"]]
    rows += [[f"A{place}", f"{name}{place}", 900 - place, -4.5, 48.2 + 0.1 * place] for place in range(3)]
    with (tmp_path / "zones.csv").open("w", newline="", encoding="utf-8") as sink:
        csv.writer(sink).writerows(rows)
    path = tmp_path / "mine.toml"
    path.write_text('schema_version = 1\nbase = "urban-reports"\n[time]\ndays = 40\n[territory]\nfile = "zones.csv"\n')
    answer = answer_to(Design("mine", replicates=2), load_scenario(path), Store())
    texts = [picture.drawing for picture in draw(answer, "en")]
    texts += [
        figure_bytes(each, answer.result, "svg", "en").decode() for _, _, each in figures_of(answer.result, "en")[:2]
    ]
    inside = [unescape(" ".join(re.findall(r">([^<]*)<", text))) for text in texts]
    named = [text for text in inside if name in text]
    print(len(named), "of", len(texts), "figures name a zone")
    assert named
    assert not [text for text in texts if "<script" in text]
    assert report_pdf(answer.result, "fr").startswith(b"%PDF")


def test_the_page_that_watches_stands_on_a_design_that_contradicts_itself(islands: Scenario) -> None:
    """``watched`` refuses it, so the page must not ask it while it is drawn."""
    from entraide.viz.dashboard.worlds import checked

    design = Design("islands", variants=((("reward_rate", 5.0),),))
    world, fault = checked(design, islands)
    assert fault is not None
    with pytest.raises(InputError):
        watched(design, world)
    assert watched(design.with_levers(()), world)[0].services


def test_nobody_waits_while_the_inhabitants_of_somebody_else_are_drawn(
    islands: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And who leaves meanwhile leaves nothing behind."""
    specification = islands.specification()
    drawing, go_on = threading.Event(), threading.Event()

    class Slow(LiveRun):
        def __init__(self, *given: Any) -> None:
            drawing.set()
            assert go_on.wait(20)
            super().__init__(*given)

    monkeypatch.setattr(live_run, "LiveRun", Slow)
    watchers, made = Watchers(most=2), []
    thread = threading.Thread(target=lambda: made.append(watchers.open("ann", specification, 0)), daemon=True)
    thread.start()
    assert drawing.wait(20)
    assert len(watchers) == 1
    left = threading.Thread(target=lambda: (watchers.leave("bob"), watchers.leave("ann")), daemon=True)
    left.start()
    left.join(5)
    assert not left.is_alive(), "leaving waited for the drawing of others"
    go_on.set()
    thread.join(20)
    model: Callable[[], Any] = weakref.ref(made[0])
    assert len(watchers) == 0
    assert model() is not None
    assert made[0].read() is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_evidence_hold_words_and_no_code_of_a_metric(language: str) -> None:
    text = evidence_html(("urban-report",), language) + controls_html(found_controls(), language)
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text)
    codes = [cell for cell in cells if re.search(r"\b[a-z]+_[a-z0-9_]+\b|^[A-Z]\d+[a-z]? ", cell)]
    print(len(cells), "cells;", codes[:5])
    assert len(cells) > 300
    assert not codes


@pytest.mark.parametrize("name", [name for name, each in ALL.items() if isinstance(each.default, bool)])
def test_what_is_chosen_between_yes_and_no_is_explained_in_these_words(name: str) -> None:
    """The page offers "oui" and "non": an explanation of "Vrai" would be about something that is not there."""
    declared = ALL[name]
    assert not re.search(r"\b(True|False)\b", declared.help_en)
    assert not re.search(r"\b(Vrai|Faux)\b", declared.help_fr)


class _Heavy:
    """An answer that can be watched for."""


def test_a_page_holds_no_answer_that_the_store_has_no_room_for() -> None:
    """A ticket that kept its answer made the bounds of the store no bounds: five kinds of answer for each open page."""
    made: list[weakref.ref[_Heavy]] = []

    def compute(bench: Bench) -> _Heavy:
        answer = _Heavy()
        made.append(weakref.ref(answer))
        return answer

    declared = load_scenario("species-id")
    office = Office({"heavy": compute}, store=Store(most=1))
    tickets = [office.ask("ann", Request("heavy", Design("species-id", seed=seed)), declared) for seed in range(3)]
    for ticket in tickets:
        ticket.follow(lambda _: None, every=0.01)
        ticket.let_go()
    gc.collect()
    print([ref() is not None for ref in made])
    assert [ref() is not None for ref in made] == [False, False, True]
    assert all(ticket.answered for ticket in tickets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_that_are_no_longer_held_are_not_called_ready(language: str) -> None:
    """The page said "nothing is simulated yet" and, beside it, that the verdict was ready."""
    declared = load_scenario("species-id")
    office = Office({"heavy": lambda _: _Heavy()}, store=Store(most_bytes_each=1))
    ticket = office.ask("ann", Request("heavy", Design("species-id")), declared)
    ticket.follow(lambda _: None, every=0.01)
    ticket.let_go()
    assert office.answer(ticket.key) is None
    told = [
        status_of(ticket, None, running=False, failed=False, language=language, held=held)[0] for held in (True, False)
    ]
    print(told)
    assert told == [say("done", language), say("let_go", language)]


def test_a_ticket_that_was_stopped_was_not_answered() -> None:
    office = Office({"heavy": lambda _: _Heavy()})
    ticket = Ticket(Request("heavy", Design()), "key", "ann", load_scenario("species-id"), office)
    ticket.let_go()
    assert not ticket.answered


@pytest.mark.parametrize("name", [name for name, each in ALL.items() if not each.source.startswith("assumption")])
def test_the_source_of_a_value_is_told_in_french_with_the_same_figures(name: str) -> None:
    english, french = (source_text(ALL[name], language) for language in ("en", "fr"))
    print(french)
    assert french != english
    assert not faults_of_french(french)
    assert not english_words(re.sub(r"\([^()]*\d{4}[^()]*\)", "", french))

    def figures(text: str) -> list[str]:
        return sorted(re.findall(r"[1-9]\d*", re.sub(r"(?<=\d)[,\u202f](?=\d{3})", "", text)))

    assert figures(french) == figures(english)


def test_what_is_said_of_sources_in_french_is_declared() -> None:
    assert set(FRENCH_SOURCES) <= {each.source for each in ALL.values()}


def test_what_is_watched_is_of_other_settings_once_another_draw_would_come_first() -> None:
    """The first simulation of twenty takes another draw than the first of four; of one set of values it does not."""
    declared = load_scenario("urban-reports")
    first = [replicate_specification(declared, count, 0, "ensemble").services[0].parameters for count in (4, 20)]
    assert first[0] != first[1]
    begun = Design(replicates=4)
    assert is_of_other_settings(begun, replace(begun, replicates=20), declared)
    assert not is_of_other_settings(begun, begun, declared)
    preset = replace(begun, parameters="preset")
    assert not is_of_other_settings(preset, replace(preset, replicates=20), declared)


def test_zones_that_a_scenario_cannot_stand_on_leave_all_as_it_was() -> None:
    """The file of before was overwritten: an offered scenario had other zones than its answers were kept for."""
    uploads = Uploads()
    try:
        struck = '[[events]]\ndate = 2025-03-01\nkind = "outage"\ndays = 2\nzones = ["29155"]\n'
        uploads.take_scenario("mine.toml", f'schema_version = 1\nbase = "urban-reports"\n{struck}'.encode())
        _, name = uploads.bring_zones("z.csv", ZONES, load_scenario("urban-reports"))
        before = dict(uploads.scenarios)
        with pytest.raises(InputError):
            uploads.bring_zones("z.csv", ZONES.replace(b"800", b"900"), uploads.scenarios["mine"])
        assert uploads.scenarios == before
        assert uploads.scenarios[name].territory().inhabitants == 2000
        assert (uploads.folder / "z.csv").read_bytes() == ZONES
    finally:
        uploads.close()


@pytest.mark.parametrize(("language", "told"), [("en", "1 more"), ("fr", "1 autre")])
def test_one_more_place_is_one(islands: Scenario, language: str, told: str) -> None:
    event = PlannedEvent("outage", islands.start, zones=("1", "2", "3", "4", "5"))
    text = targets_text(event, islands, language)
    print(text)
    assert text.endswith(f"4, {told}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_zones_are_not_counted_before_any_need_is_due(language: str) -> None:
    """ "The 0 zones with the lowest share" stood on the first days of each simulation of many zones."""
    scenario = load_scenario("urban-reports", days=2)
    run_now = LiveRun(watched(Design(), scenario)[0].specification(), 0)
    run_now.step()
    reading = run_now.read()
    assert reading is not None
    text = reading_html(reading, run_now, language)
    assert int(reading.due.sum()) == 0
    assert live_word("zones_lowest", language, count="0") not in unescape(text)
    run_now.let_go()
