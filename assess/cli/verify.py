"""``assess verify``: does a report say what its answers give?"""

import sys
from pathlib import Path

import click

from assess.cli.common import colour, read_bytes, templates_option
from assess.cli.speech import language_option, speaker
from assess.problems.model import ExitCode, has_errors
from assess.problems.render import as_json, as_text
from assess.report.templates import Templates
from assess.report.verify import verify


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@language_option
@templates_option
@click.option("--json", "json_output", is_flag=True, help="Print what differs as a JSON array.")
def command(report: Path, language: str, templates: Path | None, json_output: bool) -> int:
    """Check a PDF report against the answers that it carries.

    Checks the hashes of its parts, scores the answers again, makes the pages again, and prints
    every figure and line that differs. Ends with 0 if the report is sound, with 1 otherwise.
    """
    problems = verify(read_bytes(report), str(report), Templates.of(templates))
    if json_output:
        click.echo(as_json(problems, speaker()))
    else:
        click.echo(as_text(problems, speaker(), colour=colour(sys.stdout)), nl=False)
    bad = has_errors(problems)
    tr = speaker()
    verdict = tr("the report does not hold") if bad else tr("every figure follows from its answers")
    click.echo(f"{report}: {verdict}", err=True)
    return ExitCode.PROBLEMS if bad else ExitCode.FINE
