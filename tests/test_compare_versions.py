"""Over versions of a rubric only what all of them ask alike is compared (method rule 8)."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tiny import FOLDER, TINY, questionnaire

from assess.assessment import Assessment
from assess.cli.compare import command
from assess.compare.over_time import trend
from assess.compare.shared import narrowed, shared_indicators
from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.problems.render import message
from assess.report.view.changes import trend_view
from assess.rubric.model import Rubric
from assess.scoring.score import score

A = ["a-both"]
LITTLE = ("Less than 50 % of the weight is answered at some date: the index is indicative only, and its change is that "
          "of what was answered.")


def version(**changes: Any) -> Rubric:
    """The rubric as version 0.2.0: TRE-03 asks something else, ONE-01 weighs 4 instead of 2."""
    data = TINY.model_dump(by_alias=True)
    data["components"][2]["indicators"][2]["question"] = "Another question?"
    data["components"][0]["indicators"][0]["weight"] = 4
    return Rubric.model_validate(data | {"version": "0.2.0", "hash": "newer"} | changes)


NEWER = version()
KNOWN = {TINY.hash: TINY, "newer": NEWER}


def at(levels: dict[str, int], rubric: Rubric = TINY, as_of: str = "2026-11-01") -> Assessment:
    answers = {key: {"level": level, "evidence": A} for key, level in levels.items()}
    return Assessment(result=score(rubric, [questionnaire(answers=answers, as_of=as_of)]))


def test_rule_8_what_decides_an_answer_must_be_the_same_and_weights_may_differ() -> None:
    shared = shared_indicators([TINY, NEWER])
    assert set(TINY.indicators) - set(shared) == {"TRE-03"}


def test_rule_8_with_other_points_of_the_levels_nothing_is_shared() -> None:
    levels = tuple(level.model_copy(update={"score": level.score**2 / 100}) for level in TINY.levels)
    assert shared_indicators([TINY, version(levels=levels)]) == ()


def test_rule_8_over_versions_the_change_is_that_of_the_shared_indicators_by_the_newer_weights() -> None:
    """Before: ONE-01 at 40, TRE-03 at 100, which is left out. After: ONE-01 at 80, TRE-03 at 0."""
    before = at({"ONE-01": 2, "TRE-03": 5})
    after = at({"ONE-01": 4, "TRE-03": 0}, NEWER, "2027-11-01")
    found = trend([("a.json", before), ("b.yaml", after)], KNOWN)
    assert [m.points for m in found.moments] == [40, 80]
    assert (found.changes[0].change, found.changes[0].from_coverage) == (40, 0)
    assert [m.stage for m in found.moments] == [None, None]
    assert found.versions == ("0.1.0", "0.2.0")
    assert "TRE-03" not in (found.shared or ())


def test_rule_8_narrowed_to_everything_a_result_is_what_it_was() -> None:
    result = at({"ONE-01": 2, "TWO-02": 3, "TRE-03": 5}).result
    again = narrowed(TINY, result, tuple(TINY.indicators))
    assert (again.components, again.index) == (result.components, result.index)


def test_the_comparison_says_that_the_rubric_changed_on_the_way() -> None:
    rows = [("a.json", at({"ONE-01": 2})), ("b.yaml", at({"ONE-01": 4}, NEWER, "2027-11-01"))]
    assert trend_view(trend(rows, KNOWN), NEWER, ENGLISH).note == (
        "The rubric changed on the way (versions 0.1.0, 0.2.0). Only what all versions ask in the same words is "
        "compared, 8 indicators; so the figures differ from those of the reports, and no stage follows from them. "
        + LITTLE
    )
    same = [rows[0], ("c.yaml", at({"ONE-01": 3}, as_of="2027-11-01"))]
    assert trend_view(trend(same), TINY, ENGLISH).note == LITTLE


def test_versions_that_are_not_at_hand_are_refused() -> None:
    rows = [("a.json", at({"ONE-01": 2})), ("b.yaml", at({"ONE-01": 4}, NEWER, "2027-11-01"))]
    with pytest.raises(InputError) as refused:
        trend(rows, {TINY.hash: TINY})
    assert [message(p, ENGLISH) for p in refused.value.problems] == [
        "a.json and b.yaml were made with different rubrics: tiny 0.1.0 / tiny 0.2.0"
    ]


def test_the_command_finds_the_older_version_in_the_history_of_the_rubric(tmp_path: Path) -> None:
    import shutil

    folder = shutil.copytree(FOLDER, tmp_path / "tiny")
    (folder / "history").mkdir()
    (folder / "history" / "0.1.0.json").write_text(TINY.source)
    text = (folder / "rubric.yaml").read_text()
    (folder / "rubric.yaml").write_text(text.replace("version: 0.1.0", "version: 0.2.0"))
    (tmp_path / "old.json").write_text(at({"ONE-01": 2}).to_json())
    data = questionnaire(rubric="tiny 0.1").model_dump(mode="json", exclude={"answers", "challenges", "bodies"})
    new = data | {"rubric": "tiny 0.2", "as_of": "2027-11-01", "answers": {"ONE-01": {"level": 3, "evidence": A}}}
    (tmp_path / "new.yaml").write_text(json.dumps(new))
    files = [str(tmp_path / name) for name in ("old.json", "new.yaml")]
    done = CliRunner().invoke(command, [*files, "--rubric", str(folder)])
    assert done.exit_code == 0, done.output
    assert "The rubric changed on the way (versions 0.1.0, 0.2.0)." in done.stdout
    assert "the index rose by 20.0 points" in done.stdout
