"""In which language a text is, where its letters show that it is not in that of the report.

Titles and notes stay as they were given. A screen reader that is told their language reads them right.
"""

import re

# Small letters only: acronyms such as CERT stand in texts of every language.
_CYRILLIC = re.compile("[а-яѐ-џґ]")
_LATIN = re.compile("[a-zß-öø-ÿ]")
# Letters that Russian has and Ukrainian has not.
_RUSSIAN = re.compile("[ёъыэ]", re.IGNORECASE)

_IN_CYRILLIC = ("uk", "ru")


def foreign(text: str, language: str) -> str | None:
    """Return the language of ``text`` if its letters are not those of ``language``, else None.

    In Latin letters it is taken for English, in Cyrillic ones for Ukrainian, unless a letter is Russian.
    Where both scripts stand, a word or a name in the other one decides nothing: the more letters do.

    >>> foreign("Joint statement", "uk"), foreign("Спільна заява", "en"), foreign("Заява", "uk")
    ('en', 'uk', None)
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic == latin:
        return None
    if latin > cyrillic:
        return "en" if language in _IN_CYRILLIC else None
    found = "ru" if _RUSSIAN.search(text) else "uk"
    return None if found == language else found
