"""The generator: known answers, uniform and independent numbers, keys that do not collide, laws drawn from them."""

from __future__ import annotations

import math
from itertools import pairwise

import numba
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from twins.chance import Chance
from twins.chance import philox as plain_philox

from entraide.model.random_numbers import Stream, binomial, philox, poisson, stream_keys, uniform

# Philox 2x32-10: counter, key, answer. Source: the known-answer file of Random123 (Salmon et al. 2011).
KNOWN_ANSWERS = [
    ((0x00000000, 0x00000000), 0x00000000, (0xFF1DAE59, 0x6CD10DF2)),
    ((0xFFFFFFFF, 0xFFFFFFFF), 0xFFFFFFFF, (0x2C3F628B, 0xAB4FD7AD)),
    ((0x243F6A88, 0x85A308D3), 0x13198A2E, (0xDD7CE038, 0xF62A4C12)),
]
# A stream keeps its number for ever: older runs keep their draws.
NUMBERS = {
    "GROUP": 0, "DEVOTION": 1, "SPARE_MINUTES": 2, "EXPOSURE": 3, "SESSION_LENGTH": 4, "ALTRUISM": 5, "PLEASURE": 6,
    "REPUTATION": 7, "CURRENCY": 8, "COOPERATION_TYPE": 9, "DIGITAL": 10, "ADVERSARY": 11, "INITIAL_AWARENESS": 12,
    "ATTENTION": 13, "FORGETTING": 14, "DROP_OUT": 15, "SPARE_TODAY": 16, "OUTSIDE_OPTION": 17, "SERVICE_TASTE": 18,
    "TASKS": 19, "OUTCOME": 20, "ACKNOWLEDGEMENT": 21, "DRIFT": 22, "SPENDING": 23, "SPENDING_SERVED": 24,
    "CREDIT_EXPIRY": 25, "NEIGHBOUR": 26, "MEDIA": 27, "DEMAND": 28, "REPORT_TARGET": 29, "QUALITY": 30,
    "CHECKING": 31, "STAFF_DETECTION": 32, "STAFF_QUALITY": 33, "DUPLICATES": 34,
}  # fmt: skip
MANY = 1 << 16


@numba.njit
def _uniforms(key, first, count, day, draw):  # type: ignore[no-untyped-def]
    numbers = np.empty(count)
    for k in range(count):
        numbers[k] = uniform(key, first + k, day, draw)
    return numbers


@numba.njit
def _poissons(mean, key, count):  # type: ignore[no-untyped-def]
    counts = np.empty(count, np.int64)
    for k in range(count):
        counts[k] = poisson(mean, key, k, 3)
    return counts


@numba.njit
def _binomials(trials, chance, key, count):  # type: ignore[no-untyped-def]
    counts = np.empty(count, np.int64)
    for k in range(count):
        counts[k] = binomial(trials, chance, key, k, 3)
    return counts


def draws(stream: Stream, first: int = 0, day: int = 0, draw: int = 0, service: int = 0) -> NDArray[np.float64]:
    """Return the numbers of many citizens in a row, of one stream, day and index."""
    return np.asarray(_uniforms(stream_keys(11, 0, 2)[stream, service], first, MANY, day, draw))


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_known_answers(counter: tuple[int, int], key: int, answer: tuple[int, int]) -> None:
    assert tuple(int(word) for word in philox(*map(np.uint32, counter), np.uint32(key))) == answer
    assert tuple(int(word) for word in philox(*counter, key)) == answer
    assert plain_philox(*counter, key) == answer


def test_compiled_and_plain_generators_agree() -> None:
    generator = np.random.default_rng(5)
    counters = generator.integers(0, 2**32, (3_000, 3))
    for low, high, key in counters.tolist():
        assert tuple(int(word) for word in philox(low, high, key)) == plain_philox(low, high, key)


def test_streams_keep_their_numbers() -> None:
    assert NUMBERS.items() <= {stream.name: int(stream) for stream in Stream}.items()
    assert sorted(Stream) == list(range(len(Stream)))


def test_keys_are_those_of_the_twin_and_more_services_leave_the_first_ones_alone() -> None:
    chance = Chance(seed=2**63 + 5, replicate=7)
    keys = stream_keys(2**63 + 5, 7, 3)
    assert [[chance.key(stream, j) for j in range(3)] for stream in Stream] == keys.tolist()
    assert np.array_equal(stream_keys(2**63 + 5, 7, 1), keys[:, :1])
    assert np.array_equal(stream_keys(2**63 + 5, 7, 0), keys[:, :1])


