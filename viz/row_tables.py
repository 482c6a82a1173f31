"""The statements about the report's rows as a table: where each was measured, of what, and the effect in its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from entraide.model.unit_words import UNITS

from .locales import MINUS, check_language, counted, localised, money_in_full, number, percent, points, significant

__all__ = ["effect_text", "row_header", "row_lines", "row_note"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "note": "What is shown is an effect in the model, not in the world. "
        "Each effect is measured over {seeds} simulations on the territory and the days in “measured on”, "
        "mostly a part of the scenario's own: elsewhere it differs. A difference is with what is moved minus without, "
        "a ratio (×) is with it over without; both on the same chance. In brackets: 95 % interval. Without the "
        "mechanism the statement must fail.",
        "difference": "{measure}: with {moved}, minus without",
        "ratio": "{measure}: with {moved}, over without",
        "level": "{measure} itself",
        "own": "{place}, its own, {days}",
        "place": "{place}, {days}",
        "a_year": " a year",
    },
    "fr": {
        "note": "Ce qui est montré est un effet dans le modèle, non dans le monde. "
        "Chaque effet est mesuré sur {seeds} simulations, sur le territoire et les jours de la colonne "
        "« mesuré sur », le plus souvent une partie du territoire du scénario : ailleurs, il diffère. Une différence "
        "se lit avec ce qui change moins sans, un rapport (×) avec sur sans, les hasards étant les mêmes. Entre "
        "crochets : intervalle à 95 %. Sans le mécanisme, l'énoncé doit tomber.",
        "difference": "{measure} : avec {moved}, moins sans",
        "ratio": "{measure} : avec {moved}, sur sans",
        "level": "{measure}, tel quel",
        "own": "{place}, le sien, {days}",
        "place": "{place}, {days}",
        "a_year": " par an",
    },
}
_HEADERS = {
    "en": ("row", "what", "scenario", "measured on", "what it shows", "measure", "effect", "without the mechanism"),
    "fr": ("ligne", "quoi", "scénario", "mesuré sur", "ce qu'il montre", "mesure", "effet", "sans le mécanisme"),
}


def row_header(language: str) -> tuple[str, ...]:
    """Return the heads of the columns."""
    return _HEADERS[check_language(language)]


def row_note(seeds: int, language: str) -> str:
    """Say how the effects were measured and how they are to be read."""
    text = localised(_WORDS[check_language(language)]["note"], language)
    return text.format(seeds=seeds).replace("95 %", "95%" if language == "en" else "95\u202f%")


def row_lines(table: Sequence[Mapping[str, Any]], language: str) -> list[tuple[str, ...]]:
    """Return one line per statement of the coverage table, and one for each row that nothing states."""
    check_language(language)
    lines: list[tuple[str, ...]] = []
    for entry in table:
        start = (entry["row"], entry["title"][language])
        for told in entry["statements"]:
            kind, unit = told["effect_kind"], told["unit"]
            lines.append(
                (
                    *start,
                    told["scenario"],
                    _place(told["measured_on"], language),
                    told["claim"][language],
                    _measure(told, language),
                    effect_text(kind, unit, told["effect"], told["interval"], language),
                    effect_text(
                        kind, unit, told["effect_without_mechanism"], told["interval_without_mechanism"], language
                    ),
                )
            )
        if not entry["statements"]:
            lines.append((*start, *("-" for _ in _HEADERS[language][2:])))
    return lines


def effect_text(
    kind: str, unit: str, value: float | None, interval: Iterable[float | None] | None, language: str
) -> str:
    """Write an effect in its unit, with its interval: "−18.4 points", "× 0.79", "−€16,101 a year", "68.6%".

    Parameters
    ----------
    kind : "difference", "ratio" or "level".
    unit : of the measure; "share" for what is told in points or per cent.
    value : None where there is none, which is written "-".
    interval : low and high end; without one for None.
    """
    if value is None:
        return "-"
    ends = [_bare(kind, unit, end, language) for end in interval or () if end is not None]
    between = ", " if check_language(language) == "en" else "\u202f; "
    band = f" [{between.join(ends)}]" if len(ends) == 2 else ""
    a_year = _WORDS[language]["a_year"] if unit == "EUR" and kind != "ratio" else ""
    return _whole(kind, unit, value, language) + a_year + band


def _whole(kind: str, unit: str, value: float, language: str) -> str:
    bare = _bare(kind, unit, value, language)
    if kind == "ratio":
        return f"× {bare}"
    if kind == "difference" and unit == "share":
        noun = points(value, language, 1).rpartition(" ")[2]
        return f"{bare} {noun}"
    words = "" if unit in ("share", "EUR", "1") else UNITS.get(unit, {}).get(language, unit)
    return f"{bare} {words}".rstrip()


def _bare(kind: str, unit: str, value: float, language: str) -> str:
    """Write a figure with its sign and without its noun; 0 where it is too small to be anything."""
    if kind == "ratio":
        return significant(value, language, 4)
    signed = kind == "difference"
    if unit == "share":
        text = (
            number(abs(100.0 * value), language, 1)
            if signed
            else percent(value, language, 0 if value in (0.0, 1.0) else 1)
        )
    elif unit == "EUR":
        text = money_in_full(abs(value), language)
    else:
        text = significant(0.0 if abs(value) < 5e-4 else abs(value), language, 3)
    if not any(digit in "123456789" for digit in text):
        return "0" if signed else text
    return f"{MINUS if value < 0 else '+' if signed else ''}{text}"


def _place(measured: Mapping[str, Any], language: str) -> str:
    noun = ("day", "days") if language == "en" else ("jour", "jours")
    days = counted(measured["days"], *noun, language)
    return _WORDS[language]["own" if measured["own"] else "place"].format(place=measured["title"][language], days=days)


def _measure(told: Mapping[str, Any], language: str) -> str:
    changes = {**told["moved"], **told["events"]}
    moved = ", ".join(f"{key} = {_value(value)}" for key, value in changes.items())
    text = localised(_WORDS[language][told["effect_kind"]], language)
    return text.format(measure=told["measure"], moved=moved)


def _value(value: object) -> str:
    """Write a value as ``--set`` takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
