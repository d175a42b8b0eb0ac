"""``assess roadmap``: the steps of the best plan."""

from dataclasses import replace
from pathlib import Path

import click

from assess.cli.common import (
    files_argument,
    language_option,
    load_all,
    max_bytes_option,
    roadmap_options,
    rubric_option,
    stage_called,
)
from assess.printable import printable_json
from assess.problems.model import ExitCode, InputError, Place
from assess.rubric.load import rubric_translator
from assess.scoring.score import score


@click.command(epilog="Example: assess roadmap answers.yaml --budget 24")
@files_argument
@rubric_option
@language_option
@max_bytes_option
@roadmap_options
@click.option("--json", "json_output", is_flag=True, help="Print the roadmap as JSON.")
def command(
    files: tuple[Path, ...], rubric_name: str, language: str, max_bytes: int,
    budget: float | None, target: str | None, years: int | None, json_output: bool,
) -> int:
    """Plan which steps to take for a budget, or to reach a stage.

    With --budget: the most gain for it. With --target: the least effort to that stage. Efforts are
    those of the rubric, in person-months of both sides together. The chance of the stage takes every
    step to succeed and doubts what stands today.
    """
    from assess.roadmap.plan import Drawn, plan  # imported late: numpy is slow to load
    from assess.roadmap.text import as_text, in_language
    from assess.uncertainty.run import study

    rubric, questionnaires, _ = load_all(files, rubric_name, max_bytes)
    tr = rubric_translator(rubric_name, language)
    target = stage_called(target, rubric, tr)
    result = score(rubric, questionnaires)
    found = study(rubric, result)
    drawn = Drawn(found.drawn, found.draws.lean) if found else None
    place, tr = Place(str(files[0])), rubric_translator(rubric_name, language)
    try:
        roadmap = plan(rubric, result, budget=budget, target=target, years=years, place=place, drawn=drawn)
    except InputError as error:
        said = [replace(problem, values=in_language(problem.values, rubric, tr)) for problem in error.problems]
        raise InputError(said) from error
    if json_output:
        click.echo(printable_json(roadmap.to_json()), nl=False)
    else:
        if result.marking:
            click.echo(result.marking)
        parties = {"A": result.relationship.parties.A.name, "B": result.relationship.parties.B.name}
        click.echo(as_text(roadmap, rubric, parties, tr), nl=False)
    return ExitCode.FINE
