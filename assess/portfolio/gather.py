"""Find the questionnaires of a portfolio: in folders, by name, or listed in a manifest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assess import yamlio
from assess.files import is_file, is_folder, is_stream
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest

_ENDINGS = (".yaml", ".yml")
_MANIFEST = re.compile(rb"^portfolio[ \t]*:", re.MULTILINE)
_KEYS = ("portfolio", "files")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Source:
    """One questionnaire; files with the same ``together`` were listed as raters of one assessment.

    ``content`` is that of a pipe, which can be read but once.
    """

    path: Path
    together: int | None = None
    content: bytes | None = field(default=None, repr=False)

    def read(self, max_bytes: int = yamlio.MAX_BYTES) -> bytes:
        """Return what stands in it.

        Raises:
            InputError: it cannot be read, or is too large.
        """
        return yamlio.read_bytes(self.path, max_bytes=max_bytes) if self.content is None else self.content


@dataclass(slots=True)
class Gathered:
    """The questionnaires of a portfolio, its title if a manifest gives one, and what was wrong on the way."""

    sources: list[Source] = field(default_factory=list)
    title: str | None = None
    problems: list[Problem] = field(default_factory=list)


def gather(paths: Sequence[Path], max_bytes: int = yamlio.MAX_BYTES) -> Gathered:
    """Return the questionnaires under ``paths``: files, pipes, manifests and folders with all that is in them.

    The order is that of the paths; inside a folder that of the names. Each file counts once. What is
    wrong with a manifest is a problem of the portfolio; the rest of it is gathered.
    """
    found = Gathered()
    for path in paths:
        if is_folder(path):
            _folder(path, found)
        elif is_stream(path):
            _stream(path, found, max_bytes)
        elif is_manifest(path):
            _Manifest(path, found).read(None)
        else:
            found.sources.append(Source(path))
    found.sources = _once(found.sources)
    return found


def is_manifest(path: Path) -> bool:
    """Whether the file begins like a manifest: it has the key ``portfolio``."""
    try:
        with path.open("rb") as stream:
            return _begins_like_one(stream.read(_HEAD))
    except OSError:
        return False


def _begins_like_one(content: bytes) -> bool:
    return bool(_MANIFEST.search(content[:_HEAD]))


def _stream(path: Path, found: Gathered, max_bytes: int) -> None:
    """Read a pipe, once; a manifest out of it names files from the current folder on."""
    try:
        content = yamlio.read_bytes(path, max_bytes=max_bytes)
    except InputError as error:
        found.problems += error.problems
        return
    if _begins_like_one(content):
        _Manifest(path, found).read(content)
    else:
        found.sources.append(Source(path, content=content))


def _folder(folder: Path, found: Gathered) -> None:
    files = [path for path in _walk(folder) if not is_manifest(path)]
    if not files:
        found.problems.append(Problem("B804", Place(str(folder))))
    found.sources += [Source(path) for path in files]


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the YAML files below a folder by name, without hidden ones."""
    for path in sorted(folder.rglob("*")):
        visible = not any(part.startswith(".") for part in path.relative_to(folder).parts)
        if visible and path.suffix in _ENDINGS and path.is_file():
            yield path


def _once(sources: Sequence[Source]) -> list[Source]:
    """Drop a file that was named again; the mention that says more about it stays."""
    kept: dict[Path, Source] = {}
    for source in sources:
        key = source.path.resolve()
        if key not in kept or (kept[key].together is None and source.together is not None):
            kept[key] = source
    return list(kept.values())


class _Manifest:
    """Reads one manifest; every problem has its line."""

    def __init__(self, path: Path, found: Gathered) -> None:
        self.path, self.found = path, found
        self.folder = Path() if is_stream(path) else path.parent
        self.document = yamlio.Document(str(path))

    def read(self, content: bytes | None) -> None:
        """Add the files that the manifest names; ``content`` is what stands in it, if that was read already."""
        try:
            raw = yamlio.read_bytes(self.path) if content is None else content
            self.document = yamlio.parse(raw, str(self.path))
        except InputError as error:
            self.found.problems += error.problems
            return
        data = self.document.data
        for key in data:
            if key not in _KEYS:
                self._wrong((key,), f"the key {key} is not known here", nearest(key, _KEYS))
        title = data.get("portfolio")
        if isinstance(title, str) and title.strip():
            self.found.title = self.found.title or title.strip()
        files = data.get("files")
        if not isinstance(files, list) or not files:
            self._wrong(("files",), "files is a list of questionnaires")
            return
        for number, entry in enumerate(files):
            self._entry(number, entry)

    def _entry(self, number: int, entry: yamlio.Plain) -> None:
        loc: tuple[str | int, ...] = ("files", number)
        if isinstance(entry, str):
            self._add(entry, loc, None)
        elif isinstance(entry, dict) and list(entry) == ["raters"] and isinstance(entry["raters"], list):
            key = hash((str(self.path.resolve()), number))
            for position, name in enumerate(entry["raters"]):
                if isinstance(name, str):
                    self._add(name, (*loc, "raters", position), key)
                else:
                    self._wrong((*loc, "raters", position), "raters is a list of questionnaires")
        else:
            self._wrong(loc, "an entry is the path of a questionnaire, or {raters: [path, path]}")

    def _add(self, name: str, loc: tuple[str | int, ...], together: int | None) -> None:
        """Add a file, or all that a pattern with * fits."""
        paths = [path for path in self._named(name) if is_file(path)]
        if not paths:
            self.found.problems.append(Problem("B801", self.document.place(loc), {"file": name}))
        self.found.sources += [Source(path, together) for path in paths]

    def _named(self, name: str) -> list[Path]:
        """Return the path that a name stands for, or the paths that fit a pattern."""
        if "*" not in name or Path(name).is_absolute():
            return [self.folder / name]
        try:
            return sorted(self.folder.glob(name))
        except (OSError, ValueError, NotImplementedError):  # it is no pattern
            return []

    def _wrong(self, loc: tuple[str | int, ...], reason: str, near: tuple[str, ...] = ()) -> None:
        place = self.document.place(loc, key=len(loc) == 1)
        self.found.problems.append(Problem("B805", place, {"reason": reason}, near))
