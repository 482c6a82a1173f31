"""How many answers are right: shared difficulty, majority, votes set aside."""

from __future__ import annotations

from functools import lru_cache

from .figures import exponential, logarithm

__all__ = ["accuracy_of_all", "difficulties", "known_adversaries", "majority_right"]

_NODES, _GRID = 32, 8192


@lru_cache
def difficulties(alpha: float, beta: float) -> tuple[float, ...]:
    """Return the logits of the midpoint quantiles of Beta(alpha, beta), hardest first, by a sum over a fine grid."""
    middles = [(k + 0.5) / _GRID for k in range(_GRID)]
    logs = [(alpha - 1.0) * logarithm(x) + (beta - 1.0) * logarithm(1.0 - x) for x in middles]
    peak = max(logs)
    density = [exponential(log - peak) for log in logs]
    total = 0.0
    for height in density:
        total = total + height
    nodes: list[float] = []
    below = 0.0
    for k, height in enumerate(density):
        up_to_here = below + height / total
        while len(nodes) < _NODES and (len(nodes) + 0.5) / _NODES <= up_to_here:
            inside = ((len(nodes) + 0.5) / _NODES - below) / max(1e-300, up_to_here - below)
            x = min(1.0 - 1e-9, max(1e-9, (k + inside) / _GRID))
            nodes.append(logarithm(x / (1.0 - x)))
        below = up_to_here
    return tuple(nodes + [nodes[-1]] * (_NODES - len(nodes)))


def majority_right(answers: int, accuracy: float) -> float:
    """Return P(more than half of the answers are right) + P(exactly half) / 2, adding up from the rarer outcome."""
    if answers <= 0:
        return 0.5
    rarer = min(accuracy, 1.0 - accuracy)
    if rarer <= 0.0:
        return float(accuracy > 0.5)
    mass = exponential(answers * logarithm(1.0 - rarer))
    minority = 0.0
    for k in range(answers // 2 + 1):
        minority = minority + (0.5 * mass if 2 * k == answers else mass)
        mass = mass * ((answers - k) * rarer / ((k + 1) * (1.0 - rarer)))
    return minority if accuracy > 0.5 else 1.0 - minority


def known_adversaries(gold_share: float, answers_per_task: int, tasks_per_person: float) -> float:
    """Return the chance of at least three telling answers: gold ones, or half of those that others answer as well."""
    seen = (gold_share + (0.5 if answers_per_task >= 3 else 0.0)) * tasks_per_person
    return 1.0 - exponential(-seen) * (1.0 + seen + 0.5 * seen * seen)


def accuracy_of_all(
    nodes: tuple[float, ...], answers: int, shift: float, wrong_share: float, wrong_accuracy: float, known: float
) -> float:
    """Return the mean over difficulties of the chance that the aggregate is right.

    Answers of known adversaries are set aside; how many of a task's answers these are is binomial.
    """
    dropped_share = wrong_share * known
    if dropped_share >= 1.0:
        return 0.5
    still_wrong = wrong_share * (1.0 - known) / (1.0 - dropped_share)
    total = 0.0
    for node in nodes:
        honest = 1.0 / (1.0 + exponential(-(node + shift)))
        accuracy = (1.0 - still_wrong) * honest + still_wrong * wrong_accuracy
        if dropped_share <= 0.0:
            total = total + majority_right(answers, accuracy)
            continue
        mass = exponential(answers * logarithm(1.0 - dropped_share))
        for dropped in range(answers + 1):
            total = total + mass * majority_right(answers - dropped, accuracy)
            mass = mass * ((answers - dropped) * dropped_share / ((dropped + 1) * (1.0 - dropped_share)))
    return total / len(nodes)
