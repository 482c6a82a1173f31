"""What is printed: one short table per part, with the target it is held against and the load of the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine import ONE_THREAD
from laboratory import laboratory_tables
from layout import Table, figure, load_text
from peers.comparison import ONLINE_CLASS
from peers.registry import PEERS
from speed_tables import growth_tables, parts_table, roofline_tables

__all__ = ["TABLES", "heading", "tables"]

# Targets, on two cores of a server of 2024 that do nothing else. Ratios hold anywhere, seconds only there.
MILLION_SECONDS = 3.0
VERDICT_SECONDS = 20.0
MESA_RATIO = 80.0
START_SECONDS = {
    ("entraide run", "first"): 60.0,
    ("entraide run", "second"): 40.0,
    ("entraide run --quick", "second"): 10.0,
}
COUNTRY_SECONDS, COUNTRY_GIGABYTES = 180.0, 8.0
BYTES_PER_CITIZEN = 64
BYTES_PER_FURTHER_SERVICE = 24


def heading(results: Mapping[str, Any]) -> str:
    """Return what the figures depend on."""
    return (
        f"{', '.join(f'{k} {v}' for k, v in results['machine'].items())}\n{load_text(results['load_average_at_start'])}"
    )


def _throughput(rows: Sequence[Mapping[str, Any]]) -> Table:
    lines = [
        (
            f"{row['inhabitants']:,} ({row['zones']:,} zones, {row['chunks']} chunks): {arm}",
            f"{row['citizen_days_per_second'][arm] / 1e6:.1f}",
            f"{row['seconds'][arm]:.3f}",
            figure(row["cpu_over_wall"].get(arm)),
            figure(row["scaling"].get(arm)),
            "yes" if row["same_bits"] else "NO",
            f"{MILLION_SECONDS:g} s" if row["inhabitants"] > 900_000 and arm not in row["scaling"] else "",
        )
        for row in rows
        for arm in row["seconds"]
    ]
    columns = ("inhabitants: arm", "million/s", "seconds", "CPU/wall", "scaling", "same bits", "target")
    title = f"Citizen-days per second, full model, {rows[0]['days']} days, medians"
    return Table(title, columns, lines, rows[-1]["load_average"])


def _phases(row: Mapping[str, Any]) -> Table:
    lines = [
        (name, f"{seconds:.3f}", f"{100 * seconds / row['whole_run']:.0f}") for name, seconds in row["seconds"].items()
    ]
    rest = row["whole_run"] - sum(row["seconds"].values())
    lines.append(("population, tables, outcome", f"{rest:.3f}", f"{100 * rest / row['whole_run']:.0f}"))
    title = f"Phases, {row['inhabitants']:,} citizens, {row['days']} days, one thread"
    return Table(title, ("phase", "seconds", "%"), lines, row["load_average"])


def _verdict(row: Mapping[str, Any]) -> Table:
    line = (
        f"{row['inhabitants']:,} x {row['days']} days x {row['replicates']}",
        f"{row['seconds']:.2f}",
        f"{row['seconds_for_100_replicates']:.2f}",
        f"{VERDICT_SECONDS:g} s",
        f"{row['citizen_days_per_second'] / 1e6:.1f}",
        figure(row["cpu_over_wall"]),
    )
    columns = ("citizens x days x replicates", "seconds", "for 100 replicates", "target", "million/s", "CPU/wall")
    return Table("A dashboard verdict on two threads", columns, [line], row["load_average"])


def _peers(result: Mapping[str, Any]) -> Table:
    full = result["full_model"]
    lines: list[tuple[str, ...]] = [
        (f"full model, {full['inhabitants']:,} citizens, {full['days']} days", _millions(full))
    ]
    for often, rows in result["peers"].items():
        lines.append((f"{often}: {result['prompts_per_citizen_day'][often]:.4f} a citizen and day",))
        lines += [
            (
                f"- {PEERS[name].title}",
                _millions(each),
                figure(each["cpu_over_wall"]),
                _times(each["ratio"]),
                _times(each["ratio_of_cpu"]),
                f"{MESA_RATIO:g}" if name == "mesa" and often == ONLINE_CLASS else "",
                _times(each["ratio_to_c"]),
                "yes" if each["equal_totals"] else "NO",
            )
            for name, each in rows.items()
        ]
    lines += [(f"- {PEERS[name].title}: {why}",) for name, why in result["missing"].items()]
    columns = (
        "one thread each",
        "million/s",
        "CPU/wall",
        "full model faster by",
        "in CPU time",
        "target",
        "C faster by",
        "equal totals",
    )
    title = f"Full model against the reduced rule, {result['citizens']:,} citizens, {result['days']} days"
    return Table(title, columns, lines, result["load_average"])


def _times(ratio: float | None) -> str:
    """Return a ratio with three figures; under 1 the other one is faster."""
    return "" if ratio is None else f"{ratio:.3g}" if ratio < 1000.0 else f"{ratio:,.0f}"


def _millions(each: Mapping[str, float]) -> str:
    return f"{each['citizen_days_per_second'] / 1e6:.2f}"


def _memory(result: Mapping[str, Any]) -> Table:
    lines = [
        (
            f"{row['services']} service{'s' if row['services'] > 1 else ''}, {row['inhabitants']:,} citizens",
            *(figure(row[name]) for name in ("registry", "allocated", "allocated_at_most", "resident_at_most")),
            f"{BYTES_PER_CITIZEN + (row['services'] - 1) * BYTES_PER_FURTHER_SERVICE}",
        )
        for row in result["rows"]
    ]
    further = result["each_further_service"]
    cells = (figure(further["registry"]), figure(further["allocated"]), "", "", f"{BYTES_PER_FURTHER_SERVICE}")
    lines.append(("each further service", *cells))
    columns = ("bytes per citizen", "registry", "allocated", "at most", "process grew by", "target")
    return Table("Memory", columns, lines, result["load_average"])


def _starts(rows: Sequence[Mapping[str, Any]]) -> Table:
    lines = [
        (
            f"{row['command']}: {start} start",
            f"{seconds:.1f}",
            f"{row['cpu_seconds'][start]:.1f}",
            figure(row["cpu_over_wall"][start]),
            f"{row['kernels_compiled'][start]}",
            f"{target:g} s" if (target := START_SECONDS.get((row["command"], start))) else "",
        )
        for row in rows
        for start, seconds in row["seconds"].items()
    ]
    columns = ("command", "seconds", "CPU seconds", "CPU/wall", "kernels compiled", "target")
    return Table("From command to verdict", columns, lines, rows[-1]["load_average"])


def _imports(result: Mapping[str, Any]) -> Table:
    lines = [
        (
            row["command"],
            f"{row['milliseconds']:.0f}",
            f"{row['in_bases']:.2f}",
            f"{row['budget']:g}",
            ", ".join(f"{name} {spent:.0f}" for name, spent in row["packages"].items()),
        )
        for row in result["rows"]
    ]
    columns = ("command", "ms", "in imports of NumPy and Numba", "budget", "most of it, ms by package")
    title = f"What importing costs; NumPy and Numba alone: {result['base_milliseconds']:.0f} ms"
    return Table(title, columns, lines, result["load_average"])


def _country(row: Mapping[str, Any]) -> list[Table]:
    runs = row["runs"]
    lines = [
        (
            f"{row['inhabitants']:,} in {row['zones']:,} communes, {row['days']} days: {arm}",
            f"{run['seconds']:.1f}",
            f"{row['citizen_days_per_second'][arm] / 1e6:.1f}",
            figure(run["cpu_over_wall"]),
            "" if (grown := run["resident_at_most"]) is None else f"{grown / 1e9:.2f}",
            run["hash"][:16],
            "yes" if row["same_bits"] and row["same_hash"] else "NO",
            "" if arm == ONE_THREAD or row["days"] < 365 else f"{COUNTRY_SECONDS:g} s, {COUNTRY_GIGABYTES:g} GB",
        )
        for arm, run in runs.items()
    ]
    columns = (
        "full model, accounts by zone and day written",
        "seconds",
        "million/s",
        "CPU/wall",
        "GB",
        "hash",
        "same bits",
        "target",
    )
    parts = {
        arm: {
            "population": run["population"],
            **run["phases"],
            "accounts by zone written": run["accounts"],
            "outcome": run["outcome"],
        }
        for arm, run in runs.items()
    }
    names = list(parts[ONE_THREAD])
    seconds = [(name, *(f"{parts[arm][name]:.2f}" for arm in runs)) for name in names]
    return [
        Table("A whole country", columns, lines, row["load_average"]),
        Table("A whole country, seconds of each part", ("part", *runs), seconds, row["load_average"]),
    ]


def tables(part: str, result: Any) -> list[Table]:
    """Return the tables of a part."""
    made = TABLES[part](result)
    return made if isinstance(made, list) else [made]


TABLES: dict[str, Callable[[Any], Table | list[Table]]] = {
    "throughput": _throughput,
    "phases": _phases,
    "verdict": _verdict,
    "peers": _peers,
    "memory": _memory,
    "imports": _imports,
    "starts": _starts,
    "country": _country,
    "roofline": roofline_tables,
    "growth": growth_tables,
    "parts": parts_table,
    "laboratory": laboratory_tables,
}
