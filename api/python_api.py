"""Running and comparing from Python: the same steps as the command, with results to look into."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide.experiments.counterfactual import Counterfactual
from entraide.experiments.elsewhere import elsewhere
from entraide.experiments.result_comparison import ResultComparison, compare_results
from entraide.experiments.results import MeasureResult, Result, RiskResult
from entraide.experiments.runs import Conduct
from entraide.experiments.runs import load_result as _load_result
from entraide.experiments.runs import run as _run
from entraide.experiments.what_helps import WhatHelps as _WhatHelps
from entraide.experiments.what_helps import plan_of, try_measures
from entraide.experiments.what_helps_folder import WhatHelpsFolder
from entraide.model.errors import InputError
from entraide.model.intervals import MeanEstimate
from entraide.model.parameters import Value
from entraide.scenarios.loader import load_scenario
from entraide.scenarios.reading import shipped_names
from entraide.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["Comparison", "Run", "WhatHelps", "compare", "load_run", "run", "what_helps"]


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

    def measures(self, service: str | None = None, year: int = 0) -> Mapping[str, MeasureResult]:
        """Return the secondary measures by name."""
        return self.result.measures(service, year)

    def cost(self, service: str | None = None) -> MeanEstimate:
        """Return the mean cost in EUR per year, over replicates."""
        return self.result.cost(service)

    def verdict(self, language: str = "en") -> str:
        """Return the verdict in sentences: three risks, the cost, the administration alone."""
        from .verdict_text import whole_verdict

        return whole_verdict(self.result, language)

    def table(self, service: str | None = None, year: int = 0) -> pd.DataFrame:
        """Return risks and measures as a table, one row each, with units and intervals."""
        from .frames import result_frame

        return result_frame(self.result, service, year)

    def daily(self) -> pd.DataFrame:
        """Return the daily measures, one row per replicate, service and day."""
        from .frames import daily_frame

        return daily_frame(self.result)

    def plot(self, language: str = "en", service: str | None = None) -> Figure:
        """Return a Matplotlib figure of the service over time."""
        from .plots import run_figure

        return run_figure(self.result, language, service)

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
        from entraide.viz.sentences import comparison_verdict

        return comparison_verdict(self.compared, language)

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
    replicates: int = 20,
    seed: int = 0,
    threads: int | None = None,
    changes: Mapping[str, Value] | None = None,
    days: int | None = None,
    progress: bool | Callable[[int, int], None] = False,
    *,
    territory: str | None = None,
    out: str | os.PathLike[str] | None = None,
    counterfactual: bool = True,
    zone_daily: bool = False,
    contribution_log: bool = False,
    report: bool = True,
) -> Run:
    """Run a scenario and return its result.

    Parameters
    ----------
    scenario : name of a scenario of the package, path to a TOML file, or a loaded scenario.
    replicates : simulations with different chance; at least 10 to be told a probability.
    seed : fixes chance; runs with one seed meet the same chance and can be compared.
    threads : cores used in all; None: all. Results do not depend on it.
    changes : values by key, as ``--set key=value``; not with a loaded scenario.
    days : days to simulate instead of the scenario's; not with a loaded scenario.
    progress : True shows a bar on standard error; a function is told the days simulated and those to simulate.
    territory : another one than the scenario's, as ``--territory``: "department:35", "Rhône", "zones.csv", ...
    out : folder to store the run in, as ``--out``; None keeps it in memory.
    counterfactual : also run the administration alone, with the same budget and at the same norm.
    zone_daily, contribution_log : also write these large tables to ``out``.
    report : draw report.html and figures in ``out``.

    Raises
    ------
    InputError : anything in the arguments that cannot be used, said in one line.
    """
    loaded, own_file = _loaded(scenario, changes, days)
    if territory is not None:
        loaded, own_file = elsewhere(loaded, territory), True
    folder = None if out is None else Path(out)

    def simulate(conduct: Conduct) -> Result:
        return _run(
            loaded,
            replicates=replicates,
            seed=seed,
            counterfactual=counterfactual,
            zone_daily=zone_daily,
            log=contribution_log,
            own_file=own_file,
            folder=folder,
            conduct=conduct,
        )

    finish = None
    if folder is not None:
        from .reporting import finisher

        finish = finisher(report=report)
    if progress is True:
        from .progress import shown_progress

        with shown_progress() as bar:
            return Run(simulate(Conduct(threads, bar.progress, bar.stage, finish=finish)), folder)
    return Run(simulate(Conduct(threads, progress or None, finish=finish)), folder)


def _loaded(
    scenario: str | os.PathLike[str] | Scenario, changes: Mapping[str, Value] | None, days: int | None
) -> tuple[Scenario, bool]:
    """Return the scenario, and whether it is the user's own."""
    if isinstance(scenario, Scenario):
        if changes or days is not None:
            raise InputError(
                "a loaded scenario is fixed",
                where="changes" if changes else "days",
                remedy="Give them to load_scenario, or give run the scenario's name",
            )
        return scenario, scenario.name not in shipped_names()
    loaded = load_scenario(scenario, changes, days)
    return loaded, os.fspath(scenario) not in shipped_names()


