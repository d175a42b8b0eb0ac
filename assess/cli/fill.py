"""``assess fill``: fill in a questionnaire question by question, in a terminal."""

import sys
from pathlib import Path

import click

from assess.cli.common import colour, max_bytes_option, rubric_option
from assess.cli.speech import language_option, speaker
from assess.problems.model import InputError, Place, Problem
from assess.rubric.load import load_rubric, rubric_translator


@click.command(epilog="Example: assess fill answers.yaml")
@click.argument("file", type=click.Path(path_type=Path))
@rubric_option
@language_option
@max_bytes_option
def command(file: Path, rubric_name: str, language: str, max_bytes: int) -> None:
    """Fill in a questionnaire question by question, in a terminal.

    Goes from one open question to the next, with its levels and guidance. Every answer is saved at
    once, with remarks and order of the file kept, and can be undone. The key ? shows all keys.
    A file with errors is not opened: its problems are listed, and it stays as it is.
    """
    import os

    from assess.desk.session import Session

    session = Session(file, load_rubric(rubric_name), max_bytes)
    streams = (sys.stdin, sys.stdout)  # None where the shell has closed one
    if not all(stream is not None and stream.isatty() for stream in streams) or os.environ.get("TERM") == "dumb":
        raise InputError([Problem("T766", Place(str(file)))])
    from assess.desk.dialogue import Dialogue
    from assess.desk.screen import Screen

    Screen(Dialogue(session, rubric_translator(rubric_name, language)), colour=colour(sys.stdout)).run()
    still, everything = session.counts()
    click.echo(speaker()("{open} of {all} are open").format(open=still, all=everything), err=True)
    click.echo(file)
