"""The EMA workbench drives a study: it draws states of the world, then looks for designs that are not beaten."""

import sys
from pathlib import Path

from ema_workbench import Scenario, SequentialEvaluator

import entraide as en

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "ema-search")
folder.mkdir(parents=True, exist_ok=True)
quick = "--quick" in sys.argv
study = en.load_study("robust-levers", days=30 if quick else None, replicates=1 if quick else None)
model = en.ema_model(study, outcomes=("cost", "reports.quality_margin"))

with SequentialEvaluator(model) as evaluator:
    experiments, outcomes = evaluator.perform_experiments(scenarios=2 if quick else 50, policies=2 if quick else 10)
    table = experiments.assign(**outcomes)
    table.to_csv(folder / "experiments.csv", index=False)
    print(table.groupby("policy", observed=True)[list(outcomes)].agg(["mean", "max"]))

    # One state of the world, the middle of what nobody knows: which designs are beaten by no other?
    halfway = {each.name: (each.lower_bound + each.upper_bound) / 2 for each in model.uncertainties}
    found = evaluator.optimize(
        nfe=4 if quick else 200,
        searchover="levers",
        reference=Scenario("middle", **halfway),
        epsilons=[1000.0, 0.005],
        population_size=4 if quick else 50,
    )
    print(found[0] if isinstance(found, tuple) else found)
