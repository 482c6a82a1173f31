"""The tables of an analysis, as CSV and Parquet: plain columns, units and meanings in the Parquet's metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from entraide.model.intervals import Interval

from ..difference_table import Columns, difference_row
from ..files import make_folder, write_whole
from .pareto import ParetoSet
from .robust_study import RobustStudy
from .sensitivity import Effect, Sensitivity, SobolIndex

__all__ = ["write_pareto_table", "write_robust_tables", "write_sensitivity_table"]

_TEXT, _REAL, _WHOLE, _YES = pa.string(), pa.float64(), pa.int32(), pa.bool_()
_BAND = {"low": (_REAL, "see unit", "lower end of the interval"), "high": (_REAL, "see unit", "upper end")}
_SENSITIVITY: Columns = {
    "output": (_TEXT, "", "what was measured: a column of the table of runs"),
    "factor": (_TEXT, "", "what was varied, as --set takes it"),
    "kind": (_TEXT, "", "lever or assumption"),
    "index": (_TEXT, "", "first or total (Sobol), mu_star, sigma or mu (Morris)"),
    "value": (_REAL, "see unit", "the index"),
    **_BAND,
    "unit": (_TEXT, "", "1: share of the variance; else the output's unit, over the factor's whole range"),
    "half_value": (_REAL, "1", "total order from the first half of the samples"),
    "samples": (_WHOLE, "", "samples or trajectories"),
    "chance_of_means": (_REAL, "1", "share of the variance of the settings' means that is chance"),
    "chance_of_runs": (_REAL, "1", "share of the variance of single simulations that is chance"),
}
_DIFFERENCES: Columns = {
    "design": (_WHOLE, "", "number of the design"),
    "reference": (_WHOLE, "", "number of the design that it is compared with"),
    "compared": (_TEXT, "", "what is compared: a risk's event, or the cost"),
    "unit": (_TEXT, "", "unit of the values; event: share of simulated years"),
    "baseline": (_REAL, "see unit", "value with the reference"),
    "candidate": (_REAL, "see unit", "value with the design"),
    "difference": (_REAL, "see unit", "candidate minus baseline"),
    "low": (_REAL, "see unit", "lower end of the band of the difference, adjusted for the family"),
    "high": (_REAL, "see unit", "upper end of the band"),
    "verdict": (_TEXT, "", "better, worse, no_difference_that_matters or cannot_tell"),
    "p_value": (_REAL, "1", "of no difference at all, alone"),
    "adjusted_p_value": (_REAL, "1", "of no difference at all, by Holm's method within the family"),
    "family": (_WHOLE, "", "number of designs compared together"),
    "pairs": (_WHOLE, "", "pairs of simulations with a value on both sides"),
    "enough_pairs": (_WHOLE, "", "pairs with which four comparisons in five would tell, empty where not needed"),
}
_BREAKING: Columns = {
    "design": (_WHOLE, "", "number of the design"),
    "norm": (_TEXT, "", "a risk, or all: any of the norms"),
    "broken": (_WHOLE, "", "sets of assumptions under which the norm is not held"),
    "states": (_WHOLE, "", "sets of assumptions under which it can be judged"),
    "factor": (_TEXT, "", "assumption that the box restricts; empty where there is no box"),
    "above": (_REAL, "see factor", "the box is above this value; empty: that end is not cut"),
    "below": (_REAL, "see factor", "the box is below this value"),
    "levels": (_TEXT, "", "levels in the box, for an assumption with levels"),
    "coverage": (_REAL, "1", "share of the broken sets that lie in the box"),
    "density": (_REAL, "1", "share of the sets in the box that are broken"),
    "checked_density": (_REAL, "1", "the same among sets that did not make the box"),
    "p_value": (_REAL, "1", "of as many broken among those, if the box said nothing"),
    "reason": (_TEXT, "", "why there is no box: never, always, few, chance"),
}
_INFORMATION: Columns = {
    "loss": (_TEXT, "", "any: probability of a broken norm; a risk; cost; loss: cost and price of broken norms"),
    "unit": (_TEXT, "", "event: probability; EUR: a year"),
    "factor": (_TEXT, "", "the assumption"),
    "value": (_REAL, "see unit", "expected value of perfect information on it alone (EVPPI), by_chance taken off"),
    **_BAND,
    "by_chance": (_REAL, "see unit", "the same where the assumption is shuffled, taken off"),
    "p_value": (_REAL, "1", "share of shuffles with as large a value, adjusted by Holm's method"),
    "everything": (_REAL, "see unit", "value of knowing all of it (EVPI)"),
    "best_design": (_WHOLE, "", "number of the best design without it"),
}
_SPREAD: Columns = {
    "design": (_WHOLE, "", "number of the design"),
    "risk": (_TEXT, "", "whose margin to the norm"),
    "chance": (_REAL, "share", "standard deviation that chance alone gives"),
    "assumptions": (_REAL, "share", "standard deviation that the assumptions add"),
    "share": (_REAL, "1", "share of the variance that goes with the assumptions"),
    **{name: (_REAL, "1", meaning) for name, meaning in (("low", "lower end of its interval"), ("high", "upper end"))},
    "states": (_WHOLE, "", "sets of assumptions"),
    "replicates": (_WHOLE, "", "simulations of each"),
    "half_width": (_REAL, "share", "asked of the interval of the mean margin"),
    "states_needed": (_WHOLE, "", "sets that would give it; empty: over 100,000"),
    "replicates_needed": (_WHOLE, "", "or simulations of each of the present sets; empty: no number would"),
}


def write_sensitivity_table(found: Sequence[Sensitivity], folder: Path, about: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the indices of all outputs: sensitivity.csv and sensitivity.parquet.

    Raises
    ------
    MachineError : they cannot be written.
    """
    rows = []
    for each in found:
        chance = each.chance
        shared = {
            "output": each.output,
            "samples": each.samples,
            "chance_of_means": None if chance is None else chance.of_means,
            "chance_of_runs": None if chance is None else chance.of_runs,
            "half_value": None,
        }
        for entry in each.ranked:
            own = {**shared, "factor": entry.factor.key, "kind": entry.factor.kind}
            if isinstance(entry, SobolIndex):
                half = None if entry.half_total is None else entry.half_total.value
                rows.append(
                    {**own, "index": "first", "value": entry.first.value, "unit": "1", **_ends(entry.first.interval)}
                )
                rows.append(
                    {
                        **own,
                        "index": "total",
                        "value": entry.total.value,
                        "unit": "1",
                        "half_value": half,
                        **_ends(entry.total.interval),
                    }
                )
            elif isinstance(entry, Effect):
                for name, index in (("mu_star", entry.size), ("sigma", entry.spread)):
                    rows.append(
                        {**own, "index": name, "value": index.value, "unit": each.unit, **_ends(index.interval)}
                    )
                rows.append({**own, "index": "mu", "value": entry.mean, "unit": each.unit, "low": None, "high": None})
    return _write(folder, "sensitivity", _SENSITIVITY, rows, about)


