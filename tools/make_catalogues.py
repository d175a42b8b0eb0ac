"""Bring the catalogues of translations up to date with the code, the templates and the rubric, and compile them.

``python tools/make_catalogues.py`` keeps every translation whose text still exists, adds new texts
without a translation, and drops those that are gone. ``--check`` writes nothing and ends with 1 if
something is not up to date.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from assess.rubric.load import installed_rubrics, load_rubric
from assess.rubric.texts import texts

ROOT = Path(__file__).parents[1]
LANGUAGES = ("uk",)
_KEYWORDS = {"_": None, "tr": None, "own": None, "N_": None, "plural": (1, 2), "ngettext": (1, 2)}
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = "# Translations of {what}. Texts are found by their English wording.\n"


def program_texts() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every text of the code and the templates, with the file it stands in."""
    jinja = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    folders = (("assess", [("**.py", "python")], {}),
               ("report_templates", [("form/*.js", "javascript"), ("**.html", "jinja2")], {"**.html": jinja}))
    for folder, methods, options in folders:
        found = extract_from_dir(str(ROOT / folder), methods, options, keywords=_KEYWORDS)
        for name, _, message, _, _ in sorted(found, key=lambda row: (row[0], row[1])):
            yield message, f"{folder}/{name}"


def catalogues() -> Iterator[tuple[Path, str, list[tuple[str | tuple[str, ...], str]]]]:
    """Each catalogue's file without ending, what it is of, and its texts."""
    for language in LANGUAGES:
        place = f"locales/{language}/LC_MESSAGES"
        yield ROOT / place / "assess", "the program", list(program_texts())
        for name in installed_rubrics():
            found = [(text, path) for text, path in texts(load_rubric(name)).items()]
            yield ROOT / "rubrics" / name / place / "rubric", f"the rubric {name}", found


def renewed(file: Path, language: str, what: str, found: Iterable[tuple[str | tuple[str, ...], str]]) -> Catalog:
    """Return the catalogue with exactly the texts ``found`` and the translations that exist."""
    old = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as stream:
            old = read_po(stream, locale=language)
    new = Catalog(locale=language, header_comment=_HEADER.format(what=what), fuzzy=False)
    for text, where in found:
        key = text[0] if isinstance(text, tuple) else text
        known = old.get(key)
        new.add(text, known.string if known else "", locations=[(where, None)])
    return new


def as_po(catalogue: Catalog) -> bytes:
    """Write a catalogue as text, without dates, so that the same texts give the same bytes."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, omit_header=False, include_lineno=False)
    dates = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team',
             b'"Project-Id-Version', b'"Report-Msgid-Bugs-To')
    return b"".join(line for line in stream.getvalue().splitlines(keepends=True) if not line.startswith(dates))


def as_mo(catalogue: Catalog) -> bytes:
    """Compile a catalogue; its dates are fixed, so that the same texts give the same bytes."""
    stream, plain = io.BytesIO(), read_po(io.BytesIO(as_po(catalogue)), locale=catalogue.locale)
    plain.creation_date = plain.revision_date = _DAY
    write_mo(stream, plain)
    return stream.getvalue()


def main(check: bool) -> int:
    """Write what changed, or only say it."""
    stale = []
    for base, what, found in catalogues():
        language = base.parts[-3]
        catalogue = renewed(base.with_suffix(".po"), language, what, found)
        for ending, content in ((".po", as_po(catalogue)), (".mo", as_mo(catalogue))):
            file = base.with_suffix(ending)
            if file.exists() and file.read_bytes() == content:
                continue
            stale.append(str(file.relative_to(ROOT)))
            if not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        missing = sum(not message.string for message in catalogue if message.id)
        print(f"{base.relative_to(ROOT)}: {len(catalogue)} texts, {missing} without a translation")
    print("\n".join(f"{'stale' if check else 'written'}: {name}" for name in stale))
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
