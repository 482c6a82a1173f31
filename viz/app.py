"""The dashboard: choose a service, move four levers, simulate, read the verdict.

Served by ``entraide dashboard``; ``solara run entraide.viz.app`` works too. What somebody does in a page is kept in
that page's components and nowhere else: two people never see each other's settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from types import MappingProxyType
from typing import Any

import solara
import solara.lab
from reacton import ipyvuetify as vuetify
from solara.server.kernel_context import get_current_context

from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.model.parameters import Value
from entraide.scenarios.scenario import Scenario

from .dashboard.address import address, language_of, parameters_of
from .dashboard.choices import (
    REPLICATES,
    Design,
    Lever,
    has_draws,
    levers_of,
    load_choices,
    nearest_step,
    parameters_taken,
    parse_value,
)
from .dashboard.figures import draw
from .dashboard.job import Answer, Job, Progress
from .dashboard.parts import (
    STYLE,
    Header,
    LeverField,
    ParametersField,
    ReplicatesField,
    RunBar,
    ScenarioBlock,
    Words,
)
from .dashboard.presence import reader_of
from .dashboard.verdict import Picture, before_html, verdict_html
from .dashboard.words import duration, say
from .locales import number, percent
from .serve import quieten

__all__ = ["Layout", "Page"]

quieten()

FIRST_SCENARIO = "urban-reports"

_NO_CHANGES: Mapping[str, Value] = MappingProxyType({})
_NOTHING_TYPED: Mapping[str, str] = MappingProxyType({})
_NO_JOB: Job | None = None
_NO_PROGRESS: Progress | None = None
_NO_ANSWER: Answer | None = None


@solara.component
def Layout(children: list[solara.Element]) -> None:
    """Hold the page without the frame that Solara puts around one."""
    with vuetify.Html(tag="div", class_="entraide"):
        solara.Style(STYLE)
        for child in children:
            solara.display(child)


@solara.component
def Page() -> None:
    """Show the dashboard."""
    router = solara.use_router()
    language = language_of(router.search, _reader_languages())
    parameters = parameters_of(router.search)
    choices = solara.use_memo(load_choices, [])
    first = choices.scenarios.get(FIRST_SCENARIO) or next(iter(choices.scenarios.values()))
    scenario, set_scenario = solara.use_state(first)
    changes, set_changes = solara.use_state(_NO_CHANGES)
    typed, set_typed = solara.use_state(_NOTHING_TYPED)
    replicates, set_replicates = solara.use_state(REPLICATES[0])
    job, set_job = solara.use_state(_NO_JOB)
    progress, set_progress = solara.use_state(_NO_PROGRESS)
    answer, set_answer = solara.use_state(_NO_ANSWER)

    is_read = solara.use_memo(lambda: reader_of(get_current_context()), [])

    def watch() -> None:
        if job is None:
            return
        job.carry_out(set_progress, is_read)
        if job.answer is not None:
            set_answer(job.answer)
        set_progress(None)

    task = solara.lab.use_task(watch, dependencies=[job], raise_error=False)
    running = job is not None and not task.finished and not task.error
    taken = solara.use_memo(lambda: parameters_taken(parameters, scenario), [parameters, scenario])
    design = Design(scenario, changes, replicates, parameters=taken)

    def choose_scenario(name: str) -> None:
        set_scenario(choices.scenarios[name])
        set_changes(_NO_CHANGES)
        set_typed(_NOTHING_TYPED)

    def go_to(language_there: str, parameters_there: str) -> None:
        router.push(f"{router.path or '/'}{address(language_there, parameters_there)}")

    def start() -> None:
        if typed:
            return
        set_progress(None)
        set_job(Job(design, None if answer is None else answer.baseline))

    with vuetify.Html(tag="div"):
        Header(language, parameters, lambda code: go_to(code, parameters))
        with vuetify.Html(tag="div", class_="page-body"):
            with vuetify.Html(tag="section", class_="settings", attributes={"aria-label": say("settings", language)}):
                ScenarioBlock(choices, scenario, language, running, choose_scenario)
                with vuetify.Html(tag="section", class_="block"):
                    ParametersField(parameters, scenario, language, running, lambda word: go_to(language, word))
                Levers(scenario, language, changes, typed, running, set_changes, set_typed)
                with vuetify.Html(tag="section", class_="block"):
                    Words(escape(say("simulate", language)), "h2")
                    ReplicatesField(replicates, language, running, set_replicates)
                    for line in _help(design, language):
                        Words(escape(line), "p", "help")
                status, announcement = _status(job, progress, running, bool(task.error), language)
                if typed:
                    status = announcement = say("correct", language)
                RunBar(
                    language,
                    running=running,
                    stopping=running and job is not None and job.cancel.is_set(),
                    share=0.0 if progress is None else round(progress.share, 3),
                    status=status,
                    announcement=announcement,
                    on_start=start,
                    on_stop=lambda: _stop(job, set_progress),
                )
            main = {"id": "verdict", "tabindex": "-1"}
            with vuetify.Html(tag="main", class_="verdict", attributes=main):
                Words(escape(say("verdict", language)), "h2")
                stale = answer is not None and not running and answer.design != design
                VerdictPart(answer, scenario, language, stale)


@solara.component
def Levers(
    scenario: Scenario,
    language: str,
    changes: Mapping[str, Value],
    typed: Mapping[str, str],
    disabled: bool,
    set_changes: Callable[[Mapping[str, Value]], None],
    set_typed: Callable[[Mapping[str, str]], None],
) -> None:
    """Show the four levers, and what was typed into them that cannot be used."""

    def without(mapping: Mapping[str, Any], key: str) -> dict[str, Any]:
        return {name: value for name, value in mapping.items() if name != key}

    def take(lever: Lever, value: float | None) -> None:
        set_typed(without(typed, lever.key))
        moved = without(changes, lever.key)
        if value is not None and value != lever.baseline:
            moved[lever.key] = lever.parameter.check(value)
        set_changes(moved)

    def take_step(lever: Lever, value: float) -> None:
        take(lever, nearest_step(lever, value))

    def take_text(lever: Lever, text: str) -> None:
        value = parse_value(lever, text, language)
        if value is None:
            set_typed({**typed, lever.key: text})
        else:
            take(lever, value)

    with vuetify.Html(tag="section", class_="block"):
        Words(escape(say("design", language)), "h2")
        Words(escape(say("design_help", language)), "p", "help")
        for lever in levers_of(scenario):
            LeverField(
                lever,
                language,
                changes,
                typed,
                disabled,
                on_value=partial(take_step, lever),
                on_text=partial(take_text, lever),
                on_reset=partial(take, lever, None),
            )


@solara.component
def VerdictPart(answer: Answer | None, scenario: Scenario, language: str, stale: bool) -> None:
    """Show what came out last, with its figures as soon as they are drawn."""
    nothing: tuple[Answer | None, str, tuple[Picture, ...]] = (None, "", ())
    drawn, set_drawn = solara.use_state(nothing)

    def draw_all() -> None:
        if answer is not None:
            set_drawn((answer, language, draw(answer, language)))

    task = solara.lab.use_task(draw_all, dependencies=[answer, language], raise_error=False)
    if answer is None:
        Words(before_html(scenario, language), "div", "verdict")
        return
    if stale:
        Words(escape(say("stale", language)), "p", "block stale")
    pictures = drawn[2] if drawn[0] is answer and drawn[1] == language else () if task.error else None
    VerdictText(answer, language, pictures, stale)


@solara.component
def VerdictText(answer: Answer, language: str, pictures: tuple[Picture, ...] | None, stale: bool) -> None:
    """Show the verdict, written once for as long as it stays the same."""
    text = solara.use_memo(lambda: verdict_html(answer, language, pictures), [answer, language, pictures])
    Words(text, "div", "verdict old" if stale else "verdict")


def _reader_languages() -> tuple[str, ...]:
    """Return the languages that the reader's browser prefers."""
    sent = (solara.lab.headers.value or {}).get("accept-language", [])
    return tuple(part.split(";")[0] for line in sent for part in line.split(","))


