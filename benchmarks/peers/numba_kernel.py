"""The reduced rule as a kernel of ours: the model's own random numbers, arithmetic and sweep in blocks.

It computes no more than the C loop does, so the two can be compared; the full model is another matter. It pays for
random numbers that are a function of citizen and day (ten rounds of a cipher, the C loop has one mixing step), and
exponentials that give the same bits on every processor (one at a time, the C loop takes several).
"""

from __future__ import annotations

import numpy as np

from entraide.model.arithmetic import exponential, logarithm, logistic
from entraide.model.compilation import kernel
from entraide.model.random_numbers import Stream, philox, poisson, stream_keys, uniform

from .rule import People, Rule

__all__ = ["Model"]


_BLOCK = 1024


@kernel
def _live_one_day(
    zone, altruism, pleasure, reputation, currency, spare_minutes, done_by, need, done, key, day, prompt_chance,
    minutes, satiation, seen_scale, reward, base,
):  # fmt: skip
    """Let every citizen live one day; fill ``done`` by zone and return how many were prompted."""
    prompted = 0
    limit = np.uint32(prompt_chance * 4294967295.0)
    high = np.uint32(day)
    hit = np.empty(_BLOCK, np.uint8)
    # Every draw of a block first, without a branch: such a loop becomes vector instructions.
    for first in range(0, zone.shape[0], _BLOCK):
        block = hit[: min(_BLOCK, zone.shape[0] - first)]
        base_number = np.uint32(first)
        for k in range(block.shape[0]):
            word, _ = philox(base_number + np.uint32(k), high, key)
            block[k] = word < limit
        for k in range(block.shape[0]):
            if not block[k]:
                continue
            prompted += 1
            i = first + k
            if -logarithm(uniform(key, i, day, 1)) * spare_minutes[i] < minutes:
                continue
            before = float(done_by[i])
            utility = (
                base
                + altruism[i] * need[zone[i]]
                + pleasure[i] * exponential(-satiation * before)
                + reputation[i] * (1.0 - exponential(-before / seen_scale))
                + currency[i] * reward
            )
            if uniform(key, i, day, 2) < logistic(utility):
                done_by[i] += 1
                done[zone[i]] += 1
    return prompted


@kernel
def _serve_zones(backlog, need, done, arriving, key, day, mean, waiting_days):
    """Update backlog and need of every zone by the arrivals and the acts of a day."""
    total = 0
    for z in range(backlog.shape[0]):
        arriving[z] = poisson(mean, key, z, day)
        total += arriving[z]
    scale = 1.0 + waiting_days * total / backlog.shape[0]
    for z in range(backlog.shape[0]):
        backlog[z] = max(0, backlog[z] + arriving[z] - done[z])
        need[z] = min(1.0, backlog[z] / scale)
        done[z] = 0


class Model:
    """A territory as arrays that two kernels sweep each day."""

    def __init__(self, rule: Rule, people: People, prompt_chance: float, seed: int) -> None:
        self.rule = rule
        self.people = people
        self.prompt_chance = prompt_chance
        keys = stream_keys(seed, 0, 1)
        self.citizens_key, self.zones_key = keys[Stream.ATTENTION, 0], keys[Stream.DEMAND, 0]
        self.day = 0
        self.prompts = 0
        self.done_by = np.zeros(len(people), np.int32)
        self.backlog = np.zeros(rule.zones, np.int64)
        self.done = np.zeros(rule.zones, np.int64)
        self.arriving = np.zeros(rule.zones, np.int64)
        self.need = np.full(rule.zones, rule.first_need)

    @property
    def contributions(self) -> int:
        """Acts so far."""
        return int(self.done_by.sum())

    def step(self) -> None:
        """Simulate one day."""
        rule, people = self.rule, self.people
        self.prompts += _live_one_day(
            people.zone, people.altruism, people.pleasure, people.reputation, people.currency, people.spare_minutes,
            self.done_by, self.need, self.done, self.citizens_key, self.day, self.prompt_chance,
            rule.minutes, rule.satiation, rule.seen_scale, rule.reward, rule.intercept - rule.effort,
        )  # fmt: skip
        mean = len(people) / rule.zones * rule.tasks_per_day
        _serve_zones(
            self.backlog, self.need, self.done, self.arriving, self.zones_key, self.day, mean, rule.waiting_days
        )
        self.day += 1
