"""``assess rubric show`` and ``new``: a sheet says all that there is, and a new instrument works at once."""

from pathlib import Path

import pytest
from tiny import TINY

from assess.cli.main import main
from assess.language import ENGLISH
from assess.rubric.lint import lint
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.rubric.sheet import cited_by, named, sheet
from assess.rubric.show import show

SHEET = """\
ONE-01  Indicator ONE-01
  one answer for the pair; weight 2 of 4 in ONE; essential

What is the level of ONE-01?

Why it matters
  It is for tests.

How to go about it
  Answer at once.

Levels
  0  Zero of ONE-01.
  1  One of ONE-01.
  2  Two of ONE-01.
  3  Three of ONE-01.
  4  Four of ONE-01.
  5  Five of ONE-01.

Proof that settles an answer
  - A text.

Proof that does not
  - A rumour.

Where the record is silent
  Answer unknown.

Not applicable
  Never.

Ageing
  None. It stays.

Steps to each level
  1  Do one. 1 person-month; office.
  2  Do two. 1 person-month; office.
  3  Do three. 2 person-months; office.
  4  Do four. 2 person-months; office.
  5  Do five. 3 person-months; office.

Gates that look at it
  G-ONE: ONE-01 (Indicator ONE-01) stands at level 2 or higher; otherwise the stage is Low
    at most.
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the program; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return (int(ended.value.code or 0), *capsys.readouterr())


def test_a_sheet_holds_everything_about_an_indicator() -> None:
    assert show(TINY, "ONE-01", ENGLISH) == SHEET


def test_upper_and_lower_case_are_the_same() -> None:
    assert show(TINY, "one-01", ENGLISH) == SHEET


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_text_of_every_question_is_on_its_sheet(rubric: Rubric) -> None:
    for q in (*rubric.indicators.values(), *rubric.barriers.values()):
        printed = words(show(rubric, q.id, ENGLISH))
        texts = [q.question, q.why, q.guidance, q.when_silent, q.ageing.reason, *q.counting, *q.anchors.values(),
                 *q.definitions, *q.definitions.values(), *q.proof.sufficient, *q.proof.insufficient,
                 *(text for case in q.borderline for text in (case.case, case.because))]
        assert [text for text in texts if words(text) not in printed] == [], q.id


def test_everything_with_an_id_has_a_sheet_that_starts_with_it(rubric: Rubric) -> None:
    for key in named(rubric):
        assert show(rubric, key, ENGLISH).startswith(f"{key}  "), key


def test_a_cited_instrument_shows_how_far_it_was_verified(rubric: Rubric) -> None:
    for key, entry in rubric.instruments.items():
        for owner in cited_by(rubric, key):
            (part,) = [p for p in sheet(rubric, owner, ENGLISH).parts if p.title == "Instruments that it derives from"]
            assert {f"({entry.status})" in row.text for row in part.rows if row.head == key} == {True}, owner


def test_a_misspelt_id_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, said = run(capsys, "rubric", "show", "TRU-3")
    assert (code, printed) == (1, "")
    assert said.startswith("cyberdialog R310 the rubric has no TRU-3 (did you mean TRU-03")


def test_a_sheet_comes_in_ukrainian(capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = run(capsys, "rubric", "show", "TRU-03", "--language", "uk")
    assert code == 0
    assert "Protected information" not in printed and printed.startswith("TRU-03  ")


def test_a_new_instrument_has_only_the_findings_that_its_author_must_settle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    code, printed, said = run(capsys, "rubric", "new", folder, "--id", "my-dialogue")
    files = ("rubric.yaml", "components/ONE.yaml", "instruments.yaml")
    assert (code, printed, said) == (0, "".join(f"{folder / name}\n" for name in files), "")
    assert [p.code for p in lint(str(folder))] == ["R333", "R323"]
    assert load_rubric(str(folder)).id == "my-dialogue"


def test_a_new_instrument_can_be_scored_with_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, blank, out = tmp_path / "mine", tmp_path / "ours.yaml", tmp_path / "out"
    assert run(capsys, "rubric", "new", folder, "--id", "mine")[0] == 0
    assert run(capsys, "new", "--rubric", folder, "--parties", "UA,EU", "--as-of", "2026-11-01", "-o", blank)[0] == 0
    blank.write_text(blank.read_text().replace("ONE-01: unknown", "ONE-01: 2"))
    assert run(capsys, "score", "--rubric", folder, blank, "--out", out, "--format", "json")[0] == 0
    assert '"ONE-01"' in (out / "ours.json").read_text()


def test_a_new_instrument_never_overwrites_files_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rubric.yaml"
    file.write_text("Mine.")
    code, printed, said = run(capsys, "rubric", "new", tmp_path, "--id", "mine")
    assert (code, printed, file.read_text()) == (1, "", "Mine.")
    assert f"{file} E504 {file} exists already\n" in said
    assert not (tmp_path / "components").exists()


@pytest.mark.parametrize("name", ["", "two words", "8th", "a/b", "a: b", "ї"])
def test_an_id_that_cannot_be_typed_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, _, said = run(capsys, "rubric", "new", tmp_path / "mine", "--id", name)
    assert code == 2
    assert "an id has letters, digits and dashes, and starts with a letter" in words(said)
    assert not (tmp_path / "mine").exists()
