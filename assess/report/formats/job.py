"""What is to be told, and how: every format starts from it, and what they share is made once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from assess.assessment import Assessment
from assess.days import long_day
from assess.language import ENGLISH, Translator
from assess.report.formats.tree import Node, parse
from assess.report.html import BUNDLED, Templates, render_html
from assess.report.pdf import render_pdf
from assess.report.provenance import Sources, carried
from assess.report.view import ReportView, build_view
from assess.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    formats: Sequence[str]
    tr: Translator = ENGLISH
    paper: str = "A4"
    templates: Templates = BUNDLED


@dataclass(frozen=True)
class Job:
    """One assessment to be told as ``wish`` says."""

    assessment: Assessment
    rubric: Rubric
    sources: Sources
    wish: Wish

    @property
    def tr(self) -> Translator:
        """The language of the report."""
        return self.wish.tr

    @property
    def day(self) -> date:
        """The date of the assessment; files carry it, and no other."""
        return date.fromisoformat(self.assessment.result.as_of)

    @cached_property
    def view(self) -> ReportView:
        """What the pages say."""
        return view_of(self.assessment, self.rubric, self.tr)

    @cached_property
    def print_page(self) -> str:
        """The HTML from which the PDF is made."""
        return render_html(self.view, self.tr, "print", self.wish.paper, self.wish.templates)

    @cached_property
    def screen_page(self) -> str:
        """The HTML for a browser."""
        return render_html(self.view, self.tr, "screen", self.wish.paper, self.wish.templates)

    @cached_property
    def office_page(self) -> str:
        """The HTML from which a document is made."""
        return render_html(self.view, self.tr, "office", self.wish.paper, self.wish.templates)

    @cached_property
    def tree(self) -> Node:
        """The page for an office as a tree."""
        return parse(self.office_page)

    @property
    def marking(self) -> Node | None:
        """The marking for the head and foot of every page (an element of class ``marking``), if there is one."""
        return next((node for node in self.tree.walk() if "marking" in node.classes), None)

    @property
    def labels(self) -> list[str]:
        """What the front page warns of: an illustration, a copy that withholds something."""
        return [node.text() for node in self.tree.walk() if node.tag == "p" and "label" in node.classes]

    def bound(self) -> bytes:
        """Return the PDF with all that it carries."""
        wish = self.wish
        files = carried(self.assessment, self.rubric, self.sources, self.tr.language, wish.paper,
                        wish.templates.fingerprint())
        made = datetime.fromisoformat(self.assessment.result.as_of)
        return render_pdf(self.print_page, files, made, wish.templates)


def view_of(assessment: Assessment, rubric: Rubric, tr: Translator) -> ReportView:
    """Return the view of a result in the language of ``tr``."""
    return build_view(assessment, rubric, tr, long_day(assessment.result.as_of, tr))
