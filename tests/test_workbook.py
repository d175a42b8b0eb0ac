"""The questionnaire as a workbook: nothing is lost on the way there and back, whoever saves it in between."""

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment
from sheets import AS_OF, PAIR, TRANSLATORS, Book, empty, imported, problems, said, sound, written
from test_new import explicit, filled
from tiny import FOLDER, TINY

from assess.cli.main import main
from assess.language import ENGLISH
from assess.problems.model import Place
from assess.problems.render import as_record, as_text
from assess.questionnaire.load import load_questionnaire
from assess.questionnaire.model import BLANK, Answered, Disputed, NotApplicable, Participation, Questionnaire, Unknown
from assess.questionnaire.workbook.look import TINT
from assess.questionnaire.workbook.read import read_workbook
from assess.questionnaire.workbook.write import workbook
from assess.rubric.load import rubric_translator
from assess.rubric.model import Rubric

ROOT = Path(__file__).parents[1]
EXAMPLES = ("eu-ukraine-2026", "us-ukraine-2026", "us-japan-2026")
FULL = """\
rubric: tiny 0.1
relationship: {parties: {A: {code: AA, name: Aland}, B: {code: "NO", name: Norway}}, title: The two}
as_of: 2026-11-01
answered_by: {side: A, role: desk officer}
kind: illustration
note: "=SUM(A1)"
evidence:
  a-1: {title: "=1+1", date: "2026-06-01", url: "https://example.org", publisher: "@One", grade: A, source: both}
  b-2: {title: "+380 44", date: "2026-06", where: "-file", grade: B, source: A, counter: true, verified: false, note: x}
answers:
  ONE-01: {level: 3, evidence: [a-1, b-2], confidence: high, date: "2026", note: "two\\nlines", assigned: "-unit"}
  ONE-02: {A: {unknown: nobody knows, between: [1, 2]}, B: {level: 0, evidence: [a-1], review: true}}
  TWO-02: {not_applicable: it is excluded}
  TRE-01: {disputed: [0, 2], evidence: [b-2], date: "2026-06-01"}
challenges:
  XX-1: {level: 5, evidence: [a-1]}
bodies:
  BOD-1: {A: {status: member, evidence: [a-1]}, B: {unknown: not asked}, together: {level: 1, confidence: low}}
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the program; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def same(one: Questionnaire, other: Questionnaire, rubric: Rubric) -> None:
    """Assert that two questionnaires say the same; what is blank is unknown, and an empty text is none."""
    def plain(q: Questionnaire) -> dict[str, Any]:
        questions = (*rubric.indicators.values(), *rubric.barriers.values())
        return q.model_dump(exclude={"answers", "challenges", "bodies"}) | {
            "answers": {(x.id, slot): q.answer(x.id, slot) for x in questions for slot in x.slots},  # type: ignore
            "bodies": {key: q.body(key) for key in rubric.bodies},
        }

    assert plain(one) == plain(other)
    assert list(one.evidence) == list(other.evidence)


# --- nothing is lost -----------------------------------------------------------------------------


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questionnaire=filled(), language=st.sampled_from((0, 1)))
def test_every_questionnaire_comes_back_word_for_word(
    questionnaire: Questionnaire, language: int, tmp_path: Path
) -> None:
    back = imported(written(questionnaire, TRANSLATORS[language]), tmp_path)
    assert explicit(back.questionnaire) == explicit(questionnaire)
    assert {p.code[0] for p in back.warnings} <= {"Q"}


@st.composite
def answers_of(draw: st.DrawFn, question: Any) -> Any:
    """Any answer that a question of the instrument allows, without evidence."""
    pairs = st.sampled_from([(low, high) for low in range(5) for high in range(low + 1, 5)])
    forms = [
        st.builds(Answered, level=st.integers(0, 4), confidence=st.sampled_from(("low", "medium", "high"))),
        st.builds(Unknown, reason=st.none() | st.just("=why"), between=st.none() | pairs),
        st.builds(Disputed, values=pairs, date=st.none() | st.just("2024-07")),
    ]
    if question.may_be_not_applicable:
        forms.append(st.builds(NotApplicable, reason=st.just("@because")))
    return draw(st.one_of(forms))


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_answer_to_the_instrument_comes_back(rubric: Rubric, tmp_path: Path, data: st.DataObject) -> None:
    example, _ = load_questionnaire(ROOT / "examples" / f"{EXAMPLES[0]}.yaml", rubric)
    questionnaire = example.model_copy(update={
        "answers": {i.id: {s: data.draw(answers_of(i)) for s in i.slots} for i in rubric.indicators.values()},
        "challenges": {b.id: {s: data.draw(answers_of(b)) for s in b.slots} for b in rubric.barriers.values()},
    })
    path = tmp_path / "answers.xlsx"
    path.write_bytes(workbook(questionnaire, rubric, ENGLISH))
    same(read_workbook(path, rubric, (ENGLISH,)).questionnaire, questionnaire, rubric)


@pytest.mark.parametrize(("name", "language"), list(zip(EXAMPLES, ("uk", "en", "uk"), strict=True)))
def test_a_real_questionnaire_comes_back_from_either_language(
    rubric: Rubric, tmp_path: Path, name: str, language: str
) -> None:
    questionnaire, warnings = load_questionnaire(ROOT / "examples" / f"{name}.yaml", rubric)
    translators = [rubric_translator(rubric.id, code) for code in ("en", "uk")]
    path = tmp_path / "answers.xlsx"
    path.write_bytes(workbook(questionnaire, rubric, translators[language == "uk"]))
    back = read_workbook(path, rubric, translators)
    same(back.questionnaire, questionnaire, rubric)
    assert back.language == language
    assert sorted(p.code for p in back.warnings) == sorted(p.code for p in warnings if p.code != "Y120")


def test_the_same_questionnaire_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(sound(FULL))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert written(sound(FULL)) == first


def test_libreoffice_saves_it_without_changing_an_answer(soffice: str, tmp_path: Path, rubric: Rubric) -> None:
    source = tmp_path / "answers.xlsx"
    source.write_bytes(written(sound(FULL), TRANSLATORS[1]))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / "answers.xlsx").read_bytes()
    assert saved != source.read_bytes()
    back = imported(saved, tmp_path)
    assert explicit(back.questionnaire) == explicit(sound(FULL))
    assert back.language == "uk"
    assert [str(p.place) for p in back.warnings if p.code == "W727"] == []


def test_libreoffice_prints_every_question_with_its_levels(soffice: str, tmp_path: Path) -> None:
    source = tmp_path / "answers.xlsx"
    source.write_bytes(written())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    from pypdf import PdfReader

    pages = [" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "answers.pdf").pages]
    text = " ".join(pages)
    questions = (*TINY.indicators.values(), *TINY.barriers.values())
    missing = [q.id for q in questions if q.question not in text or any(a not in text for a in q.anchors.values())]
    assert missing == []
    whole = [q.id for q in questions if any(q.question in page and f"Five of {q.id}." in page for page in pages)]
    assert whole == [q.id for q in questions]  # no question is torn apart by the end of a page


# --- what a person meets -------------------------------------------------------------------------


def test_every_cell_for_an_answer_is_open_and_tinted_and_all_others_are_locked() -> None:
    book = Book(written())
    row = book.row("ONE", "answers/ONE-01/pair")
    for sheet in book.book.worksheets:
        assert sheet.protection.sheet or sheet.sheet_state == "hidden", sheet.title
        assert sheet.protection.password is None
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                assert cell.protection.locked == (cell.fill.start_color.rgb != TINT), cell
    assert [cell.protection.locked for cell in book["ONE"][row]] == [True] * 3 + [False] * 10


def test_the_list_of_an_answer_has_the_levels_with_their_sentences_and_what_else_may_be_said() -> None:
    book = Book(written())
    cell = book.cell("TRE", "answers/TRE-02/pair", "answer")
    offered = next(v for v in book["TRE"].data_validations.dataValidation if cell.coordinate in v.sqref)
    title, _, area = offered.formula1.replace("$", "").rpartition("!")
    labels = [found[0].value for found in book[title.strip("'")][area]]
    assert labels == [
        "0 – Zero of TRE-02.", "1 – One of TRE-02.", "2 – Two of TRE-02.", "3 – Three of TRE-02.",
        "4 – Four of TRE-02.", "5 – Five of TRE-02.", "unknown – an honest answer; it never counts as 0",
        "not applicable – it is excluded",
        "disputed – the sources disagree; write both levels under «From» and «To»",
    ]
    assert offered.showErrorMessage


def test_no_entry_of_a_list_is_longer_than_programs_offer(rubric: Rubric) -> None:
    for code in ("en", "uk"):
        tr = rubric_translator(rubric.id, code)
        book = Book(workbook(empty().model_copy(update={"rubric": "cyberdialog 1.0"}), rubric, tr))
        entries = [cell.value for row in book["_lists"].iter_rows(min_row=2) for cell in row if cell.value]
        assert max(map(len, entries)) <= 240
        for validation in (v for sheet in book.book.worksheets for v in sheet.data_validations.dataValidation):
            assert len(validation.formula1) <= 255


def test_a_question_stands_above_its_answer_with_all_that_a_rater_needs() -> None:
    sheet = Book(written())["TWO"]
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    wanted = ["What is the level of TWO-02?", "Answer once, for Aland and Bland together.", "Why it matters:",
              "How to go about it:", "Not applicable:", "Ageing:", "Proof that settles an answer:"]
    assert [phrase for phrase in wanted if phrase not in text] == []


def test_the_first_sheet_counts_what_is_answered() -> None:
    start = Book(written())["Start"]
    rows = {row[2].value: (row[3].value, row[4].value) for row in start.iter_rows() if row[4].value}
    assert rows["ONE Component ONE"] == ("=COUNTA('ONE'!$D$4:$D$43)", 4)


def test_a_blank_workbook_waits_for_whoever_answers_and_then_is_a_questionnaire(tmp_path: Path) -> None:
    book = Book(written(empty()))
    assert said(book.bytes(), tmp_path) == ["Relationship!C10 W742", "Relationship!C11 W742"]
    book.write("Relationship", "answered_by.side", value="third").write(
        "Relationship", "answered_by.role", value="analyst"
    )
    read = imported(book.bytes(), tmp_path).questionnaire
    assert (read.answered_by.side, read.answered_by.role, read.as_of) == ("third", "analyst", AS_OF)
    assert read.relationship.parties == PAIR
    assert read.answer("ONE-01", "pair") == BLANK


def test_a_person_fills_in_a_blank_workbook_by_choosing_and_typing(tmp_path: Path) -> None:
    book = Book(written(empty())).write("Relationship", "answered_by.side", value="A – Aland")
    book.write("Relationship", "answered_by.role", value="desk officer")
    book.write("Evidence", "E1", title="Joint record", date="2026-06-01", grade="A", source="both")
    book.write("ONE", "answers/ONE-01/pair", answer="3 – Three of ONE-01.", evidence="E1", confidence="high")
    book.write("ONE", "answers/ONE-02/A", answer="unknown", reason="not asked", from_="1", to="2")
    book.write("TRE", "answers/TRE-02/pair", answer="not applicable", reason="it is excluded")
    book.write("Bodies", "bodies/BOD-1/A", answer="member – A seat.", evidence="E1")
    book.write("Bodies", "bodies/BOD-1/together", answer="2", evidence="E1")
    read = imported(book.bytes(), tmp_path)
    q = read.questionnaire
    assert q.answer("ONE-01", "pair") == Answered(level=3, evidence=("E1",), confidence="high")
    assert q.answer("ONE-02", "A") == Unknown(reason="not asked", between=(1, 2))
    assert q.answer("TRE-02", "pair") == NotApplicable(reason="it is excluded")
    assert Participation(status="member", evidence=("E1",)) == q.body("BOD-1").A
    assert q.body("BOD-1").together == Answered(level=2, evidence=("E1",))
    assert read.warnings == ()


# --- how people change workbooks -----------------------------------------------------------------


def test_sheets_may_be_renamed_moved_and_taken_out(tmp_path: Path) -> None:
    book = Book(written(sound(FULL)))
    book["ONE"].title = "Our part (1)"
    book["Evidence"].title = "Sources"
    book.book.move_sheet("Sources", 5)
    del book.book["TRE"]
    read = imported(book.bytes(), tmp_path)
    assert read.questionnaire.answers["ONE-01"] == sound(FULL).answers["ONE-01"]
    assert read.questionnaire.evidence == sound(FULL).evidence
    assert [(p.code, p.values["what"]) for p in read.warnings if p.code[0] == "W"] == [("W735", "TRE")]
    assert str(Place("a.xlsx", 12, 3, sheet="Our part (1)", part=4)) == "a.xlsx:'Our part (1)'!C12"


def test_rows_may_be_sorted_put_in_and_deleted_because_ids_count(tmp_path: Path) -> None:
    book = Book(written(sound(FULL)))
    for merged in list(book["ONE"].merged_cells.ranges):
        book["ONE"].unmerge_cells(str(merged))
    book["ONE"].insert_rows(2, 7)
    book["ONE"].insert_cols(4)
    book["ONE"].cell(4, 5).value = "What somebody wrote between the lines"
    book["ONE"].delete_rows(book.row("ONE", "answers/ONE-03/pair"))
    read = imported(book.bytes(), tmp_path)
    assert explicit(read.questionnaire) == explicit(sound(FULL))
    assert [f"{p.place.sheet}!{p.place.line} {p.code}" for p in read.warnings if p.code[0] == "W"] == [
        "!0 W735", "ONE!4 W727",
    ]


def test_what_stands_beside_the_table_and_comments_on_cells_are_told(tmp_path: Path) -> None:
    book = Book(written(sound(FULL)))
    row = book.row("ONE", "answers/ONE-01/pair")
    book["ONE"].cell(row, 20).value = "We doubt this."
    book["ONE"].cell(row, 21).value = "And this."
    book["ONE"].cell(row - 1, 15).value = "Beside the question"
    book["Relationship"].cell(4, 5).value = "Ask the ministry"
    book["Evidence"].cell(4, 14).value = "In the archive"
    book.cell("ONE", "answers/ONE-03/pair", "answer").comment = Comment("Really?", "Olena")
    other = book.row("ONE", "answers/ONE-03/pair")
    read = imported(book.bytes(), tmp_path)
    assert explicit(read.questionnaire) == explicit(sound(FULL))
    assert [str(p.place).partition(":")[2] for p in read.warnings if p.code == "W727"] == [
        "Relationship!E4", "Evidence!N4", f"ONE!O{row - 1}", f"ONE!T{row}", f"ONE!D{other}"]


def test_what_somebody_adds_to_the_first_sheet_or_writes_over_its_texts_is_told(tmp_path: Path) -> None:
    book = Book(written(sound(FULL)))
    start = book["Start"]
    counted = next(row for row in range(1, start.max_row) if str(start.cell(row, 4).value).startswith("="))
    start.cell(4, 3).value = "From Olena: we doubt ONE-03."
    start.cell(5, 5).value = "Beside a heading"
    start.cell(6, 8).value = "Beside a step"
    start.cell(7, 3).value = "Over a step"
    start.cell(counted, 4).value = 3
    start.cell(start.max_row + 3, 2).value = "Below all"
    start.cell(2, 2).comment = Comment("Really?", "Olena")
    read = imported(book.bytes(), tmp_path)
    assert explicit(read.questionnaire) == explicit(sound(FULL))
    assert [str(p.place).partition(":")[2] for p in read.warnings if p.code[0] == "W"] == [
        "Start!B2", "Start!C4", "Start!E5", "Start!H6", "Start!C7", f"Start!D{counted}", f"Start!B{start.max_row}"]


def test_the_first_sheet_of_an_older_program_tells_what_stands_beside_it(tmp_path: Path) -> None:
    book = Book(written(sound(FULL)))
    start = book["Start"]
    for row in range(2, start.max_row + 1):
        start.cell(row, 1).value = None
    assert [p for p in imported(book.bytes(), tmp_path).warnings if p.code[0] == "W"] == []
    start.cell(6, 8).value = "Beside a step"
    read = imported(book.bytes(), tmp_path)
    assert [(str(p.place), p.code) for p in read.warnings if p.code[0] == "W"] == [
        (f"{tmp_path}/answers.xlsx:Start!H6", "W727")]


def test_a_text_between_the_rows_is_told_in_whatever_column_it_stands(tmp_path: Path) -> None:
    book = Book(written(sound(FULL)))
    for title, column in (("ONE", 3), ("Relationship", 2)):
        book[title].cell(90, column).value = "Between the lines"
    read = imported(book.bytes(), tmp_path)
    assert explicit(read.questionnaire) == explicit(sound(FULL))
    assert [f"{p.place.sheet}!{p.place.line} {p.code}" for p in read.warnings if p.code[0] == "W"] == [
        "Relationship!90 W727", "ONE!90 W727"]


def test_the_rows_of_sources_may_be_sorted(tmp_path: Path) -> None:
    book = Book(written(sound(FULL)))
    sheet = book["Evidence"]
    first, second = ([cell.value for cell in sheet[row]] for row in (4, 5))
    for column, (one, other) in enumerate(zip(first, second, strict=True), 1):
        sheet.cell(4, column).value, sheet.cell(5, column).value = other, one
        sheet.cell(4, column).data_type = sheet.cell(5, column).data_type = "s"
    assert imported(book.bytes(), tmp_path).questionnaire.evidence == sound(FULL).evidence


@pytest.mark.parametrize(
    ("written_value", "form", "read"),
    [
        ("2026-06-01", "@", "2026-06-01"), (46174, "yyyy-mm-dd", "2026-06-01"), (46174, "mmm yy", "2026-06"),
        (46174, "yyyy", "2026"), (2026, "General", "2026"), ("01.06.2026", "@", "2026-06-01"),
        ("6.2026", "@", "2026-06"), ("  2026-06\u00a0", "@", "2026-06"),
    ],
)
def test_dates_are_read_however_they_were_typed(tmp_path: Path, written_value: Any, form: str, read: str) -> None:
    book = Book(written()).write("ONE", "answers/ONE-01/pair", date=written_value)
    book.cell("ONE", "answers/ONE-01/pair", "date").number_format = form
    answer = imported(book.bytes(), tmp_path).questionnaire.answer("ONE-01", "pair")
    assert isinstance(answer, Answered) and answer.date == read


@pytest.mark.parametrize(
    "value", [3, 3.0, "3", " 3 ", "3\u00a0", "3 – Three of ONE-01.", "3 - Three of ONE-01.", "3.0"]
)
def test_a_level_is_read_however_it_was_typed(tmp_path: Path, value: Any) -> None:
    book = Book(written()).write("ONE", "answers/ONE-01/pair", answer=value)
    read = imported(book.bytes(), tmp_path)
    assert read.questionnaire.answer("ONE-01", "pair").level == 3  # type: ignore[union-attr]
    assert read.warnings == ()


@pytest.mark.parametrize("value", ["unknown", "Unknown", "невідомо", "unknown – whatever was said here"])
def test_a_word_is_understood_in_every_language(tmp_path: Path, value: str) -> None:
    book = Book(written()).write("ONE", "answers/ONE-01/pair", answer=value, confidence=None)
    assert imported(book.bytes(), tmp_path).questionnaire.answer("ONE-01", "pair").state == "unknown"


def test_norway_stays_norway(tmp_path: Path) -> None:
    book = Book(written()).write("Relationship", "relationship.parties.B.code", value="no")
    book.write("Relationship", "relationship.parties.B.name", value="Norway")
    assert imported(book.bytes(), tmp_path).questionnaire.relationship.parties.B.code == "NO"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "'quoted", "#REF!"])
def test_a_text_that_looks_like_a_formula_comes_back_as_text(tmp_path: Path, text: str) -> None:
    questionnaire = sound().model_copy(update={"note": text})
    content = written(questionnaire)
    cell = load_workbook(io.BytesIO(content))["Relationship"]["C14"]
    assert (cell.data_type, imported(content, tmp_path).questionnaire.note) == ("s", text)


def test_ids_of_sources_are_read_with_commas_semicolons_and_lines(tmp_path: Path) -> None:
    book = Book(written(sound(FULL))).write("ONE", "answers/ONE-01/pair", evidence=" b-2;a-1,\n a-1 ")
    assert imported(book.bytes(), tmp_path).questionnaire.answer("ONE-01", "pair").evidence == ("a-1", "b-2")


# --- problems ------------------------------------------------------------------------------------


def test_what_the_check_finds_stands_at_its_cell_and_all_comes_at_once(tmp_path: Path) -> None:
    book = Book(written())
    book.write("ONE", "answers/ONE-01/pair", answer="3", evidence="talks, walks", date="2027-01-01")
    book.write("ONE", "answers/ONE-02/A", answer="unknown", from_="4", to="2")
    book.write("TWO", "answers/TWO-02/pair", answer="not applicable")
    book.write("Relationship", "relationship.parties.B.code", value="AA")
    book.write("Evidence", "E1", title="A source without a grade")
    found = [f"{p.place.sheet} {p.place.cell} {p.code}" for p in problems(book.bytes(), tmp_path)]
    at = {key: book.row(title, f"answers/{key}") for title, key in (
        ("ONE", "ONE-01/pair"), ("ONE", "ONE-02/A"), ("TWO", "TWO-02/pair"))}
    assert found == [
        "Relationship C7 Q218", "Evidence B5 Q208", "Evidence H5 W742", "Evidence I5 W742",
        f"ONE I{at['ONE-01/pair']} Q209", f"ONE J{at['ONE-01/pair']} Q207", f"ONE E{at['ONE-02/A']} Q214",
        f"TWO G{at['TWO-02/pair']} W742",
    ]


def test_a_problem_is_told_with_sheet_and_cell_as_text_and_as_record(tmp_path: Path) -> None:
    book = Book(written()).write("ONE", "answers/ONE-01/pair", answer="7")
    (problem,) = problems(book.bytes(), tmp_path)
    row = book.row("ONE", "answers/ONE-01/pair")
    assert as_text([problem], ENGLISH) == (
        f"{tmp_path}/answers.xlsx:ONE!D{row} W740 «7» is none of the entries of the list\n"
        "    Rule: This cell takes one of: 0, 1, 2, 3, 4, 5, unknown, disputed\n"
        "    Way out: Choose an entry from the list in the cell.\n"
    )
    record = as_record(problem, ENGLISH)
    assert (record["sheet"], record["cell"], record["line"], record["column"]) == ("ONE", f"D{row}", row, 4)


# --- the commands --------------------------------------------------------------------------------


def test_the_way_from_yaml_to_a_workbook_and_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("full.yaml").write_text(FULL)
    rubric = ("--rubric", FOLDER)
    assert run(capsys, "form", "--xlsx", "--from", "full.yaml", *rubric) == (0, "full.xlsx\n", "")
    code, out, err = run(capsys, "import", "full.xlsx", "-o", "back.yaml", *rubric)
    assert (code, out) == (0, "back.yaml\n")
    assert err.splitlines()[-1] == "7 answers imported; 20 of 27 are open"
    assert explicit(sound(Path("back.yaml").read_text(encoding="utf-8"))) == explicit(sound(FULL))


def test_a_blank_workbook_is_named_by_parties_and_date(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["form", "--xlsx", "--parties", "UA,EU", "--as-of", "2026-11-01", "--rubric", FOLDER]
    assert run(capsys, *arguments) == (0, "ua-eu-2026-11-01.xlsx\n", "")
    assert run(capsys, *arguments, "--language", "uk", "-o", "uk.xlsx") == (0, "uk.xlsx\n", "")
    assert "Початок" in load_workbook("uk.xlsx").sheetnames


def test_what_cannot_be_imported_writes_nothing_and_overwrites_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.xlsx").write_bytes(Book(written()).write("ONE", "answers/ONE-01/pair", answer="9").bytes())
    code, out, _ = run(capsys, "import", "answers.xlsx", "--rubric", FOLDER)
    assert (code, out, Path("answers.yaml").exists()) == (1, "", False)
    Path("answers.xlsx").write_bytes(written())
    Path("answers.yaml").write_text("mine")
    code, out, err = run(capsys, "import", "answers.xlsx", "--rubric", FOLDER)
    assert (code, out, err.split()[1], Path("answers.yaml").read_text()) == (1, "", "E504", "mine")


def test_the_form_of_the_instrument_is_small_enough_to_send(rubric: Rubric) -> None:
    content = workbook(empty().model_copy(update={"rubric": "cyberdialog 1.0"}), rubric, ENGLISH)
    assert len(content) < 500_000
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) < 40
