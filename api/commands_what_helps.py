"""What ``entraide run SCENARIO --what-helps`` does: each named measure tried alone, ranked against each risk."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from .console import print_json, print_table, print_text
from .designs_tried import carried_out, print_title, words_for_designs
from .options import enough_replicates_option, language_option, source_option

if TYPE_CHECKING:
    from entraide.experiments.what_helps import WhatHelps
    from entraide.experiments.what_helps_folder import WhatHelpsFolder
    from entraide.scenarios.scenario import Scenario

__all__ = ["DOCUMENT_FILE", "resume_what_helps", "what_helps", "write_what_helps"]

DOCUMENT_FILE = "what-helps.json"

_WORDS = {
    "en": {
        "title": "{title}: what helps\n{place}: {people} inhabitants; {count} measures, each tried alone with "
        "{replicates} on the same chance",
        "title_one": "{title}: what helps\n{place}: {people} inhabitants; {count} measure, tried with {replicates} on "
        "the same chance",
        "refused": "Not tried",
        "files": "Files in {folder}: {page}what-helps.json, what-helps.parquet, and the runs: baseline/, measures/",
        "compare": "all that it changes, with the report",
        "with": "run the scenario with it",
    },
    "fr": {
        "title": "{title} : ce qui aide\n{place} : {people} habitants ; {count} mesures, chacune essayée seule avec "
        "{replicates} et les mêmes hasards",
        "title_one": "{title} : ce qui aide\n{place} : {people} habitants ; {count} mesure, essayée avec {replicates} "
        "et les mêmes hasards",
        "refused": "Non essayées",
        "files": "Fichiers dans {folder} : {page}what-helps.json, what-helps.parquet, et les simulations : baseline/, "
        "measures/",
        "compare": "tout ce qu'elle change, avec le rapport",
        "with": "simuler le scénario avec elle",
    },
}
_REFUSED_HEADER = {"en": ("measure", "why"), "fr": ("mesure", "pourquoi")}


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
    parameters: str,
) -> None:
    """Try each measure that makes sense in a scenario, and print what helps.

    Parameters
    ----------
    name : the scenario as the user gave it.
    parameters : "ensemble" or "preset".
    folder : None makes the next one that is free.
    """
    from entraide.experiments.output import next_folder
    from entraide.experiments.what_helps import plan_of
    from entraide.experiments.what_helps_folder import WhatHelpsFolder

    plan = plan_of(scenario, replicates=replicates, seed=seed, own_file=own_file, parameters=parameters)
    place = next_folder(f"what-helps-{scenario.name}") if folder is None else folder
    _carry_out(WhatHelpsFolder.create(place, plan), threads, language, as_json, report=report, name=name)


def resume_what_helps(
    folder: WhatHelpsFolder, threads: int | None, language: str, as_json: bool, *, report: bool = True
) -> None:
    """Go on with measures whose trial was interrupted; what is finished is read back."""
    _carry_out(folder, threads, language, as_json, report=report)


def _carry_out(
    tried: WhatHelpsFolder, threads: int | None, language: str, as_json: bool, *, report: bool, name: str = ""
) -> None:
    from entraide.viz.locales import localised

    found = carried_out(tried, threads, language, lambda candidate: localised(candidate.title[language], language))
    write_what_helps(found, tried.path, language, report=report)
    if as_json:
        from .what_helps_document import what_helps_document

        print_json(what_helps_document(found))
        return
    _show(found, language)
    _show_rest(found, tried.path, language, name)


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
    from entraide.viz.locales import localised
    from entraide.viz.what_helps_sentences import counts_only_sentence, what_helps_sentences
    from entraide.viz.what_helps_tables import ranking_caption, ranking_header, ranking_rows, rest_sentence

    words = words_for_designs(_WORDS[language], language)
    print_title(found, words, language)
    told = what_helps_sentences(found, language)
    for ranking in found.rankings:
        if len(found.rankings) > 1:
            print_text(localised(ranking.title.get(language) or ranking.service, language))
            print_text()
        for risk in RISKS:
            print_text(told[ranking.service][risk])
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
        print_table(words["refused"], _REFUSED_HEADER[language], rows)


def _show_rest(found: WhatHelps, folder: Path, language: str, name: str) -> None:
    """Print where the files are and what to do next."""
    from entraide.experiments.results import FEWEST_FOR_PROBABILITY

    words = words_for_designs(_WORDS[language], language)
    page = "".join(f"{each}, " for each in ("what-helps.html",) if (folder / each).exists())
    print_text(words["files"].format(folder=folder, page=page))
    print_text()
    print_text(words["next"])
    best = found.rankings[0].ranked("continuity")[0].candidate.name
    place = shlex.quote(str(folder / "baseline"))
    source = source_option(found.plan.request.parameters_from)
    spoken = language_option(language)
    enough = enough_replicates_option(found.plan.request.scenario.replicates)
    if name and found.plan.request.replicates < FEWEST_FOR_PROBABILITY:
        print_text(f"  entraide run {shlex.quote(name)} --what-helps{source}{enough}{spoken}\n      {words['more']}")
    measure = shlex.quote(str(folder / "measures" / best))
    print_text(f"  entraide compare {place} {measure}{spoken}\n      {words['compare']}")
    if name:
        print_text(f"  entraide run {shlex.quote(name)} --measure {best}{source}{spoken}\n      {words['with']}")
