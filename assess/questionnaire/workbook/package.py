"""Open a workbook from anybody: what could harm is refused before a single cell is read.

Limits on size, entries and growth come first, then the kinds of content that no questionnaire needs.
Nothing is ever followed, run or computed; a workbook is read as cells of text and numbers.
"""

import io
import re
import zipfile
import zlib
from pathlib import Path

from assess.problems.model import InputError, Place, Problem
from assess.reasons import system_reason

MAX_BYTES = 20_000_000
MAX_UNPACKED = 60_000_000
MAX_PARTS = 500
MAX_GROWTH = 300  # times, for parts of more than a megabyte

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaproject|macrosheets/|\.xlam$|/activex/|customui", re.IGNORECASE)
_EXTRAS = re.compile(
    r"externallinks/|embeddings/|connections\.xml$|querytables/|ctrlprops/|webextensions/", re.IGNORECASE
)
_LIVE_LINK = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink)\b")


class Package:
    """The parts of a workbook, read one at a time within the limits."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        """``name`` is the file that problems name."""
        self.archive, self.name = archive, name
        self.parts = {entry.filename.lstrip("/"): entry for entry in archive.infolist()}
        self.warnings: list[Problem] = []

    def read(self, part: str) -> bytes:
        """Return a part, or nothing if there is no such part.

        Raises:
            InputError: W720, the part is damaged.
        """
        if part not in self.parts:
            return b""
        try:
            return self.archive.read(self.parts[part])
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise no_workbook(self.name, f"the part {part} is damaged") from error


def no_workbook(name: str, reason: str) -> InputError:
    """Return the error that says that the file is no workbook that can be read."""
    return InputError([Problem("W720", Place(name), {"reason": reason})])


def open_package(path: Path) -> Package:
    """Open the workbook ``path``.

    Raises:
        InputError: Y101, W720 to W725: it cannot be read, is none, is locked or too large, or holds what is refused.
    """
    name = str(path)
    raw = _bytes(path, name)
    if raw.startswith(_COMPOUND):
        raise InputError([Problem("W721", Place(name))])
    try:
        package = Package(zipfile.ZipFile(io.BytesIO(raw)), name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise no_workbook(name, "the file is empty" if not raw else "it is not packed as an .xlsx file is") from error
    _within_limits(package)
    _kind(package)
    _harmless(package)
    return package


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError([Problem("Y101", Place(name), {"reason": system_reason(error)})]) from error
    if len(raw) > MAX_BYTES:
        raise _too_large(name, f"more than {MAX_BYTES} bytes")
    return raw


def _too_large(name: str, what: str) -> InputError:
    return InputError([Problem("W722", Place(name), {"what": what})])


def _within_limits(package: Package) -> None:
    entries = package.archive.infolist()
    if len(entries) > MAX_PARTS:
        raise _too_large(package.name, f"{len(entries)} parts")
    if len(package.parts) < len(entries):
        raise no_workbook(package.name, "a part is in it twice")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_large(package.name, f"more than {MAX_UNPACKED} bytes once it is unpacked")
    for entry in entries:
        if entry.file_size > 1_000_000 and entry.file_size > MAX_GROWTH * max(entry.compress_size, 1):
            raise _too_large(package.name, f"a part that grows more than {MAX_GROWTH} times when it is unpacked")
        if entry.flag_bits & 0x1:
            raise InputError([Problem("W721", Place(package.name))])


def _kind(package: Package) -> None:
    """Tell an .xlsx from what only looks like one."""
    if "mimetype" in package.parts:
        raise no_workbook(package.name, "it is an OpenDocument file")
    if any(part.endswith("workbook.bin") for part in package.parts):
        raise no_workbook(package.name, "it is a binary workbook (.xlsb)")
    if "[Content_Types].xml" not in package.parts or not any(part.startswith("xl/") for part in package.parts):
        raise no_workbook(package.name, "it is an archive of something else")


def _harmless(package: Package) -> None:
    """Refuse macros and live links; warn of other extras, which are ignored."""
    types = package.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any(_MACROS.search(part) for part in package.parts):
        raise InputError([Problem("W723", Place(package.name))])
    for part in package.parts:
        if "externallinks/" in part.lower() and _LIVE_LINK.search(package.read(part).replace(b"\0", b"")):
            raise InputError([Problem("W725", Place(package.name))])
    extras = sorted(part for part in package.parts if _EXTRAS.search(part) and not part.endswith(".rels"))
    if extras:
        package.warnings.append(Problem("W726", Place(package.name), {"what": ", ".join(extras[:5])}))
