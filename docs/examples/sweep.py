"""A sweep: every combination of three levers, carried out, and read in three libraries of tables.

Run it again with the same folder after a stop: it goes on where it was.
"""

import sys

import duckdb
import polars as pl

import entraide as en

folder = sys.argv[1] if len(sys.argv) > 1 else "first-levers"
quick = "--quick" in sys.argv
study = en.load_study("first-levers", days=30 if quick else None, replicates=2 if quick else None)

store = en.sweep(study, folder, progress=True)

# pandas: the mean of each setting over its replicates
runs = store.runs()
levers = [factor.key for factor in study.factors]
print(runs.groupby(levers)[["cost", "reports.contributions"]].mean())

# Polars and DuckDB read the file as it is; what a column means stands in its metadata
print(pl.read_parquet(store.runs_path).group_by("phone_offered").agg(pl.col("cost").mean()))
print(duckdb.sql(f"select status, count(*) as runs from '{store.runs_path}' group by status"))
for name in ("cost", "reports.contributions"):
    about = store.schema(whole=True).field(name).metadata
    print(f"{name}: {about[b'description'].decode()} ({about[b'unit'].decode()})")
