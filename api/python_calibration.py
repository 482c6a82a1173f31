"""Calibration from Python: a class of service fitted to a file of contributions."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide.experiments.evidence.own_calibration import Calibration, check_class
from entraide.experiments.evidence.own_calibration import calibrate as fit
from entraide.experiments.evidence.own_data import read_contributions
from entraide.experiments.evidence.own_patch import scenario_patch

from .told import Told

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FittedClass", "calibrate"]


class FittedClass:
    """A class of service fitted to a history of contributions."""

    def __init__(self, found: Calibration) -> None:
        self.found = found

    def __repr__(self) -> str:
        return f"<FittedClass: {self.found.fit.service_class}, {self.found.data.history.people} people>"

    def __str__(self) -> str:
        return self.verdict()

    def verdict(self, language: str = "en") -> str:
        """Return how the file was read, how near the fit is and what it forecast, a sentence a line."""
        from entraide.viz.calibration_sentences import calibration_sentences, forecast_sentences, reading_sentences

        forecast = forecast_sentences(self.found, language) if self.found.forecast is not None else ()
        read = reading_sentences(self.found.data, language)
        return Told("\n".join((*read, *calibration_sentences(self.found, language), *forecast)))

    def document(self) -> dict[str, Any]:
        """Return what ``entraide calibrate --json`` prints; it names nobody of the file."""
        from .calibration_document import calibration_document

        return calibration_document(self.found)

    def figures(self, language: str = "en") -> pd.DataFrame:
        """Return each figure of the data beside the model's, as the command's table has it."""
        from entraide.viz.calibration_tables import figures_table

        return _frame(*figures_table(self.found, language)[1:])

    def values(self, language: str = "en") -> pd.DataFrame:
        """Return the fitted values, a row each: what it is, nearest draw, ends of four draws in five, starting value.

        Columns: label, fitted, low, high, start, held (at the nearest draw, not fitted). The index is the key.
        """
        import pandas as pd

        from entraide.model.service_classes import preset_of
        from entraide.scenarios.declarations import ALL

        fit = self.found.fit
        preset, held = preset_of(fit.service_class), fit.held()
        rows = {
            name: {
                "label": ALL[name].label_fr if language == "fr" else ALL[name].label_en,
                "fitted": float(fit.best[name]),
                "low": low,
                "high": high,
                "start": float(preset.get(name, ALL[name].default)),
                "held": name in held,
            }
            for name, (low, _, high) in fit.parameters().items()
            if low < high or fit.best[name] != preset.get(name)
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("key")

    def draws(self) -> pd.DataFrame:
        """Return the ensemble: one row for each draw, its weight and its values."""
        import pandas as pd

        return pd.DataFrame([dict(draw) for draw in self.found.fit.draws]).assign(weight=self.found.fit.weights)

    def scenario(self, base: str | None = None, service: str | None = None) -> str:
        """Return a scenario with the nearest draw, ready to write to a file and run.

        Raises
        ------
        InputError : no such scenario or service, or one of another class.
        """
        return scenario_patch(self.found.fit, base, service)


def calibrate(
    contributions: str | os.PathLike[str],
    service_class: str,
    *,
    forecast: bool = False,
    trials: int = 300,
    seed: int = 1,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    until: date | None = None,
    skip_bad_rows: bool = False,
    progress: bool | Callable[[int, int], None] = False,
) -> FittedClass:
    """Fit a class of service to a CSV file of contributions, with columns user and date, maybe tasks and zone.

    Parameters
    ----------
    forecast : also fit on the first part, forecast the rest, and score it beside other forecasts.
    trials : points of the search; 0 weighs the class's ensemble alone.
    columns : by role (user, date, tasks, zone) the name that the file gives it, where it cannot be guessed.
    date_format : as ``datetime.strptime`` takes it, where it cannot be guessed.
    until : last day observed, where the last days had no contribution.
    skip_bad_rows : go on without rows that cannot be used.
    progress : True for a bar; or told the steps done and those there are.

    Raises
    ------
    InputError : anything in the file or the arguments that cannot be used, said in one line.
    """
    service_class = check_class(service_class)
    data = read_contributions(
        Path(contributions),
        columns=dict(columns or {}),
        date_format=date_format,
        skip_bad_rows=skip_bad_rows,
        until=until,
    )

    from .progress import shown_progress

    with shown_progress() if progress is True else nullcontext() as bar:
        if bar is not None:
            bar.stage("replicates")
        told = bar.progress if bar is not None else progress if callable(progress) else None
        return FittedClass(fit(data, service_class, forecast=forecast, trials=trials, seed=seed, progress=told))


def _frame(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(header))
