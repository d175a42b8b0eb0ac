"""Two PDFs side by side: what is in one that is not in the other, in the words that stand there where there are any.

All that can be reached from the catalogue counts: text, drawings, fonts, tags, links, files, actions. A
signature of ``assess sign`` does not, for it belongs to none of the answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from assess.language import N_, Phrase
from assess.report.objects import Unlike, unlike
from assess.report.unsigned import take_signature

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST = 2_000
_FILE = N_("the file")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two files differ; ``found`` and ``expected`` are None where there are no words for it.

    ``soft`` is what other versions of the libraries that lay out pages may have changed.
    """

    where: str
    found: str | None = None
    expected: str | None = None
    soft: bool = False


def differences(found: bytes, expected: bytes, *, loose: bool = False) -> list[Difference]:
    """Return how the PDF ``found`` differs from ``expected``: the file, then page by page.

    ``loose`` where the two were made with different libraries.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # Read strictly: what one reader mends, another may mend in another way.
    try:
        left = PdfReader(BytesIO(found), strict=True)
        take_signature(left)
        return list(_differences(left, PdfReader(BytesIO(expected)), loose))
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError):
        return [Difference(Phrase(_FILE))]


def _differences(left: "PdfReader", right: "PdfReader", loose: bool) -> Iterator[Difference]:
    if len(left.pages) != len(right.pages):
        yield Difference(Phrase(N_("the number of pages")), str(len(left.pages)), str(len(right.pages)))
        return
    rows = list(islice(unlike(left, right, loose=loose), _MOST))
    for key in dict.fromkeys(row.path[:1] for row in rows if not row.page):
        words = _WORDS[key[0]](left, right) if key and key[0] in _WORDS else ()
        yield from list(words) or [_unnamed([row for row in rows if not row.page and row.path[:1] == key])]
    for number in dict.fromkeys(row.page for row in rows if row.page):
        words = _page(number, left.pages[number - 1], right.pages[number - 1])
        yield from list(words) or [_unnamed([row for row in rows if row.page == number])]


def _unnamed(rows: Sequence[Unlike]) -> Difference:
    """A difference that can only be told by the way to it; of several the first that is not soft."""
    row = min(rows, key=lambda row: row.soft)
    path = row.path if len(row.path) < 6 else (*row.path[:2], "/…", *row.path[-2:])
    way = "".join(part if part[:1] == "/" else f"/{part}" for part in path)
    way = "".join(sign for sign in way if sign.isprintable())[:100]
    where = (Phrase(N_("page {number} ({path})"), number=row.page, path=way) if row.page
             else Phrase(N_("the file ({path})"), path=way))
    return Difference(where, soft=row.soft)


# --- the file ------------------------------------------------------------------------------------------


def _metadata(left: "PdfReader", right: "PdfReader") -> Iterator[Difference]:
    ours, theirs = dict(left.metadata or {}), dict(right.metadata or {})
    for key in sorted({*ours, *theirs}):
        yield from _told(Phrase(N_("metadata {key}"), key=key[1:]), ours.get(key, "–"), theirs.get(key, "–"))


def _xmp(left: "PdfReader", right: "PdfReader") -> Iterator[Difference]:
    yield Difference(Phrase(N_("the metadata (XMP)")))


def _language(left: "PdfReader", right: "PdfReader") -> Iterator[Difference]:
    roots: list[Any] = [reader.trailer["/Root"] for reader in (left, right)]
    ours, theirs = (root.get("/Lang", "–") for root in roots)
    yield from _told(Phrase(N_("language")), ours, theirs)


def _files(left: "PdfReader", right: "PdfReader") -> Iterator[Difference]:
    """The names of the files inside, each as often as it is there."""
    ours, theirs = (sorted(name for name, contents in reader.attachments.items() for _ in contents)
                    for reader in (left, right))
    yield from _told(Phrase(N_("files inside")), ", ".join(ours), ", ".join(theirs))


def _outline(left: "PdfReader", right: "PdfReader") -> Iterator[Difference]:
    ours, theirs = (" / ".join(_bookmarks(reader.outline)) for reader in (left, right))
    yield from _told(Phrase(N_("bookmarks")), ours, theirs)


def _bookmarks(outline: Sequence[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _bookmarks(entry)
        else:
            yield str(entry.title)


# What can be said in words about an entry of the catalogue, or of the trailer, that differs.
_WORDS: Mapping[str, Callable[["PdfReader", "PdfReader"], Iterator[Difference]]] = {
    "/Info": _metadata, "/Metadata": _xmp, "/Lang": _language, "/Names": _files, "/Outlines": _outline,
}


# --- pages ---------------------------------------------------------------------------------------------


def _page(number: int, ours: "PageObject", theirs: "PageObject") -> Iterator[Difference]:
    """What is read on a page, and what lies over it."""
    yield from _lines(Phrase(N_("page {number}"), number=number), ours.extract_text(), theirs.extract_text())
    links = ["; ".join(_annotations(page)) for page in (ours, theirs)]
    yield from _told(Phrase(N_("page {number}, links and notes"), number=number), *links)


def _told(where: str, found: object, expected: object) -> Iterator[Difference]:
    if str(found) != str(expected):
        yield Difference(where, str(found), str(expected))


def _lines(where: str, found: str, expected: str) -> Iterator[Difference]:
    left, right = found.splitlines(), expected.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(where, " / ".join(left[a:b]), " / ".join(right[c:d]))


def _annotations(page: "PageObject") -> Iterator[str]:
    """What lies over the page and where it leads."""
    for reference in page.get("/Annots", ()):
        entry = reference.get_object()
        action = entry.get("/A", {}).get_object() if "/A" in entry else {}
        target = action.get("/URI") or entry.get("/Dest") or action.get("/S", "")
        yield f"{entry.get('/Subtype', '')} {target}"
