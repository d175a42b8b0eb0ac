"""A comparison proves itself as a report does: verify scores every date again and makes the pages again."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from test_compare_versions import NEWER, at
from test_verify import part, swaps, with_part, written
from tiny import FOLDER, HEAD_TEXT, TINY

from assess.assessment import assess
from assess.audience import for_audience
from assess.cli.main import main
from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.problems.render import message
from assess.questionnaire.load import check_document
from assess.report.comparison import Comparison, compared
from assess.report.make import Wish, render
from assess.report.provenance import RECORD, Sources, sha256
from assess.report.verify import verify
from assess.rubric.model import Rubric
from assess.yamlio import parse

EVIDENCE = """\
evidence:
  a-both: {title: Joint record, date: 2026-06-01, grade: A, source: both}
"""


def answers(level: int, as_of: str = "2026-11-01", note: str = "said in confidence") -> bytes:
    text = HEAD_TEXT.replace("2026-11-01", as_of).replace("role: analyst", "role: desk officer")
    return f"{text}{EVIDENCE}answers:\n  ONE-01: {{level: {level}, evidence: [a-both], note: {note}}}\n".encode()


BEFORE, AFTER = answers(2), answers(4, "2027-11-01")


def comparison(*files: bytes, audience: str = "internal", marking: str | None = None) -> bytes:
    """The PDF that compares these questionnaires."""
    read = [check_document(parse(file, "t.yaml"), TINY)[0] for file in files]
    rows = [("t.yaml", for_audience(assess(TINY, [one], drives=False), audience)) for one in read]  # type: ignore[arg-type]
    found, assessments = compared(rows, {TINY.hash: TINY})
    found = found.model_copy(update={"marking": marking or found.marking})
    engine = assessments[0].result.engine
    return Comparison(found, tuple(assessments), TINY, {TINY.hash: TINY}, engine).bound(Sources(files))


@pytest.fixture(scope="module")
def made() -> bytes:
    return comparison(BEFORE, AFTER)


def told(pdf: bytes, *given: bytes) -> list[str]:
    return [f"{p.code} {message(p, ENGLISH)}" for p in verify(pdf, "c.pdf", answers=given).problems]


def forged(pdf: bytes, name: str, old: str, new: str) -> bytes:
    """The file with one part changed, and its hash in the record mended."""
    before = part(pdf, name)
    after = before.replace(old.encode(), new.encode(), 1)
    assert before != after
    record = part(pdf, RECORD).decode().replace(sha256(before), sha256(after))
    return with_part(with_part(pdf, name, after), RECORD, record.encode())


def recorded(pdf: bytes, old: str, new: str) -> bytes:
    """The file with something else in its record."""
    record = part(pdf, RECORD).decode()
    assert old in record
    return with_part(pdf, RECORD, record.replace(old, new, 1).encode())


def refusal(pdf: bytes, *given: bytes) -> str:
    with pytest.raises(InputError) as refused:
        verify(pdf, "c.pdf", answers=given)
    return message(refused.value.problems[0], ENGLISH)


def test_a_comparison_carries_answers_results_and_rubric_and_is_the_same_file_when_made_again(made: bytes) -> None:
    assert sorted(PdfReader(BytesIO(made)).attachments) == [
        "provenance.json", "questionnaire-1.yaml", "questionnaire-2.yaml", "result-1.json", "result-2.json",
        "rubric.json",
    ]
    found = verify(made, "c.pdf")
    assert (found.problems, found.same_bytes, found.parts) == ([], True, 5)
    assert found.figures is not None and found.figures > 200


def test_a_changed_figure_of_one_date_is_found_by_scoring_that_date_again(made: bytes) -> None:
    problems = told(forged(made, "result-2.json", '"points": 80.0', '"points": 81.0'))
    assert problems[0] == "P406 result.index.points says «81.0», but the answers give «80.0»"


def test_one_changed_digit_on_a_page_of_a_comparison_is_named(made: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made)))
    page = writer.pages[1]
    before, content = page.extract_text(), page["/Contents"].get_object()
    data = content.get_data()  # type: ignore[attr-defined]
    for glyph, other in swaps(made):
        content.set_data(data.replace(glyph, other, 1))  # type: ignore[attr-defined]
        if page.extract_text() != before:
            break
    problems = told(written(writer))
    assert len(problems) == 1
    assert problems[0].startswith("P406 page 2 says «")


def test_answers_of_a_date_that_is_not_compared_are_no_part_of_a_comparison(made: bytes) -> None:
    changed = forged(made, "questionnaire-2.yaml", "2027-11-01", "2028-11-01")
    assert refusal(changed) == "this file cannot be verified: it compares nothing of 2028-11-01"


def test_a_comparison_for_the_partner_names_the_hashes_of_the_answers_and_is_checked_by_them() -> None:
    copy = comparison(BEFORE, AFTER, audience="partner")
    assert told(copy) == ["P455 the answers are withheld, so they were not scored again"]
    assert told(copy, AFTER, BEFORE) == []
    assert refusal(copy, AFTER) == (
        "the files given with --answers are not what this report was made from: 1 of 1 are, 2 are wanted")


def test_nothing_that_is_withheld_stands_anywhere_in_a_comparison_for_the_partner() -> None:
    copy = PdfReader(BytesIO(comparison(BEFORE, AFTER, audience="partner")))
    parts = b"".join(content for contents in copy.attachments.values() for content in contents).decode()
    everything = parts + "".join(page.extract_text() for page in copy.pages) + str(copy.metadata)
    assert "Aland" in everything
    assert [word for word in ("said in confidence", "desk officer") if word in everything] == []


def test_a_marking_that_lets_more_people_see_a_comparison_is_told() -> None:
    red = [file.replace(b"as_of:", b"marking: TLP:RED\nas_of:") for file in (BEFORE, AFTER)]
    assert told(comparison(*red)) == []
    assert told(comparison(*red, marking="TLP:GREEN")) == ["P452 the answers are marked TLP:RED, the report TLP:GREEN"]


def test_a_record_can_give_a_comparison_no_marking_that_none_has(made: bytes) -> None:
    changed = recorded(made, '"marking": null', '"marking": "TLP:RED · see page 9\\u0001' + "x" * 400 + '"')
    assert refusal(changed).startswith("this file cannot be verified: no report has the marking TLP:RED · see page 9")


def test_a_report_does_not_pass_for_a_comparison_nor_a_comparison_for_a_report(made: bytes) -> None:
    read, _ = check_document(parse(BEFORE, "t.yaml"), TINY)
    report = render(assess(TINY, [read]), TINY, Sources([BEFORE]), Wish(("pdf",)))
    as_comparison = recorded(report, '"engine"', '"comparison": {"marking": null}, "engine"')
    as_report = recorded(made, '"comparison": {\n    "marking": null\n  },', "")
    assert refusal(as_comparison) == "this file cannot be verified: it carries no result-1.json"
    assert refusal(as_report) == "this file cannot be verified: it carries no result.json"


def test_rule_8_a_comparison_over_versions_of_a_rubric_carries_both() -> None:
    newer = NEWER.model_copy(update={"source": "{}"})
    rows = [("a.json", at({"ONE-01": 2})), ("b.yaml", at({"ONE-01": 4}, NEWER, "2027-11-01"))]
    known: dict[str, Rubric] = {TINY.hash: TINY, newer.hash: newer}
    found, assessments = compared(rows, known)
    pdf = Comparison(found, tuple(assessments), newer, known, assessments[0].result.engine).bound(Sources(()))
    assert part(pdf, "rubric.json") == b"{}"
    assert part(pdf, "rubric-1.json").decode() == TINY.source


def test_the_command_says_which_dates_it_took_from_results_that_were_scored_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_bytes(BEFORE)
    (tmp_path / "new.yaml").write_bytes(AFTER)
    for words in (["score", "old.yaml", "--format", "json"], ["compare", "out/old.json", "new.yaml", "--out", "out"]):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--rubric", str(FOLDER)])
        assert ended.value.code == 0
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["verify", "out/compare-2026-11-01-2027-11-01.pdf"])
    said = capsys.readouterr()
    assert ended.value.code == 0
    assert said.out.startswith("out/compare-2026-11-01-2027-11-01.pdf P467 the answers of 2026-11-01 are not at hand, "
                               "so they were not scored again\n")
    assert said.err.splitlines()[-1] == (
        "out/compare-2026-11-01-2027-11-01.pdf: every page follows from the results inside; the answers of some dates "
        "were not checked")
