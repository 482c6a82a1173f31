"""How much there was to do: days without tasks, and days with a share of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.harness_service import simulate_service
from entraide.experiments.evidence.supply import season_of
from entraide.model.errors import InputError

ARRIVALS = "date,count,days\n2020-03-12,200,7\n"


def test_a_gap_multiplies_the_prompts_of_its_days_and_of_no_others() -> None:
    factor = season_of({"supply_gaps": [[3, 4], [6, 7, 0.25]]}, 10, None)
    assert factor.tolist() == [1, 1, 1, 0, 0, 1, 0.25, 0.25, 1, 1]


def test_a_share_multiplies_what_the_month_says() -> None:
    factor = season_of({"month_factors": [2.0, *[1.0] * 11], "supply_gaps": [[0, 0, 0.5]]}, 32, date(2025, 1, 1))
    assert factor[0] == 1.0
    assert set(factor[1:31]) == {2.0}
    assert factor[31] == 1.0


def _returns(tmp_path: Path, whole: bool, gaps: list[list[float]]) -> float:
    """Return how many contributions after day 40 come from people who had contributed before, mean of 20 seeds."""
    scale: dict[str, object] = {"days": 80, "supply_gaps": gaps, "launch": "2020-03-12"}
    if whole:
        scale["people_pool"] = 3000
    else:
        (tmp_path / "arrivals.csv").write_text(ARRIVALS)
        scale["conditioned_on_arrivals"] = "arrivals.csv"
    draw = {"initial_awareness": 0.2, "prompt_rate": 0.5}
    late = []
    for seed in range(20):
        history = simulate_service(Setting("knowledge-commons", scale, draw, seed, tmp_path))
        late.append(np.count_nonzero(history.day >= 40))
    return float(np.mean(late))


@pytest.mark.slow
def test_with_a_fifth_of_the_tasks_fewer_come_back_and_with_none_nobody_does(tmp_path: Path) -> None:
    """Between the two, in histories as in whole simulations; a share of one changes nothing."""
    for whole in (False, True):
        all_of_them = _returns(tmp_path, whole, [])
        fifth = _returns(tmp_path, whole, [[40, 79, 0.2]])
        none = _returns(tmp_path, whole, [[40, 79]])
        print(f"{'whole' if whole else 'histories'}: {all_of_them:.1f}, with a fifth {fifth:.1f}, without {none:.1f}")
        assert none == 0
        assert 0.1 * all_of_them < fifth < 0.6 * all_of_them
        assert _returns(tmp_path, whole, [[40, 79, 1.0]]) == all_of_them


@pytest.mark.parametrize("whole", [False, True])
def test_a_gap_that_ends_after_the_case_is_refused(tmp_path: Path, whole: bool) -> None:
    scale: dict[str, object] = {"days": 80, "supply_gaps": [[40, 80]]}
    if whole:
        scale["people_pool"] = 3000
    else:
        (tmp_path / "arrivals.csv").write_text(ARRIVALS.replace("date", "day").replace("2020-03-12", "0"))
        scale["conditioned_on_arrivals"] = "arrivals.csv"
    with pytest.raises(InputError, match="ends after the case"):
        simulate_service(Setting("knowledge-commons", scale, {}, 1, tmp_path))
