"""The command that carries out a study of many runs, and how it goes on after a stop."""

from __future__ import annotations

import atexit
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .console import INTERRUPTED, print_json, print_table, print_text, say, told_in_one_line
from .interruption import say_notice
from .options import Days, Json, Language, LanguageName

if TYPE_CHECKING:
    from entraide.experiments.batch.executors import Pool
    from entraide.experiments.batch.store import Store
    from entraide.experiments.batch.sweep import SweepEnd

__all__ = ["SOME_FAILED", "Cluster", "Dask", "Workers", "begin_workers", "interruption_of", "resume_sweep", "sweep"]

# Exit code of a sweep that ended with all runs there, some of them failed.
SOME_FAILED = 3

_WHO = "Who runs it"
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="NUMBER",
        show_default="one a core, as many as memory holds",
        help="Processes of this machine. Results do not depend on it.",
        rich_help_panel=_WHO,
    ),
]
Dask = Annotated[
    int | None,
    typer.Option(
        "--dask",
        metavar="NUMBER",
        show_default="none",
        help="Instead, a Dask cluster of this machine with so many processes.",
        rich_help_panel=_WHO,
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        show_default="none",
        help="Instead, the Dask cluster at this address, e.g. tcp://host:8786.",
        rich_help_panel=_WHO,
    ),
]

_WORDS = {
    "en": {
        "done": "{runs} runs of {settings} settings are in {table}",
        "failed": "{failed} of {runs} runs failed; columns stage and message of {table} say where and why. The first: "
        "{stage}: {message}",
        "again": "`entraide resume {place}` tries those that failed again.",
        "read": "To read it: pandas.read_parquet({table!r}). settings.parquet holds the settings, provenance.json "
        "where figures come from.",
        "interrupted": "entraide: interrupted. {done} of {runs} runs are kept in {folder}. Go on with: entraide resume "
        "{place}",
        "nothing": "entraide: interrupted before anything was done.",
        "header": ("name", "question", "design", "levers", "assumptions", "runs"),
    },
    "fr": {
        "done": "{runs} simulations de {settings} réglages sont dans {table}",
        "failed": "{failed} simulations sur {runs} ont échoué ; les colonnes stage et message de {table} disent où et "
        "pourquoi. La première : {stage} : {message}",
        "again": "`entraide resume {place}` réessaie celles qui ont échoué.",
        "read": "Pour le lire : pandas.read_parquet({table!r}). settings.parquet contient les réglages, "
        "provenance.json l'origine des chiffres.",
        "interrupted": "entraide : interrompu. {done} simulations sur {runs} sont gardées dans {folder}. Pour "
        "reprendre : entraide resume {place}",
        "nothing": "entraide : interrompu avant que rien ne soit fait.",
        "header": ("nom", "question", "plan", "leviers", "hypothèses", "simulations"),
    },
}


@told_in_one_line
def sweep(
    study: Annotated[
        str | None,
        typer.Argument(help="Name of a study (`entraide sweep --list`) or path to a TOML file.", show_default=False),
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="List the studies that come with the package.")] = False,
    replicates: Annotated[
        int | None,
        typer.Option("--replicates", "-n", metavar="NUMBER", show_default="the study's", help="Runs of each setting."),
    ] = None,
    days: Days = None,
    workers: Workers = None,
    dask: Dask = None,
    cluster: Cluster = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            show_default="entraide-out/NAME-1, -2, ...",
            help="Folder to write to. The folder of the same study, begun before, is gone on with.",
        ),
    ] = None,
    language: Language = LanguageName.en,
    as_json: Json = False,
) -> None:
    """Carry out a study of many runs: scenarios x levers x assumptions x replicates, into one table."""
    from entraide.experiments.batch.study import load_study
    from entraide.experiments.batch.sweep import begin_sweep
    from entraide.experiments.output import next_folder
    from entraide.model.errors import InputError

    if list_them:
        _list(language.value, as_json)
        return
    if study is None:
        raise InputError("names no study", where="sweep", remedy="`entraide sweep --list` lists those of the package")
    loaded = load_study(study, replicates=replicates, days=days)
    begin = begin_workers(workers, dask, cluster, lambda: loaded)
    options = [("--replicates", replicates), ("--days", days)]
    chosen = " ".join(f"{name} {value}" for name, value in options if value is not None)
    from_package = loaded.path is not None and str(study) == loaded.path.stem
    command = f"entraide sweep {study if from_package else 'study.toml'} {chosen if from_package else ''}".strip()
    folder = next_folder(loaded.name) if out is None else out
    _carry_out(begin_sweep(loaded, folder, command), begin, language.value, as_json)


def resume_sweep(
    store: Store, workers: int | None, dask: int | None, cluster: str | None, language: str, as_json: bool
) -> None:
    """Go on with a sweep from what its folder holds; runs that failed are tried again."""
    _carry_out(store, begin_workers(workers, dask, cluster, lambda: store.study), language, as_json)


