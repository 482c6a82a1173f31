"""The page from which results are taken away: report, tables, figures, scenario file, command, Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import solara
from reacton import ipyvuetify as vuetify

from entraide.experiments.csv_tables import csv_bytes, csv_tables
from entraide.model.risk import RISKS

from ...locales import counted, localised, number
from ...report_pdf import report_pdf
from ...title_words import run_title
from ...wording import risk_name
from ..computing import VERDICT, Answer
from ..drawn import use_pictures
from ..export_files import figure_bytes, figures_of, report_page_bytes
from ..page_context import PageContext, PageEntry, Shown
from ..parts import Choice, Words
from ..repeating import SCENARIO_NAME, command_text, needs_file, python_text, scenario_files
from ..taking_away import CopyText, Download
from ..words import say
from .export_words import TABLES, word

__all__ = ["PAGE", "Export", "taken_html"]

_MIME = {"csv": "text/csv", "html": "text/html", "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}


@solara.component
def Export(page: PageContext) -> None:
    """Show what can be taken away of the verdict."""
    language, shown = page.language, page.shown("verdict")
    if shown is None:
        Words(escape(word("nothing", language)), "p", "block empty")
        return
    if shown.stale and not page.running:
        Words(escape(word("stale", language)), "p", "block stale")
    answer: Answer = shown.answer
    Words(taken_html(answer, language), "section", "block")
    with vuetify.Html(tag="div", class_="columns"):
        with vuetify.Html(tag="div", class_="column"):
            Report(shown, language)
            Tables(shown, language)
            Figures(shown, language)
        with vuetify.Html(tag="div", class_="column"):
            Elsewhere(shown, language)


def taken_html(answer: Answer, language: str) -> str:
    """Return in a few lines what the files are about: the question, and how often each norm is broken."""
    result = answer.result
    years = {"en": ("simulation", "simulations"), "fr": ("simulation", "simulations")}[language]
    said = word(
        "what_said",
        language,
        title=run_title(result, language),
        years=counted(result.replicates, *years, language),
        seed=number(result.seed, language),
    )
    items = []
    for risk, each in result.risks().items():
        if risk not in RISKS:
            continue
        text = word(
            "broken",
            language,
            risk=risk_name(risk, language, capital=True),
            broken=number(each.count, language),
            all=number(each.replicates, language),
        )
        items.append(
            f'<li id="export-{risk}" data-broken="{each.count}" data-all="{each.replicates}">{escape(text)}</li>'
        )
    return (
        f"<h2>{escape(word('what', language))}</h2><p>{escape(localised(said, language))}</p><ul>{''.join(items)}</ul>"
        f'<p class="help">{escape(word("made", language))}</p>'
    )


def _Take(shown: Shown, language: str, label: str, file: str, make: Callable[[], bytes]) -> None:
    key = f"{shown.key}-{language}-{file}"
    Download(label, file, _MIME.get(file.rpartition(".")[2], "text/plain"), make, key, language).key(key)


@solara.component
def Report(shown: Shown, language: str) -> None:
    """Show the report in its two forms."""
    result = shown.answer.result
    with vuetify.Html(tag="section", class_="block take"):
        Words(f"<h2>{escape(word('report', language))}</h2><p>{escape(word('report_help', language))}</p>")
        html, pdf = partial(report_page_bytes, result, language), partial(report_pdf, result, language)
        _Take(shown, language, word("report_html", language), "entraide-report.html", html)
        _Take(shown, language, word("report_pdf", language), f"entraide-report-{language}.pdf", pdf)


@solara.component
def Tables(shown: Shown, language: str) -> None:
    """Show the choice of a table."""
    result = shown.answer.result
    names = csv_tables(result)
    chosen, set_chosen = solara.use_state("measures")
    name = chosen if chosen in names else names[0]
    with vuetify.Html(tag="section", class_="block take"):
        Words(f"<h2>{escape(word('tables', language))}</h2><p>{escape(word('tables_help', language))}</p>")
        ordered = [each for each in TABLES if each in names]
        Choice(
            "export-table",
            word("table", language),
            name,
            [(each, TABLES[each][language]) for each in ordered],
            set_chosen,
        )
        make = partial(csv_bytes, result, name, language)
        _Take(shown, language, word("table_take", language), f"entraide-{name}.csv", make)


@solara.component
def Figures(shown: Shown, language: str) -> None:
    """Show the choice of a figure, once they are drawn."""
    result = shown.answer.result
    chosen, set_chosen = solara.use_state("")
    drawn = use_pictures(shown.key, language, lambda: figures_of(result, language))
    with vuetify.Html(tag="section", class_="block take"):
        Words(f"<h2>{escape(word('figures', language))}</h2><p>{escape(word('figures_help', language))}</p>")
        if not drawn:
            Words(escape(word("drawing", language) if drawn is None else say("no_figures", language)), "p", "help")
            return
        found = {name: each for _, name, each in drawn}
        name = chosen if chosen in found else next(iter(found))
        options = [(each, localised(figure.title, language)) for each, figure in found.items()]
        Choice("export-figure", word("figure", language), name, options, set_chosen)
        for kind in ("png", "svg"):
            make = partial(figure_bytes, found[name], result, kind, language)
            _Take(shown, language, word(f"figure_{kind}", language), f"entraide-{name}-{language}.{kind}", make)


@solara.component
def Elsewhere(shown: Shown, language: str) -> None:
    """Show what gives the same numbers elsewhere: a command, lines of Python, the scenario file."""
    answer: Answer = shown.answer
    command, lines = solara.use_memo(
        lambda: (command_text(answer, language), python_text(answer, language)), [shown.key, language]
    )
    with vuetify.Html(tag="section", class_="block take"):
        told = word("again_help", language)
        if needs_file(answer):
            told += " " + word("again_file", language, name=SCENARIO_NAME)
        Words(f"<h2>{escape(word('again', language))}</h2><p>{escape(told)}</p>")
        Words(escape(word("command", language)), "h3")
        CopyText("export-command", command, language)
        Words(escape(word("python", language)), "h3")
        CopyText("export-python", lines, language)
    with vuetify.Html(tag="section", class_="block take"):
        Words(f"<h2>{escape(word('scenario', language))}</h2><p>{escape(word('scenario_help', language))}</p>")
        for name in _names(answer):
            make = partial(_scenario_file, answer, name)
            _Take(shown, language, word("scenario_take", language, name=name), name, make)


def _names(answer: Answer) -> tuple[str, ...]:
    request = answer.result.scenario.request
    zones = (("zones.csv",) if request.file else ()) + (("outline.geojson",) if request.outline else ())
    return (SCENARIO_NAME, *zones)


def _scenario_file(answer: Answer, name: str) -> bytes:
    return scenario_files(answer)[name]


PAGE = PageEntry(
    path="export",
    title={"en": "Export", "fr": "Exporter"},
    lead={
        "en": "Tables, figures, the report, the scenario file, and the same in Python or from a terminal.",
        "fr": "Tableaux, figures, rapport, fichier de scénario, et la même chose en Python ou depuis un terminal.",
    },
    component=Export,
    work=VERDICT,
)
