"""Where templates, style sheets, fonts and pictures of a report come from: the bundled folder, and one of the user.

A file of the user's folder replaces the bundled file of the same name. Nothing outside the two
folders is ever opened: neither by ``..`` nor by a link.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from assess.files import is_folder
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.resources import data_folder

# «bundled/report.html» is the bundled file even where the user has one of that name, to extend it.
BUNDLED_PREFIX = "bundled/"
EXTRA_STYLE = "extra.css"
MAX_FILE = 4_000_000
_TEXTS = (".html", ".css")


def templates_folder() -> Path:
    """Return the folder of the bundled templates."""
    return data_folder("report_templates")


class RefusedFileError(Exception):
    """A file that may not be used; ``code`` and ``values`` are those of the problem to report, ``file`` its place."""

    def __init__(self, code: str, file: Path | None = None, **values: str) -> None:
        """Carry the problem."""
        self.code, self.file, self.values = code, file, values
        super().__init__(f"{code} {values}")


@dataclass(frozen=True)
class Templates:
    """The bundled templates, with those of the folder ``own`` before them."""

    own: Path | None = None
    _used: set[Path] = field(default_factory=set, compare=False, repr=False)

    @classmethod
    def of(cls, folder: Path | None) -> "Templates":
        """Return the templates with ``folder`` before the bundled ones.

        Raises:
            InputError: P430, this is no folder.
        """
        if folder is None:
            return cls()
        if not is_folder(folder):
            raise InputError([Problem("P430", Place(str(folder)))])
        return cls(folder)

    def files(self) -> Iterator[Path]:
        """Every file of the user's folder, hidden ones left out; links to folders are not followed."""
        if self.own is not None:
            for parent, folders, names in os.walk(self.own):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))

    def find(self, name: str) -> Path | None:
        """Return the file that ``name`` means (``/`` between folders), or None where there is none.

        Raises:
            RefusedFileError: P431, it lies outside the two folders; P433, it is no plain file or too large.
        """
        inside = name.removeprefix(BUNDLED_PREFIX)
        places = [templates_folder()] if inside != name or self.own is None else [self.own, templates_folder()]
        parts = PurePosixPath(inside).parts
        if not parts or inside.startswith("/") or "\\" in inside or "\x00" in inside or set(parts) & {"..", "."}:
            raise RefusedFileError("P431", name=name)
        for place in places:
            path = place.joinpath(*parts)
            if path.exists() or path.is_symlink():
                self._used.add(path)
                return _checked(path, place, name)
        return None

    def text(self, name: str) -> tuple[str, Path] | None:
        """Return a text and the file it stands in, or None where there is none.

        Raises:
            RefusedFileError: as ``find``; P433, it is not UTF-8.
        """
        path = self.find(name)
        if path is None:
            return None
        try:
            return path.read_text(encoding="utf-8"), path
        except (OSError, UnicodeDecodeError) as error:
            raise RefusedFileError("P433", path, name=name, limit=str(MAX_FILE)) from error

    def unused(self) -> list[Problem]:
        """One warning (P434) for each template or style sheet of the user that no page asked for."""
        known = sorted(p.relative_to(templates_folder()).as_posix() for p in templates_folder().rglob("*")
                       if p.suffix in _TEXTS)
        return [
            Problem("P434", Place(str(path)), {"name": path.name}, nearest(path.name, known))
            for path in self.files() if path.suffix in _TEXTS and path not in self._used and path.name not in known
        ]

    def fingerprint(self) -> str:
        """Return a SHA-256 over names and contents of the user's folder; empty without one."""
        if self.own is None:
            return ""
        told = hashlib.sha256()
        for path in self.files():
            name = path.relative_to(self.own).as_posix()
            if path.resolve().is_relative_to(self.own.resolve()) and path.is_file():
                told.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return told.hexdigest()


def _checked(path: Path, place: Path, name: str) -> Path:
    """Return ``path`` if it is a plain file of moderate size that really lies in ``place``."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise RefusedFileError("P433", path, name=name, limit=str(MAX_FILE)) from error
    if not real.is_relative_to(place.resolve()):
        raise RefusedFileError("P431", name=name)
    if not real.is_file() or real.stat().st_size > MAX_FILE:
        raise RefusedFileError("P433", path, name=name, limit=str(MAX_FILE))
    return path


BUNDLED = Templates()
