"""What every weighted mean has in common: its parts in columns that add up, its score with bounds and coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from assess import words
from assess.explain.figures import number, plain, points_or_state, said, state_of_mean, table, value
from assess.language import N_
from assess.report.view.context import Context
from assess.result import AimResult, ChallengeResult, ComponentResult, Footprint, Pressure, Range
from assess.scoring.rounding import largest_remainder, rounded

Scored: TypeAlias = ComponentResult | ChallengeResult | Pressure | Footprint | AimResult

SCORE = N_("Score: {value} (rule 4)")
NEARER_LIMIT = N_("It is not known, but its limits exclude the mean, so that it counts at the nearer one (rule 4).")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mean: points 0 to 100, its share 0 to 1, and the points of the mean that come from it."""

    id: str
    title: str
    weight: float
    state: str
    points: float | None
    entered: float | None
    share: float
    contribution: float


@dataclass(frozen=True)
class Mean:
    """A weighted mean as it is printed: the columns are rounded so that they add up (rule 8).

    ``name`` is what sentences call it: an id, or a word.
    """

    name: str
    points: float | None
    bounds: Range | None
    parts: Sequence[Part]

    @cached_property
    def shares(self) -> Mapping[str, Decimal]:
        """The share of each part in per cent, by id."""
        return dict(zip(self._ids, largest_remainder([100 * part.share for part in self.parts]), strict=True))

    @cached_property
    def contributions(self) -> Mapping[str, Decimal]:
        """The points that come from each part, by id."""
        total = None if self.points is None else rounded(self.points)
        found = largest_remainder([part.contribution for part in self.parts], total=total)
        return dict(zip(self._ids, found, strict=True))

    @property
    def _ids(self) -> list[str]:
        return [part.id for part in self.parts]


def mean_lines(ctx: Context, mean: Mean, part: str, points: str, foot: str) -> list[str]:
    """The table of a mean, and what to know of parts that are not known but count.

    ``part`` and ``points`` head their columns, ``foot`` names the last row.
    """
    tr = ctx.tr
    head = (tr("Id"), part, tr("Weight"), points, tr("Share"), tr("Contribution"))
    total = ("", foot, "", points_or_state(ctx, mean.points, state_of_mean(mean.bounds)),
             f"{said(ctx, sum(mean.shares.values(), Decimal(0)))} %",
             "–" if mean.points is None else said(ctx, sum(mean.contributions.values(), Decimal(0))))
    return [*table([head, *(_row(ctx, mean, one) for one in mean.parts), total]), *_nearer_limits(ctx, mean)]


def _row(ctx: Context, mean: Mean, part: Part) -> tuple[str, ...]:
    return (part.id, part.title, plain(ctx, part.weight), points_or_state(ctx, part.points, part.state),
            f"{said(ctx, mean.shares[part.id])} %", said(ctx, mean.contributions[part.id]))


def _nearer_limits(ctx: Context, mean: Mean) -> list[str]:
    text = ctx.tr("{key} is not known, but its limits exclude the mean, so that it counts at the nearer one, "
                  "{points} points (rule 4).")
    return [text.format(key=part.id, points=number(ctx, part.entered)) for part in mean.parts
            if part.points is None and part.entered is not None]


def share_lines(ctx: Context, mean: Mean, key: str) -> list[str]:
    """How the part ``key`` enters the mean, with the check that the printed figures add up."""
    tr, part = ctx.tr, next(part for part in mean.parts if part.id == key)
    if part.entered is None or mean.points is None:
        state = tr(words.STATES[part.state])
        return [tr("It does not enter {whole}: {state} (rule 4).").format(whole=mean.name, state=state)]
    here = mean.contributions[key]
    lines = [tr("share {share} % × {points} points = {contribution} points of {whole} (rule 4)").format(
        share=said(ctx, mean.shares[key]), points=number(ctx, part.entered), contribution=said(ctx, here),
        whole=mean.name)]
    if part.points is None:
        lines.append(tr(NEARER_LIMIT))
    total = sum(mean.contributions.values(), Decimal(0))
    return [*lines, tr("{here} here + {others} from the rest = {total}, {whole}").format(
        here=said(ctx, here), others=said(ctx, total - here), total=said(ctx, total), whole=mean.name)]


def score_lines(ctx: Context, mean: Scored, score: str) -> list[str]:
    """The score of a mean with its hard bounds, what of it is answered, and reservations about it.

    ``score`` is the sentence that says the score, with the field ``value``.
    """
    lines = [ctx.tr(score).format(value=value(ctx, mean.points, mean.bounds))]
    if mean.coverage is not None:
        lines.append(ctx.tr("Answered: {share} of the weight that applies").format(share=words.percent(mean.coverage)))
    return lines + _reservations(ctx, mean)


def _reservations(ctx: Context, mean: Scored) -> list[str]:
    least, lines = ctx.rubric.coverage, []
    if mean.indicative:
        share = least.overall_minimum if isinstance(mean, Pressure) else least.component_minimum
        lines.append(ctx.tr("Indicative only: less than {share} of its weight is answered.").format(
            share=words.percent(share)))
    if isinstance(mean, ComponentResult | ChallengeResult) and mean.bounds and mean.mostly_not_applicable:
        lines.append(ctx.tr("More than half of its weight does not apply."))
    return lines
