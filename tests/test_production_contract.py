"""The contract of production kinds: one class of tests that every kind inherits.

A new kind adds a class below, with its parameters and its supply, and passes all of it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from random import Random
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from production_days import Bench, Day, days, quiet_day
from small_worlds import START, territory
from strategies import SAME_EACH_TIME

from entraide.experiments.elsewhere import elsewhere
from entraide.experiments.runner import run_replicates
from entraide.model.errors import InputError
from entraide.model.given import add_by_zone
from entraide.model.parameters import Value
from entraide.model.production import PRODUCTION_KINDS
from entraide.model.production.alert_reach import prepare_reach
from entraide.model.production.contract import DayAccount, ProductionKind, column_sizes
from entraide.model.production.flow import _sky
from entraide.model.production.patient_community import chance_in_time
from entraide.scenarios.loader import load_scenario

ZONES = 3
DELAY, LIFETIME, TOLD_AFTER = 4, 8, 3
STORIES = st.lists(days(ZONES), min_size=12, max_size=16)
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


class TestQueueInTheOwnZone(Contract):
    kind = "queue"
    parameters: ClassVar[Mapping[str, Value]] = {"answers_per_task": 3, "gold_share": 0.1, "aggregation": "weighted"}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Every task closed took its number of answers, given today or held."""
        per_task = int(bench.record["answers_per_task"])
        return int((held_before["held_answers"] + np.array(day.tasks)).sum()) // per_task


class TestPooledQueue(TestQueueInTheOwnZone):
    parameters: ClassVar[Mapping[str, Value]] = {"answers_per_task": 2, "pooled": True}


class TestReportAndRepair(Contract):
    kind = "report-and-repair"
    parameters: ClassVar[Mapping[str, Value]] = {"duplicate_detection": 0.5, "repair_capacity": 12.5}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Agents repair what was reported before today, as far as their capacity goes."""
        if not day.working:
            return 0
        return min(13, int(held_before["reported"].sum()))


class TestStock(Contract):
    """Every item is due every day; what is missing or wrong waits for as long as nobody sees to it."""

    kind = "stock"
    parameters: ClassVar[Mapping[str, Value]] = {
        "topics_per_zone": 12, "topics_per_inhabitants": 0.3, "coverage_at_start": 0.5, "vandalism_rate": 0.05,
        "ageing_half_life": 30.0,
    }  # fmt: skip
    # What stays as it is left, so that two lives differ by what staff do alone.
    lasting: ClassVar[Mapping[str, Value]] = {"vandalism_rate": 0.0, "ageing_half_life": 1e6, "backstop_error": 0.0}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One contribution makes one item right."""
        return sum(day.tasks)

    def check_arisen(self, bench: Bench, day: Day, account: DayAccount) -> None:
        """New topics, and at most all items that were right at some moment of the day; on the first, those missing."""
        new = account.arisen - np.array(day.arisen)
        right = bench.state["right"] + account.delivered_by_citizens + account.delivered_by_staff
        assert (new >= (11 if len(bench.accounts) == 1 else 0)).all()
        if len(bench.accounts) > 1:
            assert (new <= right + new - account.delivered_by_citizens - account.delivered_by_staff).all()

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """Every item in demand: 22 topics at the start and those that came up since."""
        return [22 + sum(day.arisen[z] for day in story[: t + 1]) for z in range(ZONES)]

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """All that is old enough, whether it never was there or went wrong."""
        if day.youngest > LIFETIME:
            return 0
        young = sum(int(past.arisen.sum()) for past in bench.accounts[max(0, t - day.youngest + 1) : t + 1])
        return min(day.capacity, bench.open_needs() + int(account.delivered_by_staff.sum()) - young)

    @MANY
    @given(story=TOGETHER, seed=SEEDS, more=st.integers(1, 50))
    def test_more_staff_leave_no_more_needs_waiting(self, story: list[Day], seed: int, more: int) -> None:
        """Where nothing decays; else what is right can be damaged, and two lives meet different accidents."""
        nothing = quiet_day(ZONES)
        few, many = self.bench(seed, **self.lasting), self.bench(seed, **self.lasting)
        for day in story:
            lived = replace(day, tasks=nothing.tasks, shift=nothing.shift, wrong=nothing.wrong)
            few.live(lived)
            many.live(replace(lived, capacity=lived.capacity + more))
            assert many.open_needs() <= few.open_needs()
        assert many.total("in_time") >= few.total("in_time")

    def test_a_flood_and_a_drought_are_lived_through(self) -> None:
        """A thousand topics and contributions a day in each zone, then nothing: knowledge decays, topics stay."""
        bench = self.bench()
        for _ in range(6):
            bench.live(quiet_day(ZONES, arisen=1_000, tasks=1_000, capacity=5))
        right = int(bench.state["right"].sum())
        print(f"{right} right, {bench.open_needs()} missing or wrong, {bench.total('tasks_wasted')} tasks wasted")
        assert right > 6 * 1_000 * ZONES // 3
        for _ in range(LIFETIME + 1):
            bench.live(quiet_day(ZONES))
        assert int(bench.state["right"].sum()) + bench.open_needs() == 22 * ZONES + 6 * 1_000 * ZONES
        assert bench.state["right"].sum() < 0.8 * right
        assert bench.total("lapsed") == 0

    def test_review_repairs_and_patrol_undoes(self) -> None:
        """Where much is missing: no review, review without patrol, and both leave ever less wrong."""
        wrong = []
        for share, reach in ((0.0, 3.0), (0.5, 0.0), (0.5, 3.0)):
            bench = self.bench(topics_per_zone=2_000, review_share=share, patrol_reach=reach)
            for _ in range(30):
                bench.live(quiet_day(ZONES, tasks=20))
            wrong.append(bench.total("errors") / bench.total("closed"))
        print(f"share of items that are wrong: {[round(share, 3) for share in wrong]}")
        assert wrong[0] > wrong[1] > wrong[2]


