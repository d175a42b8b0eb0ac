"""``assess score``: the main job."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from assess.assessment import assess
from assess.cli.common import (
    colour,
    files_argument,
    language_option,
    load_all,
    max_bytes_option,
    read_bytes,
    roadmap_options,
    rubric_option,
    show,
)
from assess.files import write_atomically
from assess.problems.model import ExitCode
from assess.report.make import FORMATS, PAPERS, Format, Wish, make
from assess.report.provenance import Sources
from assess.report.summary import summary
from assess.result import Result
from assess.roadmap.outlook import PlanWish
from assess.rubric.load import rubric_translator


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[Format, ...]:
    """Read «pdf,json»."""
    wanted = {part.strip() for part in value.split(",")}
    if not wanted or wanted - set(FORMATS):
        raise click.BadParameter(f"choose from {', '.join(FORMATS)}, separated by commas")
    return tuple(name for name in FORMATS if name in wanted)


@click.command()
@files_argument
@rubric_option
@language_option
@max_bytes_option
@click.option("--out", default=Path("out"), show_default=True, type=click.Path(path_type=Path), help="Folder.")
@click.option("--format", "formats", default="pdf,json", show_default=True, callback=_formats,
              help="Any of pdf, html, json.")
@click.option("--paper", default="A4", show_default=True, type=click.Choice(PAPERS, case_sensitive=False),
              help="Size of the page.")
@roadmap_options
def command(
    files: tuple[Path, ...], rubric_name: str, language: str, max_bytes: int, out: Path,
    formats: tuple[Format, ...], paper: str, budget: float | None, target: str | None, years: int | None,
) -> int:
    """Score one assessment; several files are several raters of the same relationship and date.

    Writes the report and the result into a folder and prints their paths. A short summary goes to
    the terminal. Where the machine cannot make PDF, HTML is written in its stead. The report holds a
    roadmap: to the next stage in three years, unless a target, a budget or years are given.
    """
    rubric, questionnaires = load_all(files, rubric_name, max_bytes)
    assessment = assess(rubric, questionnaires, wish=PlanWish(budget=budget, target=target, years=years))
    result = assessment.result
    sources = Sources([read_bytes(path) for path in files])
    tr = rubric_translator(rubric_name, language)
    made = make(assessment, rubric, sources, Wish(formats, tr, paper))
    click.echo(summary(assessment, rubric, tr, colour=colour()), err=True, nl=False)
    show(made.warnings)
    for path, content in _named(out, files, result, made.files):
        write_atomically(path, content)
        click.echo(path)
    if made.failure:
        raise made.failure
    return ExitCode.FINE


def _named(out: Path, files: Sequence[Path], result: Result, made: Mapping[str, bytes]) -> list[tuple[Path, bytes]]:
    """Name the files: like the one questionnaire, or by parties and date where there are several."""
    parties = result.relationship.parties
    stem = files[0].stem if len(files) == 1 else f"{parties.A.code}-{parties.B.code}-{result.as_of}".lower()
    return [(out / f"{stem}.{ending}", content) for ending, content in made.items()]
