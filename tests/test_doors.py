"""Slips at the doors of the program: each is told in words, and none ends it."""

import subprocess
import sys
from pathlib import Path

import pytest
from test_workbook import run
from tiny import FOLDER, HEAD_TEXT


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(capsys: pytest.CaptureFixture[str], text: str) -> list[str]:
    """What is wrong with a questionnaire of these lines."""
    Path("q.yaml").write_text(HEAD_TEXT + text)
    _, out, _ = run(capsys, "check", "q.yaml", "--rubric", FOLDER)
    return [line for line in out.splitlines() if line[0] != " "]


@pytest.mark.parametrize(("marking", "said"), [
    ("''", "«» does not fit here: it should not be empty"),
    ("' '", "« » does not fit here: it should not be empty"),
    ("x" * 81, f"«{'x' * 60}» does not fit here: it has more than 80 characters"),
])
def test_a_marking_that_does_not_fit_is_spoken_of_as_a_text(
    capsys: pytest.CaptureFixture[str], marking: str, said: str
) -> None:
    assert told(capsys, f"marking: {marking}\n") == [f"q.yaml:5:10 Q203 {said}"]


@pytest.mark.parametrize(("answer", "said"), [
    ("TRE-02: {not_applicable: why, reason: more}",
     "q.yaml:5:41 Q202 the key reason is not known here (did you mean not_applicable?)"),
    ("ONE-03: {disputed: [0, 2], values: [1, 3]}",
     "q.yaml:5:38 Q202 the key values is not known here (did you mean disputed?)"),
    ("ONE-03: {unknown: true, reason: nobody was asked}",
     "q.yaml:5:35 Q202 the key reason is not known here (did you mean unknown?)"),
    ("TRE-02: {not_applicable: 3}",
     "q.yaml:5:36 Q203 «3» does not fit here: it should be a text; if it looks like a number or a list, "
     "put it in quotes"),
])
def test_what_stands_under_a_name_of_the_models_own_is_told_and_never_lost(
    capsys: pytest.CaptureFixture[str], answer: str, said: str
) -> None:
    assert [line for line in told(capsys, f"answers: {{{answer}}}\n") if " Q20" in line] == [said]


def test_digits_of_other_scripts_make_no_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "answers: {ONE-01: {level: 0, date: ٢٠٢٦}}\n") == [
        "q.yaml:5:36 Q203 «٢٠٢٦» does not fit here: a date is written 2024-07-15, 2024-07 or 2024"]


@pytest.mark.parametrize(("content", "said"), [
    (b'{"schema_version"', "a.json:1:17 Q203 a.json does not fit here: this is no JSON that can be read"),
    (b"\xef\xbb\xbf{}", "a.json Q203 a.json does not fit here: it is damaged at result: a value is missing"),
    (b'{"result": 1}', "a.json Q203 a.json does not fit here: it is damaged at result: "
     "it should be lines or a bracket of the form «key: value»"),
])
def test_a_damaged_result_is_told_with_the_place_of_the_damage(
    capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    Path("a.json").write_bytes(content)
    code, out, err = run(capsys, "compare", "a.json", "a.json", "--rubric", FOLDER)
    assert (code, out, err.splitlines()[0]) == (1, "", said)


def test_a_closed_keyboard_is_no_terminal() -> None:
    Path("q.yaml").write_text(HEAD_TEXT)
    command = f"{sys.executable} -m assess fill q.yaml --rubric {FOLDER} <&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1, "q.yaml T766 this is no terminal that can show questions")


def test_a_partial_merge_marks_the_answers_that_cite_a_source_in_conflict(capsys: pytest.CaptureFixture[str]) -> None:
    for name, grade in (("a.yaml", "A"), ("b.yaml", "B")):
        Path(name).write_text(HEAD_TEXT + f"evidence:\n  one: {{title: Paper, grade: {grade}, source: A}}\n"
                              "answers:\n  ONE-01: {level: 1, evidence: [one]}\n  TRE-01: 0\n")
    code, out, _ = run(capsys, "merge", "a.yaml", "b.yaml", "--rubric", FOLDER, "--partial", "-o", "-")
    assert (code, out) == (1, Path("a.yaml").read_text().replace(
        "{level: 1, evidence: [one]}", "\n    level: 1\n    evidence: [one]\n    review: true").replace(": \n", ":\n"))
