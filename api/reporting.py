"""What stands in a run's folder beside the tables: the verdict and the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from entraide.experiments.files import write_json
from entraide.experiments.results import Result

from .documents import run_document

__all__ = ["finisher", "write_report_of", "write_verdict"]


def finisher(language: str = "en", *, report: bool = True, figure_files: bool = True) -> Callable[[Result, Path], None]:
    """Return what writes verdict.json and, where it is wanted, the report into a run's folder.

    Parameters
    ----------
    language : the one that the report shows first.
    figure_files : also write the figures as files.
    """

    def finish(result: Result, folder: Path) -> None:
        write_verdict(result, folder)
        if report:
            write_report_of(result, folder, language, figure_files=figure_files)

    return finish


def write_verdict(result: Result, folder: Path) -> None:
    """Write verdict.json into a run's folder.

    Raises
    ------
    MachineError : it cannot be written.
    """
    write_json(folder / "verdict.json", run_document(result))


def write_report_of(result: Result, folder: Path, language: str = "en", *, figure_files: bool = True) -> Path:
    """Write the report and return the path of its page.

    Raises
    ------
    MachineError : it cannot be written.
    """
    # Loading the library of figures takes as long as a replicate: only when there is something to draw.
    from entraide.viz.report import write_report

    return write_report(result, folder, language, figure_files=figure_files)
