"""How a relationship changed between assessments, split exactly down to the indicator (method rule 8)."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import fsum

from pydantic import Field

from assess.assessment import Assessment, Audience
from assess.attribution import bennet
from assess.compare.shared import narrowed, shared_indicators
from assess.frozen import Frozen
from assess.marking import combined
from assess.problems.model import InputError, Place, Problem
from assess.result import IndicatorResult, Result
from assess.rubric.model import Rubric
from assess.uncertainty.model import Interval


class Move(Frozen):
    """What one indicator adds to the change of the index, in points of the index.

    ``from_points``: it was known both times and its points moved. ``from_coverage``: it became
    known, unknown or not applicable, or its share moved because others did.
    """

    indicator: str
    before: float | None
    after: float | None
    from_points: float
    from_coverage: float


class Change(Frozen):
    """The change from one assessment to the next; the two parts add up to ``change``."""

    before: str
    after: str
    change: float
    from_points: float = Field(description="From answers that moved.")
    from_coverage: float = Field(description="From what became known, unknown or not applicable.")
    moves: tuple[Move, ...] = Field(description="Every indicator, the widest move first; ties in rubric order.")


class Moment(Frozen):
    """One assessment in the row."""

    as_of: str
    points: float | None
    likely: Interval | None
    low: float
    high: float
    coverage: float
    stage: str | None
    components: tuple[tuple[str, float | None], ...]


class Trend(Frozen):
    """A relationship over time."""

    title: str
    rubric: str
    audience: Audience = Field(default="internal", description="For whom this copy is.")
    marking: str | None = Field(default=None, description="Who may see it: the marking of all that is compared.")
    shared: tuple[str, ...] | None = Field(
        default=None, description="Indicators compared, where versions of the rubric differ; null for all of them.")
    versions: tuple[str, ...] = Field(default=(), description="The versions of the rubric, in the order of dates.")
    moments: tuple[Moment, ...]
    changes: tuple[Change, ...]


def trend(assessments: Sequence[tuple[str, Assessment]], known: Mapping[str, Rubric] | None = None) -> Trend:
    """Return the row of assessments by date, each named by its file.

    Under different versions of one rubric only the indicators that all ask alike are compared (see
    `assess.compare.shared`); ``known`` holds the versions by their hash. Stages and likely ranges,
    which are about all indicators, are then left out.

    The split of a change is Bennet's: for each indicator known both times, the mean of its two
    shares times the change of its points, plus the mean of its points times the change of its
    share; the weights of one rubric do not change, so shares move with coverage alone.

    Raises:
        InputError: Q240 they are of different relationships, Q241 two are of one date, or Q242 of
            rubrics that share no indicator, or of which one is not known.
    """
    rows = sorted(assessments, key=lambda row: row[1].result.as_of)
    shared = _shared(rows, known or {})
    _check(rows, comparable=bool(shared))
    if shared:
        rubric = (known or {})[rows[-1][1].result.rubric.hash]
        rows = [(name, Assessment(result=narrowed(rubric, a.result, shared))) for name, a in rows]
    results = [assessment.result for _, assessment in rows]
    first = results[-1]
    parties = first.relationship.parties
    return Trend(
        title=first.relationship.title or f"{parties.A.name} – {parties.B.name}",
        rubric=f"{first.rubric.id} {first.rubric.version}",
        marking=combined(result.marking for result in results),
        shared=shared,
        versions=tuple(dict.fromkeys(r.rubric.version for r in results)),
        moments=tuple(_moment(assessment) for _, assessment in rows),
        changes=tuple(change(a, b) for a, b in pairwise(results)),
    )


def _shared(rows: Sequence[tuple[str, Assessment]], known: Mapping[str, Rubric]) -> tuple[str, ...] | None:
    """The indicators that can be compared: None for all, () for none."""
    hashes = list(dict.fromkeys(assessment.result.rubric.hash for _, assessment in rows))
    if len(hashes) == 1:
        return None
    return shared_indicators([known[key] for key in hashes]) if set(hashes) <= set(known) else ()


def _check(rows: Sequence[tuple[str, Assessment]], *, comparable: bool) -> None:
    """Refuse what cannot be compared, naming the two files and the reason."""
    problems = []
    for (left, a), (right, b) in pairwise(rows):
        pairs = {"left": left, "right": right}
        if _codes(a.result) != _codes(b.result):
            reason = " / ".join("-".join(_codes(x.result)) for x in (a, b))
            problems.append(Problem("Q240", Place(right), pairs | {"reason": reason}))
        elif a.result.as_of == b.result.as_of:
            problems.append(Problem("Q241", Place(right), pairs | {"as_of": b.result.as_of}))
        elif a.result.rubric.hash != b.result.rubric.hash and not comparable:
            reason = " / ".join(f"{x.result.rubric.id} {x.result.rubric.version}" for x in (a, b))
            problems.append(Problem("Q242", Place(right), pairs | {"reason": reason}))
    if problems:
        raise InputError(problems)


def _codes(result: Result) -> tuple[str, str]:
    parties = result.relationship.parties
    return parties.A.code, parties.B.code


def _moment(assessment: Assessment) -> Moment:
    result, sure = assessment.result, assessment.uncertainty
    return Moment(
        as_of=result.as_of,
        points=result.index.points,
        likely=sure.index.likely if sure and sure.index else None,
        low=result.index.bounds.low,
        high=result.index.bounds.high,
        coverage=result.index.coverage,
        stage=None if sure and sure.stages and sure.stages.said == "two_stages" else result.stage.stage,
        components=tuple((c.id, c.points) for c in result.components),
    )


def change(before: Result, after: Result) -> Change:
    """Split the change of the index between two results of one rubric (Bennet 1920)."""
    old, new = _parts(before), _parts(after)
    both = _split(old, new)
    moves = []
    for key in old:
        points, coverage = both.get(key, (0.0, new[key].contribution - old[key].contribution))
        moves.append(Move(indicator=key, before=old[key].points, after=new[key].points, from_points=points,
                          from_coverage=coverage))
    return Change(
        before=before.as_of,
        after=after.as_of,
        change=fsum(m.from_points + m.from_coverage for m in moves),
        from_points=fsum(m.from_points for m in moves),
        from_coverage=fsum(m.from_coverage for m in moves),
        moves=tuple(sorted(moves, key=lambda m: -abs(m.from_points + m.from_coverage))),
    )


def _split(old: Mapping[str, IndicatorResult], new: Mapping[str, IndicatorResult]) -> dict[str, tuple[float, float]]:
    """What each indicator known both times adds, by its points and by its share."""
    shared = [key for key in old if old[key].points is not None and new[key].points is not None]
    if not shared:
        return {}
    split = bennet(
        [old[key].share for key in shared], [old[key].entered or 0.0 for key in shared],
        [new[key].share for key in shared], [new[key].entered or 0.0 for key in shared],
    )
    rows = zip(shared, split.from_values, split.from_weights, strict=True)
    return {key: (float(points), float(weight)) for key, points, weight in rows}


def _parts(result: Result) -> dict[str, IndicatorResult]:
    return {i.id: i for c in result.components for i in c.indicators}
