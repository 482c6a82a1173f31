"""Comparisons in words: better, worse, no difference that matters, or cannot tell and how many years would tell."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.comparison import Comparison, Difference, EffectAndCost
from entraide.experiments.measures import MEASURES
from entraide.experiments.result_comparison import ResultComparison
from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.experiments.verdicts import MOST_PAIRS
from entraide.model.intervals import Interval
from entraide.model.risk import RISKS

from .how_many import that_would_tell
from .kind_words import has_norm, no_quality_norm
from .locales import check_language, counted, joined, localised, money, number, percent, points, significant
from .pair_words import cost_designs_ending, designs_ending
from .wording import ENDING, quoted, risk_label, risk_name, span_text, years_noun

__all__ = [
    "amount_text",
    "band_text",
    "comparison_sentences",
    "comparison_verdict",
    "consequence_text",
    "difference_sentence",
    "effect_sentences",
    "exchange_sentences",
    "gap_text",
    "measure_name",
    "quoted",
    "row_name",
    "signed_text",
    "spoken_verdict",
    "values_text",
    "verdict_word",
]

_VERDICTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "better": "better",
        "worse": "worse",
        "no_difference_that_matters": "no difference that matters",
        "cannot_tell": "cannot tell",
    },
    "fr": {
        "better": "mieux",
        "worse": "moins bien",
        "no_difference_that_matters": "pas de différence qui compte",
        "cannot_tell": "on ne peut pas trancher",
    },
}
_COST = {"en": "cost", "fr": "coût"}
# What differences rest on, and those of costs.
_RESTS_ON = (designs_ending, cost_designs_ending)
# A tenth of a point is the smallest difference between shares that is written.
_FINEST = 0.001
# "Each 100,000 EUR more": a sum that a local budget knows; smaller ones where it would buy more than there is to gain.
_SUMS = (100_000.0, 10_000.0, 1_000.0, 100.0, 10.0, 1.0)
_ROUNDING = 1e-9
_LABELS = {measure.name: {"en": measure.label_en, "fr": measure.label_fr} for measure in MEASURES}


def verdict_word(verdict: str, language: str) -> str:
    """Return a verdict in words."""
    return _VERDICTS[check_language(language)][verdict]


def measure_name(name: str, language: str) -> str:
    """Return the name of what is compared, for a reader."""
    if name in RISKS:
        return risk_name(name, language)
    if name == "cost":
        return _COST[check_language(language)]
    return localised(_LABELS[name][language], language) if name in _LABELS else name


def row_name(name: str, language: str) -> str:
    """Return the head of a row or band: a risk is named as one, so that less of it reads as better."""
    return risk_label(name, language) if name in RISKS else measure_name(name, language)


def amount_text(value: float, unit: str, language: str) -> str:
    """Write a value of a measure in its unit."""
    if unit == "share":
        return percent(value, language, 0 if value in (0.0, 1.0) else 1, most_digits=1)
    if unit == "EUR":
        return money(value, language)
    return significant(value, language) + ("" if unit == "1" else f" {unit}")


def _size(value: float, unit: str, language: str) -> str:
    """Write the size of a difference, without its sign; "0" for none at all.

    Events are counted in whole points, since each replicate weighs several; means of shares in tenths.
    """
    if value == 0.0:
        return "0"
    if unit not in ("share", "event"):
        return amount_text(abs(value), unit, language)
    if abs(value) >= _FINEST:
        return points(value, language, 1 if unit == "share" else None)
    return ("under " if language == "en" else "moins de ") + points(_FINEST, language)


def signed_text(value: float, unit: str, language: str) -> str:
    """Write a difference in words: "3 points less"; "0" for one too small to write."""
    if value == 0.0 or (unit in ("share", "event") and abs(value) < _FINEST):
        return "0"
    size = _size(value, unit, language)
    if language == "en":
        return f"{size} {'more' if value > 0 else 'less'}"
    return f"{size} de {'plus' if value > 0 else 'moins'}"


def band_text(band: Interval, unit: str, language: str) -> str:
    """Write the band of a difference, the smaller end first; "" where it is too narrow to write."""
    low, high = signed_text(band.low, unit, language), signed_text(band.high, unit, language)
    if low == high:
        return ""
    if band.high <= 0.0:
        low, high = high, low
    return f" (between {low} and {high})" if language == "en" else f" (entre {low} et {high})"


def gap_text(difference: Difference, unit: str, language: str) -> str:
    """Say the difference, with its band."""
    english = language == "en"
    assert difference.difference is not None
    band = "" if difference.band is None else band_text(difference.band, unit, language)
    if difference.difference == 0.0:
        return ("; no difference seen" if english else "\u202f; aucun écart observé") + band
    if unit in ("share", "event") and abs(difference.difference) < _FINEST:
        small = _size(difference.difference, unit, language)
        return ("; a difference of " if english else "\u202f; un écart de ") + small + band
    signed = signed_text(difference.difference, unit, language)
    return f"{', that is' if english else ', soit'} {signed}{band}"


def difference_sentence(
    difference: Difference,
    language: str = "en",
    *,
    names: tuple[str, str] = ("", ""),
    days: int = 365,
    rests_on: str = "",
) -> str:
    """Say one difference: the verdict first, then both values, the difference and its band.

    Parameters
    ----------
    names : of the baseline and of the other design.
    days : simulated days of the year that is compared.
    rests_on : end of the sentence; "for these assumed values" when empty.
    """
    english = check_language(language) == "en"
    end = rests_on or ENDING[language]
    colon = ":" if english else "\u202f:"
    name = measure_name(difference.measure.name, language)
    start = f"{name[:1].upper()}{name[1:]}{colon} {spoken_verdict(difference, language)}."
    if difference.baseline is None or difference.candidate is None or difference.difference is None:
        reason = (
            "no replicate has a value in both designs"
            if english
            else "aucune simulation n'a de valeur dans les deux cas"
        )
        return f"{start} {'No value' if english else 'Sans valeur'}{colon} {reason}, {end}."
    values = values_text(difference, language, names, days)
    unit = "event" if difference.measure.kind == "event" else difference.measure.unit
    few = difference.measure.kind == "event" and difference.pairs < FEWEST_FOR_PROBABILITY
    gap = "" if few else gap_text(difference, unit, language)
    consequence = consequence_text(difference, unit, language, days)
    mark = "; " if english else "\u202f; "
    after = f"{mark}{consequence}" if consequence else ""
    return f"{start} {values}{gap}{after}, {end}."


def spoken_verdict(difference: Difference, language: str) -> str:
    """Return the verdict; a cost, and what is not judged, is lower or higher rather than better or worse."""
    measure = difference.measure
    if (measure.name == "cost" or not measure.judged) and difference.verdict in ("better", "worse"):
        lower = (difference.verdict == "better") == measure.lower_is_better
        if check_language(language) == "en":
            return "lower" if lower else "higher"
        if measure.name == "cost":
            return "plus bas" if lower else "plus élevé"
        return "plus faible" if lower else "plus forte"
    return verdict_word(difference.verdict, language)


def values_text(difference: Difference, language: str, names: tuple[str, str], days: int) -> str:
    """Say the value of both designs, the new one first."""
    assert difference.baseline is not None
    assert difference.candidate is not None
    english = language == "en"
    instead = "instead of" if english else "au lieu de"
    with_new = f" {'with' if english else 'avec'} {quoted(names[1], language)}" if names[1] else ""
    with_old = f" {'with' if english else 'avec'} {quoted(names[0], language)}" if names[0] else ""
    if difference.measure.kind == "event":
        pairs = difference.pairs
        new, old = round(difference.candidate * pairs), round(difference.baseline * pairs)
        over = span_text(pairs, days, language)
        if english:
            start = f"Over {over}, broken in {number(new, 'en') if new else 'none'}"
            of_old = f"{instead} {number(old, 'en') if old else 'none'}"
        else:
            start = f"{counted(new, 'rupture', 'ruptures', 'fr') if new else 'Aucune rupture'} sur {over}"
            of_old = f"{instead} {number(old, 'fr')}" if old else "au lieu d'aucune"
        if new == old:
            return f"{start}{' with both designs' if english else ', dans les deux cas'}"
        return f"{start}{with_new}, {of_old}{with_old}"
    unit = difference.measure.unit
    a_year = (" a year" if english else " par an") if difference.measure.name == "cost" else ""
    new_text = amount_text(difference.candidate, unit, language)
    old_text = amount_text(difference.baseline, unit, language)
    if new_text == old_text:
        on_both = "with both designs" if english else "dans les deux cas"
        return f"{new_text}{a_year} {on_both}"
    return f"{new_text}{a_year}{with_new}, {instead} {old_text}{with_old}"


def consequence_text(difference: Difference, unit: str, language: str, days: int) -> str:
    """Say why a difference does not matter, or what would tell."""
    english = language == "en"
    if difference.verdict == "no_difference_that_matters":
        smallest = difference.smallest_difference
        limit = points(smallest, language) if unit in ("share", "event") else amount_text(smallest, unit, language)
        return f"less than {limit} does not matter here" if english else f"moins de {limit} ne compte pas ici"
    if difference.verdict != "cannot_tell":
        return ""
    if difference.measure.kind == "event" and difference.baseline == difference.candidate in (0.0, 1.0):
        # What never happens, or always, in both: a number of years that rests on it helps nobody.
        return ""
    plural = years_noun(days, language)[1]
    of = "d'" if plural.startswith("a") else "de "
    if difference.beyond_reach and difference.over_draws:
        return (
            f"no number of {plural} would tell: what is not known of how people take part would stay open"
            if english
            else f"aucun nombre {of}{plural} ne trancherait\u202f: ce que l'on ignore de la participation "
            "resterait ouvert"
        )
    if difference.beyond_reach:
        most = number(MOST_PAIRS, language)
        return (
            f"even {most} {plural} of each design would not tell"
            if english
            else f"même {most} {plural} de chaque dispositif ne trancheraient pas"
        )
    if difference.enough_pairs is None or difference.pairs < 2:
        if english:
            return f"more {plural} of each design are needed"
        return f"il faut plus {of}{plural} de chaque dispositif"
    enough = number(that_would_tell(difference.enough_pairs), language)
    return (
        f"about {enough} {plural} of each design would tell"
        if english
        else f"environ {enough} {plural} de chaque dispositif trancheraient"
    )


def effect_sentences(comparison: Comparison, language: str = "en", rests_on: str = "") -> tuple[str, ...]:
    """Say what is better *and* cheaper, what is exchanged for money, and what gets worse in the same breath.

    Parameters
    ----------
    rests_on : end of each sentence; "for these assumed values" when empty.
    """
    end = rests_on or ENDING[check_language(language)]
    found = (_effect_sentence(effect, comparison, language, end) for effect in comparison.effects)
    return tuple(sentence for sentence in found if sentence)


def _effect_sentence(effect: EffectAndCost, comparison: Comparison, language: str, end: str) -> str:
    english = language == "en"
    name = measure_name(effect.measure, language)
    if effect.relation in ("dominates", "is_dominated"):
        good = effect.relation == "dominates"
        if english:
            what = "dominates: better and cheaper" if good else "is dominated: worse and more expensive"
            text = f"On “{name}” the new design {what}"
        else:
            what = "domine\u202f: mieux et moins cher" if good else "est dominé\u202f: moins bien et plus cher"
            text = f"Pour «\u202f{name}\u202f», le nouveau dispositif {what}"
        if good and effect.worsens:
            listed = joined([quoted(measure_name(other, language), language) for other in effect.worsens], language)
            text += f", but it is worse on {listed}" if english else f", mais il fait moins bien pour {listed}"
        return f"{text}, {end}."
    if effect.relation != "trade_off" or effect.ratio is None:
        return ""
    unit = "event" if effect.measure in RISKS else comparison.of(effect.measure).measure.unit
    total = _sum_that_fits(effect, comparison, unit)
    size = _size(effect.ratio * total, unit, language)
    buys = (comparison.of("cost").difference or 0.0) > 0.0
    each = money(total, language)
    band = ""
    if effect.ratio_band is not None:
        low, high = (_size(limit * total, unit, language) for limit in (effect.ratio_band.low, effect.ratio_band.high))
        if low != high:
            band = f" (between {low} and {high})" if english else f" (entre {low} et {high})"
    if english:
        verb = f"Each {each} a year more buys" if buys else f"Each {each} a year saved costs"
        return f"{verb} {size}{band} on “{name}”, {end}."
    verb = f"Chaque tranche de {each} par an en plus fait gagner" if buys else f"Chaque économie de {each} par an coûte"
    return f"{verb} {size}{band} pour «\u202f{name}\u202f», {end}."


def _sum_that_fits(effect: EffectAndCost, comparison: Comparison, unit: str) -> float:
    """Return the largest sum whose effect on a share is at most what is left of it, with a band under 100 points."""
    found = comparison.of(effect.measure)
    if unit not in ("share", "event") or found.baseline is None or effect.ratio is None:
        return _SUMS[0]
    left = 1.0 - found.baseline if (found.difference or 0.0) > 0.0 else found.baseline
    limits = () if effect.ratio_band is None else (effect.ratio_band.low, effect.ratio_band.high)
    for total in _SUMS:
        if abs(effect.ratio) * total <= left + _ROUNDING and all(abs(limit) * total < 1.0 for limit in limits):
            return total
    return _SUMS[-1]


def comparison_sentences(compared: ResultComparison, language: str = "en") -> Mapping[str, str]:
    """Return one sentence for each measure compared, by its name."""
    check_language(language)
    days = min(365, compared.candidate.specification.days - 365 * compared.year)
    names = (compared.comparison.baseline, compared.comparison.candidate)
    end, of_costs = (told((compared.baseline, compared.candidate), language) for told in _RESTS_ON)
    quality = compared.candidate.risks(compared.service, compared.year)["quality"]
    without = {} if has_norm(quality) else {"quality": no_quality_norm(language)}
    return {
        difference.measure.name: without.get(difference.measure.name)
        or difference_sentence(
            difference,
            language,
            names=names,
            days=days,
            rests_on=of_costs if difference.measure.name == "cost" else end,
        )
        for difference in compared.comparison.differences
    }


def exchange_sentences(compared: ResultComparison, language: str = "en") -> tuple[str, ...]:
    """Return what ``effect_sentences`` says of two runs, with what it rests on."""
    rests_on = cost_designs_ending((compared.baseline, compared.candidate), language)
    return effect_sentences(compared.comparison, language, rests_on)


def comparison_verdict(compared: ResultComparison, language: str = "en") -> str:
    """Return the verdict of a comparison as text: a sentence on each line."""
    lines = list(comparison_sentences(compared, language).values())
    lines += exchange_sentences(compared, language)
    unpaired = compared.comparison.unpaired
    if unpaired:
        lines.append(
            f"{counted(unpaired, 'replicate has', 'replicates have', 'en')} no counterpart and "
            f"{'is' if unpaired == 1 else 'are'} not used."
            if language == "en"
            else f"{counted(unpaired, 'simulation est', 'simulations sont', 'fr')} sans pendant, et "
            f"{'non utilisées' if unpaired > 1 else 'non utilisée'}."
        )
    return "\n".join(lines)
