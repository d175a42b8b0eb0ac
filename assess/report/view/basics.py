"""Tables and charts, from which the other values of a page are made."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart as text; the first cell of each row names it."""

    head: tuple[str, ...]  # names of the columns
    rows: tuple[tuple[str, ...], ...]  # rows of texts, as long as the head


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure with its finding as title, its text alternative (in the SVG), and the table that says the same."""

    title: str  # what the figure shows, as a finding
    svg: Markup  # the picture, with title and text alternative inside
    data: Table | None = None  # the same figures as a table; None where the page has them anyway
