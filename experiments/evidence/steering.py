"""What is fitted to a class as a whole: one value for all draws, by stochastic approximation.

How a service is heard of shows in whole territories over years, at seconds a simulation and with much chance in each:
too dear for a search over every draw. Each parameter is steered by one figure that it moves in a known direction: step
after step the next draw is simulated once, and the parameter goes against the error, by less each time; the mean over
the second half of the steps is kept.

Sources
-------
Robbins & Monro (1951), A stochastic approximation method; Polyak & Juditsky (1992) for the mean of the steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from entraide.model.parameters import Value

from .by_area import figure
from .case import Case, Target
from .fit_spaces import STEERED, Steered
from .harness import Setting
from .registry import all_harnesses

__all__ = ["STEPS", "approximate", "steer_class", "steered_targets"]

STEPS = 8
# Steps after which the first step is halved.
_SLOWING = 4.0
# The most that one simulation moves a parameter, in units of its gain: a figure of 0 would else send it anywhere.
_MOST = 0.7


def steered_targets(service_class: str, cases: Sequence[Case]) -> tuple[tuple[Steered, Target], ...]:
    """Return by steered parameter of a class the figure that steers it, of the cases that are there."""
    known = {case.id: case for case in cases}
    return tuple(
        (steered, next(target for target in known[steered.case].targets if target.name == steered.metric))
        for steered in STEERED.get(service_class, ())
        if steered.case in known
    )


def approximate(
    observe: Callable[[Mapping[str, float], int], Mapping[str, float]],
    steered: Sequence[Steered],
    wanted: Mapping[str, float],
    steps: int = STEPS,
) -> dict[str, float]:
    """Return the values at which figures come about as wanted, on the mean of their logarithms.

    Parameters
    ----------
    observe : returns by parameter the figure that steers it, given values and the number of the step; above 0.
    wanted : by parameter, that figure's value.
    """
    place = {each.parameter: each.scaled(each.start) for each in steered}
    kept = dict.fromkeys(place, 0.0)
    for step in range(steps):
        found = observe({each.parameter: each.value(place[each.parameter]) for each in steered}, step)
        for each in steered:
            name = each.parameter
            error = _MOST if found[name] <= 0.0 else math.log(wanted[name] / found[name])
            error = max(-_MOST, min(_MOST, error)) if math.isfinite(error) else 0.0
            moved = place[name] + each.gain * error / (1.0 + step / _SLOWING)
            place[name] = max(each.scaled(each.low), min(each.scaled(each.high), moved))
            if step >= steps // 2:
                kept[name] += place[name] / (steps - steps // 2)
    return {each.parameter: float(f"{each.value(kept[each.parameter]):.4g}") for each in steered}


def steer_class(
    service_class: str,
    draws: Sequence[Mapping[str, Value]],
    cases: Sequence[Case],
    *,
    steps: int = STEPS,
    seed: int = 1,
    progress: Callable[[int, Mapping[str, float], Mapping[str, float]], None] | None = None,
) -> dict[str, float]:
    """Return the values of the steered parameters of a class, for all its draws; empty where it has none.

    Each step simulates each case that steers once, with the next draw and another seed.
    """
    pairs = steered_targets(service_class, cases)
    if not pairs:
        return {}
    needed = [case for case in cases if case.id in {each.case for each, _ in pairs}]
    # Before there are threads: harnesses are imported when they are first asked for.
    harnesses = all_harnesses()

    def simulate(case: Case, values: Mapping[str, float], step: int) -> dict[str, float]:
        setting = Setting(
            service_class, case.scale, {**draws[step % len(draws)], **values}, 1000 * seed + step, case.folder
        )
        observation = harnesses[case.harness].simulate(setting)
        return {each.parameter: figure(target.metric, observation) for each, target in pairs if each.case == case.id}

    def observe(values: Mapping[str, float], step: int) -> dict[str, float]:
        with ThreadPoolExecutor(len(needed)) as threads:
            parts = list(threads.map(lambda case: simulate(case, values, step), needed))
        found = {name: value for part in parts for name, value in part.items()}
        if progress is not None:
            progress(step, values, found)
        return found

    wanted = {each.parameter: target.value for each, target in pairs}
    return approximate(observe, [each for each, _ in pairs], wanted, steps)
