"""The page that says how the model's forecasts fared on real histories, beside BG/NBD and a naive forecast.

Refresh the committed page with ``python -m entraide.experiments.evidence.forecast_table docs/reference/forecast.md``;
it needs the raw files (see files.py), and about five minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from .case import load_cases
from .files import read_evidence
from .forecast import FORECASTERS, QUANTITIES, SIZE, ForecastCheck
from .forecast_blind import draws_without
from .observations import History
from .own_calibration import forecast_of
from .reference import table_lines, write_page

__all__ = ["HISTORIES", "forecast_page"]

_COMMAND = "python -m entraide.experiments.evidence.forecast_table docs/reference/forecast.md"

# File -> class that it is fitted as, and the arrivals by which cases on the same history are conditioned.
HISTORIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "git_openaddresses.csv": ("knowledge-commons", "openaddresses_arrivals.csv"),
        "git_nightscout.csv": ("knowledge-commons", "nightscout_arrivals.csv"),
        "git_osm_community_index.csv": ("knowledge-commons", "osm_community_index_arrivals.csv"),
        "git_free_programming_books.csv": ("tiny-one-shot", "free_programming_books_arrivals.csv"),
        "git_opencovid19fr.csv": ("crisis", "opencovid19_fr_arrivals.csv"),
        "gbif_bombus_sweden.csv.gz": ("field-observation", "bombus_sweden_arrivals.csv"),
    }
)
_NAMES = {
    "model": "model",
    "bg_nbd": "BG/NBD",
    "naive": "naive",
    "model_plain": "model, level not corrected",
    "bg_nbd_level": "BG/NBD, level corrected",
}
_CORRECTIONS = ("model_plain", "bg_nbd_level")
_HEADER = (
    *("History", "Forecast", "CRPS by month", "Skill", "Pinball by month", "Months within 80 %"),
    *("Whole time, 80 %", "Happened", "CRPS of the whole", "Skill"),
)
_TITLES = {"contributions": "Contributions (tasks)", "active": "Active contributors (people)"}


def forecast_page(found: Mapping[str, ForecastCheck]) -> str:
    """Return the page in Markdown for histories that were forecast, by the name of their file."""
    return "\n".join([*_head(found), *_summary(found), *_tables(found), *_foot()]) + "\n"


def _head(found: Mapping[str, ForecastCheck]) -> Iterator[str]:
    yield "# Forecast check"
    yield ""
    yield f"Written by `{_COMMAND}`. Do not change it by hand."
    yield "With your own data: `entraide calibrate contributions.csv --class CLASS --forecast`."
    yield ""
    yield "Each history is cut after two thirds of its days. What was known then is all that any forecaster sees."
    yield f"Each gives {SIZE} draws of every later month of 30 days and of the whole."
    yield ""
    yield "- **Model**: draws of the class in which the history had no part (a fit to the class's other projects, or"
    yield "points spread evenly where there are none), weighed by the first part and searched near the best; each"
    yield "person goes on as simulated people do who arrived on the same day and had then done about the same."
    yield "The level of contributions is corrected by how wrong the model was about the last known year."
    yield "- **BG/NBD**: the standard of repeat buying (Fader, Hardie & Lee 2005), fitted by `lifetimes`, given"
    yield "each person's record; as published, nothing corrected."
    yield "- **Naive**: the mean of the last twelve months, with their spread."
    yield "- Newcomers to come are the same for the model and BG/NBD: each day repeats that of the last known"
    yield "year, but for the launch. Tasks of an active day are drawn from the person's own days, for both."
    yield "- Two more rows on contributions tell what the correction does: the model without it, BG/NBD with it."
    yield ""
    yield "CRPS and pinball are proper scores: errors in tasks or people, lower is better. Skill is 1 minus the"
    yield "ratio of the CRPS to that of the naive forecast: over 0 is better than naive. The correction was chosen"
    yield "on earlier cuts of the same histories (known 44 % of the days, forecast to 67 %), the way in which twins"
    yield "are found on histories that the model itself had made, both before any table was computed. What was changed"
    yield "after a table had been seen, and why, stands in decision 58. All dated histories with people are here."
    yield ""
    yield "| History | class | people known | days known | months forecast | BG/NBD r, alpha, a, b |"
    yield "|---|---|---|---|---|---|"
    for name, checked in found.items():
        known, fitted = checked.cut.known, checked.bg_nbd
        values = "-" if fitted is None else f"{fitted.r:.3f}, {fitted.alpha:.2f}, {fitted.a:.3f}, {fitted.b:.3f}"
        counts = f"{known.people} | {known.horizon} | {checked.cut.months}"
        yield f"| {_short(name)} | {HISTORIES[name][0]} | {counts} | {values} |"
    yield ""


def _summary(found: Mapping[str, ForecastCheck]) -> Iterator[str]:
    yield "## In one view"
    yield ""
    yield "How often the CRPS is lower than the other's, over the histories, and the mean skill against it."
    yield ""
    rows = []
    for quantity in QUANTITIES:
        for rival in ("naive", "bg_nbd", *(("bg_nbd_level",) if quantity == "contributions" else ())):
            both = [each for each in found.values() if rival in each.scores]
            for total in (False, True):
                skills = [each.skill("model", quantity, total=total, against=rival) for each in both]
                rows.append(
                    (
                        f"{_TITLES[quantity]}, {'whole time' if total else 'by month'}",
                        _NAMES[rival],
                        f"{sum(skill > 0 for skill in skills)} of {len(skills)}",
                        f"{np.mean(skills):+.2f}",
                        f"{np.median(skills):+.2f}",
                    )
                )
    yield from table_lines(("Quantity", "Against", "Model better", "Mean skill", "Median skill"), rows)
    yield ""


def _tables(found: Mapping[str, ForecastCheck]) -> Iterator[str]:
    for quantity in QUANTITIES:
        rows = []
        for name, checked in found.items():
            happened = float(getattr(checked.cut.after, quantity)[0, -1])
            for forecaster in FORECASTERS:
                # Only contributions are corrected: the rows on what the correction does would say the same twice.
                if forecaster not in checked.scores or (quantity == "active" and forecaster in _CORRECTIONS):
                    continue
                scores = checked.scores[forecaster][quantity]
                rows.append(
                    (
                        _short(name),
                        _NAMES[forecaster],
                        f"{scores.crps:.2f}",
                        f"{checked.skill(forecaster, quantity):+.2f}",
                        f"{scores.pinball:.2f}",
                        f"{100 * scores.coverage:.0f} %",
                        f"{scores.total_low:.0f} to {scores.total_high:.0f}",
                        f"{happened:.0f}",
                        f"{scores.total_crps:.1f}",
                        f"{checked.skill(forecaster, quantity, total=True):+.2f}",
                    )
                )
        yield f"## {_TITLES[quantity]}"
        yield ""
        yield from table_lines(_HEADER, rows)
        yield ""


def _foot() -> Iterator[str]:
    yield "## What it means"
    yield ""
    yield "Arrivals decide most of what comes, and no forecaster here knows them: where a project is taken up"
    yield "or forgotten, all of them are wrong together, and their intervals are too narrow. A forecast says"
    yield "what goes on if people keep arriving as they did; what a measure changes is the difference between"
    yield "two simulations that share their arrivals. The bumblebees are a sample of 10,000 records in 25,848:"
    yield "people seem to be less active than they are."


def _short(name: str) -> str:
    return name.removesuffix(".gz").removesuffix(".csv")


def main(arguments: list[str]) -> None:
    """Forecast every history, and write the page to the path given, or to standard output."""
    found, cases = {}, load_cases()
    for name, (service_class, arrivals) in HISTORIES.items():
        history = read_evidence(name)
        assert isinstance(history, History)
        found[name] = forecast_of(history, service_class, draws=draws_without(service_class, cases, arrivals))
        print(f"{name}: done", file=sys.stderr, flush=True)
    write_page(forecast_page(found), arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
