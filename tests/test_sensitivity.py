"""Indices of functions whose indices are known, and what chance does to them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray
from planted_studies import factor, planted

from entraide.experiments.analysis.chance import chance_share, needed_for
from entraide.experiments.analysis.sensitivity import Effect, SobolIndex, elementary_effects, sensitivity_of
from entraide.experiments.batch.study_schema import Factorial, Morris, Sobol
from entraide.experiments.variance_components import Components
from entraide.model.errors import InputError

SOBOL = Sobol(kind="sobol", samples=1024)


def _one(values: NDArray[np.float64]) -> Mapping[str, NDArray[np.float64]]:
    return {"cost": values}


def _ishigami(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
    x = np.pi * (2.0 * points - 1.0)
    return _one(np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_ishigami_has_its_analytic_indices() -> None:
    """Ishigami & Homma 1990, a = 7, b = .1; the fourth factor does nothing. Band: .05 around each, at N = 1024."""
    factors = [factor(0, "lever"), factor(0), factor(1), factor(2)]
    found = sensitivity_of(planted(factors, SOBOL, _ishigami), "cost")
    known = ((0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437), (0.0, 0.0))
    for each, (first, total) in zip(found.sobol, known, strict=True):
        print(f"{each.factor.key}: {each.first.value:.3f} ({first}), {each.total.value:.3f} ({total})")
        assert abs(each.first.value - first) < 0.05
        assert abs(each.total.value - total) < 0.05
        assert each.total.interval.low - 0.02 <= total <= each.total.interval.high + 0.02
    assert found.stable
    assert [each.factor.kind for each in found.of_kind("lever")] == ["lever"]


def test_few_samples_are_told_to_be_unstable() -> None:
    """The negative control of the check by half of the samples: with 16 of them, most studies must fail it."""
    told = [
        sensitivity_of(
            planted([factor(n) for n in range(3)], Sobol(kind="sobol", samples=16), _ishigami, seed=seed), "cost"
        )
        for seed in range(20)
    ]
    unstable = sum(each.stable is False for each in told)
    print(f"{unstable} of 20 studies of 16 samples are told to be unstable")
    assert unstable >= 15


def test_a_lever_that_does_nothing_has_an_interval_that_holds_zero() -> None:
    """With 20 % of the variance of the means from chance that settings do not share, and 2 replicates."""
    generator = np.random.default_rng(7)

    def noisy(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
        # Means have variance 1/12 and noise variance v / 2 = a quarter of it.
        return _one(points[:, 0] + generator.normal(0.0, np.sqrt(0.5 / 12.0), len(points)))

    found = sensitivity_of(planted([factor(0), factor(0, "lever")], SOBOL, noisy, replicates=2), "cost")
    idle = next(each for each in found.sobol if each.factor.kind == "lever")
    assert found.chance is not None
    print(f"first {idle.first}, total {idle.total.value:.3f}, chance {found.chance}")
    assert idle.first.interval.holds(0.0)
    # Noise that settings do not share moves with every factor: its share is the floor of total orders.
    assert abs(found.chance.of_means - 0.2) < 0.04
    assert abs(idle.total.value - found.chance.of_means) < 0.08


def test_shared_random_numbers_leave_indices_alone() -> None:
    """What a replicate moves alike in all settings is no floor: common random numbers pay."""

    def shared(points: NDArray[np.float64], replicate: int) -> Mapping[str, NDArray[np.float64]]:
        return _one(points[:, 0] + 10.0 * replicate)

    found = sensitivity_of(planted([factor(0), factor(0, "lever")], SOBOL, shared, replicates=2), "cost")
    idle = next(each for each in found.sobol if each.factor.kind == "lever")
    assert found.chance is not None
    assert abs(idle.total.value) < 1e-9
    assert found.chance.of_means < 1e-9
    assert found.chance.of_runs > 0.9


def test_chance_is_not_told_from_one_replicate() -> None:
    assert chance_share(np.ones((5, 1))) is None
    assert chance_share(np.full((5, 3), np.nan)) is None


def test_morris_finds_slopes_and_bends() -> None:
    """Of 4 a - 2 b + 3 c d: exact slopes for a and b, effects that depend for c and d, none for e."""

    def bent(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
        return _one(4.0 * points[:, 0] - 2.0 * points[:, 1] + 3.0 * points[:, 2] * points[:, 3])

    factors = [factor(number) for number in range(5)]
    runs = planted(factors, Morris(kind="morris", trajectories=40), bent)
    found = sensitivity_of(runs, "cost")
    by_key: dict[str, Effect] = {each.factor.key: each for each in found.effects}
    first, second, third, fourth, idle = (by_key[each.key] for each in factors)
    assert first.mean == pytest.approx(4.0)
    assert second.mean == pytest.approx(-2.0)
    assert second.size.value == pytest.approx(2.0)
    assert max(first.spread.value, second.spread.value) < 1e-9
    for each in (third, fourth):
        assert 1.0 < each.size.value < 2.0
        assert each.spread.value > 0.5
        assert each.spread.interval.low > 0.3
    assert idle.size.interval.high == 0.0
    # Ours, which sigma's interval rests on, are those that SALib averages.
    own = elementary_effects(runs.points.reshape(40, 6, 5), runs.values("cost").mean(axis=1).reshape(40, 6))
    assert np.abs(own).mean(axis=0) == pytest.approx([each.size.value for each in found.effects])
    assert own.std(axis=0, ddof=1) == pytest.approx([each.spread.value for each in found.effects], abs=1e-9)


def test_a_failed_run_costs_its_sample_only() -> None:
    def broken(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
        values = points[:, 0].copy()
        values[[3, 40]] = np.nan
        return _one(values)

    found = sensitivity_of(planted([factor(0), factor(1)], Sobol(kind="sobol", samples=64), broken), "cost")
    assert (found.samples, found.left_out) == (62, 2)
    assert found.sobol[0].total.value == pytest.approx(1.0, abs=0.1)


def test_what_never_varies_has_no_indices() -> None:
    found = sensitivity_of(planted([factor(0), factor(1)], SOBOL, lambda points, _: _one(np.ones(len(points)))), "cost")
    assert found.ranked == ()


@pytest.mark.parametrize("second_order", [False, True])
@pytest.mark.parametrize("odd", [0, 1, 2])
def test_what_hardly_ever_happens_is_not_told_as_known(odd: int, second_order: bool) -> None:
    """One point of hundreds differs: resamples without it have no index, and an interval of width 0 is a lie."""

    def rare(points: NDArray[np.float64], _: int) -> Mapping[str, NDArray[np.float64]]:
        values = np.zeros(len(points))
        values[odd] = 1.0
        return _one(values)

    design = Sobol(kind="sobol", samples=64, second_order=second_order)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sensitivity_of(planted([factor(n) for n in range(3)], design, rare), "cost")
    print([(each.total, each.stable) for each in found.sobol])
    assert all(each.total.half_width >= 0.5 for each in found.sobol)
    assert not found.stable


def test_other_designs_and_outputs_are_refused_with_what_to_do() -> None:
    runs = planted([factor(0)], Factorial(kind="factorial"), lambda points, _: _one(points[:, 0]))
    with pytest.raises(InputError, match="allowed: sobol, morris"):
        sensitivity_of(runs, "cost")
    runs = planted([factor(0)], SOBOL, lambda points, _: {"cost": points[:, 0], "continuity_margin": points[:, 0]})
    with pytest.raises(InputError, match="did you mean 'continuity_margin'"):
        sensitivity_of(runs, "continuity_margn")


def test_the_same_runs_give_the_same_intervals() -> None:
    both = [sensitivity_of(planted([factor(n) for n in range(3)], SOBOL, _ishigami), "cost") for _ in range(2)]
    assert both[0] == both[1]
    assert all(isinstance(each, SobolIndex) for each in both[0].ranked)


def test_replicates_that_a_width_needs() -> None:
    """By hand: with sd .1 within and none between, +-.02 takes t(.975) .1 / sqrt(n) <= .02, n just under 100."""
    chance = Components(20, 20, 0.1, 0.0, 0.0, None)
    asked = needed_for(chance, 0.02)
    print(asked)
    assert asked.states is not None
    assert 96 <= asked.states <= 100
    assert asked.replicates_alone is not None
    assert 5 <= asked.replicates_alone <= 6
    # Where sets of assumptions differ by .2, no number of replicates of 20 of them gives it.
    ignorance = Components(20, 40, 0.1, 0.2, 0.8, None)
    assert needed_for(ignorance, 0.02).replicates_alone is None
    with pytest.raises(ValueError):
        needed_for(chance, 0.0)
