"""The search for designs that no other dominates, each simulated under the study's assumptions.

Each generation is a sweep in a folder of its own: what a kill interrupts is gone on with from the last finished run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError
from entraide.model.risk import RISKS

from ..batch.executors import Pool
from ..batch.store import REQUEST_FILE, Store
from ..batch.study import Study
from ..batch.study_schema import LatinHypercube
from ..batch.sweep import begin_sweep, carry_out
from ..conduct import Conduct
from ..files import make_folder
from ..provenance import code_hash
from .designs import design_runs
from .pareto import ParetoSet, pareto_search
from .study_runs import study_runs

__all__ = ["OBJECTIVES", "SearchEnd", "search_study"]

OBJECTIVES = (*RISKS, "cost")
# Under more states a design costs too much to be looked at by the hundred.
MOST_STATES = 500
# Members of the front that are simulated together at the end, the cheapest and the others at equal distances.
MOST_MEMBERS = 12
_LOG, _FRONT = "search.jsonl", "front"


@dataclass(frozen=True)
class SearchEnd:
    """How a search ended.

    Attributes
    ----------
    found : the front, and all designs that were looked at.
    front : a sweep of the front's designs, at most MOST_MEMBERS of them, to be judged as any other.
    """

    found: ParetoSet
    front: Store


def search_study(
    study: Study,
    folder: Path,
    begin: Callable[[], Pool],
    *,
    population: int = 12,
    generations: int = 6,
    conduct: Conduct | None = None,
    heard: Callable[[int, int], None] | None = None,
) -> SearchEnd:
    """Search the levers of a study; go on where the folder holds the same search.

    Parameters
    ----------
    begin : begins the workers, as in ``carry_out``.
    population, generations : of NSGA-II, seeded by the study's seed.
    conduct : hears the progress of each generation.
    heard : is told the designs looked at and those in all, after each generation.

    Raises
    ------
    InputError : no levers, several scenarios, too many sets of assumptions, a folder of something else, or no design
        that can be simulated.
    MachineError : pymoo is not installed, or the folder cannot be written.
    """
    if len(study.scenarios) > 1:
        raise InputError(
            "a search is over the designs of one scenario",
            where=f"study {study.name}: scenarios",
            value=", ".join(study.scenario_names),
            remedy="Name one scenario in the study",
        )
    if not study.levers:
        raise InputError("has no levers to search", where=f"study {study.name}", remedy="Add [factors.levers] to it")
    states = _states(study)
    if len(states) > MOST_STATES:
        raise InputError(
            "has too many sets of assumptions for a search",
            where=f"study {study.name}: design",
            value=len(states),
            allowed=f"at most {MOST_STATES}",
            remedy='Write design = { kind = "latin-hypercube", designs = 10, assumptions = 40 }',
        )
    make_folder(folder)

    def evaluate(places: NDArray[np.float64]) -> NDArray[np.float64]:
        store = _swept(_crossed(study, places, states), folder, begin, conduct)
        # A design of which runs failed is no choice, and the search goes on without it.
        table = np.full((len(places), len(OBJECTIVES)), np.inf)
        if _all_failed(store):
            return table
        found = design_runs(study_runs(store))
        columns = [
            np.nan_to_num(np.nanmean(found.broken[risk], axis=1))
            if risk in found.judged
            else np.zeros(len(found.designs))
            for risk in RISKS
        ]
        table[found.settings[:, 0] // len(states)] = np.column_stack([*columns, np.nanmean(found.cost, axis=1)])
        return table

    found = pareto_search(
        study.levers,
        OBJECTIVES,
        evaluate,
        population=population,
        generations=generations,
        seed=study.seed,
        log=folder / _LOG,
        # Designs of two versions of the simulator are not set side by side.
        about=f"{study.hash()} {code_hash()} {population}",
        progress=heard,
    )
    if not found.members:
        raise InputError(
            "no design of the search can be simulated",
            where=f"study {study.name}",
            remedy="Columns stage and message of the runs in the folders generation-* say why",
        )
    members = found.members
    if len(members) > MOST_MEMBERS:
        chosen = np.unique(np.linspace(0, len(members) - 1, MOST_MEMBERS).round().astype(int))
        members = tuple(members[place] for place in chosen)
    asked = _crossed(study, np.array([each.places for each in members]), states)
    front = _swept(asked, folder, begin, conduct, _FRONT)
    return SearchEnd(found, front)


def _swept(
    asked: Study, folder: Path, begin: Callable[[], Pool], conduct: Conduct | None, name: str = "generation"
) -> Store:
    """Return a sweep of some designs: the one that is there, gone on with, or a new one."""
    place = folder / f"{name}-{asked.hash()[:16]}"
    if place.is_dir() and not (place / REQUEST_FILE).exists():
        # A kill came while it was made: nothing is in it yet.
        shutil.rmtree(place)
    store = begin_sweep(asked, place)
    if not store.complete:
        carry_out(store, begin, conduct)
    return store


def _states(study: Study) -> NDArray[np.float64]:
    """Return the sets of assumptions that the study's design has, float64[states, assumptions]."""
    others = [place for place, each in enumerate(study.factors) if each.kind == "assumption"]
    rows = dict.fromkeys(tuple(row) for row in np.nan_to_num(study.points[:, others], nan=-1.0).tolist())
    table = np.array(list(rows), np.float64).reshape(len(rows), len(others))
    return np.where(table < 0.0, np.nan, table)


def _crossed(study: Study, designs: NDArray[np.float64], states: NDArray[np.float64]) -> Study:
    """Return the study of some designs under all states, the points of one design together."""
    points = np.hstack([np.repeat(designs, len(states), axis=0), np.tile(states, (len(designs), 1))])
    shape = LatinHypercube(kind="latin-hypercube", designs=len(designs), assumptions=len(states))
    found = replace(study, design=shape, path=None)
    found.__dict__["points"] = points
    return found


def _all_failed(store: Store) -> bool:
    """Tell whether no run of a sweep is done."""
    return "done" not in store.table().column("status").unique().to_pylist()
