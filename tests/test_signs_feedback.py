"""What became of a contribution: efficacy, trust, and who comes back."""

from __future__ import annotations

import numpy as np
import pytest
from sign_worlds import (
    SEEDS,
    Replicate,
    by_citizen,
    change,
    contributions,
    effect,
    no_effect,
    peninsula,
    photographs,
    replicates,
    reports,
)

from entraide.model.awareness import DEPARTED, UNDECIDED
from entraide.model.fading import TRUST
from entraide.model.intervals import fieller_interval, mean_over_replicates
from entraide.model.simulation import Simulation
from entraide.model.specification import Event, Specification

# First reports of the first two months, each followed for a year after the answer.
FIRST_DAYS, DELAY, FOLLOWED = 60, 14, 365
# Half of all reports get an answer, by the toss of a coin, and nearly all are repaired by then: whether the first one
# was "fixed and acknowledged" is chance alone, inside one world.
COIN = {
    "initial_awareness": 1.0,
    "repair_capacity": 1000.0,
    "acknowledgement_rate": 0.5,
    "acknowledgement_delay": DELAY,
    "backstop_capacity": 0.0,
}


def _second_reports(specification: Specification, seed: int) -> tuple[float, float]:
    """Return the share who report again, among first-time reporters who were pleased and among the others."""
    simulation = Simulation(specification, seed=seed)
    people = simulation.inhabitants
    first, second = np.full(people, -1), np.full(people, -1)
    pleased = np.zeros(people, np.int8)
    involvement = simulation.involvement[0]
    for day in range(specification.days):
        simulation.step()
        actors = simulation.today.acts[0][0]
        first[actors[involvement["times"][actors] == 1]] = day
        second[actors[involvement["times"][actors] == 2]] = day
        if 0 <= day - DELAY < FIRST_DAYS:
            # Those who reported again before the answer, or had left by then, have not been told anything yet.
            told = (first == day - DELAY) & (second < 0) & (involvement["stage"] == UNDECIDED)
            moved = np.sign(involvement["efficacy"].astype(np.int64) - 32768)
            pleased[told] = moved[told]
    again = (second >= 0) & (second - first - DELAY <= FOLLOWED)
    return float(again[pleased > 0].mean()), float(again[pleased < 0].mean())


def _ratio(statement: str, efficacy_drop_out: float, band: tuple[float, float]) -> tuple[float, float, float]:
    people = {"efficacy_drop_out": efficacy_drop_out}
    specification = reports(FIRST_DAYS + DELAY + FOLLOWED, people=people, place=peninsula(), **COIN)
    shares = np.array([_second_reports(specification, seed) for seed in SEEDS])
    interval = fieller_interval(shares[:, 0], shares[:, 1])
    assert interval is not None
    ratio = float(shares[:, 0].mean() / shares[:, 1].mean())
    print(
        f"{statement}: second report {shares[:, 0].mean():.3f} against {shares[:, 1].mean():.3f}, ratio {ratio:.3f} "
        f"[{interval.low:.3f}, {interval.high:.3f}] over {len(shares)} seeds; band {band}"
    )
    return ratio, interval.low, interval.high


@pytest.mark.slow
def test_a_first_report_fixed_and_acknowledged_brings_more_second_reports() -> None:
    # x 1.57 observed, n = 399,364: Sjoberg, Mellon & Peixoto 2017 (accepted: 1.3 to 1.8).
    band = (1.3, 1.8)
    ratio, low, _ = _ratio("first report fixed", 0.75, band)
    assert low > 1.0
    assert band[0] <= ratio <= band[1]


@pytest.mark.long
def test_without_effect_of_efficacy_on_leaving_second_reports_hardly_differ() -> None:
    # What is left: trust 0.575 against 0.39 in altruism, about 0.1 logit with the drift of types.
    band = (0.92, 1.10)
    _, low, high = _ratio("first report fixed, efficacy without effect on leaving", 0.0, band)
    assert band[0] <= low
    assert high <= band[1]


