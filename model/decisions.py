"""Phase 5: among the prompted, who contributes to which service, and how much.

A prompted person with enough spare time weighs each service that prompted them against doing nothing; the best of
the utilities with Gumbel noise wins, so that services compete for the same people, and a single prompt is answered
with chance ``1 / (1 + exp(-V))``.
"""

from __future__ import annotations

import math

import numpy as np

from .arithmetic import exponential, fraction_code, fraction_value, logarithm
from .attention import ceiling_code
from .awareness import AWARE, MEDIATED, SETTLED, UNDECIDED, active_neighbours
from .compilation import helper, kernel
from .fading import FATIGUE, refresh_citizen
from .motives import (
    CASH,
    CREDIT,
    altruism_value,
    badge_gap,
    belonging,
    crowding_out,
    currency_value,
    effort,
    pleasure_value,
    reputation_value,
)
from .population import log_value
from .prompts import prompt_bound
from .random_numbers import Stream, uniform

__all__ = ["access_minutes", "contribute", "practised", "remember", "session_tasks"]

_MOST_TASKS = 400.0
_NEVER = 1.0e9


@helper
def channel_minutes(friction, accessibility, digital_penalty):
    """Return the minutes that one channel costs a person, more when it suits them less."""
    return friction * (1.0 + digital_penalty * (1.0 - accessibility))


@helper
def access_minutes(digital, service, friction_factor, digital_penalty):
    """Return the minutes of the cheapest channel open to a person of some digital capability (0-1).

    The app is open to who is not digitally excluded; phone and desk to all, where they are offered.
    """
    best = _NEVER
    if digital > 0.0:
        best = channel_minutes(service.app_friction * friction_factor, digital, digital_penalty)
    if service.phone_offered > 0.0:
        reach = digital + (1.0 - digital) * service.phone_access
        best = min(best, channel_minutes(service.phone_friction * friction_factor, reach, digital_penalty))
    if service.desk_offered > 0.0:
        reach = digital + (1.0 - digital) * service.desk_access
        best = min(best, channel_minutes(service.desk_friction * friction_factor, reach, digital_penalty))
    return best


@helper
def session_tasks(draw, session_length, log_devotion, spare_after_first, minutes_per_task, service):
    """Return the tasks of one session: people stop from having had enough, or when time is up.

    Time limits what is given in time alone: a larger gift, or another seat, takes no longer. ``draw`` is an Exp(1)
    number; ``session_length`` the person's normal score.
    """
    spread = service.session_tasks_log_sd
    length = service.session_tasks * exponential(
        spread * session_length - 0.5 * spread * spread + service.session_devotion_exponent * log_devotion
    )
    wanted = 1.0 + math.floor(min(_MOST_TASKS, draw * length))
    if service.medium > 0.0:
        return min(wanted, _MOST_TASKS)
    possible = 1.0 + math.floor(min(_MOST_TASKS, spare_after_first / minutes_per_task))
    return min(wanted, possible, _MOST_TASKS)


@helper
def practised(skill, tasks, log_skill_left):
    """Return a skill (0-1) after some more tasks; each covers the same share of the way that is left."""
    return 1.0 - (1.0 - skill) * exponential(tasks * log_skill_left)


@helper
def prepare_newcomer(involvement, j, i, service, shared):
    """Give a newcomer the skill of training and of services on shared tools; return whether the tools are known."""
    skill = involvement[j, i].skill
    if service.training > 0.0:
        skill = max(skill, fraction_code(service.training))
    known = False
    if shared.shared_tools > 0.0:
        for other in range(involvement.shape[0]):
            if other != j and involvement[other, i].times > 0:
                known = True
                carried = shared.skill_carried * fraction_value(involvement[other, i].skill)
                skill = max(skill, fraction_code(carried))
    involvement[j, i].skill = skill
    return known


