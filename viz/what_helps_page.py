"""What helps, as a page that stands by itself: sentences first, then for each risk a figure and the whole table."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from entraide.experiments.files import write_text
from entraide.experiments.what_helps import BEHIND, ServiceRanking, WhatHelps
from entraide.model.risk import RISKS
from entraide.scenarios.territories import territory_title

from .comparison_figures import draw_differences
from .comparison_sentences import measure_name, verdict_word
from .drawing import Illustration, new_figure
from .locales import LANGUAGES, check_language, localised, number
from .origin_words import origin_note
from .pair_words import pair_notes
from .plain_codes import codes_in_words
from .report_page import drawn, heading, page, paragraph, table
from .what_helps_sentences import counts_only_sentence, title_of, what_helps_sentences
from .what_helps_tables import ranking_caption, ranking_header, ranking_rows
from .wording import colon, risk_name, semicolon

__all__ = ["WHAT_HELPS_PAGE", "ranking_figure", "write_what_helps_page"]

WHAT_HELPS_PAGE = "what-helps.html"

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What helps",
        "line": "{place}, {people} inhabitants. {count} measures, each tried alone: {replicates} replicates that meet "
        "the same chance as those of the scenario as it is.",
        "refused": "Measures that make no sense here",
        "why": "why",
        "measure": "measure",
        "axis": "Difference in points: with the measure minus as it is",
        "caption": "Point: difference seen. Bar: where the true difference lies, 95 times in 100 for all measures "
        "together. Grey: too small to matter. For “{name}”, {direction} is better. In the order of the table: by "
        "years with a break first, so that a larger difference may stand lower.",
        "higher": "higher",
        "lower": "lower",
        "alternative": "Bands of the change of “{name}” by measure: {list}.",
    },
    "fr": {
        "title": "Ce qui aide",
        "line": "{place}, {people} habitants. {count} mesures, chacune essayée seule\u202f: {replicates} simulations "
        "qui rencontrent les mêmes hasards que celles du scénario tel quel.",
        "refused": "Mesures qui n'ont pas de sens ici",
        "why": "pourquoi",
        "measure": "mesure",
        "axis": "Écart en points\u202f: avec la mesure moins tel quel",
        "caption": "Point\u202f: écart observé. Barre\u202f: où se trouve le véritable écart, 95 fois sur 100 pour "
        "toutes les mesures ensemble. Gris\u202f: trop petit pour compter. Pour «\u202f{name}\u202f», {direction}, "
        "c'est mieux. Dans l'ordre du tableau\u202f: selon les années de rupture d'abord, si bien qu'un plus grand "
        "écart peut venir plus bas.",
        "higher": "plus haut",
        "lower": "plus bas",
        "alternative": "Bandes de l'écart de «\u202f{name}\u202f» par mesure\u202f: {list}.",
    },
}


def write_what_helps_page(found: WhatHelps, folder: Path, language: str = "en") -> Path:
    """Write what-helps.html into a folder, in both languages, and return its path.

    Raises
    ------
    InputError : an unknown language.
    MachineError : it cannot be written.
    """
    check_language(language)
    title = localised(found.plan.request.scenario.title[language], language)
    parts = {each: _content(found, each) for each in LANGUAGES}
    return write_text(
        folder / WHAT_HELPS_PAGE, page(f"Entraide – {_WORDS[language]['title']} – {title}", parts, language)
    )


def _content(found: WhatHelps, language: str) -> str:
    words = _WORDS[language]
    request = found.plan.request
    line = words["line"].format(
        place=territory_title(found.baseline.specification.territory, language),
        people=number(found.baseline.population, language),
        count=number(len(found.plan.candidates), language),
        replicates=number(request.replicates, language),
    )
    title = localised(request.scenario.title[language], language)
    parts = [f"<h1>{escape(title)}{colon(language)} {escape(words['title'].lower())}</h1>", paragraph(line)]
    parts += [paragraph(note) for note in pair_notes((found.baseline,), language)]
    told = what_helps_sentences(found, language)
    counted = counts_only_sentence(found, language)
    if counted:
        parts.append(paragraph(counted))
    for place, ranking in enumerate(found.rankings):
        if len(found.rankings) > 1:
            parts.append(heading(2, localised(ranking.title.get(language) or ranking.service, language)))
        parts += [paragraph(text) for text in told[ranking.service].values()]
        for risk in RISKS:
            parts.append(heading(2, risk_name(risk, language, capital=True)))
            parts.append(drawn(ranking_figure(ranking, risk, language), f"{risk}-{place}-{language}"))
            rows = ranking_rows(ranking, risk, language)
            parts.append(table(ranking_caption(risk, language), ranking_header(ranking, risk, language), rows))
    if found.plan.refused:
        refused = [
            (
                localised(each.title[language], language),
                codes_in_words(each.reason[language], language),
            )
            for each in found.plan.refused
        ]
        parts.append(table(words["refused"], (words["measure"], words["why"]), refused))
    parts.append(paragraph(origin_note(found.baseline, language)))
    return "".join(parts)


def ranking_figure(ranking: ServiceRanking, risk: str, language: str = "en") -> Illustration:
    """Draw the change of the mean behind a risk, one band for each measure, in their order."""
    words = _WORDS[check_language(language)]
    ranked = ranking.ranked(risk)
    differences = [tried.comparison.of(BEHIND[risk]) for tried in ranked]
    titles = [title_of(tried, language) for tried in ranked]
    figure, (axes,) = new_figure(8.0, 0.9 + 0.3 * len(ranked))
    draw_differences(axes, differences, 100.0, language, titles)
    axes.set_xlabel(words["axis"])
    name = measure_name(BEHIND[risk], language)
    direction = words["lower" if differences[0].measure.lower_is_better else "higher"]
    listed = [
        f"{title}, {verdict_word(found.verdict, language)}" for title, found in zip(titles, differences, strict=True)
    ]
    return Illustration(
        name=f"what-helps-{risk}",
        figure=figure,
        title=f"{name[:1].upper()}{name[1:]}",
        caption=words["caption"].format(name=name, direction=direction),
        alternative=words["alternative"].format(name=name, list=f"{semicolon(language)} ".join(listed)),
    )
