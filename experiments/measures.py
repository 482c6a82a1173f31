"""What one replicate says about one service and one year: the three headline events, and the figures behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

import numpy as np

from entraide.model.packing import pack_citizens, pack_services
from entraide.model.production_names import UNIT_DAY_KINDS
from entraide.model.quality import aggregated_accuracy, detection, difficulty_nodes
from entraide.model.records import MONTHS_PER_YEAR, Outcome
from entraide.model.risk import (
    DAYS_PER_YEAR,
    Areas,
    Recovery,
    UniversalityYear,
    after_event,
    area_months,
    bus_factor,
    concentration_index,
    continuity_years,
    dependence_on_backstop,
    effective_contributors,
    gini,
    hardest_tenth_error,
    participation_ratio,
    pool_zones,
    quality_years,
    universality_year,
    windowed_share,
    year_slices,
)
from entraide.model.service_parameters import SERVICE_PARAMETERS
from entraide.model.specification import ServiceSpecification, Specification

from .measure_descriptions import MEASURES, MeasureDescription

__all__ = [
    "MEASURES",
    "NORMS_OF_RISK",
    "MeasureDescription",
    "headline_events",
    "judged_areas",
    "months_of",
    "own_norms",
    "replicate_measures",
    "years_begun",
]

# Draws for "what chance alone would give", in each replicate; the figure shown is a mean over replicates.
CHANCE_DRAWS = 200

# An area and month with fewer closed units has no error of its own.
LEAST_CLOSED = 10

# The norms that define each headline event.
NORMS_OF_RISK: Mapping[str, tuple[str, ...]] = {
    "continuity": ("norm_share_in_time", "norm_delay", "shortfall_days"),
    "quality": ("norm_error",),
    "universality": ("norm_zone_floor", "norm_population_share"),
}


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

    received = total("tasks") + total("hostile_tasks")
    counts = outcome.contribution_counts[service] if outcome.contribution_counts else np.empty(0, np.int64)
    lorenz = outcome.lorenz[service] if len(outcome.lorenz) else np.zeros(101)
    chance = universality.chance
    months = months_of(specification, span)
    recovery = _recovery(outcome, specification, service, span)
    by_month = area_months(
        outcome.zone_month["closed"][months, service],
        outcome.zone_month["errors"][months, service],
        float(specification.services[service].parameters["norm_error"]),
        LEAST_CLOSED,
    )
    events = {"continuity": continuity.event, "quality": quality.event, "universality": universality.event}
    return {
        **{risk: None if event is None else float(event) for risk, event in events.items()},
        "share_in_time": quality.complete_in_time,
        "share_of_days_short": continuity.share_of_days_short,
        "mean_shortfall": continuity.mean_length,
        "long_shortfall": continuity.long_length,
        "expected_shortfall": continuity.expected_shortfall,
        "lowest_after_event": None if recovery is None else recovery.lowest,
        "days_to_recover": None if recovery is None else recovery.days_to_recover,
        "not_recovered": None if recovery is None or recovery.lowest is None else float(recovery.recovered is False),
        "recovery_open": None if recovery is None or recovery.lowest is None else float(recovery.still_open),
        "resilience_loss": None if recovery is None else recovery.loss,
        "backstop_share": dependence_on_backstop(total("delivered_by_citizens"), total("delivered_by_staff")),
        "bus_factor": bus_factor(counts),
        "effective_contributors": effective_contributors(counts),
        "error": quality.error,
        "wasted_share": total("tasks_wasted") / received if received > 0 else None,
        "error_on_hardest_tenth": _error_on_hardest_tenth(outcome, specification, service, span),
        "places_and_months_over_norm": by_month.over_norm,
        "places_and_months_over_norm_by_chance": (
            None if specification.services[service].kind in UNIT_DAY_KINDS else by_month.over_norm_by_chance
        ),
        "high_error": by_month.high_error,
        "share_under_floor": universality.share_under_floor,
        "share_under_floor_by_chance": None if chance is None else chance.share_under_floor,
        "worst_tenth": universality.worst_tenth,
        "worst_tenth_by_chance": None if chance is None else chance.worst_tenth,
        "gini_of_service": universality.gini_of_service,
        "theil_of_service": None if universality.theil_of_service is None else universality.theil_of_service.total,
        "participation_of_the_excluded": _participation_of_the_excluded(outcome, service),
        "concentration_by_deprivation": _concentration(outcome, specification, service, year),
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


def own_norms(service: ServiceSpecification) -> Mapping[str, float]:
    """Return the norms that only the service's production kind has."""
    return {
        parameter.name: float(service.parameters[parameter.name])
        for parameter in SERVICE_PARAMETERS
        if parameter.kind == "norm" and service.kind in parameter.production
    }


