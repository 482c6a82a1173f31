"""What every production kind promises: tests that the classes of each kind inherit, in ``test_contract_<kind>.py``."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import fields, replace
from random import Random
from typing import ClassVar

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from production_days import Bench, Day, days, quiet_day
from strategies import SAME_EACH_TIME

from entraide.model.given import add_by_zone
from entraide.model.parameters import Value
from entraide.model.production.contract import DayAccount

ZONES = 3
DELAY, LIFETIME, TOLD_AFTER = 4, 8, 3
SEEDS = st.integers(0, 2**32)
# With citizens, as in a run; the administration alone is a life of its own.
TOGETHER = st.lists(days(ZONES).map(lambda day: replace(day, alone=False)), min_size=12, max_size=16)
ALONE = st.lists(days(ZONES).map(lambda day: replace(day, alone=True)), min_size=12, max_size=16)
LIVES = st.one_of(TOGETHER, ALONE)
MANY = settings(SAME_EACH_TIME, max_examples=20)


def _counts(account: DayAccount) -> dict[str, list[int]]:
    return {entry.name: getattr(account, entry.name).tolist() for entry in fields(account)}


class Contract:
    """What every kind promises."""

    kind: ClassVar[str]
    parameters: ClassVar[Mapping[str, Value]]
    has_errors: ClassVar[bool] = True

    def bench(self, seed: int = 1, **changes: Value) -> Bench:
        """Return a bench with this kind on it."""
        common = {"norm_delay": DELAY, "need_lifetime": LIFETIME, "acknowledgement_delay": TOLD_AFTER}
        return Bench(self.kind, ZONES, {**common, **self.parameters, **changes}, seed, with_twin=False)

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Return the most needs that the day's supply can deliver."""
        raise AssertionError("each kind says what its supply is")

    def check_arisen(self, bench: Bench, day: Day, account: DayAccount) -> None:
        """Needs arise as they were drawn."""
        assert account.arisen.tolist() == list(day.arisen)

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """Return what is due on day ``t`` by zone: what arose one delay ago."""
        return list(story[t - DELAY].arisen) if t >= DELAY else [0] * ZONES

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """Return the least that staff deliver on day ``t`` when citizens give nothing: all that is old enough."""
        if day.youngest > LIFETIME:
            return 0
        young = sum(sum(past.arisen) for past in story[max(0, t - day.youngest + 1) : t + 1])
        return min(day.capacity, bench.open_needs() + int(account.delivered_by_staff.sum()) - young)

    @MANY
    @given(story=LIVES, seed=SEEDS)
    def test_needs_are_conserved(self, story: list[Day], seed: int) -> None:
        """Arisen = delivered + lapsed + withdrawn + waiting, in every zone, every day."""
        bench = self.bench(seed)
        balance = np.zeros(ZONES, np.int64)
        for day in story:
            account = bench.live(day)
            self.check_arisen(bench, day, account)
            balance += account.arisen - account.delivered_by_citizens - account.delivered_by_staff
            balance -= account.lapsed + account.withdrawn
            assert balance.tolist() == bench.kind.waiting(bench.state).tolist()

    @MANY
    @given(story=LIVES, seed=SEEDS)
    def test_nothing_is_delivered_that_is_not_there_or_not_supplied(self, story: list[Day], seed: int) -> None:
        bench = self.bench(seed)
        given, wasted = np.zeros((2, ZONES), np.int64)
        for day in story:
            waiting = bench.kind.waiting(bench.state)
            held = {name: column.astype(np.int64) for name, column in bench.state.items()}
            account = bench.live(day)
            delivered = account.delivered_by_citizens + account.delivered_by_staff
            assert (delivered + account.lapsed + account.withdrawn <= waiting + account.arisen).all()
            assert (account.withdrawn <= np.array(day.relief or (0,) * ZONES)).all()
            assert account.delivered_by_staff.sum() <= day.capacity
            if day.alone:
                assert not account.delivered_by_citizens.any()
            else:
                assert account.delivered_by_citizens.sum() <= self.most_delivered_by_citizens(bench, day, held)
            assert (account.errors <= account.closed).all()
            given += np.array(day.tasks)
            wasted += account.tasks_wasted
            assert (wasted <= given).all()

    @MANY
    @given(story=LIVES, seed=SEEDS)
    def test_what_is_due_arose_one_delay_ago_and_in_time_is_what_does_not_wait(
        self, story: list[Day], seed: int
    ) -> None:
        bench = self.bench(seed)
        for t, day in enumerate(story):
            account = bench.live(day)
            assert account.due.tolist() == self.due_on(bench, story, t)
            assert (account.in_time <= account.due).all()
            assert (account.in_time >= 0).all()

    @MANY
    @given(story=LIVES, seed=SEEDS)
    def test_counts_are_never_negative_and_nothing_is_nan(self, story: list[Day], seed: int) -> None:
        bench = self.bench(seed)
        for t, day in enumerate(story):
            for name, counts in _counts(bench.live(day)).items():
                assert min(counts) >= 0, name
            for column in bench.kind.columns:
                values = bench.state[column.name]
                assert np.isfinite(values).all(), column.name
                assert values.min() >= column.low, column.name
                assert values.max() <= column.high, column.name
            if t >= TOLD_AFTER:
                shares = bench.used_in_time()
                assert ((shares >= 0.0) & (shares <= 1.0)).all()

    @MANY
    @given(story=LIVES, seed=SEEDS, cut=st.integers(1, 11))
    def test_all_state_is_in_the_declared_columns(self, story: list[Day], seed: int, cut: int) -> None:
        """A bench that is given the columns on some day goes on as the one that lived all days."""
        whole, late = self.bench(seed), self.bench(seed)
        before = copy.deepcopy(vars(whole.kind))
        accounts = [_counts(whole.live(day)) for day in story[:cut]]
        assert set(whole.state) == {column.name for column in whole.kind.columns}
        for name, column in whole.state.items():
            late.state[name][...] = column
        late.members[:] = whole.members
        late.day, late.working_days, late.tasks_so_far = whole.day, whole.working_days, whole.tasks_so_far
        for day in story[cut:]:
            accounts.append(_counts(whole.live(day)))
            assert _counts(late.live(day)) == accounts[-1]
        assert vars(whole.kind) == before
        again = self.bench(seed)
        assert [_counts(again.live(day)) for day in story] == accounts

    @MANY
    @given(story=TOGETHER, seed=SEEDS, shuffle=st.randoms(use_true_random=False))
    def test_the_order_of_contributions_does_not_matter(self, story: list[Day], seed: int, shuffle: Random) -> None:
        """Contributions of one day, one task each and unlike in quality, in two orders: the same sums and service."""
        one, other = self.bench(seed), self.bench(seed)
        for day in story:
            rows = [
                (z, 1, 60, (23 * k % 64 - 32) / 64, int(k < day.wrong[z]), int(k == 0))
                for z in range(ZONES)
                for k in range(day.tasks[z])
            ]
            lives = []
            for bench in (one, other):
                sums = _sums(rows)
                lived = replace(day, tasks=sums[1], shift=sums[3], wrong=sums[4])
                lives.append(_counts(bench.live(lived)))
                shuffle.shuffle(rows)
            assert lives[0] == lives[1]

    @MANY
    @given(story=TOGETHER, seed=SEEDS)
    def test_without_contributions_the_administration_is_what_is_left(self, story: list[Day], seed: int) -> None:
        """Staff deliver what their capacity and the age of needs allow, and nobody else delivers anything."""
        bench = self.bench(seed)
        nothing = quiet_day(ZONES)
        for t, day in enumerate(story):
            open_before = bench.kind.waiting(bench.state)
            lived = replace(day, tasks=nothing.tasks, shift=nothing.shift, wrong=nothing.wrong)
            account = bench.live(lived)
            assert not account.delivered_by_citizens.any()
            assert not account.tasks_wasted.any()
            assert not account.visits.any()
            least = self.least_by_staff(bench, story, day, t, open_before, account)
            assert account.delivered_by_staff.sum() >= least

    @MANY
    @given(story=TOGETHER, seed=SEEDS, more=st.integers(1, 50))
    def test_more_staff_leave_no_more_needs_waiting(self, story: list[Day], seed: int, more: int) -> None:
        """Where staff are alone with the needs of citizens who give nothing."""
        nothing = quiet_day(ZONES)
        few, many = self.bench(seed), self.bench(seed)
        in_time_few = in_time_many = 0
        for day in story:
            lived = replace(day, tasks=nothing.tasks, shift=nothing.shift, wrong=nothing.wrong)
            lived = replace(lived, relief=())
            in_time_few += self.done_when_due(few, few.live(lived))
            in_time_many += self.done_when_due(many, many.live(replace(lived, capacity=lived.capacity + more)))
            assert many.open_needs() <= few.open_needs()
        assert in_time_many >= in_time_few

    def done_when_due(self, bench: Bench, account: DayAccount) -> int:
        """Return how many units that fell due on the day just lived were done."""
        return int(account.in_time.sum())

    def test_a_flood_and_a_drought_are_lived_through(self) -> None:
        """A thousand needs and tasks a day in each zone, then nothing at all: all that waits is gone after a life."""
        bench = self.bench()
        for _ in range(6):
            bench.live(quiet_day(ZONES, arisen=1_000, tasks=1_000, capacity=5))
        print(f"{bench.total('closed')} closed, {bench.total('errors')} wrong, {bench.open_needs()} open")
        assert (bench.total("closed") > 0) == self.has_errors
        for _ in range(LIFETIME + 1):
            bench.live(quiet_day(ZONES))
        assert bench.open_needs() == 0
        assert bench.total("arisen") == 6 * 1_000 * ZONES


def _sums(rows: list[tuple[int, int, int, float, int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return people, tasks, seconds, shift and wrong tasks by zone, added up in the order of the rows."""
    columns = list(zip(*rows, strict=True)) or [()] * 6
    kinds = (np.int32, np.int32, np.int64, np.float64, np.uint8, np.uint8)
    acts = [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    sums = [np.zeros(ZONES, np.float64 if k == 3 else np.int64) for k in range(6)]
    add_by_zone(*acts, *sums)
    return tuple(tuple(one.tolist()) for one in sums)
