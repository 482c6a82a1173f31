"""The result of a run: three risks, cost and measures over replicates, beside the administration alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError, nearest_name
from entraide.model.fault_words import UNKNOWN_SERVICE
from entraide.model.intervals import Interval, MeanEstimate
from entraide.model.records import Outcome
from entraide.model.risk import RISKS, RiskEvent, summarise_event, summarise_mean
from entraide.model.specification import ServiceSpecification, Specification
from entraide.scenarios.scenario import Scenario

from .margins import replicate_margins
from .measures import MEASURES, MeasureDescription, norms_of, own_norms, replicate_measures, yearly_cost, years_begun
from .parameters_from import parameters_from

if TYPE_CHECKING:
    from .counterfactual import Counterfactual
    from .draws import Draws

__all__ = ["FEWEST_FOR_PROBABILITY", "MeasureResult", "OutcomeTable", "Result", "RiskResult"]

# With fewer replicates a result says "in k of n" and no probability: the interval would span most of 0-1.
FEWEST_FOR_PROBABILITY = 10


def bounded_mean(values: NDArray[np.float64], unit: str, draws: NDArray[np.int64] | None = None) -> MeanEstimate:
    """Return the mean with its interval, cut where the quantity itself ends: a count is never negative.

    Parameters
    ----------
    values : one per replicate, NaN where there is none.
    unit : "share" also ends at 1.
    draws : the draw of parameters of each replicate: those of one draw are alike, and the interval is over draws too.
    """
    estimate = summarise_mean(values.tolist())
    if draws is not None:
        from .variance_components import clustered_mean_interval

        estimate = replace(estimate, interval=clustered_mean_interval(values, draws))
    band = estimate.interval
    if band is None:
        return estimate
    low = max(0.0, band.low) if float(np.nanmin(values)) >= 0.0 else band.low
    high = min(1.0, band.high) if unit == "share" else band.high
    return replace(estimate, interval=replace(band, low=low, high=high))


@dataclass(frozen=True)
class MeasureResult:
    """A secondary measure: what it is, and its mean over replicates."""

    description: MeasureDescription
    estimate: MeanEstimate


@dataclass(frozen=True)
class RiskResult:
    """One risk of one service in one year.

    Attributes
    ----------
    headline : the event with its norms, count, replicates, and probability whatever the number of replicates.
    measures : the measures that belong to this risk, by name.
    kind : production kind of the service.
    own_norms : norms that only this kind has, by parameter name.
    """

    headline: RiskEvent
    measures: Mapping[str, MeasureResult]
    kind: str = ""
    own_norms: Mapping[str, float] = field(default_factory=dict)

    @property
    def risk(self) -> str:
        """Name of the risk: "continuity", "quality" or "universality"."""
        return self.headline.risk

    @property
    def count(self) -> int:
        """Replicates in which the event happened."""
        return self.headline.count

    @property
    def replicates(self) -> int:
        """Replicates in which the risk has a value."""
        return self.headline.replicates

    @property
    def tells_probability(self) -> bool:
        """Whether there are enough replicates to tell a probability."""
        return self.headline.replicates >= FEWEST_FOR_PROBABILITY

    @property
    def probability(self) -> float | None:
        """Share of replicates with the event; None with too few of them to tell."""
        return self.headline.probability if self.tells_probability else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval over replicates (and draws of parameters, if any); None with too few of them to tell."""
        return self.headline.interval if self.tells_probability else None

    @property
    def norms(self) -> Mapping[str, float]:
        """The norms that define the event, by parameter name."""
        return self.headline.norms