def write_robust_tables(found: RobustStudy, folder: Path, about: Mapping[str, str]) -> tuple[Path, ...]:
    """Write designs, differences, what breaks designs, what is worth knowing and what is chance, each twice.

    Raises
    ------
    MachineError : they cannot be written.
    """
    paths = list(_write(folder, "designs", *_designs(found), about))
    compared = found.comparisons
    if compared is not None:
        rows = [
            difference_row(_DIFFERENCES, difference, design=design.number, reference=compared.reference.number)
            for design, comparison in zip(compared.designs, compared.comparisons, strict=True)
            for difference in comparison.differences
        ]
        paths += _write(folder, "differences", _DIFFERENCES, rows, about)
    paths += _write(folder, "breaking", _BREAKING, _breaking(found), about)
    information = [
        {
            "loss": name,
            "unit": each.unit,
            "factor": worth.factor.key,
            "value": worth.value,
            "low": worth.low,
            "high": worth.high,
            "by_chance": worth.by_chance,
            "p_value": worth.p_value,
            "everything": each.everything,
            "best_design": found.design(each.best).number,
        }
        for name, each in found.information.items()
        for worth in each.worth
    ]
    if information:
        paths += _write(folder, "information", _INFORMATION, information, about)
    spreads = [
        {
            "design": found.focus.design.number,
            "risk": each.risk,
            "chance": each.components.within,
            "assumptions": each.components.between,
            "share": each.components.share,
            **_ends(each.components.interval),
            "states": each.components.groups,
            "replicates": None if each.needed is None else each.needed.replicates,
            "half_width": None if each.needed is None else each.needed.half_width,
            "states_needed": None if each.needed is None else each.needed.states,
            "replicates_needed": None if each.needed is None else each.needed.replicates_alone,
        }
        for each in found.spreads
    ]
    if spreads:
        paths += _write(folder, "spread", _SPREAD, spreads, about)
    return tuple(paths)


def write_pareto_table(
    found: ParetoSet, units: Mapping[str, str], folder: Path, about: Mapping[str, str]
) -> tuple[Path, ...]:
    """Write every design that a search looked at, with its levers and objectives.

    Raises
    ------
    MachineError : they cannot be written.
    """
    keys = list(found.evaluated[0].changes)
    columns: dict[str, tuple[pa.DataType, str, str]] = {"member": (_YES, "", "no other evaluated design dominates it")}
    for key in keys:
        columns[key] = (_type([each.changes[key] for each in found.evaluated]), "", "lever")
    columns |= {name: (_REAL, units.get(name, ""), "objective: less is better") for name in found.objectives}
    members = {each.objectives for each in found.members}
    rows = [
        {
            "member": each.objectives in members,
            **each.changes,
            **dict(zip(found.objectives, each.objectives, strict=True)),
        }
        for each in found.evaluated
    ]
    return _write(folder, "pareto", columns, rows, about)


