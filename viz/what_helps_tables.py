"""What helps, as tables: one for each risk, the measures in their order, each with its cost and side effects."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.comparison import Difference
from entraide.experiments.what_helps import BEHIND, ServiceRanking, Tried
from entraide.model.intervals import Interval

from .comparison_sentences import amount_text, measure_name, verdict_word
from .how_many import that_would_tell
from .locales import MINUS, check_language, money, number
from .what_helps_sentences import title_of
from .wording import risk_name, years_noun

__all__ = ["ranking_caption", "ranking_header", "ranking_rows", "rest_sentence"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "measure": "measure",
        "event": "broken",
        "cost": "cost a year",
        "others": "other risks",
        "verdict": "verdict",
        "dominates": "better and cheaper",
        "mixed": "mixed",
        "instead": "{new} of {pairs} instead of {old}",
        "same": "{new} of {pairs}, as before",
        "range": "{low} to {high}",
        "none": "no difference shown",
        "no_value": "no value",
        "same_amount": "no change",
        "would": "{verdict}; about {number} simulations would tell",
        "caption": "{risk}: from what helps most to what helps least, by years with a break, then by “{mean}”",
        "rest": "No difference that matters: {names}.",
        "better": "{risk} better",
        "worse": "{risk} worse",
    },
    "fr": {
        "measure": "mesure",
        "event": "ruptures",
        "cost": "coût par an",
        "others": "autres risques",
        "verdict": "verdict",
        "dominates": "mieux et moins cher",
        "mixed": "dans les deux sens",
        "instead": "{new} sur {pairs} au lieu de {old}",
        "same": "{new} sur {pairs}, comme avant",
        "range": "{low} à {high}",
        "none": "rien d'établi",
        "no_value": "aucune valeur",
        "same_amount": "inchangé",
        "would": "{verdict}\u202f: il faudrait {number} simulations",
        "caption": "{risk}\u202f: de la mesure qui aide le plus à celle qui aide le moins, selon les années de "
        "rupture, puis selon «\u202f{mean}\u202f»",
        "rest": "Pas de différence qui compte\u202f: {names}.",
        "better": "{risk}\u202f: mieux",
        "worse": "{risk}\u202f: moins bien",
    },
}


def ranking_caption(risk: str, language: str) -> str:
    """Return what stands above the table of one risk."""
    return _WORDS[check_language(language)]["caption"].format(
        risk=risk_name(risk, language, capital=True), mean=measure_name(BEHIND[risk], language)
    )


def ranking_header(ranking: ServiceRanking, risk: str, language: str) -> tuple[str, ...]:
    """Return the heads of the columns."""
    words = _WORDS[check_language(language)]
    of = f" ({years_noun(ranking.days, language)[1]})"
    return (
        words["measure"],
        words["event"] + of,
        f"{measure_name(BEHIND[risk], language)} (points)",
        words["cost"],
        words["others"],
        words["verdict"],
    )


def ranking_rows(
    ranking: ServiceRanking, risk: str, language: str, *, all_of_them: bool = True
) -> list[tuple[str, ...]]:
    """Return one row per measure, in their order; those without a difference that matters may be left out."""
    check_language(language)
    return [_row(tried, risk, language) for tried in ranking.ranked(risk) if all_of_them or not _idle(tried, risk)]


def rest_sentence(ranking: ServiceRanking, risk: str, language: str) -> str:
    """Name the measures without a difference that matters; "" where there is none."""
    names = [title_of(tried, language) for tried in ranking.ranked(risk) if _idle(tried, risk)]
    return _WORDS[check_language(language)]["rest"].format(names=", ".join(names)) if names else ""


def _idle(tried: Tried, risk: str) -> bool:
    return tried.verdict(risk) == "no_difference_that_matters"


def _row(tried: Tried, risk: str, language: str) -> tuple[str, ...]:
    return (
        title_of(tried, language),
        _event(tried.comparison.of(risk), tried.counts_only, language),
        _change(tried.comparison.of(BEHIND[risk]), language),
        _change(tried.comparison.of("cost"), language),
        _others(tried, risk, language),
        _verdict(tried, risk, language),
    )


def _event(difference: Difference, counts_only: bool, language: str) -> str:
    words = _WORDS[language]
    if difference.baseline is None or difference.candidate is None:
        return words["no_value"]
    pairs = difference.pairs
    new, old = round(difference.candidate * pairs), round(difference.baseline * pairs)
    key = "same" if new == old else "instead"
    text = words[key].format(new=number(new, language), old=number(old, language), pairs=number(pairs, language))
    return text if counts_only or new == old else f"{text}{_range(difference.band, 'event', language)}"


def _change(difference: Difference, language: str) -> str:
    words = _WORDS[language]
    if difference.difference is None:
        return words["no_value"]
    unit = difference.measure.unit
    size = _signed(difference.difference, unit, language)
    return words["same_amount"] if size == "0" else f"{size}{_range(difference.band, unit, language)}"


def _range(band: Interval | None, unit: str, language: str) -> str:
    if band is None:
        return ""
    low, high = _signed(band.low, unit, language), _signed(band.high, unit, language)
    return "" if low == high else f" ({_WORDS[language]['range'].format(low=low, high=high)})"


def _signed(value: float, unit: str, language: str) -> str:
    """Write a change with its sign, shares in points without the word; "0" for one too small to write."""
    if unit in ("share", "event"):
        digits = 0 if unit == "event" else 1
        figure = number(abs(100.0 * value), language, digits)
    elif unit == "EUR":
        figure = money(abs(value), language)
    else:
        figure = amount_text(abs(value), unit, language)
    if not any(digit in "123456789" for digit in figure):
        return "0"
    return f"{'+' if value > 0 else MINUS}{figure}"


def _others(tried: Tried, risk: str, language: str) -> str:
    words = _WORDS[language]
    found = [
        f"{risk_name(other, language)}{'' if language == 'en' else chr(0x202F)}: {words['mixed']}"
        if verdict == "mixed"
        else words[verdict].format(risk=risk_name(other, language))
        for other, verdict in tried.side_effects(risk)
    ]
    return ", ".join(found) or words["none"]


def _verdict(tried: Tried, risk: str, language: str) -> str:
    words = _WORDS[language]
    if tried.dominates(risk):
        return words["dominates"]
    verdict = tried.verdict(risk)
    if verdict == "mixed":
        return words["mixed"]
    enough = tried.enough_pairs(risk)
    if verdict != "cannot_tell" or enough is None:
        return verdict_word(verdict, language)
    return words["would"].format(verdict=verdict_word(verdict, language), number=_about(enough, language))


def _about(pairs: int, language: str) -> str:
    """Write how many simulations would tell, as a number that can be chosen."""
    return number(that_would_tell(pairs), language)
