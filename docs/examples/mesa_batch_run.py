"""Mesa's batch_run drives the model: two values of a lever, five replicates each, in processes.

``iterations`` stays at 1: what differs from run to run is ``replicate``. Replicate 3 meets the same chance under both
values, so that the difference is taken replicate by replicate.
"""

import sys

import pandas as pd
from mesa.batchrunner import batch_run

import entraide as en

QUICK = "--quick" in sys.argv

if __name__ == "__main__":
    rows = batch_run(
        en.ServiceModel,
        {
            "scenario": "urban-reports",
            "territory": "29155" if QUICK else "department:48",
            "days": 30 if QUICK else 365,
            "replicate": range(2 if QUICK else 5),
            "acknowledgement_rate": [0.1, 0.9],
        },
        number_processes=2,
        max_steps=1095,
        display_progress=False,
    )
    runs = pd.DataFrame(rows).set_index(["acknowledgement_rate", "replicate"]).sort_index()
    print(runs[["run.cost", "run.reports.quality_margin"]])
    difference = runs["run.cost"].loc[0.9] - runs["run.cost"].loc[0.1]
    print(f"telling nine in ten what became of their report costs {difference.mean():,.0f} EUR a year more")
