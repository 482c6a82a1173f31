"""What is known of a class before a history of its own evidence is forecast: draws that this history had no part in.

The committed ensembles were fitted to whole histories, months to come included. For the table of forecasts a class is
therefore fitted anew to its other projects; where it has none, points spread evenly over what is sought stand in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entraide.model.parameters import Value

from .calibration import fit_class, projects_of, sources_of
from .case import ARRIVALS, Case
from .ensembles import ensemble_of
from .fit_spaces import FIT_SPACES
from .search import evenly_spread

__all__ = ["draws_without"]

_TRIALS = 100
_EVENLY = 64


def draws_without(service_class: str, cases: Sequence[Case], arrivals: str) -> Sequence[Mapping[str, Value]]:
    """Return draws of a class in which one history had no part.

    Parameters
    ----------
    cases : all cases.
    arrivals : the file of arrivals by which cases on that history are conditioned.
    """
    sources = sources_of(projects_of(service_class, cases))
    left = [source for source in sources if all(case.scale.get(ARRIVALS) != arrivals for case in source)]
    others = [case for source in left for case in source]
    if len(left) == len(sources):
        return ensemble_of(service_class).draws
    if not others:
        return evenly_spread(FIT_SPACES[service_class], _EVENLY, 1)
    return fit_class(service_class, others, trials=_TRIALS).draws
