"""What ``entraide run SCENARIO --what-helps`` does: each named measure tried alone, ranked against each risk."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .console import INTERRUPTED, print_table, print_text, say

if TYPE_CHECKING:
    from entraide.experiments.what_helps import Candidate, WhatHelps
    from entraide.experiments.what_helps_folder import WhatHelpsFolder
    from entraide.scenarios.scenario import Scenario

    from .progress import ProgressBar

__all__ = ["DOCUMENT_FILE", "resume_what_helps", "what_helps", "write_what_helps"]

DOCUMENT_FILE = "what-helps.json"

_WORDS = {
    "en": {
        "title": "{title}: what helps\n{place}: {people} inhabitants; {count} measures, each tried alone with "
        "{replicates} replicates on the same chance",
        "as_it_is": "as it is",
        "refused": "Not tried",
        "refused_header": ("measure", "why"),
        "files": "Files in {folder}: {page}what-helps.json, what-helps.parquet, and the runs: baseline/, measures/",
        "next": "Next:",
        "compare": "all that it changes, with the report",
        "with": "run the scenario with it",
        "more": "probabilities, from 20 replicates",
    },
    "fr": {
        "title": "{title} : ce qui aide\n{place} : {people} habitants ; {count} mesures, chacune essayée seule avec "
        "{replicates} répliques et les mêmes hasards",
        "as_it_is": "tel quel",
        "refused": "Non essayées",
        "refused_header": ("mesure", "pourquoi"),
        "files": "Fichiers dans {folder} : {page}what-helps.json, what-helps.parquet, et les simulations : baseline/, "
        "measures/",
        "next": "Ensuite :",
        "compare": "tout ce qu'elle change, avec le rapport",
        "with": "simuler le scénario avec elle",
        "more": "des probabilités, avec 20 répliques",
    },
}


def what_helps(
    scenario: Scenario,
    name: str,
    *,
    replicates: int,
    seed: int,
    own_file: bool,
    folder: Path | None,
    threads: int | None,
    language: str,
    as_json: bool,
    report: bool,
) -> None:
    """Try each measure that makes sense in a scenario, and print what helps.

    Parameters
    ----------
    name : the scenario as the user gave it.
    folder : None makes the next one that is free.
    """
    from entraide.experiments.output import next_folder
    from entraide.experiments.what_helps import plan_of
    from entraide.experiments.what_helps_folder import WhatHelpsFolder

    plan = plan_of(scenario, replicates=replicates, seed=seed, own_file=own_file)
    place = next_folder(f"what-helps-{scenario.name}") if folder is None else folder
    _carry_out(WhatHelpsFolder.create(place, plan), threads, language, as_json, report=report, name=name)


def resume_what_helps(folder: Path, threads: int | None, language: str, as_json: bool, *, report: bool) -> None:
    """Go on with measures whose trial was interrupted; what is finished is read back."""
    from entraide.experiments.what_helps_folder import WhatHelpsFolder

    _carry_out(WhatHelpsFolder.open(folder), threads, language, as_json, report=report)


def _carry_out(
    tried: WhatHelpsFolder, threads: int | None, language: str, as_json: bool, *, report: bool, name: str = ""
) -> None:
    from entraide.experiments.runs import Conduct

    from .progress import shown_progress

    try:
        with shown_progress(language) as bar:
            found = tried.carry_out(
                Conduct(threads, bar.progress, bar.stage),
                lambda step, steps, candidate: _announce(bar, step, steps, candidate, language),
            )
    except KeyboardInterrupt:
        command = f"entraide resume {shlex.quote(str(tried.path))}"
        say(f"entraide: interrupted. What is done is kept in {tried.path}. Go on with: {command}")
        raise typer.Exit(INTERRUPTED) from None
    write_what_helps(found, tried.path, language, report=report)
    if as_json:
        from .what_helps_document import what_helps_document

        print(json.dumps(what_helps_document(found), ensure_ascii=False, indent=2, allow_nan=False))
        return
    _show(found, language)
    _show_rest(found, tried.path, language, name)


def _announce(bar: ProgressBar, step: int, steps: int, candidate: Candidate | None, language: str) -> None:
    from entraide.viz.locales import localised

    title = _WORDS[language]["as_it_is"] if candidate is None else localised(candidate.title[language], language)
    bar.name(f"{step + 1}/{steps} {title}: " if language == "en" else f"{step + 1}/{steps} {title}\u202f: ")


def write_what_helps(found: WhatHelps, folder: Path, language: str = "en", *, report: bool = True) -> None:
    """Write the document and the table, and the page where it is wanted, into a folder.

    Raises
    ------
    MachineError : they cannot be written.
    """
    from entraide.experiments.files import make_folder, write_json
    from entraide.experiments.what_helps_table import write_table

    from .what_helps_document import what_helps_document

    make_folder(folder)
    write_table(found, folder)
    write_json(folder / DOCUMENT_FILE, what_helps_document(found))
    if report:
        from entraide.viz.what_helps_page import write_what_helps_page

        write_what_helps_page(found, folder, language)


def _show(found: WhatHelps, language: str) -> None:
    from entraide.model.risk import RISKS
    from entraide.scenarios.territories import territory_title
    from entraide.viz.locales import localised, number
    from entraide.viz.what_helps_sentences import counts_only_sentence, ranking_sentence
    from entraide.viz.what_helps_tables import ranking_caption, ranking_header, ranking_rows, rest_sentence

    words = _WORDS[language]
    request = found.plan.request
    title = words["title"]
    assert isinstance(title, str)
    print_text(
        localised(title, language).format(
            title=localised(request.scenario.title[language], language),
            place=territory_title(found.baseline.specification.territory, language),
            people=number(found.baseline.population, language),
            count=number(len(found.plan.candidates), language),
            replicates=number(request.replicates, language),
        )
    )
    print_text()
    for ranking in found.rankings:
        if len(found.rankings) > 1:
            print_text(localised(ranking.title.get(language) or ranking.service, language))
            print_text()
        for risk in RISKS:
            print_text(ranking_sentence(ranking, risk, language))
            print_text()
        if counts_only_sentence(found, language):
            print_text(counts_only_sentence(found, language))
            print_text()
        for risk in RISKS:
            rows = ranking_rows(ranking, risk, language, all_of_them=False)
            if rows:
                print_table(ranking_caption(risk, language), ranking_header(ranking, risk, language), rows)
                print_text(rest_sentence(ranking, risk, language))
                print_text()
    if found.plan.refused:
        rows = [
            (localised(each.title[language], language), localised(each.reason[language], language))
            for each in found.plan.refused
        ]
        refused = words["refused"]
        assert isinstance(refused, str)
        print_table(refused, words["refused_header"], rows)


def _show_rest(found: WhatHelps, folder: Path, language: str, name: str) -> None:
    """Print where the files are and what to do next."""
    from entraide.experiments.results import FEWEST_FOR_PROBABILITY
    from entraide.viz.locales import localised

    words = {key: localised(text, language) for key, text in _WORDS[language].items() if isinstance(text, str)}
    page = "".join(f"{each}, " for each in ("what-helps.html",) if (folder / each).exists())
    print_text(words["files"].format(folder=folder, page=page))
    print_text()
    print_text(words["next"])
    best = found.rankings[0].ranked("continuity")[0].candidate.name
    place = shlex.quote(str(folder / "baseline"))
    if name and found.plan.request.replicates < FEWEST_FOR_PROBABILITY:
        print_text(f"  entraide run {shlex.quote(name)} --what-helps\n      {words['more']}")
    measure = shlex.quote(str(folder / "measures" / best))
    print_text(f"  entraide compare {place} {measure}\n      {words['compare']}")
    if name:
        print_text(f"  entraide run {shlex.quote(name)} --measure {best}\n      {words['with']}")
