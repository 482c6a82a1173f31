"""The two figures of the dashboard, drawn from its answer."""

from __future__ import annotations

from .dashboard_job import Answer
from .dashboard_verdict import Picture
from .drawing import inline_svg
from .locales import localised
from .map_figure import service_map
from .sentences import risk_sentence
from .time_figures import service_through_time

__all__ = ["draw"]


def draw(answer: Answer, language: str) -> tuple[Picture, ...]:
    """Return the share of needs met in time through the year, and the map, of what was simulated last."""
    result = answer.result
    risks = result.risks()
    illustrations = (
        service_through_time(
            result.outcomes,
            result.specification,
            language=language,
            verdict=risk_sentence(risks["continuity"], language),
        ),
        service_map(
            result.outcomes,
            result.specification,
            language=language,
            verdict=risk_sentence(risks["universality"], language),
        ),
    )
    return tuple(
        Picture(inline_svg(each, each.name), localised(each.title, language), localised(each.caption, language))
        for each in illustrations
    )
