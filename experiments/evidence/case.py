"""Cases: one file for each observed project or published figure that the model is held against.

Adding a case needs no code: a file names a class of service, a harness, observable inputs and targets.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from entraide.model.errors import InputError, nearest_name
from entraide.model.service_classes import SERVICE_CLASSES

from .arrivals import read_arrivals
from .by_area import reads
from .case_schema import CaseTables, Role, TargetTables, Words, validated
from .metrics import BoundMetric, find_metric
from .observations import Areas, History
from .registry import HARNESS_NAMES, all_harnesses, all_metrics
from .scale_values import check_scale_value

__all__ = ["ARRIVALS", "CASES_FOLDER", "Case", "Target", "chosen_cases", "load_case", "load_cases"]

CASES_FOLDER = Path(__file__).resolve().parent / "cases"
# The one outcome that a case may be given, by the name of a file.
ARRIVALS = "conditioned_on_arrivals"

# What a service brings about, under the names that files use; given as an input, the simulation would prove nothing.
_OUTCOMES = (
    *(
        "arrivals",
        "new_arrivals",
        "newcomers",
        "new_users",
        "new_contributors",
        "contributors",
        "participants",
        "users",
    ),
    *("volunteers", "donors", "reporters", "reports", "records", "donations", "contributions", "edits"),
    *("commits", "classifications", "tasks_done", "volume", "mean_volume", "total_volume", "activity", "sessions"),
    *("retention", "survival", "drop_out", "drop_out_rate"),
)
_ABOUT_ARRIVALS = ("launch_", "growth_ratio", "newcomers")
# Days of a file whose case does not say how many are observed.
_NO_END = 10**6
_REMEDY_ARRIVALS = f'Leave it out, or say that the case takes arrivals as given: {ARRIVALS} = "file.csv"'


@dataclass(frozen=True)
class Target:
    """One figure; see ``TargetTables`` for what each field means. ``metric`` is None where the case is not run."""

    name: str
    metric: BoundMetric | None
    value: float
    low: float
    high: float
    required: bool = False
    role: Role = "out-of-sample"
    judged: str = "mean"
    reason: str = ""

    @property
    def unit(self) -> str:
        """Return the unit of the figure; "" where no metric computes it."""
        return "" if self.metric is None else self.metric.metric.unit


@dataclass(frozen=True)
class Case:
    """One observed project or published figure.

    Attributes
    ----------
    id : short name.
    title : by language.
    source : where the figures come from.
    service_class : name of a class of service.
    harness : name of the protocol that simulates it.
    scale : observable inputs; a file is named relative to ``folder``.
    targets : what is compared.
    folder : folder of the case file.
    label : the file as messages name it.
    not_modelled : why it is not run, by language; empty where it is.
    """

    id: str
    title: Mapping[str, str]
    source: str
    service_class: str
    harness: str
    scale: Mapping[str, Any]
    targets: tuple[Target, ...]
    folder: Path = Path()
    label: str = ""
    not_modelled: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def conditioned(self) -> bool:
        """Return whether the case takes arrivals as given."""
        return ARRIVALS in self.scale


def load_cases(place: str | os.PathLike[str] | None = None, ids: Sequence[str] | None = None) -> tuple[Case, ...]:
    """Return the cases of a folder or of one file, in the order of their ids.

    Parameters
    ----------
    place : None: the cases that come with the package.
    ids : those wanted; see ``chosen_cases``.

    Raises
    ------
    InputError : no such place, no case in it, a case with a fault, two with one id, or an id that is not there.
    """
    folder = CASES_FOLDER if place is None else Path(place).expanduser()
    if folder.is_file():
        files = [folder]
    elif folder.is_dir():
        files = sorted(folder.glob("*.toml"))
    else:
        raise InputError("no such folder of cases", where="--cases", value=str(place))
    if not files:
        remedy = "A case is a .toml file: docs/reference/evidence.md says how to write one"
        raise InputError("holds no case", where=str(folder), remedy=remedy)
    cases: dict[str, Case] = {}
    for path in files:
        case = load_case(path)
        if case.id in cases:
            raise InputError("the id stands in two files", where=f"{case.label}: id", value=case.id)
        cases[case.id] = case
    return chosen_cases(tuple(sorted(cases.values(), key=_order)), ids)


def _order(case: Case) -> tuple[str, int, str]:
    parts = re.fullmatch(r"(\D*)(\d*)(.*)", case.id)
    letters, digits, rest = parts.groups() if parts else (case.id, "", "")
    return letters, int(digits or 0), rest


def chosen_cases(cases: Sequence[Case], ids: Sequence[str] | None) -> tuple[Case, ...]:
    """Return the cases whose id is one of ``ids``, or one of them followed by a letter: C4 stands for C4a and C4b.

    Raises
    ------
    InputError : an id that stands for no case.
    """
    if ids is None:
        return tuple(cases)
    chosen = []
    known = [case.id for case in cases]
    for wanted in dict.fromkeys(each.strip() for each in ids):
        found = [case for case in cases if re.fullmatch(re.escape(wanted) + "[A-Za-z]?", case.id)]
        if not found:
            nearest = nearest_name(wanted, known)
            raise InputError("no such case", where="--ids", value=wanted, allowed=", ".join(known), nearest=nearest)
        chosen += found
    wanted_ids = {case.id for case in chosen}
    return tuple(case for case in cases if case.id in wanted_ids)


def load_case(path: str | os.PathLike[str]) -> Case:
    """Return the case of a file.

    Raises
    ------
    InputError : the file cannot be read, or what it says cannot be used; tells where, and what to do.
    """
    path = Path(path)
    label = path.name
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not valid TOML: {error}", where=label) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", where=label, remedy="Save the file with the encoding UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=label) from None
    form = validated(tables, label)
    _check_names(form, label)
    scale = _checked_scale(form, path.parent, label)
    return Case(
        id=form.id,
        title=MappingProxyType(_by_language(form.title)),
        source=form.source.strip(),
        service_class=form.service_class,
        harness=form.harness,
        scale=MappingProxyType(scale),
        targets=tuple(
            _target(target, form, f"{label}: targets[number {place}]") for place, target in enumerate(form.targets, 1)
        ),
        folder=path.resolve().parent,
        label=label,
        not_modelled=MappingProxyType({} if form.not_modelled is None else form.not_modelled.model_dump()),
    )


def _by_language(title: str | Words) -> dict[str, str]:
    return {"en": title, "fr": title} if isinstance(title, str) else title.model_dump()


def _check_names(form: CaseTables, label: str) -> None:
    for key, given, allowed in (
        ("class", form.service_class, tuple(SERVICE_CLASSES)),
        ("harness", form.harness, tuple(dict.fromkeys((*HARNESS_NAMES, *all_harnesses())))),
    ):
        if given not in allowed:
            nearest = nearest_name(given, allowed)
            raise InputError(
                f"unknown {key}", where=f"{label}: {key}", value=given, allowed=", ".join(allowed), nearest=nearest
            )


def _is_outcome(key: str) -> bool:
    return key in _OUTCOMES or any(metric.expression.match(key) for metric in all_metrics().values())


def _checked_scale(form: CaseTables, folder: Path, label: str) -> dict[str, Any]:
    """Return the inputs; a harness that is not there yet leaves its keys unchecked, but for outcomes."""
    known = all_harnesses().get(form.harness)
    # The file of arrivals last: it is read with the days and the date that the others say.
    for key, value in sorted(form.scale.items(), key=lambda item: item[0] == ARRIVALS):
        where = f"{label}: scale.{key}"
        if known is not None and key in known.scale and key != ARRIVALS:
            check_scale_value(key, value, where)
        elif key == ARRIVALS and (known is None or key in known.scale):
            _check_arrivals_file(value, form.scale, folder, where)
        elif _is_outcome(key):
            what = "is an outcome, not an input: given to the simulation it would prove nothing"
            raise InputError(what, where=where, remedy=_REMEDY_ARRIVALS)
        elif known is not None:
            nearest = nearest_name(key, known.scale)
            allowed = f"{', '.join(known.scale)} (inputs of the harness {form.harness})"
            raise InputError("unknown key", where=where, allowed=allowed, nearest=nearest)
    return dict(form.scale)


def _check_arrivals_file(value: object, scale: Mapping[str, Any], folder: Path, where: str) -> None:
    if not isinstance(value, str):
        raise InputError("must be the name of a CSV file beside the case", where=where, value=value)
    if not (folder / value).is_file():
        names = [path.name for path in folder.glob("*.csv")]
        raise InputError("no such file beside the case", where=where, value=value, nearest=nearest_name(value, names))
    days, start = scale.get("days"), scale.get("launch")
    try:
        first = date.fromisoformat(str(start)) if start is not None else None
    except ValueError:
        raise InputError("must be a date, year-month-day", where=f"{where}: launch", value=str(start)) from None
    try:
        read_arrivals(folder / value, days if isinstance(days, int) else _NO_END, first)
    except InputError as fault:
        raise InputError(
            fault.what, where=f"{where}: {fault.where}", value=fault.value, allowed=fault.allowed
        ) from None


def _target(target: TargetTables, form: CaseTables, where: str) -> Target:
    if target.low > target.high:
        raise InputError("low is above high", where=where, value=f"low {target.low:g}, high {target.high:g}")
    if ARRIVALS in form.scale and target.metric.startswith(_ABOUT_ARRIVALS):
        what = f"is about arrivals, which the case takes as given ({ARRIVALS})"
        remedy = f"Take the target out, or {ARRIVALS}"
        raise InputError(what, where=f"{where}.metric", value=target.metric, remedy=remedy)
    return Target(
        name=target.metric,
        metric=None if form.not_modelled is not None else _metric(target, form, f"{where}.metric"),
        value=target.value,
        low=target.low,
        high=target.high,
        required=target.required,
        role=target.role,
        judged=target.judged,
        reason=target.reason.strip(),
    )


def _metric(target: TargetTables, form: CaseTables, where: str) -> BoundMetric:
    patterns = all_metrics()
    try:
        metric = find_metric(target.metric)
    except InputError as fault:
        raise InputError(
            fault.what,
            where=where,
            value=fault.value,
            allowed=fault.allowed,
            nearest=fault.nearest,
            remedy=fault.remedy,
        ) from None
    known = all_harnesses().get(form.harness)
    if known is not None and not reads(metric, known.form):
        fitting = [pattern for pattern, each in patterns.items() if each.form is known.form]
        what = f"reads {metric.metric.form.__name__}, and the harness {form.harness} returns {known.form.__name__}"
        raise InputError(what, where=where, value=target.metric, allowed=", ".join(sorted(fitting)))
    by_area = metric.metric.form is Areas and known is not None and known.form is History
    if by_area and ("areas" not in form.scale or ARRIVALS in form.scale):
        remedy = f"Give areas and area_people in [scale], and leave out {ARRIVALS}, which places nobody"
        raise InputError("counts by area, and the case has none", where=where, value=target.metric, remedy=remedy)
    return metric
