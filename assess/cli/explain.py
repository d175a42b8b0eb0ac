"""``assess explain``: one figure, down to its evidence."""

from pathlib import Path

import click

from assess.cli.common import files_argument, language_option, load_all, max_bytes_option, rubric_option
from assess.explain import explain, part_of
from assess.printable import printable_json
from assess.rubric.load import rubric_translator
from assess.scoring.score import score


@click.command(epilog="Example: assess explain answers.yaml TRU-01")
@files_argument
@click.argument("key")
@rubric_option
@language_option
@max_bytes_option
@click.option("--json", "json_output", is_flag=True, help="Print this part of the result as JSON.")
def command(
    files: tuple[Path, ...], key: str, rubric_name: str, language: str, max_bytes: int, json_output: bool
) -> None:
    """Show the way from evidence to one figure.

    KEY is the id of an indicator (TRU-01) or component (TRU), of a gate, of a barrier (INT-1) or
    challenge (INT), of a body (BOD-UN-4) or system of bodies (UN), or of a strategic aim (AIM-1), or
    the word index, stage or pressure. Every step names its rule; printed parts add up to the figure.
    """
    rubric, questionnaires, _ = load_all(files, rubric_name, max_bytes)
    result = score(rubric, questionnaires)
    if json_output:
        click.echo(printable_json(part_of(result, key).model_dump_json(indent=2, by_alias=True)))
    else:
        click.echo(explain(result, rubric, key, rubric_translator(rubric_name, language)), nl=False)
