"""Measures of the three risks, pure functions on the arrays of one replicate, and their summary over replicates."""

from __future__ import annotations

from .calendar import DAYS_PER_YEAR, year_slices
from .chance import ChanceOnly, chance_only
from .continuity import (
    ContinuityYear,
    Episode,
    Recovery,
    after_event,
    continuity_years,
    dependence_on_backstop,
    episodes,
    windowed_share,
)
from .inequality import (
    Theil,
    bus_factor,
    bus_factor_from_lorenz,
    concentration_index,
    effective_contributors,
    effective_contributors_from_lorenz,
    gini,
    gini_from_lorenz,
    lorenz_curve,
    participation_ratio,
    theil,
)
from .pooling import LEAST_DUE, Areas, pool_zones
from .quality import AreaMonths, QualityYear, area_months, hardest_tenth_error, quality_years
from .summary import RISKS, RiskEvent, summarise_event, summarise_mean
from .tails import tail_mean
from .thresholds import Threshold, break_even_from_table, break_even_participation, smallest_breaking_share
from .universality import (
    UniversalityYear,
    UnmetByGroup,
    universality_year,
    unmet_need_by_group,
    unmet_need_by_zone,
)

__all__ = [
    "DAYS_PER_YEAR",
    "LEAST_DUE",
    "RISKS",
    "AreaMonths",
    "Areas",
    "ChanceOnly",
    "ContinuityYear",
    "Episode",
    "QualityYear",
    "Recovery",
    "RiskEvent",
    "Theil",
    "Threshold",
    "UniversalityYear",
    "UnmetByGroup",
    "after_event",
    "area_months",
    "break_even_from_table",
    "break_even_participation",
    "bus_factor",
    "bus_factor_from_lorenz",
    "chance_only",
    "concentration_index",
    "continuity_years",
    "dependence_on_backstop",
    "effective_contributors",
    "effective_contributors_from_lorenz",
    "episodes",
    "gini",
    "gini_from_lorenz",
    "hardest_tenth_error",
    "lorenz_curve",
    "participation_ratio",
    "pool_zones",
    "quality_years",
    "smallest_breaking_share",
    "summarise_event",
    "summarise_mean",
    "tail_mean",
    "theil",
    "universality_year",
    "unmet_need_by_group",
    "unmet_need_by_zone",
    "windowed_share",
    "year_slices",
]
