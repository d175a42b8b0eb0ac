"""Which steps to take: for a budget, to reach a stage, over years.

The mathematics (`model`, `solve`) takes plain actions and demands and needs no questionnaire; `plan`
reads them from a rubric and a result.

>>> from assess.roadmap import Action, most_gain
>>> most_gain([Action("talk", gain=2, effort=1), Action("sign", gain=5, effort=4, needs=("talk",))], budget=5).ids
('talk', 'sign')
"""

from assess._programs import SolverStoppedError
from assess.roadmap.chance import chance_of_stage
from assess.roadmap.model import (
    Action,
    Demand,
    NoPlanError,
    Obstacle,
    Schedule,
    Selection,
)
from assess.roadmap.outlook import Outlook, PlanWish, outlook
from assess.roadmap.plan import Drawn, next_stage, plan
from assess.roadmap.solve import least_effort, most_gain, obstacles, phased, quick_wins, staying, sweep
from assess.roadmap.written import Roadmap

__all__ = [
    "Action",
    "Demand",
    "Drawn",
    "NoPlanError",
    "Obstacle",
    "Outlook",
    "PlanWish",
    "Roadmap",
    "Schedule",
    "Selection",
    "SolverStoppedError",
    "chance_of_stage",
    "least_effort",
    "most_gain",
    "next_stage",
    "obstacles",
    "outlook",
    "phased",
    "plan",
    "quick_wins",
    "staying",
    "sweep",
]
