"""One result in the formats that were asked for, made in memory before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from assess.assessment import Assessment
from assess.language import ENGLISH, Translator
from assess.problems.model import MissingMeansError, Problem
from assess.report.glyphs import missing_characters
from assess.report.html import render_html
from assess.report.pdf import render_pdf
from assess.report.provenance import Sources, carried
from assess.report.view import ReportView, build_view
from assess.rubric.model import Rubric

Format = Literal["pdf", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAPERS = ("A4", "letter")


@dataclass
class Made:
    """The files' contents by ending, and what there is to say about them."""

    files: dict[str, bytes] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    failure: MissingMeansError | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    formats: Sequence[Format]
    tr: Translator = ENGLISH
    paper: str = "A4"


def make(assessment: Assessment, rubric: Rubric, sources: Sources, wish: Wish) -> Made:
    """Return the contents of every format; where PDF cannot be made here, HTML stands in for it.

    The same assessment, rubric and language give the same bytes.
    """
    made = Made()
    if "json" in wish.formats:
        made.files["json"] = assessment.to_json().encode()
    if "html" in wish.formats:
        made.files["html"] = _screen(assessment, rubric, wish.tr)
    if "pdf" in wish.formats:
        _pdf(assessment, rubric, sources, wish, made)
    return made


def _pdf(assessment: Assessment, rubric: Rubric, sources: Sources, wish: Wish, made: Made) -> None:
    try:
        page = _print_page(assessment, rubric, wish.tr, wish.paper)
        made.files["pdf"] = _bind(page, assessment, rubric, sources, wish)
        made.warnings += missing_characters(page, "report")
    except MissingMeansError as error:
        made.failure = error
        made.files.setdefault("html", _screen(assessment, rubric, wish.tr))


def render(assessment: Assessment, rubric: Rubric, sources: Sources, wish: Wish) -> bytes:
    """Return the PDF of a result with all that it carries."""
    return _bind(_print_page(assessment, rubric, wish.tr, wish.paper), assessment, rubric, sources, wish)


def _bind(page: str, assessment: Assessment, rubric: Rubric, sources: Sources, wish: Wish) -> bytes:
    files = carried(assessment, rubric, sources, wish.tr.language, wish.paper)
    return render_pdf(page, files, datetime.fromisoformat(assessment.result.as_of))


def _print_page(assessment: Assessment, rubric: Rubric, tr: Translator, paper: str) -> str:
    return render_html(view_of(assessment, rubric, tr), tr, "print", paper)


def _screen(assessment: Assessment, rubric: Rubric, tr: Translator) -> bytes:
    return render_html(view_of(assessment, rubric, tr), tr, "screen").encode()


def view_of(assessment: Assessment, rubric: Rubric, tr: Translator) -> ReportView:
    """Return the view of a result in the language of ``tr``."""
    return build_view(assessment, rubric, tr, localised_date(assessment.result.as_of, tr.language))


def localised_date(iso: str, language: str) -> str:
    """Return a date the way the language writes it; day, month and year are all known."""
    from babel.dates import format_date

    # English without a country would be American; the reports go around the world.
    locale = "en_GB" if language == "en" else language
    return format_date(date.fromisoformat(iso), format="long", locale=locale)
