"""The command that calibrates a class of service on a user's own contributions."""

from __future__ import annotations

import json
import shlex
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import print_table, print_text, say, told_in_one_line
from .options import Json, Language, LanguageName, Out, Seed

if TYPE_CHECKING:
    from entraide.experiments.evidence.own_calibration import Calibration
    from entraide.experiments.evidence.own_data import OwnData
    from entraide.model.errors import InputError

__all__ = ["DOCUMENT_FILE", "ENSEMBLE_FILE", "SCENARIO_FILE", "calibrate"]

DOCUMENT_FILE = "calibration.json"
ENSEMBLE_FILE = "ensemble.json"
SCENARIO_FILE = "scenario.toml"

_READING = "How the file is read"
_FITTING = "What is fitted"

_WORDS = {
    "en": {
        "ask": "Is this how the dates are meant? Else answer no and say it with --date-format",
        "order": "Which order is meant: DD/MM/YYYY or MM/DD/YYYY",
        "stopped": "Nothing was done. Say how dates are written: --date-format MM/DD/YYYY",
        "bad": "Left out:",
        "files": "Files in {folder}: calibration.html, calibration.json, ensemble.json, scenario.toml. No person of "
        "your data is in them.",
        "next": "Next: entraide run {scenario} --quick",
    },
    "fr": {
        "ask": "Les dates sont-elles bien comprises ? Sinon répondez non et précisez avec --date-format",
        "order": "Quel ordre faut-il lire : DD/MM/YYYY ou MM/DD/YYYY",
        "stopped": "Rien n'a été fait. Précisez comment les dates sont écrites : --date-format MM/DD/YYYY",
        "bad": "Laissées de côté\u202f:",
        "files": "Fichiers dans {folder} : calibration.html, calibration.json, ensemble.json, scenario.toml. Personne "
        "de vos données n'y figure.",
        "next": "Ensuite : entraide run {scenario} --quick --lang fr",
    },
}


def _column(role: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{role}-column",
        metavar="NAME",
        show_default="guessed from usual names",
        help=f"Column that holds the {role}.",
        rich_help_panel=_READING,
    )
    return option


