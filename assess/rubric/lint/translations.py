"""Translations that are missing, left over, or not compiled."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assess.problems.model import InputError, Place, Problem
from assess.rubric.model import Rubric
from assess.rubric.texts import texts

_LONGEST = 60


def translations(rubric: Rubric, folder: Path) -> Iterator[Problem]:
    """Yield R335 to R337 for every language that has a catalogue under ``folder``."""
    wanted = texts(rubric)
    for file in sorted(folder.glob("*/LC_MESSAGES/rubric.po")):
        catalogue, language = _read(file), file.parts[-3]
        yield from _missing(wanted, catalogue, file, language)
        yield from _left_over(wanted, catalogue, file, language)
        yield from _uncompiled(catalogue, file, language)


def _read(file: Path) -> Any:
    """Read a catalogue.

    Raises:
        InputError: Y101, the file cannot be read as a catalogue.
    """
    from babel.messages.pofile import PoFileError, read_po

    try:
        with file.open("rb") as stream:
            return read_po(stream, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise InputError([Problem("Y101", Place(str(file)), {"reason": str(error)})]) from error


def _missing(wanted: dict[str, str], catalogue: Any, file: Path, language: str) -> Iterator[Problem]:
    for text in wanted:
        entry = catalogue.get(text)
        if entry is None or not entry.string or entry.fuzzy:
            line = entry.lineno if entry is not None and entry.lineno else 0
            yield _problem("R335", file, line, language, text)


def _left_over(wanted: dict[str, str], catalogue: Any, file: Path, language: str) -> Iterator[Problem]:
    for entry in catalogue:
        if entry.id and entry.id not in wanted:
            yield _problem("R336", file, entry.lineno or 0, language, str(entry.id))


def _problem(code: str, file: Path, line: int, language: str, text: str) -> Problem:
    start = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    place = Place(str(file), line, 1 if line else 0)
    return Problem(code, place, {"language": language, "start": start})


def _uncompiled(catalogue: Any, file: Path, language: str) -> Iterator[Problem]:
    """Compare what programs read with what people read."""
    from gettext import GNUTranslations

    compiled = file.with_suffix(".mo")
    lookup = str
    if compiled.is_file():
        with compiled.open("rb") as stream:
            lookup = GNUTranslations(stream).gettext  # type: ignore[assignment]
    ready = [entry for entry in catalogue if entry.id and entry.string and not entry.fuzzy]
    count = sum(lookup(entry.id) != entry.string for entry in ready)
    if count:
        yield Problem("R337", Place(str(compiled)), {"language": language, "count": str(count)})
