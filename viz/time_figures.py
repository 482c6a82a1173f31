"""What happens day by day: the share delivered in time, what waits, what citizens give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from numpy.typing import NDArray

from entraide.model.records import Outcome
from entraide.model.risk.continuity import windowed_share
from entraide.model.specification import Specification

from .drawing import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    PINK,
    Illustration,
    beside,
    date_axis,
    new_figure,
    number_axis,
    percent_axis,
)
from .kind_words import in_time_text, of_mean
from .locales import check_language, counted, number, percent
from .wording import span_text, years_noun

__all__ = ["EVENT_WORDS", "FEW", "Ribbon", "activity_through_time", "ribbon", "service_through_time"]

WINDOW = 7
# With fewer replicates than this the ribbon is from the lowest to the highest: eight in ten would mean nothing.
FEW = 5

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "share_title": "Needs met in time, day by day",
        "share_axis": f"Met in time, last {WINDOW} days",
        "norm": "norm:\n{share}",
        "share_caption": (
            "Of what fell due in the last {window} days, the share of {in_time}. {reading} Under the dashed line the "
            "service breaks its norm. Where nothing fell due there is no line."
        ),
        "activity_title": "What waits, and what citizens give",
        "waiting": "Needs waiting",
        "contributions": "Contributions a day",
        "delivered": "Needs met a day",
        "by_citizens": "thanks to citizens",
        "by_staff": "by staff in last resort",
        "activity_caption": (
            "Needs that are open at the end of each day; contributions of citizens and needs met, as means over "
            "{window} days. {reading}"
        ),
        "one": "Line: the one {years}.",
        "few": "Line: median of {years}; ribbon: from the lowest to the highest.",
        "many": "Line: median of {years}; ribbon: eight in ten of them.",
        "share_alternative": (
            "Curve of the share of needs met in time: median {first} at first and {last} at the end, lowest "
            "{lowest}; the norm is {norm}. {verdict}"
        ),
        "empty_alternative": "Nothing fell due: there is no curve. {verdict}",
        "activity_alternative": (
            "Curves: needs waiting go from {waiting_first} to {waiting_last}; citizens make about {contributions} a "
            "day; {citizens} of what is delivered is thanks to citizens, the rest by staff in last resort."
        ),
    },
    "fr": {
        "share_title": "Besoins satisfaits dans les délais, jour après jour",
        "share_axis": f"Dans les délais, sur {WINDOW} jours",
        "norm": "norme\u202f:\n{share}",
        "share_caption": (
            "De ce qui est arrivé à échéance dans les {window} derniers jours, la part {of}{in_time}. {reading} Sous "
            "le tireté, le service manque à sa norme. Sans échéance, pas de courbe."
        ),
        "activity_title": "Ce qui attend et ce que donnent les citoyens",
        "waiting": "Besoins en attente",
        "contributions": "Contributions par jour",
        "delivered": "Besoins satisfaits par jour",
        "by_citizens": "grâce aux citoyens",
        "by_staff": "par les agents, en dernier recours",
        "activity_caption": (
            "Besoins ouverts à la fin de chaque jour\u202f; contributions des citoyens et besoins satisfaits, en "
            "moyenne sur {window} jours. {reading}"
        ),
        "one": "Trait\u202f: la seule {years}.",
        "few": "Trait\u202f: médiane de {years}\u202f; ruban\u202f: de la plus basse à la plus haute.",
        "many": "Trait\u202f: médiane de {years}\u202f; ruban\u202f: huit sur dix d'entre elles.",
        "share_alternative": (
            "Courbe de la part des besoins satisfaits dans les délais\u202f: médiane de {first} au début et de "
            "{last} à la fin, au plus bas {lowest}\u202f; la norme est de {norm}. {verdict}"
        ),
        "empty_alternative": "Aucun besoin n'est arrivé à échéance\u202f: il n'y a pas de courbe. {verdict}",
        "activity_alternative": (
            "Courbes\u202f: les besoins en attente passent de {waiting_first} à {waiting_last}\u202f; les citoyens "
            "font environ {contributions} par jour\u202f; {citizens} de ce qui est rendu l'est grâce à eux, le reste "
            "par les agents en dernier recours."
        ),
    },
}

# Shorter than the kinds' labels: they stand upright in panels of a few centimetres.
EVENT_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "outage": "outage",
        "demand_surge": "surge of needs",
        "trust_shock": "scandal",
        "media_peak": "media peak",
        "holidays": "holidays",
        "budget_cut": "budget cut",
        "loss_of_contributors": "contributors lost",
        "adversary_campaign": "hostile campaign",
        "rival_platform": "rival platform",
        "lockdown": "lockdown",
    },
    "fr": {
        "outage": "panne",
        "demand_surge": "afflux de besoins",
        "trust_shock": "scandale",
        "media_peak": "pic médiatique",
        "holidays": "vacances",
        "budget_cut": "coupe budgétaire",
        "loss_of_contributors": "départs",
        "adversary_campaign": "campagne hostile",
        "rival_platform": "plateforme rivale",
        "lockdown": "confinement",
    },
}


@dataclass(frozen=True)
class Ribbon:
    """Quantiles over replicates, day by day; NaN where no replicate has a value. Shapes: float64[T]."""

    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]


def ribbon(series: NDArray[np.float64]) -> Ribbon:
    """Return the median over replicates and the limits of eight in ten, or of all when they are few.

    Parameters
    ----------
    series : float64[R, T]; quantiles, unlike means plus or minus deviations, stay within what happened.
    """
    edge = 0.1 if series.shape[0] >= FEW else 0.0
    limits = np.full((3, series.shape[1]), np.nan)
    valued = ~np.isnan(series).all(axis=0)
    if valued.any():
        limits[:, valued] = np.nanquantile(series[:, valued], [edge, 0.5, 1.0 - edge], axis=0)
    return Ribbon(*limits)


def reading(replicates: int, days: int, language: str) -> str:
    """Say what line and ribbon are."""
    words = _WORDS[language]
    form = "one" if replicates == 1 else "few" if replicates < FEW else "many"
    years = years_noun(days, language)[0] if replicates == 1 else span_text(replicates, days, language)
    return words[form].format(years=years)


def _dates(specification: Specification) -> NDArray[np.float64]:
    return float(date2num(specification.start)) + np.arange(specification.days, dtype=np.float64)


def _draw(axes: Axes, dates: NDArray[np.float64], band: Ribbon, colour: str, label: str, style: str = "-") -> None:
    axes.fill_between(dates, band.low, band.high, color=colour, alpha=0.22, linewidth=0)
    axes.plot(dates, band.middle, color=colour, linewidth=1.8, linestyle=style, label=label)


def _mark_events(axes: Axes, specification: Specification, service: int, language: str) -> None:
    name = specification.services[service].name
    start = float(date2num(specification.start))
    for event in specification.events:
        if event.services and name not in event.services:
            continue
        axes.axvspan(start + event.day, start + event.day + event.days, color=MUTED, alpha=0.18, linewidth=0)
        axes.annotate(
            EVENT_WORDS[language][event.kind],
            (start + event.day, 0.02),
            xycoords=("data", "axes fraction"),
            xytext=(3, 0),
            textcoords="offset points",
            rotation=90,
            fontsize=8,
            color=INK,
            va="bottom",
        )


def _moving_mean(series: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean over the last WINDOW days, fewer at the start; float64[R, T]."""
    total = np.cumsum(series, axis=1)
    before = np.zeros_like(total)
    before[:, WINDOW:] = total[:, :-WINDOW]
    return (total - before) / np.minimum(np.arange(1, series.shape[1] + 1), WINDOW)


