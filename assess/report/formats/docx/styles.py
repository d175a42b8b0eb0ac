"""The styles of the document: an office changes the look of a whole report in one place."""

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from assess.report.formats.job import Job
from assess.report.formats.texts import clean
from assess.report.formats.tree import Node

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Calibri"
INK, MUTED, MAIN, ACCENT = "1B2733", "566573", "1F4E79", "A4530F"
_PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}
MARGIN = 20
_LOCALES = {"en": "en-GB", "uk": "uk-UA"}
# name, size, colour, bold, before, after
_PARAGRAPHS = (
    ("Report Kicker", 9, MUTED, False, 0, 2),
    ("Report Lead", 12, INK, False, 4, 6),
    ("Report Label", 9.5, INK, False, 4, 6),
    ("Report Small", 9, INK, False, 0, 3),
    ("Report Muted", 9.5, MUTED, False, 0, 4),
    ("Table Text", 9, INK, False, 1, 1),
)
_HEADINGS = {"Title": (24.0, 0, 6), "Heading 1": (17, 18, 6), "Heading 2": (13, 14, 4), "Heading 3": (11, 10, 3)}


def prepare(document: "Document", job: Job, page_title: str, description: str) -> None:
    """Set styles, paper, language and properties of an empty document."""
    styles = document.styles
    _face(styles["Normal"], 10.5, INK)
    styles["Normal"].paragraph_format.space_after = Pt(5)
    for name, (size, before, after) in _HEADINGS.items():
        _face(styles[name], size, MAIN, bold=True)
        _space(styles[name], before, after)
        styles[name].paragraph_format.keep_with_next = True
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _face(styles["Caption"], 9.5, INK, bold=True)
    _space(styles["Caption"], 6, 3)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, size, colour, bold, before, after in _PARAGRAPHS:
        made: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        _face(made, size, colour, bold=bold)
        _space(made, before, after)
    _shade_label(styles["Report Label"])
    for name in ("List Bullet", "List Number"):
        _space(styles[name], 0, 3)
    _face(styles["Header"], 8.5, MUTED)
    _face(styles["Footer"], 8.5, MUTED)
    _modern(document)
    _language(document, job.tr.language)
    _paper(document, job.wish.paper)
    _properties(document, job, page_title, description)


def _face(style: Any, size: float, colour: str, *, bold: bool = False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if "Theme" in key:
            del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FONT)


def _space(style: Any, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _shade_label(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    border = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="6" w:color="{ACCENT}"/></w:pBdr>'
    properties.insert_element_before(parse_xml(border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="F2F5F8"/>'
    properties.insert_element_before(parse_xml(shade), "w:tabs", "w:spacing", "w:ind", "w:jc")


def _modern(document: "Document") -> None:
    """Say that this is no document of an old version, so that no office opens it in a mode of compatibility."""
    compat = document.settings.element.find(qn("w:compat"))
    if compat is None:
        compat = parse_xml(f"<w:compat {nsdecls('w')}/>")
        document.settings.element.append(compat)
    for old in compat.findall(qn("w:compatSetting")):
        compat.remove(old)
    compat.append(parse_xml(
        f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'))


def _language(document: "Document", language: str) -> None:
    """Name the language of the text, for hyphenation, spelling and screen readers."""
    locale = _LOCALES.get(language, language)
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for old in list(properties.iter(qn("w:lang"))):
            old.getparent().remove(old)
        properties[0].append(parse_xml(
            f'<w:lang {nsdecls("w")} w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/>'))
    for old in list(document.settings.element.iter(qn("w:themeFontLang"))):
        old.set(qn("w:val"), locale)


def _paper(document: "Document", paper: str) -> None:
    width, height = _PAPERS[paper.lower()]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(10)


def text_width(job: Job) -> float:
    """Width between the margins, in points."""
    return float((_PAPERS[job.wish.paper.lower()][0] - 2 * MARGIN) / 25.4 * 72)


def _properties(document: "Document", job: Job, title: str, description: str) -> None:
    day = datetime.combine(job.day, time())
    properties = document.core_properties
    properties.title, properties.subject = clean(title)[:255], clean(description)[:255]
    properties.author = properties.last_modified_by = f"cyberdialog-assess {job.assessment.result.engine}"
    properties.comments, properties.keywords, properties.category = "", "", ""
    properties.language, properties.revision = job.tr.language, 1
    properties.created = properties.modified = properties.last_printed = day


def running(
    document: "Document", head: str, mark: str, foot: str, width: float, marking: Node | None = None
) -> None:
    """Write head and foot of every page: title and label, instrument and number of the page.

    A ``marking`` has a line of its own in both, at the right, in its colours.
    """
    section = document.sections[0]
    for part, texts in ((section.header, (head, mark)), (section.footer, (foot, None))):
        paragraph = part.paragraphs[0]
        if marking is not None:
            _marked(part.add_paragraph(), marking)
        paragraph.paragraph_format.tab_stops.clear_all()
        for stop in paragraph.style.paragraph_format.tab_stops if paragraph.style else ():
            stop.position = Pt(width)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(clean(texts[0] or "") + "\t")
        if texts[1] is None:
            _field(paragraph, "PAGE")
            paragraph.add_run(" / ")
            _field(paragraph, "NUMPAGES")
        else:
            paragraph.add_run(clean(texts[1])).bold = True


def _marked(paragraph: Any, marking: Node) -> None:
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    run = paragraph.add_run(f" {marking.text()} ")
    run.bold, run.font.size = True, Pt(12)
    colour = re.search(r"(?<![-\w])color: *#([0-9a-fA-F]{6})", marking.attributes.get("style", ""))
    run.font.color.rgb = RGBColor.from_string(colour[1].upper() if colour else INK)
    if colour:
        run._r.get_or_add_rPr().append(parse_xml(
            f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="000000"/>'))


def _field(paragraph: Any, code: str) -> None:
    paragraph._p.append(parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
