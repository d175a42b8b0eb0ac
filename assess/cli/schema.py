"""``assess schema``: what an editor needs to complete and check a questionnaire."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from assess.cli.common import language_option, rubric_option
from assess.files import is_file, is_folder, write_atomically
from assess.problems.model import InputError, Place, Problem
from assess.rubric.load import load_rubric, rubric_translator

STDOUT = Path("-")
STDOUTS = (STDOUT, Path("/dev/stdout"))

force_option = click.option("--force", is_flag=True, help="Overwrite files that exist.")


def save(files: Mapping[Path, str | bytes], *, force: bool, sources: Iterable[Path] = ()) -> None:
    """Write every file and print its path, or nothing at all; the path «-» is the standard output.

    Nobody may read the files who could not read each of the ``sources``, whose texts are in them.

    Raises:
        InputError: E504 for each file that exists with another content, unless ``force``.
        MissingMeansError: E502, a folder cannot be written.
    """
    taken = [] if force else [path for path, text in files.items() if path not in STDOUTS and _differs(path, text)]
    if taken:
        raise InputError([Problem("E504", Place(str(path)), {"path": str(path)}) for path in taken])
    for path, text in files.items():
        if path in STDOUTS:
            click.echo(_bytes(text), nl=False)  # bytes, because YAML and JSON are UTF-8 on every terminal
        else:
            write_atomically(path, _bytes(text), sources)
            click.echo(path)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _differs(path: Path, text: str | bytes) -> bool:
    """Whether something stands at ``path`` that writing ``text`` would destroy."""
    if not is_file(path):
        return is_folder(path)
    try:
        return path.read_bytes() != _bytes(text)
    except OSError:
        return True


@click.command(epilog="Example: assess schema -o questionnaire.schema.json")
@click.option("-o", "--out", default=STDOUT, type=click.Path(path_type=Path), help="File; «-» prints.  [default: -]")
@rubric_option
@language_option
@force_option
def command(out: Path, rubric_name: str, language: str, force: bool) -> None:
    """Write the JSON Schema of questionnaires, for editors.

    Editors that know the YAML language server then complete and check while one types. Save it as
    questionnaire.schema.json beside the questionnaire, whose first line points there.
    """
    from assess.questionnaire.schema import schema_text

    text = schema_text(load_rubric(rubric_name), rubric_translator(rubric_name, language))
    save({out: text}, force=force)
