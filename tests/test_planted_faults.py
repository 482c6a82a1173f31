"""The twins see: each of these faults, planted in a copy of the engine, is caught; the copy without one agrees.

Copies run without compiling. That this changes no bit is part of what is tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from plain_engine import copy_model, plant, run_on_copy
from small_worlds import WORLDS
from twins.compare import live_together
from twins.judge import digest

from entraide.model import simulation

pytestmark = pytest.mark.slow

DAYS = 20
CITIZENS_PER_CHUNK = 200


@dataclass(frozen=True)
class Fault:
    """A fault to plant: where, what becomes of a piece of source, and the world in which it shows."""

    file: str
    sound: str
    faulty: str
    world: str = "reports"


FAULTS = {
    "wrong sign: effort attracts": Fault("decisions.py", "- s.effort_weight * effort(", "+ s.effort_weight * effort("),
    "wrong sign: disappointment pleases": Fault("feedback.py", "value - ratio * step", "value + ratio * step"),
    "wrong stream: one draw for two motives": Fault(
        "population.py", "_motive_code(keys[Stream.PLEASURE], i)", "_motive_code(keys[Stream.ALTRUISM], i)"
    ),
    "wrong draw: the same luck every day": Fault(
        "decisions.py", "keys[Stream.OUTSIDE_OPTION, 0], i, day, 0", "keys[Stream.OUTSIDE_OPTION, 0], i, 0, 0"
    ),
    "off by one day: told a day late": Fault(
        "days.py",
        'past = day - int(simulation.service_records[j]["acknowledgement_delay"])',
        'past = day - 1 - int(simulation.service_records[j]["acknowledgement_delay"])',
    ),
    "off by one day: prompts fade from yesterday": Fault(
        "prompts.py",
        "steady = prompt_rate(citizens, involvement, j, i, service, s, fading, elapsed, 1.0)",
        "steady = prompt_rate(citizens, involvement, j, i, service, s, fading, elapsed + 1, 1.0)",
        "photographs",
    ),
    "off by one: staff touch what is a day too young": Fault(
        "production/cohorts.py", "range(rows - 1, youngest - 1, -1)", "range(rows - 1, max(-1, youngest - 2), -1)"
    ),
    "missing clip: time is no limit": Fault(
        "decisions.py", "return min(wanted, possible, _MOST_TASKS)", "return min(wanted, _MOST_TASKS)", "upkeep"
    ),
    "missing clip: neglect is felt without limit": Fault(
        "production/contract.py", "min(most, waiting", "min(1e9, waiting", "vandals"
    ),
    "swapped zone: the need of the first zone is felt everywhere": Fault("decisions.py", "need[j, zone]", "need[j, 0]"),
    "swapped zone: everybody looks at the first zone of the chunk": Fault(
        "decisions.py", "zone = first_zone + z", "zone = first_zone"
    ),
    "rounding: seconds are cut": Fault(
        "decisions.py",
        "act_seconds[acts] = np.int64(math.floor(minutes * 60.0 + 0.5))",
        "act_seconds[acts] = np.int64(math.floor(minutes * 60.0))",
    ),
    "rounding: trust is cut to its code": Fault(
        "arithmetic.py", "math.floor(value * 65535.0 + 0.5)", "math.floor(value * 65535.0)"
    ),
    "wrong half-life: habit fades as efficacy does": Fault(
        "fading.py", "habit) * decay[HABIT, elapsed]", "habit) * decay[EFFICACY, elapsed]"
    ),
    "drop-out after the n-th time drawn as after the next": Fault(
        "drop_out.py", "float(involvement[j, i].times)", "float(involvement[j, i].times + 1)"
    ),
    "ceiling too low: who hears more from neighbours is missed": Fault(
        "social.py", "threshold[j, i] = max(threshold[j, i], ceiling_code(hazard))", "threshold[j, i] = threshold[j, i]"
    ),
    "ceiling too low: a sweep that forgets the media": Fault(
        "people.py", "np.maximum(media, simulation", "np.maximum(0.0 * media, simulation", "channels"
    ),
    "pushes to the wrong owner: the first of the next chunk is seen twice": Fault(
        "social.py", "i >= last or", "i > last or"
    ),
    "pushes to the wrong owner: far neighbours live in the own zone": Fault(
        "neighbours.py", "return zone_start[place] + np.int64(", "return zone_start[zone] + np.int64("
    ),
    "ledger: expired credits are kept": Fault(
        "currency.py", "citizens[i].credits = 0", "citizens[i].credits += 0", "rivals"
    ),
    "events: a loss takes the least active": Fault(
        "events.py", "np.argsort(-times, kind=", "np.argsort(times, kind=", "misfortunes"
    ),
    "events: a rival lowers the outside option": Fault(
        "decisions.py", "best = outside[zone] - log", "best = -outside[zone] - log", "misfortunes"
    ),
    "events: hostile contributions are right": Fault(
        "events.py", "np.add.at(given.wrong, where, many)", "np.add.at(given.wrong, where, 0)", "misfortunes"
    ),
    "generator: nine rounds": Fault("random_numbers.py", "for _ in range(10):", "for _ in range(9):"),
    "services compete, but the last one wins": Fault(
        "decisions.py", "if utility + noise > best:", "if utility + noise > best or chosen >= 0:", "rivals"
    ),
}


def _judged(folder: Path, name: str, *worlds: str) -> tuple[int, str]:
    """Return the exit code and the words of the judge on a fresh copy with one fault, or none."""
    model = copy_model(folder, compiled=False)
    if name:
        try:
            plant(model, FAULTS[name].file, FAULTS[name].sound, FAULTS[name].faulty)
        except ValueError as moved:
            return -1, f"the fault cannot be planted any more, so it is to be written anew: {moved}"
    done = run_on_copy(folder, "-m", "twins.judge", str(DAYS), str(CITIZENS_PER_CHUNK), *worlds)
    assert str(model) in done.stdout, f"the judge did not judge the copy: {done.stdout}{done.stderr}"
    return done.returncode, done.stdout + done.stderr


def test_the_sound_copy_agrees_and_compiling_changes_no_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, words = _judged(tmp_path, "", *sorted({fault.world for fault in FAULTS.values()}))
    assert code == 0, words
    not_compiled = dict(line.split(" agrees ") for line in words.splitlines() if " agrees " in line)
    monkeypatch.setattr(simulation, "CHUNK", CITIZENS_PER_CHUNK)
    compiled = {}
    for world in not_compiled:
        found, engine, _ = live_together(WORLDS[world](), 1, DAYS)
        assert found == []
        assert len(engine.chunks) > 1
        compiled[world] = digest(engine)
    print(f"{DAYS} days, compiled and not: {compiled}")
    assert len(compiled) >= 5
    assert compiled == not_compiled


# In the short form every third of them: nine, of all kinds.
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] * bool(place % 3)) for place, name in enumerate(FAULTS)]
)
def test_a_planted_fault_is_caught(name: str, tmp_path: Path) -> None:
    code, words = _judged(tmp_path, name, FAULTS[name].world)
    print(words.splitlines()[-1])
    assert code == 3, words
    assert f"{FAULTS[name].world} differs: day " in words
