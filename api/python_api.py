"""Running and comparing from Python: the same steps as the command, with results to look into."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide.experiments.counterfactual import Counterfactual
from entraide.experiments.ignorance import RiskSpread, risk_spreads
from entraide.experiments.parameters_from import DEFAULT_PARAMETERS
from entraide.experiments.result_comparison import ResultComparison, compare_results
from entraide.experiments.results import MeasureResult, Result, RiskResult
from entraide.experiments.runs import load_result as _load_result
from entraide.experiments.runs import run as _run
from entraide.experiments.snapshot_minutes import DEFAULT_SNAPSHOT_MINUTES
from entraide.model.errors import InputError
from entraide.model.intervals import MeanEstimate
from entraide.model.parameters import Value
from entraide.scenarios.scenario import Scenario

from .chosen import chosen_scenario
from .python_designs import conducted
from .told import Told

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["Comparison", "Run", "compare", "load_run", "run"]


class Run:
    """A finished run. Its name and a sentence are what ``print`` shows.

    Attributes
    ----------
    result : everything that was computed, replicate by replicate.
    folder : where it is stored; None when it was kept in memory.
    """

    def __init__(self, result: Result, folder: Path | None = None) -> None:
        self.result, self.folder = result, folder

    def __repr__(self) -> str:
        return f"<Run of {self.result.scenario.name}: {self.result.replicates} replicates, seed {self.result.seed}>"

    def __str__(self) -> str:
        return self.verdict()

    @property
    def counterfactual(self) -> Counterfactual | None:
        """The administration alone; None where it was not asked for."""
        return self.result.counterfactual

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Where the figures come from."""
        return self.result.provenance

    def risks(self, service: str | None = None, year: int = 0) -> Mapping[str, RiskResult]:
        """Return the three risks by name: "continuity", "quality", "universality"."""
        return self.result.risks(service, year)

    def spreads(self, service: str | None = None, year: int = 0) -> Mapping[str, RiskSpread]:
        """Return by risk what of its spread is ignorance and what chance; empty without draws of parameters."""
        return risk_spreads(self.result, service, year)

    def measures(self, service: str | None = None, year: int = 0) -> Mapping[str, MeasureResult]:
        """Return the secondary measures by name."""
        return self.result.measures(service, year)

    def cost(self, service: str | None = None) -> MeanEstimate:
        """Return the mean cost in EUR per year, over replicates."""
        return self.result.cost(service)

    def verdict(self, language: str = "en") -> str:
        """Return the verdict in sentences: three risks, the cost, the administration alone."""
        from .verdict_text import whole_verdict

        return Told(whole_verdict(self.result, language))

    def table(self, service: str | None = None, year: int = 0, language: str = "en") -> pd.DataFrame:
        """Return risks and measures as a table, one row each, with units and intervals; what each means in words."""
        from .frames import result_frame

        return result_frame(self.result, service, year, language)

    def daily(self) -> pd.DataFrame:
        """Return the daily measures, one row per replicate, service and day."""
        from .frames import daily_frame

        return daily_frame(self.result)

    def contributions(self) -> pd.DataFrame:
        """Return the contribution log, one row per replicate, citizen, service and day on which they contributed.

        Columns: replicate, citizen (the same person in all runs of one territory and seed), service, day, date, tasks,
        minutes.

        Raises
        ------
        InputError : the run was made without ``contribution_log=True``.
        """
        from .frames import contributions_frame

        return contributions_frame(self.result, self.folder)

    def plot(self, language: str = "en", service: str | None = None, figure: str = "service") -> Figure:
        """Return a Matplotlib figure; a notebook shows it with its caption, and holds a text alternative.

        Parameters
        ----------
        figure : "service" (needs met in time), "activity" (what waits, who delivers), "risks", "costs" (beside the
            administration alone, where it was run), "map", "shares" (of contributions), "motives", "groups" (who takes
            part).

        Raises
        ------
        InputError : no such figure, service or language.
        """
        from .plots import run_figure

        return run_figure(self.result, language, service, figure)

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return what ``entraide run --json`` prints."""
        from .documents import run_document

        return run_document(self.result, language)

    def report(self, folder: str | os.PathLike[str], language: str = "en") -> Path:
        """Write report.html and its figures into a folder; return the page's path."""
        from .reporting import write_report_of

        return write_report_of(self.result, Path(folder), language)


