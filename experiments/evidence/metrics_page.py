"""The page of reference for metrics, written from their declarations.

Refresh the committed page with ``python -m entraide.experiments.evidence.metrics_page docs/reference/metrics.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from .metrics import LIMITS, METRICS, UNITS, Metric
from .observations import Areas, Game, History, Population, PriceAnswers, Requests, Votes

__all__ = ["metrics_page"]

# What each form of data is, in English and in French; the order of the page.
_FORMS: dict[type, tuple[str, str]] = {
    History: ("Contributions to one project", "Contributions à un projet"),
    Votes: ("Answers to items whose true class is known", "Réponses sur des objets dont la vraie classe est connue"),
    Game: ("A repeated game about a common good", "Un jeu répété autour d'un bien commun"),
    Requests: ("Requests for a gift", "Demandes de dons"),
    PriceAnswers: ("Answers under different rewards", "Réponses à diverses récompenses"),
    Areas: ("Reports by small area", "Signalements par petit secteur"),
    Population: ("People of 15 and over", "Personnes de 15 ans et plus"),
}
_WORDS = {
    "percent": ("per cent", "pour cent"),
    "permille": ("per thousand", "pour mille"),
    "days": ("days", "jours"),
    "times": ("days with a contribution", "jours avec une contribution"),
    "month": ("month of the year", "mois de l'année"),
    "answers": ("answers to one item", "réponses sur un objet"),
    "from": ("lowest value, included unless the metric says otherwise", "plus petite valeur, comprise sauf mention"),
    "to": ("highest value, included", "plus grande valeur, comprise"),
    "price": ("price, in the unit that the case states", "prix, dans l'unité que dit le cas"),
    "period": ("number of the period, the first is 0", "numéro de la période, la première est 0"),
}
_INTRODUCTION = """\
# Metrics

Written by `python -m entraide.experiments.evidence.metrics_page` from the code: change that, not this page.

A metric is a number computed from a form of data. Observed and simulated data have the same form, and one code computes
both. Cases name a metric in `metric`, with a whole number for each word in braces: `survival_30`, `top_share_10`. Where
data are too few for a metric, or lack what it reads, it has no value (nan), never 0, and a target on it fails."""
_INTRODUCTION_FR = """\
Un indicateur est un nombre calculé à partir de données d'une certaine forme. Données observées et simulées ont la même
forme, et le même code calcule les deux. Un cas nomme son indicateur dans `metric`, avec un nombre entier à la place de
chaque mot entre accolades : `survival_30`, `top_share_10`. Si les données sont trop peu nombreuses, ou s'il y manque ce
que l'indicateur lit, il n'a pas de valeur (nan), jamais 0, et une cible qui porte sur lui n'est pas atteinte."""


def metrics_page() -> str:
    """Return the page in Markdown: in English, then in French."""
    french = ["", "## Les mêmes en français", "", _INTRODUCTION_FR, *_body(french=True)]
    return "\n".join([_INTRODUCTION, *_body(french=False), *french]) + "\n"


def _body(*, french: bool) -> Iterator[str]:
    level = "###" if french else "##"
    yield from ("", f"{level} {'Nombres dans les noms' if french else 'Numbers in names'}", "")
    header = ("Mot", "Ce que c'est", "Permis") if french else ("Word", "What it is", "Allowed")
    to = "à" if french else "to"
    yield from _table(
        header, ((f"`{word}`", _WORDS[word][french], f"{low} {to} {high}") for word, (low, high) in LIMITS.items())
    )
    for form, titles in _FORMS.items():
        yield from ("", f"{level} {titles[french]}", "")
        columns = ["Nom", "Ce que c'est", "Unité"] if french else ["Name", "What it is", "Unit", "Source"]
        yield from _table(tuple(columns), (_row(known, french) for known in _of_form(form)))


def _of_form(form: type) -> list[Metric]:
    """Return the project's own metrics of a form, in the order of their declaration."""
    own = __package__ or ""
    return [known for known in METRICS.values() if known.form is form and known.compute.__module__.startswith(own)]


def _row(known: Metric, french: bool) -> tuple[str, ...]:
    if french:
        return (f"`{known.pattern}`", known.meaning_fr, UNITS[known.unit])
    return (f"`{known.pattern}`", known.meaning, known.unit, known.source)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def main(arguments: list[str]) -> int:
    """Write the page to the file named, or to standard output."""
    if arguments:
        Path(arguments[0]).write_text(metrics_page(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(metrics_page())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
