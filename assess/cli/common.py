"""What several commands share: options, loading, and showing problems."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TextIO

import click

from assess import yamlio
from assess.cli.speech import language_option, speaker
from assess.files import is_stream
from assess.language import Translator
from assess.problems.model import InputError, Place, Problem
from assess.problems.render import as_text
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.questionnaire.together import check_together
from assess.reasons import system_reason
from assess.rubric.load import DEFAULT_RUBRIC, load_rubric
from assess.rubric.model import Rubric

__all__ = [
    "Loaded", "colour", "files_argument", "is_result", "language_option", "load_all", "max_bytes_option", "read_bytes",
    "roadmap_options", "rubric_option", "show", "stage_called", "templates_option",
]

_NOTHING: Mapping[Path, bytes] = {}

rubric_option = click.option(
    "--rubric", "rubric_name", default=DEFAULT_RUBRIC, show_default=True, help="Installed id, or path of a folder."
)
max_bytes_option = click.option(
    "--max-bytes", default=yamlio.MAX_BYTES, show_default=True, type=click.IntRange(1), help="Largest file to read."
)
templates_option = click.option(
    "--templates", metavar="DIR", type=click.Path(path_type=Path),
    help="Folder whose templates, style sheets and pictures replace those of the same name."
)
files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


def roadmap_options(command: Callable[..., int]) -> Callable[..., int]:
    """What may be asked of a roadmap."""
    options = (
        click.option("--budget", type=click.FloatRange(0, 1e6),
                     help="Person-months to spend; with --years, in each year."),
        click.option("--target",
                     help="Stage to reach: its id, or its title as the report prints it. The next stage, if "
                          "neither this nor --budget is given."),
        click.option("--years", type=click.IntRange(1, 10), help="Give each step a year, out of so many."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def stage_called(target: str | None, rubric: Rubric, tr: Translator) -> str | None:
    """Return the id of the stage that ``target`` calls by id or title, in any case; a strange word stays as it is."""
    called = (target or "").strip().casefold()
    for stage in rubric.stages:
        if called in {name.casefold() for name in (stage.id, stage.title, tr(stage.title))}:
            return stage.id
    return target


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        InputError: Y101, it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        values = {"reason": system_reason(error)}
        raise InputError([Problem("Y101", Place(str(path)), values)]) from error


def is_result(path: Path, content: bytes) -> bool:
    """Whether a file is a result of «assess score»: by its name, or if it is a pipe by its first sign."""
    return path.suffix == ".json" or (is_stream(path) and content.lstrip().startswith(b"{"))


def colour(stream: TextIO | None = None) -> bool:
    """Whether ``stream`` (by default stderr) shows colours: a terminal, and NO_COLOR is not set."""
    import os

    return (stream or sys.stderr).isatty() and not os.environ.get("NO_COLOR")


def show(problems: Iterable[Problem]) -> None:
    """Print problems on stderr."""
    click.echo(as_text(problems, speaker(), colour=colour()), err=True, nl=False)


class Loaded(NamedTuple):
    """A rubric, questionnaires for it, and the bytes that each of them was read from."""

    rubric: Rubric
    questionnaires: list[Questionnaire]
    contents: list[bytes]


def load_all(
    files: Iterable[Path], rubric_name: str, max_bytes: int, known: Mapping[Path, bytes] = _NOTHING
) -> Loaded:
    """Load questionnaires that belong together; show their warnings.

    Each is read once, as it may be a pipe; ``known`` holds what was read already.

    Raises:
        InputError: all problems of all files at once.
    """
    rubric = load_rubric(rubric_name)
    loaded: list[tuple[str, Questionnaire]] = []
    contents: list[bytes] = []
    problems: list[Problem] = []
    failed = False
    for path in files:
        try:
            contents.append(known.get(path) or yamlio.read_bytes(path, max_bytes=max_bytes))
            questionnaire, warnings = check_document(yamlio.parse(contents[-1], str(path)), rubric)
            loaded.append((str(path), questionnaire))
            problems += warnings
        except InputError as error:
            problems += error.problems
            failed = True
    if failed:
        raise InputError(problems)
    show(problems)
    check_together(loaded)
    return Loaded(rubric, [questionnaire for _, questionnaire in loaded], contents)
