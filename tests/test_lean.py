"""WeasyPrint made lean draws the same bytes; whatever a page might miss, it gets from WeasyPrint itself."""

import re
import sys
from typing import Any

import pytest

from assess.report.lean import _later, import_quickly, page_of, shorter

PAGE = """<html lang="en"><title>Page</title><body><h1>Title</h1><p id="a">One<br>two <q>three</q></p>
<ol><li>First</li><li>Second<ul><li>Inner</li></ul></li></ol><table><tr><th>A</th><td>1</td></tr></table>{}</body></html>"""


@pytest.fixture(scope="module")
def weasyprint() -> Any:
    return import_quickly()


def pseudo_elements(sheet: str) -> set[str]:
    return set(re.findall(r"[\w-]*::[\w-]+", sheet))


def test_of_what_every_element_would_get_list_markers_alone_are_left(weasyprint: Any) -> None:
    whole = weasyprint.html.UA
    assert pseudo_elements(whole) - pseudo_elements(shorter(whole)) == {
        "::marker", "::footnote-call", "::footnote-marker", "::note-call", "::note-marker", "::note-callback"}
    assert pseudo_elements(shorter(whole)) - pseudo_elements(whole) == {"li::marker"}


def test_a_lean_page_is_drawn_byte_for_byte_like_weasyprints_own(weasyprint: Any) -> None:
    page = PAGE.format("")
    lean = page_of(weasyprint, page)
    assert type(lean) is not weasyprint.HTML
    assert lean.write_pdf(pdf_variant="pdf/ua-1") == weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")


@pytest.mark.parametrize("part", [
    '<p>Text<span style="float: footnote">a note</span></p>', '<p style="display: list-item">Item</p>',
    "<style>li::marker { color: red }</style>", '<p>Text<span style="position: note(side)">a note</span></p>',
])
def test_a_page_with_notes_or_markers_of_its_own_gets_the_whole_sheet(weasyprint: Any, part: str) -> None:
    assert type(page_of(weasyprint, PAGE.format(part))) is weasyprint.HTML


def test_a_footnote_of_an_own_template_is_printed_with_its_number(weasyprint: Any) -> None:
    page = PAGE.format('<p>Text<span style="float: footnote">a note</span></p>')
    assert page_of(weasyprint, page).write_pdf() == weasyprint.HTML(string=page).write_pdf()


def test_what_is_seldom_used_is_imported_when_it_is_called() -> None:
    sys.modules.pop("colorsys", None)
    with _later("colorsys"):
        from colorsys import rgb_to_hsv
    assert "colorsys" not in sys.modules
    assert rgb_to_hsv(1, 1, 1) == (0, 0, 1)
    assert "colorsys" in sys.modules


def test_fonts_can_still_be_cut_without_harfbuzz(weasyprint: Any) -> None:
    from weasyprint.pdf import fonts

    assert fonts.subset.Options(glyph_names=True).glyph_names is True
