"""A simulation that is watched: the numbers of a run, one for each person, freed when they leave."""

from __future__ import annotations

import gc
import re
import threading
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from french_words import english_words, faults_of_french, left_over
from islands import islands_file

import entraide as en
from entraide.experiments.one_replicate import replicate_specification
from entraide.model.errors import InputError, MachineError
from entraide.model.specification import Specification
from entraide.scenarios.loader import load_scenario
from entraide.viz.dashboard import live_run
from entraide.viz.dashboard.design import Design
from entraide.viz.dashboard.live_drawing import line_drawing, lowest_zones, zone_drawing, zone_shares
from entraide.viz.dashboard.live_run import LiveRun, Watchers
from entraide.viz.dashboard.pages.live import reading_html, reading_of, watched
from entraide.viz.dashboard.pages.live_words import LIVE_WORDS
from entraide.viz.dashboard.worlds import PREVIEW_PEOPLE
from entraide.viz.locales import LANGUAGES


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return islands_file(tmp_path_factory.mktemp("islands"))


@pytest.fixture(scope="module")
def specification(file: Path) -> Specification:
    return replicate_specification(load_scenario(file), 4)


@pytest.mark.parametrize("parameters", ["ensemble", "preset"])
def test_what_is_watched_is_the_first_simulation_of_the_run(file: Path, parameters: str) -> None:
    watched_run = LiveRun(replicate_specification(load_scenario(file), 4, 0, parameters), seed=3)
    while watched_run.running:
        watched_run.step()
    reading = watched_run.read()
    assert reading is not None
    outcome = en.run(file, replicates=4, seed=3, parameters=parameters, counterfactual=False).result.outcomes[0]
    print(reading.contributions, [int(each) for each in outcome.daily["contributions"].sum(axis=0)])
    assert (reading.day, reading.date) == (40, date(2025, 2, 9))
    for name in live_run.SERIES:
        np.testing.assert_array_equal(reading.series[name], outcome.daily[name][:, 0])
    np.testing.assert_array_equal(reading.due, outcome.zone_year["due"][:, 0].sum(axis=0))
    np.testing.assert_array_equal(reading.in_time, outcome.zone_year["in_time"][:, 0].sum(axis=0))


def test_each_replicate_takes_its_own_draw(file: Path) -> None:
    scenario = load_scenario(file)
    rates = [
        replicate_specification(scenario, 4, each).services[0].parameters["prompt_rate"] for each in (0, 1, 2, 3, 4)
    ]
    print(rates)
    assert len(set(rates[:4])) == 4
    assert rates[4] == rates[0]


def test_a_large_territory_is_watched_in_whole_zones() -> None:
    scenario = load_scenario("urban-reports")
    part, zones, of = watched(Design(), scenario)
    whole = dict(zip(scenario.territory().codes, scenario.territory().population, strict=True))
    taken = part.territory()
    print(f"{zones} of {of} zones, {taken.inhabitants} inhabitants")
    assert of == 277
    assert taken.zones == zones < of
    assert taken.inhabitants <= PREVIEW_PEOPLE
    assert all(whole[code] == people for code, people in zip(taken.codes, taken.population, strict=True))


def test_levers_of_the_design_are_watched(file: Path) -> None:
    scenario, *_ = watched(Design("islands", variants=((("acknowledgement_rate", 0.9),),)), load_scenario(file))
    assert scenario.services[0].parameters["acknowledgement_rate"] == 0.9


def test_a_person_watches_one_simulation_and_frees_it_on_leaving(specification: Specification) -> None:
    watchers = Watchers(most=2)
    first = watchers.open("ann", specification, 0)
    model = weakref.ref(first._model)
    second = watchers.open("ann", specification, 0)
    assert len(watchers) == 1
    assert first.read() is None
    assert second.running
    watchers.open("bob", specification, 0)
    with pytest.raises(MachineError, match="too many people"):
        watchers.open("cleo", specification, 0)
    watchers.leave("ann")
    watchers.leave("ann")
    assert not second.running
    watchers.open("cleo", specification, 0)
    gc.collect()
    assert model() is None


