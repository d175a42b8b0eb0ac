"""The page of a report as a tree, for formats that are made from what it says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from assess.report.formats.texts import clean

_VOID = {"meta", "br", "img", "hr", "link", "col", "input", "wbr", "source"}
_RAW = {"style", "script", "title"}


@dataclass(slots=True)
class Node:
    """An element with its attributes and what stands in it: elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The words of the attribute ``class``."""
        return frozenset(self.attributes.get("class", "").split())

    def elements(self) -> Iterator["Node"]:
        """The elements directly within."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator["Node"]:
        """This element and all within, in the order of the page."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def text(self) -> str:
        """All text within but that of pictures, blanks and breaks as single blanks."""
        return " ".join("".join(self._texts()).split())

    def first(self, tag: str) -> "Node | None":
        """The first element of this kind within."""
        return next((node for node in self.walk() if node.tag == tag), None)

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Node):
                if child.tag != "svg":
                    yield from child._texts() if child.tag != "br" else " "
            else:
                yield child


def parse(page: str) -> Node:
    """Return the tree of a page; characters that office files cannot hold are left out."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: clean(value or "") for key, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {key: clean(value or "") for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(clean(data))
