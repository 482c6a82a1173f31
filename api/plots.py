"""Results as Matplotlib figures."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["comparison_figure", "run_figure"]


def run_figure(result: Result, language: str = "en", service: str | None = None) -> Figure:
    """Return the share of needs met in time through the run, with its norm."""
    from entraide.viz.time_figures import service_through_time

    place = result.place_of(service)
    drawn = service_through_time(result.outcomes, result.specification, service=place, language=language)
    return _titled(drawn.figure, drawn.title)


def comparison_figure(compared: ResultComparison, language: str = "en") -> Figure:
    """Return the differences with their bands."""
    from entraide.viz.comparison_figures import differences

    drawn = differences(compared.comparison, language=language)
    return _titled(drawn.figure, drawn.title)


def _titled(figure: Figure, title: str) -> Figure:
    from entraide.viz.drawing import plain_text

    figure.suptitle(title, x=0.012, ha="left", fontsize=11.5, fontweight="bold")
    plain_text(figure)
    # A notebook shows a figure by itself only where pyplot was imported; this one needs nothing.
    figure._repr_png_ = partial(_as_png, figure)  # type: ignore[attr-defined]
    return figure


def _as_png(figure: Figure) -> bytes:
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    return buffer.getvalue()
