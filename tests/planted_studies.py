"""Studies whose runs are formulas: what an analysis must find in them is known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entraide.experiments.analysis.study_runs import StudyRuns
from entraide.experiments.batch.factors import Factor
from entraide.experiments.batch.study import Study
from entraide.experiments.batch.study_schema import Design, LatinHypercube, Outputs
from entraide.scenarios.loader import load_scenario

__all__ = ["Formula", "crossed", "factor", "kind_fr", "planted"]

# Takes points, float64[settings, factors], and the replicate; returns columns of the first service, and "cost".
Formula = Callable[[NDArray[np.float64], int], Mapping[str, NDArray[np.float64]]]

# Real parameters lend their names, so that labels and units are those that people meet; their places are 0 to 1.
_LEVERS = ("acknowledgement_rate", "openness", "impact_shown", "variety")
_ASSUMPTIONS = ("share_free_riders", "neighbourhood_share", "altruism_weight", "need_share", "adversary_share")


def factor(place: int, kind: str = "assumption", **more: object) -> Factor:
    """Return a factor from 0 to 1."""
    key = (_LEVERS if kind == "lever" else _ASSUMPTIONS)[place]
    ends = {} if "levels" in more else {"low": 0.0, "high": 1.0}
    return Factor(key, kind, "1", {"en": key.replace("_", " "), "fr": f"{kind_fr(kind)} {place + 1}"}, **ends, **more)


def kind_fr(kind: str) -> str:
    """Return a kind of factor in French."""
    return "levier" if kind == "lever" else "hypothèse"


def planted(
    factors: Sequence[Factor], design: Design, formula: Formula, replicates: int = 1, seed: int = 0
) -> StudyRuns:
    """Return the runs of a study of urban reports, as if the formula had been simulated."""
    scenario = load_scenario("urban-reports")
    study = Study(
        name="planted",
        question={"en": "", "fr": ""},
        scenarios=(scenario,),
        factors=tuple(factors),
        design=design,
        replicates=replicates,
        seed=seed,
        days=None,
        parameters="preset",
        outputs=Outputs(measures="none"),
    )
    columns = [formula(study.points, replicate) for replicate in range(replicates)]
    settings = len(study.points)
    values = {
        (name if name == "cost" else f"reports.{name}"): np.stack([each[name] for each in columns], axis=1).ravel()
        for name in columns[0]
    }
    units = {"cost": "EUR"}
    fields = [
        pa.field("setting", pa.int32()),
        pa.field("replicate", pa.int32()),
        pa.field("status", pa.string()),
        pa.field("message", pa.string()),
        *(pa.field(name, pa.float64(), metadata={"unit": units.get(name, "share")}) for name in values),
    ]
    arrays = [
        np.repeat(np.arange(settings, dtype=np.int32), replicates),
        np.tile(np.arange(replicates, dtype=np.int32), settings),
        ["done"] * (settings * replicates),
        [""] * (settings * replicates),
        *values.values(),
    ]
    return StudyRuns(study, scenario, pa.table(arrays, schema=pa.schema(fields)), {})


def crossed(designs: int, states: int) -> LatinHypercube:
    """Return the design of so many combinations of levers under so many sets of assumptions."""
    return LatinHypercube(kind="latin-hypercube", designs=designs, assumptions=states)
