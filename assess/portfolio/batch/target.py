"""Where reports go: a folder, or any store that fsspec knows (s3://…, gs://…, sftp://…)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from assess.files import write_atomically
from assess.problems.model import MissingMeansError, Place, Problem


class Target(Protocol):
    """Writes files by name."""

    def write(self, name: str, content: bytes) -> str:
        """Write a whole file, or none; return what people call it."""

    def read(self, name: str) -> bytes | None:
        """Return a file, or None if it is not there."""

    def size(self, name: str) -> int | None:
        """Return the bytes of a file, or None if it is not there."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine."""

    path: Path

    def write(self, name: str, content: bytes) -> str:
        """Write a file in one move.

        Raises:
            MissingMeansError: E502, it cannot be written.
        """
        write_atomically(self.path / name, content)
        return str(self.path / name)

    def read(self, name: str) -> bytes | None:
        """Return a file, or None."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def size(self, name: str) -> int | None:
        """Return the bytes of a file, or None."""
        try:
            return (self.path / name).stat().st_size
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class Remote:
    """A store behind fsspec; ``root`` is the path within it, ``url`` what the user typed."""

    system: Any
    root: str
    url: str

    def write(self, name: str, content: bytes) -> str:
        """Write a file. It is sent under another name and then moved, so that none is seen half-written.

        Raises:
            MissingMeansError: B817, the store refuses.
        """
        place, part = self._place(name), self._place(f".{name}.part")
        try:
            self.system.makedirs(self.root, exist_ok=True)
            self.system.pipe_file(part, content)
            self.system.mv(part, place)
        except Exception as error:  # each store has errors of its own
            values = {"path": f"{self.url}/{name}", "reason": type(error).__name__}
            raise MissingMeansError([Problem("B817", Place(self.url), values)]) from error
        return f"{self.url}/{name}"

    def read(self, name: str) -> bytes | None:
        """Return a file, or None."""
        try:
            content = self.system.cat_file(self._place(name))
        except Exception:  # likewise
            return None
        return bytes(content)

    def size(self, name: str) -> int | None:
        """Return the bytes of a file, or None."""
        try:
            return int(self.system.info(self._place(name))["size"])
        except Exception:  # likewise
            return None

    def _place(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"


def target(out: str) -> Target:
    """Return the target that ``out`` names: a path, or an address with ``://``.

    Raises:
        MissingMeansError: B814, fsspec or what it needs for this kind of store is not installed.
    """
    if "://" not in out:
        return Folder(Path(out))
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(out)
    except (ImportError, ValueError) as error:
        values = {"kind": out.split("://", 1)[0], "reason": str(error).splitlines()[0]}
        raise MissingMeansError([Problem("B814", Place(out), values)]) from error
    return Remote(system, root, out.rstrip("/"))
