"""The log of contributions that the notebook on calibration reads: simulated from notebooks/commons.toml.

Written anew, after a change that moves results, by `python tests/notebook_log.py`.
"""

from __future__ import annotations

from house import REPOSITORY

import entraide as en

__all__ = ["LOG", "SEED", "WORLD", "simulated_log"]

WORLD = REPOSITORY / "notebooks" / "commons.toml"
LOG = REPOSITORY / "notebooks" / "contributions.csv"
SEED = 3


def simulated_log() -> str:
    """Return the log as a platform would give it out: a row for each person and day, people under a number."""
    run = en.run(
        WORLD, replicates=1, seed=SEED, parameters="preset", counterfactual=False, contribution_log=True, threads=1
    )
    log = run.contributions()
    numbers = log["citizen"].rank(method="dense").astype(int)
    log["user"] = "u" + numbers.astype(str).str.zfill(3)
    return log[["user", "date", "tasks"]].to_csv(index=False, lineterminator="\n")


if __name__ == "__main__":
    LOG.write_text(simulated_log(), encoding="utf-8", newline="\n")
