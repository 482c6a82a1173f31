"""Two runs in one folder, on the same random numbers, and what differs between them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from entraide.model.errors import InputError
from entraide.model.parameters import Value
from entraide.scenarios.changing import with_changes
from entraide.scenarios.measure_proposals import with_measures
from entraide.scenarios.scenario import Scenario

from .files import make_new_folder, read_json, write_json
from .output import Request, RunFolder, refuse_other_parameters
from .result_comparison import (
    ResultComparison,
    check_comparable,
    check_same_parameters,
    compare_results,
    services_to_compare,
)
from .runs import Conduct, resume

__all__ = ["PAIR_FILE", "PairedRuns", "changed_request", "is_run_folder"]

# What a folder of two runs was asked; what came out is written by whoever tells it.
PAIR_FILE = "pair.json"
SIDES = ("baseline", "changed")


def is_run_folder(path: Path) -> bool:
    """Tell whether a run was begun in this folder."""
    return (path / "run.json").exists()


def changed_request(folder: Path, changes: Mapping[str, Value], measures: Sequence[str] = ()) -> Request:
    """Return the request of a run with more changes on top of its own, then named measures on top of these.

    A change of the same parameter replaces the run's own.

    Raises
    ------
    InputError : a change or measure that cannot be used.
    """
    there = RunFolder.open(folder).request
    scenario = with_measures(with_changes(there.scenario, changes), measures)
    return replace(there, scenario=scenario, zone_daily=False, log=False)


@dataclass(frozen=True)
class PairedRuns:
    """A folder that holds, or points to, two runs.

    Attributes
    ----------
    path : the folder.
    places : of the two runs: folders in it, or others that were run before.
    """

    path: Path
    places: tuple[Path, Path]

    @classmethod
    def create(cls, path: Path, baseline: Request | Path, changed: Request | Path) -> PairedRuns:
        """Make the folder; a side that is to be simulated is begun, one that was run before is pointed to.

        Raises
        ------
        InputError : the folder is not empty, or the two take their parameters from different places.
        MachineError : it cannot be written.
        """
        sides = [RunFolder.open(each).request if isinstance(each, Path) else each for each in (baseline, changed)]
        check_same_parameters(sides[0].draws, sides[1].draws)
        for side, asked in zip(SIDES, sides, strict=True):
            refuse_other_parameters(path / side, asked)
        make_new_folder(path)
        places, written = [], {}
        for side, given in zip(SIDES, (baseline, changed), strict=True):
            place = given if isinstance(given, Path) else path / side
            if isinstance(given, Request):
                RunFolder.create(place, given)
            places.append(place)
            written[side] = os.path.relpath(place, path)
        write_json(path / PAIR_FILE, written)
        return cls(path, (places[0], places[1]))

    @classmethod
    def open(cls, path: Path) -> PairedRuns:
        """Return a folder that was begun.

        Raises
        ------
        InputError : no comparison was begun there.
        """
        written = read_json(path / PAIR_FILE)
        try:
            first, second = (path / written[side] for side in SIDES)
        except (KeyError, TypeError):
            raise InputError("was altered", where=str(path / PAIR_FILE), remedy="Compare again") from None
        return cls(path, (first, second))

    def scenarios(self) -> tuple[Scenario, Scenario]:
        """Return both scenarios."""
        first, second = (RunFolder.open(place).request.scenario for place in self.places)
        return first, second

    def carry_out(self, conduct: Conduct, begin: Callable[[str], None] | None = None) -> tuple[ResultComparison, ...]:
        """Finish both runs, from what is there, and compare them; ``begin`` hears which one follows.

        Returns
        -------
        One comparison for each service that both have, first those in which the designs differ.

        Raises
        ------
        InputError : they cannot be compared; told before anything is simulated where it can be.
        Cancelled : asked to stop; finished replicates stay.
        """
        results = []
        for side, place in zip(SIDES, self.places, strict=True):
            if begin is not None:
                begin(side)
            results.append(resume(place, conduct))
        check_comparable(*results)
        return tuple(compare_results(results[0], results[1], service=name) for name in services_to_compare(*results))
