"""Spending of time credits: what they buy decides what they are worth.

Part of phase 8. Each holder tries to spend now and then; a zone serves as many attempts as its offers allow. The recent
share served is the spendability that everybody in the zone sees. Credits issued = held + spent + expired, always.
"""

from __future__ import annotations

from .compilation import kernel
from .random_numbers import Stream, uniform

__all__ = ["spend_credits"]


@kernel
def spend_credits(citizens, zone_start, offers, spendability, keep, lifetime, shared, day, keys):
    """Let holders spend and credits expire; return (attempts, credits spent, credits expired).

    Shapes: ``zone_start`` int64[zones + 1]; ``offers`` float64[zones], credit-minutes on offer today;
    ``spendability`` float64[zones] is updated, ``keep`` being the share of its past that stays.
    ``lifetime`` days after which credits expire on average, 0 for never.
    """
    s = shared[0]
    attempts_in_all = 0
    spent = 0
    expired = 0
    size = int(s.credit_spending_size)
    for z in range(zone_start.shape[0] - 1):
        attempts = 0
        asked = 0
        for i in range(zone_start[z], zone_start[z + 1]):
            if citizens[i].credits <= 0:
                continue
            if lifetime > 0 and uniform(keys[Stream.CREDIT_EXPIRY, 0], i, day, 0) * lifetime < 1.0:
                expired += citizens[i].credits
                citizens[i].credits = 0
                continue
            if uniform(keys[Stream.SPENDING, 0], i, day, 0) < s.credit_spending_rate:
                attempts += 1
                asked += min(size, citizens[i].credits)
        if attempts == 0:
            continue
        chance = min(1.0, offers[z] / asked)
        served = 0
        for i in range(zone_start[z], zone_start[z + 1]):
            if citizens[i].credits <= 0 or uniform(keys[Stream.SPENDING, 0], i, day, 0) >= s.credit_spending_rate:
                continue
            if uniform(keys[Stream.SPENDING_SERVED, 0], i, day, 0) < chance:
                amount = min(size, citizens[i].credits)
                citizens[i].credits -= amount
                spent += amount
                served += 1
        attempts_in_all += attempts
        spendability[z] = keep * spendability[z] + (1.0 - keep) * served / attempts
    return attempts_in_all, spent, expired
