"""A workbook from anybody: refused by a rule, or read as cells; never followed, run, or the end of the machine."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import Book, imported, problems, repacked, said, sound, written

from assess.problems.model import InputError
from assess.questionnaire.workbook import package, sheets

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
USUAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_part(name: str, content: bytes) -> bytes:
    return repacked(written(), lambda parts: parts.update({name: content}))


def told(content: bytes, folder: Path) -> list[str]:
    return [f"{p.code} {' '.join(p.values.values())}".rstrip() for p in problems(content, folder)]


def changed_sheet(old: bytes, new: bytes) -> bytes:
    """Return a workbook in which the sheet of the component ONE has ``new`` for ``old``."""
    def change(parts: dict[str, bytes]) -> None:
        name = next(n for n in parts if b"answers/ONE-01/pair" in parts[n])
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return repacked(written(), change)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"ONE-01,3\n", "it is not packed as an .xlsx file is"),
        (b"PK\x03\x04 cut off", "it is not packed as an .xlsx file is"),
        (repacked(written(), lambda parts: parts.update(mimetype=b"x")), "it is an OpenDocument file"),
        (repacked(written(), lambda parts: parts.update({"xl/workbook.bin": b""})), "it is a binary workbook (.xlsb)"),
        (repacked(written(), lambda parts: parts.pop("[Content_Types].xml")), "it is an archive of something else"),
        (repacked(written(), lambda parts: parts.pop("xl/workbook.xml")), "it has no list of sheets"),
        (with_part("xl/styles.xml", b"<styleSheet><numFmts>"), "the part xl/styles.xml is damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    assert told(content, tmp_path) == [f"W720 {reason}"]


def test_a_locked_workbook_is_refused(tmp_path: Path) -> None:
    content = bytearray(written())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag of encryption in both places
        content[content.index(mark) + at] |= 1
    assert told(bytes(content), tmp_path) == ["W721"]


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.xml"])
def test_macros_and_controls_are_refused(name: str, tmp_path: Path) -> None:
    assert told(with_part(name, b"x"), tmp_path) == ["W723"]


def test_a_workbook_that_says_it_has_macros_is_refused(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        name = "[Content_Types].xml"
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
        assert kind in parts[name]
        parts[name] = parts[name].replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main")

    assert told(repacked(written(), change), tmp_path) == ["W723"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_live_link_is_refused_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    link = '<x:externalLink xmlns:x="x"><x:ddeLink ddeService="cmd" ddeTopic="/c calc"/></x:externalLink>'
    assert told(with_part("xl/externalLinks/externalLink1.xml", link.encode(encoding)), tmp_path) == ["W725"]


def test_links_and_embedded_objects_are_left_alone(tmp_path: Path) -> None:
    content = repacked(written(), lambda parts: parts.update({"xl/connections.xml": b"", "xl/embeddings/a.bin": b""}))
    assert told(content, tmp_path) == ["W726 xl/connections.xml, xl/embeddings/a.bin"]
    assert imported(content, tmp_path).questionnaire == imported(written(), tmp_path).questionnaire


BILLION = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
ABROAD = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize("content", [BILLION, ABROAD, ABROAD.decode().encode("utf-16"), b"<!DOCTYPE a><worksheet/>"])
def test_declarations_of_xml_are_refused(content: bytes, tmp_path: Path) -> None:
    assert told(with_part("xl/worksheets/sheet4.xml", content), tmp_path) == ["W724 xl/worksheets/sheet4.xml"]


def test_an_archive_that_grows_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 10_000_000)
    assert told(with_part("xl/a.xml", b" " * 5_000_000), tmp_path) == [
        "W722 a part that grows more than 300 times when it is unpacked"
    ]
    assert told(with_part("xl/a.xml", b" " * 11_000_000), tmp_path) == [
        "W722 more than 10000000 bytes once it is unpacked"
    ]


def test_an_archive_of_too_many_parts_or_bytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = repacked(written(), lambda parts: parts.update({f"xl/{n}": b"" for n in range(600)}))
    with zipfile.ZipFile(io.BytesIO(many)) as archive:
        count = len(archive.namelist())
    assert told(many, tmp_path) == [f"W722 {count} parts"]
    monkeypatch.setattr(package, "MAX_BYTES", 1_000)
    assert told(written(), tmp_path) == ["W722 more than 1000 bytes"]


def test_a_part_that_is_in_the_archive_twice_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO(written())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert told(stream.getvalue(), tmp_path) == ["W720 a part is in it twice"]


def test_a_merged_range_over_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    content = changed_sheet(b"<mergeCells", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><mergeCells')
    assert said(content, tmp_path) == ["ONE!D16 W739"]


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    assert said(changed_sheet(b"</sheetData>", far), tmp_path) == ["ONE!XFD1048576 W727"]


@pytest.mark.parametrize("reference", ["A0", "A1048577", "XFE1", "ZZZ9", "A", "1", "", "A1:B2"])
def test_a_cell_that_no_sheet_has_is_refused(reference: str, tmp_path: Path) -> None:
    cell = f'<row><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()
    (problem,) = problems(changed_sheet(b"</sheetData>", cell), tmp_path)
    assert problem.code == "W720"


def test_more_elements_than_a_form_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ELEMENTS", 500)
    assert told(written(), tmp_path) == ["W722 more than 500 elements"]


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    deep = b"<worksheet>" + b"<a>" * 1_000 + b"</a>" * 1_000 + b"</worksheet>"
    assert told(with_part("xl/worksheets/sheet4.xml", deep), tmp_path) == [
        "W720 the part xl/worksheets/sheet4.xml is damaged"
    ]


def test_a_formula_counts_only_where_an_answer_would_stand(tmp_path: Path) -> None:
    book = Book(written())
    book["ONE"]["P5"] = "=HYPERLINK(\"https://example.org\")"
    book["Start"]["C40"] = "=1+1"
    assert said(book.bytes(), tmp_path) == ["Start!C40 W727", "ONE!P5 W727"]
    book.write("ONE", "answers/ONE-01/pair", assigned="=1+1", reason="=A1").write("Evidence", "talks", title="=B1")
    row = book.row("ONE", "answers/ONE-01/pair")
    assert said(book.bytes(), tmp_path) == [
        "Start!C40 W727", "Evidence!C4 W737", "ONE!P5 W727", f"ONE!G{row} W737", f"ONE!L{row} W737"]


def test_the_strict_form_of_the_format_is_read_as_well(tmp_path: Path) -> None:
    def strict(parts: dict[str, bytes]) -> None:
        for name in parts:
            parts[name] = parts[name].replace(USUAL.encode(), STRICT.encode())

    content = repacked(written(), strict)
    assert imported(content, tmp_path).questionnaire == imported(written(), tmp_path).questionnaire


def test_texts_with_pieces_and_readings_are_read_whole_and_plain(tmp_path: Path) -> None:
    def pieces(parts: dict[str, bytes]) -> None:
        name = next(n for n in parts if b"Joint record of the talks" in parts[n])
        old = b"<is><t>Joint record of the talks</t></is>"
        assert old in parts[name]
        parts[name] = parts[name].replace(
            old, b"<is><r><t>Joint </t></r><r><rPr><b/></rPr><t>record</t></r><rPh><t>no</t></rPh></is>"
        )

    read = imported(repacked(written(), pieces), tmp_path).questionnaire
    assert read.evidence["talks"].title == "Joint record"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_to_the_file_ends_in_anything_but_a_problem(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(written(sound()))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        imported(bytes(content), tmp_path)
    except InputError as error:
        assert error.problems
