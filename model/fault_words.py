"""What several rooms say of a mistake, by language: said once, so that one mistake has one wording."""

from __future__ import annotations

from .errors import Words

__all__ = [
    "KEEP_ONE",
    "LISTED_PARAMETERS",
    "NOT_WRITTEN_OVER",
    "NO_WHOLE_NUMBER",
    "OUT_OF_BOUNDS",
    "UNKNOWN_PARAMETER",
    "UNKNOWN_SERVICE",
]

KEEP_ONE: Words = {"en": "Keep one of the two", "fr": "Garder l'un des deux"}
LISTED_PARAMETERS: Words = {
    "en": "`entraide parameters` lists all keys",
    "fr": "`entraide parameters --lang fr` donne la liste des clés",
}
NOT_WRITTEN_OVER: Words = {
    "en": "Choose another folder: nothing is written over",
    "fr": "Choisir un autre dossier\u202f: rien n'est écrasé",
}
NO_WHOLE_NUMBER: Words = {"en": "must be a whole number", "fr": "doit être un nombre entier"}
OUT_OF_BOUNDS: Words = {"en": "is out of bounds", "fr": "est hors des bornes"}
UNKNOWN_PARAMETER: Words = {"en": "unknown parameter", "fr": "paramètre inconnu"}
UNKNOWN_SERVICE: Words = {"en": "unknown service", "fr": "service inconnu"}
