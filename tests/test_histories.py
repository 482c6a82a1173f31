"""Histories of people whose arrival is given: the kernels of the simulation, in its order, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from entraide.experiments.evidence.class_values import project_of
from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.harness_service import simulate_service
from entraide.experiments.evidence.whole_service import simulate_whole
from entraide.model.errors import InputError
from entraide.model.histories import Histories, live_histories

ARRIVALS = np.repeat(np.arange(0, 40, 4), 30)


def _live(name: str = "knowledge-commons", days: int = 120, seed: int = 1, **draw) -> Histories:
    success = draw.pop("success", 0.6)
    citizens, service = project_of(name, draw)
    return live_histories(citizens, service, ARRIVALS, days, seed=seed, success=success)


def _first_days(lived: Histories) -> NDArray[np.int64]:
    first = np.full(len(ARRIVALS), 10**6)
    np.minimum.at(first, lived.person, lived.day)
    return first


def test_everybody_arrives_on_the_day_given() -> None:
    assert np.array_equal(_first_days(_live()), ARRIVALS)


def test_one_session_a_day_and_at_least_one_task() -> None:
    lived = _live()
    assert len(np.unique(lived.person.astype(np.int64) * 1000 + lived.day)) == len(lived.day)
    assert lived.tasks.min() >= 1
    assert lived.seconds.min() > 0
    assert np.all(np.diff(lived.day) >= 0)


def test_nobody_comes_back_after_a_certain_drop_out_and_everybody_may_without_one() -> None:
    gone = _live(drop_out_first=1.0, drop_out_devotion_exponent=0.0, efficacy_drop_out=0.0)
    assert len(gone.person) == len(ARRIVALS)
    staying = _live(drop_out_first=0.0, departure_rate=0.0, prompt_fading=0.0, prompt_rate=3.0, days=300)
    last = np.zeros(len(ARRIVALS), np.int64)
    np.maximum.at(last, staying.person, staying.day)
    print(f"{np.mean(last > 200):.2f} still active")
    assert np.mean(last > 200) > 0.9


def test_success_keeps_people_and_its_switch_does_not() -> None:
    def returned(success: float, weight: float) -> float:
        shares = []
        for seed in range(20):
            # The values on which the band rests, whatever the class starts from.
            lived = _live(
                "urban-report", 365, seed, success=success, efficacy_drop_out=weight, acknowledgement_rate=1.0,
                drop_out_first=0.67, prompt_rate=0.03, session_tasks=0.18, exposure_log_sd=0.8,
            )  # fmt: skip
            shares.append(np.mean(np.bincount(lived.person, minlength=len(ARRIVALS)) > 1))
        return float(np.mean(shares))

    ratio, off = returned(1.0, 0.75) / returned(0.0, 0.75), returned(1.0, 0.0) / returned(0.0, 0.0)
    print(f"second report x{ratio:.2f} when the first succeeds; x{off:.2f} when efficacy does not matter")
    assert 1.3 < ratio < 2.5
    assert 0.95 < off < 1.05


def test_draws_of_one_person_do_not_depend_on_how_long_we_look() -> None:
    short, long = _live(days=100), _live(days=200)
    kept = long.day < 100
    assert np.array_equal(long.person[kept], short.person)
    assert np.array_equal(long.tasks[kept], short.tasks)


def test_the_devoted_come_first_from_a_small_pool_and_in_no_order_from_a_large_one() -> None:
    def ratio(pool: int) -> float:
        citizens, service = project_of("knowledge-commons", {})
        early, late = 0.0, 0.0
        for seed in range(20):
            lived = live_histories(citizens, service, np.arange(300), 700, seed=seed, pool=pool)
            span = np.zeros(300)
            np.maximum.at(span, lived.person, lived.day)
            stayed = span - np.arange(300) >= 30
            early, late = early + stayed[:100].mean(), late + stayed[-100:].mean()
        return early / late

    near, far = ratio(330), ratio(100_000)
    print(
        f"first third against last third, still there after 30 days: x{near:.2f} of 330 people, x{far:.2f} of 100,000"
    )
    assert near > 1.2
    assert 0.85 < far < 1.15


_PLAIN = """
import json, sys
import numpy as np
import entraide.model.histories as room
from entraide.experiments.evidence.class_values import project_of
called = {}
for name in ("find_candidates", "deliver_prompts", "decide_drop_out", "contribute", "session_tasks", "remember",
             "tell_contributors", "draw_population"):
    def counted(*arguments, _kernel=getattr(room, name), _name=name):
        called[_name] = called.get(_name, 0) + 1
        return _kernel(*arguments)
    setattr(room, name, counted)
citizens, service = project_of("knowledge-commons", {})
lived = room.live_histories(citizens, service, np.repeat(np.arange(0, 40, 4), 3), 60, seed=1)
print(json.dumps({"called": called, "rows": [getattr(lived, c).tolist() for c in
                  ("person", "day", "tasks", "seconds", "success")]}))