def test_who_lost_the_page_makes_room(specification: Specification) -> None:
    watchers = Watchers(most=1)
    lost = watchers.open("ann", specification, 0, is_read=lambda: False)
    assert lost.running
    watchers.open("bob", specification, 0)
    assert not lost.running
    assert len(watchers) == 1


def test_more_people_than_can_be_watched_are_refused(
    specification: Specification, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_run, "MOST_PEOPLE", 1_000)
    watchers = Watchers()
    with pytest.raises(InputError, match="too many people live there"):
        watchers.open("ann", specification, 0)
    assert len(watchers) == 0


def test_what_is_shown_is_of_the_service_that_is_chosen() -> None:
    """The thread that steps reads the service of when it began: its numbers never stand under another's name."""
    run = LiveRun(replicate_specification(load_scenario("three-services", days=10), 1), seed=0)
    for _ in range(5):
        run.step()
    first, second = run.read(0), run.read(1)
    assert first is not None
    assert second is not None
    assert reading_of(first, run, 0) is first
    shown = reading_of(first, run, 1)
    print(first.contributions, second.contributions)
    assert (shown.service, shown.contributions) == (1, second.contributions) != (0, first.contributions)
    assert f'data-value="{second.contributions}"' in reading_html(shown, run, "en")
    run.let_go()
    assert reading_of(first, run, 1) is first


def test_a_pause_ends_the_turn_of_who_steps(specification: Specification) -> None:
    run = LiveRun(replace(specification, days=3000), seed=0)
    turn = run.take_turn()

    def step() -> None:
        while run.has_turn(turn):
            run.step()

    stepping = threading.Thread(target=step)
    stepping.start()
    run.take_turn()
    stepping.join(timeout=60)
    assert not stepping.is_alive()
    before = run.read()
    run.step()
    after = run.read()
    assert before is not None
    assert after is not None
    assert after.day == before.day + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_happened_and_escapes_names(specification: Specification, language: str) -> None:
    territory = replace(specification.territory, names=("<b>Sein</b>", *specification.territory.names[1:]))
    run = LiveRun(replace(specification, territory=territory), seed=0)
    start = run.read()
    assert start is not None
    assert "0 contribution" in reading_html(start, run, language)
    for _ in range(40):
        run.step()
    reading = run.read()
    assert reading is not None
    text = reading_html(reading, run, language)
    assert f'data-value="{reading.contributions}"' in text
    assert "<b>" not in text
    assert "&lt;b&gt;Sein" in text
    assert text.count('role="img"') == 4


def test_words_are_written_in_both_languages() -> None:
    for key, texts in LIVE_WORDS.items():
        assert set(texts) == {"en", "fr"}, key
        assert not english_words(re.sub(r"{\w+}", "", texts["fr"])), key
        assert not faults_of_french(texts["fr"]), (key, faults_of_french(texts["fr"]))


def test_drawings_hold_what_they_are_given() -> None:
    start = date(2025, 1, 1)
    nothing = line_drawing(np.array([]), 10, start, "Nothing", "en")
    assert "polyline" not in nothing
    one = line_drawing(np.array([3.0]), 10, start, "One", "en")
    assert "circle" in one
    many = line_drawing(np.arange(3000.0), 3000, start, "Many & more", "fr")
    assert many.count(",") < 900
    assert "Many &amp; more" in many
    assert not left_over(many.replace("none", ""))
    shares = zone_shares(np.array([0, 4, 10]), np.array([0, 1, 10]))
    np.testing.assert_array_equal(shares, [np.nan, 0.25, 1.0])
    assert lowest_zones(shares, np.array([5, 6, 7]), most=2) == [1, 2]
    assert lowest_zones(shares, np.array([5, 6, 7])) == [0, 1, 2]


def test_a_territory_without_places_has_no_map(specification: Specification) -> None:
    nowhere = np.full(specification.territory.zones, np.nan)
    territory = replace(specification.territory, longitude=nowhere, latitude=nowhere)
    shares = np.full(territory.zones, 0.5)
    assert zone_drawing(territory, shares, "Map", "en") == ""
    assert zone_drawing(specification.territory, shares, "Map", "en").count("<circle") == 2 * territory.zones
