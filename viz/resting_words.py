"""What a verdict rests on: assumed values, or what data leave open; and where each parameter's value comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from entraide.experiments.draws import Draws, draws_for
from entraide.experiments.results import FEWEST_FOR_PROBABILITY, Result
from entraide.model.parameters import Value
from entraide.scenarios.measures import caveats_of
from entraide.scenarios.scenario import Scenario

from .class_words import class_names
from .how_many import for_a_probability
from .ignorance_sentences import parameter_label
from .locales import check_language, counted, joined, localised, number
from .wording import ENDING, quoted

__all__ = [
    "alone_ending",
    "change_caveats",
    "cost_ending",
    "ending",
    "few_note",
    "mixed_ending",
    "open_ending",
    "parameter_notes",
    "preset_notes",
    "priced",
    "unfitted_notes",
]

_OPEN = {
    "en": "over what the data leave open for {classes}",
    "fr": "compte tenu de ce que les données laissent incertain pour {classes}",
}
_MIXED = {
    "en": "for these assumed values and over what the data leave open beside them",
    "fr": "pour ces valeurs supposées et compte tenu de ce que les données laissent incertain par ailleurs",
}
# One draw does not span what data leave open.
_ONE_OPEN = {
    "en": "for one draw of what the data leave open for {classes}",
    "fr": "pour un seul tirage de ce que les données laissent incertain pour {classes}",
}
_ONE_MIXED = {
    "en": "for these assumed values and one draw of what the data leave open beside them",
    "fr": "pour ces valeurs supposées et un seul tirage de ce que les données laissent incertain par ailleurs",
}
# Prices are of no class: nobody fitted them.
_PRICES = {"en": "{ending}, at assumed unit costs", "fr": "{ending}, à des coûts unitaires supposés"}

# Nobody fitted what the administration does alone.
_ALONE = {
    "en": "given the capacities and costs that the scenario assumes for the administration alone",
    "fr": "compte tenu des capacités et des coûts que le scénario prête à l'administration seule",
}

_NOTES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "draws": "How people take part is drawn from what the data leave open for {classes}: {draws}, {years} "
        "for each.",
        "one_draw": "How people take part is one draw from what the data leave open for {classes}: the rest of what "
        "is not known is left out, and the verdict looks surer than it is.",
        "each": "{low} to {high} simulations",
        "none": "Nothing was fitted to data for {classes}: all values are assumed, and the same in every simulation.",
        "stated": "Stated, hence the same in every draw: {values}. What was fitted together is then only partly used, "
        "and the verdict still rests on assumed values.",
        "fixed": "Everything that data leave open for {classes} is fixed, by the scenario or by you: nothing is drawn, "
        "and the verdict holds for these assumed values alone.",
        "scenario": "by the scenario",
        "change": "by you",
        "unfitted": "Nothing was fitted to data for {classes} ({services}): assumed values there.",
        "unused": "Citizens are the same for all services: their values follow {first}. {names} of {service} is "
        "therefore not drawn.",
        "unused_several": "Citizens are the same for all services: their values follow {first}. {names} of {service} "
        "are therefore not drawn.",
        "rest": "Only how people take part was fitted and drawn. Who knows the service at the start, how fast others "
        "hear of it, needs, capacities and costs are the scenario's assumption: the intervals know nothing of what is "
        "uncertain there.",
        "preset": "Simulated with the most typical draw of what the data leave open for {classes}: the rest of what is "
        "not known is left out, and the verdict looks surer than it is.",
        "few": "Too few simulations to tell ignorance from chance: take {least}.",
    },
    "fr": {
        "draws": "Les façons de participer sont tirées au sort parmi celles que les données n'excluent pas pour "
        "{classes}\u202f: {draws}, {years} pour chacun.",
        "one_draw": "Les façons de participer sont un seul tirage parmi celles que les données n'excluent pas pour "
        "{classes}\u202f: le reste de ce que l'on ignore est laissé de côté, et le verdict paraît plus sûr qu'il ne "
        "l'est.",
        "each": "{low} à {high} simulations",
        "none": "Rien n'a été ajusté sur des données pour {classes}\u202f: toutes les valeurs sont supposées, et les "
        "mêmes dans toutes les simulations.",
        "stated": "Fixé, donc identique dans tous les tirages\u202f: {values}. Ce qui avait été ajusté ensemble ne "
        "sert alors qu'en partie, et le verdict repose encore sur des valeurs supposées.",
        "fixed": "Tout ce que les données laissent incertain pour {classes} est fixé, par le scénario ou "
        "par vous\u202f: rien n'est tiré, et le verdict ne vaut que pour ces valeurs supposées.",
        "scenario": "par le scénario",
        "change": "par vous",
        "unfitted": "Rien n'a été ajusté sur des données pour {classes} ({services})\u202f: les valeurs y sont "
        "supposées.",
        "unused": "Les citoyens sont les mêmes pour tous les services\u202f: leurs valeurs suivent {first}. Pour "
        "{service}, {names} n'est donc pas tiré.",
        "unused_several": "Les citoyens sont les mêmes pour tous les services\u202f: leurs valeurs suivent {first}. "
        "Pour {service}, {names} ne sont donc pas tirés.",
        "rest": "Seules les façons de participer ont été ajustées et tirées au sort. Qui connaît le service au départ, "
        "à quelle vitesse les autres en entendent parler, les besoins, les moyens et les coûts sont des hypothèses du "
        "scénario\u202f: les intervalles ne savent rien de ce qu'elles ont d'incertain.",
        "preset": "Simulé avec le tirage le plus typique de ceux que les données n'excluent pas pour {classes}\u202f: "
        "le reste de ce que l'on ignore est laissé de côté, et le verdict paraît plus sûr qu'il ne l'est.",
        "few": "Trop peu de simulations pour distinguer l'ignorance du hasard\u202f: prenez-en {least}.",
    },
}


def ending(result: Result, language: str) -> str:
    """Return what the verdict of a run rests on, as the end of a sentence.

    It holds for assumed values unless every service's class was fitted, its ensemble was used, and no fitted value was
    stated instead; for assumed values alone where all were.
    """
    check_language(language)
    draws = result.draws
    if draws is None or not draws.draws:
        return ENDING[language]
    calibrated = draws.calibrated(result.scenario)
    if len(draws.draws) == 1:
        classes = class_names(draws.classes.values(), language)
        return (_ONE_OPEN if calibrated else _ONE_MIXED)[language].format(classes=classes)
    return open_ending(draws.classes.values(), language) if calibrated else mixed_ending(language)


def mixed_ending(language: str) -> str:
    """Return the end of a sentence that rests on assumed values and on draws."""
    return _MIXED[check_language(language)]


def open_ending(classes: Iterable[str], language: str) -> str:
    """Return the end of a sentence that rests on data alone, for these classes of service."""
    return _OPEN[check_language(language)].format(classes=class_names(classes, language))


def priced(told: str, language: str) -> str:
    """Return the end of a sentence with the unit costs, which are assumed."""
    return _PRICES[check_language(language)].format(ending=told)


def cost_ending(result: Result, language: str) -> str:
    """Return what the cost rests on: unit costs are assumed in any case."""
    told = ending(result, language)
    if result.draws is None or not result.draws.calibrated(result.scenario):
        return told
    return priced(told, language)


def alone_ending(result: Result, language: str) -> str:
    """Return what a sentence on the administration alone rests on: its own figures, where people's are drawn."""
    if result.draws is None or not result.draws.draws or not result.draws.calibrated(result.scenario):
        return ENDING[check_language(language)]
    return _ALONE[check_language(language)]


