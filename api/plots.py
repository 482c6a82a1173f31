"""Results as Matplotlib figures, with their words: a notebook shows the caption and holds the text alternative."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result
from entraide.model.errors import InputError, nearest_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from entraide.viz.drawing import Illustration

__all__ = ["FIGURES", "comparison_figure", "run_figure", "shown"]

# What a run can draw, by the name that ``Run.plot`` takes.
FIGURES = ("service", "activity", "risks", "costs", "map", "shares", "motives", "groups")


def run_figure(result: Result, language: str = "en", service: str | None = None, figure: str = "service") -> Figure:
    """Return one of FIGURES, by default the share of needs met in time through the run, with its norm.

    Raises
    ------
    InputError : no such figure.
    """
    if figure not in FIGURES:
        raise InputError(
            "unknown figure",
            where="plot(figure)",
            value=figure,
            allowed=", ".join(FIGURES),
            nearest=nearest_name(str(figure), FIGURES),
        )
    return shown(_drawers(result, language, service)[figure]())


def comparison_figure(compared: ResultComparison, language: str = "en") -> Figure:
    """Return the differences with their bands."""
    from entraide.viz.comparison_figures import differences

    return shown(differences(compared.comparison, language=language))


def _drawers(result: Result, language: str, service: str | None) -> Mapping[str, Callable[[], Illustration]]:
    from entraide.viz import figures as viz
    from entraide.viz.sentences import verdict

    place = result.place_of(service)
    of_service: Any = {"service": place, "language": language}
    days = (result.outcomes, result.specification)

    def of_risks(draw: Callable[..., Illustration], *risks: str) -> Illustration:
        said = verdict(result, language, service=service).risks
        return draw(verdict=" ".join(text for risk, text in said.items() if not risks or risk in risks))

    def designs(draw: Callable[..., Illustration], **more: Any) -> Illustration:
        return draw(viz.designs_of(result, language), language=language, **more)

    return {
        "service": partial(of_risks, partial(viz.service_through_time, *days, **of_service), "continuity"),
        "activity": partial(viz.activity_through_time, *days, **of_service),
        "risks": partial(of_risks, partial(designs, viz.risks_beside, service=service)),
        "costs": partial(designs, viz.costs_beside),
        "map": partial(of_risks, partial(viz.service_map, *days, **of_service), "universality"),
        "shares": partial(viz.contribution_shares, result, **of_service),
        "motives": partial(viz.motives, result, **of_service),
        "groups": partial(viz.contributors_by_group, result, **of_service),
    }


def shown(drawn: Illustration) -> Figure:
    """Return a figure under its title, with its caption and text alternative where a notebook shows it."""
    from entraide.viz.figure_files import plain_text

    figure = drawn.figure
    figure.suptitle(drawn.title, x=0.012, ha="left", fontsize=11.5, fontweight="bold")
    plain_text(figure)
    # A notebook shows a figure by itself only where pyplot was imported; this one needs nothing.
    figure._repr_png_ = partial(_as_png, figure)  # type: ignore[attr-defined]
    figure._repr_mimebundle_ = partial(_bundle, drawn)  # type: ignore[attr-defined]
    return figure


def _as_png(figure: Figure) -> bytes:
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    return buffer.getvalue()


def _bundle(drawn: Illustration, **_: Any) -> dict[str, str]:
    """Return the figure as a page shows it, with its words, and as an image."""
    image = b64encode(_as_png(drawn.figure)).decode("ascii")
    page = (
        f'<figure style="margin: 0; max-width: 52em"><img src="data:image/png;base64,{image}" '
        f'alt="{escape(drawn.alternative)}" style="max-width: 100%"><figcaption>{escape(drawn.caption)}</figcaption>'
        "</figure>"
    )
    return {"text/html": page, "text/plain": drawn.alternative}
