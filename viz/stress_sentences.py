"""Stress in words: what each event breaks, how low the service falls, and how long it takes to recover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from entraide.experiments.aftermath import MEANWHILE, Aftermath
from entraide.experiments.recovery import AWAY, STEADY, Return
from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.experiments.stress import ServiceStress, Stress, Struck
from entraide.model.risk import RISKS

from .comparison_sentences import signed_text
from .event_sentences import days_text, event_text
from .locales import check_language, counted, joined, number, percent
from .pair_words import designs_ending
from .wording import ENDING, between, colon, risk_name

__all__ = ["band_text", "broken_risks", "return_span", "risk_counts", "stress_sentences", "struck_sentence"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "held": "the norm of {norm} in time is held {years}, as it would be without it",
        "held_better": "the norm of {norm} in time is held {years}; without it it is broken on some day {usual}",
        "broken": "the norm of {norm} in time is broken on some day after it {years}, {instead}",
        "nothing_due": "nothing falls due after it, so that nothing can be said of the norm",
        "instead": "and {usual} without it",
        "lowest": "At the lowest {low} is served in time, {usual} without it.",
        "back": "Counted from the event, it takes {days}{band} until the service is back within {away} points of what "
        "it would be without it, and stays so for {steady} days (median of the pairs of simulations).",
        "never_away": "On the median of the pairs of simulations{band_first} the service stays within {away} points of "
        "what it would be without the event.",
        "not_back": "Before the end the service is not back within {away} points of what it would be without the event "
        "(median of the pairs of simulations{band_last}).",
        "days_span": "days{colon} {span}",
        "range": "{low} to {high}",
        "between": "{low} to {high}",
        "or_more": "{low} or more",
        "lost": "The probability that the norm is still broken at the end is {share} ({band}); {usual} without the "
        "event.",
        "lost_count": "At the end the norm is still broken {years}; without the event, {usual}.",
        "too_soon": "Too soon to tell{colon} in {count} it is held again at the end, but for less than two weeks.",
        "loss": "The event costs {loss} of service at the norm{band}.",
        "perhaps": "Days of service at the norm that it costs{colon} {loss}{band}, which may be none.",
        "gain": "After it fewer days of service at the norm are lost than without it{colon} {loss}{band}.",
        "backstop": "From then to {after} days after it the last resort makes {share} of what is delivered, {usual} "
        "without it.",
        "worse": "Risks of the whole year that come true more often{colon} {risks}.",
        "better": "Risks of the whole year that come true less often{colon} {risks}.",
        "unmoved": "No risk of the year is shown to change.",
        "risk": "{risk} ({new} of {all}, {old} without it)",
        "more": "Risks of the whole year that come true more often, in too few simulations to tell a probability"
        "{colon} {risks}.",
        "none_more": "No risk of the year comes true more often.",
    },
    "fr": {
        "held": "la norme de {norm} à temps est tenue {years}, comme elle le serait sans l'événement",
        "held_better": "la norme de {norm} à temps est tenue {years}\u202f; sans l'événement elle est rompue un jour "
        "au moins {usual}",
        "broken": "la norme de {norm} à temps est rompue un jour au moins ensuite {years}, {instead}",
        "nothing_due": "rien n'arrive à échéance ensuite, si bien qu'on ne peut rien dire de la norme",
        "instead": "et {usual} sans l'événement",
        "lowest": "Au plus bas, {low} est servi à temps, {usual} sans l'événement.",
        "back": "À compter de l'événement, il faut {days}{band} pour que le service revienne à moins de {away} points "
        "de ce qu'il serait sans lui, et y reste {steady} jours (médiane des paires de simulations).",
        "never_away": "En médiane des paires de simulations{band_first}, le service reste à moins de {away} points de "
        "ce qu'il serait sans l'événement.",
        "not_back": "D'ici à la fin, le service ne revient pas à moins de {away} points de ce qu'il serait sans "
        "l'événement (médiane des paires de simulations{band_last}).",
        "days_span": "jours{colon} {span}",
        "range": "de {low} à {high}",
        "between": "{low} à {high}",
        "or_more": "{low} ou plus",
        "lost": "La probabilité que la norme soit encore rompue à la fin est de {share} ({band})\u202f; de {usual} "
        "sans l'événement.",
        "lost_count": "À la fin, la norme est encore rompue {years}\u202f; sans l'événement, elle l'est {usual}.",
        "too_soon": "Trop tôt pour le dire{colon} dans {count}, elle est de nouveau tenue à la fin, mais depuis "
        "moins de deux semaines.",
        "loss": "L'événement coûte {loss} de service à la norme{band}.",
        "perhaps": "Jours de service à la norme qu'il coûte{colon} {loss}{band}, ce qui peut être aucun.",
        "gain": "Ensuite, on perd moins de jours de service à la norme que sans l'événement{colon} {loss}{band}.",
        "backstop": (
            "Dès lors et jusqu'à {after} jours après, le dernier recours assure {share} de ce qui est rendu, {usual} "
            "sans l'événement."
        ),
        "worse": "Risques de l'année entière qui se réalisent plus souvent{colon} {risks}.",
        "better": "Risques de l'année entière qui se réalisent moins souvent{colon} {risks}.",
        "unmoved": "Pour aucun risque de l'année on n'établit de changement.",
        "risk": "{risk} ({new} sur {all}, {old} sans l'événement)",
        "more": "Risques de l'année entière qui se réalisent plus souvent, sur trop peu de simulations pour une "
        "probabilité{colon} {risks}.",
        "none_more": "Aucun risque de l'année ne se réalise plus souvent.",
    },
}


def _in_replicates(count: int, replicates: int, language: str) -> str:
    """Return "in 3 of 20 replicates", "in all 20 replicates", "in none of 20 replicates"."""
    of = number(replicates, language)
    if language == "en":
        noun = "simulation" if replicates == 1 else "simulations"
        if count == 0 or replicates == 1:
            return f"in {'none' if count == 0 else of} of {of} {noun}"
        return f"in all {of} {noun}" if count == replicates else f"in {number(count, language)} of {of} {noun}"
    if replicates == 1:
        return "dans la seule simulation" if count else "dans aucune simulation"
    if count == 0:
        return f"dans aucune des {of} simulations"
    return (
        f"dans les {of} simulations" if count == replicates else f"dans {number(count, language)} des {of} simulations"
    )


def struck_sentence(
    struck: Struck, service: ServiceStress, start: date, language: str = "en", rests_on: str = ""
) -> str:
    """Say what one event does to one service; ``rests_on`` ends it, "for these assumed values" when empty."""
    check_language(language)
    after, usual = struck.after, struck.usual
    parts = [f"{event_text(struck.trial, start, language)}{colon(language)} {_norm(struck, service, language)}."]
    if after.replicates and after.fell:
        parts += [_lowest(after, usual, language), *_recovery(struck, language)]
    if after.replicates:
        parts += [_loss(struck, language), _backstop(after, usual, language)]
    parts.append(_risks(struck, language))
    told = " ".join(filter(None, parts))
    return f"{told[:-1]}, {rests_on or ENDING[language]}."


def _norm(struck: Struck, service: ServiceStress, language: str) -> str:
    words, after, usual = _WORDS[language], struck.after, struck.usual
    if not after.replicates:
        return words["nothing_due"]
    norm = percent(service.norm, language)
    without = _in_replicates(usual.fell, usual.replicates, language)
    if after.fell:
        years = _in_replicates(after.fell, after.replicates, language)
        instead = words["instead"].format(usual=without)
        return words["broken"].format(norm=norm, years=years, instead=instead)
    years = _in_replicates(after.replicates, after.replicates, language)
    key = "held_better" if usual.fell else "held"
    return words[key].format(norm=norm, years=years, usual=without)


def _lowest(after: Aftermath, usual: Aftermath, language: str) -> str:
    low, other = after.lowest.value, usual.lowest.value
    if low is None or other is None:
        return ""
    return _WORDS[language]["lowest"].format(low=percent(low, language), usual=percent(other, language))


def _recovery(struck: Struck, language: str) -> list[str]:
    words, after, usual = _WORDS[language], struck.after, struck.usual
    parts = [_back(struck, language)]
    if after.not_recovered or usual.not_recovered:
        if after.replicates >= FEWEST_FOR_PROBABILITY and usual.replicates:
            parts.append(
                words["lost"].format(
                    share=percent(after.not_recovered / after.replicates, language),
                    band=between(after.not_recovered_interval, language),
                    usual=percent(usual.not_recovered / usual.replicates, language),
                )
            )
        else:
            years = _in_replicates(after.not_recovered, after.replicates, language)
            without = _in_replicates(usual.not_recovered, usual.replicates, language)
            parts.append(words["lost_count"].format(years=years, usual=without))
    if after.still_open:
        noun = ("simulation", "simulations")
        count = counted(after.still_open, *noun, language)
        parts.append(words["too_soon"].format(count=count, colon=colon(language)))
    return parts


def _back(struck: Struck, language: str) -> str:
    """Say when the service is back at what it would be without the event."""
    words, back = _WORDS[language], struck.back
    span = return_span(back, language)
    counted_days = words["days_span"].format(colon=colon(language), span=span) if span else ""
    told = {"away": number(100.0 * AWAY, language), "steady": number(STEADY, language)}
    if back.days == 0:
        first = f" ({counted_days})" if span else ""
        return words["never_away"].format(band_first=first, **told)
    if back.days is None:
        last = f"\u202f; {counted_days}" if language == "fr" else f"; {counted_days}"
        return words["not_back"].format(band_last=last if span else "", **told)
    return words["back"].format(days=days_text(back.days, language), band=f" ({span})" if span else "", **told)


def return_span(back: Return, language: str) -> str:
    """Return "41 to 59", or "41 or more" where the band reaches the end of the run; "" without a band."""
    if back.low == back.high:
        return ""
    low = number(back.low or 0, language)
    if back.high is None:
        return _WORDS[language]["or_more"].format(low=low)
    return _WORDS[language]["between"].format(low=low, high=number(back.high, language))


def _loss(struck: Struck, language: str) -> str:
    found = struck.following.of("resilience_loss")
    if found.difference is None or abs(found.difference) < 0.05:
        return ""
    key, sign = "loss" if found.excludes_zero else "perhaps", 1.0
    if key == "loss" and found.difference < 0.0:
        key, sign = "gain", -1.0
    size = round(sign * found.difference, 1)
    loss = days_text(size, language) if key == "loss" else number(size, language, 1)
    return _WORDS[language][key].format(loss=loss, band=band_text(struck, language, sign), colon=colon(language))


def band_text(struck: Struck, language: str, sign: float = 1.0) -> str:
    """Return " (2 to 5)", the band of what an event costs; "" without one."""
    band = struck.following.of("resilience_loss").band
    if band is None:
        return ""
    low, high = (number(end, language, 1) for end in sorted((sign * band.low, sign * band.high)))
    return f" ({_WORDS[language]['range'].format(low=low, high=high)})"


def _backstop(after: Aftermath, usual: Aftermath, language: str) -> str:
    share, other = after.backstop.value, usual.backstop.value
    if share is None or other is None or not (share or other):
        return ""
    if signed_text(share - other, "share", language) == "0":
        return ""
    return _WORDS[language]["backstop"].format(
        after=number(MEANWHILE, language),
        share=percent(share, language, 1, most_digits=1),
        usual=percent(other, language, 1, most_digits=1),
    )


def broken_risks(struck: Struck) -> Mapping[str, tuple[str, ...]]:
    """Return the risks by what is told of their event: "worse", "better", and "more" where it is only counted more."""
    found: dict[str, tuple[str, ...]] = {"worse": (), "better": (), "more": ()}
    for risk in RISKS:
        difference = struck.comparison.of(risk)
        if difference.difference is None:
            continue
        if not struck.counts_only and difference.verdict in ("worse", "better"):
            found[difference.verdict] += (risk,)
        elif struck.counts_only and difference.difference > 0.0:
            found["more"] += (risk,)
    return found


def risk_counts(struck: Struck, risk: str, language: str) -> Mapping[str, str]:
    """Return in how many pairs a risk of the year comes true, with the event ("new") and without ("old"), of "all"."""
    difference = struck.comparison.of(risk)
    pairs = difference.pairs
    new, old = (round((share or 0.0) * pairs) for share in (difference.candidate, difference.baseline))
    return {"new": number(new, language), "all": number(pairs, language), "old": number(old, language)}


def _risks(struck: Struck, language: str) -> str:
    words = _WORDS[language]

    def told(risks: tuple[str, ...]) -> str:
        texts = []
        for risk in risks:
            texts.append(words["risk"].format(risk=risk_name(risk, language), **risk_counts(struck, risk, language)))
        return joined(texts, language)

    found = broken_risks(struck)
    parts = [
        words[key].format(colon=colon(language), risks=told(found[key]))
        for key in ("worse", "better", "more")
        if found[key]
    ]
    return " ".join(parts) or words["none_more" if struck.counts_only else "unmoved"]


def stress_sentences(found: Stress, language: str = "en") -> Mapping[str, Mapping[str, str]]:
    """Return for each service one text per event."""
    start, end = found.plan.request.scenario.start, designs_ending((found.baseline,), language)
    return {
        service.service: {
            struck.trial.kind: struck_sentence(struck, service, start, language, end) for struck in service.struck
        }
        for service in found.services
    }
