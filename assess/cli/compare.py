"""``assess compare``: how a relationship changed over time."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from assess import __version__, yamlio
from assess.assessment import Assessment, Audience, assess
from assess.cli.common import (
    files_argument,
    is_result,
    language_option,
    max_bytes_option,
    read_bytes,
    rubric_option,
    show,
    templates_option,
)
from assess.cli.handling import another_audience_option, chosen_marking, copied, marking_option
from assess.compare.over_time import Trend
from assess.files import write_atomically
from assess.language import Translator
from assess.printable import printable_json, printable_lines
from assess.problems.model import ExitCode, InputError, Place, Problem
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.questionnaire.together import check_together
from assess.report.comparison import Comparison, compared
from assess.report.provenance import Sources
from assess.report.templates import Templates
from assess.report.view.changes import TrendView
from assess.rubric.load import load_rubric, older_version, rubric_translator
from assess.rubric.model import Rubric


@click.command(epilog="Example: assess compare 2025.yaml 2026.yaml --out out")
@files_argument
@rubric_option
@language_option
@max_bytes_option
@click.option("--json", "json_output", is_flag=True, help="Print the comparison as JSON.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write a report (PDF and HTML) into this folder.")
@templates_option
@another_audience_option
@marking_option
def command(
    files: tuple[Path, ...], rubric_name: str, language: str, max_bytes: int, json_output: bool, out: Path | None,
    templates: Path | None, audience: Audience | None, marking: str | None,
) -> int:
    """Show how one relationship changed, from two or more assessments.

    Files are questionnaires or results of «assess score»; questionnaires of one date are several
    raters of one assessment. The change is split exactly down to the indicator; what became known or
    unknown stands on a line of its own. Results of an older version of the rubric are compared over
    the indicators that both versions ask alike. The PDF carries answers and results, so that «assess
    verify» can check it; a copy for an audience carries no answers. Several relationships: «assess
    portfolio».
    """
    if len(files) < 2:
        raise click.UsageError("a comparison takes two files or more")
    own = Templates.of(templates)
    rubric = load_rubric(rubric_name)
    given, sources = _assessments(files, rubric, max_bytes)
    rows = [(name, copied(found, audience, Place(name))) for name, found in given]
    versions = _versions(rubric, rubric_name, rows)
    found, assessments = compared(rows, versions)
    found = found.model_copy(update={"marking": chosen_marking(found.marking, marking, found.audience)})
    tr = rubric_translator(rubric_name, language)
    whole = Comparison(found, tuple(assessments), rubric, versions, __version__, tr, own)
    view = whole.view
    text = printable_json(found.model_dump_json(indent=2)) + "\n" if json_output else printable_lines(_table(view, tr))
    click.echo(text, nl=False)
    if out is not None:
        _write(whole, sources, out / _stem(found))
    return ExitCode.FINE


def _assessments(
    files: Sequence[Path], rubric: Rubric, max_bytes: int
) -> tuple[list[tuple[str, Assessment]], Sources]:
    """Read results as they are, and score questionnaires date by date, those of each relationship by themselves.

    The questionnaires are returned with them as they were written.

    Raises:
        InputError: all problems of all files at once.
    """
    done: list[tuple[str, Assessment]] = []
    pooled: defaultdict[tuple[str, ...], list[tuple[str, Questionnaire]]] = defaultdict(list)
    problems: list[Problem] = []
    written: list[bytes] = []
    for path in files:
        try:
            content = read_bytes(path) if path.suffix == ".json" else yamlio.read_bytes(path, max_bytes=max_bytes)
            if is_result(path, content):
                done.append((str(path), Assessment.from_json(content.decode("utf-8-sig", "replace"), str(path))))
                continue
            questionnaire, warnings = check_document(yamlio.parse(content, str(path)), rubric)
            show(warnings)
            written.append(content)
            pooled[_about(questionnaire)].append((str(path), questionnaire))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    for named in pooled.values():
        check_together(named)
        done.append((named[0][0], assess(rubric, [q for _, q in named], drives=False)))
    return done, Sources(written)


def _about(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Whom and which date it is about: raters of both are pooled; another relationship is refused by the comparison."""
    parties = questionnaire.relationship.parties
    return parties.A.code, parties.B.code, questionnaire.as_of.isoformat()


def _versions(rubric: Rubric, name: str, rows: Sequence[tuple[str, Assessment]]) -> dict[str, Rubric]:
    """The rubric and those of its older versions that the results were made with, by hash."""
    found = {rubric.hash: rubric}
    for _, assessment in rows:
        ref = assessment.result.rubric
        if ref.hash not in found and ref.id == rubric.id and (old := older_version(name, ref.version)) is not None:
            found[old.hash] = old
    return found


def _table(view: TrendView, tr: Translator) -> list[str]:
    """The lines of the comparison for a terminal."""
    lines = [view.marking.text] if view.marking else []
    lines += [view.title, view.finding, *(line for line in (view.note, view.copy) if line), ""]
    likely, coverage = tr("likely range"), tr("coverage")
    lines += [
        f"{m.as_of:>11}  {m.points:>4}  {likely} {m.likely}  {coverage} {m.coverage}  {m.stage}" for m in view.moments
    ]
    for change in view.changes:
        lines += ["", f"{change.title}: {change.sentence}"]
        lines += [
            f"  {m.indicator}  {m.before:>4} -> {m.after:>4}  {m.from_points:>6} {m.from_coverage:>6}  {m.title}"
            for m in change.moves
        ]
        lines += [f"  {change.rest}"] if change.rest else []
    return lines


def _stem(found: Trend) -> str:
    """The name of the report without ending; that of a copy ends with its audience."""
    ending = "" if found.audience == "internal" else f"-{found.audience}"
    return f"compare-{found.moments[0].as_of}-{found.moments[-1].as_of}{ending}"


def _write(comparison: Comparison, sources: Sources, stem: Path) -> None:
    files = {"html": comparison.page("screen").encode(), "pdf": comparison.bound(sources)}
    show(comparison.templates.unused())
    paths = {stem.with_name(f"{stem.name}.{ending}"): content for ending, content in files.items()}
    for path, content in paths.items():
        write_atomically(path, content)
    for path in paths:  # after all are written: whoever stops reading loses no file
        click.echo(path)