def parameter_notes(result: Result, language: str, *, in_short: bool = False) -> tuple[str, ...]:
    """Say where the values of parameters come from, where replicates draw them; empty where they do not.

    Parameters
    ----------
    in_short : leave out which fitted values of citizens are not drawn, since citizens follow another service.
    """
    words, draws = _NOTES[check_language(language)], result.draws
    if draws is None:
        return ()
    if draws.fixed:
        return (_fixed_note(draws, language), *_unfitted(draws, language))
    if not draws.draws:
        return _assumed(result.scenario, draws, language)
    notes = [_draws_note(result, draws, language), *_assumed(result.scenario, draws, language)]
    first = result.service_names[0]
    for service, names in () if in_short else draws.unused.items():
        key = "unused_several" if len(names) > 1 else "unused"
        notes.append(words[key].format(first=first, names=joined(names, language), service=service))
    notes.append(words["rest"])
    if result.replicates < FEWEST_FOR_PROBABILITY:
        notes.append(few_note(language))
    return tuple(notes)


def change_caveats(changes: Iterable[str], language: str) -> tuple[str, ...]:
    """Return what speaks against relying on changes of these parameters."""
    return tuple(localised(each[check_language(language)], language) for each in caveats_of(changes))


def few_note(language: str) -> str:
    """Say how many simulations are needed to tell ignorance from chance."""
    return _NOTES[check_language(language)]["few"].format(least=number(for_a_probability(), language))


