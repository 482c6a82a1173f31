"""Replicates of two designs, paired by their random numbers, measure by measure."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.distributions import student_quantile
from entraide.model.errors import InputError, nearest_name
from entraide.model.intervals import Interval, MeanEstimate, mean_over_replicates, student_p_value
from entraide.model.paired_proportions import (
    PairedTable,
    newcombe_paired_interval,
    newcombe_paired_p_value,
    paired_table,
)

from .verdicts import Measure, chance_to_tell, smallest_number

__all__ = ["Pairs", "ReplicateSet", "common_replicates", "enough_pairs", "pair", "series_of"]


@dataclass(frozen=True)
class ReplicateSet:
    """Replicates of one design.

    Attributes
    ----------
    name : of the design.
    keys : what names the random numbers of each replicate (its seed); equal keys make a pair.
    values : measure -> float64[R]; NaN where the measure has no value in that replicate.
    """

    name: str
    keys: tuple[Hashable, ...]
    values: Mapping[str, NDArray[np.float64]]

    def __post_init__(self) -> None:
        if len(set(self.keys)) != len(self.keys):
            raise ValueError(f"design {self.name!r}: two replicates have the same random numbers")
        for measure, series in self.values.items():
            if np.shape(series) != (len(self.keys),):
                raise ValueError(f"design {self.name!r}: {measure} needs {len(self.keys)} values, one per replicate")


@dataclass(frozen=True)
class Pairs:
    """Paired values of one measure.

    Attributes
    ----------
    candidate, baseline : float64[pairs], no NaN.
    without_value : pairs left out because a side has no value.
    table : for an event, pairs by what happened (first: candidate, second: baseline); None for a mean.
    estimate : mean of candidate minus baseline.
    p_value : of "no difference at all".
    """

    candidate: NDArray[np.float64]
    baseline: NDArray[np.float64]
    without_value: int
    table: PairedTable | None
    estimate: MeanEstimate
    p_value: float

    def band(self, level: float) -> Interval | None:
        """Return the interval of the difference, candidate minus baseline; None where there is none."""
        if self.table is not None:
            return newcombe_paired_interval(self.table, level)
        return mean_over_replicates(self.candidate - self.baseline, level).interval


def common_replicates(baseline: ReplicateSet, candidate: ReplicateSet) -> tuple[list[int], list[int]]:
    """Return the places, in each design, of the replicates that ran on the same random numbers.

    Raises
    ------
    InputError : there are none.
    """
    place = {key: i for i, key in enumerate(candidate.keys)}
    pairs = [(i, place[key]) for i, key in enumerate(baseline.keys) if key in place]
    if not pairs and baseline.keys and candidate.keys:
        raise InputError(
            "these two designs did not run on the same random numbers",
            where=f"comparison of {baseline.name!r} and {candidate.name!r}",
            remedy="Run both with the same seed.",
        )
    return [i for i, _ in pairs], [j for _, j in pairs]


def series_of(design: ReplicateSet, measure: Measure) -> NDArray[np.float64]:
    """Return one value per replicate of ``design``.

    Raises
    ------
    InputError : the design lacks the measure.
    """
    if measure.name not in design.values:
        raise InputError(
            "this measure was not computed",
            where=f"design {design.name!r}",
            value=measure.name,
            allowed=", ".join(design.values),
            nearest=nearest_name(measure.name, design.values),
        )
    return np.asarray(design.values[measure.name], np.float64)


def pair(baseline: ReplicateSet, candidate: ReplicateSet, measure: Measure) -> Pairs:
    """Pair one measure of two designs, leaving out pairs in which a side has no value.

    Raises
    ------
    InputError : no replicate in common, or a design that lacks the measure.
    """
    here, there = common_replicates(baseline, candidate)
    old, new = series_of(baseline, measure)[here], series_of(candidate, measure)[there]
    known = ~(np.isnan(old) | np.isnan(new))
    old, new = old[known], new[known]
    table = paired_table(new, old) if measure.kind == "event" else None
    estimate = mean_over_replicates(new - old)
    p_value = newcombe_paired_p_value(table) if table is not None else student_p_value(estimate)
    return Pairs(new, old, int((~known).sum()), table, estimate, p_value)


def enough_pairs(pairs: Pairs, smallest_difference: float, level: float) -> tuple[int | None, bool]:
    """Return the number of pairs that would tell, or None; and whether it lies beyond MOST_PAIRS.

    The true difference, and the spread or the discordant share, are taken to be those observed: with few pairs
    the number is a rough one.
    """
    now, difference, spread = pairs.estimate.replicates, pairs.estimate.value, pairs.estimate.standard_deviation
    table = pairs.table
    if difference is None or (table is None and spread is None):
        return None, False

    def chance(n: int) -> float:
        if table is not None:
            band = newcombe_paired_interval(table.scaled(n), level)
            assert band is not None
            half = max(band.high - difference, difference - band.low)
            discordant = (table.first_only + table.second_only) / table.pairs
            error = math.sqrt(max(0.0, discordant - difference * difference) / n)
        else:
            assert spread is not None
            error = spread / math.sqrt(n)
            half = student_quantile(0.5 + 0.5 * level, n - 1) * error
        return chance_to_tell(half, error, difference, smallest_difference)

    return smallest_number(chance, now + 1)
