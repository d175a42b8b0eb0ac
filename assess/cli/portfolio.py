"""``assess portfolio``: many relationships at once."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from assess.cli.common import files_argument, language_option, max_bytes_option, rubric_option, show
from assess.cli.handling import chosen_marking, marking_option
from assess.cli.outputs import paper_option
from assess.cli.speech import speaker
from assess.problems.model import ExitCode, Place, Problem, has_errors
from assess.rubric.load import load_rubric, rubric_translator

if TYPE_CHECKING:
    from assess.portfolio.run import Member
    from assess.portfolio.store import Store

FORMATS = ("parquet", "csv", "xlsx", "json", "html", "pdf")
STORE = ".assess-cache/portfolio.sqlite"


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """Read «csv,json»."""
    wanted = {part.strip() for part in value.split(",")}
    if not wanted or wanted - set(FORMATS):
        raise click.BadParameter(f"choose from {', '.join(FORMATS)}, separated by commas")
    return tuple(name for name in FORMATS if name in wanted)


@click.command(epilog="Example: assess portfolio folder --out out")
@files_argument
@rubric_option
@language_option
@max_bytes_option
@click.option("--out", default=Path("out"), show_default=True, type=click.Path(path_type=Path), help="Folder.")
@click.option("--format", "formats", default=",".join(FORMATS), show_default=True, callback=_formats,
              help="Any of these.")
@click.option("--cache/--no-cache", default=True, help="Keep what was computed in a hidden folder of --out.")
@click.option("--ranges/--no-ranges", default=True, help="Draw likely ranges.")
@click.option("--budget", default=36, show_default=True, type=click.IntRange(0, 600),
              help="Person-months for the plan over all relationships.")
@click.option("--title", help="Title of the report; by default that of the manifest.")
@paper_option
@marking_option
def command(
    files: tuple[Path, ...], rubric_name: str, language: str, max_bytes: int, out: Path,
    formats: tuple[str, ...], cache: bool, ranges: bool, budget: int, title: str | None, paper: str,
    marking: str | None,
) -> int:
    """Check, score and compare many relationships.

    Takes questionnaires, folders, and manifests (a file with the keys «portfolio» and «files»). A file
    with errors is passed over and told at the end; then the exit code is 1. What was computed before
    and has not changed is not computed again, so an interrupted run goes on where it stopped.
    """
    from assess.portfolio.gather import gather  # imported late: with what follows it takes numpy
    from assess.portfolio.report import Wanted, write_report
    from assess.portfolio.run import Measurer
    from assess.portfolio.write import digest, write_tables

    rubric, tr = load_rubric(rubric_name), speaker()
    found = gather(files, max_bytes)
    with _store(out, cache) as store:
        measurer = Measurer(rubric, store, max_bytes, ranges)
        with _bar(len(found.sources), tr("Scoring")) as progress:
            measured = measurer.run(found.sources, progress)
        marking = chosen_marking(measured.marking(), marking, "internal")
        wanted = digest(measured, rubric, ranges, marking)
        with _bar(len(measured.members), tr("Writing tables")) as progress:
            written, missing = write_tables(measured, store, rubric, out, formats, wanted, marking, progress)
        problems = [*found.problems, *measured.problems]
        wish = Wanted(rubric_translator(rubric_name, language), title or found.title, budget, marking, paper)
        reports, lacking = write_report(measured, problems, store, rubric, out, formats, wish)
    for path in (*written, *reports):
        click.echo(path)
    missing += lacking
    problems += missing
    _say(measured.members, len(problems), measured.warnings, marking)
    show(problems)
    if has_errors([*found.problems, *measured.problems]):
        return ExitCode.PROBLEMS
    return ExitCode.ENVIRONMENT if missing else ExitCode.FINE


@contextmanager
def _store(out: Path, cache: bool) -> "Iterator[Store]":
    """Open the store in the output folder; without a cache in a folder that goes away."""
    from assess.portfolio.store import Store

    if cache:
        store = Store(out / STORE)
        if store.damaged:
            show([Problem("B807", Place(str(store.path)))])
        with closing(store):
            yield store
        return
    with TemporaryDirectory(prefix="assess-") as folder, closing(Store(Path(folder) / "store.sqlite")) as store:
        yield store


@contextmanager
def _bar(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that counts what is done and kept."""
    with click.progressbar(length=length, label=label, file=sys.stderr, show_pos=True) as bar:
        yield bar.update


def _say(members: "Sequence[Member]", problems: int, warnings: int, marking: str | None) -> None:
    """Say in one line on stderr what came of it, below the marking."""
    tr = speaker()
    pairs = len({member.relationship for member in members})
    said = [
        tr.plural("{count} relationship", "{count} relationships", pairs),
        tr.plural("{count} assessment", "{count} assessments", len(members)),
        tr.plural("{count} problem", "{count} problems", problems),
        tr.plural("{count} warning", "{count} warnings", warnings),
    ]
    click.echo("\n".join([*filter(None, [marking]), ", ".join(said)]), err=True)
