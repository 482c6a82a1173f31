"""Fitting a class of service to one history: which draws of its parameters give people who behave like these.

Arrivals are taken from the history; what people do after they arrived is simulated and compared by metrics that are
computed by the same code on both. The class's ensemble is weighed first; then points spread evenly over the whole space
(Sobol's sequence) and a search near the best of them by tree-structured Parzen estimators (Bergstra et al. 2011), both
as packaged in Optuna. Figures count by their tolerance and by how much they vary by chance among so few people. A draw
weighs the less the more points were tried near it: a search looks longest where it began, and its points alone would
tell where it looked, not what the data leave open. The weighted draws are a near-optimal set, no posterior: their
spread is the least that is not known.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.parameters import Value

from .class_values import project_of
from .fit_spaces import FIT_SPACES, Range
from .harness import Setting
from .harness_service import histories_of
from .metrics import find_metric
from .months import first_days
from .observations import History
from .own_weights import crowding, weighted_quantile, weights_of

__all__ = ["FIT_METRICS", "OwnFit", "Simulate", "Tolerance", "fit_history", "month_factors", "simulator"]

# (draw, days of arrival, days, seed) -> history; people are numbered in the order of arrival.
Simulate = Callable[[Mapping[str, Value], NDArray[np.int64], int, int], History]


@dataclass(frozen=True)
class Tolerance:
    """How far a simulated figure may lie from the observed one and still be near; ``relative``: in its logarithm."""

    width: float
    relative: bool = False

    def distance(self, simulated: NDArray[np.float64], observed: float) -> NDArray[np.float64]:
        """Return distances in tolerances, nan where one of the two has no value."""
        if not self.relative:
            return np.asarray((simulated - observed) / self.width)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.log(simulated / observed) / self.width)


# Half the bands in which observed projects are expected (docs/reference/evidence.md), or a fifth for amounts.
FIT_METRICS: Mapping[str, Tolerance] = MappingProxyType(
    {
        "gini": Tolerance(0.03),
        "top_share_10": Tolerance(0.04),
        "once_only_share": Tolerance(0.05),
        "survival_1": Tolerance(0.035),
        "survival_30": Tolerance(0.035),
        "survival_365": Tolerance(0.035),
        "burstiness": Tolerance(0.07),
        "mean_active_days": Tolerance(0.15, relative=True),
        "mean_tasks": Tolerance(0.2, relative=True),
        "later_activity_ratio": Tolerance(0.4, relative=True),
    }
)
# A figure without a value in the simulation, or far away, counts as so many tolerances and no more.
_FURTHEST = 6.0
_LEAST_WEIGHT = 0.002
# What the figures of one history do not tell apart from what is sought: as in the class's nearest draw.
_TOLD_BY_SEVERAL = (
    "prompt_fading",
    "session_tasks_log_sd",
    "session_devotion_exponent",
    "drop_out_devotion_exponent",
    "initial_awareness",
    "awareness_rate",
)
# Share of the trials that are spread evenly; the others search near the best.
_EVENLY = 0.6


@dataclass(frozen=True)
class OwnFit:
    """The ensemble of a class, fitted to one history.

    Attributes
    ----------
    service_class : name of the class.
    metrics : names of the metrics compared; those without a value in the data are left out.
    observed : float64[metrics].
    simulated : float64[draws, metrics], means over seeds.
    draws : values by parameter.
    weights : float64[draws], sum 1.
    losses : float64[draws], squared distances to the data, in tolerances and chance.
    sharpness : exponent by which weights were flattened, 1 for none.
    tried : parameter draws that were simulated.
    sought : parameters that were given several values by the search, or without one by the draws tried.
    """

    service_class: str
    metrics: tuple[str, ...]
    observed: NDArray[np.float64]
    simulated: NDArray[np.float64]
    draws: tuple[Mapping[str, Value], ...]
    weights: NDArray[np.float64]
    losses: NDArray[np.float64]
    sharpness: float
    tried: int
    sought: frozenset[str]

    @property
    def best(self) -> Mapping[str, Value]:
        """Return the draw that is nearest to the data."""
        return self.draws[int(np.argmin(self.losses))]

    @property
    def effective(self) -> float:
        """Return how many draws of equal weight would say as much."""
        return float(1.0 / np.sum(self.weights**2))

    def mean(self) -> NDArray[np.float64]:
        """Return the weighted mean of each metric; nan where no draw has a value."""
        weights = np.where(np.isnan(self.simulated), 0.0, self.weights[:, np.newaxis])
        total = weights.sum(axis=0)
        with np.errstate(invalid="ignore"):
            return np.asarray(np.nansum(self.simulated * weights, axis=0) / total)

    def range(self, level: float = 0.8) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the central range of each metric over the weighted draws."""
        ends = [weighted_quantile(self.simulated, self.weights, q) for q in (0.5 - level / 2, 0.5 + level / 2)]
        return ends[0], ends[1]

    def held(self) -> frozenset[str]:
        """Return the parameters that were held at one value: no range of theirs says what the data leave open."""
        return frozenset(name for name, (low, _, high) in self.parameters().items() if low == high) - self.sought

    def parameters(self, level: float = 0.8) -> Mapping[str, tuple[float, float, float]]:
        """Return by free parameter the low end, the median and the high end of the weighted draws."""
        names = [name for name, value in self.best.items() if isinstance(value, float)]
        values = np.array([[float(draw[name]) for name in names] for draw in self.draws])
        low, middle, high = (
            weighted_quantile(values, self.weights, q) for q in (0.5 - level / 2, 0.5, 0.5 + level / 2)
        )
        return {name: (float(low[k]), float(middle[k]), float(high[k])) for k, name in enumerate(names)}


