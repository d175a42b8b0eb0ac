"""``assess diff``: what changed between two questionnaires, in words."""

import json
from pathlib import Path

import click

from assess.cli.common import max_bytes_option, rubric_option
from assess.cli.speech import language_option
from assess.printable import printable_json
from assess.questionnaire.load import load_questionnaire
from assess.rubric.load import load_rubric, rubric_translator


@click.command(epilog="Example: assess diff last.yaml answers.yaml")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@rubric_option
@max_bytes_option
@language_option
@click.option("--json", "json_output", is_flag=True, help="Print the differences as a JSON array.")
def command(old: Path, new: Path, rubric_name: str, max_bytes: int, language: str, json_output: bool) -> None:
    """Show what changed between two questionnaires, in words.

    Header, answers, challenges, bodies and evidence are compared by what they say; order, remarks
    and layout of the files do not count. Both files are for the same version of the rubric.
    """
    from assess.desk.difference import as_records, differences, in_words

    rubric = load_rubric(rubric_name)
    before, after = (load_questionnaire(path, rubric, max_bytes=max_bytes)[0] for path in (old, new))
    found = differences(before, after, rubric)
    if json_output:
        click.echo(printable_json(json.dumps(as_records(found), ensure_ascii=False, indent=2)))
    else:
        click.echo(in_words(found, before, after, rubric, rubric_translator(rubric_name, language)), nl=False)