@kernel
def contribute(
    citizens, involvement, threshold, prompted, prompting, zone_start, first_zone, services, shared, fading, decay,
    need, published, spendability, outside, friction, deflate, day, keys, act_citizen, act_service, act_zone, act_tasks,
    act_seconds, act_accuracy, act_wrong, act_first, motive_sums, newcomers,
):  # fmt: skip
    """Let the prompted decide; fill one row per contribution and return how many.

    Shapes: ``prompted`` int32 and ``prompting`` uint8, citizen and service of each prompt, sorted by citizen, then
    service; ``zone_start`` int64[zones of the chunk + 1], the first of which is ``first_zone``; ``need`` float64
    [S, Z], ``published`` float64[S, Z], ``spendability`` and ``outside`` float64[Z], the latter what the outside option
    is worth more in logits; ``friction`` float64[S], factor of the day; ``keys`` uint32[streams, S]; ``act_*`` buffers
    one row per citizen prompted: citizen, service, zone, tasks, seconds, accuracy shift in logits, wrong on purpose,
    first time (0 or 1); ``motive_sums`` float64[S, 4] and ``newcomers`` int64[S] are added to.
    """
    s = shared[0]
    acts = 0
    z = 0
    start = 0
    total = prompted.shape[0]
    while start < total:
        i = prompted[start]
        end = start + 1
        while end < total and prompted[end] == i:
            end += 1
        while i >= zone_start[z + 1]:
            z += 1
        zone = first_zone + z
        refresh_citizen(citizens, i, decay, day)
        capability = float(citizens[i].digital) / 255.0
        log_devotion = log_value(citizens[i].log_devotion)
        trust = fraction_value(citizens[i].trust)
        persistent = fraction_value(citizens[i].crowding)
        tired = max(0.0, float(citizens[i].fatigue) - 1.0)
        gap = float(badge_gap(citizens[i].reputation))
        typical_spare = exponential(log_value(citizens[i].log_spare))
        spare_today = -typical_spare * logarithm(uniform(keys[Stream.SPARE_TODAY, 0], i, day, 0))
        spare_week = -7.0 * typical_spare * logarithm(uniform(keys[Stream.SPARE_TODAY, 0], i, day, 1))
        best = outside[zone] - logarithm(-logarithm(uniform(keys[Stream.OUTSIDE_OPTION, 0], i, day, 0)))
        chosen = -1
        chosen_minutes = 0.0
        chosen_task = 0.0
        chosen_spare = 0.0
        altruism = pleasure = reputation = currency = 0.0
        for k in range(start, end):
            j = np.int64(prompting[k])
            service = services[j]
            digital = capability
            if digital <= 0.0 and uniform(keys[Stream.MEDIATION, j], i, 0, 0) < service.mediation:
                digital = MEDIATED
            known = involvement[j, i].times > 0
            if not known:
                known = prepare_newcomer(involvement, j, i, service, s)
            skill = fraction_value(involvement[j, i].skill)
            task_minutes = service.part_minutes * (1.0 - s.skill_saving * skill)
            access = access_minutes(digital, service, friction[j], s.digital_penalty)
            if known:
                access *= 0.0 if service.one_click > 0.0 else s.repeat_friction
            minutes = task_minutes + access + service.travel_minutes
            spare = spare_week if service.by_appointment > 0.0 else spare_today
            if spare < minutes:
                continue
            chi = crowding_out(
                service.reward_medium,
                service.reward_rate,
                persistent,
                s.crowding_cash,
                s.crowding_credit,
                s.crowding_per_euro,
            )
            a = (
                chi
                * s.altruism_weight
                * (float(citizens[i].altruism) / 32.0)
                * altruism_value(
                    need[j, zone] * service.need_shown,
                    fraction_value(involvement[j, i].efficacy),
                    trust,
                    s.need_share,
                )
            )
            p = (
                chi
                * s.pleasure_weight
                * (float(citizens[i].pleasure) / 32.0)
                * pleasure_value(
                    service.fun,
                    float(involvement[j, i].satiation),
                    skill,
                    service.challenge,
                    service.challenge_sensitivity,
                    s.pleasure_floor,
                )
            )
            r = (
                chi
                * s.reputation_weight
                * (float(citizens[i].reputation_motive) / 32.0)
                * reputation_value(service.reputation_visibility, service.badges, gap, s.badge_bonus, s.badge_scale)
            )
            m = (
                s.currency_weight
                * (float(citizens[i].currency_motive) / 32.0)
                * currency_value(
                    service.reward_medium,
                    service.reward_rate,
                    spendability[zone],
                    float(citizens[i].credits),
                    s.reward_sensitivity,
                    s.credit_saturation,
                )
            )
            social = belonging(
                citizens[i].cooperation,
                active_neighbours(involvement[j, i].neighbours_active, deflate),
                published[j, zone],
                s,
            )
            utility = (
                service.intercept
                + log_devotion
                + a
                + p
                + r
                + m
                + social
                + s.habit_weight * fraction_value(involvement[j, i].habit)
                - s.effort_weight * effort(minutes, s.effort_scale)
                - s.fatigue_weight * tired
                - service.legal_burden
            )
            noise = -logarithm(-logarithm(uniform(keys[Stream.SERVICE_TASTE, j], i, day, 0)))
            if utility + noise > best:
                best = utility + noise
                chosen = j
                chosen_minutes = minutes
                chosen_task = task_minutes
                chosen_spare = spare
                altruism, pleasure, reputation, currency = a, p, r, m
        start = end
        if chosen < 0:
            continue
        j = chosen
        service = services[j]
        tasks = session_tasks(
            -logarithm(uniform(keys[Stream.TASKS, j], i, day, 0)),
            log_value(citizens[i].session_length),
            log_devotion,
            chosen_spare - chosen_minutes,
            chosen_task,
            service,
        )
        minutes = chosen_minutes
        if service.medium == 0.0:
            minutes += (tasks - 1.0) * chosen_task
        pull = altruism + pleasure + reputation + currency
        haste = currency / pull if pull > 0.0 else 0.0
        act_citizen[acts] = i
        act_service[acts] = j
        act_zone[acts] = zone
        act_tasks[acts] = np.int32(tasks)
        act_seconds[acts] = np.int64(math.floor(minutes * 60.0 + 0.5))
        act_accuracy[acts] = s.skill_accuracy * fraction_value(involvement[j, i].skill) - s.haste_accuracy * haste
        act_wrong[acts] = citizens[i].adversary
        motive_sums[j, 0] += altruism
        motive_sums[j, 1] += pleasure
        motive_sums[j, 2] += reputation
        motive_sums[j, 3] += currency
        act_first[acts] = involvement[j, i].times == 0
        newcomers[j] += act_first[acts]
        acts += 1
        remember(citizens, involvement, threshold, j, i, service, s, tasks, minutes, fading, decay, day)
    return acts


