"""What a page is given: what it shows, and what its reader can do. Pages hold no state that outlives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from entraide.model.errors import UserFacingError, Words
from entraide.scenarios.scenario import Scenario

from .bench import Computation, Progress, Request
from .choices import Choices
from .design import Design
from .office import Ticket
from .uploads import Uploads

__all__ = ["PageContext", "PageEntry", "Shown", "Work"]


@dataclass(frozen=True)
class Shown:
    """An answer that a page can show.

    Attributes
    ----------
    answer : what a computation returned.
    request : what had been asked.
    key : fingerprint of the request.
    stale : whether the design has changed since.
    """

    answer: Any
    request: Request
    key: str
    stale: bool


@dataclass(frozen=True)
class PageContext:
    """What a page is given.

    Attributes
    ----------
    language : "en" or "fr".
    choices : the scenarios on offer.
    design : what the reader works on.
    declared : its scenario, as the file says.
    world : the service as it is today in the world of the design; ``declared`` where the design contradicts itself.
    fault : what is contradictory in the design, None where nothing is.
    typed : what was typed and cannot be used, by key of the field.
    edit : change the design; it can be undone, and stands in the address.
    at_once : what changes within it is drawn together, at its end.
    uploads : files that this page has brought along.
    renew : look anew at what was brought along, and change the design.
    type : keep what was typed into a field and cannot be used; None forgets it.
    go : open another page, by its path.
    link : address of another page with this design and language.
    ask : have something computed; one request of a reader at a time.
    preview : have a quick look at a design.
    shown : the answer to a kind of request: on this very design if anybody has asked that, else the reader's last one.
    job : what was asked last; None before.
    running : whether it is being computed, or waits.
    progress, preview_progress : how far the job and the preview are, reactive values: only what reads them is drawn
        again.
    preview_fault : why the last preview could not be made, None where it could.
    """

    language: str
    choices: Choices
    design: Design
    declared: Scenario
    world: Scenario
    fault: UserFacingError | None
    typed: Mapping[str, str]
    edit: Callable[[Design], None]
    at_once: AbstractContextManager[None]
    uploads: Uploads
    renew: Callable[[Design], None]
    type: Callable[[str, str | None], None]
    go: Callable[[str], None]
    link: Callable[[str], str]
    ask: Callable[[Request], None]
    preview: Callable[[Design], None]
    shown: Callable[[str], Shown | None]
    job: Ticket | None
    running: bool
    progress: Any
    preview_progress: Any
    preview_fault: UserFacingError | None

    def awaits(self, kind: str) -> bool:
        """Tell whether an answer of this kind is being computed, or waits its turn."""
        return self.running and self.job is not None and self.job.request.kind == kind

    def progress_now(self) -> Progress | None:
        """Return how far the job is, None where nothing runs; whoever reads it is drawn again when it moves."""
        found: Progress | None = self.progress.value
        return found


@dataclass(frozen=True)
class Work:
    """What the large button of a page asks for.

    Attributes
    ----------
    kind : name of the computation.
    compute : carries it out, on a thread that belongs to no page.
    request : the request on a design. Use ``Design.alone`` where other variants do not matter.
    label : words of the button.
    stages : words for each of its stages while it runs.
    """

    kind: str
    compute: Computation
    request: Callable[[Design], Request]
    label: Words
    stages: Mapping[str, Words]


@dataclass(frozen=True)
class PageEntry:
    """A page of the dashboard: one task.

    Attributes
    ----------
    path : last part of its address.
    title : its name in the navigation, by language.
    lead : a sentence under its heading, by language.
    component : a Solara component that is given a PageContext.
    work : what its large button asks for; None: the verdict, which is then shown.
    """

    path: str
    title: Words
    lead: Words
    component: Callable[[PageContext], Any]
    work: Work | None = None
