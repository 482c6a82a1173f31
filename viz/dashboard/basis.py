"""What the dashboard's verdict rests on, as HTML: values drawn or one draw, too few simulations, ignorance and chance.

The sentences and tables are those of the report.
"""

from __future__ import annotations

from html import escape

from entraide.experiments.results import FEWEST_FOR_PROBABILITY, Result

from ..ignorance_part import ignorance_part, ignorance_title
from ..resting_words import change_caveats, few_note, parameter_notes, preset_notes
from .words import say

__all__ = ["basis_html", "ignorance_html", "tells_ignorance"]


def tells_ignorance(result: Result) -> bool:
    """Tell whether parameters were drawn, in simulations enough to tell ignorance from chance."""
    return bool(result.specifications) and result.replicates >= FEWEST_FOR_PROBABILITY


def basis_html(result: Result, language: str) -> str:
    """Return in a line or two what the verdict takes to be known of people."""
    drawn = parameter_notes(result, language, in_short=True)
    notes = preset_notes(result.scenario, language) if result.draws is None else drawn
    notes = (*notes, *change_caveats(result.scenario.changes, language))
    few = few_note(language)
    lines = "".join(f"<p>{f'<strong>{escape(note)}</strong>' if note == few else escape(note)}</p>" for note in notes)
    return f'<div class="basis">{lines}</div>'


def ignorance_html(result: Result, language: str) -> str:
    """Return what is ignorance and what chance, with its figures behind a click; "" where it cannot be told."""
    if not tells_ignorance(result):
        return ""
    said, more = escape(say("ignorance_help", language)), escape(say("ignorance_more", language))
    return (
        f'<section class="block ignorance"><h3>{escape(ignorance_title(language))}</h3><p>{said}</p>'
        f"<details><summary>{more}</summary>{ignorance_part(result, language)}</details></section>"
    )
