"""Harness ``votes``: labels given to items whose truth is known, by the model's law of difficulty.

Difficulty is shared by all who answer an item; each worker's own logit is shifted by how good they are and by how often
they have met the kind of item. Which label the crowd settles on is left to the metrics, which count votes observed and
simulated alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.compilation import kernel
from entraide.model.decisions import practised
from entraide.model.errors import InputError
from entraide.model.packing import pack_citizens, pack_services
from entraide.model.quality import aggregated_accuracy, answer_accuracy, difficulty_nodes, difficulty_shape
from entraide.model.random_numbers import Stream, stream_keys, uniform

from .class_values import project_of
from .harness import Setting, harness
from .observations import Votes
from .worker_spread import spread_workers

__all__ = ["INDEPENDENT_ERRORS", "VOTES_SCALE", "simulate_votes"]

VOTES_SCALE: Mapping[str, str] = {
    "items": "items that are labelled",
    "workers": "people who label",
    "answers_per_item": "answers that each item gets, from different people",
    "classes": "classes among which a label is chosen; 2 where not said",
    "worker_accuracy_mean": "mean over workers of the share of right answers, 0-1; the class's law where not said",
    "worker_accuracy_sd": "standard deviation of that share between workers, as counted; 0 where not said",
    "rare_share": "share of items whose true class is a rare one, 0-1; 0 where not said",
}
# What a negative control adds to the inputs; no case may: every item is then as difficult as the average.
INDEPENDENT_ERRORS = "independent_errors"
# Of several wrong classes, the one that resembles the truth most takes this share of the wrong answers (assumption).
# The law of the class alone was fitted as if there were one wrong answer, and is used so.
_LOOK_ALIKE = 0.5
# Which draw of a stream serves what.
_DIFFICULTY, _GOLD, _RARE, _ANSWER, _WHICH = range(5)
# Who answers what is the protocol's, not the model's.
_ASSIGNMENT = 0x0A55


@dataclass(frozen=True)
class _Items:
    """What is labelled: float64 logits, int64 true classes and look-alikes, bool rarity; one row per item."""

    node: NDArray[np.float64]
    gold: NDArray[np.int64]
    look_alike: NDArray[np.int64]
    rare: NDArray[np.bool_]


@harness("votes", Votes, VOTES_SCALE)
def simulate_votes(setting: Setting) -> Votes:
    """Return simulated labels, one row per answer.

    Raises
    ------
    InputError : more answers per item than workers, or fewer than two classes.
    """
    scale = setting.scale
    workers, classes = int(scale["workers"]), int(scale.get("classes", 2))
    answers = int(scale.get("answers_per_item", workers))
    if not 1 <= answers <= workers:
        allowed = f"1 to {workers}: different people answer"
        raise InputError("is out of bounds", where="answers_per_item", value=answers, allowed=allowed)
    if classes < 2:
        raise InputError("is out of bounds", where="classes", value=classes, allowed="2 or more")
    citizens, service = project_of(setting.service_class, setting.draw)
    shared = pack_citizens(citizens)
    record = pack_services([service], shared)[0]
    keys = stream_keys(setting.seed, 0, 1)[:, 0]
    nodes, look_alike_share = _law(setting, record, classes)
    nodes, shifts = _spread(setting, nodes, workers, int(scale["items"]) * answers / workers, keys)
    items = _items(setting, nodes, classes, keys)
    worker, item = _who_answers_what(int(scale["items"]), workers, answers, setting.seed)
    label = np.empty(len(worker), np.int64)
    seen = np.zeros((workers, 2), np.int64)
    answer_all(
        worker, item, items.node, items.gold, items.look_alike, items.rare, shifts, classes, look_alike_share,
        float(shared[0]["skill_accuracy"]), float(shared[0]["log_skill_left"]), seen, keys[Stream.QUALITY], label,
    )  # fmt: skip
    rare = items.rare[item] if float(scale.get("rare_share", 0.0)) > 0.0 else None
    return Votes(worker=worker, item=item, label=label, gold=items.gold[item], classes=classes, rare=rare)


def _law(setting: Setting, service: object, classes: int) -> tuple[NDArray[np.float64], float]:
    """Return the logits of equally likely difficulties, and the share of errors that go to the look-alike."""
    mean = setting.scale.get("worker_accuracy_mean")
    if mean is None:
        nodes = difficulty_nodes(float(service["accuracy_alpha"]), float(service["accuracy_beta"]))  # type: ignore[index]
        share = 1.0
    else:
        nodes = difficulty_nodes(*difficulty_shape(float(mean)))
        share = 1.0 if classes == 2 else _LOOK_ALIKE
    if setting.scale.get(INDEPENDENT_ERRORS, False):
        average = float(aggregated_accuracy(nodes, 0, len(nodes), 1, 0.0, 0.0, 0.0, 0.0))
        nodes = np.full(len(nodes), np.log(average / (1.0 - average)))
    return nodes, share


def _spread(
    setting: Setting, nodes: NDArray[np.float64], workers: int, answers: float, keys: NDArray[np.uint32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the logits of difficulty and, by worker, the shifts that give the spread of accuracy observed."""
    spread = float(setting.scale.get("worker_accuracy_sd", 0.0))
    mean = float(aggregated_accuracy(nodes, 0, len(nodes), 1, 0.0, 0.0, 0.0, 0.0))
    return spread_workers(nodes, mean, spread, answers, workers, keys[Stream.DEVOTION])


