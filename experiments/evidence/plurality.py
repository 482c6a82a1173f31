"""The chance that the most frequent of some answers is right, over all draws of them at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .observations import Votes

__all__ = ["Tally", "full_plurality", "majority_chance", "plurality_chance", "tally"]


@dataclass(frozen=True)
class Tally:
    """Answers counted by item.

    Attributes
    ----------
    right : int64[items], answers that name the true class.
    wrong : int64[items, classes - 1], answers for each other class, falling.
    rare : bool[items], whether the true class is a rare one.
    """

    right: NDArray[np.int64]
    wrong: NDArray[np.int64]
    rare: NDArray[np.bool_]

    @property
    def answers(self) -> NDArray[np.int64]:
        """Return how many answers each item got."""
        return self.right + self.wrong.sum(axis=1)

    def with_at_least(self, answers: int) -> Tally:
        """Return the items that got so many answers."""
        kept = self.answers >= answers
        return Tally(self.right[kept], self.wrong[kept], self.rare[kept])


def tally(votes: Votes) -> Tally:
    """Count the answers of each item; items in rising order of their number."""
    items, place = np.unique(votes.item, return_inverse=True)
    counts = np.zeros((len(items), votes.classes), np.int64)
    np.add.at(counts, (place, votes.label), 1)
    gold = np.zeros(len(items), np.int64)
    gold[place] = votes.gold
    rare = np.zeros(len(items), np.bool_)
    if votes.rare is not None:
        rare[place] = votes.rare
    rows = np.arange(len(items))
    right = counts[rows, gold].copy()
    counts[rows, gold] = -1  # sorts behind every other class, and is cut off
    return Tally(right, np.sort(counts, axis=1)[:, :0:-1], rare)


def full_plurality(table: Tally) -> NDArray[np.float64]:
    """Return for each item, from all its answers, 1 if the true class leads, 1/t if t classes tie, 0 else."""
    best = table.wrong.max(axis=1, initial=0)
    ties = 1 + (table.wrong == table.right[:, None]).sum(axis=1)
    return np.where(table.right > best, 1.0, np.where((table.right == best) & (best > 0), 1.0 / ties, 0.0))


def majority_chance(answers: int, chance: float) -> float:
    """Return the chance that more than half of independent answers are right, plus half that of exactly half."""
    mass = _binomial(np.array([answers]), np.array([chance]), answers)[0]
    right = np.arange(answers + 1)
    return float(mass[2 * right > answers].sum() + mass[2 * right == answers].sum() / 2)


def plurality_chance(table: Tally, answers: int) -> NDArray[np.float64]:
    """Return for each item the chance that so many of its answers, drawn without replacement, name the true class.

    Every item must have that many. Counts drawn without replacement follow the multivariate hypergeometric law, which
    is that of independent binomial counts given their sum; so the classes are added one after the other, with the
    number of those that tie with the true one.
    """
    counts, back = np.unique(np.column_stack([table.right, table.wrong]), axis=0, return_inverse=True)
    if len(counts) == 0:
        return np.zeros(0)
    total = counts.sum(axis=1)
    chance = answers / total
    law = [_binomial(counts[:, column], chance, answers) for column in range(counts.shape[1])]
    led = np.zeros(len(counts))
    for votes in range(1, answers + 1):
        led += _led_with(votes, law, answers - votes)
    given = led / _binomial(total, chance, answers)[:, answers]
    return np.asarray(given[back.reshape(-1)])


def _led_with(votes: int, law: list[NDArray[np.float64]], others: int) -> NDArray[np.float64]:
    """Return the chance that the true class gets ``votes``, all others ``others`` together, none of them more."""
    ties = min(len(law) - 1, others // votes)
    state = np.zeros((len(law[0]), others + 1, ties + 1))  # item, votes of the others, classes that tie
    state[:, 0, 0] = law[0][:, votes]
    for mass in law[1:]:
        added = np.zeros_like(state)
        for got in range(min(votes - 1, others) + 1):
            if mass[:, got].any():
                added[:, got:] += state[:, : others + 1 - got] * mass[:, got, None, None]
        if votes <= others:
            added[:, votes:, 1:] += state[:, : others + 1 - votes, :-1] * mass[:, votes, None, None]
        state = added
    return np.asarray((state[:, others] / np.arange(1, ties + 2)).sum(axis=1))


def _binomial(trials: NDArray[np.int64], chance: NDArray[np.float64], most: int) -> NDArray[np.float64]:
    """Return the chances of 0 to ``most`` successes, shape (len(trials), most + 1)."""
    log_factorial = np.array([math.lgamma(n + 1) for n in range(int(trials.max(initial=0)) + 1)])
    wins = np.arange(most + 1)[None, :]
    possible = wins <= trials[:, None]
    won = np.where(possible, wins, 0)
    lost = trials[:, None] - won
    log_ways = log_factorial[trials][:, None] - log_factorial[won] - log_factorial[lost]
    # 0^0 is 1, which logarithms do not know.
    with np.errstate(divide="ignore", invalid="ignore"):
        log_won = np.where(won > 0, won * np.log(chance)[:, None], 0.0)
        log_lost = np.where(lost > 0, lost * np.log1p(-chance)[:, None], 0.0)
    return np.where(possible, np.exp(log_ways + log_won + log_lost), 0.0)
