"""F: the offline form."""

from assess.language import N_
from assess.problems.catalogue.rule import error, warning

RULES = (
    error("F701", N_("the id {key} is taken by another source"),
          N_("Each source has an id of its own, by which answers cite it."),
          N_("Choose another id, or cite the source that is there already.")),
    warning("F702", N_("a part of the file cannot be read: lines {lines}"),
            N_("What can be read is taken over; the rest is kept, and saved as remarks at the end of the file."),
            N_("Look at the text that is shown, give the answers in it again, then delete it.")),
    warning("F703", N_("this file is about {found}; the form was about {wanted}"),
            N_("A form takes the relationship from the file that is opened in it."),
            N_("Go on if this is meant, or open the other file.")),
    warning("F704", N_("the browser keeps no copy: {reason}"),
            N_("A copy in the browser takes a browser that may store data, and space for it."),
            N_("Save the file to the disk from time to time; nothing else is needed.")),
    warning("F705", N_("the answers were given for {named}; the questions here are those of {loaded}"),
            N_("Ids keep their meaning from one version to the next, wording and levels may not. What this version "
               "does not ask is kept in the file as it is."),
            N_("Take the answers over: each is marked for review until somebody has read it again. «assess migrate» "
               "marks only those whose question changed.")),
    error("F706", N_("{name} is not a questionnaire: it looks like {kind}"),
          N_("The form opens questionnaires in YAML, which are plain text."),
          N_("Choose the file that ends in .yaml. Answers in a workbook become one with «assess import».")),
)
