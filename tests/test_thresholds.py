"""The least participation and the most adversaries that a design bears."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from entraide.experiments.thresholds import adversary_harm, break_even
from entraide.model.errors import InputError
from entraide.model.specification import Specification
from entraide.scenarios.loader import load_scenario

TOWN = 'schema_version = 1\nbase = "urban-reports"\n[territory]\ncommunes = ["29155", "29083", "29082", "29178"]\n'


@pytest.fixture
def town(tmp_path: Path) -> Specification:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    specification = load_scenario(tmp_path / "town.toml").specification()
    # Many defects, so that a small place tells a broken norm from a held one, and many who know the service.
    service = specification.services[0]
    return replace(
        specification,
        services=(
            replace(
                service,
                parameters={
                    **service.parameters,
                    "needs_rate": 300.0,
                    "repair_capacity": 200.0,
                    "initial_awareness": 0.4,
                },
            ),
        ),
    )


@pytest.mark.slow
def test_below_break_even_the_norm_breaks_and_above_it_holds(town: Specification) -> None:
    told: list[tuple[int, int]] = []
    found = break_even(town, replicates=3, progress=lambda done, most: told.append((done, most)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert len(told) <= told[0][1] == 9
    print(f"break-even {found.threshold.value} per 1,000 and year, today {found.today:.1f}")
    assert found.threshold.status == "found"
    assert found.threshold.value is not None
    assert found.participation == tuple(sorted(found.participation))
    for participation, share in zip(found.participation, found.share_in_time, strict=True):
        if participation <= found.threshold.low:
            assert share < found.norm or not found.threshold.monotone
        if participation >= found.threshold.high:
            assert share >= found.norm
    share_today = found.share_in_time[found.participation.index(found.today)]
    assert (found.today >= found.threshold.value) == (share_today >= found.norm)


@pytest.mark.slow
def test_a_norm_out_of_reach_has_no_break_even(town: Specification) -> None:
    service = town.services[0]
    hard = {**service.parameters, "norm_share_in_time": 1.0, "repair_capacity": 0.0, "backstop_capacity": 0.0}
    found = break_even(replace(town, services=(replace(service, parameters=hard),)), replicates=2)
    assert found.threshold.status == "broken throughout"
    assert found.threshold.value is None


@pytest.mark.slow
def test_adversaries_harm_the_more_the_more_they_are(town: Specification) -> None:
    told: list[tuple[int, int]] = []
    harm = adversary_harm(
        town, shares=(0.0, 0.1, 0.5, 0.9), replicates=3, progress=lambda done, most: told.append((done, most))
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    print("error by share of adversaries:", dict(zip(harm.shares, (round(e, 3) for e in harm.errors), strict=True)))
    assert list(harm.errors) == sorted(harm.errors)
    assert harm.errors[-1] - harm.errors[0] > 0.3
    assert harm.threshold.status == "found"
    assert harm.threshold.value is not None
    assert 0.0 < harm.threshold.value < 0.5


@pytest.mark.parametrize("shares", [(0.1,), (0.0, 1.5)])
def test_shares_that_make_no_sense_are_refused(town: Specification, shares: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        adversary_harm(town, shares=shares)
