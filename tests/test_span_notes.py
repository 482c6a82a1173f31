"""What a verdict says of time and of what is drawn: versions of one year, short runs, and what no interval knows."""

from __future__ import annotations

import pytest
from french_words import english_words, faults_of_french, left_over

from entraide.experiments.evidence.ensembles import ENSEMBLES_FOLDER, ensemble_of
from entraide.viz.resting_words import _NOTES
from entraide.viz.span_notes import short_note, span_notes, versions_note

_OF_AWARENESS = ("initial_awareness", "awareness_rate", "word_of_mouth", "hearing_zone_log_sd")


def test_twenty_simulations_are_versions_of_one_year() -> None:
    assert "20 possible versions of one and the same year" in versions_note(20, 365, "en")
    assert "20 versions possibles d'une seule et même année" in versions_note(20, 365, "fr")
    assert "730 days" in versions_note(4, 730, "en"), "two years are not called one"
    assert versions_note(1, 365, "en") == versions_note(1, 30, "fr") == ""


def test_a_run_shorter_than_a_year_is_told_to_say_nothing_of_one() -> None:
    for language, words in (("en", "says nothing of a year"), ("fr", "ne dit rien d'une année")):
        assert words in short_note(30, language)
        assert words in short_note(364, language)
        assert short_note(365, language) == short_note(730, language) == ""
        assert len(span_notes(4, 30, language)) == 2
        assert span_notes(1, 365, language) == ()


@pytest.mark.parametrize(("replicates", "days"), [(2, 1), (20, 30), (1, 30), (20, 365), (4, 730)])
def test_every_note_is_french(replicates: int, days: int) -> None:
    for note in span_notes(replicates, days, "fr"):
        assert english_words(note) + faults_of_french(note) + left_over(note) == [], note


def test_no_draw_of_any_class_holds_who_knows_a_service_and_the_verdict_says_so() -> None:
    classes = [path.stem for path in ENSEMBLES_FOLDER.glob("*.json")]
    assert len(classes) >= 9
    for name in classes:
        for draw in ensemble_of(name).of_any_service:
            assert not set(_OF_AWARENESS) & set(draw), f"{name} draws how people hear: the verdict says that none does"
    assert "Who knows the service at the start, how fast others hear of it" in _NOTES["en"]["rest"]
    assert "Qui connaît le service au départ, à quelle vitesse les autres en entendent parler" in _NOTES["fr"]["rest"]
    assert faults_of_french(_NOTES["fr"]["rest"]) == []
