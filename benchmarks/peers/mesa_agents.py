"""The reduced rule as Mesa users write it: one agent object per citizen, an AgentSet that lets each one step."""

from __future__ import annotations

import math

import mesa
import numpy as np

from .rule import People, Rule

__all__ = ["Citizen", "Model"]


class Citizen(mesa.Agent):
    """Somebody who may be prompted, weighs four motives against effort, and acts or not."""

    def __init__(
        self, model: Model, zone: int, altruism: float, pleasure: float, reputation: float, currency: float,
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
        model = self.model
        if self.random.random() >= model.prompt_chance:
            return
        model.prompts += 1
        rule = model.rule
        if self.random.expovariate(1.0 / self.spare_minutes) < rule.minutes:
            return
        utility = (
            rule.intercept
            + self.altruism * model.need[self.zone]
            + self.pleasure * math.exp(-rule.satiation * self.contributions)
            + self.reputation * (1.0 - math.exp(-self.contributions / rule.seen_scale))
            + self.currency * rule.reward
            - model.effort
        )
        if self.random.random() < 1.0 / (1.0 + math.exp(-utility)):
            self.contributions += 1
            model.done[self.zone] += 1


class Model(mesa.Model):
    """A territory of citizens who serve their zone's backlog of tasks.

    Attributes
    ----------
    backlog, done : int64[zones], tasks waiting, and done today; a list of need by zone, 0-1, is what citizens see.
    """

    def __init__(self, rule: Rule, people: People, prompt_chance: float, seed: int) -> None:
        super().__init__(rng=seed)
        self.rule = rule
        self.effort = rule.effort
        self.prompt_chance = prompt_chance
        self.prompts = 0
        self.arriving = len(people) / rule.zones * rule.tasks_per_day
        self.backlog = np.zeros(rule.zones, np.int64)
        self.done = [0] * rule.zones
        self.need = [rule.first_need] * rule.zones
        Citizen.create_agents(
            self,
            len(people),
            people.zone.tolist(),
            people.altruism.tolist(),
            people.pleasure.tolist(),
            people.reputation.tolist(),
            people.currency.tolist(),
            people.spare_minutes.tolist(),
        )

    @property
    def contributions(self) -> int:
        """Acts so far."""
        return sum(citizen.contributions for citizen in self.agents)

    def step(self) -> None:
        """Simulate one day. Of Mesa's own activations, ``do`` is the fastest."""
        self.done = [0] * self.rule.zones
        self.agents.do("step")
        arriving = self.rng.poisson(self.arriving, self.rule.zones)
        self.backlog = np.maximum(0, self.backlog + arriving - self.done)
        self.need = np.minimum(1.0, self.backlog / (1.0 + self.rule.waiting_days * arriving.mean())).tolist()