def daily(outcomes: Sequence[Outcome], measure: str, service: int) -> NDArray[np.float64]:
    """Return one measure of all replicates; float64[R, T]."""
    return np.array([outcome.daily[measure][:, service] for outcome in outcomes], np.float64)


def service_through_time(
    outcomes: Sequence[Outcome],
    specification: Specification,
    *,
    service: int = 0,
    language: str = "en",
    verdict: str = "",
) -> Illustration:
    """Draw the share of needs met in time, with its norm.

    Parameters
    ----------
    verdict : the sentence on continuity, for the text alternative.
    """
    words = _WORDS[check_language(language)]
    kind, parameters = specification.services[service].kind, specification.services[service].parameters
    norm = float(parameters["norm_share_in_time"])
    share = windowed_share(daily(outcomes, "due", service).T, daily(outcomes, "in_time", service).T, WINDOW).T
    band = ribbon(share)
    figure, (axes,) = new_figure(8.0, 3.6)
    dates = _dates(specification)
    _draw(axes, dates, band, BLUE, "")
    axes.axhline(norm, color=ORANGE, linewidth=1.4, linestyle=(0, (5, 3)))
    beside(axes, norm, words["norm"].format(share=percent(norm, language)), ORANGE, bold=True)
    _mark_events(axes, specification, service, language)
    axes.set_ylim(0.0, 1.03)
    axes.set_ylabel(words["share_axis"])
    percent_axis(axes, language)
    date_axis(axes, specification.start, specification.days, language)
    known = band.middle[~np.isnan(band.middle)]
    values = (
        {
            "first": percent(float(known[0]), language),
            "last": percent(float(known[-1]), language),
            "lowest": percent(float(known.min()), language),
            "norm": percent(norm, language),
        }
        if known.size
        else {}
    )
    return Illustration(
        name="needs-met-in-time",
        figure=figure,
        title=words["share_title"],
        caption=words["share_caption"].format(
            window=WINDOW,
            of=of_mean(kind),
            in_time=in_time_text(kind, parameters, language),
            reading=reading(len(outcomes), specification.days, language),
        ),
        alternative=words["share_alternative" if known.size else "empty_alternative"]
        .format(verdict=verdict, **values)
        .strip(),
    )


