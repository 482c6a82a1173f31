"""Phase 6, first half: how many answers are right, when difficulty is shared by all who answer a task.

The chance that an average citizen is right on a task is drawn per task from Beta(alpha, beta); a citizen's own logit
is shifted by skill and haste, adversaries are wrong on purpose. Because a hard task is hard for everybody, more answers
help less than independent errors would have it.

Source: Swanson et al. 2016 (5 and 27 answers on Snapshot Serengeti), Beta(16.5, 4.8).

Where only the mean accuracy of one answer is known, ``difficulty_shape`` says how difficulty spreads.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential, logarithm, logistic
from .compilation import helper, kernel

__all__ = [
    "DIFFICULTY_CONCENTRATION",
    "aggregated_accuracy",
    "answer_accuracy",
    "detection",
    "difficulty_nodes",
    "difficulty_shape",
    "majority_chance",
]

NODES = 32
_GRID = 8192
# Fitted on 4,212 labels of two species of bluebirds by 39 people (Welinder et al. 2010); see difficulty_shape.
DIFFICULTY_CONCENTRATION = 21.0


@kernel
def _beta_quantiles(alpha, beta, nodes):
    """Fill ``nodes`` with the logits of the midpoint quantiles of Beta(alpha, beta), hardest task first."""
    density = np.empty(_GRID)
    peak = -1e300
    for k in range(_GRID):
        x = (k + 0.5) / _GRID
        density[k] = (alpha - 1.0) * logarithm(x) + (beta - 1.0) * logarithm(1.0 - x)
        peak = max(peak, density[k])
    total = 0.0
    for k in range(_GRID):
        density[k] = exponential(density[k] - peak)
        total += density[k]
    cumulated = 0.0
    n = 0
    for k in range(_GRID):
        before = cumulated
        cumulated += density[k] / total
        while n < nodes.shape[0] and (n + 0.5) / nodes.shape[0] <= cumulated:
            inside = ((n + 0.5) / nodes.shape[0] - before) / max(1e-300, cumulated - before)
            x = (k + inside) / _GRID
            x = min(1.0 - 1e-9, max(1e-9, x))
            nodes[n] = logarithm(x / (1.0 - x))
            n += 1
    while n < nodes.shape[0]:
        nodes[n] = nodes[n - 1]
        n += 1


def difficulty_nodes(alpha: float, beta: float) -> NDArray[np.float64]:
    """Return equally likely task difficulties as logits of an average citizen's accuracy, hardest first.

    Shapes: float64[NODES].
    """
    nodes = np.empty(NODES)
    _beta_quantiles(float(alpha), float(beta), nodes)
    return nodes


def difficulty_shape(mean_accuracy: float) -> tuple[float, float]:
    """Return the Beta law of difficulty among tasks with two answers, given how often one answer is right.

    The rarer errors are, the more of them fall on the same few tasks: alpha + beta is in proportion to the error. The
    law was fitted on one data set and holds on another that nothing was fitted to (docs/decisions).

    Raises
    ------
    ValueError : ``mean_accuracy`` is not strictly between 0 and 1.
    """
    if not 0.0 < mean_accuracy < 1.0:
        raise ValueError(f"a mean accuracy lies strictly between 0 and 1, not {mean_accuracy!r}")
    concentration = DIFFICULTY_CONCENTRATION * (1.0 - mean_accuracy)
    return concentration * mean_accuracy, concentration * (1.0 - mean_accuracy)


@helper
def answer_accuracy(node, shift):
    """Return the chance that one honest answer is right: the task's logit, shifted by who answers."""
    return logistic(node + shift)


@helper
def majority_chance(answers, accuracy):
    """Return the chance that the majority of some independent answers is right, ties counting one half."""
    if answers <= 0:
        return 0.5
    rare = min(accuracy, 1.0 - accuracy)
    if rare <= 0.0:
        return 1.0 if accuracy > 0.5 else 0.0
    mass = exponential(answers * logarithm(1.0 - rare))
    below = 0.0
    for k in range(answers + 1):
        if 2 * k < answers:
            below += mass
        elif 2 * k == answers:
            below += 0.5 * mass
        else:
            break
        mass *= (answers - k) * rare / ((k + 1) * (1.0 - rare))
    # ``below``: the rarer outcome is in the minority.
    return below if accuracy > 0.5 else 1.0 - below


@helper
def detection(gold_share, answers_per_task, tasks_per_person):
    """Return the chance that an adversary is known as one: three telling answers.

    Gold tasks tell; so does disagreement where at least three people answer, half as well (assumption).
    """
    telling = gold_share + (0.5 if answers_per_task >= 3 else 0.0)
    seen = telling * tasks_per_person
    return 1.0 - exponential(-seen) * (1.0 + seen + 0.5 * seen * seen)


@helper
def aggregated_accuracy(nodes, first, last, answers, shift, wrong_share, wrong_accuracy, detected):
    """Return the chance that the aggregate of ``answers`` answers is right, over difficulties first..last-1.

    ``shift`` mean logit shift of the honest; ``wrong_share`` share of answers by adversaries, right with chance
    ``wrong_accuracy``; ``detected`` share of those that weighted votes set aside (0 under the majority rule).
    """
    total = 0.0
    set_aside = wrong_share * detected
    if set_aside >= 1.0:
        # Nothing is left to vote.
        return majority_chance(0, 0.5)
    left = wrong_share * (1.0 - detected) / (1.0 - set_aside)
    for k in range(first, last):
        honest = answer_accuracy(nodes[k], shift)
        accuracy = (1.0 - left) * honest + left * wrong_accuracy
        if set_aside <= 0.0:
            total += majority_chance(answers, accuracy)
            continue
        mass = exponential(answers * logarithm(1.0 - set_aside))
        for dropped in range(answers + 1):
            total += mass * majority_chance(answers - dropped, accuracy)
            mass *= (answers - dropped) * set_aside / ((dropped + 1) * (1.0 - set_aside))
    return total / (last - first)
