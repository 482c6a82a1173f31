"""The command that holds the model against data on real contributions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import print_table, print_text, say, told_in_one_line
from .options import Json, Language, LanguageName, Seed, Threads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide.experiments.evidence.evaluate import CaseResult

__all__ = ["evidence"]

# More titles than this would push the figures off the screen.
_FEW = 8
_WORDS = {
    "en": {
        "title": "{cases}, {seeds} each: the model against what real projects did",
        "not_run": "Not run",
        "missed": "entraide: {missed} figures that must hold are missed (of {all}): {names}",
        "missed_one": "entraide: {missed} figure that must hold is missed (of {all}): {names}",
        "why": ("case", "why"),
        "no_value": "Missed for want of a value",
        "why_no_value": ("figure", "why"),
    },
    "fr": {
        "title": "{cases}, {seeds} chacun : le modèle face à ce qu'ont fait de vrais projets",
        "not_run": "Non simulés",
        "missed": "entraide : {missed} chiffres exigés (sur {all}) sont manqués : {names}",
        "missed_one": "entraide : {missed} chiffre exigé (sur {all}) est manqué : {names}",
        "why": ("cas", "pourquoi"),
        "no_value": "Manqués faute de valeur",
        "why_no_value": ("chiffre", "pourquoi"),
    },
}
_CASES = {"en": ("case", "cases"), "fr": ("cas", "cas")}


@told_in_one_line
def evidence(
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases",
            metavar="PLACE",
            show_default="those of the project",
            help="Folder of case files, or one file: docs/reference/evidence.md says how to write one.",
            rich_help_panel="What is simulated",
        ),
    ] = None,
    ids: Annotated[
        str | None,
        typer.Option(
            "--ids",
            metavar="ID,ID",
            show_default="all",
            help="Only these cases; C4 also takes C4a, C4b, ...",
            rich_help_panel="What is simulated",
        ),
    ] = None,
    required: Annotated[
        bool,
        typer.Option(
            "--required",
            help="Only cases with figures that must hold: the quick check, less than a minute.",
            rich_help_panel="What is simulated",
        ),
    ] = False,
    seeds: Annotated[
        int,
        typer.Option(
            "--seeds",
            metavar="NUMBER",
            help="Simulations of each case, each with its own chance and its own draw of the class's parameters.",
            rich_help_panel="What is simulated",
        ),
    ] = 20,
    seed: Seed = 0,
    threads: Threads = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """Hold the model against data on real contributions; ends with code 1 if a figure that must hold does not."""
    from entraide.experiments.evidence.case import load_cases
    from entraide.experiments.evidence.evaluate import evaluate
    from entraide.experiments.evidence.summary import evidence_rows, placed_targets, summarise
    from entraide.experiments.runner import check_numbers
    from entraide.model.errors import InputError
    from entraide.viz.locales import is_plural, localised

    from .progress import shown_progress

    try:
        check_numbers(replicates=seeds)
    except InputError as fault:
        raise fault.at("--seeds") from None
    chosen = load_cases(cases, None if ids is None else [each for each in ids.split(",") if each.strip()])
    if required:
        chosen = tuple(case for case in chosen if any(target.required for target in case.targets))
    if not chosen:
        raise InputError(
            "no case with a figure that must hold",
            where="--required",
            remedy="Leave it out to simulate all cases, or mark a target with required = true",
        )
    with shown_progress(language.value, tenths=True) as bar:
        bar.stage("replicates")
        found = evaluate(chosen, seeds=seeds, first=seed, threads=threads, progress=bar.progress)
    if as_json:
        print(json.dumps(evidence_rows(found), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(found, seeds, language.value)
    summary = summarise(found)
    if not summary.passed:
        words = _WORDS[language.value]
        missed = [
            f"{result.case.id} {each.target.name}"
            for result, each in placed_targets(found)
            if each.target.required and not each.passed
        ]
        text = str(words["missed" if is_plural(len(missed), language.value) else "missed_one"])
        names = ", ".join(missed)
        say(localised(text.format(missed=len(missed), all=summary.must_hold.all, names=names), language.value))
        raise typer.Exit(1)


def _show(found: Sequence[CaseResult], seeds: int, language: str) -> None:
    from entraide.experiments.evidence.summary import summarise
    from entraide.viz.evidence_sentences import count_sentence, meaning_sentence
    from entraide.viz.evidence_tables import (
        case_titles,
        evidence_caption,
        evidence_header,
        evidence_table_rows,
        reasons_not_run,
        reasons_without_value,
        roles_present,
    )
    from entraide.viz.locales import counted, localised

    words = _WORDS[language]
    title = str(words["title"]).format(
        cases=counted(len(found), *_CASES[language], language),
        seeds=counted(seeds, "simulation", "simulations", language),
    )
    print_text(localised(title, language))
    if len(found) <= _FEW:
        for line in case_titles(found, language):
            print_text(f"  {line}")
    print_text()
    for role in roles_present(found):
        rows = evidence_table_rows(found, role, language)
        print_table(evidence_caption(role, language, found), evidence_header(language), rows)
        print_text()
    for title, header, reasons in (
        ("no_value", "why_no_value", reasons_without_value(found, language)),
        ("not_run", "why", reasons_not_run(found, language)),
    ):
        if reasons:
            print_table(str(words[title]), words[header], reasons)
            print_text()
    summary = summarise(found)
    print_text(count_sentence(summary, language))
    print_text(meaning_sentence(summary, language, seeds))
