"""What moved within a year: the same relationship at two dates, the change split down to the indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from assess.attribution import bennet
from assess.portfolio.overview import a_year_before
from assess.portfolio.record import Record
from assess.portfolio.run import Measured, Member
from assess.portfolio.store import Store

_ID, _POINTS, _ENTERED, _SHARE, _CONTRIBUTION = 1, 5, 10, 11, 12  # places in a row of a record's indicators


@dataclass(frozen=True, slots=True)
class Mover:
    """One relationship at two dates.

    ``from_answers`` and ``from_coverage`` add up to ``change``, in points of the index: what moved because
    answers did, and what because something became known, unknown or not applicable. ``clear`` says that
    the likely ranges of the two dates do not overlap. ``moves`` are the widest, with their points.
    """

    earlier: Member
    newest: Member
    before: float
    after: float
    from_answers: float
    from_coverage: float
    clear: bool
    moves: tuple[tuple[str, float], ...]

    @property
    def change(self) -> float:
        """The change of the index, in points."""
        return self.after - self.before


def movers(measured: Measured, store: Store, most: int = 3) -> list[Mover]:
    """Return every relationship with an assessment about a year before the newest, the widest change first."""
    found = [_mover(earlier, newest, store, most) for earlier, newest in a_year_before(measured)]
    return sorted((m for m in found if m is not None), key=lambda m: (-round(abs(m.change), 6), m.newest.relationship))


def _mover(earlier: Member, newest: Member, store: Store, most: int) -> Mover | None:
    old, new = (store.get("records", member.key) for member in (earlier, newest))
    before, after = old["head"]["index"], new["head"]["index"]
    if before is None or after is None:
        return None
    moves = split(old["indicators"], new["indicators"])
    widest = sorted(moves, key=lambda move: -abs(move[1] + move[2]))[:most]
    return Mover(
        earlier, newest, before, after,
        from_answers=fsum(move[1] for move in moves),
        from_coverage=fsum(move[2] for move in moves),
        clear=_apart(old, new),
        moves=tuple((key, answers + coverage) for key, answers, coverage in widest if abs(answers + coverage) > 0.05),
    )


def _apart(old: Record, new: Record) -> bool:
    a, b = old["head"], new["head"]
    if a.get("likely_low") is None or b.get("likely_low") is None:
        return False
    return bool(a["likely_high"] < b["likely_low"] or b["likely_high"] < a["likely_low"])


def split(old: Sequence[Sequence[object]], new: Sequence[Sequence[object]]) -> list[tuple[str, float, float]]:
    """Return (indicator, points from answers, points from coverage) for every indicator.

    Bennet's split, as in `assess.compare`: for an indicator known both times the mean of its shares times
    the change of its points, and the mean of its points times the change of its share.
    """
    pairs = list(zip(old, new, strict=True))
    shared = [n for n, (a, b) in enumerate(pairs) if a[_POINTS] is not None and b[_POINTS] is not None]
    found = [(str(a[_ID]), 0.0, _number(b, _CONTRIBUTION) - _number(a, _CONTRIBUTION)) for a, b in pairs]
    if shared:
        columns = [[_number(pairs[n][when], what) for n in shared] for when in (0, 1) for what in (_SHARE, _ENTERED)]
        parts = bennet(*columns)
        for n, values, weights in zip(shared, parts.from_values, parts.from_weights, strict=True):
            found[n] = (found[n][0], float(values), float(weights))
    return found


def _number(row: Sequence[object], column: int) -> float:
    value = row[column]
    return float(value) if isinstance(value, int | float) else 0.0


def rising(found: Iterable[Mover]) -> int:
    """Count the movers whose index rose by more than half a point."""
    return sum(m.change > 0.5 for m in found)
