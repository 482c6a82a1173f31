"""The least participation and the most adversaries, told on the command line in both languages."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from entraide.command_line import application
from entraide.experiments.stress_refusals import NOTHING_JUDGED
from entraide.experiments.thresholds import AdversaryHarm, BreakEven, adversary_harm
from entraide.model.errors import InputError
from entraide.model.risk import Threshold
from entraide.scenarios.loader import load_scenario
from entraide.viz.break_even_sentences import adversary_sentence, break_even_sentence


def _found(value: float | None, status: str) -> BreakEven:
    return BreakEven(Threshold(value, 10.0, 80.0, status, True), 30.0, (10.0, 30.0, 80.0), (0.5, 0.7, 0.9), 0.8)


@pytest.mark.parametrize(
    ("value", "status", "english", "french"),
    [
        (60.0, "found", "from 60 contributions per 1,000 inhabitants and year on, 2.0 times", "soit 2,0 fois"),
        (None, "held throughout", "already with 10 contributions", "déjà avec 10 contributions"),
        (None, "broken throughout", "at no participation tried, up to 80", "à aucun niveau essayé, jusqu'à 80"),
    ],
)
def test_break_even_is_told(value: float | None, status: str, english: str, french: str) -> None:
    found = _found(value, status)
    for language, phrase in (("en", english), ("fr", french)):
        sentence = break_even_sentence(found, "alert", language)
        print(sentence)
        assert phrase.replace("2.0", "2").replace("2,0", "2") in sentence.replace("2.0", "2").replace("2,0", "2")
    assert "incidents are reached in time" in break_even_sentence(found, "alert")


def test_adversaries_are_told() -> None:
    harm = AdversaryHarm((0.0, 0.1), (0.05, 0.2), 0.1, Threshold(0.033, 0.0, 0.1, "found", True))
    assert "breaks from 3.3% of adversaries on" in adversary_sentence(harm)
    assert "est dépassée à partir de 3,3" in adversary_sentence(harm, "fr")


def test_the_command_gives_the_figures() -> None:
    arguments = ["break-even", "urban-reports", "--territory", "29022,29120", "--days", "60", "--replicates", "1"]
    done = CliRunner().invoke(application, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert document["service"] == "reports"
    assert document["break_even"]["threshold"]["status"] in ("found", "held throughout", "broken throughout")
    assert len(document["adversaries"]["errors"]) == 4
    assert len(document["sentences"]) == 2


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Adversaries: not tried, because nothing that people give is judged right or wrong."),
        ("fr", "Malveillants\u202f: non essayé, car rien de ce que l'on y donne n'est jugé juste ou faux."),
    ],
)
def test_adversaries_are_refused_where_nothing_given_is_judged(language: str, told: str) -> None:
    arguments = ["break-even", "local-funding", "--territory", "29022,29120", "--days", "150", "--replicates", "1"]
    done = CliRunner().invoke(application, [*arguments, "--json", "--lang", language])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert document["adversaries"] is None
    assert document["adversaries_refused"] == dict(NOTHING_JUDGED)
    assert document["sentences"][1] == told
    assert "adversa" not in document["sentences"][0]


def test_from_python_too_adversaries_are_refused_where_nothing_given_is_judged() -> None:
    funding = load_scenario("local-funding", days=30).specification()
    with pytest.raises(InputError, match="nothing that people give is judged right or wrong"):
        adversary_harm(funding, replicates=1)


def test_an_unknown_service_is_told() -> None:
    done = CliRunner().invoke(application, ["break-even", "urban-reports", "--service", "report"])
    assert done.exit_code == 2
    assert "reports" in done.output
