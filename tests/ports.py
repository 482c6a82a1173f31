"""Where the programs of a test wait for others to connect."""

from __future__ import annotations

import psutil

__all__ = ["listening"]


def listening(pid: int) -> set[tuple[str, int]]:
    """Return the addresses and ports on which a process and those that it began wait for others."""
    began = psutil.Process(pid)
    open_ones = [
        each for process in (began, *began.children(recursive=True)) for each in process.net_connections("inet")
    ]
    return {(each.laddr.ip, each.laddr.port) for each in open_ones if each.status == psutil.CONN_LISTEN}