class Comparison:
    """A design against a baseline, on the same random numbers."""

    def __init__(self, compared: ResultComparison) -> None:
        self.compared = compared

    def __repr__(self) -> str:
        comparison = self.compared.comparison
        return f"<Comparison of {comparison.candidate} with {comparison.baseline}>"

    def __str__(self) -> str:
        return self.verdict()

    def verdict(self, language: str = "en") -> str:
        """Return the verdict in sentences, "cannot tell" included."""
        from entraide.viz.pair_words import pair_notes
        from entraide.viz.sentences import comparison_verdict

        notes = pair_notes((self.compared.baseline, self.compared.candidate), language)
        return Told("\n".join([comparison_verdict(self.compared, language), *notes]))

    def table(self) -> pd.DataFrame:
        """Return one row per measure: both values, difference, band, verdict."""
        from .frames import comparison_frame

        return comparison_frame(self.compared)

    def plot(self, language: str = "en") -> Figure:
        """Return a Matplotlib figure of the differences with their bands."""
        from .plots import comparison_figure

        return comparison_figure(self.compared, language)

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return what ``entraide compare --json`` prints."""
        from .documents import comparison_document

        return comparison_document(self.compared, language)

    def report(self, folder: str | os.PathLike[str], language: str = "en") -> Path:
        """Write comparison.html and its figures into a folder; return the page's path."""
        from entraide.viz.report import write_comparison_report

        return write_comparison_report(self.compared, Path(folder), language)


def run(
    scenario: str | os.PathLike[str] | Scenario = "urban-reports",
    replicates: int | None = None,
    seed: int = 0,
    threads: int | None = None,
    changes: Mapping[str, Value] | None = None,
    days: int | None = None,
    progress: bool | Callable[[int, int], None] = False,
    *,
    territory: str | None = None,
    out: str | os.PathLike[str] | None = None,
    parameters: str = DEFAULT_PARAMETERS,
    counterfactual: bool = True,
    zone_daily: bool = False,
    contribution_log: bool = False,
    report: bool = True,
    snapshot_minutes: float = DEFAULT_SNAPSHOT_MINUTES,
) -> Run:
    """Run a scenario and return its result.

    Parameters
    ----------
    scenario : name of a scenario of the package, path to a TOML file, or a loaded scenario.
    replicates : simulations with different chance, at least 10 to be told a probability; None: the scenario's, 20
        unless it says otherwise.
    seed : fixes chance; runs with one seed meet the same chance and can be compared.
    threads : cores used in all; None: all. Results do not depend on it.
    changes : values by key, as ``--set key=value``; not with a loaded scenario.
    days : days to simulate instead of the scenario's; not with a loaded scenario.
    progress : True shows a bar on standard error; a function is told the days simulated and those to simulate.
    territory : another one than the scenario's, as ``--territory``: "department:35", "Rhône", "zones.csv", ...
    parameters : "ensemble": what data leave open for each class of service, draw by draw, so that ignorance is told
        from chance; "preset": its most typical draw alone. What scenario and changes state holds in either case.
    out : folder to store the run in, as ``--out``; None keeps it in memory.
    counterfactual : also run the administration alone, with the same budget and at the same norm.
    zone_daily, contribution_log : also write these large tables to ``out``. The log may be kept in memory instead, for
        ``Run.contributions()``: 30 bytes a contribution.
    report : draw report.html and figures in ``out``.
    snapshot_minutes : between two snapshots of unfinished replicates in ``out``, as ``--snapshot-minutes``; one more is
        written when the run is interrupted, and the same call, or ``entraide resume``, goes on from there. 0: none.

    Raises
    ------
    InputError : anything in the arguments that cannot be used, said in one line.
    """
    loaded, own_file = chosen_scenario(scenario, changes, days, territory)
    folder = None if out is None else Path(out)

    finish = None
    if folder is not None:
        from .reporting import finisher

        finish = finisher(report=report)
    with conducted(threads, progress, finish=finish, snapshot_minutes=snapshot_minutes) as conduct:
        result = _run(
            loaded,
            replicates=loaded.replicates if replicates is None else replicates,
            seed=seed,
            counterfactual=counterfactual,
            zone_daily=zone_daily,
            log=contribution_log,
            own_file=own_file,
            parameters=parameters,
            folder=folder,
            conduct=conduct,
        )
    return Run(result, folder)


def load_run(folder: str | os.PathLike[str]) -> Run:
    """Read back a finished run from its folder; nothing is simulated.

    Raises
    ------
    InputError : no run was begun there, or it is not finished.
    """
    return Run(_load_result(Path(folder)), Path(folder))


def compare(
    a: Run,
    b: Run,
    service: str | None = None,
    year: int | None = None,
    *,
    names: tuple[str, str] | None = None,
) -> Comparison:
    """Compare two runs: what ``b`` changes with respect to the baseline ``a``.

    Parameters
    ----------
    service : name of a service that both have; None: the first one in which the designs differ.
    year : 0 for the first 365 days; None: the last year that is complete, the first one where none is.
    names : what ``a`` and ``b`` are called in sentences and figures; None: what each changes in the scenario.

    Raises
    ------
    InputError : other territory, seed, calendar or services, so that differences would not come from the design; names
        that are not two different ones.
    """
    for name, value in (("a", a), ("b", b)):
        if not isinstance(value, Run):
            raise InputError("must be a run", where=f"compare({name})", value=type(value).__name__, remedy="Use run()")
    if names is not None and (len(names) != 2 or not all(names) or names[0] == names[1]):
        raise InputError(
            "must be two different names", where="compare(names)", value=names, remedy='Give ("today", "with outreach")'
        )
    return Comparison(compare_results(a.result, b.result, service=service, year=year, names=names))
