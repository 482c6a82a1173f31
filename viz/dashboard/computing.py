"""What the first pages ask for: the verdict on a design, and a preview of it while a lever moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from entraide.experiments.results import Result
from entraide.scenarios.scenario import Scenario

from .bench import Bench, Request
from .design import REPLICATES, Design
from .page_context import Work
from .words import WORDS
from .worlds import sampled, with_levers

__all__ = ["PREVIEW_REPLICATES", "VERDICT", "Answer", "Preview", "preview", "preview_request", "verdict_on"]

PREVIEW_REPLICATES = REPLICATES[0]
# The administration alone costs little, but is asked some thirty times.
_WEIGHT_ALONE = 0.5


@dataclass(frozen=True)
class Answer:
    """What came out.

    Attributes
    ----------
    design : what was asked.
    declared : its scenario, as the file says.
    baseline : what it is compared with: the service as it is today, or a design chosen for it.
    result : the design, with the administration alone beside it; the baseline itself where both are the same.
    """

    design: Design
    declared: Scenario
    baseline: Result
    result: Result

    @property
    def compares(self) -> bool:
        """Whether there is something to compare: the design is not its own baseline."""
        return self.result is not self.baseline


def verdict_on(bench: Bench) -> Answer:
    """Simulate the baseline and the design on the same random numbers, and what the administration alone would do.

    Raises
    ------
    InputError, MachineError, Cancelled : as ``experiments.runs.run``.
    """
    design = bench.design
    before = with_levers(bench.world(), design.baseline_levers)
    after = with_levers(bench.world(), design.levers)
    differs = design.levers != design.baseline_levers
    fresh = 0.0 if bench.knows(after, counterfactual=True) else 1.0
    today = "baseline" if design.baseline is None else "chosen_baseline"
    last = "design" if differs or design.levers else today
    first = {today: 0.0 if bench.knows(before) else 1.0} if differs else {}
    bench.plan({**first, last: fresh, "administration_alone": fresh * _WEIGHT_ALONE})
    baseline = bench.run(today, before) if differs else None
    result = bench.run(last, after, counterfactual=True)
    return Answer(design, bench.declared, result if baseline is None else baseline, result)


@dataclass(frozen=True)
class Preview:
    """A quick look at a design beside its baseline.

    Attributes
    ----------
    design : what was asked.
    zones, of : how many zones were simulated, and how many there are.
    baseline, result : a few simulated years of each, without the administration alone.
    """

    design: Design
    zones: int
    of: int
    baseline: Result
    result: Result


def preview(bench: Bench) -> Preview:
    """Simulate a few years of a design and its baseline, in some of the zones where there are many people.

    Raises
    ------
    InputError, MachineError, Cancelled : as ``experiments.runs.run``.
    """
    design = bench.design
    world = bench.world()
    part, zones = sampled(world)
    before, after = with_levers(part, design.baseline_levers), with_levers(part, design.levers)
    bench.plan({"design": 1.0, "baseline": 0.0 if bench.knows(before, replicates=PREVIEW_REPLICATES) else 1.0})
    result = bench.run("design", after, replicates=PREVIEW_REPLICATES)
    baseline = bench.run("baseline", before, replicates=PREVIEW_REPLICATES)
    return Preview(design, zones, world.territory().zones, baseline, result)


def preview_request(design: Design) -> Request:
    """Return the request of a preview: how many simulations the verdict takes does not matter to it."""
    return Request("preview", replace(design.alone(), replicates=PREVIEW_REPLICATES))


VERDICT = Work(
    kind="verdict",
    compute=verdict_on,
    request=lambda design: Request("verdict", design.alone()),
    label=WORDS["run"],
    stages={name: WORDS[f"stage_{name}"] for name in ("baseline", "chosen_baseline", "design", "administration_alone")},
)
