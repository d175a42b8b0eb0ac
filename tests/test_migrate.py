"""``assess migrate``: every answer is carried over, marked for review, or opened again, and each change is told."""

import shutil
from pathlib import Path

import pytest
from tiny import FOLDER, TINY, questionnaire

from assess import yamlio
from assess.cli.main import main
from assess.language import ENGLISH
from assess.questionnaire.blank import annotated
from assess.questionnaire.load import check_document
from assess.questionnaire.migrate import is_older, migrate, told
from assess.questionnaire.model import Answered, Questionnaire, Unknown
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric

ANSWERS = {
    "ONE-01": {"level": 5, "evidence": ["a-both"], "note": "As agreed."},
    "ONE-02": {"A": 2, "B": "unknown"},
    "ONE-03": {"not_applicable": "it is excluded"},
    "TRE-01": {"disputed": [1, 4], "evidence": ["b-one"]},
}


def newer(folder: Path, *changes: tuple[str, str, str]) -> Rubric:
    """Load version 0.2.0 of the tiny rubric with these changes: file, old text, new text (first place only)."""
    copy = shutil.copytree(FOLDER, folder / "newer")
    for file, old, new in (("rubric.yaml", "version: 0.1.0", "version: 0.2.0"), *changes):
        text = (copy / file).read_text()
        assert old in text, old
        (copy / file).write_text(text.replace(old, new, 1))
    return load_rubric(str(copy))


def answered(given: Questionnaire, rubric: Rubric) -> list[object]:
    """Every answer that the rubric asks for, blanks as unknown, with the evidence."""
    questions = (*rubric.indicators.values(), *rubric.barriers.values())
    answers = [given.answer(q.id, slot) for q in questions for slot in q.slots]  # type: ignore[arg-type]
    return [*answers, *(given.body(key) for key in rubric.bodies), given.evidence, given.as_of, given.rubric]


def moved(rubric: Rubric, **sections: object) -> tuple[Questionnaire, str]:
    """Carry a questionnaire over; return it as it is after it was written and read, and what is told."""
    migration = migrate(questionnaire(**({"answers": ANSWERS} | sections)), TINY, rubric)
    text = annotated(migration.questionnaire, rubric, ENGLISH)
    read = check_document(yamlio.parse(text.encode(), "moved.yaml"), rubric)[0]
    assert answered(read, rubric) == answered(migration.questionnaire, rubric)
    return migration.questionnaire, told(migration, TINY, rubric, ENGLISH)


def test_where_nothing_changed_but_the_version_every_answer_stays_as_it_is(tmp_path: Path) -> None:
    read, said = moved(newer(tmp_path))
    assert read == questionnaire(answers=ANSWERS).model_copy(update={"rubric": "tiny 0.2"})
    assert said == "tiny 0.1.0 → 0.2.0\nNothing changed that concerns the answers.\n"


def test_a_changed_anchor_keeps_the_answer_and_asks_for_review(tmp_path: Path) -> None:
    rubric = newer(tmp_path, ("components/ONE.yaml", "3: Three of ONE-01.", "3: Three or so of ONE-01."))
    read, said = moved(rubric)
    assert read.answer("ONE-01", "pair") == Answered(
        level=5, evidence=("a-both",), note="As agreed.", review=True
    )
    assert not read.answer("TRE-01", "pair").review
    assert said == (
        "tiny 0.1.0 → 0.2.0\nCarried over for review, because what decides the answer changed (1):\n"
        "  ONE-01  Indicator ONE-01  (levels)\n"
    )


def test_a_changed_weight_or_reason_asks_for_nothing(tmp_path: Path) -> None:
    rubric = newer(tmp_path, ("components/ONE.yaml", "why: It is for tests.", "why: It is for more tests."))
    read, said = moved(rubric)
    assert not read.answer("ONE-01", "pair").review
    assert said == "tiny 0.1.0 → 0.2.0\nChanged without effect on the answer (1):\n  ONE-01  Indicator ONE-01  (why)\n"


def test_a_renamed_indicator_keeps_its_answer_and_without_the_old_id_it_is_new(tmp_path: Path) -> None:
    rename = ("components/ONE.yaml", "  ONE-03:\n", "  ONE-09:\n")
    was = ("components/ONE.yaml", "ONE-09:\n", "ONE-09:\n    was: ONE-03\n")
    read, said = moved(newer(tmp_path / "a", rename, was))
    assert read.answers["ONE-09"] == questionnaire(answers=ANSWERS).answers["ONE-03"]
    assert said == "tiny 0.1.0 → 0.2.0\nRenamed (1):\n  ONE-09  Indicator ONE-03  (ONE-03)\n"
    read, said = moved(newer(tmp_path / "b", rename))
    assert "ONE-09" not in read.answers
    assert said == (
        "tiny 0.1.0 → 0.2.0\nNew, to be answered (1):\n  ONE-09  Indicator ONE-03\n"
        "No longer asked; the answer is left out (1):\n  ONE-03  (not applicable it is excluded)\n"
    )


