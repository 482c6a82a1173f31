"""The day, in order: eleven phases, who acts, what each reads and writes, and why it stands where it stands.

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
    name : of the phase. ``who``: acts in it. ``does``: what they do, in one sentence.
    run : does the whole of it.
    reads : columns on which anything but themselves depends. ``writes``: columns that it changes.
    why : why it stands here.
    begin_chunks : of a phase whose people meet nobody of another chunk, what ``run`` does chunk by chunk; else None.
    """

    name: str
    run: Callable[[Simulation], None]
    who: str
    does: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    why: str
    begin_chunks: Callable[[Simulation], ChunkWork] | None = None


def _of_people(
    name: str,
    begin_chunks: Callable[[Simulation], ChunkWork],
    *,
    who: str,
    does: str,
    reads: tuple[str, ...],
    writes: tuple[str, ...],
    why: str,
) -> Phase:
    """Return a phase that is done chunk by chunk."""

    def run(simulation: Simulation) -> None:
        work = begin_chunks(simulation)
        work.of_all(simulation.each_chunk(work.of_chunk, work.listed()))

    return Phase(name, run, who, does, reads, writes, why, begin_chunks)


PHASES: tuple[Phase, ...] = (
    Phase(
        "demand",
        let_needs_arise,
        who="zones, events",
        does="Needs arise in each zone by chance, with season and weekday; events strike people.",
        reads=(
            "group",
            "stage",
            "times",
            "touched",
            "kind columns",
        ),
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
        who="citizens",
        does="Who does not know a service may hear of it from the media, from neighbours or by outreach.",
        reads=(
            "eligible",
            "digital",
            "log_devotion",
            "stage",
            "neighbours_active",
            "threshold",
            "need",
            "prompt_factor",
        ),
        writes=("threshold", "stage", "last", "refreshed", "aware"),
        why="Before prompts, because only who is aware can be prompted; who hears today is prompted from tomorrow.",
    ),
    _of_people(
        "prompts",
        prompt_people,
        who="citizens",
        does="Who knows a service may be prompted by it, or forgets it before having ever tried.",
        reads=(
            "digital",
            "log_devotion",
            "log_exposure",
            "stage",
            "last",
            "refreshed",
            "neighbours_active",
            "prompt_factor",
        ),
        writes=("threshold", "stage", "refreshed", "aware"),
        why="Before any decision: who is not prompted decides nothing.",
    ),
    _of_people(
        "drop-out",
        decide_who_left,
        who="citizens",
        does="Who is prompted again after a contribution leaves for good or stays.",
        reads=(
            "log_devotion",
            "fatigue",
            "touched",
            "stage",
            "times",
            "refreshed",
            "efficacy",
        ),
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
        who="citizens",
        does="Who is prompted contributes to one of the services that prompted, or does something else.",
        reads=(
            "cooperation",
            "adversary",
            "log_devotion",
            "log_spare",
            "log_exposure",
            "session_length",
            "altruism",
            "pleasure",
            "reputation_motive",
            "currency_motive",
            "digital",
            "trust",
            "crowding",
            "fatigue",
            "credits",
            "reputation",
            "touched",
            "times",
            "satiation",
            "skill",
            "efficacy",
            "habit",
            "neighbours_active",
            "need",
            "spendability",
            "published",
            "administration_trust",
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
        who="services, initiatives",
        does="Each service makes units of what it was given, after initiatives beside it have handed theirs over.",
        reads=(
            "members",
            "administration_trust",
            "kind columns",
        ),
        writes=("members", "kind columns"),
        why="Contributions of today become correct or wrong units of today.",
    ),
    Phase(
        "administration",
        run_administration,
        who="administration",
        does="It produces in last resort, looks at norm and errors, and sets its checks, its trust and its cost.",
        reads=(
            "need",
            "administration_trust",
            "measured_error",
            "forecast_short",
            "backstop_scale",
            "aware",
            "kind columns",
        ),
        writes=(
            "kind columns",
            "need",
            "prompt_factor",
            "administration_trust",
            "measured_error",
            "forecast_short",
            "backstop_scale",
        ),
        why="Last resort comes after citizens have had the day; norms are judged when nothing more can be delivered.",
    ),
    Phase(
        "currency",
        let_people_spend,
        who="citizens",
        does="Who holds time credits may spend some of them; others lapse.",
        reads=("credits",),
        writes=("credits", "spendability"),
        why="Credits earned today can be spent today; what they bought is seen tomorrow.",
    ),
    Phase(
        "feedback",
        give_feedback,
        who="administration, citizens",
        does="Contributors of some days ago are told what became of it, or nothing, and trust and believe accordingly.",
        reads=(
            "touched",
            "stage",
            "refreshed",
            "administration_trust",
            "kind columns",
        ),
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
        who="citizens",
        does="Neighbours see who contributed today, and everybody sees how many take part.",
        reads=(
            "eligible",
            "digital",
            "log_devotion",
            "stage",
            "neighbours_active",
            "members",
        ),
        writes=("neighbours_active", "threshold", "published"),
        why="After all decisions, so that nobody is influenced by who happened to decide earlier the same day.",
    ),
    Phase(
        "record",
        count_the_day,
        who="the record",
        does="Nobody acts: the day's accounts are added up and written down.",
        reads=(
            "need",
            "administration_trust",
            "aware",
        ),
        writes=(),
        why="Last: it sees the whole day and changes nothing.",
    ),
)
