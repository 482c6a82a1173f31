"""What the evidence amounts to, in sentences for who has to decide."""

from __future__ import annotations

from collections.abc import Mapping

from entraide.experiments.evidence.summary import Count, Summary

from .locales import check_language, is_plural, localised, number
from .wording import colon

__all__ = ["count_sentence", "meaning_sentence"]

# Of the figures that nothing forces, the share that a model worth trusting for its kind of service reaches.
_ENOUGH = 0.75
# With as many the figures that must hold do; with fewer a miss may be chance.
USUAL_SEEDS = 20

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "must_hold": "Must hold: {of} ({roles}).",
        "others": "Others: {of} ({roles}).",
        "figures": "Figures met: {of} ({roles}).",
        "of": "{met} of {all}",
        "fit": "fit",
        "out_of_sample": "out of sample",
        "part": "{role} {of}",
        "checks": "Checks of input: {of}, not counted.",
        "starred_checks": "Checks of input: {of} (must hold: {starred}), not counted.",
        "not_run": "Targets not run: {count}, counted as missed.",
        "wide": "Targets whose range over the draws is wider than three bands: {count}.",
        "unfitted": "Without a fitted ensemble, judged on the class's starting values: {names}.",
        "none": "None of the cases chosen has a figure that counts: the model was given all of them, so nothing here "
        "says whether it can be trusted.",
        "all_required": "Every figure that must hold does",
        "no_required": "None of these figures is one that must hold",
        "missing": "At least one figure that must hold does not ({count}): do not rest a decision on the model where "
        "these figures matter, and read first which ones they are.",
        "well": ", and {out} of {out_all} {figures} that nothing was fitted to {fall}: people in the "
        "model come, stay and leave much as in these projects, which speaks for the comparison of designs and not for "
        "the exact numbers of one place.",
        "poor": ", but only {out} of {out_all} {figures} that nothing was fitted to {fall}: take what "
        "the model says about these kinds of service as an aid to thought, not as a forecast.",
        "fit_only": ", but nothing here was left out of the fit: the model can follow these projects, which does not "
        "show that it would foresee another.",
        "fit_only_missed": ", but nothing here was left out of the fit, so that nothing shows whether the model would "
        "foresee another project.",
        "fit_missed": "Of the {all} figures that it was fitted to, {missed} {are} missed ({cases}): what {they} "
        "{measure} the model does not even follow where it was shown it, so do not rest on it there.",
        "few": "With {seeds} of the usual {usual} seeds a figure may be missed by chance alone: conclude "
        "nothing from it.",
    },
    "fr": {
        "must_hold": "Exigés : {of} ({roles}).",
        "others": "Autres : {of} ({roles}).",
        "figures": "Chiffres atteints : {of} ({roles}).",
        "of": "{met} sur {all}",
        "fit": "ajustés",
        "out_of_sample": "hors échantillon",
        "part": "{role} : {of}",
        "checks": "Contrôles d'entrée : {of}, non comptés.",
        "starred_checks": "Contrôles d'entrée : {of} (exigés : {starred}), non comptés.",
        "not_run": "Cibles non simulées : {count}, comptées comme manquées.",
        "wide": "Cibles dont la plage sur les tirages dépasse trois bandes : {count}.",
        "unfitted": "Sans ensemble ajusté, jugées sur les valeurs de départ de la classe : {names}.",
        "none": "Aucun chiffre des cas choisis ne compte : le modèle les a tous reçus, et rien ici ne dit si l'on "
        "peut s'y fier.",
        "all_required": "Tous les chiffres exigés sont atteints",
        "no_required": "Aucun de ces chiffres n'est exigé",
        "missing": "Un chiffre exigé au moins n'est pas atteint ({count}) : n'appuyez pas de décision sur le modèle là "
        "où ces chiffres comptent, et lisez d'abord lesquels.",
        "well": ", et {out} sur {out_all} des chiffres sur lesquels rien n'a été ajusté {fall} dans leur bande : dans "
        "le modèle, on vient, on reste et on part à peu près comme dans ces projets, ce qui plaide pour la comparaison "
        "de services entre eux, non pour les nombres exacts d'un lieu.",
        "poor": ", mais {out} sur {out_all} seulement des chiffres sur lesquels rien n'a été ajusté {fall} dans leur "
        "bande : prenez ce que le modèle dit de ces services comme une aide à la réflexion, non comme une prévision.",
        "fit_only": ", mais rien ici n'a été laissé hors de l'ajustement : le modèle sait suivre ces projets, ce qui "
        "ne montre pas qu'il en prévoirait un autre.",
        "fit_only_missed": ", mais rien ici n'a été laissé hors de l'ajustement : rien ne montre donc si le modèle "
        "prévoirait un autre projet.",
        "fit_missed": "Des {all} chiffres sur lesquels il a été ajusté, {missed} {are} ({cases}) : ce {they} "
        "{measure}, le modèle ne le suit pas même là où on le lui a montré ; ne vous y fiez pas sur ces points.",
        "few": "Avec {seeds} graines au lieu de {usual}, un chiffre peut être manqué par le seul hasard : "
        "n'en concluez rien.",
    },
}


