"""``assess rubric``: look at the instrument."""

import click

from assess.rubric.load import DEFAULT_RUBRIC, load_rubric


@click.group()
def command() -> None:
    """Look at the instrument: its components and indicators."""


@command.command("list")
@click.option("--rubric", "name", default=DEFAULT_RUBRIC, show_default=True, help="Installed id, or path of a folder.")
def list_indicators(name: str) -> None:
    """Print every component and indicator with its id and type."""
    rubric = load_rubric(name)
    for component in rubric.components:
        click.echo(f"{component.id}  {component.title}")
        for indicator in component.indicators:
            click.echo(f"  {indicator.id}  {indicator.type}  {indicator.title}")