def load_run(folder: str | os.PathLike[str]) -> Run:
    """Read back a finished run from its folder; nothing is simulated.

    Raises
    ------
    InputError : no run was begun there, or it is not finished.
    """
    return Run(_load_result(Path(folder)), Path(folder))


def compare(a: Run, b: Run, service: str | None = None, year: int | None = None) -> Comparison:
    """Compare two runs: what ``b`` changes with respect to the baseline ``a``.

    Parameters
    ----------
    service : name of a service that both have; None: the first one in which the designs differ.
    year : 0 for the first 365 days; None: the last year that is complete, the first one where none is.

    Raises
    ------
    InputError : other territory, seed, calendar or services, so that differences would not come from the design.
    """
    for name, value in (("a", a), ("b", b)):
        if not isinstance(value, Run):
            raise InputError("must be a run", where=f"compare({name})", value=type(value).__name__, remedy="Use run()")
    return Comparison(compare_results(a.result, b.result, service=service, year=year))


class WhatHelps:
    """Named measures, each tried alone on the same random numbers."""

    def __init__(self, found: _WhatHelps, folder: Path | None = None) -> None:
        self.found, self.folder = found, folder

    def __repr__(self) -> str:
        request = self.found.plan.request
        count = len(self.found.plan.candidates)
        return f"<WhatHelps in {request.scenario.name}: {count} measures, {request.replicates} replicates each>"

    def __str__(self) -> str:
        return self.verdict()

    def verdict(self, language: str = "en") -> str:
        """Return for each service and risk what helps most, with its cost and side effects, in sentences."""
        from entraide.viz.what_helps_sentences import counts_only_sentence, what_helps_sentences

        told = [text for risks in what_helps_sentences(self.found, language).values() for text in risks.values()]
        return "\n".join(filter(None, [*told, counts_only_sentence(self.found, language)]))

    def frame(self) -> pd.DataFrame:
        """Return one row per service, measure and thing compared: values, difference, band, verdict, rank."""
        import pandas as pd

        from entraide.experiments.what_helps_table import what_helps_rows

        return pd.DataFrame(what_helps_rows(self.found))

    def to_dict(self) -> dict[str, Any]:
        """Return what ``entraide run SCENARIO --what-helps --json`` prints."""
        from .what_helps_document import what_helps_document

        return what_helps_document(self.found)

    def report(self, folder: str | os.PathLike[str], language: str = "en") -> Path:
        """Write what-helps.html into a folder; return the page's path."""
        from entraide.experiments.files import make_folder
        from entraide.viz.what_helps_page import write_what_helps_page

        return write_what_helps_page(self.found, make_folder(Path(folder)), language)


def what_helps(
    scenario: str | os.PathLike[str] | Scenario = "urban-reports",
    replicates: int = 20,
    seed: int = 0,
    threads: int | None = None,
    changes: Mapping[str, Value] | None = None,
    days: int | None = None,
    progress: bool | Callable[[int, int], None] = False,
    *,
    territory: str | None = None,
    measures: Sequence[str] | None = None,
    out: str | os.PathLike[str] | None = None,
) -> WhatHelps:
    """Try each named measure alone, and rank them against each risk.

    Parameters
    ----------
    measures : names of those to try; None: all that make sense in the scenario.
    out : folder to keep the runs in, as ``--out``; None keeps nothing.

    The other parameters are those of ``run``.

    Raises
    ------
    InputError : anything in the arguments that cannot be used, said in one line.
    """
    loaded, own_file = _loaded(scenario, changes, days)
    if territory is not None:
        loaded, own_file = elsewhere(loaded, territory), True
    plan = plan_of(loaded, replicates=replicates, seed=seed, own_file=own_file, measures=measures)
    folder = None if out is None else WhatHelpsFolder.create(Path(out), plan)

    from .progress import shown_progress

    with shown_progress() if progress is True else nullcontext() as bar:
        if bar is not None:
            conduct = Conduct(threads, bar.progress, bar.stage)
        else:
            conduct = Conduct(threads, progress if callable(progress) else None)
        found = try_measures(plan, None if folder is None else folder.path, conduct)
    if folder is not None:
        from .commands_what_helps import write_what_helps

        write_what_helps(found, folder.path)
    return WhatHelps(found, None if folder is None else folder.path)
