"""Settings of each production kind in which its branches are taken: what a twin is compared over."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["VARIANTS"]

VARIANTS: dict[str, st.SearchStrategy[dict[str, object]]] = {
    "queue": st.fixed_dictionaries(
        {
            "answers_per_task": st.integers(1, 6),
            "pooled": st.booleans(),
            "aggregation": st.sampled_from(("majority", "weighted")),
            "gold_share": st.sampled_from((0.0, 0.1, 0.5)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "report-and-repair": st.fixed_dictionaries(
        {
            "duplicate_detection": st.sampled_from((0.0, 0.4, 1.0)),
            "repair_capacity": st.sampled_from((0.0, 5.5, 40.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "stock": st.fixed_dictionaries(
        {
            "topics_per_zone": st.integers(0, 30),
            "topics_per_inhabitants": st.sampled_from((0.0, 0.7)),
            "coverage_at_start": st.sampled_from((0.0, 0.6, 1.0)),
            "pooled": st.booleans(),
            "home_share": st.sampled_from((0.0, 0.4, 1.0)),
            "review_share": st.sampled_from((0.0, 0.3, 1.0)),
            "review_focus": st.sampled_from((0.0, 5.0)),
            "patrol_reach": st.sampled_from((0.0, 2.0)),
            "vandalism_rate": st.sampled_from((0.0, 0.1)),
            "ageing_half_life": st.sampled_from((5.0, 1e6)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "patient-community": st.fixed_dictionaries(
        {
            "answer_hours": st.sampled_from((1, 12, 24, 40, 96)),
            "pooled": st.booleans(),
            "reread_share": st.sampled_from((0.0, 0.5, 1.0)),
            "reread_days": st.integers(1, 5),
            "need_prompted": st.booleans(),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "alert": st.fixed_dictionaries(
        {
            "alert_radius_km": st.sampled_from((0.4, 1.2, 5.0)),
            "activation_share": st.sampled_from((0.3, 1.0)),
            "trained_share": st.sampled_from((0.5, 1.0)),
            "useful_arrivals": st.integers(1, 3),
            "ambulance_reference": st.sampled_from((20.0, 60.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "coverage": st.fixed_dictionaries(
        {
            "units_to_know": st.sampled_from((0.1, 0.5, 2.0)),
            "initial_coverage": st.sampled_from((0.0, 0.35, 1.0)),
            "initial_map_error": st.sampled_from((0.0, 0.2, 1.0)),
            "routing": st.sampled_from((0.0, 0.5, 1.0)),
            "second_look": st.sampled_from((0.0, 0.5, 1.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "match": st.fixed_dictionaries(
        {
            "compatibility": st.sampled_from((0.0, 0.05, 0.3, 1.0)),
            "neighbour_compatibility": st.sampled_from((0.0, 0.5, 1.0)),
            "matching_visibility": st.sampled_from((0.0, 0.5, 1.0)),
            "matching_reach": st.integers(0, 3),
            "asking_least": st.sampled_from((0.0, 0.3, 1.0)),
            "asking_half_life": st.sampled_from((1.0, 14.0)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "threshold": st.fixed_dictionaries(
        {
            "goal_mean": st.sampled_from((60.0, 400.0, 4_700.0)),
            "goal_log_sd": st.sampled_from((0.0, 0.8, 2.0)),
            "progress_pull": st.sampled_from((0.0, 3.0)),
            "seed_share": st.sampled_from((0.0, 0.3, 0.9)),
            "undelivered_share": st.sampled_from((0.0, 0.3)),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
    "parallel-initiative": st.fixed_dictionaries(
        {"integration": st.sampled_from((0.0, 0.4, 1.0)), "relief": st.sampled_from((0.0, 0.3, 1.0))}
    ),
    "flow": st.fixed_dictionaries(
        {
            "roofs_at_start": st.sampled_from((0.0, 0.3)),
            "public_roofs": st.sampled_from((0.0, 0.05)),
            "surplus_shared": st.sampled_from((0.0, 0.7)),
            "cloud_swing": st.sampled_from((0.0, 0.9)),
            "cloud_days": st.integers(1, 4),
        }
    ),
    "burst": st.fixed_dictionaries(
        {
            "project_hours": st.sampled_from((0.0, 0.9)),
            "project_day": st.integers(0, 6),
            "damaged_share": st.sampled_from((0.0, 0.6, 1.0)),
            "skilled_work": st.sampled_from((0.0, 0.3, 1.0)),
            "skilled_people": st.sampled_from((0.1, 0.9)),
            "pooled": st.booleans(),
            "backstop_error": st.sampled_from((0.0, 0.3)),
        }
    ),
}
