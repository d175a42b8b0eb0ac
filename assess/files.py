"""Write files so that an interrupted run leaves the old ones whole."""

import os
import tempfile
from pathlib import Path

from assess.problems.model import MissingMeansError, Place, Problem


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
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        values = {"path": str(path), "reason": error.strerror or str(error)}
        raise MissingMeansError([Problem("E502", Place(str(path)), values)]) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
