from .action import Action
from .action_plan_page import ActionPlanPage
from .commitment_page import CommitmentPage
from .steering_group_page import SteeringGroupPage, SteeringMember
from .theme_page import ThemePage

__all__ = ["Action", "ActionPlanPage", "CommitmentPage", "SteeringGroupPage", "SteeringMember", "ThemePage"]