"""


def test_plain_python_gives_the_same_bits_and_calls_the_kernels_of_the_simulation() -> None:
    finished = subprocess.run(
        [sys.executable, "-c", _PLAIN],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    plain = json.loads(finished.stdout)
    citizens, service = project_of("knowledge-commons", {})
    lived = live_histories(citizens, service, np.repeat(np.arange(0, 40, 4), 3), 60, seed=1)
    compiled = [getattr(lived, column).tolist() for column in ("person", "day", "tasks", "seconds", "success")]
    assert plain["rows"] == compiled
    print(plain["called"])
    assert all(plain["called"][name] >= 30 for name in ("session_tasks", "remember"))
    assert all(
        plain["called"][name] == 60 for name in ("find_candidates", "deliver_prompts", "decide_drop_out", "contribute")
    )


def test_who_arrives_late_stays_as_long_as_who_arrives_early() -> None:
    """People alike but for their arrival, from a large pool: as many of both come back, to four points."""
    citizens, service = project_of("field-observation", {"departure_rate": 0.3})
    arrivals = np.repeat([0, 3000], 1000)
    lived = live_histories(citizens, service, arrivals, 3400, seed=3, pool=400_000)
    again = np.bincount(lived.person, minlength=2000) > 1
    early, late = again[:1000].mean(), again[1000:].mean()
    print(f"came back: {early:.3f} of those who arrived on day 0, {late:.3f} on day 3,000")
    assert abs(early - late) < 0.04


def test_what_happens_after_arrival_agrees_with_the_whole_simulation() -> None:
    # No neighbours, no news published, no feedback, nobody forgets: what the histories leave out.
    alike = {
        "word_of_mouth": 0.0,
        "conditional_strength": 0.0,
        "acknowledgement_rate": 0.0,
        "efficacy_step": 0.0,
        "trust_step": 0.0,
        "drift_disappointed": 0.0,
        "initial_awareness": 0.05,
        "needs_rate": 50_000.0,
    }
    survived: dict[str, list[float]] = {"whole": [], "given": []}
    tasks: dict[str, list[float]] = {"whole": [], "given": []}
    for seed in range(6):
        setting = Setting("knowledge-commons", {"days": 200, "people_pool": 20_000}, alike, seed)
        whole = simulate_whole(setting, 200, date(2025, 1, 1))
        first = np.full(whole.people, 10**6)
        np.minimum.at(first, whole.person, whole.day)
        citizens, service = project_of("knowledge-commons", alike)
        lived = live_histories(citizens, service, np.sort(first), 200, seed=seed, success=0.0)
        for name, person, day, done in (
            ("whole", whole.person, whole.day, whole.tasks),
            ("given", lived.person, lived.day, lived.tasks),
        ):
            begin, end = np.full(whole.people, 10**6), np.zeros(whole.people, np.int64)
            np.minimum.at(begin, person, day)
            np.maximum.at(end, person, day)
            early = begin < 140
            survived[name].append(float(np.mean((end - begin)[early] >= 30)))
            tasks[name].append(float(done.sum() / whole.people))
    s = {name: float(np.mean(values)) for name, values in survived.items()}
    t = {name: float(np.mean(values)) for name, values in tasks.items()}
    print(f"there after 30 days: {s['whole']:.3f} whole, {s['given']:.3f} given; tasks a person {t}")
    assert abs(s["whole"] - s["given"]) < 0.05
    assert abs(t["given"] / t["whole"] - 1.0) < 0.25


@pytest.mark.parametrize("arrivals", [[3, 1], [0, 999], [-1, 2]])
def test_arrivals_that_cannot_be_are_refused(arrivals: list[int]) -> None:
    citizens, service = project_of("knowledge-commons", {})
    with pytest.raises(ValueError, match="arrivals must ascend from 0 to 99"):
        live_histories(citizens, service, np.array(arrivals), 100)


def test_an_unknown_parameter_in_a_draw_is_told() -> None:
    with pytest.raises(InputError, match="drop_out_first"):
        project_of("knowledge-commons", {"drop_out_frist": 0.3})


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("when\n3\n", "day or date"),
        ("day,count\n3,1.5\n", "line 2"),
        ("day,count\n0,1\n400,1\n", "line 3"),
        ("date\n2020-01-01\nyesterday\n", "line 3"),
    ],
)
def test_arrivals_that_cannot_be_read_are_told_with_their_line(tmp_path, text: str, phrase: str) -> None:
    (tmp_path / "arrivals.csv").write_text(text, encoding="utf-8")
    scale = {"days": 100, "conditioned_on_arrivals": "arrivals.csv"}
    with pytest.raises(InputError, match=phrase):
        simulate_service(Setting("knowledge-commons", scale, folder=tmp_path))
