"""Two PDFs object by object: whatever is reached from their catalogues and differs, with the way to it.

Compared are names, numbers, texts, and streams as they are when decompressed; how objects are numbered,
packed and ordered in the file is not. Where the libraries that lay pages out are others (``loose``), what
these honestly change is marked as soft: fonts, numbers, and which letters stand where.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

Path = tuple[str, ...]

# How a stream is packed; an external file, which stands under /F, is not among it.
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
_PACKERS = frozenset({"/FlateDecode", "/LZWDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"})
_UPWARD = ("/Parent", "/P", "/Pg")
_MOST_STEPS = 3_000_000
# What shows letters and says which font and where; their shapes and distances depend on the libraries.
_LETTERS = frozenset({b"Tj", b"TJ", b"Tf", b"Td", b"TD", b"Tm", b"T*", b"'", b'"', b"Tc", b"Tw"})


@dataclass(frozen=True, slots=True)
class Unlike:
    """The way to an object that differs; the number of the page (from 1) it was reached from, or 0."""

    page: int
    path: Path
    soft: bool = False


def unlike(left: "PdfReader", right: "PdfReader", *, loose: bool = False) -> Iterator[Unlike]:
    """Yield what differs; the two have the same number of pages."""
    walk = _Walk(loose)
    for number, (ours, theirs) in enumerate(zip(left.pages, right.pages, strict=True), start=1):
        yield from walk.compared(number, (), _plain(ours), _plain(theirs))
    for key in ("/Root", "/Info", "/Encrypt"):
        yield from walk.compared(0, () if key == "/Root" else (key,), left.trailer.get(key), right.trailer.get(key))
    yield from walk.rest()


def _plain(page: Any) -> Any:
    """The page as it stands in the file; without its reference pypdf would add what it inherits."""
    reference = page.indirect_reference
    return page if reference is None else reference.get_object()


class _Walk:
    """Walks two graphs side by side without recursion; each pair of objects is met once.

    The way up from a page to all others is kept for the end, so that what differs is told of its own page.
    """

    def __init__(self, loose: bool) -> None:
        self.loose, self.steps = loose, 0
        self.met = set[tuple[int, int]]()
        self.later: list[tuple[int, Path, Any, Any]] = []

    def rest(self) -> Iterator[Unlike]:
        while self.later:
            _, path, left, right = self.later.pop()
            yield from self.compared(0, path, left, right)

    def compared(self, page: int, path: Path, left: Any, right: Any) -> Iterator[Unlike]:
        waiting = [(path, left, right)]
        while waiting:
            here, ours, theirs = waiting.pop()
            self.steps += 1
            if self.steps > _MOST_STEPS:
                yield Unlike(0, ("…",))
                return
            ours, theirs = _resolved(ours), _resolved(theirs)
            if self._met(ours, theirs):
                continue
            soft = self._differ(here, ours, theirs)
            if soft is not None:
                yield Unlike(page, here, soft)
            elif isinstance(ours, dict | list) and isinstance(theirs, dict | list):
                for row in _members(here, ours, theirs):
                    if page and row[0][-1] in _UPWARD:
                        self.later.append((0, *row))
                    else:
                        waiting.append(row)

    def _met(self, left: Any, right: Any) -> bool:
        """Whether the two were met before; the readers keep objects, so that each has one address."""
        if not isinstance(left, dict | list) or not isinstance(right, dict | list):
            return False
        pair = id(left), id(right)
        known = pair in self.met
        self.met.add(pair)
        return known

    def _differ(self, path: Path, left: Any, right: Any) -> bool | None:
        """None if two objects are alike but for their members, else whether the difference is a soft one."""
        soft = self._softness(path, left, right)
        return True if soft is False and self.loose and "/Font" in path else soft

    def _softness(self, path: Path, left: Any, right: Any) -> bool | None:
        kinds = _kind(left), _kind(right)
        if kinds[0] != kinds[1]:
            return False
        if kinds[0] == "stream":
            return self._streams(path, left, right)
        if kinds[0] == "list":
            return None if len(left) == len(right) else False
        if kinds[0] == "dict" or _value(left) == _value(right):
            return None
        return self.loose and kinds[0] == "number"

    def _streams(self, path: Path, left: Any, right: Any) -> bool | None:
        ours, theirs = _unpacked(left), _unpacked(right)
        if ours is not None and ours == theirs:
            return None
        draws = path[:1] == ("/Contents",) or right.get("/Subtype") == "/Form"
        if not self.loose or not draws or ours is None:
            return False
        return _operators(left) == _operators(right)


def _resolved(value: Any) -> Any:
    value = value.get_object() if hasattr(value, "get_object") else value
    return None if _kind(value) == "nothing" else value


def _kind(value: Any) -> str:
    from pypdf.generic import BooleanObject, NameObject, NullObject, StreamObject

    if value is None or isinstance(value, NullObject):
        return "nothing"
    for kind, name in ((StreamObject, "stream"), (dict, "dict"), (list, "list"), (BooleanObject, "truth"),
                       (NameObject, "name"), (int | float, "number")):
        if isinstance(value, kind):
            return name
    return "text" if isinstance(value, str | bytes) else "other"


def _value(value: Any) -> object:
    """A leaf in a form that can be compared."""
    kind = _kind(value)
    if kind == "text":
        return value.original_bytes if hasattr(value, "original_bytes") else value
    return float(value) if kind == "number" else str(value)


def _members(path: Path, left: Any, right: Any) -> list[tuple[Path, Any, Any]]:
    """The pairs of members, those of streams without how it is packed; the first is the last to be taken."""
    if isinstance(left, list):
        rows = [((*path, str(n)), a, b) for n, (a, b) in enumerate(zip(left, right, strict=True))]
    else:
        packed = _PACKING if _kind(left) == "stream" else frozenset[str]()
        keys = sorted({*left, *right} - packed)
        rows = [((*path, key), _raw(left, key), _raw(right, key)) for key in keys]
    return rows[::-1]


def _raw(entry: Any, key: str) -> Any:
    return entry.raw_get(key) if key in entry else None


def _unpacked(stream: Any) -> tuple[bytes, list[str]] | None:
    """The content, with the ways of packing that are part of it, such as those of pictures; None if unreadable."""
    from pypdf.errors import PyPdfError

    packing = stream.get("/Filter", [])
    names = list(map(str, packing if isinstance(packing, list) else [packing]))
    try:
        return bytes(stream.get_data()), [name for name in names if name not in _PACKERS]
    except (PyPdfError, ValueError, NotImplementedError, LookupError, TypeError):
        return None


def _operators(stream: Any) -> list[bytes]:
    """What a content stream does, without letters and numbers."""
    from pypdf.generic import ContentStream

    found = ContentStream(stream, None).operations
    return [operator for _, operator in found if operator not in _LETTERS]