def _items(setting: Setting, nodes: NDArray[np.float64], classes: int, keys: NDArray[np.uint32]) -> _Items:
    """Draw the items: difficulty, true class, the class it is most taken for, and whether it is rare."""
    number = int(setting.scale["items"])
    rare_share = float(setting.scale.get("rare_share", 0.0))
    key = keys[Stream.QUALITY]
    draws = np.array([[uniform(key, i, draw, 0) for draw in (_DIFFICULTY, _GOLD, _RARE)] for i in range(number)])
    gold = np.minimum(classes - 1, (draws[:, 1] * classes).astype(np.int64))
    which = (draws[:, 0] * len(nodes)).astype(np.int64)
    return _Items(nodes[which], gold, (gold + 1) % classes, draws[:, 2] < rare_share)


def _who_answers_what(items: int, workers: int, answers: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return worker and item of each answer, item after item; each item is answered by different people."""
    generator = np.random.default_rng([seed, _ASSIGNMENT])
    chosen = [np.sort(generator.choice(workers, answers, replace=False)) for _ in range(items)]
    return np.concatenate(chosen).astype(np.int64), np.repeat(np.arange(items, dtype=np.int64), answers)


@kernel
def answer_all(
    worker, item, node, gold, look_alike, rare, shifts, classes, look_alike_share, skill_accuracy, log_skill_left, seen,
    key, label,
):  # fmt: skip
    """Let each worker label each item they are given, in order; the average skill shifts nothing.

    Shapes: ``worker``, ``item`` and ``label`` int64[n]; ``node``, ``gold``, ``look_alike``, ``rare`` by item;
    ``shifts`` float64 by worker; ``seen`` int64[workers, 2], common and rare items met so far.
    """
    skill = np.empty(worker.shape[0])
    mean_skill = 0.0
    for a in range(worker.shape[0]):
        kind = 1 if rare[item[a]] else 0
        skill[a] = practised(0.0, float(seen[worker[a], kind]), log_skill_left)
        mean_skill += skill[a] / worker.shape[0]
        seen[worker[a], kind] += 1
    for a in range(worker.shape[0]):
        shift = shifts[worker[a]] + skill_accuracy * (skill[a] - mean_skill)
        true = gold[item[a]]
        if uniform(key, a, _ANSWER, 0) < answer_accuracy(node[item[a]], shift):
            label[a] = true
        elif classes == 2 or uniform(key, a, _WHICH, 0) < look_alike_share:
            label[a] = look_alike[item[a]]
        else:
            # One of the classes that are neither the true one nor its look-alike, each as likely.
            other = int(uniform(key, a, _WHICH, 1) * (classes - 2))
            label[a] = (true + 2 + other) % classes
