"""Contributions looked at by people before and after they are used: moderation, and reviews by experts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .compilation import kernel
from .random_numbers import Stream, binomial

if TYPE_CHECKING:
    from .production.contract import Contributions
    from .simulation import Simulation

__all__ = ["moderate", "review"]


@kernel
def _stop(tasks, shift, wrong, moderation, mistakes, wasted, day, key):
    """Stop a share of the hostile tasks of each zone, and a few of the others.

    Shapes: ``tasks``, ``wrong`` and ``wasted`` int64[Z], ``shift`` float64[Z]; all are changed.
    """
    zones = tasks.shape[0]
    for z in range(zones):
        hostile = binomial(wrong[z], moderation, key, z, day)
        mistaken = binomial(tasks[z] - wrong[z], moderation * mistakes, key, zones + z, day)
        stopped = hostile + mistaken
        if stopped == 0:
            continue
        shift[z] *= (tasks[z] - stopped) / tasks[z]
        tasks[z] -= stopped
        wrong[z] -= hostile
        wasted[z] += stopped


def moderate(simulation: Simulation, j: int, given: Contributions) -> None:
    """Let moderators stop what they take for hostile; what is stopped is of no use."""
    service, day = simulation.service_records[j], simulation.day
    moderation = float(service["moderation"])
    if moderation <= 0.0:
        return
    tasks = int(given.tasks.sum())
    simulation.records.add("cost_review", day, j, moderation * tasks * float(service["moderation_unit_cost"]))
    _stop(
        given.tasks, given.shift, given.wrong, moderation, float(service["moderation_mistakes"]),
        simulation.accounts[j].tasks_wasted, day, simulation.keys[Stream.MODERATION, j],
    )  # fmt: skip


@kernel
def _correct(errors, found, day, key):
    """Correct a share of the errors of each zone; ``errors`` int64[Z] is lowered."""
    for z in range(errors.shape[0]):
        errors[z] -= binomial(errors[z], found, key, z, day)


def review(simulation: Simulation, j: int) -> None:
    """Let experts look again at a share of what citizens closed, closest votes first, and correct what is wrong."""
    service, day = simulation.service_records[j], simulation.day
    share = float(service["expert_review"])
    if share <= 0.0:
        return
    account = simulation.accounts[j]
    reviewed = share * int(account.closed.sum())
    simulation.records.add("cost_review", day, j, reviewed * float(service["review_unit_cost"]))
    # Experts of the review are those of the last resort: what they judge wrongly stays wrong.
    found = min(1.0, share * float(service["review_lift"])) * (1.0 - float(service["backstop_error"]))
    _correct(account.errors, found, day, simulation.keys[Stream.REVIEW, j])
