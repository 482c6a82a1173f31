"""The headline of a stress test: which event is the hardest blow, which are not overcome, and which are borne."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.stress import ServiceStress, Stress, Struck

from .comparison_sentences import quoted
from .event_sentences import days_text, event_label
from .locales import check_language, counted, joined
from .pair_words import designs_ending
from .stress_sentences import band_text
from .wording import ENDING, colon

__all__ = ["overview_sentence"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "hardest_one": "The only event tried, {label}, costs {loss} of service at the norm{band}.",
        "none_shown_one": "The only event tried cannot be told from no event by the days of service at the norm that "
        "it costs.",
        "unsure_one": "The estimate is not sure{colon} {label}, {loss}{band}, which may be none.",
        "none_hard_one": "The only event tried costs less than half a day of service at the norm.",
        "untested_one": "Nothing falls due after the event: what it breaks cannot be told on that day. Choose another "
        "one with --date.",
        "hardest": "Of {events}, the hardest blow is {label}{colon} it costs {loss} of service at the norm{band}.",
        "none_shown": "None of {events} can be told from no event by the days of service at the norm that it costs.",
        "unsure": "The largest estimate is not sure{colon} {label}, {loss}{band}, which may be none.",
        "none_hard": "None of {events} costs as much as half a day of service at the norm.",
        "untested": "Nothing falls due after {events}: what they break cannot be told on that day. Choose another one "
        "with --date.",
        "lasting": "Not back before the end at what it would be without the event{colon} {names}.",
        "borne": "Borne without breaking the norm{colon} {names}.",
    },
    "fr": {
        "hardest_one": "Le seul événement essayé, {label}, coûte {loss} de service à la norme{band}.",
        "none_shown_one": "Le seul événement essayé ne se distingue pas de l'absence d'événement par les jours de "
        "service à la norme qu'il coûte.",
        "unsure_one": "L'estimation n'est pas sûre{colon} {label}, {loss}{band}, ce qui peut être aucun.",
        "none_hard_one": "Le seul événement essayé coûte moins d'une demi-journée de service à la norme.",
        "untested_one": "Rien n'arrive à échéance après l'événement\u202f: à cette date, on ne peut pas dire ce qui "
        "cède. Choisissez-en une autre avec --date.",
        "hardest": "De {events}, le coup le plus dur est {label}{colon} il coûte {loss} de service à la norme{band}.",
        "none_shown": "Aucun de {events} ne se distingue de l'absence d'événement par les jours de service à la norme "
        "qu'il coûte.",
        "unsure": "La plus forte estimation n'est pas sûre{colon} {label}, {loss}{band}, ce qui peut être aucun.",
        "none_hard": "Aucun de {events} ne coûte une demi-journée de service à la norme.",
        "untested": "Rien n'arrive à échéance après {events}\u202f: à cette date, on ne peut pas dire ce qui cède. "
        "Choisissez-en une autre avec --date.",
        "lasting": "Ne ramène pas le service, avant la fin, à ce qu'il serait sans l'événement{colon} {names}.",
        "borne": "Supporté sans que la norme soit rompue{colon} {names}.",
    },
}
# Smallest mean loss, in days of service at the norm, that is called a blow.
_BLOW = 0.5


def overview_sentence(service: ServiceStress, language: str = "en", rests_on: str = "") -> str:
    """Say which event is the hardest blow, which are not always overcome, and which are borne.

    The hardest blow is sought among the events shown to cost something; a larger estimate that is not is named so.
    """
    words = _WORDS[check_language(language)]
    noun = ("event", "events") if language == "en" else ("événement", "événements")
    events = counted(len(service.struck), *noun, language)
    # Of one event there is no hardest: it has sentences of its own.
    one = "_one" if len(service.struck) == 1 else ""

    def names(chosen: list[Struck]) -> str:
        return joined([quoted(event_label(each.trial.kind, language), language) for each in chosen], language)

    if not any(struck.after.replicates for struck in service.struck):
        return words[f"untested{one}"].format(events=events)
    hardest, largest = service.hardest, service.largest
    assert largest is not None

    def blow(key: str, struck: Struck) -> str:
        lost, band = days_text(round(struck.loss, 1), language), band_text(struck, language)
        return words[f"{key}{one}"].format(
            events=events, label=names([struck]), loss=lost, band=band, colon=colon(language)
        )

    if largest.loss < _BLOW:
        parts = [words[f"none_hard{one}"].format(events=events)]
    else:
        parts = [words[f"none_shown{one}"].format(events=events) if hardest is None else blow("hardest", hardest)]
        if largest is not hardest:
            parts.append(blow("unsure", largest))
    lasting = [each for each in service.struck if each.after.replicates and each.back.days is None]
    borne = [each for each in service.struck if each.after.replicates and not each.after.fell]
    for key, chosen in (("lasting", lasting), ("borne", borne)):
        if chosen:
            parts.append(words[key].format(names=names(chosen), colon=colon(language)))
    told = " ".join(parts)
    return f"{told[:-1]}, {rests_on or ENDING[language]}."


def overview_sentences(found: Stress, language: str = "en") -> Mapping[str, str]:
    """Return the headline of each service, with what it rests on."""
    end = designs_ending((found.baseline,), language)
    return {service.service: overview_sentence(service, language, end) for service in found.services}
