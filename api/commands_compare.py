"""The command that compares two designs on the same random numbers."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .chosen import chosen_scenario
from .console import print_json, print_text, told_in_one_line
from .designs_tried import interruption_told
from .options import (
    Changes,
    Days,
    Json,
    Language,
    LanguageName,
    Measures,
    NoReport,
    Out,
    Quick,
    Replicates,
    Territory,
    Threads,
    replicates_of,
)

if TYPE_CHECKING:
    from entraide.experiments.output import Request
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
        "more": "would tell what cannot be told yet about the three risks",
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
        "more": "trancherait ce qui ne peut pas encore l'être sur les trois risques",
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
    asked = _Asked(replicates, quick, days, seed, territory)
    moved = Moved(parse_changes(changes or ()), tuple(measures or ()))
    baseline, changed = _sides(first, second, moved, asked)
    for side in (baseline, changed):
        if not isinstance(side, Path):
            side.scenario.specification()
    folder = next_folder(f"compare-{Path(first).stem}") if out is None else out
    pair = PairedRuns.create(folder, baseline, changed)
    again = ""
    if not isinstance(baseline, Path) and not isinstance(changed, Path):
        words = ["entraide", "compare", first, *filter(None, [second])]
        words += [word for text in changes or () for word in ("--set", text)]
        words += [word for name in measures or () for word in ("--measure", name)]
        words += [] if days is None else ["--days", str(days)]
        words += [] if territory is None else ["--territory", territory]
        again = shlex.join(words)
    _carry_out(pair, threads, language.value, as_json, report=not no_report, again=again)


class _Asked:
    """The numbers asked for on the command line; None where nothing was."""

    def __init__(
        self, replicates: int | None, quick: bool, days: int | None, seed: int | None, territory: str | None
    ) -> None:
        from entraide.experiments.runner import check_numbers

        self.given = replicates is not None or quick or days is not None or seed is not None or territory
        self.replicates = replicates_of(replicates, quick)
        self.days, self.seed, self.territory = days, 0 if seed is None else seed, territory
        check_numbers(replicates=self.replicates, seed=self.seed)


@dataclass(frozen=True)
class Moved:
    """What was asked to be changed: parameters by key, then named measures on top of them."""

    changes: dict[str, Value]
    measures: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.measures)


_NOTHING = Moved({})


def _sides(first: str, second: str | None, moved: Moved, asked: _Asked) -> tuple[Request | Path, Request | Path]:
    """Return both sides: what to simulate, or the folder of what was."""
    from entraide.experiments.paired_runs import changed_request, is_run_folder
    from entraide.experiments.runs import load_result
    from entraide.model.errors import InputError

    folders = [None if side is None or not is_run_folder(Path(side)) else Path(side) for side in (first, second)]
    for folder in folders:
        if folder is not None:
            load_result(folder)
    if any(folders) and asked.given:
        raise InputError(
            "a finished run sets replicates, days, territory and seed",
            where="compare",
            value=str(next(filter(None, folders))),
            remedy="Leave --replicates, --quick, --days, --territory and --seed out, or give the scenario instead",
        )
    if second is None:
        if not moved:
            raise InputError(
                "there is nothing to compare with",
                where="compare",
                remedy="Add --set key=value, --measure NAME, or a second scenario or folder",
            )
        if folders[0] is not None:
            return folders[0], changed_request(folders[0], moved.changes, moved.measures)
        return _request(first, _NOTHING, asked), _request(first, moved, asked)
    if any(folders) and moved:
        raise InputError(
            "a finished run cannot be changed",
            where="--set" if moved.changes else "--measure",
            remedy="Give one folder and --set or --measure alone: the changed design is then run and compared with it",
        )
    if folders[0] is not None or folders[1] is not None:
        like = folders[0] or folders[1]
        assert like is not None
        sides = [
            folder if folder is not None else _like(like, text)
            for folder, text in zip(folders, (first, second), strict=True)
        ]
        return sides[0], sides[1]
    return _request(first, moved, asked), _request(second, moved, asked)


def _request(name: str, moved: Moved, asked: _Asked) -> Request:
    from entraide.experiments.output import Request

    scenario, own_file = chosen_scenario(name, moved.changes, asked.days, asked.territory, moved.measures)
    return Request(scenario, asked.replicates, asked.seed, own_file=own_file)


def _like(folder: Path, name: str) -> Request:
    """Return a scenario with the replicates, days and seed of a run."""
    from entraide.experiments.draws import draws_for
    from entraide.experiments.output import Request, RunFolder

    there = RunFolder.open(folder).request
    scenario, own_file = chosen_scenario(name, days=there.scenario.days)
    draws = draws_for(scenario, there.replicates, there.parameters_from)
    return Request(scenario, there.replicates, there.seed, own_file=own_file, draws=draws)


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
            Conduct(threads, bar.progress, bar.stage, finish=finisher(report=False)),
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
    from entraide.viz.sentences import comparison_verdict

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
    from entraide.model.risk import RISKS

    words = _words(language)
    first, second = (str(place) for place in pair.places)
    drawn = "".join(f"{name}, " for name in ("comparison.html", "figures/") if (pair.path / name).exists())
    print_text(words["files"].format(folder=pair.path, drawn=drawn, first=first, second=second))
    print_text()
    print_text(words["next"])
    enough = max((compared.comparison.of(risk).enough_pairs or 0 for risk in RISKS), default=0)
    if again and enough:
        print_text(f"  {again} --replicates {10 * math.ceil(enough / 10)}\n      {words['more']}")
    print_text(f"  entraide report {shlex.quote(second)}\n      {words['draw']}")


def _words(language: str) -> dict[str, str]:
    from entraide.viz.locales import localised

    return {key: localised(text, language) for key, text in _WORDS[language].items() if isinstance(text, str)}


def _beliefs(compared: ResultComparison) -> list[str]:
    """Return the parameters that differ and are assumptions about the world."""
    from entraide.scenarios.declarations import ALL

    return [key for key in compared.moved if ALL[key.split(".")[-1]].kind in ("assumption", "constant")]


def _shown(value: Value | None) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
