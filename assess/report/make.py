"""One result in the formats that were asked for, made in memory before anything is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assess.assessment import Assessment
from assess.problems.model import MissingMeansError, Problem
from assess.report.formats.job import Job, Wish, view_of
from assess.report.glyphs import missing_characters
from assess.report.html import PAPERS
from assess.report.provenance import Sources
from assess.rubric.model import Rubric

__all__ = ["FORMATS", "PAPERS", "Format", "Made", "Wish", "make", "render", "view_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is made, what it warns of, and what stands in where this machine cannot make it."""

    make: Callable[[Job], bytes]
    warn: Callable[[Job], list[Problem]] = lambda job: []
    stand_in: str | None = None


def _docx(job: Job) -> bytes:
    from assess.report.formats.docx import as_document

    return as_document(job)


def _csv(job: Job) -> bytes:
    from assess.report.formats.comma import as_csv

    return as_csv(job)


def _xlsx(job: Job) -> bytes:
    from assess.report.formats.workbook import as_workbook

    return as_workbook(job)


# The register: a new format is one entry. The key is the word after --format and the ending of the file.
FORMATS: Mapping[str, Format] = {
    "json": Format(lambda job: job.assessment.to_json().encode()),
    "html": Format(lambda job: job.screen_page.encode()),
    "pdf": Format(Job.bound, lambda job: missing_characters(job.print_page, "report"), stand_in="html"),
    "docx": Format(_docx),
    "xlsx": Format(_xlsx),
    "csv": Format(_csv),
}


@dataclass
class Made:
    """The files' contents by ending, and what there is to say about them."""

    files: dict[str, bytes] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    failure: MissingMeansError | None = None


def make(assessment: Assessment, rubric: Rubric, sources: Sources, wish: Wish) -> Made:
    """Return the contents of every format; where PDF cannot be made here, HTML stands in for it.

    The same assessment, rubric, language and templates give the same bytes.

    Raises:
        InputError: P402 to P403 or P430 to P434, a template is broken.
    """
    job, made = Job(assessment, rubric, sources, wish), Made()
    for name, entry in FORMATS.items():
        if name in wish.formats:
            _add(name, entry, job, made)
    return made


def _add(name: str, entry: Format, job: Job, made: Made) -> None:
    try:
        made.files[name] = entry.make(job)
        made.warnings += entry.warn(job)
    except MissingMeansError as error:
        made.failure = error
        if entry.stand_in and entry.stand_in not in made.files:
            made.files[entry.stand_in] = FORMATS[entry.stand_in].make(job)


def render(assessment: Assessment, rubric: Rubric, sources: Sources, wish: Wish, name: str = "pdf") -> bytes:
    """Return a result in one format; without a name the PDF with all that it carries."""
    return FORMATS[name].make(Job(assessment, rubric, sources, wish))
