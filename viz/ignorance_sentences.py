"""Ignorance and chance in words: what not knowing the parameters adds to a risk's spread, and what would help."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.ignorance import Association, RiskSpread
from entraide.experiments.results import FEWEST_FOR_PROBABILITY
from entraide.scenarios.declarations import CITIZENS, SERVICE

from .locales import check_language, localised, number, percent, points

__all__ = ["draws_sentence", "ignorance_sentences", "parameter_label", "spread_sentence"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "known": "If the parameters were known, the margin to the norm would vary by {within} from one simulation to "
        "the next, by chance; ",
        "certain": "If the parameters were known, the margin to the norm would not vary at all; ",
        "adds": "not knowing them makes that {total}: {share} of the spread{band} is ignorance, not chance.",
        "nothing": "not knowing them adds nothing that {draws} draws can show ({estimate}between {low} and {high} of "
        "the spread).",
        "below": "",
        "estimate": "at a guess {share}, ",
        "same": "The margin to the norm is the same in every simulation: neither the parameters nor chance move it.",
        "band": " (between {low} and {high})",
        "pilot": "Of what is not known, it goes most with “{label}” (rank correlation {r} over {draws} different "
        "draws): a pilot that measures it would help more than more simulations.",
        "draws_kept": "Under all {all} draws the norm is kept every time.",
        "draws_broken": "Under all {all} draws the norm is broken every time.",
        "draws": "Of {all} draws, the norm is broken {counts}.",
        "draws_always": "every time under {count}",
        "draws_sometimes": "sometimes under {count}",
        "draws_never": "never under {count}",
    },
    "fr": {
        "known": "Si les paramètres étaient connus, la marge par rapport à la norme varierait de {within} d'une "
        "simulation à l'autre, par hasard\u202f; ",
        "certain": "Si les paramètres étaient connus, la marge par rapport à la norme ne varierait pas du tout\u202f; ",
        "adds": "ne pas les connaître porte cette variation à {total}\u202f: {share} de la dispersion{band} tient à "
        "l'ignorance, non au hasard.",
        "nothing": "ne pas les connaître n'y ajoute rien que {draws} tirages puissent montrer ({estimate}entre "
        "{low} et {high} de la dispersion).",
        "below": "",
        "estimate": "à peu près {share}, ",
        "same": "La marge par rapport à la norme est la même dans toutes les simulations\u202f: ni les paramètres ni "
        "le hasard ne la font bouger.",
        "band": " (entre {low} et {high})",
        "pilot": "De ce que l'on ignore, c'est à «\u202f{label}\u202f» qu'elle est le plus liée (corrélation des rangs "
        "{r} sur {draws} tirages différents)\u202f: un projet pilote qui le mesurerait aiderait plus que d'autres "
        "simulations.",
        "draws_kept": "Avec les {all} tirages la norme est tenue à chaque fois.",
        "draws_broken": "Avec les {all} tirages la norme n'est jamais tenue.",
        "draws": "Sur {all} tirages, la norme est rompue {counts}.",
        "draws_always": "à chaque fois avec {count}",
        "draws_sometimes": "parfois avec {count}",
        "draws_never": "jamais avec {count}",
    },
}


def ignorance_sentences(spread: RiskSpread, language: str) -> tuple[str, ...]:
    """Return what stands beside a risk: what is ignorance and what chance, and a pilot where it would help.

    Empty where too few replicates, or no value, tell the two apart.
    """
    check_language(language)
    found = spread.margin
    if found is None or found.replicates < FEWEST_FOR_PROBABILITY:
        return ()
    told = [spread_sentence(spread, language)]
    if spread.pilot_helps and spread.strongest is not None:
        told.append(_pilot(spread.strongest, language))
    return tuple(told)


def spread_sentence(spread: RiskSpread, language: str) -> str:
    """Say in one sentence how the spread of a margin divides; "" where it cannot be told."""
    words, found = _WORDS[check_language(language)], spread.margin
    if found is None:
        return ""
    if found.share is None:
        return words["same"]
    start = words["certain"] if found.within == 0.0 else words["known"].format(within=_points(found.within, language))
    share, total = percent(found.share, language), _points(found.total, language)
    if found.interval is None:
        return start + words["adds"].format(total=total, share=share, band="")
    limits = {"low": percent(found.interval.low, language), "high": percent(found.interval.high, language)}
    if found.interval.low == 0.0:
        guess = words["below"] if found.below_zero else words["estimate"].format(share=share)
        return start + words["nothing"].format(draws=number(found.groups, language), estimate=guess, **limits)
    return start + words["adds"].format(total=total, share=share, band=words["band"].format(**limits))


def draws_sentence(spread: RiskSpread, language: str) -> str:
    """Say under how many draws the norm is broken always, sometimes, never; "" with fewer than two draws."""
    words = _WORDS[check_language(language)]
    counts = {name: int(getattr(spread, name)) for name in ("always", "sometimes", "never")}
    if sum(counts.values()) < 2:
        return ""
    every = number(sum(counts.values()), language)
    if not spread.sometimes and not (spread.always and spread.never):
        return words["draws_kept" if spread.never else "draws_broken"].format(all=every)
    told = [words[f"draws_{name}"].format(count=number(count, language)) for name, count in counts.items() if count]
    return words["draws"].format(all=every, counts=", ".join(told))


def parameter_label(parameter: str, language: str) -> str:
    """Return what a parameter is called, in words."""
    declared = SERVICE.get(parameter) or CITIZENS[parameter]
    return localised(declared.label_en if language == "en" else declared.label_fr, language)


def _pilot(found: Association, language: str) -> str:
    return _WORDS[language]["pilot"].format(
        label=parameter_label(found.parameter, language),
        r=number(found.correlation, language, 2),
        draws=number(found.draws, language),
    )


def _points(size: float, language: str) -> str:
    """Write a standard deviation of a margin with a decimal, in points."""
    return points(size, language, 2 if size < 0.001 else 1)
