"""``assess rubric``: look at the instrument, check it, print it, or begin one of one's own."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from assess.cli.common import colour
from assess.cli.schema import force_option, save
from assess.cli.speech import language_option, speaker
from assess.problems import Severity
from assess.problems.model import ExitCode, InputError, MissingMeansError, Problem, has_errors
from assess.problems.render import as_json, as_text
from assess.rubric.load import DEFAULT_RUBRIC, load_rubric, rubric_translator

_rubric_option = click.option(
    "--rubric", "name", default=DEFAULT_RUBRIC, show_default=True, help="Installed id, or path of a folder."
)
_FORMATS = ("pdf", "html")


@click.group(epilog="Example: assess rubric show TRU-03")
def command() -> None:
    """Look at the instrument, check it, print it, or begin one of your own."""


@command.command("list", epilog="Example: assess rubric list")
@_rubric_option
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


@command.command("show", epilog="Example: assess rubric show TRU-03")
@click.argument("key")
@_rubric_option
@language_option
def show(key: str, name: str, language: str) -> None:
    """Print all that a rater needs to know about one part.

    KEY is the id of an indicator (TRU-03), a component, a challenge or barrier, a body, an aim, a gate, a
    stage, or the key of an instrument in the register.
    """
    from assess.rubric.show import show as text

    click.echo(text(load_rubric(name), key, rubric_translator(name, language)), nl=False)


@command.command("check", epilog="Example: assess rubric check my-rubric")
@click.argument("path", default=DEFAULT_RUBRIC)
@click.option("--no-translations", is_flag=True, help="Leave the catalogues of translations alone.")
@click.option("--json", "json_output", is_flag=True, help="Print the findings as a JSON array.")
@language_option
def check(path: str, no_translations: bool, json_output: bool, language: str) -> int:
    """Find what is wrong or doubtful in an instrument.

    PATH is a folder or an installed id. For those who write rubrics: weights that change nothing, gates
    that cannot hold, levels that ask nothing new, gaps in steps, texts without a translation. Ends with 1
    if there are errors; warnings may stand.
    """
    findings = _findings(path, with_translations=not no_translations)
    if json_output:
        click.echo(as_json(findings, speaker()))
    else:
        click.echo(as_text(findings, speaker(), colour=colour(sys.stdout)), nl=False)
        click.echo(_count(findings), err=True)
    return ExitCode.PROBLEMS if has_errors(findings) else ExitCode.FINE


def _findings(path: str, *, with_translations: bool) -> tuple[Problem, ...]:
    """Return the findings; of a rubric that cannot be loaded, the problems that keep it from it."""
    from assess.rubric.lint import lint

    try:
        return lint(path, with_translations=with_translations)
    except InputError as error:
        return error.problems


def _count(findings: Iterable[Problem]) -> str:
    tr, severities = speaker(), [problem.severity for problem in findings]
    errors = tr.plural("{count} error", "{count} errors", severities.count(Severity.ERROR))
    warnings = tr.plural("{count} warning", "{count} warnings", severities.count(Severity.WARNING))
    return f"{errors}, {warnings}"


@command.command("new", epilog="Example: assess rubric new my-rubric --id border-dialogue")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--id", "name", required=True, help="Id of the instrument, such as border-dialogue.")
@force_option
def new(folder: Path, name: str, force: bool) -> None:
    """Begin an instrument of your own.

    Writes a commented rubric.yaml, one component with one full indicator as a model, and the register of
    instruments into FOLDER. They can be scored with at once: assess new --rubric FOLDER --parties UA,EU
    """
    from assess.rubric.scaffold import scaffold

    try:
        files = scaffold(name)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--id") from error
    save({folder / path: text for path, text in files.items()}, force=force)


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """Read «pdf,html»."""
    wanted = {part.strip() for part in value.split(",")}
    if not wanted or wanted - set(_FORMATS):
        raise click.BadParameter(f"choose from {', '.join(_FORMATS)}, separated by commas")
    return tuple(name for name in _FORMATS if name in wanted)


@command.command("handbook", epilog="Example: assess rubric handbook --out out")
@_rubric_option
@language_option
@click.option("--out", default=Path("out"), show_default=True, type=click.Path(path_type=Path), help="Folder.")
@click.option("--format", "formats", default="pdf", show_default=True, callback=_formats, help="Any of pdf, html.")
@click.option("--paper", default="A4", show_default=True, type=click.Choice(("A4", "letter"), case_sensitive=False),
              help="Size of the page.")
def handbook(name: str, language: str, out: Path, formats: tuple[str, ...], paper: str) -> int:
    """Print the whole instrument for raters.

    Where the machine cannot make PDF, HTML is written in its stead.
    """
    from assess.files import write_atomically
    from assess.report.handbook import handbook_html, handbook_pdf

    rubric, tr = load_rubric(name), rubric_translator(name, language)
    stem = f"{rubric.id}-{rubric.version}-handbook" + ("" if language == "en" else f"-{language}")
    failure: MissingMeansError | None = None
    made: dict[str, bytes] = {}
    if "pdf" in formats:
        try:
            made["pdf"] = handbook_pdf(rubric, tr, paper)
        except MissingMeansError as error:
            failure = error
    if "html" in formats or failure:
        made["html"] = handbook_html(rubric, tr).encode()
    for ending, content in made.items():
        write_atomically(out / f"{stem}.{ending}", content)
        click.echo(out / f"{stem}.{ending}")
    if failure:
        raise failure
    return ExitCode.FINE