def test_no_two_keys_of_a_replicate_are_one_and_no_two_replicates_share_their_keys() -> None:
    """2,000 replicates of 35 streams and 4 services; by chance 0.005 collisions are to be expected within them."""
    first_keys = set()
    for seed in range(20):
        for replicate in range(100):
            keys = stream_keys(seed, replicate, 4)
            assert len(np.unique(keys)) == keys.size
            first_keys.add(keys[:, 0].tobytes())
    assert len(first_keys) == 2_000


@pytest.mark.parametrize("stream", list(Stream), ids=lambda stream: stream.name)
def test_numbers_are_uniform(stream: Stream) -> None:
    """Chi-square over 256 classes, within six standard deviations of its mean; every bit half of the time."""
    for day, draw, first in ((0, 0, 0), (364, 0, 0), (17, 1, 68_000_000)):
        numbers = draws(stream, first, day, draw)
        counts = np.histogram(numbers, 256, (0.0, 1.0))[0]
        chi_square = float(((counts - MANY / 256) ** 2 / (MANY / 256)).sum())
        assert abs(chi_square - 255) < 6 * math.sqrt(2 * 255), (day, draw)
        assert numbers.min() > 0.0
        assert numbers.max() < 1.0
        words = (numbers * 2**32).astype(np.uint64)
        bits = np.array([((words >> np.uint64(bit)) & np.uint64(1)).mean() for bit in range(32)])
        assert np.abs(bits - 0.5).max() < 6 * 0.5 / math.sqrt(MANY)


def test_numbers_of_neighbours_days_draws_streams_services_and_replicates_are_independent() -> None:
    """Correlations of 65,536 pairs within 5.5 / sqrt(n), and chi-square over 16 x 16 classes within six deviations."""
    some = [Stream.ATTENTION, Stream.DROP_OUT, Stream.TASKS, Stream.OUTCOME, Stream.DEMAND]
    pairs = {}
    for stream in some:
        base = draws(stream)
        for step in (1, 2, 8, 277):
            pairs[f"{stream.name}: citizens {step} apart"] = (base, draws(stream, first=step))
        for day in (1, 7, 365):
            pairs[f"{stream.name}: {day} days apart"] = (base, draws(stream, day=day))
        pairs[f"{stream.name}: two draws"] = (base, draws(stream, draw=1))
        pairs[f"{stream.name}: two services"] = (base, draws(stream, service=1))
        pairs[f"{stream.name}: two replicates"] = (base, _uniforms(stream_keys(11, 1, 1)[stream, 0], 0, MANY, 0, 0))
        pairs[f"{stream.name}: two seeds"] = (base, _uniforms(stream_keys(12, 0, 1)[stream, 0], 0, MANY, 0, 0))
    for one, other in pairwise(Stream):
        pairs[f"{one.name} and {other.name}"] = (draws(one), draws(other))
    correlations, squares = {}, {}
    for name, (x, y) in pairs.items():
        correlations[name] = float(np.corrcoef(x, y)[0, 1])
        counts = np.histogram2d(x, y, 16, ((0, 1), (0, 1)))[0]
        squares[name] = float(((counts - MANY / 256) ** 2 / (MANY / 256)).sum())
    worst = max(correlations, key=lambda name: abs(correlations[name]))
    print(f"{len(pairs)} pairs; worst correlation {correlations[worst]:.4f} ({worst}); bound {5.5 / 256:.4f}")
    assert all(abs(value) < 5.5 / math.sqrt(MANY) for value in correlations.values())
    assert all(abs(value - 255) < 6 * math.sqrt(2 * 255) for value in squares.values())


def test_the_checks_can_fail() -> None:
    """Numbers that are close to those of the next citizen, or miss a class, are refused by the same bounds."""
    numbers = draws(Stream.GROUP)
    assert abs(np.corrcoef(numbers, 0.05 * numbers + 0.95 * draws(Stream.GROUP, first=1))[0, 1]) > 5.5 / math.sqrt(MANY)
    bent = np.where(numbers < 1 / 256, numbers + 1 / 256, numbers)
    counts = np.histogram(bent, 256, (0.0, 1.0))[0]
    assert float(((counts - MANY / 256) ** 2 / (MANY / 256)).sum()) - 255 > 6 * math.sqrt(2 * 255)


