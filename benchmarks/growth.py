"""How time and memory grow with inhabitants, services and replicates; each case in a process of its own.

Run as a program it measures one case and prints one line of JSON: ``python benchmarks/growth.py case 10000 1 60 3``
(inhabitants or a selector such as "all", services, days in a block, rounds), ``... year 1000000 365`` or
``... replicates 1000000 365 4``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from engine import SEED, one_replicate, several_replicates, specification, warm_up
from measurement import load_average, timed
from memory import Growth
from roofline import THREADS, alternating, quickest

from entraide.model.memory import bytes_per_citizen
from entraide.model.simulation import Simulation

__all__ = ["growth"]

# A block of days is worth so many citizen-days, and has at least and at most so many days.
_BLOCK_CITIZEN_DAYS = 20_000_000
_BLOCK_DAYS = (3, 60)
_COUNTRY = 69_000_000
# Windows of days in which a year is told; the first day, when everybody who knows the service is looked at, is one.
_WINDOWS = (0, 1, 10, 30, 60, 120, 240, 365)


def _place(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def _case(place: int | str, services: int, block: int, rounds: int) -> dict[str, Any]:
    """Return what one territory costs: first day apart, then blocks of days on one thread and on two in turn."""
    what = specification(place, 1 + len(THREADS) * block * rounds, services)
    people = what.territory.inhabitants
    grown = Growth()
    drawn = timed(partial(Simulation, what, seed=SEED))
    simulation: Simulation = drawn.result
    grown.look(0)
    first = timed(partial(simulation.run, 1))
    grown.look(1)
    measured = alternating(simulation, block, rounds, lambda: grown.look(simulation.day), phases=False)
    best = {threads: quickest(blocks) for threads, blocks in measured.items()}
    return {
        "inhabitants": people,
        "zones": what.territory.zones,
        "services": services,
        "days": what.days,
        "nanoseconds": {str(threads): 1e9 * sample.wall / (people * block) for threads, sample in best.items()},
        "processor_nanoseconds": 1e9 * min(sample.cpu for sample, _ in measured[1]) / (people * block),
        "cpu_over_wall": {str(threads): sample.cpu_over_wall for threads, sample in best.items()},
        "drawing_nanoseconds": 1e9 * drawn.wall / people,
        "first_day_nanoseconds": 1e9 * first.wall / people,
        "registry": bytes_per_citizen(services),
        "resident_at_most": None if grown.largest is None else grown.largest / people,
    }


def _year(size: int, days: int) -> dict[str, Any]:
    """Return the cost of a citizen-day in windows of one long run, on one thread."""
    what = specification(size, days)
    simulation = Simulation(what, seed=SEED)
    rows = []
    for first, after in pairwise(_WINDOWS):
        if first < days:
            last = min(after, days)
            taken = timed(partial(simulation.run, last))
            rows.append(
                {
                    "from": first + 1,
                    "to": last,
                    "nanoseconds": 1e9 * taken.cpu / (what.territory.inhabitants * (last - first)),
                }
            )
    return {"inhabitants": what.territory.inhabitants, "days": days, "windows": rows}


@contextmanager
def _looking(grown: Growth) -> Iterator[None]:
    """Look at the process every hundredth of a second, inside the block."""
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            grown.look(0)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _replicates(size: int, days: int, replicates: int) -> dict[str, Any]:
    """Return what replicates side by side on two threads cost, population drawn included."""
    what = specification(size, days)
    grown = Growth()
    with _looking(grown):
        sample = timed(partial(several_replicates, what, replicates, max(THREADS)))
    citizen_days = what.territory.inhabitants * days * replicates
    return {
        "inhabitants": what.territory.inhabitants,
        "days": days,
        "replicates": replicates,
        "seconds": sample.wall,
        "nanoseconds": 1e9 * sample.wall / citizen_days,
        "processor_nanoseconds": 1e9 * sample.cpu / citizen_days,
        "cpu_over_wall": sample.cpu_over_wall,
        "resident_at_most": None if grown.largest is None else grown.largest / what.territory.inhabitants,
    }


def _in_a_process(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).resolve()), *map(str, arguments)]
    finished = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if finished.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} ended with {finished.returncode}:\n{finished.stderr}")
    row: dict[str, Any] = json.loads(finished.stdout)
    return row


def _block(place: int | str) -> int:
    """Return how many days are timed in a row: few where they are long, since days after the first cost the same."""
    low, high = _BLOCK_DAYS
    return min(high, max(low, _BLOCK_CITIZEN_DAYS // (place if isinstance(place, int) else _COUNTRY)))


def growth(
    sizes: Sequence[int | str], services: Sequence[int], replicates: Sequence[int], size: int, days: int, rounds: int
) -> dict[str, Any]:
    """Return what a citizen-day and a citizen cost by inhabitants, by services and by replicates.

    ``sizes`` with one service, and those of them that are numbers with each further number of ``services``;
    ``replicates`` of ``size`` inhabitants over ``days``, and the windows of one such run.
    """
    cases = [(place, 1) for place in sizes]
    cases += [(place, number) for number in services if number > 1 for place in sizes if isinstance(place, int)]
    return {
        "cases": [_in_a_process("case", place, number, _block(place), rounds) for place, number in cases],
        "year": _in_a_process("year", size, days),
        "replicates": [_in_a_process("replicates", size, days, number) for number in replicates],
        "load_average": load_average(),
    }


def _main(what: str, place: str, *numbers: str) -> dict[str, Any]:
    warm_up()
    given = [int(number) for number in numbers]
    if what == "case":
        one_replicate(specification(5_000, 5, given[0]))
        return _case(_place(place), *given)
    return _year(int(place), *given) if what == "year" else _replicates(int(place), *given)


if __name__ == "__main__":
    print(json.dumps(_main(*sys.argv[1:])))
