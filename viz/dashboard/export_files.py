"""Files that are taken away, each made when it is asked for: bytes in memory, temporary files gone at once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from entraide.experiments.results import Result

from ..drawing import Illustration
from ..figure_files import save
from ..figures import result_figures
from ..origin_words import origin_note
from ..report import PAGE, provenance_line, write_report

__all__ = ["figure_bytes", "figures_of", "report_page_bytes"]


def figures_of(result: Result, language: str) -> tuple[tuple[str, str, Illustration], ...]:
    """Return the figures of a result: service, name and figure; the name is one that no other figure has."""
    found = []
    several = len(result.service_names) > 1
    for service in result.service_names:
        for each in result_figures(result, language, service=service):
            found.append((service, f"{service}-{each.name}" if several else each.name, each))
    return tuple(found)


def figure_bytes(illustration: Illustration, result: Result, kind: str, language: str) -> bytes:
    """Return a figure as "png" or "svg", with title, text alternative and where it comes from.

    Raises
    ------
    OSError : there is no room for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="entraide-") as folder:
        paths: Sequence[Path] = save(
            illustration, Path(folder), origin_note(result, language), source=provenance_line(result)
        )
        return next(path for path in paths if path.suffix == f".{kind}").read_bytes()


def report_page_bytes(result: Result, language: str) -> bytes:
    """Return report.html, in both languages, the one given first.

    Raises
    ------
    MachineError : there is no room for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="entraide-") as folder:
        write_report(result, Path(folder), language, figure_files=False)
        return (Path(folder) / PAGE).read_bytes()
