"""``assess score``: the main job."""

from pathlib import Path

import click

from assess.cli.common import files_argument, load_all, max_bytes_option, rubric_option
from assess.files import write_atomically
from assess.scoring.score import score


@click.command()
@files_argument
@rubric_option
@max_bytes_option
@click.option("--out", default=Path("out"), show_default=True, type=click.Path(path_type=Path), help="Folder.")
def command(files: tuple[Path, ...], rubric_name: str, max_bytes: int, out: Path) -> None:
    """Score one assessment; several files are several raters of the same relationship and date.

    Writes the result as JSON and prints its path.
    """
    rubric, questionnaires = load_all(files, rubric_name, max_bytes)
    result = score(rubric, questionnaires)
    path = out / f"{files[0].stem}.json"
    write_atomically(path, result.to_json().encode())
    click.echo(path)
