"""A robust policy: designs that hold their norms whatever is true, what breaks the cheapest, what is worth measuring.

The search for more designs than those of the study is a command, which can be stopped and goes on when called again:
entraide robust robust-levers --search 6 --out front
"""

import sys

import entraide as en

folder = sys.argv[1] if len(sys.argv) > 1 else "robust"
quick = "--quick" in sys.argv
study = en.load_study("robust-levers", days=60 if quick else None, replicates=1 if quick else None)

store = en.sweep(study, folder, progress=True)
found = en.robust(store)

for design in found.robustness.designs:
    held, levers = design.held["all"], ", ".join(f"{key} {value}" for key, value in design.design.changes.items())
    mark = "holds" if design.holds else "breaks"
    print(
        f"{mark}: {levers}: norms held under {held.count} of {held.states} sets of assumptions, {design.cost:,.0f} EUR"
    )

for broken in found.breaking:
    for risk, discovery in broken.found.items():
        for bound in () if discovery.box is None else discovery.box.bounds:
            where = f"{bound.factor.key} from {bound.low} to {bound.high} (None: to the end of its range)"
            print(f"design {broken.design.design.number} breaks {risk} where {where}")

for loss, information in found.information.items():
    if information.most is not None:
        print(f"{loss}: most worth finding out is {information.most.factor.key}")