@pytest.mark.slow
def test_an_average_newcomer_leaves_as_often_as_the_parameter_says() -> None:
    # The design: drop_out_first is "the drop-out of an average newcomer after the first time", here 0.67. With the mean
    # devotion of all citizens in the divisor it acted as 0.52, since the devoted come first. Nothing else
    # makes people leave in this world: neither outcomes nor outside reasons.
    left = []
    for seed in SEEDS:
        people = {"efficacy_drop_out": 0.0}
        specification = reports(FIRST_DAYS + FOLLOWED, people=people, departure_rate=0.0, **COIN)
        simulation = Simulation(specification, seed=seed).run(until=FIRST_DAYS)
        newcomers = np.flatnonzero(simulation.involvement["times"][0] > 0)
        simulation.run()
        involvement = simulation.involvement[0][newcomers]
        gone = (involvement["stage"] == DEPARTED) & (involvement["times"] == 1)
        undecided = (involvement["stage"] == UNDECIDED) & (involvement["times"] == 1)
        left.append(float(gone.sum() / (~undecided).sum()) - 0.67)
    mean = mean_over_replicates(left)
    assert mean.value is not None
    assert mean.interval is not None
    print(
        f"newcomers who leave after the first time, minus 0.67: {mean.value:+.4f} "
        f"[{mean.interval.low:+.4f}, {mean.interval.high:+.4f}]; band +-0.05"
    )
    assert abs(mean.value) <= 0.05


def _trust_of_contributors(replicate: Replicate) -> float:
    return float(replicate.trust[by_citizen(replicate) > 0].mean())


PLENTY = {"repair_capacity": 1000.0, "acknowledgement_rate": 0.0}


@pytest.mark.slow
def test_answers_raise_trust() -> None:
    # One success leads from 0.5 to 0.575, one silence to 0.39; nine in ten reports are used; some repeat.
    base, answered = reports(**PLENTY), reports(levers={"acknowledgement_rate": 1.0}, **PLENTY)
    effect(
        "answers, trust of contributors", change(base, answered, _trust_of_contributors, relative=False), (0.08, 0.30)
    )
    above = [_trust_of_contributors(replicate) - 0.5 for replicate in replicates(answered)]
    below = [_trust_of_contributors(replicate) - 0.5 for replicate in replicates(base)]
    effect("all answered, trust above its start", above, (0.01, 0.20))
    effect("none answered, trust under its start", below, (-0.25, -0.05))


@pytest.mark.long
def test_trust_that_does_not_move_is_not_moved_by_answers() -> None:
    still = {"trust_step": 0.0}
    for rate in (0.0, 1.0):
        for replicate in replicates(reports(people=still, levers={"acknowledgement_rate": rate}, **PLENTY)):
            assert (by_citizen(replicate) > 0).any()
            assert np.unique(replicate.trust).size == 1


@pytest.mark.slow
def test_a_loss_of_trust_loses_contributions() -> None:
    # Altruism is worth 0.5 + trust: 0.11 logit are lost, half of people say no to begin with; trust comes back by a
    # tenth in two months. Asked of reports first, the same band was missed (-0.017): a defect left unreported meets
    # more people, so that fewer willing people are called more often.
    shock = Event("trust_shock", 60, 1, 1.0)
    base, shocked = photographs(120), photographs(120, events=(shock,))
    for one, other in zip(replicates(base), replicates(shocked), strict=True):
        assert np.array_equal(one.daily("contributions")[:60], other.daily("contributions")[:60])
    fewer = change(base, shocked, lambda replicate: contributions(replicate, 60, 120))
    effect("all trust lost on day 60, contributions of the next 60 days", fewer, (-0.10, -0.02))


@pytest.mark.long
def test_a_loss_of_trust_does_not_touch_who_is_not_moved_by_altruism() -> None:
    selfish = {"altruism_weight": 0.0}
    base = photographs(120, people=selfish)
    shocked = photographs(120, people=selfish, events=(Event("trust_shock", 60, 1, 1.0),))
    fewer = change(base, shocked, contributions)
    assert (fewer == 0.0).all()


@pytest.mark.parametrize("day", [10, 150])
def test_a_loss_of_trust_strikes_late_as_early(day: int) -> None:
    # Trust is read with what has faded since it was last brought up to date; half of 0.5 is lost whatever the day.
    specification = reports(day + 1, events=(Event("trust_shock", day, 1, 0.5),))
    struck = []
    for seed in SEEDS:
        simulation = Simulation(specification, seed=seed).run(until=day)
        before = _trust_today(simulation, day)
        simulation.step()
        nothing_told = (simulation.involvement["times"][0] == 0) & (simulation.citizens["eligible"] > 0)
        after = _trust_today(simulation, day)
        struck.append(float((after[nothing_told] / before[nothing_told]).mean()) - 0.5)
    no_effect(f"share of trust left by a shock of 0.5 on day {day}, minus 0.5", struck, 0.001)


def _trust_today(simulation: Simulation, day: int) -> np.ndarray:
    """Return everybody's trust on a day, by the closed form of its fading."""
    left = simulation.decay[TRUST][day - simulation.citizens["touched"].astype(np.int64)]
    return np.asarray(0.5 + (simulation.citizens["trust"] / 65535.0 - 0.5) * left)
