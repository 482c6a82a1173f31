"""The command that says which designs of a study hold their norms, and what breaks them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .commands_sensitivity import ScenarioName, StudyOrFolder, StudyOut, StudyReplicates
from .commands_sweep import Cluster, Dask, Workers
from .console import INTERRUPTED, print_json, print_table, print_text, say, told_in_one_line
from .options import Days, Json, Language, LanguageName
from .robust_document import robust_document
from .studies_asked import Hands, asked_study, shown, swept, write_figures

if TYPE_CHECKING:
    from entraide.experiments.analysis.robust_study import RobustStudy
    from entraide.experiments.analysis.search import SearchEnd
    from entraide.experiments.batch.study import Study

__all__ = ["robust"]

_WORDS = {
    "en": {
        "title": "{study}: {designs} designs under {states} sets of assumptions, {runs} simulations",
        "search": "{evaluated} designs were looked at ({simulated} simulated now); {members} are not dominated on the "
        "three risks and the cost. pareto.csv holds all of them; those that follow are the front's.",
        "interrupted": "entraide: interrupted. What is simulated is kept in {folder}. Go on with: the same command and "
        "--out {folder}",
        "files": "Files in {folder}: designs, differences, breaking, information and spread as .csv and .parquet, and "
        "figures as PNG and SVG",
    },
    "fr": {
        "title": "{study} : {designs} dispositifs sous {states} jeux d'hypothèses, {runs} simulations",
        "search": "{evaluated} dispositifs ont été examinés (dont {simulated} simulés cette fois-ci) ; {members} ne "
        "sont pas dominés sur les trois risques et le coût. pareto.csv les contient tous ; ceux qui suivent sont ceux "
        "du front.",
        "interrupted": "entraide : interrompu. Ce qui est simulé est gardé dans {folder}. Pour reprendre : la même "
        "commande avec --out {folder}",
        "files": "Fichiers dans {folder} : designs, differences, breaking, information et spread en .csv et .parquet, "
        "et les figures en PNG et SVG",
    },
}


@told_in_one_line
def robust(
    study: StudyOrFolder,
    holds_in: Annotated[
        float,
        typer.Option(
            "--holds-in",
            metavar="SHARE",
            help="Share of the assumed sets, 0 to 1, under which a design must hold all its norms.",
        ),
    ] = 0.8,
    reference: Annotated[
        int | None,
        typer.Option(
            "--reference",
            metavar="DESIGN",
            show_default="the scenario as it is, else design 1",
            help="Number of the design that the others are compared with.",
        ),
    ] = None,
    price: Annotated[
        float | None,
        typer.Option(
            "--price",
            metavar="EUR",
            show_default="none",
            help="What a year with a broken norm is worth: the value of information is then told in euros as well.",
        ),
    ] = None,
    search: Annotated[
        int | None,
        typer.Option(
            "--search",
            metavar="GENERATIONS",
            show_default="none",
            help="Search the levers of a study for designs that no other dominates on the three risks and the cost "
            "(NSGA-II), then judge those. Interrupted, the same command with --out goes on.",
        ),
    ] = None,
    population: Annotated[
        int, typer.Option("--population", metavar="DESIGNS", help="Designs of each generation of the search.")
    ] = 12,
    scenario: ScenarioName = None,
    replicates: StudyReplicates = None,
    days: Days = None,
    workers: Workers = None,
    dask: Dask = None,
    cluster: Cluster = None,
    out: StudyOut = None,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Write tables only.")] = False,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """Say which designs hold their norms whatever is assumed, what breaks the others, and what to find out first."""
    from entraide.experiments.analysis.designs import check_crossed
    from entraide.experiments.analysis.robust_study import check_asked, robust_study
    from entraide.experiments.analysis.study_runs import check_names, study_runs
    from entraide.experiments.analysis.tables import write_robust_tables
    from entraide.experiments.batch.store import Store
    from entraide.model.errors import InputError

    asked = asked_study(study, replicates, days)
    # What cannot be judged is told before it is swept for hours.
    check_asked(holds_in, price)
    wanted = asked.study if isinstance(asked, Store) else asked
    check_names(wanted, scenario)
    if search is None:
        check_crossed(wanted, reference)
    hands = Hands(workers, dask, cluster)
    found_front = None
    if search is not None:
        if isinstance(asked, Store):
            raise InputError(
                "needs a study, not the folder of a sweep",
                where="--search",
                value=study,
                remedy=f"Name the study: entraide robust {asked.study.name} --search {search}",
            )
        found_front = _searched(asked, search, population, out, hands, language.value)
        store = found_front.front
    else:
        store = swept(
            asked, None if isinstance(asked, Store) else out, hands, language.value, f"entraide sweep {study}"
        )
    runs = study_runs(store, scenario)
    found = robust_study(runs, holds_in=holds_in, reference=reference, price=price)
    folder = out if out is not None and isinstance(asked, Store) else store.path / "robust"
    write_robust_tables(found, folder, runs.about)
    if found_front is not None:
        from entraide.experiments.analysis.tables import write_pareto_table

        write_pareto_table(found_front.found, {"cost": "EUR"}, folder, runs.about)
    figures = [] if no_figures else _figures(found, folder, language.value)
    if as_json:
        print_json(
            {
                "study": runs.study.name,
                "scenario": runs.scenario.name,
                "sweep": str(store.path),
                "folder": str(folder),
                "figures": figures,
                **robust_document(found, found_front),
            }
        )
        return
    _show(found, found_front, folder, language.value)


def _searched(
    study: Study, generations: int, population: int, out: Path | None, hands: Hands, language: str
) -> SearchEnd:
    from entraide.experiments.analysis.search import search_study
    from entraide.experiments.output import next_folder
    from entraide.viz.locales import localised

    folder = next_folder(f"{study.name}-search") if out is None else out
    try:
        with shown(language) as conduct:
            return search_study(
                study, folder, hands.begin(study), population=population, generations=generations, conduct=conduct
            )
    except KeyboardInterrupt:
        say(localised(_WORDS[language]["interrupted"], language).format(folder=shlex.quote(str(folder))))
        raise typer.Exit(INTERRUPTED) from None


def _figures(found: RobustStudy, folder: Path, language: str) -> list[str]:
    from entraide.viz.robust_figures import robust_figures

    return write_figures(robust_figures(found, language), folder, found.designs.runs, language)


def _show(found: RobustStudy, search: SearchEnd | None, folder: Path, language: str) -> None:
    from entraide.viz.locales import localised, number
    from entraide.viz.robust_sentences import robust_header, robust_rows, robust_sentences

    words: dict[str, Any] = {key: localised(text, language) for key, text in _WORDS[language].items()}
    runs = found.designs.runs
    if search is not None:
        print_text(
            words["search"].format(
                evaluated=number(len(search.found.evaluated), language),
                simulated=number(search.found.simulated, language),
                members=number(len(search.found.members), language),
            )
        )
        print_text()
    title = words["title"].format(
        study=runs.study.name,
        designs=number(len(found.robustness.designs), language),
        states=number(found.robustness.states, language),
        runs=number(runs.finished, language),
    )
    print_text(title)
    print_text()
    for sentence in robust_sentences(found, language):
        print_text("  " + sentence)
    print_table("", robust_header(found, language), robust_rows(found, language))
    print_text(words["files"].format(folder=shlex.quote(str(folder))))
