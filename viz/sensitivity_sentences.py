"""Sensitivity in words: what an output goes with most, what does not matter, and how far indices can be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from entraide.experiments.analysis.sensitivity import STABLE_WITHIN, WIDE, Effect, Sensitivity, SobolIndex

from .locales import check_language, counted, joined, localised, number, percent
from .study_words import factor_name, output_name, range_text, spread_amount
from .wording import quoted

__all__ = ["sensitivity_header", "sensitivity_rows", "sensitivity_sentences"]

# A factor whose total order, with its interval, stays under this is said to matter little.
_LITTLE = 0.05

_WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "constant": "The {output} is the same in all settings: nothing of what is varied moves it.",
        "most": "The {output} goes most with {factor}: alone it makes {first} of the variance ({first_low} to "
        "{first_high}), together with others {total} ({total_low} to {total_high}).",
        "next": "Next: {list}.",
        "next_one": "{factor} ({total} in total)",
        "apart": "Much of what the factors do they do together: alone they make {sum} of the variance in all.",
        "little": "Little matter, whatever the others are: {list} (under {limit} of the variance).",
        "morris_most": "The {output} moves most with {factor}: by {size} on average over its whole range ({low} to "
        "{high}).",
        "morris_sign": {"up": "Higher values raise it.", "down": "Higher values lower it.", "": ""},
        "morris_depends": "For {list} the effect depends much on the other values (spread as large as half of the "
        "effect or more).",
        "morris_little": "Move it by less than a twentieth of that: {list}.",
        "noise": "Of the variance of what is analysed, the mean of {replicates}, {share} is chance: total orders of "
        "that size say nothing. In a single simulation chance makes {runs}.",
        "little_noise": "Chance makes under 1% of the variance of what is analysed, the mean of {replicates}.",
        "no_noise": "Each setting was simulated once: what is chance in these figures cannot be told. Sweep with "
        "--replicates 2 or more.",
        "stable": "With half of the samples the total orders are the same (largest change {change}; allowed {limit}, "
        "or the joint interval).",
        "unstable": "Double the samples before you rely on the total order of {list}: with half of them one differs by "
        "{change} (allowed {limit}, or the joint interval), or is known to no better than ±{wide}.",
        "left_out": "{count} left out, since a run failed, has no value or is not there yet.",
        "sample": ("sample", "samples"),
        "trajectory": ("trajectory", "trajectories"),
        "replicate": ("replicate", "replicates"),
        "header_sobol": ("factor", "varied over", "alone (first order)", "in all (total order)", "half of the samples"),
        "header_morris": ("factor", "varied over", "size of effect (μ*)", "how much it depends (σ)", "mean effect (μ)"),
        "band": "{value} ({low} to {high})",
    },
    "fr": {
        "constant": "Même valeur dans tous les réglages pour {output} : rien de ce que l'on fait varier n'y change "
        "quoi que ce soit.",
        "most": "{output} : c'est à {factor} que cette grandeur est le plus liée. À elle seule, cette donnée fait "
        "{first} de la variance ({first_low} à {first_high}) ; avec les autres, {total} ({total_low} à {total_high}).",
        "next": "Ensuite : {list}.",
        "next_one": "{factor} ({total} en tout)",
        "apart": "Une bonne part de l'effet vient des combinaisons : pris un à un, les facteurs ne font que {sum} de "
        "la variance.",
        "little": "Comptent peu, quelles que soient les autres valeurs : {list} (moins de {limit} de la variance).",
        "morris_most": "{output} : c'est {factor} qui déplace le plus cette grandeur, de {size} en moyenne sur tout "
        "son intervalle ({low} à {high}).",
        "morris_sign": {"up": "Plus la valeur est haute, plus elle monte.",
                        "down": "Plus la valeur est haute, plus elle baisse.", "": ""},
        "morris_depends": "Pour {list}, l'effet dépend beaucoup des autres valeurs (dispersion d'au moins la moitié de "
        "l'effet).",
        "morris_little": "Déplacent cette grandeur de moins d'un vingtième de cela : {list}.",
        "noise": "De la variance de ce qui est analysé, la moyenne de {replicates}, {share} tient au hasard : un "
        "indice total de cette taille ne dit rien. Dans une simulation isolée, le hasard fait {runs}.",
        "little_noise": "Le hasard fait moins de 1 % de la variance de ce qui est analysé, la moyenne de {replicates}.",
        "no_noise": "Chaque réglage n'a été simulé qu'une fois : la part du hasard dans ces chiffres est inconnue. "
        "Relancez avec --replicates 2 ou plus.",
        "stable": "Avec la moitié des échantillons, les indices totaux sont les mêmes (plus grand écart {change} ; "
        "admis : {limit}, ou l'intervalle joint).",
        "unstable": "Doublez les échantillons avant de vous fier à l'indice total de {list} : avec la moitié, l'un "
        "diffère de {change} (admis : {limit}, ou l'intervalle joint), ou n'est connu qu'à ±{wide} au mieux.",
        "left_out": "{count} mis de côté : une simulation a échoué, n'a pas de valeur ou manque encore.",
        "sample": ("échantillon", "échantillons"),
        "trajectory": ("trajectoire", "trajectoires"),
        "replicate": ("simulation", "simulations"),
        "header_sobol": ("facteur", "intervalle", "seul (premier ordre)", "en tout (ordre total)",
                         "moitié des échantillons"),
        "header_morris": ("facteur", "intervalle", "taille de l'effet (μ*)", "dépendance (σ)", "effet moyen (μ)"),
        "band": "{value} ({low} à {high})",
    },
}  # fmt: skip


def sensitivity_sentences(found: Sensitivity, language: str) -> tuple[str, ...]:
    """Return what the indices of one output say, most important first."""
    words: Mapping[str, Any] = _WORDS[check_language(language)]
    name = output_name(found.output, language)
    start = name[:1].upper() + name[1:] if language == "fr" else name
    if not found.ranked:
        told = [_say(words, "constant", output=name)]
    elif found.sobol:
        told = [
            *_sobol(found, words, start, language),
            *_chance(found, words, language),
            *_stable(found, words, language),
        ]
    else:
        told = [*_morris(found, words, start, language), *_chance(found, words, language)]
    if found.left_out:
        noun = words["sample" if found.kind == "sobol" else "trajectory"]
        told.append(_say(words, "left_out", count=counted(found.left_out, noun[0], noun[1], language)))
    return tuple(localised(sentence, language) for sentence in told if sentence)


def _say(words: Mapping[str, Any], key: str, **values: str) -> str:
    return str(words[key]).format(**values)


def _sobol(found: Sensitivity, words: Mapping[str, Any], name: str, language: str) -> list[str]:
    ranked = [each for each in found.ranked if isinstance(each, SobolIndex)]
    first = ranked[0]
    told = [
        _say(
            words,
            "most",
            output=name,
            factor=quoted(factor_name(first.factor, language), language),
            first=_share(first.first.value, language),
            first_low=_share(first.first.interval.low, language),
            first_high=_share(first.first.interval.high, language),
            total=_share(first.total.value, language),
            total_low=_share(first.total.interval.low, language),
            total_high=_share(first.total.interval.high, language),
        )
    ]
    after = [each for each in ranked[1:4] if each.total.interval.low > _LITTLE]
    if after:
        entries = [
            _say(
                words,
                "next_one",
                factor=quoted(factor_name(each.factor, language), language),
                total=_share(each.total.value, language),
            )
            for each in after
        ]
        told.append(_say(words, "next", list=joined(entries, language)))
    alone = sum(max(0.0, each.first.value) for each in ranked)
    # The sum has the errors of all: only what is clearly under one is told.
    if alone + sum(each.first.half_width for each in ranked) / len(ranked) < 0.85:
        told.append(_say(words, "apart", sum=_share(alone, language)))
    little = [each for each in ranked if each.total.interval.high < _LITTLE]
    if little:
        names = joined([quoted(factor_name(each.factor, language), language) for each in little], language)
        told.append(_say(words, "little", list=names, limit=percent(_LITTLE, language)))
    return told


def _morris(found: Sensitivity, words: Mapping[str, Any], name: str, language: str) -> list[str]:
    ranked = [each for each in found.ranked if isinstance(each, Effect)]
    first = ranked[0]
    told = [
        _say(
            words,
            "morris_most",
            output=name,
            factor=quoted(factor_name(first.factor, language), language),
            size=spread_amount(first.size.value, found.unit, language),
            low=spread_amount(first.size.interval.low, found.unit, language),
            high=spread_amount(first.size.interval.high, found.unit, language),
        )
    ]
    signs: Mapping[str, str] = words["morris_sign"]
    # A mean effect as large as its mean size always has the same sign.
    sure = abs(first.mean) > 0.9 * first.size.value
    told.append(signs[("up" if first.mean > 0 else "down") if sure else ""])
    matter = [each for each in ranked if each.size.value > 0.05 * first.size.value]
    bent = [each for each in matter if each.spread.value >= 0.5 * each.size.value]
    if bent:
        names = joined([quoted(factor_name(each.factor, language), language) for each in bent], language)
        told.append(_say(words, "morris_depends", list=names))
    little = [each for each in ranked if each.size.interval.high < 0.05 * first.size.value]
    if little:
        names = joined([quoted(factor_name(each.factor, language), language) for each in little], language)
        told.append(_say(words, "morris_little", list=names))
    return told


def _chance(found: Sensitivity, words: Mapping[str, Any], language: str) -> list[str]:
    if found.chance is None:
        return [str(words["no_noise"])]
    return [
        _say(
            words,
            "noise" if found.chance.of_means >= 0.01 else "little_noise",
            replicates=counted(found.chance.replicates, words["replicate"][0], words["replicate"][1], language),
            share=percent(found.chance.of_means, language),
            runs=percent(found.chance.of_runs, language),
        )
    ]


def _stable(found: Sensitivity, words: Mapping[str, Any], language: str) -> list[str]:
    if found.stable is None:
        return []
    changes = [abs(each.total.value - each.half_total.value) for each in found.sobol if each.half_total is not None]
    moved = [each.factor for each in found.sobol if each.stable is False]
    return [
        _say(
            words,
            "unstable" if moved else "stable",
            change=number(max(changes), language, 2),
            limit=number(STABLE_WITHIN, language, 1),
            wide=number(WIDE, language, 1),
            list=joined([quoted(factor_name(each, language), language) for each in moved], language),
        )
    ]


def _share(value: float, language: str) -> str:
    """Write an index in per cent; an estimate under nothing is nothing."""
    return percent(min(1.5, max(0.0, value)), language)


def sensitivity_header(found: Sensitivity, language: str) -> tuple[str, ...]:
    """Return the heads of the table of indices."""
    return _WORDS[check_language(language)][f"header_{found.kind}"]


def sensitivity_rows(found: Sensitivity, kind: str, language: str) -> list[tuple[str, ...]]:
    """Return the table of levers or of assumptions, what matters most first."""
    words = _WORDS[check_language(language)]

    def band(value: str, low: str, high: str) -> str:
        return words["band"].format(value=value, low=low, high=high)

    rows = []
    for each in found.of_kind(kind):
        cells = [factor_name(each.factor, language), range_text(each.factor, language)]
        if isinstance(each, SobolIndex):
            cells += [
                band(*(number(value, language, 2) for value in (index.value, index.interval.low, index.interval.high)))
                for index in (each.first, each.total)
            ]
            cells.append("" if each.half_total is None else number(each.half_total.value, language, 2))
        else:
            cells += [
                band(
                    *(
                        spread_amount(value, found.unit, language)
                        for value in (index.value, index.interval.low, index.interval.high)
                    )
                )
                for index in (each.size, each.spread)
            ]
            sign = "+" if each.mean > 0 else "\u2212" if each.mean < 0 else ""
            cells.append(sign + spread_amount(abs(each.mean), found.unit, language))
        rows.append(tuple(cells))
    return rows