def _fits(counts: NDArray[np.int64], law: stats.rv_discrete) -> float:
    """Return the p-value of a chi-square of counts against a law, classes with under 10 expected put together."""
    low, high = int(law.ppf(1e-7)), int(law.ppf(1 - 1e-7)) + 1
    values = np.arange(low, high + 1)
    expected = law.pmf(values) * len(counts)
    observed = np.bincount(np.clip(counts, low, high) - low, minlength=len(values)).astype(float)
    group = np.cumsum(expected) // 10
    expected_by, observed_by = (np.bincount(np.unique(group, return_inverse=True)[1], x) for x in (expected, observed))
    if len(expected_by) > 1 and expected_by[-1] < 5:
        expected_by = np.append(expected_by[:-2], expected_by[-2:].sum())
        observed_by = np.append(observed_by[:-2], observed_by[-2:].sum())
    expected_by *= observed_by.sum() / expected_by.sum()
    if len(expected_by) < 2:
        return 1.0
    return float(stats.chisquare(observed_by, expected_by).pvalue)


def _check_law(counts: NDArray[np.int64], law: stats.rv_discrete) -> None:
    """Mean within 5 standard errors, variance within 5 of its own, chi-square not under one in a million."""
    n, mean, variance = len(counts), float(law.mean()), float(law.var())
    kurtosis = float(law.stats(moments="k"))
    print(f"mean {counts.mean():.5g} for {mean:.5g}, variance {counts.var():.5g} for {variance:.5g}")
    assert abs(counts.mean() - mean) < 5 * math.sqrt(variance / n)
    assert abs(counts.var() - variance) < 5 * variance * math.sqrt((kurtosis + 2) / n)
    assert _fits(counts, law) > 1e-6


POISSON_MEANS = [0.001, 0.3, 2.0, 9.99, 10.0, 12.5, 60.0, 400.0, 20_000.0]


@pytest.mark.parametrize("mean", POISSON_MEANS)
def test_poisson_counts_follow_their_law_and_the_twin(mean: float) -> None:
    key = stream_keys(3, 0, 1)[Stream.DEMAND, 0]
    counts = np.asarray(_poissons(mean, key, 40_000))
    _check_law(counts, stats.poisson(mean))
    chance = Chance(3, 0)
    assert [chance.poisson(mean, Stream.DEMAND, 0, k, 3) for k in range(300)] == counts[:300].tolist()


@pytest.mark.parametrize(
    ("trials", "chance"),
    [(1, 0.3), (7, 0.02), (50, 0.15), (50, 0.85), (30, 0.5), (40, 0.25), (400, 0.5), (1_000, 0.97), (90_000, 0.4)],
)
def test_binomial_counts_follow_their_law_and_the_twin(trials: int, chance: float) -> None:
    key = stream_keys(3, 0, 1)[Stream.QUALITY, 0]
    counts = np.asarray(_binomials(trials, chance, key, 40_000))
    _check_law(counts, stats.binom(trials, chance))
    twin = Chance(3, 0)
    assert [twin.binomial(trials, chance, Stream.QUALITY, 0, k, 3) for k in range(300)] == counts[:300].tolist()


def test_laws_at_their_ends() -> None:
    key = stream_keys(3, 0, 1)[Stream.QUALITY, 0]
    assert {poisson(0.0, key, k, 0) for k in range(50)} == {0}
    assert {poisson(-1.0, key, k, 0) for k in range(50)} == {0}
    for trials, chance, all_of in ((0, 0.5, 0), (9, 0.0, 0), (9, 1.0, 9), (9, -0.1, 0), (9, 1.1, 9)):
        assert {binomial(trials, chance, key, k, 0) for k in range(50)} == {all_of}


def test_a_law_off_by_little_is_refused() -> None:
    counts = np.asarray(_poissons(60.0, stream_keys(3, 0, 1)[Stream.DEMAND, 0], 40_000))
    with pytest.raises(AssertionError):
        _check_law(counts, stats.poisson(60.3))
    with pytest.raises(AssertionError):
        _check_law(np.where(counts == 60, 61, counts), stats.poisson(60.0))
