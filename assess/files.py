"""Write files so that an interrupted run leaves the old ones whole."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assess.problems.model import MissingMeansError, Place, Problem
from assess.reasons import system_reason


def _mode(path: Path) -> int:
    """Return who may read the file: whoever might before, so that a private one stays private."""
    return stat.S_IMODE(path.stat().st_mode) if path.is_file() else 0o644


def write_atomically(path: Path, content: bytes) -> None:
    """Write ``content`` to a new file beside ``path`` and put it in its place in one move.

    Raises:
        MissingMeansError: E502, the folder cannot be written or the disk is full.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except OSError as error:
        values = {"path": str(path), "reason": system_reason(error)}
        raise MissingMeansError([Problem("E502", Place(str(path)), values)]) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


@contextlib.contextmanager
def written_atomically(path: Path) -> Iterator[Path]:
    """Give the path of a new file to be written bit by bit; when the block ends well, it takes the place of ``path``.

    Raises:
        MissingMeansError: E502, as above.
    """
    temporary = Path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        values = {"path": str(path), "reason": system_reason(error)}
        raise MissingMeansError([Problem("E502", Place(str(path)), values)]) from error
    finally:
        if temporary.name:
            temporary.unlink(missing_ok=True)
