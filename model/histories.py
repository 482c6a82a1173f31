"""The citizens' half alone: the histories of people whose first contribution is given, day after day.

Nothing here is a second model. People are drawn, prompted, decide, drop out and are told by the kernels of the
simulation, in its order; what a service would do with the contributions is replaced by a constant chance of success,
and when each person first contributes is an input instead of an outcome. It is how the model is set beside data whose
arrivals are known, and how its parameters are fitted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential, logarithm
from .attention import find_candidates
from .columns import CITIZEN_COLUMNS, INVOLVEMENT_COLUMNS, record_type
from .compilation import helper, kernel
from .decisions import access_minutes, contribute, remember, session_tasks
from .drop_out import decide_drop_out
from .fading import AWARENESS, decay_table
from .feedback import tell_contributors
from .packing import fading_table, pack_citizens, pack_services
from .parameters import Value
from .population import draw_population, log_value
from .prompts import deliver_prompts
from .random_numbers import Stream, stream_keys, uniform
from .specification import ServiceSpecification

__all__ = ["Histories", "live", "live_histories"]

# People drawn for each one who contributes, where the number of those who could is not known.
_DRAWN_PER_PERSON = 8


@dataclass(frozen=True)
class Histories:
    """What people did, one row per session, in the order of days.

    Attributes
    ----------
    person : int32[n], 0 to people - 1, in the order of arrival.
    day : int32[n], 0 to days - 1.
    tasks : int32[n].
    seconds : int64[n].
    success : uint8[n], 1 where the contribution was used in time; 0 also where nobody was told before the end.
    """

    person: NDArray[np.int32]
    day: NDArray[np.int32]
    tasks: NDArray[np.int32]
    seconds: NDArray[np.int64]
    success: NDArray[np.uint8]


def live_histories(
    citizens: Mapping[str, Value],
    service: ServiceSpecification,
    arrivals: NDArray[np.int64],
    days: int,
    *,
    seed: int = 0,
    replicate: int = 0,
    season: NDArray[np.float64] | None = None,
    success: float = 0.6,
    pool: int | None = None,
) -> Histories:
    """Simulate the histories of people who first contribute on given days.

    Who contributes at all is selected as the model selects: in proportion to devotion and to the chance of having the
    time. The devoted come first: each person's waiting time is exponential with that rate, and the people of the pool
    who come first take the days of arrival in order. The larger the pool, the less the order tells.

    Parameters
    ----------
    citizens, service : a value for every parameter of each.
    arrivals : int64[people], the day of each person's first contribution, ascending.
    days : days simulated.
    seed, replicate : what fixes every random number.
    season : float64[days], factor on prompts; None: 1.
    success : chance that a contribution is used in time.
    pool : people who could take part; None: many more than those who do.

    Raises
    ------
    ValueError : arrivals out of order or out of range, or more of them than people in the pool.
    """
    arrivals = np.asarray(arrivals, np.int64)
    if len(arrivals) and (np.any(np.diff(arrivals) < 0) or arrivals[0] < 0 or arrivals[-1] >= days):
        raise ValueError(f"arrivals must ascend from 0 to {days - 1}")
    drawn = _DRAWN_PER_PERSON * len(arrivals) if pool is None else pool
    if drawn < len(arrivals):
        raise ValueError(f"{len(arrivals)} people arrive from a pool of {drawn}")
    shared = pack_citizens(citizens)
    services = pack_services([service], shared)
    keys = stream_keys(seed, replicate, 1)
    people = _contributors(drawn, len(arrivals), services, shared, keys)
    decay = decay_table(shared, days)
    involvement = np.zeros((1, len(people)), record_type(INVOLVEMENT_COLUMNS))
    involvement["efficacy"] = 32768
    involvement["last"] = -1
    threshold = np.zeros((1, len(people)), np.uint16)
    factor = np.ones(days) if season is None else np.asarray(season, np.float64)
    kept = live(
        people, involvement, threshold, arrivals, days, factor, float(success), services, shared,
        fading_table(services, days), decay, decay[AWARENESS], keys,
    )  # fmt: skip
    return Histories(*kept)


def _contributors(
    drawn: int, wanted: int, services: NDArray[np.void], shared: NDArray[np.void], keys: NDArray[np.uint32]
) -> NDArray[np.void]:
    """Return the citizens who contribute, in the order in which they come; records[wanted]."""
    pool = np.zeros(drawn, record_type(CITIZEN_COLUMNS))
    everybody, one_group = np.array([0, drawn]), np.zeros(1)
    draw_population(pool, 0, everybody, np.ones((1, 1)), np.ones(1, np.uint8), one_group, one_group, shared, keys[:, 0])
    waiting = np.empty(drawn)
    wait_for_first(pool, services, shared, keys[Stream.ARRIVAL, 0], waiting)
    return np.ascontiguousarray(pool[np.argsort(waiting, kind="stable")[:wanted]])


@helper
def first_minutes(citizen, service, shared):
    """Return the minutes of a person's very first task."""
    digital = max(float(citizen.digital) / 255.0, 0.01)
    return service.part_minutes + access_minutes(digital, service, 1.0, shared.digital_penalty) + service.travel_minutes


