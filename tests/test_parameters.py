"""Every parameter is declared whole: words in both languages, unit, bounds that hold its values, and a source."""

from __future__ import annotations

import re

import pytest

from entraide.model.administration_parameters import ADMINISTRATION_ONLY_PARAMETERS
from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.errors import InputError
from entraide.model.parameters import KINDS, Parameter, by_name
from entraide.model.service_classes import (
    SERVICE_CLASS_CITIZENS,
    SERVICE_CLASS_SOURCES,
    SERVICE_CLASSES,
    preset_of,
)
from entraide.model.service_parameters import SERVICE_PARAMETERS

SCOPES = {
    "citizens": CITIZEN_PARAMETERS,
    "service": SERVICE_PARAMETERS,
    "administration_only": ADMINISTRATION_ONLY_PARAMETERS,
}
EVERY = [parameter for parameters in SCOPES.values() for parameter in parameters]
NUMBERS = [parameter for parameter in EVERY if not isinstance(parameter.default, (bool, str))]
EACH = pytest.mark.parametrize("parameter", EVERY, ids=lambda parameter: parameter.name)
EACH_NUMBER = pytest.mark.parametrize("parameter", NUMBERS, ids=lambda parameter: parameter.name)
# In French a narrow no-break space stands before these marks and after an opening quotation mark.
FRENCH_FAULT = re.compile(r"[^\u202f][;:?!%»]|«[^\u202f]|\d\.\d")
TEXTS = ("label_en", "label_fr", "help_en", "help_fr", "source")


def test_scopes_are_what_they_say() -> None:
    for scope, parameters in SCOPES.items():
        assert parameters
        assert {parameter.scope for parameter in parameters} == {scope}


def test_names_are_unique_over_all_scopes() -> None:
    names = [parameter.name for parameter in EVERY]
    assert len(set(names)) == len(names), "a change names a parameter without its scope"


@EACH
def test_words_and_source_are_there(parameter: Parameter) -> None:
    for text in TEXTS:
        written = getattr(parameter, text)
        assert len(written) >= 3, text
        assert written == written.strip(), text
        assert "\n" not in written, text
    assert parameter.unit
    assert parameter.kind in KINDS
    assert len(parameter.label_en) <= 60
    assert len(parameter.label_fr) <= 70
    assert parameter.help_en.endswith(".")
    assert parameter.help_fr.endswith(".")
    assert parameter.source != "assumption"


@EACH
def test_french_is_set_as_french(parameter: Parameter) -> None:
    for text in (parameter.label_fr, parameter.help_fr):
        assert not FRENCH_FAULT.search(text), text
    for text in (parameter.label_en, parameter.help_en, parameter.source):
        assert "\u202f" not in text, text
    assert parameter.help_fr != parameter.help_en


@EACH_NUMBER
def test_help_says_what_more_means(parameter: Parameter) -> None:
    assert "More: " in parameter.help_en, 'the English help says "More: " and what follows from a higher value'
    assert re.search(r"Plus (il|elle|elles|ils) (est|sont) \w+\u202f: ", parameter.help_fr), (
        "the French help says exactly « Plus il (elle, ils, elles) est (sont) », one word, a narrow space, a colon"
    )


@EACH
def test_default_is_allowed(parameter: Parameter) -> None:
    value = parameter.check(parameter.default)
    assert value == parameter.default
    assert type(value) is type(parameter.default)


@EACH_NUMBER
def test_scan_lies_within_bounds_around_the_default(parameter: Parameter) -> None:
    assert parameter.bounds is not None
    low, high = parameter.bounds
    assert low < high
    if parameter.scan is not None:
        assert parameter.kind == "assumption", "levers and norms are chosen, not scanned"
        assert low <= parameter.scan[0] < parameter.scan[1] <= high
        assert parameter.scan[0] <= parameter.default <= parameter.scan[1]


@EACH_NUMBER
def test_values_beyond_the_bounds_are_refused(parameter: Parameter) -> None:
    assert parameter.bounds is not None
    for value in (parameter.bounds[0] - 1, parameter.bounds[1] + 1, float("nan"), float("inf"), "1", True, None):
        with pytest.raises(InputError):
            parameter.check(value)


