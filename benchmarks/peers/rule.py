"""The reduced rule, declared once: its parameters, its people, what a way of computing it must count, and the check.

Each day, for every citizen: with some chance a prompt; spare time that day, exponential about the person's own mean;
less than the task takes, and nothing happens. Else the person acts with the logistic chance of four weighted motives
minus effort. At night each zone's backlog grows by the tasks that arrive, shrinks by the acts of the day, and sets the
need that its people see the next day.

It leaves out nearly all of the full model (awareness, drop-out, habit, trust, feedback, neighbours, quality, the
administration, accounts), so it is what a citizen-day costs at the very least.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["RULE", "Model", "People", "Rule", "Totals", "draw_people", "off_each_other", "off_expected"]

# Standard errors by which totals may differ: chance alone goes further in fewer than one comparison in a million.
STANDARD_ERRORS = 5.0
# Acts or prompts by which they may differ besides, since the tail of a small count is longer than the normal one.
COUNTS = 5.0


@dataclass(frozen=True)
class Rule:
    """Parameters of the reduced rule. Units: minutes, logits, contributions, tasks per inhabitant and day."""

    zones: int = 100
    minutes: float = 3.0  # of one contribution
    effort_scale: float = 5.0  # minutes
    tasks_per_day: float = 0.0001  # arising per inhabitant: about as many as are contributed
    waiting_days: float = 14.0  # of mean arrivals that make need 1
    first_need: float = 0.5
    weights: tuple[float, float, float, float] = (0.45, 0.30, 0.25, 1.0)  # altruism, pleasure, reputation, currency
    reward: float = 0.1  # logits
    intercept: float = 0.5  # logits
    satiation: float = 0.02  # of pleasure, per contribution
    seen_scale: float = 10.0  # contributions after which reputation is near its whole

    @property
    def effort(self) -> float:
        """What the minutes of a contribution cost, in logits."""
        return math.log(1.0 + self.minutes / self.effort_scale)


RULE = Rule()


@dataclass(frozen=True)
class People:
    """A population, ordered by zone. Shapes: all [citizens]; ``zone`` int32, the others float64, minutes or logits."""

    zone: NDArray[np.int32]
    altruism: NDArray[np.float64]
    pleasure: NDArray[np.float64]
    reputation: NDArray[np.float64]
    currency: NDArray[np.float64]
    spare_minutes: NDArray[np.float64]

    def __len__(self) -> int:
        return self.zone.size


class Totals(NamedTuple):
    """What is counted over some citizen-days."""

    citizen_days: int
    prompts: int
    contributions: int


class Model(Protocol):
    """One way to compute the rule: built from people, which nobody times, then stepped day by day.

    ``Model(rule, people, prompt_chance, seed)`` makes one; ``seed`` is for the daily draws of its own generator.
    """

    prompts: int

    @property
    def contributions(self) -> int:
        """Acts so far."""

    def step(self) -> None:
        """Simulate one day."""


@lru_cache(maxsize=2)
def draw_people(rule: Rule, citizens: int, seed: int = 1) -> People:
    """Return a population that all ways of computing the rule share, so that totals differ by daily chance only."""
    rng = np.random.default_rng(seed)
    weights = rng.gamma(2.0, 0.5, (len(rule.weights), citizens)) * np.array(rule.weights)[:, None]
    zone = (np.arange(citizens) * rule.zones // citizens).astype(np.int32)
    return People(zone, *weights, 25.0 * rng.lognormal(0.0, 1.3, citizens))


def off_expected(totals: Totals, prompt_chance: float) -> float:
    """Return how far prompts are from their mean, as a share of what is allowed: above 1 the rule is not the same.

    Each citizen-day is a draw of its own with the same chance, so prompts are binomial.
    """
    mean = totals.citizen_days * prompt_chance
    return abs(totals.prompts - mean) / (STANDARD_ERRORS * math.sqrt(mean * (1.0 - prompt_chance)) + COUNTS)


def off_each_other(one: Totals, other: Totals) -> float:
    """Return how far contributions per citizen-day differ, as a share of what is allowed.

    Given the people, acts are sums of draws with unequal chances, whose variance is at most that of a binomial with
    their mean chance m; that of the difference is then at most m (1 - m) (1/n + 1/n'). What acts change in later
    chances (need, pleasure, reputation) moves this by a hundredth over the days of a comparison.
    """
    draws = one.citizen_days, other.citizen_days
    chance = (one.contributions + other.contributions) / sum(draws)
    error = math.sqrt(chance * (1.0 - chance) * (1.0 / draws[0] + 1.0 / draws[1]))
    difference = abs(one.contributions / draws[0] - other.contributions / draws[1])
    return difference / (STANDARD_ERRORS * error + COUNTS / min(draws))
