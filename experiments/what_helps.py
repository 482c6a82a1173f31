"""What helps: each named measure tried alone against the scenario as it is, on the same random numbers.

On each thing compared the measures are one family, so that "better" and "worse" are claimed by Holm's method. There is
no composite score: each risk has its own ranking, the cost and the two other risks beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.risk import DAYS_PER_YEAR, RISKS
from entraide.scenarios.changing import with_changes
from entraide.scenarios.measure_proposals import no_sense, proposals, propose
from entraide.scenarios.scenario import Scenario

from .comparison import Comparison, compare_many
from .designs import BASELINE, run_designs
from .draws import draws_for
from .output import Request
from .pairing import ReplicateSet
from .parameters_from import DEFAULT_PARAMETERS
from .result_comparison import COMPARED, bounded, replicate_set
from .results import FEWEST_FOR_PROBABILITY, Result
from .runs import Conduct

__all__ = [
    "BEHIND",
    "Candidate",
    "Plan",
    "Refused",
    "ServiceRanking",
    "Tried",
    "WhatHelps",
    "plan_of",
    "try_measures",
]

# The mean behind each risk: it still moves where the event happens in no replicate, or in all.
BEHIND: Mapping[str, str] = {
    "continuity": "share_in_time",
    "quality": "error",
    "universality": "share_under_floor",
}
_ORDER = {"better": 0, "mixed": 1, "cannot_tell": 1, "no_difference_that_matters": 1, "worse": 2}

Words = Mapping[str, str]

# A measure is told better on a risk by its event or by the mean behind it: two looks share the 5 % between them.
LEVEL = 0.975


@dataclass(frozen=True)
class Candidate:
    """A measure to try.

    Attributes
    ----------
    changes : value by key, on top of the scenario's own changes.
    moved : (value there, value with the measure) by key.
    """

    name: str
    category: str
    prevents: tuple[str, ...]
    title: Words
    help: Words
    changes: Mapping[str, Value]
    moved: Mapping[str, tuple[Value, Value]]

    @property
    def place(self) -> str:
        """Folder of its run in that of the plan."""
        return f"measures/{self.name}"


@dataclass(frozen=True)
class Refused:
    """A measure that makes no sense in the scenario, and why."""

    name: str
    title: Words
    reason: Words


@dataclass(frozen=True)
class Plan:
    """What is tried: the scenario as it is, then each measure alone."""

    request: Request
    candidates: tuple[Candidate, ...]
    refused: tuple[Refused, ...]

    @property
    def designs(self) -> tuple[Candidate, ...]:
        """The measures, under the name that they share with other designs."""
        return self.candidates

    def request_of(self, candidate: Candidate) -> Request:
        """Return the request of the scenario with one measure."""
        return replace(self.request, scenario=with_changes(self.request.scenario, candidate.changes))


def plan_of(
    scenario: Scenario,
    *,
    replicates: int = 20,
    seed: int = 0,
    own_file: bool = False,
    measures: Sequence[str] | None = None,
    parameters: str = DEFAULT_PARAMETERS,
) -> Plan:
    """Return what there is to try in a scenario.

    Parameters
    ----------
    measures : names of those to try; None: all that make sense.
    parameters : "ensemble" or "preset", as ``runs.run``; replicate r takes the same draw with and without a measure.

    Raises
    ------
    InputError : no measure makes sense there, a measure asked for is unknown or makes no sense, or the territory
        cannot be loaded.
    """
    found = proposals(scenario) if measures is None else tuple(propose(scenario, name) for name in measures)
    for each in found:
        if measures is not None and each.reason is not None:
            raise InputError(
                no_sense(each.reason),
                where={"en": f"measure {each.measure.name}", "fr": f"mesure {each.measure.name}"},
            )
    candidates = tuple(
        Candidate(
            each.measure.name,
            each.measure.category,
            each.measure.prevents,
            each.measure.title,
            each.measure.told,
            each.changes,
            each.moved,
        )
        for each in found
        if each.reason is None
    )
    if not candidates:
        raise InputError(
            {
                "en": "no measure makes sense in this scenario",
                "fr": "aucune mesure n'a de sens dans ce scénario",
            },
            where="--what-helps",
            remedy={
                "en": f"`entraide scenarios measures {scenario.name}` says why",
                "fr": f"`entraide scenarios measures {scenario.name}` dit pourquoi",
            },
        )
    refused = tuple(
        Refused(each.measure.name, each.measure.title, each.reason) for each in found if each.reason is not None
    )
    draws = draws_for(scenario, replicates, parameters)
    request = Request(scenario, replicates, seed, counterfactual=False, own_file=own_file, draws=draws)
    plan = Plan(request, candidates, refused)
    for asked in (request, *map(plan.request_of, candidates)):
        # A value that a measure states may contradict a drawn one: told before anything is simulated.
        asked.specifications()
    return plan


@dataclass(frozen=True)
class Tried:
    """A measure that was tried, and what it changed in one service."""

    candidate: Candidate
    comparison: Comparison

    @property
    def counts_only(self) -> bool:
        """Whether there are too few replicates to tell a probability: events are then counted, and not judged."""
        return max((found.pairs for found in self.comparison.differences), default=0) < FEWEST_FOR_PROBABILITY

    def verdict(self, risk: str) -> str:
        """Return the verdict on one risk: that of the event and of the mean behind it, "mixed" where they differ."""
        verdicts = {self.comparison.of(BEHIND[risk]).verdict}
        if not self.counts_only:
            verdicts.add(self.comparison.of(risk).verdict)
        if {"better", "worse"} <= verdicts:
            return "mixed"
        return next(
            each for each in ("better", "worse", "cannot_tell", "no_difference_that_matters") if each in verdicts
        )

    def side_effects(self, risk: str) -> tuple[tuple[str, str], ...]:
        """Return the other risks that are shown to change, each with its verdict."""
        found = ((other, self.verdict(other)) for other in RISKS if other != risk)
        return tuple((other, verdict) for other, verdict in found if verdict in ("better", "worse", "mixed"))

    def dominates(self, risk: str) -> bool:
        """Tell whether the measure is better on a risk, and cheaper."""
        return self.verdict(risk) == "better" and self.comparison.of("cost").verdict == "better"

    def enough_pairs(self, risk: str) -> int | None:
        """Return the replicates that would tell what the event or the mean behind it cannot; None when not known."""
        event = self.comparison.of(risk)
        # A break that never happens, or always, with the measure and without: its number would help nobody.
        unmoved = event.baseline == event.candidate and event.baseline in (0.0, 1.0)
        names = [BEHIND[risk]] if self.counts_only or unmoved else [risk, BEHIND[risk]]
        known = [self.comparison.of(name).enough_pairs for name in names]
        return min((pairs for pairs in known if pairs is not None), default=None)


@dataclass(frozen=True)
class ServiceRanking:
    """What the measures changed in one service.

    Attributes
    ----------
    service, year : what was compared.
    days : simulated days of that year.
    tried : in the order of the plan.
    """

    service: str
    title: Words
    year: int
    days: int
    tried: tuple[Tried, ...]

    def ranked(self, risk: str) -> tuple[Tried, ...]:
        """Order measures by their effect on a risk.

        Those that are shown to help come first and those shown to harm last; within each, by the estimate: the change
        of the event's probability, then that of the mean behind it.
        """

        def place(tried: Tried) -> tuple[float, ...]:
            gains = [tried.comparison.of(name).improvement for name in (risk, BEHIND[risk])]
            return (_ORDER[tried.verdict(risk)], *(0.0 if gain is None else -round(gain, 12) for gain in gains))

        return tuple(sorted(self.tried, key=lambda tried: (place(tried), tried.candidate.name)))


@dataclass(frozen=True)
class WhatHelps:
    """Every measure tried alone.

    Attributes
    ----------
    plan : what was tried, and what was refused.
    baseline : the run of the scenario as it is, without the administration alone.
    rankings : one per service, in the order of the scenario.
    """

    plan: Plan
    baseline: Result
    rankings: tuple[ServiceRanking, ...]

    def of(self, service: str | None = None) -> ServiceRanking:
        """Return the ranking of a service; of the first one for None.

        Raises
        ------
        InputError : no such service.
        """
        return self.rankings[self.baseline.place_of(service)]


def try_measures(
    plan: Plan,
    folder: Path | None = None,
    conduct: Conduct | None = None,
    begin: Callable[[int, int, Candidate | None], None] | None = None,
) -> WhatHelps:
    """Run the scenario as it is, then with each measure alone, and compare.

    ``folder``, ``conduct`` and ``begin`` are those of ``run_designs``, and so is what is raised.
    """
    scenario = plan.request.scenario
    year = max(0, scenario.days // DAYS_PER_YEAR - 1)
    baseline: Result | None = None
    designs: list[Mapping[str, ReplicateSet]] = []
    for candidate, result in run_designs(plan, folder, conduct, begin):
        name = BASELINE if candidate is None else candidate.name
        # Outcomes by zone are heavy: only what is compared is kept of each measure.
        designs.append({each: replicate_set(result, name, each, year) for each in scenario.service_names})
        baseline = baseline or result
    assert baseline is not None
    rankings = tuple(
        _ranking(plan, designs, service.name, service.title, year) for service in scenario.services if service.public
    )
    return WhatHelps(plan, baseline, rankings)


def _ranking(
    plan: Plan, designs: list[Mapping[str, ReplicateSet]], service: str, title: Words, year: int
) -> ServiceRanking:
    compared = compare_many(designs[0][service], [design[service] for design in designs[1:]], COMPARED, level=LEVEL)
    tried = tuple(
        Tried(candidate, replace(comparison, differences=tuple(map(bounded, comparison.differences))))
        for candidate, comparison in zip(plan.candidates, compared, strict=True)
    )
    days = min(DAYS_PER_YEAR, plan.request.scenario.days - DAYS_PER_YEAR * year)
    return ServiceRanking(service, title, year, days, tried)
