"""``assess report``: make the report again, from a result or from questionnaires, and watch while one edits."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from assess.assessment import Assessment, Audience, assess
from assess.cli.common import (
    files_argument,
    is_result,
    language_option,
    load_all,
    max_bytes_option,
    read_bytes,
    rubric_option,
    show,
    templates_option,
)
from assess.cli.handling import another_audience_option, copied, marked, marking_option
from assess.cli.outputs import formats_option, paper_option, write_all
from assess.cli.speech import speaker
from assess.files import is_stream
from assess.problems.model import AssessError, ExitCode, InputError, Place, Problem
from assess.report.make import Wish, make
from assess.report.provenance import Sources
from assess.report.templates import Templates
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric

_PAUSE = 0.5  # seconds between two looks at the files
Stamps = Mapping[Path, tuple[int, int]]


@click.command(epilog="Example: assess report out/answers.json --format docx")
@files_argument
@rubric_option
@language_option
@max_bytes_option
@click.option("--out", default=Path("out"), show_default=True, type=click.Path(path_type=Path), help="Folder.")
@formats_option("html,pdf")
@paper_option
@templates_option
@another_audience_option
@marking_option
@click.option("--watch", is_flag=True, help="Make it again whenever a questionnaire or template changes; end with "
                                            "Ctrl-C.")
def command(
    files: tuple[Path, ...], rubric_name: str, language: str, max_bytes: int, out: Path, formats: tuple[str, ...],
    paper: str, templates: Path | None, audience: Audience | None, marking: str | None, watch: bool,
) -> int:
    """Make a report from a result file or from questionnaires, with templates of one's own.

    A result is the JSON file of «assess score»; nothing is scored again. A PDF made from it carries no
    answers, so that «assess verify» cannot check it; make that one from the questionnaires.
    """
    scored: dict[frozenset[object], tuple[Assessment, Rubric, Sources]] = {}

    def work() -> None:
        """Make all formats; score only when the answers changed."""
        key = frozenset(stamps(files).items())
        if key not in scored:
            scored.clear()
            assessment, rubric, sources = _assessment(files, rubric_name, max_bytes)
            copy = marked(copied(assessment, audience, Place(str(files[0]))), marking)
            scored[key] = copy, rubric, sources
        assessment, rubric, sources = scored[key]
        own = Templates.of(templates)
        made = make(assessment, rubric, sources, Wish(formats, rubric_translator(rubric_name, language), paper, own))
        show([*made.warnings, *own.unused()])
        write_all(out, files, assessment, made.files)
        if made.failure:
            raise made.failure

    if watch:
        watched(lambda: (*files, *_template_files(templates)), work)
    else:
        work()
    return ExitCode.FINE


def _template_files(folder: Path | None) -> list[Path]:
    return list(Templates(folder).files()) if folder is not None else []


def _assessment(files: Sequence[Path], rubric_name: str, max_bytes: int) -> tuple[Assessment, Rubric, Sources]:
    """Read the one result, or score the questionnaires; with what the report is then made from.

    Raises:
        InputError: a file has errors; P438, the result was made with another rubric.
    """
    known = {files[0]: read_bytes(files[0])} if len(files) == 1 and _may_be_result(files[0]) else {}
    if not (known and is_result(files[0], known[files[0]])):
        rubric, questionnaires, contents = load_all(files, rubric_name, max_bytes, known)
        return assess(rubric, questionnaires), rubric, Sources(contents)
    rubric, name = load_rubric(rubric_name), str(files[0])
    assessment = Assessment.from_json(known[files[0]].decode("utf-8-sig", "replace"), name)
    made = assessment.result.rubric
    if made.hash != rubric.hash:
        values = {"named": f"{made.id} {made.version}", "loaded": f"{rubric.id} {rubric.version}"}
        raise InputError([Problem("P438", Place(name), values)])
    return assessment, rubric, Sources([])


def _may_be_result(path: Path) -> bool:
    return path.suffix == ".json" or is_stream(path)


# --- watching -----------------------------------------------------------------------------------------


def stamps(paths: Iterable[Path]) -> Stamps:
    """Return time of change and size of each file; a file that is not there counts as empty."""
    found = {}
    for path in paths:
        try:
            told = path.stat()
            found[path] = (told.st_mtime_ns, told.st_size)
        except OSError:
            found[path] = (0, 0)
    return found


def watched(
    paths: Callable[[], Iterable[Path]], work: Callable[[], None], wait: Callable[[], None] | None = None
) -> None:
    """Do ``work`` now and whenever one of ``paths`` changes, until somebody interrupts.

    A problem is shown, and the watch goes on; what was written before stays. ``wait`` passes the time
    between two looks.
    """
    pause = wait or (lambda: time.sleep(_PAUSE))
    before: Stamps | None = None
    tr = speaker()
    try:
        while True:
            now = stamps(paths())
            if now != before:
                before = now
                _try(work)
                click.echo(tr("Watching; end with Ctrl-C."), err=True)
            pause()
    except KeyboardInterrupt:
        click.echo("", err=True)


def _try(work: Callable[[], None]) -> None:
    try:
        work()
    except AssessError as error:
        show(error.problems)
