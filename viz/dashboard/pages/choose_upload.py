"""The place on the first page for files of one's own: a territory, a scenario, contributions."""

from __future__ import annotations

import base64
import binascii
import shlex
from collections.abc import Callable
from html import escape
from typing import Any

import solara
import solara.lab
from reacton import ipyvuetify as vuetify

from entraide.model.errors import InputError, UserFacingError

from ...calibration_sentences import reading_sentences
from ...locales import counted, localised, number
from ..page_context import PageContext
from ..parts import Button, Words
from ..uploads import LIMITS
from ..words import say
from .choose_upload_words import EXAMPLES, word

__all__ = ["UploadSlot", "content_of"]

# What was said last: which field, its words, whether it is a refusal, and in which language.
_NOTHING_SAID = ("", "", False, "")
_NOTHING_SENT: tuple[str, bytes] | None = None


@solara.component_vue("../upload.vue")
def _Upload(
    name: str,
    label: str,
    help: str,
    accept: str,
    most: int,
    too_large: str,
    unreadable: str,
    example: str,
    example_name: str,
    example_label: str,
    disabled: bool,
    event_take: Callable[[Any], None],
) -> None: ...


def content_of(sent: Any, kind: str) -> tuple[str, bytes]:
    """Return the name and the content of a file as the browser sends it.

    Parameters
    ----------
    sent : anything: a browser that is not ours may send what it likes.
    kind : key of LIMITS; more than is taken is not decoded.

    Raises
    ------
    InputError : no such thing, or too large.
    """
    name, content = (sent.get("name"), sent.get("content")) if isinstance(sent, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(content, str):
        raise InputError({"en": "no file was sent", "fr": "aucun fichier n'a été envoyé"})
    # Four letters stand for three bytes.
    if len(content) > LIMITS[kind] * 4 // 3 + 4:
        raise InputError(
            {"en": "the file is too large", "fr": "le fichier est trop gros"}, allowed=f"{LIMITS[kind] / 1e6:g} MB"
        )
    try:
        return name, base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise InputError({"en": "no file was sent", "fr": "aucun fichier n'a été envoyé"}) from None


@solara.component
def UploadSlot(page: PageContext) -> None:
    """Show the fields for files of one's own, and what became of the last one."""
    language, uploads = page.language, page.uploads
    said, set_said = solara.use_state(_NOTHING_SAID)
    sent, set_sent = solara.use_state(_NOTHING_SENT)

    def carry_out(kind: str, act: Callable[[], str]) -> None:
        try:
            set_said((kind, act(), False, language))
        except UserFacingError as fault:
            key = "refused" if fault.is_told_in(language) else "refused_in_english"
            set_said((kind, escape(word(key, language) + uploads.told(fault, language)), True, language))

    def take_zones(file: Any) -> None:
        def act() -> str:
            zones, name = uploads.bring_zones(*content_of(file, "zones"), page.declared)
            return _placed(page, name, counted(zones, "zone", "zones", language))

        carry_out("zones", act)

    def take_scenario(file: Any) -> None:
        def act() -> str:
            name = uploads.take_scenario(*content_of(file, "scenario"))
            page.renew(page.design.elsewhere(name))
            return escape(word("scenario_taken", language, file=f"{name}.toml"))

        carry_out("scenario", act)

    def take_contributions(file: Any) -> None:
        try:
            set_sent(content_of(file, "contributions"))
        except InputError as fault:
            set_said(("contributions", escape(word("refused", language) + fault.told(language)), True, language))

    def look() -> None:
        if sent is not None:
            carry_out("contributions", lambda: _described(page, *sent))
            set_sent(None)

    task = solara.lab.use_task(look, dependencies=[sent], raise_error=False)
    takers = {"zones": take_zones, "scenario": take_scenario, "contributions": take_contributions}
    for kind, take in takers.items():
        # Each field stays what it is on the page, whatever is said below the others: a file on its way is not lost.
        with vuetify.Html(tag="div", class_="upload-part"):
            size = _size_text(LIMITS[kind], language)
            _Upload(
                name=f"upload-{kind}",
                label=word(kind, language),
                help=word(f"{kind}_help", language, most=size),
                accept=".toml" if kind == "scenario" else ".csv,text/csv",
                most=LIMITS[kind],
                too_large=word("too_large", language, most=size),
                unreadable=word("unreadable", language),
                example="" if kind == "scenario" else EXAMPLES[kind][language],
                example_name=word(f"{kind}_example_name", language) if kind != "scenario" else "",
                example_label=word("example", language),
                disabled=page.running,
                event_take=take,
            )
            if kind == "contributions" and sent is not None and task.pending:
                Words(escape(word("reading", language)), "p", "help")
            elif kind == "contributions" and task.error:
                Words(escape(say("failed", language)), "p", "fault")
            elif said[0] == kind and said[3] == language:
                mark = 'role="alert" class="fault"' if said[2] else 'role="status"'
                Words(f'<div {mark} id="upload-{kind}-said">{said[1]}</div>')
            if kind == "zones" and uploads.zones and page.declared.request.file != uploads.zones:
                label = word("zones_again", language, file=uploads.zones)
                Button(
                    label,
                    lambda: carry_out("zones", lambda: _placed(page, uploads.place_in_zones(page.declared))),
                    disabled=page.running,
                )
    with vuetify.Html(tag="p", class_="help"):
        solara.Text(word("safe", language))


def _placed(page: PageContext, name: str, zones: str = "") -> str:
    """Work on the scenario that was put on the zones brought along, and say so."""
    title = localised(page.declared.title[page.language], page.language)
    page.renew(page.design.elsewhere(name))
    told = zones or counted(page.uploads.scenarios[name].territory().zones, "zone", "zones", page.language)
    return escape(word("zones_taken", page.language, file=page.uploads.zones, zones=told, title=title))


def _described(page: PageContext, name: str, data: bytes) -> str:
    """Say how a file of contributions was read, and what can be done with it."""
    language = page.language
    file, read = page.uploads.look_at_contributions(name, data)
    service_class = str(next(iter(page.declared.tables["services"].values()))["class"])
    spoken = "" if language == "en" else f" --lang {language}"
    command = f"entraide calibrate {shlex.quote(file)} --class {service_class}{spoken}"
    sentences = "".join(f"<p>{escape(each)}</p>" for each in reading_sentences(read, language))
    return (
        f'<div data-people="{read.history.people}" data-rows="{read.rows}">{sentences}</div>'
        f"<p>{escape(word('contributions_next', language))}</p><code>{escape(command)}</code>"
        f"<p>{escape(word('contributions_then', language))}</p>"
    )


def _size_text(size: int, language: str) -> str:
    if size < 1_000_000:
        return word("kilobytes", language, count=number(size / 1e3, language))
    return word("megabytes", language, count=number(size / 1e6, language))
