"""Calibration on a user's own contributions, as a page that stands by itself; no person of the data is in it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from entraide.experiments.evidence.forecast import QUANTITIES
from entraide.experiments.evidence.own_calibration import Calibration
from entraide.experiments.files import write_text

from .calibration_sentences import calibration_sentences, forecast_sentences, reading_sentences
from .calibration_tables import Table, figures_table, scores_table, values_table
from .locales import LANGUAGES, check_language
from .report_page import heading, page, paragraph, preformatted, table

__all__ = ["CALIBRATION_PAGE", "write_calibration_page"]

CALIBRATION_PAGE = "calibration.html"

_WORDS = {
    "en": {"title": "Calibration on your contributions", "forecast": "Forecast check", "next": "Run it"},
    "fr": {"title": "Calage sur vos contributions", "forecast": "Épreuve de prévision", "next": "Pour simuler"},
}


def write_calibration_page(found: Calibration, folder: Path, scenario_file: str, language: str = "en") -> Path:
    """Write calibration.html into a folder, in both languages, and return its path.

    Parameters
    ----------
    scenario_file : name of the scenario in the same folder.

    Raises
    ------
    MachineError : it cannot be written.
    """
    check_language(language)
    parts = {each: _content(found, scenario_file, each) for each in LANGUAGES}
    return write_text(folder / CALIBRATION_PAGE, page(f"Entraide – {_WORDS[language]['title']}", parts, language))


def _content(found: Calibration, scenario_file: str, language: str) -> str:
    words = _WORDS[language]
    parts = [f"<h1>{escape(words['title'])}</h1>"]
    parts += [paragraph(" ".join(reading_sentences(found.data, language)))]
    parts += [paragraph(" ".join(calibration_sentences(found, language)))]
    parts += [_drawn(figures_table(found, language)), _drawn(values_table(found, language))]
    if found.forecast is not None:
        parts.append(heading(2, words["forecast"]))
        parts += [paragraph(sentence) for sentence in forecast_sentences(found, language)]
        parts += [_drawn(scores_table(found.forecast, quantity, language)) for quantity in QUANTITIES]
    parts.append(heading(2, words["next"]))
    spoken = "" if language == "en" else f" --lang {language}"
    commands = (f"scenarios check {scenario_file}", f"run {scenario_file} --quick")
    parts.append(preformatted("\n".join(f"entraide {command}{spoken}" for command in commands)))
    return "".join(parts)


def _drawn(content: Table) -> str:
    caption, header, rows = content
    return table(caption, header, rows)