def simulator(service_class: str, months: Sequence[float] | None = None, start: Any = None) -> Simulate:
    """Return what simulates people of a class whose days of arrival are given, by the model's own kernels.

    Parameters
    ----------
    months : twelve factors on prompts, January to December; None: no season.
    start : date of day 0; needed with ``months``.
    """
    scale = {} if months is None else {"month_factors": list(months)}

    def simulate(draw: Mapping[str, Value], arrivals: NDArray[np.int64], days: int, seed: int) -> History:
        return histories_of(Setting(service_class, scale, draw, seed), arrivals, days, start)

    return simulate


def month_factors(history: History) -> tuple[float, ...] | None:
    """Return how active people are by calendar month, mean 1; None where less than two years or no date is known.

    Contributions of the first day are left out: they are arrivals, which are given.
    """
    if history.start is None or history.horizon < 730:
        return None
    days = np.datetime64(history.start, "D") + np.arange(history.horizon)
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    later = history.day > first_days(history)[history.person]
    pairs = np.unique(history.person[later] * history.horizon + history.day[later]) % history.horizon
    # Per day of the calendar: the years known may begin and end in the middle.
    rate = np.bincount(month[pairs], minlength=12) / np.bincount(month, minlength=12)
    if rate.mean() == 0.0:
        return None
    return tuple(float(f"{each:.4g}") for each in rate / rate.mean())


