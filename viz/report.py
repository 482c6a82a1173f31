"""The report of a run, and of a comparison: one page that stands by itself, and its figures as files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from entraide.experiments.files import make_folder, storage_fault, write_whole
from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result
from entraide.model.risk.calendar import DAYS_PER_YEAR

from .locales import LANGUAGES, check_language
from .title_words import run_title

if TYPE_CHECKING:
    from .drawing import Illustration

__all__ = ["COMPARISON_PAGE", "PAGE", "provenance_line", "write_comparison_report", "write_report"]

PAGE = "report.html"
COMPARISON_PAGE = "comparison.html"


def write_report(result: Result, folder: Path, language: str = "en", *, figure_files: bool = True) -> Path:
    """Write report.html and the figures into a folder, and return the path of the page.

    Parameters
    ----------
    folder : made where it is missing; figures go to its folder "figures", as PNG and SVG. Those in the other language
        stay as they are there.
    language : the one that the page, which holds both, shows first, and that of the figures' files.
    figure_files : also write the figures as files, which takes as long as the page.

    Raises
    ------
    InputError : an unknown language, or a file that stands where the folder should be.
    MachineError : it cannot be written.
    """
    # Matplotlib is loaded here: who only reads sentences does not wait for it.
    from .figures import result_figures
    from .origin_words import origin_note
    from .report_content import run_content
    from .report_page import page

    check_language(language)
    parts, notes = {}, {}
    figures: dict[str, list[Illustration]] = {each: [] for each in LANGUAGES}
    for each in LANGUAGES:
        drawn = {}
        for service in result.service_names:
            year = max(0, result.specification.days // DAYS_PER_YEAR - 1)
            drawn[service] = result_figures(result, each, service=service, year=year)
            figures[each] += drawn[service]
        notes[each] = origin_note(result, each)
        parts[each] = run_content(result, each, drawn, notes[each])
    title = f"Entraide – {run_title(result, language)}"
    files = {language: figures[language]} if figure_files else {}
    return _write(Path(folder), PAGE, page(title, parts, language), files, notes, result)


def write_comparison_report(compared: ResultComparison, folder: Path, language: str = "en") -> Path:
    """Write comparison.html and its figures into a folder, and return the path of the page.

    Parameters
    ----------
    language : the one that the page, which holds both, shows first, and that of the figures' files.

    Raises
    ------
    InputError : an unknown language, or a file that stands where the folder should be.
    MachineError : it cannot be written.
    """
    from .figures import comparison_figures
    from .origin_words import origin_note
    from .report_content import comparison_content
    from .report_page import page

    check_language(language)
    notes = {each: origin_note(compared.candidate, each) for each in LANGUAGES}
    figures = {each: list(comparison_figures(compared, each)) for each in LANGUAGES}
    parts = {each: comparison_content(compared, each, figures[each], notes[each]) for each in LANGUAGES}
    title = f"Entraide – {compared.comparison.candidate} / {compared.comparison.baseline}"
    files = {language: figures[language]}
    return _write(Path(folder), COMPARISON_PAGE, page(title, parts, language), files, notes, None)


def provenance_line(result: Result) -> str:
    """Return in one line where a result comes from, by the names that files and commands have."""
    known = result.provenance
    parts = [
        f"{known.get('package', 'entraide')} {known.get('version', '')}".strip(),
        result.scenario.name,
        *(f"{key}={value}" for key, value in result.scenario.changes.items()),
        f"parameters {result.parameters_from}",
        f"seed {result.seed}",
        f"{result.replicates} × {result.specification.days} d",
        str(known.get("scenario_hash", ""))[:12],
        str(known.get("started", "")),
    ]
    return " · ".join(part for part in parts if part)


def _write(
    folder: Path,
    name: str,
    text: str,
    figures: Mapping[str, list[Illustration]],
    notes: Mapping[str, str],
    result: Result | None,
) -> Path:
    """Write the figures, then the page: a page that is there has its figures beside it."""
    from .figure_files import save

    pictures = make_folder(folder / "figures") if figures else make_folder(folder)
    source = "" if result is None else provenance_line(result)
    several = result is not None and len(result.service_names) > 1
    try:
        for language, drawn in figures.items():
            seen: dict[str, int] = {}
            for illustration in drawn:
                seen[illustration.name] = seen.get(illustration.name, 0) + 1
                of_service = f"-{seen[illustration.name]}" if several else ""
                save(illustration, pictures, notes[language], f"{of_service}-{language}", source)
    except OSError as error:
        raise storage_fault(error, pictures) from None

    def fill(target: Path) -> None:
        target.write_text(text, encoding="utf-8", newline="\n")

    return write_whole(folder / name, fill)
