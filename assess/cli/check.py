"""``assess check``: every problem at once; nothing is written."""

import sys
from pathlib import Path

import click

from assess import yamlio
from assess.cli.common import colour, files_argument, max_bytes_option, rubric_option
from assess.cli.speech import language_option, speaker
from assess.portfolio.gather import gather
from assess.problems.model import ExitCode, InputError, Problem, has_errors
from assess.problems.render import as_json, as_text
from assess.questionnaire.load import check_document
from assess.rubric.load import load_rubric


@click.command(epilog="Example: assess check answers.yaml")
@files_argument
@rubric_option
@max_bytes_option
@language_option
@click.option("--json", "json_output", is_flag=True, help="Print the problems as a JSON array.")
def command(files: tuple[Path, ...], rubric_name: str, max_bytes: int, language: str, json_output: bool) -> int:
    """Report every problem of questionnaires, with place, rule and way out.

    Takes the same files, folders and manifests as «assess portfolio». Ends with 0 if nothing forbids
    scoring (warnings may stand), with 1 otherwise.
    """
    problems = _problems(files, rubric_name, max_bytes)
    if json_output:
        click.echo(as_json(problems, speaker()))
    else:
        click.echo(as_text(problems, speaker(), colour=colour(sys.stdout)), nl=False)
        errors = sum(p.severity == "error" for p in problems)
        tr = speaker()
        count = tr.plural("{count} error", "{count} errors", errors)
        warnings = tr.plural("{count} warning", "{count} warnings", len(problems) - errors)
        click.echo(f"{count}, {warnings}", err=True)
    return ExitCode.PROBLEMS if has_errors(problems) else ExitCode.FINE


def _problems(files: tuple[Path, ...], rubric_name: str, max_bytes: int) -> list[Problem]:
    """Return the problems of all files; where the rubric itself is broken, its problems alone."""
    try:
        rubric = load_rubric(rubric_name)
    except InputError as error:
        return list(error.problems)
    found = gather(files, max_bytes)
    problems = found.problems
    for source in found.sources:
        try:
            document = yamlio.parse(source.read(max_bytes), str(source.path))
            problems += check_document(document, rubric)[1]
        except InputError as error:
            problems += error.problems
    return problems
