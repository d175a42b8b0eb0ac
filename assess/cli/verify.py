"""``assess verify``: does a report say what its answers give?"""

import sys
from pathlib import Path

import click

from assess.cli.common import colour, read_bytes, templates_option
from assess.cli.speech import language_option, speaker
from assess.language import Translator
from assess.printable import printable
from assess.problems.catalogue import Severity
from assess.problems.model import ExitCode, has_errors
from assess.problems.render import as_json, as_text
from assess.report.findings import Findings
from assess.report.templates import Templates
from assess.report.verify import verify


@click.command(epilog="Example: assess verify out/answers.pdf")
@click.argument("report", type=click.Path(path_type=Path))
@language_option
@templates_option
@click.option("--answers", multiple=True, type=click.Path(path_type=Path),
              help="A questionnaire that the report was made from, where it carries none; once for each.")
@click.option("--trust", multiple=True, type=click.Path(path_type=Path),
              help="A certificate, of the signer or of its issuer, that must stand behind the report.")
@click.option("--json", "json_output", is_flag=True, help="Print what differs as a JSON array.")
def command(
    report: Path, language: str, answers: tuple[Path, ...], trust: tuple[Path, ...], templates: Path | None,
    json_output: bool,
) -> int:
    """Check a PDF report against the answers that it carries.

    Checks the hashes of its parts, scores the answers again, makes the pages again, and prints
    every figure and line that differs. Ends with 0 if the report is sound, with 1 otherwise.
    The PDF of «assess compare» is checked date by date in the same way.
    A copy for an audience carries no answers: give them with --answers to have them scored again.
    """
    trusted = [(str(path), read_bytes(path)) for path in trust]
    found = verify(
        read_bytes(report), str(report), Templates.of(templates), answers=[read_bytes(path) for path in answers],
        trust=trusted,
    )
    tr = speaker()
    if json_output:
        click.echo(as_json(found.problems, tr))
    else:
        click.echo(as_text(found.problems, tr, colour=colour(sys.stdout)), nl=False)
    for line in _told(found, tr):
        click.echo(f"- {printable(line)}", err=True)
    bad = has_errors(found.problems)
    click.echo(f"{printable(str(report))}: {_verdict(found, bad, tr)}", err=True)
    return ExitCode.PROBLEMS if bad else ExitCode.FINE


def _told(found: Findings, tr: Translator) -> list[str]:
    """What was checked, in a line each."""
    lines = []
    if found.parts is not None:
        lines.append(tr.plural("{count} file inside was compared with its hash.",
                               "{count} files inside were compared with their hashes.", found.parts))
    if found.figures is not None:
        lines.append(tr.plural("The answers were scored again: {count} figure was compared.",
                               "The answers were scored again: {count} figures were compared.", found.figures))
    if found.same_bytes:
        lines.append(tr("The report was made again from them: it is the same file, byte for byte."))
    elif found.pages is not None:
        lines.append(tr.plural("The report was made again: {count} page was compared.",
                               "The report was made again: {count} pages were compared.", found.pages))
    for signed in found.signatures:
        if signed.whole:
            text = tr("Signed by {who} on {date}, by the signer’s own clock; no byte was changed since.")
            lines.append(text.format(who=signed.who, date=signed.when))
    return lines


def _verdict(found: Findings, bad: bool, tr: Translator) -> str:
    codes = {problem.code for problem in found.problems if problem.severity is Severity.ERROR}
    if codes == {"P465"}:
        return tr("it could not be confirmed that every page follows from the answers")
    if bad:
        return tr("the report does not hold")
    unscored = any(problem.code == "P467" for problem in found.problems)
    if found.figures is not None and unscored:
        return tr("every page follows from the results inside; the answers of some dates were not checked")
    if found.figures is None:
        return tr("every page follows from the result inside; the answers behind it were not checked")
    if any(problem.code == "P456" for problem in found.problems):
        return tr("every figure follows from its answers, as far as this file, saved anew, is read here")
    return tr("every figure follows from its answers")
