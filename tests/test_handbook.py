"""The handbook holds the whole instrument, in pages that a screen reader and an archive can use."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from checkers import complaints
from pypdf import PdfReader
from tiny import TINY

from assess.cli.main import main
from assess.language import ENGLISH
from assess.problems.model import MissingMeansError, Place, Problem
from assess.report import handbook
from assess.report.glyphs import missing_characters
from assess.report.handbook import book, handbook_html, handbook_pdf
from assess.rubric.load import rubric_translator
from assess.rubric.model import Rubric
from assess.rubric.sheet import named


@pytest.fixture(scope="module")
def tiny_pdf() -> bytes:
    return handbook_pdf(TINY, ENGLISH)


def words(html: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)).split())


def test_every_text_that_a_rater_reads_is_in_the_handbook(rubric: Rubric) -> None:
    page = words(handbook_html(rubric, ENGLISH))
    questions = (*rubric.indicators.values(), *rubric.barriers.values())
    texts = [text for q in questions for text in (q.title, q.question, q.why, q.guidance, *q.anchors.values(),
                                                  *q.definitions.values(), *q.counting, q.when_silent)]
    texts += [text for b in rubric.bodies.values() for text in (b.title, b.role, b.counts_as_active)]
    texts += [text for a in rubric.aims.values() for text in (a.purpose, a.reading)]
    texts += [text for g in rubric.gates for text in (g.title, g.reason)]
    texts += [text for s in rubric.stages for text in (s.meaning, s.advice)]
    texts += [text for i in rubric.instruments.values() for text in (i.title, i.summary)]
    texts += [rubric.hash, rubric.version, rubric.licence, rubric.purpose]
    assert [text for text in texts if " ".join(text.split()) not in page] == []


def test_everything_with_an_id_has_a_place_and_every_link_leads_to_one(rubric: Rubric) -> None:
    page = handbook_html(rubric, ENGLISH)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    wanted = {f"reg-{key}" if key in rubric.instruments else key for key in named(rubric)}
    assert wanted - set(ids) == set()
    assert set(re.findall(r'href="#([^"]+)"', page)) - set(ids) == set()


def test_every_instrument_shows_how_far_it_was_verified(rubric: Rubric) -> None:
    for sheet in book(rubric, ENGLISH).instruments:
        (part,) = [part for part in sheet.parts if part.title == "Verification"]
        assert part.rows[0].text.startswith(rubric.instruments[sheet.id].status), sheet.id


def test_the_index_names_every_defined_term_with_its_questions(rubric: Rubric) -> None:
    questions = (*rubric.indicators.values(), *rubric.barriers.values())
    terms = {term for q in questions for term in q.definitions}
    wanted = {term: tuple(q.id for q in questions if term in q.definitions) for term in terms}
    assert {entry.term: entry.ids for entry in book(rubric, ENGLISH).terms} == wanted


def test_the_index_is_in_the_order_of_the_ukrainian_alphabet(rubric: Rubric) -> None:
    terms = [entry.term.casefold() for entry in book(rubric, rubric_translator("cyberdialog", "uk")).terms]
    alphabet = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
    first = [alphabet.index(term[0]) for term in terms if term[0] in alphabet]
    assert len(first) > 50 and first == sorted(first)


def test_nothing_of_a_rubric_becomes_markup() -> None:
    evil = TINY.model_copy(update={"title": "<script>alert(1)</script>", "purpose": "{{ 7 * 7 }}"})
    page = handbook_html(evil, ENGLISH)
    assert "<script>" not in page and "&lt;script&gt;" in page and "{{ 7 * 7 }}" in page


def test_the_bundled_fonts_have_every_character_in_both_languages(rubric: Rubric) -> None:
    for language in ("en", "uk"):
        page = handbook_html(rubric, rubric_translator("cyberdialog", language), "print")
        assert [p.values for p in missing_characters(page, language)] == []


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_file_is_accessible_and_archival_by_two_checkers(rubric: Rubric, language: str) -> None:
    assert complaints(handbook_pdf(rubric, rubric_translator("cyberdialog", language))) == []


def test_bookmarks_lead_to_chapters_and_questions_but_not_to_every_small_heading(tiny_pdf: bytes) -> None:
    reader = PdfReader(BytesIO(tiny_pdf))

    def titles(items: list[object]) -> list[str]:
        return [t for i in items for t in (titles(i) if isinstance(i, list) else [str(i.title)])]  # type: ignore[attr-defined]

    found = titles(reader.outline)  # type: ignore[arg-type]
    assert "ONE Component ONE" in found and "ONE-01 Indicator ONE-01" in found
    assert "Why it matters" not in found


def test_the_same_rubric_gives_the_same_bytes(tiny_pdf: bytes) -> None:
    assert handbook_pdf(TINY, ENGLISH) == tiny_pdf


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the program; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return (int(ended.value.code or 0), *capsys.readouterr())


FOLDER = Path(__file__).parent / "rubrics" / "tiny"


def test_the_command_writes_the_formats_asked_for_and_prints_their_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tiny_pdf: bytes
) -> None:
    call = ("rubric", "handbook", "--rubric", FOLDER, "--out", tmp_path, "--format", "html,pdf")
    names = [tmp_path / f"tiny-0.1.0-handbook.{ending}" for ending in ("pdf", "html")]
    assert run(capsys, *call) == (0, f"{names[0]}\n{names[1]}\n", "")
    assert names[0].read_bytes() == tiny_pdf
    assert names[1].read_text() == handbook_html(TINY, ENGLISH)


def test_where_pdf_cannot_be_made_html_stands_in_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> bytes:
        raise MissingMeansError([Problem("E501", Place("PDF"), {"library": "pango"})])

    monkeypatch.setattr(handbook, "handbook_pdf", missing)
    code, printed, said = run(capsys, "rubric", "handbook", "--rubric", FOLDER, "--out", tmp_path)
    assert (code, printed) == (3, f"{tmp_path / 'tiny-0.1.0-handbook.html'}\n")
    assert said.startswith("PDF E501 a system library for PDF is missing: pango\n")