def test_a_question_that_asks_somebody_else_now_is_open_and_remembers_the_answer(tmp_path: Path) -> None:
    rubric = newer(tmp_path, ("components/ONE.yaml", "type: P", "type: S"))
    read, said = moved(rubric)
    for side in ("A", "B"):
        answer = read.answer("ONE-01", side)
        assert answer == Unknown(reason="asked in another way in version 0.1.0: level 5", evidence=("a-both",))
    assert said == (
        "tiny 0.1.0 → 0.2.0\nOpen again, because the earlier answer no longer fits (1):\n"
        "  ONE-01  Indicator ONE-01  (level 5)\n"
        "Carried over for review, because what decides the answer changed (1):\n"
        "  ONE-01  Indicator ONE-01  (who is asked)\n"
    )


def test_not_applicable_is_open_again_where_the_rubric_no_longer_allows_it(tmp_path: Path) -> None:
    rubric = newer(tmp_path, ("components/ONE.yaml", "when: it is excluded", "when: never"))
    read, said = moved(rubric)
    assert read.answer("ONE-03", "pair") == Unknown(
        reason="in version 0.1.0 the answer was: not applicable it is excluded"
    )
    assert "  ONE-03  Indicator ONE-03  (not applicable it is excluded)\n" in said


def test_a_status_that_is_gone_is_open_again_and_the_other_statuses_are_for_review(tmp_path: Path) -> None:
    rubric = newer(tmp_path, ("bodies.yaml", "  member: {", "  seated: {"))
    bodies = {"BOD-1": {"A": {"status": "member", "evidence": ["a-both"]}, "B": "active", "together": 2}}
    read, said = moved(rubric, bodies=bodies)
    opened = Unknown(reason="in version 0.1.0 the answer was: status member", evidence=("a-both",))
    now = read.body("BOD-1")
    assert now.slot("A") == opened
    assert now.B.review and now.together.review
    assert "Open again, because the earlier answer no longer fits (1):\n  BOD-1 A  (status member)\n" in said


@pytest.mark.parametrize(("named", "older"), [
    ("tiny 0.0", True), ("tiny 0.1", False), ("tiny 0.1.0", False), ("tiny 0.2", False), ("tiny 0.0.9", True),
    ("other 0.0", False), ("tiny", False), ("None", False),
])
def test_a_questionnaire_is_older_if_the_same_rubric_has_a_higher_version_now(named: str, older: bool) -> None:
    assert is_older(named, TINY) == older


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the program; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return (int(ended.value.code or 0), *capsys.readouterr())


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """The path of a questionnaire for the older rubric."""
    path = tmp_path / "ours.yaml"
    path.write_text(annotated(questionnaire(answers=ANSWERS), TINY, ENGLISH))
    return path


def test_the_older_rubric_may_be_a_folder_a_file_of_a_report_or_the_history(
    tmp_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer(tmp_path)
    (tmp_path / "rubric.json").write_text(TINY.source)
    history = tmp_path / "newer" / "history"
    ways = (("--from-rubric", FOLDER), ("--from-rubric", tmp_path / "rubric.json"), ())
    texts = []
    for number, way in enumerate(ways):
        if not way:
            history.mkdir()
            (history / "0.1.0.json").write_text(TINY.source)
        out = tmp_path / f"out-{number}.yaml"
        assert run(capsys, "migrate", given, "--to", tmp_path / "newer", "-o", out, *way) == (
            0, f"{out}\n", "tiny 0.1.0 → 0.2.0\nNothing changed that concerns the answers.\n"
        )
        texts.append(out.read_text())
    assert texts[0] == texts[1] == texts[2]


def test_the_file_is_named_after_the_version_and_never_overwritten_unasked(
    tmp_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer(tmp_path)
    out = tmp_path / "ours-0.2.0.yaml"
    out.write_text("Mine.")
    call = ("migrate", given, "--to", tmp_path / "newer", "--from-rubric", FOLDER)
    code, printed, said = run(capsys, *call)
    assert (code, printed, out.read_text()) == (1, "", "Mine.")
    assert f"{out} E504 {out} exists already\n" in said
    assert run(capsys, *call, "--force")[:2] == (0, f"{out}\n")
    assert out.read_text().startswith("# yaml-language-server")
