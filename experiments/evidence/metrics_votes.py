"""Metrics of votes: how often several answers together are right.

Items with fewer answers than a metric asks for are left out. A tie among t classes counts 1/t of a right answer, hence
one half with two classes.
"""

from __future__ import annotations

import math

import numpy as np

from .metrics import metric
from .observations import Votes
from .plurality import Tally, full_plurality, majority_chance, plurality_chance, tally
from .weighted_votes import weighted_accuracy

__all__: list[str] = []


@metric(
    "accuracy_{answers}",
    Votes,
    "share of items",
    "Chance that the most frequent of {answers} answers, drawn at random among those that an item got, is right; exact"
    " mean over all draws and items.",
    "Welinder et al. 2010; Swanson et al. 2016",
    "Chance que la plus fréquente de {answers} réponses, tirées au hasard parmi celles d'un objet, soit juste ; moyenne"
    " exacte sur tous les tirages et tous les objets.",
)
def _accuracy(votes: Votes, answers: int) -> float:
    return _mean(plurality_chance(tally(votes).with_at_least(answers), answers))


@metric(
    "accuracy_weighted_{answers}",
    Votes,
    "share of items",
    "The same, each answer weighing the log-odds of its author's accuracy on the other items (200 fixed draws of"
    " answers for each item).",
    "Nitzan & Paroush 1982",
    "De même, chaque réponse pesant le logarithme de la cote d'exactitude de son auteur sur les autres objets (200"
    " tirages fixes de réponses pour chaque objet).",
)
def _accuracy_weighted(votes: Votes, answers: int) -> float:
    return _mean(weighted_accuracy(votes, answers))


@metric(
    "accuracy_independent_{answers}",
    Votes,
    "share of items",
    "What a majority of {answers} answers would reach if every answer were right with the mean chance, whatever the"
    " item: a reference that real items, some of them hard for all, stay under.",
    "Condorcet 1785",
    "Ce qu'une majorité de {answers} réponses atteindrait si chacune était juste avec la chance moyenne, quel que soit"
    " l'objet : une référence que les objets réels, dont certains sont difficiles pour tous, n'atteignent pas.",
)
def _accuracy_independent(votes: Votes, answers: int) -> float:
    if len(votes.label) == 0:
        return math.nan
    return majority_chance(answers, float((votes.label == votes.gold).mean()))


@metric(
    "accuracy_rare_gap",
    Votes,
    "difference of shares",
    "Accuracy of all answers of an item together, common items less rare ones: above 0 where rare ones are harder.",
    "Swanson et al. 2016",
    "Exactitude de toutes les réponses d'un objet ensemble, objets courants moins objets rares : au-dessus de 0 si les"
    " rares sont plus difficiles.",
)
def _accuracy_rare_gap(votes: Votes) -> float:
    table: Tally = tally(votes)
    right = full_plurality(table)
    return _mean(right[~table.rare]) - _mean(right[table.rare])


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else math.nan
