"""The Pareto set over risks and cost: NSGA-II (Deb et al. 2002, by pymoo) over the levers, seeded, and gone on with.

Every evaluated design is kept in a log as soon as it is known. The search itself is a function of its seed and of what
designs give: gone on with, it takes the same way through the log and simulates only what it does not find there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entraide.model.errors import InputError
from entraide.model.parameters import Value

from ..batch.factors import Factor
from ..batch.needed import needed
from ..files import storage_fault
from .robustness import nondominated

__all__ = ["Candidate", "Evaluate", "ParetoSet", "pareto_search"]

Evaluate = Callable[[NDArray[np.float64]], NDArray[np.float64]]
Progress = Callable[[int, int], None]
# Levers are searched in hundredths of their range: designs can be told, and are met again.
STEPS = 100
# What the search is told of a design that cannot be simulated.
_WORST = 1e15


@dataclass(frozen=True)
class Candidate:
    """One design: values of levers by key, what it gives, in the order of the objectives, and its place."""

    changes: Mapping[str, Value]
    objectives: tuple[float, ...]
    places: tuple[float, ...]


@dataclass(frozen=True)
class ParetoSet:
    """What was found.

    Attributes
    ----------
    objectives : names; less is better in each.
    members : designs that no evaluated one dominates, by the last objective; equal objectives stand once.
    evaluated : every design that was looked at, in that order.
    simulated : how many of them were simulated in this sitting.
    """

    objectives: tuple[str, ...]
    members: tuple[Candidate, ...]
    evaluated: tuple[Candidate, ...]
    simulated: int


def pareto_search(
    factors: Sequence[Factor],
    objectives: Sequence[str],
    evaluate: Evaluate,
    *,
    population: int = 16,
    generations: int = 8,
    seed: int = 0,
    log: Path | None = None,
    about: str = "",
    progress: Progress | None = None,
) -> ParetoSet:
    """Search the levers for designs that no other dominates.

    Parameters
    ----------
    factors : levers.
    objectives : names of what ``evaluate`` returns.
    evaluate : takes designs as places in the unit cube, float64[designs, levers]; returns float64[designs, objectives],
        infinite for a design that cannot be simulated: it is no member.
    population, generations : of NSGA-II.
    seed : of the search.
    log : file of evaluated designs; made, or read where it is there.
    about : what the log is of; a log of something else is refused.
    progress : hears designs done and to do.

    Raises
    ------
    InputError : no levers, too small a population, or a log of another search.
    MachineError : pymoo is not installed, or the log cannot be written.
    """
    if not factors:
        raise InputError("has no levers to search", where="study", remedy="Add [factors.levers] to the study")
    if population < 4 or generations < 1:
        raise InputError(
            "is too small", where="--search", value=f"{population} x {generations}", allowed="4 x 1 or more"
        )
    kept = _Log(log, about, tuple(objectives))
    seen: dict[str, Candidate] = {}
    simulated = 0
    algorithm = _algorithm(len(factors), len(objectives), population, generations, seed)
    whole, done = population * generations, 0
    while algorithm.has_next():
        asked = algorithm.ask()
        places = np.round(np.clip(np.atleast_2d(asked.get("X")), 0.0, 1.0) * STEPS) / STEPS
        changes = [
            {factor.key: factor.value(float(place)) for factor, place in zip(factors, row, strict=True)}
            for row in places
        ]
        keys = [json.dumps(each, sort_keys=True) for each in changes]
        new = {key: row for key, row in zip(keys, places, strict=True) if key not in kept.known}
        if new:
            found = np.asarray(evaluate(np.array(list(new.values()))), np.float64)
            simulated += len(new)
            kept.add({key: tuple(row) for key, row in zip(new, found.tolist(), strict=True)})
        for key, each, row in zip(keys, changes, places, strict=True):
            seen.setdefault(key, Candidate(each, kept.known[key], tuple(row.tolist())))
        # Crowding distances take differences, which infinity has not.
        asked.set("F", np.minimum(np.array([kept.known[key] for key in keys]), _WORST))
        algorithm.tell(infills=asked)
        done += len(keys)
        if progress is not None:
            progress(min(done, whole), whole)
    evaluated = tuple(seen.values())
    table = np.array([each.objectives for each in evaluated])
    front = nondominated(table) & np.isfinite(table).all(axis=1)
    members: dict[tuple[float, ...], Candidate] = {}
    for place in np.flatnonzero(front):
        members.setdefault(evaluated[place].objectives, evaluated[place])
    return ParetoSet(
        tuple(objectives),
        tuple(sorted(members.values(), key=lambda each: each.objectives[::-1])),
        evaluated,
        simulated,
    )


def _algorithm(levers: int, objectives: int, population: int, generations: int, seed: int) -> Any:
    nsga2 = needed("pymoo.algorithms.moo.nsga2")
    problem = needed("pymoo.core.problem").Problem(n_var=levers, n_obj=objectives, xl=0.0, xu=1.0)
    algorithm = nsga2.NSGA2(pop_size=population)
    algorithm.setup(problem, termination=("n_gen", generations), seed=seed, verbose=False)
    return algorithm


class _Log:
    """Evaluated designs, a line each; a line cut by a kill is left out and written again."""

    def __init__(self, path: Path | None, about: str, objectives: tuple[str, ...]) -> None:
        self._path = path
        self.known: dict[str, tuple[float, ...]] = {}
        head = json.dumps({"about": about, "objectives": objectives})
        if path is None:
            return
        try:
            text = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
            lines = text.split("\n")
            if text and len(lines) > 1:
                if lines[0] != head:
                    raise InputError(
                        "holds another search",
                        where=str(path),
                        remedy="Choose another folder: nothing is written over",
                    )
                # What follows the last end of line was cut.
                for line in lines[1:-1]:
                    entry = json.loads(line)
                    self.known[entry["design"]] = tuple(entry["objectives"])
                whole = "\n".join(lines[:-1]) + "\n"
                if whole != text:
                    path.write_text(whole, encoding="utf-8")
            else:
                path.write_text(head + "\n", encoding="utf-8")
        except OSError as error:
            raise storage_fault(error, path) from None
        except (ValueError, KeyError, TypeError):
            raise InputError("was altered", where=str(path), remedy="Choose another folder") from None

    def add(self, designs: Mapping[str, tuple[float, ...]]) -> None:
        self.known |= designs
        if self._path is None:
            return
        lines = [json.dumps({"design": key, "objectives": each}) + "\n" for key, each in designs.items()]
        try:
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write("".join(lines))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise storage_fault(error, self._path) from None
