"""Paired comparison of designs on the same random numbers: what is better, worse, alike, and what cannot be told.

Each measure has its own verdict; there is no composite score. The rule, for a band (interval of the difference) and
the smallest difference d that matters:

1. the band lies within -d..d: no difference that matters;
2. else the band holds 0: cannot tell, with the number of replicates that would;
3. else: better or worse, by the measure's direction, even where part of the band lies within d.

Several designs compared with one baseline on one measure are a family (one ranking): "better" and "worse" are then
claimed by Holm's method, "no difference that matters" on bands wide enough for the whole family.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.intervals import Interval, fieller_interval, holm
from entraide.model.paired_proportions import PairedTable

from .paired_draws import mean_by_draw
from .pairing import Pairs, ReplicateSet, common_replicates, enough_pairs, pair, series_of
from .verdicts import COST, RISK_EVENTS, Measure, judge, within

__all__ = [
    "RELATIONS",
    "Comparison",
    "Difference",
    "EffectAndCost",
    "compare",
    "compare_many",
    "rank",
]

RELATIONS = ("dominates", "is_dominated", "trade_off", "undecided")


@dataclass(frozen=True)
class Difference:
    """One measure of one design against the baseline, over pairs of replicates.

    Attributes
    ----------
    measure : what is compared.
    baseline, candidate : probability or mean over the pairs; None without a pair.
    difference : candidate minus baseline.
    band : interval of the difference, at the level that the family asks for; None without a pair, and for a mean of
        one pair.
    smallest_difference : the smallest that matters, in the measure's unit.
    verdict : one of VERDICTS.
    p_value, adjusted_p_value : of "no difference at all", alone and within the family.
    family : number of comparisons in the family.
    pairs : pairs with a value on both sides.
    without_value : pairs left out because a side has none.
    table : for an event, pairs by what happened (first: candidate, second: baseline).
    spread : for a mean, standard deviation of the differences.
    enough_pairs : where it cannot be told, the number of pairs with which POWER of such comparisons would tell, if
        the true difference and spread are those observed; None when not needed, not known, or over MOST_PAIRS.
    beyond_reach : MOST_PAIRS would not tell.
    over_draws : pairs share draws of parameters, and the band is over these as well: they are limited, and more pairs
        do not make them more.
    """

    measure: Measure
    baseline: float | None
    candidate: float | None
    difference: float | None
    band: Interval | None
    smallest_difference: float
    verdict: str
    p_value: float
    adjusted_p_value: float
    family: int
    pairs: int
    without_value: int
    table: PairedTable | None
    spread: float | None
    enough_pairs: int | None
    beyond_reach: bool
    over_draws: bool = False

    @property
    def excludes_zero(self) -> bool:
        """Tell whether the band leaves out "no difference at all"."""
        return self.band is not None and not self.band.holds(0.0)

    @property
    def improvement(self) -> float | None:
        """The difference, signed so that more is better."""
        if self.difference is None:
            return None
        return -self.difference if self.measure.lower_is_better else self.difference


@dataclass(frozen=True)
class EffectAndCost:
    """One measure beside the cost.

    Attributes
    ----------
    measure : name of the measure.
    relation : "dominates" (better and cheaper) and "is_dominated" (worse and more expensive), of measures that are
        weighed: the risks; "trade_off" (one better, the other worse), of measures that are judged; or "undecided".
    ratio : improvement per unit of money more, or deterioration per unit of money saved: positive; None unless both
        bands exclude zero and point to such an exchange.
    ratio_band : Fieller's interval of the ratio.
    worsens : the other measures that the design makes worse, to be told in the same breath as "dominates".
    """

    measure: str
    relation: str
    ratio: float | None
    ratio_band: Interval | None
    worsens: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """A design against the baseline, measure by measure.

    Attributes
    ----------
    baseline, candidate : names of the designs.
    level : of the family, before adjustment.
    differences : one per measure, in the order asked.
    effects : one per measure other than the cost; empty where no cost was given.
    unpaired : replicates of either design without a counterpart; they are not used.
    """

    baseline: str
    candidate: str
    level: float
    differences: tuple[Difference, ...]
    effects: tuple[EffectAndCost, ...]
    unpaired: int

    def of(self, measure: str) -> Difference:
        """Return the difference in one measure.

        Raises
        ------
        KeyError : the measure was not compared.
        """
        for difference in self.differences:
            if difference.measure.name == measure:
                return difference
        raise KeyError(measure)


def _differences(measure: Measure, family: Sequence[Pairs], level: float) -> tuple[Difference, ...]:
    """Judge one measure of several designs against the same baseline."""
    testable = [pairs for pairs in family if pairs.band(level) is not None]
    members = len(testable)
    steps = dict(zip(map(id, testable), holm([pairs.p_value for pairs in testable], level), strict=True))
    widest = level if members <= 1 else 1.0 - (1.0 - level) / members
    found = []
    for pairs in family:
        n = pairs.estimate.replicates
        old = math.fsum(pairs.baseline) / n if n else None
        new = math.fsum(pairs.candidate) / n if n else None
        smallest = measure.smallest_difference * (abs(old or 0.0) if measure.relative else 1.0)
        step = steps.get(id(pairs))
        band = pairs.band(widest)
        if band is not None and step is not None and step.rejected and not within(band, smallest):
            band = pairs.band(step.level)
            verdict = "better" if ((pairs.estimate.value or 0.0) < 0.0) == measure.lower_is_better else "worse"
        else:
            verdict = judge(band, smallest, measure.lower_is_better)
        enough, beyond = (None, False)
        if verdict == "cannot_tell":
            enough, beyond = enough_pairs(pairs, smallest, widest)
        found.append(
            Difference(
                measure=measure,
                baseline=old,
                candidate=new,
                difference=pairs.estimate.value,
                band=band,
                smallest_difference=smallest,
                verdict=verdict,
                p_value=pairs.p_value,
                adjusted_p_value=step.adjusted_p_value if step is not None else 1.0,
                family=members,
                pairs=n,
                without_value=pairs.without_value,
                table=pairs.table,
                spread=pairs.estimate.standard_deviation if pairs.table is None else None,
                enough_pairs=enough,
                beyond_reach=beyond,
                over_draws=pairs.draws is not None,
            )
        )
    return tuple(found)


def _relation(measure: Measure, effect: str, cost: str) -> str:
    if measure.weighed and effect == cost == "better":
        return "dominates"
    if measure.weighed and effect == cost == "worse":
        return "is_dominated"
    return "trade_off" if measure.judged and {effect, cost} == {"better", "worse"} else "undecided"


def _beside_cost(
    effect: Difference,
    cost: Difference,
    others: Sequence[Difference],
    gain: NDArray[np.float64],
    extra: NDArray[np.float64],
    level: float,
    draws: NDArray[np.int64] | None,
) -> EffectAndCost:
    """Set one effect beside the cost.

    Parameters
    ----------
    gain, extra : improvement and extra cost per pair, NaN if none.
    draws : draw of parameters of each pair, None where all have the same.
    """
    ratio = ratio_band = None
    if effect.measure.judged and effect.excludes_zero and cost.excludes_zero:
        assert effect.improvement is not None
        assert cost.difference is not None
        exchange = effect.improvement / cost.difference
        if exchange > 0.0:
            known = ~(np.isnan(gain) | np.isnan(extra))
            gain, extra = gain[known], extra[known]
            if draws is not None:
                gain, extra = (mean_by_draw(series, draws[known]) for series in (gain, extra))
            ratio, ratio_band = exchange, fieller_interval(gain, extra, level)
    return EffectAndCost(
        measure=effect.measure.name,
        relation=_relation(effect.measure, effect.verdict, cost.verdict),
        ratio=ratio,
        ratio_band=ratio_band,
        worsens=tuple(
            other.measure.name
            for other in others
            if other is not effect and other.verdict == "worse" and other.measure.judged
        ),
    )


def compare_many(
    baseline: ReplicateSet,
    candidates: Sequence[ReplicateSet],
    measures: Sequence[Measure] = (*RISK_EVENTS, COST),
    *,
    cost: str | None = "cost",
    level: float = 0.95,
) -> tuple[Comparison, ...]:
    """Compare several designs with one baseline; on each measure they are one family.

    Parameters
    ----------
    baseline, candidates : designs that ran on the same random numbers.
    measures : what to compare.
    cost : name of the measure that is the cost (lower is better), or None.
    level : of the bands, before adjustment.

    Raises
    ------
    InputError : no replicate in common, or a measure that a design lacks.
    ValueError : two measures of one name, or a cost that is an event or should be high.
    """
    names = [measure.name for measure in measures]
    if len(set(names)) != len(names):
        raise ValueError(f"a measure is named twice: {names}")
    priced = next((measure for measure in measures if measure.name == cost), None)
    if priced is not None and (priced.kind != "mean" or not priced.lower_is_better):
        raise ValueError("a cost is a mean, and lower is better")
    by_measure = {
        measure.name: _differences(measure, [pair(baseline, design, measure) for design in candidates], level)
        for measure in measures
    }
    comparisons = []
    for place, design in enumerate(candidates):
        here, there = common_replicates(baseline, design)
        differences = tuple(by_measure[name][place] for name in names)
        effects = []
        if priced is not None:
            draws = None if baseline.draws is None else baseline.draws[here]
            extra = series_of(design, priced)[there] - series_of(baseline, priced)[here]
            others = [found for found in differences if found.measure is not priced]
            for found in others:
                change = series_of(design, found.measure)[there] - series_of(baseline, found.measure)[here]
                gain = -change if found.measure.lower_is_better else change
                price = by_measure[priced.name][place]
                effects.append(_beside_cost(found, price, others, gain, extra, level, draws))
        comparisons.append(
            Comparison(
                baseline=baseline.name,
                candidate=design.name,
                level=level,
                differences=differences,
                effects=tuple(effects),
                unpaired=len(baseline.keys) + len(design.keys) - 2 * len(here),
            )
        )
    return tuple(comparisons)


def compare(
    baseline: ReplicateSet,
    candidate: ReplicateSet,
    measures: Sequence[Measure] = (*RISK_EVENTS, COST),
    *,
    cost: str | None = "cost",
    level: float = 0.95,
) -> Comparison:
    """Compare one design with the baseline; see ``compare_many``."""
    return compare_many(baseline, [candidate], measures, cost=cost, level=level)[0]


def rank(comparisons: Sequence[Comparison], measure: str) -> tuple[Comparison, ...]:
    """Order designs from the largest improvement in one measure to the smallest; those without a value come last.

    The order is that of the estimates; only each design's verdict says whether it differs from the baseline.
    """

    def place(comparison: Comparison) -> tuple[float, str]:
        improvement = comparison.of(measure).improvement
        return (math.inf if improvement is None else -improvement, comparison.candidate)

    return tuple(sorted(comparisons, key=place))
