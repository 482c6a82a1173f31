"""What is printed: one short table per part, with the target it is held against and the load of the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine import ONE_THREAD
from mesa_reduced import ONLINE_CLASS

__all__ = ["TABLES", "heading"]

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
    return f"{', '.join(f'{k} {v}' for k, v in results['machine'].items())}\n{_load(results['load_average_at_start'])}"


def _load(load: Sequence[float] | None) -> str:
    return "load average: unknown" if load is None else f"load average: {' '.join(f'{each:.2f}' for each in load)}"


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], load: Sequence[float] | None) -> str:
    """Return rows under their columns, the first to the left, the others to the right."""
    widths = [max(len(row[c]) for row in (columns, *rows)) for c in range(len(columns))]

    def line(row: Sequence[str]) -> str:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        return "  ".join(["", row[0].ljust(widths[0]), *cells[1:]]).rstrip()

    return "\n".join([f"\n{title} [{_load(load)}]", *map(line, (columns, *rows))])


def _throughput(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = [
        (
            f"{row['inhabitants']:,} ({row['zones']:,} zones, {row['chunks']} chunks): {arm}",
            f"{row['citizen_days_per_second'][arm] / 1e6:.1f}",
            f"{row['seconds'][arm]:.3f}",
            _figure(row["cpu_over_wall"].get(arm)),
            _figure(row["scaling"].get(arm)),
            "yes" if row["same_bits"] else "NO",
            f"{MILLION_SECONDS:g} s" if row["inhabitants"] > 900_000 and arm not in row["scaling"] else "",
        )
        for row in rows
        for arm in row["seconds"]
    ]
    columns = ("inhabitants: arm", "million/s", "seconds", "CPU/wall", "scaling", "same bits", "target")
    title = f"Citizen-days per second, full model, {rows[0]['days']} days, medians"
    return _table(title, columns, lines, rows[-1]["load_average"])


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _phases(row: Mapping[str, Any]) -> str:
    lines = [
        (name, f"{seconds:.3f}", f"{100 * seconds / row['whole_run']:.0f}") for name, seconds in row["seconds"].items()
    ]
    rest = row["whole_run"] - sum(row["seconds"].values())
    lines.append(("population, tables, outcome", f"{rest:.3f}", f"{100 * rest / row['whole_run']:.0f}"))
    title = f"Phases, {row['inhabitants']:,} citizens, {row['days']} days, one thread"
    return _table(title, ("phase", "seconds", "%"), lines, row["load_average"])


def _verdict(row: Mapping[str, Any]) -> str:
    line = (
        f"{row['inhabitants']:,} x {row['days']} days x {row['replicates']}",
        f"{row['seconds']:.2f}",
        f"{row['seconds_for_100_replicates']:.2f}",
        f"{VERDICT_SECONDS:g} s",
        f"{row['citizen_days_per_second'] / 1e6:.1f}",
        _figure(row["cpu_over_wall"]),
    )
    columns = ("citizens x days x replicates", "seconds", "for 100 replicates", "target", "million/s", "CPU/wall")
    return _table("A dashboard verdict on two threads", columns, [line], row["load_average"])


def _mesa(row: Mapping[str, Any]) -> str:
    full = row["full_model"]
    lines = [(f"full model, {full['inhabitants']:,} citizens", "", _millions(full), "", "")]
    lines += [
        (
            f"Mesa, {each['citizens']:,} objects, {name}",
            f"{each['prompts_per_citizen_day']:.4f}",
            _millions(each),
            f"{each['ratio']:.1f}",
            f"{MESA_RATIO:g}" if name == ONLINE_CLASS else "",
        )
        for name, each in row["mesa_reduced"].items()
    ]
    columns = ("one thread each", "prompts per citizen-day", "million/s", "full model faster by", "target")
    return _table("Full model against the reduced rule in Mesa", columns, lines, row["load_average"])


def _millions(each: Mapping[str, float]) -> str:
    return f"{each['citizen_days_per_second'] / 1e6:.2f}"


def _memory(result: Mapping[str, Any]) -> str:
    lines = [
        (
            f"{row['services']} service{'s' if row['services'] > 1 else ''}, {row['inhabitants']:,} citizens",
            *(_figure(row[name]) for name in ("registry", "allocated", "allocated_at_most", "resident_at_most")),
            f"{BYTES_PER_CITIZEN + (row['services'] - 1) * BYTES_PER_FURTHER_SERVICE}",
        )
        for row in result["rows"]
    ]
    further = result["each_further_service"]
    cells = (_figure(further["registry"]), _figure(further["allocated"]), "", "", f"{BYTES_PER_FURTHER_SERVICE}")
    lines.append(("each further service", *cells))
    columns = ("bytes per citizen", "registry", "allocated", "at most", "process grew by", "target")
    return _table("Memory", columns, lines, result["load_average"])


def _starts(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = [
        (
            f"{row['command']}: {start} start",
            f"{seconds:.1f}",
            f"{row['cpu_seconds'][start]:.1f}",
            _figure(row["cpu_over_wall"][start]),
            f"{row['kernels_compiled'][start]}",
            f"{target:g} s" if (target := START_SECONDS.get((row["command"], start))) else "",
        )
        for row in rows
        for start, seconds in row["seconds"].items()
    ]
    columns = ("command", "seconds", "CPU seconds", "CPU/wall", "kernels compiled", "target")
    return _table("From command to verdict", columns, lines, rows[-1]["load_average"])


def _country(row: Mapping[str, Any]) -> str:
    lines = [
        (
            f"{row['inhabitants']:,} in {row['zones']:,} communes, {row['days']} days: {arm}",
            f"{seconds:.1f}",
            f"{row['citizen_days_per_second'][arm] / 1e6:.1f}",
            _figure(row["cpu_over_wall"][arm]),
            "" if (grown := row["resident_at_most"][arm]) is None else f"{grown / 1e9:.2f}",
            "yes" if row["same_bits"] else "NO",
            "" if arm == ONE_THREAD else f"{COUNTRY_SECONDS:g} s, {COUNTRY_GIGABYTES:g} GB",
        )
        for arm, seconds in row["seconds"].items()
    ]
    columns = ("full model, accounts by zone and day", "seconds", "million/s", "CPU/wall", "GB", "same bits", "target")
    return _table("A whole country", columns, lines, row["load_average"])


TABLES: dict[str, Callable[[Any], str]] = {
    "throughput": _throughput,
    "phases": _phases,
    "verdict": _verdict,
    "mesa": _mesa,
    "memory": _memory,
    "starts": _starts,
    "country": _country,
}
