"""Letters to people who gave before: recency and frequency effects come from who people are and who has left."""

from __future__ import annotations

import numpy as np
import pytest
from kernel_trace import calls

from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.harness_mailing import simulate_mailing
from entraide.experiments.evidence.observations import Requests
from entraide.model.errors import InputError

HERE = "entraide.experiments.evidence.harness_mailing"
# People who differ in nothing, whom no gift changes, who have all the time and never leave.
ALIKE = {
    "devotion_log_sd": 0.0,
    "altruism_weight": 0.0,
    "pleasure_weight": 0.0,
    "reputation_weight": 0.0,
    "habit_weight": 0.0,
    "conditional_strength": 0.0,
    "free_rider_reluctance": 0.0,
    "digital_ease_spread": 0.0,
    "skill_saving": 0.0,
    "repeat_friction": 1.0,
    "spare_minutes": 240.0,
    "spare_minutes_log_sd": 0.0,
    "fatigue_weight": 0.0,
    "drop_out_first": 0.0,
    "departure_rate": 0.0,
}


def letters(seed: int = 1, draw: dict[str, float] | None = None, **scale: object) -> Requests:
    plain = {"people": 3000, "months": 48, "request_gap_months": 6}
    return simulate_mailing(Setting("giving", plain | scale, draw or {}, seed))


def by_last(found: Requests) -> tuple[float, float]:
    return float(found.answered[found.answered_last].mean()), float(found.answered[~found.answered_last].mean())


def test_who_answered_the_last_letter_and_who_gave_often_answers_more() -> None:
    found = letters()
    last, not_last = by_last(found)
    seldom, often = (
        found.answered[(found.past_gifts >= a) & (found.past_gifts <= b)].mean() for a, b in ((1, 1), (4, 9))
    )
    print(f"answered last {last:.3f}, not {not_last:.3f}; gave once {seldom:.3f}, four times or more {often:.3f}")
    assert last > not_last + 0.1
    assert often > seldom + 0.1


def test_people_who_differ_in_nothing_show_no_effect_of_the_past() -> None:
    """The negative control of the harness: within four points, over 3 x 3,000 people."""
    pairs = np.array([by_last(letters(seed, ALIKE)) for seed in range(3)])
    print(pairs.round(3))
    assert np.abs(pairs[:, 0] - pairs[:, 1]).mean() < 0.04


def test_drop_out_alone_makes_the_recent_answer_more() -> None:
    """People alike but for chance: who has left does not answer, and who answered the last letter had not left."""
    last, not_last = by_last(letters(draw=ALIKE | {"drop_out_first": 0.5}))
    print(f"answered last {last:.3f}, not {not_last:.3f}")
    assert last > not_last + 0.1


def test_devotion_alone_makes_frequent_givers_answer_more() -> None:
    found = letters(draw=ALIKE | {"devotion_log_sd": 1.5})
    last, not_last = by_last(found)
    print(f"answered last {last:.3f}, not {not_last:.3f}")
    assert last > not_last + 0.1


def test_longer_answers_get_fewer() -> None:
    short, long = (letters(minutes=minutes).answered.mean() for minutes in (5, 60))
    print(f"5 minutes {short:.3f}, 60 minutes {long:.3f}")
    assert long < 0.7 * short


def test_an_answer_that_may_wait_for_the_week_is_given_more_often() -> None:
    week, day = (letters(minutes=30, within_the_day=value).answered.mean() for value in (False, True))
    print(f"within the week {week:.3f}, within the day {day:.3f}")
    assert week > 1.2 * day


def test_everybody_in_the_file_gave_and_their_past_adds_up() -> None:
    found = letters(people=500)
    assert len(found.answered) <= 500
    assert (found.past_gifts >= 1).all()
    assert ((found.past_share > 0) & (found.past_share <= 1)).all()
    assert (found.months_since[found.answered_last] < 6.1).all()
    assert (found.months_since[~found.answered_last] > 11.9).all()
    requests = found.past_gifts / found.past_share
    assert np.allclose(requests, np.round(requests))
    assert requests.max() <= 8


def test_first_gifts_lie_as_far_back_as_the_quantiles_of_the_case_say() -> None:
    """Half of people joined within a year, half one to eight years ago; nobody leaves, so gifts tell when."""
    found = letters(months=96, request_gap_months=3, months_since_first=[3, 12, 96], draw=ALIKE)
    months = 3 * np.round(found.past_gifts / found.past_share)
    print(f"within a year {(months <= 12).mean():.3f}, mean of the others {months[months > 12].mean():.1f}")
    assert abs((months <= 12).mean() - 0.5) < 0.05
    assert abs(months[months > 12].mean() - 54) < 4


def test_first_gifts_lie_where_the_case_puts_them() -> None:
    found = letters(months=60, months_since_first=[36, 60])
    requests = np.round(found.past_gifts / found.past_share)
    assert requests.min() == 6
    assert requests.max() == 10


def test_requests_lie_where_the_case_puts_them() -> None:
    visits = [2, 4, 9, 11, 14]
    # Few enough answer for some to have given last on each date.
    draw = ALIKE | {"intercept_acceptance": 0.5, "drop_out_first": 0.3}
    found = simulate_mailing(Setting("giving", {"people": 500, "request_months_before": visits}, draw, 1))
    assert set(np.round(found.months_since).astype(int)) == set(visits)


@pytest.mark.parametrize("months", [[4, 2], [5], [-1, 3]])
def test_months_out_of_order_are_refused(months: list[int]) -> None:
    with pytest.raises(InputError, match="ascending"):
        letters(months_since_first=months)
    with pytest.raises(InputError, match="ascending"):
        letters(request_months_before=months)


def test_the_kernels_of_the_model_answer() -> None:
    traced = [(HERE, name) for name in ("contribute", "decide_drop_out", "tell_contributors")]
    counted = calls("mailing", "giving", {"people": 8, "months": 12, "request_gap_months": 3}, traced)
    print(counted)
    # Five requests; nobody is told of the last one.
    assert counted == {"contribute": 5, "decide_drop_out": 5, "tell_contributors": 4}


def test_too_few_letters_are_refused() -> None:
    with pytest.raises(InputError, match="12 or more"):
        letters(months=6)
