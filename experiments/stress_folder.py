"""The folder of ``entraide stress``: the plan, the run of the scenario as it is, and one run for each event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from entraide.model.errors import InputError

from .files import make_folder, read_json, write_json
from .output import RunFolder
from .runs import Conduct
from .stress import Refused, Stress, StressPlan, Trial, place_of, stress

__all__ = ["STRESS_PLAN_FILE", "StressFolder"]

# What the folder was asked; what came out is written by whoever tells it.
STRESS_PLAN_FILE = "stress-plan.json"
_FORMAT = 1


@dataclass(frozen=True)
class StressFolder:
    """A folder in which events are tried; made by ``create`` or found by ``open``."""

    path: Path
    plan: StressPlan

    @classmethod
    def create(cls, path: Path, plan: StressPlan) -> StressFolder:
        """Make the folder and write what is to be tried.

        Raises
        ------
        InputError : the folder is not empty.
        MachineError : it cannot be written.
        """
        if path.is_dir() and any(path.iterdir()):
            raise InputError(
                "the folder is not empty",
                where="--out",
                value=str(path),
                remedy="Choose another folder: nothing is written over. To go on with it: entraide resume",
            )
        make_folder(path)
        RunFolder.create(place_of(path, None), plan.request)
        # The plan comes last: a folder that has one can be gone on with.
        write_json(
            path / STRESS_PLAN_FILE,
            {
                "format": _FORMAT,
                "events": [asdict(trial) for trial in plan.trials],
                "refused": [{"kind": each.kind, "reason": dict(each.reason)} for each in plan.refused],
            },
        )
        return cls(path, plan)

    @classmethod
    def open(cls, path: Path) -> StressFolder:
        """Return a folder that was begun; what it tries does not depend on today's table of events.

        Raises
        ------
        InputError : no stress test was begun there, or the plan was altered.
        """
        written = read_json(path / STRESS_PLAN_FILE)
        request = RunFolder.open(place_of(path, None)).request
        try:
            if written["format"] != _FORMAT:
                raise ValueError
            trials = tuple(Trial(**each) for each in written["events"])
            refused = tuple(Refused(**each) for each in written["refused"])
        except (KeyError, TypeError, ValueError):
            where = str(path / STRESS_PLAN_FILE)
            raise InputError("was altered", where=where, remedy="Try the events again") from None
        return cls(path, StressPlan(request, trials, refused))

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders of the runs, that of the scenario as it is first."""
        return tuple(place_of(self.path, trial) for trial in (None, *self.plan.trials))

    def carry_out(self, conduct: Conduct, begin: Callable[[int, int, Trial | None], None] | None = None) -> Stress:
        """Finish what is there, and compare; see ``stress``."""
        return stress(self.plan, self.path, conduct, begin)
