"""The command that lets each kind of event strike a scenario in turn, on the same chance as without it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import print_json, print_table, print_text, told_in_one_line
from .designs_tried import carried_out, print_title, words_for_designs
from .options import (
    DEFAULT_SOURCE,
    Changes,
    Days,
    Json,
    Language,
    LanguageName,
    Out,
    Parameters,
    Quick,
    Replicates,
    Seed,
    Territory,
    Threads,
    enough_replicates_option,
    language_option,
    replicates_of,
    source_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entraide.experiments.stress import Stress
    from entraide.experiments.stress_folder import StressFolder

__all__ = ["STRESS_FILE", "day_of", "resume_stress", "stress", "write_stress"]

STRESS_FILE = "stress.json"

_WORDS = {
    "en": {
        "title": "{title}: stress test\n{place}: {people} inhabitants; {count} events, each tried alone with "
        "{replicates} on the same chance",
        "title_one": "{title}: stress test\n{place}: {people} inhabitants; {count} event, tried with {replicates} on "
        "the same chance",
        "refused": "Not tried, because it makes no sense here",
        "files": "Files in {folder}: stress.json, stress.parquet, and the runs: baseline/, events/",
        "compare": "all that this event changes, with the report",
    },
    "fr": {
        "title": "{title} : épreuve de résistance\n{place} : {people} habitants ; {count} événements, chacun essayé "
        "seul avec {replicates} et les mêmes hasards",
        "title_one": "{title} : épreuve de résistance\n{place} : {people} habitants ; {count} événement, essayé avec "
        "{replicates} et les mêmes hasards",
        "refused": "Non essayés, faute de sens ici",
        "files": "Fichiers dans {folder} : stress.json, stress.parquet, et les simulations : baseline/, events/",
        "compare": "tout ce que change cet événement, avec le rapport",
    },
}
_REFUSED_HEADER = {"en": ("event", "why"), "fr": ("événement", "pourquoi")}
_SIZE_EXAMPLE = {"en": "As in --size budget_cut=0.3", "fr": "Comme --size budget_cut=0.3"}


@told_in_one_line
def stress(
    scenario: Annotated[
        str, typer.Argument(help="Name of a scenario (`entraide scenarios list`) or path to a TOML file.")
    ] = "urban-reports",
    events: Annotated[
        str | None,
        typer.Option(
            "--events",
            metavar="KIND,KIND",
            show_default="all that make sense",
            help="Kinds of events to try; docs/reference/events.md lists them.",
            rich_help_panel="What is simulated",
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            show_default="day 150, or the middle of a short run",
            help="First day of each event. By default the service has settled by then.",
            rich_help_panel="What is simulated",
        ),
    ] = None,
    size: Annotated[
        list[str] | None,
        typer.Option(
            "--size",
            metavar="KIND=VALUE",
            show_default="those of the table of events",
            help="Another size of an event, in its unit; may be given several times.",
            rich_help_panel="What is simulated",
        ),
    ] = None,
    replicates: Replicates = None,
    quick: Quick = False,
    days: Days = None,
    territory: Territory = None,
    seed: Seed = 0,
    threads: Threads = None,
    changes: Changes = None,
    parameters: Parameters = DEFAULT_SOURCE,
    out: Out = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """Let each kind of event strike in turn: what breaks, how low, how long to recover, how often it does not."""
    from entraide.experiments.output import next_folder
    from entraide.experiments.runner import check_numbers
    from entraide.experiments.stress_folder import StressFolder
    from entraide.experiments.stress_plans import stress_plan
    from entraide.scenarios.loader import parse_changes

    from .chosen import chosen_scenario

    check_numbers(replicates=replicates_of(replicates, quick), seed=seed, threads=threads)
    loaded, own_file = chosen_scenario(scenario, parse_changes(changes or ()), days, territory)
    wanted = replicates_of(replicates, quick, loaded.replicates)
    plan = stress_plan(
        loaded,
        events=None if events is None else [name.strip() for name in events.split(",") if name.strip()],
        sizes=_sizes(size or ()),
        day=None if date is None else day_of(date, loaded.start),
        replicates=wanted,
        seed=seed,
        own_file=own_file,
        parameters=parameters.value,
    )
    folder = next_folder(f"stress-{loaded.name}") if out is None else out
    _carry_out(StressFolder.create(folder, plan), threads, language.value, as_json, name=scenario)


def _sizes(given: Sequence[str]) -> dict[str, float]:
    from entraide.model.errors import InputError

    sizes = {}
    for text in given:
        kind, equals, value = text.partition("=")
        try:
            sizes[kind.strip()] = float(value)
        except ValueError:
            equals = ""
        if not equals:
            raise InputError(
                {"en": "must be kind=number", "fr": "doit s'écrire sorte=nombre"},
                where="--size",
                value=text,
                remedy=_SIZE_EXAMPLE,
            )
    return sizes


def day_of(text: str, start: date) -> int:
    """Return the number of the day that a date stands for, 0 for the first.

    Raises
    ------
    InputError : not a date.
    """
    import datetime

    from entraide.model.errors import InputError

    try:
        return (datetime.date.fromisoformat(text) - start).days
    except ValueError:
        raise InputError(
            {"en": "must be a date, written year-month-day", "fr": "doit être une date, écrite année-mois-jour"},
            where="--date",
            value=text,
            remedy={"en": f"As in --date {start}", "fr": f"Comme --date {start}"},
        ) from None


def resume_stress(
    folder: StressFolder, threads: int | None, language: str, as_json: bool, *, report: bool = True
) -> None:
    """Go on with a stress test that was interrupted; what is finished is read back. It has no report to draw."""
    _carry_out(folder, threads, language, as_json)


def _carry_out(tried: StressFolder, threads: int | None, language: str, as_json: bool, *, name: str = "") -> None:
    from entraide.viz.event_sentences import event_label

    found = carried_out(tried, threads, language, lambda trial: event_label(trial.kind, language))
    write_stress(found, tried.path)
    if as_json:
        from .stress_document import stress_document

        print_json(stress_document(found))
        return
    _show(found, language)
    _show_rest(found, tried.path, language, name)


def write_stress(found: Stress, folder: Path) -> None:
    """Write the document and the table into a folder.

    Raises
    ------
    MachineError : they cannot be written.
    """
    from entraide.experiments.files import make_folder, write_json
    from entraide.experiments.stress_table import write_stress_table

    from .stress_document import stress_document

    make_folder(folder)
    write_stress_table(found, folder)
    write_json(folder / STRESS_FILE, stress_document(found))


def _show(found: Stress, language: str) -> None:
    from entraide.viz.event_sentences import event_label
    from entraide.viz.locales import localised
    from entraide.viz.stress_overview import overview_sentences
    from entraide.viz.stress_sentences import stress_sentences
    from entraide.viz.stress_tables import stress_caption, stress_header, stress_table_rows

    words = words_for_designs(_WORDS[language], language)
    print_title(found, words, language)
    overviews, told = overview_sentences(found, language), stress_sentences(found, language)
    for service in found.services:
        if len(found.services) > 1:
            print_text(localised(service.title.get(language) or service.service, language))
            print_text()
        for text in (overviews[service.service], *told[service.service].values()):
            print_text(text)
            print_text()
        print_table(stress_caption(language), stress_header(language), stress_table_rows(service, language))
        print_text()
    if found.plan.refused:
        rows = [
            (event_label(each.kind, language), localised(each.reason[language], language))
            for each in found.plan.refused
        ]
        print_table(words["refused"], _REFUSED_HEADER[language], rows)


def _show_rest(found: Stress, folder: Path, language: str, name: str) -> None:
    """Print where the files are and what to do next."""
    from entraide.experiments.results import FEWEST_FOR_PROBABILITY

    words = words_for_designs(_WORDS[language], language)
    print_text(words["files"].format(folder=folder))
    print_text()
    print_text(words["next"])
    spoken = language_option(language)
    enough = enough_replicates_option(found.plan.request.scenario.replicates)
    if name and found.plan.request.replicates < FEWEST_FOR_PROBABILITY:
        source = source_option(found.plan.request.parameters_from)
        print_text(f"  entraide stress {shlex.quote(name)}{source}{enough}{spoken}\n      {words['more']}")
    chosen = found.services[0].hardest or found.services[0].largest
    if chosen is None:
        return
    sides = [shlex.quote(str(folder / each)) for each in ("baseline", chosen.trial.place)]
    print_text(f"  entraide compare {sides[0]} {sides[1]}{spoken}\n      {words['compare']}")
