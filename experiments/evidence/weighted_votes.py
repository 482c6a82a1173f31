"""A majority in which the answers of accurate people weigh more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .observations import Votes

__all__ = ["DRAWS", "weighted_accuracy", "weights"]

DRAWS = 200
_SEED = 20240607  # the same draws for every item and every call: the metric is a function of the data
_ITEMS_AT_ONCE = 256


def weights(votes: Votes) -> NDArray[np.float64]:
    """Return the weight of each answer, shape (n,): log-odds of its author's accuracy on the other items.

    The item itself is left out, or its true label would leak into the weight. One right answer in as many as there are
    classes is added, so that nobody is infinitely sure and who labelled one item only weighs nothing.
    """
    workers, place = np.unique(votes.worker, return_inverse=True)
    right = votes.label == votes.gold
    others_right = np.bincount(place, weights=right, minlength=len(workers))[place] - right
    others = np.bincount(place, minlength=len(workers))[place] - 1
    accuracy = (others_right + 1) / (others + votes.classes)
    return np.asarray(np.log(accuracy * (votes.classes - 1) / (1 - accuracy)))


def weighted_accuracy(votes: Votes, answers: int) -> NDArray[np.float64]:
    """Return for each item with that many answers the share of draws in which the class of most weight is the true one.

    Answers of an item are ordered by weight and class before positions are drawn, so that neither the order of rows nor
    the numbers of people and items change the result. A tie among t classes counts 1/t.
    """
    weight = weights(votes)
    order = np.lexsort((votes.label, weight, votes.item))
    _, start, count = np.unique(votes.item[order], return_index=True, return_counts=True)
    label, weight, gold = votes.label[order], weight[order], votes.gold[order]
    results = [np.zeros(0)]
    for size in np.unique(count[count >= answers]):
        chosen = np.sort(_positions(int(size), answers), axis=1)
        first = start[count == size]
        for low in range(0, len(first), _ITEMS_AT_ONCE):
            rows = first[low : low + _ITEMS_AT_ONCE, None, None] + chosen[None]
            results.append(_right(label[rows], weight[rows], gold[rows[:, 0, 0]], votes.classes))
    return np.concatenate(results)


def _positions(size: int, answers: int) -> NDArray[np.int64]:
    if size == answers:
        return np.arange(size)[None]
    numbers = np.random.default_rng([_SEED, size]).random((DRAWS, size))
    return np.argsort(numbers, axis=1)[:, :answers]


def _right(
    label: NDArray[np.int64], weight: NDArray[np.float64], gold: NDArray[np.int64], classes: int
) -> NDArray[np.float64]:
    """Return the mean credit of each item; label and weight have shape (items, draws, answers)."""
    score = np.stack([np.where(label == each, weight, 0.0).sum(axis=2) for each in range(classes)], axis=2)
    leading = score >= score.max(axis=2, keepdims=True) - 1e-9
    hit = np.take_along_axis(leading, gold[:, None, None], axis=2)[:, :, 0]
    return np.asarray((hit / leading.sum(axis=2)).mean(axis=1))
