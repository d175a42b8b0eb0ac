"""Why a value does not fit, in words for people who never heard of integers, strings and tuples."""

import errno
from collections.abc import Callable, Mapping
from typing import Any

from assess.language import N_, Phrase

_PATTERNS: dict[str, str] = {
    "^[A-Z][A-Z0-9-]{1,9}$": N_("a code has 2 to 10 capital letters, digits or dashes, and starts with a letter"),
    "^[A-Za-z0-9][A-Za-z0-9._-]*$": N_("an id has letters, digits, dots, dashes and underscores, but no spaces"),
}
DAY = N_("a day is written like 2026-11-23")
_NUMBER = N_("it should be a number, without quotes")
_WHOLE = N_("it should be a whole number, without quotes")
_TEXT = N_("it should be a text; if it looks like a number or a list, put it in quotes")
_MAPPING = N_("it should be lines or a bracket of the form «key: value»")
_LIST = N_("it should be a list, such as [one, two]")
_REASONS: dict[str, str] = {
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_from_float": _WHOLE, "int_parsing_size": _WHOLE,
    "float_type": _NUMBER, "float_parsing": _NUMBER, "finite_number": _NUMBER,
    "string_type": _TEXT,
    "bool_type": N_("it should be true or false"), "bool_parsing": N_("it should be true or false"),
    "tuple_type": _LIST, "list_type": _LIST,
    "dict_type": _MAPPING, "mapping_type": _MAPPING, "model_type": _MAPPING, "model_attributes_type": _MAPPING,
    "date_type": DAY, "date_parsing": DAY, "date_from_datetime_parsing": DAY, "date_from_datetime_inexact": DAY,
    "union_tag_not_found": N_("the key «kind» is missing"),
}
_SYSTEM = {
    errno.ENOENT: N_("No such file or directory"), errno.EACCES: N_("Permission denied"),
    errno.EISDIR: N_("Is a directory"), errno.ENOTDIR: N_("Not a directory"),
    errno.ENOSPC: N_("No space left on device"), errno.EROFS: N_("Read-only file system"),
}
_MISSING = N_("a value is missing")
_NO_SUCH_DAY = N_("there is no such day in the calendar")
_EMPTY = N_("it should not be empty")
WORDS = _REASONS | _PATTERNS | {"missing": _MISSING, "no_such_day": _NO_SUCH_DAY, "string_too_short": _EMPTY}
"""The reasons that are said without figures, by kind, for programs that check in another language."""


def reason(item: Any) -> Phrase:
    """Return why the value of one validation error of pydantic (``item``) was refused."""
    kind, context = item["type"], item.get("ctx", {})
    if kind == "missing" or (item["input"] is None and kind.endswith("_type")):
        return Phrase(_MISSING)
    if kind.startswith("date_") and "range" in str(context.get("error")):
        return Phrase(_NO_SUCH_DAY)
    if kind in _REASONS:
        return Phrase(_REASONS[kind])
    if kind in _WITH_LIMIT:
        return _WITH_LIMIT[kind](context)
    said = str(item["msg"]).removeprefix("Value error, ").replace("Input should", "it should")
    return Phrase("{said}", said=said)


def _pattern(context: Mapping[str, Any]) -> Phrase:
    return Phrase(_PATTERNS.get(str(context["pattern"]), N_("it has signs that may not stand here")))


def _expected(context: Mapping[str, Any]) -> Phrase:
    """Say which words may stand here; pydantic lists them as «'A', 'B' or 'C'»."""
    *others, last = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    if not others:
        return Phrase(N_("it should be {names}"), names=last)
    return Phrase(N_("it should be {names} or {last}"), names=", ".join(others), last=last)


def _expected_tags(context: Mapping[str, Any]) -> Phrase:
    return Phrase(N_("it should be {names}"), names=str(context["expected_tags"]).replace("'", ""))


def _at_least(context: Mapping[str, Any]) -> Phrase:
    if context["min_length"] == 1:
        return Phrase(N_("it should have at least 1 entry"))
    return Phrase(N_("it should have at least {count} entries"), count=context["min_length"])


def _at_most(context: Mapping[str, Any]) -> Phrase:
    if context["max_length"] == 1:
        return Phrase(N_("it should have at most 1 entry"))
    return Phrase(N_("it should have at most {count} entries"), count=context["max_length"])


def _limit(template: str, name: str) -> Callable[[Mapping[str, Any]], Phrase]:
    return lambda context: Phrase(template, count=f"{context[name]:g}")


_WITH_LIMIT: Mapping[str, Callable[[Mapping[str, Any]], Phrase]] = {
    "string_pattern_mismatch": _pattern,
    "literal_error": _expected,
    "union_tag_invalid": _expected_tags,
    "string_too_short": lambda context: Phrase(_EMPTY),
    "string_too_long": _limit(N_("it has more than {count} characters"), "max_length"),
    "too_short": _at_least,
    "too_long": _at_most,
    "greater_than": _limit(N_("it should be more than {count}"), "gt"),
    "greater_than_equal": _limit(N_("it should be at least {count}"), "ge"),
    "less_than": _limit(N_("it should be less than {count}"), "lt"),
    "less_than_equal": _limit(N_("it should be at most {count}"), "le"),
}


def picture(value: Any) -> str:
    """Return a short picture of a value as it was written, for a message."""
    if isinstance(value, dict):
        return Phrase(N_("a mapping"))
    if isinstance(value, list | tuple):
        return Phrase(N_("a list"))
    if value is None:
        return Phrase("«{word}»", word=Phrase(N_("nothing")))
    text = "true" if value is True else "false" if value is False else str(value)
    return f"«{text[:60]}»"


def system_reason(error: OSError) -> str:
    """Return why the system refused something; what happens often can be said in every language."""
    known = _SYSTEM.get(error.errno or 0)
    return Phrase(known) if known else error.strerror or str(error)
