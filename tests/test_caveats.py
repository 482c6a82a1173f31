"""A lever that the evidence speaks against is offered with what speaks against it."""

from __future__ import annotations

import pytest
from french_words import english_words, faults_of_french

from entraide.scenarios.measures import caveats_of, library
from entraide.viz.locales import localised


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