def _help(design: Design, language: str) -> tuple[str, ...]:
    """Say what a number of simulations can tell."""
    lines = [say("replicates_help", language)]
    if design.parameters == "ensemble" and design.replicates < FEWEST_FOR_PROBABILITY and has_draws(design.scenario):
        least = min(each for each in REPLICATES if each >= FEWEST_FOR_PROBABILITY)
        lines.append(
            say("replicates_few", language, few=number(design.replicates, language), least=number(least, language))
        )
    return tuple(lines)


def _status(job: Job | None, progress: Progress | None, running: bool, failed: bool, language: str) -> tuple[str, str]:
    """Return how far a simulation is: in full, and only what is worth being read aloud."""
    if job is None:
        return "", ""
    if failed:
        text = say("failed", language)
        return text, text
    if not running:
        if job.fault is not None:
            words = "refused" if job.fault.is_told_in(language) else "refused_in_english"
            text = say(words, language) + job.fault.told(language)
        else:
            text = say("done" if job.answer is not None else "stopped", language)
        return text, text
    if job.cancel.is_set():
        text = say("stopping", language)
        return text, text
    if progress is None:
        return "", ""
    stage = say(f"stage_{progress.stage}", language)
    seconds = progress.seconds_left
    left = "" if seconds is None else say("left", language, time=duration(seconds, language))
    return say("progress", language, stage=stage, share=percent(round(progress.share, 2), language), left=left), stage


def _stop(job: Job | None, set_progress: Callable[[Progress | None], None]) -> None:
    """Ask a simulation to stop, and show at once that it was heard."""
    if job is not None:
        job.cancel.set()
        set_progress(job.progress)
