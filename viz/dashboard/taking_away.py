"""Parts with which something is taken away: a file that is made when it is asked for, and a text that can be copied."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import solara
import solara.lab
from reacton import ipyvuetify as vuetify
from solara.components.file_download import FileDownloadWidget

from entraide.model.errors import UserFacingError

from .drawing_room import FILES, person_here
from .parts import Button, Words
from .words import say

__all__ = ["CopyText", "Download", "TakeTable"]


@solara.component_vue("copy.vue")
def _Copy(name: str, text: str, label: str, done: str, marked: str) -> None: ...


def CopyText(name: str, text: str, language: str) -> None:
    """Show a text with a button that copies it; where the browser refuses, the text is marked.

    Parameters
    ----------
    name : of the text on the page; one that nothing else has.
    """
    _Copy(
        name=name,
        text=text,
        label=say("copy", language),
        done=say("copied", language),
        marked=say("marked", language),
    )


@solara.component
def Download(label: str, file: str, mime: str, make: Callable[[], bytes], key: str, language: str) -> None:
    """Show a button that makes a file and hands it to the browser; nothing is made before.

    Parameters
    ----------
    file : its name.
    mime : its type.
    make : returns what is in it; called on a thread that belongs to no page, when it is this page's turn.
    key : two files with the same key are the same: while it stays, a file that was made is not made again.
    """
    asked, set_asked = solara.use_state(False)
    # What was made, and why it could not be.
    made, set_made = solara.use_state(("", b""))
    fault, set_fault = solara.use_state("")
    person, is_open = solara.use_memo(person_here, [])
    wanted = solara.use_ref("")
    wanted.current = key if asked else ""

    def leave() -> None:
        wanted.current = ""

    solara.use_effect(lambda: leave, [])

    def carry_out() -> None:
        if not asked:
            return
        try:
            if made[0] == key:
                return
            with FILES.turn(person, lambda: is_open() and wanted.current == key) as came:
                content = make() if came else b""
            if came:
                set_made((key, content))
                set_fault("")
        except UserFacingError as refusal:
            set_fault(refusal.told(language))
            set_asked(False)
        except Exception:
            set_fault(say("not_made", language))
            set_asked(False)
            raise

    task = solara.lab.use_task(carry_out, dependencies=[asked, key], raise_error=False)
    busy = asked and task.pending

    def heard(value: bool) -> None:
        # The browser took the file: what was made is let go.
        set_asked(value)
        if not value:
            set_made(("", b""))

    FileDownloadWidget.element(
        filename=file,
        bytes=made[1] if asked and made[0] == key else None,
        request_download=asked,
        on_request_download=heard,
        mime_type=mime,
        children=[Button(say("making", language) if busy else label, lambda: None, disabled=busy)],
    )
    if fault:
        Words(f'<span role="alert">{escape(fault)}</span>', "p", "fault")


def TakeTable(name: str, make: Callable[[], bytes], key: str, language: str) -> None:
    """Show a button that hands over what a page found, as a table for a spreadsheet.

    Parameters
    ----------
    name : of the file, without its ending.
    make, key : those of ``Download``.
    """
    file = f"entraide-{name}.csv"
    with vuetify.Html(tag="section", class_="block take", attributes={"data-take": name}):
        Words(escape(say("take_table_help", language)), "p", "help")
        Download(say("take_table", language), file, "text/csv", make, f"{key}-{language}-{file}", language)
