"""Negative controls: a mechanism switched off, and the figures that must then be missed, or they prove nothing.

A control counts only if the full model meets the figure and the control misses it by more than half a band, with volume
brought back to that of the full model where switching off moves it, and if two figures that have
nothing to do with the mechanism are still met.

    python -m entraide.experiments.evidence.controls > docs/reference/negative_controls.md

The command also writes what is kept for the dashboard (``found``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from entraide.model.citizen_parameters import CITIZEN_PARAMETERS
from entraide.model.parameters import Value
from entraide.model.service_parameters import SERVICE_PARAMETERS

from .case import Case, Target, chosen_cases, load_cases
from .evaluate import TargetResult, evaluate
from .harness_votes import INDEPENDENT_ERRORS
from .metrics import find_metric

__all__ = [
    "CONTROLS", "IN_VAIN", "Control", "ControlFigure", "ControlResult", "Figure", "page", "run_control",
]  # fmt: skip

Figure = tuple[str, str]
# Volume is brought back to within this share of the full model's, or as near as so many halvings come.
_NEAR = 0.02
_HALVINGS = 7
_NO_CHANGE: Mapping[str, Any] = MappingProxyType({})
# Switches that were tried and did not make their figures fail, by language: no controls, and counted among those tried.
IN_VAIN: tuple[Mapping[str, str], ...] = (
    MappingProxyType(
        {
            "en": "citizens who are all alike still give the inequality that is observed in knowledge commons. That "
            "people differ is an assumption, not a finding",
            "fr": "des habitants tous semblables donnent encore les inégalités observées dans les communs de la "
            "connaissance. Que les gens diffèrent est une hypothèse, non un résultat",
        }
    ),
)


@dataclass(frozen=True)
class Control:
    """One mechanism switched off.

    Attributes
    ----------
    name : short name.
    title : what is switched off, by language.
    changes : parameters that take these values in every draw of the class.
    inputs : inputs that every case of the control gets in addition, where no parameter switches the mechanism off.
    must_fail : case and metric of the figures that must be missed.
    must_still_pass : case and metric of at least two figures that must still be met.
    refit : parameter that brings the volume back; None where switching off does not move the volume.
    volume : case and metric of the volume, as the full model has it.
    dear : takes minutes: whole simulations over years.
    """

    name: str
    title: Mapping[str, str]
    must_fail: tuple[Figure, ...]
    must_still_pass: tuple[Figure, ...]
    changes: Mapping[str, Value] = field(default_factory=lambda: _NO_CHANGE)
    inputs: Mapping[str, Any] = field(default_factory=lambda: _NO_CHANGE)
    refit: str | None = None
    volume: Figure | None = None
    dear: bool = False

    @property
    def cases(self) -> tuple[str, ...]:
        """Return the ids of the cases that it needs."""
        figures = (*self.must_fail, *self.must_still_pass, *((self.volume,) if self.volume else ()))
        return tuple(dict.fromkeys(case for case, _ in figures))


@dataclass(frozen=True)
class ControlFigure:
    """One figure, with the mechanism and without."""

    figure: Figure
    full: TargetResult
    without: TargetResult

    @property
    def missed_by(self) -> float:
        """Return how far outside its band the control lies, in half bands; 0 inside."""
        low, high, mean = self.without.target.low, self.without.target.high, self.without.mean
        return max(low - mean, mean - high, 0.0) / (0.5 * (high - low))


@dataclass(frozen=True)
class ControlResult:
    """What became of a control.

    Attributes
    ----------
    control : the control.
    failing, passing : the figures that must be missed and those that must still be met.
    refitted : value of the parameter that brought the volume back; None where there is none.
    volumes : the volume with the mechanism, and without it after the refit; None where nothing is refitted.
    """

    control: Control
    failing: tuple[ControlFigure, ...]
    passing: tuple[ControlFigure, ...]
    refitted: float | None = None
    volumes: tuple[float, float] | None = None

    @property
    def fails_as_it_should(self) -> bool:
        """Return whether the control proves something."""
        return all(each.full.passed and each.missed_by > 1.0 for each in self.failing) and all(
            each.without.passed for each in self.passing
        )


CONTROLS: tuple[Control, ...] = (
    Control(
        name="independent-errors",
        title={
            "en": "Errors are independent: no task is harder than another",
            "fr": "Les erreurs sont indépendantes : aucune tâche n'est plus difficile qu'une autre",
        },
        inputs={INDEPENDENT_ERRORS: True},
        must_fail=(("C9a", "accuracy_20"), ("C9a", "accuracy_39"), ("C9b", "accuracy_15")),
        must_still_pass=(("C9a", "accuracy_1"), ("C9b", "accuracy_1")),
    ),
    Control(
        name="stable-types",
        title={
            "en": "Cooperation types are stable: no outcome moves anybody",
            "fr": "Les types de coopération sont stables : aucune issue ne fait changer personne",
        },
        changes={"drift_pleased": 0.0, "drift_disappointed": 0.0},
        must_fail=(("C10", "free_rider_share_end"),),
        must_still_pass=(("C10", "free_rider_share_start"), ("P8", "answer_ratio_5000_0")),
        refit="conditional_threshold",
        volume=("C10", "contribution_end"),
    ),
    Control(
        name="no-crowding-out",
        title={
            "en": "Pay crowds nothing out",
            "fr": "Payer n'évince rien",
        },
        changes={"crowding_cash": 0.0, "crowding_credit": 0.0, "crowding_per_euro": 0.0},
        must_fail=(("P8", "answer_ratio_5000_0"),),
        must_still_pass=(("P7", "answer_difference_10_0"), ("C12", "response_if_last")),
    ),
    Control(
        name="constant-drop-out",
        title={
            "en": "The chance of leaving is the same after every contribution",
            "fr": "Le risque de partir est le même après chaque contribution",
        },
        changes={"drop_out_settles": False},
        must_fail=(("C4a", "survival_30"), ("C4a", "survival_365")),
        must_still_pass=(("C8a", "median_gap"), ("C8c", "burstiness")),
        refit="drop_out_first",
        volume=("C4a", "mean_tasks"),
    ),
    Control(
        name="constant-drop-out-online",
        title={
            "en": "The chance of leaving is the same after every contribution, in online micro-tasks",
            "fr": "Le risque de partir est le même après chaque contribution, dans les micro-tâches en ligne",
        },
        changes={"drop_out_settles": False},
        # After a year the band of one project (0 to .276) holds what comes out without: it tells nothing here.
        must_fail=(("C1", "survival_30"),),
        must_still_pass=(("C3", "launch_half_day"), ("C3", "launch_week_share")),
        refit="drop_out_first",
        volume=("C1", "mean_tasks"),
        dear=True,
    ),
    Control(
        name="no-feedback",
        title={
            "en": "What became of a contribution does not matter to who made it",
            "fr": "Ce que devient une contribution n'importe pas à qui l'a faite",
        },
        changes={"efficacy_drop_out": 0.0},
        must_fail=(("P2", "second_after_success_ratio"),),
        must_still_pass=(("P18", "top_share_10"), ("P18", "top_share_1")),
    ),
    Control(
        name="needs-as-reported",
        title={
            "en": "Needs are where reports are: places have them in proportion to what they report",
            "fr": "Les besoins sont là où l'on signale : chaque lieu en a en proportion de ses signalements",
        },
        # Observed reports of the most over the least deprived tenth, 18.0 over 21.2, read as needs.
        inputs={"need_deprivation_slope": -0.18},
        must_fail=(("C13", "intensity_decile_ratio"),),
        must_still_pass=(("C13", "area_gini"), ("C13", "reports_per_area")),
        dear=True,
    ),
)


def run_control(
    control: Control,
    cases: Sequence[Case] | None = None,
    *,
    seeds: int = 20,
    threads: int | None = None,
    cancel: threading.Event | None = None,
) -> ControlResult:
    """Hold the cases of a control against the full model and against the model without the mechanism.

    Parameters
    ----------
    cases : those to choose from; None: the cases of the package.
    seeds, threads, cancel : as ``evaluate`` takes them.

    Raises
    ------
    InputError : a case that is not there.
    KeyError : a case without a figure that the control names.
    """
    full_cases = chosen_cases(load_cases() if cases is None else tuple(cases), control.cases)
    full_cases = tuple(_with_volume(case, control) for case in full_cases)
    switched = tuple(
        replace(case, scale=MappingProxyType({**case.scale, **control.inputs})) if control.inputs else case
        for case in full_cases
    )

    def figures(chosen: Sequence[Case], changes: Mapping[str, Value]) -> dict[Figure, TargetResult]:
        results = evaluate(chosen, seeds=seeds, threads=threads, changes=changes, cancel=cancel)
        return {(result.case.id, found.target.name): found for result in results for found in result.targets}

    full = figures(full_cases, _NO_CHANGE)
    changes: dict[str, Value] = dict(control.changes)
    refitted = None
    if control.refit is not None and control.volume is not None:
        name, volume = control.refit, control.volume
        one = tuple(case for case in switched if case.id == volume[0])
        refitted = _met(lambda value: figures(one, changes | {name: value})[volume].mean, full[volume].mean, name)
        changes[name] = refitted
    without = figures(switched, changes)
    volumes = (full[control.volume].mean, without[control.volume].mean) if control.volume else None

    def beside(wanted: Sequence[Figure]) -> tuple[ControlFigure, ...]:
        return tuple(ControlFigure(figure, full[figure], without[figure]) for figure in wanted)

    return ControlResult(control, beside(control.must_fail), beside(control.must_still_pass), refitted, volumes)


def _with_volume(case: Case, control: Control) -> Case:
    """Return a case that also tells the volume, where the control wants it from there."""
    if control.volume is None or control.volume[0] != case.id:
        return case
    name = control.volume[1]
    if any(target.name == name for target in case.targets):
        return case
    return replace(case, targets=(*case.targets, Target(name, find_metric(name), 0.0, 0.0, 0.0)))


def _met(volume: Callable[[float], float], wanted: float, name: str) -> float:
    """Return the value of a parameter at which the volume is as wanted, or the nearest looked at, by halving."""
    parameter = next(each for each in (*CITIZEN_PARAMETERS, *SERVICE_PARAMETERS) if each.name == name)
    assert parameter.bounds is not None, f"{name} has no bounds to look between"
    low, high = parameter.bounds
    tried = {low: volume(low), high: volume(high)}
    rising = tried[high] > tried[low]
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        tried[middle] = volume(middle)
        if abs(tried[middle] - wanted) <= _NEAR * abs(wanted):
            break
        if (tried[middle] < wanted) == rising:
            low = middle
        else:
            high = middle
    return min(tried, key=lambda value: abs(tried[value] - wanted))


def page(results: Sequence[ControlResult]) -> str:
    """Return the page of controls, in Markdown."""
    lines = [
        "# Negative controls",
        "",
        "Written by `python -m entraide.experiments.evidence.controls`: change the controls, not this page.",
        "",
        "Each switches one mechanism off. The figure must then be missed by more than half a band, with the volume",
        "brought back where switching off moves it; figures that have nothing to do with it must still be met. Else",
        "the figure proves nothing about the mechanism. *Missed by* is counted in half bands beyond the edge.",
        "",
        "Not among them: citizens who do not differ. Brought back to the volume of the full model they stay inside the",
        "bands of C4, since a chance of leaving that falls with the number of contributions makes the busy busier by",
        "itself: that citizens differ is an assumption, to be scanned",
        "([decision 53](../decisions/0053-calibration.md)).",
        "Accuracy of one answer and types at the start are given: that they are still met says no more than that the",
        "switch moves nothing else.",
        "",
        "| Control | Figure | Observed | Band | Full model | Without | Missed by | Must |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for result in results:
        for must, figures in (("fail", result.failing), ("still pass", result.passing)):
            for each in figures:
                target = each.full.target
                lines.append(
                    f"| {result.control.title['en']} | {each.figure[0]} `{each.figure[1]}` | {target.value:g} "
                    f"| {target.low:g} to {target.high:g} | {each.full.mean:.3f} | {each.without.mean:.3f} "
                    f"| {each.missed_by:.1f} | {must} |"
                )
    lines += ["", "| Control | Volume brought back by | Fails as it should |", "|---|---|---|"]
    for result in results:
        back = "not moved" if result.refitted is None else f"`{result.control.refit}` = {result.refitted:.3g}"
        lines.append(f"| {result.control.title['en']} | {back} | {'yes' if result.fails_as_it_should else '**no**'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from entraide.experiments.evidence.found import CONTROLS_FILE, FOUND_FOLDER, controls_text

    _results = [run_control(control) for control in CONTROLS]
    (FOUND_FOLDER / CONTROLS_FILE).write_text(controls_text(_results), encoding="utf-8", newline="\n")
    print(page(_results), end="")
