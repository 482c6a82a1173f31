"""The reduced rule in NumPy: one array per attribute, and only who was prompted is looked at further."""

from __future__ import annotations

import numpy as np

from .rule import People, Rule

__all__ = ["Model"]


class Model:
    """A territory whose citizens are rows of arrays; ``need`` and ``backlog`` have one entry per zone."""

    def __init__(self, rule: Rule, people: People, prompt_chance: float, seed: int) -> None:
        self.rule = rule
        self.people = people
        self.prompt_chance = prompt_chance
        self.rng = np.random.default_rng(seed)
        self.prompts = 0
        self.done_by = np.zeros(len(people), np.int32)
        self.backlog = np.zeros(rule.zones, np.int64)
        self.need = np.full(rule.zones, rule.first_need)

    @property
    def contributions(self) -> int:
        """Acts so far."""
        return int(self.done_by.sum())

    def step(self) -> None:
        """Simulate one day."""
        rule, people, rng = self.rule, self.people, self.rng
        who = np.flatnonzero(rng.random(len(people)) < self.prompt_chance)
        self.prompts += who.size
        who = who[rng.exponential(people.spare_minutes[who]) >= rule.minutes]
        before = self.done_by[who]
        utility = (
            rule.intercept
            + people.altruism[who] * self.need[people.zone[who]]
            + people.pleasure[who] * np.exp(-rule.satiation * before)
            + people.reputation[who] * (1.0 - np.exp(-before / rule.seen_scale))
            + people.currency[who] * rule.reward
            - rule.effort
        )
        acting = who[rng.random(who.size) < 1.0 / (1.0 + np.exp(-utility))]
        self.done_by[acting] += 1
        done = np.bincount(people.zone[acting], minlength=rule.zones)
        arriving = rng.poisson(len(people) / rule.zones * rule.tasks_per_day, rule.zones)
        self.backlog = np.maximum(0, self.backlog + arriving - done)
        self.need = np.minimum(1.0, self.backlog / (1.0 + rule.waiting_days * arriving.mean()))
