"""Designs weighed from Python: risks against cost, and no score that adds them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from entraide.experiments.analysis.front import Front, front_of
from entraide.model.errors import InputError

from .python_api import Run
from .told import Told

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["Pareto", "pareto"]


class Pareto:
    """Designs by three risks and cost, and which of them no other dominates. ``print`` shows it in sentences."""

    def __init__(self, front: Front) -> None:
        self.front = front

    def __repr__(self) -> str:
        return f"<Pareto: {len(self.front.members)} of {len(self.front.designs)} designs are dominated by none>"

    def __str__(self) -> str:
        return self.verdict()

    def verdict(self, language: str = "en") -> str:
        """Return the designs that none dominates, then the others and by what, a sentence a line."""
        from entraide.viz.front_sentences import front_sentences

        return Told("\n".join(front_sentences(self.front, language)))

    def frame(self) -> pd.DataFrame:
        """Return one row per design: years with each norm broken, cost (EUR a year), on the front, dominated by."""
        import pandas as pd

        rows = [
            {**each.broken, "cost": each.cost, "front": each.nondominated, "dominated_by": "; ".join(each.dominated_by)}
            for each in self.front.designs
        ]
        return pd.DataFrame(rows, index=pd.Index([each.name for each in self.front.designs], name="design"))

    def plot(self, language: str = "en") -> Figure:
        """Return a Matplotlib figure of cost against each risk; a notebook shows its caption and text alternative."""
        from entraide.viz.front_figure import front_figure

        from .plots import shown

        return shown(front_figure(self.front, language))


def pareto(runs: Mapping[str, Run], service: str | None = None, year: int = 0) -> Pareto:
    """Return which designs no other dominates: as few years with each norm broken, as low a cost, less of one of them.

    Parameters
    ----------
    runs : by the name of the design, two or more, of one territory, seed, calendar and number of replicates.
    service : whose risks are counted; None: the first. The cost is that of all services.
    year : 0 for the first 365 days.

    Raises
    ------
    InputError : fewer than two runs, or runs that did not meet the same chance.

    Examples
    --------
    >>> import entraide as en
    >>> designs = {"today": {}, "more agents": {"repair_capacity": 20.0}}
    >>> runs = {name: en.run(changes=changes) for name, changes in designs.items()}        # doctest: +SKIP
    >>> print(en.pareto(runs))                                                             # doctest: +SKIP
    """
    for name, run in runs.items():
        if not isinstance(run, Run):
            raise InputError(
                "must be a run", where=f"pareto(runs): {name}", value=type(run).__name__, remedy="Use run()"
            )
    return Pareto(front_of({str(name): run.result for name, run in runs.items()}, service, year))
