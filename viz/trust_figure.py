"""How far staff trust citizens, day by day, and what share of contributions they check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.dates import date2num

from entraide.model.records import Outcome
from entraide.model.specification import Specification

from .drawing import BLUE, INK, ORANGE, Illustration, date_axis, new_figure, percent_axis
from .locales import check_language, number, percent
from .time_figures import daily, reading, ribbon

__all__ = ["trust_through_time"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Trust of staff, and what they check",
        "trust": "staff's trust in citizens",
        "checking": "share of contributions checked",
        "caption": (
            "Trust goes from none (0%) to full (100%): work that is right raises it, errors above the norm lower it. "
            "The less trust, the more is checked; checks lengthen the procedure for contributors. {reading}"
        ),
        "alternative": (
            "Curves: staff's trust goes from {first} to {last}, between {lowest} and {highest} in single simulated "
            "years at the end; the share of contributions checked goes from {checked_first} to {checked_last}."
        ),
        "apart": " At the end, years lie far apart: {high} end with trust over one half, {low} under it.",
    },
    "fr": {
        "title": "La confiance des agents et ce qu'ils contrôlent",
        "trust": "confiance des agents dans les citoyens",
        "checking": "part des contributions contrôlées",
        "caption": (
            "La confiance va de nulle (0\u202f%) à entière (100\u202f%)\u202f: le travail juste l'augmente, les "
            "erreurs au-delà de la norme la réduisent. Moins il y a de confiance, plus on contrôle\u202f; les "
            "contrôles allongent les démarches des contributeurs. {reading}"
        ),
        "alternative": (
            "Courbes\u202f: la confiance des agents passe de {first} à {last}, entre {lowest} et {highest} selon les "
            "années simulées à la fin\u202f; la part des contributions contrôlées passe de {checked_first} à "
            "{checked_last}."
        ),
        "apart": (
            " À la fin, les années divergent\u202f: {high} finissent avec une confiance de plus d'une moitié, {low} "
            "avec moins."
        ),
    },
}
# Years that end further apart than this are told as two kinds of years: a median would hide one of them.
_FAR_APART = 0.5


def trust_through_time(
    outcomes: Sequence[Outcome], specification: Specification, *, service: int = 0, language: str = "en"
) -> Illustration:
    """Draw the administration's trust in citizens and the share of contributions that it checks."""
    words = _WORDS[check_language(language)]
    trust, checking = daily(outcomes, "administration_trust", service), daily(outcomes, "checking", service)
    dates = float(date2num(specification.start)) + np.arange(specification.days, dtype=np.float64)
    figure, (axes,) = new_figure(8.0, 3.4)
    for series, colour, name, style in ((trust, BLUE, "trust", "-"), (checking, ORANGE, "checking", "--")):
        band = ribbon(series)
        axes.fill_between(dates, band.low, band.high, color=colour, alpha=0.22, linewidth=0)
        axes.plot(dates, band.middle, color=colour, linewidth=1.8, linestyle=style, label=words[name])
    # Room for the legend above full trust.
    axes.set_ylim(0.0, 1.25)
    axes.set_yticks(np.linspace(0.0, 1.0, 5))
    axes.legend(fontsize=8.5, frameon=False, labelcolor=INK, loc="upper left", ncols=2)
    percent_axis(axes, language)
    date_axis(axes, specification.start, specification.days, language)
    last = trust[:, -1]
    alternative = words["alternative"].format(
        first=percent(float(np.median(trust[:, 0])), language),
        last=percent(float(np.median(last)), language),
        lowest=percent(float(last.min()), language),
        highest=percent(float(last.max()), language),
        checked_first=percent(float(np.median(checking[:, 0])), language),
        checked_last=percent(float(np.median(checking[:, -1])), language),
    )
    caption = words["caption"].format(reading=reading(len(outcomes), specification.days, language))
    if float(last.max() - last.min()) > _FAR_APART:
        high = int(np.sum(last > 0.5))
        apart = words["apart"].format(high=number(high, language), low=number(len(last) - high, language))
        caption, alternative = caption + apart, alternative + apart
    return Illustration(
        name="trust-and-checks", figure=figure, title=words["title"], caption=caption, alternative=alternative
    )
