"""The command that compares two designs on the same random numbers."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .compared_sides import Asked, Moved, both_sides
from .console import print_json, print_text, told_in_one_line
from .designs_tried import interruption_told
from .interruption import say_notice
from .options import (
    DEFAULT_SOURCE,
    Changes,
    Days,
    Json,
    Language,
    LanguageName,
    Measures,
    NoReport,
    Out,
    ParametersFrom,
    Quick,
    Replicates,
    Territory,
    Threads,
    language_option,
)

if TYPE_CHECKING:
    from entraide.experiments.comparison import Comparison
    from entraide.experiments.paired_runs import PairedRuns
    from entraide.experiments.result_comparison import ResultComparison
    from entraide.model.parameters import Value

__all__ = ["compare", "resume_comparison"]

COMPARISON_FILE = "comparison.json"

_WORDS = {
    "en": {
        "sides": {"baseline": "baseline", "changed": "changed"},
        "moved": "{key}: {new} instead of {old}",
        "belief": "{keys}: an assumption about the world was changed, not a choice of design: the difference tells "
        "how much the result depends on it.",
        "only": ("event of the baseline alone: {event}", "event of the changed design alone: {event}"),
        "same": "The two designs have the same values and the same events: nothing was changed.",
        "files": "Files in {folder}: {drawn}comparison.json, and the two runs: {first}, {second}",
        "year": "year {year}",
        "next": "Next:",
        "more": "would tell what cannot be told yet about {risks}",
        "risks": {"continuity": "continuity", "quality": "quality", "universality": "universality"},
        "draw": "the report of the changed design",
    },
    "fr": {
        "sides": {"baseline": "référence", "changed": "modifié"},
        "moved": "{key} : {new} au lieu de {old}",
        "belief": "{keys} : c'est une hypothèse sur le monde qui a changé, non un choix de conception ; l'écart dit "
        "combien le résultat en dépend.",
        "only": ("événement de la référence seule : {event}", "événement du dispositif modifié seul : {event}"),
        "same": "Les deux dispositifs ont les mêmes valeurs et les mêmes événements : rien n'a changé.",
        "files": "Fichiers dans {folder} : {drawn}comparison.json, et les deux simulations : {first}, {second}",
        "year": "année {year}",
        "next": "Ensuite :",
        "more": "trancherait ce qui reste ouvert sur {risks}",
        "risks": {"continuity": "la continuité", "quality": "la qualité", "universality": "l'égalité"},
        "draw": "le rapport du dispositif modifié",
    },
}


@told_in_one_line
def compare(
    first: Annotated[
        str,
        typer.Argument(metavar="BASELINE", help="Scenario (name or TOML file), or folder of a run: the baseline."),
    ],
    second: Annotated[
        str | None,
        typer.Argument(
            metavar="CHANGED",
            help="Scenario, or folder of a run, to compare with it.",
            show_default="the baseline with --set",
        ),
    ] = None,
    replicates: Replicates = None,
    quick: Quick = False,
    days: Days = None,
    territory: Territory = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="NUMBER",
            show_default="0",
            help="Fixes chance, the same for both designs.",
            rich_help_panel="What is simulated",
        ),
    ] = None,
    threads: Threads = None,
    changes: Changes = None,
    measures: Measures = None,
    parameters: Annotated[
        ParametersFrom | None,
        typer.Option(
            "--parameters",
            show_default=DEFAULT_SOURCE.value,
            help="Where values come from that nothing states, the same for both designs: ensemble, draws of what data "
            "leave open, replicate r of both taking the same; preset, the most typical draw alone.",
            rich_help_panel="What is simulated",
        ),
    ] = None,
    out: Out = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
    no_report: NoReport = False,
) -> None:
    """Compare two designs on the same chance: better, worse, no difference that matters, or cannot tell.

    With one scenario, --set and --measure make the changed design. With two, they change both.
    """
    from entraide.experiments.output import next_folder
    from entraide.experiments.paired_runs import PairedRuns
    from entraide.experiments.runner import check_numbers
    from entraide.scenarios.loader import parse_changes

    check_numbers(threads=threads)
    asked = Asked(replicates, quick, days, seed, territory, parameters)
    moved = Moved(parse_changes(changes or ()), tuple(measures or ()))
    baseline, changed = both_sides(first, second, moved, asked)
    for side in (baseline, changed):
        if not isinstance(side, Path):
            side.specifications()
    folder = next_folder(f"compare-{Path(first).stem}") if out is None else out
    pair = PairedRuns.create(folder, baseline, changed)
    again = ""
    if not isinstance(baseline, Path) and not isinstance(changed, Path):
        words = ["entraide", "compare", first, *filter(None, [second])]
        words += [word for text in changes or () for word in ("--set", text)]
        words += [word for name in measures or () for word in ("--measure", name)]
        words += [] if days is None else ["--days", str(days)]
        words += [] if territory is None else ["--territory", territory]
        words += [] if parameters is None else ["--parameters", parameters.value]
        again = shlex.join(words)
    _carry_out(pair, threads, language.value, as_json, report=not no_report, again=again)


def resume_comparison(
    folder: PairedRuns, threads: int | None, language: str, as_json: bool, *, report: bool = True
) -> None:
    """Go on with a comparison that was interrupted."""
    _carry_out(folder, threads, language, as_json, report=report)


def _carry_out(
    pair: PairedRuns, threads: int | None, language: str, as_json: bool, *, report: bool, again: str = ""
) -> None:
    from entraide.experiments.files import write_json
    from entraide.experiments.runs import Conduct

    from .progress import shown_progress
    from .reporting import finisher

    with interruption_told(pair.path), shown_progress(language) as bar:
        found = pair.carry_out(
            Conduct(
                threads, bar.progress, bar.stage, finish=finisher(report=False), notice=partial(say_notice, language)
            ),
            lambda side: bar.name(f"{_WORDS[language]['sides'][side]}: "),  # type: ignore[index]
        )
    write_json(pair.path / COMPARISON_FILE, _document(found))
    if not as_json:
        _show_verdicts(found, language)
    if report:
        from entraide.viz.report import write_comparison_report

        write_comparison_report(found[0], pair.path, language)
    _show_rest(found, pair, language, as_json, again)


def _document(found: tuple[ResultComparison, ...], language: str | None = None) -> dict[str, Any]:
    """Return the comparison of the first service, with the others beside it."""
    from .documents import comparison_document

    document = comparison_document(found[0], language)
    if len(found) > 1:
        document["other_services"] = {other.service: comparison_document(other, language) for other in found[1:]}
    return document


def _show_verdicts(found: tuple[ResultComparison, ...], language: str) -> None:
    """Print what differs between the two designs, and the verdict on each service."""
    from entraide.viz.event_sentences import event_text
    from entraide.viz.locales import localised
    from entraide.viz.pair_words import pair_notes
    from entraide.viz.sentences import comparison_verdict
    from entraide.viz.span_notes import span_notes

    compared = found[0]
    words = _words(language)
    print_text(f"{compared.comparison.candidate} / {compared.comparison.baseline}")
    for key, (old, new) in compared.moved.items():
        print_text("  " + words["moved"].format(key=key, old=_shown(old), new=_shown(new)))
    for text, events in zip(_WORDS[language]["only"], compared.events, strict=True):
        for event in events:
            told = event_text(event, compared.baseline.specification.start, language)
            print_text("  " + localised(text, language).format(event=told))
    if not compared.moved and not any(compared.events):
        print_text("  " + words["same"])
    beliefs = _beliefs(compared)
    if beliefs:
        print_text("  " + words["belief"].format(keys=", ".join(beliefs)))
    print_text()
    for note in span_notes(compared.candidate.replicates, compared.candidate.specification.days, language):
        print_text("  " + note)
    for note in pair_notes((compared.baseline, compared.candidate), language):
        print_text("  " + note)
    print_text()
    for each in found:
        heading = []
        if len(found) > 1:
            service = each.baseline.specification.services[each.baseline.place_of(each.service)]
            heading.append(localised(service.title.get(language) or service.name, language))
        if each.baseline.years > 1:
            heading.append(words["year"].format(year=each.year + 1))
        if heading:
            print_text(", ".join(heading))
        print_text(comparison_verdict(each, language))
        print_text()


def _show_rest(found: tuple[ResultComparison, ...], pair: PairedRuns, language: str, as_json: bool, again: str) -> None:
    """Print where the files are and what to do next; or everything as one JSON document."""
    compared = found[0]
    if as_json:
        document = _document(found, language)
        document["provenance"] = {
            "baseline": dict(compared.baseline.provenance),
            "candidate": dict(compared.candidate.provenance),
        }
        document["files"] = {
            "comparison": str(pair.path / COMPARISON_FILE),
            "baseline": str(pair.places[0]),
            "candidate": str(pair.places[1]),
        }
        print_json(document)
        return
    words = _words(language)
    first, second = (str(place) for place in pair.places)
    drawn = "".join(f"{name}, " for name in ("comparison.html", "figures/") if (pair.path / name).exists())
    print_text(words["files"].format(folder=pair.path, drawn=drawn, first=first, second=second))
    print_text()
    print_text(words["next"])
    number, what = _more_replicates(compared.comparison, language)
    spoken = language_option(language)
    if again and number:
        print_text(f"  {again} --replicates {number}{spoken}\n      {what}")
    print_text(f"  entraide report {shlex.quote(second)}{spoken}\n      {words['draw']}")


def _more_replicates(comparison: Comparison, language: str) -> tuple[int, str]:
    """Return the replicates that would tell what some can, and about which risks; 0 where no number would."""
    from entraide.model.risk import RISKS
    from entraide.viz.how_many import that_would_tell
    from entraide.viz.locales import joined, localised

    enough = {risk: comparison.of(risk).enough_pairs for risk in RISKS}
    told = [number for number in enough.values() if number]
    if not told:
        return 0, ""
    words: Any = _WORDS[language]
    names = joined([words["risks"][risk] for risk in RISKS if enough[risk]], language)
    return that_would_tell(max(told)), localised(words["more"].format(risks=names), language)


def _words(language: str) -> dict[str, str]:
    from entraide.viz.locales import localised

    return {key: localised(text, language) for key, text in _WORDS[language].items() if isinstance(text, str)}


def _beliefs(compared: ResultComparison) -> list[str]:
    """Return the parameters that differ and are assumptions about the world."""
    from entraide.scenarios.declarations import ALL

    return [key for key in compared.moved if ALL[key.split(".")[-1]].kind in ("assumption", "constant")]


def _shown(value: Value | None) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
