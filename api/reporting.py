"""What stands in a run's folder beside the tables: the verdict and the report."""

from __future__ import annotations

from pathlib import Path

from entraide.experiments.files import write_json
from entraide.experiments.results import Result

from .documents import run_document

__all__ = ["finish_folder", "write_report_of", "write_verdict"]


def finish_folder(result: Result, folder: Path) -> None:
    """Write verdict.json and the report into a run's folder.

    Raises
    ------
    MachineError : they cannot be written.
    """
    write_verdict(result, folder)
    write_report_of(result, folder)


def write_verdict(result: Result, folder: Path) -> None:
    """Write verdict.json into a run's folder.

    Raises
    ------
    MachineError : it cannot be written.
    """
    write_json(folder / "verdict.json", run_document(result))


def write_report_of(result: Result, folder: Path) -> Path:
    """Write the report and return the path of its page.

    Raises
    ------
    MachineError : it cannot be written.
    """
    from entraide.viz.report import write_report

    return write_report(result, folder)
