"""``assess migrate``: a questionnaire carried over to a newer version of its rubric."""

from pathlib import Path

import click

from assess import yamlio
from assess.cli.common import max_bytes_option, read_bytes
from assess.cli.schema import force_option, save
from assess.cli.speech import language_option
from assess.files import is_folder
from assess.problems.model import InputError, Place, Problem
from assess.rubric.load import (
    DEFAULT_RUBRIC,
    load_rubric,
    older_version,
    rubric_from_json,
    rubric_translator,
)
from assess.rubric.model import Rubric


@click.command(epilog="Example: assess migrate old.yaml -o answers.yaml")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "name", default=DEFAULT_RUBRIC, show_default=True,
              help="The newer rubric: installed id, or path of a folder.")
@click.option("--from-rubric", "former", type=click.Path(path_type=Path),
              help="The older rubric: its folder, or rubric.json out of a report.  [default: the newer one's history]")
@click.option("-o", "--out", type=click.Path(path_type=Path),
              help="File; «-» prints.  [default: like FILE, with the version in its name]")
@language_option
@max_bytes_option
@force_option
def command(
    file: Path, name: str, former: Path | None, out: Path | None, language: str, max_bytes: int, force: bool
) -> None:
    """Carry a questionnaire over to a newer version of its rubric.

    Says on stderr what changed: questions that are new, gone or renamed, answers to read again because
    what decides them changed, and answers that no longer fit. Remarks in the file are not kept.
    """
    from assess.questionnaire.blank import annotated
    from assess.questionnaire.load import check_document
    from assess.questionnaire.migrate import migrate, told

    document = yamlio.read(file, max_bytes=max_bytes)
    new, tr = load_rubric(name), rubric_translator(name, language)
    old = _older(document, new, name, former)
    questionnaire, _ = check_document(document, old)
    migration = migrate(questionnaire, old, new)
    click.echo(told(migration, old, new, tr), err=True, nl=False)
    path = out or file.with_name(f"{file.stem}-{new.version}.yaml")
    save({path: annotated(migration.questionnaire, new, tr)}, force=force, sources=[file])


def _older(document: yamlio.Document, new: Rubric, name: str, former: Path | None) -> Rubric:
    """Return the rubric that the questionnaire was answered with.

    Raises:
        InputError: Q250 it is not at hand, Q251 it is not older than ``new``, Q252 it is no rubric.
    """
    from assess.questionnaire.migrate import is_older

    named, place = str(document.data.get("rubric")), document.place(("rubric",))
    if not is_older(named, new):
        values = {"named": named, "loaded": f"{new.id} {new.version}"}
        raise InputError([Problem("Q251", place, values)])
    old = _read(former) if former else older_version(name, named.partition(" ")[2])
    if old is None:
        raise InputError([Problem("Q250", place, {"named": named})])
    return old


def _read(path: Path) -> Rubric:
    """Read a rubric from its folder, or from the JSON that reports carry."""
    if is_folder(path):
        return load_rubric(str(path))
    try:
        return rubric_from_json(read_bytes(path).decode())
    except ValueError as error:
        values = {"reason": "the file is not the JSON of one"}
        raise InputError([Problem("Q252", Place(str(path)), values)]) from error
