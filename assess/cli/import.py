# ruff: noqa: N999 - the command is called so, and its module is found by the name
"""``assess import``: from a filled-in workbook to a questionnaire."""

from pathlib import Path

import click

from assess.cli.common import language_option, rubric_option, show
from assess.cli.schema import force_option, save
from assess.cli.speech import speaker
from assess.language import languages
from assess.questionnaire.model import Questionnaire
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric


@click.command(epilog="Example: assess import form.xlsx -o answers.yaml")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path),
              help="File; «-» prints.  [default: like the workbook, ending in .yaml]")
@rubric_option
@language_option
@force_option
def command(file: Path, out: Path | None, rubric_name: str, language: str, force: bool) -> None:
    """Make a questionnaire of a workbook that somebody filled in.

    FILE is a workbook that «assess form --xlsx» made. All problems are told at once, each with its sheet
    and cell, and then nothing is written. Sheets and rows may have been renamed, moved, sorted or left
    out; formulas, macros and links are never read.
    """
    from assess.questionnaire.blank import annotated
    from assess.questionnaire.workbook.read import read_workbook

    rubric = load_rubric(rubric_name)
    translators = {code: rubric_translator(rubric_name, code) for code in languages()}
    imported = read_workbook(file, rubric, list(translators.values()))
    show(imported.warnings)
    text = annotated(imported.questionnaire, rubric, translators[imported.language])
    save({out or file.with_suffix(".yaml"): text}, force=force, sources=[file])
    click.echo(_tally(imported.questionnaire, rubric), err=True)


def _tally(questionnaire: Questionnaire, rubric: Rubric) -> str:
    """Say how many answers came in, and how many are open."""
    from assess.questionnaire.forward import tally

    count, tr = tally(questionnaire, rubric), speaker()
    came = tr.plural("{count} answer imported", "{count} answers imported", count.said)
    left = tr("{open} of {all} are open").format(open=count.open, all=count.all)
    return f"{came}; {left}"