def test_choices_and_truth_values_need_no_bounds() -> None:
    others = [parameter for parameter in EVERY if parameter not in NUMBERS]
    assert others
    for parameter in others:
        assert parameter.bounds is None
        assert parameter.scan is None
        if isinstance(parameter.default, str):
            assert parameter.choices is not None
            assert parameter.default in parameter.choices
            assert len(set(parameter.choices)) == len(parameter.choices) >= 2


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("label", ["label_en", "label_fr"])
def test_labels_tell_parameters_apart(scope: str, label: str) -> None:
    labels = [getattr(parameter, label) for parameter in SCOPES[scope]]
    assert len(set(labels)) == len(labels)


def test_steps_alone_cannot_break_the_rule_of_updates() -> None:
    citizens = by_name(CITIZEN_PARAMETERS)
    ratio = citizens["disappointment_ratio"]
    for name in ("efficacy_step", "trust_step"):
        assert float(citizens[name].default) * float(ratio.default) < 1


@pytest.mark.parametrize("name", SERVICE_CLASSES)
def test_class_values_are_allowed(name: str) -> None:
    for values, parameters in (
        (SERVICE_CLASSES[name], SERVICE_PARAMETERS),
        (SERVICE_CLASS_CITIZENS[name], CITIZEN_PARAMETERS),
    ):
        declared = by_name(parameters)
        for key, value in values.items():
            assert declared[key].check(value) == value
            assert type(value) is type(declared[key].default), key
    assert set(preset_of(name)) == {*SERVICE_CLASSES[name], *SERVICE_CLASS_CITIZENS[name]}


# What makes a class: without one of these the default of a service would stand in its place, which is of no class.
_EVERY_CLASS_SAYS = {
    "drop_out_first", "prompt_rate", "prompt_fading", "session_tasks", "session_tasks_log_sd", "departure_rate",
    "minutes_per_task", "intercept_acceptance", "satiation_per_task", "need_prompted", "on_site", "by_appointment",
}  # fmt: skip


def test_every_class_says_what_makes_a_class_and_has_a_source() -> None:
    assert set(SERVICE_CLASS_SOURCES) == set(SERVICE_CLASSES) == set(SERVICE_CLASS_CITIZENS)
    for name, preset in SERVICE_CLASSES.items():
        assert set(preset) >= _EVERY_CLASS_SAYS, name
        assert len(SERVICE_CLASS_SOURCES[name]) > 30


def test_values_that_nothing_was_fitted_to_are_those_of_the_table() -> None:
    # class: minutes, fading, further tasks, acceptance, need prompts, on the spot, by appointment; None where fitted.
    table = {
        "online-micro-task-loyal": (0.3, 0.9, None, 0.5, False, False, False),
        "online-micro-task": (0.3, 0.9, None, 0.5, False, False, False),
        "knowledge-commons": (15, None, None, 0.5, False, False, False),
        "tiny-one-shot": (10, 0.9, None, 0.5, False, False, False),
        "crisis": (15, 0.9, None, 0.5, False, False, False),
        "field-observation": (30, None, None, 0.5, False, True, False),
        "urban-report": (3, 0, None, 0.5, True, True, False),
        "hands-on": (60, 0, 400, 0.8, True, True, True),
        "responder": (20, 0, 0, 0.5, True, True, False),
        "giving": (5, 0, 0, None, False, False, False),
    }
    keys = (
        "minutes_per_task", "prompt_fading", "session_tasks", "intercept_acceptance", "need_prompted", "on_site",
        "by_appointment",
    )  # fmt: skip
    assert set(table) == set(SERVICE_CLASSES)
    for name, values in table.items():
        for key, value in zip(keys, values, strict=True):
            assert value is None or SERVICE_CLASSES[name][key] == value, (name, key)


def test_a_name_declared_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        by_name((*CITIZEN_PARAMETERS, CITIZEN_PARAMETERS[0]))
