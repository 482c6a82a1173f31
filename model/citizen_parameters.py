"""Every parameter of scope "citizens", in one tuple."""

from __future__ import annotations

from .citizen_common_parameters import CITIZEN_COMMON_PARAMETERS
from .citizen_effort_parameters import CITIZEN_EFFORT_PARAMETERS
from .citizen_feedback_parameters import CITIZEN_FEEDBACK_PARAMETERS
from .citizen_motive_parameters import CITIZEN_MOTIVE_PARAMETERS
from .citizen_reward_parameters import CITIZEN_REWARD_PARAMETERS
from .citizen_social_parameters import CITIZEN_SOCIAL_PARAMETERS
from .parameters import Parameter

__all__ = ["CITIZEN_PARAMETERS"]

CITIZEN_PARAMETERS: tuple[Parameter, ...] = (
    *CITIZEN_MOTIVE_PARAMETERS,
    *CITIZEN_EFFORT_PARAMETERS,
    *CITIZEN_REWARD_PARAMETERS,
    *CITIZEN_FEEDBACK_PARAMETERS,
    *CITIZEN_SOCIAL_PARAMETERS,
    *CITIZEN_COMMON_PARAMETERS,
)
