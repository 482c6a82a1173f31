"""``entraide calibrate --check``: fits the classes anew and says whether each lands where its committed draws lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from entraide.model.errors import InputError, nearest_name

from .console import print_json, print_table, print_text

if TYPE_CHECKING:
    from entraide.experiments.evidence.refit import Check

__all__ = ["check_committed"]

_WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "title": "Fitted anew from the committed figures, with another seed",
        "header": ("class", "parameter", "refit", "must lie in", ""),
        "loss": "loss for all figures",
        "yes": "yes",
        "no": "NO",
        "all": "Every refit lands where its committed draws lie. How a service is heard of is fitted apart, and not "
        "checked.",
        "some": "These refits land elsewhere: {names}. What they were fitted to, or the model, has moved: fit them "
        "again with python -m entraide.experiments.evidence.refit.",
    },
    "fr": {
        "title": "Ajustement refait à partir des chiffres publiés, avec une autre graine",
        "header": ("classe", "paramètre", "nouvel ajustement", "doit être dans", ""),
        "loss": "écart pour tous les chiffres",
        "yes": "oui",
        "no": "NON",
        "all": "Chaque nouvel ajustement tombe là où sont les tirages publiés. La façon dont un service se fait "
        "connaître est ajustée à part, et n'est pas vérifiée ici.",
        "some": "Ces ajustements tombent ailleurs\u202f: {names}. Les chiffres visés ou le modèle ont changé\u202f: "
        "refaites-les avec python -m entraide.experiments.evidence.refit.",
    },
}


def check_committed(service_class: str | None, language: str, as_json: bool) -> None:
    """Refit one class, or all that have a committed ensemble, print the result, and exit with 1 if one lands elsewhere.

    Raises
    ------
    InputError : a class without a committed ensemble.
    """
    from entraide.experiments.evidence.case import load_cases
    from entraide.experiments.evidence.ensembles import ensemble_of
    from entraide.experiments.evidence.fit_spaces import FIT_SPACES
    from entraide.experiments.evidence.refit import check_class

    known = [name for name in FIT_SPACES if ensemble_of(name).fitted]
    if service_class is not None and service_class not in known:
        raise InputError(
            "no committed ensemble of this class",
            where="--class",
            value=service_class,
            allowed=", ".join(known),
            nearest=nearest_name(service_class, known),
        )
    cases = load_cases()
    checks = [check_class(name, cases) for name in ([service_class] if service_class else known)]
    if as_json:
        print_json([_document(check) for check in checks])
    else:
        words = _WORDS[language]
        rows = [row for check in checks for row in _rows(check, words)]
        print_table(words["title"], words["header"], rows)
        missed = [check.service_class for check in checks if not check.passed]
        print_text(words["some"].format(names=", ".join(missed)) if missed else words["all"])
    if not all(check.passed for check in checks):
        raise typer.Exit(1)


def _rows(check: Check, words: Mapping[str, Any]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            check.service_class,
            words["loss"],
            f"{check.loss:.2f}",
            f"≤ {check.most:.2f}",
            _tick(check.loss <= check.most, words),
        )
    ]
    rows += [
        (check.service_class, name, f"{median:.3g}", f"{low:.3g} – {high:.3g}", _tick(low <= median <= high, words))
        for name, (median, low, high) in check.parameters.items()
    ]
    return rows


def _tick(holds: bool, words: Mapping[str, Any]) -> str:
    return str(words["yes"] if holds else words["no"])


def _document(check: Check) -> dict[str, Any]:
    return {
        "class": check.service_class,
        "passed": check.passed,
        "loss": {"refit": check.loss, "most": check.most, "passed": check.loss <= check.most},
        "parameters": {
            name: {"refit": median, "low": low, "high": high, "passed": low <= median <= high}
            for name, (median, low, high) in check.parameters.items()
        },
    }
