"""The tag tree of a report: what a screen reader meets is whole, in order, and in the right language."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader
from tiny import TINY, questionnaire

from assess.assessment import assess
from assess.language import translator
from assess.report.foreign import foreign
from assess.report.make import Wish, render
from assess.report.provenance import Sources

UKRAINIAN = "Спільна заява про кібердіалог"
ENGLISH = "Joint statement on the dialogue"
EVIDENCE = {
    "uk": {"title": UKRAINIAN, "date": "2026-06-01", "grade": "A", "source": "both", "url": "https://example.org/a"},
    "en": {"title": ENGLISH, "date": "2026-06-01", "grade": "A", "source": "both"},
}
ANSWERS = {
    "ONE-01": {"level": 5, "evidence": ["uk", "en"], "note": "Обидві сторони це підтвердили."},
    "ONE-02": {"A": {"level": 2, "evidence": ["en"], "note": "Both sides said so."}, "B": 3},
}


@pytest.fixture(scope="module", params=["en", "uk"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def content(language: str) -> bytes:
    assessment = assess(TINY, [questionnaire(evidence=EVIDENCE, answers=ANSWERS)], ranges=False)
    return render(assessment, TINY, Sources([b"rubric: tiny\n"]), Wish(("pdf",), translator(language)))


@pytest.fixture(scope="module")
def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def root(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def kids(tag: Any) -> list[Any]:
    below = tag.get("/K", [])
    return list(below) if isinstance(below, list) else [below]


def tags(reader: PdfReader) -> Iterator[tuple[Any, Any]]:
    """Every structure element with its parent, in reading order."""
    tree = root(reader)["/StructTreeRoot"]
    waiting = [(kid.get_object(), tree) for kid in reversed(kids(tree))]
    while waiting:
        tag, parent = waiting.pop()
        yield tag, parent
        below = [kid.get_object() for kid in kids(tag) if not isinstance(kid, int)]
        waiting += [(kid, tag) for kid in reversed(below) if "/S" in kid]


def of(reader: PdfReader, kind: str) -> list[Any]:
    return [tag for tag, _ in tags(reader) if tag["/S"] == kind]


def test_every_tag_names_the_tag_above_it(reader: PdfReader) -> None:
    assert all(tag["/P"].get_object() == parent for tag, parent in tags(reader) if "/S" in parent)


def test_every_piece_of_a_page_hangs_in_the_tree_once_or_is_an_artifact(reader: PdfReader) -> None:
    placed: Counter[tuple[int, int]] = Counter()
    for tag, _ in tags(reader):
        if any(isinstance(kid, int) for kid in kids(tag)):
            page = tag.raw_get("/Pg").idnum
            placed.update((page, kid) for kid in kids(tag) if isinstance(kid, int))
    marked = set()
    for page in reader.pages:
        content = page.get_contents()
        assert content is not None
        marked |= {(page.indirect_reference.idnum, operands[1]["/MCID"]) for operands, operator in content.operations
                   if operator == b"BDC" and "/MCID" in operands[1]}
    assert set(placed) == marked
    assert set(placed.values()) == {1}


def test_every_figure_has_an_alternative_and_lies_where_it_says(reader: PdfReader, content: bytes) -> None:
    import pypdfium2

    figures = of(reader, "/Figure")
    assert len(figures) >= 5
    document = pypdfium2.PdfDocument(content)
    pages = [page.indirect_reference.idnum for page in reader.pages]
    found = 0
    for figure in figures:
        assert figure["/Alt"].strip()
        left, bottom, right, top = (float(value) for value in figure["/A"]["/BBox"])
        number = pages.index(figure.raw_get("/Pg").idnum)
        width, height = document[number].get_size()
        assert 0 <= left < right <= width and 0 <= bottom < top <= height
        inside = document[number].get_textpage().get_text_bounded(left, bottom, right, top)
        found += any(character.isdigit() for character in inside)
    assert found >= len(figures) - 3, "all but three charts of this report have numbers in them"


def test_headings_go_down_one_level_at_a_time_and_are_the_bookmarks(reader: PdfReader) -> None:
    levels = [int(tag["/S"][2]) for tag, _ in tags(reader) if tag["/S"] in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    titles = list(flat(reader.outline))
    assert len(titles) > 10 and all(title.strip() for title in titles)


def flat(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry.title


def test_every_header_cell_has_its_scope_and_every_cell_names_headers_that_exist(reader: PdfReader) -> None:
    heads = of(reader, "/TH")
    assert heads and {head["/A"]["/Scope"] for head in heads} == {"/Column", "/Row"}
    ids = {str(head["/ID"]) for head in heads if "/ID" in head}
    named = [str(key) for cell in of(reader, "/TD") for key in cell["/A"].get("/Headers", ())]
    assert named and set(named) <= ids


def test_every_link_has_words_and_leads_to_a_place_that_exists(reader: PdfReader) -> None:
    places = set(reader.named_destinations)
    annotations = [entry.get_object() for page in reader.pages for entry in page.get("/Annots", ())]
    assert len(annotations) > 20
    for link in annotations:
        assert link["/Subtype"] == "/Link" and link["/Contents"].strip()
        assert "/A" in link or link["/Dest"] in places
    owned = [kid for tag, _ in tags(reader) for kid in map(resolved, kids(tag))
             if isinstance(kid, dict) and kid.get("/Type") == "/OBJR"]
    assert len(owned) == len(annotations)
    assert all(any(isinstance(kid, int) or "/S" in resolved(kid) for kid in kids(tag)) for tag in of(reader, "/Link"))


def resolved(kid: Any) -> Any:
    return kid if isinstance(kid, int) else kid.get_object()


def test_a_part_in_another_language_says_which(reader: PdfReader, language: str) -> None:
    other = {"en": "uk", "uk": "en"}[language]
    assert root(reader)["/Lang"] == language
    told = {str(tag["/Lang"]) for tag, _ in tags(reader) if "/Lang" in tag}
    assert told == {other}
    assert sum("/Lang" in tag for tag, _ in tags(reader)) >= 2


@pytest.mark.parametrize(("text", "own", "answer"), [
    (ENGLISH, "en", None), (ENGLISH, "uk", "en"), (UKRAINIAN, "uk", None), (UKRAINIAN, "en", "uk"),
    ("Совместное заявление: объявлено", "uk", "ru"), ("2024–2026", "uk", None), ("", "en", None),
    ("Lettre conjointe", "en", None), ("Заява CERT-UA", "uk", None), ("NATO та ЄС обговорили загрози", "uk", None),
])
def test_letters_tell_a_foreign_text(text: str, own: str, answer: str | None) -> None:
    assert foreign(text, own) == answer


def test_the_metadata_name_title_language_and_both_standards(reader: PdfReader, language: str) -> None:
    xmp = root(reader)["/Metadata"].get_object().get_data().decode()
    assert reader.metadata is not None and reader.metadata.title and reader.metadata.title in xmp
    for key, value in (("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        assert re.search(rf'{key}(>|="){value}', xmp)
    assert root(reader)["/ViewerPreferences"]["/DisplayDocTitle"]
