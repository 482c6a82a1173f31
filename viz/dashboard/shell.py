"""What stands around a page: its header, the list of tasks, what is in hand, and the button that simulates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import solara
from reacton import ipyvuetify as vuetify

from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.model.errors import UserFacingError
from entraide.scenarios.declarations import ALL
from entraide.scenarios.territories import territory_title

from ..how_many import for_a_probability
from ..locales import joined, localised, number
from ..title_words import services_title
from .address import Trouble, address
from .address_reading import KEYS
from .choices import has_draws
from .computing import VERDICT
from .design import LETTERS, Design
from .history import History
from .page_context import PageContext, PageEntry
from .parts import ReplicatesField, Words
from .status import status_of
from .words import LANGUAGE_NAMES, say

__all__ = ["Header", "InHand", "RunPart", "Tasks", "Warnings", "trouble_text"]


@solara.component_vue("header.vue")
def _Header(
    language: str,
    languages: list[dict[str, str]],
    page: str,
    path: str,
    tagline: str,
    languages_label: str,
    dark_label: str,
    skip: str,
    steps_label: str,
    undo_label: str,
    redo_label: str,
    reset_label: str,
    can_undo: bool,
    can_redo: bool,
    can_reset: bool,
    event_choose: Callable[[str], None],
    event_undo: Callable[[Any], None],
    event_redo: Callable[[Any], None],
    event_reset: Callable[[Any], None],
) -> None: ...


@solara.component_vue("tasks.vue")
def _Tasks(label: str, pages: list[dict[str, str]], current: str, event_open: Callable[[str], None]) -> None: ...


@solara.component_vue("run.vue")
def _RunBar(
    running: bool,
    stopping: bool,
    share: float,
    status: str,
    announcement: str,
    run_label: str,
    stop_label: str,
    bar_label: str,
    event_start: Callable[[Any], None],
    event_stop: Callable[[Any], None],
) -> None: ...


def Header(
    entry: PageEntry,
    language: str,
    design: Design,
    history: History[Design],
    on_language: Callable[[str], None],
    on_history: Callable[[History[Design]], None],
) -> None:
    """Show the name of the site, undo and redo, the languages and the switch to dark mode."""
    _Header(
        language=language,
        languages=[
            {"code": code, "name": name, "address": address(entry.path, code, design)}
            for code, name in LANGUAGE_NAMES.items()
        ],
        page=entry.title[language],
        path=entry.path,
        tagline=say("tagline", language),
        languages_label=say("languages", language),
        dark_label=say("dark", language),
        skip=say("skip", language),
        steps_label=say("steps", language),
        undo_label=say("undo", language),
        redo_label=say("redo", language),
        reset_label=say("reset_start", language),
        can_undo=history.can_undo,
        can_redo=history.can_redo,
        can_reset=history.present != history.start,
        event_choose=on_language,
        event_undo=lambda _: on_history(history.undo()),
        event_redo=lambda _: on_history(history.redo()),
        event_reset=lambda _: on_history(history.reset()),
    )


def Tasks(pages: Sequence[PageEntry], current: PageEntry, page: PageContext) -> None:
    """Show the tasks as links, the current one marked."""
    _Tasks(
        label=say("tasks", page.language),
        pages=[
            {
                "path": each.path,
                "address": page.link(each.path),
                "title": each.title[page.language],
                "place": str(place),
            }
            for place, each in enumerate(pages, start=1)
        ],
        current=current.path,
        event_open=page.go,
    )


def InHand(page: PageContext) -> None:
    """Say in a few lines what is worked on."""
    design, language = page.design, page.language
    # The card's title names the place that it was written for.
    elsewhere = page.world.card_written_for
    title = services_title(page.world, language) if elsewhere else localised(page.declared.title[language], language)
    lines = [localised(territory_title(page.world.territory(), language), language)]
    if len(design.variants) > 1:
        count = number(len(design.variants), language)
        lines.append(say("in_hand_design", language, letter=design.letter, count=count))
    for key, moved in (
        ("moved_norms", design.norms),
        ("moved_levers", design.levers),
        ("moved_assumptions", design.assumptions),
        ("moved_events", design.events),
    ):
        if moved:
            lines.append(say(key, language, count=number(len(moved), language)))
    if design.baseline is not None:
        what = say("design_named", language, letter=LETTERS[design.baseline])
        lines.append(say("compared_with", language, what=what))
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    with vuetify.Html(tag="section", class_="block in-hand", attributes={"aria-labelledby": "in-hand"}):
        Words(f'<h2 id="in-hand">{escape(say("in_hand", language))}</h2>')
        Words(f"<p><strong>{escape(title)}</strong></p><ul>{items}</ul>")


@solara.component
def RunPart(page: PageContext, entry: PageEntry, failed: bool) -> None:
    """Show how many simulations are made, the button that starts or stops, and how far it is."""
    language, work = page.language, entry.work or VERDICT
    with vuetify.Html(tag="section", class_="block"):
        ReplicatesField(
            page.design.replicates,
            language,
            page.running,
            lambda count: page.edit(replace(page.design, replicates=count)),
        )
        for line in _help(page):
            Words(escape(line), "p", "help")
    progress, job = page.progress_now(), page.job
    stages = {**VERDICT.stages, **work.stages}
    shown = None if page.running or job is None else page.shown(job.request.kind)
    held = page.running or job is None or shown is not None
    status, announcement = status_of(
        job,
        progress,
        running=page.running,
        failed=failed,
        language=language,
        held=held,
        stale=shown is not None and shown.stale,
        stages=stages,
    )
    if page.typed:
        status = announcement = say(
            "correct", language, labels=joined([_label(key, language) for key in page.typed], language)
        )

    def start() -> None:
        if page.typed:
            return
        with page.at_once:
            page.ask(work.request(page.design))
            if entry.work is None:
                page.go("verdict")

    _RunBar(
        running=page.running,
        stopping=page.running and job is not None and job.cancel.is_set(),
        share=0.0 if progress is None else round(progress.share, 3),
        status=status,
        announcement=announcement,
        run_label=work.label[language],
        stop_label=say("stop", language),
        bar_label=say("simulate", language),
        event_start=lambda _: start(),
        event_stop=lambda _: None if job is None else job.stop(),
    )


def _label(key: str, language: str) -> str:
    """Return how a field is called."""
    declared = ALL[key.rpartition(".")[2]]
    return localised(declared.label_en if language == "en" else declared.label_fr, language)


def _help(page: PageContext) -> tuple[str, ...]:
    """Say what a number of simulations can tell."""
    design, language = page.design, page.language
    lines = [say("replicates_help", language)]
    few = design.parameters == "ensemble" and design.replicates < FEWEST_FOR_PROBABILITY
    if few and has_draws(page.declared):
        lines.append(
            say(
                "replicates_few",
                language,
                few=number(design.replicates, language),
                least=number(for_a_probability(), language),
            )
        )
    return tuple(lines)


def Warnings(troubles: Sequence[Trouble], fault: UserFacingError | None, language: str) -> None:
    """Say what in the address could not be used, and what is contradictory in the design."""
    if troubles:
        lines = "".join(f"<li>{escape(trouble_text(each, language))}</li>" for each in troubles)
        told = escape(say("address_trouble", language))
        Words(f'<div role="alert"><p class="fault">{told}</p><ul>{lines}</ul></div>', "div", "block trouble")
    if fault is not None:
        key = "contradiction" if fault.is_told_in(language) else "contradiction_in_english"
        told = escape(say(key, language) + fault.told(language))
        Words(f'<p role="alert" class="fault">{told}</p>', "div", "block trouble")


def trouble_text(trouble: Trouble, language: str) -> str:
    """Say what of an address could not be used: by its key, never what it said."""
    why = say(f"why_{trouble.why}", language)
    if trouble.key not in KEYS:
        return say("address_whole", language, why=why)
    what = say(f"address_{KEYS[trouble.key]}", language)
    if trouble.name:
        return say("address_key_of", language, key=trouble.key, what=what, name=trouble.name, why=why)
    return say("address_key", language, key=trouble.key, what=what, why=why)
