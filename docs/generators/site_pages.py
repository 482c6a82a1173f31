"""A Sphinx extension: pages take generated parts from the code, and French pages have a French frame.

The pages hold markers, ``<!-- generated: NAME -->``; what stands there is made at each build and stored nowhere, so
that it cannot be out of date.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from site_parts import MARKER, filled

__all__ = ["FRAME", "FRENCH", "in_french", "is_french", "setup"]

FRENCH = "docs/fr/"
_CAPTIONS = {
    "Tutorials": "Premiers pas (en anglais)",
    "How-to": "Modes d'emploi (en anglais)",
    "Explanation": "Explications (en anglais)",
    "Reference": "Référence (en anglais)",
    "The project": "Le projet (en anglais)",
}
# What the theme says around a page: it has no French, and asks no catalogue for the half of it.
FRAME = {
    "Contents": "Sommaire",
    "Expand": "Déplier",
    "Light mode": "Mode clair",
    "Dark mode": "Mode sombre",
    "Auto light/dark, in light mode": "Mode de l'appareil, clair",
    "Auto light/dark, in dark mode": "Mode de l'appareil, sombre",
    "Toggle site navigation sidebar": "Ouvrir ou fermer la navigation du site",
    "Toggle table of contents sidebar": "Ouvrir ou fermer le sommaire de la page",
    "Toggle Light / Dark / Auto color theme": "Changer de mode : clair, sombre, celui de l'appareil",
    "Skip to content": "Aller au contenu",
    "Search": "Rechercher",
    "Back to top": "Haut de page",
    "Next": "Suivant",
    "Previous": "Précédent",
    "Made with": "Fait avec",
    "On this page": "Sur cette page",
}
_WORD = re.compile(rf"""(?<=[>"])\s*({"|".join(map(re.escape, FRAME))})(?=\s*[<"])""")
_NOT_RUN = {
    "en": "This page shows the notebook as it is handed out: results and figures appear when you run it.",
    "fr": "Le carnet tel qu'il est distribué\u202f: résultats et figures paraissent quand vous l'exécutez.",
}
_UNFOLD = ("Toggle navigation of ", "Déplier ou replier : ")
_SECTION = '<p class="caption"'
_ENTRY = re.compile(r"^(\w[\w, ]*) : (.+)$")


def is_french(pagename: str) -> bool:
    """Tell whether a page is written in French: those for analysts, and French notebooks with what goes with them."""
    return pagename.startswith(FRENCH) or (
        pagename.startswith("notebooks/") and (pagename.endswith(".fr") or pagename == "notebooks/LISEZMOI")
    )


def _fill(app: Any, docname: str, source: list[str]) -> None:
    if docname.startswith("docs/") and MARKER.search(source[0]):
        source[0] = filled(source[0])


def _anew(app: Any, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Return the pages with generated parts: the code may have changed although they have not."""
    own = (name for name in env.found_docs if name.startswith("docs/"))
    return [name for name in own if MARKER.search(env.doc2path(name).read_text(encoding="utf-8"))]


def _speak(app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Tell assistive tools what the theme leaves out: the language, levels of headings, what scrolls by itself."""
    # The theme calls the captions of the navigation headings, and says no level.
    tree = context.get("furo_navigation_tree", "").replace('role="heading"', 'role="heading" aria-level="2"')
    body = context.get("body", "").replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    french = is_french(pagename)
    if pagename.startswith("notebooks/0"):
        body = body.replace("</h1>", f'</h1>\n<p class="not-run">{_NOT_RUN["fr" if french else "en"]}</p>', 1)
    if french:
        context["language"] = "fr"
        for english, french in _CAPTIONS.items():
            tree = tree.replace(f">{english}</span></p>", f">{french}</span></p>")
        before, *sections = tree.split(_SECTION)
        mine = [section for section in sections if ">En français</span></p>" in section]
        others = [section for section in sections if section not in mine]
        tree = _SECTION.join([before, *mine, *others])
    context["furo_navigation_tree"] = tree
    context["body"] = body.replace("<pre>", '<pre tabindex="0">')


def in_french(page: str) -> str:
    """Return a page of the site with its frame in French; what stands in the article is left as it is."""
    head = page.partition("<article")[0]
    article, end, foot = page[len(head) :].rpartition("</article>")
    head, foot = (
        _WORD.sub(lambda word: word[0].replace(word[1], FRAME[word[1]]), part).replace(*_UNFOLD)
        for part in (head, foot)
    )
    return head + article + end + foot


def _finish(app: Any, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        for name in filter(is_french, app.env.found_docs):
            path = Path(app.outdir) / f"{name}.html"
            path.write_text(in_french(path.read_text(encoding="utf-8")), encoding="utf-8")


def _tell_apart(app: Any, what: str, name: str, obj: object, options: Any, lines: list[str]) -> None:
    """Put what a parameter means on lines of its own: numpydoc takes what follows the colon for its type."""
    told: list[str] = []
    for line in lines:
        found = _ENTRY.match(line)
        told += [found[1], f"    {found[2]}"] if found else [line]
    lines[:] = told


def setup(app: Any) -> dict[str, Any]:
    """Connect the extension to Sphinx."""
    app.connect("source-read", _fill)
    app.connect("env-get-outdated", _anew)
    app.connect("html-page-context", _speak, priority=900)  # after the theme
    app.connect("build-finished", _finish)
    app.connect("autodoc-process-docstring", _tell_apart, priority=400)  # before numpydoc
    return {"parallel_read_safe": True, "parallel_write_safe": True}
