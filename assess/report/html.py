"""From the view to HTML: sandboxed Jinja2 templates, every text escaped, nothing fetched."""

import base64
from collections.abc import Mapping
from contextlib import nullcontext
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import Literal

from jinja2 import TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from assess.language import Translator
from assess.problems.model import AssessError, InputError, Place, Problem
from assess.report import templates as places
from assess.report.foreign import foreign
from assess.report.loads import loads
from assess.report.sandbox import EscapingOffError, LimitError, Sandbox, counted_steps, words
from assess.report.templates import BUNDLED, EXTRA_STYLE, RefusedFileError, Templates
from assess.report.view import ReportView

__all__ = ["BUNDLED", "PAPERS", "Medium", "Templates", "render_html", "render_page"]

Medium = Literal["print", "screen", "office"]
PAPERS = ("A4", "letter")
_STYLES: dict[Medium, tuple[str, ...]] = {
    "print": ("fonts.css", "report.css", "annex.css", "print.css"),
    "screen": ("report.css", "annex.css", "screen.css"),
    "office": (),
}
_TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".svg": "image/svg+xml", ".ttf": "font/ttf", ".otf": "font/otf", ".woff2": "font/woff2",
}


def render_html(
    view: ReportView, tr: Translator, medium: Medium, paper: str = "A4", templates: Templates = BUNDLED
) -> str:
    """Return the report as one HTML document; ``screen`` is self-contained, ``print`` is for the PDF.

    ``office`` is what a document is made from: all that the screen shows, without its style and the links for moving
    about on it.

    ``paper`` is a page size of CSS: A4 or letter.

    Raises:
        InputError: as ``render_page``.
    """
    return render_page("report.html", {"view": view}, tr, medium, paper, templates)


def render_page(
    name: str, values: Mapping[str, object], tr: Translator, medium: Medium, paper: str = "A4",
    templates: Templates = BUNDLED,
) -> str:
    """Return the page that the template ``name`` makes of ``values``.

    Raises:
        InputError: P402, a template is broken; P403, the page for the screen would load something; P431 to P433,
            P435 or P437, a template or a file that it names is refused.
        ValueError: ``paper`` is none of PAPERS; it stands in the style sheet, where nothing is escaped.
    """
    if paper not in PAPERS:
        raise ValueError(f"the paper is {' or '.join(PAPERS)}")
    room = Sandbox(templates) if templates.own else _bundled_room(places.templates_folder())
    try:
        style = Markup("\n").join(Markup(text) for text in _styles(medium, templates))  # noqa: S704 - style sheets
        given = {**values, **words(tr), "embed": _embedder(templates), "decimal": tr.decimal_mark, "style": style,
                 "paper": paper, "screen": medium != "print", "browser": medium == "screen",
                 "foreign": partial(foreign, language=tr.language)}
        with counted_steps() if templates.own else nullcontext():
            page = room.get_template(name).render(given)
    except AssessError:
        raise
    except Exception as error:
        raise InputError([_problem(error, name, templates)]) from error
    if templates.own and medium == "screen":
        _refuse_loads(page, templates)
    return page


@lru_cache(maxsize=4)
def _bundled_room(folder: Path) -> Sandbox:
    """The room of the bundled templates; what was compiled is kept."""
    return Sandbox(BUNDLED)


def _styles(medium: Medium, templates: Templates) -> list[str]:
    """The style sheets, those of the user in the place of the bundled ones, and his own addition last."""
    found = [templates.text(name) for name in (*_STYLES[medium], EXTRA_STYLE)]
    return [text for text, _ in (pair for pair in found if pair)]


def _embedder(templates: Templates) -> object:
    def embed(name: str) -> str:
        """Return a picture or font of the folders as an address that holds it whole."""
        kind = _TYPES.get(PurePosixPath(name).suffix.lower())
        path = templates.find(name)
        if path is None or kind is None:
            raise TemplateNotFound(name)
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"

    return embed


def _problem(error: Exception, name: str, templates: Templates) -> Problem:
    """Say what went wrong in a template, with file and line."""
    place = _place(error, name, templates)
    if isinstance(error, RefusedFileError | LimitError):
        return Problem(error.code, place, error.values)
    if isinstance(error, EscapingOffError):
        return Problem("P437", place)
    reason = str(error) or type(error).__name__
    if isinstance(error, TemplateNotFound):
        reason = f"there is no file {error.name}"
    return Problem("P402", place, {"template": Path(place.file).name, "reason": reason.splitlines()[0]})


def _place(error: Exception, name: str, templates: Templates) -> Place:
    """Where in the templates an error arose: what it says itself, or the innermost line of a template."""
    if isinstance(error, RefusedFileError) and error.file:
        return Place(str(error.file))
    if isinstance(error, TemplateSyntaxError):
        return Place(error.filename or str(places.templates_folder() / name), error.lineno, 1)
    if isinstance(error, EscapingOffError):
        found = templates.text(error.name)
        return Place(str(found[1] if found else error.name), error.line, 1)
    place, trace = Place(str(templates.own or places.templates_folder())), error.__traceback__
    folders = [str(folder) for folder in (templates.own, places.templates_folder()) if folder]
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(folder) for folder in folders) and Path(file).suffix != ".py":
            place = Place(file, trace.tb_lineno, 1)
        trace = trace.tb_next
    return place


def _refuse_loads(page: str, templates: Templates) -> None:
    known = "".join(path.read_text(encoding="utf-8") for path in sorted(places.templates_folder().glob("*.html")))
    found = dict.fromkeys(address for address in loads(page, known))
    if found:
        raise InputError([Problem("P403", Place(str(templates.own)), {"url": url}) for url in found])
