"""A lever that the evidence speaks against is offered with what speaks against it."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from french_words import english_words, faults_of_french
from islands import islands_file

from entraide.experiments.runs import run
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.measures import caveats_of, library
from entraide.verdict_text import whole_verdict
from entraide.viz.dashboard.basis import basis_html
from entraide.viz.locales import LANGUAGES, localised
from entraide.viz.report_design import design_part


def test_badges_are_offered_with_what_p10_says_and_nothing_else_is() -> None:
    with_caveat = [each.name for each in library().values() if each.caveat]
    assert with_caveat == ["badges"]
    badges = library()["badges"]
    for language, words in (("en", "Do not rely on it"), ("fr", "Ne vous y fiez pas")):
        assert words in badges.told[language]
        assert badges.told[language].startswith(badges.help[language])
        assert "P10" in badges.caveat[language]
    french = localised(badges.caveat["fr"], "fr")
    assert english_words(french) + faults_of_french(french) == []


@pytest.mark.parametrize("key", ["badges", "reputation_visibility", "reports.badges"])
def test_who_moves_a_lever_on_badges_is_told(key: str) -> None:
    assert caveats_of([key]) == (library()["badges"].caveat,)
    assert caveats_of(["outreach", "reputation_weight"]) == ()


@pytest.mark.parametrize("moved", [True, False])
def test_a_run_with_badges_says_it_wherever_it_is_read(tmp_path: Path, moved: bool) -> None:
    scenario = load_scenario(islands_file(tmp_path, days=5), {"badges": True} if moved else {})
    result = run(scenario, replicates=1, counterfactual=False)
    for language in LANGUAGES:
        caveat = localised(library()["badges"].caveat[language], language)
        for told in (whole_verdict, basis_html, design_part):
            assert (caveat in unescape(told(result, language))) == moved, told.__name__