class TestPooledStock(TestStock):
    parameters: ClassVar[Mapping[str, Value]] = {**TestStock.parameters, "pooled": True, "home_share": 0.3}


class TestPatientCommunity(Contract):
    kind = "patient-community"
    parameters: ClassVar[Mapping[str, Value]] = {"answer_hours": 24 * DELAY, "reread_days": 2}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One contribution answers one question."""
        return sum(day.tasks)

    def test_hours_are_those_of_two_moments_drawn(self) -> None:
        """The closed form against a million pairs of moments, by hours granted and days after the question."""
        chance = np.random.default_rng(1)
        asked, answered = chance.random((2, 1_000_000))
        for hours in (1, 12, 24, 36, 96):
            for age in range(6):
                days_between = age + answered - asked if age else np.abs(answered - asked)
                drawn = float((days_between <= hours / 24).mean())
                assert abs(chance_in_time(hours, age) - drawn) < 0.003, (hours, age)

    def test_rereading_corrects(self) -> None:
        """Thirty questions and sixty answers a day in each zone: the more spare answers reread, the fewer errors stay.

        An answer is read on three days, among ninety recent ones, by 30 x share people a day, of whom 77.5 % are right.
        """
        errors = []
        for share in (0.0, 0.5, 1.0):
            bench = self.bench(reread_share=share)
            for _ in range(30):
                bench.live(quiet_day(ZONES, arisen=30, tasks=60))
            errors.append(bench.total("errors") / bench.total("closed"))
        print(f"errors among answers: {[round(share, 3) for share in errors]}")
        expected = [0.225 * (1.0 - 0.775 * (1.0 - np.exp(-share / 3.0))) ** 3 for share in (0.0, 0.5, 1.0)]
        assert np.allclose(errors, expected, rtol=0.1)


class TestPooledPatientCommunity(TestPatientCommunity):
    parameters: ClassVar[Mapping[str, Value]] = {**TestPatientCommunity.parameters, "pooled": True}


class TestAlert(Contract):
    """Every incident is due at once, and nothing waits until tomorrow."""

    kind = "alert"
    parameters: ClassVar[Mapping[str, Value]] = {"ambulance_reference": 40.0, "ambulance_minutes": 6.0}

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """The day's incidents."""
        return list(story[t].arisen)

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One person at most is first at one incident."""
        return min(sum(day.tasks), sum(day.arisen))

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """As many incidents as there are hours of crews, whatever the age that the last resort waits for."""
        return min(day.capacity, sum(day.arisen))

    def test_each_zone_is_alerted_by_the_share_of_its_people_in_reach(self) -> None:
        """With a prompt a day at the norm, the chance of an alert is that share: most at home, none far away."""
        bench = self.bench(activation_share=1.0, alert_radius_km=0.5)
        bench.live(Day((1, 0, 0), (0, 0, 0), (0.0,) * 3, (0, 0, 0)))
        share = 1.0 - np.exp(-bench.prompt_factor)
        print(f"alerted after one incident in the first zone: {share}")
        # The first zone is a disk of 1.5 km2: a circle of half a kilometre covers just over half of it at most.
        assert 0.3 < share[0] < 0.53
        assert share[0] > share[1] > share[2] == 0.0

    def test_more_hours_of_crews_bring_the_ambulance_sooner(self) -> None:
        few, many = self.bench(), self.bench()
        for _ in range(30):
            few.live(quiet_day(ZONES, arisen=5, capacity=20))
            many.live(quiet_day(ZONES, arisen=5, capacity=80))
        print(f"in time with 20 and 80 hours of crews: {few.total('in_time')} and {many.total('in_time')} of 450")
        assert few.total("delivered_by_staff") == many.total("delivered_by_staff") == 450
        assert many.total("in_time") > few.total("in_time") + 30

    def test_a_lone_trained_neighbour_is_first_and_a_crowd_is_too_many(self) -> None:
        """One who arrives for certain beats a late ambulance; of ten at one incident, two are needed."""
        sure = {"activation_share": 1.0, "arrival_share": 1.0, "trained_share": 1.0, "ambulance_minutes": 120.0}
        bench = self.bench(**sure)
        one = bench.live(Day((1, 0, 0), (1, 0, 0), (0.0,) * 3, (0, 0, 0), capacity=5))
        assert one.delivered_by_citizens.tolist() == [1, 0, 0]
        assert not one.tasks_wasted.any()
        ten = bench.live(Day((1, 0, 0), (10, 0, 0), (0.0,) * 3, (0, 0, 0), capacity=5))
        assert ten.tasks_wasted.tolist() == [8, 0, 0]

    def test_places_without_areas_are_refused_with_the_next_step(self) -> None:
        with pytest.raises(InputError, match="add the columns area_km2, longitude and latitude"):
            prepare_reach(self.bench().own, territory((50, 60)))


class TestCoverage(Contract):
    """Every unit is due every day, needs are what falls out of date, staff bring zones back to the norm."""

    kind = "coverage"
    parameters: ClassVar[Mapping[str, Value]] = {
        "units_to_know": 2.0, "initial_coverage": 0.4, "initial_map_error": 0.2, "second_look": 0.5, "routing": 0.3,
    }  # fmt: skip

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """One observation brings one unit up to date."""
        return sum(day.tasks)

    def check_arisen(self, bench: Bench, day: Day, account: DayAccount) -> None:
        """Changes overtake at most as many units; the first day adds what had never been mapped."""
        never_mapped = bench.tables - np.diff(np.floor(0.4 * np.cumsum(bench.tables) + 0.5), prepend=0).astype(np.int64)
        first = never_mapped if len(bench.accounts) == 1 else np.zeros(ZONES, np.int64)
        assert (account.arisen >= first).all()
        assert (account.arisen <= first + np.array(day.arisen)).all()

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """Every unit."""
        return [int(units) for units in bench.tables]

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """Whatever is missing to the norm in some zone, whatever its age."""
        held = bench.kind.waiting(bench.state) + account.delivered_by_staff
        allowed = np.floor((1.0 - float(bench.record["norm_share_in_time"])) * bench.tables + 1e-9)
        return min(day.capacity, int(np.maximum(0, held - allowed).sum()))

    def test_a_flood_and_a_drought_are_lived_through(self) -> None:
        """A thousand changes and sixty observations a day in each zone, then nothing: the map stays as it was left."""
        bench = self.bench()
        for _ in range(6):
            bench.live(quiet_day(ZONES, arisen=1_000, tasks=60, capacity=5))
        left = bench.open_needs()
        print(f"{left} of {int(bench.tables.sum())} units are out of date, {bench.total('tasks_wasted')} tasks wasted")
        assert 0 < left < int(bench.tables.sum())
        for _ in range(LIFETIME + 1):
            bench.live(quiet_day(ZONES))
        assert bench.open_needs() == left
        assert bench.total("lapsed") == 0

    def test_last_resort_serves_the_most_outdated_zone_first_and_stops_at_the_norm(self) -> None:
        bench = self.bench(initial_coverage=1.0)
        bench.live(Day((40, 20, 0), (0, 0, 0), (0.0,) * 3, (0, 0, 0)))
        before = bench.kind.waiting(bench.state)
        assert before[0] > before[1] > before[2] == 0
        one = bench.live(quiet_day(ZONES, capacity=1))
        assert one.delivered_by_staff.tolist() == [1, 0, 0]
        many = bench.live(quiet_day(ZONES, capacity=1_000))
        allowed = np.floor(0.2 * bench.tables + 1e-9)
        assert many.delivered_by_staff.tolist() == np.maximum(0, before - [1, 0, 0] - allowed).tolist()

    def test_second_looks_and_routing_do_what_they_say(self) -> None:
        """On one map, 400 observations: directed ones update more; second looks leave fewer right units overwritten."""
        shown = {"units_to_know": 10.0, "initial_coverage": 0.8, "initial_map_error": 0.0}
        plain, routed, looked = (
            self.bench(**shown, routing=a, second_look=b) for a, b in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
        )
        for bench in (plain, routed, looked):
            for _ in range(4):
                bench.live(quiet_day(ZONES, tasks=33))
        delivered = [bench.total("delivered_by_citizens") for bench in (plain, routed, looked)]
        wrong = [int(bench.state["wrong"].sum()) for bench in (plain, routed, looked)]
        print(f"plain, routed, with second looks: updated {delivered}, wrong {wrong}")
        assert delivered[1] > 2 * delivered[0]
        assert wrong[2] < wrong[0]


class TestMatch(Contract):
    """Everybody asks, whatever became of earlier needs; a need lives for one day, so that it is due on that day."""

    kind = "match"
    parameters: ClassVar[Mapping[str, Value]] = {
        "compatibility": 0.3, "matching_reach": 2, "matching_visibility": 0.8, "asking_least": 1.0,
    }  # fmt: skip

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """What arises today is due today."""
        return list(story[t].arisen)

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Every need served took one place offered today."""
        return min(sum(day.tasks), sum(day.arisen))

    @MANY
    @given(story=TOGETHER, seed=SEEDS)
    def test_staff_serve_on_the_day_who_asks_or_nobody(self, story: list[Day], seed: int) -> None:
        bench = self.bench(seed)
        for day in story:
            account = bench.live(replace(day, tasks=(0,) * ZONES, shift=(0.0,) * ZONES, wrong=(0,) * ZONES))
            asked = int(bench.state["asked"].sum())
            expected = min(day.capacity, asked) if day.youngest == 0 else 0
            assert account.delivered_by_staff.sum() == account.in_time.sum() == expected

    @MANY
    @given(story=TOGETHER, seed=SEEDS)
    def test_no_pair_takes_more_places_than_there_are(self, story: list[Day], seed: int) -> None:
        """Places offered = places of use + places wasted; what failed before checks is wasted."""
        bench = self.bench(seed)
        for day in story:
            account = bench.live(day)
            held = account.observed.sum() - account.observed_wrong.sum()
            assert sum(day.tasks) == held + account.tasks_wasted.sum()


