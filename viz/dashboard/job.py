"""A simulation in the background: what was asked, how far it is, how to stop it, what came out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from entraide.experiments.results import Result
from entraide.experiments.runner import Cancelled
from entraide.experiments.runs import Conduct, run
from entraide.model.errors import UserFacingError
from entraide.scenarios.reading import FILES_FOLDER

from .choices import Design

__all__ = ["STAGES", "Answer", "Job", "Progress"]

# What a job goes through: today's service first, unless it was simulated before and nothing else is asked.
STAGES = ("baseline", "design", "administration_alone")

# The share of the progress bar that each stage takes, by whether the baseline and a design have to be simulated. The
# administration alone costs little, but is asked some thirty times.
_WEIGHTS = {"baseline": 1.0, "design": 1.0, "administration_alone": 0.5}


@dataclass(frozen=True)
class Answer:
    """What came out.

    Attributes
    ----------
    design : what was asked.
    baseline : the service as it is.
    result : the design, with the administration alone beside it; the baseline itself when no lever was moved.
    """

    design: Design
    baseline: Result
    result: Result


@dataclass(frozen=True)
class Progress:
    """How far a job is.

    Attributes
    ----------
    stage : one of STAGES.
    share : of all its work, 0 to 1.
    seconds : since it began.
    """

    stage: str
    share: float
    seconds: float

    @property
    def seconds_left(self) -> float | None:
        """Return the time left if the pace holds; None while it is too early to tell."""
        return None if self.share < 0.05 or self.seconds < 1.0 else self.seconds * (1.0 / self.share - 1.0)


class Job:
    """One request, carried out on threads of its own; nothing here is shared between people.

    Parameters
    ----------
    design : what to simulate.
    known_baseline : an earlier baseline, used again if it answers the same question.
    """

    def __init__(self, design: Design, known_baseline: Result | None = None) -> None:
        self.design = design
        self.cancel = threading.Event()
        self.answer: Answer | None = None
        self.fault: UserFacingError | None = None
        self._known = known_baseline if _answers(known_baseline, design) else None
        stages = [] if self._known is not None else ["baseline"]
        stages += ["design"] if design.changes else []
        self._stages = (*stages, "administration_alone")
        self._weight = sum(_WEIGHTS[stage] for stage in self._stages)
        self._began = time.monotonic()
        self._progress = Progress(self._stages[0], 0.0, 0.0)

    @property
    def progress(self) -> Progress:
        """Return how far the job is now."""
        return replace(self._progress, seconds=time.monotonic() - self._began)

    def carry_out(
        self, hear: Callable[[Progress], None], wanted: Callable[[], bool] = lambda: True, every: float = 0.25
    ) -> None:
        """Simulate, and tell how far it is from the calling thread only; ends with an answer, a fault, or neither.

        The threads that simulate belong to no page, and must not touch one: the calling thread, which does, looks
        at them from time to time.

        Parameters
        ----------
        hear : told how far it is.
        wanted : whether anybody waits for the answer; asked again and again, and what nobody wants is stopped.
        every : seconds between two looks.
        """
        failure: list[BaseException] = []

        def work() -> None:
            try:
                self.answer = self._answer()
            except Cancelled:
                pass
            except UserFacingError as fault:
                self.fault = fault
            except BaseException as fault:
                failure.append(fault)

        worker = threading.Thread(target=work, name="entraide-dashboard")
        worker.start()
        try:
            while worker.is_alive():
                if wanted():
                    hear(self.progress)
                else:
                    self.cancel.set()
                worker.join(every)
        except BaseException:
            # The page could not be told: then nobody will read the answer either.
            self.cancel.set()
            raise
        if failure:
            raise failure[0]

    def _answer(self) -> Answer:
        design = self.design
        baseline = self._known
        if baseline is None:
            # With no lever moved the baseline is the design, and the administration alone is asked about it.
            baseline = self._run(design, "baseline", counterfactual=not design.changes)
        result = self._run(design, "design", counterfactual=True) if design.changes else baseline
        return Answer(design, baseline, result)

    def _run(self, design: Design, stage: str, *, counterfactual: bool) -> Result:
        current = stage

        def begin(name: str) -> None:
            nonlocal current
            current = stage if name == "replicates" else name
            self._tell(current, 0.0)

        def hear(done: int, total: int) -> None:
            self._tell(current, done / total if total else 1.0)

        scenario = design.scenario if stage == "baseline" else design.changed_scenario()
        conduct = Conduct(progress=hear, stage=begin, cancel=self.cancel)
        return run(
            scenario,
            replicates=design.replicates,
            seed=design.seed,
            counterfactual=counterfactual,
            parameters=design.parameters,
            own_file=scenario.path.parent != FILES_FOLDER,
            conduct=conduct,
        )

    def _tell(self, stage: str, share: float) -> None:
        if stage not in self._stages:
            return
        before = sum(_WEIGHTS[name] for name in self._stages[: self._stages.index(stage)])
        done = (before + _WEIGHTS[stage] * min(1.0, share)) / self._weight
        self._progress = Progress(stage, max(done, self._progress.share), 0.0)


def _answers(baseline: Result | None, design: Design) -> bool:
    """Tell whether a baseline is what this design is to be compared with."""
    return (
        baseline is not None
        and baseline.scenario is design.scenario
        and (baseline.replicates, baseline.seed) == (design.replicates, design.seed)
        and baseline.parameters_from == design.parameters
        and (bool(design.changes) or baseline.counterfactual is not None)
    )
