"""The page that tries each measure of prevention alone, and ranks them against each risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape

import solara
from reacton import ipyvuetify as vuetify

from entraide.experiments.what_helps import BEHIND, ServiceRanking, Tried
from entraide.experiments.what_helps_table import what_helps_csv
from entraide.model.risk import RISKS
from entraide.scenarios.declarations import ALL

from ...locales import localised, number
from ...pair_words import cost_designs_ending, pair_notes
from ...plain_codes import codes_in_words
from ...report_design import parameter_value
from ...report_page import table
from ...what_helps_page import ranking_figure
from ...what_helps_sentences import counts_only_sentence, ranking_sentence, title_of
from ...what_helps_tables import ranking_caption, ranking_header, ranking_rows
from ...wording import colon, risk_name, span_text
from ..drawn import picture_html, picture_of, use_pictures
from ..page_context import PageContext, PageEntry
from ..parts import Button, Fold, Words
from ..reading import reading_html
from ..taking_away import TakeTable
from ..verdict import Picture
from ..words import say
from .what_helps_words import word
from .what_helps_work import TRY, MeasuresTried, holds, with_measure

# Measures that are shown at once; thirty bands one under the other could not be read.
MOST_SHOWN = 8

__all__ = ["MOST_SHOWN", "PAGE", "WhatHelpsPage", "changes_text", "figures_of", "heading_html", "refused_html"]


@solara.component
def WhatHelpsPage(page: PageContext) -> None:
    """Show what each measure does to each risk, and let the reader put one into the design."""
    language, shown = page.language, page.shown("what_helps")
    key = "" if shown is None else shown.key
    pictures = use_pictures(key, language, lambda: () if shown is None else figures_of(shown.answer, language))
    if shown is None:
        first = say("under_way", language) if page.awaits("what_helps") else word("nothing_yet", language)
        text = "".join(f"<p>{escape(each)}</p>" for each in (first, word("will_show", language)))
        Words(text, "div", "block")
        return
    if shown.stale and not page.running:
        Words(escape(word("stale", language)), "p", "block stale")
    tried: MeasuresTried = shown.answer
    Words(heading_html(tried, language), "section", "block")
    place = 0
    for ranking in tried.found.rankings:
        if len(tried.found.rankings) > 1:
            title = localised(ranking.title.get(language) or ranking.service, language)
            Words(escape(word("service", language, title=title)), "h2")
        for risk in RISKS:
            Against(page, tried, ranking, risk, pictures, place).key(f"{ranking.service}-{risk}")
            place += 1
    Words(refused_html(tried, language), "div", "verdict")
    TakeTable("what-helps", partial(what_helps_csv, tried.found, language), shown.key, language)


@solara.component
def Against(
    page: PageContext,
    tried: MeasuresTried,
    ranking: ServiceRanking,
    risk: str,
    pictures: Sequence[Picture] | None,
    place: int,
) -> None:
    """Show the measures against one risk: a sentence, a figure, and a table with a button for each."""
    language = page.language
    all_of_them, show_all = solara.use_state(False)
    end = cost_designs_ending((tried.found.baseline,), language)
    identifier = f"against-{ranking.service}-{risk}"
    with vuetify.Html(
        tag="section", class_="block verdict", attributes={"aria-labelledby": identifier, "data-risk": risk}
    ):
        name = escape(risk_name(risk, language, capital=True))
        told = escape(ranking_sentence(ranking, risk, language, end))
        Words(f'<h2 id="{escape(identifier)}">{name}</h2><p>{told}</p>')
        Words(picture_html(pictures, place, language))
        caption = ranking_caption(risk, language)
        with (
            vuetify.Html(
                tag="div", class_="scroll", attributes={"tabindex": "0", "role": "region", "aria-label": caption}
            ),
            vuetify.Html(tag="table", class_="ranking"),
        ):
            vuetify.Html(tag="caption", children=[caption])
            heads = (*ranking_header(ranking, risk, language), word("action", language))
            with vuetify.Html(tag="thead"), vuetify.Html(tag="tr"):
                for head in heads:
                    vuetify.Html(tag="th", attributes={"scope": "col"}, children=[head])
            with vuetify.Html(tag="tbody"):
                rows = list(zip(ranking.ranked(risk), ranking_rows(ranking, risk, language), strict=True))
                for each, cells in rows if all_of_them else rows[:MOST_SHOWN]:
                    Row(page, each, risk, cells).key(each.candidate.name)
        others = len(ranking.tried) - MOST_SHOWN
        if others > 0:
            label = word("others", language, count=number(others, language))
            Fold(label, "", all_of_them, lambda: show_all(not all_of_them))


@solara.component
def Row(page: PageContext, tried: Tried, risk: str, cells: Sequence[str]) -> None:
    """Show one measure against one risk, and the button that puts it into the design."""
    language, candidate = page.language, tried.candidate
    effect, cost = (tried.comparison.of(name).difference for name in (BEHIND[risk], "cost"))
    marks = {"data-measure": candidate.name, "data-effect": repr(effect), "data-cost": repr(cost)}
    with vuetify.Html(tag="tr", attributes=marks):
        vuetify.Html(tag="th", attributes={"scope": "row", "title": changes_text(tried, language)}, children=[cells[0]])
        for cell in cells[1:]:
            vuetify.Html(tag="td", children=[cell])
        with vuetify.Html(tag="td"):
            if holds(page.design, candidate):
                Words(escape(word("held", language)), "span")
            else:
                Button(
                    word("put", language),
                    partial(_put, page, tried),
                    spoken=word("put_one", language, name=title_of(tried, language)),
                    kind="link",
                    disabled=page.running,
                )


def _put(page: PageContext, tried: Tried) -> None:
    page.edit(with_measure(page.design, tried.candidate))


def changes_text(tried: Tried, language: str) -> str:
    """Say what a measure changes, lever by lever."""
    told = []
    for key, (old, new) in tried.candidate.moved.items():
        parameter = ALL[key.rpartition(".")[2]]
        label = localised(parameter.label_en if language == "en" else parameter.label_fr, language)
        values = {name: parameter_value(parameter, value, language) for name, value in (("old", old), ("new", new))}
        told.append(word("instead", language, label=label, **values))
    return "; ".join(told) if language == "en" else "\u202f; ".join(told)


def figures_of(tried: MeasuresTried, language: str) -> tuple[Picture, ...]:
    """Return for each service and risk the figure of what the measures change."""
    return tuple(
        picture_of(ranking_figure(_first(ranking, risk), risk, language), f"{risk}-{place}", language)
        for place, ranking in enumerate(tried.found.rankings)
        for risk in RISKS
    )


def _first(ranking: ServiceRanking, risk: str) -> ServiceRanking:
    return replace(ranking, tried=ranking.ranked(risk)[:MOST_SHOWN])


def heading_html(tried: MeasuresTried, language: str) -> str:
    """Say what was tried on what, how much that can tell, and how to read it."""
    found = tried.found
    request, ranking = found.plan.request, found.rankings[0]
    line = word(
        "tried_on",
        language,
        count=number(len(found.plan.candidates), language),
        what=word("the_design" if tried.design.levers else "today", language),
        years=span_text(request.replicates, ranking.days, language),
    )
    notes = [line, *pair_notes((found.baseline,), language), counts_only_sentence(found, language)]
    return "".join(f"<p>{escape(note)}</p>" for note in notes if note) + reading_html(language)


def refused_html(tried: MeasuresTried, language: str) -> str:
    """Return what each measure changes, and the measures that make no sense, behind a click."""
    rows = [
        (title_of(each, language), changes_text(each, language), localised(each.candidate.help[language], language))
        for each in tried.found.rankings[0].tried
    ]
    what = word("changes", language)
    heads = (ranking_header(tried.found.rankings[0], RISKS[0], language)[0], what, "")
    parts = [f"<details><summary>{escape(what)}</summary>{table(what, heads, rows)}</details>"]
    refused = tried.found.plan.refused
    if refused:
        title = word("refused", language, count=number(len(refused), language))
        lines = "".join(
            f"<li><strong>{escape(localised(each.title[language], language))}</strong>{colon(language)} "
            f"{escape(codes_in_words(each.reason[language], language))}</li>"
            for each in refused
        )
        parts.append(f"<details><summary>{escape(title)}</summary><ul>{lines}</ul></details>")
    return f'<section class="block">{"".join(parts)}</section>'


PAGE = PageEntry(
    path="what-helps",
    title={"en": "What would help most", "fr": "Ce qui aiderait le plus"},
    lead={
        "en": "Each measure of prevention tried alone, ranked by what it does to each risk, with what it costs.",
        "fr": "Chaque mesure de prévention essayée seule, classée selon son effet sur chaque risque, avec ce qu'elle "
        "coûte.",
    },
    component=WhatHelpsPage,
    work=TRY,
)
