"""Rankings: families of designs that do not cry wolf, and bands that support their verdicts in any order."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.experiments.comparison import Comparison, compare_many, rank
from entraide.experiments.pairing import ReplicateSet
from entraide.experiments.verdicts import (
    Measure,
    judge,
)

MEAN = Measure("share", kind="mean", smallest_difference=0.02, lower_is_better=False)


def _design(name: str, keys: range | list[int] | None = None, **values: object) -> ReplicateSet:
    series = {measure: np.asarray(numbers, np.float64) for measure, numbers in values.items()}
    length = len(next(iter(series.values())))
    return ReplicateSet(name, tuple(range(length) if keys is None else keys), series)


def _family(rng: np.random.Generator, effects: list[float], spread: float, pairs: int = 20) -> tuple[Comparison, ...]:
    base = rng.normal(0.7, 0.1, size=pairs)
    designs = [_design(f"d{i}", share=base + e + rng.normal(0, spread, pairs)) for i, e in enumerate(effects)]
    return compare_many(_design("today", share=base), designs, [MEAN])


@pytest.mark.long
def test_a_ranking_of_levers_without_effect_seldom_names_one() -> None:
    """Written before the run, 1,500 families of eight: at most .065 name any; judged one by one, over .25 do."""
    rng = np.random.default_rng(12)
    together = alone = 0
    for _ in range(1500):
        found = [comparison.of("share") for comparison in _family(rng, [0.0] * 8, 0.2)]
        together += any(difference.verdict in ("better", "worse") for difference in found)
        alone += any(difference.p_value < 0.05 for difference in found)
    print(f"1,500 families: {together / 1500:.3f} together, {alone / 1500:.3f} one by one")
    assert together / 1500 <= 0.065
    assert alone / 1500 > 0.25


def test_a_ranking_seldom_calls_a_difference_negligible_that_is_not() -> None:
    """Eight levers whose effect is just over what matters. Written before the run, 1,500 families: at most .065."""
    rng = np.random.default_rng(13)
    wrong = bare = 0
    for _ in range(1500):
        found = [comparison.of("share") for comparison in _family(rng, [0.0201] * 8, 0.01)]
        wrong += any(difference.verdict == "no_difference_that_matters" for difference in found)
        for difference in found:
            assert difference.spread is not None
            assert difference.difference is not None
        highs = [d.difference + 2.093 * d.spread / math.sqrt(20) for d in found]  # type: ignore[operator]
        bare += any(high <= 0.02 for high in highs)
    print(f"1,500 families: {wrong / 1500:.3f}, one by one {bare / 1500:.3f}")
    assert wrong / 1500 <= 0.065
    assert bare / 1500 > 0.10


def test_holm_finds_more_than_the_same_level_for_all_would() -> None:
    rng = np.random.default_rng(14)
    base = rng.normal(0.7, 0.1, size=20)
    noise = rng.normal(size=20)
    noise = (noise - noise.mean()) / noise.std(ddof=1)
    # Paired t of 6 for the first, 2.5 for the second: p = .02 passes at .05, not at .05/2.
    designs = [_design("strong", share=base + 0.6 + 0.1 * math.sqrt(20) * noise)]
    designs += [_design("weak", share=base + 0.25 + 0.1 * math.sqrt(20) * noise * 1.07)]
    strong, weak = (c.of("share") for c in compare_many(_design("today", share=base), designs, [MEAN]))
    assert 0.025 < weak.p_value < 0.05
    assert (strong.verdict, weak.verdict) == ("better", "better")
    assert strong.adjusted_p_value == pytest.approx(2 * strong.p_value)
    assert strong.band is not None
    assert weak.band is not None
    assert strong.band.level == pytest.approx(0.975)
    assert weak.band.level == pytest.approx(0.95)
    assert weak.excludes_zero
    assert weak.family == 2


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from([-0.4, -0.1, 0.0, 0.01, 0.3]), min_size=6, max_size=6), min_size=1, max_size=6),
    st.randoms(),
)
def test_every_band_supports_its_verdict_and_order_changes_nothing(changes: list[list[float]], random: object) -> None:
    base = np.linspace(0.4, 0.8, 6)
    designs = [_design(f"d{i}", share=base + np.array(change)) for i, change in enumerate(changes)]
    today = _design("today", share=base)
    found = {c.candidate: c for c in compare_many(today, designs, [MEAN])}
    order = list(range(6))
    random.shuffle(order)  # type: ignore[attr-defined]
    random.shuffle(designs)  # type: ignore[attr-defined]
    turned = [ReplicateSet(d.name, tuple(order), {"share": d.values["share"][order]}) for d in designs]
    again = {c.candidate: c for c in compare_many(today, turned, [MEAN])}
    for name, comparison in found.items():
        difference, other = comparison.of("share"), again[name].of("share")
        assert difference.verdict == other.verdict
        assert difference.band is not None
        assert other.band is not None
        assert (difference.band.low, difference.band.high) == pytest.approx((other.band.low, other.band.high), abs=1e-9)
        if difference.verdict in ("better", "worse"):
            assert difference.excludes_zero
            assert (difference.band.low > 0) == (difference.verdict == "better")
        else:
            assert difference.verdict == judge(difference.band, 0.02, lower_is_better=False)
        assert (difference.verdict == "cannot_tell") >= (difference.enough_pairs is not None)
    names = [c.candidate for c in rank(list(found.values()), "share")]
    gains = [found[name].of("share").improvement or 0.0 for name in names]
    assert gains == sorted(gains, reverse=True)
