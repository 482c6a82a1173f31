"""What a set of evaluated cases amounts to: rows, counts by role, and whether what is required holds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .case import Case
from .case_schema import ROLES, Role
from .evaluate import CaseResult, TargetResult

__all__ = ["Count", "Summary", "evidence_rows", "placed_targets", "summarise"]


@dataclass(frozen=True)
class Count:
    """How many targets there are, and how many of them are met."""

    met: int
    all: int

    def __str__(self) -> str:
        return f"{self.met}/{self.all}"


@dataclass(frozen=True)
class Summary:
    """Counts of targets. Those not run count as not met.

    Attributes
    ----------
    must_hold : the starred ones, of every role: the command fails with them.
    required : those among them that count as success, which checks of input never do: the model was given the figure.
    fit, out_of_sample : the others that count.
    check_of_input : starred or not.
    unfitted_to : all that nothing was fitted to, starred or not.
    not_run : targets of cases that were not run, of all roles.
    wide : targets whose central range is wider than three bands.
    unfitted : classes for which the preset stood, in alphabetical order.
    fitted_to : all that something was fitted to, starred or not, of the cases that were run.
    fit_missed : ids of the cases with such figures that are missed, and how many each, in the order of the cases.
    """

    must_hold: Count
    required: Count
    fit: Count
    out_of_sample: Count
    check_of_input: Count
    unfitted_to: Count
    not_run: int
    wide: int
    unfitted: tuple[str, ...]
    fitted_to: Count = Count(0, 0)
    fit_missed: tuple[tuple[str, int], ...] = ()

    @property
    def passed(self) -> bool:
        """Return whether every required target is met."""
        return self.must_hold.met == self.must_hold.all


def placed_targets(
    results: Sequence[CaseResult], role: Role | None = None
) -> Iterator[tuple[CaseResult, TargetResult]]:
    """Yield each target with its case; only those of one role where it is given."""
    for result in results:
        for found in result.targets:
            if role is None or found.target.role == role:
                yield result, found


def summarise(results: Sequence[CaseResult]) -> Summary:
    """Return the counts."""
    every = [found for _, found in placed_targets(results)]
    starred = [found for found in every if found.target.required]
    by_role: dict[Role, list[TargetResult]] = {role: [] for role in ROLES}
    for found in every:
        by_role[found.target.role].append(found)
    return Summary(
        must_hold=_count(starred),
        required=_count([found for found in starred if found.target.role != "check-of-input"]),
        fit=_count([found for found in by_role["fit"] if not found.target.required]),
        out_of_sample=_count([found for found in by_role["out-of-sample"] if not found.target.required]),
        check_of_input=_count(by_role["check-of-input"]),
        unfitted_to=_count(by_role["out-of-sample"]),
        not_run=sum(len(result.targets) for result in results if result.not_run),
        wide=sum(bool(len(found.known)) and not found.narrow for found in every),
        unfitted=tuple(
            sorted({result.case.service_class for result in results if not result.fitted and not result.not_run})
        ),
        fitted_to=_count([found for result in results if not result.not_run for found in _fitted(result)]),
        fit_missed=tuple(
            (result.case.id, missed)
            for result in results
            if not result.not_run and (missed := sum(not found.passed for found in _fitted(result)))
        ),
    )


def _fitted(result: CaseResult) -> list[TargetResult]:
    return [found for found in result.targets if found.target.role == "fit"]


def _count(targets: Sequence[TargetResult]) -> Count:
    return Count(sum(found.passed for found in targets), len(targets))


def evidence_rows(results: Sequence[CaseResult]) -> list[dict[str, Any]]:
    """Return one row for each target, ready for JSON: what has no value is None."""
    return [_row(result.case, result, found) for result, found in placed_targets(results)]


def _row(case: Case, result: CaseResult, found: TargetResult) -> dict[str, Any]:
    target, (low, high) = found.target, found.central
    return {
        "id": case.id,
        "metric": target.name,
        "value": target.value,
        "low": target.low,
        "high": target.high,
        "simulated": {"mean": _finite(found.mean), "sd": _finite(found.sd)},
        "required": target.required,
        "role": target.role,
        "passed": found.passed,
        "range": [_finite(low), _finite(high)],
        "range_within_three_bands": found.narrow,
        "judged": target.judged,
        "unit": target.unit,
        "seeds": len(found.values),
        "without_value": sum(not math.isfinite(value) for value in found.values),
        "class": case.service_class,
        "harness": case.harness,
        "fitted_class": result.fitted,
        "conditioned_on_arrivals": case.conditioned,
        "not_run": dict(result.not_run) or None,
        "title": dict(case.title),
        "source": case.source,
        "reason": target.reason,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
