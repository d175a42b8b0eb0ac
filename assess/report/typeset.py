"""What a typesetter does to text by hand: spaces that must not end a line."""

import re

_NBSP = "\u00a0"
# A number stays with what it counts, but a year only with its own word; a word of one letter with the word after it.
_AFTER_NUMBER = re.compile(r"(?<=\d)(?<!\b19\d\d)(?<!\b20\d\d) (?=[%\w])|(?<=\d\d\d\d) (?=рр?\.|рок|році)")
_AFTER_LETTER = re.compile(r"(?<![\w'’\u00a0-])([АаУуВвІіЗзОоЯяЄєЙйaA]) (?=[\w«])")
_BEFORE_NUMBER = re.compile(r"\b([Rr]ule|[Ll]evel|[Пп]равило|[Рр]івня) (?=\d)")
# No line of running text begins with a dash. Titles and ranges seldom break, and are searched for as they are.
_BEFORE_DASH = re.compile(r"(?<=\S) (?=[–—] )")
_RUNNING = 60  # characters


def typeset(value: object) -> object:
    """Return a text with no-break spaces where a line must not end; other values as they are.

    >>> typeset("13 % of it by rule 2.3, in 2024 as before") == "13\\u00a0% of it by rule\\u00a02.3, in 2024 as before"
    True
    """
    if type(value) is not str:
        return value
    kept = _BEFORE_NUMBER.sub(rf"\1{_NBSP}", _AFTER_NUMBER.sub(_NBSP, value))
    kept = _BEFORE_DASH.sub(_NBSP, kept) if len(kept) > _RUNNING else kept
    return _AFTER_LETTER.sub(rf"\1{_NBSP}", kept)
