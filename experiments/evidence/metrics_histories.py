"""Metrics of a history: how unequally people contribute, and how much."""

from __future__ import annotations

import math

import numpy as np

from .concentration import gini_index, ratio, top_share
from .metrics import metric
from .observations import History
from .tail import tail_fit

__all__: list[str] = []


@metric(
    "gini",
    History,
    "Gini index of tasks",
    "Gini index of the contributors' tasks over the whole history: 0 if all give alike, near 1 if one gives most.",
    "Gini 1912",
    "Indice de Gini des tâches des contributeurs sur tout l'historique : 0 si tous donnent autant, près de 1 si un seul"
    " donne presque tout.",
)
def _gini(history: History) -> float:
    return gini_index(history.by_person.tasks)


@metric(
    "gini_active_days",
    History,
    "Gini index of active days",
    "Gini index of the number of days on which each contributor was active.",
    "Gini 1912",
    "Indice de Gini du nombre de jours où chaque contributeur a été actif.",
)
def _gini_active_days(history: History) -> float:
    return gini_index(history.by_person.active_days)


@metric(
    "top_share_{percent}",
    History,
    "share of tasks",
    "Share of all tasks done by the most active {percent} % of the contributors (number of people rounded; no value if"
    " that is nobody).",
    "Sauermann & Franzoni 2015",
    "Part de toutes les tâches faite par les {percent} % de contributeurs les plus actifs (nombre de personnes"
    " arrondi ; aucune valeur si ce n'est personne).",
)
def _top_share(history: History, percent: int) -> float:
    return top_share(history.by_person.tasks, percent / 100)


@metric(
    "top_share_permille_{permille}",
    History,
    "share of tasks",
    "Share of all tasks done by the most active {permille} in a thousand contributors (number of people rounded; no"
    " value if that is nobody).",
    "mySociety, FixMyStreet, all years",
    "Part de toutes les tâches faite par les {permille} pour mille de contributeurs les plus actifs (nombre de"
    " personnes arrondi ; aucune valeur si ce n'est personne).",
)
def _top_share_permille(history: History, permille: int) -> float:
    return top_share(history.by_person.tasks, permille / 1000)


@metric(
    "once_only_share",
    History,
    "share of people",
    "Share of the contributors who did a single task.",
    "O'Brien, Environment & Behavior",
    "Part des contributeurs qui n'ont fait qu'une seule tâche.",
)
def _once_only_share(history: History) -> float:
    return _mean(history.by_person.tasks == 1)


@metric(
    "once_only_task_share",
    History,
    "share of tasks",
    "Share of all tasks made by people who did a single one.",
    "mySociety, FixMyStreet, all years",
    "Part de toutes les tâches faite par des personnes qui n'en ont fait qu'une.",
)
def _once_only_task_share(history: History) -> float:
    tasks = history.by_person.tasks
    return ratio(float((tasks == 1).sum()), float(tasks.sum()))


@metric(
    "one_day_share",
    History,
    "share of people",
    "Share of the contributors who were active on a single day, whenever they arrived.",
    "Sauermann & Franzoni 2015",
    "Part des contributeurs actifs un seul jour, quelle que soit leur date d'arrivée.",
)
def _one_day_share(history: History) -> float:
    return _mean(history.by_person.active_days == 1)


@metric(
    "median_tasks",
    History,
    "tasks per person",
    "Median of the tasks of a contributor.",
    "definition",
    "Médiane des tâches d'un contributeur.",
)
def _median_tasks(history: History) -> float:
    tasks = history.by_person.tasks
    return float(np.median(tasks)) if len(tasks) else math.nan


@metric(
    "mean_tasks",
    History,
    "tasks per person",
    "Mean of the tasks of a contributor.",
    "definition",
    "Moyenne des tâches d'un contributeur.",
)
def _mean_tasks(history: History) -> float:
    return _mean(history.by_person.tasks)


@metric(
    "mean_active_days",
    History,
    "active days per person",
    "Mean of the number of days on which a contributor was active.",
    "definition",
    "Moyenne du nombre de jours où un contributeur a été actif.",
)
def _mean_active_days(history: History) -> float:
    return _mean(history.by_person.active_days)


@metric(
    "tail_exponent",
    History,
    "exponent",
    "Exponent a of the power law, proportional to x^-a, of the tasks of the most active contributors: maximum"
    " likelihood for whole numbers, from the threshold at which data and law are nearest (no value for tails of fewer"
    " than 25 people).",
    "Clauset, Shalizi & Newman 2009",
    "Exposant a de la loi de puissance, en x^-a, des tâches des contributeurs les plus actifs : maximum de"
    " vraisemblance pour des nombres entiers, à partir du seuil où données et loi sont les plus proches (aucune valeur"
    " pour une queue de moins de 25 personnes).",
)
def _tail_exponent(history: History) -> float:
    return tail_fit(history.by_person.tasks).exponent


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else math.nan
