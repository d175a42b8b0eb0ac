"""How far a questionnaire is, and who owes what."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from test_merge import filled
from tiny import FOLDER, TINY, questionnaire

from assess.cli.main import main
from assess.desk.progress import in_words, progress
from assess.desk.wording import is_open
from assess.language import ENGLISH
from assess.questionnaire.blank import annotated
from assess.questionnaire.entries import answer_at, spots
from assess.questionnaire.model import Questionnaire
from assess.scoring.score import fingerprint, score

GIVEN = questionnaire(answers={
    "ONE-01": {"level": 2, "evidence": ["a-both"], "assigned": "law"},
    "ONE-02": {"A": {"unknown": True, "assigned": "law"}, "B": {"unknown": "asked", "assigned": "tech\nunit"}},
    "ONE-03": {"level": 1, "review": True, "assigned": "law"},
    "TRE-01": {"not_applicable": "it is excluded"},
})


def test_progress_is_told_by_component_with_what_is_open_for_review_and_owed() -> None:
    said = in_words(progress(GIVEN, TINY), GIVEN, TINY, ENGLISH)
    head, *rest = said.split("\n\n")
    assert head == "23 of 27 are open; coverage of the index: 38 %"  # by hand: 2 x 3/4 of 2 + 1 + 1
    assert rest[0] == (
        "Components            answered  said to be unknown  open  for review  coverage\n"
        "ONE Component ONE          2/4                   1     1           1      75 %\n"
        "TWO Component TWO          0/4                   0     4           0       0 %\n"
        "TRE Component TRE          1/3                   0     2           0       0 %"
    )
    assert "For review (1)\n  ONE-03  Indicator ONE-03" in rest
    assert "Owed by law (2)\n  ONE-02 A  Indicator ONE-02 (Aland)\n  ONE-03  Indicator ONE-03" in rest
    assert "Owed by tech unit (1)\n  ONE-02 B  Indicator ONE-02 (Bland)" in rest
    assert rest[-1].startswith(
        "Open, and assigned to nobody (22)\n  TWO-01 A  Indicator TWO-01 (Aland towards Bland)\n"
    )


@settings(max_examples=60, deadline=None)
@given(filled())
def test_the_counts_add_up_and_the_coverage_is_that_of_the_engine(q: Questionnaire) -> None:
    found, result = progress(q, TINY), score(TINY, [q])
    assert all(part.answered + part.unknown + part.open == part.all for part in found.parts)
    assert sum(part.all for part in found.parts) == len(list(spots(TINY)))
    assert sum(part.open for part in found.parts) == len(found.open)
    assert {part.id: part.coverage for part in found.parts if part.section == "answers"} == {
        component.id: component.coverage for component in result.components
    }
    assert found.coverage == result.index.coverage
    assert all(is_open(answer_at(q, spot)) for spot in found.open)


@settings(max_examples=60, deadline=None)
@given(filled())
def test_who_is_assigned_changes_neither_the_score_nor_the_fingerprint(q: Questionnaire) -> None:
    def nobody(section: object) -> object:
        return {key: {slot: answer.model_copy(update={"assigned": None}) for slot, answer in slots.items()}
                for key, slots in section.items()}  # type: ignore[attr-defined]

    bare = q.model_copy(update={"answers": nobody(q.answers)})
    assert fingerprint(bare) == fingerprint(q)
    assert score(TINY, [bare]) == score(TINY, [q])


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["status", *arguments, "--rubric", str(FOLDER)])
    return (int(ended.value.code or 0), *capsys.readouterr())


def test_several_files_have_a_heading_each_and_data_has_one_entry_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(annotated(GIVEN, TINY, ENGLISH))
    code, out, _ = run(capsys, "a.yaml", "b.yaml")
    assert code == 0
    assert out.startswith("a.yaml\n23 of 27 are open")
    assert "\n\nb.yaml\n23 of 27 are open" in out
    code, out, _ = run(capsys, "a.yaml", "b.yaml", "--json")
    (first, second) = json.loads(out)
    assert (first["file"], second["file"]) == ("a.yaml", "b.yaml")
    assert first["owed"] == second["owed"] == {
        "law": [{"section": "answers", "id": "ONE-02", "slot": "A"},
                {"section": "answers", "id": "ONE-03", "slot": "pair"}],
        "tech\nunit": [{"section": "answers", "id": "ONE-02", "slot": "B"}],
    }
    assert first["parts"][0] == {"section": "answers", "id": "ONE", "title": "Component ONE", "answered": 2,
                                 "unknown": 1, "open": 1, "review": 1, "all": 4,
                                 "coverage": score(TINY, [GIVEN]).components[0].coverage}


def test_the_problems_of_all_files_come_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.yaml").write_text("answers: [")
    code, out, err = run(capsys, "missing.yaml", "b.yaml")
    assert (code, out) == (1, "")
    assert "b.yaml:2:1 Y102 " in err and "missing.yaml Y101 " in err