@kernel
def wait_for_first(citizens, services, shared, key, waiting):
    """Draw how long each person waits before the first contribution, in units of an average person's wait.

    Shapes: ``waiting`` float64[N], filled.
    """
    service = services[0]
    s = shared[0]
    for i in range(citizens.shape[0]):
        typical_spare = exponential(log_value(citizens[i].log_spare))
        if service.by_appointment > 0.0:
            typical_spare *= 7.0
        has_time = -first_minutes(citizens[i], service, s) / typical_spare
        waiting[i] = -logarithm(uniform(key, i, 0, 0)) * exponential(-log_value(citizens[i].log_devotion) - has_time)


@helper
def first_session(citizens, involvement, threshold, i, services, shared, fading, decay, day, keys):
    """Let a person contribute for the first time; return (tasks, seconds).

    Spare time has no memory: what is left after the minutes needed is distributed as spare time itself.
    """
    service = services[0]
    s = shared[0]
    typical_spare = exponential(log_value(citizens[i].log_spare))
    if service.by_appointment > 0.0:
        typical_spare *= 7.0
    left = -typical_spare * logarithm(uniform(keys[Stream.SPARE_TODAY, 0], i, day, 0))
    task_minutes = service.part_minutes
    minutes = first_minutes(citizens[i], service, s)
    tasks = session_tasks(
        -logarithm(uniform(keys[Stream.TASKS, 0], i, day, 0)),
        log_value(citizens[i].session_length),
        log_value(citizens[i].log_devotion),
        left,
        task_minutes,
        service,
    )
    if service.medium == 0.0:
        minutes += (tasks - 1.0) * task_minutes
    citizens[i].touched = day
    involvement[0, i].refreshed = day
    remember(citizens, involvement, threshold, 0, i, service, s, tasks, minutes, fading, decay, day)
    return tasks, minutes * 60.0


@helper
def longer(column):
    """Return a column with room for twice as many rows."""
    result = np.zeros(2 * column.shape[0], column.dtype)
    result[: column.shape[0]] = column
    return result


