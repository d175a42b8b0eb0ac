"""Strategic aims: lenses over indicators and bodies, by hand on the rubric in tests/rubrics/tiny.

    AIM-1   ONE-01 (weight 3) · TRE-01 (weight 1) · BOD-1 (weight 2)
    AIM-2   BOD-2 and BOD-4 (weight 1 each)
"""

from pathlib import Path
from typing import Any

import pytest
from tiny import TINY, questionnaire, scored

from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.problems.render import message
from assess.result import AimResult, Result
from assess.rubric.load import load_aims, load_rubric
from assess.scoring.score import score

TOGETHER: dict[str, Any] = {"BOD-1": {"A": "member", "B": "member", "together": 2}}


def shown(aim: AimResult) -> tuple[Any, ...]:
    return aim.points, aim.bounds and (aim.bounds.low, aim.bounds.high), aim.coverage


def aims(result: Result) -> dict[str, AimResult]:
    return {aim.id: aim for aim in result.aims}


def told(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_aims(path, TINY)
    return [f"{p.place.line}:{p.place.column} {p.code} {message(p, ENGLISH)}" for p in caught.value.problems]


def test_rule_4_an_aim_is_the_weighted_mean_of_its_indicators_and_bodies() -> None:
    """(3 * 40 + 1 * 20 + 2 * 50) / 6 = 40"""
    found = aims(scored(answers={"ONE-01": 2, "TRE-01": 1}, bodies=TOGETHER))["AIM-1"]
    assert shown(found) == (40, (40, 40), 1)
    assert [(p.kind, p.id, p.weight, p.points, p.contribution) for p in found.parts] == [
        ("indicator", "ONE-01", 3, 40, pytest.approx(20)),
        ("indicator", "TRE-01", 1, 20, pytest.approx(20 / 6)),
        ("body", "BOD-1", 2, 50, pytest.approx(100 / 6)),
    ]


def test_rule_4_what_is_unknown_opens_the_bounds_of_an_aim() -> None:
    """ONE-01 = 40 of weight 3, the other 3 unknown: mean 40, bounds 20 to 70, coverage 1/2."""
    assert shown(aims(scored(answers={"ONE-01": 2}))["AIM-1"]) == (40, (20, 70), 0.5)


def test_rule_4_what_is_not_applicable_leaves_the_denominator_of_an_aim() -> None:
    """TRE-01 and BOD-1 (a side is ineligible) leave; ONE-01 alone stays."""
    found = aims(scored(
        answers={"ONE-01": 2, "TRE-01": {"not_applicable": "excluded"}}, bodies={"BOD-1": {"A": "ineligible"}}
    ))["AIM-1"]
    assert (shown(found), found.not_applicable_share) == ((40, (40, 40), 1), 0.5)


def test_an_aim_of_which_nothing_applies_has_no_score() -> None:
    out = {"A": "ineligible", "B": "member"}
    assert shown(aims(scored(bodies={"BOD-2": out, "BOD-4": out}))["AIM-2"]) == (None, None, None)


def test_an_aim_is_indicative_below_the_coverage_of_a_component() -> None:
    found = aims(scored(answers={"TRE-01": 1}, bodies={"BOD-4": {"A": "member", "B": "absent", "together": 0}}))
    assert [(a.id, a.coverage, a.indicative) for a in found.values()] == [
        ("AIM-1", pytest.approx(1 / 6), True), ("AIM-2", 0.5, False)
    ]


def test_aims_change_no_other_figure() -> None:
    given = questionnaire(answers={"ONE-01": 2}, bodies=TOGETHER)
    bare = score(TINY.model_copy(update={"aims": {}}), [given])
    assert bare.model_copy(update={"aims": score(TINY, [given]).aims}) == score(TINY, [given])


def test_contributions_sum_to_the_aim() -> None:
    between = {"unknown": True, "between": [4, 5]}
    found = aims(scored(answers={"ONE-01": 2, "TRE-01": between}, bodies=TOGETHER))["AIM-1"]
    assert sum(p.contribution for p in found.parts) == pytest.approx(found.points)


def test_a_country_may_bring_aims_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("aims: {OWN: {title: Ours, purpose: Ours., indicators: {TWO-01: 2}, reading: High.}}\n")
    own = TINY.model_copy(update={"aims": load_aims(path, TINY)})
    result = score(own, [questionnaire(answers={"TWO-01": {"A": 2, "B": 1}})])
    assert [(a.id, a.points) for a in result.aims] == [("OWN", 20)]


def test_every_mistake_in_aims_is_told_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("""\
aim: {}
aims:
  ONE: {title: One, purpose: One., reading: High.}
  TWO:
    title: Two
    purpose: Two.
    indicators: {ONE-01: 0}
    bodies: {BOD-1: much}
""")
    assert told(path) == [
        "1:1 R302 the key aim is not known here (did you mean aims?)",
        "3:8 R303 a mapping does not fit here: an aim names at least one indicator or body",
        "5:5 R301 the key reading is missing",
        "7:26 R303 «0» does not fit here: it should be more than 0",
        "8:21 R303 «much» does not fit here: it should be a number, without quotes",
    ]


def test_aims_that_name_what_the_rubric_does_not_have_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("""\
aims:
  OWN:
    title: Ours
    purpose: Ours.
    indicators: {ONE-01: 1, ONE-99: 1}
    bodies: {BOX-1: 1}
    reading: High.
""")
    assert told(path) == [
        "5:29 R305 OWN names ONE-99, which is not in the rubric (did you mean ONE-03, ONE-02?)",
        "6:14 R305 OWN names BOX-1, which is not in the rubric (did you mean BOD-1, BOD-4?)",
    ]


def test_a_file_without_aims_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("targets: {}\n")
    assert told(path) == [
        "1:1 R301 the key aims is missing", "1:1 R302 the key targets is not known here"
    ]


def test_aims_bodies_and_challenges_are_optional_in_a_rubric(tmp_path: Path) -> None:
    source = Path(__file__).parent / "rubrics" / "tiny"
    (tmp_path / "components").mkdir()
    for path in [source / "rubric.yaml", *(source / "components").glob("*.yaml")]:
        (tmp_path / path.relative_to(source)).write_bytes(path.read_bytes())
    bare = load_rubric(str(tmp_path))
    assert (bare.challenges, dict(bare.bodies), dict(bare.aims)) == ((), {}, {})
    assert bare.hash != TINY.hash
