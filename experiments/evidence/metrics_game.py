"""Metrics of a repeated public goods game: what is given, and the types of players.

Types follow Fischbacher, Gaechter & Fehr 2001 with the weak inequalities of Thoeni & Volk 2018, read off what a player
states for each level of the others' contribution, lowest level first:
free rider: nothing at any level;
conditional: never less at a higher level, and more at the highest than at the lowest;
hump-shaped: rises (weakly) to a level between, then falls (weakly), with that level above both ends.
The rest, those who give the same amount whatever the others do among them, are of no type here.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .concentration import ratio
from .metrics import metric
from .observations import Game

__all__ = ["conditional", "free_rider", "hump_shaped"]

_TYPES = "Fischbacher, Gaechter & Fehr 2001; Thoeni & Volk 2018"
_FIRST, _LAST = "first", "last"


def free_rider(stated: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return who states 0 at every level; ``stated`` has shape (n, levels)."""
    return np.asarray((stated == 0).all(axis=1))


def conditional(stated: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whose statement never falls and ends above its start."""
    return np.asarray((np.diff(stated, axis=1) >= 0).all(axis=1) & (stated[:, -1] > stated[:, 0]))


def hump_shaped(stated: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whose statement rises to a peak between the ends and falls after it."""
    found = np.zeros(len(stated), np.bool_)
    for peak in range(1, stated.shape[1] - 1):
        rises = (np.diff(stated[:, : peak + 1], axis=1) >= 0).all(axis=1) & (stated[:, peak] > stated[:, 0])
        falls = (np.diff(stated[:, peak:], axis=1) <= 0).all(axis=1) & (stated[:, peak] > stated[:, -1])
        found |= rises & falls
    return found


def _at(game: Game, end: str) -> NDArray[np.bool_]:
    if len(game.period) == 0:
        return np.zeros(0, np.bool_)
    return np.asarray(game.period == (game.period.min() if end == _FIRST else game.period.max()))


def _given(game: Game, end: str) -> float:
    given = game.contribution[_at(game, end)]
    return float(given.mean()) if len(given) else math.nan


def _none_given(game: Game, end: str) -> float:
    given = game.contribution[_at(game, end)]
    return float((given == 0).mean()) if len(given) else math.nan


def _share_of(kind: Callable[[NDArray[np.float64]], NDArray[np.bool_]]) -> Callable[[Game, str], float]:
    def share(game: Game, end: str) -> float:
        if game.stated is None or len(game.period) == 0:
            return math.nan
        return float(kind(game.stated[_at(game, end)]).mean())

    return share


def _both_ends(
    name: str, unit: str, english: str, french: str, source: str, share: Callable[[Game, str], float]
) -> None:
    """Register a figure of the first period and the same figure of the last."""
    for suffix, end, of_en, of_fr in (
        ("start", _FIRST, "in the first period", "à la première période"),
        ("end", _LAST, "in the last period", "à la dernière période"),
    ):

        def compute(game: Game, end: str = end) -> float:
            return share(game, end)

        metric(f"{name}_{suffix}", Game, unit, f"{english} {of_en}.", source, f"{french} {of_fr}.")(compute)


_both_ends(
    "contribution",
    "share of endowment",
    "Mean share of the endowment that is given",
    "Part moyenne de la dotation qui est donnée",
    "Andreozzi, Ploner & Saral 2020",
    _given,
)
_both_ends(
    "zero_share",
    "share of people",
    "Share of players who give nothing",
    "Part des joueurs qui ne donnent rien",
    "Andreozzi, Ploner & Saral 2020",
    _none_given,
)
_both_ends(
    "conditional_share",
    "share of people",
    "Share of players who state that they give more where others give more, and never less,",
    "Part des joueurs qui disent donner plus quand les autres donnent plus, et jamais moins,",
    _TYPES,
    _share_of(conditional),
)
_both_ends(
    "free_rider_share",
    "share of people",
    "Share of players who state that they give nothing whatever others give",
    "Part des joueurs qui disent ne rien donner, quoi que donnent les autres,",
    _TYPES,
    _share_of(free_rider),
)


@metric(
    "contribution_ratio",
    Game,
    "ratio",
    "Mean contribution of the last period over that of the first.",
    "Andreozzi, Ploner & Saral 2020",
    "Contribution moyenne de la dernière période rapportée à celle de la première.",
)
def _contribution_ratio(game: Game) -> float:
    return ratio(_given(game, _LAST), _given(game, _FIRST))


@metric(
    "hump_share",
    Game,
    "share of people",
    "Share of players who, in the first period, state that they give most at a middle level of what others give.",
    _TYPES,
    "Part des joueurs qui, à la première période, disent donner le plus quand les autres donnent moyennement.",
)
def _hump_share(game: Game) -> float:
    return _share_of(hump_shaped)(game, _FIRST)
