"""Why a lever, a measure or an event is refused is told in English and in French, and says the same in both."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator

import pytest
from french_words import english_words, faults_of_french, left_over
from typer.testing import CliRunner

from entraide.command_line import application
from entraide.experiments import stress_refusals
from entraide.model.errors import InputError, Words
from entraide.model.event_kinds import EVENT_KINDS
from entraide.model.production_names import KIND_NAMES
from entraide.scenarios import lever_sense
from entraide.scenarios.declarations import ALL
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.measure_proposals import proposals
from entraide.scenarios.measures import library
from entraide.scenarios.reading import shipped_names
from entraide.viz.locales import localised

# What a program reads or fills in keeps its own spelling: places to fill, keys, values.
CODE = re.compile(
    r"""
    [\w.-]+\.toml:\s | `[^`]*` | '[^']+' | \{[^}]*\} | --[a-z-]+
    | (?<=service\ )[\w-]+(?=,)
    | \b[a-z]+(?:_[a-z]+)+\b(?:\ ?=\ ?"?[\w.-]+"?)?
    | \b\w+=\S+ | (?<==\ )\S+
    """,
    re.VERBOSE,
)
KINDS = re.compile("|".join(sorted(KIND_NAMES, key=len, reverse=True)))


def prose(text: str) -> str:
    """Return a French text as it is shown, what is code in it replaced."""
    return KINDS.sub("x", CODE.sub("x", localised(text, "fr")))


def faults_of_prose(text: str) -> list[str]:
    # "Place" is a word of both languages.
    english = [word for word in english_words(prose(text)) if word != "place"]
    return english + faults_of_french(prose(text)) + left_over(prose(text))


def declared() -> Iterator[tuple[str, Words]]:
    """Yield every reason that is declared, with the name of what it refuses."""
    for lever, (_, reason) in lever_sense._NEEDS.items():
        yield lever, reason
    for (kind, key), reason in lever_sense.UNREAD.items():
        yield f"{key} in {kind}", reason
    for parameter in ALL.values():
        if parameter.lever is not None and parameter.lever.kinds:
            yield parameter.name, {"en": parameter.lever.elsewhere_en, "fr": parameter.lever.elsewhere_fr}
    for event, (_, reason) in stress_refusals._REFUSALS.items():
        yield event, reason
    for kind in EVENT_KINDS:
        for key, reason in kind.refuses.items():
            yield f"{key} of {kind.name}", reason
    for measure in library().values():
        for test in measure.needs:
            yield measure.name, test.otherwise


def met() -> Iterator[tuple[str, Words]]:
    """Yield every reason for which a scenario of the package refuses a measure, its places filled."""
    for name in shipped_names():
        for proposal in proposals(load_scenario(name)):
            if proposal.reason is not None:
                yield f"{proposal.measure.name} in {name}", proposal.reason


def faults(reason: Words) -> list[str]:
    """Return what keeps a reason from being said in both languages."""
    found = [language for language in ("en", "fr") if not reason.get(language)]
    if found:
        return found
    placeholders = {
        language: sorted(re.findall(r"\{\w+\}|\b[a-z]+(?:_[a-z]+)+\b", reason[language])) for language in reason
    }
    if placeholders["en"] != placeholders["fr"]:
        found.append(f"{placeholders['en']} is not {placeholders['fr']}")
    if reason["en"] == reason["fr"]:
        found.append("not translated")
    return found + faults_of_prose(CODE.sub("x", reason["fr"]))


def test_each_declared_reason_is_said_in_both_languages() -> None:
    reasons = list(declared())
    print(f"{len(reasons)} reasons")
    assert len(reasons) > 60
    assert {name: faults(reason) for name, reason in reasons if faults(reason)} == {}


def test_each_reason_that_a_scenario_meets_is_said_in_both_languages() -> None:
    reasons = list(met())
    print(f"{len(reasons)} refusals")
    assert len(reasons) > 100
    assert {name: faults(reason) for name, reason in reasons if faults(reason)} == {}


@pytest.mark.parametrize(
    "reason",
    [
        {"en": "no desk is offered"},
        {"en": "no desk is offered", "fr": ""},
        {"en": "no desk is offered", "fr": "no desk is offered"},
        {"en": "set desk_offered too", "fr": "il n'y a pas de guichet"},
        {"en": "of {kind}", "fr": "de type {name}"},
        {"en": "no desk: set it", "fr": "pas de guichet: à régler"},
    ],
)
def test_a_reason_that_says_less_in_french_is_found(reason: Words) -> None:
    assert faults(reason)


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "urban-reports", "--set", "phone_friction=1"],
        ["run", "urban-reports", "--set", "answers_per_task=5"],
        ["run", "urban-reports", "--set", "shared_tools=true"],
        ["run", "urban-reports", "--set", "need_lifetime=3"],
        ["run", "urban-reports", "--set", "share_free_riders=0.9"],
        ["run", "urban-reports", "--set", "reward_rate=3"],
        ["run", "patient-forum", "--set", "norm_delay=3"],
        ["run", "urban-reports", "--measure", "gold-tasks"],
        ["run", "urban-reports", "--measure", "telefone"],
        ["stress", "species-id", "--events", "lockdown"],
        ["stress", "species-id", "--events", "outag"],
        ["stress", "species-id", "--size", "outage=2"],
    ],
    ids=" ".join,
)
def test_a_refusal_is_told_in_the_language_that_was_asked_for(arguments: list[str]) -> None:
    told = {}
    for language in ("en", "fr"):
        finished = CliRunner().invoke(application, [*arguments, "--lang", language])
        assert finished.exit_code == 2, finished.output
        (told[language],) = finished.stderr.splitlines()
    print(told["fr"])
    assert told["en"] != told["fr"]
    assert faults_of_prose(told["fr"].removeprefix("entraide: ")) == []


def test_a_fault_told_in_english_alone_is_not_mixed_with_french() -> None:
    fault = InputError("unknown key", where="x.toml", value=3, allowed="a, b", nearest="a", remedy="Write a")
    assert fault.told("fr") == fault.told("en") == str(fault)


def test_a_fault_survives_a_change_of_process() -> None:
    fault = InputError(
        {"en": "does nothing", "fr": "ne fait rien"}, where="--set", remedy={"en": "Leave it", "fr": "Retirez"}
    )
    again = pickle.loads(pickle.dumps(fault))
    assert (again.told("fr"), str(again)) == ("--set\u202f: ne fait rien. Retirez.", "--set: does nothing. Leave it.")
