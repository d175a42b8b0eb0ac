"""Names of parties: countries from CLDR, organisations from a table, in every language."""

from functools import lru_cache

from assess.language import ENGLISH, N_, SOURCE_LANGUAGE, Translator

# Organisations that are partners in cyber dialogues; CLDR knows the EU and the UN in every language.
ORGANISATIONS = {
    "ASEAN": N_("Association of Southeast Asian Nations"),
    "COE": N_("Council of Europe"),
    "NATO": N_("North Atlantic Treaty Organization"),
    "OAS": N_("Organization of American States"),
    "OSCE": N_("Organization for Security and Co-operation in Europe"),
}
_NO_PARTIES = frozenset({"EZ", "QO", "XA", "XB", "ZZ"})  # codes of CLDR that name no country or organisation


def known_parties(tr: Translator) -> dict[str, str]:
    """Return code to name: the countries and the two organisations of CLDR, and the table above."""
    return _territories(tr.language) | {code: tr(name) for code, name in ORGANISATIONS.items()}


def localised(code: str, name: str, tr: Translator) -> str:
    """Return the usual name in the language of ``tr`` if ``name`` is the usual English one, else ``name``."""
    if tr.language == SOURCE_LANGUAGE or known_parties(ENGLISH).get(code) != name:
        return name
    return known_parties(tr)[code]


@lru_cache(maxsize=8)
def _territories(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError  # imported late: English reports do without

    try:
        territories = Locale.parse(language.replace("_", "-"), sep="-").territories
    except (UnknownLocaleError, ValueError):
        territories = Locale("en").territories
    names = {str(code): str(name) for code, name in territories.items()}
    return {code: names[code] for code in sorted(names)
            if len(code) == 2 and code.isalpha() and code not in _NO_PARTIES}
