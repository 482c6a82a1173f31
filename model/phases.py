"""The day, in order: eleven phases, what each reads and writes, and why it stands where it stands.

This tuple is the schedule. The simulation runs it, and the documents are generated from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .administration import run_administration
from .chunks import ChunkWork
from .days import (
    count_the_day,
    give_feedback,
    let_needs_arise,
    let_people_spend,
    produce_service,
    show_neighbours,
)
from .people import decide_who_left, let_people_contribute, let_people_hear, prompt_people

if TYPE_CHECKING:
    from .simulation import Simulation

__all__ = ["PHASES", "Phase"]


@dataclass(frozen=True)
class Phase:
    """One phase of the day.

    Attributes
    ----------
    name : of the phase.
    run : does the whole of it.
    reads, writes : columns. ``why``: why it stands here.
    begin_chunks : of a phase whose people meet nobody of another chunk, what ``run`` does chunk by chunk; else None.
    """

    name: str
    run: Callable[[Simulation], None]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    why: str
    begin_chunks: Callable[[Simulation], ChunkWork] | None = None


def _of_people(
    name: str,
    begin_chunks: Callable[[Simulation], ChunkWork],
    *,
    reads: tuple[str, ...],
    writes: tuple[str, ...],
    why: str,
) -> Phase:
    """Return a phase that is done chunk by chunk."""

    def run(simulation: Simulation) -> None:
        work = begin_chunks(simulation)
        work.of_all(simulation.each_chunk(work.of_chunk, work.listed()))

    return Phase(name, run, reads, writes, why, begin_chunks)


PHASES: tuple[Phase, ...] = (
    Phase(
        "demand",
        let_needs_arise,
        reads=("group", "times"),
        writes=(
            "trust",
            "crowding",
            "fatigue",
            "touched",
            "stage",
            "threshold",
            "aware",
            "kind columns",
            "prompt_factor",
        ),
        why="First, so that needs of today can prompt people today. Events that strike people on one day strike here.",
    ),
    _of_people(
        "awareness",
        let_people_hear,
        reads=("eligible", "digital", "log_devotion", "neighbours_active"),
        writes=("threshold", "stage", "last", "refreshed", "aware"),
        why="Before prompts, because only who is aware can be prompted; who hears today is prompted from tomorrow.",
    ),
    _of_people(
        "prompts",
        prompt_people,
        reads=("last", "log_exposure", "prompt_factor"),
        writes=("threshold", "stage", "refreshed", "aware"),
        why="Before any decision: who is not prompted decides nothing.",
    ),
    _of_people(
        "drop-out",
        decide_who_left,
        reads=("times", "log_devotion"),
        writes=(
            "stage",
            "threshold",
            "refreshed",
            "satiation",
            "habit",
            "efficacy",
            "trust",
            "crowding",
            "fatigue",
            "touched",
            "aware",
        ),
        why="At the prompt that follows a contribution, with what the person has learnt of it by then.",
    ),
    _of_people(
        "contributions",
        let_people_contribute,
        reads=(
            "digital",
            "log_spare",
            "session_length",
            "altruism",
            "pleasure",
            "reputation_motive",
            "currency_motive",
            "cooperation",
            "adversary",
            "need",
            "published",
            "spendability",
        ),
        writes=(
            "times",
            "last",
            "stage",
            "satiation",
            "habit",
            "skill",
            "fatigue",
            "crowding",
            "credits",
            "reputation",
            "threshold",
        ),
        why="After all services have prompted, so that they compete for the same person.",
    ),
    Phase(
        "production",
        produce_service,
        reads=(),
        writes=("kind columns",),
        why="Contributions of today become correct or wrong units of today.",
    ),
    Phase(
        "administration",
        run_administration,
        reads=("forecast_short",),
        writes=("kind columns", "need", "prompt_factor", "administration_trust", "measured_error", "forecast_short"),
        why="Last resort comes after citizens have had the day; norms are judged when nothing more can be delivered.",
    ),
    Phase(
        "currency",
        let_people_spend,
        reads=(),
        writes=("credits", "spendability"),
        why="Credits earned today can be spent today; what they bought is seen tomorrow.",
    ),
    Phase(
        "feedback",
        give_feedback,
        reads=("kind columns",),
        writes=(
            "trust",
            "cooperation",
            "efficacy",
            "satiation",
            "habit",
            "refreshed",
            "stage",
            "threshold",
            "crowding",
            "fatigue",
            "touched",
            "aware",
        ),
        why="After delivery, because it tells contributors of past days what has been delivered by now.",
    ),
    Phase(
        "social",
        show_neighbours,
        reads=("eligible",),
        writes=("neighbours_active", "threshold", "published"),
        why="After all decisions, so that nobody is influenced by who happened to decide earlier the same day.",
    ),
    Phase(
        "record",
        count_the_day,
        reads=("aware", "administration_trust", "need"),
        writes=(),
        why="Last: it sees the whole day and changes nothing.",
    ),
)
