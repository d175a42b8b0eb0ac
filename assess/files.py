"""Write files so that an interrupted run leaves the old ones whole."""

import contextlib
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assess.problems.model import MissingMeansError, Place, Problem
from assess.reasons import system_reason


def write_atomically(path: Path, content: bytes, sources: Iterable[Path] = ()) -> None:
    """Write ``content`` to a new file beside ``path`` and put it in its place in one move.

    A link is followed; a device or pipe is written to directly. Nobody may read the file who could
    not read each of the ``sources``.

    Raises:
        MissingMeansError: E502, the folder cannot be written or the disk is full.
    """
    if is_stream(path):
        with _told(path):
            path.write_bytes(content)
        return
    with written_atomically(path, sources) as new, new.open("wb") as stream:
        stream.write(content)


@contextlib.contextmanager
def written_atomically(path: Path, sources: Iterable[Path] = ()) -> Iterator[Path]:
    """Give the path of a new file to be written bit by bit; when the block ends well, it takes the place of ``path``.

    Raises:
        MissingMeansError: E502, as above.
    """
    temporary = None
    try:
        with _told(path):
            target = Path(os.path.realpath(path))
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = _created(target)
            yield temporary
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            temporary.chmod(_mode(target, temporary, sources))
            temporary.replace(target)
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def is_stream(path: Path) -> bool:
    """Whether something stands at ``path`` that takes bytes and keeps none: a pipe or a device."""
    return stands(path) and not is_file(path) and not is_folder(path)


def stands(path: Path) -> bool:
    """Whether something stands at ``path``; nothing stands where the system does not even let one ask."""
    return _asked(path.exists)


def is_file(path: Path) -> bool:
    """Whether a file stands at ``path``, as above."""
    return _asked(path.is_file)


def is_folder(path: Path) -> bool:
    """Whether a folder stands at ``path``, as above."""
    return _asked(path.is_dir)


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (OSError, ValueError):  # a name that is too long, a folder that may not be entered
        return False


def _created(target: Path) -> Path:
    """Make an empty file beside ``target``; who may read it is the user's own choice (umask)."""
    path = target.with_name(f".{target.name[:200]}.{secrets.token_hex(6)}")
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    os.close(handle)
    return path


def _mode(target: Path, new: Path, sources: Iterable[Path]) -> int:
    """Return who may read the file: whoever might before, but nobody who may not read its sources."""
    known = target if is_file(target) else new
    mode = stat.S_IMODE(known.stat().st_mode)
    for source in sources:
        if is_file(source):
            mode &= stat.S_IMODE(source.stat().st_mode) | stat.S_IRUSR | stat.S_IWUSR
    return mode


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say of a failure which file it was about."""
    try:
        yield
    except OSError as error:
        values = {"path": str(path), "reason": system_reason(error)}
        raise MissingMeansError([Problem("E502", Place(str(path)), values)]) from error
