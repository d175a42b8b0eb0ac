"""The columns of a portfolio's tables: names, kinds and meanings. docs/portfolio.md is generated from here.

Names are stable within one major number of the schema. Columns of components, challenges, systems, aims
and stages carry the rubric's own ids, in small letters and with ``_`` in place of ``-``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assess.rubric.model import Rubric

SCHEMA_VERSION = "1.1"
QUANTILES = 100

Kind = Literal["text", "number", "count", "truth", "numbers"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``numbers`` is a list and stands in Parquet and JSON only."""

    name: str
    kind: Kind
    meaning: str


_FIRST = (
    Column("relationship", "text", "Codes of both parties in order of the alphabet, such as EU-UA."),
    Column("party_a", "text", "Code of party A."),
    Column("party_b", "text", "Code of party B."),
    Column("party_a_name", "text", "Name of party A, as in the questionnaire."),
    Column("party_b_name", "text", "Name of party B."),
    Column("title", "text", "Name of the relationship, if it has one of its own."),
    Column("as_of", "text", "Day for which the answers hold, ISO 8601."),
    Column("latest", "truth", "Whether this is the newest assessment of the relationship in the portfolio."),
    Column("kind", "text", "assessment, or illustration."),
    Column("marking", "text", "Who may see it: the marking of its questionnaires; empty without one."),
    Column("raters", "count", "Questionnaires that were pooled."),
    Column("sides", "text", "Whose views: A, B, both, third; joined by +."),
    Column("files", "text", "The questionnaires, joined by |."),
    Column("rubric", "text", "Id and version of the rubric."),
    Column("rubric_hash", "text", "SHA-256 of the rubric."),
    Column("engine", "text", "Version of the program."),
    Column("index", "number", "Readiness, 0 to 100; empty if nothing is known."),
    Column("published", "truth", "Whether enough is answered for the index to stand as one figure."),
    Column("index_low", "number", "Hard bound: every unknown at its worst."),
    Column("index_high", "number", "Hard bound: every unknown at its best."),
    Column("likely_low", "number", "Lower end of the likely range of the index (90 %)."),
    Column("likely_middle", "number", "Median of the draws of the index."),
    Column("likely_high", "number", "Upper end of the likely range."),
    Column("coverage", "number", "Answered share of the weight, 0 to 1."),
    Column("essential_unknown", "number", "Unknown share of the essential weight, 0 to 1."),
    Column("verified", "number", "Share of the answered weight with verified evidence of grade A or B, 0 to 1."),
    Column("stage", "text", "Id of the stage; empty if no single one is published."),
    Column("stage_by_score", "text", "Stage that the index alone would give."),
    Column("stage_lowest", "text", "Stage at the worst hard bound."),
    Column("stage_highest", "text", "Stage at the best hard bound."),
    Column("binding_gates", "text", "Gates that hold the stage down, joined by |."),
    Column("pressure", "number", "Weight of the challenges, 0 to 100; never subtracted from readiness."),
    Column("pressure_low", "number", "Its lower hard bound."),
    Column("pressure_high", "number", "Its upper hard bound."),
    Column("pressure_coverage", "number", "Answered share of the challenges' weight, 0 to 1."),
    Column("open_questions", "count", "Slots of indicators that nobody answered."),
    Column("exposed", "count", "Weak or unknown indicators behind a grave barrier."),
    Column("evidence_a", "count", "Sources of grade A."),
    Column("evidence_b", "count", "Sources of grade B."),
    Column("evidence_c", "count", "Sources of grade C."),
)
_QUANTILES = Column(
    "index_quantiles", "numbers",
    f"{QUANTILES} quantiles of the draws of the index, at .005, .015 … .995: enough to compare two relationships.",
)

INDICATOR_COLUMNS = (
    Column("relationship", "text", "As in the table of relationships."),
    Column("as_of", "text", "As in the table of relationships."),
    Column("component", "text", "Id of the component."),
    Column("indicator", "text", "Id of the indicator."),
    Column("type", "text", "P one answer for the pair, S each side, D each direction."),
    Column("essential", "truth", "Whether gates and the unknown share look at it."),
    Column("state", "text", "answered, disputed, unknown, partly_known or not_applicable."),
    Column("points", "number", "The pair's points, 0 to 100; empty if not known or not applicable."),
    Column("low", "number", "Hard bound; empty if not applicable."),
    Column("high", "number", "Hard bound."),
    Column("points_a", "number", "Points of side A, or of the direction from A."),
    Column("points_b", "number", "Points of side B, or of the direction from B."),
    Column("entered", "number", "Points with which it stands in the index."),
    Column("share", "number", "Its weight in the index, 0 to 1, over what entered."),
    Column("contribution", "number", "Points of the index that come from it."),
    Column("lost", "number", "Points of the index that are missing here."),
    Column("swing", "number", "How far its unknowns could move the index."),
    Column("capped", "truth", "Whether weak evidence lowered an answer."),
    Column("aged", "truth", "Whether age lowered an answer."),
    Column("asserted", "truth", "Whether an answer stands without evidence."),
    Column("evidence", "count", "Sources cited."),
    Column("marking", "text", "As in the table of relationships."),
)


def snake(key: str) -> str:
    """Return an id of the rubric as it stands in the name of a column.

    >>> snake("AIM-1")
    'aim_1'
    """
    return key.lower().replace("-", "_").replace(".", "_")


def relationship_columns(rubric: Rubric) -> tuple[Column, ...]:
    """Return the columns of the table of relationships for one rubric, in their order."""
    return (*_FIRST, *_own(rubric), _QUANTILES)


def _own(rubric: Rubric) -> Iterator[Column]:
    """The columns that carry the rubric's ids."""
    for component in rubric.components:
        name = snake(component.id)
        yield Column(f"{name}_points", "number", f"{component.title}: points, 0 to 100.")
        yield Column(f"{name}_likely_low", "number", f"{component.title}: lower end of the likely range.")
        yield Column(f"{name}_likely_high", "number", f"{component.title}: upper end of the likely range.")
        yield Column(f"{name}_coverage", "number", f"{component.title}: answered share of the weight, 0 to 1.")
    for challenge in rubric.challenges:
        yield Column(f"{snake(challenge.id)}_severity", "number", f"{challenge.title}: severity, 0 to 100.")
    for key, system in rubric.systems.items():
        yield Column(f"{snake(key)}_together", "number", f"{system.title}: what both do together there, 0 to 100.")
    for aim in rubric.aims.values():
        yield Column(f"{snake(aim.id)}_points", "number", f"{aim.title}: points, 0 to 100.")
    for stage in rubric.stages:
        yield Column(f"p_{snake(stage.id)}", "number", f"Chance of the stage «{stage.title}», 0 to 1, gates included.")


def flat(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns that fit into one cell each: for CSV and workbooks."""
    return tuple(column for column in columns if column.kind != "numbers")