class TestMatchWhereDemandWithers(TestMatch):
    parameters: ClassVar[Mapping[str, Value]] = {"compatibility": 0.3, "asking_least": 0.1, "asking_half_life": 2.0}


class TestThreshold(Contract):
    kind = "threshold"
    parameters: ClassVar[Mapping[str, Value]] = {"goal_mean": 300.0, "seed_share": 0.2}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """A campaign that is funded today took one gift today at least."""
        return sum(day.tasks)

    @MANY
    @given(story=TOGETHER, seed=SEEDS)
    def test_all_or_nothing(self, story: list[Day], seed: int) -> None:
        """No open campaign has reached its goal, and gifts count as used only once their campaign is funded."""
        bench = self.bench(seed)
        for day in story:
            account = bench.live(day)
            still = bench.state["open"] > 0
            assert (bench.state["pledged"] < bench.state["goal"])[still].all()
            assert not bench.state["pledged"][~still].any()
            assert (bench.state["used"] + bench.state["backing"].sum(axis=1) <= bench.state["received"]).all()
            funded = account.delivered_by_citizens.sum() + account.delivered_by_staff.sum()
            assert funded > 0 or not bench.state["granted"].any()

    def test_the_administration_alone_pays_the_whole_goal(self) -> None:
        """Goals of ten gifts of 60 EUR: each project that staff choose costs 600 EUR, at twice the goal 1,200 EUR."""
        for goal, euros in ((600.0, 600.0), (1_200.0, 1_200.0)):
            bench = self.bench(goal_mean=goal, goal_log_sd=0.0, unit_gift=60.0, seed_share=0.0)
            today = quiet_day(ZONES, arisen=2, capacity=4, alone=True)
            assert bench.live(today).delivered_by_staff.sum() == 4
            assert bench.kind.costs_alone(bench.today(today)) == {"cost_grants": 4 * euros}


