"""The dashboard: nine pages, from the choice of a service to what is taken away.

Served by ``entraide dashboard``; ``solara run entraide.viz.app`` works too. What somebody works on stands in the
address of the page; what it waits for is let go when the page is closed. Answers are shared, since they depend on
nothing but what was asked.
"""

from __future__ import annotations

import logging

import reacton
import solara
from reacton import ipyvuetify as vuetify

from .dashboard.application import Application
from .dashboard.choices import load_choices
from .dashboard.design import FIRST_SCENARIO
from .dashboard.pages.registry import PAGES
from .dashboard.parts import STYLE, Words
from .dashboard.status import failure_html
from .serve import protect

__all__ = ["Layout", "Page", "routes"]

protect()
# Read before the first visitor comes, who would otherwise wait a second for them.
load_choices().scenarios[FIRST_SCENARIO].territory()
_LOG = logging.getLogger(__name__)


@solara.component
def Layout(children: list[solara.Element]) -> None:
    """Hold the page without the frame that Solara puts around one; a fault of the program is told in a sentence."""
    exception, _ = reacton.use_exception()
    with vuetify.Html(tag="div", class_="entraide"):
        solara.Style(STYLE)
        if exception is not None:
            _LOG.error("the dashboard failed", exc_info=exception)
            Words(failure_html(), "main", "failed")
            return
        for child in children:
            solara.display(child)


# The same component at every address, so that nothing is lost on the way from one page to the next.
Page = Application

routes = [
    solara.Route("/", component=Application, layout=Layout, label="Entraide"),
    *(solara.Route(entry.path, component=Application, label="Entraide") for entry in PAGES),
]
