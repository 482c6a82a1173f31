"""Parameters that all draws of a class have in common, steered by one figure each."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.ensembles import ensemble_of
from entraide.experiments.evidence.fit_spaces import STEERED, Steered
from entraide.experiments.evidence.steering import approximate, steered_targets
from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.service_parameters import SERVICE_PARAMETERS

PAIR = (
    Steered("level", "A", "volume", 1e-4, 1e-6, 1.0, 1.0, log=True),
    Steered("slope", "A", "share", 0.5, 0.0, 2.0, -1.0),
)


def world(values: Mapping[str, float], step: int) -> dict[str, float]:
    """Return figures of a world with much chance: each moves with its parameter, and the first with both."""
    chance = np.random.default_rng(step).normal(0.0, 0.4, 2)
    volume = 2e4 * values["level"] * math.exp(0.5 * values["slope"] + chance[0])
    return {"level": volume, "slope": math.exp(-0.9 * values["slope"] + chance[1])}


def test_parameters_settle_where_figures_come_about_as_wanted_in_spite_of_chance() -> None:
    found = approximate(world, PAIR, {"level": 20.0, "slope": 0.5}, steps=200)
    truth = math.log(2.0) / 0.9
    print(found, truth)
    assert found["slope"] == pytest.approx(truth, abs=0.1)
    assert math.log(found["level"]) == pytest.approx(math.log(1e-3) - 0.5 * truth, abs=0.15)


def test_a_figure_that_the_parameter_moves_the_other_way_sends_it_to_its_end() -> None:
    wrong = (PAIR[0], Steered("slope", "A", "share", 0.5, 0.0, 2.0, 1.0))
    found = approximate(world, wrong, {"level": 20.0, "slope": 0.5}, steps=200)
    print(found)
    assert min(abs(found["slope"] - 0.0), abs(found["slope"] - 2.0)) < 0.1


def test_nothing_moves_beyond_its_bounds_for_a_figure_without_a_value() -> None:
    found = approximate(lambda values, step: {"level": 0.0, "slope": math.nan}, PAIR, {"level": 1.0, "slope": 1.0}, 400)
    assert PAIR[0].start < found["level"] <= PAIR[0].high
    assert found["slope"] == pytest.approx(PAIR[1].start)


def test_every_steered_parameter_exists_and_its_figure_is_a_fit_target() -> None:
    parameters = {parameter.name: parameter for parameter in (*SERVICE_PARAMETERS, *CITIZEN_PARAMETERS)}
    cases = load_cases()
    for name, steered in STEERED.items():
        pairs = steered_targets(name, cases)
        assert len(pairs) == len(steered)
        for each, target in pairs:
            assert target.role == "fit"
            for value in (each.low, each.start, each.high):
                parameters[each.parameter].check(value)


def test_what_is_steered_holds_in_evidence_and_enters_no_scenario() -> None:
    for name, steered in STEERED.items():
        ensemble, names = ensemble_of(name), {each.parameter for each in steered}
        assert set(ensemble.common) == names
        assert names <= set(ensemble.draw(3))
        assert not any(names & set(draw) for draw in ensemble.draws)
