"""Phases 2 to 5, what people do: they hear of services, are prompted, leave or stay, and contribute.

In these phases nobody meets a person of another part of the territory. Each phase says what it does in one chunk, and
what it makes of all chunks, so that workers can take a chunk through all four of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .attention import find_candidates
from .awareness import hear_of_services
from .chunks import ChunkWork
from .decisions import contribute
from .drop_out import decide_drop_out
from .lever_costs import book_reminders
from .outreach import outreach_by_zone
from .prompts import deliver_prompts
from .random_numbers import Stream

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["decide_who_left", "let_people_contribute", "let_people_hear", "prompt_people"]

# Columns of a day's contributions: citizen, service, zone, tasks, seconds, accuracy shift, wrong on purpose, first.
_ACT_TYPES = (np.int32, np.uint8, np.int32, np.int32, np.int64, np.float64, np.uint8, np.uint8)


def let_people_hear(simulation: Simulation) -> ChunkWork:
    """Phase 2: one sweep over everybody finds who might hear or be prompted; the unaware among them hear or not."""
    day = simulation.day
    prepared = []
    for j in range(simulation.services):
        service = simulation.service_records[j]
        louder = 1.0 + float(service["media_campaign"]) + float(simulation.acculturated[day])
        media = float(simulation.media[j, day]) * louder * simulation.timeline.media(j, day) * simulation.hearing[j]
        open_today = simulation.open_factor(j)
        outreach = outreach_by_zone(simulation, j)
        # Never under 1: what neighbours tell does not depend on how much the media tell a place.
        scale = np.maximum(1.0, np.maximum(media, simulation.zone_state["prompt_factor"][j] * open_today))
        prepared.append((media, outreach, scale, simulation.attention_keys[j]))
    simulation.today.candidates = [[_NOBODY] * len(simulation.chunks) for _ in prepared]

    def hear(chunk: int) -> list[int]:
        zones, bounds = simulation.chunk_zones(chunk), simulation.chunk_bounds(chunk)
        heard = []
        for j, (media, outreach, scale, key) in enumerate(prepared):
            found = simulation.scratch("candidates", chunk)
            count = find_candidates(simulation.threshold[j], bounds, scale[zones], outreach[zones], day, key, found)
            candidates = found[:count].copy()
            simulation.today.candidates[j][chunk] = candidates
            heard.append(
                hear_of_services(
                    simulation.citizens, simulation.involvement, simulation.threshold, j, candidates, bounds,
                    simulation.service_records, simulation.citizen_record, media[zones], outreach[zones],
                    simulation.deflate, day, key,
                )
            )  # fmt: skip
        return heard

    def count_all(results: Sequence[list[int]]) -> None:
        for heard in results:
            for j, people in enumerate(heard):
                simulation.zone_state["aware"][j] += people

    return ChunkWork(hear, count_all)


def prompt_people(simulation: Simulation) -> ChunkWork:
    """Phase 3."""
    day = simulation.day
    prepared = [
        (simulation.zone_state["prompt_factor"][j] * simulation.open_factor(j), simulation.attention_keys[j])
        for j in range(simulation.services)
    ]
    simulation.today.prompted = [[_NOBODY] * len(simulation.chunks) for _ in prepared]

    def prompt(chunk: int) -> list[tuple[int, int, int]]:
        told = []
        for j, (factor, key) in enumerate(prepared):
            candidates = simulation.today.candidates[j][chunk]
            prompted = np.empty(len(candidates), np.int32)
            count, forgot, silent = deliver_prompts(
                simulation.citizens, simulation.involvement, simulation.threshold, j, candidates,
                simulation.chunk_bounds(chunk), simulation.service_records, simulation.citizen_record,
                simulation.fading, simulation.forgetting, factor[simulation.chunk_zones(chunk)],
                simulation.deflate, day, key, simulation.keys[Stream.FORGETTING, j], prompted,
            )  # fmt: skip
            simulation.today.prompted[j][chunk] = prompted[:count]
            told.append((count, forgot, silent))
        return told

    def count_all(results: Sequence[list[tuple[int, int, int]]]) -> None:
        for j in range(simulation.services):
            prompted, forgot, silent = (sum(told[j][k] for told in results) for k in range(3))
            simulation.zone_state["aware"][j] -= forgot
            simulation.records.add("prompted", day, j, prompted)
            book_reminders(simulation, j, prompted, silent)

    return ChunkWork(prompt, count_all, lambda: _listed(simulation.today.candidates))


def decide_who_left(simulation: Simulation) -> ChunkWork:
    """Phase 4."""
    day = simulation.day

    def leave(chunk: int) -> list[int]:
        gone = []
        for j in range(simulation.services):
            prompted = simulation.today.prompted[j][chunk]
            staying = np.empty(len(prompted), np.int32)
            count, left = decide_drop_out(
                simulation.citizens, simulation.involvement, simulation.threshold, j, prompted,
                simulation.service_records, simulation.citizen_record, simulation.decay, day,
                simulation.keys[Stream.DROP_OUT, j], staying,
            )  # fmt: skip
            simulation.today.prompted[j][chunk] = staying[:count]
            gone.append(left)
        return gone

    def count_all(results: Sequence[list[int]]) -> None:
        for j in range(simulation.services):
            left = sum(gone[j] for gone in results)
            simulation.zone_state["aware"][j] -= left
            simulation.records.add("departures", day, j, left)

    return ChunkWork(leave, count_all, lambda: _listed(simulation.today.prompted))


def let_people_contribute(simulation: Simulation) -> ChunkWork:
    """Phase 5."""
    day = simulation.day
    friction = simulation.friction()
    outside = simulation.timeline.outside(day)

    def decide(chunk: int) -> _Decided:
        prompted, prompting = _in_order([by_chunk[chunk] for by_chunk in simulation.today.prompted])
        acts = tuple(np.empty(len(prompted), kind) for kind in _ACT_TYPES)
        motives = np.zeros((simulation.services, 4))
        newcomers = np.zeros(simulation.services, np.int64)
        count = contribute(
            simulation.citizens, simulation.involvement, simulation.threshold, prompted, prompting,
            simulation.chunk_bounds(chunk), simulation.chunks[chunk][0], simulation.service_records,
            simulation.citizen_record, simulation.fading,
            simulation.decay, simulation.zone_state["need"], simulation.zone_state["published"],
            simulation.zone_state["spendability"], outside, friction, simulation.deflate, day, simulation.keys, *acts,
            motives, newcomers,
        )  # fmt: skip
        return tuple(column[:count] for column in acts), motives, newcomers

    def put_together(results: Sequence[_Decided]) -> None:
        _keep_acts(simulation, [acts for acts, _, _ in results])
        for _, motives, newcomers in results:
            simulation.records.motives += motives
            for j in range(simulation.services):
                simulation.records.add("newcomers", day, j, int(newcomers[j]))

    return ChunkWork(decide, put_together, lambda: _listed(simulation.today.prompted))


_NOBODY = np.empty(0, np.int32)
# What one chunk contributed: columns of the contributions, motives by service, newcomers by service.
_Decided = tuple[tuple[np.ndarray, ...], NDArray[np.float64], NDArray[np.int64]]


def _listed(people: Sequence[Sequence[np.ndarray]]) -> int:
    return sum(len(part) for parts in people for part in parts)


def _in_order(prompted: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the citizens whom services prompted and, uint8, the services; by citizen, then by service."""
    services = np.repeat(np.arange(len(prompted), dtype=np.uint8), [len(people) for people in prompted])
    if len(prompted) == 1:
        return prompted[0], services
    citizens = np.concatenate(prompted)
    order = np.lexsort((services, citizens))
    return citizens[order], services[order]


def _keep_acts(simulation: Simulation, by_chunk: Sequence[tuple[np.ndarray, ...]]) -> None:
    """Keep the day's contributions by service, and in the log where there is one."""
    if not by_chunk:
        by_chunk = [tuple(np.empty(0, kind) for kind in _ACT_TYPES)]
    columns = by_chunk[0] if len(by_chunk) == 1 else tuple(map(np.concatenate, zip(*by_chunk, strict=True)))
    if simulation.services == 1:
        simulation.today.acts = [columns]
    else:
        simulation.today.acts = [
            tuple(column[columns[1] == j] for column in columns) for j in range(simulation.services)
        ]
    if simulation.records.log is not None and len(columns[0]):
        simulation.records.log.append(
            (np.full(len(columns[0]), simulation.day, np.int16), columns[0], columns[1], columns[3], columns[4])
        )
