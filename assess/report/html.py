"""From the view to HTML: sandboxed Jinja2 templates, every text escaped, nothing fetched."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from assess.language import Translator
from assess.problems.model import InputError, Place, Problem
from assess.report.typeset import typeset
from assess.report.view import ReportView
from assess.resources import data_folder

Medium = Literal["print", "screen"]
_STYLES: dict[Medium, tuple[str, ...]] = {
    "print": ("fonts.css", "report.css", "print.css"),
    "screen": ("report.css", "screen.css"),
}


def templates_folder() -> Path:
    """Return the folder of the bundled templates."""
    return data_folder("report_templates")


def render_html(view: ReportView, tr: Translator, medium: Medium, paper: str = "A4") -> str:
    """Return the report as one HTML document; ``screen`` is self-contained, ``print`` is for the PDF.

    ``paper`` is a page size of CSS: A4 or letter.

    Raises:
        InputError: P402, a template is broken.
    """
    return render_page("report.html", {"view": view}, tr, medium, paper)


def render_page(name: str, values: Mapping[str, object], tr: Translator, medium: Medium, paper: str = "A4") -> str:
    """Return the page that the template ``name`` makes of ``values``.

    Raises:
        InputError: P402, a template is broken.
    """
    environment = _environment(templates_folder())
    style = Markup("\n").join(Markup(_style(part)) for part in _STYLES[medium])  # noqa: S704 - our own style sheets
    try:
        template = environment.get_template(name)
        return template.render(**values, _=tr, ngettext=tr.plural, decimal=tr.decimal_mark, style=style, paper=paper,
                               screen=medium == "screen")
    except TemplateError as error:
        place = Place(str(templates_folder() / name))
        raise InputError([Problem("P402", place, {"template": name, "reason": str(error)})]) from error


def _style(name: str) -> str:
    return (templates_folder() / name).read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _environment(folder: Path) -> Environment:
    """A sandbox: templates see the view and nothing of Python behind it; autoescape is always on."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=typeset,
    )
    return environment
