"""How workers spread around a law of difficulty, so that their accuracies have the spread observed."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from entraide.model.arithmetic import normal_quantile
from entraide.model.compilation import kernel
from entraide.model.quality import answer_accuracy
from entraide.model.random_numbers import uniform

__all__ = ["spread_workers"]

_STEPS = 40
# Equally likely normal scores: enough of them for a mean and a spread to the third digit.
_SCORES = np.array([normal_quantile((k + 0.5) / 64) for k in range(64)])
# No spread of accuracies needs more, in logits.
_WIDEST = 8.0


def spread_workers(
    nodes: NDArray[np.float64], mean: float, spread: float, answers: float, workers: int, key: np.uint32
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the logits of difficulty, float64[n], and the workers' shifts, float64[workers].

    The law of difficulty is that of the crowd: on each task, the workers' mean accuracy stays what it was. Where
    workers differ, an average worker's logit is therefore farther from 0 than the crowd's.

    Parameters
    ----------
    nodes : float64[n], logits of equally likely difficulties for the crowd.
    mean, spread : mean and standard deviation between workers of the share of right answers, as counted.
    answers : answers per worker: what chance alone adds to the spread counted is taken off.
    workers, key : how many, and the stream that they are drawn from.
    """
    chance = mean * (1.0 - mean) / max(1.0, answers)
    wanted = math.sqrt(max(0.0, spread * spread - chance))
    if wanted == 0.0:
        return nodes, np.zeros(workers)
    moved, accuracies = np.empty_like(nodes), np.empty_like(_SCORES)
    low, high = 0.0, _WIDEST
    for _ in range(_STEPS):
        width = 0.5 * (low + high)
        keep_crowd(nodes, width, _SCORES, _STEPS, moved, accuracies)
        if float(accuracies.std()) < wanted:
            low = width
        else:
            high = width
    return moved, np.array([high * normal_quantile(uniform(key, i, 0, 0)) for i in range(workers)])


@kernel
def keep_crowd(nodes, width, scores, steps, moved, accuracies):
    """Move each difficulty so that workers spread by ``width`` are as often right on it as the crowd was.

    Shapes: ``scores`` float64[m], equally likely normal scores; ``moved`` float64[n] and ``accuracies`` float64[m], the
    mean accuracy of each worker, are filled.
    """
    accuracies[:] = 0.0
    for k in range(nodes.shape[0]):
        crowd = answer_accuracy(nodes[k], 0.0)
        low, high = nodes[k] - 10.0 * width, nodes[k] + 10.0 * width
        for _ in range(steps):
            middle = 0.5 * (low + high)
            total = 0.0
            for score in scores:
                total += answer_accuracy(middle, width * score)
            if total < crowd * scores.shape[0]:
                low = middle
            else:
                high = middle
        moved[k] = 0.5 * (low + high)
        for w in range(scores.shape[0]):
            accuracies[w] += answer_accuracy(moved[k], width * scores[w]) / nodes.shape[0]
