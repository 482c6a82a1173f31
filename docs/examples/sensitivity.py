"""A sensitivity study: which levers and which assumptions the outcome goes with, and whether that can be trusted."""

import sys

import entraide as en

folder = sys.argv[1] if len(sys.argv) > 1 else "sobol"
quick = "--quick" in sys.argv
study = en.load_study("morris-screening" if quick else "sobol-default", days=30 if quick else None)

store = en.sweep(study, folder, progress=True)
for found in en.sensitivity(store, ["cost"] if quick else ()):
    print(f"{found.output}: {found.samples} samples, {found.left_out} left out, stable: {found.stable}")
    for each in found.ranked:
        size = each.size if quick else each.total
        low, high = size.interval.low, size.interval.high
        print(f"  {each.factor.kind:10} {each.factor.key:24} {size.value:12,.3f} ({low:,.3f} to {high:,.3f})")
