"""What the page on measures asks for: each measure tried alone on the design that is worked on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from entraide.experiments.what_helps import Candidate, WhatHelps, plan_of, try_measures

from ..bench import Bench, Request
from ..design import Design, ordered
from ..page_context import Work
from ..worlds import is_own
from .what_helps_words import HELP_WORDS

__all__ = ["TRY", "MeasuresTried", "holds", "try_all", "with_measure"]


@dataclass(frozen=True)
class MeasuresTried:
    """What came out.

    Attributes
    ----------
    design : on which the measures were tried.
    found : each of them alone against that design.
    """

    design: Design
    found: WhatHelps


def try_all(bench: Bench) -> MeasuresTried:
    """Try each measure that makes sense alone, as ``entraide run --what-helps`` does.

    Raises
    ------
    InputError, MachineError, Cancelled : as ``experiments.runs.run``; no measure makes sense.
    """
    design = bench.design
    scenario = bench.variant(design.current)
    plan = plan_of(
        scenario,
        replicates=design.replicates,
        seed=design.seed,
        own_file=is_own(design, scenario),
        parameters=design.parameters,
    )
    bench.plan({"measures": 1.0})
    return MeasuresTried(design, try_measures(plan, conduct=bench.conduct("measures")))


def with_measure(design: Design, candidate: Candidate) -> Design:
    """Return a design with a measure put into the variant that is worked on.

    A legal regime also decides who may take part, which is an assumption elsewhere: here it is of the design alone.
    """
    return design.with_levers(ordered({**dict(design.levers), **candidate.changes}))


def holds(design: Design, candidate: Candidate) -> bool:
    """Tell whether the variant that is worked on has all that a measure changes."""
    levers = dict(design.levers)
    return all(levers.get(key) == value for key, value in candidate.changes.items())


def _request(design: Design) -> Request:
    # What the design is compared with elsewhere does not matter here: each measure is compared with the design.
    return Request("what_helps", replace(design, variants=(design.levers,), current=0, baseline=None, names=()))


TRY = Work(
    kind="what_helps",
    compute=try_all,
    request=_request,
    label=HELP_WORDS["try"],
    stages={"measures": HELP_WORDS["stage"]},
)
