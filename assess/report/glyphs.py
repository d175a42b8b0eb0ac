"""Which characters of a report the bundled fonts lack."""

import unicodedata
from functools import lru_cache
from html import unescape
from re import sub

from assess.problems.model import Place, Problem
from assess.report.templates import templates_folder

_AROUND = 20


def missing_characters(html: str, file: str) -> list[Problem]:
    """Return one warning (P401) for each character of the page that no bundled font has, once each.

    ``file`` is the path of the report, to say where.
    """
    text = unescape(sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=16))  # 16 is re.DOTALL
    lacking = sorted({c for c in text if ord(c) not in _covered() and not c.isspace()})
    return [_problem(character, text, file) for character in lacking]


def _problem(character: str, text: str, file: str) -> Problem:
    at = text.index(character)
    where = " ".join(text[max(0, at - _AROUND) : at + _AROUND].split())
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return Problem("P401", Place(file), {"character": character, "name": name, "where": where})


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    fonts = [TTFont(path, lazy=True) for path in sorted((templates_folder() / "fonts").glob("*.ttf"))]
    return frozenset.intersection(*(frozenset(font.getBestCmap()) for font in fonts))
