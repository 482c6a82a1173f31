"""Drawings of a simulation under way, made anew several times a second: lines through the days, and the zones.

Written by hand as SVG: a Matplotlib figure takes a tenth of a second and more. What they show stands in words and in a
table beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import numpy as np
from numpy.typing import NDArray

from entraide.model.territory import Territory

from ..locales import day_text, number, percent, significant

__all__ = ["LIST_ZONES", "line_drawing", "lowest_zones", "zone_drawing", "zone_shares"]

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 420.0, 160.0, 58.0, 14.0, 32.0
# Drawn 300 pixels wide where there is little room: letters are 12 pixels high there.
_LETTERS = 17
_MAP = 420.0
# Zones that are named one by one; of more, those served worst.
LIST_ZONES = 12


def line_drawing(
    values: NDArray[np.float64],
    days: int,
    start: date,
    label: str,
    language: str,
    events: Sequence[tuple[int, int]] = (),
) -> str:
    """Return a series through the days as SVG, from zero to the highest value so far.

    Parameters
    ----------
    values : float64[days so far].
    days : the whole width.
    label : what is shown, for those who listen to the page; the last value is added.
    events : first day and number of days of each event, which are marked.
    """
    top = _round_up(float(values.max())) if len(values) else 1.0
    right = _WIDTH - 8.0
    across = (right - _LEFT) / max(1, days - 1)
    down = (_HEIGHT - _TOP - _BOTTOM) / top
    points = " ".join(
        f"{_LEFT + t * across:.1f},{_HEIGHT - _BOTTOM - value * down:.1f}" for t, value in _thinned(values)
    )
    last = start + timedelta(days=max(0, days - 1))
    parts = [
        f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="var(--grid)" stroke-width="1"/>'
        f'<text x="{_LEFT - 6}" y="{y + 6:.1f}" font-size="{_LETTERS}" fill="var(--muted)" text-anchor="end">'
        f"{text}</text>"
        for y, text in (
            (_TOP, significant(top, language)),
            (_HEIGHT - _BOTTOM, number(0, language)),
        )
    ]
    for first, lasting in events:
        end = min(first + lasting, days - 1)
        parts.append(
            f'<rect class="live-event" x="{_LEFT + first * across:.1f}" y="{_TOP}" '
            f'width="{max(2.0, (end - first) * across):.1f}" height="{_HEIGHT - _TOP - _BOTTOM:.1f}" '
            'fill="var(--muted)" fill-opacity="0.25"/>'
        )
    for x, anchor, day in ((_LEFT, "start", start), (right, "end", last)):
        parts.append(
            f'<text x="{x}" y="{_HEIGHT - 8}" font-size="{_LETTERS}" fill="var(--muted)" text-anchor="{anchor}">'
            f"{escape(day_text(day, language))}</text>"
        )
    if len(values) == 1:
        parts.append(f'<circle cx="{_LEFT}" cy="{points.split(",")[1]}" r="3" fill="var(--blue)"/>')
    elif len(values):
        parts.append(f'<polyline points="{points}" fill="none" stroke="var(--blue)" stroke-width="1.8"/>')
    return (
        f'<svg class="live-line" role="img" aria-label="{escape(label)}" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _thinned(values: NDArray[np.float64]) -> Sequence[tuple[int, float]]:
    """Return days and values; of more days than there is room for, every so many and the last."""
    step = max(1, len(values) // 400)
    places = sorted({*range(0, len(values), step), len(values) - 1}) if len(values) else []
    return [(place, float(values[place])) for place in places]


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, ... that is not below a value."""
    if value <= 1.0:
        return 1.0
    power = 10.0 ** int(np.floor(np.log10(value)))
    return next(power * step for step in (1.0, 2.0, 5.0, 10.0) if power * step >= value)


def zone_shares(due: NDArray[np.int64], in_time: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of needs met in time by zone, NaN where none was due yet."""
    return np.where(due > 0, in_time / np.maximum(due, 1), np.nan)


def lowest_zones(shares: NDArray[np.float64], population: NDArray[np.int64], most: int = LIST_ZONES) -> list[int]:
    """Return the zones to name: all where they are few, else those with the lowest shares, the more populous first."""
    if len(shares) <= most:
        return list(range(len(shares)))
    known = np.flatnonzero(np.isfinite(shares))
    order = np.lexsort((-population[known], shares[known]))
    return [int(place) for place in known[order][:most]]


def zone_drawing(territory: Territory, shares: NDArray[np.float64], label: str, language: str) -> str:
    """Return the zones at their places: a ring for the inhabitants, filled by the share of needs met in time.

    "" where fewer than three zones have a place.
    """
    x, y = np.asarray(territory.longitude, float), np.asarray(territory.latitude, float)
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if len(placed) < 3:
        return ""
    x = x * np.cos(np.radians(float(np.mean(y[placed]))))
    low = np.array([x[placed].min(), y[placed].min()])
    high = np.array([x[placed].max(), y[placed].max()])
    size = float(max(high - low)) or 1.0
    room = _MAP - 60.0
    height = 60.0 + room * float(high[1] - low[1]) / size
    # The largest ring takes a fixed room, however many zones there are: rings that meet stay readable.
    largest = 26.0 if len(placed) < 40 else 16.0
    radius = largest * np.sqrt(territory.population / territory.population[placed].max())
    shapes = []
    for place in sorted(placed, key=lambda each: -radius[each]):
        across = 30.0 + room * (x[place] - low[0]) / size
        down = height - 30.0 - room * (y[place] - low[1]) / size
        ring = max(2.5, float(radius[place]))
        share = shares[place]
        inner = 0.0 if not np.isfinite(share) else ring * float(np.sqrt(share))
        told = escape(f"{territory.names[place]}: {percent(float(share), language) if np.isfinite(share) else '–'}")
        shapes.append(
            f'<g><title>{told}</title><circle cx="{across:.1f}" cy="{down:.1f}" r="{ring:.1f}" fill="var(--paper)" '
            f'stroke="var(--edge)" stroke-width="1"/><circle cx="{across:.1f}" cy="{down:.1f}" r="{inner:.1f}" '
            f'fill="var(--blue)"/></g>'
        )
    return (
        f'<svg class="live-map" role="img" aria-label="{escape(label)}" viewBox="0 0 {_MAP:.0f} {height:.0f}">'
        f"{''.join(shapes)}</svg>"
    )
