"""What a comparison of designs rests on, and the draws that a pair of simulations shares, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entraide.experiments.results import Result

from .class_words import class_names
from .locales import check_language, counted
from .resting_words import change_caveats, ending, mixed_ending, open_ending, parameter_notes, preset_notes, priced
from .wording import ENDING

__all__ = ["cost_designs_ending", "designs_ending", "pair_notes"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "pairs": "How people take part is drawn from what the data leave open for {classes} ({draws}): both "
        "simulations of a pair take the same draw, and bands are over draws and chance together.",
    },
    "fr": {
        "pairs": "Les façons de participer sont tirées au sort parmi celles que les données n'excluent pas pour "
        "{classes} ({draws})\u202f: les deux simulations d'une paire prennent le même tirage, et les intervalles "
        "couvrent à la fois les tirages et le hasard.",
    },
}


def designs_ending(results: Sequence[Result], language: str) -> str:
    """Return what a comparison of runs rests on, as the end of a sentence: no more than each of them does."""
    told = list(dict.fromkeys(ending(result, language) for result in results))
    if len(told) == 1:
        return told[0]
    if any(each in (ENDING[language], mixed_ending(language)) for each in told):
        return mixed_ending(language)
    return open_ending([name for result in results if result.draws for name in result.draws.classes.values()], language)


def cost_designs_ending(results: Sequence[Result], language: str) -> str:
    """Return what a difference of costs rests on: unit costs are assumed in any case."""
    told = designs_ending(results, language)
    return told if told in (ENDING[language], mixed_ending(language)) else priced(told, language)


def pair_notes(results: Sequence[Result], language: str) -> tuple[str, ...]:
    """Say where values come from in runs that are compared, what pairs share, and which changes not to rely on.

    Parameters
    ----------
    results : the baseline and, where it may differ in what it states, the other design.
    """
    first, last = (each.scenario.changes for each in (results[0], results[-1]))
    moved = [key for key in (*first, *last) if first.get(key) != last.get(key)]
    return (*_drawn_notes(results, language), *change_caveats(moved, language))


def _drawn_notes(results: Sequence[Result], language: str) -> tuple[str, ...]:
    words, noun = _WORDS[check_language(language)], ("draw", "draws") if language == "en" else ("tirage", "tirages")
    if results[0].draws is None:
        return tuple(dict.fromkeys(note for each in results for note in preset_notes(each.scenario, language)))
    notes = []
    drawn = [each.draws for each in results if each.draws and each.draws.draws]
    if drawn:
        fitted = [draws.classes[service] for draws in drawn for service in draws.sizes]
        count = counted(len(drawn[0].draws), *noun, language)
        notes.append(words["pairs"].format(classes=class_names(fitted, language), draws=count))
    # The first note on a run says how many draws it takes; the pairs have said it.
    rest = [parameter_notes(each, language)[1 if each.draws and each.draws.draws else 0 :] for each in results]
    return (*notes, *dict.fromkeys(note for each in rest for note in each))
