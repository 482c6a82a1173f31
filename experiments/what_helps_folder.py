"""The folder of ``--what-helps``: the plan, the run of the scenario as it is, and one run for each measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .designs import DesignFolder
from .output import Request
from .what_helps import Candidate, Plan, Refused, WhatHelps, try_measures

__all__ = ["WhatHelpsFolder"]


class WhatHelpsFolder(DesignFolder[Plan, Candidate, WhatHelps]):
    """A folder in which measures are tried."""

    plan_file, tried = "plan.json", "measures"
    attempt = staticmethod(try_measures)

    @staticmethod
    def read_plan(request: Request, designs: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, Any]]) -> Plan:
        return Plan(request, tuple(map(_candidate, designs)), tuple(Refused(**each) for each in refused))


def _candidate(fields: Mapping[str, Any]) -> Candidate:
    # JSON has no tuples.
    moved = {key: (old, new) for key, (old, new) in fields["moved"].items()}
    return Candidate(**{**fields, "prevents": tuple(fields["prevents"]), "moved": moved})
