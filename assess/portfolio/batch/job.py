"""One report to be made: a job goes to a worker as plain values, what came of it comes back in the same way."""

import contextlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from assess import __version__
from assess.assessment import assess
from assess.language import Translator
from assess.portfolio.work import Given, read
from assess.problems.model import AssessError, Place, Problem
from assess.questionnaire.together import check_together
from assess.report.make import Wish, make
from assess.report.provenance import Sources
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric


@dataclass(frozen=True, slots=True)
class Job:
    """One assessment with everything that its report takes.

    ``key`` names the content: equal keys give equal reports. ``stem`` is the name of the files without
    ending. ``engine`` and ``rubric_hash`` are those of the coordinator; a worker with others refuses.
    """

    key: str
    stem: str
    files: tuple[Given, ...]
    rubric: str
    rubric_hash: str
    formats: tuple[str, ...]
    language: str
    paper: str
    engine: str = __version__


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: files by ending, and problems."""

    key: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def render_job(job: Job) -> Done:
    """Make one report. Pure but for what it reads of the installed program; never raises."""
    try:
        return _rendered(job)
    except AssessError as error:
        return Done(job.key, problems=error.problems)
    except Exception as error:  # one report that fails must not end the others
        return Done(job.key, problems=(failed(job, error),))


def failed(job: Job, error: Exception) -> Problem:
    """Say that the program failed on a job; never the error's own text, which may quote answers."""
    import traceback  # imported late: only a fault needs it

    package = Path(__file__).parents[2]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(package)] or frames
    where = f"{Path(ours[-1].filename).name}, {ours[-1].name}" if ours else "–"
    return Problem("B816", Place(job.files[0].name), {"kind": type(error).__name__, "where": where})


def warm(rubric: str, language: str = "en", formats: Collection[str] = ("pdf",)) -> None:
    """Load once what every report of this process needs: rubric, translations, and the library that makes PDF."""
    _tools(rubric, language)
    if "pdf" not in formats:
        return
    with contextlib.suppress(AssessError):  # what the machine lacks, each report says of itself
        from assess.report.pdf import render_pdf

        render_pdf('<html lang="en"><head><title>.</title></head><body><p>.</p></body></html>')


@lru_cache(maxsize=4)
def _tools(rubric: str, language: str) -> tuple[Rubric, Translator]:
    return load_rubric(rubric), rubric_translator(rubric, language)


def _rendered(job: Job) -> Done:
    rubric, tr = _tools(job.rubric, job.language)
    for what, theirs, mine in (("program", job.engine, __version__), ("rubric", job.rubric_hash, rubric.hash)):
        if theirs != mine:
            return Done(job.key, problems=(Problem("B815", Place(job.files[0].name), {"what": what}),))
    named = [(given.name, read(given, rubric)[0]) for given in job.files]
    check_together(named)
    assessment = assess(rubric, [questionnaire for _, questionnaire in named])
    made = make(assessment, rubric, Sources([given.content for given in job.files]), Wish(job.formats, tr, job.paper))
    return Done(job.key, made.files, tuple(made.failure.problems) if made.failure else ())
