"""Where a service is heard of: alike everywhere by default; unevenly, or less in poorer places, if so assumed."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from twins.chance import Chance
from twins.hearing import heard_of_in_zones

from entraide.experiments.evidence.by_area import areas_of
from entraide.experiments.evidence.harness import Setting
from entraide.experiments.evidence.observations import History
from entraide.experiments.evidence.registry import all_harnesses
from entraide.experiments.evidence.whole_service import _areas
from entraide.model.hearing import hearing_by_zone
from entraide.model.random_numbers import Stream

EDUCATION = [[0.2, 0.3, 0.2, 0.3]] * 10
PLACE = _areas({"areas": 400, "area_people": 500, "area_people_log_sd": 0.5, "education_by_decile": EDUCATION})
KEY = np.uint32(12345)


def factors(spread: float, slope: float) -> np.ndarray:
    """Return the factor of each zone."""
    return hearing_by_zone({"hearing_zone_log_sd": spread, "hearing_deprivation_slope": slope}, PLACE, KEY)


def test_by_default_everybody_hears_alike_to_the_bit() -> None:
    assert factors(0.0, 0.0).tolist() == [1.0] * 400


@pytest.mark.parametrize(("spread", "slope"), [(0.8, 0.0), (0.0, 0.9), (0.8, 0.9)])
def test_as_many_hear_in_all_however_unevenly(spread: float, slope: float) -> None:
    found = factors(spread, slope)
    assert (found * PLACE.population).sum() / PLACE.inhabitants == pytest.approx(1.0)
    assert (found >= 0.0).all()


def test_spread_and_slope_are_what_they_are_said_to_be() -> None:
    uneven, poorer = factors(0.8, 0.0), factors(0.0, 0.9)
    print(np.log(uneven).std(), poorer[0] / poorer[-1])
    assert np.log(uneven).std() == pytest.approx(0.8, abs=0.08)
    assert PLACE.deprivation is not None
    assert poorer[0] / poorer[-1] == pytest.approx((1 - 0.9 * 0.45) / (1 + 0.9 * 0.45), rel=0.05)


@pytest.mark.parametrize(("spread", "slope"), [(0.8, 0.0), (0.0, 0.9), (0.8, 0.9)])
def test_places_of_a_few_people_hear_as_their_twins_do(spread: float, slope: float) -> None:
    """One to nine people a place: what the twin would lose or add of a single one shows."""
    small = _areas({"areas": 40, "area_people": 4, "area_people_log_sd": 0.5, "education_by_decile": EDUCATION})
    chance = Chance(7, 3)
    service = {"hearing_zone_log_sd": spread, "hearing_deprivation_slope": slope}
    found = hearing_by_zone(service, small, np.uint32(chance.key(Stream.MEDIA, 1)))
    print(small.population.min(), small.population.max(), found.min(), found.max())
    assert small.population.max() < 20
    # NumPy adds forty places in another order than the twin: the last bits may differ.
    assert heard_of_in_zones(1, SimpleNamespace(**service), small, chance) == pytest.approx(found.tolist(), rel=1e-12)


def test_a_slope_does_nothing_where_deprivation_is_unknown() -> None:
    unknown = replace(PLACE, deprivation=None)
    found = hearing_by_zone({"hearing_zone_log_sd": 0.0, "hearing_deprivation_slope": 0.9}, unknown, KEY)
    assert found.tolist() == [1.0] * 400


@pytest.mark.slow
def test_fewer_report_where_less_is_heard_and_neighbours_still_tell() -> None:
    """Ten areas; the media tell the poorest a third as much, and with word of mouth more people report there."""

    def reporters(slope: float, word_of_mouth: float) -> np.ndarray:
        scale = {"days": 900, "areas": 10, "area_people": 2000, "education_by_decile": EDUCATION}
        draw = {
            "awareness_rate": 5e-5,
            "word_of_mouth": word_of_mouth,
            "hearing_deprivation_slope": slope,
            "far_neighbours": 4,
        }
        found = all_harnesses()["service"].simulate(Setting("urban-report", scale, draw, 5))
        assert isinstance(found, History)
        return np.bincount(areas_of(found).area, areas_of(found).reporters, 10)

    alike, less = reporters(0.0, 0.0), reporters(1.5, 0.0)
    told = reporters(1.5, 0.1)
    print(alike, less, told)
    assert less[:5].sum() < 0.8 * alike[:5].sum()
    assert less[5:].sum() > alike[5:].sum()
    assert told[:5].sum() > less[:5].sum()