def _counts(outcome: Outcome, name: str, service: int) -> np.ndarray:
    return outcome.daily[name][:, service].astype(np.int64)


def months_of(specification: Specification, span: slice) -> slice:
    """Return the calendar months begun, counted from the first, that the days of a year touch."""
    first = specification.start

    def month(day: int) -> int:
        then = first + timedelta(days=day)
        return MONTHS_PER_YEAR * (then.year - first.year) + then.month - first.month

    return slice(month(span.start), month(span.stop - 1) + 1)


def _recovery(outcome: Outcome, specification: Specification, service: int, span: slice) -> Recovery | None:
    """Return what followed the first event of the year that strikes a service; None without one."""
    chosen = specification.services[service]
    struck = [
        event
        for event in specification.events
        if span.start <= event.day < span.stop and (not event.services or chosen.name in event.services)
    ]
    if not struck:
        return None
    event = min(struck, key=lambda each: each.day)
    share = windowed_share(_counts(outcome, "due", service), _counts(outcome, "in_time", service))
    return after_event(
        share,
        float(chosen.parameters["norm_share_in_time"]),
        event.day,
        event_days=event.days,
        delay=int(chosen.parameters["norm_delay"]),
    )


def _error_on_hardest_tenth(outcome: Outcome, specification: Specification, service: int, span: slice) -> float | None:
    """Return the error expected on the hardest tenth of tasks, with the year's mix of contributors."""
    tasks = float(outcome.daily["tasks"][span, service].sum())
    if tasks == 0.0:
        return None
    citizens = pack_citizens(specification.citizens)
    record = pack_services([specification.services[service]], citizens)[0]
    answers = int(record["answers_per_task"]) if specification.services[service].kind == "queue" else 1
    people = max(1.0, float(outcome.daily["newcomers"][: span.stop, service].sum()))
    per_person = float(outcome.daily["tasks"][: span.stop, service].sum()) / people
    known = detection(float(record["gold_share"]), answers, per_person) if record["aggregation"] else 0.0
    shift = float(outcome.daily["accuracy_shift"][span, service].sum()) / tasks
    wrong = float(outcome.daily["wrong_on_purpose"][span, service].sum()) / tasks
    nodes = difficulty_nodes(float(record["accuracy_alpha"]), float(record["accuracy_beta"]))
    adversary = float(citizens[0]["adversary_accuracy"])
    errors = [
        1.0 - aggregated_accuracy(nodes, k, k + 1, answers, shift, wrong, adversary, known) for k in range(len(nodes))
    ]
    return hardest_tenth_error(-nodes, errors)


def _participation_of_the_excluded(outcome: Outcome, service: int) -> float | None:
    """Return the contributors per head among the digitally excluded over those among the others."""
    people, contributors, excluded, taking_part = (
        int(outcome.groups[name][service].sum())
        for name in ("people", "contributors", "excluded_people", "excluded_contributors")
    )
    return participation_ratio(taking_part, excluded, contributors - taking_part, people - excluded)


def _concentration(outcome: Outcome, specification: Specification, service: int, year: int) -> float | None:
    """Return the concentration index of unmet need by deprivation; None where the territory does not tell it."""
    territory = specification.territory
    due = outcome.zone_year["due"][year, service]
    if territory.deprivation is None or not due.any():
        return None
    unmet = (due - outcome.zone_year["in_time"][year, service]) / territory.population
    return concentration_index(unmet, territory.deprivation, territory.population)


def judged_areas(outcome: Outcome, specification: Specification, service: int, year: int) -> Areas:
    """Return how zones are gathered in areas that have needs enough to be judged on universality."""
    territory = specification.territory
    due = outcome.zone_year["due"][year, service]
    if specification.services[service].kind in UNIT_DAY_KINDS:
        # Areas are gathered by the units that they have; what chance would give is not known for days that depend.
        span = year_slices(specification.days)[year]
        due = due // (span.stop - span.start)
    return pool_zones(due, territory.population, territory.intercommunality, territory.department)


def _universality(
    outcome: Outcome, specification: Specification, service: int, year: int, *, with_chance: bool
) -> UniversalityYear:
    parameters = specification.services[service].parameters
    return universality_year(
        outcome.zone_year["due"][year, service],
        outcome.zone_year["in_time"][year, service],
        specification.territory.population,
        judged_areas(outcome, specification, service, year),
        floor=float(parameters["norm_zone_floor"]),
        population_share=float(parameters["norm_population_share"]),
        with_chance=with_chance and specification.services[service].kind not in UNIT_DAY_KINDS,
        seed=outcome.replicate,
        draws=CHANCE_DRAWS,
    )
