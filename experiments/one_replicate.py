"""One replicate of a run by itself: what it simulates, so that it can be looked at while it runs."""

from __future__ import annotations

from entraide.model.specification import Specification
from entraide.scenarios.scenario import Scenario

from .draws import draws_for
from .parameters_from import DEFAULT_PARAMETERS

__all__ = ["replicate_specification"]


def replicate_specification(
    scenario: Scenario, replicates: int, replicate: int = 0, parameters: str = DEFAULT_PARAMETERS
) -> Specification:
    """Return what one replicate of a run simulates: the scenario, with the draw of parameters that it takes.

    ``Simulation`` or ``CivicModel`` with this, the run's seed and the replicate's number computes what the run does.

    Parameters
    ----------
    replicates : of the whole run: how many draws there are depends on it.
    replicate : which of them, from 0 on.
    parameters : "ensemble" or "preset".

    Raises
    ------
    InputError : an unknown word, an ensemble that cannot be read, or a drawn value that contradicts a stated one.
    """
    draws = draws_for(scenario, replicates, parameters)
    if draws is None or not draws.draws:
        return scenario.specification()
    return draws.specifications(scenario)[draws.place_of(replicate)]
