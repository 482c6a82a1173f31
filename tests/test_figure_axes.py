"""Axes that can be read: amounts beside them do not touch, and nothing is magnified."""

from __future__ import annotations

import itertools

import pytest

from entraide.experiments.comparison import Difference
from entraide.experiments.verdicts import COST
from entraide.model.intervals import Interval
from entraide.viz.comparison_figures import draw_differences
from entraide.viz.drawing import new_figure
from entraide.viz.locales import LANGUAGES


@pytest.mark.parametrize("amount", [80_000.0, 8_000_000.0])
@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_beside_an_axis_do_not_touch_each_other(language: str, amount: float) -> None:
    dearer = Difference(
        measure=COST,
        baseline=2.0 * amount,
        candidate=3.0 * amount,
        difference=amount,
        band=Interval(0.98 * amount, 1.02 * amount, 0.95, "t over draws"),
        smallest_difference=0.04 * amount,
        verdict="worse",
        p_value=0.001,
        adjusted_p_value=0.001,
        family=1,
        pairs=4,
        without_value=0,
        table=None,
        spread=1.0,
        enough_pairs=None,
        beyond_reach=False,
    )
    # As wide as what the names of other measures leave to the axes in a figure of eight inches.
    figure, (axes,) = new_figure(5.6, 1.5)
    draw_differences(axes, [dearer], 1.0, language)
    figure.canvas.draw()
    labels = [label for label in axes.get_xticklabels() if label.get_text()]
    print([label.get_text() for label in labels])
    assert len(labels) >= 3
    boxes = [label.get_window_extent() for label in labels]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
