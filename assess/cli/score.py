"""``assess score``: the main job."""

from pathlib import Path

import click

from assess.assessment import Audience, assess
from assess.audience import for_audience
from assess.cli.common import (
    colour,
    files_argument,
    language_option,
    load_all,
    max_bytes_option,
    roadmap_options,
    rubric_option,
    show,
    stage_called,
    templates_option,
)
from assess.cli.handling import audience_option, marked, marking_option
from assess.cli.outputs import formats_option, paper_option, write_all
from assess.problems.model import ExitCode
from assess.report.make import Wish, make
from assess.report.provenance import Sources
from assess.report.summary import summary
from assess.report.templates import Templates
from assess.roadmap.outlook import PlanWish
from assess.rubric.load import rubric_translator


@click.command(epilog="Example: assess score answers.yaml --out out")
@files_argument
@rubric_option
@language_option
@max_bytes_option
@click.option("--out", default=Path("out"), show_default=True, type=click.Path(path_type=Path), help="Folder.")
@formats_option("pdf,json")
@paper_option
@templates_option
@audience_option
@marking_option
@roadmap_options
def command(
    files: tuple[Path, ...], rubric_name: str, language: str, max_bytes: int, out: Path,
    formats: tuple[str, ...], paper: str, templates: Path | None, budget: float | None, target: str | None,
    years: int | None,
    audience: Audience, marking: str | None,
) -> int:
    """Score one assessment; several files are several raters of the same relationship and date.

    Writes the report and the result into a folder and prints their paths. A short summary goes to
    the terminal. Where the machine cannot make PDF, HTML is written in its stead. The report holds a
    roadmap: to the next stage in three years, unless a target, a budget or years are given.
    """
    own = Templates.of(templates)
    rubric, questionnaires, contents = load_all(files, rubric_name, max_bytes)
    tr = rubric_translator(rubric_name, language)
    wish = PlanWish(budget=budget, target=stage_called(target, rubric, tr), years=years)
    assessment = marked(for_audience(assess(rubric, questionnaires, wish=wish), audience), marking)
    made = make(assessment, rubric, Sources(contents), Wish(formats, tr, paper, own))
    click.echo(summary(assessment, rubric, tr, colour=colour()), err=True, nl=False)
    show([*made.warnings, *own.unused()])
    write_all(out, files, assessment, made.files)
    if made.failure:
        raise made.failure
    return ExitCode.FINE
