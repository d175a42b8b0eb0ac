"""``assess status``: how far questionnaires are, and who owes what."""

import json
from pathlib import Path

import click

from assess.cli.common import files_argument, max_bytes_option, rubric_option
from assess.cli.speech import language_option
from assess.printable import printable, printable_json
from assess.problems.model import InputError, Problem
from assess.questionnaire.load import load_questionnaire
from assess.questionnaire.model import Questionnaire
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric


@click.command(epilog="Example: assess status answers.yaml")
@files_argument
@rubric_option
@max_bytes_option
@language_option
@click.option("--json", "json_output", is_flag=True, help="Print the progress as a JSON array, one entry a file.")
def command(files: tuple[Path, ...], rubric_name: str, max_bytes: int, language: str, json_output: bool) -> None:
    """Show how far questionnaires are: what is answered, open or for review, and who owes what.

    Whoever is named under «assigned» owes what is unknown or for review there. The coverage is the
    one that the report states. An answer that is unknown for a reason is not open.
    """
    from assess.desk.progress import as_record, in_words, progress

    rubric = load_rubric(rubric_name)
    tr = rubric_translator(rubric_name, language)
    found = [(path, q, progress(q, rubric)) for path, q in _loaded(files, rubric, max_bytes)]
    if json_output:
        records = [as_record(state, str(path)) for path, _, state in found]
        click.echo(printable_json(json.dumps(records, ensure_ascii=False, indent=2)))
        return
    for number, (path, q, state) in enumerate(found):
        title = f"{printable(str(path))}\n" if len(found) > 1 else ""
        click.echo(("\n" if number else "") + title + in_words(state, q, rubric, tr), nl=False)


def _loaded(files: tuple[Path, ...], rubric: Rubric, max_bytes: int) -> list[tuple[Path, Questionnaire]]:
    """Load all files.

    Raises:
        InputError: all problems of all files at once.
    """
    loaded: list[tuple[Path, Questionnaire]] = []
    problems: list[Problem] = []
    for path in files:
        try:
            loaded.append((path, load_questionnaire(path, rubric, max_bytes=max_bytes)[0]))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return loaded
