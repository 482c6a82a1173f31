"""Numbers, shares, money, dates and counts are written as readers of English and of French expect."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.model.errors import InputError
from entraide.viz.locales import (
    LANGUAGES,
    counted,
    day_text,
    french_typography,
    is_plural,
    joined,
    localised,
    money,
    money_in_full,
    month_label,
    number,
    percent,
    points,
    significant,
)

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("value", "digits", "english", "french"),
    [
        (0, 0, "0", "0"),
        (1234567.891, 2, "1,234,567.89", f"1{NARROW}234{NARROW}567,89"),
        (-3.25, 1, "−3.2", "−3,2"),
        (-0.01, 0, "0", "0"),
        (999.5, 0, "1,000", f"1{NARROW}000"),
        (None, 2, "no value", "aucune valeur"),
        (math.nan, 2, "no value", "aucune valeur"),
    ],
)
def test_numbers(value: float | None, digits: int, english: str, french: str) -> None:
    assert number(value, "en", digits) == english
    assert number(value, "fr", digits) == french


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0.012345, "0.0123", "0,0123"),
        (12.30, "12.3", "12,3"),
        (1234.6, "1,235", f"1{NARROW}235"),
        (2.0, "2", "2"),
        (0.0, "0", "0"),
        (None, "no value", "aucune valeur"),
    ],
)
def test_significant_figures(value: float | None, english: str, french: str) -> None:
    assert significant(value, "en") == english
    assert significant(value, "fr") == french


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (0.0, "0%", f"0{NARROW}%"),
        (0.15, "15%", f"15{NARROW}%"),
        (1.0, "100%", f"100{NARROW}%"),
        (0.004, "0.4%", f"0,4{NARROW}%"),
        (0.00001, "under 0.01%", f"moins de 0,01{NARROW}%"),
        (0.99999, "over 99.99%", f"plus de 99,99{NARROW}%"),
        (0.998, "99.8%", f"99,8{NARROW}%"),
        (None, "no value", "aucune valeur"),
    ],
)
def test_shares(share: float | None, english: str, french: str) -> None:
    assert percent(share, "en") == english
    assert percent(share, "fr") == french


@given(share=st.floats(0.0, 1.0), language=st.sampled_from(LANGUAGES))
def test_only_nothing_is_none_and_only_everything_is_all(share: float, language: str) -> None:
    mark = "%" if language == "en" else f"{NARROW}%"
    assert (percent(share, language) == f"0{mark}") == (share == 0.0)
    assert (percent(share, language) == f"100{mark}") == (share == 1.0)


@pytest.mark.parametrize(
    ("difference", "english", "french"),
    [
        (0.0, "0 points", "0 point"),
        (0.01, "1 point", "1 point"),
        (-0.35, "35 points", "35 points"),
        (0.002, "0.2 points", "0,2 point"),
        (0.015, "2 points", "2 points"),
        (None, "no value", "aucune valeur"),
    ],
)
def test_points(difference: float | None, english: str, french: str) -> None:
    assert points(difference, "en") == english
    assert points(difference, "fr") == french


@pytest.mark.parametrize(
    ("amount", "english", "french"),
    [
        (12.4, "€12", f"12{NARROW}€"),
        (9999.0, "€9,999", f"9{NARROW}999{NARROW}€"),
        (15234.0, "€15,200", f"15{NARROW}200{NARROW}€"),
        (999_999.0, "€1.00 million", "1,00 million d'euros"),
        (1_999_000.0, "€2.00 million", "2,00 millions d'euros"),
        (1_250_000.0, "€1.25 million", "1,25 million d'euros"),
        (-2_500_000.0, "−€2.50 million", "−2,50 millions d'euros"),
        (31_240_000.0, "€31.2 million", "31,2 millions d'euros"),
        (3.2e9, "€3.20 billion", "3,20 milliards d'euros"),
        (None, "no value", "aucune valeur"),
    ],
)
def test_money(amount: float | None, english: str, french: str) -> None:
    assert money(amount, "en") == english
    assert money(amount, "fr") == french


def test_money_in_a_table_is_to_the_euro() -> None:
    assert money_in_full(-1234.4, "en") == "−€1,234"
    assert money_in_full(1234567.0, "fr") == f"1{NARROW}234{NARROW}567{NARROW}€"


def test_dates() -> None:
    assert day_text(date(2025, 3, 1), "fr") == "1er\u00a0mars\u00a02025"
    assert day_text(date(2025, 8, 2), "fr") == "2\u00a0août\u00a02025"
    assert day_text(date(2025, 3, 1), "en") == "1\u00a0March\u00a02025"
    assert month_label(date(2025, 2, 1), "fr") == "févr."
    assert month_label(date(2025, 1, 1), "en", with_year=True) == "Jan\n2025"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_has_its_own_name(language: str) -> None:
    days = [date(2025, month, 1) + timedelta(days=3) for month in range(1, 13)]
    assert len({month_label(day, language) for day in days}) == 12
    assert len({day_text(day, language).split("\u00a0")[1] for day in days}) == 12


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [(0, "0 zones", "0 zone"), (1, "1 zone", "1 zone"), (2, "2 zones", "2 zones"), (1277, "1,277 zones", None)],
)
def test_nouns_agree(count: int, english: str, french: str | None) -> None:
    assert counted(count, "zone", "zones", "en") == english
    assert counted(count, "zone", "zones", "fr") == (french or f"1{NARROW}277 zones")


def test_the_plural_of_a_fraction() -> None:
    assert is_plural(1.5, "en")
    assert not is_plural(1.5, "fr")


@pytest.mark.parametrize(
    ("words", "english", "french"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a and b", "a et b"), (["a", "b", "c"], "a, b and c", "a, b et c")],
)
def test_lists(words: list[str], english: str, french: str) -> None:
    assert joined(words, "en") == english
    assert joined(words, "fr") == french


def test_a_french_text_typed_on_any_keyboard() -> None:
    typed = "En 2015 277 communes : 12 462 signalements, 76 % disent « oui » ; vu à 8:30 sur http://exemple.fr ?"
    expected = (
        f"En 2015 277 communes{NARROW}: 12{NARROW}462 signalements, 76{NARROW}% disent «{NARROW}oui{NARROW}»{NARROW}; "
        f"vu à 8:30 sur http://exemple.fr{NARROW}?"
    )
    assert french_typography(typed) == expected
    assert french_typography(expected) == expected
    assert localised("95 % of 1 234", "en") == "95% of 1 234"


def test_another_language_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="allowed: en, fr"):
        number(1, "de")
    with pytest.raises(InputError, match="did you mean 'fr'"):
        percent(0.5, "fr_")
