"""Workbooks are the same for the same content, and no text in them ever becomes a formula."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assess.questionnaire.workbook.words import tidy
from assess.workbooks import MAX_TEXT, TextTooLongError, decoded, encoded, put, row_height, sheet_title, to_bytes

DANGEROUS = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "#REF!", "TRUE", "08", "NO")


def book(*texts: Any) -> Workbook:
    made = Workbook()
    for row, text in enumerate(texts, 1):
        put(made.active.cell(row, 1), text)
    return made


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_the_same_content_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = to_bytes(book("a"), date(2026, 11, 1))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert to_bytes(book("a"), date(2026, 11, 1)) == first


def test_every_date_in_the_file_is_the_one_that_was_asked_for() -> None:
    content = to_bytes(book("a"), date(2026, 11, 1))
    assert part(content, "docProps/core.xml").count("2026-11-01T00:00:00Z") == 2
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_something_else_is_stored_as_text(text: str) -> None:
    sheet = part(to_bytes(book(text)), "xl/worksheets/sheet1.xml")
    assert 't="inlineStr"' in sheet and "<f>" not in sheet
    assert decoded(load_workbook(io.BytesIO(to_bytes(book(text)))).active["A1"].value) == text


def test_a_text_that_starts_like_a_formula_stays_text_when_somebody_edits_it() -> None:
    made = book("=1+1", "plain")
    assert [made.active.cell(row, 1).quotePrefix for row in (1, 2)] == [True, False]
    assert 'quotePrefix="1"' in part(to_bytes(made), "xl/styles.xml")


def test_numbers_and_dates_stay_what_they_are() -> None:
    read = load_workbook(io.BytesIO(to_bytes(book(3, 2.5, date(2026, 11, 1), None)))).active
    assert [read.cell(row, 1).data_type for row in range(1, 5)] == ["n", "n", "d", "n"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("_x0041_ is no A")
@example("_x005F_x0041_")
@example("nul\x00 bell\x07 carriage\r\nreturn \ufffe")
def test_every_text_survives_the_file(text: str) -> None:
    assert decoded(encoded(text)) == text
    stored = load_workbook(io.BytesIO(to_bytes(book(text)))).active["A1"].value
    assert decoded(stored or "") == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example(" leading")
@example("two  blanks\n and a\u00a0hard one ")
def test_a_text_put_exactly_survives_a_reader_who_tidies_what_people_type(text: str) -> None:
    made = Workbook()
    put(made.active["A1"], text, exact=True)
    assert decoded(tidy(load_workbook(io.BytesIO(to_bytes(made))).active["A1"].value)) == text


def test_a_text_of_blanks_alone_differs_from_an_empty_cell() -> None:
    stored = load_workbook(io.BytesIO(to_bytes(book(" \n")))).active["A1"].value
    assert (stored, decoded(stored)) == ("_x0020__x000A_", " \n")


def test_half_a_character_is_not_decoded() -> None:
    assert decoded("_xD83D_ _x0041_ _xdfff_") == "_xD83D_ A _xdfff_"


def test_a_text_that_no_cell_can_hold_is_refused_and_never_cut() -> None:
    book("a" * MAX_TEXT)
    with pytest.raises(TextTooLongError):
        book("a" * (MAX_TEXT + 1))
    with pytest.raises(TextTooLongError):
        book("🛰" * 20_000)


def test_names_of_sheets_are_such_as_programs_accept() -> None:
    assert sheet_title("Trust: [a/b]*?") == "Trust   a b"
    assert sheet_title("x" * 40) == "x" * 31
    assert sheet_title("'") == "Sheet"
    assert sheet_title("tru", ["TRU", "tru-2"]) == "tru-3"
    assert len(sheet_title("x" * 40, ["x" * 31])) == 31


def test_a_row_is_as_high_as_its_longest_text_and_never_higher_than_excel_allows() -> None:
    assert row_height([("short", 40), ("word " * 40, 40)]) == 15 * 5 + 2
    assert row_height([("СЛОВО " * 40, 40)]) == 15 * 7 + 2
    assert row_height([]) == 17
    assert row_height([("word\n" * 90, 40)]) == 409
