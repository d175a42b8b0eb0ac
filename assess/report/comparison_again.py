"""Make a comparison again from what travels inside of it: score the answers of every date, then compare."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from assess import yamlio
from assess.assessment import Assessment
from assess.language import N_, Phrase
from assess.problems.model import InputError, Place, Problem
from assess.report.comparison import Comparison, compared
from assess.report.findings import Findings
from assess.report.opened import refuse_marking, result_of, rubric_of, translator_of, unreleased, unusable
from assess.report.record import Record
from assess.report.rescored import ODD, scored_again, wider_marking
from assess.report.templates import Templates
from assess.rubric.model import Rubric


def comparison_again(
    parts: Mapping[str, bytes], record: Record, answers: Sequence[bytes], found: Findings, name: str,
    templates: Templates,
) -> Comparison:
    """Return the comparison that the parts give, and note in ``found`` what differs from the results inside.

    Raises:
        InputError: P404, no version of this program has written these parts.
    """
    rubrics = [rubric_of(parts, key, name) for key in ("rubric.json", *_numbered(parts, "rubric-"))]
    versions = {rubric.hash: rubric for rubric in rubrics}
    found.problems += unreleased(versions.values(), name)
    told = [result_of(parts, key, name) for key in _numbered(parts, "result-") or ["result-1.json"]]
    again = _scored(told, versions, answers, record, found, name)
    try:
        trend, assessments = compared([(name, one) for one in again], versions)
    except (InputError, *ODD) as error:
        raise unusable((str(error) or type(error).__name__).splitlines()[0], name) from error
    marking = record.comparison.marking if record.comparison else None
    refuse_marking(marking, trend.audience, name)
    found.problems += wider_marking(marking, trend.marking, name)
    return Comparison(trend.model_copy(update={"marking": marking}), tuple(assessments), rubrics[0], versions,
                      record.engine, translator_of(rubrics[0], record.language), templates)


def _numbered(parts: Mapping[str, bytes], start: str) -> list[str]:
    """The names of the parts that begin so, in the order of their numbers."""
    return sorted((key for key in parts if key.startswith(start)), key=lambda key: (len(key), key))


def _scored(
    told: Sequence[Assessment], versions: Mapping[str, Rubric], answers: Sequence[bytes], record: Record,
    found: Findings, name: str,
) -> list[Assessment]:
    """What the answers of each date give; a result without answers, or without its rubric, is taken as it is."""
    dated = _by_date(answers, name)
    if not answers and record.withheld:
        found.problems.append(Problem("P455", Place(name), {"file": name}))
    again = []
    for one in told:
        given, rubric = dated.pop(one.result.as_of, []), versions.get(one.result.rubric.hash)
        if given and rubric:
            again.append(scored_again(one, rubric, given, found, name))
            continue
        if answers or not record.withheld:
            found.problems.append(Problem("P467", Place(name), {"as_of": one.result.as_of}))
        again.append(one)
    if dated:
        raise unusable(Phrase(N_("it compares nothing of {date}"), date=min(dated)), name)
    return again


def _by_date(answers: Sequence[bytes], name: str) -> dict[str, list[bytes]]:
    """Questionnaires by the date that they are about; those of one date are several raters."""
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    for content in answers:
        try:
            data = yamlio.parse(content, name).data
        except InputError as error:
            raise unusable(str(error).splitlines()[0], name) from error
        found[str(data.get("as_of"))[:10] if isinstance(data, dict) else ""].append(content)
    return dict(found)
