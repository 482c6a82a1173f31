"""Changes move what they name, are told when they cannot, and leave the reference of levers and norms alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lever_changes import change_that_acts
from scenario_files import HEAD, write

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.loader import load_scenario, parse_changes

SECOND_SERVICE = """
[services.lamps]
kind = "queue"
class = "hands-on"
title = {en = "Lamps", fr = "Lampes"}
administration_only = {source = "assumption: none"}
"""


def test_reference_keeps_levers_and_norms_but_believes_assumptions() -> None:
    changes: dict[str, Value] = {
        "acknowledgement_rate": 0.9,
        "norm_delay": 21,
        "needs_rate": 50.0,
        "administration_only.staff_capacity": 4.0,
        "spare_minutes": 40.0,
    }
    before = load_scenario("urban-reports")
    after = load_scenario("urban-reports", changes)
    (old,), (new,) = before.services, after.services
    assert (new.parameters["acknowledgement_rate"], new.reference["acknowledgement_rate"]) == (0.9, 0.5)
    assert (new.parameters["norm_delay"], new.reference["norm_delay"]) == (21, 14)
    assert new.parameters["needs_rate"] == new.reference["needs_rate"] == 50.0
    assert new.administration_only["staff_capacity"] == 4.0
    assert after.citizens["spare_minutes"] == 40.0
    assert after.changes == changes
    assert before.changes == {}
    moved = {key for key in SERVICE if new.reference[key] != old.reference[key]}
    assert moved == {"needs_rate"}


@pytest.mark.parametrize("key", sorted(SERVICE))
def test_reference_follows_the_kind_of_each_parameter(key: str) -> None:
    parameter = SERVICE[key]
    name, moved, changes = change_that_acts(key)
    before, after = (
        next(service for service in load_scenario(name, made).services if service.name == moved)
        for made in ({}, changes)
    )
    value = after.parameters[key]
    assert value != before.parameters[key]
    assert value in changes.values()
    expected = before.parameters[key] if parameter.kind in ("lever", "norm") else value
    assert after.reference[key] == expected


def test_changes_are_read_from_the_command_line() -> None:
    texts = [
        "fun=1.5",
        "norm_delay = 21",
        "badges=False",
        "reward_medium=credit",
        "reports.needs_rate=5e1",
        "spare_minutes=30",
    ]
    changes = parse_changes(texts)
    assert changes == {
        "fun": 1.5,
        "norm_delay": 21,
        "badges": False,
        "reward_medium": "credit",
        "reports.needs_rate": 50.0,
        "spare_minutes": 30.0,
    }
    assert [type(value) for value in changes.values()] == [float, int, bool, str, float, float]
    assert load_scenario("urban-reports", changes).services[0].parameters["needs_rate"] == 50.0
    assert parse_changes([]) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fun", "must be written key=value (given: 'fun'). E.g. --set fun=1.5"),
        ("=3", "must be written key=value"),
        ("fnu=1.5", "--set fnu: unknown parameter. did you mean 'fun'?"),
        ("fun=much", "must be a number, without quotation marks and without its unit (given: 'much'). allowed: 0 to 2"),
        ("norm_delay=2,5", "Write 2.5: it is read in d"),
        ("norm_delay=14 d", "(given: '14 d'). allowed: 1 to 365 d. Write 14: it is read in d"),
        ("fun=nan", "must be a finite number"),
        ("fun=3", "--set fun: is out of bounds (given: 3). allowed: 0 to 2"),
        ("norm_delay=10.5", "must be a whole number"),
        ("badges=yes", "must be true or false (given: 'yes')"),
        ("reward_medium=gold", "is not one of the choices (given: 'gold'). allowed: none, thanks, credit, cash"),
        ("days=30", "Use the option --days"),
        ("staff_capacity=3", "did you mean 'administration_only.staff_capacity'?"),
        ("administration_only.fun=1", "did you mean 'fun'?"),
        ("reports.spare_minutes=30", "Write spare_minutes: one value holds for all citizens"),
    ],
)
def test_change_that_cannot_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_changes([text])
    assert told in str(caught.value)


def test_change_given_twice_is_told() -> None:
    with pytest.raises(InputError, match="--set fun: is given twice"):
        parse_changes(["fun=1", "fun=1.5"])
    with pytest.raises(InputError, match="moves the same parameter as 'fun'"):
        load_scenario("urban-reports", {"fun": 1.0, "reports.fun": 1.5})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"fun": "1.5"}, "change 'fun': must be a number, without quotation marks"),
        ({"fun": None}, "change 'fun': must be a number"),
        ({"lamp.fun": 1.5}, "unknown service (given: 'lamp'). allowed: reports"),
        ({"report.fun": 1.5}, "did you mean 'reports'?"),
        ({"reward_rate": 5.0}, "change 'reward_rate': reward_rate is above 0 but reward_medium is none"),
        (
            {"norm_delay": 200},
            "urban-reports.toml: services.reports.need_lifetime: need_lifetime must exceed norm_delay",
        ),
        ({"reports.need_lifetime": 10}, "change 'reports.need_lifetime': need_lifetime must exceed norm_delay"),
        (
            {"trust_step": 0.6, "disappointment_ratio": 3.0},
            "change 'trust_step': trust_step times disappointment_ratio",
        ),
    ],
)
def test_change_that_cannot_be_made_is_told(changes: dict[str, Value], told: str) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario("urban-reports", changes)
    assert told in str(caught.value)


def test_several_services_must_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + SECOND_SERVICE)
    assert load_scenario(path).service_names == ("reports", "lamps")
    with pytest.raises(InputError) as caught:
        load_scenario(path, {"fun": 1.5})
    assert "there are several. allowed: reports, lamps. Write reports.fun." in str(caught.value)
    changes: dict[str, Value] = {"lamps.fun": 1.5, "lamps.administration_only.staff_lag": 9, "spare_minutes": 30}
    scenario = load_scenario(path, changes)
    reports, lamps = scenario.services
    assert (reports.parameters["fun"], lamps.parameters["fun"]) == (1.0, 1.5)
    assert (reports.administration_only["staff_lag"], lamps.administration_only["staff_lag"]) == (5, 9)
    with pytest.raises(InputError, match=r"Write reports\.administration_only\.staff_lag"):
        load_scenario(path, {"administration_only.staff_lag": 9})


def test_numbers_of_numpy_are_numbers() -> None:
    scenario = load_scenario(
        "urban-reports", {"fun": np.float32(1.5), "norm_delay": np.int64(10), "badges": np.bool_(False)}
    )  # type: ignore[dict-item]
    values = scenario.services[0].parameters
    assert (values["fun"], values["norm_delay"], values["badges"]) == (1.5, 10, False)
    assert [type(values[key]) for key in ("fun", "norm_delay", "badges")] == [float, int, bool]
