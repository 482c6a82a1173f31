"""All figures of a run, and of a comparison, in the order in which a report shows them."""

from __future__ import annotations

from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import Result

from .comparison_figures import difference_through_time, differences
from .drawing import Illustration
from .draws_figure import margins_by_draw
from .figure_files import inline_svg, save
from .map_figure import service_map
from .people_figures import contribution_shares, contributors_by_group, motives
from .risk_figures import costs_beside, designs_of, risks_beside
from .sentences import verdict
from .time_figures import activity_through_time, service_through_time
from .trust_figure import trust_through_time
from .under_floor_map import under_floor_map

__all__ = [
    "Illustration",
    "activity_through_time",
    "comparison_figures",
    "contribution_shares",
    "contributors_by_group",
    "costs_beside",
    "designs_of",
    "difference_through_time",
    "differences",
    "inline_svg",
    "margins_by_draw",
    "motives",
    "result_figures",
    "risks_beside",
    "save",
    "service_map",
    "service_through_time",
    "trust_through_time",
    "under_floor_map",
]


def result_figures(
    result: Result, language: str = "en", *, service: str | None = None, year: int = 0
) -> tuple[Illustration, ...]:
    """Draw the figures of one service of a run; their text alternatives hold the verdict's sentences.

    Raises
    ------
    InputError : an unknown language or service, or a year that was not simulated.
    """
    place = result.place_of(service)
    said = verdict(result, language, service=service, year=year)
    designs = designs_of(result, language)
    outcomes, specification = result.outcomes, result.specification
    if not specification.services[place].public:
        # No norm, no risk, no cost of its own: what people give it, and who they are.
        return (
            activity_through_time(outcomes, specification, service=place, language=language),
            contribution_shares(result, service=place, language=language),
            motives(result, service=place, language=language),
            contributors_by_group(result, service=place, language=language),
        )
    by_draw = margins_by_draw(result, service=service, year=year, language=language)
    checked = float(specification.services[place].parameters["checking_max"]) > 0.0
    under_floor = under_floor_map(
        result, service=service, year=year, language=language, verdict=said.risks["universality"]
    )
    return (
        risks_beside(designs, service=service, year=year, language=language, verdict=" ".join(said.risks.values())),
        *([] if by_draw is None else [by_draw]),
        costs_beside(designs, language=language, verdict=said.cost),
        service_through_time(
            outcomes, specification, service=place, language=language, verdict=said.risks["continuity"]
        ),
        activity_through_time(outcomes, specification, service=place, language=language),
        *([trust_through_time(outcomes, specification, service=place, language=language)] if checked else []),
        *([] if under_floor is None else [under_floor]),
        service_map(
            outcomes, specification, service=place, year=year, language=language, verdict=said.risks["universality"]
        ),
        contribution_shares(result, service=place, language=language),
        motives(result, service=place, language=language),
        contributors_by_group(result, service=place, language=language),
    )


def comparison_figures(compared: ResultComparison, language: str = "en") -> tuple[Illustration, ...]:
    """Draw the figures of a comparison."""
    designs = {compared.comparison.baseline: compared.baseline, compared.comparison.candidate: compared.candidate}
    return (
        differences(compared.comparison, language=language),
        risks_beside(designs, service=compared.service, year=compared.year, language=language),
        costs_beside(designs, language=language),
        difference_through_time(compared, language=language),
    )
