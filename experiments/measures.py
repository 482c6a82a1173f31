"""What one replicate says about one service and one year: the three headline events, and the figures behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from entraide.model.records import Outcome
from entraide.model.risk import (
    DAYS_PER_YEAR,
    bus_factor,
    continuity_years,
    dependence_on_backstop,
    effective_contributors,
    gini,
    pool_zones,
    quality_years,
    universality_year,
    year_slices,
)
from entraide.model.specification import ServiceSpecification, Specification

__all__ = ["MEASURES", "NORMS_OF_RISK", "MeasureDescription", "headline_events", "replicate_measures", "years_begun"]

# Draws for "what chance alone would give", in each replicate; the figure shown is a mean over replicates.
CHANCE_DRAWS = 200

# The norms that define each headline event.
NORMS_OF_RISK: Mapping[str, tuple[str, ...]] = {
    "continuity": ("norm_share_in_time", "norm_delay", "shortfall_days"),
    "quality": ("norm_error",),
    "universality": ("norm_zone_floor", "norm_population_share"),
}


@dataclass(frozen=True)
class MeasureDescription:
    """A secondary measure: its name, the risk it belongs to ("" for none), its unit, and its meaning in words.

    ``lower_is_better`` is None where neither direction is better in itself.
    """

    name: str
    risk: str
    unit: str
    label_en: str
    label_fr: str
    lower_is_better: bool | None = None


MEASURES: tuple[MeasureDescription, ...] = (
    MeasureDescription(
        "share_in_time", "continuity", "share", "needs served in time", "besoins satisfaits à temps", False
    ),
    MeasureDescription(
        "share_of_days_short", "continuity", "share", "days under the norm", "jours sous la norme", True
    ),
    MeasureDescription(
        "mean_shortfall", "continuity", "d", "mean length of a shortfall", "durée moyenne d'une défaillance", True
    ),
    MeasureDescription(
        "long_shortfall",
        "continuity",
        "d",
        "length of a long shortfall (95 % are shorter)",
        "durée d'une longue défaillance (95 % sont plus courtes)",
        True,
    ),
    MeasureDescription(
        "expected_shortfall",
        "continuity",
        "share",
        "distance under the norm on the worst 5 % of days",
        "écart à la norme les 5 % de jours les pires",
        True,
    ),
    MeasureDescription(
        "backstop_share",
        "continuity",
        "share",
        "share of the service that staff deliver in last resort",
        "part du service rendue par les agents en dernier recours",
        True,
    ),
    MeasureDescription(
        "bus_factor",
        "continuity",
        "people",
        "people who make half of all contributions (whole run)",
        "personnes qui font la moitié des contributions (toute la durée)",
        False,
    ),
    MeasureDescription(
        "effective_contributors",
        "continuity",
        "people",
        "equal contributors that would be as concentrated (whole run)",
        "contributeurs égaux qui donneraient la même concentration (toute la durée)",
        False,
    ),
    MeasureDescription("error", "quality", "share", "error after aggregation", "erreurs après agrégation", True),
    MeasureDescription("wasted_share", "quality", "share", "tasks of no use", "tâches qui n'ont servi à rien", True),
    MeasureDescription(
        "share_under_floor",
        "universality",
        "share",
        "people living under the floor",
        "habitants sous le plancher de service",
        True,
    ),
    MeasureDescription(
        "share_under_floor_by_chance",
        "universality",
        "share",
        "the same if all areas had the mean service: what chance alone gives",
        "la même si toutes les zones avaient le service moyen : ce que donne le seul hasard",
    ),
    MeasureDescription(
        "worst_tenth",
        "universality",
        "share",
        "service of the worst-served tenth of people",
        "service du dixième d'habitants le moins bien servi",
        False,
    ),
    MeasureDescription(
        "worst_tenth_by_chance",
        "universality",
        "share",
        "the same if all areas had the mean service: what chance alone gives",
        "le même si toutes les zones avaient le service moyen : ce que donne le seul hasard",
    ),
    MeasureDescription(
        "gini_of_service",
        "universality",
        "1",
        "inequality of service between people (Gini)",
        "inégalité de service entre habitants (Gini)",
        True,
    ),
    MeasureDescription("contributions", "", "contributions", "contributions", "contributions"),
    MeasureDescription(
        "newcomers", "", "people", "people who contributed for the first time", "nouveaux contributeurs"
    ),
    MeasureDescription("hours", "", "h", "hours given", "heures données"),
    MeasureDescription(
        "share_by_busiest_tenth",
        "",
        "share",
        "contributions by the most active tenth (whole run)",
        "contributions du dixième le plus actif (toute la durée)",
    ),
    MeasureDescription(
        "gini_of_contributions",
        "",
        "1",
        "inequality between contributors (Gini, whole run)",
        "inégalité entre contributeurs (Gini, toute la durée)",
    ),
    MeasureDescription(
        "aware_share", "", "share", "people aware of the service at the end", "habitants au courant à la fin", False
    ),
    MeasureDescription("cost", "", "EUR", "cost per year", "coût par an", True),
)


def years_begun(days: int) -> int:
    """Return the number of years of 365 days that a run begins."""
    return len(year_slices(days))


def headline_events(
    outcome: Outcome, specification: Specification, service: int, year: int
) -> Mapping[str, bool | None]:
    """Return for each risk whether its headline event happened; None where the risk has no value.

    Parameters
    ----------
    service : place of the service in the specification.
    year : 0 for the first 365 days.
    """
    parameters = specification.services[service].parameters
    daily = {name: _counts(outcome, name, service) for name in ("due", "in_time", "closed", "errors")}
    continuity = continuity_years(
        daily["due"], daily["in_time"], float(parameters["norm_share_in_time"]), int(parameters["shortfall_days"])
    )[year]
    quality = quality_years(daily["closed"], daily["errors"], float(parameters["norm_error"]))[year]
    universality = _universality(outcome, specification, service, year, with_chance=False)
    return {"continuity": continuity.event, "quality": quality.event, "universality": universality.event}


def replicate_measures(
    outcome: Outcome, specification: Specification, service: int, year: int
) -> Mapping[str, float | None]:
    """Return the headline events (1 or 0) and every measure of MEASURES; None where it has no value."""
    parameters = specification.services[service].parameters
    span = year_slices(specification.days)[year]
    due, in_time = _counts(outcome, "due", service), _counts(outcome, "in_time", service)
    continuity = continuity_years(
        due, in_time, float(parameters["norm_share_in_time"]), int(parameters["shortfall_days"])
    )[year]
    quality = quality_years(
        _counts(outcome, "closed", service),
        _counts(outcome, "errors", service),
        float(parameters["norm_error"]),
        due,
        in_time,
    )[year]
    universality = _universality(outcome, specification, service, year, with_chance=True)

    def total(name: str) -> float:
        return float(outcome.daily[name][span, service].sum())

    counts = outcome.contribution_counts[service] if outcome.contribution_counts else np.empty(0, np.int64)
    lorenz = outcome.lorenz[service] if len(outcome.lorenz) else np.zeros(101)
    chance = universality.chance
    events = {"continuity": continuity.event, "quality": quality.event, "universality": universality.event}
    return {
        **{risk: None if event is None else float(event) for risk, event in events.items()},
        "share_in_time": quality.complete_in_time,
        "share_of_days_short": continuity.share_of_days_short,
        "mean_shortfall": continuity.mean_length,
        "long_shortfall": continuity.long_length,
        "expected_shortfall": continuity.expected_shortfall,
        "backstop_share": dependence_on_backstop(total("delivered_by_citizens"), total("delivered_by_staff")),
        "bus_factor": bus_factor(counts),
        "effective_contributors": effective_contributors(counts),
        "error": quality.error,
        "wasted_share": total("tasks_wasted") / total("tasks") if total("tasks") > 0 else None,
        "share_under_floor": universality.share_under_floor,
        "share_under_floor_by_chance": None if chance is None else chance.share_under_floor,
        "worst_tenth": universality.worst_tenth,
        "worst_tenth_by_chance": None if chance is None else chance.worst_tenth,
        "gini_of_service": universality.gini_of_service,
        "contributions": total("contributions"),
        "newcomers": total("newcomers"),
        "hours": total("seconds") / 3600.0,
        "share_by_busiest_tenth": float(1.0 - lorenz[90]) if len(counts) else None,
        "gini_of_contributions": gini(counts) if len(counts) else None,
        "aware_share": float(outcome.daily["aware"][span.stop - 1, service]) / specification.territory.inhabitants,
        "cost": yearly_cost(outcome, specification, service, year),
    }


def yearly_cost(
    outcome: Outcome, specification: Specification, service: int | None = None, year: int | None = None
) -> float:
    """Return EUR per year of 365 days: of one service or all of them, over one year or the whole run."""
    span = slice(0, specification.days) if year is None else year_slices(specification.days)[year]
    cost = outcome.cost()[span]
    total = math.fsum((cost if service is None else cost[:, service]).ravel())
    return total * DAYS_PER_YEAR / (span.stop - span.start)


def norms_of(service: ServiceSpecification, risk: str) -> Mapping[str, float]:
    """Return the norms that define a risk's headline event."""
    return {name: float(service.parameters[name]) for name in NORMS_OF_RISK[risk]}


def _counts(outcome: Outcome, name: str, service: int) -> np.ndarray:
    return outcome.daily[name][:, service].astype(np.int64)


def _universality(outcome: Outcome, specification: Specification, service: int, year: int, *, with_chance: bool):
    territory = specification.territory
    parameters = specification.services[service].parameters
    due = outcome.zone_year["due"][year, service]
    return universality_year(
        due,
        outcome.zone_year["in_time"][year, service],
        territory.population,
        pool_zones(due, territory.population, territory.intercommunality, territory.department),
        floor=float(parameters["norm_zone_floor"]),
        population_share=float(parameters["norm_population_share"]),
        with_chance=with_chance,
        seed=outcome.replicate,
        draws=CHANCE_DRAWS,
    )
