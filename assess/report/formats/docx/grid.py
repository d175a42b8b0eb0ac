"""Tables: heads that repeat, rows that stay whole, widths that fit what the columns hold."""

from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from assess.report.formats.docx.styles import INK
from assess.report.formats.tree import Node

if TYPE_CHECKING:
    from assess.report.formats.docx.page import Writer

# The shades of the style sheet, light to dark; the words say the same.
_TONES = {"tone0": "F3F0E8", "tone1": "D3DFE8", "tone2": "B5CBDC", "tone3": "8FB0CA", "tone4": "76A0C1"}
# Points of one letter and of the margins of a cell; letters of a word that are kept together.
_LETTER, _PADDING, _WORD = 5.4, 13.0, 20


class Grid:
    """One table of the page."""

    def __init__(self, writer: "Writer", node: Node) -> None:
        """Read the rows of ``node``: those of its head first, those of its foot last."""
        self.writer, self.node = writer, node
        self.rows = [(row, part.tag) for part in _parts(node) for row in part.elements() if row.tag == "tr"]
        self.columns = max((sum(_span(cell) for cell in row.elements()) for row, _ in self.rows), default=0)

    def write(self) -> None:
        """Write the table and a little room after it."""
        if not self.columns:
            return
        table = self.writer.document.add_table(rows=0, cols=self.columns)
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        _borders(table)
        widths = self._widths()
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        for row, part in self.rows:
            self._row(table, row, part, widths)
        after = self.writer.document.add_paragraph()
        after.paragraph_format.space_after = Pt(0)
        after.paragraph_format.line_spacing = Pt(8)

    def _row(self, table: Any, row: Node, part: str, widths: list[float]) -> None:
        made = table.add_row()
        properties = made._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if part == "thead":
            properties.append(OxmlElement("w:tblHeader"))
        if "id" in row.attributes:
            self.writer.waiting.append(row.attributes["id"])
        at = 0
        for cell in row.elements():
            span = _span(cell)
            target = made.cells[at]
            if span > 1:
                target = target.merge(made.cells[at + span - 1])
            target.width = Pt(sum(widths[at : at + span]))
            self._cell(target, cell, "tfoot" if "total" in row.classes else part)
            at += span
        if self.writer.waiting and at:
            self.writer.fill(made.cells[0].paragraphs[0], [])

    def _cell(self, target: Any, cell: Node, part: str) -> None:
        paragraph = target.paragraphs[0]
        paragraph.style = "Table Text"
        if "id" in cell.attributes:
            self.writer.waiting.append(cell.attributes["id"])
        from assess.report.formats.docx.page import runs_of

        fill = next((shade for name, shade in _TONES.items() if name in cell.classes), None)
        added = {"bold": "1"} if cell.tag == "th" or part == "tfoot" else {}
        added |= {"over": INK} if fill else {}  # every word on a shade is read alike
        self.writer.fill(paragraph, [(text, look | added) for text, look in runs_of(cell)])
        if "n" in cell.classes:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        fill = fill or ("E8EDF2" if part == "thead" else None)
        if fill:
            target._tc.get_or_add_tcPr().append(parse_xml(
                f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))

    def _widths(self) -> list[float]:
        """Give each column its longest word, and share the rest by what stands in the columns."""
        least, want = [24.0] * self.columns, [0.0] * self.columns
        for row, part in self.rows:
            at = 0
            for cell in row.elements():
                span, text = _span(cell), cell.text()
                if span == 1:
                    words = text.split() if "n" not in cell.classes or part == "thead" else [text]
                    word = max((len(one) for one in words), default=0)
                    bold = 1.15 if cell.tag == "th" else 1.0
                    least[at] = max(least[at], min(word, _WORD) * _LETTER * bold + _PADDING)
                    want[at] += len(text) / len(self.rows)
                at += span
        room = self.writer.width - sum(least)
        if room < 0:
            return [self.writer.width * part / sum(least) for part in least]
        short = [max(0.0, wanted * _LETTER + _PADDING - given) for wanted, given in zip(want, least, strict=True)]
        shares = short if sum(short) else least
        return [given + room * share / sum(shares) for given, share in zip(least, shares, strict=True)]


def _parts(node: Node) -> list[Node]:
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    parts = [child for child in node.elements() if child.tag in order]
    loose = [child for child in node.elements() if child.tag == "tr"]
    return sorted([*parts, *([Node("tbody", {}, list(loose))] if loose else [])], key=lambda part: order[part.tag])


def _span(cell: Node) -> int:
    value = cell.attributes.get("colspan", "1")
    return max(1, min(50, int(value))) if value.isdigit() else 1


def _borders(table: Any) -> None:
    """Thin lines between rows, none between columns."""
    lines = "".join(
        f'<w:{side} w:val="{"single" if side in ("top", "bottom", "insideH") else "nil"}" w:sz="4" w:space="0" '
        'w:color="C9D1D9"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    layout = properties.find(qn("w:tblLayout"))
    made = parse_xml(f'<w:tblBorders {nsdecls("w")}>{lines}</w:tblBorders>')
    if layout is None:
        properties.append(made)
    else:
        layout.addprevious(made)
