"""Harness ``population``: the inhabitants themselves, drawn by the simulation from the national groups.

What comes out was put in, group by group: its figures are checks of input.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from entraide.model.columns import CITIZEN_COLUMNS, record_type
from entraide.model.packing import pack_citizens
from entraide.model.population import CODED_LOG, draw_population
from entraide.model.random_numbers import stream_keys
from entraide.scenarios.groups import DIPLOMAS, national_groups

from .class_values import project_of, values_of
from .harness import Setting, harness
from .observations import Population

__all__ = ["POPULATION_SCALE", "simulate_population"]

POPULATION_SCALE: Mapping[str, str] = {"inhabitants": "people drawn, children included"}
# Nobody is older: closes the last age band.
_OLDEST = 120


@harness("population", Population, POPULATION_SCALE)
def simulate_population(setting: Setting) -> Population:
    """Return the people of 15 and over among so many inhabitants of the national mix."""
    number = int(setting.scale["inhabitants"])
    values, _ = project_of(setting.service_class, values_of(setting))
    groups = national_groups()
    citizens = np.zeros(number, record_type(CITIZEN_COLUMNS))
    draw_population(
        citizens,
        0,
        np.array([0, number]),
        np.cumsum(groups.share)[None, :],
        groups.can_contribute.astype(np.uint8),
        groups.digital_exclusion,
        np.log(groups.devotion),
        pack_citizens(values),
        stream_keys(setting.seed, 0, 1)[:, 0],
    )
    adults = citizens[citizens["eligible"] == 1]
    ages, diplomas = zip(*(_age_and_diploma(name) for name in groups.names), strict=True)
    group = adults["group"].astype(np.int64)
    return Population(
        age_from=np.array([low for low, _ in ages], np.int64)[group],
        age_to=np.array([high for _, high in ages], np.int64)[group],
        diploma=np.array(diplomas, np.int64)[group],
        excluded=adults["digital"] == 0,
        devotion=np.exp(adults["log_devotion"] / CODED_LOG),
    )


def _age_and_diploma(name: str) -> tuple[tuple[int, int], int]:
    """Return the bounds of the age band of a group and the number of its diploma."""
    band, _, diploma = name.partition("|")
    low, _, high = band.rstrip("+").partition("-")
    return (int(low), int(high or _OLDEST)), DIPLOMAS.index(diploma) if diploma else 0
