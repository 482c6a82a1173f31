"""What follows an event, day by day: the service with it and without it, and their difference with its band."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from entraide.experiments.stress import ServiceStress, Struck

from .drawing import BLUE, INK, MUTED, ORANGE, Illustration, beside, date_axis, new_figure, number_axis, percent_axis
from .event_sentences import event_text
from .locales import check_language, number, percent
from .time_figures import EVENT_WORDS, WINDOW, reading, ribbon

__all__ = ["struck_through_time"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Needs met in time, before and after",
        "axis": f"Met in time, last {WINDOW} days",
        "difference": "Points: with minus without",
        "with": "with the event",
        "without": "without it",
        "norm": "norm:\n{share}",
        "caption": "Above: share of needs met in time over {window} days, median of the simulations with the event "
        "(line) and without it (dashes). Below: their difference in each pair of simulations on the same chance. "
        "{reading} Grey: the event.",
        "alternative": "Curves of the share of needs met in time with and without the event; the difference is {low} "
        "points at the lowest, on the median. {event}.",
        "nothing": "Nothing fell due: there is no curve. {event}.",
    },
    "fr": {
        "title": "Besoins satisfaits à temps, avant et après",
        "axis": f"À temps, sur {WINDOW} jours",
        "difference": "Points\u202f: avec moins sans",
        "with": "avec l'événement",
        "without": "sans",
        "norm": "norme\u202f:\n{share}",
        "caption": "En haut\u202f: part des besoins satisfaits à temps sur {window} jours, médiane des simulations "
        "avec l'événement (trait plein) et sans lui (tirets). En bas\u202f: leur écart dans chaque paire de "
        "simulations aux mêmes hasards. {reading} En gris\u202f: l'événement.",
        "alternative": "Courbes de la part des besoins satisfaits à temps avec et sans l'événement\u202f; l'écart "
        "médian est de {low} points au plus bas. {event}.",
        "nothing": "Rien n'est arrivé à échéance\u202f: il n'y a pas de courbe. {event}.",
    },
}


def struck_through_time(service: ServiceStress, struck: Struck, start: date, language: str = "en") -> Illustration:
    """Draw the service with an event and without it, then the difference; the days of the event are marked.

    Parameters
    ----------
    start : day 0 of the calendar.
    """
    words = _WORDS[check_language(language)]
    days = service.usual.shape[1]
    dates = float(date2num(start)) + np.arange(days, dtype=np.float64)
    with_event, usual = ribbon(struck.in_time), ribbon(service.usual)
    difference = ribbon(100.0 * (struck.in_time - service.usual))
    figure, panels = new_figure(8.0, 5.4, rows=2, sharex=True, height_ratios=(3, 2))
    above, below = panels
    above.plot(dates, usual.middle, color=MUTED, linewidth=1.6, linestyle=(0, (4, 2)), label=words["without"])
    above.plot(dates, with_event.middle, color=BLUE, linewidth=1.9, label=words["with"])
    above.axhline(service.norm, color=ORANGE, linewidth=1.3, linestyle=(0, (1, 2)))
    beside(above, service.norm, words["norm"].format(share=percent(service.norm, language)), ORANGE, bold=True)
    # Above the panel: the curves go anywhere in it.
    above.legend(
        fontsize=8.5, frameon=False, labelcolor=INK, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, borderpad=0.2
    )
    above.set_ylim(0.0, 1.03)
    above.set_ylabel(words["axis"])
    percent_axis(above, language)
    below.fill_between(dates, difference.low, difference.high, color=BLUE, alpha=0.22, linewidth=0)
    below.plot(dates, difference.middle, color=BLUE, linewidth=1.8)
    below.axhline(0.0, color=INK, linewidth=1.0)
    below.set_ylabel(words["difference"])
    # Where nothing moves, the axis spans a point on each side rather than nothing.
    edges = below.get_ylim()
    below.set_ylim(min(-1.0, edges[0]), max(1.0, edges[1]))
    number_axis(below, language)
    for axes in panels:
        _mark(axes, struck, float(date2num(start)), language, named=axes is above)
        date_axis(axes, start, days, language)
    known = difference.middle[~np.isnan(difference.middle)]
    event = event_text(struck.trial, start, language)
    return Illustration(
        name="struck-through-time",
        figure=figure,
        title=words["title"],
        caption=words["caption"].format(window=WINDOW, reading=reading(service.usual.shape[0], days, language)),
        alternative=words["alternative"].format(low=number(float(known.min()), language, 1), event=event)
        if known.size
        else words["nothing"].format(event=event),
    )


def _mark(axes: Axes, struck: Struck, start: float, language: str, *, named: bool) -> None:
    for event in struck.trial.events:
        axes.axvspan(start + event.day, start + event.day + event.days, color=MUTED, alpha=0.18, linewidth=0)
        if named:
            axes.annotate(
                EVENT_WORDS[language][event.kind],
                (start + event.day, 0.98),
                xycoords=("data", "axes fraction"),
                xytext=(3, 0),
                textcoords="offset points",
                rotation=90,
                fontsize=8,
                color=INK,
                va="top",
            )
