"""The same needs met by the administration alone: with the same budget, and at the same norm.

Both are always shown. The administration meets the very needs of the run's replicates (same seed, same numbers). Its
staff is that of the scenario times one factor, the same for all services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from entraide.model.records import Outcome
from entraide.model.specification import Specification

from .measures import headline_events, yearly_cost, years_begun
from .results import OutcomeTable

__all__ = ["KEPT_SHARE", "LARGEST_STAFF", "AdministrationAlone", "Counterfactual", "administration_alone", "norms_kept"]

# Same norm: the norms are kept in at least this share of replicate-years.
KEPT_SHARE = 0.9
# Times the staff that the scenario declares: beyond it the norm is called out of reach.
LARGEST_STAFF = 64.0
# Sizes tried are powers of two to the 1/32: neighbours differ by 2.2 %.
STEPS_PER_DOUBLING = 32
LAST_STEP = 6 * STEPS_PER_DOUBLING

RunAlone = Callable[[float, Sequence[int]], list[Outcome]]


@dataclass(frozen=True)
class AdministrationAlone(OutcomeTable):
    """The administration alone with one size of staff.

    Attributes
    ----------
    question : "same_budget" or "same_norm".
    staff : times the staff that the scenario declares.
    reachable : same budget: the budget covers the fixed costs; same norm: some staff up to LARGEST_STAFF keeps the
        norms. When it does not, the outcomes are those of the smallest (budget) or largest (norm) staff.
    kept, replicate_years : replicate-years in which all norms of all services were kept, and how many there are.
    """

    question: str = "same_budget"
    staff: float = 1.0
    reachable: bool = True
    kept: int = 0
    replicate_years: int = 0


@dataclass(frozen=True)
class Counterfactual:
    """The two questions that are always asked."""

    same_budget: AdministrationAlone
    same_norm: AdministrationAlone


def norms_kept(outcome: Outcome, specification: Specification) -> int:
    """Return the years of a replicate in which no headline event happened in any service."""
    return sum(
        not any(
            any(headline_events(outcome, specification, service, year).values())
            for service in range(len(specification.services))
        )
        for year in range(years_begun(specification.days))
    )


def size_of_step(step: int) -> float:
    """Return the size of staff of a step of the search, in times the declared staff."""
    return float(2.0 ** (step / STEPS_PER_DOUBLING))


class _Search:
    """Remembers what was run: the same staff meeting the same replicate is never run twice."""

    def __init__(self, specification: Specification, replicates: Sequence[int], run: RunAlone) -> None:
        self.specification, self.replicates, self.run = specification, tuple(replicates), run
        self.years = years_begun(specification.days)
        self.kept: dict[tuple[float, int], int] = {}
        self.lacking_allowed = int((1.0 - KEPT_SHARE) * len(self.replicates) * self.years + 1e-9)

    def outcomes(self, size: float, replicates: Sequence[int]) -> list[Outcome]:
        outcomes = self.run(size, replicates)
        for outcome in outcomes:
            self.kept[size, outcome.replicate] = norms_kept(outcome, self.specification)
        return outcomes

    def kept_years(self, size: float, replicates: Sequence[int]) -> int:
        missing = [replicate for replicate in replicates if (size, replicate) not in self.kept]
        self.outcomes(size, missing)
        return sum(self.kept[size, replicate] for replicate in replicates)

    def keeps_first(self, step: int) -> bool:
        """Tell whether the first replicate keeps the norms in every year."""
        return self.kept_years(size_of_step(step), self.replicates[:1]) == self.years

    def keeps_all(self, step: int) -> bool:
        """Tell whether enough replicate-years keep the norms; stops as soon as too many do not."""
        size, lacking = size_of_step(step), 0
        batch = 2 if len(self.replicates) > 2 else 1
        for first in range(0, len(self.replicates), batch):
            some = self.replicates[first : first + batch]
            lacking += len(some) * self.years - self.kept_years(size, some)
            if lacking > self.lacking_allowed:
                return False
        return True

    def smallest(self) -> int | None:
        """Return the first step, from the smallest staff on, that keeps the norms; None when the largest does not.

        The first replicate alone shows where to look: one run there costs a fraction of one of all replicates.
        """
        around = first_true(self.keeps_first, -LAST_STEP, LAST_STEP)
        start = LAST_STEP if around is None else around
        if self.keeps_all(start):
            low, reach = start, 1
            while low > -LAST_STEP and self.keeps_all(max(-LAST_STEP, start - reach)):
                low, reach = max(-LAST_STEP, start - reach), 2 * reach
            return first_true(self.keeps_all, max(-LAST_STEP, start - reach), low)
        reach = 1
        while start + reach < LAST_STEP and not self.keeps_all(start + reach):
            reach *= 2
        return first_true(self.keeps_all, start, min(LAST_STEP, start + reach))


def first_true(holds: Callable[[int], bool], low: int, high: int) -> int | None:
    """Return the smallest step in low..high at which ``holds``, if it holds from some step on; None if nowhere."""
    if not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return high


def administration_alone(specification: Specification, outcomes: Sequence[Outcome], run: RunAlone) -> Counterfactual:
    """Return what the administration alone would do with the same budget, and what the same norm would cost it.

    Parameters
    ----------
    outcomes : the run's replicates.
    run : runs the administration alone, with a size of staff, on replicates by their numbers.
    """
    replicates = [outcome.replicate for outcome in outcomes]
    search = _Search(specification, replicates, run)
    budget = float(np.mean([yearly_cost(outcome, specification) for outcome in outcomes]))
    declared = search.outcomes(1.0, replicates[:1])[0]
    days = specification.days
    fixed = float(declared.daily["cost_platform"].sum()) * 365.0 / days
    per_size = float(declared.daily["cost_repair"].sum()) * 365.0 / days
    size = max(0.0, (budget - fixed) / per_size) if per_size > 0 else 1.0
    same_budget = _described(search, "same_budget", size, budget >= fixed)
    step = search.smallest()
    same_norm = _described(search, "same_norm", size_of_step(LAST_STEP if step is None else step), step is not None)
    return Counterfactual(same_budget, same_norm)


def _described(search: _Search, question: str, size: float, reachable: bool) -> AdministrationAlone:
    outcomes = search.outcomes(size, search.replicates)
    return AdministrationAlone(
        specification=search.specification,
        outcomes=tuple(outcomes),
        question=question,
        staff=size,
        reachable=reachable,
        kept=sum(search.kept[size, replicate] for replicate in search.replicates),
        replicate_years=len(search.replicates) * search.years,
    )
