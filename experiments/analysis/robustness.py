"""Robustness: in what share of the assumed worlds a design holds its norms, and what it regrets.

Regret: Savage 1951; for decisions under deep uncertainty, Lempert, Popper & Bankes 2003.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.intervals import Interval, wilson_interval

from .designs import KEPT_IN, Design, DesignRuns, mean_known

__all__ = ["HOLDS_IN", "DesignRobustness", "Held", "Regret", "Robustness", "robustness_of"]

# A design holds its norms where it does in so many of the states.
HOLDS_IN = 0.8
LEVEL = 0.95


@dataclass(frozen=True)
class Held:
    """In how many states a norm is held.

    Attributes
    ----------
    states : in which it can be judged.
    share, interval : None where it can be judged nowhere; Wilson's interval, over states.
    """

    count: int
    states: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Regret:
    """How much worse than the best design, state by state.

    Attributes
    ----------
    most, mean : over states; the most is what minimax regret looks at.
    """

    most: float
    mean: float


@dataclass(frozen=True)
class DesignRobustness:
    """One design.

    Attributes
    ----------
    held : by risk, and "all" for all norms together.
    cost : mean over states, EUR a year.
    cost_regret : EUR a year, among the designs that hold their norms; None for the others.
    risk_regret : by risk, in probability of a broken norm.
    holds : whether all norms are held in the asked share of states.
    nondominated : no design has less of all three risks and of the cost, and strictly less of one.
    """

    design: Design
    held: Mapping[str, Held]
    cost: float
    cost_regret: Regret | None
    risk_regret: Mapping[str, Regret]
    risks: Mapping[str, float]
    holds: bool
    nondominated: bool


@dataclass(frozen=True)
class Robustness:
    """All designs.

    Attributes
    ----------
    designs : in the order of the study.
    states, replicates : states of the world, and replicates of each.
    kept_in : share of a state's simulated years in which a norm must be kept for it to be held there.
    holds_in : share of states in which all norms must be held.
    cheapest : the cheapest of the designs that hold; None where none does.
    safest : the design that holds all norms in most states, the cheaper of equals.
    minimax_cost : of the designs that hold, the one whose greatest cost regret is smallest; None where none holds.
    minimax_risk : by risk, the design whose greatest regret is smallest, the cheaper of equals.
    """

    designs: tuple[DesignRobustness, ...]
    states: int
    replicates: int
    kept_in: float
    holds_in: float
    cheapest: DesignRobustness | None
    safest: DesignRobustness
    minimax_cost: DesignRobustness | None
    minimax_risk: Mapping[str, DesignRobustness]

    @property
    def cheapest_of_all(self) -> DesignRobustness:
        """The cheapest design, whether it holds or not."""
        return min(self.designs, key=lambda each: (each.cost, each.design.number))


def robustness_of(found: DesignRuns, holds_in: float = HOLDS_IN) -> Robustness:
    """Return in what share of states each design holds its norms, and what each regrets.

    Parameters
    ----------
    holds_in : share of states, 0-1.
    """
    known = ~np.isnan(found.any_broken)
    held = {risk: _held(broken) for risk, broken in found.broken.items()}
    held["all"] = _held(found.any_broken)
    shares = np.array([each.share if each.share is not None else 0.0 for each in held["all"]])
    holding = shares >= holds_in - 1e-12
    cost = mean_known(found.cost)
    risks = {risk: mean_known(broken) for risk, broken in found.broken.items()}
    cost_regret: list[Regret | None] = [None] * len(found.designs)
    if holding.any():
        # A design is no option where its norms are broken: the best is looked for among those held there, if any.
        options = np.where(found.held & known & holding[:, None], found.cost, np.inf)
        best = options.min(axis=0)
        best = np.where(np.isfinite(best), best, _least(found.cost[holding]))
        for place in np.flatnonzero(holding):
            cost_regret[place] = _regret(np.maximum(0.0, found.cost[place] - best))
    risk_regret = {risk: broken - _least(broken) for risk, broken in found.broken.items()}
    objectives = np.column_stack([*risks.values(), cost])
    front = nondominated(objectives)
    designs = tuple(
        DesignRobustness(
            design=design,
            held={name: each[place] for name, each in held.items()},
            cost=float(cost[place]),
            cost_regret=cost_regret[place],
            risk_regret={risk: _regret(each[place]) for risk, each in risk_regret.items()},
            risks={risk: float(each[place]) for risk, each in risks.items()},
            holds=bool(holding[place]),
            nondominated=bool(front[place]),
        )
        for place, design in enumerate(found.designs)
    )
    good = [each for each in designs if each.cost_regret is not None]
    return Robustness(
        designs=designs,
        states=found.states,
        replicates=found.values("cost").shape[2],
        kept_in=KEPT_IN,
        holds_in=holds_in,
        cheapest=min(good, key=lambda each: (each.cost, each.design.number)) if good else None,
        safest=min(designs, key=lambda each: (-(each.held["all"].share or 0.0), each.cost)),
        minimax_cost=min(good, key=lambda each: (each.cost_regret.most, each.cost)) if good else None,  # type: ignore[union-attr]
        minimax_risk={
            risk: min(designs, key=lambda each: (each.risk_regret[risk].most, each.cost)) for risk in found.judged
        },
    )


def _least(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by state the least of all designs; NaN where none has a value, as where nothing fell due."""
    least: NDArray[np.float64] = np.where(np.isnan(table), np.inf, table).min(axis=0)
    return np.where(np.isfinite(least), least, np.nan)


def _regret(over_states: NDArray[np.float64]) -> Regret:
    known = over_states[~np.isnan(over_states)]
    return Regret(float(known.max()), float(known.mean())) if len(known) else Regret(float("nan"), float("nan"))


def _held(broken: object) -> list[Held]:
    table = np.asarray(broken, np.float64)
    found = []
    for row in table:
        known = row[~np.isnan(row)]
        count = int((known <= 1.0 - KEPT_IN + 1e-9).sum())
        interval = wilson_interval(count, len(known), LEVEL)
        found.append(Held(count, len(known), count / len(known) if len(known) else None, interval))
    return found


def nondominated(objectives: object) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows no other dominates, bool[n]; less is better in each column, and equal rows stay together."""
    table = np.asarray(objectives, np.float64)
    kept = np.ones(len(table), np.bool_)
    for place, row in enumerate(table):
        kept[place] = not ((table <= row).all(axis=1) & (table < row).any(axis=1)).any()
    return kept
