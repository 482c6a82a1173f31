"""The metrics: each a named number computed from one form of data, observed or simulated alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from entraide.model.errors import InputError, nearest_name

from .observations import Observation

__all__ = ["METRICS", "BoundMetric", "Metric", "find_metric", "metric"]


@dataclass(frozen=True)
class Metric:
    """A metric, or a family of them: ``survival_{days}`` stands for survival_1, survival_30 and so on.

    Attributes
    ----------
    pattern : its name, with numbers in braces.
    form : the class of observations.py that it reads.
    unit : of the value.
    meaning : one sentence.
    source : where the definition comes from.
    compute : the observation, then the numbers in the name, to a float; nan where it has no value.
    """

    pattern: str
    form: type
    unit: str
    meaning: str
    source: str
    compute: Callable[..., float]

    @property
    def expression(self) -> re.Pattern[str]:
        """Return the regular expression of its names."""
        return re.compile(re.sub(r"\{\w+\}", r"(\\d+)", self.pattern) + "$")


@dataclass(frozen=True)
class BoundMetric:
    """A metric with the numbers of its name filled in."""

    name: str
    metric: Metric
    numbers: tuple[int, ...] = field(default=())

    def __call__(self, observation: Observation) -> float:
        """Return the value; raises TypeError when the observation is of another form."""
        if not isinstance(observation, self.metric.form):
            raise TypeError(f"{self.name} reads {self.metric.form.__name__}, not {type(observation).__name__}")
        return float(self.metric.compute(observation, *self.numbers))


METRICS: dict[str, Metric] = {}


def metric(pattern: str, form: type, unit: str, meaning: str, source: str) -> Callable[[Any], Any]:
    """Register the function that computes a metric; the function stays as it is."""

    def register(compute: Callable[..., float]) -> Callable[..., float]:
        METRICS[pattern] = Metric(pattern, form, unit, meaning, source, compute)
        return compute

    return register


def find_metric(name: str) -> BoundMetric:
    """Return the metric of a name.

    Raises
    ------
    InputError : no metric has this name; tells the nearest.
    """
    for known in METRICS.values():
        match = known.expression.match(name)
        if match:
            return BoundMetric(name, known, tuple(int(number) for number in match.groups()))
    raise InputError(
        "unknown metric", value=name, allowed=", ".join(sorted(METRICS)), nearest=nearest_name(name, METRICS)
    )
