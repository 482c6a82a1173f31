"""Distrust, checks, friction, fewer contributions, more distrust: the first day's trust decides which way it goes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from entraide.experiments.elsewhere import elsewhere
from entraide.experiments.runner import run_replicates
from entraide.model.intervals import fieller_interval, mean_over_replicates
from entraide.model.parameters import Value
from entraide.scenarios.loader import load_scenario

SEEDS, DAYS = 20, 300
PLACE = "intercommunality:242900769"
NO_LOOP: Mapping[str, Value] = {"checking_friction": 0.0, "checking_annoyance": 0.0}


def _lives(start: float, **changes: Value) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return by seed the administration's trust at the end and the contributions per prompt."""
    scenario = load_scenario("mutual-trust", {"administration_trust_start": start, **changes}, DAYS)
    outcomes = run_replicates(elsewhere(scenario, PLACE).specification(), replicates=SEEDS)
    trust = np.array([outcome.daily["administration_trust"][-1, 0] for outcome in outcomes])
    # Not contributions: jobs left undone call again, so that over the year nearly as many are done, late.
    accepted = [outcome.daily["contributions"].sum() / outcome.daily["prompted"].sum() for outcome in outcomes]
    return trust, np.array(accepted)


@pytest.mark.long
def test_high_trust_stays_high_and_low_trust_falls() -> None:
    """Bands, written before the run: from trust three in four end over .8, from distrust three in five under .2."""
    high, low = _lives(0.8), _lives(0.2)
    ratio, band = float(low[1].sum() / high[1].sum()), fieller_interval(low[1], high[1])
    print(
        f"trust after {DAYS} days, from .8: {mean_over_replicates(high[0])}, {np.sum(high[0] > 0.8)} of {SEEDS} over "
        f".8; from .2: {mean_over_replicates(low[0])}, {np.sum(low[0] < 0.2)} of {SEEDS} under .2; answers per "
        f"prompt from distrust over those from trust: {ratio:.3f} ({band})"
    )
    assert np.mean(high[0] > 0.8) >= 0.75
    assert np.mean(low[0] < 0.2) >= 0.6
    assert np.mean((low[0] > 0.2) & (low[0] < 0.8)) <= 0.2, "there are two ends, and little between them"
    assert band is not None
    assert 0.4 <= ratio <= 0.8
    assert band.high < 0.9


@pytest.mark.long
@pytest.mark.parametrize(
    ("off", "least_ratio"),
    # Where trust never moves, checks stay as they were on the first day, and cost what they cost, loop or not.
    [(NO_LOOP, 0.8), ({"administration_trust_step": 0.0}, 0.4), ({"trust_on_delivery": 0.0}, 0.8)],
    ids=["checks cost nothing", "trust never moves", "the service does not count"],
)
def test_without_the_loop_the_start_decides_nothing_more(off: Mapping[str, Value], least_ratio: float) -> None:
    """Cut anywhere, trust in the two worlds stays as far apart as it began, or meets."""
    high, low = _lives(0.8, **off), _lives(0.2, **off)
    apart = mean_over_replicates(high[0] - low[0])
    ratio = float(low[1].sum() / high[1].sum())
    print(f"{dict(off)}: trust at the end apart by {apart}, contributions {ratio:.3f}")
    assert apart.value is not None
    assert apart.value <= 0.6 + 1e-9
    assert ratio >= least_ratio
