"""A quick look at a design while it is made: which way each risk and the cost go, in a few simulated years."""

from __future__ import annotations

from html import escape

import solara
from reacton import ipyvuetify as vuetify

from entraide.experiments.results import Result
from entraide.model.risk import RISKS

from ...kind_words import has_norm
from ...locales import counted, money, number
from ...wording import risk_label, span_text
from ..computing import Preview
from ..page_context import PageContext
from ..parts import Button, Words
from ..status import refusal
from ..words import say
from .design_words import word

__all__ = ["PreviewPart", "preview_html"]


@solara.component
def PreviewPart(page: PageContext) -> None:
    """Show the last preview, beside what the design is compared with."""
    language = page.language
    shown = page.shown("preview")
    with vuetify.Html(tag="section", class_="block preview", attributes={"aria-labelledby": "preview"}):
        Words(f'<h2 id="preview">{escape(word("preview", language))}</h2>')
        if shown is None:
            Words(escape(word("preview_none", language)), "p", "help")
        else:
            Words(preview_html(shown.answer, language), "div", "old" if shown.stale else "")
            if shown.stale:
                Words(escape(word("preview_old", language)), "p", "help")
        progress = page.preview_progress.value
        if progress is not None:
            others = {"en": ("simulation", "simulations"), "fr": ("simulation", "simulations")}[language]
            waits = progress.stage == "waiting" and progress.place
            count = counted(progress.place, *others, language)
            told = word("preview_waiting", language, others=count) if waits else word("preview_running", language)
            Words(escape(told), "p", "help")
        elif page.preview_fault is not None:
            Words(escape(refusal(page.preview_fault, language)), "p", "fault")
        if progress is None and (shown is None or shown.stale):
            Button(word("preview_now", language), lambda: page.preview(page.design), disabled=page.running)


def preview_html(found: Preview, language: str) -> str:
    """Return a preview as a small table, labelled as what it is."""
    years = span_text(found.result.replicates, found.result.specification.days, language)
    head = "".join(
        f'<th scope="col">{escape(text)}</th>'
        for text in (
            word("preview_what", language),
            *(risk_label(risk, language, short=True).capitalize() for risk in RISKS),
            word("preview_cost", language),
        )
    )
    rows = [_row(word("preview_before", language), found.baseline, language)]
    if found.result is not found.baseline:
        rows.append(_row(word("preview_after", language), found.result, language))
    notes = [word("preview_help", language, years=years)]
    if found.zones < found.of:
        zones, of = number(found.zones, language), number(found.of, language)
        notes.append(word("preview_zones", language, zones=zones, all=of))
    told = "".join(f'<p class="help">{escape(note)}</p>' for note in notes)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(word("preview", language))}">'
        f'<table class="preview-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{told}"
    )


def _row(name: str, result: Result, language: str) -> str:
    cells = []
    for risk in result.risks().values():
        if not risk.replicates:
            cells.append(say("no_value" if has_norm(risk) else "no_norm", language))
            continue
        cells.append(say("of", language, count=number(risk.count, language), all=number(risk.replicates, language)))
    cells.append(money(result.cost().value, language))
    inside = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(name[:1].upper() + name[1:])}</th>{inside}</tr>'
