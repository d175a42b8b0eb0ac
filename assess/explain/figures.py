"""Figures in words: points, ranges and shares as every way prints them, and tables of them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assess import words
from assess.report.view.context import Context
from assess.result import Range
from assess.scoring.rounding import rounded


def plain(ctx: Context, value: float) -> str:
    """A weight, level or threshold with as many digits as it has."""
    return f"{value:g}".replace(".", ctx.tr.decimal_mark)


def levels(ctx: Context, values: Iterable[float]) -> str:
    """One level, or the two ends of what is open between them."""
    return " – ".join(plain(ctx, value) for value in values)


def said(ctx: Context, figure: Decimal) -> str:
    """A figure that is already rounded, with the decimal mark of the language."""
    return str(figure).replace(".", ctx.tr.decimal_mark)


def number(ctx: Context, points: float) -> str:
    """Points, 0 to 100, with one decimal."""
    return words.number(points, 1, ctx.tr)


def percent(ctx: Context, share: float) -> str:
    """A share, 0 to 1, as a percentage with one decimal."""
    return f"{number(ctx, 100 * share)} %"


def points_or_state(ctx: Context, points: float | None, state: str) -> str:
    """Points with one decimal, or the state of what has none."""
    return ctx.tr(words.STATES[state]) if points is None else number(ctx, points)


def state_of_mean(bounds: Range | None) -> str:
    """The state of a mean without points: with bounds it is unknown, else nothing of it applies."""
    return "unknown" if bounds else "not_applicable"


def value(ctx: Context, points: float | None, bounds: Range | None) -> str:
    """Points with their hard bounds; the bounds alone where the points are not known."""
    if bounds is None:
        return ctx.tr("not applicable")
    span = ctx.range(bounds.low, bounds.high)
    if points is None:
        return ctx.tr("not known, {span} points are possible").format(span=span)
    told = ctx.tr("{points} points").format(points=number(ctx, points))
    return told if bounds.low == bounds.high else f"{told} ({span})"


def index_total(ctx: Context) -> Decimal | None:
    """The index as it is printed; None where it is not known."""
    points = ctx.result.index.points
    return None if points is None else rounded(points)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Align columns: the first two to the left, the figures to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) if n < 2 else cell.rjust(width)
                  for n, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
