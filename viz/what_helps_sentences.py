"""What helps, in words: for each risk the measure that does most, its cost, and what it does to the other risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entraide.experiments.what_helps import BEHIND, ServiceRanking, Tried, WhatHelps
from entraide.model.risk import RISKS

from .comparison_sentences import consequence_text, gap_text, measure_name, quoted, values_text
from .how_many import for_a_probability
from .locales import check_language, joined, localised, number
from .pair_words import cost_designs_ending
from .wording import ENDING, colon, risk_name, span_text

__all__ = ["counts_only_sentence", "ranking_sentence", "title_of", "what_helps_sentences"]

# Names that one sentence can bear.
_MOST_NAMED = 4

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "best": "{risk}: {name} helps most.",
        "only": "{risk}: only {name} is shown to help.",
        "none": "{risk}: none of the {count} measures is shown to help.",
        "alike": "{risk}: no measure makes a difference that matters.",
        "largest": "Ranked by years with a break, then by “{mean}”, the first is {name}; chance may have put it there.",
        "dominates": "It is better and cheaper: it dominates the service as it is.",
        "side": "Beside it: {effects}.",
        "too": "Also shown to help: {names}.",
        "harm": "Shown to harm: {names}.",
        "more": "{count} more",
        "nothing": "As it is, the norm is broken in none of {over}: only the mean behind it can move.",
        "always": "As it is, the norm is broken in all {over}: only the mean behind it can move.",
        "counts": "With {over} of each design, breaks are counted and no probability is told; {fewest} are enough.",
        "better": "better {risk}",
        "worse": "worse {risk}",
        "mixed": "mixed effects on {risk}",
    },
    "fr": {
        "best": "{risk}\u202f: c'est {name} qui aide le plus.",
        "only": "{risk}\u202f: seule la mesure {name} aide à coup sûr.",
        "none": "{risk}\u202f: d'aucune des {count} mesures on ne peut dire qu'elle aide.",
        "alike": "{risk}\u202f: aucune mesure ne fait de différence qui compte.",
        "largest": "Au classement, selon les années de rupture puis selon «\u202f{mean}\u202f», la première est "
        "{name}\u202f; le hasard peut l'y avoir mise.",
        "dominates": "C'est mieux et moins cher\u202f: la mesure domine le service tel qu'il est.",
        "side": "Par ailleurs\u202f: {effects}.",
        "too": "Aident aussi\u202f: {names}.",
        "harm": "Nuisent\u202f: {names}.",
        "more": "{count} autres",
        "nothing": "Tel quel, la norme n'est rompue dans aucune des {over}\u202f: seule la moyenne peut bouger.",
        "always": "Tel quel, la norme est rompue dans chacune des {over}\u202f: seule la moyenne peut bouger.",
        "counts": (
            "Avec {over} de chaque dispositif, on compte les ruptures sans donner de probabilité\u202f; "
            "{fewest} suffisent."
        ),
        "better": "{risk} en mieux",
        "worse": "{risk} en moins bien",
        "mixed": "{risk} dans les deux sens",
    },
}


def title_of(tried: Tried, language: str) -> str:
    """Return the title of a measure, with the typography of its language."""
    return localised(tried.candidate.title[check_language(language)], language)


def what_helps_sentences(found: WhatHelps, language: str = "en") -> Mapping[str, Mapping[str, str]]:
    """Return for each service one text per risk."""
    end = cost_designs_ending((found.baseline,), language)
    return {
        ranking.service: {risk: ranking_sentence(ranking, risk, language, end) for risk in RISKS}
        for ranking in found.rankings
    }


def counts_only_sentence(found: WhatHelps, language: str = "en") -> str:
    """Say that events are only counted, "" where there are enough replicates for a probability."""
    ranking = found.rankings[0]
    if not all(tried.counts_only for tried in ranking.tried):
        return ""
    over = span_text(found.plan.request.replicates, ranking.days, language)
    fewest = number(for_a_probability(), language)
    return _WORDS[check_language(language)]["counts"].format(over=over, fewest=fewest)


def ranking_sentence(ranking: ServiceRanking, risk: str, language: str = "en", rests_on: str = "") -> str:
    """Say which measure helps most against a risk, with its cost and side effects; or that none is shown to help."""
    words = _WORDS[check_language(language)]
    ranked = ranking.ranked(risk)
    helping = [tried for tried in ranked if tried.verdict(risk) == "better"]
    harming = [tried for tried in ranked if tried.verdict(risk) == "worse"]
    name = risk_name(risk, language, capital=True)
    first = ranked[0]
    title = quoted(title_of(first, language), language)
    if helping:
        start = words["best" if len(helping) > 1 else "only"].format(risk=name, name=title)
    elif all(tried.verdict(risk) == "no_difference_that_matters" for tried in ranked):
        return words["alike"].format(risk=name)
    elif all(tried.verdict(risk) in ("no_difference_that_matters", "worse") for tried in ranked):
        none = words["none"].format(risk=name, count=number(len(ranked), language))
        return " ".join(filter(None, [none, _harm(harming, words, language)]))
    else:
        start = words["none"].format(risk=name, count=number(len(ranked), language))
        start += " " + words["largest"].format(name=title, mean=measure_name(BEHIND[risk], language))
    parts = [
        start,
        _at_an_end(first, risk, ranking.days, words, language),
        *_effects(first, risk, ranking.days, language, rests_on or ENDING[language]),
    ]
    if first.dominates(risk):
        parts.append(words["dominates"])
    side = [words[verdict].format(risk=risk_name(other, language)) for other, verdict in first.side_effects(risk)]
    if side:
        parts.append(words["side"].format(effects=joined(side, language)))
    if len(helping) > 1:
        parts.append(words["too"].format(names=_names(helping[1:], words, language)))
    parts.append(_harm(harming, words, language))
    return " ".join(filter(None, parts))


def _harm(harming: Sequence[Tried], words: Mapping[str, str], language: str) -> str:
    return words["harm"].format(names=_names(harming, words, language)) if harming else ""


def _names(tried: Sequence[Tried], words: Mapping[str, str], language: str) -> str:
    named = [quoted(title_of(each, language), language) for each in tried[:_MOST_NAMED]]
    left = len(tried) - len(named)
    if left == 1:
        named.append(quoted(title_of(tried[-1], language), language))
    elif left:
        named.append(words["more"].format(count=number(left, language)))
    return joined(named, language)


def _at_an_end(tried: Tried, risk: str, days: int, words: Mapping[str, str], language: str) -> str:
    """Say that the event happens never or always with and without the measure: its probability then tells nothing."""
    event = tried.comparison.of(risk)
    if event.baseline is None or event.baseline != event.candidate or event.baseline not in (0.0, 1.0):
        return ""
    return words["always" if event.baseline else "nothing"].format(over=span_text(event.pairs, days, language))


def _effects(tried: Tried, risk: str, days: int, language: str, end: str) -> list[str]:
    """Say what changes: the event, the mean behind it, the cost; the last of them with what all rest on."""
    parts = []
    event = tried.comparison.of(risk)
    if event.baseline is not None and event.candidate is not None:
        unmoved = event.baseline == event.candidate and event.baseline in (0.0, 1.0)
        if not unmoved:
            few = tried.counts_only
            text = values_text(event, language, ("", ""), days) + ("" if few else gap_text(event, "event", language))
            parts.append(_told(text, "" if few else consequence_text(event, "event", language, days), language))
    for name in (BEHIND[risk], "cost"):
        found = tried.comparison.of(name)
        if found.baseline is None or found.candidate is None or found.difference is None:
            continue
        unit = found.measure.unit
        label = measure_name(name, language)
        text = f"{label[:1].upper()}{label[1:]}{colon(language)} {values_text(found, language, ('', ''), days)}"
        text += gap_text(found, unit, language)
        consequence = consequence_text(found, unit, language, days) if name != "cost" else ""
        parts.append(_told(text, consequence, language))
    if parts:
        parts[-1] = f"{parts[-1][:-1]}, {end}."
    return parts


def _told(text: str, consequence: str, language: str) -> str:
    mark = "; " if language == "en" else "\u202f; "
    return f"{text}{mark}{consequence}." if consequence else f"{text}."
