"""The figures of the dashboard, drawn from its answer."""

from __future__ import annotations

from ..draws_figure import margins_by_draw
from ..map_figure import service_map
from ..people_figures import contribution_shares, contributors_by_group, motives
from ..resting_words import ending
from ..sentences import risk_sentence
from ..time_figures import service_through_time
from .basis import tells_ignorance
from .computing import Answer
from .drawn import picture_of
from .verdict import Picture

__all__ = ["draw"]


def draw(answer: Answer, language: str) -> tuple[Picture, ...]:
    """Return the figures of what was simulated last.

    Where it can be told, what is ignorance and what chance; needs met in time through the year, the map, who
    contributes and why, and how contributions are spread.
    """
    result = answer.result
    risks, rests_on = result.risks(), ending(result, language)
    by_draw = margins_by_draw(result, language=language) if tells_ignorance(result) else None
    illustrations = (
        *([] if by_draw is None else [by_draw]),
        service_through_time(
            result.outcomes,
            result.specification,
            language=language,
            verdict=risk_sentence(risks["continuity"], language, rests_on),
        ),
        service_map(
            result.outcomes,
            result.specification,
            language=language,
            verdict=risk_sentence(risks["universality"], language, rests_on),
        ),
        motives(result, language=language),
        contributors_by_group(result, language=language),
        contribution_shares(result, language=language),
    )
    return tuple(picture_of(each, each.name, language) for each in illustrations)
