"""What the inputs of a case may be: each checked when the file is read, before minutes are spent on simulations."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from entraide.model.errors import InputError

__all__ = ["SCALE_VALUES", "allowed_values", "check_scale_value"]

# What is allowed, in words, and whether a value is.
_Check = tuple[str, Callable[[object], bool]]


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _numbers(value: object, fits: Callable[[float], bool]) -> bool:
    return isinstance(value, list) and bool(value) and all(_number(each) and fits(each) for each in value)


def _whole(low: int, high: int) -> _Check:
    def fits(value: object) -> bool:
        return _number(value) and value == int(value) and low <= value <= high  # type: ignore[call-overload, operator]

    return f"a whole number from {low} to {high}", fits


def _between(low: float, high: float, *, open_low: bool = False) -> _Check:
    def fits(value: object) -> bool:
        return _number(value) and low <= value <= high and not (open_low and value == low)  # type: ignore[operator]

    return f"a number {f'above {low:g}, up to' if open_low else f'from {low:g} to'} {high:g}", fits


def _list(what: str, fits: Callable[[list[float]], bool], each: Callable[[float], bool] = lambda _: True) -> _Check:
    return what, lambda value: _numbers(value, each) and fits(value)  # type: ignore[arg-type]


def _is_date(value: object) -> bool:
    if type(value) is date:
        return True
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _are_gaps(value: object) -> bool:
    return isinstance(value, list) and all(
        _numbers(gap, lambda number: number >= 0)
        and len(gap) in (2, 3)
        and all(day == int(day) for day in gap[:2])
        and gap[0] <= gap[1]
        and all(share <= 1 for share in gap[2:])
        for gap in value
    )


def _are_educations(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 10
        and all(_numbers(row, lambda share: 0 <= share <= 1) and len(row) == 4 for row in value)
        and all(abs(sum(row) - 1.0) <= _ROUNDING for row in value)
    )


# Shares that are written with two digits add up to one within this.
_ROUNDING = 0.021
_MOST = 100_000_000
_SHARE = _between(0, 1)
_YES_OR_NO: _Check = ("true or false", lambda value: isinstance(value, bool))
_DATE: _Check = ("a date, year-month-day", _is_date)
_TEXT: _Check = ("text between quotation marks", lambda value: isinstance(value, str) and bool(value.strip()))
_NOT_BELOW_0 = "numbers, none below 0: [0, 2, 10]"

# One meaning for each key, whatever the harness.
SCALE_VALUES: Mapping[str, _Check] = MappingProxyType(
    {
        "days": _whole(1, 36_500),
        "launch": _DATE,
        "people_pool": _whole(1, _MOST),
        "areas": _whole(1, 500),
        "area_people": _between(0, 1_000_000, open_low=True),
        "area_people_log_sd": _between(0, 3),
        "education_by_decile": ("ten rows of four shares that add up to 1", _are_educations),
        "need_deprivation_slope": _between(-1, 10),
        "observed_from": _DATE,
        "reporters_by_month": _YES_OR_NO,
        "acknowledged_share": _SHARE,
        "success_share": _SHARE,
        "thinning": _between(0, 1, open_low=True),
        "month_factors": _list(
            "twelve numbers, January to December, none below 0, not all 0",
            lambda months: len(months) == 12 and sum(months) > 0,
            lambda month: month >= 0,
        ),
        "supply_gaps": (
            "[first day, last day] or [first day, last day, share from 0 to 1]: [[10, 28], [40, 60, 0.25]]",
            _are_gaps,
        ),
        "players": _whole(2, 1_000_000),
        "periods": _whole(1, 10_000),
        "group_size": _whole(2, 1_000_000),
        "levels": _whole(2, 1001),
        "types": _list(
            "two shares, at most 1 together",
            lambda shares: len(shares) == 2 and sum(shares) <= 1.0 + 1e-9,
            lambda share: share >= 0,
        ),
        "people": _whole(1, 1_000_000),
        "months": _between(0, 1200, open_low=True),
        "request_gap_months": _between(0, 1200, open_low=True),
        "request_months_before": _list("ascending numbers, none below 0", lambda _: True),
        "months_since_first": _list("ascending numbers, none below 0", lambda _: True),
        "minutes": _between(0, 1440, open_low=True),
        "within_the_day": _YES_OR_NO,
        "prices": _list(_NOT_BELOW_0, lambda _: True, lambda price: price >= 0),
        "euros_per_hour": _list(_NOT_BELOW_0, lambda _: True, lambda rate: rate >= 0),
        "framing": _TEXT,
        "medium": _TEXT,
        "added_minutes": _list(_NOT_BELOW_0, lambda _: True, lambda minutes: minutes >= 0),
        "need_unmet": _SHARE,
        "items": _whole(1, 1_000_000),
        "workers": _whole(1, 1_000_000),
        "answers_per_item": _whole(1, 1000),
        "classes": _whole(2, 1000),
        "worker_accuracy_mean": ("a number between 0 and 1", lambda value: _SHARE[1](value) and value not in (0, 1)),
        "worker_accuracy_sd": _between(0, 0.5),
        "rare_share": _SHARE,
        "inhabitants": _whole(1, _MOST),
        "place": _TEXT,
        "arriving_share": _SHARE,
        "last_tasks": _whole(1, 10_000),
    }
)


def allowed_values(key: str) -> str:
    """Return in words what an input may be; "" where its harness says it."""
    return SCALE_VALUES[key][0] if key in SCALE_VALUES else ""


def check_scale_value(key: str, value: object, where: str) -> None:
    """Refuse what the input cannot be.

    Raises
    ------
    InputError : the value is of another kind, or out of bounds.
    """
    allowed, fits = SCALE_VALUES.get(key, ("", bool))
    if key in SCALE_VALUES and not fits(value):
        shown = value if isinstance(value, str | int | float | date) else repr(value)[:80]
        raise InputError(f"must be {allowed}", where=where, value=shown)
