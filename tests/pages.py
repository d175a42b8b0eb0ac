"""What is wrong with the pages of a PDF, read from its text boxes: points, from the lower left corner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pypdfium2

MM = 72 / 25.4
SIDE, TOP, FOOT = 18 * MM, 18 * MM, 16 * MM
LEAST, LEAST_AT_END = 0.45, 0.04  # of the height of a page that must be used; the last takes what is left
FOLLOWING = 26  # points from the top of a heading: itself, and at least a line of what it heads
_SLACK, _BEARING = 1.0, 2.0  # some letters reach a little to the left of where they start


@dataclass(frozen=True, slots=True)
class Box:
    """A run of text."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its runs of text; ``body`` leaves the running head and foot out."""

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]

    @property
    def body(self) -> tuple[Box, ...]:
        return tuple(b for b in self.boxes if b.bottom >= FOOT - _SLACK and b.top <= self.height - TOP + 2)

    @property
    def lowest(self) -> float:
        return min((b.bottom for b in self.body), default=self.height)


class Read:
    """A PDF that has been read."""

    def __init__(self, content: bytes) -> None:
        document = pypdfium2.PdfDocument(content)
        self.pages = [_page(document[n], n + 1) for n in range(len(document))]
        self.headings = list(_headings(document))

    def problems(self) -> list[str]:
        """Return everything that a printer would send back."""
        found = [f"page {page.number}: {text}" for page in self.pages for text in _on_page(page)]
        return [*found, *self._empty(), *self._stranded()]

    def _empty(self) -> Iterator[str]:
        for page in self.pages:
            used = (page.height - TOP - page.lowest) / (page.height - TOP - FOOT)
            if used < (LEAST_AT_END if page is self.pages[-1] else LEAST):
                yield f"page {page.number}: only {used:.0%} of it is used"

    def _stranded(self) -> Iterator[str]:
        for title, number, top in self.headings:
            if top - self.pages[number].lowest < FOLLOWING:
                yield f"page {number + 1}: the heading «{title}» stands alone at the foot"

    def page_of(self, title: str) -> int:
        """The index of the page on which a heading stands."""
        return next(number for name, number, _ in self.headings if name == title)

    def text(self, number: int) -> str:
        """The text of a page with plain spaces."""
        return " ".join(box.text for box in self.pages[number].boxes).replace("\u00a0", " ")


def _page(page: Any, number: int) -> Page:
    text = page.get_textpage()
    boxes = []
    for n in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(n)
        said = text.get_text_bounded(left, bottom, right, top).strip()
        if said:
            boxes.append(Box(left, bottom, right, top, said))
    return Page(number, *page.get_size(), tuple(boxes))


def _headings(document: Any) -> Iterator[tuple[str, int, float]]:
    for mark in document.get_toc():
        target = mark.get_dest()
        yield mark.get_title(), target.get_index(), target.get_view()[1][1]


def _on_page(page: Page) -> Iterator[str]:
    for box in page.boxes:
        if box.left < SIDE - _BEARING or box.right > page.width - SIDE + _SLACK:
            yield f"«{box.text}» stands in the margin at the side"
        if box.bottom < FOOT - _SLACK < box.top - _SLACK:
            yield f"«{box.text}» runs into the margin at the foot"
    for one, other in combinations(page.boxes, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.top, other.top) - max(one.bottom, other.bottom)
        if across > _SLACK and down > _SLACK:
            yield f"«{one.text}» and «{other.text}» overlap"
