"""Every generated part of the site by its name: what stands in place of ``<!-- generated: NAME -->``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

import site_architecture
import site_cards
import site_command_line
import site_dashboard_pages
import site_evidence_parts
import site_formats
import site_found

__all__ = ["MARKER", "PARTS", "filled"]

# After it a line in brackets tells who reads the page itself, and not the site, that something is to come here.
MARKER = re.compile(r"^<!-- generated: (.+?) -->$(?:\n\*\[.+\]\*$)?", re.MULTILINE)


def _in_both(name: str, part: Callable[[str], str]) -> dict[str, Callable[[], str]]:
    return {f"{name} {language}": partial(part, language) for language in ("en", "fr")}


PARTS: Mapping[str, Callable[[], str]] = {
    "architecture": site_architecture.architecture,
    "command line": site_command_line.command_line,
    **_in_both("cards", site_cards.cards),
    **_in_both("dashboard pages", site_dashboard_pages.dashboard_pages),
    **_in_both("evidence summary", site_evidence_parts.summary),
    **_in_both("cannot say", site_evidence_parts.cannot_say),
    **_in_both("missed", site_evidence_parts.missed),
    **_in_both("how counts relate", site_evidence_parts.how_counts_relate),
    **_in_both("not run", site_evidence_parts.not_run),
    **_in_both("controls", site_evidence_parts.controls),
    "notebooks": site_found.notebooks,
    "walk through a production kind": site_found.walk,
    "scenario file": site_formats.scenario_file,
    "study file": site_formats.study_file,
    "zone file": site_formats.zone_file,
    "contributions": site_formats.contributions,
    "run tables": site_formats.run_tables,
    "store": site_formats.store,
}


def filled(text: str) -> str:
    """Return a page with its generated parts.

    Raises
    ------
    KeyError : a marker names no part.
    """
    return MARKER.sub(lambda found: PARTS[found[1]](), text)
