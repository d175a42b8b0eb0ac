"""What commands that write reports share: formats, paper, and the names of files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from assess.assessment import Assessment
from assess.files import is_stream, write_atomically
from assess.report.make import FORMATS, PAPERS


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """Read «pdf,json»."""
    wanted = {part.strip() for part in value.split(",")}
    if not wanted or wanted - set(FORMATS):
        raise click.BadParameter(f"choose from {', '.join(FORMATS)}, separated by commas")
    return tuple(name for name in FORMATS if name in wanted)


def formats_option(default: str) -> Callable[[Any], Any]:
    """Return the option --format; what is not named is not made."""
    return click.option("--format", "formats", default=default, show_default=True, callback=_formats,
                        help=f"Any of {', '.join(FORMATS)}.")


paper_option = click.option("--paper", default="A4", show_default=True,
                            type=click.Choice(PAPERS, case_sensitive=False), help="Size of the page.")


def write_all(out: Path, files: Sequence[Path], assessment: Assessment, made: Mapping[str, bytes]) -> None:
    """Write every file, then print the paths: whoever stops reading them loses no file."""
    ready = _named(out, files, assessment, made)
    for path, content in ready:
        write_atomically(path, content)
    for path, _ in ready:
        click.echo(path)


def _named(
    out: Path, files: Sequence[Path], assessment: Assessment, made: Mapping[str, bytes]
) -> list[tuple[Path, bytes]]:
    """Name the files: like the one questionnaire, or by parties and date if it is a pipe or many, and by audience."""
    parties, as_of = assessment.result.relationship.parties, assessment.result.as_of
    named = len(files) == 1 and not is_stream(files[0])
    stem = files[0].stem if named else f"{parties.A.code}-{parties.B.code}-{as_of}".lower()
    ending = "" if assessment.audience == "internal" else f"-{assessment.audience}"
    stem += "" if stem.endswith(ending) else ending
    return [(out / f"{stem}.{ending}", content) for ending, content in made.items()]
