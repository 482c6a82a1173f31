"""How far a request is, in words: in full, and only what is worth being read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from entraide.model.errors import UserFacingError, Words

from ..locales import LANGUAGES, counted, percent
from .bench import Progress
from .office import Ticket
from .words import duration, say

__all__ = ["failure_html", "refusal", "status_of"]


def failure_html() -> str:
    """Return what stands in the place of a page that the program could not show, in both languages."""
    told = "".join(
        f'<p lang="{code}">{escape(say("failed", code))} '
        f'<a href="/?lang={code}">{escape(say("begin_again", code))}</a></p>'
        for code in LANGUAGES
    )
    return f'<div class="block">{told}</div>'


def refusal(fault: UserFacingError, language: str) -> str:
    """Say why something cannot be simulated."""
    words = "refused" if fault.is_told_in(language) else "refused_in_english"
    return say(words, language) + fault.told(language)


def status_of(
    job: Ticket | None,
    progress: Progress | None,
    *,
    running: bool,
    failed: bool,
    language: str,
    held: bool = True,
    stale: bool = False,
    stages: Mapping[str, Words] | None = None,
) -> tuple[str, str]:
    """Return how far a request is: in full, and only what is worth being read aloud.

    Parameters
    ----------
    held : whether its answer is still kept.
    stale : whether what would be asked now is something else.
    stages : words for the stages of its computation.
    """
    if job is None:
        return "", ""
    if failed:
        text = say("failed", language)
        return text, text
    if not running:
        if job.fault is not None:
            text = refusal(job.fault, language)
        elif job.answered:
            text = say("let_go" if not held else "done_stale" if stale else "done", language)
        else:
            text = say("stopped", language)
        return text, text
    if job.cancel.is_set():
        text = say("stopping", language)
        return text, text
    if progress is None:
        return "", ""
    if progress.stage == "waiting":
        others = {"en": ("simulation", "simulations"), "fr": ("simulation", "simulations")}[language]
        text = say("waiting", language, others=counted(progress.place, *others, language))
        return text, text
    stage = (stages or {}).get(progress.stage, {}).get(language) or say("stage_design", language)
    seconds = progress.seconds_left
    left = "" if seconds is None else say("left", language, time=duration(seconds, language))
    return say("progress", language, stage=stage, share=percent(round(progress.share, 2), language), left=left), stage