def count_sentence(summary: Summary, language: str) -> str:
    """Return how many targets are met, those that must hold and the others, by role; then what limits the count."""
    words = _WORDS[check_language(language)]
    starred_out = _less(summary.unfitted_to, summary.out_of_sample)
    kinds = {
        "must_hold": {"fit": _less(summary.required, starred_out), "out_of_sample": starred_out},
        "others" if summary.required.all else "figures": {"fit": summary.fit, "out_of_sample": summary.out_of_sample},
    }
    parts = [
        _by_role(words, kind, counts) for kind, counts in kinds.items() if any(each.all for each in counts.values())
    ]
    if summary.check_of_input.all:
        starred = _less(summary.must_hold, summary.required)
        checks = words["starred_checks" if starred.all else "checks"]
        parts.append(checks.format(of=_of(words, summary.check_of_input), starred=_of(words, starred)))
    if summary.not_run:
        parts.append(words["not_run"].format(count=summary.not_run))
    if summary.wide:
        parts.append(words["wide"].format(count=summary.wide))
    if summary.unfitted:
        parts.append(words["unfitted"].format(names=", ".join(summary.unfitted)))
    return localised(" ".join(parts), language)


def _by_role(words: Mapping[str, str], kind: str, counts: Mapping[str, Count]) -> str:
    """Say how many are met; of which role, where all are of one, else how many of each."""
    present = {role: count for role, count in counts.items() if count.all}
    both = Count(sum(each.met for each in present.values()), sum(each.all for each in present.values()))
    told = [words["part"].format(role=words[role], of=_of(words, count)) for role, count in present.items()]
    roles = words[next(iter(present))] if len(present) == 1 else ", ".join(told)
    return words[kind].format(of=_of(words, both), roles=roles)


def _of(words: Mapping[str, str], count: Count) -> str:
    return words["of"].format(met=count.met, all=count.all)


def _less(count: Count, part: Count) -> Count:
    return Count(count.met - part.met, count.all - part.all)


def meaning_sentence(summary: Summary, language: str, seeds: int = USUAL_SEEDS) -> str:
    """Return what it means for who has to decide: one sentence, and one more where figures of the fit are missed.

    Parameters
    ----------
    seeds : simulations of each case; with fewer than usual, a miss is told to be chance perhaps.
    """
    words = _WORDS[check_language(language)]
    out = summary.unfitted_to
    if not summary.passed:
        text = words["missing"].format(count=summary.must_hold.all - summary.must_hold.met)
    elif not summary.required.all and not summary.fit.all and not out.all:
        text = words["none"]
    else:
        begun = words["all_required" if summary.required.all else "no_required"]
        tail = _tail(out) + ("_missed" if not out.all and summary.fit_missed else "")
        text = begun + words[tail].format(out=out.met, out_all=out.all, **_agreeing(out, language))
    missed = _fit_missed(summary, language)
    if seeds < USUAL_SEEDS and (missed or not summary.passed):
        missed = words["few"].format(seeds=seeds, usual=USUAL_SEEDS)
    return localised(" ".join(filter(None, [text, missed])), language)


def _fit_missed(summary: Summary, language: str) -> str:
    """Say how many figures that were fitted are missed and in which cases, "" where none is."""
    if not summary.fit_missed:
        return ""
    missed = sum(count for _, count in summary.fit_missed)
    several = is_plural(missed, language)
    cases = ", ".join(f"{case}{colon(language)} {number(count, language)}" for case, count in summary.fit_missed)
    if language == "fr":
        agreeing = ("sont manqués", "qu'ils", "mesurent") if several else ("est manqué", "qu'il", "mesure")
    else:
        agreeing = ("are", "they", "measure") if several else ("is", "it", "measures")
    return _WORDS[language]["fit_missed"].format(
        all=number(summary.fitted_to.all, language),
        missed=number(missed, language),
        cases=cases,
        **dict(zip(("are", "they", "measure"), agreeing, strict=True)),
    )


def _agreeing(out: Count, language: str) -> dict[str, str]:
    """Return the noun and the verb that agree with the counts."""
    if language == "fr":
        return {"fall": "tombent" if is_plural(out.met, "fr") else "tombe"}
    fall = "fall inside their bands" if is_plural(out.met, "en") else "falls inside its band"
    return {"figures": "figures" if is_plural(out.all, "en") else "figure", "fall": fall}


def _tail(out: Count) -> str:
    if not out.all:
        return "fit_only"
    return "well" if out.met >= _ENOUGH * out.all else "poor"
