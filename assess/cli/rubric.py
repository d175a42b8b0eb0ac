"""``assess rubric``: look at the instrument."""

import click

from assess.rubric.load import DEFAULT_RUBRIC, load_rubric


@click.group()
def command() -> None:
    """Look at the instrument: its components and indicators."""


@command.command("list")
@click.option("--rubric", "name", default=DEFAULT_RUBRIC, show_default=True, help="Installed id, or path of a folder.")
def list_indicators(name: str) -> None:
    """Print every indicator, barrier, body and aim with its id."""
    rubric = load_rubric(name)
    for component in rubric.components:
        click.echo(f"{component.id}  {component.title}")
        for indicator in component.indicators:
            click.echo(f"  {indicator.id}  {indicator.type}  {indicator.title}")
    for challenge in rubric.challenges:
        click.echo(f"{challenge.id}  {challenge.title}")
        for barrier in challenge.barriers:
            click.echo(f"  {barrier.id}  {barrier.type}  {barrier.title}")
    for key, system in rubric.systems.items():
        click.echo(f"{key}  {system.title}")
        for body in rubric.bodies.values():
            if body.system == key:
                click.echo(f"  {body.id}  {body.short}")
    for aim in rubric.aims.values():
        click.echo(f"{aim.id}  {aim.title}")
