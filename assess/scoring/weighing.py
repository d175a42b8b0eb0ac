"""Two weighted means, one on top of the other: questions in groups, groups in a total (rules 4 and 8).

Components make the index in this way, and challenges the pressure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assess.scoring.headline import Headline, headline
from assess.scoring.rounding import settled
from assess.scoring.values import Known, NotApplicable, Open, Value


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions: its id and weight, and the weight of each member by id."""

    id: str
    weight: float
    members: Mapping[str, float]


class Standing(NamedTuple):
    """How a group or a member stands in the total.

    ``entered`` holds its points there, or None if it is not in it; ``share`` is its weight in the
    total, 0 to 1; ``swing`` is how far its unknowns could move the total, in points.
    """

    entered: float | None
    share: float
    swing: float

    @property
    def contribution(self) -> float:
        """Points of the total that come from here."""
        return self.share * (self.entered or 0.0)

    @property
    def lost(self) -> float:
        """Points of the total that are missing here."""
        return self.share * (100 - self.entered) if self.entered is not None else 0.0


@dataclass(frozen=True, slots=True)
class Weighing:
    """The heads of all groups, and the total above them; each is None if nothing in it is applicable."""

    groups: Mapping[str, Group]
    values: Mapping[str, Value]
    heads: Mapping[str, Headline | None]
    total: Headline | None

    def group(self, key: str) -> Standing:
        """Return how the group ``key`` stands in the total."""
        group, head = self.groups[key], self.heads[key]
        entered = self.total.entered if self.total else {}
        swing = self._potential(group) * (head.high - head.low) if head else 0.0
        share = group.weight / sum(self.groups[k].weight for k in entered) if key in entered else 0.0
        return Standing(entered.get(key), share, swing)

    def members(self, key: str) -> Mapping[str, Standing]:
        """Return how each member of the group ``key`` stands in the total, by id."""
        group, above = self.groups[key], self.group(key)
        entered = self._entries(group, above.entered)
        weights, potential = group.members, self._potential(group)
        inside = sum(weights[k] for k in entered)
        open_to = sum(w for k, w in weights.items() if not isinstance(self.values[k], NotApplicable))
        return {
            k: Standing(
                entered.get(k),
                above.share * weight / inside if k in entered else 0.0,
                potential * weight / open_to * _width(self.values[k]) if open_to else 0.0,
            )
            for k, weight in weights.items()
        }

    def _potential(self, group: Group) -> float:
        """Weight of the group in the hard bounds of the total: over all that is applicable."""
        if self.heads[group.id] is None:
            return 0.0
        return group.weight / sum(g.weight for g in self.groups.values() if self.heads[g.id] is not None)

    def _entries(self, group: Group, entered: float | None) -> Mapping[str, float]:
        """Points with which the members of a group stand in the total.

        A group of which nothing is known stands in the total only if its limits exclude the mean;
        then each of its members stands at the same end of its own limits.
        """
        head = self.heads[group.id]
        if head is None or entered is None:
            return {}
        if head.points is not None:
            return head.entered
        at_low = entered == head.low
        values = {key: self.values[key] for key in group.members}
        return {key: v.low if at_low else v.high for key, v in values.items() if not isinstance(v, NotApplicable)}


def weigh(groups: Sequence[Group], values: Mapping[str, Value]) -> Weighing:
    """Weigh questions with these ``values`` into groups, and the groups into a total.

    The coverage of the total is answered over applicable weight, over all groups by their weights.
    """
    heads = {g.id: headline([(key, w, values[key]) for key, w in g.members.items()]) for g in groups}
    total = headline([(g.id, g.weight, as_value(heads[g.id])) for g in groups])
    if total is not None:
        total = Headline(
            total.points, total.low, total.high, _coverage(groups, heads), total.not_applicable_share, total.entered
        )
    return Weighing({g.id: g for g in groups}, values, heads, total)


def as_value(head: Headline | None) -> Value:
    """Return a headline as a value of the mean above it."""
    if head is None:
        return NotApplicable()
    if head.points is None:
        return Open(head.low, head.high)
    return Known(head.points, head.low, head.high)


def _width(value: Value) -> float:
    """How far apart the hard bounds of a value lie, in points."""
    return 0.0 if isinstance(value, NotApplicable) else value.high - value.low


def _coverage(groups: Sequence[Group], heads: Mapping[str, Headline | None]) -> float:
    pairs = [(g.weight, head.coverage) for g in groups if (head := heads[g.id]) is not None]
    total = sum(weight for weight, _ in pairs)
    return settled(sum(weight * coverage for weight, coverage in pairs) / total) if total else 0.0
