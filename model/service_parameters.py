"""Every parameter of scope "service", in one tuple."""

from __future__ import annotations

from .parameters import Parameter
from .production.alert_parameters import ALERT_PARAMETERS
from .production.burst_parameters import BURST_PARAMETERS
from .production.coverage_parameters import COVERAGE_PARAMETERS
from .production.flow_parameters import FLOW_PARAMETERS
from .production.match_parameters import MATCH_PARAMETERS
from .production.parallel_initiative_parameters import PARALLEL_INITIATIVE_PARAMETERS
from .production.patient_community_parameters import PATIENT_COMMUNITY_PARAMETERS
from .production.stock_parameters import STOCK_PARAMETERS
from .production.threshold_parameters import THRESHOLD_PARAMETERS
from .service_delivery_parameters import SERVICE_DELIVERY_PARAMETERS
from .service_design_cost_parameters import SERVICE_DESIGN_COST_PARAMETERS
from .service_engagement_parameters import SERVICE_ENGAGEMENT_PARAMETERS
from .service_lever_parameters import SERVICE_LEVER_PARAMETERS
from .service_norm_parameters import SERVICE_NORM_PARAMETERS
from .service_participation_parameters import SERVICE_PARTICIPATION_PARAMETERS
from .service_people_parameters import SERVICE_PEOPLE_PARAMETERS
from .service_prevention_parameters import SERVICE_PREVENTION_PARAMETERS
from .service_quality_parameters import SERVICE_QUALITY_PARAMETERS

__all__ = ["SERVICE_PARAMETERS"]

SERVICE_PARAMETERS: tuple[Parameter, ...] = (
    *SERVICE_NORM_PARAMETERS,
    *SERVICE_PARTICIPATION_PARAMETERS,
    *SERVICE_PEOPLE_PARAMETERS,
    *SERVICE_LEVER_PARAMETERS,
    *SERVICE_QUALITY_PARAMETERS,
    *SERVICE_DELIVERY_PARAMETERS,
    *SERVICE_PREVENTION_PARAMETERS,
    *SERVICE_ENGAGEMENT_PARAMETERS,
    *SERVICE_DESIGN_COST_PARAMETERS,
    *STOCK_PARAMETERS,
    *PATIENT_COMMUNITY_PARAMETERS,
    *ALERT_PARAMETERS,
    *COVERAGE_PARAMETERS,
    *MATCH_PARAMETERS,
    *THRESHOLD_PARAMETERS,
    *PARALLEL_INITIATIVE_PARAMETERS,
    *FLOW_PARAMETERS,
    *BURST_PARAMETERS,
)
