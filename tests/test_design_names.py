"""Names of two designs that are compared: neither may be that of the scenario as it stands where it is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from islands import islands_file

import entraide as en
from entraide.model.errors import InputError


def _run(path: Path, **changes: float) -> en.Run:
    return en.run(path, replicates=2, days=20, changes=changes, counterfactual=False)


def test_what_both_change_stays_where_one_has_nothing_of_its_own(tmp_path: Path) -> None:
    path = islands_file(tmp_path)
    bare, one = _run(path), _run(path, backstop_capacity=0.0)
    both = _run(path, backstop_capacity=0.0, outreach=0.0001)
    other = _run(path, backstop_capacity=0.0, outreach=0.001)
    compared = en.compare(one, both).compared.comparison
    assert compared.baseline == "backstop_capacity = 0", "this is not the scenario as it stands"
    assert compared.candidate == "backstop_capacity = 0, outreach = 0.0001"
    scenario = en.compare(bare, one).compared.comparison
    assert (scenario.baseline, scenario.candidate) == (bare.result.scenario.name, "backstop_capacity = 0")
    short = en.compare(both, other).compared.comparison
    assert (short.baseline, short.candidate) == ("outreach = 0.0001", "outreach = 0.001"), "what tells them apart"


def test_names_are_those_that_were_given(tmp_path: Path) -> None:
    path = islands_file(tmp_path)
    first, second = _run(path), _run(path, backstop_capacity=0.0)
    named = en.compare(first, second, names=("today", "no inspectors"))
    assert (named.compared.comparison.baseline, named.compared.comparison.candidate) == ("today", "no inspectors")
    assert "backstop_capacity" not in named.verdict()
    for wrong in (("same", "same"), ("", "other"), ("one",)):
        with pytest.raises(InputError, match="two different names"):
            en.compare(first, second, names=wrong)  # type: ignore[arg-type]
