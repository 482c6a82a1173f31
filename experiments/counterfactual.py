"""The same needs met by the administration alone: with the same budget, and at the same norm.

Both are always shown. The administration meets the very needs of the run's replicates (same seed, same numbers). Its
staff is that of the scenario times one factor, the same for all services.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from entraide.model.records import Outcome
from entraide.model.risk import DAYS_PER_YEAR
from entraide.model.specification import Specification

from .measures import headline_events, yearly_cost, years_begun
from .results import OutcomeTable

__all__ = [
    "KEPT_SHARE",
    "LARGEST_STAFF",
    "AdministrationAlone",
    "Counterfactual",
    "StaffSearch",
    "administration_alone",
    "norms_kept",
]

# Same norm: the norms are kept in at least this share of replicate-years.
KEPT_SHARE = 0.9
# Times the staff that the scenario declares: beyond it the norm is called out of reach.
LARGEST_STAFF = 64.0
# Sizes tried are powers of two to the 1/32: neighbours differ by 2.2 %.
STEPS_PER_DOUBLING = 32
LAST_STEP = 6 * STEPS_PER_DOUBLING
# Outcomes by zone of a whole country take megabytes: only those of the last sizes tried are held.
SIZES_REMEMBERED = 6

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
    """Return the years of a replicate in which no headline event happened in any service.

    A run in whose first year nothing falls due keeps nothing there: what is not judged is not kept.
    """
    kept = 0
    for year in range(years_begun(specification.days)):
        services = [
            headline_events(outcome, specification, place, year)
            for place, service in enumerate(specification.services)
            if service.public
        ]
        broken = any(any(events.values()) for events in services)
        unjudged = any(events["continuity"] is None and events["universality"] is None for events in services)
        kept += not broken and (year > 0 or not unjudged)
    return kept


def size_of_step(step: int) -> float:
    """Return the size of staff of a step of the search, in times the declared staff."""
    return float(2.0 ** (step / STEPS_PER_DOUBLING))


class StaffSearch:
    """Looks for the smallest staff that keeps the norms, and asks as few replicates as it can.

    More staff is taken to keep the norms at least as well in the same replicate: what a replicate did with less or
    more staff then bounds what it would do with this one. The staff that is found is asked of every replicate, so a
    case in which more staff did harm is noticed, and the search goes on above it.

    Parameters
    ----------
    replicates : numbers of the replicates.
    years : years of each.
    kept : the years in which a replicate keeps the norms with a size of staff.
    """

    def __init__(self, replicates: Sequence[int], years: int, kept: Callable[[float, int], int]) -> None:
        self.replicates, self.years, self.ask = tuple(replicates), years, kept
        self.known: dict[int, dict[float, int]] = {replicate: {} for replicate in self.replicates}
        self.lacking_allowed = int((1.0 - KEPT_SHARE) * len(self.replicates) * years + 1e-9)

    def kept(self, size: float, replicate: int) -> int:
        """Return the years kept, asked once."""
        known = self.known[replicate]
        if size not in known:
            known[size] = self.ask(size, replicate)
        return known[size]

    def bounds(self, size: float, replicate: int) -> tuple[int, int]:
        """Return the least and most years in which a replicate can keep the norms with this staff."""
        known = self.known[replicate]
        least = max((years for other, years in known.items() if other <= size), default=0)
        most = min((years for other, years in known.items() if other >= size), default=self.years)
        return min(least, most), most

    def keeps_first(self, step: int) -> bool:
        """Tell whether the first replicate keeps the norms in every year."""
        size, first = size_of_step(step), self.replicates[0]
        least, most = self.bounds(size, first)
        if least < self.years <= most:
            least = self.kept(size, first)
        return least == self.years

    def keeps_enough(self, step: int) -> bool:
        """Tell whether enough replicate-years keep the norms, from bounds alone as soon as these tell."""
        size = size_of_step(step)
        for replicate in (None, *self.replicates):
            if replicate is not None and len(set(self.bounds(size, replicate))) > 1:
                self.kept(size, replicate)
            both = [self.bounds(size, each) for each in self.replicates]
            if sum(self.years - most for _, most in both) > self.lacking_allowed:
                return False
            if sum(self.years - least for least, _ in both) <= self.lacking_allowed:
                return True
        raise AssertionError("every replicate was asked")

    def smallest(self) -> int | None:
        """Return the first step, from the smallest staff on, that keeps the norms; None when the largest does not.

        The first replicate alone shows where to look: asking it costs a fraction of asking all.
        """
        step = self._smallest_by_bounds()
        while step is not None and self.lacking(size_of_step(step)) > self.lacking_allowed:
            step = step + 1 if step < LAST_STEP else None
        return step

    def _smallest_by_bounds(self) -> int | None:
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

    def lacking(self, size: float) -> int:
        """Return the replicate-years, all of them asked, in which some norm is not kept."""
        return sum(self.years - self.kept(size, replicate) for replicate in self.replicates)


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


def administration_alone(
    specification: Specification,
    outcomes: Sequence[Outcome],
    run: RunAlone,
    draws: tuple[Specification, ...] = (),
) -> Counterfactual:
    """Return what the administration alone would do with the same budget, and what the same norm would cost it.

    Parameters
    ----------
    outcomes : the run's replicates.
    run : runs the administration alone, with a size of staff, on replicates by their numbers.
    draws : what was simulated with each draw of parameters; the administration alone meets the same ones.
    """
    years = years_begun(specification.days)
    replicates = [outcome.replicate for outcome in outcomes]
    by_size: OrderedDict[float, dict[int, Outcome]] = OrderedDict()

    def kept(size: float, replicate: int) -> int:
        return norms_kept(alone(size, replicate), specification)

    def alone(size: float, replicate: int) -> Outcome:
        found = by_size.setdefault(size, {})
        by_size.move_to_end(size)
        if len(by_size) > SIZES_REMEMBERED:
            by_size.popitem(last=False)
        if replicate not in found:
            found[replicate] = run(size, [replicate])[0]
        return found[replicate]

    search = StaffSearch(replicates, years, kept)
    step = search.smallest()
    norm_size = size_of_step(LAST_STEP if step is None else step)
    budget = float(np.mean([yearly_cost(outcome, specification) for outcome in outcomes]))
    budget_size, covered = _affordable(
        budget, [alone(norm_size, replicate) for replicate in replicates], norm_size, specification.days
    )
    tables = []
    for question, size, reachable in (
        ("same_budget", budget_size, covered),
        ("same_norm", norm_size, step is not None),
    ):
        tables.append(
            AdministrationAlone(
                specification=specification,
                outcomes=tuple(alone(size, replicate) for replicate in replicates),
                specifications=draws,
                question=question,
                staff=size,
                reachable=reachable,
                kept=len(replicates) * years - search.lacking(size),
                replicate_years=len(replicates) * years,
            )
        )
    return Counterfactual(tables[0], tables[1])


def _affordable(budget: float, outcomes: Sequence[Outcome], size: float, days: int) -> tuple[float, bool]:
    """Return the size of staff that a yearly budget pays, and whether it covers the fixed costs at all.

    ``outcomes`` ran the administration alone with ``size``: its cost has a fixed part and one in proportion to staff,
    with whom grants come and go.
    """

    def yearly(name: str) -> float:
        return float(np.mean([outcome.daily[name].sum() for outcome in outcomes])) * DAYS_PER_YEAR / days

    fixed = yearly("cost_platform")
    per_size = (yearly("cost_repair") + yearly("cost_grants")) / size
    if per_size <= 0.0:
        return 1.0, budget >= fixed
    return max(0.0, (budget - fixed) / per_size), budget >= fixed
