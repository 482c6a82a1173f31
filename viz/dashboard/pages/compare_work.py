"""What the page that compares designs asks for: the baseline and each other design, on the same random numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from entraide.experiments.result_comparison import ResultComparison, compare_designs, services_to_compare
from entraide.experiments.results import Result
from entraide.model.errors import InputError

from ..bench import Bench, Request
from ..design import LETTERS, Changes, Design
from ..page_context import Work
from ..worlds import with_levers
from .compare_words import COMPARE_WORDS

__all__ = ["COMPARE", "DesignsCompared", "compare_all", "differing", "place_now"]


@dataclass(frozen=True)
class DesignsCompared:
    """What came out.

    Attributes
    ----------
    design : what was asked.
    places : of the variants that differ from the baseline, in the order of the comparisons.
    baseline : the run that all others are compared with.
    services : for each public service, those in which designs differ first, one comparison for each place; designs
        are named by their letters there.
    """

    design: Design
    places: tuple[int, ...]
    baseline: Result
    services: Mapping[str, tuple[ResultComparison, ...]]


def differing(design: Design) -> tuple[int, ...]:
    """Return the places of the variants that are not the baseline itself."""
    return tuple(place for place, levers in enumerate(design.variants) if levers != design.baseline_levers)


def compare_all(bench: Bench) -> DesignsCompared:
    """Simulate the baseline and each design that differs from it, and compare.

    Raises
    ------
    InputError : no design differs from the baseline; and as ``experiments.runs.run``.
    MachineError, Cancelled : as ``experiments.runs.run``.
    """
    design = bench.design
    places = differing(design)
    if not places:
        raise InputError(COMPARE_WORDS["all_alike"], remedy=COMPARE_WORDS["all_alike_remedy"])
    before = with_levers(bench.world(), design.baseline_levers)
    stages = {"baseline": before, **{f"variant_{place}": bench.variant(place) for place in places}}
    bench.plan({stage: 0.0 if bench.knows(scenario) else 1.0 for stage, scenario in stages.items()})
    baseline, *others = (bench.run(stage, scenario) for stage, scenario in stages.items())
    letters = ("", *(LETTERS[place] for place in places))
    services = {
        service: compare_designs(baseline, others, names=letters, service=service)
        for service in _services(baseline, others)
    }
    return DesignsCompared(design, places, baseline, services)


def _services(baseline: Result, others: Sequence[Result]) -> tuple[str, ...]:
    """Return the public services, those in which a design differs first."""
    first = [services_to_compare(baseline, each)[0] for each in others]
    return tuple(dict.fromkeys((*first, *services_to_compare(baseline, others[0]))))


def _request(design: Design) -> Request:
    # Neither names nor which one is worked on change anything that is simulated.
    return Request("compare", replace(design, current=0, names=()))


def place_now(design: Design, levers: Changes) -> int | None:
    """Return where a variant with these levers stands in a design now, None where there is no such one."""
    return next((place for place, each in enumerate(design.variants) if each == levers), None)


COMPARE = Work(
    kind="compare",
    compute=compare_all,
    request=_request,
    label=COMPARE_WORDS["compare"],
    stages={
        "baseline": COMPARE_WORDS["stage_baseline"],
        **{
            f"variant_{place}": {
                language: text.format(letter=letter) for language, text in COMPARE_WORDS["stage_variant"].items()
            }
            for place, letter in enumerate(LETTERS)
        },
    },
)
