"""The population that the model draws has the exclusion and the devotion that surveys gave it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.evaluate import evaluate
from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.metrics import find_metric
from entraide.experiments.evidence.observations import Population
from entraide.experiments.evidence.registry import all_harnesses, all_metrics


def drawn(seed: int = 0) -> Population:
    """Return the adults among 50,000 inhabitants."""
    found = all_harnesses()["population"].simulate(Setting("giving", {"inhabitants": 50_000}, {}, seed))
    assert isinstance(found, Population)
    return found


def four(excluded: tuple[int, ...] = (1, 0, 0, 1)) -> Population:
    """Return four people: young without diploma, young of higher education, two of 75 and over, one of each."""
    return Population(
        age_from=np.array([15, 25, 75, 75]),
        age_to=np.array([24, 39, 120, 120]),
        diploma=np.array([0, 3, 1, 3]),
        excluded=np.array(excluded, np.bool_),
        devotion=np.array([0.5, 1.0, 1.5, 3.0]),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("excluded_share", 2 / 4),
        ("excluded_share_age_15_39", 1 / 2),
        ("excluded_share_age_75_120", 1 / 2),
        ("excluded_share_higher", 1 / 2),
        ("devotion_ratio_old_young", 2.25 / 0.75),
        ("devotion_ratio_low_higher", 1.0 / 2.0),
    ],
)
def test_metrics_by_hand(name: str, value: float) -> None:
    all_metrics()
    assert find_metric(name)(four()) == pytest.approx(value)


def test_nobody_of_an_age_has_no_share() -> None:
    all_metrics()
    assert math.isnan(find_metric("excluded_share_age_40_59")(four()))


def test_children_are_not_among_them_and_seeds_differ() -> None:
    people = drawn()
    assert len(people.excluded) < 50_000
    assert people.age_from.min() == 15
    assert not np.array_equal(drawn(1).devotion, people.devotion)


def test_what_surveys_gave_comes_out_and_a_wrong_figure_does_not_pass() -> None:
    for result in evaluate(load_cases(ids=["P16a", "P17"]), seeds=2):
        for found in result.targets:
            print(result.case.id, found.target.name, found.target.value, found.mean)
            assert found.passed
            assert found.target.role == "check-of-input"
            assert not found.target.low <= found.mean + 0.5 <= found.target.high
