"""The options that several commands share, each with its unit and default."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from entraide.experiments.parameters_from import DEFAULT_PARAMETERS
from entraide.experiments.snapshot_minutes import DEFAULT_SNAPSHOT_MINUTES
from entraide.model.fault_words import KEEP_ONE
from entraide.scenarios.run_size import USUAL_REPLICATES

__all__ = [
    "DEFAULT_SNAPSHOT_MINUTES",
    "DEFAULT_SOURCE",
    "QUICK_REPLICATES",
    "Changes",
    "ContributionLog",
    "Days",
    "Json",
    "Language",
    "LanguageName",
    "Measures",
    "NoReport",
    "Out",
    "Parameters",
    "ParametersFrom",
    "Quick",
    "Replicates",
    "Seed",
    "SnapshotMinutes",
    "Territory",
    "Threads",
    "WhatHelps",
    "ZonesDaily",
    "enough_replicates_option",
    "language_option",
    "replicates_of",
    "source_option",
]

QUICK_REPLICATES = 4

_SIMULATION = "What is simulated"
_OUTPUT = "What comes out"


class LanguageName(StrEnum):
    """Languages of verdicts and cards."""

    en = "en"
    fr = "fr"


class ParametersFrom(StrEnum):
    """Where values of parameters come from that nothing states."""

    preset = "preset"
    ensemble = "ensemble"


DEFAULT_SOURCE = ParametersFrom(DEFAULT_PARAMETERS)


Replicates = Annotated[
    int | None,
    typer.Option(
        "--replicates",
        "-n",
        metavar="NUMBER",
        show_default=f"the scenario's, {USUAL_REPLICATES}",
        help="Simulations with different chance. From 10 on, risks are told as probabilities.",
        rich_help_panel=_SIMULATION,
    ),
]
Quick = Annotated[
    bool,
    typer.Option(
        "--quick",
        help=f"{QUICK_REPLICATES} replicates: says in how many of {QUICK_REPLICATES}, and no probability.",
        rich_help_panel=_SIMULATION,
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        "--days",
        metavar="DAYS",
        show_default="the scenario's, 365",
        help="Days to simulate, 1 to 1095.",
        rich_help_panel=_SIMULATION,
    ),
]
Territory = Annotated[
    str | None,
    typer.Option(
        "--territory",
        metavar="PLACE",
        show_default="the scenario's",
        help="Elsewhere: department:35, region:53, intercommunality:CODE, all, commune codes separated by commas, the "
        "name of a department or region, or a CSV file of your own zones.",
        rich_help_panel=_SIMULATION,
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed",
        metavar="NUMBER",
        help="Fixes chance: runs with one seed meet the same chance and can be compared.",
        rich_help_panel=_SIMULATION,
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads",
        metavar="CORES",
        show_default="all",
        help="Cores used in all. Results do not depend on it.",
        rich_help_panel=_SIMULATION,
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        show_default="nothing",
        help="Change a parameter; may be given several times. `entraide parameters` lists keys, units and bounds.",
        rich_help_panel=_SIMULATION,
    ),
]
Parameters = Annotated[
    ParametersFrom,
    typer.Option(
        "--parameters",
        help="Where values come from that neither the scenario nor --set states: ensemble, what data leave open for a "
        "class of service, draw by draw, so that ignorance is told from chance; preset, its most typical draw alone.",
        rich_help_panel=_SIMULATION,
    ),
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        show_default="none",
        help="Apply a named measure; may be given several times. `entraide scenarios measures SCENARIO` lists them.",
        rich_help_panel=_SIMULATION,
    ),
]
WhatHelps = Annotated[
    bool,
    typer.Option(
        "--what-helps",
        help="Try each named measure alone, on the same chance, and rank them against each risk, with cost and side "
        "effects. --set and --measure change the scenario that they are tried on.",
        rich_help_panel=_SIMULATION,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        show_default="entraide-out/NAME-1, -2, ...",
        help="Folder to write to. The folder of the same run, begun before, is gone on with.",
        rich_help_panel=_OUTPUT,
    ),
]
Language = Annotated[
    LanguageName,
    typer.Option("--lang", help="Language of the verdict: English or French.", rich_help_panel=_OUTPUT),
]
Json = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON document and nothing else.", rich_help_panel=_OUTPUT),
]
NoReport = Annotated[
    bool,
    typer.Option(
        "--no-report",
        help="Write tables and verdict only; `entraide report FOLDER` draws the rest later.",
        rich_help_panel=_OUTPUT,
    ),
]
ZonesDaily = Annotated[
    bool,
    typer.Option(
        "--zones-daily",
        help="Also write the daily accounts of every zone (large).",
        rich_help_panel=_OUTPUT,
    ),
]
ContributionLog = Annotated[
    bool,
    typer.Option(
        "--contribution-log",
        help="Also write every contribution: citizen, service, day, tasks, minutes (large).",
        rich_help_panel=_OUTPUT,
    ),
]
SnapshotMinutes = Annotated[
    float,
    typer.Option(
        "--snapshot-minutes",
        metavar="MINUTES",
        help="Keep unfinished replicates this often, and when interrupted: `entraide resume` goes on from that day. A "
        "snapshot takes 60 MB per million inhabitants and replicate at work. 0: never.",
        rich_help_panel=_OUTPUT,
    ),
]


def source_option(parameters: str) -> str:
    """Return the option that says where parameters come from, to be put after a command; "" for the default."""
    return "" if parameters == DEFAULT_PARAMETERS else f" --parameters {parameters}"


def language_option(language: str) -> str:
    """Return the option that asks for a language, to be put after a command; "" for English, the default."""
    return "" if language == LanguageName.en.value else f" --lang {language}"


def enough_replicates_option(usual: int) -> str:
    """Return the option that asks for a probability, put after a command; "" where the scenario makes enough."""
    from entraide.experiments.results import FEWEST_FOR_PROBABILITY

    return f" --replicates {USUAL_REPLICATES}" if usual < FEWEST_FOR_PROBABILITY else ""


def replicates_of(replicates: int | None, quick: bool, usual: int = USUAL_REPLICATES) -> int:
    """Return the number of replicates that two options ask for together; ``usual`` where neither is given.

    Raises
    ------
    InputError : both were given.
    """
    from entraide.model.errors import InputError

    if quick and replicates is not None:
        raise InputError(
            {"en": "cannot be given together with --replicates", "fr": "ne se donne pas avec --replicates"},
            where="--quick",
            remedy=KEEP_ONE,
        )
    if replicates is not None:
        return replicates
    return min(QUICK_REPLICATES, usual) if quick else usual
