"""Two runs on the same random numbers, compared: a check that they may be, then measure by measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.risk import DAYS_PER_YEAR
from entraide.model.specification import Event, Specification
from entraide.scenarios.territories import territory_title

from .comparison import Comparison, Difference, compare_many
from .draws import Draws
from .pairing import ReplicateSet, margin_of
from .parameters_from import parameters_from
from .results import Result
from .verdicts import COST, RISK_EVENTS, Measure

__all__ = [
    "COMPARED",
    "ResultComparison",
    "bounded",
    "check_comparable",
    "check_same_parameters",
    "compare_designs",
    "compare_results",
    "differing_events",
    "differing_parameters",
    "draws_of",
    "replicate_set",
    "services_to_compare",
]

# Beside the three events and the cost: means, which tell a smaller difference with the same replicates. They dominate
# nothing: dominance rests on the risks and the cost. Whether agents ought to do more is for the reader to judge.
COMPARED: tuple[Measure, ...] = (
    *RISK_EVENTS,
    COST,
    Measure("share_in_time", kind="mean", lower_is_better=False, unit="share", weighed=False),
    Measure("error", kind="mean", unit="share", weighed=False),
    Measure("share_under_floor", kind="mean", unit="share", weighed=False),
    Measure("worst_tenth", kind="mean", lower_is_better=False, unit="share", weighed=False),
    Measure("backstop_share", kind="mean", unit="share", weighed=False, judged=False),
)


_FEW = 2  # changes that a name tells one by one


@dataclass(frozen=True)
class ResultComparison:
    """A design against a baseline.

    Attributes
    ----------
    baseline, candidate : the two runs.
    service, year : what was compared.
    comparison : the differences, candidate minus baseline, with their verdicts.
    moved : parameters that differ, by key: (baseline's value, candidate's value).
    events : those that only the baseline has, and those that only the candidate has, in the order of their days.
    """

    baseline: Result
    candidate: Result
    service: str
    year: int
    comparison: Comparison
    moved: Mapping[str, tuple[Value | None, Value | None]]
    events: tuple[tuple[Event, ...], tuple[Event, ...]] = ((), ())


def compare_results(
    baseline: Result,
    candidate: Result,
    *,
    service: str | None = None,
    year: int | None = None,
    names: tuple[str, str] | None = None,
) -> ResultComparison:
    """Compare two runs.

    Parameters
    ----------
    service : name of a service that both have; None: the first one in which the designs differ.
    year : 0 for the first 365 days; None: the last year that is complete, the first one where none is.
    names : of the two designs; None: those of their scenarios, with what was changed.

    Raises
    ------
    InputError : other territory, seed, calendar or services, so that differences would not come from the design.
    """
    check_comparable(baseline, candidate)
    name = services_to_compare(baseline, candidate)[0] if service is None else service
    titles = names or design_names(baseline, candidate)
    return compare_designs(baseline, [candidate], service=name, year=year, names=titles)[0]


def compare_designs(
    baseline: Result,
    candidates: Sequence[Result],
    *,
    names: Sequence[str],
    service: str,
    year: int | None = None,
) -> tuple[ResultComparison, ...]:
    """Compare several runs with one baseline; on each measure they are one family, whose bands hold together.

    Parameters
    ----------
    names : of the baseline, then of each candidate.
    service : name of a service that all have.
    year : 0 for the first 365 days; None: the last year that is complete, the first one where none is.

    Raises
    ------
    InputError : as ``compare_results``.
    """
    for candidate in candidates:
        check_comparable(baseline, candidate)
    if year is None:
        year = max(0, baseline.specification.days // DAYS_PER_YEAR - 1)
    for each in (baseline, *candidates):
        each.place_of(service)
    sets = [
        replicate_set(each, title, service, year) for each, title in zip((baseline, *candidates), names, strict=True)
    ]
    found = []
    for candidate, comparison in zip(candidates, compare_many(sets[0], sets[1:], COMPARED), strict=True):
        comparison = replace(comparison, differences=tuple(map(bounded, comparison.differences)))
        moved = differing_parameters(baseline.specification, candidate.specification)
        events = differing_events(baseline.specification, candidate.specification)
        found.append(ResultComparison(baseline, candidate, service, year, comparison, moved, events))
    return tuple(found)


def services_to_compare(baseline: Result, candidate: Result) -> tuple[str, ...]:
    """Return the public services that both have and in which the designs differ; all of them where they do not.

    Services share people: a change in one may move another, but the one that was changed is asked about first.
    """
    shared = tuple(each.name for each in baseline.public_services if each.name in candidate.service_names)
    here = {service.name: service for service in baseline.specification.services}
    there = {service.name: service for service in candidate.specification.services}
    differ = tuple(name for name in shared if here[name] != there[name])
    return (*differ, *(name for name in shared if name not in differ))


def bounded(difference: Difference) -> Difference:
    """Cut the band where a difference of shares ends: at a hundred points."""
    band = difference.band
    if band is None or difference.measure.unit != "share":
        return difference
    return replace(difference, band=replace(band, low=max(-1.0, band.low), high=min(1.0, band.high)))


def check_comparable(baseline: Result, candidate: Result) -> None:
    """Refuse two runs whose difference would mix the design with something else.

    Raises
    ------
    InputError : says what differs and what to do.
    """
    here, there = baseline.specification, candidate.specification
    if baseline.seed != candidate.seed:
        raise InputError(
            {
                "en": f"the two runs have different seeds, {baseline.seed} and {candidate.seed}: chance was not the "
                "same",
                "fr": f"les deux simulations ont des graines différentes, {baseline.seed} et {candidate.seed}\u202f: "
                "le hasard n'était pas le même",
            },
            where="compare",
            remedy={"en": "Run both with the same seed", "fr": "Simuler les deux avec la même graine"},
        )
    if here.territory.codes != there.territory.codes or not np.array_equal(
        here.territory.population, there.territory.population
    ):
        raise InputError(
            {
                "en": f"the two runs are of different territories, {here.territory.title} and {there.territory.title}",
                "fr": "les deux simulations portent sur des territoires différents, "
                f"{territory_title(here.territory, 'fr')} et {territory_title(there.territory, 'fr')}",
            },
            where="compare",
            remedy={"en": "Run both on the same territory", "fr": "Simuler les deux sur le même territoire"},
        )
    if (here.start, here.days) != (there.start, there.days):
        raise InputError(
            {
                "en": f"the two runs have different calendars, {here.days} days from {here.start} and {there.days} "
                f"days from {there.start}",
                "fr": f"les deux simulations ont des calendriers différents, {here.days} jours à partir du {here.start}"
                f" et {there.days} à partir du {there.start}",
            },
            where="compare",
            remedy={"en": "Run both over the same days", "fr": "Simuler les deux sur les mêmes jours"},
        )
    if not set(baseline.service_names) & set(candidate.service_names):
        raise InputError(
            {
                "en": "the two runs have no service in common",
                "fr": "les deux simulations n'ont aucun service en commun",
            },
            where="compare",
            value=", ".join(candidate.service_names),
            allowed=", ".join(baseline.service_names),
        )
    check_same_parameters(baseline.draws, candidate.draws)


def check_same_parameters(baseline: Draws | None, candidate: Draws | None) -> None:
    """Refuse two runs of which one takes the preset and the other the ensemble, or whose draws do not make pairs.

    Raises
    ------
    InputError : says which, and what to do.
    """
    first, second = parameters_from(baseline), parameters_from(candidate)
    if first != second:
        raise InputError(
            {
                "en": f"the first run takes its parameters from the {first}, the second from the {second}: their "
                "difference would not come from the design alone",
                "fr": f"la première simulation tire ses paramètres de «\u202f{first}\u202f», la seconde de "
                f"«\u202f{second}\u202f»\u202f: leur écart ne viendrait pas du seul dispositif",
            },
            where="compare",
            remedy={
                "en": "Run both with the same --parameters",
                "fr": "Simulez les deux avec le même --parameters",
            },
        )
    if baseline is not None and candidate is not None and not baseline.paired_with(candidate):
        raise InputError(
            {
                "en": "the two runs draw different parameters: their replicates are not pairs",
                "fr": "les deux simulations tirent d'autres paramètres\u202f: leurs simulations ne font pas de paires",
            },
            where="compare",
            remedy={
                "en": "Run both with the same version, and as many replicates",
                "fr": "Simulez les deux avec la même version, et autant de simulations",
            },
        )


def design_names(baseline: Result, candidate: Result) -> tuple[str, str]:
    """Return names that tell two designs apart: their scenarios, or what one alone changes or lets happen.

    Where one has nothing of its own, what both change stays in both names, if it is one or two values that can be told:
    that design is not the scenario as it stands.
    """
    first, second = baseline.scenario, candidate.scenario
    if first.name != second.name:
        return first.name, second.name
    shared = {key for key, value in first.changes.items() if second.changes.get(key) == value}
    events = differing_events(baseline.specification, candidate.specification)
    own = [
        ", ".join(filter(None, (_changes({k: v for k, v in each.changes.items() if k not in shared}), told)))
        for each, told in zip((first, second), (_events(alone, first.start) for alone in events), strict=True)
    ]
    if own[0] == own[1]:
        return f"{first.name} (1)", f"{second.name} (2)"
    if not all(own) and len(shared) <= _FEW:
        alike = _changes({key: value for key, value in first.changes.items() if key in shared})
        own = [", ".join(filter(None, (alike, told))) for told in own]
    return own[0] or first.name, own[1] or second.name


def _events(events: tuple[Event, ...], start: date) -> str:
    if len(events) > 2:
        return f"{len(events)} events"
    return ", ".join(f"{each.kind} {start + timedelta(days=each.day)}" for each in events)


def _changes(changes: Mapping[str, Value]) -> str:
    if len(changes) > _FEW:
        return f"{len(changes)} changes"
    return ", ".join(f"{key} = {_shown(value)}" for key, value in changes.items())


def _shown(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def replicate_set(result: Result, name: str, service: str | None = None, year: int = 0) -> ReplicateSet:
    """Return a run as what comparisons take; the cost is that of all services over the whole run."""
    margins = {margin_of(risk): series for risk, series in result.margins(service, year).items()}
    return ReplicateSet(
        name=name,
        keys=tuple((result.seed, outcome.replicate) for outcome in result.outcomes),
        values={**result.values(service, year), "cost": result.costs(), **margins},
        **draws_of(result),
    )


def draws_of(result: Result) -> dict[str, Any]:
    """Return the draws of a run as a set of replicates takes them."""
    sizes = () if result.draws is None or result.draws.fixed else result.draws.sizes.values()
    return {"draws": result.draw_numbers(), "most_draws": max(sizes, default=0)}


def differing_parameters(here: Specification, there: Specification) -> Mapping[str, tuple[Value | None, Value | None]]:
    """Return the parameters whose values differ, by the key that sets them."""
    first, second = _by_key(here), _by_key(there)
    return {
        key: (first.get(key), second.get(key))
        for key in dict.fromkeys((*first, *second))
        if first.get(key) != second.get(key)
    }


def differing_events(here: Specification, there: Specification) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return the events that only the first has, and those that only the second has, in the order of their days."""

    def alone(events: tuple[Event, ...], others: tuple[Event, ...]) -> tuple[Event, ...]:
        left = Counter(events) - Counter(others)
        return tuple(sorted(left.elements(), key=lambda each: (each.day, each.kind)))

    return alone(here.events, there.events), alone(there.events, here.events)


def _by_key(specification: Specification) -> Mapping[str, Value]:
    several = len(specification.services) > 1
    values = dict(specification.citizens)
    for service in specification.services:
        prefix = f"{service.name}." if several else ""
        values.update({f"{prefix}{name}": value for name, value in service.parameters.items()})
        alone = {f"{prefix}administration_only.{name}": value for name, value in service.administration_only.items()}
        values.update(alone)
    return values
