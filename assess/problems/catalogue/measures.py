"""M: measures and roadmaps."""

from assess.language import N_
from assess.problems.catalogue.rule import error

RULES = (
    error("M601", N_("the rubric has no stage {stage}"),
          N_("A target is a stage of the rubric: its id, or its title in English or in the language of --language."),
          N_("Choose one of: {stages}")),
    error("M602", N_("{stage} is out of reach: {what} comes to {reachable} of {wanted} points with every step taken"),
          N_("Steps exist only for indicators that are known; what is not known is found out, not climbed."),
          N_("Answer the open questions first, or choose a lower stage.")),
    error("M603", N_("{stage} cannot be reached with {budget} person-months"),
          N_("The steps to a stage cost what the rubric states; the least effort in all is {least} person-months."),
          N_("Raise --budget, allow more --years, or choose a lower stage.")),
    error("M604", N_("the solver found no proven plan: {reason}"),
          N_("Only a plan that is proven to be the best is shown."),
          N_("Try a smaller budget, a lower stage, or fewer years.")),
    error("M605", N_("nothing is known about this relationship yet"),
          N_("A roadmap starts at the levels that are known."),
          N_("Answer the questionnaire first.")),
    error("M606", N_("{stage} is out of reach: {gate} asks level {level} of {indicator}, and no step leads there"),
          N_("Steps exist only for indicators that are known; what is not known is found out, not climbed."),
          N_("Find out how {indicator} stands and what its steps need, or choose a lower stage.")),
    error("M607", N_("{stage} is out of reach: {gate} asks that at most {most} % is unknown, and {now} % is"),
          N_("No step makes known what is not known."),
          N_("Answer the open questions first, or choose a lower stage.")),
)
