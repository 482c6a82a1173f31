"""The metrics: each a named number computed from one form of data, observed or simulated alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from entraide.model.errors import InputError, nearest_name

from .observations import Observation

__all__ = ["LIMITS", "METRICS", "UNITS", "BoundMetric", "Metric", "find_metric", "metric"]

# Every unit, with its name in French: a share or an index says of what.
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "Gini index of tasks": "indice de Gini des tâches",
        "Gini index of active days": "indice de Gini des jours actifs",
        "Gini index of gifts": "indice de Gini des dons",
        "Gini index of reports": "indice de Gini des signalements",
        "share of tasks": "part des tâches",
        "share of people": "part des personnes",
        "share of newcomers": "part des nouveaux venus",
        "share of days": "part des jours",
        "share of items": "part des objets",
        "share of requests": "part des demandes",
        "share of endowment": "part de la dotation",
        "tasks per person": "tâches par personne",
        "active days per person": "jours actifs par personne",
        "days": "jours",
        "reports per reporter": "signalements par déclarant",
        "reports per area": "signalements par secteur",
        "exponent": "exposant",
        "ratio": "rapport",
        "difference of answers": "écart des réponses",
        "difference of shares": "écart de parts",
        "index from -1 to 1, gaps between active days": "indice de -1 à 1, écarts entre jours actifs",
    }
)

# What each number in a name may be, by its word in braces: lowest, highest.
LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "percent": (1, 99),
        "permille": (1, 999),
        "days": (1, 36_500),
        "times": (1, 10_000),
        "month": (1, 12),
        "answers": (1, 1000),
        "from": (0, 1_000_000),
        "to": (0, 1_000_000),
        "price": (0, 1_000_000_000),
        "period": (0, 1_000_000),
    }
)


@dataclass(frozen=True)
class Metric:
    """A metric, or a family of them: ``survival_{days}`` stands for survival_1, survival_30 and so on.

    Attributes
    ----------
    pattern : its name, with numbers in braces; what each may be stands in LIMITS.
    form : the class of observations.py that it reads.
    unit : of the value, one of UNITS.
    meaning, meaning_fr : one sentence in English, one in French.
    source : where the definition comes from.
    compute : the observation, then the numbers in the name, to a float; nan where it has no value.
    """

    pattern: str
    form: type
    unit: str
    meaning: str
    source: str
    compute: Callable[..., float]
    meaning_fr: str = ""

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Return the regular expression of its names."""
        return re.compile(re.sub(r"\{\w+\}", r"(\\d+)", self.pattern) + r"\Z")

    @property
    def words(self) -> list[str]:
        """Return what each number in its names stands for, in order."""
        return re.findall(r"\{(\w+)\}", self.pattern)


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


def metric(
    pattern: str, form: type, unit: str, meaning: str, source: str, meaning_fr: str = ""
) -> Callable[[Any], Any]:
    """Register the function that computes a metric; the function stays as it is."""

    def register(compute: Callable[..., float]) -> Callable[..., float]:
        METRICS[pattern] = Metric(pattern, form, unit, meaning, source, compute, meaning_fr)
        return compute

    return register


def find_metric(name: str) -> BoundMetric:
    """Return the metric of a name.

    Raises
    ------
    InputError : no metric has this name (tells the nearest), or a number in it means nothing.
    """
    for known in METRICS.values():
        match = known.expression.match(name)
        if match:
            numbers = tuple(int(number) for number in match.groups())
            _refuse_numbers(name, known, numbers)
            return BoundMetric(name, known, numbers)
    raise InputError(
        "unknown metric",
        value=name,
        allowed=", ".join(sorted(METRICS)),
        nearest=nearest_name(re.sub(r"\d+", "{}", name), METRICS),
        remedy="docs/reference/metrics.md says what each is; a word in braces stands for a whole number",
    )


def _refuse_numbers(name: str, known: Metric, numbers: tuple[int, ...]) -> None:
    for word, number in zip(known.words, numbers, strict=True):
        low, high = LIMITS[word]
        if not low <= number <= high:
            raise InputError(
                f"a number of the metric {known.pattern} means nothing",
                value=name,
                allowed=f"{word} from {low} to {high}",
            )
    ends = dict(zip(known.words, numbers, strict=True))
    if ends.get("from", 0) > ends.get("to", ends.get("from", 0)):
        raise InputError(f"the range of the metric {known.pattern} is empty", value=name, allowed="from <= to")
