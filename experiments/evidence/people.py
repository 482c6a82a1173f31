"""People whom a laboratory, a mailing or a survey asks: drawn by the model, with the values of a project of a class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from entraide.model.columns import CITIZEN_COLUMNS, record_type
from entraide.model.compilation import helper
from entraide.model.decisions import access_minutes
from entraide.model.motives import altruism_value, effort, pleasure_value, reputation_value
from entraide.model.packing import pack_citizens, pack_services
from entraide.model.parameters import Value
from entraide.model.population import draw_population
from entraide.model.random_numbers import stream_keys

from .class_values import project_of
from .harness import Setting

__all__ = ["UNDECIDED", "People", "draw_people", "effort_of_asking", "own_motives"]

UNDECIDED = 0.5


@dataclass(frozen=True)
class People:
    """Those who are asked.

    Attributes
    ----------
    citizens : records[N] of CITIZEN_COLUMNS.
    shared : record[1] of the citizens' parameters.
    services : record[1] of the service's parameters; its intercept is that of the class, whatever the case changes.
    keys : uint32[streams, 1].
    """

    citizens: NDArray[np.void]
    shared: NDArray[np.void]
    services: NDArray[np.void]
    keys: NDArray[np.uint32]


def draw_people(
    setting: Setting, number: int, changes: Mapping[str, Value] | None = None, *, undecided: bool = False
) -> People:
    """Return people drawn by the model.

    Parameters
    ----------
    setting : gives class, draw and seed.
    number : how many people.
    changes : parameters of the service that the case observes (minutes, reward, ...). The intercept does not move with
        them: it is calibrated on the class.
    undecided : a laboratory or a question is no service of the class. The typical person is then as likely to say yes
        as no (assumption), whatever the class accepts.

    Raises
    ------
    InputError : unknown class or parameter.
    """
    values, service = project_of(setting.service_class, setting.draw)
    reference = {**service.reference, "intercept_acceptance": UNDECIDED} if undecided else service.reference
    asked = replace(service, parameters={**service.parameters, **(changes or {})}, reference=reference)
    shared = pack_citizens(values)
    keys = stream_keys(setting.seed, 0, 1)
    citizens = np.zeros(number, record_type(CITIZEN_COLUMNS))
    nobody = np.zeros(1)
    draw_population(
        citizens, 0, np.array([0, number]), np.ones((1, 1)), np.ones(1, np.uint8), nobody, nobody, shared, keys[:, 0]
    )
    return People(citizens, shared, pack_services([asked], shared), keys)


@helper
def own_motives(citizens, i, service, shared, need):
    """Return what answering is worth to a person for its own sake, before any reward, the first time; in logits."""
    return (
        shared.altruism_weight
        * (float(citizens[i].altruism) / 32.0)
        * altruism_value(need * service.need_shown, 0.5, 0.5, shared.need_share)
        + shared.pleasure_weight
        * (float(citizens[i].pleasure) / 32.0)
        * pleasure_value(service.fun, 0.0, 0.0, service.challenge, service.challenge_sensitivity, shared.pleasure_floor)
        + shared.reputation_weight
        * (float(citizens[i].reputation_motive) / 32.0)
        * reputation_value(service.reputation_visibility, 0.0, 0.0, shared.badge_bonus, shared.badge_scale)
    )


def effort_of_asking(people: People, added_minutes: float = 0.0) -> float:
    """Return the effort, as the model counts it, of one contribution by somebody who knows the service."""
    service, shared = people.services[0], people.shared[0]
    minutes = (
        float(service["part_minutes"])
        + access_minutes(1.0, service, 1.0, shared["digital_penalty"]) * float(shared["repeat_friction"])
        + float(service["travel_minutes"])
        + added_minutes
    )
    return float(effort(minutes, shared["effort_scale"]))
