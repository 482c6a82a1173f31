"""Whether a map shows zones or departments; asked by texts as well, which need no drawing."""

from __future__ import annotations

from entraide.model.territory import Territory
from entraide.scenarios.outlines import DEPARTMENTS, packaged_codes

__all__ = ["LEAST_DEPARTMENTS", "MOST_PLACES", "drawn_by_department"]

# Beyond this, zones are gathered by department where these have outlines: smaller circles have no room for hatching.
MOST_PLACES = 1000
# With fewer departments than this, as many shades say less of a territory than its circles do.
LEAST_DEPARTMENTS = 5


def drawn_by_department(territory: Territory) -> bool:
    """Tell whether a map shows departments: where communes are too many, and departments enough to tell apart."""
    if territory.outline != DEPARTMENTS or territory.zones <= MOST_PLACES:
        return False
    return len(packaged_codes(DEPARTMENTS) & set(territory.department)) >= LEAST_DEPARTMENTS
