"""Numbers, shares, money, dates and counts as a reader of English or of French expects them.

French takes a decimal comma, and a narrow no-break space between thousands, before ``; : ? ! %`` and inside « ».
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from entraide.model.errors import InputError, nearest_name

__all__ = [
    "LANGUAGES",
    "NARROW_SPACE",
    "check_language",
    "counted",
    "day_text",
    "french_typography",
    "is_plural",
    "joined",
    "localised",
    "mean_share",
    "money",
    "money_in_full",
    "month_label",
    "number",
    "percent",
    "points",
    "significant",
]

LANGUAGES = ("en", "fr")
NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

_NO_VALUE = {"en": "no value", "fr": "aucune valeur"}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip
_SHORT_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
}


def check_language(language: str) -> str:
    """Return ``language`` if texts exist in it.

    Raises
    ------
    InputError : another language than "en" and "fr".
    """
    if language not in LANGUAGES:
        raise InputError(
            "there are no texts in this language",
            where="language",
            value=language,
            allowed=", ".join(LANGUAGES),
            nearest=nearest_name(language, LANGUAGES),
        )
    return language


def number(value: float | None, language: str, digits: int = 0) -> str:
    """Write a number with a fixed number of decimals; "no value" for None and NaN."""
    check_language(language)
    if value is None or math.isnan(value):
        return _NO_VALUE[language]
    text = f"{abs(value):,.{digits}f}"
    sign = MINUS if value < 0 and any(digit in "123456789" for digit in text) else ""
    if language == "fr":
        text = text.replace(",", NARROW_SPACE).replace(".", ",")
    return sign + text


def significant(value: float | None, language: str, figures: int = 3) -> str:
    """Write a number with that many significant figures ; whole digits are never dropped: 0.0123, 12.3, 1,234."""
    check_language(language)
    if value is None or math.isnan(value) or value == 0:
        return number(value, language)
    decimals = max(0, figures - 1 - math.floor(math.log10(abs(value))))
    text = f"{abs(value):.{decimals}f}"
    kept = len(text.rstrip("0").partition(".")[2]) if decimals else 0
    return number(value, language, kept)


def percent(share: float | None, language: str, digits: int = 0, most_digits: int = 2) -> str:
    """Write a share, 0-1, in per cent.

    A share that is neither nothing nor everything is never written as 0 % or 100 %: it gets more digits, up to
    ``most_digits``, and at last "under" or "over".
    """
    check_language(language)
    if share is None or math.isnan(share):
        return _NO_VALUE[language]
    while digits < most_digits and _looks_extreme(share, digits):
        digits += 1
    mark = "%" if language == "en" else f"{NARROW_SPACE}%"
    if _looks_extreme(share, digits):
        under, over = ("under ", "over ") if language == "en" else ("moins de ", "plus de ")
        edge = 10.0**-digits
        if share < 0.5:
            return f"{under}{number(edge, language, digits)}{mark}"
        return f"{over}{number(100.0 - edge, language, digits)}{mark}"
    return f"{number(100.0 * share, language, digits)}{mark}"


def mean_share(share: float | None, language: str) -> str:
    """Write a mean of shares in per cent: with a decimal under 10 %, where a whole per cent would hide what differs."""
    check_language(language)
    small = share is not None and 0.0 < share < 0.1
    return percent(share, language, 1 if small else 0, most_digits=1)


def _looks_extreme(share: float, digits: int) -> bool:
    """Tell whether a share strictly between 0 and 1 would be written as 0 or 100."""
    return 0.0 < share < 1.0 and round(100.0 * share, digits) in (0.0, 100.0)


def points(difference: float | None, language: str, digits: int | None = None) -> str:
    """Write the size of a difference between shares in percentage points, without its sign: 0.031 gives "3 points"."""
    check_language(language)
    if difference is None or math.isnan(difference):
        return _NO_VALUE[language]
    size = 100.0 * abs(difference)
    if digits is None:
        digits = 0 if size >= 0.95 or size == 0.0 else 1
    shown = round(size, digits)
    return f"{number(shown, language, digits)} {'points' if is_plural(shown, language) else 'point'}"


def money(amount: float | None, language: str) -> str:
    """Write an amount of euros for a sentence, to three significant figures from ten thousand on."""
    check_language(language)
    if amount is None or math.isnan(amount):
        return _NO_VALUE[language]
    if abs(amount) < 1e4:
        return money_in_full(amount, language)
    rounded = float(f"{amount:.3g}")
    if abs(rounded) < 1e6:
        return money_in_full(rounded, language)
    scale, english, french = (1e9, "billion", "milliard") if abs(rounded) >= 1e9 else (1e6, "million", "million")
    figure = rounded / scale
    # Zeros are kept, so that two ends of an interval are written alike: 1.99 and 2.00.
    written = number(abs(figure), language, 2 if abs(figure) < 10 else 1 if abs(figure) < 100 else 0)
    sign = MINUS if figure < 0 else ""
    if language == "en":
        return f"{sign}€{written} {english}"
    return f"{sign}{written} {french}{'s' if is_plural(figure, 'fr') else ''} d'euros"


def money_in_full(amount: float | None, language: str) -> str:
    """Write an amount of euros to the euro, as in a table."""
    check_language(language)
    if amount is None or math.isnan(amount):
        return _NO_VALUE[language]
    if language == "fr":
        return f"{number(amount, 'fr')}{NARROW_SPACE}€"
    text = number(amount, "en")
    return f"{MINUS}€{text[1:]}" if text.startswith(MINUS) else f"€{text}"


def day_text(day: date, language: str) -> str:
    """Write a date: "1 March 2025", "1er mars 2025"."""
    check_language(language)
    ordinal = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{ordinal}{NO_BREAK_SPACE}{_MONTHS[language][day.month - 1]}{NO_BREAK_SPACE}{day.year}"


def month_label(day: date, language: str, with_year: bool = False) -> str:
    """Write the month of a date as short as an axis needs it."""
    check_language(language)
    month = _SHORT_MONTHS[language][day.month - 1]
    return f"{month}\n{day.year}" if with_year else month


def is_plural(count: float, language: str) -> bool:
    """Tell whether a noun after ``count`` is in the plural: in French from 2 on, in English unless it is 1."""
    return abs(count) >= 2 if check_language(language) == "fr" else abs(count) != 1


def counted(count: float, singular: str, plural: str, language: str) -> str:
    """Write a whole number with its noun: "1 zone", "277 zones"."""
    return f"{number(count, language)} {plural if is_plural(count, language) else singular}"


def joined(words: Sequence[str], language: str) -> str:
    """Write a list: "a, b and c", "a, b et c"."""
    last = " and " if check_language(language) == "en" else " et "
    return last.join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def localised(text: str, language: str) -> str:
    """Return a text of a scenario, typed on any keyboard, with the typography of its language."""
    if check_language(language) == "fr":
        return french_typography(text)
    return re.sub(rf"(?<=\d)[ {NO_BREAK_SPACE}{NARROW_SPACE}]%", "%", text)


def french_typography(text: str) -> str:
    """Turn the spaces that a French text has before ; : ? ! % €, inside « » and between thousands into narrow ones.

    No space is added where there is none: it could be an address, an hour or a name.
    """
    spaces = f"[ {NO_BREAK_SPACE}{NARROW_SPACE}]"
    text = re.sub(rf"{spaces}+(?=[;:?!%€»])", NARROW_SPACE, text)
    text = re.sub(rf"(?<=«){spaces}+", NARROW_SPACE, text)
    return re.sub(rf"(?<!\d)(\d{{1,3}}){spaces}(?=\d{{3}}(?!\d))", rf"\1{NARROW_SPACE}", text)
