"""What a typesetter does to text by hand: spaces that must not end a line."""

import re

_NBSP = "\u00a0"
# A number stays with what it counts, a word of one letter with the word after it (Ukrainian and English).
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[%\w])")
_AFTER_LETTER = re.compile(r"(?<![\w'’\u00a0-])([АаУуВвІіЗзОоЯяЄєЙйaA]) (?=[\w«])")


def typeset(value: object) -> object:
    """Return a text with no-break spaces after numbers and one-letter words; other values as they are.

    >>> typeset("13 % of 64") == "13\\u00a0% of 64"
    True
    """
    if type(value) is not str:
        return value
    return _AFTER_LETTER.sub(rf"\1{_NBSP}", _AFTER_NUMBER.sub(_NBSP, value))
