"""The commands that run one scenario: run, resume, report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .chosen import chosen_scenario
from .commands_sweep import Cluster, Dask, Workers, resume_sweep
from .console import INTERRUPTED, say, told_in_one_line
from .interruption import interruption, say_finished, say_notice
from .options import (
    DEFAULT_SNAPSHOT_MINUTES,
    DEFAULT_SOURCE,
    Changes,
    ContributionLog,
    Days,
    Json,
    Language,
    LanguageName,
    Measures,
    NoReport,
    Out,
    Parameters,
    Quick,
    Replicates,
    Seed,
    SnapshotMinutes,
    Territory,
    Threads,
    WhatHelps,
    ZonesDaily,
    replicates_of,
)
from .shown_results import show_rest, show_verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide.experiments.results import Result
    from entraide.experiments.runs import Conduct

__all__ = ["report", "resume", "run"]

_ONE_RUN = {
    "en": "Leave it out: runs that are compared are kept every ten minutes and when interrupted",
    "fr": "L'omettre\u202f: des simulations que l'on compare sont gardées toutes les dix minutes et à l'interruption",
}


@told_in_one_line
def run(
    scenario: Annotated[
        str, typer.Argument(help="Name of a scenario (`entraide scenarios list`) or path to a TOML file.")
    ] = "urban-reports",
    replicates: Replicates = None,
    quick: Quick = False,
    days: Days = None,
    territory: Territory = None,
    seed: Seed = 0,
    threads: Threads = None,
    changes: Changes = None,
    measures: Measures = None,
    parameters: Parameters = DEFAULT_SOURCE,
    what_helps: WhatHelps = False,
    out: Out = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
    no_report: NoReport = False,
    zones_daily: ZonesDaily = False,
    contribution_log: ContributionLog = False,
    snapshot_minutes: SnapshotMinutes = DEFAULT_SNAPSHOT_MINUTES,
) -> None:
    """Run a scenario: three risks, the cost, and the administration alone beside them."""
    from entraide.experiments import runs
    from entraide.experiments.output import next_folder
    from entraide.experiments.runner import check_numbers
    from entraide.experiments.snapshot_minutes import check_snapshot_minutes
    from entraide.model.errors import InputError
    from entraide.scenarios.loader import parse_changes

    check_numbers(replicates=replicates_of(replicates, quick), seed=seed, threads=threads)
    check_snapshot_minutes(snapshot_minutes)
    loaded, own_file = chosen_scenario(scenario, parse_changes(changes or ()), days, territory, measures or ())
    wanted = replicates_of(replicates, quick, loaded.replicates)
    if what_helps:
        from .commands_what_helps import what_helps as try_each

        if zones_daily or contribution_log:
            raise InputError(
                {
                    "en": "keeps no daily accounts by zone and no contribution log",
                    "fr": "ne garde ni comptes quotidiens par zone ni journal des contributions",
                },
                where="--what-helps",
                remedy={
                    "en": "Leave --zones-daily and --contribution-log out, and run the measure of your choice "
                    "with them",
                    "fr": "Omettre --zones-daily et --contribution-log, et simuler avec eux la mesure choisie",
                },
            )
        _refuse_for_several(snapshot_minutes)
        try_each(
            loaded,
            scenario,
            replicates=wanted,
            seed=seed,
            own_file=own_file,
            folder=out,
            threads=threads,
            language=language.value,
            as_json=as_json,
            report=not no_report,
            parameters=parameters.value,
        )
        return
    # Every mistake is told before a folder is made.
    loaded.specification()
    folder = next_folder(loaded.name) if out is None else out
    result = carried_out(
        folder,
        language.value,
        lambda conduct: runs.run(
            loaded,
            replicates=wanted,
            seed=seed,
            zone_daily=zones_daily,
            log=contribution_log,
            own_file=own_file,
            parameters=parameters.value,
            folder=folder,
            conduct=conduct,
        ),
        threads,
        as_json,
        no_report,
        figure_files=not quick,
        snapshot_minutes=snapshot_minutes,
    )
    show_rest(result, folder, language.value, as_json)


@told_in_one_line
def resume(
    folder: Annotated[
        Path,
        typer.Argument(
            help="Folder of a run, comparison, trial of measures, stress test or sweep that was interrupted."
        ),
    ],
    threads: Threads = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
    no_report: NoReport = False,
    snapshot_minutes: SnapshotMinutes = DEFAULT_SNAPSHOT_MINUTES,
    workers: Workers = None,
    dask: Dask = None,
    cluster: Cluster = None,
) -> None:
    """Go on with an interrupted run or sweep from what its folder holds, and finish it."""
    from entraide.experiments import runs
    from entraide.experiments.batch.store import REQUEST_FILE, Store

    if (folder / REQUEST_FILE).exists():
        _refuse_for_several(snapshot_minutes)
        own = threads if (workers, dask, cluster) == (None, None, None) else workers
        resume_sweep(Store.open(folder), own, dask, cluster, language.value, as_json)
        return
    _refuse_workers(workers, dask, cluster)
    several = _several(folder)
    if several is not None:
        _refuse_for_several(snapshot_minutes)
        begun, go_on = several
        say_finished(begun.places, language.value)
        go_on(begun, threads, language.value, as_json, report=not no_report)
        return
    say_finished([folder], language.value)
    result = carried_out(
        folder,
        language.value,
        lambda conduct: runs.resume(folder, conduct),
        threads,
        as_json,
        no_report,
        snapshot_minutes=snapshot_minutes,
    )
    show_rest(result, folder, language.value, as_json)


@told_in_one_line
def report(
    folder: Annotated[Path, typer.Argument(help="Folder of a finished run, comparison or trial.")],
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """Draw the report of a finished run or comparison again, without simulating anything."""
    from entraide.experiments.runs import load_result
    from entraide.experiments.tables import write_tables

    from .reporting import finisher

    several = _several(folder)
    if several is not None:
        begun, go_on = several
        for place in begun.places:
            load_result(place)
        go_on(begun, None, language.value, as_json, report=True)
        return
    result = load_result(folder)
    if not as_json:
        show_verdict(result, language.value)
    # The report names them.
    write_tables(result, folder / "tables", missing_only=True)
    finisher(language.value)(result, folder)
    show_rest(result, folder, language.value, as_json)


def _refuse_for_several(snapshot_minutes: float) -> None:
    """Refuse to change how often runs are kept that are compared with each other."""
    from entraide.model.errors import InputError

    if snapshot_minutes != DEFAULT_SNAPSHOT_MINUTES:
        raise InputError(
            {"en": "is for a single run", "fr": "ne vaut que pour une seule simulation"},
            where="--snapshot-minutes",
            value=snapshot_minutes,
            remedy=_ONE_RUN,
        )


def _refuse_workers(workers: int | None, dask: int | None, cluster: str | None) -> None:
    """Refuse workers for what is not a sweep."""
    from entraide.model.errors import InputError

    for name, value in (("--workers", workers), ("--dask", dask), ("--cluster", cluster)):
        if value is not None:
            raise InputError(
                {"en": "is for the folder of a sweep", "fr": "ne vaut que pour le dossier d'un balayage"},
                where=name,
                value=value,
                remedy={"en": "Use --threads", "fr": "Prendre --threads"},
            )


def _several(folder: Path) -> tuple[Any, Callable[..., None]] | None:
    """Return what was begun in a folder of several runs, and how to go on with it; None for the folder of one run."""
    from entraide.experiments.paired_runs import PAIR_FILE, PairedRuns
    from entraide.experiments.stress_folder import StressFolder
    from entraide.experiments.what_helps_folder import WhatHelpsFolder

    from .commands_compare import resume_comparison
    from .commands_stress import resume_stress
    from .commands_what_helps import resume_what_helps

    if (folder / StressFolder.plan_file).exists():
        return StressFolder.open(folder), resume_stress
    if (folder / WhatHelpsFolder.plan_file).exists():
        return WhatHelpsFolder.open(folder), resume_what_helps
    if (folder / PAIR_FILE).exists():
        return PairedRuns.open(folder), resume_comparison
    return None


def carried_out(
    folder: Path,
    language: str,
    simulate: Callable[[Conduct], Result],
    threads: int | None,
    as_json: bool,
    no_report: bool,
    figure_files: bool = True,
    snapshot_minutes: float = DEFAULT_SNAPSHOT_MINUTES,
) -> Result:
    """Simulate with a progress bar, and print the verdict as soon as it is known.

    When interrupted, says what was kept and how to go on.
    """
    from entraide.experiments.runs import Conduct

    from .progress import shown_progress
    from .reporting import finisher

    finish = finisher(language, report=not no_report, figure_files=figure_files)
    try:
        with shown_progress(language) as bar:

            def tell(result: Result) -> None:
                with bar.hidden():
                    show_verdict(result, language)

            return simulate(
                Conduct(
                    threads,
                    bar.progress,
                    bar.stage,
                    told=None if as_json else tell,
                    finish=finish,
                    snapshot_minutes=snapshot_minutes,
                    notice=partial(say_notice, language),
                    workload=bar.expect,
                )
            )
    except KeyboardInterrupt:
        say(interruption(folder, language))
        raise typer.Exit(INTERRUPTED) from None
