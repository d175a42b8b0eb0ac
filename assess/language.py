"""Languages: the text of the program in English, and catalogues that translate it.

Texts are marked where they stand (``N_`` for tables, ``_`` in functions) and looked up when
they are shown, so nothing below the report knows a language. A missing translation shows the
English text; ``assess rubric check`` finds it.
"""

import gettext as _gettext
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from assess.resources import data_folder

SOURCE_LANGUAGE = "en"


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text for translation without translating it yet."""
    return text


class Phrase(str):
    """A part of a message in English that knows its template, so that it can still be said in another language.

    ``template`` is marked with ``N_``; ``fields`` fill it and may be phrases themselves.
    """

    template: str
    fields: Mapping[str, object]

    def __new__(cls, template: str, **fields: object) -> "Phrase":
        """Fill the template in English."""
        phrase = super().__new__(cls, template.format(**fields))
        phrase.template, phrase.fields = template, fields
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, object]]:
        """Travel between processes whole."""
        return (self.template,), self.fields

    def said(self, tr: "Translator") -> str:
        """Return the phrase in the language of ``tr``."""
        return tr.own(self.template).format(**{name: spoken(value, tr) for name, value in self.fields.items()})


def spoken(value: object, tr: "Translator") -> str:
    """Return a value of a message as it is said in the language of ``tr``; what a user wrote stays as it is."""
    return value.said(tr) if isinstance(value, Phrase) else str(value)


class Translator:
    """Translates texts into one language.

    ``domain`` is ``assess`` for the program's own texts; a rubric brings its own catalogue.
    """

    def __init__(self, language: str, catalogues: tuple[_gettext.NullTranslations, ...]) -> None:
        """Look texts up in ``catalogues`` in turn; the first that has the text wins, the last is the program's."""
        self.language = language
        self._catalogues = catalogues

    def __call__(self, text: str) -> str:
        """Return ``text`` in this language, or ``text`` itself where no translation stands."""
        if not text:
            return text
        for catalogue in self._catalogues:
            found = catalogue.gettext(text)
            if found != text:
                return found
        return text

    def own(self, text: str) -> str:
        """Return a word of the program's own that a rubric may use in another sense, such as «open»."""
        return self._catalogues[-1].gettext(text) if text else text

    def plural(self, singular: str, plural: str, count: int) -> str:
        """Return the form of the text that goes with ``count``, with ``count`` filled in."""
        for catalogue in self._catalogues:
            found = catalogue.ngettext(singular, plural, count)
            if found not in (singular, plural):
                return found.format(count=count)
        return (singular if count == 1 else plural).format(count=count)

    @cached_property
    def decimal_mark(self) -> str:
        """The mark between whole and tenths in this language, from CLDR."""
        if self.language == SOURCE_LANGUAGE:
            return "."
        from babel import Locale  # imported late: English does without it

        symbols = Locale.parse(self.language).number_symbols
        return str(symbols.get("latn", symbols).get("decimal", "."))

    def with_catalogue(self, folder: Path, domain: str) -> "Translator":
        """Return a translator that asks the catalogue ``domain`` under ``folder`` before its own."""
        return Translator(self.language, (_catalogue(folder, domain, self.language), *self._catalogues))


ENGLISH = Translator(SOURCE_LANGUAGE, (_gettext.NullTranslations(),))


@lru_cache(maxsize=32)
def _catalogue(folder: Path, domain: str, language: str) -> _gettext.NullTranslations:
    return _gettext.translation(domain, folder, languages=[language], fallback=True)


def translator(language: str) -> Translator:
    """Return the translator of the program's own texts into ``language`` (a code such as ``uk``)."""
    if language == SOURCE_LANGUAGE:
        return ENGLISH
    return Translator(language, (_catalogue(data_folder("locales"), "assess", language),))


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, English first."""
    found = sorted(path.parent.parent.name for path in data_folder("locales").glob("*/LC_MESSAGES/assess.mo"))
    return (SOURCE_LANGUAGE, *found)
