"""Stress from Python: each kind of event in turn, on the same random numbers as without it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date as _date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide.experiments.parameters_from import DEFAULT_PARAMETERS
from entraide.experiments.stress import Stress as _Stress
from entraide.experiments.stress_folder import StressFolder
from entraide.experiments.stress_plans import stress_plan
from entraide.model.parameters import Value
from entraide.scenarios.scenario import Scenario

from .chosen import chosen_scenario
from .commands_stress import write_stress
from .python_designs import tried_designs
from .told import Told

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Stress", "stress"]


class Stress:
    """Kinds of events, each tried alone on the same random numbers as without it."""

    def __init__(self, found: _Stress, folder: Path | None = None) -> None:
        self.found, self.folder = found, folder

    def __repr__(self) -> str:
        from entraide.viz.locales import counted

        request, count = self.found.plan.request, len(self.found.plan.trials)
        events = counted(count, "event", "events", "en")
        replicates = counted(request.replicates, "replicate", "replicates", "en")
        return f"<Stress of {request.scenario.name}: {events}, {replicates} each>"

    def __str__(self) -> str:
        return self.verdict()

    def verdict(self, language: str = "en") -> str:
        """Return for each service the hardest blow, then what each event breaks and how it recovers, in sentences."""
        from entraide.viz.pair_words import pair_notes
        from entraide.viz.stress_overview import overview_sentences
        from entraide.viz.stress_sentences import stress_sentences

        overviews, told = overview_sentences(self.found, language), stress_sentences(self.found, language)
        lines = [text for name, overview in overviews.items() for text in (overview, *told[name].values())]
        return Told("\n".join([*lines, *pair_notes((self.found.baseline,), language)]))

    def frame(self) -> pd.DataFrame:
        """Return one row per service, event and thing compared: values, difference, band, verdict."""
        import pandas as pd

        from entraide.experiments.stress_table import stress_rows

        return pd.DataFrame(stress_rows(self.found))

    def to_dict(self) -> dict[str, Any]:
        """Return what ``entraide stress SCENARIO --json`` prints."""
        from .stress_document import stress_document

        return stress_document(self.found)


def stress(
    scenario: str | os.PathLike[str] | Scenario = "urban-reports",
    replicates: int | None = None,
    seed: int = 0,
    threads: int | None = None,
    changes: Mapping[str, Value] | None = None,
    days: int | None = None,
    progress: bool | Callable[[int, int], None] = False,
    *,
    territory: str | None = None,
    events: Sequence[str] | None = None,
    sizes: Mapping[str, float] | None = None,
    date: _date | None = None,
    parameters: str = DEFAULT_PARAMETERS,
    out: str | os.PathLike[str] | None = None,
) -> Stress:
    """Let each kind of event strike a scenario in turn.

    Parameters
    ----------
    events : kinds to try; None: all that make sense in the scenario.
    sizes : by kind, instead of the size that the table of events gives.
    date : first day of each event; None: day 150, or the middle of a short run.
    out : folder to keep the runs in, as ``--out``; None keeps nothing.

    The other parameters are those of ``run``; replicate r takes the same draw with and without an event.

    Raises
    ------
    InputError : anything in the arguments that cannot be used, said in one line.
    """
    loaded, own_file = chosen_scenario(scenario, changes, days, territory)
    plan = stress_plan(
        loaded,
        events=events,
        sizes=sizes,
        day=None if date is None else (date - loaded.start).days,
        replicates=loaded.replicates if replicates is None else replicates,
        seed=seed,
        own_file=own_file,
        parameters=parameters,
    )
    return Stress(*tried_designs(StressFolder, plan, write_stress, out=out, threads=threads, progress=progress))