def begin_workers(
    workers: int | None, dask: int | None, cluster: str | None, study: Callable[[], Any]
) -> Callable[[], Pool]:
    """Return what begins the workers that the options ask for; what is wrong with them is told now.

    Raises
    ------
    InputError, MachineError : as ``executors.pool_of``; a number that cannot be used.
    """
    from entraide.experiments.batch.executors import pool_of
    from entraide.experiments.batch.needed import needed
    from entraide.experiments.batch.sweep import workers_that_fit
    from entraide.experiments.runner import MOST_THREADS
    from entraide.model.errors import InputError

    for name, value in (("--workers", workers), ("--dask", dask)):
        if value is not None and not 1 <= value <= MOST_THREADS:
            allowed = f"a whole number from 1 to {MOST_THREADS}"
            raise InputError("cannot be used", where=name, value=value, allowed=allowed)
    if cluster is not None or dask is not None:
        # A cluster that does not answer is told before a folder is made.
        pool = pool_of(workers, dask, cluster, 1)
        # Where nothing is left to run, or the folder is refused, nobody else ends it.
        atexit.register(pool.close, at_once=True)
        return lambda: pool
    needed("loky")
    return lambda: pool_of(None, None, None, workers_that_fit(study(), workers))


def _carry_out(store: Store, begin: Callable[[], Pool], language: str, as_json: bool) -> None:
    from entraide.experiments.batch.sweep import carry_out
    from entraide.experiments.conduct import Conduct

    from .progress import shown_progress

    words = {key: text for key, text in _WORDS[language].items() if isinstance(text, str)}
    place = shlex.quote(str(store.path))
    with interruption_of(store, language), shown_progress(language) as bar:
        end = carry_out(
            store,
            begin,
            Conduct(progress=bar.progress, stage=bar.stage, notice=partial(say_notice, language)),
        )
    if as_json:
        print_json(_document(end))
    else:
        _tell(end, words, language, place)
    if end.failed:
        raise typer.Exit(SOME_FAILED)


@contextmanager
def interruption_of(store: Store, language: str) -> Iterator[None]:
    """Say what is kept of a sweep, and how to go on, when what is done in the block is interrupted."""
    from entraide.viz.locales import localised, number

    words = _WORDS[language]
    try:
        yield
    except KeyboardInterrupt:
        status = store.status
        if "runs_done" in status:
            said = localised(str(words["interrupted"]), language).format(
                done=number(status["runs_done"], language),
                runs=number(status["runs_to_make"], language),
                folder=store.path,
                place=shlex.quote(str(store.path)),
            )
        else:
            said = localised(str(words["nothing"]), language)
        say(said)
        raise typer.Exit(INTERRUPTED) from None


def _tell(end: SweepEnd, words: dict[str, str], language: str, place: str) -> None:
    from entraide.viz.locales import localised, number
    from entraide.viz.span_notes import short_note

    where = {
        "runs": number(end.runs, language),
        "settings": number(len(end.store.first_alike), language),
        "failed": number(end.failed, language),
        "table": str(end.store.runs_path),
        "place": place,
    }
    words = {key: localised(text, language) for key, text in words.items()}
    print_text(words["done"].format(**where) + ".")
    short = short_note(min(each.days for each in end.store.study.scenarios), language)
    if short:
        print_text(short)
    if end.failed:
        first = end.store.first_failure()
        print_text(words["failed"].format(**where, **first))
        print_text(words["again"].format(**where))
    print_text(words["read"].format(**where))


def _document(end: SweepEnd) -> dict[str, Any]:
    return {
        "study": end.store.study.name,
        "folder": str(end.store.path),
        "table": str(end.store.runs_path),
        "settings": len(end.store.first_alike),
        "runs": end.runs,
        "failed": end.failed,
        "first_failure": end.store.first_failure() if end.failed else None,
        "runs_made_now": end.made,
        "seconds": round(end.seconds, 3),
        "columns": [
            {
                "name": field.name,
                "unit": field.metadata[b"unit"].decode(),
                "description": field.metadata[b"description"].decode(),
            }
            for field in end.store.schema(whole=True)
        ],
    }


def _list(language: str, as_json: bool) -> None:
    from entraide.experiments.batch.study import load_study, shipped_studies

    studies = [load_study(name) for name in shipped_studies()]
    if as_json:
        print_json(
            [
                {
                    "name": each.name,
                    "question": dict(each.question),
                    "scenarios": list(each.scenario_names),
                    "design": each.design.kind,
                    "levers": [factor.key for factor in each.levers],
                    "assumptions": [factor.key for factor in each.assumptions],
                    "runs": each.runs,
                }
                for each in studies
            ]
        )
        return
    rows = [
        (
            each.name,
            each.question[language],
            each.design.kind,
            ", ".join(factor.key for factor in each.levers),
            ", ".join(factor.key for factor in each.assumptions),
            str(each.runs),
        )
        for each in studies
    ]
    header = _WORDS[language]["header"]
    assert isinstance(header, tuple)
    print_table("", header, rows)
