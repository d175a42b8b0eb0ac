"""Rounding that keeps sums: the printed column adds up to the printed total (method rule 8)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def settled(value: float) -> float:
    """Drop what floating point adds to a mean or share, so that one that is a threshold meets it."""
    return round(value, 12)


def rounded(value: float, digits: int = 1) -> Decimal:
    """Round half away from zero, the way people do it by hand; what comes to zero has no sign.

    >>> rounded(46.25), rounded(-0.04)
    (Decimal('46.3'), Decimal('0.0'))
    """
    step = Decimal(1).scaleb(-digits)
    return Decimal(repr(round(value, 9))).quantize(step, ROUND_HALF_UP) + 0


def largest_remainder(values: Sequence[float], digits: int = 1, total: Decimal | None = None) -> tuple[Decimal, ...]:
    """Round ``values`` so that they add up to their rounded sum (Hamilton's method).

    Each value is cut down to ``digits`` decimals; the steps still missing go to the largest
    remainders, the first of equals first. ``total`` is the sum where it has been rounded already, up
    or down.

    >>> largest_remainder([33.333, 33.333, 33.334])
    (Decimal('33.3'), Decimal('33.3'), Decimal('33.4'))
    """
    step = Decimal(1).scaleb(-digits)
    exact = [Decimal(repr(round(value, 9))) for value in values]
    floors = [value // step * step if value >= 0 else -(-value // step) * step for value in exact]
    if total is None:
        total = round(sum(exact, Decimal(0)), 6).quantize(step, ROUND_HALF_UP)  # as the sum itself would be rounded
    missing = int((total - sum(floors, Decimal(0))) / step)
    order = sorted(range(len(exact)), key=lambda i: exact[i] - floors[i], reverse=missing >= 0)
    bonus = {i: step.copy_sign(Decimal(missing)) for i in order[: abs(missing)]}
    return tuple((floor + bonus.get(i, Decimal(0))).quantize(step) for i, floor in enumerate(floors))
