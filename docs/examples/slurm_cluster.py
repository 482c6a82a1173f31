"""A study on a cluster under SLURM: dask-jobqueue asks for the machines, the study runs on them.

Write your queue and account where they stand below. ``--local`` runs the same on processes of this machine, ``--show``
prints the job that would be handed to SLURM and ends. Results do not depend on where they are computed.
"""

import sys

from dask.distributed import LocalCluster
from dask_jobqueue import SLURMCluster

import entraide as en

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "first-levers"
QUICK = "--quick" in sys.argv
WORKERS = 2 if QUICK else 32


def slurm() -> SLURMCluster:
    """Return a cluster whose workers have one core each: a run uses one, and many runs use many."""
    return SLURMCluster(
        queue="normal",
        account="my-project",
        cores=1,
        processes=1,
        memory="3GB",
        walltime="02:00:00",
        # The environment in which entraide is installed, and one thread for each worker.
        job_script_prologue=["source .venv/bin/activate", "export NUMBA_NUM_THREADS=1", "export OMP_NUM_THREADS=1"],
    )


if __name__ == "__main__":
    if "--show" in sys.argv:
        print(slurm().job_script())
        sys.exit()
    cluster = LocalCluster(n_workers=WORKERS, threads_per_worker=1) if "--local" in sys.argv else slurm()
    with cluster:
        cluster.scale(WORKERS)
        study = en.load_study("first-levers", days=30 if QUICK else None, replicates=2 if QUICK else None)
        store = en.sweep(study, FOLDER, cluster=cluster.scheduler_address, progress=True)
    print(store.runs().groupby("status").size())
