"""Dates as readers write them. In data, names of files and YAML a date stays as in ISO 8601."""

from datetime import date

from assess.language import ENGLISH, SOURCE_LANGUAGE, Translator

_WHOLE = len("2026-11-23")


def long_day(iso: str, tr: Translator = ENGLISH) -> str:
    """Write a date the way the language does, for sentences and headings; one without a day stays as it is."""
    if len(iso) != _WHOLE:
        return iso
    found = date.fromisoformat(iso)
    if tr.language == SOURCE_LANGUAGE:  # day first: English without a country would be American
        return f"{found.day} {found:%B %Y}"
    from babel.dates import format_date  # imported late: English does without it

    return format_date(found, format="long", locale=tr.language)


def short_day(iso: str, tr: Translator = ENGLISH) -> str:
    """Write a date the way the language does, for tables; one without a day stays as it is."""
    if len(iso) != _WHOLE:
        return iso
    found = date.fromisoformat(iso)
    if tr.language == SOURCE_LANGUAGE:
        return f"{found.day} {found:%b %Y}"
    from babel.dates import format_skeleton

    return format_skeleton("yMd", found, locale=tr.language)