@kernel
def live(
    citizens, involvement, threshold, arrivals, days, season, success, services, shared, fading, decay, forgetting, keys
):
    """Simulate the days of people who arrive on given days; return the columns of Histories.

    Shapes: ``citizens`` records[N], in the order of arrival; ``arrivals`` int64[N], ascending; ``season``
    float64[days]; the rest as the kernels of the simulation take them.
    """
    people = citizens.shape[0]
    room = max(16, 4 * people)
    log_person = np.zeros(room, np.int32)
    log_day = np.zeros(room, np.int32)
    log_tasks = np.zeros(room, np.int32)
    log_seconds = np.zeros(room, np.int64)
    log_success = np.zeros(room, np.uint8)
    day_start = np.zeros(days + 1, np.int64)
    candidates = np.empty(people, np.int32)
    prompted = np.empty(people, np.int32)
    staying = np.empty(people, np.int32)
    act_citizen = np.empty(people, np.int32)
    act_service = np.empty(people, np.uint8)
    act_zone = np.zeros(people, np.int32)
    act_tasks = np.empty(people, np.int32)
    act_seconds = np.empty(people, np.int64)
    act_accuracy = np.empty(people, np.float64)
    act_wrong = np.empty(people, np.uint8)
    act_first = np.empty(people, np.uint8)
    prompting = np.zeros(people, np.uint8)
    motive_sums = np.zeros((1, 4))
    newcomers = np.zeros(1, np.int64)
    # The intercept of the decision is set at half of the need unmet; nothing is published, no neighbour is known.
    need = np.full((1, 1), 0.5)
    published = np.zeros((1, 1))
    spendability = np.ones(1)
    outside = np.zeros(1)
    friction = np.ones(1)
    no_outreach = np.zeros(1)
    used_in_time = np.full(1, success)
    bounds = np.zeros(2, np.int64)
    service = services[0]
    delay = np.int64(service.acknowledgement_delay)
    rows = 0
    here = 0
    for day in range(days):
        day_start[day] = rows
        factor = season[day : day + 1]
        bounds[1] = here
        found = find_candidates(threshold[0], bounds, factor, no_outreach, day, keys[Stream.ATTENTION, 0], candidates)
        number, _, _ = deliver_prompts(
            citizens, involvement, threshold, 0, candidates[:found], bounds, services, shared, fading, forgetting,
            factor, 1.0, day, keys[Stream.ATTENTION, 0], keys[Stream.FORGETTING, 0], prompted,
        )  # fmt: skip
        still, _ = decide_drop_out(
            citizens, involvement, threshold, 0, prompted[:number], services, shared, decay, day,
            keys[Stream.DROP_OUT, 0], staying,
        )  # fmt: skip
        acts = contribute(
            citizens, involvement, threshold, staying[:still], prompting[:still], bounds, 0, services, shared, fading,
            decay, need, published, spendability, outside, friction, 1.0, day, keys, act_citizen, act_service,
            act_zone, act_tasks, act_seconds, act_accuracy, act_wrong, act_first, motive_sums, newcomers,
        )  # fmt: skip
        while rows + acts + people - here > log_person.shape[0]:
            log_person, log_day, log_tasks = longer(log_person), longer(log_day), longer(log_tasks)
            log_seconds, log_success = longer(log_seconds), longer(log_success)
        log_person[rows : rows + acts] = act_citizen[:acts]
        log_day[rows : rows + acts] = day
        log_tasks[rows : rows + acts] = act_tasks[:acts]
        log_seconds[rows : rows + acts] = act_seconds[:acts]
        rows += acts
        while here < people and arrivals[here] == day:
            tasks, seconds = first_session(
                citizens, involvement, threshold, here, services, shared, fading, decay, day, keys
            )
            log_person[rows] = here
            log_day[rows] = day
            log_tasks[rows] = np.int32(tasks)
            log_seconds[rows] = np.int64(math.floor(seconds + 0.5))
            rows += 1
            here += 1
        day_start[day + 1] = rows
        past = day - delay
        if past >= 0:
            first, last = day_start[past], day_start[past + 1]
            for row in range(first, last):
                log_success[row] = uniform(keys[Stream.OUTCOME, 0], log_person[row], day, 0) < success
            tell_contributors(
                citizens, involvement, threshold, 0, log_person[first:last], act_zone, used_in_time, services, shared,
                decay, day, keys, 0.0, 1.0, 0.0,
            )  # fmt: skip
    return log_person[:rows], log_day[:rows], log_tasks[:rows], log_seconds[:rows], log_success[:rows]
