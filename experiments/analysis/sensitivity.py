"""Sensitivity: of what was varied, what an output goes with. Indices are SALib's, on the mean over replicates.

Sobol: Saltelli et al. 2010 (first order), Jansen's estimator of the total order there; bootstrap over samples. Morris:
Morris 1991, Campolongo et al. 2007. Settings share their random numbers, replicate by replicate, so that indices are
those of the mean of a few deterministic functions; what is left of chance in it is told beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError
from entraide.model.intervals import Interval

from ..batch.factors import Factor
from ..batch.needed import needed
from ..batch.sampling import problem_of
from ..batch.study import Study
from ..batch.study_schema import Morris, Sobol
from .chance import ChanceShare, chance_share
from .study_runs import StudyRuns

__all__ = ["STABLE_WITHIN", "WIDE", "Effect", "Index", "Sensitivity", "SobolIndex", "check_design", "sensitivity_of"]

LEVEL = 0.95
# Total-order indices of half of the samples and of all of them: so far apart at most, or within their joint interval.
STABLE_WITHIN = 0.1
# An index known to no better than this says little, whatever half of the samples said: wide intervals always agree.
WIDE = 0.2
# Under so many samples the half tells nothing.
_FEWEST_SAMPLES = 16
_RESAMPLES = 1000
# SALib reads a seed of 0 as none.
_SEED = 1


@dataclass(frozen=True)
class Index:
    """An index with its bootstrap interval."""

    value: float
    interval: Interval

    @property
    def half_width(self) -> float:
        """Half of the interval."""
        return 0.5 * self.interval.width


@dataclass(frozen=True)
class SobolIndex:
    """One factor.

    Attributes
    ----------
    first : share of the output's variance that goes with the factor alone.
    total : share that goes with the factor, alone and together with others.
    half_total : ``total`` from the first half of the samples; None with few samples.
    """

    factor: Factor
    first: Index
    total: Index
    half_total: Index | None

    @property
    def stable(self) -> bool | None:
        """Whether the total order is the same with half of the samples, and known to WIDE; None where not known."""
        if self.half_total is None:
            return None
        joint = float(np.hypot(self.total.half_width, self.half_total.half_width))
        near = abs(self.total.value - self.half_total.value) <= max(STABLE_WITHIN, joint)
        return near and self.total.half_width <= WIDE


@dataclass(frozen=True)
class Effect:
    """One factor, by Morris: elementary effects over its whole range, in the output's unit.

    Attributes
    ----------
    mean : mean effect, with sign.
    size : mu*, the mean size of the effect.
    spread : sigma, how much the effect depends on where the other factors and this one are.
    """

    factor: Factor
    mean: float
    size: Index
    spread: Index


@dataclass(frozen=True)
class Sensitivity:
    """The indices of one output.

    Attributes
    ----------
    output, unit : what was measured.
    kind : "sobol" or "morris".
    samples : samples or trajectories that are whole.
    left_out : those with a run that failed or has no value.
    sobol : by factor; empty for Morris, and where nothing varies.
    effects : by factor; empty for Sobol.
    mean, deviation : of the output over the settings.
    chance : what is chance; None with one replicate.
    """

    output: str
    unit: str
    kind: str
    samples: int
    left_out: int
    sobol: tuple[SobolIndex, ...]
    effects: tuple[Effect, ...]
    mean: float
    deviation: float
    chance: ChanceShare | None

    @property
    def ranked(self) -> tuple[SobolIndex | Effect, ...]:
        """Factors from the one that matters most on."""
        if self.sobol:
            return tuple(sorted(self.sobol, key=lambda each: (-each.total.value, each.factor.key)))
        return tuple(sorted(self.effects, key=lambda each: (-each.size.value, each.factor.key)))

    def of_kind(self, kind: str) -> tuple[SobolIndex | Effect, ...]:
        """Return levers or assumptions, ranked."""
        return tuple(each for each in self.ranked if each.factor.kind == kind)

    @property
    def stable(self) -> bool | None:
        """Whether all total orders are the same with half of the samples; None where that is not known."""
        told = [each.stable for each in self.sobol]
        return None if not told or None in told else all(told)


def check_design(study: Study) -> Sobol | Morris:
    """Return the design of a study that gives indices.

    Raises
    ------
    InputError : it gives none.
    """
    design = study.design
    if isinstance(design, Sobol | Morris):
        return design
    raise InputError(
        "the study's design gives no sensitivity indices",
        where=f"study {study.name}",
        value=design.kind,
        allowed="sobol, morris",
        remedy='Write design.kind = "morris" for a screening or "sobol" for shares of variance, and sweep again',
    )


def sensitivity_of(runs: StudyRuns, output: str) -> Sensitivity:
    """Return what an output goes with.

    Parameters
    ----------
    output : a column of the runs, or the name of a measure of the first service.

    Raises
    ------
    InputError : no such output; a design that gives no indices; too few whole samples.
    MachineError : SALib is not installed.
    """
    design = check_design(runs.study)
    name = runs.output(output)
    values = runs.values(name)
    number = len(runs.factors)
    block = number + 1 if isinstance(design, Morris) else 2 * number + 2 if design.second_order else number + 2
    means = np.where(np.isnan(values).any(axis=1), np.nan, values.mean(axis=1)).reshape(-1, block)
    whole = np.asarray(~np.isnan(means).any(axis=1), np.bool_)
    samples = int(whole.sum())
    if samples < 4:
        raise InputError(
            "too few whole samples: a run of the others failed, has no value or is not there yet",
            where=f"study {runs.study.name}: {name}",
            value=samples,
            allowed="at least 4",
            remedy="Go on with the sweep (entraide resume), or choose another output",
        )
    kept = means[whole]
    varies = float(np.ptp(kept)) > 1e-12 * max(1.0, float(np.abs(kept).max()))
    sobol: tuple[SobolIndex, ...] = ()
    effects: tuple[Effect, ...] = ()
    if varies and isinstance(design, Sobol):
        sobol = _sobol(runs.factors, kept, design.second_order)
    elif varies and isinstance(design, Morris):
        effects = _morris(runs.factors, runs.points.reshape(-1, block, number)[whole], kept, design.levels)
    return Sensitivity(
        output=name,
        unit=runs.unit(name),
        kind=design.kind,
        samples=samples,
        left_out=len(whole) - samples,
        sobol=sobol,
        effects=effects,
        mean=float(kept.mean()),
        deviation=float(kept.std(ddof=1)),
        chance=chance_share(values[np.repeat(whole, block)]),
    )


def _sobol(factors: tuple[Factor, ...], means: NDArray[np.float64], second_order: bool) -> tuple[SobolIndex, ...]:
    analyze = needed("SALib.analyze.sobol").analyze

    def indices(part: NDArray[np.float64]) -> tuple[list[Index], list[Index]] | None:
        # Indices divide the variance of the two independent samples: the first and last point of each block.
        independent = part[:, [0, -1]]
        if float(np.ptp(independent)) <= 1e-12 * max(1.0, float(np.abs(independent).max())):
            return None
        found = analyze(
            problem_of(factors),
            part.ravel(),
            calc_second_order=second_order,
            num_resamples=_RESAMPLES,
            conf_level=LEVEL,
            seed=_SEED,
        )
        first, total = (
            [_index(float(v), float(h)) for v, h in zip(found[name], found[f"{name}_conf"], strict=True)]
            for name in ("S1", "ST")
        )
        return first, total

    whole = indices(means) or ([_UNKNOWN] * len(factors), [_UNKNOWN] * len(factors))
    # The first half of Sobol's sequence is the sequence of half the length.
    half = indices(means[: len(means) // 2]) if len(means) >= _FEWEST_SAMPLES else None
    return tuple(
        SobolIndex(factor, whole[0][place], whole[1][place], None if half is None else half[1][place])
        for place, factor in enumerate(factors)
    )


def _index(value: float, half: float) -> Index:
    # So few samples differ that some resamples hold none of them, and have no index: nothing is known of its spread.
    if np.isnan(half):
        return Index(value, Interval(min(0.0, value), max(1.0, value), LEVEL, "bootstrap"))
    return Index(value, Interval(value - half, value + half, LEVEL, "bootstrap"))


# Of samples that are all alike there is no variance to share out: anything from none of it to all.
_UNKNOWN = Index(0.0, Interval(0.0, 1.0, LEVEL, "bootstrap"))


def _morris(
    factors: tuple[Factor, ...], points: NDArray[np.float64], means: NDArray[np.float64], levels: int
) -> tuple[Effect, ...]:
    """Return effects; the interval of sigma, which SALib has not, is over the same resampled trajectories."""
    found = needed("SALib.analyze.morris").analyze(
        problem_of(factors),
        points.reshape(-1, len(factors)),
        means.ravel(),
        num_levels=levels,
        num_resamples=_RESAMPLES,
        conf_level=LEVEL,
        seed=_SEED,
    )
    elementary = elementary_effects(points, means)
    generator = np.random.Generator(np.random.Philox(key=_SEED))
    drawn = elementary[generator.integers(0, len(elementary), (_RESAMPLES, len(elementary)))]
    sizes, spreads = np.abs(drawn).mean(axis=1), drawn.std(axis=1, ddof=1)
    tail = 50.0 * (1.0 - LEVEL)

    def between(resampled: NDArray[np.float64]) -> Interval:
        low, high = np.percentile(resampled, [tail, 100.0 - tail])
        return Interval(float(low), float(high), LEVEL, "bootstrap")

    return tuple(
        Effect(
            factor,
            float(found["mu"][place]),
            Index(float(found["mu_star"][place]), between(sizes[:, place])),
            Index(float(found["sigma"][place]), between(spreads[:, place])),
        )
        for place, factor in enumerate(factors)
    )


def elementary_effects(points: NDArray[np.float64], means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the effect of each factor in each trajectory, per whole range: float64[trajectories, factors].

    Parameters
    ----------
    points : float64[trajectories, factors + 1, factors], one factor moving from each point to the next.
    means : float64[trajectories, factors + 1].
    """
    steps = np.diff(points, axis=1)
    moved = np.abs(steps).argmax(axis=2)
    size = np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0]
    effects = np.empty((points.shape[0], points.shape[2]))
    np.put_along_axis(effects, moved, np.diff(means, axis=1) / size, axis=1)
    return effects
