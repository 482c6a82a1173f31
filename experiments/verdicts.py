"""The verdict on one difference, and how many pairs of replicates would be needed to reach one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from entraide.model.distributions import normal_cumulative
from entraide.model.intervals import Interval

__all__ = [
    "COST",
    "MOST_PAIRS",
    "POWER",
    "RISK_EVENTS",
    "SMALLEST_DIFFERENCE",
    "VERDICTS",
    "Measure",
    "chance_to_tell",
    "judge",
    "smallest_number",
    "within",
]

VERDICTS = ("better", "worse", "no_difference_that_matters", "cannot_tell")
SMALLEST_DIFFERENCE = 0.02
POWER = 0.8
MOST_PAIRS = 10_000


@dataclass(frozen=True)
class Measure:
    """What is compared.

    Attributes
    ----------
    name : key in ``ReplicateSet.values``.
    kind : "event" (0 or 1 per replicate: Newcombe's paired interval) or "mean" (a number: paired t interval).
    smallest_difference : smallest difference that matters, in the measure's unit (0.02: two points).
    relative : the smallest difference is a share of the baseline's mean (for a cost); means only.
    lower_is_better : direction.
    unit : unit of the values.
    weighed : may be said to dominate, or to be dominated, beside the cost: the three risks alone are.
    judged : lower or higher is better; else the reader decides, and it is told as lower or higher only.
    """

    name: str
    kind: str = "event"
    smallest_difference: float = SMALLEST_DIFFERENCE
    relative: bool = False
    lower_is_better: bool = True
    unit: str = "1"
    weighed: bool = True
    judged: bool = True

    def __post_init__(self) -> None:
        if self.kind not in ("event", "mean"):
            raise ValueError(f"a measure is an event or a mean, not {self.kind!r}")
        if not (math.isfinite(self.smallest_difference) and self.smallest_difference >= 0.0):
            raise ValueError(f"the smallest difference that matters is a number >= 0, not {self.smallest_difference!r}")
        if self.relative and self.kind == "event":
            raise ValueError("the smallest difference between probabilities is in points, never relative")


RISK_EVENTS = (Measure("continuity"), Measure("quality"), Measure("universality"))
COST = Measure("cost", kind="mean", relative=True, unit="EUR")


def within(band: Interval, smallest: float) -> bool:
    """Tell whether a band holds only differences too small to matter."""
    # Rounding: a band that ends at .02 within the last digits of a double does not leave it.
    edge = smallest * (1.0 + 1e-9)
    return -edge <= band.low and band.high <= edge


def judge(band: Interval | None, smallest_difference: float, lower_is_better: bool = True) -> str:
    """Return the verdict that a band of candidate minus baseline gives; without a band it cannot be told."""
    if band is None:
        return "cannot_tell"
    if within(band, smallest_difference):
        return "no_difference_that_matters"
    if band.holds(0.0):
        return "cannot_tell"
    return "better" if (band.high < 0.0) == lower_is_better else "worse"


def chance_to_tell(half: float, error: float, difference: float, smallest_difference: float) -> float:
    """Return the chance that a band tells: that it excludes zero, or lies within the smallest difference.

    Parameters
    ----------
    half : half-width of the band.
    error : standard error of the estimate, whose law is taken as normal around ``difference``.
    """
    if half <= 0.5 * smallest_difference:
        return 1.0
    inner = smallest_difference - half
    if error <= 0.0:
        return float(abs(difference) > half or abs(difference) <= inner)
    outside = normal_cumulative((difference - half) / error) + normal_cumulative((-difference - half) / error)
    inside = normal_cumulative((inner - difference) / error) - normal_cumulative((-inner - difference) / error)
    return min(1.0, outside + max(0.0, inside))


def smallest_number(chance: Callable[[int], float], first: int) -> tuple[int | None, bool]:
    """Return the smallest number of pairs from ``first`` on with a chance of at least POWER to tell.

    The second value is True, and the first None, when MOST_PAIRS would not do.
    """
    low, high = first - 1, max(2, first)
    while high < MOST_PAIRS and chance(high) < POWER:
        low, high = high, min(2 * high, MOST_PAIRS)
    if high >= MOST_PAIRS and (first > MOST_PAIRS or chance(MOST_PAIRS) < POWER):
        return None, True
    while high - low > 1:
        middle = (low + high) // 2
        if chance(middle) < POWER:
            low = middle
        else:
            high = middle
    return high, False