class TestParallelInitiative(Contract):
    """It has no needs: what is brought here lapses at once, nothing falls due, nobody's staff work."""

    kind = "parallel-initiative"
    parameters: ClassVar[Mapping[str, Value]] = {"integration": 0.4, "relief": 0.6}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Nothing counts as delivered: what it relieves is withdrawn from another service."""
        return 0

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """Nothing falls due."""
        return [0] * ZONES

    def test_a_flood_and_a_drought_are_lived_through(self) -> None:
        """A thousand tasks a day: about four in ten handed over, six in ten of the rest a relief if a need is open."""
        bench = self.bench()
        for _ in range(6):
            bench.live(quiet_day(ZONES, tasks=1_000, relief=(10**6,) * ZONES))
        wasted = bench.total("tasks_wasted") / (6 * 1_000 * ZONES)
        print(f"{wasted:.3f} of tasks in vain, .240 expected")
        assert abs(wasted - 0.6 * 0.4) < 0.02
        assert bench.total("closed") == bench.total("due") == bench.open_needs() == 0
        assert not bench.kind.public


def test_a_public_service_hands_nothing_over() -> None:
    bench = Bench("queue", ZONES, {}, with_twin=False)
    with pytest.raises(LookupError, match="hands nothing over"):
        bench.kind.hand_over(None, None)  # type: ignore[arg-type]


class TestFlow(Contract):
    """Demand is due on its day and lapses with it; nothing can be wrong."""

    kind = "flow"
    parameters: ClassVar[Mapping[str, Value]] = {
        "roofs_at_start": 0.0,
        "surplus_shared": 0.5,
        "daylight_share": 0.8,
        "once_for_all": True,
    }
    has_errors = False

    def due_on(self, bench: Bench, story: list[Day], t: int) -> list[int]:
        """The day's demand."""
        return list(story[t].arisen)

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """A roof gives, on the sunniest day of the year, twice the mean and a half, and each zone a started unit."""
        a_day = float(bench.own["roof_power"]) * float(bench.own["sun_yield"]) / 365.0 / float(bench.own["unit_energy"])
        return int(2.0 * 1.5 * a_day * bench.members.sum()) + ZONES

    def least_by_staff(
        self, bench: Bench, story: list[Day], day: Day, t: int, open_before: NDArray[np.int64], account: DayAccount
    ) -> int:
        """The grid does not wait: all it can, whatever the age that the last resort waits for."""
        return min(day.capacity, sum(day.arisen))

    def test_a_roof_gives_again_and_again(self) -> None:
        """Three roofs adopted on the first day give every day after it, more in July than in January."""
        bench = self.bench(sun_season=0.5, cloud_swing=0.0, unit_energy=1.0)
        bench.live(quiet_day(ZONES, arisen=500, tasks=1))
        given = [int(bench.live(quiet_day(ZONES, arisen=500)).delivered_by_citizens.sum()) for _ in range(59)]
        print(f"delivered by three roofs in January {sum(given[:30])} kWh, then {sum(given[29:])} kWh")
        # In mid-January the sun is 156 days from its longest day: 5 kW x 1,400 kWh / 365 x (1 - 0.45) a roof and day.
        assert abs(sum(given[:30]) - 3 * 30 * 10.58) < 20
        assert sum(given[29:]) > 1.2 * sum(given[:30])

    def test_sun_and_sky_give_what_their_parameters_say(self) -> None:
        """A year of 1,400 kWh per kW, December a third of June, and skies that leave the mean as it is.

        Bands: 2 % of the sum, 3 points of the ratio, and for the skies of ten years four standard errors.
        """
        bench = self.bench()
        tables = bench.kind.prepare(bench.record, bench.own, bench.place, START, 365)
        assert tables.sun.sum() == pytest.approx(1_400.0, rel=0.02)
        months = np.array([(START + timedelta(days=t)).month for t in range(365)])
        december, june = (tables.sun[months == month].mean() for month in (12, 6))
        skies = np.array([_sky(0.9, 3, day, np.uint32(7)) for day in range(3_650)])
        alike = np.corrcoef(skies[:-1], skies[1:])[0, 1]
        print(f"{tables.sun.sum():.0f} kWh, December {december / june:.2f} of June, sky {skies.mean():.3f} "
              f"with deviation {skies.std():.3f}, one day like the next {alike:.2f}")  # fmt: skip
        assert december / june == pytest.approx(1 / 3, abs=0.03)
        # Three draws overlap in two from one day to the next: the variance of a mean is inflated threefold.
        assert abs(skies.mean() - 1.0) < 4.0 * 0.3 * np.sqrt(3.0 / 3_650)
        assert skies.std() == pytest.approx(0.3, abs=0.02)
        assert alike == pytest.approx(2 / 3, abs=0.06)

    def test_what_a_zone_cannot_use_goes_to_the_others_as_far_as_it_is_shared(self) -> None:
        """One zone with roofs and no demand, two with demand and no roofs."""
        delivered = []
        for shared in (0.0, 0.5, 1.0):
            bench = self.bench(surplus_shared=shared, unit_energy=1.0, sharing_unit_cost=0.5)
            for tasks in (1, 0, 0, 0):
                account = bench.live(Day((0, 900, 900), (tasks, 0, 0), (0.0,) * 3, (0, 0, 0)))
            delivered.append(int(account.delivered_by_citizens.sum()))
            assert bench.kind.costs(bench.today(quiet_day(ZONES))) == {"cost_platform": 0.5 * delivered[-1]}
            assert account.delivered_by_citizens[0] == 0
        print(f"delivered with 0, half and all of the surplus shared: {delivered}")
        assert delivered[0] == 0
        assert 2 * delivered[1] <= delivered[2] <= 2 * delivered[1] + 1