def unfitted_notes(scenario: Scenario, language: str) -> tuple[str, ...]:
    """Say for which classes of a scenario all values are assumed; empty where each has its ensemble.

    Raises
    ------
    InputError : an ensemble of one of its classes cannot be read.
    """
    return _unfitted(_one_draw(scenario), check_language(language))


def preset_notes(scenario: Scenario, language: str) -> tuple[str, ...]:
    """Say where values come from in a run of the preset: for which classes a draw was taken, and for which none is.

    Raises
    ------
    InputError : an ensemble of one of its classes cannot be read.
    """
    words, draws = _NOTES[check_language(language)], _one_draw(scenario)
    if draws.fixed:
        return (_fixed_note(draws, language), *_unfitted(draws, language))
    fitted = class_names([draws.classes[service] for service in draws.sizes], language)
    notes = (words["preset"].format(classes=fitted),) if draws.sizes else ()
    return (*notes, *_unfitted(draws, language))


def _fixed_note(draws: Draws, language: str) -> str:
    fitted = [draws.classes[service] for service in draws.sizes]
    return _NOTES[language]["fixed"].format(classes=class_names(fitted, language))


def _one_draw(scenario: Scenario) -> Draws:
    draws = draws_for(scenario, 1, "ensemble")
    assert draws is not None
    return draws


def _assumed(scenario: Scenario, draws: Draws, language: str) -> tuple[str, ...]:
    words, notes = _NOTES[language], []
    stated = draws.stated(scenario)
    if stated:
        several = len(draws.classes) > 1
        values = [
            f"{quoted(parameter_label(each.parameter, language), language)}, "
            f"{each.service + '.' if several and each.service else ''}{each.parameter} = "
            f"{number_text(each.value, language)} ({words[each.by]})"
            for each in stated
        ]
        notes.append(words["stated"].format(values=joined(values, language)))
    return (*notes, *_unfitted(draws, language))


def _unfitted(draws: Draws, language: str) -> tuple[str, ...]:
    words, unfitted = _NOTES[language], [service for service in draws.classes if service not in draws.sizes]
    if not unfitted:
        return ()
    classes = class_names([draws.classes[service] for service in unfitted], language)
    return (words["unfitted" if draws.sizes else "none"].format(classes=classes, services=joined(unfitted, language)),)


def _draws_note(result: Result, draws: Draws, language: str) -> str:
    words, count = _NOTES[language], len(draws.draws)
    of_draws = counted(count, *(("draw", "draws") if language == "en" else ("tirage", "tirages")), language)
    low, over = divmod(result.replicates, count)
    years = counted(low, "simulation", "simulations", language)
    if over:
        years = words["each"].format(low=number(low, language), high=number(low + 1, language))
    fitted = [draws.classes[service] for service in draws.sizes]
    if count == 1:
        return localised(words["one_draw"].format(classes=class_names(fitted, language)), language)
    return localised(
        words["draws"].format(classes=class_names(fitted, language), draws=of_draws, years=years), language
    )


def number_text(value: Value, language: str) -> str:
    """Write a parameter's value as it is typed, with the language's decimal mark."""
    if isinstance(value, bool | str):
        return str(value).lower()
    text = f"{value:.6g}"
    return text.replace(".", ",") if language == "fr" else text
