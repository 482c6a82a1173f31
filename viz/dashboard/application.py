"""One open page: its design in the address, its history, what it waits for, and the task that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from html import escape
from types import MappingProxyType

import solara
import solara.lab
from reacton import ipyvuetify as vuetify
from solara.server.kernel_context import get_current_context

from entraide.model.errors import UserFacingError
from entraide.scenarios.scenario import Scenario

from .address import address, language_of, parse
from .bench import Progress, Request
from .choices import load_choices, parameters_taken
from .computing import preview_request
from .design import FIRST_SCENARIO, Design
from .history import History
from .navigation import use_at_once, use_push
from .office import Office, Ticket
from .page_context import PageContext, Shown
from .pages.registry import PAGES, computations, page_at, request_for
from .parts import Words
from .presence import reader_of
from .shell import Header, InHand, RunPart, Tasks, Warnings
from .status import refusal
from .uploads import Uploads
from .worlds import checked

__all__ = ["Application", "office"]

# What was typed and cannot be used, by key of the field, and the scenario of those fields.
_NOTHING_TYPED: tuple[str, Mapping[str, str]] = ("", MappingProxyType({}))
_NO_TICKETS: Mapping[str, Ticket] = MappingProxyType({})
_NO_TICKET: Ticket | None = None
_NO_PROGRESS: Progress | None = None
_NO_REFUSAL: UserFacingError | None = None


@cache
def office() -> Office:
    """Return the office that all pages of this server share."""
    return Office(computations())


@solara.component
def Application() -> None:
    """Show the page that the address names, on the design that it holds."""
    router = solara.use_router()
    push, at_once = use_push(router), use_at_once()
    language = language_of(router.search, _reader_languages())
    uploads = solara.use_memo(Uploads, [])
    solara.use_effect(lambda: uploads.close, [])
    # Counts what was brought along: a file of the same name may hold something else.
    brought, set_brought = solara.use_state(0)
    offered = solara.use_memo(load_choices, [])
    choices = solara.use_memo(lambda: offered.with_own(uploads.scenarios), [brought])
    design, troubles = solara.use_memo(lambda: parse(router.search, choices.services), [router.search, brought])
    entry = page_at(router.parts[0] if router.parts else "")
    kept, set_kept = solara.use_state(History.begin(design))
    history = kept.visit(design)
    solara.use_effect(lambda: set_kept(history), [design])

    declared = choices.scenarios.get(design.scenario) or choices.scenarios[FIRST_SCENARIO]
    world, fault = solara.use_memo(lambda: checked(design, declared), [design, brought])
    typed_into, set_typed = solara.use_state(_NOTHING_TYPED)
    # Of another scenario's fields nothing can be corrected here.
    typed = typed_into[1] if typed_into[0] == design.scenario else _NOTHING_TYPED[1]
    asked, set_asked = solara.use_state(_NO_TICKETS)
    job, set_job = solara.use_state(_NO_TICKET)
    sketch, set_sketch = solara.use_state(_NO_TICKET)
    refused, set_refused = solara.use_state(_NO_REFUSAL)
    progress = solara.use_reactive(_NO_PROGRESS)
    sketching = solara.use_reactive(_NO_PROGRESS)
    person = solara.use_memo(lambda: get_current_context().id, [])
    is_read = solara.use_memo(lambda: reader_of(get_current_context()), [])
    solara.use_effect(lambda: partial(office().leave, person), [])

    def follow(ticket: Ticket | None, told: solara.Reactive[Progress | None]) -> None:
        if ticket is not None:
            ticket.follow(told.set, is_read)
            ticket.let_go()
            told.set(None)

    task = solara.lab.use_task(lambda: follow(job, progress), dependencies=[job], raise_error=False)
    look = solara.lab.use_task(lambda: follow(sketch, sketching), dependencies=[sketch], raise_error=False)
    # Read, so that the page is drawn again at its end: a preview that is over before it is followed tells no progress.
    looked = bool(look.finished or look.error)
    running = job is not None and not task.finished and not task.error

    def go(path: str) -> None:
        push(address(path, language, design))

    def edit(changed: Design) -> None:
        move_to(history.do(changed))

    def renew(changed: Design) -> None:
        # Drawn in between: a browser cannot choose among options that are not there yet.
        set_brought(brought + 1)
        edit(changed)

    def move_to(then: History[Design]) -> None:
        with at_once:
            set_kept(then)
            set_refused(None)
            push(address(entry.path, language, then.present))

    def step(then: History[Design]) -> None:
        # Undone, done again or begun again: what was typed meanwhile is no part of it.
        with at_once:
            set_typed(_NOTHING_TYPED)
            move_to(then)

    def type_into(key: str, text: str | None) -> None:
        rest = {name: each for name, each in typed.items() if name != key}
        set_typed((design.scenario, rest if text is None else {**rest, key: text}))

    def ask(request: Request, tell: Callable[[Ticket], None] = set_job) -> None:
        try:
            ticket = office().ask(person, _taken(request, choices.scenarios[request.design.scenario]), declared)
        except UserFacingError as busy:
            set_refused(busy)
            return
        with at_once:
            set_refused(None)
            set_asked({**asked, request.kind: ticket})
            tell(ticket)

    def preview(changed: Design) -> None:
        if sketch is not None:
            sketch.stop()
        ask(preview_request(changed), set_sketch)

    def shown(kind: str) -> Shown | None:
        request = _taken(request_for(kind, design), declared)
        last = asked.get(kind)
        for each, key in ((request, request.key(declared)), *([] if last is None else [(last.request, last.key)])):
            found = office().answer(key, person)
            if found is not None:
                return Shown(found, each, key, stale=each != request)
        return None

    page = PageContext(
        language=language,
        choices=choices,
        design=design,
        declared=declared,
        world=world,
        fault=fault,
        typed=typed,
        edit=edit,
        at_once=at_once,
        uploads=uploads,
        renew=renew,
        type=type_into,
        go=go,
        link=lambda path: address(path, language, design),
        ask=ask,
        preview=preview,
        shown=shown,
        job=job,
        running=running,
        progress=progress,
        preview_progress=sketching,
        preview_fault=sketch.fault if sketch is not None and looked else None,
    )
    with vuetify.Html(tag="div"):
        Header(entry, language, design, history, lambda code: push(address(entry.path, code, design)), step)
        with vuetify.Html(tag="div", class_="page-body"):
            with vuetify.Html(tag="div", class_="side"):
                Tasks(PAGES, entry, page)
                InHand(page)
                RunPart(page, entry, bool(task.error))
            with vuetify.Html(tag="main", class_="page", attributes={"id": "main", "tabindex": "-1"}):
                Words(escape(entry.title[language]), "h1")
                Words(escape(entry.lead[language]), "p", "lead")
                Warnings(troubles, fault, language)
                if refused is not None:
                    Words(escape(refusal(refused, language)), "p", "block fault")
                entry.component(page).key(entry.path)


def _taken(request: Request, declared: Scenario) -> Request:
    """Return a request with the parameters that its scenario is simulated with: where none are drawn, the first."""
    taken = parameters_taken(request.design.parameters, declared)
    return replace(request, design=replace(request.design, parameters=taken))


def _reader_languages() -> tuple[str, ...]:
    """Return the languages that the reader's browser prefers."""
    sent = (solara.lab.headers.value or {}).get("accept-language", [])
    return tuple(part.split(";")[0] for line in sent for part in line.split(","))
