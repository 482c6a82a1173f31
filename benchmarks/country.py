"""Everybody, everywhere: the full model on all inhabited communes, with accounts by zone and day."""

from __future__ import annotations

from functools import partial
from typing import Any

from engine import ONE_THREAD, TWO_WORKERS, one_replicate, same_outcome, specification
from measurement import load_average, timed
from memory import Growth

from entraide.model.records import Outcome
from entraide.model.specification import Specification

__all__ = ["country"]


def _run(what: Specification, threads: int, growth: Growth) -> Outcome:
    """Run one replicate and keep its outcome only: two populations would not fit in memory."""
    return one_replicate(what, threads, zone_daily=True, progress=growth.look)[1]


def country(place: str, days: int) -> dict[str, Any]:
    """Return time and memory of one replicate on two threads and on one, each once."""
    what = specification(place, days)
    growths, samples = {}, {}
    for arm, threads in ((TWO_WORKERS, 2), (ONE_THREAD, 1)):
        growths[arm] = Growth()
        samples[arm] = timed(partial(_run, what, threads, growths[arm]))
    citizen_days = what.territory.inhabitants * days
    return {
        "inhabitants": what.territory.inhabitants,
        "zones": what.territory.zones,
        "days": days,
        "seconds": {arm: sample.wall for arm, sample in samples.items()},
        "citizen_days_per_second": {arm: citizen_days / sample.wall for arm, sample in samples.items()},
        "cpu_over_wall": {arm: sample.cpu_over_wall for arm, sample in samples.items()},
        "resident_at_most": {arm: growth.largest for arm, growth in growths.items()},
        "same_bits": same_outcome(samples[TWO_WORKERS].result, samples[ONE_THREAD].result),
        "load_average": load_average(),
    }
