"""The pages of the report: nothing overlaps, leaves the page or strands a heading; no page is nearly empty."""

from functools import lru_cache
from pathlib import Path

import pytest
import well_known
from checkers import complaints
from pages import Read

from assess.assessment import Assessment, assess
from assess.compare.over_time import trend
from assess.questionnaire.load import load_questionnaire
from assess.report.html import render_html, render_page
from assess.report.make import view_of
from assess.report.pdf import render_pdf
from assess.report.view.changes import trend_view
from assess.rubric.load import load_rubric, rubric_translator

EXAMPLES = Path(__file__).parents[1] / "examples"


@lru_cache(maxsize=4)
def scored(name: str) -> Assessment:
    rubric = load_rubric()
    if name == "well-known":
        return well_known.assessment(rubric)
    return assess(rubric, [load_questionnaire(EXAMPLES / f"{name}-2026.yaml", rubric)[0]])


def drawn(name: str, language: str, paper: str) -> bytes:
    tr = rubric_translator("cyberdialog", language)
    view = view_of(scored(name), load_rubric(), tr)
    return render_pdf(render_html(view, tr, "print", paper))


REAL = [(name, language, paper) for name in ("eu-ukraine", "us-ukraine", "us-japan")
        for language in ("en", "uk") for paper in ("A4", "letter")]
MADE_UP = [("well-known", "en", "letter"), ("well-known", "uk", "A4")]


@pytest.mark.parametrize(("name", "language", "paper"), REAL + MADE_UP)
def test_every_page_of_a_report_is_one_that_neither_a_printer_nor_a_checker_would_send_back(
    name: str, language: str, paper: str
) -> None:
    content, tr = drawn(name, language, paper), rubric_translator("cyberdialog", language)
    read = Read(content)
    assert read.problems() == []
    assert complaints(content) == []
    # Page one holds all that a minister reads, contents included; the next begins with the profile.
    assert tr("Contents") in read.text(0)
    assert read.page_of(tr("Profile of the components")) == 1
    # The register of evidence is long: each of its pages repeats the head of the table.
    inside = range(read.page_of(tr("Evidence register")) + 1, read.page_of(tr("How the figures were made")))
    assert all(tr("Cited by") in read.text(number) for number in inside)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_page_of_a_comparison_is_one_too(language: str) -> None:
    rubric, tr = load_rubric(), rubric_translator("cyberdialog", language)
    moments = [("2024.json", well_known.assessment(rubric, "2024-11-20", 3)), ("2026.json", scored("well-known"))]
    view = trend_view(trend(moments), rubric, tr)
    content = render_pdf(render_page("compare.html", {"view": view}, tr, "print"))
    assert Read(content).problems() == []
    assert complaints(content) == []


def test_the_guard_sees_what_it_guards_against() -> None:
    page = """<html lang="en"><head><title>t</title><style>@page { size: A4; margin: 18mm 18mm 16mm } * { margin: 0 }
    p, h2 { font: 10pt/1.2 "Noto Sans" } </style></head><body><h1 style="font-size: 10pt">One</h1>
    <p style="margin-left: -30pt">Into the margin</p><p>Below</p><p style="margin-top: -10pt">Above</p>
    <p style="margin-top: 640pt">Far down</p><h2>Stranded</h2><p style="break-before: page">Alone</p>
    <p style="break-before: page">End</p></body></html>"""
    assert Read(render_pdf(page)).problems() == [
        "page 1: «Into the margin» stands in the margin at the side",
        "page 1: «Below Above» and «Below Above» overlap",
        "page 2: only 1% of it is used",
        "page 3: only 1% of it is used",
        "page 1: the heading «Stranded» stands alone at the foot",
    ]
