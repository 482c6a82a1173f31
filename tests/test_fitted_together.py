"""A class that is fitted together: every free parameter is sought in one block, for cases that tell it."""

from __future__ import annotations

import pytest

from entraide.experiments.evidence.calibration import DRAWS, fit_class, fit_targets
from entraide.experiments.evidence.case import load_cases
from entraide.experiments.evidence.ensembles import ensemble_of
from entraide.experiments.evidence.fit_spaces import FIT_SPACES, FITTED_TOGETHER


@pytest.mark.parametrize("service_class", FITTED_TOGETHER)
def test_blocks_hold_each_free_parameter_once_and_name_cases_with_fitted_figures(service_class: str) -> None:
    blocks = FITTED_TOGETHER[service_class]
    named = [name for _, names in blocks for name in names]
    assert sorted(named) == sorted(FIT_SPACES[service_class])
    fitted = {case.id for case in load_cases() if case.service_class == service_class and fit_targets(case)}
    assert {case for cases, _ in blocks for case in cases} == fitted


@pytest.mark.parametrize("service_class", FITTED_TOGETHER)
def test_draws_lie_where_they_were_sought_and_differ(service_class: str) -> None:
    ensemble = ensemble_of(service_class)
    assert ensemble.fitted
    assert len(ensemble.draws) == DRAWS
    for name, sought in FIT_SPACES[service_class].items():
        values = [float(draw[name]) for draw in ensemble.draws]
        print(f"{name}: {min(values):.3g} to {max(values):.3g}, sought in {sought.low:g} to {sought.high:g}")
        assert all(sought.low <= value <= sought.high for value in values)
        assert len(set(values)) > DRAWS // 2


def test_a_few_trials_of_a_block_already_come_nearer_than_the_defaults() -> None:
    """Eight trials a block and for each case; the loss of the declared defaults is near 1,000."""
    cases = [case for case in load_cases() if case.id in ("C10", "P8")]
    fit = fit_class("giving", cases, trials=8, seeds=1)
    print(f"{len(fit.trials)} trials, least loss {fit.best.total:.1f}")
    assert len(fit.trials) == 16
    assert fit.best.total < 150.0
