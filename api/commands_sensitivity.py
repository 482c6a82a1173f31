"""The command that says what a study's outputs go with."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .commands_sweep import Cluster, Dask, Workers
from .console import print_json, print_table, print_text, told_in_one_line
from .options import Days, Json, Language, LanguageName
from .studies_asked import Hands, asked_study, swept, write_figures

if TYPE_CHECKING:
    from entraide.experiments.analysis.sensitivity import Sensitivity
    from entraide.experiments.analysis.study_runs import StudyRuns

__all__ = ["ScenarioName", "StudyOrFolder", "StudyOut", "StudyReplicates", "sensitivity", "sensitivity_documents"]

StudyOrFolder = Annotated[
    str,
    typer.Argument(
        metavar="STUDY|FOLDER",
        help="Folder of a sweep; or a study (`entraide sweep --list`, or a TOML file), which is swept first.",
        show_default=False,
    ),
]
StudyReplicates = Annotated[
    int | None,
    typer.Option("--replicates", "-n", metavar="NUMBER", show_default="the study's", help="Runs of each setting."),
]
ScenarioName = Annotated[
    str | None,
    typer.Option("--scenario", metavar="NAME", show_default="the first", help="Which scenario of the study."),
]
StudyOut = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        show_default="sensitivity/ or robust/ in the sweep's folder; entraide-out/NAME-1, -2, ... for a study",
        help="Folder to write to: of the analysis for a sweep's folder, of the sweep for a study.",
    ),
]

_WORDS = {
    "en": {
        "title": "{output}: {kind}, {samples} samples of {factors} factors, {runs} simulations",
        "lever": "Levers",
        "assumption": "Assumptions",
        "files": "Files in {folder}: sensitivity.csv, sensitivity.parquet, and figures as PNG and SVG",
        "nothing": "Nothing of the study varies in the margins and the cost.",
    },
    "fr": {
        "title": "{output} : {kind}, {samples} échantillons de {factors} facteurs, {runs} simulations",
        "lever": "Leviers",
        "assumption": "Hypothèses",
        "files": "Fichiers dans {folder} : sensitivity.csv, sensitivity.parquet, et les figures en PNG et SVG",
        "nothing": "Rien, dans l'étude, ne fait varier les écarts aux normes ni le coût.",
    },
}


@told_in_one_line
def sensitivity(
    study: StudyOrFolder,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            metavar="MEASURE",
            show_default="the margins of the three risks, and the cost",
            help="What to explain: a column of the table of runs, or a measure of the first service; may be given "
            "several times.",
        ),
    ] = None,
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
    """Say what the outputs of a study go with: Morris's screening or Sobol's shares of variance, with intervals.

    Levers, which the administration decides, stand apart from assumptions, which nobody knows.
    """
    from entraide.experiments.analysis.sensitivity import check_design, sensitivity_of
    from entraide.experiments.analysis.study_runs import check_names, study_runs
    from entraide.experiments.analysis.tables import write_sensitivity_table
    from entraide.experiments.batch.study import Study

    asked = asked_study(study, replicates, days)
    # A study without indices is told before it is swept for hours.
    check_design(asked if isinstance(asked, Study) else asked.study)
    is_study = isinstance(asked, Study)
    check_names(asked if isinstance(asked, Study) else asked.study, scenario, outputs or ())
    store = swept(
        asked, out if is_study else None, Hands(workers, dask, cluster), language.value, f"entraide sweep {study}"
    )
    runs = study_runs(store, scenario)
    names = [runs.output(name) for name in outputs] if outputs else list(runs.headline_outputs())
    found = [sensitivity_of(runs, name) for name in names]
    folder = store.path / "sensitivity" if out is None or is_study else out
    write_sensitivity_table(found, folder, runs.about)
    figures = [] if no_figures else _figures(found, runs, folder, language.value)
    if as_json:
        print_json(
            {
                "study": runs.study.name,
                "scenario": runs.scenario.name,
                "sweep": str(store.path),
                "folder": str(folder),
                "figures": figures,
                "outputs": sensitivity_documents(found),
            }
        )
        return
    _show(found, runs, folder, language.value)


def _figures(found: list[Sensitivity], runs: StudyRuns, folder: Path, language: str) -> list[str]:
    from entraide.viz.sensitivity_figures import sensitivity_figure

    drawn = [figure for each in found if (figure := sensitivity_figure(each, language)) is not None]
    return write_figures(drawn, folder, runs, language)


def _show(found: list[Sensitivity], runs: StudyRuns, folder: Path, language: str) -> None:
    from entraide.viz.locales import localised, number
    from entraide.viz.sensitivity_sentences import sensitivity_header, sensitivity_rows, sensitivity_sentences
    from entraide.viz.study_words import output_name

    words = {key: localised(text, language) for key, text in _WORDS[language].items()}
    if not found:
        print_text(words["nothing"])
    for each in found:
        name = output_name(each.output, language)
        title = words["title"].format(
            output=name[:1].upper() + name[1:],
            kind=each.kind.capitalize(),
            samples=number(each.samples, language),
            factors=number(len(runs.factors), language),
            runs=number(runs.finished, language),
        )
        print_text(title)
        for sentence in sensitivity_sentences(each, language):
            print_text("  " + sentence)
        for kind in ("lever", "assumption"):
            rows = sensitivity_rows(each, kind, language)
            if rows:
                print_table(words[kind], sensitivity_header(each, language), rows)
    print_text(words["files"].format(folder=shlex.quote(str(folder))))


def sensitivity_documents(found: list[Sensitivity]) -> list[dict[str, Any]]:
    """Return indices as JSON documents, with their sentences in every language."""
    from entraide.experiments.analysis.sensitivity import SobolIndex
    from entraide.viz.locales import LANGUAGES
    from entraide.viz.sensitivity_sentences import sensitivity_sentences

    def index(found: Any) -> dict[str, Any]:
        return {"value": found.value, "interval": [found.interval.low, found.interval.high]}

    documents = []
    for each in found:
        factors = []
        for entry in each.ranked:
            told: dict[str, Any] = {"factor": entry.factor.key, "kind": entry.factor.kind}
            if isinstance(entry, SobolIndex):
                told |= {
                    "first_order": index(entry.first),
                    "total_order": index(entry.total),
                    "total_order_of_half": None if entry.half_total is None else entry.half_total.value,
                }
            else:
                told |= {"mu": entry.mean, "mu_star": index(entry.size), "sigma": index(entry.spread)}
            factors.append(told)
        documents.append(
            {
                "output": each.output,
                "unit": each.unit,
                "design": each.kind,
                "samples": each.samples,
                "left_out": each.left_out,
                "mean": each.mean,
                "standard_deviation": each.deviation,
                "chance": None
                if each.chance is None
                else {
                    "of_means": each.chance.of_means,
                    "of_runs": each.chance.of_runs,
                    "replicates": each.chance.replicates,
                },
                "stable": each.stable,
                "factors": factors,
                "sentences": {language: list(sensitivity_sentences(each, language)) for language in LANGUAGES},
            }
        )
    return documents
