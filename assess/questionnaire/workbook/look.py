"""How the workbook looks on screen and on paper: styles, widths, pages.

What a person may fill in is unlocked, has a border and a tint; the rest is locked, without a password,
so that nothing shifts by mistake and nobody is shut out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from assess.workbooks import lines_of

FONT = "Arial"
INK, MUTED, BAND, TINT, EDGE = "FF1B2A41", "FF4A5568", "FFE6ECF3", "FFFFF9E3", "FF9AA5B1"

LINE, SMALL_LINE = 13.0, 11.0  # points between lines of 10 and of 9 points
_PAPER = (841.9 - 2 * 28.8, 595.3 - 2 * 36)  # A4 on its side without the margins, in points
_POINTS_PER_CHARACTER = 5.7  # of a column, as Arial 10 makes them at most


def add_styles(book: Any) -> None:
    """Give an openpyxl workbook the named styles of the form."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    book._named_styles["Normal"].font = Font(name=FONT, size=10)
    edge = Side(style="thin", color=EDGE)
    wrap = {"wrap_text": True, "vertical": "top"}
    box = Border(left=edge, right=edge, top=edge, bottom=edge)

    def style(name: str, *, size: float = 10, color: str = INK, fill: str = "", **more: Any) -> None:
        made = NamedStyle(name=name, font=Font(name=FONT, size=size, color=color, bold=more.get("bold", False)))
        made.alignment = Alignment(**{**wrap, **more.get("align", {})})
        if fill:
            made.fill = PatternFill("solid", start_color=fill)
        made.border = more.get("border") or Border()
        made.protection = Protection(locked=more.get("locked", True))
        made.number_format = more.get("format", "General")
        book.add_named_style(made)

    no_wrap = {"wrap_text": False, "vertical": "center"}
    style("form title", size=15, bold=True, align=no_wrap)
    style("form subtitle", bold=True, color=MUTED, align=no_wrap)
    style("form band", size=11, bold=True, fill=BAND, align=no_wrap)
    style("form head", size=9, color="FFFFFFFF", bold=True, fill=INK, border=box, align={"vertical": "center"})
    style("form text")
    style("form strong", bold=True)
    style("form level", bold=True, align={"horizontal": "right"})
    style("form guide", size=9, color=MUTED, border=Border(left=Side(style="thin", color=EDGE)))
    style("form cases", size=9, color=MUTED)
    style("form label", bold=True, align={"horizontal": "left"})
    style("form input", fill=TINT, border=box, locked=False, format="@")
    style("form link", color="FF1D4F91")
    style("form hidden", size=8, color=EDGE, align=no_wrap)


def open_sheet(sheet: Any, widths: Sequence[float], *, freeze: str, heads: str) -> None:
    """Set up a sheet: hidden first row and column, widths, frozen heads, protection, and the printed page.

    ``heads`` are the rows that every printed page repeats, such as ``2:3``.
    """
    from openpyxl.utils import get_column_letter

    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["A"].hidden = True
    for number, width in enumerate(widths, 2):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    sheet.print_title_rows = heads
    protect(sheet)
    _page(sheet, widths)


def soft_height(sheet: Any, row: int, tall: float) -> None:
    """Make a row ``tall`` points high until somebody edits it; then it fits itself to its text."""
    from openpyxl.worksheet.dimensions import RowDimension

    class Soft(RowDimension):  # type: ignore[misc]
        customHeight = False  # noqa: N815 - the name of the attribute in the file; openpyxl sets it with every height

    sheet.row_dimensions[row] = Soft(sheet, index=row, ht=tall)


def protect(sheet: Any) -> None:
    """Lock what is not for filling in, without a password; widths and heights may be changed."""
    lock = sheet.protection
    lock.sheet = True
    lock.formatColumns = lock.formatRows = False  # False allows it
    lock.selectLockedCells = False


def _page(sheet: Any, widths: Sequence[float]) -> None:
    page = sheet.page_setup
    page.orientation, page.paperSize, page.scale = "landscape", 9, scale(widths)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.45, 0.55, 0.2, 0.25


def foot(sheet: Any, left: str, right: str) -> None:
    """Print ``left``, the number of the page and ``right`` under every page."""
    footer = sheet.oddFooter
    footer.left.text, footer.right.text = (text.replace("&", "&&")[:100] for text in (left, right))
    footer.center.text = "&P / &N"
    for part in (footer.left, footer.center, footer.right):
        part.size = 8


def scale(widths: Sequence[float]) -> int:
    """Return the percentage at which columns of these widths (characters) fit the page."""
    wide = sum(width * _POINTS_PER_CHARACTER + 3.75 for width in widths)
    return max(40, min(100, int(100 * _PAPER[0] / wide)))


def page_height(widths: Sequence[float], heads: float) -> float:
    """Return how many points of rows fit on a printed page below heads of ``heads`` points."""
    return _PAPER[1] * 100 / scale(widths) - heads - 12


def height(texts: Iterable[tuple[str, float]], line: float = LINE) -> float:
    """Return the height in points that wrapped texts of 10 points need in columns of these widths."""
    return line * max((lines_of(text, width) for text, width in texts), default=1) + 3
