"""Designs that were run on the same chance, by three risks and cost: which of them does no other dominate?

Pareto dominance: at least as good in everything, and better in something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError
from entraide.model.risk import RISKS

from ..result_comparison import check_comparable
from ..results import Result
from .robustness import nondominated

__all__ = ["Front", "FrontDesign", "front_of"]


@dataclass(frozen=True)
class FrontDesign:
    """One design.

    Attributes
    ----------
    broken : by risk that can be judged, simulated years in which its norm was broken.
    cost : mean over replicates, EUR a year.
    dominated_by : names of the designs that are at least as good in everything and better in something.
    """

    name: str
    broken: Mapping[str, int]
    cost: float
    dominated_by: tuple[str, ...]

    @property
    def nondominated(self) -> bool:
        """Whether the design is on the front."""
        return not self.dominated_by


@dataclass(frozen=True)
class Front:
    """Designs and the front among them.

    Attributes
    ----------
    designs : in the order given.
    replicates, days : simulated for each.
    """

    designs: tuple[FrontDesign, ...]
    replicates: int
    days: int

    @property
    def members(self) -> tuple[FrontDesign, ...]:
        """The designs that no other dominates, the cheapest first."""
        return tuple(sorted((each for each in self.designs if each.nondominated), key=lambda each: each.cost))


def front_of(results: Mapping[str, Result], service: str | None = None, year: int = 0) -> Front:
    """Return which designs no other dominates, on years with a broken norm and on cost; less is better.

    Parameters
    ----------
    results : runs by the name of the design, two or more, of one territory, seed and calendar.
    service : whose risks are counted; None: the first. The cost is that of all services.

    Raises
    ------
    InputError : fewer than two designs, or runs that did not meet the same chance.
    """
    if len(results) < 2:
        raise InputError("needs two designs or more", where="pareto(runs)", value=len(results))
    first, *others = results.values()
    for name, other in zip(list(results)[1:], others, strict=True):
        check_comparable(first, other)
        if other.replicates != first.replicates:
            raise InputError(
                "has another number of replicates",
                where=f"pareto(runs): {name}",
                value=other.replicates,
                allowed=str(first.replicates),
            )
    broken = {name: _broken(result, service, year) for name, result in results.items()}
    cost = {name: float(result.cost().value or 0.0) for name, result in results.items()}
    judged = [risk for risk in RISKS if all(risk in counts for counts in broken.values())]
    names = list(results)
    table = np.array([[*(broken[name][risk] for risk in judged), cost[name]] for name in names], np.float64)
    kept = nondominated(table)
    designs = tuple(
        FrontDesign(
            name,
            {risk: broken[name][risk] for risk in judged},
            cost[name],
            () if kept[place] else tuple(names[other] for other in _better(table, place)),
        )
        for place, name in enumerate(names)
    )
    return Front(designs, first.replicates, first.specification.days)


def _broken(result: Result, service: str | None, year: int) -> dict[str, int]:
    return {name: risk.count for name, risk in result.risks(service, year).items() if risk.replicates}


def _better(table: NDArray[np.float64], place: int) -> list[int]:
    """Return the rows that dominate one row."""
    better = (table <= table[place]).all(axis=1) & (table < table[place]).any(axis=1)
    return [int(each) for each in np.flatnonzero(better)]