def activity_through_time(
    outcomes: Sequence[Outcome], specification: Specification, *, service: int = 0, language: str = "en"
) -> Illustration:
    """Draw the needs that wait, the contributions and who delivers."""
    words = _WORDS[check_language(language)]
    dates = _dates(specification)
    waiting = daily(outcomes, "waiting", service)
    contributions = daily(outcomes, "contributions", service)
    citizens = daily(outcomes, "delivered_by_citizens", service)
    staff = daily(outcomes, "delivered_by_staff", service)
    figure, panels = new_figure(8.0, 6.0, rows=3, sharex=True)
    _draw(panels[0], dates, ribbon(waiting), PINK, "")
    _draw(panels[1], dates, ribbon(_moving_mean(contributions)), BLUE, "")
    _draw(panels[2], dates, ribbon(_moving_mean(citizens)), GREEN, words["by_citizens"])
    _draw(panels[2], dates, ribbon(_moving_mean(staff)), ORANGE, words["by_staff"], "--")
    panels[2].legend(fontsize=8.5, frameon=False, labelcolor=INK, loc="upper left", ncols=2)
    for axes, title in zip(panels, ("waiting", "contributions", "delivered"), strict=True):
        axes.set_title(str(words[title]), loc="left", fontsize=9.5, color=INK)
        axes.set_ylim(bottom=0.0, top=max(1.0, axes.get_ylim()[1] * (1.25 if title == "delivered" else 1.05)))
        number_axis(axes, language)
        _mark_events(axes, specification, service, language)
        date_axis(axes, specification.start, specification.days, language)
    delivered = citizens.sum() + staff.sum()
    a_day = float(contributions.mean())
    return Illustration(
        name="waiting-and-contributions",
        figure=figure,
        title=words["activity_title"],
        caption=words["activity_caption"].format(
            window=WINDOW, reading=reading(len(outcomes), specification.days, language)
        ),
        alternative=words["activity_alternative"].format(
            waiting_first=number(float(np.median(waiting[:, 0])), language),
            waiting_last=number(float(np.median(waiting[:, -1])), language),
            contributions=counted(round(a_day), "contribution", "contributions", language),
            citizens=percent(float(citizens.sum() / delivered) if delivered else None, language),
        ),
    )
