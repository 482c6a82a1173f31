"""A study as a model of the EMA workbench: levers and assumptions in, risks and cost out.

The workbench (https://emaworkbench.readthedocs.io) draws designs and states of the world, runs the model and searches;
each of its experiments is a setting of ours, with the study's replicates.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from entraide.model.errors import InputError, MachineError, nearest_name
from entraide.model.parameters import Value
from entraide.scenarios.scenario import Scenario

from ..batch.factors import Factor
from ..batch.needed import needed
from ..batch.one_run import Order, Work, run_chunk
from ..batch.outputs import measured_columns
from ..batch.study import Study
from ..measures import years_begun

if TYPE_CHECKING:
    from ema_workbench import Model

__all__ = ["Experiment", "ema_model"]


class Experiment:
    """One experiment of the workbench: a setting of a study in, means over its replicates out.

    It can be pickled, so that the workbench's own evaluators may run it in processes.

    Parameters
    ----------
    study : what is varied, replicates, seed and where other values come from.
    scenario : one of the study's.
    """

    def __init__(self, study: Study, scenario: Scenario) -> None:
        place = study.scenarios.index(scenario)
        draws = study.draws()[place]
        self.replicates = study.replicates
        self.outcomes = tuple(each.name for each in measured_columns((scenario,), several_years=_several(scenario)))
        work = Work(scenario, () if draws is None else draws.draws, study.seed, several_years=_several(scenario))
        self._work = pickle.dumps(work)

    def __call__(self, **values: Any) -> dict[str, float]:
        """Return the mean over replicates of each outcome, NaN where it has no value in any of them.

        Parameters
        ----------
        values : by the key of a factor.

        Raises
        ------
        MachineError : a run failed; says at which stage and why.
        """
        changes = {key: _plain(value) for key, value in values.items()}
        records, _ = run_chunk(self._work, [Order(0, changes, tuple(range(self.replicates)))])
        for record in records:
            if record.status != "done":
                raise MachineError(
                    f"an experiment failed ({record.stage}): {record.message}",
                    where="replicate",
                    value=record.replicate,
                )
        return {name: _mean([record.values.get(name) for record in records]) for name in self.outcomes}


def ema_model(study: Study, scenario: str | None = None, outcomes: Collection[str] | None = None) -> Model:
    """Return a study as a model of the workbench.

    Its levers are the study's levers, its uncertainties the study's assumptions, over the same ranges and levels. Its
    outcomes are, of each service, the share of the replicates in which each norm is broken (to be minimised), how far
    each could be tightened (``_margin``, to be maximised), and the cost in EUR a year (to be minimised). The workbench
    takes words for names: a dot in a key becomes two low lines (``reports__norm_delay``).

    Parameters
    ----------
    scenario : name of one of the study's scenarios; None: the only one.
    outcomes : those to keep, as "cost" or "reports.continuity_margin"; None: all. A search wants few.

    Raises
    ------
    InputError : no such scenario or outcome, or several scenarios and none was named.
    MachineError : the workbench is not installed.
    """
    workbench = needed("ema_workbench")
    chosen = _chosen(study, scenario)
    experiment = Experiment(study, chosen)
    # The workbench takes letters and figures only.
    model = workbench.Model("".join(filter(str.isalnum, study.name)), function=experiment)
    model.levers = [_parameter(workbench, each) for each in study.levers]
    model.uncertainties = [_parameter(workbench, each) for each in study.assumptions]
    kept = experiment.outcomes if outcomes is None else tuple(outcomes)
    for name in kept:
        if name not in experiment.outcomes:
            raise InputError(
                "is not measured",
                where="outcomes",
                value=name,
                allowed=", ".join(experiment.outcomes),
                nearest=nearest_name(name, experiment.outcomes),
            )
    model.outcomes = [_outcome(workbench, name) for name in kept]
    return model


def _chosen(study: Study, name: str | None) -> Scenario:
    names = study.scenario_names
    if name is None and len(names) == 1:
        return study.scenarios[0]
    if name not in names:
        raise InputError(
            "the workbench takes one scenario at a time" if name is None else "is not a scenario of the study",
            where="scenario",
            value=name,
            allowed=", ".join(names),
            nearest=None if name is None else nearest_name(name, names),
            remedy="Make one model for each",
        )
    return study.scenarios[names.index(name)]


def _word(name: str) -> str:
    return name.replace(".", "__")


def _parameter(workbench: Any, factor: Factor) -> Any:
    name, key = _word(factor.key), factor.key
    if factor.levels:
        return workbench.CategoricalParameter(name, list(factor.levels), variable_name=key)
    kind = workbench.IntegerParameter if factor.whole else workbench.RealParameter
    return kind(name, factor.low, factor.high, variable_name=key)


def _outcome(workbench: Any, name: str) -> Any:
    larger_is_better = "_margin" in name
    kind = workbench.ScalarOutcome.MAXIMIZE if larger_is_better else workbench.ScalarOutcome.MINIMIZE
    return workbench.ScalarOutcome(_word(name), kind=kind, variable_name=name)


def _several(scenario: Scenario) -> bool:
    return years_begun(scenario.days) > 1


def _plain(value: Any) -> Value:
    """Return a value without NumPy's or the workbench's wrapping."""
    plain: Value = value.item() if hasattr(value, "item") else value
    return plain


def _mean(values: Sequence[float | None]) -> float:
    found = [value for value in values if value is not None]
    return sum(found) / len(found) if found else float("nan")