def _ends(interval: Interval | None) -> dict[str, float | None]:
    return {"low": None if interval is None else interval.low, "high": None if interval is None else interval.high}


def _type(values: Sequence[Any]) -> pa.DataType:
    for kind, found in ((bool, _YES), (str, _TEXT), (float, _REAL)):
        if any(isinstance(value, kind) for value in values):
            return found
    return pa.int64()


def _designs(found: RobustStudy) -> tuple[Columns, list[dict[str, Any]]]:
    levers = found.designs.runs.study.levers
    columns: dict[str, tuple[pa.DataType, str, str]] = {"design": (_WHOLE, "", "number of the design")}
    for lever in levers:
        values = [each.changes.get(lever.key) for each in found.designs.designs]
        columns[lever.key] = (_type(values), lever.unit, f"lever: {lever.label['en']}; empty: the scenario's own value")
    columns["cost"] = (_REAL, "EUR", "mean cost a year")
    for name in ("all", *found.designs.judged):
        what = "all norms" if name == "all" else f"the norm of {name}"
        columns[f"{name}_held"] = (_REAL, "1", f"share of the sets of assumptions under which {what} is held")
        columns[f"{name}_held_low"] = (_REAL, "1", "lower end of its interval (Wilson)")
        columns[f"{name}_held_high"] = (_REAL, "1", "upper end")
    for risk in found.designs.judged:
        columns[f"{risk}_broken"] = (_REAL, "1", f"probability that the norm of {risk} is broken")
        columns[f"{risk}_regret_most"] = (_REAL, "1", "largest regret of that probability")
        columns[f"{risk}_regret_mean"] = (_REAL, "1", "mean regret of that probability")
    columns["cost_regret_most"] = (_REAL, "EUR", "largest regret of cost, among designs that hold; empty for others")
    columns["cost_regret_mean"] = (_REAL, "EUR", "mean regret of cost")
    columns["holds"] = (_YES, "", "whether all norms are held in the asked share")
    columns["nondominated"] = (_YES, "", "no other design is as good on all risks and cost, and better on one")
    rows = []
    for each in found.robustness.designs:
        row: dict[str, Any] = {
            "design": each.design.number,
            **{lever.key: each.design.changes.get(lever.key) for lever in levers},
            "cost": each.cost,
            "holds": each.holds,
            "nondominated": each.nondominated,
            "cost_regret_most": None if each.cost_regret is None else each.cost_regret.most,
            "cost_regret_mean": None if each.cost_regret is None else each.cost_regret.mean,
        }
        for name, held in each.held.items():
            ends = _ends(held.interval)
            row |= {f"{name}_held": held.share, f"{name}_held_low": ends["low"], f"{name}_held_high": ends["high"]}
        for risk, regret in each.risk_regret.items():
            row |= {
                f"{risk}_broken": each.risks[risk],
                f"{risk}_regret_most": regret.most,
                f"{risk}_regret_mean": regret.mean,
            }
        rows.append({name: row[name] for name in columns})
    return columns, rows


def _breaking(found: RobustStudy) -> list[dict[str, Any]]:
    rows = []
    for each in found.breaking:
        for norm, told in each.found.items():
            row: dict[str, Any] = dict.fromkeys(_BREAKING)
            row |= {
                "design": each.design.design.number,
                "norm": norm,
                "broken": told.broken,
                "states": told.states,
                "reason": told.reason,
            }
            if told.box is None:
                rows.append(row)
                continue
            box = told.box
            for bound in box.bounds:
                rows.append(
                    {
                        **row,
                        "factor": bound.factor.key,
                        "above": bound.low,
                        "below": bound.high,
                        "levels": ", ".join(map(str, bound.levels)) or None,
                        "coverage": box.coverage,
                        "density": box.density,
                        "checked_density": box.checked_density,
                        "p_value": box.p_value,
                    }
                )
    return rows


def _write(
    folder: Path, name: str, columns: Columns, rows: Sequence[Mapping[str, Any]], about: Mapping[str, str]
) -> tuple[Path, ...]:
    make_folder(folder)
    fields = [
        pa.field(key, kind, metadata={"unit": unit, "description": meaning})
        for key, (kind, unit, meaning) in columns.items()
    ]
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=pa.schema(fields, metadata=dict(about)))
    writers: tuple[tuple[str, Callable[[Path], None]], ...] = (
        ("csv", lambda target: pacsv.write_csv(table, target)),
        ("parquet", lambda target: pq.write_table(table, target, compression="zstd")),
    )
    return tuple(write_whole(folder / f"{name}.{ending}", write) for ending, write in writers)
