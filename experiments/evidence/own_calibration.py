"""Calibration on a user's own contributions: what they look like, the fitted ensemble, its fit, a forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.experiments.runner import check_numbers
from entraide.model.errors import InputError, nearest_name
from entraide.model.parameters import Value
from entraide.model.service_classes import SERVICE_CLASSES

from .ensembles import ensemble_of
from .forecast import ForecastCheck, check_forecast
from .metrics import find_metric
from .observations import History
from .own_data import OwnData
from .own_fit import FIT_METRICS, OwnFit, Simulate, fit_history, month_factors, simulator

__all__ = [
    "DESCRIBED",
    "Calibration",
    "Goodness",
    "calibrate",
    "check_class",
    "check_size",
    "describes",
    "forecast_of",
    "goodness",
]

# What is told of the data, in this order.
DESCRIBED = (
    *("mean_tasks", "median_tasks", "mean_active_days", "once_only_share", "one_day_share", "gini", "top_share_10"),
    *(
        "survival_1",
        "survival_7",
        "survival_30",
        "survival_90",
        "survival_365",
        "burstiness",
        "median_gap",
        "spike_days",
        "later_activity_ratio",
    ),
)
FEWEST_PEOPLE = 20
FEWEST_DAYS = 60
# A figure is reproduced when its simulated mean lies within so many tolerances: the band of an observed project.
_BAND = 2.0
# A fit that reproduces fewer of the figures is said not to describe the data.
_GOOD_SHARE = 0.75
# Classes whose work follows the seasons: how active people are by month is then taken from the data.
_SEASONAL = ("field-observation",)


@dataclass(frozen=True)
class Goodness:
    """How well one figure is reproduced.

    Attributes
    ----------
    metric : its name.
    observed : in the data.
    simulated, low, high : mean and central 80 % range over the weighted draws.
    reproduced : whether the mean lies within the tolerance.
    """

    metric: str
    observed: float
    simulated: float
    low: float
    high: float
    reproduced: bool


@dataclass(frozen=True)
class Calibration:
    """What calibration found.

    Attributes
    ----------
    data : the contributions as they were read.
    metrics : name -> value, nan where it has none; those of DESCRIBED.
    fit : the fitted ensemble.
    goodness : by figure of the fit.
    class_fitted : False where the class has no fitted ensemble and its preset stood in.
    forecast : None unless asked for.
    """

    data: OwnData
    metrics: Mapping[str, float]
    fit: OwnFit
    goodness: tuple[Goodness, ...]
    class_fitted: bool
    forecast: ForecastCheck | None


def check_class(service_class: str) -> str:
    """Return the class; InputError where there is none of this name."""
    if service_class not in SERVICE_CLASSES:
        raise InputError(
            {"en": "unknown class of service", "fr": "classe de services inconnue"}
            if service_class
            else {"en": "no class of service is given", "fr": "aucune classe de services n'est donnée"},
            where="--class",
            value=service_class or None,
            allowed=", ".join(SERVICE_CLASSES),
            nearest=nearest_name(service_class, SERVICE_CLASSES),
        )
    return service_class


def check_size(data: OwnData) -> None:
    """Refuse a history that is too small; InputError tells what it lacks."""
    longer = "Bring a longer history; if the last days had no contribution, say until when with --until"
    more = "Bring the contributions of more people, one line for each"
    for what, found, fewest, remedy in (
        ("people", data.history.people, FEWEST_PEOPLE, more),
        ("days", data.history.horizon, FEWEST_DAYS, longer),
    ):
        if found < fewest:
            raise InputError(
                f"too few {what} to calibrate with",
                where=data.file,
                value=found,
                allowed=f"{fewest} {what} or more",
                remedy=remedy,
            )


def calibrate(
    data: OwnData,
    service_class: str,
    *,
    forecast: bool = False,
    trials: int = 300,
    seed: int = 1,
    stage: Callable[[str], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Calibration:
    """Fit a class of service to a history, and check a forecast where it is asked for.

    Parameters
    ----------
    trials : points of the search; 0 weighs the class's ensemble alone.
    stage : told "fit", then "forecast".
    progress : told the steps done of a stage and those there are.

    Raises
    ------
    InputError : unknown class; a seed below 0; too few people or days.
    """
    history = data.history
    check_class(service_class)
    check_numbers(seed=seed)
    check_size(data)
    if stage is not None:
        stage("fit")
    fit, _ = _fitted(history, service_class, trials, seed, progress)
    checked = None
    if forecast:
        if stage is not None:
            stage("forecast")
        checked = forecast_of(history, service_class, trials=trials, seed=seed, progress=progress)
    return Calibration(
        data=data,
        metrics={name: find_metric(name)(history) for name in DESCRIBED},
        fit=fit,
        goodness=goodness(fit),
        class_fitted=ensemble_of(service_class).fitted,
        forecast=checked,
    )


def forecast_of(
    history: History,
    service_class: str,
    *,
    draws: Sequence[Mapping[str, Value]] | None = None,
    trials: int = 300,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> ForecastCheck:
    """Fit a class to the first two thirds of a history and forecast the rest.

    Parameters
    ----------
    draws : where the fit starts; None: the class's ensemble.
    trials : points of the search; 0 weighs the draws alone.
    progress : told the steps done of a stage and those there are.

    Raises
    ------
    InputError : the history is too small.
    """

    def fit(known: History) -> tuple[Sequence[Mapping[str, Value]], NDArray[np.float64], Simulate]:
        found, simulate = _fitted(known, service_class, trials, seed, progress, draws)
        return found.draws, found.weights, simulate

    return check_forecast(history, fit, seed=seed, progress=progress)


def _fitted(
    known: History,
    service_class: str,
    trials: int,
    seed: int,
    progress: Callable[[int, int], None] | None,
    draws: Sequence[Mapping[str, Value]] | None = None,
) -> tuple[OwnFit, Simulate]:
    months = month_factors(known) if service_class in _SEASONAL else None
    simulate = simulator(service_class, months, known.start)
    # A draw that names few parameters stands on the class's preset.
    start = ensemble_of(service_class).draws if draws is None else draws
    whole = [{**SERVICE_CLASSES[service_class], **draw} for draw in start]
    return fit_history(known, service_class, whole, simulate, trials=trials, seed=seed, progress=progress), simulate


def describes(goodness: Sequence[Goodness]) -> bool:
    """Tell whether a fit reproduces enough of the figures to be used."""
    return sum(each.reproduced for each in goodness) >= _GOOD_SHARE * len(goodness)


def goodness(fit: OwnFit) -> tuple[Goodness, ...]:
    """Return how well each figure is reproduced."""
    mean, (low, high) = fit.mean(), fit.range()
    found = []
    for place, name in enumerate(fit.metrics):
        distance = FIT_METRICS[name].distance(mean[place : place + 1], float(fit.observed[place]))[0]
        found.append(
            Goodness(
                metric=name,
                observed=float(fit.observed[place]),
                simulated=float(mean[place]),
                low=float(low[place]),
                high=float(high[place]),
                reproduced=bool(abs(distance) <= _BAND),
            )
        )
    return tuple(found)
