"""The full model per citizen-day beside each peer's reduced rule: taken in turn, equal totals checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from typing import Any

from engine import one_replicate, specification
from measurement import Sample, interleaved, load_average, median, ratio

from entraide.model.parameters import Value, by_name
from entraide.model.service_classes import SERVICE_CLASSES
from entraide.model.service_parameters import SERVICE_PARAMETERS

from .c_loop import NotBuiltError
from .registry import COMPILED, NUMPY, PEERS, missing
from .rule import RULE, Rule, Totals, off_each_other, off_expected
from .worker import one_process, simulate

__all__ = ["AS_FULL_MODEL", "DECLARED_DEFAULT", "ONLINE_CLASS", "against_peers", "prompt_chances"]

FULL_MODEL = "full model"
# How often citizens are prompted: what a way of computing costs depends on how often it decides.
AS_FULL_MODEL = "as few prompts as the full model"
DECLARED_DEFAULT = "prompt rate by default"
ONLINE_CLASS = "prompt rate of online micro-tasks"


def _chance(rate: Value) -> float:
    """Return the chance of a prompt on one day at a daily rate."""
    return 1.0 - math.exp(-float(rate))


def prompt_chances(prompts_per_citizen_day: float) -> dict[str, float]:
    """Return the three chances of a prompt a day: as the full model delivered, and the two declared rates."""
    return {
        AS_FULL_MODEL: prompts_per_citizen_day,
        DECLARED_DEFAULT: _chance(by_name(SERVICE_PARAMETERS)["prompt_rate"].default),
        ONLINE_CLASS: _chance(SERVICE_CLASSES["online-micro-task"]["prompt_rate"]),
    }


def totals_of(samples: Sequence[Sample]) -> Totals:
    """Return what an arm counted in all rounds."""
    return Totals(*(sum(column) for column in zip(*(sample.result for sample in samples), strict=True)))


def judged(totals: Mapping[str, Totals], prompt_chance: float) -> dict[str, dict[str, float | bool | None]]:
    """Return, for each peer, whether its totals are those of the rule, within what chance does.

    Prompts are held against their mean; contributions against those of NumPy, None where NumPy does not run or is
    the peer itself. Figures are shares of what is allowed: above 1 the rule is not the same.
    """
    rows: dict[str, dict[str, float | bool | None]] = {}
    for name, counted in totals.items():
        prompts = off_expected(counted, prompt_chance)
        acts = off_each_other(counted, totals[NUMPY]) if NUMPY in totals and name != NUMPY else None
        rows[name] = {
            "prompts_off": prompts,
            "contributions_off": acts,
            "equal_totals": prompts <= 1.0 and (acts is None or acts <= 1.0),
        }
    return rows


def _in_its_process(submit: Callable[..., Any], name: str, *rest: Any) -> Sample:
    return submit(simulate, name, *rest).result()


def _compare(
    chances: Mapping[str, float],
    rules: Mapping[str, Rule],
    citizens: int,
    days: int,
    rounds: int,
    extra: Mapping[str, Callable[[], Any]],
) -> tuple[dict[Any, list[Sample]], dict[str, str]]:
    """Return the samples of every arm, the full model's among them, and why some peers did not run."""
    absent = {name: why for name in rules if (why := missing(name))}
    with ExitStack() as stack:
        submit = {}
        for name, rule in rules.items():
            if name in absent:
                continue
            submit[name] = stack.enter_context(one_process()).submit
            try:
                for chance in chances.values():
                    _in_its_process(submit[name], name, rule, citizens, 1, chance, 0, 0.0)
            except NotBuiltError as refused:
                absent[name] = f"not run: {refused}"
                submit.pop(name)
        arms: dict[Any, Callable[[], Any]] = dict(extra)
        for often, chance in chances.items():
            for name, call in submit.items():
                seeds = iter(range(1, rounds + 1))
                work = partial(_in_its_process, call, name, rules[name], citizens, days, chance)
                arms[often, name] = lambda work=work, seeds=seeds: work(next(seeds))
        return interleaved(arms, rounds), absent


def against_peers(
    size: int,
    days: int,
    peer_citizens: int,
    peer_days: int,
    rounds: int,
    peers: Sequence[str] = tuple(PEERS),
    wrong: Mapping[str, Rule] | None = None,
) -> dict[str, Any]:
    """Return how many times cheaper a citizen-day of the full model is than one of the reduced rule with each peer.

    One thread each, taken in turn, same people, same number of citizens and days for all peers. The full model's time
    includes drawing its population, that of the peers does not.

    Parameters
    ----------
    peers : names of :data:`PEERS`.
    wrong : other rules for some peers, to see that the check of totals finds them.
    """
    what = specification(size, days)
    _, outcome = one_replicate(what)
    citizen_days, peer_citizen_days = what.territory.inhabitants * days, peer_citizens * peer_days
    chances = prompt_chances(float(outcome.daily["prompted"].sum()) / citizen_days)
    rules = {name: (wrong or {}).get(name, RULE) for name in peers}
    full_model = {FULL_MODEL: partial(one_replicate, what)}
    samples, absent = _compare(chances, rules, peer_citizens, peer_days, rounds, full_model)
    full = samples.pop(FULL_MODEL)
    share = citizen_days / peer_citizen_days
    rows: dict[str, dict[str, Any]] = {}
    for often, chance in chances.items():
        taken = {name: samples[often, name] for name in rules if name not in absent}
        verdicts = judged({name: totals_of(each) for name, each in taken.items()}, chance)
        rows[often] = {
            name: {
                "citizen_days_per_second": peer_citizen_days / median(each),
                "cpu_over_wall": median(each, "cpu_over_wall"),
                "ratio": share * ratio(each, full),
                "ratio_of_cpu": share * ratio(each, full, "cpu"),
                "ratio_to_c": ratio(each, taken[COMPILED]) if COMPILED in taken and name != COMPILED else None,
                **totals_of(each)._asdict(),
                **verdicts[name],
            }
            for name, each in taken.items()
        }
    return {
        "full_model": {
            "inhabitants": what.territory.inhabitants,
            "days": days,
            "citizen_days_per_second": citizen_days / median(full),
        },
        "rule": asdict(RULE),
        "citizens": peer_citizens,
        "days": peer_days,
        "prompts_per_citizen_day": chances,
        "peers": rows,
        "missing": absent,
        "load_average": load_average(),
    }
