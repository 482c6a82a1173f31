"""The place on the first page for a territory of one's own."""

from __future__ import annotations

from html import escape

import solara

from ..page_context import PageContext
from ..parts import Words

__all__ = ["UploadSlot"]

_TEXT = {
    "en": "A territory of your own (a CSV file of zones) cannot be brought along on this page yet: name it in a "
    "scenario file, in the folder that whoever started the server offers.",
    "fr": "Un territoire à vous (fichier CSV de zones) ne peut pas encore être apporté sur cette page\u202f: "
    "indiquez-le dans un fichier de scénario, dans le dossier que propose la personne qui a lancé le serveur.",
}


@solara.component
def UploadSlot(page: PageContext) -> None:
    """Say how a territory of one's own is used."""
    Words(escape(_TEXT[page.language]), "p", "help")
