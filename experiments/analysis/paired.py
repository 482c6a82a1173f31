"""Every design of a study against one of them, over the same states and random numbers, as one family (Holm)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError

from ..comparison import Comparison, compare_many
from ..pairing import ReplicateSet, margin_of
from ..verdicts import COST, RISK_EVENTS, Measure
from .designs import Design, DesignRuns, check_reference

__all__ = ["DesignComparisons", "compare_designs", "reference_design"]

LEVEL = 0.95


@dataclass(frozen=True)
class DesignComparisons:
    """All designs against the reference.

    Attributes
    ----------
    reference : what the others are set beside.
    designs : the others, as ``comparisons``.
    """

    reference: Design
    designs: tuple[Design, ...]
    comparisons: tuple[Comparison, ...]


def reference_design(found: DesignRuns, number: int | None = None) -> int:
    """Return the place of the design that is the reference: the one of a number, the scenario as it is, or the first.

    Raises
    ------
    InputError : no design of that number.
    """
    numbers = [each.number for each in found.designs]
    check_reference(numbers, number)
    if number is not None:
        return numbers.index(number)
    return next((place for place, each in enumerate(found.designs) if not each.changes), 0)


def compare_designs(
    found: DesignRuns,
    reference: int | None = None,
    measures: Sequence[Measure] | None = None,
    level: float = LEVEL,
) -> DesignComparisons:
    """Compare every design with the reference, over states of the world and chance.

    Parameters
    ----------
    reference : number of the design that is the reference.
    measures : None: the risks that have a value, and the cost.

    Raises
    ------
    InputError : one design only, or no design of that number.
    """
    if len(found.designs) < 2:
        raise InputError(
            "has one design: nothing is compared",
            where=f"study {found.runs.study.name}",
            remedy="Add [factors.levers] to the study",
        )
    place = reference_design(found, reference)
    chosen = measures or (*(each for each in RISK_EVENTS if each.name in found.judged), COST)
    sets = [_replicates(found, number, chosen) for number in range(len(found.designs))]
    others = [number for number in range(len(sets)) if number != place]
    return DesignComparisons(
        found.designs[place],
        tuple(found.designs[number] for number in others),
        compare_many(sets[place], [sets[number] for number in others], chosen, level=level),
    )


def _replicates(found: DesignRuns, number: int, measures: Sequence[Measure]) -> ReplicateSet:
    names = [each.name for each in measures]
    names += [margin_of(each.name) for each in measures if each.kind == "event"]
    tables: dict[str, NDArray[np.float64]] = {name: found.values(name)[number] for name in names}
    shape = next(iter(tables.values())).shape
    states = np.repeat(np.arange(shape[0]), shape[1])
    return ReplicateSet(
        name=str(found.designs[number].number),
        keys=tuple(zip(states.tolist(), np.tile(np.arange(shape[1]), shape[0]).tolist(), strict=True)),
        values={name: table.ravel() for name, table in tables.items()},
        draws=states if found.states > 1 else None,
        # More sets of assumptions can be drawn, where the study draws them.
        most_draws=max(found.states, 10_000 if found.assumptions else found.states),
    )
