"""What the YAML parser complains of, in words for people who never heard of tokens and nodes."""

import yaml

from assess.language import N_, Phrase

_HERE = {
    "mapping values are not allowed in this context":
        N_("a second colon stands in the line, or the line is indented too far"),
    "did not find expected key": N_("this does not fit the lines above it: look at the indentation and the quotes"),
    "did not find expected ',' or ']'": N_("before this a comma or ] is missing; the list opens on line {opened}"),
    "did not find expected ',' or '}'": N_("before this a comma or }} is missing; the bracket opens on line {opened}"),
    "did not find expected '-' indicator": N_("a list stands above, but this line does not start with a dash"),
    "did not find expected node content": N_("a value is missing, or a bracket or comma is too many"),
    "did not find expected comment or line break": N_("nothing may follow the sign | or > on its line"),
    "did not find expected alphabetic or numeric character": N_("a text without quotes starts with * or &"),
    "block sequence entries are not allowed in this context": N_("a list with dashes starts on a line of its own"),
    "control characters are not allowed": N_("an invisible control character stands here"),
    "found character that cannot start any token": N_("a text without quotes cannot start with this character"),
    "found unknown escape character": N_("a backslash in double quotes is written twice"),
    "found invalid Unicode character escape code":
        N_("an escape stands for half a character; write the character itself"),
    "found incompatible YAML document": N_("a line that starts with % speaks to other programs; leave it out"),
    "found unknown directive name": N_("a line that starts with % speaks to other programs; leave it out"),
}
# Complaints that come late: the place to look at is where the thing began.
_WHERE_IT_BEGAN = {
    "found unexpected end of stream": N_("the quote that opens here is never closed"),
    "could not find expected ':'": N_("this line has no colon"),
}

COMPLAINTS = _HERE | _WHERE_IT_BEGAN
"""What the parser complains of, and how it is told to people."""


def complaint(error: Exception, text: str) -> tuple[Phrase, tuple[int, int] | None]:
    """Return what is wrong in plain words, and line and column counted from 1 if they are known.

    What is not in the tables is told in the parser's own words.
    """
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or N_("unreadable")
    here, began = _at(getattr(error, "problem_mark", None)), _at(getattr(error, "context_mark", None))
    if said in _WHERE_IT_BEGAN and began:
        return Phrase(_WHERE_IT_BEGAN[said]), began
    place = here or (_control_character(text) if isinstance(error, yaml.reader.ReaderError) else None)
    known = _HERE.get(said, said.replace("{", "{{").replace("}", "}}"))
    return Phrase(known, opened=began[0] if began else "?"), place


def _at(mark: yaml.Mark | None) -> tuple[int, int] | None:
    return None if mark is None else (mark.line + 1, mark.column + 1)


def _control_character(text: str) -> tuple[int, int] | None:
    """Find the first character that YAML does not allow."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if not found:
        return None
    before = text[: found.start()]
    return before.count("\n") + 1, found.start() - before.rfind("\n")
