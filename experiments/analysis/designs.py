"""Designs by states of the world: what the administration decides, each under the same assumptions and chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.model.risk import RISKS

from ..batch.factors import Factor
from ..batch.settings import Settings
from ..batch.study import Study
from ..measures import years_begun
from .study_runs import StudyRuns

__all__ = ["KEPT_IN", "Design", "DesignRuns", "check_crossed", "check_reference", "design_runs", "mean_known"]

# A norm is held where it is kept in so many of the simulated years, as for the administration alone (decision 15).
KEPT_IN = 0.9
# A design is judged where so many of its runs are there.
WHOLE = 0.95


@dataclass(frozen=True)
class Design:
    """One combination of levers.

    Attributes
    ----------
    number : from 1 on, in the order of the study.
    changes : values of levers by key; empty for the scenario as it is.
    """

    number: int
    changes: Mapping[str, Value]


@dataclass(frozen=True)
class DesignRuns:
    """Designs by states of the world by replicates.

    Attributes
    ----------
    runs : what they are taken from.
    designs : those that were simulated under every state, WHOLE of their runs being there.
    settings : int64[designs, states], the setting of each.
    state_points : float64[states, assumptions], places of the assumptions in the unit cube, -1 where a state leaves
        one as the scenario has it; a column for each of ``assumptions``.
    state_of_replicate : where draws of parameters are the states, the draw of each replicate; None where the
        assumptions that the study varies are.
    incomplete : designs left out.
    service, year : whose risks are judged.
    """

    runs: StudyRuns
    designs: tuple[Design, ...]
    settings: NDArray[np.int64]
    state_points: NDArray[np.float64]
    state_of_replicate: NDArray[np.int64] | None
    incomplete: int
    service: str
    year: int = 0

    @property
    def assumptions(self) -> tuple[Factor, ...]:
        """The assumptions that the study varies."""
        return self.runs.study.assumptions

    @property
    def states(self) -> int:
        """States of the world: sets of assumptions, or draws of parameters where none are varied."""
        return self.settings.shape[1] if self.state_of_replicate is None else len(set(self.state_of_replicate.tolist()))

    def column(self, measure: str) -> str:
        """Return the column of a measure of the judged service and year."""
        if measure == "cost":
            return "cost"
        several = max(years_begun(each.days) for each in self.runs.study.scenarios) > 1
        return f"{self.service}.{measure}" + (f".year{self.year + 1}" if several else "")

    def values(self, measure: str) -> NDArray[np.float64]:
        """Return a measure, float64[designs, states, replicates of a state]; NaN where there is none.

        Parameters
        ----------
        measure : "cost" (of all services), a risk, a margin, or another measure that was kept.
        """
        found = self.runs.values(self.column(measure))[self.settings]
        if self.state_of_replicate is None:
            return found
        labels, places = np.unique(self.state_of_replicate, return_inverse=True)
        most = int(np.bincount(places).max())
        table = np.full((len(self.designs), len(labels), most), np.nan)
        for state in range(len(labels)):
            own = np.flatnonzero(places == state)
            table[:, state, : len(own)] = found[:, 0, own]
        return table

    @cached_property
    def judged(self) -> tuple[str, ...]:
        """The risks that have a value somewhere."""
        return tuple(risk for risk in RISKS if not np.isnan(self.values(risk)).all())

    @cached_property
    def broken(self) -> Mapping[str, NDArray[np.float64]]:
        """By risk, the share of a state's simulated years in which its norm is broken, float64[designs, states]."""
        return {risk: mean_known(self.values(risk)) for risk in self.judged}

    @cached_property
    def any_broken(self) -> NDArray[np.float64]:
        """Share of a state's simulated years in which some norm is broken, float64[designs, states]."""
        values = np.stack([self.values(risk) for risk in self.judged])
        known = ~np.isnan(values).all(axis=0)
        return mean_known(np.where(known, np.nanmax(np.where(known, values, 0.0), axis=0), np.nan))

    @cached_property
    def held(self) -> NDArray[np.bool_]:
        """Whether all norms are kept in KEPT_IN of a state's simulated years or more, bool[designs, states]."""
        return self.any_broken <= 1.0 - KEPT_IN + 1e-9

    @cached_property
    def cost(self) -> NDArray[np.float64]:
        """Mean cost in EUR a year, float64[designs, states]."""
        return mean_known(self.values("cost"))


