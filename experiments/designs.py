"""A plan of designs: the scenario as it is, then each design alone, on the same random numbers and in one folder."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from entraide.model.errors import InputError

from .design_runs import run_design
from .files import make_new_folder, read_json, write_json
from .output import Request, RunFolder, refuse_other_parameters
from .results import Result
from .runs import Conduct

__all__ = ["BASELINE", "Design", "DesignFolder", "DesignPlan", "place_of", "run_designs"]

# Name and folder of the scenario as it is.
BASELINE = "baseline"
_FORMAT = 1


class Design(Protocol):
    """What is tried alone: a measure, or an event."""

    @property
    def place(self) -> str:
        """Folder of its run in that of the plan."""


DesignType = TypeVar("DesignType", bound=Design)
Found = TypeVar("Found")


class DesignPlan(Protocol[DesignType]):
    """What is tried: the scenario as it is, then each design alone; and what makes no sense there."""

    @property
    def request(self) -> Request:
        """The request of the scenario as it is."""

    @property
    def designs(self) -> tuple[DesignType, ...]:
        """The designs, in the order in which they are tried."""

    @property
    def refused(self) -> tuple[Any, ...]:
        """What makes no sense in the scenario, each with the reason."""

    def request_of(self, design: DesignType) -> Request:
        """Return the request of the scenario with one design."""


Plan = TypeVar("Plan", bound=DesignPlan[Any])


def place_of(folder: Path, design: Design | None) -> Path:
    """Return where the run with a design is kept; None: that of the scenario as it is."""
    return folder / (BASELINE if design is None else design.place)


def run_designs(
    plan: DesignPlan[DesignType],
    folder: Path | None = None,
    conduct: Conduct | None = None,
    begin: Callable[[int, int, DesignType | None], None] | None = None,
) -> Iterator[tuple[DesignType | None, Result]]:
    """Run the scenario as it is, yielded beside None, then with each design alone.

    Parameters
    ----------
    folder : where runs are kept as they finish, and gone on with; None keeps nothing.
    conduct : its progress is told over all runs together.
    begin : told the number of the run from 0 on, how many there are, and which design; None for the scenario as it is.

    Raises
    ------
    InputError, MachineError, Cancelled : as ``runs.run``.
    """
    conduct = conduct or Conduct()
    conduct.begin("replicates")
    steps: tuple[DesignType | None, ...] = (None, *plan.designs)
    for step, design in enumerate(steps):
        if begin is not None:
            begin(step, len(steps), design)
        request = plan.request if design is None else plan.request_of(design)
        place = None if folder is None else place_of(folder, design)
        yield design, run_design(request, place, conduct, step, len(steps))


@dataclass(frozen=True)
class DesignFolder(ABC, Generic[Plan, DesignType, Found]):
    """The folder of a plan, and of one run for each design; made by ``create`` or found by ``open``.

    The file of the plan holds what was asked; what came out is written by whoever tells it.

    Attributes
    ----------
    plan_file : name of the file that holds the plan.
    tried : what designs are called in it.
    """

    path: Path
    plan: Plan

    plan_file: ClassVar[str]
    tried: ClassVar[str]

    @staticmethod
    @abstractmethod
    def read_plan(request: Request, designs: Sequence[Any], refused: Sequence[Any]) -> Any:
        """Return a plan from the fields that its file holds.

        Raises
        ------
        KeyError, TypeError, ValueError, AttributeError : it was altered.
        """

    @staticmethod
    @abstractmethod
    def attempt(
        plan: Any, folder: Path | None, conduct: Conduct, begin: Callable[[int, int, Any], None] | None = None
    ) -> Any:
        """Run the designs, from what is in the folder, and compare; None keeps nothing."""

    @classmethod
    def create(cls, path: Path, plan: Plan) -> Self:
        """Make the folder and write what is to be tried.

        Raises
        ------
        InputError : the folder is not empty.
        MachineError : it cannot be written.
        """
        refuse_other_parameters(place_of(path, None), plan.request)
        make_new_folder(path)
        RunFolder.create(place_of(path, None), plan.request)
        # The plan comes last: a folder that has one can be gone on with.
        write_json(
            path / cls.plan_file,
            {
                "format": _FORMAT,
                cls.tried: [_plain(each) for each in plan.designs],
                "refused": [_plain(each) for each in plan.refused],
            },
        )
        return cls(path, plan)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return a folder that was begun; what it tries does not depend on what this version would try.

        Raises
        ------
        InputError : nothing was begun there, or the plan was altered.
        """
        written = read_json(path / cls.plan_file)
        request = RunFolder.open(place_of(path, None)).request
        try:
            if written["format"] != _FORMAT:
                raise ValueError
            plan = cls.read_plan(request, written[cls.tried], written["refused"])
        except (KeyError, TypeError, ValueError, AttributeError):
            where = str(path / cls.plan_file)
            raise InputError("was altered", where=where, remedy=f"Try the {cls.tried} again") from None
        return cls(path, plan)

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders of the runs, that of the scenario as it is first."""
        return tuple(place_of(self.path, design) for design in (None, *self.plan.designs))

    def carry_out(self, conduct: Conduct, begin: Callable[[int, int, DesignType | None], None] | None = None) -> Found:
        """Finish what is there, and compare; see ``attempt``."""
        found: Found = self.attempt(self.plan, self.path, conduct, begin)
        return found


def _plain(each: object) -> dict[str, Any]:
    """Return the fields as JSON holds them."""
    return {key: _plain_value(value) for key, value in vars(each).items()}


def _plain_value(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(each) if is_dataclass(each) else each for each in value]
    return value
