"""What a contribution is worth to a person: four motives, belonging, habit, effort, fatigue.

``V = beta + ln W + chi (wA A + wP P + wR R) + wM M + S + bH hab - wE E - wF max(0, fat - 1) - legal``, in logits.
Each term is one function of plain numbers, so that the experiments that test a term alone call the very same code.
"""

from __future__ import annotations

import numpy as np

from .arithmetic import exponential, logarithm
from .compilation import helper

__all__ = [
    "CASH",
    "CREDIT",
    "NO_REWARD",
    "THANKS",
    "altruism_value",
    "badge_gap",
    "belonging",
    "crowding_out",
    "currency_value",
    "effort",
    "pleasure_value",
    "reputation_value",
]

# Codes of the parameter reward_medium, in the order of its choices.
NO_REWARD, THANKS, CREDIT, CASH = 0, 1, 2, 3

# Tasks at which a badge is given: half a decade apart, so that the next one is in sight for everybody.
_BADGES = np.array([1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000], np.int64)


@helper
def altruism_value(need, efficacy, trust, need_share):
    """Return A: warm glow plus need times efficacy, more for who trusts. All arguments 0-1."""
    return ((1.0 - need_share) + need_share * need * efficacy) * (0.5 + trust)


@helper
def pleasure_value(fun, satiation, skill, challenge, challenge_sensitivity, pleasure_floor):
    """Return P: fun, worn off by satiation down to a floor, less when challenge and skill differ."""
    mismatch = challenge - skill
    flow = 1.0 / (1.0 + challenge_sensitivity * mismatch * mismatch)
    return fun * (pleasure_floor + (1.0 - pleasure_floor) * exponential(-satiation)) * flow


@helper
def currency_value(medium, rate, spendability, credits, reward_sensitivity, credit_saturation):
    """Return M in logits: what the reward buys. ``rate`` EUR-equivalents per hour, ``credits`` credit-minutes."""
    if medium == CASH:
        return reward_sensitivity * rate
    if medium == CREDIT:
        return reward_sensitivity * rate * spendability / (1.0 + credits / credit_saturation)
    return 0.0


@helper
def badge_gap(reputation):
    """Return the tasks still missing to the next badge (out of reach beyond the last one)."""
    for level in range(_BADGES.shape[0]):
        if _BADGES[level] > reputation:
            return _BADGES[level] - reputation
    return 2**31 - 1


@helper
def reputation_value(visibility, badges, gap, badge_bonus, badge_scale):
    """Return R: being seen, with a pull before the next badge."""
    if badges > 0.0:
        return visibility * (1.0 + badge_bonus * exponential(-gap / badge_scale))
    return visibility


@helper
def crowding_out(medium, rate, persistent, crowding_cash, crowding_credit, crowding_per_euro):
    """Return chi, the share of one's own motives that is left under a reward."""
    if rate <= 0.0 or medium < CREDIT:
        return max(0.0, 1.0 - persistent)
    framing = crowding_cash if medium == CASH else crowding_credit
    return max(0.0, 1.0 - framing - crowding_per_euro * rate - persistent)


@helper
def belonging(cooperation, neighbours, published, shared):
    """Return S in logits: conditional cooperators follow what others do, free riders are reluctant.

    ``neighbours`` and ``published`` are shares of active people, 0-1.
    """
    if cooperation == 1:
        mixed = shared.neighbourhood_share * neighbours + (1.0 - shared.neighbourhood_share) * published
        return shared.conditional_strength * (mixed - shared.conditional_threshold)
    if cooperation == 0:
        return -shared.free_rider_reluctance
    return 0.0


@helper
def effort(minutes, effort_scale):
    """Return E = ln(1 + m / m0)."""
    return logarithm(1.0 + minutes / effort_scale)
