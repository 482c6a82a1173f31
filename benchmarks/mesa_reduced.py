"""The reduced rule as Mesa users write it: one agent object per citizen, an AgentSet that lets each one step.

Four motives, one service, some zones: prompt, logit of the weighted motives minus effort, act, update the backlog.
It leaves out nearly all of the full model (awareness, drop-out, habit, trust, feedback, neighbours, quality, the
administration, accounts), so it is what objects cost at the very least.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import mesa
import numpy as np
from engine import one_replicate, specification
from measurement import interleaved, load_average, median, ratio

from entraide.model.parameters import Value, by_name
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.model.service_parameters import SERVICE_PARAMETERS

__all__ = [
    "AS_FULL_MODEL",
    "DECLARED_DEFAULT",
    "ONLINE_CLASS",
    "Citizen",
    "ReducedModel",
    "against_full_model",
    "run_reduced",
]

FULL_MODEL = "full model"
# How often Mesa's citizens are prompted.
AS_FULL_MODEL = "as few prompts as the full model"
DECLARED_DEFAULT = "prompt rate by default"
ONLINE_CLASS = "prompt rate of online micro-tasks"

ZONES = 100
MINUTES = 3.0  # of one contribution
EFFORT_SCALE = 5.0  # minutes
TASKS_PER_DAY = 0.0001  # arising per inhabitant: about as many as are contributed
WEIGHTS = (0.45, 0.30, 0.25, 1.0)  # mean weights of altruism, pleasure, reputation, currency
REWARD = 0.1  # logits
INTERCEPT = 0.5  # logits


class Citizen(mesa.Agent):
    """Somebody who may be prompted, weighs four motives against effort, and acts or not."""

    def __init__(
        self, model: ReducedModel, zone: int, altruism: float, pleasure: float, reputation: float, currency: float,
        spare_minutes: float,
    ) -> None:  # fmt: skip
        super().__init__(model)
        self.zone = zone
        self.altruism = altruism
        self.pleasure = pleasure
        self.reputation = reputation
        self.currency = currency
        self.spare_minutes = spare_minutes
        self.contributions = 0

    def step(self) -> None:
        """Live one day."""
        if self.random.random() >= self.model.prompt_chance:
            return
        if self.random.expovariate(1.0 / self.spare_minutes) < MINUTES:
            return
        seen = 1.0 - math.exp(-self.contributions / 10.0)
        utility = (
            INTERCEPT
            + self.altruism * self.model.need[self.zone]
            + self.pleasure * math.exp(-0.02 * self.contributions)
            + self.reputation * seen
            + self.currency * REWARD
            - math.log(1.0 + MINUTES / EFFORT_SCALE)
        )
        if self.random.random() < 1.0 / (1.0 + math.exp(-utility)):
            self.contributions += 1
            self.model.done[self.zone] += 1


class ReducedModel(mesa.Model):
    """A territory of citizens who serve their zone's backlog of tasks.

    Attributes
    ----------
    backlog, done : int64[zones], tasks waiting, and done today; a list of need by zone, 0-1, is what citizens see.
    """

    def __init__(self, citizens: int, rng: int = 1) -> None:
        super().__init__(rng=rng)
        self.prompt_chance = 0.0
        self.citizens = citizens
        self.backlog = np.zeros(ZONES, np.int64)
        self.done = np.zeros(ZONES, np.int64)
        self.need = [0.5] * ZONES
        weights = self.rng.gamma(2.0, 0.5, (len(WEIGHTS), citizens)) * np.array(WEIGHTS)[:, None]
        Citizen.create_agents(
            self,
            citizens,
            (np.arange(citizens) * ZONES // citizens).tolist(),
            *weights.tolist(),
            (25.0 * self.rng.lognormal(0.0, 1.3, citizens)).tolist(),
        )

    def step(self) -> None:
        """Simulate one day."""
        self.done[:] = 0
        self.agents.do("step")
        arriving = self.rng.poisson(self.citizens / ZONES * TASKS_PER_DAY, ZONES)
        self.backlog = np.maximum(0, self.backlog + arriving - self.done)
        self.need = np.minimum(1.0, self.backlog / (1.0 + 14.0 * arriving.mean())).tolist()


def _chance(rate: Value) -> float:
    """Return the chance of a prompt on one day at a daily rate."""
    return 1.0 - math.exp(-float(rate))


def run_reduced(model: ReducedModel, prompt_chance: float, days: int) -> int:
    """Step a model for some days, everybody prompted with this chance a day; return its contributions in all."""
    model.prompt_chance = prompt_chance
    for _ in range(days):
        model.step()
    return sum(citizen.contributions for citizen in model.agents)


def against_full_model(size: int, days: int, mesa_citizens: int, mesa_days: int, rounds: int) -> dict[str, Any]:
    """Return how many times cheaper a citizen-day of the full model is than one of the reduced rule in Mesa.

    One thread each, taken in turn. The full model's time includes drawing its population, Mesa's does not. What an
    object costs depends on how often it decides, so Mesa runs at several chances of a prompt a day: as few prompts as
    the full model delivered, the declared default, and that of online micro-tasks, where most people decide daily.
    """
    what = specification(size, days)
    _, outcome = one_replicate(what)
    citizen_days, mesa_citizen_days = what.territory.inhabitants * days, mesa_citizens * mesa_days
    chances = {
        AS_FULL_MODEL: float(outcome.daily["prompted"].sum()) / citizen_days,
        DECLARED_DEFAULT: _chance(by_name(SERVICE_PARAMETERS)["prompt_rate"].default),
        ONLINE_CLASS: _chance(SERVICE_CLASSES["online-micro-task"]["prompt_rate"]),
    }
    model = ReducedModel(mesa_citizens)
    run_reduced(model, 0.0, 1)
    arms: dict[str, Callable[[], Any]] = {FULL_MODEL: partial(one_replicate, what)}
    arms |= {name: partial(run_reduced, model, chance, mesa_days) for name, chance in chances.items()}
    samples = interleaved(arms, rounds)
    full = samples.pop(FULL_MODEL)
    share = citizen_days / mesa_citizen_days
    return {
        "full_model": {
            "inhabitants": what.territory.inhabitants,
            "days": days,
            "citizen_days_per_second": citizen_days / median(full),
        },
        "mesa_reduced": {
            name: {
                "citizens": mesa_citizens,
                "days": mesa_days,
                "prompts_per_citizen_day": chances[name],
                "citizen_days_per_second": mesa_citizen_days / median(taken),
                "ratio": share * ratio(taken, full),
                "ratio_of_cpu": share * ratio(taken, full, "cpu"),
            }
            for name, taken in samples.items()
        },
        "load_average": load_average(),
    }
