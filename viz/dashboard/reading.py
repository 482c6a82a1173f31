"""How the words of a comparison are to be read, for pages that set designs side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from ..comparison_sentences import verdict_word

__all__ = ["READING_WORDS", "reading_html"]

READING_WORDS: Mapping[str, Mapping[str, str]] = {
    "title": {"en": "How to read the verdicts", "fr": "Comment lire les verdicts"},
    "better": {
        "en": "On the same chance the difference is there: 95 times in 100 it is not chance that made it.",
        "fr": "À hasards égaux, l'écart est bien là\u202f: 95 fois sur 100, ce n'est pas le hasard qui l'a produit.",
    },
    "cannot_tell": {
        "en": "The band holds both a difference that matters and none, or one in the other direction. This is not “no "
        "effect”: more simulations may tell, and the text says how many where that can be known.",
        "fr": "L'intervalle contient à la fois un écart qui compte et un écart nul, ou en sens contraire. Cela ne veut "
        "pas dire «\u202fsans effet\u202f»\u202f: plus de simulations peuvent trancher, et le texte dit combien quand "
        "on peut le savoir.",
    },
    "no_difference_that_matters": {
        "en": "The whole band is so close to zero that no decision should rest on it: we know that it does little.",
        "fr": "Tout l'intervalle est si proche de zéro qu'aucune décision ne devrait en dépendre\u202f: on sait que "
        "l'effet est faible.",
    },
    "dominates": {
        "en": "Better on this risk and less costly: nothing has to be weighed, except what it does to the other risks.",
        "fr": "Mieux pour ce risque et moins coûteux\u202f: rien à arbitrer, sauf ce que cela fait aux autres risques.",
    },
}
_ALL = ("better", "cannot_tell", "no_difference_that_matters", "dominates")
_BETTER = {"en": "better, worse", "fr": "mieux, moins bien"}
_DOMINATES = {"en": "better and cheaper (dominates)", "fr": "mieux et moins cher (domine)"}


def reading_html(language: str, keys: Sequence[str] = _ALL) -> str:
    """Return what each verdict means, as a list of terms behind a click."""
    names = {"better": _BETTER[language], "dominates": _DOMINATES[language]}
    terms = "".join(
        f"<dt>{escape(names.get(key) or verdict_word(key, language))}</dt>"
        f"<dd>{escape(READING_WORDS[key][language])}</dd>"
        for key in keys
    )
    title = escape(READING_WORDS["title"][language])
    return f'<details class="reading"><summary>{title}</summary><dl>{terms}</dl></details>'