@told_in_one_line
def calibrate(
    contributions: Annotated[
        Path | None,
        typer.Argument(
            help="CSV with one line for each contribution: user, date, and if you have them tasks, zone.",
            show_default=False,
        ),
    ] = None,
    service_class: Annotated[
        str | None,
        typer.Option(
            "--class",
            metavar="CLASS",
            help="Class of service, e.g. knowledge-commons, urban-report; a wrong name lists all.",
            show_default=False,
            rich_help_panel=_FITTING,
        ),
    ] = None,
    forecast: Annotated[
        bool,
        typer.Option(
            "--forecast",
            help="Also fit on the first two thirds of the time and forecast the rest, beside two other forecasts.",
            rich_help_panel=_FITTING,
        ),
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="SCENARIO",
            show_default="the class's",
            help="Scenario that the written one starts from.",
            rich_help_panel=_FITTING,
        ),
    ] = None,
    service: Annotated[
        str | None,
        typer.Option(
            "--service",
            metavar="NAME",
            show_default="the first one",
            help="Which of its services.",
            rich_help_panel=_FITTING,
        ),
    ] = None,
    trials: Annotated[
        int,
        typer.Option(
            "--trials",
            metavar="NUMBER",
            min=0,
            max=5000,
            help="Points of the search; 0 weighs the class's ensemble alone.",
            rich_help_panel=_FITTING,
        ),
    ] = 300,
    seed: Seed = 1,
    user_column: Annotated[str | None, _column("user")] = None,
    date_column: Annotated[str | None, _column("date")] = None,
    tasks_column: Annotated[str | None, _column("tasks")] = None,
    zone_column: Annotated[str | None, _column("zone")] = None,
    date_format: Annotated[
        str | None,
        typer.Option(
            "--date-format",
            metavar="FORMAT",
            show_default="guessed from all rows",
            help='DD/MM/YYYY, JJ/MM/AAAA, MM/DD/YYYY, or codes such as "%d %b %Y".',
            rich_help_panel=_READING,
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            show_default="the last contribution",
            help="Last day on which contributions were recorded, YYYY-MM-DD.",
            rich_help_panel=_READING,
        ),
    ] = None,
    skip_bad_rows: Annotated[
        bool,
        typer.Option("--skip-bad-rows", help="Go on without rows that cannot be used.", rich_help_panel=_READING),
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="No file: fit the committed classes (or --class alone) anew, and say whether each lands where it was.",
            rich_help_panel=_FITTING,
        ),
    ] = False,
    out: Out = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """Calibrate a class of service on your own contributions, and write a scenario with it.

    People are numbered as they are read: no name, address or code of the file is written anywhere.
    """
    from entraide.experiments.evidence.own_calibration import calibrate as fit
    from entraide.experiments.evidence.own_calibration import check_class, check_size
    from entraide.experiments.evidence.own_patch import check_base, scenario_patch
    from entraide.experiments.runner import check_numbers
    from entraide.model.errors import InputError
    from entraide.viz.calibration_sentences import reading_sentences

    from .progress import shown_progress

    if check:
        from .calibrate_check import check_committed

        if contributions is not None:
            raise InputError(
                {"en": "takes no file", "fr": "ne prend pas de fichier"},
                where="--check",
                remedy={"en": "Leave out the one or the other", "fr": "Omettre l'un ou l'autre"},
            )
        check_committed(service_class, language.value, as_json)
        return
    if contributions is None:
        raise InputError(
            {"en": "no file of contributions is given", "fr": "aucun fichier de contributions n'est donné"},
            remedy="entraide calibrate contributions.csv --class CLASS",
        )
    # What can be refused is refused before minutes are spent.
    service_class = check_class(service_class or "")
    check_base(service_class, base, service)
    check_numbers(seed=seed)
    columns = {"user": user_column, "date": date_column, "tasks": tasks_column, "zone": zone_column}
    data = _read(
        contributions,
        {role: name for role, name in columns.items() if name is not None},
        date_format,
        until.date() if until is not None else None,
        skip_bad_rows,
        None if as_json else language.value,
    )
    for sentence in reading_sentences(data, language.value):
        say(sentence)
    for bad in data.bad:
        say(f"{_WORDS[language.value]['bad']} {bad.told(language.value)}")
    check_size(data)
    folder = _folder(out, service_class)
    with shown_progress(language.value) as bar:
        bar.stage("replicates")
        found = fit(
            data, service_class, forecast=forecast, trials=trials, seed=seed, progress=bar.progress,
            stage=lambda each: bar.stage("replicates"),
        )  # fmt: skip
    _write(found, folder, scenario_patch(found.fit, base, service), language.value)
    if as_json:
        from .calibration_document import calibration_document

        print(json.dumps(calibration_document(found), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(found, folder, language.value)


def _read(
    path: Path,
    columns: dict[str, str],
    date_format: str | None,
    until: date | None,
    skip_bad_rows: bool,
    language: str | None,
) -> OwnData:
    """Read the file; where somebody sits at the terminal, let them confirm what was guessed."""
    from entraide.experiments.evidence.own_data import read_contributions

    asked = language is not None and sys.stdin.isatty()
    data = read_contributions(
        path,
        columns=columns,
        date_format=date_format,
        skip_bad_rows=skip_bad_rows,
        until=until,
        choose_order=(lambda fault: _ask_order(fault, language or "en")) if asked else None,
    )
    if asked and data.dates.order in ("day first", "month first"):
        from entraide.viz.calibration_sentences import reading_sentences

        for sentence in reading_sentences(data, language or "en"):
            say(sentence)
        if not typer.confirm(_WORDS[language or "en"]["ask"], default=True, err=True):
            say(_WORDS[language or "en"]["stopped"])
            raise typer.Exit(2)
    return data


def _ask_order(fault: InputError, language: str) -> str:
    say(f"{fault.where}: {fault.what} ({fault.value}).")
    return str(typer.prompt(_WORDS[language]["order"], err=True))


def _folder(out: Path | None, service_class: str) -> Path:
    """Make the folder to write to.

    Raises
    ------
    InputError : it is not empty.
    """
    from entraide.experiments.files import make_new_folder
    from entraide.experiments.output import next_folder

    return next_folder(f"calibration-{service_class}") if out is None else make_new_folder(out, resumed=False)


def _write(found: Calibration, folder: Path, patch: str, language: str) -> None:
    from entraide.experiments.files import write_json, write_text
    from entraide.viz.calibration_page import write_calibration_page

    from .calibration_document import calibration_document, ensemble_document

    # All that is said is put together before the first file: a fault in it must not leave half a folder.
    ensemble, document = ensemble_document(found), calibration_document(found)
    write_calibration_page(found, folder, SCENARIO_FILE, language)
    write_json(folder / DOCUMENT_FILE, document)
    write_json(folder / ENSEMBLE_FILE, ensemble)
    write_text(folder / SCENARIO_FILE, patch)


def _show(found: Calibration, folder: Path, language: str) -> None:
    from entraide.experiments.evidence.forecast import QUANTITIES
    from entraide.viz.calibration_sentences import calibration_sentences, forecast_sentences
    from entraide.viz.calibration_tables import figures_table, scores_table, values_table
    from entraide.viz.locales import localised

    for sentence in calibration_sentences(found, language):
        print_text(sentence)
    print_text()
    for title, header, rows in (figures_table(found, language), values_table(found, language)):
        print_table(title, header, rows)
    if found.forecast is not None:
        for sentence in forecast_sentences(found, language):
            print_text(sentence)
        print_text()
        for quantity in QUANTITIES:
            print_table(*scores_table(found.forecast, quantity, language))
    words = _WORDS[language]
    print_text(localised(words["files"].format(folder=folder), language))
    print_text(localised(words["next"].format(scenario=shlex.quote(str(folder / SCENARIO_FILE))), language))
