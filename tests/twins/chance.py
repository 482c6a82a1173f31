"""Random numbers from plain whole numbers: Philox 2x32-10 after its paper, and the laws drawn from it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from entraide.model.random_numbers import Stream

from .figures import exponential, log_factorial, logarithm

__all__ = ["Chance", "philox"]

_32 = 0xFFFFFFFF
_64 = 0xFFFFFFFFFFFFFFFF


def philox(low: int, high: int, key: int) -> tuple[int, int]:
    """Return the two words of Philox 2x32-10 (Salmon et al. 2011, section 3.2 and its reference code)."""
    for turn in range(10):
        product = 0xD256D193 * low
        low, high = (product >> 32) ^ ((key + turn * 0x9E3779B9) & _32) ^ high, product & _32
    return low, high


def _splitmix(state: int) -> int:
    z = (state + 0x9E3779B97F4A7C15) & _64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & _64
    z = (z ^ z >> 27) * 0x94D049BB133111EB & _64
    return z ^ z >> 31


@dataclass
class Chance:
    """The draws of one replicate: each a function of stream, service, number, day and index, and of nothing else.

    ``drawn`` remembers what was drawn at which address, when asked to.
    """

    seed: int
    replicate: int
    keys: dict[tuple[int, int], int] = field(default_factory=dict)
    drawn: dict[tuple[int, int, int, int, int], int] | None = None

    def key(self, stream: Stream, service: int) -> int:
        """Return the key of a stream of a service."""
        found = self.keys.get((stream, service))
        if found is None:
            root = _splitmix(_splitmix(self.seed & _64) ^ _splitmix(self.replicate + 0x5851F42D4C957F2D))
            found = self.keys[stream, service] = _splitmix(root ^ _splitmix(int(stream) * 65536 + service)) >> 32
        return found

    def words(self, stream: Stream, service: int, number: int, day: int, index: int = 0) -> tuple[int, int]:
        """Return both words drawn at one address."""
        words = philox(number, index * 65536 + day, self.key(stream, service))
        if self.drawn is not None:
            self.drawn[int(stream), service, number, day, index] = words[0]
        return words

    def uniform(self, stream: Stream, service: int, number: int, day: int, index: int = 0) -> float:
        """Return a number strictly between 0 and 1."""
        return (self.words(stream, service, number, day, index)[0] + 0.5) / 4294967296.0

    def poisson(self, mean: float, stream: Stream, service: int, number: int, day: int) -> int:
        """Return a Poisson count: by the cumulated law under a mean of 10, else Hörmann's PTRS."""
        if mean <= 0.0:
            return 0
        if mean < 10.0:
            aim = self.uniform(stream, service, number, day)
            count, mass = 0, exponential(-mean)
            cumulated = mass
            while cumulated < aim and count < 200:
                count += 1
                mass = mass * (mean / count)
                cumulated = cumulated + mass
            return count
        b = 0.931 + 2.53 * math.sqrt(mean)
        a = -0.059 + 0.02483 * b
        inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
        squeeze = 0.9277 - 3.6224 / (b - 2.0)
        for turn in range(200):
            u = self.uniform(stream, service, number, day, 2 * turn) - 0.5
            v = self.uniform(stream, service, number, day, 2 * turn + 1)
            us = 0.5 - abs(u)
            count = math.floor((2.0 * a / us + b) * u + mean + 0.43)
            if us >= 0.07 and v <= squeeze:
                return count
            if count >= 0 and not (us < 0.013 and v > us):
                left = logarithm(v * inverse_alpha / (a / (us * us) + b))
                if left <= count * logarithm(mean) - mean - log_factorial(count):
                    return count
        return int(mean)

    def binomial(self, trials: int, chance: float, stream: Stream, service: int, number: int, day: int) -> int:
        """Return a binomial count: by the cumulated law while the rarer outcome is rare, else Hörmann's BTRS."""
        if trials <= 0 or chance <= 0.0:
            return 0
        if chance >= 1.0:
            return trials
        if chance > 0.5:
            return trials - self._rarer(trials, 1.0 - chance, stream, service, number, day)
        return self._rarer(trials, chance, stream, service, number, day)

    def _rarer(self, trials: int, p: float, stream: Stream, service: int, number: int, day: int) -> int:
        q = 1.0 - p
        if trials * p < 10.0:
            aim = self.uniform(stream, service, number, day)
            count, mass = 0, exponential(trials * logarithm(q))
            cumulated = mass
            while cumulated < aim and count < trials:
                count += 1
                mass = mass * ((trials - count + 1) * p / (count * q))
                cumulated = cumulated + mass
            return count
        spread = math.sqrt(trials * p * q)
        b = 1.15 + 2.53 * spread
        a = -0.0873 + 0.0248 * b + 0.01 * p
        squeeze = 0.92 - 4.2 / b
        alpha = (2.83 + 5.1 / b) * spread
        mode = math.floor((trials + 1) * p)
        for turn in range(200):
            u = self.uniform(stream, service, number, day, 2 * turn) - 0.5
            v = self.uniform(stream, service, number, day, 2 * turn + 1)
            us = 0.5 - abs(u)
            count = math.floor((2.0 * a / us + b) * u + (trials * p + 0.5))
            if us >= 0.07 and v <= squeeze:
                return count
            if 0 <= count <= trials:
                top = log_factorial(mode) + log_factorial(trials - mode)
                bound = top - log_factorial(count) - log_factorial(trials - count) + (count - mode) * logarithm(p / q)
                if logarithm(v * alpha / (a / (us * us) + b)) <= bound:
                    return count
        return mode
