"""``assess batch``: the reports of many relationships."""

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assess.cli.common import files_argument, language_option, max_bytes_option, rubric_option, show
from assess.cli.outputs import formats_option, paper_option
from assess.cli.speech import speaker
from assess.problems.model import ExitCode, Problem, has_errors
from assess.rubric.load import load_rubric


@click.command(epilog="Example: assess batch folder --out out --format pdf")
@files_argument
@rubric_option
@language_option
@max_bytes_option
@click.option("--out", default="out", show_default=True,
              help="Folder, or an address that fsspec knows, such as s3://bucket/reports.")
@formats_option("pdf")
@paper_option
@click.option("--jobs", type=click.IntRange(1, 512), help="Processes; by default one for each core.")
@click.option("--scheduler", help="Address of a Dask scheduler, such as tcp://127.0.0.1:8786, to work on its cluster.")
def command(
    files: tuple[Path, ...], rubric_name: str, language: str, max_bytes: int, out: str,
    formats: tuple[str, ...], paper: str, jobs: int | None, scheduler: str | None,
) -> int:
    """Render the reports of many relationships, side by side.

    Takes the same files, folders and manifests as «assess portfolio», and writes one report for each
    relationship and date as it is done. A report that stands already and would come out the same is left
    alone, so an interrupted run goes on where it stopped. Workers that die are replaced.
    """
    from assess.portfolio.batch.engines import Cluster, Engine, Processes  # imported late: what they need is heavy
    from assess.portfolio.batch.run import Batch, Wish
    from assess.portfolio.batch.target import target
    from assess.portfolio.gather import gather
    from assess.portfolio.run import Measurer
    from assess.portfolio.store import Store

    rubric = load_rubric(rubric_name)
    where = target(out)
    found = gather(files, max_bytes)
    with TemporaryDirectory(prefix="assess-") as folder, closing(Store(Path(folder) / "store.sqlite")) as store:
        measured = Measurer(rubric, store, max_bytes, check_only=True).run(found.sources)
    count = jobs or os.cpu_count() or 1
    engine: Engine = Cluster(scheduler) if scheduler else Processes(count, rubric_name, language, formats)
    batch = Batch(Wish(rubric_name, rubric, formats, language, paper), where, engine)
    tr = speaker()
    with click.progressbar(length=len(measured.members), label=tr("Reports"), file=sys.stderr, show_pos=True) as bar:
        for written in batch.run(measured.members):
            for path in written:
                click.echo(path)
            bar.update(1)
    problems = [*found.problems, *measured.problems, *batch.problems]
    _say(len(measured.members), batch.standing, len(problems))
    show(problems)
    return _ending(problems)


def _say(reports: int, standing: int, problems: int) -> None:
    """Say in one line on stderr what came of it."""
    tr = speaker()
    said = [
        tr.plural("{count} report", "{count} reports", reports),
        tr.plural("{count} stood already", "{count} stood already", standing),
        tr.plural("{count} problem", "{count} problems", problems),
    ]
    click.echo(", ".join(said), err=True)


def _ending(problems: Sequence[Problem]) -> ExitCode:
    if any(problem.code.startswith("E") for problem in problems):
        return ExitCode.ENVIRONMENT
    return ExitCode.PROBLEMS if has_errors(problems) else ExitCode.FINE