class TestBurstInTheOwnZone(Contract):
    """Hours of work that are wrong are done again; a section counts when it is complete."""

    kind = "burst"
    parameters: ClassVar[Mapping[str, Value]] = {"project_hours": 0.0, "skilled_people": 0.4}

    def most_delivered_by_citizens(self, bench: Bench, day: Day, held_before: Mapping[str, NDArray[np.int64]]) -> int:
        """Nobody does more than the hours they give."""
        return sum(day.tasks)

    def test_staff_finish_one_section_before_the_next(self) -> None:
        """Sections of 30, 10 and 20 hours: the smallest first, and a section with a gap is not in time."""
        whole = {9: [0, 0, 0], 10: [0, 10, 0], 29: [0, 10, 0], 30: [0, 10, 20], 59: [0, 10, 20], 60: [30, 10, 20]}
        for capacity, in_time in whole.items():
            bench = self.bench(skilled_work=0.3, backstop_error=0.0)
            bench.live(Day((30, 10, 20), (0,) * 3, (0.0,) * 3, (0,) * 3, capacity=capacity))
            for _ in range(DELAY):
                account = bench.live(quiet_day(ZONES))
            assert account.due.tolist() == [30, 10, 20]
            assert account.in_time.tolist() == in_time

    def test_zones_under_the_floor_come_before_the_smallest_section(self) -> None:
        """Twenty hours: ten for the smallest section and ten for the next, or all for the zone under its floor."""
        for first, expected in ((None, [0, 10, 10]), ([False, False, True], [0, 0, 20]), ([False] * 3, [0, 10, 10])):
            bench = self.bench(skilled_work=0.3, backstop_error=0.0)
            bench.floor_first = None if first is None else np.array(first)
            bench.live(Day((30, 10, 20), (0,) * 3, (0.0,) * 3, (0,) * 3, capacity=20))
            for _ in range(DELAY):
                bench.live(quiet_day(ZONES))
            assert sum(account.delivered_by_staff for account in bench.accounts).tolist() == expected

    def test_who_finds_nothing_to_do_spoils_nothing(self) -> None:
        """Ten hours of work and a thousand given, one in ten badly: about one hour is spoilt, not a hundred."""
        bench = self.bench(skilled_work=0.0, accuracy_alpha=900.0, accuracy_beta=100.0)
        bench.live(Day((10, 0, 0), (1_000, 0, 0), (0.0,) * 3, (0,) * 3))
        print(f"{bench.total('errors')} hours spoilt, {bench.total('delivered_by_citizens')} done")
        assert bench.total("delivered_by_citizens") == 10
        assert bench.total("errors") <= 5
        assert bench.total("closed") == 10 + bench.total("errors")

    def test_nobody_is_called_before_the_shock_or_after_the_work(self) -> None:
        bench = self.bench(project_hours=0.6, project_day=2, damaged_share=1.0, pooled=True, backstop_error=0.0)
        called = []
        for capacity in (0, 0, 0, 60, 0):
            bench.live(quiet_day(ZONES, capacity=capacity))
            called.append(float(bench.prompt_factor.max()))
        assert bench.total("arisen") == 60
        # On the day of the work people are still called; the day after, nobody is.
        assert called == [0.0, 0.0, 1.0, 1.0, 0.0]

    def test_willing_hands_alone_do_not_do_skilled_work(self) -> None:
        bench = self.bench(skilled_work=0.5, skilled_people=0.0, accuracy_alpha=200.0, accuracy_beta=0.5)
        for _ in range(3):
            bench.live(Day((20, 0, 0) if not bench.day else (0, 0, 0), (30, 0, 0), (0.0,) * 3, (0,) * 3))
        assert bench.total("delivered_by_citizens") == 10
        assert bench.open_needs() == 10


