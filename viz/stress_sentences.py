"""Stress in words: what each event breaks, how low the service falls, and how long it takes to recover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from entraide.experiments.aftermath import MEANWHILE, Aftermath
from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.experiments.stress import ServiceStress, Stress, Struck, Trial
from entraide.model.event_kinds import event_kind
from entraide.model.risk import RISKS

from .comparison_sentences import quoted, signed_text
from .locales import check_language, counted, day_text, joined, number, percent, significant
from .wording import ENDING, between, colon, risk_name

__all__ = ["broken_risks", "event_label", "overview_sentence", "size_text", "stress_sentences", "struck_sentence"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "lasts": "{label}, {days} from {date}",
        "once": "{label}, on {date}",
        "size": "{label} ({meaning}{colon} {value})",
        "held": "the norm of {norm} in time is held {years}, as it would be without it",
        "held_better": "the norm of {norm} in time is held {years}; without it it is broken {usual}",
        "broken": "the norm of {norm} in time is broken {years}, {instead}",
        "nothing_due": "nothing falls due after it, so that nothing can be said of the norm",
        "instead": "and {usual} without it",
        "lowest": "At the lowest {low} is served in time, {usual} without it.",
        "recovers": "Where it is broken, {days} pass (median; {range}) until it is held again for two weeks.",
        "recovers_alike": "Where it is broken, {days} pass until it is held again for two weeks.",
        "range": "{low} to {high}",
        "no_recovery": "Nowhere is it held again before the end.",
        "lost": "The chance that it is not held again by the end is {share} ({band}); {usual} without the event.",
        "lost_count": "By the end it is not held again {years}; without the event, {usual}.",
        "too_soon": "Still open{colon} in {count} it is held again at the end, but for less than two weeks.",
        "loss": "The event costs {loss} of service at the norm{band}.",
        "perhaps": "Days of service at the norm that it costs{colon} {loss}{band}, which may be none.",
        "gain": "After it fewer days of service at the norm are lost than without it{colon} {loss}{band}.",
        "backstop": "From then to {after} days after it the last resort makes {share} of what is delivered, {usual} "
        "without it.",
        "worse": "What breaks over the year{colon} {risks}.",
        "better": "Less often broken over the year{colon} {risks}.",
        "unmoved": "No risk of the year is shown to change.",
        "risk": "{risk} ({new} of {pairs}, {old} without it)",
        "more": "Broken more often over the year, in too few replicates to tell a probability{colon} {risks}.",
        "none_more": "No risk of the year is broken more often.",
        "hardest": "Of {events}, the hardest blow is {label}{colon} it costs {loss} of service at the norm.",
        "none_hard": "None of {events} costs as much as half a day of service at the norm.",
        "untested": "Nothing falls due after {events}: what they break cannot be told on that day. Choose another one "
        "with --date.",
        "lasting": "Not always overcome by the end{colon} {names}.",
        "borne": "Borne without breaking the norm{colon} {names}.",
    },
    "fr": {
        "lasts": "{label}, {days} à partir du {date}",
        "once": "{label}, le {date}",
        "size": "{label} ({meaning}{colon} {value})",
        "held": "la norme de {norm} à temps est tenue {years}, comme elle le serait sans l'événement",
        "held_better": "la norme de {norm} à temps est tenue {years}\u202f; sans l'événement elle est rompue {usual}",
        "broken": "la norme de {norm} à temps est rompue {years}, {instead}",
        "nothing_due": "rien n'arrive à échéance ensuite, si bien qu'on ne peut rien dire de la norme",
        "instead": "et {usual} sans l'événement",
        "lowest": "Au plus bas, {low} est servi à temps, {usual} sans l'événement.",
        "recovers": (
            "Là où elle est rompue, il faut {days} (médiane\u202f; {range}) pour qu'elle soit de nouveau tenue pendant "
            "deux semaines."
        ),
        "recovers_alike": (
            "Là où elle est rompue, il faut {days} pour qu'elle soit de nouveau tenue pendant deux semaines."
        ),
        "range": "de {low} à {high}",
        "no_recovery": "Nulle part elle n'est de nouveau tenue avant la fin.",
        "lost": (
            "La probabilité qu'elle ne soit pas de nouveau tenue à la fin est de {share} ({band})\u202f; de {usual} "
            "sans l'événement."
        ),
        "lost_count": "À la fin, elle n'est pas de nouveau tenue {years}\u202f; sans l'événement, {usual}.",
        "too_soon": "Reste à voir{colon} dans {count}, elle est de nouveau tenue à la fin, mais depuis moins de deux "
        "semaines.",
        "loss": "L'événement coûte {loss} de service à la norme{band}.",
        "perhaps": "Jours de service à la norme qu'il coûte{colon} {loss}{band}, ce qui peut être aucun.",
        "gain": "Ensuite, on perd moins de jours de service à la norme que sans l'événement{colon} {loss}{band}.",
        "backstop": (
            "Dès lors et jusqu'à {after} jours après, le dernier recours assure {share} de ce qui est rendu, {usual} "
            "sans l'événement."
        ),
        "worse": "Ce qui rompt sur l'année{colon} {risks}.",
        "better": "Rompu moins souvent sur l'année{colon} {risks}.",
        "unmoved": "Pour aucun risque de l'année on n'établit de changement.",
        "risk": "{risk} ({new} sur {pairs}, {old} sans l'événement)",
        "more": "Rompu plus souvent sur l'année, sur trop peu de répliques pour une probabilité{colon} {risks}.",
        "none_more": "Aucun risque de l'année n'est rompu plus souvent.",
        "hardest": "De {events}, le coup le plus dur est {label}{colon} il coûte {loss} de service à la norme.",
        "none_hard": "Aucun de {events} ne coûte une demi-journée de service à la norme.",
        "untested": "Rien n'arrive à échéance après {events}\u202f: à cette date, on ne peut pas dire ce qui cède. "
        "Choisissez-en une autre avec --date.",
        "lasting": "Pas toujours surmonté à la fin{colon} {names}.",
        "borne": "Supporté sans que la norme soit rompue{colon} {names}.",
    },
}
# Smallest mean loss, in days of service at the norm, that is called a blow.
_BLOW = 0.5


def size_text(trial: Trial, language: str) -> str:
    """Write the size of an event in its unit; "" where it has none."""
    kind = event_kind(trial.kind)
    if kind.bounds is None:
        return ""
    if kind.unit == "share":
        return percent(trial.size, language)
    figure = significant(trial.size, language)
    return f"× {figure}" if kind.unit == "times" else f"{figure} {kind.unit}"


def event_label(kind: str, language: str) -> str:
    """Return the name of a kind of event."""
    declared = event_kind(kind)
    return declared.label_en if check_language(language) == "en" else declared.label_fr


def _days(value: float, language: str) -> str:
    noun = ("day", "days") if language == "en" else ("jour", "jours")
    if value == round(value):
        return counted(value, *noun, language)
    return f"{number(value, language, 1)} {noun[0 if language == 'fr' and value < 2 else 1]}"


def _in_replicates(count: int, replicates: int, language: str) -> str:
    """Return "in 3 of 20 replicates", "in all 20 replicates", "in none of 20 replicates"."""
    of = number(replicates, language)
    if language == "en":
        noun = "replicate" if replicates == 1 else "replicates"
        if count == 0 or replicates == 1:
            return f"in {'none' if count == 0 else of} of {of} {noun}"
        return f"in all {of} {noun}" if count == replicates else f"in {number(count, language)} of {of} {noun}"
    if replicates == 1:
        return "dans la seule réplique" if count else "dans aucune réplique"
    if count == 0:
        return f"dans aucune des {of} répliques"
    return f"dans les {of} répliques" if count == replicates else f"dans {number(count, language)} des {of} répliques"


def _introduction(trial: Trial, start: date, language: str) -> str:
    words = _WORDS[language]
    label = event_label(trial.kind, language)
    size = size_text(trial, language)
    if size:
        declared = event_kind(trial.kind)
        meaning = declared.size_en if language == "en" else declared.size_fr
        label = words["size"].format(label=label, meaning=meaning, colon=colon(language), value=size)
    day = day_text(start + timedelta(days=trial.day), language)
    if trial.days == 1:
        return words["once"].format(label=label, date=day)
    return words["lasts"].format(label=label, days=_days(trial.days, language), date=day)


def struck_sentence(struck: Struck, service: ServiceStress, start: date, language: str = "en") -> str:
    """Say what one event does to one service."""
    check_language(language)
    after, usual = struck.after, struck.usual
    parts = [f"{_introduction(struck.trial, start, language)}{colon(language)} {_norm(struck, service, language)}."]
    if after.replicates and after.fell:
        parts += [_lowest(after, usual, language), *_recovery(struck, language)]
    if after.replicates:
        parts += [_loss(struck, language), _backstop(after, usual, language)]
    parts.append(_risks(struck, language))
    told = " ".join(filter(None, parts))
    return f"{told[:-1]}, {ENDING[language]}."


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
    parts = []
    median = after.median_days
    if median is not None:
        low, high = after.days_to_recover[0], after.days_to_recover[-1]
        key = "recovers" if low < high else "recovers_alike"
        span = words["range"].format(low=number(low, language), high=number(high, language))
        parts.append(words[key].format(days=_days(median, language), range=span))
    elif after.not_recovered == after.fell:
        parts.append(words["no_recovery"])
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
        noun = ("replicate", "replicates") if language == "en" else ("réplique", "répliques")
        count = counted(after.still_open, *noun, language)
        parts.append(words["too_soon"].format(count=count, colon=colon(language)))
    return parts


def _loss(struck: Struck, language: str) -> str:
    found = struck.following.of("resilience_loss")
    if found.difference is None or abs(found.difference) < 0.05:
        return ""
    band, sign = "", 1.0
    key = "loss" if found.excludes_zero else "perhaps"
    if key == "loss" and found.difference < 0.0:
        key, sign = "gain", -1.0
    if found.band is not None:
        ends = sorted((sign * found.band.low, sign * found.band.high))
        low, high = (number(end, language, 1) for end in ends)
        band = f" ({_WORDS[language]['range'].format(low=low, high=high)})"
    size = round(sign * found.difference, 1)
    loss = _days(size, language) if key == "loss" else number(size, language, 1)
    return _WORDS[language][key].format(loss=loss, band=band, colon=colon(language))


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


def _risks(struck: Struck, language: str) -> str:
    words = _WORDS[language]

    def told(risks: tuple[str, ...]) -> str:
        texts = []
        for risk in risks:
            difference = struck.comparison.of(risk)
            pairs = difference.pairs
            new, old = (round((share or 0.0) * pairs) for share in (difference.candidate, difference.baseline))
            counts = {"new": number(new, language), "pairs": number(pairs, language), "old": number(old, language)}
            texts.append(words["risk"].format(risk=risk_name(risk, language), **counts))
        return joined(texts, language)

    found = broken_risks(struck)
    parts = [
        words[key].format(colon=colon(language), risks=told(found[key]))
        for key in ("worse", "better", "more")
        if found[key]
    ]
    return " ".join(parts) or words["none_more" if struck.counts_only else "unmoved"]


def overview_sentence(service: ServiceStress, language: str = "en") -> str:
    """Say which event is the hardest blow, which are not always overcome, and which are borne."""
    words = _WORDS[check_language(language)]
    noun = ("event", "events") if language == "en" else ("événement", "événements")
    events = counted(len(service.struck), *noun, language)

    def loss(struck: Struck) -> float:
        return struck.following.of("resilience_loss").difference or 0.0

    def names(chosen: list[Struck]) -> str:
        return joined([quoted(event_label(each.trial.kind, language), language) for each in chosen], language)

    if not any(struck.after.replicates for struck in service.struck):
        return words["untested"].format(events=events)
    hardest = max(service.struck, key=loss)
    parts = [words["none_hard"].format(events=events)]
    if loss(hardest) >= _BLOW:
        lost = _days(round(loss(hardest), 1), language)
        parts = [words["hardest"].format(events=events, label=names([hardest]), loss=lost, colon=colon(language))]
    lasting = [each for each in service.struck if each.after.not_recovered > each.usual.not_recovered]
    borne = [each for each in service.struck if each.after.replicates and not each.after.fell]
    for key, chosen in (("lasting", lasting), ("borne", borne)):
        if chosen:
            parts.append(words[key].format(names=names(chosen), colon=colon(language)))
    told = " ".join(parts)
    return f"{told[:-1]}, {ENDING[language]}."


def stress_sentences(found: Stress, language: str = "en") -> Mapping[str, Mapping[str, str]]:
    """Return for each service one text per event."""
    start = found.plan.request.scenario.start
    return {
        service.service: {
            struck.trial.kind: struck_sentence(struck, service, start, language) for struck in service.struck
        }
        for service in found.services
    }