def fit_history(
    history: History,
    service_class: str,
    draws: Sequence[Mapping[str, Value]],
    simulate: Simulate,
    *,
    trials: int = 300,
    seeds: int = 2,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> OwnFit:
    """Weigh the draws of a class by a history, after a search near the best of them.

    Parameters
    ----------
    draws : the class's ensemble.
    trials : points of the search; 0 weighs the ensemble alone.
    seeds : simulations of each draw.
    progress : told the draws done and those there are.
    """
    arrivals = np.sort(first_days(history))
    numbers = [1000 * seed + number for number in range(seeds)]
    observed = _figures(history)
    known = ~np.isnan(observed)
    names = tuple(name for name, there in zip(FIT_METRICS, known, strict=True) if there)
    tried: list[Mapping[str, Value]] = []
    rows: list[NDArray[np.float64]] = []
    space = {name: sought for name, sought in FIT_SPACES.get(service_class, {}).items() if name not in _TOLD_BY_SEVERAL}
    total = len(draws) + (trials if space else 0)

    def loss_of(draw: Mapping[str, Value]) -> float:
        row = np.array([_figures(simulate(draw, arrivals, history.horizon, number))[known] for number in numbers])
        tried.append(dict(draw))
        rows.append(row)
        if progress is not None:
            progress(len(tried), total)
        return float(_losses(_distances(row[np.newaxis], observed[known], names))[0])

    losses = [loss_of({**_start(service_class, space), **draw}) for draw in draws]
    if space and trials:
        _search(loss_of, space, draws, losses, trials, seed)
    simulated = np.array(rows)
    distances = _distances(simulated, observed[known], names)
    found = _losses(distances, _noise(distances))
    weights, sharpness = weights_of(found, crowding(tried, space))
    kept = np.flatnonzero(weights >= _LEAST_WEIGHT)
    return OwnFit(
        service_class=service_class,
        metrics=names,
        observed=observed[known],
        simulated=_mean(simulated[kept]),
        draws=tuple(MappingProxyType(dict(tried[row])) for row in kept),
        weights=weights[kept] / weights[kept].sum(),
        losses=found[kept],
        sharpness=sharpness,
        tried=len(tried),
        sought=frozenset(space) if space and trials else _several(tried),
    )


def _several(draws: Sequence[Mapping[str, Value]]) -> frozenset[str]:
    """Return the parameters that have more than one value in draws."""
    return frozenset(name for name in draws[0] if len({draw.get(name) for draw in draws}) > 1)


def _start(service_class: str, space: Mapping[str, Range]) -> dict[str, Value]:
    """Return a value for every free parameter: a draw may leave some at what the class, or the declaration, says."""
    citizens, service = project_of(service_class, {})
    known = {**citizens, **service.parameters}
    return {name: known[name] for name in space}


def _figures(history: History) -> NDArray[np.float64]:
    return np.array([find_metric(name)(history) for name in FIT_METRICS])


def _mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return means over seeds, the middle axis, of those that have a value; nan where none has."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1))


def _distances(
    simulated: NDArray[np.float64], observed: NDArray[np.float64], names: Sequence[str]
) -> NDArray[np.float64]:
    """Return distances in tolerances, at most _FURTHEST; float64[draws, seeds, metrics]."""
    columns = [FIT_METRICS[name].distance(simulated[:, :, k], float(observed[k])) for k, name in enumerate(names)]
    distances = np.stack(columns, axis=-1)
    return np.asarray(np.where(np.isfinite(distances), np.clip(distances, -_FURTHEST, _FURTHEST), _FURTHEST))


def _noise(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much each figure varies by chance from one history to the next, as a variance; float64[metrics].

    Taken from the quarter of the draws that are nearest. People are few: a history that the right draw had made would
    itself lie that far from the next one.
    """
    if distances.shape[1] < 2:
        return np.zeros(distances.shape[2])
    near = np.argsort(_losses(distances))[: max(1, len(distances) // 4)]
    return np.asarray(distances[near].var(axis=1, ddof=1).mean(axis=0))


def _losses(distances: NDArray[np.float64], noise: NDArray[np.float64] | float = 0.0) -> NDArray[np.float64]:
    """Return the sum of squared distances of each draw's means, each over its tolerance and its noise."""
    seeds = distances.shape[1]
    return np.asarray((distances.mean(axis=1) ** 2 / (1.0 + noise * (1.0 + 1.0 / seeds))).sum(axis=1))


def _search(
    loss_of: Callable[[Mapping[str, Value]], float],
    space: Mapping[str, Range],
    draws: Sequence[Mapping[str, Value]],
    losses: Sequence[float],
    trials: int,
    seed: int,
) -> None:
    """Look for the least loss, knowing those of some draws; every point tried is kept by ``loss_of``."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    start = draws[int(np.argmin(losses))]
    distributions = {
        name: optuna.distributions.FloatDistribution(r.low, r.high, log=r.log) for name, r in space.items()
    }
    evenly = round(_EVENLY * trials)
    with warnings.catch_warnings():
        # Sobol's sequence is the better the nearer its length is to a power of two: it is good enough without.
        warnings.simplefilter("ignore")
        study = optuna.create_study(sampler=optuna.samplers.QMCSampler(seed=seed, scramble=True))
    for draw, loss in zip(draws, losses, strict=True):
        inside = {name: float(np.clip(float(draw.get(name, r.low)), r.low, r.high)) for name, r in space.items()}
        study.add_trial(optuna.trial.create_trial(params=inside, distributions=dict(distributions), value=loss))

    def objective(trial: optuna.Trial) -> float:
        free = {name: trial.suggest_float(name, r.low, r.high, log=r.log) for name, r in space.items()}
        return loss_of({**start, **free})

    study.optimize(objective, n_trials=evenly)
    study.sampler = optuna.samplers.TPESampler(seed=seed, n_startup_trials=10)
    study.optimize(objective, n_trials=trials - evenly)
