"""The command that finds the least participation, and the most adversaries, that a design bears."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from entraide.model.fault_words import UNKNOWN_SERVICE

from .chosen import chosen_scenario
from .console import print_json, print_text, told_in_one_line
from .options import Changes, Days, Json, Language, LanguageName, Replicates, Seed, Territory, Threads

__all__ = ["break_even"]

# The search runs a design a dozen times: few replicates of each are enough for a mean.
_REPLICATES = 5
_STAGES = {
    "en": {"participation": "Participation: ", "adversaries": "Adversaries: "},
    "fr": {"participation": "Participation\u202f: ", "adversaries": "Malveillants\u202f: "},
}
_NOTHING_FINISHED = {
    "en": "nothing is finished in the days simulated",
    "fr": "rien n'est achevé pendant les jours simulés",
}


@told_in_one_line
def break_even(
    scenario: Annotated[
        str, typer.Argument(help="Name of a scenario (`entraide scenarios list`) or path to a TOML file.")
    ] = "urban-reports",
    service: Annotated[
        str | None, typer.Option("--service", metavar="NAME", help="Which service.", show_default="the first one")
    ] = None,
    replicates: Replicates = None,
    days: Days = None,
    territory: Territory = None,
    seed: Seed = 0,
    threads: Threads = None,
    changes: Changes = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """Find the least participation at which the service reaches its norm, and the adversaries that it bears.

    Each is searched over a dozen designs, with 5 replicates of each unless --replicates says otherwise.
    """
    from entraide.experiments.runner import check_numbers
    from entraide.experiments.stress_refusals import NOTHING_JUDGED, Words
    from entraide.experiments.thresholds import adversary_harm
    from entraide.experiments.thresholds import break_even as search
    from entraide.model.errors import InputError, nearest_name
    from entraide.model.production import PRODUCTION_KINDS
    from entraide.scenarios.loader import parse_changes
    from entraide.viz.break_even_sentences import adversary_refusal, adversary_sentence, break_even_sentence

    from .progress import shown_progress

    wanted = _REPLICATES if replicates is None else replicates
    check_numbers(replicates=wanted, seed=seed, threads=threads)
    loaded, _ = chosen_scenario(scenario, parse_changes(changes or ()), days, territory)
    names = loaded.service_names
    if service is not None and service not in names:
        nearest = nearest_name(service, names)
        raise InputError(
            UNKNOWN_SERVICE,
            where="--service",
            value=service,
            allowed=", ".join(names),
            nearest=nearest,
        )
    place = 0 if service is None else names.index(service)
    specification = loaded.specification()
    kind = loaded.services[place].kind
    refused: Words | None = None if PRODUCTION_KINDS[kind].judged else NOTHING_JUDGED
    harm = None
    alike: Any = {"service": place, "replicates": wanted, "seed": seed, "threads": threads}
    with shown_progress(language.value) as bar:
        bar.name(_STAGES[language.value]["participation"])
        bar.stage("replicates")
        found = search(specification, **alike, progress=bar.progress)
        if refused is None:
            bar.name(_STAGES[language.value]["adversaries"])
            bar.stage("replicates")
            try:
                harm = adversary_harm(specification, **alike, progress=bar.progress)
            except InputError as fault:
                if "nothing is finished" not in fault.what:
                    raise
                refused = _NOTHING_FINISHED
    sentences = [break_even_sentence(found, kind, language.value)]
    if refused is not None:
        sentences.append(adversary_refusal(refused, language.value))
    elif harm is not None:
        sentences.append(adversary_sentence(harm, language.value))
    if as_json:
        document = {
            "scenario": loaded.name,
            "service": names[place],
            "break_even": asdict(found),
            "adversaries": None if harm is None else asdict(harm),
            "adversaries_refused": None if refused is None else dict(refused),
            "sentences": sentences,
        }
        print_json(document)
        return
    for sentence in sentences:
        print_text(sentence)
