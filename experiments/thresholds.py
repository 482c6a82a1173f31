"""Where the norms begin to hold or to break: the least participation, and the most adversaries, a design bears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.production import PRODUCTION_KINDS
from entraide.model.risk import Threshold, break_even_from_table, smallest_breaking_share
from entraide.model.specification import Specification
from entraide.scenarios.declarations import SERVICE
from entraide.scenarios.measure_proposals import no_sense

from .measures import replicate_measures
from .runner import run_replicates
from .stress_refusals import NOTHING_JUDGED

__all__ = ["ADVERSARY_SHARES", "AdversaryHarm", "BreakEven", "adversary_harm", "break_even"]

ADVERSARY_SHARES = (0.0, 0.01, 0.05, 0.10)
# Prompts are halved or doubled at most so many times in search of the norm, then the bracket is halved.
MOST_DOUBLINGS = 4
REFINEMENTS = 4
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class BreakEven:
    """The smallest participation at which the mean service in time reaches its norm.

    Attributes
    ----------
    threshold : in contributions per 1,000 inhabitants and year; ``value`` None where the norm was never reached.
    today : contributions per 1,000 inhabitants and year of the scenario as it is.
    participation, share_in_time : float64[K], what was tried, in ascending order of participation.
    norm : the norm on the share delivered in time.
    """

    threshold: Threshold
    today: float
    participation: tuple[float, ...]
    share_in_time: tuple[float, ...]
    norm: float


@dataclass(frozen=True)
class AdversaryHarm:
    """Error after aggregation by share of adversaries, and the smallest share that breaks the norm.

    Attributes
    ----------
    shares, errors : float64[K], what was tried and the mean error of a year.
    norm : the error that is still accepted.
    threshold : share of adversaries; ``value`` None where the norm holds throughout.
    """

    shares: tuple[float, ...]
    errors: tuple[float, ...]
    norm: float
    threshold: Threshold


def _with_service_value(specification: Specification, service: int, name: str, value: Value) -> Specification:
    services = list(specification.services)
    chosen = services[service]
    services[service] = replace(chosen, parameters={**chosen.parameters, name: value})
    return replace(specification, services=tuple(services))


def _means(
    specification: Specification, service: int, names: Sequence[str], replicates: int, seed: int, threads: int | None
) -> list[float]:
    outcomes = run_replicates(specification, replicates=replicates, seed=seed, threads=threads)
    rows = [replicate_measures(outcome, specification, service, 0) for outcome in outcomes]
    means = []
    for name in names:
        known = [value for row in rows if (value := row[name]) is not None]
        means.append(float(np.mean(known)) if known else float("nan"))
    return means


def break_even(
    specification: Specification,
    *,
    service: int = 0,
    replicates: int = 5,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress | None = None,
) -> BreakEven:
    """Return the least participation at which the mean share delivered in time of the first year meets its norm.

    Participation is moved by the number of prompts that people meet, everything else kept; it is halved or doubled
    until the norm changes from broken to held, then the bracket is halved on a logarithmic scale. ``progress`` is told
    how many levels have been tried, and how many will be at most.

    Raises
    ------
    InputError : nothing falls due in the days simulated.
    """
    norm = float(specification.services[service].parameters["norm_share_in_time"])
    boost = float(specification.services[service].parameters["prompt_boost"])
    bounds = SERVICE["prompt_boost"].bounds
    assert bounds is not None
    tried: dict[float, tuple[float, float]] = {}

    def try_at(step: float) -> float:
        """Return the margin to the norm with prompts multiplied by 2**step."""
        value = min(bounds[1], max(bounds[0], (boost or 1.0) * 2.0**step))
        changed = _with_service_value(specification, service, "prompt_boost", value)
        share, given = _means(changed, service, ("share_in_time", "contributions"), replicates, seed, threads)
        if np.isnan(share):
            raise InputError(
                "nothing falls due in the days simulated",
                where="days",
                value=specification.days,
                remedy="simulate more days than the norm's delay",
            )
        per_1000 = given * 365.0 / min(365, specification.days) / specification.territory.inhabitants * 1000.0
        tried[step] = (per_1000, share)
        if progress is not None:
            progress(len(tried), 1 + MOST_DOUBLINGS + REFINEMENTS)
        return share - norm

    held_today = try_at(0.0) >= 0.0
    today = tried[0.0][0]
    direction = -1.0 if held_today else 1.0
    step, bracketed = 0.0, False
    for _ in range(MOST_DOUBLINGS):
        step += direction
        if (try_at(step) >= 0.0) != held_today:
            bracketed = True
            break
    low, high = sorted((step, step - direction))
    for _ in range(REFINEMENTS if bracketed else 0):
        middle = 0.5 * (low + high)
        if try_at(middle) >= 0.0:
            high = middle
        else:
            low = middle
    distinct = dict(sorted(tried.values()))
    threshold = break_even_from_table(list(distinct), [s - norm for s in distinct.values()])
    return BreakEven(threshold, today, tuple(distinct), tuple(distinct.values()), norm)


def adversary_harm(
    specification: Specification,
    *,
    service: int = 0,
    shares: Sequence[float] = ADVERSARY_SHARES,
    replicates: int = 5,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress | None = None,
) -> AdversaryHarm:
    """Return the mean yearly error by share of adversaries, on the same random numbers, and where the norm breaks.

    Raises
    ------
    InputError : a share outside 0-1 or given twice, fewer than two shares, nothing that people give is judged right or
        wrong, or nothing finished in the days simulated.
    """
    kind = specification.services[service].kind
    if not PRODUCTION_KINDS[kind].judged:
        raise InputError(no_sense(NOTHING_JUDGED), where="adversaries", value=kind)
    if len(shares) < 2 or any(not 0.0 <= share <= 1.0 for share in shares):
        raise InputError("cannot be used", where="shares", value=tuple(shares), allowed="two or more shares, 0 to 1")
    if len(set(shares)) < len(shares):
        raise InputError("holds a share twice", where="shares", value=tuple(shares))
    norm = float(specification.services[service].parameters["norm_error"])
    errors: list[float] = []
    for share in shares:
        changed = replace(specification, citizens={**specification.citizens, "adversary_share": float(share)})
        errors.extend(_means(changed, service, ("error",), replicates, seed, threads))
        if progress is not None:
            progress(len(errors), len(shares))
    if all(np.isnan(errors)):
        raise InputError(
            "nothing is finished in the days simulated",
            where="days",
            value=specification.days,
            remedy="simulate more days, or make more people aware",
        )
    return AdversaryHarm(tuple(map(float, shares)), tuple(errors), norm, smallest_breaking_share(shares, errors, norm))
