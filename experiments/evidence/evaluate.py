"""Holds cases against the simulation: every target's figure over the draws of its class, one draw for each seed."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from entraide.experiments.runner import Cancelled, Progress, check_numbers, cores_at_hand
from entraide.model.errors import InputError, UserFacingError
from entraide.model.parameters import Value

from .by_area import figure
from .case import Case, Target
from .ensembles import Ensemble, ensemble_of
from .harness import Harness, Setting
from .registry import all_harnesses

__all__ = ["CENTRAL", "CaseResult", "TargetResult", "evaluate"]

# The range told beside a mean: the middle four fifths of the draws.
CENTRAL = (0.1, 0.9)
# An ensemble whose range is wider than this many bands says too little, whatever its mean.
WIDEST_IN_BANDS = 3.0
# How often the thread that waits looks whether it was interrupted, in seconds.
_LOOK = 0.2


@dataclass(frozen=True)
class TargetResult:
    """A target and what was simulated.

    Attributes
    ----------
    target : the figure.
    values : by seed, in their order; nan where the simulation has no value. Empty where the case was not run.
    """

    target: Target
    values: tuple[float, ...] = ()

    @property
    def known(self) -> np.ndarray:
        """Return the finite values; empty where fewer than half the seeds have one."""
        values = np.array(self.values, np.float64)
        finite = values[np.isfinite(values)]
        return finite if 2 * len(finite) >= len(values) else finite[:0]

    @property
    def mean(self) -> float:
        """Return the mean over draws; nan where there is none."""
        return float(self.known.mean()) if len(self.known) else math.nan

    @property
    def sd(self) -> float:
        """Return the standard deviation over draws; nan under two values."""
        return float(self.known.std(ddof=1)) if len(self.known) > 1 else math.nan

    @property
    def central(self) -> tuple[float, float]:
        """Return the range that holds the middle 80 % of the draws; nan where there is none."""
        if not len(self.known):
            return math.nan, math.nan
        low, high = np.quantile(self.known, CENTRAL)
        return float(low), float(high)

    @property
    def passed(self) -> bool:
        """Return whether the target is met, as it says that it is judged; never without a value."""
        target, (low, high) = self.target, self.central
        if target.judged == "range":
            return low <= target.value <= high and high - low <= target.high - target.low
        return target.low <= self.mean <= target.high

    @property
    def narrow(self) -> bool:
        """Return whether the central range is no wider than three bands."""
        low, high = self.central
        return high - low <= WIDEST_IN_BANDS * (self.target.high - self.target.low)


@dataclass(frozen=True)
class CaseResult:
    """A case and its targets.

    Attributes
    ----------
    case : the case.
    targets : in the order of the file.
    not_run : why it was not run, by language; empty where it was.
    fitted : whether its class has an ensemble; else the class's preset stood for it.
    """

    case: Case
    targets: tuple[TargetResult, ...]
    not_run: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fitted: bool = False


@dataclass(frozen=True)
class _Group:
    """Cases that one simulation for each seed serves."""

    cases: tuple[Case, ...]
    harness: Harness
    ensemble: Ensemble


def evaluate(
    cases: Sequence[Case],
    *,
    seeds: int = 20,
    first: int = 0,
    threads: int | None = None,
    changes: Mapping[str, Value] | None = None,
    ensembles: Path | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> tuple[CaseResult, ...]:
    """Simulate cases and return what became of each, in their order.

    Parameters
    ----------
    seeds, first : seeds ``first``, ``first`` + 1, ...; each takes the draw of its number.
    threads : simulations side by side; None: all cores that this process may use. Figures do not depend on it.
    changes : parameters that take these values in every draw: a mechanism switched off, for a negative control.
    ensembles : folder of ensembles; None: those of the package.
    progress : told the simulations done and those there are.
    cancel : once set, no further simulation begins.

    Raises
    ------
    InputError : numbers that cannot be used; an ensemble or an input of a case that the harness refuses.
    Cancelled : ``cancel`` was set.
    """
    check_numbers(replicates=seeds, seed=first, threads=threads)
    groups, not_run = _groups(cases, ensembles)
    stop = threading.Event() if cancel is None else cancel
    jobs = [(group, seed) for group in groups for seed in range(first, first + seeds)]
    values: dict[tuple[str, int], tuple[float, ...]] = {}
    failures: dict[str, str] = {}

    def one(group: _Group, seed: int) -> list[tuple[float, ...]]:
        if stop.is_set():
            raise Cancelled
        return _simulated(group, seed, changes or {})

    with closing(_side_by_side(one, jobs, threads or cores_at_hand(), stop)) as answers:
        for done, (place, answer) in enumerate(answers, 1):
            group, seed = jobs[place]
            for number, case in enumerate(group.cases):
                if isinstance(answer, Exception):
                    failures.setdefault(case.id, _in_a_line(answer))
                else:
                    values[case.id, seed] = answer[number]
            if progress is not None:
                progress(done, len(jobs))
    for case_id, fault in failures.items():
        not_run[case_id] = {
            "en": f"the simulation failed ({fault})",
            "fr": f"la simulation a échoué ({fault})",
        }
    fitted = {case.id: group.ensemble.fitted for group in groups for case in group.cases}
    results = []
    for case in cases:
        reason = not_run.get(case.id, {})
        rows = [] if reason else [values[case.id, seed] for seed in range(first, first + seeds)]
        targets = tuple(
            TargetResult(target, tuple(row[place] for row in rows)) for place, target in enumerate(case.targets)
        )
        results.append(CaseResult(case, targets, MappingProxyType(reason), fitted.get(case.id, False)))
    return tuple(results)


def _groups(cases: Sequence[Case], ensembles: Path | None) -> tuple[list[_Group], dict[str, dict[str, str]]]:
    """Return the cases that run, those with the same simulation together, and why the others do not."""
    together: dict[tuple[str, str, str, Path], list[Case]] = {}
    not_run: dict[str, dict[str, str]] = {}
    for case in cases:
        if case.not_modelled:
            not_run[case.id] = dict(case.not_modelled)
        elif case.harness not in all_harnesses():
            not_run[case.id] = {
                "en": f"the harness {case.harness} is not there yet",
                "fr": f"le protocole {case.harness} n'existe pas encore",
            }
        else:
            key = (case.harness, case.service_class, repr(sorted(case.scale.items())), case.folder)
            together.setdefault(key, []).append(case)
    found = {name: ensemble_of(name, ensembles) for name in {key[1] for key in together}}
    groups = [
        _Group(tuple(members), all_harnesses()[name], found[service_class])
        for (name, service_class, _, _), members in together.items()
    ]
    return groups, not_run


def _simulated(group: _Group, seed: int, changes: Mapping[str, Value]) -> list[tuple[float, ...]]:
    """Return the figures of one seed, by case and target."""
    case = group.cases[0]
    setting = Setting(
        service_class=case.service_class,
        scale=case.scale,
        draw={**group.ensemble.draw(seed), **changes},
        seed=seed,
        folder=case.folder,
    )
    where = f"{case.label}: scale"
    try:
        observation = group.harness.simulate(setting)
    except InputError as fault:
        raise InputError(
            fault.what,
            where=f"{where}: {fault.where}" if fault.where else where,
            value=fault.value,
            allowed=fault.allowed,
            nearest=fault.nearest,
            remedy=fault.remedy,
        ) from None
    except KeyError as fault:
        key = str(fault.args[0]) if fault.args else ""
        if key in case.scale or key not in group.harness.scale:
            raise
        remedy = f"Add {key} to [scale]: {group.harness.scale[key]}"
        raise InputError("is missing", where=f"{where}.{key}", remedy=remedy) from None
    return [tuple(figure(each.metric, observation) for each in member.targets) for member in group.cases]


def _in_a_line(fault: Exception) -> str:
    """Return a failure in one line: what follows the first may name folders of this machine."""
    first = (str(fault).splitlines() or [""])[0].strip()
    return f"{type(fault).__name__}: {first}" if first else type(fault).__name__


_Answer = list[tuple[float, ...]] | Exception


def _side_by_side(
    one: Callable[[_Group, int], list[tuple[float, ...]]],
    jobs: Sequence[tuple[_Group, int]],
    threads: int,
    stop: threading.Event,
) -> Generator[tuple[int, _Answer], None, None]:
    """Yield the place and the answer of each job as it ends: a failure of one case must not hide the others.

    The user's faults and interruptions are raised; the jobs that wait are then dropped.
    """
    with ThreadPoolExecutor(max(1, min(threads, len(jobs))), thread_name_prefix="entraide-evidence") as pool:
        waiting: dict[Future[list[tuple[float, ...]]], int] = {
            pool.submit(one, group, seed): place for place, (group, seed) in enumerate(jobs)
        }
        try:
            while waiting:
                finished, _ = wait(waiting, timeout=_LOOK, return_when=FIRST_COMPLETED)
                for future in finished:
                    place, fault = waiting.pop(future), future.exception()
                    if isinstance(fault, UserFacingError | Cancelled | MemoryError):
                        raise fault
                    if fault is not None and not isinstance(fault, Exception):
                        raise fault
                    yield place, fault if isinstance(fault, Exception) else future.result()
        except BaseException:
            stop.set()
            for future in waiting:
                future.cancel()
            raise
