"""Random numbers as a pure function of (seed, stream, citizen, day, draw): no state, no order, no thread count.

The generator is Philox 2x32 with ten rounds. A run has one 32-bit key per (seed, replicate, stream, service); the
counter holds the permanent number of the citizen (or zone) and the day with the index of the draw. Two scenarios
with one seed therefore see the same draw for the same citizen, stream and day.

Source: Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. Known answers are tested.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from .arithmetic import exponential, log_factorial, logarithm
from .compilation import helper

__all__ = ["Stream", "binomial", "philox", "poisson", "stream_keys", "uniform"]


class Stream(IntEnum):
    """One stream per decision. A new stream goes at the end, so that older runs keep their draws."""

    GROUP = 0
    DEVOTION = 1
    SPARE_MINUTES = 2
    EXPOSURE = 3
    SESSION_LENGTH = 4
    ALTRUISM = 5
    PLEASURE = 6
    REPUTATION = 7
    CURRENCY = 8
    COOPERATION_TYPE = 9
    DIGITAL = 10
    ADVERSARY = 11
    INITIAL_AWARENESS = 12
    ATTENTION = 13
    FORGETTING = 14
    DROP_OUT = 15
    SPARE_TODAY = 16
    OUTSIDE_OPTION = 17
    SERVICE_TASTE = 18
    TASKS = 19
    OUTCOME = 20
    ACKNOWLEDGEMENT = 21
    DRIFT = 22
    SPENDING = 23
    SPENDING_SERVED = 24
    CREDIT_EXPIRY = 25
    NEIGHBOUR = 26
    MEDIA = 27
    DEMAND = 28
    REPORT_TARGET = 29
    QUALITY = 30
    CHECKING = 31
    STAFF_DETECTION = 32
    STAFF_QUALITY = 33
    DUPLICATES = 34
    ADMISSION = 35
    MEDIATION = 36
    MODERATION = 37
    REVIEW = 38
    PASSIVE = 39
    LOSS = 40
    HOSTILITY = 41
    WEATHER = 42
    INCIDENT = 43
    CLOCK = 44
    ASSIGNMENT = 45
    ARRIVAL = 46
    CHANGE = 47
    CORRECTION = 48
    DAMAGE = 49
    PAIRING = 50
    FAILURE = 51
    GOAL = 52
    BACKING = 53
    ASKING = 54
    SEEING = 55


_MASK64 = 0xFFFFFFFFFFFFFFFF


def _mix(state: int) -> int:
    """Return the splitmix64 output for ``state`` (Steele, Lea & Flood 2014)."""
    z = (state + 0x9E3779B97F4A7C15) & _MASK64
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK64
    return z ^ (z >> 31)


def stream_keys(seed: int, replicate: int, services: int) -> NDArray[np.uint32]:
    """Return the keys of one replicate.

    Shapes: uint32[streams, max(services, 1)]; citizens' own draws use column 0.
    """
    base = _mix(_mix(seed & _MASK64) ^ _mix(replicate + 0x5851F42D4C957F2D))
    keys = np.empty((len(Stream), max(services, 1)), np.uint32)
    for stream in Stream:
        for service in range(keys.shape[1]):
            keys[stream, service] = _mix(base ^ _mix((int(stream) << 16) | service)) >> 32
    return keys


@helper
def philox(low, high, key):
    """Return the two 32-bit words of Philox 2x32-10 for a counter (low, high) and a key, as uint32."""
    left = np.uint32(low)
    right = np.uint32(high)
    round_key = np.uint32(key)
    for _ in range(10):
        product = np.uint64(left) * np.uint64(0xD256D193)
        left = np.uint32(np.uint32(product >> np.uint64(32)) ^ round_key ^ right)
        right = np.uint32(product & np.uint64(0xFFFFFFFF))
        round_key = np.uint32(round_key + np.uint32(0x9E3779B9))
    return left, right


@helper
def uniform(key, number, day, draw):
    """Return one float64 in (0, 1), 32 bits wide. ``day`` and ``draw`` are under 65,536."""
    word, _ = philox(number, (np.uint32(draw) << np.uint32(16)) | np.uint32(day), key)
    return (float(word) + 0.5) * 2.3283064365386963e-10


@helper
def poisson(mean, key, number, day):
    """Return a Poisson count: inversion under 10, transformed rejection above.

    Source: Hörmann (1993), The transformed rejection method for generating Poisson random variables (PTRS).
    """
    if mean <= 0.0:
        return 0
    if mean < 10.0:
        u = uniform(key, number, day, 0)
        probability = exponential(-mean)
        total = probability
        count = 0
        while u > total and count < 200:
            count += 1
            probability *= mean / count
            total += probability
        return count
    log_mean = logarithm(mean)
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    v_r = 0.9277 - 3.6224 / (b - 2.0)
    for attempt in range(200):
        u = uniform(key, number, day, 2 * attempt) - 0.5
        v = uniform(key, number, day, 2 * attempt + 1)
        us = 0.5 - abs(u)
        count = int(math.floor((2.0 * a / us + b) * u + mean + 0.43))
        if us >= 0.07 and v <= v_r:
            return count
        if count < 0 or (us < 0.013 and v > us):
            continue
        if logarithm(v * inverse_alpha / (a / (us * us) + b)) <= count * log_mean - mean - log_factorial(count):
            return count
    return int(mean)


@helper
def binomial(trials, probability, key, number, day):
    """Return a binomial count: inversion when the rarer outcome is expected under 10 times, else rejection.

    Source: Hörmann (1993), The generation of binomial random variates (BTRS).
    """
    if trials <= 0 or probability <= 0.0:
        return 0
    if probability >= 1.0:
        return trials
    flipped = probability > 0.5
    p = 1.0 - probability if flipped else probability
    q = 1.0 - p
    count = 0
    if trials * p < 10.0:
        u = uniform(key, number, day, 0)
        mass = exponential(trials * logarithm(q))
        total = mass
        while u > total and count < trials:
            count += 1
            mass *= (trials - count + 1) * p / (count * q)
            total += mass
    else:
        spread = math.sqrt(trials * p * q)
        b = 1.15 + 2.53 * spread
        a = -0.0873 + 0.0248 * b + 0.01 * p
        c = trials * p + 0.5
        v_r = 0.92 - 4.2 / b
        alpha = (2.83 + 5.1 / b) * spread
        log_odds = logarithm(p / q)
        mode = int(math.floor((trials + 1) * p))
        h = log_factorial(mode) + log_factorial(trials - mode)
        count = mode
        for attempt in range(200):
            u = uniform(key, number, day, 2 * attempt) - 0.5
            v = uniform(key, number, day, 2 * attempt + 1)
            us = 0.5 - abs(u)
            candidate = int(math.floor((2.0 * a / us + b) * u + c))
            if us >= 0.07 and v <= v_r:
                count = candidate
                break
            if candidate < 0 or candidate > trials:
                continue
            bound = h - log_factorial(candidate) - log_factorial(trials - candidate) + (candidate - mode) * log_odds
            if logarithm(v * alpha / (a / (us * us) + b)) <= bound:
                count = candidate
                break
    return trials - count if flipped else count
