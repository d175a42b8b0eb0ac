"""What every sentence of a portfolio report needs: the overview, the rubric, the language, and names."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assess import words
from assess.language import Translator
from assess.parties import localised
from assess.portfolio.overview import Overview
from assess.rubric.model import Rubric


@dataclass(frozen=True)
class Say:
    """One overview, to be told in one language."""

    seen: Overview
    rubric: Rubric
    tr: Translator

    @cached_property
    def titles(self) -> list[str]:
        """The name of every relationship."""
        return [
            title or f"{localised(a, first, self.tr)} – {localised(b, second, self.tr)}"
            for (a, b, first, second), title in zip(self.seen.names, self.seen.titles, strict=True)
        ]

    @cached_property
    def by_name(self) -> list[int]:
        """Rows in the order of their names."""
        return sorted(range(len(self.titles)), key=lambda n: alphabetical(self.titles[n]))

    @cached_property
    def codes(self) -> list[str]:
        """The short name of every relationship: its codes."""
        return [f"{a}–{b}" for a, b, _, _ in self.seen.names]

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of every relationship by its key."""
        return {member.relationship: number for number, member in enumerate(self.seen.members)}

    @cached_property
    def components(self) -> list[str]:
        """Titles of the components."""
        return [self.tr(component.title) for component in self.rubric.components]

    @cached_property
    def stages(self) -> dict[str, str]:
        """Titles of the stages by id."""
        return {stage.id: self.tr(stage.title) for stage in self.rubric.stages}

    def points(self, value: float, digits: int = 0) -> str:
        """Points as they are printed; a dash where they are not known."""
        return words.number(None if np.isnan(value) else float(value), digits, self.tr)

    def signed(self, value: float, digits: int = 0) -> str:
        """A change as it is printed."""
        shown = words.number(value, digits, self.tr)
        if float(shown.replace(self.tr.decimal_mark, ".")) == 0:
            return shown.removeprefix("-")
        return shown.replace("-", words.MINUS) if value < 0 else f"+{shown}"

    def stage(self, number: int) -> str:
        """The stage of a relationship, or the span of stages."""
        stage, low, high = (part[number] for part in (self.seen.stages, self.seen.lowest, self.seen.highest))
        if stage:
            return self.stages[stage]
        if low == high:
            return self.stages[low]
        return self.tr("{low} to {high}").format(low=self.stages[low], high=self.stages[high])

    def listed(self, parts: Iterable[str], most: int = 12) -> str:
        """Some names, and how many more there are."""
        every = list(parts)
        shown = ", ".join(every[:most])
        rest = len(every) - most
        more = self.tr.plural("and {count} more", "and {count} more", rest)
        return f"{shown} {more}" if rest > 0 else shown

    def best(self, values: Sequence[float], most: int = 2, *, lowest: bool = False) -> str:
        """The components with the highest or lowest of these values."""
        order = np.argsort(np.asarray(values) * (1 if lowest else -1), kind="stable")[:most]
        return ", ".join(f"{self.components[n]} {self.points(values[n])}" for n in order)


# Letters of the Ukrainian alphabet that Unicode has elsewhere: each comes right after another one.
_LETTERS = str.maketrans({"є": "е\uffff", "ґ": "г\uffff", "і": "и\uffff", "ї": "и\uffff\uffff"})


def alphabetical(name: str) -> str:
    """Return a key that sorts names as a reader expects, in Latin and Cyrillic letters.

    >>> sorted(["Zambia", "Åland", "Ірландія", "Катар", "Єгипет", "Естонія"], key=alphabetical)
    ['Åland', 'Zambia', 'Естонія', 'Єгипет', 'Ірландія', 'Катар']
    """
    letters = name.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))


def tone(points: float) -> str:
    """The shade of a cell: 0 to 4, x where nothing is known."""
    return "x" if np.isnan(points) else str(min(4, int(points / 100 * 4 + 0.5)))