@helper
def remember(citizens, involvement, threshold, j, i, service, shared, tasks, minutes, fading, decay, day):
    """Leave in a citizen's state what one contribution of some tasks and minutes leaves."""
    if involvement[j, i].times < 65535:
        involvement[j, i].times += 1
    if involvement[j, i].stage == AWARE:
        involvement[j, i].refreshed = day
    involvement[j, i].stage = UNDECIDED
    involvement[j, i].last = day
    involvement[j, i].satiation = np.float32(float(involvement[j, i].satiation) + service.wear * tasks)
    habit = fraction_value(involvement[j, i].habit)
    involvement[j, i].habit = fraction_code(habit + shared.habit_gain * (1.0 - habit))
    skill = fraction_value(involvement[j, i].skill)
    involvement[j, i].skill = fraction_code(practised(skill, tasks, shared.log_skill_left))
    citizens[i].fatigue = np.float32(
        float(citizens[i].fatigue) + (1.0 - decay[FATIGUE, 1]) * minutes / shared.fatigue_threshold
    )
    citizens[i].reputation = min(citizens[i].reputation + np.int64(tasks), 2147483647)
    if service.reward_rate > 0.0 and service.reward_medium == CASH:
        crowding = fraction_value(citizens[i].crowding)
        citizens[i].crowding = fraction_code(crowding + shared.crowding_build_up * (1.0 - crowding))
    if service.reward_rate > 0.0 and service.reward_medium == CREDIT:
        seconds = np.int64(math.floor(minutes * 60.0 + 0.5))
        citizens[i].credits += (seconds + 30) // 60
    if service.once_for_all > 0.0:
        involvement[j, i].stage = SETTLED
        threshold[j, i] = 0
        return
    threshold[j, i] = ceiling_code(prompt_bound(citizens, involvement, j, i, service, shared, fading, 1))
