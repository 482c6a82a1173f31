"""What a verdict rests on: assumed values, or what data leave open; and where each parameter's value comes from."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.draws import Draws
from entraide.experiments.results import FEWEST_FOR_PROBABILITY, Result
from entraide.model.parameters import Value

from .class_words import class_names
from .locales import check_language, counted, joined, localised, number
from .wording import ENDING

__all__ = ["cost_ending", "ending", "parameter_notes"]

_OPEN = {
    "en": "over what the data leave open for {classes}",
    "fr": "sur tout ce que les données laissent ouvert pour {classes}",
}
_MIXED = {
    "en": "for these assumed values and over what the data leave open beside them",
    "fr": "pour ces valeurs supposées et sur tout ce que les données laissent ouvert à côté",
}
# Prices are of no class: nobody fitted them.
_PRICES = {"en": "{ending}, at assumed unit costs", "fr": "{ending}, à des coûts unitaires supposés"}

_NOTES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "draws": "Parameters are drawn from what the data leave open for {classes}: {draws}, {years} for each.",
        "each": "{low} to {high} simulations",
        "none": "No class of this scenario has an ensemble of fitted values: all values are assumed, as without "
        "--parameters ensemble.",
        "stated": "Stated, hence the same in every draw: {values}. What was fitted together is then only partly used, "
        "and the verdict still rests on assumed values.",
        "scenario": "by the scenario",
        "change": "by you",
        "unfitted": "No data were fitted for {classes} ({services}): assumed values there.",
        "unused": "Citizens are the same for all services: their values follow {first}. {names} of {service} is "
        "therefore not drawn.",
        "unused_several": "Citizens are the same for all services: their values follow {first}. {names} of {service} "
        "are therefore not drawn.",
        "rest": "Only how people take part was fitted. Needs, capacities and costs are those of the scenario.",
        "few": "Too few simulations to tell ignorance from chance: {least} are needed.",
    },
    "fr": {
        "draws": "Les paramètres sont tirés de ce que les données laissent ouvert pour {classes}\u202f: {draws}, "
        "{years} pour chacun.",
        "each": "{low} à {high} simulations",
        "none": "Aucune classe de ce scénario n'a d'ensemble de valeurs ajustées\u202f: toutes sont supposées, comme "
        "sans --parameters ensemble.",
        "stated": "Fixé, donc identique dans tous les tirages\u202f: {values}. Ce qui avait été ajusté ensemble ne "
        "sert alors qu'en partie, et le verdict repose encore sur des valeurs supposées.",
        "scenario": "par le scénario",
        "change": "par vous",
        "unfitted": "Aucune donnée n'a été ajustée pour {classes} ({services})\u202f: les valeurs y sont supposées.",
        "unused": "Les citoyens sont les mêmes pour tous les services\u202f: leurs valeurs suivent {first}. Pour "
        "{service}, {names} n'est donc pas tiré.",
        "unused_several": "Les citoyens sont les mêmes pour tous les services\u202f: leurs valeurs suivent {first}. "
        "Pour {service}, {names} ne sont donc pas tirés.",
        "rest": "Seule la participation a été ajustée. Besoins, capacités et coûts sont ceux du scénario.",
        "few": "Trop peu de simulations pour distinguer l'ignorance du hasard\u202f: il en faut {least}.",
    },
}


def ending(result: Result, language: str) -> str:
    """Return what the verdict of a run rests on, as the end of a sentence.

    It holds for assumed values unless every service's class was fitted, its ensemble was used, and no fitted value was
    stated instead.
    """
    check_language(language)
    draws = result.draws
    if draws is None or not draws.draws:
        return ENDING[language]
    if not draws.calibrated(result.scenario):
        return _MIXED[language]
    return _OPEN[language].format(classes=class_names(draws.classes.values(), language))


def cost_ending(result: Result, language: str) -> str:
    """Return what the cost rests on: unit costs are assumed in any case."""
    told = ending(result, language)
    if result.draws is None or not result.draws.calibrated(result.scenario):
        return told
    return _PRICES[language].format(ending=told)


def parameter_notes(result: Result, language: str) -> tuple[str, ...]:
    """Say where the values of parameters come from, where replicates draw them; empty where they do not."""
    words, draws = _NOTES[check_language(language)], result.draws
    if draws is None:
        return ()
    if not draws.draws:
        return (words["none"],)
    notes = [_draws_note(result, draws, language)]
    stated = draws.stated(result.scenario)
    if stated:
        several = len(result.service_names) > 1
        values = [
            f"{each.service + '.' if several and each.service else ''}{each.parameter} = "
            f"{number_text(each.value, language)} ({words[each.by]})"
            for each in stated
        ]
        notes.append(words["stated"].format(values=joined(values, language)))
    unfitted = [service for service in draws.classes if service not in draws.sizes]
    if unfitted:
        classes = class_names([draws.classes[service] for service in unfitted], language)
        notes.append(words["unfitted"].format(classes=classes, services=joined(unfitted, language)))
    first = result.service_names[0]
    for service, names in draws.unused.items():
        key = "unused_several" if len(names) > 1 else "unused"
        notes.append(words[key].format(first=first, names=joined(names, language), service=service))
    notes.append(words["rest"])
    if result.replicates < FEWEST_FOR_PROBABILITY:
        notes.append(words["few"].format(least=number(FEWEST_FOR_PROBABILITY, language)))
    return tuple(notes)


def _draws_note(result: Result, draws: Draws, language: str) -> str:
    words, count = _NOTES[language], len(draws.draws)
    of_draws = counted(count, *(("draw", "draws") if language == "en" else ("tirage", "tirages")), language)
    low, over = divmod(result.replicates, count)
    years = counted(low, "simulation", "simulations", language)
    if over:
        years = words["each"].format(low=number(low, language), high=number(low + 1, language))
    fitted = [draws.classes[service] for service in draws.sizes]
    return localised(
        words["draws"].format(classes=class_names(fitted, language), draws=of_draws, years=years), language
    )


def number_text(value: Value, language: str) -> str:
    """Write a parameter's value as it is typed, with the language's decimal mark."""
    if isinstance(value, bool | str):
        return str(value).lower()
    text = f"{value:.6g}"
    return text.replace(".", ",") if language == "fr" else text
