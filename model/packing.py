"""Parameters as kernels read them: one record of numbers per service, one for all citizens.

Records carry every declared parameter under its own name (booleans as 0 and 1, choices by their position) and a few
numbers derived from them, so that kernels read ``service.app_friction`` and nothing is passed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential, logarithm
from .citizen_parameters import CITIZEN_PARAMETERS
from .columns import shared_type
from .compilation import kernel
from .decisions import access_minutes
from .motives import (
    altruism_value,
    badge_gap,
    crowding_out,
    currency_value,
    effort,
    pleasure_value,
    reputation_value,
)
from .parameters import Parameter, Value
from .population import mean_power
from .service_parameters import SERVICE_PARAMETERS
from .specification import ServiceSpecification

__all__ = ["calibrated_intercept", "fading_table", "own_parameters", "pack_citizens", "pack_services"]

# What kernels read: parameters of one production kind alone are handed to that kind by name instead.
_IN_RECORDS = tuple(p for p in SERVICE_PARAMETERS if not p.production)
_DERIVED_CITIZENS = ("log_skill_left",)
_DERIVED_SERVICE = ("intercept", "awareness_normaliser", "offline_access", "part_minutes", "wear")


def _number(parameter: Parameter, value: Value) -> float:
    if parameter.choices is not None:
        return float(parameter.choices.index(str(value)))
    return float(value)


def _records(
    declared: Iterable[Parameter], derived: Sequence[str], rows: Sequence[Mapping[str, Value]]
) -> NDArray[np.void]:
    declared = tuple(declared)
    dtype = shared_type((*((p.name, "f8") for p in declared), *((name, "f8") for name in derived)))
    records = np.zeros(len(rows), dtype)
    for row, values in enumerate(rows):
        for parameter in declared:
            records[row][parameter.name] = _number(parameter, values[parameter.name])
    return records


def pack_citizens(values: Mapping[str, Value]) -> NDArray[np.void]:
    """Return the record of the citizens' parameters; one row.

    ``log_skill_left`` is the logarithm of the share of unskilledness left after one task.
    """
    records = _records(CITIZEN_PARAMETERS, _DERIVED_CITIZENS, [values])
    records[0]["log_skill_left"] = logarithm(max(1e-300, 1.0 - float(records[0]["skill_gain"])))
    return records


def _offline_access(record: Any) -> float:
    """Return how well the best channel offered beside the app reaches the digitally excluded, 0-1."""
    phone = float(record["phone_access"]) if record["phone_offered"] else 0.0
    desk = float(record["desk_access"]) if record["desk_offered"] else 0.0
    return max(phone, desk)


def calibrated_intercept(reference: Any, shared: Any) -> float:
    """Return the intercept at which a typical contributor accepts a prompt with the reference's acceptance.

    Typical: devotion, motives and exposure of 1, trust and efficacy of one half, half of the need unmet, full digital
    capability, not the first time, no habit, no fatigue, nothing earned yet, as many active neighbours as cooperation
    asks for.
    Contribution histories do not identify the intercept (it trades with the prompt rate); it is therefore fixed by
    the acceptance, which verdicts on levers scan.
    """
    checking = reference["checking_max"] * (1.0 - reference["administration_trust_start"])
    friction = 1.0 + reference["checking_friction"] * checking
    minutes = (
        reference["minutes_per_task"]
        + access_minutes(1.0, reference, friction, shared["digital_penalty"]) * shared["repeat_friction"]
        + reference["travel_minutes"]
    )
    chi = crowding_out(
        reference["reward_medium"],
        reference["reward_rate"],
        0.0,
        shared["crowding_cash"],
        shared["crowding_credit"],
        shared["crowding_per_euro"],
    )
    own = (
        shared["altruism_weight"] * altruism_value(0.5 * reference["need_shown"], 0.5, 0.5, shared["need_share"])
        + shared["pleasure_weight"]
        * pleasure_value(
            reference["fun"],
            0.0,
            0.0,
            reference["challenge"],
            reference["challenge_sensitivity"],
            shared["pleasure_floor"],
        )
        + shared["reputation_weight"]
        * reputation_value(
            reference["reputation_visibility"],
            reference["badges"],
            float(badge_gap(0)),
            shared["badge_bonus"],
            shared["badge_scale"],
        )
    )
    reward = shared["currency_weight"] * currency_value(
        reference["reward_medium"],
        reference["reward_rate"],
        1.0,
        0.0,
        shared["reward_sensitivity"],
        shared["credit_saturation"],
    )
    pull = chi * own + reward - shared["effort_weight"] * effort(minutes, shared["effort_scale"])
    acceptance = float(reference["intercept_acceptance"])
    return float(logarithm(acceptance / (1.0 - acceptance)) - (pull - reference["legal_burden"]))


def pack_services(services: Sequence[ServiceSpecification], shared: NDArray[np.void]) -> NDArray[np.void]:
    """Return the records of the services; one row each.

    ``intercept`` is calibrated on each service's reference, before any lever was moved; ``part_minutes`` are those of
    one part of a task, ``wear`` the satiation that a task leaves when tasks vary.
    """
    records = _records(_IN_RECORDS, _DERIVED_SERVICE, [s.parameters for s in services])
    references = _records(_IN_RECORDS, _DERIVED_SERVICE, [s.reference for s in services])
    omega, log_sd = float(shared[0]["launch_devotion_exponent"]), float(shared[0]["devotion_log_sd"])
    for row in range(len(services)):
        records[row]["intercept"] = calibrated_intercept(references[row], shared[0])
        records[row]["awareness_normaliser"] = 1.0 / mean_power(log_sd, omega)
        records[row]["offline_access"] = _offline_access(records[row])
        records[row]["part_minutes"] = float(records[row]["minutes_per_task"]) / float(records[row]["task_parts"])
        records[row]["wear"] = float(records[row]["satiation_per_task"]) * (1.0 - float(records[row]["variety"]))
    return records


def own_parameters(service: ServiceSpecification) -> dict[str, Value]:
    """Return the values of the parameters that belong to the service's production kind alone, by name."""
    return {p.name: service.parameters[p.name] for p in SERVICE_PARAMETERS if service.kind in p.production}


def fading_table(services: NDArray[np.void], days: int) -> NDArray[np.float64]:
    """Return ``tau**-g`` by service and days elapsed.

    Shapes: float64[S, days + 2]; the entry of day 0 is never read.
    """
    table = np.ones((len(services), days + 2))
    for row in range(len(services)):
        fill_powers(-float(services[row]["prompt_fading"]), table[row])
    return table


@kernel
def fill_powers(exponent, power):
    """Fill ``power``, float64[days], with 1, 2, 3, ... to the exponent from its second entry on."""
    for day in range(1, power.shape[0]):
        power[day] = exponential(exponent * logarithm(float(day)))
