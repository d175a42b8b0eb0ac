"""What changed between two questionnaires, in words and as data."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from test_merge import filled
from tiny import EVIDENCE, FOLDER, TINY, questionnaire

from assess.cli.main import main
from assess.desk.difference import as_records, differences, in_words
from assess.language import ENGLISH, translator
from assess.questionnaire.blank import annotated
from assess.questionnaire.model import Questionnaire


def told(old: Questionnaire, new: Questionnaire, language: str = "en") -> str:
    return in_words(differences(old, new, TINY), old, new, TINY, translator(language))


def answers(**more: Any) -> Questionnaire:
    return questionnaire(answers={key.replace("_", "-"): value for key, value in more.items()})


def test_answers_evidence_and_header_are_told_section_by_section() -> None:
    old = questionnaire(
        answers={"ONE-01": {"level": 2, "evidence": ["a-old"], "note": "First."}, "ONE-02": {"A": 1, "B": "unknown"}},
        bodies={"BOD-1": {"A": "member"}},
    )
    new = questionnaire(
        as_of="2026-11-20", marking="TLP:RED", evidence={**{k: v for k, v in EVIDENCE.items() if k != "a-old"},
                                      "b-one": EVIDENCE["b-one"] | {"grade": "C"},
                                      "new": {"title": "A new paper", "grade": "B", "source": "A"}},
        answers={"ONE-01": {"level": 3, "evidence": ["a-both"], "confidence": "high", "note": "Second."},
                 "ONE-02": {"A": 1, "B": {"unknown": "asked", "between": [1, 2], "assigned": "law"}},
                 "ONE-03": {"not_applicable": "it is excluded"}},
        bodies={"BOD-1": {"A": "active", "together": 2}},
    )
    assert told(old, new) == (
        "Header (2)\n"
        "  assessment date: 2026-11-01 → 2026-11-20\n"
        "  marking: – → TLP:RED\n"
        "Answers (3)\n"
        "  ONE-01  Indicator ONE-01: level 2 → level 3\n"
        "      confidence: medium → high\n"
        "      evidence: + a-both, − a-old\n"
        "      note: «First.» → «Second.»\n"
        "  ONE-02 B  Indicator ONE-02 (Bland): unknown → unknown, between 1 and 2\n"
        "      reason: – → «asked»\n"
        "      assigned to: – → law\n"
        "  ONE-03  Indicator ONE-03: unknown → not applicable\n"
        "      reason: – → «it is excluded»\n"
        "Bodies (2)\n"
        "  BOD-1 A  BOD-1 (Aland): Member → Active\n"
        "  BOD-1 together  BOD-1 (together): unknown → level 2\n"
        "      confidence: – → medium\n"
        "Evidence (3)\n"
        "  − a-old  Old joint record\n"
        "  b-one  Press\n"
        "      grade: B → C\n"
        "  + new  A new paper\n"
    )


def test_the_same_as_data_has_old_and_new_values_by_id_and_field() -> None:
    found = as_records(differences(answers(ONE_01=2), answers(ONE_01={"level": 3, "evidence": ["b-one"]}), TINY))
    assert found == [
        {"section": "answers", "id": "ONE-01", "slot": "pair", "field": "answer", "old": {"level": 2},
         "new": {"level": 3}},
        {"section": "answers", "id": "ONE-01", "slot": "pair", "field": "evidence", "old": None, "new": ["b-one"]},
    ]
    json.dumps(found)


def test_it_is_told_in_ukrainian_as_well() -> None:
    tr = translator("uk")
    assert told(answers(ONE_01=2), answers(ONE_01=3), "uk") == (
        f"{tr('Answers')} (1)\n  ONE-01  Indicator ONE-01: {tr('level {level}').format(level=2)} → "
        f"{tr('level {level}').format(level=3)}\n"
    )
    assert tr("Answers") == "Відповіді"


@settings(max_examples=60, deadline=None)
@given(filled(), filled())
def test_nothing_is_told_only_if_the_two_say_the_same_and_back_is_the_reverse(
    a: Questionnaire, b: Questionnaire
) -> None:
    there, back = differences(a, b, TINY), differences(b, a, TINY)
    assert (there == ()) == (told(a, b) == "Nothing changed.\n")
    assert differences(a, a, TINY) == ()
    assert sorted(str((d.section, d.id, d.slot, d.field, d.old, d.new)) for d in there) == sorted(
        str((d.section, d.id, d.slot, d.field, d.new, d.old)) for d in back
    )
    assert told(a, b).endswith("\n") and "Traceback" not in told(a, b)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--rubric", str(FOLDER)])
    return (int(ended.value.code or 0), *capsys.readouterr())


def test_order_remarks_and_layout_of_the_files_do_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = annotated(answers(ONE_01=2), TINY, ENGLISH)
    (tmp_path / "a.yaml").write_text(text)
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    (tmp_path / "b.yaml").write_text(bare.replace("ONE-01:\n    level: 2", "ONE-01: 2"))
    assert run(capsys, "diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")) == (0, "Nothing changed.\n", "")
    code, out, _ = run(capsys, "diff", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "--json")
    assert (code, json.loads(out)) == (0, [])
