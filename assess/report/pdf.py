"""From HTML to PDF with WeasyPrint, which is imported only here because it takes half a second.

The PDF depends on the HTML and the bundled fonts alone: nothing is fetched but files of the
templates folder, and all dates come from the HTML's metadata.
"""

import gc
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assess.problems.model import InputError, MissingMeansError, Place, Problem
from assess.report.archive import finish, languages_of_parts
from assess.report.hyphens import mend_ukrainian
from assess.report.lean import import_quickly, let_go, page_of
from assess.report.lines import mend_line_ends
from assess.report.templates import BUNDLED, RefusedFileError, Templates, templates_folder

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

FORMAT = "pdf/a-3a"
_LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "pyphen")


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that travels inside the PDF."""

    name: str
    content: bytes
    description: str
    relationship: Literal["Source", "Data", "Supplement"]


def render_pdf(
    html: str, carried: Sequence[Carried] = (), made: datetime | None = None, templates: Templates = BUNDLED
) -> bytes:
    """Return the PDF of ``html``; relative addresses mean files of the templates folders.

    ``carried`` files are embedded, dated ``made``; without it they carry the first day of 2026.

    Raises:
        MissingMeansError: E501, a system library is missing.
        InputError: P403, a template names something outside its folder.
    """
    weasyprint = _weasyprint()
    folder = templates_folder().resolve()
    refused: list[str] = []
    page = page_of(weasyprint, html, base_url=folder.as_uri() + "/", url_fetcher=_fetcher(folder, templates, refused))
    day = made or datetime(2026, 1, 1)
    attachments = [
        weasyprint.Attachment(
            file_obj=BytesIO(file.content), name=file.name, description=file.description,
            relationship=file.relationship, created=day, modified=day,
        )
        for file in sorted(carried, key=lambda file: file.name)
    ]
    with languages_of_parts(), _no_collection():
        content = page.write_pdf(pdf_variant=FORMAT, finisher=_finish, attachments=attachments)
    if refused:
        place = Place(str(templates.own or folder))
        raise InputError([Problem("P403", place, {"url": url}) for url in dict.fromkeys(refused)])
    assert isinstance(content, bytes)
    return content


def libraries() -> dict[str, str]:
    """Return the versions of what lays pages out and writes them: others may give other bytes for the same page.

    Raises:
        MissingMeansError: E501, a system library is missing.
    """
    _weasyprint()
    from importlib.metadata import version

    return {**{name: version(name) for name in _LIBRARIES}, **_shapers()}


@cache
def _shapers() -> dict[str, str]:
    """Versions of the system's libraries that choose, shape and cut fonts; 0 for one that is not there."""
    from weasyprint.text import ffi as shared

    # WeasyPrint declares what it calls; that another version of it declares these too does no harm.
    shared.ffi.cdef("const char *hb_version_string(void); int FcGetVersion(void);", override=True)
    shaper = shared.ffi.string(shared.harfbuzz.hb_version_string()).decode()
    return {"pango": _dotted(shared.pango.pango_version()), "fontconfig": _dotted(shared.fontconfig.FcGetVersion()),
            "harfbuzz": shaper, "harfbuzz-subset": shaper if shared.harfbuzz_subset else "0"}


def _dotted(number: int) -> str:
    """Two digits each from the right: 15012 is 1.50.12."""
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _finish(document: Any, pdf: Any) -> None:
    finish(document, pdf)
    let_go(document)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector from walking a page tree that is still growing; it runs again afterwards."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _weasyprint() -> Any:
    """Import WeasyPrint, or say what the machine lacks."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            weasyprint = import_quickly()
    except OSError as error:
        library = str(error).split("'")[1] if "'" in str(error) else str(error)
        raise MissingMeansError([Problem("E501", Place("PDF"), {"library": library})]) from error
    mend_ukrainian()
    mend_line_ends()
    return weasyprint


def _fetcher(folder: Path, templates: Templates, refused: list[str]) -> "URLFetcher":
    """A fetcher that opens what ``templates`` allows, and notes everything else."""
    from urllib.parse import unquote, urlsplit

    from weasyprint.urls import URLFetcher

    class _Local(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            found = _found(Path(unquote(parts.path))) if parts.scheme == "file" and not parts.netloc else None
            if found is not None:
                return super().fetch(found.resolve().as_uri(), headers)
            refused.append(url)
            raise ValueError(f"refused: {url}")

    def _found(path: Path) -> Path | None:
        try:
            return templates.find(path.relative_to(folder).as_posix())
        except (ValueError, RefusedFileError):
            return None

    return _Local(allowed_protocols=("file", "data"), allow_redirects=False)