class TestPooledBurst(TestBurstInTheOwnZone):
    parameters: ClassVar[Mapping[str, Value]] = {"project_hours": 0.0, "pooled": True}


def test_a_kind_answers_no_question_that_nobody_asks() -> None:
    """What the engine calls is in the contract: a method beside it, such as a cost, would never be heard."""
    asked = {name for name in dir(ProductionKind) if not name.startswith("_")}
    for kind in PRODUCTION_KINDS.values():
        assert {name for name in dir(kind) if not name.startswith("_")} - asked <= {"name", "columns"}, kind.name


def test_public_roofs_and_a_shared_surplus_are_paid_for() -> None:
    """Ten public roofs for 1,000 inhabitants at 600 EUR a year cost 6 EUR per inhabitant and year more."""
    yearly = []
    for roofs in (0.0, 10.0):
        scenario = load_scenario("rooftop-solar", {"public_roofs": roofs}, days=5)
        specification = elsewhere(scenario, "intercommunality:242010130").specification()
        (outcome,) = run_replicates(specification, replicates=1)
        yearly.append(float(outcome.daily["cost_platform"].sum()) * 365.0 / 5.0)
    people = int(specification.territory.population.sum())
    print(f"{yearly[1] - yearly[0]:.0f} EUR more a year for {people} inhabitants")
    assert yearly[1] - yearly[0] == pytest.approx(6.0 * people, rel=0.02)


def contracts(base: type[Contract]) -> list[type[Contract]]:
    """Return every class that states what a kind promises."""
    return [each for child in base.__subclasses__() for each in (child, *contracts(child))]


def test_every_kind_is_under_contract() -> None:
    under_contract = {contract.kind for contract in contracts(Contract)}
    assert under_contract == set(PRODUCTION_KINDS)
    for name, kind in PRODUCTION_KINDS.items():
        assert kind.name == name
        bench = Bench(name, ZONES, {}, with_twin=False)
        sizes = column_sizes(kind, bench.record, bench.own, bench.place)
        assert {column.shape for column in kind.columns} <= set(sizes)
        assert len({column.name for column in kind.columns}) == len(kind.columns)
