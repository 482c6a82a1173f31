"""Evidence as tables, one for each role: what was observed, what the simulation gives, the band, the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entraide.experiments.evidence.case_schema import ROLES, Role
from entraide.experiments.evidence.evaluate import CaseResult, TargetResult
from entraide.experiments.evidence.metrics import UNITS
from entraide.experiments.evidence.summary import placed_targets
from entraide.experiments.evidence.without_value import lack_of

from .locales import check_language, localised, number, significant

__all__ = [
    "case_titles",
    "evidence_caption",
    "evidence_header",
    "evidence_table_rows",
    "reasons_not_run",
    "reasons_without_value",
    "roles_present",
]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "fit": "Fitted: parameters of the class were fitted to these figures",
        "some_unfitted": " (not those marked †: their class has no fitted ensemble, its starting values stood)",
        "all_unfitted": "Set aside for fitting, but nothing was fitted: the class has no fitted ensemble, its starting "
        "values stood",
        "out-of-sample": "Out of sample: nothing was fitted to these figures",
        "check-of-input": "Checks of input: the model was given these figures; never counted as success",
        "figure": "figure (* must hold)",
        "observed": "observed",
        "simulated": "simulated, mean ± sd",
        "range": "80 % of draws",
        "band": "accepted",
        "verdict": "verdict",
        "unit": "unit",
        "met": "met",
        "missed": "missed",
        "not_run": "not run",
        "wide": "met, wide range",
        "no_value": "missed: no value",
        "lack_days": "needs {needed} days observed, the case has {given}",
        "lack_launch": "needs the date of the first day: launch in [scale]",
        "lack_deciles": "needs areas that differ in deprivation: education_by_decile in [scale]",
        "lack_unknown": "the simulation yields too few data: docs/reference/metrics.md says what it needs",
        "to": "{low} to {high}",
        "width": "observed inside, width up to {width}",
    },
    "fr": {
        "fit": "Ajustés : les paramètres de la classe ont été ajustés sur ces chiffres",
        "some_unfitted": " (sauf ceux marqués † : leur classe n'a pas d'ensemble ajusté, ses valeurs de départ en ont "
        "tenu lieu)",
        "all_unfitted": "Réservés à l'ajustement, mais rien n'a été ajusté : la classe n'a pas d'ensemble ajusté, ses "
        "valeurs de départ en ont tenu lieu",
        "out-of-sample": "Hors échantillon : rien n'a été ajusté sur ces chiffres",
        "check-of-input": "Contrôles d'entrée : le modèle a reçu ces chiffres ; jamais comptés comme des succès",
        "figure": "chiffre (* exigé)",
        "observed": "observé",
        "simulated": "simulé, moyenne ± é.-t.",
        "range": "80 % des tirages",
        "band": "accepté",
        "verdict": "verdict",
        "unit": "unité",
        "met": "atteint",
        "missed": "manqué",
        "not_run": "non simulé",
        "wide": "atteint, large plage",
        "no_value": "manqué : aucune valeur",
        "lack_days": "demande {needed} jours observés, le cas n'en a que {given}",
        "lack_launch": "demande la date du premier jour : launch dans [scale]",
        "lack_deciles": "demande des secteurs inégalement défavorisés : education_by_decile dans [scale]",
        "lack_unknown": "la simulation donne trop peu de données : docs/reference/metrics.md dit ce qu'il demande",
        "to": "{low} à {high}",
        "width": "observé dedans, largeur jusqu'à {width}",
    },
}


def roles_present(results: Sequence[CaseResult]) -> tuple[Role, ...]:
    """Return the roles that have a target, in the order in which tables are shown."""
    return tuple(role for role in ROLES if any(placed_targets(results, role)))


def evidence_caption(role: Role, language: str, results: Sequence[CaseResult] = ()) -> str:
    """Return what stands above the table of a role; of figures set aside for a fit, whether it took place."""
    words = _WORDS[check_language(language)]
    text = words[role]
    fitted = {_fitted(result) for result, _ in placed_targets(results, role)} if role == "fit" else set()
    if False in fitted:
        text = text + words["some_unfitted"] if True in fitted else words["all_unfitted"]
    return localised(text, language)


def case_titles(results: Sequence[CaseResult], language: str) -> list[str]:
    """Return what each case is, by its id: "C5: ..."."""
    mark = ":" if check_language(language) == "en" else " :"
    return [localised(f"{result.case.id}{mark} {result.case.title[language]}", language) for result in results]


def evidence_header(language: str) -> tuple[str, ...]:
    """Return the names of the columns."""
    words = _WORDS[check_language(language)]
    names = ("figure", "observed", "simulated", "range", "band", "verdict", "unit")
    return tuple(localised(words[name], language) for name in names)


def evidence_table_rows(results: Sequence[CaseResult], role: Role, language: str) -> list[tuple[str, ...]]:
    """Return one row of cells for each target of a role."""
    check_language(language)
    placed = list(placed_targets(results, role))
    some = role == "fit" and len({_fitted(result) for result, _ in placed}) > 1
    return [_row(result, found, language, "†" if some and not _fitted(result) else "") for result, found in placed]


def _fitted(result: CaseResult) -> bool:
    """Tell whether the values were fitted, as far as is known: of a case that was not run nothing is."""
    return result.fitted or bool(result.not_run)


def _row(result: CaseResult, found: TargetResult, language: str, mark: str = "") -> tuple[str, ...]:
    words, target = _WORDS[language], found.target
    low, high = found.central
    simulated = bool(len(found.known))
    if target.judged == "range":
        band = words["width"].format(width=significant(target.high - target.low, language))
    else:
        band = _between(target.low, target.high, language)
    mean, sd = significant(found.mean, language), significant(found.sd, language, 2)
    return (
        f"{result.case.id} {target.name}{'*' if target.required else ''}{mark}",
        significant(target.value, language),
        "" if not simulated else mean if len(found.known) == 1 else f"{mean} ± {sd}",
        _between(low, high, language) if simulated else "",
        localised(band, language),
        localised(words[_verdict(result, found)], language),
        unit_word(target.unit, language),
    )


def _between(low: float, high: float, language: str) -> str:
    return _WORDS[language]["to"].format(low=significant(low, language), high=significant(high, language))


def _verdict(result: CaseResult, found: TargetResult) -> str:
    if result.not_run:
        return "not_run"
    if not len(found.known):
        return "no_value"
    if not found.passed:
        return "missed"
    return "met" if found.narrow else "wide"


def reasons_not_run(results: Sequence[CaseResult], language: str) -> list[tuple[str, str]]:
    """Return the id of each case that was not run, and why."""
    check_language(language)
    return [(result.case.id, localised(result.not_run[language], language)) for result in results if result.not_run]


def reasons_without_value(results: Sequence[CaseResult], language: str) -> list[tuple[str, str]]:
    """Return each figure that no simulation has a value of, and what it lacks, as far as its case tells."""
    words, found = _WORDS[check_language(language)], []
    for result, each in placed_targets(results):
        if _verdict(result, each) == "no_value":
            lack = lack_of(result.case, each.target)
            text = words[f"lack_{lack.of}"].format(
                needed=number(lack.needed, language), given=number(lack.given, language)
            )
            found.append((f"{result.case.id} {each.target.name}", localised(text, language)))
    return found


def unit_word(unit: str, language: str) -> str:
    """Return a unit in a language; as it is where no word is known."""
    return unit if language == "en" else localised(UNITS.get(unit, unit), language)
