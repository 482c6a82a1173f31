"""Small drawings beside a risk: its probability with its interval, or one square for each simulated year.

Shape and position say everything; colour adds nothing that is not also a shape. The sentence beside says the same in
words, so the drawings are hidden from those who listen to the page.
"""

from __future__ import annotations

from entraide.experiments.results import RiskResult

from ..locales import percent

__all__ = ["gauge", "gauge_legend"]

_WIDTH, _LEFT, _RIGHT = 300.0, 14.0, 286.0
_SQUARE, _GAP = 22.0, 7.0


def gauge(risk: RiskResult, language: str, today: RiskResult | None = None) -> str:
    """Return an SVG drawing of one risk, with today's beside it where another design is shown; "" without a value."""
    if not risk.replicates:
        return ""
    return _scale(risk, language, today) if risk.tells_probability else _squares(risk)


def gauge_legend(risk: RiskResult, today: RiskResult | None = None, *, chosen: bool = False) -> str:
    """Return the key of the words that say how to read the drawing.

    Parameters
    ----------
    today : what stands beside it, None for nothing.
    chosen : whether that is a design chosen for a baseline, and not the service as it is today.
    """
    if not risk.replicates:
        return ""
    if not risk.tells_probability:
        return "squares"
    if not _known(today):
        return "gauge_alone"
    return "gauge_baseline" if chosen else "gauge"


def _known(today: RiskResult | None) -> bool:
    return today is not None and today.probability is not None


def _place(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _diamond(x: float, y: float, size: float, style: str) -> str:
    return f'<path d="M{x:.1f} {y - size}L{x + size:.1f} {y}L{x:.1f} {y + size}L{x - size:.1f} {y}Z" {style}/>'


def _scale(risk: RiskResult, language: str, today: RiskResult | None) -> str:
    parts = [f'<line x1="{_LEFT}" y1="22" x2="{_RIGHT}" y2="22" stroke="var(--edge)" stroke-width="2"/>']
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _place(share)
        parts.append(f'<line x1="{x}" y1="18" x2="{x}" y2="26" stroke="var(--edge)" stroke-width="1.5"/>')
        if share in (0.0, 0.5, 1.0):
            anchor = {0.0: "start", 1.0: "end"}.get(share, "middle")
            edge = {0.0: 0.0, 1.0: _WIDTH}.get(share, x)
            parts.append(
                f'<text x="{edge}" y="44" font-size="12" fill="var(--muted)" text-anchor="{anchor}">'
                f"{percent(share, language)}</text>"
            )
    if risk.interval is not None:
        low, high = _place(risk.interval.low), _place(risk.interval.high)
        parts.append(
            f'<rect x="{low:.1f}" y="15" width="{max(2.0, high - low):.1f}" height="14" rx="3" fill="var(--blue)" '
            'fill-opacity="0.35" stroke="var(--blue)" stroke-width="1.5"/>'
        )
    if today is not None and today.probability is not None:
        hollow = 'fill="var(--paper)" stroke="var(--ink)" stroke-width="2"'
        parts.append(_diamond(_place(today.probability), 22.0, 7.0, hollow))
    assert risk.probability is not None
    parts.append(_diamond(_place(risk.probability), 22.0, 8.0, 'fill="var(--ink)"'))
    return _svg(_WIDTH, 50.0, parts)


def _squares(risk: RiskResult) -> str:
    parts = []
    for place in range(risk.replicates):
        x, y = 1.0 + place * (_SQUARE + _GAP), 1.0
        broken = place < risk.count
        fill = 'fill="var(--blue)" fill-opacity="0.35"' if broken else 'fill="none"'
        parts.append(
            f'<rect x="{x}" y="{y}" width="{_SQUARE}" height="{_SQUARE}" rx="3" {fill} stroke="var(--ink)" '
            'stroke-width="1.5"/>'
        )
        if broken:
            ends = (x + 5, y + 5, x + _SQUARE - 5, y + _SQUARE - 5)
            parts.append(
                f'<path d="M{ends[0]} {ends[1]}L{ends[2]} {ends[3]}M{ends[2]} {ends[1]}L{ends[0]} {ends[3]}" '
                'stroke="var(--ink)" stroke-width="2.5"/>'
            )
    return _svg(_WIDTH, _SQUARE + 2.0, parts)


def _svg(width: float, height: float, parts: list[str]) -> str:
    inside = "".join(parts)
    return f'<svg class="gauge" viewBox="0 0 {width:g} {height:g}" aria-hidden="true" focusable="false">{inside}</svg>'
