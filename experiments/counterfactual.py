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
    """Looks for the smallest staff that keeps the norms, and runs as little as it can.

    More staff is taken to keep the norms at least as well in the same replicate: what a replicate did with less or
    more staff then bounds what it would do with this one. The staff that is found is run in full, so a case in which
    more staff did harm is noticed, and the search goes on above it.
    """

    def __init__(self, specification: Specification, replicates: Sequence[int], run: RunAlone) -> None:
        self.specification, self.replicates, self.run = specification, tuple(replicates), run
        self.years = years_begun(specification.days)
        self.kept: dict[int, dict[float, int]] = {replicate: {} for replicate in self.replicates}
        self.lacking_allowed = int((1.0 - KEPT_SHARE) * len(self.replicates) * self.years + 1e-9)

    def outcomes(self, size: float, replicates: Sequence[int]) -> list[Outcome]:
        """Run some replicates and remember what they kept."""
        outcomes = self.run(size, replicates)
        for outcome in outcomes:
            self.kept[outcome.replicate][size] = norms_kept(outcome, self.specification)
        return outcomes

    def bounds(self, size: float, replicate: int) -> tuple[int, int]:
        """Return the least and most years in which a replicate can keep the norms with this staff."""
        known = self.kept[replicate]
        least = max((years for other, years in known.items() if other <= size), default=0)
        most = min((years for other, years in known.items() if other >= size), default=self.years)
        return min(least, most), most

    def keeps_first(self, step: int) -> bool:
        """Tell whether the first replicate keeps the norms in every year."""
        size, first = size_of_step(step), self.replicates[0]
        if self.bounds(size, first)[0] < self.years <= self.bounds(size, first)[1]:
            self.outcomes(size, [first])
        return self.bounds(size, first)[0] == self.years

    def keeps_enough(self, step: int) -> bool:
        """Tell whether enough replicate-years keep the norms, from bounds alone as soon as these tell."""
        size = size_of_step(step)
        for replicate in (None, *self.replicates):
            if replicate is not None:
                least, most = self.bounds(size, replicate)
                if least < most:
                    self.outcomes(size, [replicate])
            both = [self.bounds(size, each) for each in self.replicates]
            if sum(self.years - most for _, most in both) > self.lacking_allowed:
                return False
            if sum(self.years - least for least, _ in both) <= self.lacking_allowed:
                return True
        raise AssertionError("every replicate was run")

    def smallest(self) -> int | None:
        """Return the first step, from the smallest staff on, that keeps the norms; None when the largest does not.

        The first replicate alone shows where to look: one run there costs a fraction of one of all replicates.
        """
        around = first_true(self.keeps_first, -LAST_STEP, LAST_STEP)
        start = LAST_STEP if around is None else around
        reach = 1
        if self.keeps_enough(start):
            high = start
            while high > -LAST_STEP and self.keeps_enough(max(-LAST_STEP, start - reach)):
                high, reach = max(-LAST_STEP, start - reach), 2 * reach
            return first_true(self.keeps_enough, max(-LAST_STEP, start - reach), high)
        while start + reach < LAST_STEP and not self.keeps_enough(start + reach):
            reach *= 2
        return first_true(self.keeps_enough, start, min(LAST_STEP, start + reach))

    def smallest_in_full(self) -> tuple[int | None, list[Outcome]]:
        """Return the step that ``smallest`` finds, or the first above it that holds once all replicates are run."""
        step = self.smallest()
        while step is not None and step <= LAST_STEP:
            outcomes = self.outcomes(size_of_step(step), self.replicates)
            if self.years_lacking(size_of_step(step)) <= self.lacking_allowed:
                return step, outcomes
            step += 1
        return None, self.outcomes(LARGEST_STAFF, self.replicates)

    def years_lacking(self, size: float) -> int:
        """Return the replicate-years, all of them run, in which some norm is not kept."""
        return sum(self.years - self.kept[replicate][size] for replicate in self.replicates)


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
    same_budget = _described(search, "same_budget", size, search.outcomes(size, replicates), budget >= fixed)
    step, found = search.smallest_in_full()
    largest = LARGEST_STAFF if step is None else size_of_step(step)
    same_norm = _described(search, "same_norm", largest, found, step is not None)
    return Counterfactual(same_budget, same_norm)


def _described(
    search: _Search, question: str, size: float, outcomes: Sequence[Outcome], reachable: bool
) -> AdministrationAlone:
    years = len(search.replicates) * search.years
    return AdministrationAlone(
        specification=search.specification,
        outcomes=tuple(outcomes),
        question=question,
        staff=size,
        reachable=reachable,
        kept=years - search.years_lacking(size),
        replicate_years=years,
    )