@dataclass(frozen=True)
class OutcomeTable:
    """Replicates of one specification, and what they say: shared by a run and by the administration alone.

    Attributes
    ----------
    specification : what was simulated; with draws of parameters, what would be without them.
    outcomes : finished replicates, in order of their number.
    specifications : what was simulated with each draw of parameters, in the order in which replicates take them; empty
        where all replicates have the same parameters. Every interval is then over draws and chance together.
    """

    specification: Specification
    outcomes: tuple[Outcome, ...]
    specifications: tuple[Specification, ...] = field(default=(), repr=False, compare=False, kw_only=True)
    _values: dict[tuple[int, int], Mapping[str, NDArray[np.float64]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _margins: dict[tuple[int, int], Mapping[str, NDArray[np.float64]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def service_names(self) -> tuple[str, ...]:
        """Names of the services; the first one is the headline."""
        return tuple(service.name for service in self.specification.services)

    @property
    def public_services(self) -> tuple[ServiceSpecification, ...]:
        """The services that the administration answers for: those that have norms and risks."""
        return tuple(service for service in self.specification.services if service.public)

    @property
    def years(self) -> int:
        """Years of 365 days begun."""
        return years_begun(self.specification.days)

    def place_of(self, service: str | None) -> int:
        """Return the place of a service by its name; the first one for None.

        Raises
        ------
        InputError : no such service.
        """
        names = self.service_names
        if service is None:
            return 0
        if service not in names:
            raise InputError(
                UNKNOWN_SERVICE,
                value=service,
                allowed=", ".join(names),
                nearest=nearest_name(service, names),
            )
        return names.index(service)

    def values(self, service: str | None = None, year: int = 0) -> Mapping[str, NDArray[np.float64]]:
        """Return each risk's event (1, 0) and each measure as float64[replicates], NaN where it has no value.

        Raises
        ------
        InputError : no such service, or a year that was not begun.
        """
        place = self.place_of(service)
        if not 0 <= year < self.years:
            raise InputError(
                {"en": "this year was not simulated", "fr": "cette année n'a pas été simulée"},
                where="year",
                value=year,
                allowed=f"0 to {self.years - 1}",
            )
        if (place, year) not in self._values:
            rows = [
                replicate_measures(outcome, self.specification_of(outcome), place, year) for outcome in self.outcomes
            ]
            names = (*RISKS, *(measure.name for measure in MEASURES))
            self._values[place, year] = {
                name: np.array([np.nan if row[name] is None else row[name] for row in rows], np.float64)
                for name in names
            }
        return self._values[place, year]

    def specification_of(self, outcome: Outcome) -> Specification:
        """Return what a replicate simulated."""
        if not self.specifications:
            return self.specification
        return self.specifications[outcome.replicate % len(self.specifications)]

    def draw_numbers(self) -> NDArray[np.int64] | None:
        """Return which draw of parameters each replicate took, int64[replicates]; None where all have the same."""
        if not self.specifications:
            return None
        return np.array([outcome.replicate % len(self.specifications) for outcome in self.outcomes], np.int64)

    def margins(self, service: str | None = None, year: int = 0) -> Mapping[str, NDArray[np.float64]]:
        """Return how far each replicate stays from breaking each norm, float64[replicates]; NaN where it has no value.

        Raises
        ------
        InputError : no such service.
        """
        place = self.place_of(service)
        if (place, year) not in self._margins:
            rows = [
                replicate_margins(outcome, self.specification_of(outcome), place, year) for outcome in self.outcomes
            ]
            self._margins[place, year] = {
                risk: np.array([np.nan if row[risk] is None else row[risk] for row in rows], np.float64)
                for risk in RISKS
            }
        return self._margins[place, year]

    def measures(self, service: str | None = None, year: int = 0) -> Mapping[str, MeasureResult]:
        """Return every secondary measure by name."""
        values, draws = self.values(service, year), self.draw_numbers()
        return {
            description.name: MeasureResult(
                description, bounded_mean(values[description.name], description.unit, draws)
            )
            for description in MEASURES
        }

    def risks(self, service: str | None = None, year: int = 0) -> Mapping[str, RiskResult]:
        """Return the three risks by name, in their order."""
        place = self.place_of(service)
        values, measures, draws = self.values(service, year), self.measures(service, year), self.draw_numbers()
        of_service = self.specification.services[place]
        days = min(365, self.specification.days - 365 * year)
        found = {}
        for risk in RISKS:
            headline = summarise_event(
                risk,
                of_service.name,
                [None if np.isnan(value) else bool(value) for value in values[risk]],
                norms=norms_of(of_service, risk),
                year=year,
                days=days,
            )
            if draws is not None:
                from .variance_components import event_interval

                over_all = event_interval(values[risk], draws, self.margins(service, year)[risk])
                headline = replace(headline, interval=over_all)
            own = {name: measure for name, measure in measures.items() if measure.description.risk == risk}
            found[risk] = RiskResult(headline, own, of_service.kind, own_norms(of_service))
        return found

    def costs(self, service: str | None = None) -> NDArray[np.float64]:
        """Return EUR per year of each replicate, over the whole run; all services together for None."""
        place = None if service is None else self.place_of(service)
        return np.array([yearly_cost(outcome, self.specification, place) for outcome in self.outcomes], np.float64)

    def cost(self, service: str | None = None) -> MeanEstimate:
        """Return the mean cost in EUR per year, over the whole run; all services together for None."""
        return bounded_mean(self.costs(service), "EUR", self.draw_numbers())


@dataclass(frozen=True)
class Result(OutcomeTable):
    """A finished run.

    Attributes
    ----------
    scenario : the scenario, with its card and changes.
    seed : what fixed the random numbers, together with each replicate's number.
    counterfactual : the administration alone; None where it was not asked for.
    draws : the draws of parameters that replicates took; None where all have the values of the scenario.
    provenance : where the figures come from.
    """

    scenario: Scenario = field(kw_only=True)
    seed: int = field(kw_only=True)
    counterfactual: Counterfactual | None = field(default=None, kw_only=True)
    draws: Draws | None = field(default=None, kw_only=True)
    provenance: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

    @property
    def parameters_from(self) -> str:
        """Where values come from that nothing states: one of PARAMETERS."""
        return parameters_from(self.draws)

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return len(self.outcomes)

    @property
    def population(self) -> int:
        """Inhabitants of the territory."""
        return self.specification.territory.inhabitants

    @property
    def zones(self) -> int:
        """Zones of the territory."""
        return self.specification.territory.zones
