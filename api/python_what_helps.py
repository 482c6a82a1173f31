"""What helps, from Python: each named measure alone, on the same random numbers."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide.experiments.parameters_from import DEFAULT_PARAMETERS
from entraide.experiments.what_helps import WhatHelps as _WhatHelps
from entraide.experiments.what_helps import plan_of
from entraide.experiments.what_helps_folder import WhatHelpsFolder
from entraide.model.parameters import Value
from entraide.scenarios.scenario import Scenario

from .chosen import chosen_scenario
from .commands_what_helps import write_what_helps
from .python_designs import tried_designs
from .told import Told

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["WhatHelps", "what_helps"]


class WhatHelps:
    """Named measures, each tried alone on the same random numbers."""

    def __init__(self, found: _WhatHelps, folder: Path | None = None) -> None:
        self.found, self.folder = found, folder

    def __repr__(self) -> str:
        from entraide.viz.locales import counted

        request = self.found.plan.request
        measures = counted(len(self.found.plan.candidates), "measure", "measures", "en")
        replicates = counted(request.replicates, "replicate", "replicates", "en")
        return f"<WhatHelps in {request.scenario.name}: {measures}, {replicates} each>"

    def __str__(self) -> str:
        return self.verdict()

    def verdict(self, language: str = "en") -> str:
        """Return for each service and risk what helps most, with its cost and side effects, in sentences."""
        from entraide.viz.pair_words import pair_notes
        from entraide.viz.what_helps_sentences import counts_only_sentence, what_helps_sentences

        told = [text for risks in what_helps_sentences(self.found, language).values() for text in risks.values()]
        notes = pair_notes((self.found.baseline,), language)
        return Told("\n".join(filter(None, [*told, counts_only_sentence(self.found, language), *notes])))

    def frame(self) -> pd.DataFrame:
        """Return one row per service, measure and thing compared: values, difference, band, verdict, rank."""
        import pandas as pd

        from entraide.experiments.what_helps_table import what_helps_rows

        return pd.DataFrame(what_helps_rows(self.found))

    def to_dict(self) -> dict[str, Any]:
        """Return what ``entraide run SCENARIO --what-helps --json`` prints."""
        from .what_helps_document import what_helps_document

        return what_helps_document(self.found)

    def report(self, folder: str | os.PathLike[str], language: str = "en") -> Path:
        """Write what-helps.html into a folder; return the page's path."""
        from entraide.experiments.files import make_folder
        from entraide.viz.what_helps_page import write_what_helps_page

        return write_what_helps_page(self.found, make_folder(Path(folder)), language)


def what_helps(
    scenario: str | os.PathLike[str] | Scenario = "urban-reports",
    replicates: int | None = None,
    seed: int = 0,
    threads: int | None = None,
    changes: Mapping[str, Value] | None = None,
    days: int | None = None,
    progress: bool | Callable[[int, int], None] = False,
    *,
    territory: str | None = None,
    measures: Sequence[str] | None = None,
    parameters: str = DEFAULT_PARAMETERS,
    out: str | os.PathLike[str] | None = None,
) -> WhatHelps:
    """Try each named measure alone, and rank them against each risk.

    Parameters
    ----------
    measures : names of those to try; None: all that make sense in the scenario.
    out : folder to keep the runs in, as ``--out``; None keeps nothing.

    The other parameters are those of ``run``; replicate r takes the same draw with and without a measure.

    Raises
    ------
    InputError : anything in the arguments that cannot be used, said in one line.
    """
    loaded, own_file = chosen_scenario(scenario, changes, days, territory)
    plan = plan_of(
        loaded,
        replicates=loaded.replicates if replicates is None else replicates,
        seed=seed,
        own_file=own_file,
        measures=measures,
        parameters=parameters,
    )
    return WhatHelps(
        *tried_designs(WhatHelpsFolder, plan, write_what_helps, out=out, threads=threads, progress=progress)
    )
