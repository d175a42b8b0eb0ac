"""The ``assess`` command: finds the subcommand's module only when it is asked for."""

import contextlib
import errno
import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from assess import __version__
from assess.cli.speech import speaker
from assess.language import N_, Phrase
from assess.problems.model import AssessError, ExitCode, MissingMeansError, Place, Problem
from assess.problems.render import as_text

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
# Name and first line of the help, by what one wants to do; a test holds them to what the commands say themselves.
_GROUPS = {
    "Fill in a questionnaire": {
        "new": "Write an annotated blank questionnaire.",
        "form": "Write an offline form in which a questionnaire is filled in with a browser.",
        "import": "Make a questionnaire of a workbook that somebody filled in.",
        "fill": "Fill in a questionnaire question by question, in a terminal.",
        "status": "Show how far questionnaires are: what is answered, open or for review, and who owes what.",
        "check": "Report every problem of questionnaires, with place, rule and way out.",
        "diff": "Show what changed between two questionnaires, in words.",
        "merge": "Combine two questionnaires that different people filled in.",
        "migrate": "Carry a questionnaire over to a newer version of its rubric.",
    },
    "Score and report": {
        "score": "Score one assessment; several files are several raters of the same relationship and date.",
        "explain": "Show the way from evidence to one figure.",
        "roadmap": "Plan which steps to take for a budget, or to reach a stage.",
        "report": "Make a report from a result file or from questionnaires, with templates of one's own.",
        "compare": "Show how one relationship changed, from two or more assessments.",
        "verify": "Check a PDF report against the answers that it carries.",
        "sign": "Sign a PDF report: «assess verify» then says by whom, and that nothing was changed since.",
    },
    "Many relationships": {
        "portfolio": "Check, score and compare many relationships.",
        "batch": "Render the reports of many relationships, side by side.",
    },
    "The instrument": {
        "rubric": "Look at the instrument, check it, print it, or begin one of your own.",
        "schema": "Write the JSON Schema of questionnaires, for editors.",
    },
}
_COMMANDS = {name: said for group in _GROUPS.values() for name, said in group.items()}


class _LazyGroup(click.Group):
    """Imports a command's module when it is called, so that --help costs nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in _COMMANDS if importlib.util.find_spec(f"assess.cli.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"assess.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, group by group, without importing them."""
        names = self.list_commands(ctx)
        for title, group in _GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:<9}", said) for name, said in group.items() if name in names])


@click.group(
    cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: assess form --parties UA,EU -o form.html",
)
@click.version_option(__version__, prog_name="assess")
def cli() -> None:
    """Assess the readiness of a bilateral relationship for dialogue in cyberspace."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with a documented exit code."""
    _print_anything()
    try:
        sys.exit(cli.main(arguments, prog_name="assess", standalone_mode=False) or ExitCode.FINE)
    except AssessError as error:
        _fail(error)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; no file was left half-written.", err=True)
        sys.exit(ExitCode.PROBLEMS)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _fail(_unwritten(error))
        if os.environ.get("ASSESS_DEBUG") == "1":
            sys.excepthook(type(error), error, error.__traceback__)
        click.echo(_confession(error), err=True)
        sys.exit(ExitCode.INTERNAL)


def _fail(error: AssessError) -> NoReturn:
    """Show the problems and end with the code that belongs to them."""
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    click.echo(as_text(error.problems, speaker(), colour=colour), err=True, nl=False)
    sys.exit(error.exit_code)


def _unwritten(error: OSError) -> MissingMeansError:
    """Say that what was printed found no room; what is left of it goes nowhere, or the end of Python tried again."""
    with contextlib.suppress(OSError):  # somebody may have put something else in the place of the output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    where = error.filename or Phrase(N_("the standard output"))
    return MissingMeansError([Problem("E502", Place("-"), {"path": where, "reason": error.strerror or str(error)})])


def _print_anything() -> None:
    """Let a terminal that lacks a character show its number, where it would otherwise end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _confession(error: Exception) -> str:
    """Say in one line that the program is at fault and where; never the error's own text, which may quote answers."""
    import traceback  # imported late: only a fault needs it

    package = Path(__file__).parents[1]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if Path(f.filename).is_relative_to(package)] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "unknown place"
    return (
        f"Internal error: {type(error).__name__} in {where}, version {__version__}. "
        "The fault is the program's, not yours. Please report this line with the command that you typed; "
        "with ASSESS_DEBUG=1 in the environment it shows more."
    )
