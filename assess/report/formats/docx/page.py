"""From the page of the report to a document: blocks become paragraphs, lists and tables with real styles."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from assess.report.formats.docx.grid import Grid
from assess.report.formats.docx.shapes import NotDrawnError, drawing
from assess.report.formats.docx.styles import ACCENT, MAIN, MUTED
from assess.report.formats.tree import Node

if TYPE_CHECKING:
    from docx.document import Document

_BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "ul", "ol", "table", "figure", "figcaption",
           "h1", "h2", "h3", "h4", "h5", "details", "summary", "nav", "aside", "dl", "dt", "dd", "body", "caption",
           "blockquote", "pre", "form"}
_HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3", "h5": "Heading 3"}
_SKIPPED = {"svg", "style", "script", "head", "template", "noscript", "button", "input", "select"}
_STYLES = {"kicker": "Report Kicker", "lead": "Report Lead", "label": "Report Label", "small": "Report Small",
           "note": "Report Muted", "muted": "Report Muted", "mono": "Report Small"}
_WEB = re.compile(r"https?://[^\s\x00-\x1f]+\Z", re.IGNORECASE)
_MOST_ROWS = 20  # of the figures of a chart as a table; longer ones repeat what the pages after it say
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class Writer:
    """Writes the tree of a page into ``document``; ``note`` stands where a chart cannot be drawn."""

    def __init__(self, document: "Document", width: float, note: str) -> None:
        """``width`` is the room between the margins in points."""
        self.document, self.width, self.note = document, width, note
        self.bookmarks: dict[str, str] = {}
        self.marked: set[str] = set()
        self.waiting: list[str] = []
        self.charts = 0
        self.targets: set[str] = set()

    def write(self, page: Node) -> None:
        """Write the body of a page."""
        self.targets = {node.attributes["id"] for node in page.walk() if "id" in node.attributes}
        body = page.first("body") or page
        self.blocks(body.children, self.document)

    # --- blocks -----------------------------------------------------------------------------------

    def blocks(self, children: Iterable[Node | str], holder: Any, style: str = "Normal") -> None:
        """Write what stands in a block; runs of text and inline elements become paragraphs."""
        line: list[Node | str] = []
        for child in (*_joined(children), None):
            if child is not None and not (isinstance(child, Node) and child.tag in _BLOCKS | {"svg"}):
                line.append(child)
                continue
            if any(not isinstance(part, str) or part.strip() for part in line):
                self.paragraph(line, holder, style)
            line = []
            if isinstance(child, Node):
                self.block(child, holder, style)

    def block(self, node: Node, holder: Any, style: str) -> None:
        """Write one block."""
        if _left_out(node) or _long(node):
            return
        if node.tag != "table" and "id" in node.attributes:
            self.waiting.append(node.attributes["id"])
        style = next((_STYLES[name] for name in _STYLES if name in node.classes), style)
        if node.tag in _HEADINGS:
            self.paragraph(node.children, holder, self._heading(node, holder))
        elif node.tag in ("ul", "ol"):
            self.items(node, holder, style)
        elif node.tag == "table":
            self.table(node)
        elif node.tag == "svg":
            self.chart(node, holder)
        elif node.tag in ("figcaption", "caption", "summary"):
            self.paragraph(node.children, holder, "Caption")
        elif node.tag == "header" and any(child.tag in _HEADINGS for child in node.elements()):
            self.headed(node, holder)
        else:
            self.blocks(node.children, holder, style)

    def _heading(self, node: Node, holder: Any) -> str:
        if holder is not self.document:
            return "Table Text"
        return "Heading 2" if "minor" in node.classes else _HEADINGS[node.tag]

    def headed(self, node: Node, holder: Any) -> None:
        """A heading with a figure beside it: both in one line."""
        heading = next(child for child in node.elements() if child.tag in _HEADINGS)
        beside = [child for child in node.elements() if child is not heading]
        self.waiting += [n.attributes["id"] for n in (heading,) if "id" in n.attributes]
        gap: list[Node | str] = [" — "] if any(child.text() for child in beside) else []
        self.paragraph([*heading.children, *gap, *_inlined(beside)], holder, self._heading(heading, holder))

    def items(self, node: Node, holder: Any, style: str) -> None:
        """A list with bullets or numbers; each numbered list starts at 1."""
        name = "List Number" if node.tag == "ol" else "List Bullet"
        number = self._numbering() if node.tag == "ol" else None
        for item in node.elements():
            inline = [c for c in item.children if not (isinstance(c, Node) and c.tag in ("ul", "ol", "table"))]
            paragraph = self.paragraph(_inlined(inline), holder, name)
            if number is not None and paragraph is not None:
                properties = paragraph._p.get_or_add_pPr()
                properties.get_or_add_numPr().get_or_add_ilvl().val = 0
                properties.get_or_add_numPr().get_or_add_numId().val = number
            self.blocks([c for c in item.children if c not in inline], holder, style)

    def _numbering(self) -> int:
        """Return a new numbering like that of the style, starting at 1."""
        style: Any = self.document.styles["List Number"].element
        numbering: Any = self.document.part.numbering_part.element
        old = style.pPr.numPr.numId.val
        abstract = next(n.abstractNumId.val for n in numbering.num_lst if n.numId == old)
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def table(self, node: Node) -> None:
        """A table with its caption above and its head repeated on every page."""
        caption = next((child for child in node.elements() if child.tag == "caption"), None)
        if caption is not None:
            self.paragraph(caption.children, self.document, "Caption")
        Grid(self, node).write()

    def chart(self, svg: Node, holder: Any) -> None:
        """A chart as shapes; where it cannot be drawn, its text alternative and a note."""
        self.charts += 1
        paragraph = holder.add_paragraph()
        run = paragraph.add_run()
        try:
            run._r.append(parse_xml(drawing(svg, self.charts, self.width)))
        except NotDrawnError:
            told = svg.first("desc")
            run.text = f"{told.text() if told else ''} [{self.note}]".strip()
            run.italic = True

    # --- lines ------------------------------------------------------------------------------------

    def paragraph(self, children: Iterable[Node | str], holder: Any, style: str) -> Any:
        """Write inline content as one paragraph; return None where there is nothing to say."""
        parts = list(_runs(children, {}))
        _trim(parts)
        if not parts:
            return None
        paragraph = holder.add_paragraph(style=style)
        self.fill(paragraph, parts)
        return paragraph

    def fill(self, paragraph: Any, parts: "list[tuple[str, dict[str, str]]]") -> None:
        """Write runs, links and the bookmarks that wait for a paragraph."""
        waiting, self.waiting = self.waiting, []
        for key in waiting:
            self._mark(paragraph, key)
        for text, look in parts:
            for key in look.get("ids", "").split():
                self._mark(paragraph, key)
            self._run(self._link(paragraph, look.get("href", "")), text, look)

    def _mark(self, paragraph: Any, key: str) -> None:
        """Put the bookmark of an id into a paragraph, once."""
        if key in self.marked:
            return
        self.marked.add(key)
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(len(self.marked)))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), self.bookmark(key))
            paragraph._p.append(mark)

    def bookmark(self, key: str) -> str:
        """Return the name of a bookmark: letters, digits and underscores, at most 40, one for each id."""
        if key not in self.bookmarks:
            plain = re.sub(r"[^A-Za-z0-9]", "_", key)[:30]
            self.bookmarks[key] = f"at_{plain}_{len(self.bookmarks) + 1}"
        return self.bookmarks[key]

    def _link(self, paragraph: Any, address: str) -> Any:
        """Return what a run is put into: a link to a bookmark or to the web, or the paragraph itself."""
        link = OxmlElement("w:hyperlink")
        if address.startswith("#") and address[1:] in self.targets:
            link.set(qn("w:anchor"), self.bookmark(address[1:]))
        elif _WEB.match(address):
            link.set(qn("r:id"), self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            return paragraph._p
        paragraph._p.append(link)
        return link

    def _run(self, holder: Any, text: str, look: dict[str, str]) -> None:
        from docx.text.run import Run

        element = OxmlElement("w:r")
        holder.append(element)
        run = Run(element, self.document)
        for number, line in enumerate(text.split("\n")):
            if number:
                run.add_break()
            if line:
                run._r.add_t(line)
        run.bold = True if "bold" in look else None
        run.italic = True if "italic" in look else None
        colour = look.get("over") or (MAIN if look.get("href") else look.get("colour"))
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        if "size" in look:
            run.font.size = Pt(float(look["size"]))
        if "lang" in look:
            run._r.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{look["lang"]}"/>'))


def _left_out(node: Node) -> bool:
    skipped = node.tag in _SKIPPED and node.tag != "svg"
    elsewhere = "marking" in node.classes  # it stands in head and foot of every page
    return skipped or elsewhere or "hidden" in node.attributes or "screen-only" in node.classes


def _long(node: Node) -> bool:
    return node.tag == "details" and sum(row.tag == "tr" for row in node.walk()) > _MOST_ROWS


# --- inline content -----------------------------------------------------------------------------------


def _joined(children: Iterable[Node | str]) -> "list[Node | str]":
    """Put the figure that follows a heading into its line."""
    found: list[Node | str] = []
    for child in children:
        heading = next((n for n in reversed(found) if isinstance(n, Node) or n.strip()), None)
        if isinstance(child, Node) and "chip" in child.classes and isinstance(heading, Node) and (
            heading.tag in _HEADINGS
        ):
            found[found.index(heading)] = Node("header", {}, [heading, child])
        else:
            found.append(child)
    return found


def _inlined(children: Iterable[Node | str]) -> list[Node | str]:
    """Blocks within a line (a paragraph within an item of a list) as inline content, set off by blanks."""
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, Node) and child.tag in _BLOCKS:
            found += [" ", Node("span", dict(child.attributes), _inlined(child.children)), " "]
        else:
            found.append(child)
    return found


def _runs(children: Iterable[Node | str], look: dict[str, str]) -> "Iterator[tuple[str, dict[str, str]]]":
    """Yield text with its look, in order; two elements that only the style sheet sets apart get a dot between."""
    before: Node | str | None = None
    for child in children:
        if isinstance(child, str):
            text = _BLANKS.sub(" ", child)
            if text:
                yield text, look
        elif child.tag == "br":
            yield "\n", look
        elif child.tag not in _SKIPPED and "screen-only" not in child.classes:
            if isinstance(before, Node) and before.tag == child.tag == "span" and before.text() and child.text():
                yield " · ", look
            yield from _runs(child.children, _look(child, look))
        before = child


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def _look(node: Node, look: dict[str, str]) -> dict[str, str]:
    """The look of an element within that of its surroundings."""
    own, classes = dict(look), node.classes
    own.pop("ids", None)
    if node.tag in ("b", "strong", "th") or classes & {"id", "big", "stage", "value", "flag"}:
        own["bold"] = "1"
    if node.tag in ("i", "em", "cite"):
        own["italic"] = "1"
    if classes & {"muted", "why", "of"}:
        own["colour"] = MUTED
    if "flag" in classes:
        own["colour"] = ACCENT
    if "big" in classes:
        own["size"] = "28"
    if node.tag == "a":
        own["href"] = node.attributes.get("href", "")
    if _LANGUAGE.match(node.attributes.get("lang", "")):
        own["lang"] = node.attributes["lang"]
    if "id" in node.attributes:
        own["ids"] = node.attributes["id"]
    return own


def _trim(parts: "list[tuple[str, dict[str, str]]]") -> None:
    """Drop blanks at both ends and doubled ones within."""
    kept: list[tuple[str, dict[str, str]]] = []
    for text, look in parts:
        if not kept or kept[-1][0].endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text or "ids" in look:
            kept.append((text, look))
    while kept and not kept[-1][0].rstrip(" \n") and "ids" not in kept[-1][1]:
        kept.pop()
    if kept:
        kept[-1] = (kept[-1][0].rstrip(" \n"), kept[-1][1])
    while kept and not kept[0][0].strip(" \n") and "ids" not in kept[0][1]:
        kept.pop(0)
    parts[:] = kept if any(text.strip() for text, _ in kept) else []


def runs_of(node: Node) -> "list[tuple[str, dict[str, str]]]":
    """The inline content of a cell."""
    parts = list(_runs(_inlined(node.children), {}))
    _trim(parts)
    return parts
