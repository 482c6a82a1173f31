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

from .paired_draws import PairedDraws, paired_draws
from .variance_components import clustered_mean_interval, clustered_p_value
from .verdicts import Measure, chance_to_tell, smallest_number

__all__ = ["Pairs", "ReplicateSet", "common_replicates", "enough_pairs", "margin_of", "pair", "series_of"]


@dataclass(frozen=True)
class ReplicateSet:
    """Replicates of one design.

    Attributes
    ----------
    name : of the design.
    keys : what names the random numbers of each replicate (its seed); equal keys make a pair.
    values : measure -> float64[R]; NaN where the measure has no value in that replicate. ``margin_of`` names that of
        the margin behind an event, where there is one.
    draws : int64[R], the draw of parameters of each replicate; None where all have the same parameters.
    most_draws : draws that there are to be taken.
    """

    name: str
    keys: tuple[Hashable, ...]
    values: Mapping[str, NDArray[np.float64]]
    draws: NDArray[np.int64] | None = None
    most_draws: int = 0

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
    draws : of parameters, where pairs share them: bands and p-values are then over draws and chance together.
    """

    candidate: NDArray[np.float64]
    baseline: NDArray[np.float64]
    without_value: int
    table: PairedTable | None
    estimate: MeanEstimate
    p_value: float
    draws: PairedDraws | None = None

    def band(self, level: float) -> Interval | None:
        """Return the interval of the difference, candidate minus baseline; None where there is none."""
        if self.table is not None:
            return newcombe_paired_interval(_weighed(self.table, self.draws), level)
        if self.draws is not None:
            return clustered_mean_interval(self.candidate - self.baseline, self.draws.numbers, level)
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
    numbers, most = _numbers(baseline, here), max(baseline.most_draws, candidate.most_draws)
    if numbers is None:
        numbers = _numbers(candidate, there)
    behind = None
    if margin_of(measure.name) in baseline.values and margin_of(measure.name) in candidate.values:
        margins = (design.values[margin_of(measure.name)] for design in (baseline, candidate))
        before, after = next(margins)[here], next(margins)[there]
        behind = (after - before)[known]
    old, new = old[known], new[known]
    draws = paired_draws(new - old, None if numbers is None else numbers[known], most, behind)
    table = paired_table(new, old) if measure.kind == "event" else None
    estimate = mean_over_replicates(new - old)
    if table is not None:
        p_value = newcombe_paired_p_value(_weighed(table, draws))
    else:
        p_value = student_p_value(estimate) if draws is None else clustered_p_value(new - old, draws.numbers)
    return Pairs(new, old, int((~known).sum()), table, estimate, p_value, draws)


def margin_of(event: str) -> str:
    """Return the name of the margin behind an event among the values of a design."""
    return f"{event}_margin"


def _numbers(design: ReplicateSet, places: list[int]) -> NDArray[np.int64] | None:
    return None if design.draws is None else design.draws[places]


def _weighed(table: PairedTable, draws: PairedDraws | None) -> PairedTable:
    """Return a table that counts as many pairs as are not alike."""
    return table if draws is None or not table.pairs else table.scaled(draws.effective)


def enough_pairs(pairs: Pairs, smallest_difference: float, level: float) -> tuple[int | None, bool]:
    """Return the number of pairs that would tell, or None; and whether it lies beyond MOST_PAIRS.

    The true difference, and the spread or the discordant share, are taken to be those observed: with few pairs
    the number is a rough one. Draws are limited: where they differ, no number of pairs may tell.
    """
    now, difference, spread = pairs.estimate.replicates, pairs.estimate.value, pairs.estimate.standard_deviation
    table = pairs.table
    draws = pairs.draws
    if difference is None or (table is None and spread is None):
        return None, False
    if draws is not None and draws.share is None:
        return None, False

    def chance(number: int) -> float:
        n = float(number) if draws is None else draws.effective_of(number)
        if table is not None:
            band = newcombe_paired_interval(table.scaled(n), level)
            assert band is not None
            half = max(band.high - difference, difference - band.low)
            discordant = (table.first_only + table.second_only) / table.pairs
            error = math.sqrt(max(0.0, discordant - difference * difference) / n)
        else:
            assert spread is not None
            error = spread / math.sqrt(n)
            half = student_quantile(0.5 + 0.5 * level, (number if draws is None else draws.count(number)) - 1) * error
        return chance_to_tell(half, error, difference, smallest_difference)

    return smallest_number(chance, now + 1)
