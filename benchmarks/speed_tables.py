"""Tables of what speed depends on: the machine's limits, each phase beside them, and how cost grows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layout import Table, figure
from machine_limits import LIMITS

__all__ = ["growth_tables", "parts_table", "roofline_tables"]


def roofline_tables(result: Mapping[str, Any]) -> list[Table]:
    """Return the table of limits and, for each number of threads, that of phases."""
    return [_limits(result), *(_roofline(result, threads) for threads in result["phases"])]


def _limits(result: Mapping[str, Any]) -> Table:
    columns = ("the machine at most, 1e9 a second", *(f"{threads} thread(s)" for threads in result["limits"]))
    rows = [
        (f"{name}: {unit}", *(figure(limits[name] / 1e9, 3) for limits in result["limits"].values()))
        for name, unit in LIMITS.items()
    ]
    return Table("Limits of the machine", columns, rows, result["load_average"])


def _roofline(result: Mapping[str, Any], threads: str) -> Table:
    rows = []
    for name, phase in result["phases"][threads].items():
        row = [name, figure(phase["nanoseconds"], 3)]
        if "bytes" in phase:
            alone = phase["nanoseconds_alone"]
            row += [
                f"{1e3 * phase['people']:.3f}",
                f"{phase['nanoseconds_a_person']:,.0f}",
                figure(phase["bytes"], 3),
                f"{phase['draws']:.5f}",
                *(figure(alone[limit], 3) for limit in ("bandwidth", "compute", "lines")),
                phase["nearest_limit"],
                f"{100 * phase['share_of_limit']:.0f} %",
                figure(phase["nanoseconds_in_turn"], 3),
            ]
        rows.append(row)
    rows.append(
        ["all", figure(result["nanoseconds"][threads], 3), "", "", figure(result["bytes"], 3), f"{result['draws']:.5f}"]
    )
    columns = (
        "phase",
        "ns",
        "people in 1,000",
        "ns a person",
        "bytes",
        "draws",
        "bandwidth alone, ns",
        "compute alone, ns",
        "lines alone, ns",
        "limit",
        "of limit",
        "lines in turn, ns",
    )
    title = (
        f"Per citizen and day, {result['inhabitants']:,} citizens, {result['zones']:,} zones, {result['days']} days, "
        f"{result['chunks']} chunks, {result['microseconds_a_call']:.1f} microseconds to call a kernel for a chunk, "
        f"{threads} thread(s), {'processor' if threads == '1' else 'wall'} time, "
        f"CPU/wall {result['cpu_over_wall'][threads]:.2f}"
    )
    return Table(title, columns, rows, result["load_average"])


def growth_tables(result: Mapping[str, Any]) -> list[Table]:
    """Return the tables by inhabitants and services, of the windows of a year, and by replicates."""
    return [_cases(result), _year(result), _replicates(result)]


def _cases(result: Mapping[str, Any]) -> Table:
    rows = [
        (
            f"{row['inhabitants']:,} ({row['zones']:,} zones)",
            f"{row['services']}",
            f"{row['days'] - 1}",
            figure(row["nanoseconds"]["1"]),
            figure(row["processor_nanoseconds"]),
            figure(row["nanoseconds"]["2"]),
            figure(row["cpu_over_wall"]["2"]),
            figure(row["nanoseconds"]["1"] / row["nanoseconds"]["2"]),
            figure(row["first_day_nanoseconds"], 1),
            figure(row["drawing_nanoseconds"], 0),
            f"{row['registry']}",
            figure(row["resident_at_most"], 1),
        )
        for row in result["cases"]
    ]
    columns = (
        "inhabitants",
        "services",
        "days",
        "ns a citizen-day, 1 thread",
        "processor time",
        "2 threads",
        "CPU/wall",
        "times as fast",
        "first day, ns a citizen",
        "drawing, ns a citizen",
        "registry, bytes a citizen",
        "process grew by",
    )
    return Table(
        "How cost grows with inhabitants and services (aim of CPU/wall on two threads: 1.4)",
        columns,
        rows,
        result["load_average"],
    )


def _year(result: Mapping[str, Any]) -> Table:
    year = result["year"]
    rows = [(f"{row['from']} to {row['to']}", figure(row["nanoseconds"])) for row in year["windows"]]
    title = f"The same over the days of a run, {year['inhabitants']:,} citizens, one thread, processor time"
    return Table(title, ("days", "ns a citizen-day"), rows, result["load_average"])


def _replicates(result: Mapping[str, Any]) -> Table:
    rows = [
        (
            f"{row['replicates']} x {row['inhabitants']:,} x {row['days']} days",
            figure(row["seconds"]),
            figure(row["nanoseconds"]),
            figure(row["processor_nanoseconds"]),
            figure(row["cpu_over_wall"]),
            figure(row["resident_at_most"], 1),
        )
        for row in result["replicates"]
    ]
    columns = (
        "replicates",
        "seconds",
        "ns a citizen-day",
        "processor time",
        "CPU/wall",
        "process grew by, bytes a citizen",
    )
    title = "Replicates side by side on two threads, population drawn included (aim of CPU/wall: 1.4)"
    return Table(title, columns, rows, result["load_average"])


def parts_table(result: Mapping[str, Any]) -> Table:
    """Return what crosses the borders between parts of a territory."""
    rows = [
        (
            f"{row['parts']}, {row['order']}",
            figure(100 * row["share_of_far_links"]),
            figure(row["witnesses_a_day"], 0),
            figure(row["bytes_a_day"] / 1e3, 1),
        )
        for row in result["rows"]
    ]
    columns = ("parts, in the order of", "far links that cross, %", "witnesses a day", "kB a day")
    title = (
        f"Between parts of {result['inhabitants']:,} people in {result['zones']:,} zones, "
        f"{1e6 * result['contributions_per_citizen_day']:.0f} contributions a day and million people "
        f"(at most {1e6 * result['most_in_a_day']:.0f}), {result['far_links']} far links of 8"
    )
    return Table(title, columns, rows, result["load_average"])
