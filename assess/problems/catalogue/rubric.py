"""R30: why a rubric cannot be loaded."""

from assess.language import N_
from assess.problems.catalogue.rule import error

RULES = (
    error("R301", N_("the key {key} is missing"),
          N_("This key may not be left out."),
          N_("Add it; docs/rubric.md lists the keys with their meaning.")),
    error("R302", N_("the key {key} is not known here"),
          N_("Only the keys of the format may stand here."),
          N_("Correct the spelling, or delete the line.")),
    error("R303", N_("{value} does not fit here: {reason}"),
          N_("The value must be of the kind that this key takes."),
          N_("Write the value in the form that the message names.")),
    error("R304", N_("the anchors of {key} are {found}; the rubric's levels are {wanted}"),
          N_("Each level of the rubric has one anchor in every indicator."),
          N_("Write one anchor for each level, no more and no less.")),
    error("R305", N_("{key} names {missing}, which is not in the rubric"),
          N_("References go to ids that exist."),
          N_("Correct the id, or add what it should name.")),
    error("R306", N_("there is no rubric {name}"),
          N_("A rubric is named by its id, or by the path of its folder."),
          N_("Correct the id, or give the path of the folder.")),
    error("R307", N_("the id {key} was already used in {first}"),
          N_("Ids are unique in a rubric."),
          N_("Rename one of the two.")),
    error("R308", N_("{what} must rise: {found}"),
          N_("Levels, statuses and pair levels count from 0 without gaps; level scores and stage thresholds rise, "
             "thresholds from 0; caps never fall from weaker to stronger evidence."),
          N_("Put them in order.")),
    error("R310", N_("the rubric has no {key}"),
          N_("Everything in a rubric is asked for by its id."),
          N_("Correct the id; «assess rubric list» prints them.")),
)