def mean_known(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return means along the last axis over what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0).sum(axis=-1)
    means: NDArray[np.float64] = np.full(total.shape, np.nan)
    np.divide(total, known.sum(axis=-1), out=means, where=known.any(axis=-1))
    return means


@dataclass(frozen=True)
class _Layout:
    """Where each design and state stands among the points of a study."""

    designs: tuple[Design, ...]
    settings: NDArray[np.int64]
    state_points: NDArray[np.float64]
    incomplete: int


def check_crossed(study: Study, reference: int | None = None) -> None:
    """Refuse a study whose designs are not simulated under the same states; nothing has to be run for it.

    Raises
    ------
    InputError : such a study, or one without a design of the reference's number.
    """
    check_reference([each.number for each in _layout(study).designs], reference)


def check_reference(numbers: Sequence[int], reference: int | None) -> None:
    """Refuse a number that no design has.

    Raises
    ------
    InputError : such a number.
    """
    if reference is not None and reference not in numbers:
        allowed = f"{numbers[0]} to {numbers[-1]}"
        raise InputError("no such design", where="--reference", value=reference, allowed=allowed)


def _layout(study: Study) -> _Layout:
    levers = [place for place, each in enumerate(study.factors) if each.kind == "lever"]
    others = [place for place, each in enumerate(study.factors) if each.kind == "assumption"]
    designs: dict[tuple[object, ...], dict[tuple[float, ...], int]] = {}
    states: dict[tuple[float, ...], int] = {}
    changes: list[Mapping[str, Value]] = []
    settings = Settings(("",), study.factors, study.points)
    for setting in range(len(study.points)):
        whole = settings.changes_at(setting)
        own = {study.factors[place].key: whole.get(study.factors[place].key) for place in levers}
        mine = tuple((key, repr(value)) for key, value in own.items())
        state = tuple(np.nan_to_num(study.points[setting, others], nan=-1.0).tolist())
        if mine not in designs:
            changes.append({key: value for key, value in own.items() if value is not None})
        # Twice the same setting is the same runs: the first stands for both.
        designs.setdefault(mine, {}).setdefault(state, setting)
        states.setdefault(state, len(states))
    kept = [(place, found) for place, found in enumerate(designs.values()) if len(found) == len(states)]
    if not kept or (len(designs) > 1 and len(kept) < 2):
        raise InputError(
            "designs were not simulated under the same assumptions, so that they cannot be set side by side",
            where=f"study {study.name}",
            value=study.design.kind,
            allowed="factorial; latin-hypercube with designs and assumptions; any design over levers alone",
            remedy='Write design = { kind = "latin-hypercube", designs = 10, assumptions = 100 }, and sweep again',
        )
    order = list(states)
    return _Layout(
        designs=tuple(Design(place + 1, changes[place]) for place, _ in kept),
        settings=np.array([[found[state] for state in order] for _, found in kept], np.int64),
        state_points=np.array(order, np.float64).reshape(len(order), len(others)),
        incomplete=len(designs) - len(kept),
    )


def design_runs(runs: StudyRuns, service: str | None = None, year: int = 0) -> DesignRuns:
    """Return the runs of a study by design and state.

    Raises
    ------
    InputError : no design was simulated under all the states: the study does not cross levers with assumptions; or none
        is finished yet.
    """
    found = _layout(runs.study)
    # A design of which much is missing would be judged on other states than the rest.
    there = ~np.isnan(runs.values("cost"))[found.settings]
    whole = np.flatnonzero(there.mean(axis=(1, 2)) >= WHOLE)
    if not len(whole):
        raise InputError(
            "no design is finished yet",
            where=f"study {runs.study.name}",
            remedy="Go on with the sweep: entraide resume FOLDER",
        )
    return DesignRuns(
        runs=runs,
        designs=tuple(found.designs[place] for place in whole),
        settings=found.settings[whole],
        state_points=found.state_points,
        state_of_replicate=None if found.state_points.shape[1] else runs.draws,
        incomplete=found.incomplete + len(found.designs) - len(whole),
        service=runs.service if service is None else service,
        year=year,
    )
