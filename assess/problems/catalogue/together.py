"""T: questionnaires that different people filled in, brought together."""

from assess.language import N_
from assess.problems.catalogue.rule import error, warning

RULES = (
    error("T760", N_("{key} cannot be changed without changing something else"),
          N_("A change touches one answer; whatever shares its text by & and *, or stands on its line, stays."),
          N_("Write this place out in full in an editor, then try again. The file was left as it is.")),
    error("T761", N_("{left} is for {ours}, {right} for {theirs}"),
          N_("Files that are merged are for the same rubric, parties and assessment date."),
          N_("Look whether these are the files that you mean. An older version of the rubric: «assess migrate».")),
    error("T762", N_("{key}: here it says «{ours}», at {other} «{theirs}»"),
          N_("Where two files answer differently, a person decides; nothing is overwritten silently."),
          N_("--prefer {key}=a keeps the first, --prefer {key}=b the second; --prefer a or b settles all.")),
    warning("T763", N_("{key} is another source than in {left}; in the result it is called {new}"),
            N_("An id means one source."),
            N_("Look whether the two are the same after all; then cite one of them, and delete the other.")),
    warning("T764", N_("not in the result: {count} of this file"),
            N_("Remarks of the second file come along only with answers and sources that are taken from it."),
            N_("Look at the remarks from this line on, and copy by hand what is worth keeping.")),
    error("T765", N_("somebody else changed this file while it was filled in"),
          N_("What somebody else wrote is never overwritten."),
          N_("Take the file over as it is now, or save your answers beside it and use «assess merge».")),
    error("T766", N_("this is no terminal that can show questions"),
          N_("«assess fill» needs a keyboard and a screen with text."),
          N_("Type the command into a terminal yourself, or fill the file in with «assess form» or an editor.")),
)
