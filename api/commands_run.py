"""The commands that run one scenario: run, resume, report."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .chosen import chosen_scenario
from .console import INTERRUPTED, print_json, print_text, say, told_in_one_line
from .options import (
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
    Territory,
    Threads,
    WhatHelps,
    ZonesDaily,
    replicates_of,
    source_option,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide.experiments.results import Result
    from entraide.experiments.runs import Conduct

__all__ = ["report", "resume", "run"]

_WORDS = {
    "en": {
        "title": "{title}\n{place}: {people} inhabitants, {replicates} replicates",
        "files": "Files in {folder}: {report}tables/ (Parquet), verdict.json, provenance.json",
        "next": "Next:",
        "helps": "what helps? each measure tried alone",
        "stress": "what breaks after an outage, a budget cut, a scandal, and how long to recover?",
        "report": "draw the report again, and its figures as files",
        "dashboard": "change designs and see what moves",
        "more": "a probability, from 20 replicates",
        "ensemble": "the same over all that the data leave open: what is ignorance, and what is chance?",
    },
    "fr": {
        "title": "{title}\n{place} : {people} habitants, {replicates} répliques",
        "files": "Fichiers dans {folder} : {report}tables/ (Parquet), verdict.json, provenance.json",
        "next": "Ensuite :",
        "helps": "qu'est-ce qui aide ? chaque mesure essayée seule",
        "stress": "qu'est-ce qui cède après une panne, une coupe budgétaire, un scandale, et pour combien de temps ?",
        "report": "redessiner le rapport, et ses figures en fichiers",
        "dashboard": "changer de dispositif et voir ce qui bouge",
        "more": "une probabilité, avec 20 répliques",
        "ensemble": "la même, compte tenu de ce que les données laissent incertain : qu'est-ce qui est ignorance ou "
        "hasard ?",
    },
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
) -> None:
    """Run a scenario: three risks, the cost, and the administration alone beside them."""
    from entraide.experiments import runs
    from entraide.experiments.output import next_folder
    from entraide.experiments.runner import check_numbers
    from entraide.model.errors import InputError
    from entraide.scenarios.loader import parse_changes

    check_numbers(replicates=replicates_of(replicates, quick), seed=seed, threads=threads)
    loaded, own_file = chosen_scenario(scenario, parse_changes(changes or ()), days, territory, measures or ())
    wanted = replicates_of(replicates, quick, loaded.replicates)
    if what_helps:
        from .commands_what_helps import what_helps as try_each

        if zones_daily or contribution_log:
            raise InputError(
                "keeps no daily accounts by zone and no contribution log",
                where="--what-helps",
                remedy="Leave --zones-daily and --contribution-log out, and run the measure of your choice with them",
            )
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
    )
    show_rest(result, folder, language.value, as_json)


@told_in_one_line
def resume(
    folder: Annotated[
        Path, typer.Argument(help="Folder of a run, comparison, trial of measures or stress test that was interrupted.")
    ],
    threads: Threads = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
    no_report: NoReport = False,
) -> None:
    """Go on with an interrupted run from what its folder holds, and finish it."""
    from entraide.experiments import runs

    several = _several(folder)
    if several is not None:
        begun, go_on = several
        go_on(begun, threads, language.value, as_json, report=not no_report)
        return
    result = carried_out(
        folder, language.value, lambda conduct: runs.resume(folder, conduct), threads, as_json, no_report
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
    finisher(language.value)(result, folder)
    show_rest(result, folder, language.value, as_json)


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

            told = None if as_json else tell
            return simulate(Conduct(threads, bar.progress, bar.stage, told=told, finish=finish))
    except KeyboardInterrupt:
        say(interruption(folder))
        raise typer.Exit(INTERRUPTED) from None


def interruption(folder: Path) -> str:
    """Return what an interruption leaves behind, and how to go on."""
    from entraide.experiments.files import read_json

    if not (folder / "run.json").exists():
        return "entraide: interrupted before anything was done."
    status = read_json(folder / "status.json")
    done, total = status["replicates_done"], status["replicates"]
    return (
        f"entraide: interrupted. {done} of {total} replicates are kept in {folder}. "
        f"Go on with: entraide resume {shlex.quote(str(folder))}"
    )


def show_verdict(result: Result, language: str) -> None:
    """Print what was run and the verdict."""
    from entraide.scenarios.territories import territory_title
    from entraide.viz.locales import localised, number
    from entraide.viz.title_words import card_note, run_title

    from .verdict_text import whole_verdict

    print_text(
        localised(_WORDS[language]["title"], language).format(
            title="\n".join(filter(None, (run_title(result, language), card_note(result, language)))),
            place=territory_title(result.specification.territory, language),
            people=number(result.population, language),
            replicates=number(result.replicates, language),
        )
    )
    print_text()
    print_text(whole_verdict(result, language))
    print_text()


def show_rest(result: Result, folder: Path, language: str, as_json: bool) -> None:
    """Print where the files are and what to do next; or everything as one JSON document."""
    if as_json:
        from .documents import run_document

        document = run_document(result, language)
        document["provenance"] = dict(result.provenance)
        document["files"] = files_of(folder)
        print_json(document)
        return
    from entraide.viz.locales import localised

    words = {key: localised(text, language) for key, text in _WORDS[language].items()}
    drawn = "".join(f"{name}, " for name in ("report.html", "figures/") if (folder / name).exists())
    print_text(words["files"].format(folder=folder, report=drawn))
    print_text()
    print_text(words["next"])
    for command, meaning in _next_commands(result, folder, words):
        print_text(f"  {command}\n      {meaning}")


def _next_commands(result: Result, folder: Path, words: dict[str, str]) -> list[tuple[str, str]]:
    """Return what to do next, and why."""
    from entraide.experiments.provenance import change_texts
    from entraide.experiments.results import FEWEST_FOR_PROBABILITY
    from entraide.experiments.scenario_copy import SCENARIO_FILE

    place = shlex.quote(str(folder))
    scenario = result.scenario
    own = result.provenance["command"].split()[2] == SCENARIO_FILE
    name = shlex.quote(str(folder / SCENARIO_FILE)) if own else scenario.name
    changes = "".join(f" --set {shlex.quote(change)}" for change in change_texts(scenario.changes))
    found = []
    source = source_option(result.parameters_from)
    if result.replicates < FEWEST_FOR_PROBABILITY:
        found.append((f"entraide run {name}{changes}{source}", words["more"]))
    if result.draws is None:
        found.append((f"entraide run {name}{changes} --parameters ensemble", words["ensemble"]))
    found.append((f"entraide run {name}{changes}{source} --what-helps", words["helps"]))
    found.append((f"entraide stress {name}{changes}{source}", words["stress"]))
    found.append(("entraide dashboard", words["dashboard"]))
    found.append((f"entraide report {place}", words["report"]))
    return found


def files_of(folder: Path) -> dict[str, str]:
    """Return the files of a run by their place in its folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] not in ("replicates", "administration-alone"):
            found[inside.as_posix()] = os.fspath(path)
    return found
