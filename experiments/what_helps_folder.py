"""The folder of ``--what-helps``: the plan, the run of the scenario as it is, and one run for each measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entraide.model.errors import InputError

from .files import make_folder, read_json, write_json
from .output import RunFolder
from .runs import Conduct
from .what_helps import Candidate, Plan, Refused, WhatHelps, place_of, try_measures

__all__ = ["PLAN_FILE", "WhatHelpsFolder"]

# What the folder was asked; what came out is written by whoever tells it.
PLAN_FILE = "plan.json"
_FORMAT = 1


@dataclass(frozen=True)
class WhatHelpsFolder:
    """A folder in which measures are tried; made by ``create`` or found by ``open``."""

    path: Path
    plan: Plan

    @classmethod
    def create(cls, path: Path, plan: Plan) -> WhatHelpsFolder:
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
            path / PLAN_FILE,
            {
                "format": _FORMAT,
                "measures": [_plain(each) for each in plan.candidates],
                "refused": [_plain(each) for each in plan.refused],
            },
        )
        return cls(path, plan)

    @classmethod
    def open(cls, path: Path) -> WhatHelpsFolder:
        """Return a folder that was begun; what it tries does not depend on today's library of measures.

        Raises
        ------
        InputError : no measures were begun there, or the plan was altered.
        """
        written = read_json(path / PLAN_FILE)
        request = RunFolder.open(place_of(path, None)).request
        try:
            if written["format"] != _FORMAT:
                raise ValueError
            candidates = tuple(
                Candidate(
                    **{
                        **each,
                        "prevents": tuple(each["prevents"]),
                        "moved": {key: (old, new) for key, (old, new) in each["moved"].items()},
                    }
                )
                for each in written["measures"]
            )
            refused = tuple(Refused(**each) for each in written["refused"])
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InputError("was altered", where=str(path / PLAN_FILE), remedy="Try the measures again") from None
        return cls(path, Plan(request, candidates, refused))

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders of the runs, that of the scenario as it is first."""
        return tuple(place_of(self.path, candidate) for candidate in (None, *self.plan.candidates))

    def carry_out(
        self, conduct: Conduct, begin: Callable[[int, int, Candidate | None], None] | None = None
    ) -> WhatHelps:
        """Finish what is there, and compare; see ``try_measures``."""
        return try_measures(self.plan, self.path, conduct, begin)


def _plain(each: Candidate | Refused) -> dict[str, Any]:
    """Return the fields as JSON holds them."""
    return {key: dict(value) if hasattr(value, "items") else value for key, value in vars(each).items()}
