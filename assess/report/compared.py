"""Two PDFs side by side: what a reader of one sees, hears or opens that a reader of the other does not.

Text is compared as it is read, drawings by their operators. Fonts are not: another version of the
libraries that cut them writes other bytes for the same letters.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two files differ; ``found`` and ``expected`` are None where there are no words for it."""

    where: str
    found: str | None = None
    expected: str | None = None


def differences(found: bytes, expected: bytes) -> list[Difference]:
    """Return how the PDF ``found`` differs from ``expected``: metadata, number of pages, then page by page."""
    from pypdf import PdfReader

    left, right = PdfReader(BytesIO(found)), PdfReader(BytesIO(expected))
    rows = [*_metadata(left, right), *_catalogue(left, right)]
    if len(left.pages) != len(right.pages):
        return [*rows, Difference("the file", f"{len(left.pages)} pages", f"{len(right.pages)} pages")]
    for number, (ours, theirs) in enumerate(zip(left.pages, right.pages, strict=True), start=1):
        rows += _page(f"page {number}", ours, theirs)
    return rows


# --- the file ------------------------------------------------------------------------------------------


def _metadata(left: "PdfReader", right: "PdfReader") -> Iterator[Difference]:
    ours, theirs = dict(left.metadata or {}), dict(right.metadata or {})
    for key in sorted({*ours, *theirs}):
        yield from _told(f"metadata {key[1:]}", ours.get(key, "–"), theirs.get(key, "–"))
    if _xmp(left) != _xmp(right):
        yield Difference("the metadata (XMP)")


def _xmp(reader: "PdfReader") -> bytes:
    entry = _root(reader).get("/Metadata")
    return bytes(entry.get_object().get_data()) if entry is not None else b""


def _root(reader: "PdfReader") -> Any:
    return reader.trailer["/Root"]


def _catalogue(left: "PdfReader", right: "PdfReader") -> Iterator[Difference]:
    """Language, bookmarks, files, and whatever opens or runs with the document."""
    ours, theirs = _root(left), _root(right)
    yield from _told("language", ours.get("/Lang", "–"), theirs.get("/Lang", "–"))
    for key in ("/OpenAction", "/AA", "/OCProperties"):
        if (key in ours) != (key in theirs):
            yield Difference(f"an action or a layer ({key[1:]})")
    names = [sorted(map(str, root.get("/Names", {}).get_object())) for root in (ours, theirs)]
    yield from _told("lists of names", " ".join(names[0]), " ".join(names[1]))
    files = [_file_names(reader) for reader in (left, right)]
    yield from _told("files inside", ", ".join(files[0]), ", ".join(files[1]))
    yield from _told("bookmarks", *(" / ".join(_bookmarks(reader.outline)) for reader in (left, right)))


def _file_names(reader: "PdfReader") -> list[str]:
    """The names of the files inside, each as often as it is there."""
    return sorted(name for name, contents in reader.attachments.items() for _ in contents)


def _bookmarks(outline: Sequence[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _bookmarks(entry)
        else:
            yield str(entry.title)


# --- pages ---------------------------------------------------------------------------------------------


def _page(where: str, ours: "PageObject", theirs: "PageObject") -> Iterator[Difference]:
    text = list(_lines(where, ours.extract_text(), theirs.extract_text()))
    yield from text
    yield from _told(f"{where}, links and notes", *("; ".join(_annotations(page)) for page in (ours, theirs)))
    if _drawing(ours) != _drawing(theirs) and not text:
        yield Difference(where)


def _told(where: str, found: object, expected: object) -> Iterator[Difference]:
    if str(found) != str(expected):
        yield Difference(where, str(found), str(expected))


def _lines(where: str, found: str, expected: str) -> Iterator[Difference]:
    left, right = found.splitlines(), expected.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(where, " / ".join(left[a:b]), " / ".join(right[c:d]))


def _annotations(page: "PageObject") -> Iterator[str]:
    """What lies over the page and where it leads; the field of a signature shows nothing."""
    for reference in page.get("/Annots", ()):
        entry = reference.get_object()
        if entry.get("/FT") == "/Sig" and _empty(entry.get("/Rect", ())):
            continue
        action = entry.get("/A", {}).get_object() if "/A" in entry else {}
        target = action.get("/URI") or entry.get("/Dest") or action.get("/S", "")
        yield f"{entry.get('/Subtype', '')} {target}"


def _empty(rectangle: Sequence[Any]) -> bool:
    return len(rectangle) == 4 and rectangle[0] == rectangle[2] and rectangle[1] == rectangle[3]


def _drawing(page: "PageObject") -> str:
    """A hash of everything on a page but its letters: size, lines, areas, colours, and what is placed on it."""
    from pypdf.generic import ContentStream

    digest = hashlib.sha256(f"{page.mediabox} {page.cropbox} {page.rotation}".encode())
    content = page.get_contents()
    for operands, operator in ContentStream(content, page.pdf).operations if content is not None else ():
        if operator not in _LETTERS:
            digest.update(f"{operands} {operator!r};".encode())
    for key, stream in sorted(_placed(page.get("/Resources", {}).get_object(), depth=0)):
        digest.update(key.encode() + stream)
    return digest.hexdigest()


# What shows letters and says which font and where; their shapes and distances depend on the libraries.
_LETTERS = frozenset({b"Tj", b"TJ", b"Tf", b"Td", b"TD", b"Tm", b"T*", b"'", b'"', b"Tc", b"Tw"})
_DEEPEST = 8


def _placed(resources: Any, depth: int) -> Iterator[tuple[str, bytes]]:
    """Pictures and forms that a page places, by name, and those inside them."""
    for key, reference in resources.get("/XObject", {}).items():
        entry = reference.get_object()
        yield f"{depth}{key}", entry.get_data()
        if depth < _DEEPEST and "/Resources" in entry:
            yield from _placed(entry["/Resources"].get_object(), depth + 1)
