"""What text from a questionnaire must lose before a program of an office reads it."""

import re

# XML 1.0 allows tab, line feed and carriage return of the control characters; a lone half of a pair is no character.
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold (rule: they are left out)."""
    return _INVALID.sub("", text)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would read ``text`` as a formula, also after blanks."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA[:4])
