"""Ukrainian words parted where the orthography parts them: after a prefix, and never before a lone vowel.

The patterns that pyphen brings for Ukrainian know no prefixes and part «підт-римки» and «кібе-рдипломатії».
WeasyPrint asks pyphen's own dictionary, so that dictionary is replaced by one that mends its answers.
"""

import re

_CONSONANT = "[бвгґджзйклмнпрстфхцчшщ]"
_VOWEL = re.compile("[аеєиіїоуюя]")
# A prefix or first part of a compound before a consonant; one that ends in a vowel matters before two of them.
_PREFIX = re.compile(f"(?:(?:під|від|роз|над|без|перед|спів|між|кібер|супер|інтер)|"
                     f"(?:пере|про|при)(?={_CONSONANT}{{2}}))(?={_CONSONANT})")
_SOFT = re.compile(f"{_CONSONANT}ь{_CONSONANT}")  # no line begins with a soft consonant before another one
_TORN = re.compile(f"(?<={_VOWEL.pattern}{_CONSONANT}){_VOWEL.pattern}")  # nor with a vowel torn off its consonant


def mend_ukrainian() -> None:
    """Let pyphen part Ukrainian words by their prefixes from now on; a second call changes nothing."""
    import pyphen

    class _Mended(pyphen.HyphDict):  # type: ignore[misc] # pyphen has no types
        def positions(self, word: str) -> list[int]:
            kept = mended(word.lower(), super().positions(word))
            return [point if hasattr(point, "data") else pyphen.DataInt(point) for point in kept]

    path = pyphen.LANGUAGES[pyphen.language_fallback("uk")]
    if type(pyphen.hdcache.get(path)).__name__ != _Mended.__name__:
        pyphen.hdcache[path] = _Mended(path)


def mended(word: str, points: list[int]) -> list[int]:
    """Return where a word in small letters may be parted, given the points that patterns found.

    >>> mended("підтримки", [4, 7])
    [3, 7]
    >>> mended("настільки", [2, 5, 7])
    [2, 7]
    >>> mended("відповідальність", [3, 5, 8, 9, 12])
    [3, 5, 7, 12]
    """
    points = [point - 1 if _TORN.match(word, point) else point for point in points if not _SOFT.match(word, point)]
    prefix = _PREFIX.match(word)
    vowel = _VOWEL.search(word, prefix.end()) if prefix else None
    if prefix is None or vowel is None:
        return points
    end = prefix.end()
    before = [point for point in points if point < end and not _last_consonant(word, point, end)]
    return [*before, end, *(point for point in points if point > vowel.start())]


def _last_consonant(word: str, point: int, end: int) -> bool:
    """Whether parting here would tear the last consonant off its prefix."""
    return point == end - 1 and _VOWEL.match(word, point) is None
