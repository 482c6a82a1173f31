"""What of the spread of each risk comes from not knowing the parameters, and what from chance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.distributions import student_upper_tail
from entraide.model.intervals import holm
from entraide.model.risk import RISKS

from .results import Result
from .variance_components import Components, components_of, event_components

__all__ = ["LEVEL", "Association", "RiskSpread", "drawn_values", "risk_spreads"]

LEVEL = 0.95
# With fewer draws that differ a rank correlation tells nothing.
FEWEST_DRAWS = 6


@dataclass(frozen=True)
class Association:
    """The fitted parameter with which a margin goes most, over draws.

    Attributes
    ----------
    service : name of the service, "" for a parameter of all citizens.
    parameter : its name.
    correlation : Spearman's, between its values and the draws' mean margins.
    p_value : adjusted for all parameters by Holm's method.
    draws : how many draws it is over; equal ones count once.
    """

    service: str
    parameter: str
    correlation: float
    p_value: float
    draws: int


@dataclass(frozen=True)
class RiskSpread:
    """One risk of one service in one year.

    Attributes
    ----------
    risk : its name.
    margin : how the spread of the margin to the norm divides; None where it cannot be told.
    event : how the spread of the event divides; None where it cannot be told.
    always, sometimes, never : draws in which the norm is broken in all of their replicates, in some, in none.
    strongest : the parameter with which the margin goes most, whatever its p-value; None where there are too few draws.
    """

    risk: str
    margin: Components | None
    event: Components | None
    always: int
    sometimes: int
    never: int
    strongest: Association | None

    @property
    def pilot_helps(self) -> bool:
        """Whether measuring that parameter would help more than more replicates.

        So it is where most of the spread is surely ignorance, and the margin surely goes with the parameter.
        """
        band = None if self.margin is None else self.margin.interval
        surely = band is not None and band.low > 0.5
        return surely and self.strongest is not None and self.strongest.p_value < 1.0 - LEVEL


def risk_spreads(result: Result, service: str | None = None, year: int = 0) -> Mapping[str, RiskSpread]:
    """Return how the spread of each risk divides, by name; empty where all replicates have the same parameters.

    Raises
    ------
    InputError : no such service, or a year that was not simulated.
    """
    draws = result.draw_numbers()
    if draws is None:
        return {}
    values, margins = result.values(service, year), result.margins(service, year)
    found = {}
    for risk in RISKS:
        events = values[risk]
        shares = [float(np.nanmean(events[draws == draw])) for draw in _drawn(events, draws)]
        found[risk] = RiskSpread(
            risk=risk,
            margin=components_of(margins[risk], draws),
            event=event_components(events, draws),
            always=sum(share == 1.0 for share in shares),
            sometimes=sum(0.0 < share < 1.0 for share in shares),
            never=sum(share == 0.0 for share in shares),
            strongest=_strongest(result, margins[risk], draws),
        )
    return found


def drawn_values(result: Result) -> Mapping[tuple[str, str], NDArray[np.float64]]:
    """Return the numbers that vary from draw to draw, by service ("" for citizens) and parameter: float64[draws].

    What is stated does not vary, and is left out.
    """
    if result.draws is None or not result.draws.draws:
        return {}
    stated = {(each.service, each.parameter) for each in result.draws.stated(result.scenario)}
    first = result.draws.draws[0]
    keys = [(service, name) for service, values in first.services.items() for name in values]
    keys += [("", name) for name in first.citizens]
    return {
        (service, name): np.array(
            [float((draw.services[service] if service else draw.citizens)[name]) for draw in result.draws.draws]
        )
        for service, name in keys
        if (service, name) not in stated
        and not isinstance((first.services[service] if service else first.citizens)[name], str)
    }


def _drawn(values: NDArray[np.float64], draws: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the draws of which some replicate has a value."""
    found: NDArray[np.int64] = np.unique(draws[~np.isnan(values)])
    return found


def _strongest(result: Result, margins: NDArray[np.float64], draws: NDArray[np.int64]) -> Association | None:
    """Return the parameter whose ranks go most with those of the draws' mean margins."""
    taken, drawn = _drawn(margins, draws), drawn_values(result)
    # An ensemble holds a likely draw several times: it is one point, and tells of its parameters once.
    points: dict[tuple[float, ...], list[int]] = {}
    for draw in taken:
        points.setdefault(tuple(float(values[draw]) for values in drawn.values()), []).append(int(draw))
    if len(points) < FEWEST_DRAWS:
        return None
    means = np.array([float(np.nanmean(margins[np.isin(draws, same)])) for same in points.values()])
    found = {}
    for place, key in enumerate(drawn):
        correlation = _rank_correlation(np.array([point[place] for point in points]), means)
        if correlation is not None:
            found[key] = correlation
    if not found:
        return None
    degrees = len(points) - 2
    p_values = {
        key: min(1.0, 2.0 * student_upper_tail(abs(r) * math.sqrt(degrees / max(1e-12, 1.0 - r * r)), degrees))
        for key, r in found.items()
    }
    adjusted = dict(zip(p_values, holm(list(p_values.values()), LEVEL), strict=True))
    strongest = max(found, key=lambda key: abs(found[key]))
    return Association(*strongest, found[strongest], adjusted[strongest].adjusted_p_value, len(points))


def _rank_correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """Return Spearman's correlation, equal values sharing their rank; None where one of the two does not vary."""
    ranks = [
        (values[None, :] < values[:, None]).sum(axis=1) + 0.5 * (values[None, :] == values[:, None]).sum(axis=1)
        for values in (first, second)
    ]
    if min(float(np.ptp(each)) for each in ranks) == 0.0:
        return None
    return float(np.clip(np.corrcoef(ranks[0], ranks[1])[0, 1], -1.0, 1.0))
