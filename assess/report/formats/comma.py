"""CSV: one row an indicator, the same columns in every language and version.

The file starts with a byte order mark, for without it the most common spreadsheet reads the letters of
most languages wrong, and programs that read ``utf-8-sig`` do not mind. Marks, line ends (CR LF) and
quotes follow RFC 4180; numbers have a decimal point and every digit of the JSON file.
"""

import csv
from io import StringIO

from assess.language import N_
from assess.report.formats.job import Job
from assess.report.formats.texts import clean, starts_formula
from assess.result import ComponentResult, IndicatorResult

# Part of the interface: columns are added at the end and never renamed.
CSV_COLUMNS = {
    "party_a": N_("Code of side A."),
    "party_b": N_("Code of side B."),
    "as_of": N_("Date of the assessment."),
    "kind": N_("assessment, or illustration from the public record."),
    "rubric": N_("Rubric and its version."),
    "component": N_("Id of the component."),
    "component_title": N_("Name of the component, in the language of the report."),
    "indicator": N_("Id of the indicator."),
    "title": N_("Name of the indicator, in the language of the report."),
    "type": N_("P: one answer for the pair; S: of each side; D: in each direction."),
    "essential": N_("1 where the rubric calls it essential, else 0."),
    "weight": N_("Weight in the rubric."),
    "state": N_("answered, disputed, unknown, partly_known or not_applicable."),
    "points": N_("Points from 0 to 100; empty where they are not known or nothing applies."),
    "low": N_("Lower hard bound in points: every unknown at its worst."),
    "high": N_("Upper hard bound in points: every unknown at its best."),
    "points_a": N_("Points of side A, or of the direction from A; empty for type P."),
    "points_b": N_("Points of side B, or of the direction from B; empty for type P."),
    "share": N_("Weight in the index, 0 to 1, over what entered."),
    "contribution": N_("Points of the index that come from it."),
    "lost": N_("Points of the index that are missing here."),
    "swing": N_("How far its unknowns could move the index, in points."),
    "asserted": N_("1 where an answer cites no evidence, else 0."),
    "evidence": N_("Ids of the evidence, separated by blanks."),
    "marking": N_("Marking of the report, such as TLP:AMBER; empty without one."),
}
BOM = "\ufeff"


def as_csv(job: Job) -> bytes:
    """Return the indicators as CSV in UTF-8."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for component in job.assessment.result.components:
        for part in component.indicators:
            writer.writerow([_cell(value) for value in _row(job, component, part)])
    return (BOM + text.getvalue()).encode("utf-8")


def _row(job: Job, component: ComponentResult, part: IndicatorResult) -> tuple[object, ...]:
    result, tr = job.assessment.result, job.tr
    parties, bounds = result.relationship.parties, part.bounds
    sides = {slot.slot: slot.points for slot in part.slots}
    cited = dict.fromkeys(key for reading in part.readings for key in reading.evidence)
    owner = next(c for c in job.rubric.components if c.id == component.id)
    return (
        parties.A.code, parties.B.code, result.as_of, result.kind, f"{result.rubric.id} {result.rubric.version}",
        component.id, tr(owner.title), part.id, tr(job.rubric.indicators[part.id].title), part.type,
        int(part.essential), part.weight, part.state, part.points, bounds.low if bounds else None,
        bounds.high if bounds else None, sides.get("A"), sides.get("B"), part.share, part.contribution, part.lost,
        part.swing, int(any(r.asserted for r in part.readings)), " ".join(cited),
        job.marking.text() if job.marking is not None else "",
    )


def _cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay as they are."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        text = clean(value).replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if starts_formula(text) else text
    return value
