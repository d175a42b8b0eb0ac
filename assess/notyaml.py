"""Files that are given as a questionnaire though they are none, known by their first bytes, as their names may lie."""

from assess.language import N_, Phrase
from assess.problems.model import InputError, Place, Problem

_PAGE = (b"<!doctype", b"<html")


def refuse_other_kinds(raw: bytes, name: str) -> None:
    """Refuse the bytes of a workbook, a page, a document, a PDF or another archive.

    Raises:
        InputError: Y115, Y116 or Y117, with the way that leads from such a file to a questionnaire.
    """
    code, values = _known(raw) or ("", {})
    if code:
        raise InputError([Problem(code, Place(name), {"file": name, **values})])


def _known(raw: bytes) -> tuple[str, dict[str, str]] | None:
    """Return the code and values of what begins like this; nothing for a text."""
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(_PAGE):
        return "Y116", {}
    if raw.startswith(b"%PDF"):
        return "Y117", {"kind": Phrase(N_("a PDF"))}
    if not raw.startswith(b"PK\x03\x04"):
        return None
    if b"xl/workbook.xml" in raw:
        return "Y115", {}
    document = b"word/document.xml" in raw
    return "Y117", {"kind": Phrase(N_("a document of a word processor") if document else N_("a packed archive"))}
