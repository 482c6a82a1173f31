"""What the command prints of a run: title, verdict, files, and what to do next."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from .console import print_json, print_text
from .options import enough_replicates_option, language_option, source_option

if TYPE_CHECKING:
    from entraide.experiments.results import Result

__all__ = ["show_rest", "show_verdict"]

_WORDS = {
    "en": {
        "title": "{title}\n{place}: {people} inhabitants, {replicates}",
        "files": "Files in {folder}: {report}tables/ (Parquet), verdict.json, provenance.json",
        "next": "Next:",
        "helps": "what helps? each measure tried alone",
        "stress": "what breaks after an outage, a budget cut, a scandal, and how long to recover?",
        "report": "draw the report again, and its figures as files",
        "dashboard": "change designs and see what moves",
        "more": "a probability, from 20 replicates",
        "more_long": "a probability, from 20 replicates: this takes about 20 times as long",
        "ensemble": "the same over all that the data leave open: what is ignorance, and what is chance?",
    },
    "fr": {
        "title": "{title}\n{place} : {people} habitants, {replicates}",
        "files": "Fichiers dans {folder} : {report}tables/ (Parquet), verdict.json, provenance.json",
        "next": "Ensuite :",
        "helps": "qu'est-ce qui aide ? chaque mesure essayée seule",
        "stress": "qu'est-ce qui cède après une panne, une coupe budgétaire, un scandale, et pour combien de temps ?",
        "report": "redessiner le rapport, et ses figures en fichiers",
        "dashboard": "changer de dispositif et voir ce qui bouge",
        "more": "une probabilité, avec 20 simulations",
        "more_long": "une probabilité, avec 20 simulations : comptez environ 20 fois plus de temps",
        "ensemble": "la même, compte tenu de ce que les données laissent incertain : qu'est-ce qui est ignorance ou "
        "hasard ?",
    },
}


def show_verdict(result: Result, language: str) -> None:
    """Print what was run and the verdict."""
    from entraide.scenarios.territories import territory_title
    from entraide.viz.locales import counted, localised, number
    from entraide.viz.span_notes import span_notes
    from entraide.viz.title_words import card_note, run_title

    from .verdict_text import whole_verdict

    noun = ("replicate", "replicates") if language == "en" else ("simulation", "simulations")
    print_text(
        localised(_WORDS[language]["title"], language).format(
            title="\n".join(filter(None, (run_title(result, language), card_note(result, language)))),
            place=territory_title(result.specification.territory, language),
            people=number(result.population, language),
            replicates=counted(result.replicates, *noun, language),
        )
    )
    for note in span_notes(result.replicates, result.specification.days, language):
        print_text(note)
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
    for command, meaning in _next_commands(result, folder, words, language_option(language)):
        print_text(f"  {command}\n      {meaning}")


def _next_commands(result: Result, folder: Path, words: dict[str, str], spoken: str) -> list[tuple[str, str]]:
    """Return what to do next, and why; ``spoken``: the option of the language, after a command that takes it."""
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
        enough = enough_replicates_option(scenario.replicates)
        found.append(
            (f"entraide run {name}{changes}{source}{enough}{spoken}", words["more_long" if enough else "more"])
        )
    if result.draws is None:
        found.append((f"entraide run {name}{changes} --parameters ensemble{spoken}", words["ensemble"]))
    found.append((f"entraide run {name}{changes}{source} --what-helps{spoken}", words["helps"]))
    found.append((f"entraide stress {name}{changes}{source}{spoken}", words["stress"]))
    found.append(("entraide dashboard", words["dashboard"]))
    found.append((f"entraide report {place}{spoken}", words["report"]))
    return found


def files_of(folder: Path) -> dict[str, str]:
    """Return the files of a run by their place in its folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] not in ("replicates", "snapshots", "administration-alone"):
            found[inside.as_posix()] = os.fspath(path)
    return found
