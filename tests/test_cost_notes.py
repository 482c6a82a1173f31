"""What is told of place and fixed cost where a service is simulated elsewhere than its scenario is set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from french_words import faults_of_french
from islands import islands_file

from entraide.experiments.results import Result
from entraide.experiments.runs import run
from entraide.scenarios.loader import load_scenario
from entraide.viz.cost_sentences import LARGE_PART, fixed_cost_note
from entraide.viz.dashboard.bench import Bench
from entraide.viz.dashboard.computing import VERDICT
from entraide.viz.dashboard.design import Design
from entraide.viz.dashboard.store import Store
from entraide.viz.dashboard.verdict import verdict_html
from entraide.viz.locales import money, number
from entraide.viz.sentences import verdict_text

LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return islands_file(tmp_path_factory.mktemp("islands"))


@pytest.fixture(scope="module")
def elsewhere(path: Path) -> Result:
    """Three islands with the platform of a whole department."""
    return run(load_scenario(path), replicates=2, seed=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fixed_cost_of_another_place_is_told_with_its_size(elsewhere: Result, language: str) -> None:
    note = fixed_cost_note(elsewhere, language)
    print(note)
    assert money(150_000, language) in note
    assert "Finistère" in note
    assert faults_of_french(note) == [] or language == "en"
    assert note in verdict_text(elsewhere, language)


def test_it_is_not_told_at_home_nor_once_it_was_stated_nor_where_it_is_small(path: Path, elsewhere: Result) -> None:
    own = run(load_scenario(path, {"platform_cost": 9_000.0}), replicates=2, seed=0)
    assert fixed_cost_note(own, "en") == ""
    home = run(load_scenario("mutual-trust", days=5), replicates=1, seed=0)
    assert not home.scenario.card_written_for
    assert fixed_cost_note(home, "fr") == ""
    # A platform of a tenth of the cost decides nothing.
    cost = elsewhere.cost().value
    assert cost is not None
    platform = np.mean([each.daily["cost_platform"].sum() for each in elsewhere.outcomes]) * 365 / 40
    assert platform > LARGE_PART * cost
    for outcome in (scaled := run(load_scenario(path), replicates=1, seed=0)).outcomes:
        outcome.daily["cost_platform"][:] *= 1e-3
    assert fixed_cost_note(scaled, "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_report_name_the_place_that_is_simulated(path: Path, language: str) -> None:
    scenario = load_scenario(path)
    answer = VERDICT.compute(Bench(VERDICT.request(Design("islands", replicates=4)), scenario, Store()))
    text = verdict_html(answer, language, ())
    heading = text[: text.index('class="cards"')]
    print(heading)
    people = number(answer.result.specification.territory.inhabitants, language)
    assert people in heading
    assert "Ouessant" in heading or "3 " in heading
    assert "Finistère" not in heading.partition("</p>")[0], "the title of the card names another place"
    assert 'id="cost-note"' in text
