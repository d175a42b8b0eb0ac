"""The challenges: severities on an axis of their own, worked by hand on the rubric in tests/rubrics/tiny.

    pressure
    ├── XX (weight 2)   XX-1 (pair, weight 2, limits ONE-01 and TRE-01) · XX-2 (each side, weight 1, limits ONE-02)
    └── YY (weight 1)   YY-1 (pair, weight 1, events fade after 24 months, limits TWO-01)
"""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TINY, changed_rubric, questionnaire, scored

from assess.result import BarrierResult, Result
from assess.scoring.score import score

ANSWERS: dict[str, Any] = {
    "XX-1": {"level": 3, "evidence": ["b-one"]},
    "XX-2": {"A": {"level": 4, "evidence": ["a-both"]}, "B": 1},
    "YY-1": {"level": 3, "evidence": ["a-both"]},
}
SEVERE = {"level": 5, "evidence": ["a-both"]}


def barrier(result: Result, key: str) -> BarrierResult:
    return next(b for c in result.challenges for b in c.barriers if b.id == key)


def bounds(result: Result) -> tuple[float, float]:
    assert result.pressure
    return result.pressure.bounds.low, result.pressure.bounds.high


def test_rule_4_challenges_and_pressure_by_hand() -> None:
    """
    XX: (2 * 60 + 80) / 3 = 66.67, for one press report carries level 3 and of the two sides the graver counts
    YY: 60
    pressure: (2 * 66.67 + 60) / 3 = 64.44
    """
    result = scored(challenges=ANSWERS)
    assert [(c.id, c.points, c.coverage) for c in result.challenges] == [
        ("XX", pytest.approx(200 / 3), 1), ("YY", 60, 1)
    ]
    assert result.pressure
    assert (result.pressure.points, result.pressure.coverage) == (pytest.approx(580 / 9), 1)


def test_rule_3_of_two_sides_the_graver_one_counts() -> None:
    found = barrier(scored(challenges=ANSWERS), "XX-2")
    assert (found.points, [s.points for s in found.slots]) == (80, [80, 20])


def test_rule_3_a_side_at_the_top_settles_the_pair_whatever_the_other_is() -> None:
    found = barrier(scored(challenges={"XX-2": {"A": SEVERE}}), "XX-2")
    assert (found.state, found.points) == ("answered", 100)


def test_rule_3_an_unknown_side_leaves_the_pair_open_above_the_known_side() -> None:
    found = barrier(scored(challenges={"XX-2": {"A": 1}}), "XX-2")
    assert found.bounds
    assert (found.state, found.points, found.bounds.low, found.bounds.high) == ("partly_known", None, 20, 100)


def test_rule_2_2_an_accusation_that_nobody_supports_does_not_count_in_full() -> None:
    found = barrier(scored(challenges={"XX-1": 5}), "XX-1")
    assert [(s.kind, s.after) for s in found.readings[0].steps] == [("answered", 5), ("capped", 2)]
    assert found.points == 40


def test_rule_2_3_an_old_event_weighs_less() -> None:
    found = barrier(scored(challenges={"YY-1": {"level": 3, "evidence": ["a-old"]}}), "YY-1")
    assert [(s.kind, s.after) for s in found.readings[0].steps] == [("answered", 3), ("aged", 1)]


def test_rule_4_unknown_barriers_open_the_bounds_and_make_the_pressure_indicative() -> None:
    """XX-1 = 100 of weights 2 + 1, the rest unknown: XX 66.67..100, YY 0..100, coverage (2 * 2/3 + 0) / 3."""
    result = scored(challenges={"XX-1": SEVERE})
    assert result.pressure
    assert bounds(result) == (pytest.approx(400 / 9), 100)
    assert (result.pressure.points, result.pressure.coverage) == (100, pytest.approx(4 / 9))
    assert (result.pressure.indicative, [c.indicative for c in result.challenges]) == (True, [False, True])


def test_rule_4_a_barrier_that_is_not_applicable_leaves_the_denominator() -> None:
    result = scored(challenges={**ANSWERS, "YY-1": {"not_applicable": "excluded"}})
    assert result.pressure
    assert result.pressure.points == pytest.approx(200 / 3)
    assert result.challenges[1].points is None and result.challenges[1].bounds is None


def test_nothing_known_means_full_bounds_and_no_points() -> None:
    result = scored()
    assert result.pressure
    assert (result.pressure.points, bounds(result), result.pressure.coverage) == (None, (0, 100), 0)


def test_rule_1_7_pressure_is_never_subtracted_from_readiness() -> None:
    answers = {"ONE-01": 2, "TRE-01": 1}
    without, with_barriers = scored(answers=answers), scored(answers=answers, challenges=ANSWERS)
    for field in ("index", "stage", "gates", "components", "open_questions", "aims"):
        assert getattr(without, field) == getattr(with_barriers, field), field


def test_rule_8_contributions_of_barriers_sum_to_the_pressure() -> None:
    result = scored(challenges={**ANSWERS, "XX-1": {"unknown": True, "between": [4, 5]}})
    assert result.pressure
    parts = [b.contribution for c in result.challenges for b in c.barriers]
    assert sum(parts) == pytest.approx(result.pressure.points)
    assert sum(c.contribution for c in result.challenges) == pytest.approx(result.pressure.points)


def test_rule_4_limits_that_exclude_the_pressure_pull_it_to_their_near_end_and_the_parts_still_add_up() -> None:
    """XX = 100 (weight 2); YY-1 is at most 40 (weight 1): (2 * 100 + 40) / 3 = 80."""
    result = scored(challenges={"XX-1": SEVERE, "XX-2": {"A": SEVERE}, "YY-1": {"unknown": True, "between": [0, 2]}})
    assert result.pressure
    assert result.pressure.points == pytest.approx(80)
    assert sum(b.contribution for c in result.challenges for b in c.barriers) == pytest.approx(80)
    assert barrier(result, "YY-1").entered == 40


def test_the_swing_of_a_barrier_grows_when_another_of_its_challenge_is_not_applicable() -> None:
    result = scored(challenges={"XX-1": {"not_applicable": "excluded"}})
    assert barrier(result, "XX-2").swing == pytest.approx(200 / 3)


def test_enablers_behind_a_heavy_barrier_are_exposed_when_low_or_unknown() -> None:
    """Heavy from 60 points, low below 40: XX-1 limits ONE-01 (20, low) and TRE-01 (40, not low); TWO-01 is unknown."""
    result = scored(answers={"ONE-01": 1, "TRE-01": 2}, challenges=ANSWERS)
    assert [(e.barrier, e.indicator, e.reason, e.severity, e.readiness) for e in result.exposed] == [
        ("XX-2", "ONE-02", "unknown", 80, None),
        ("XX-1", "ONE-01", "low", 60, 20),
        ("YY-1", "TWO-01", "unknown", 60, None),
    ]


def test_an_enabler_whose_limits_settle_it_is_not_called_unknown() -> None:
    """Low is below 40 points: 0 to 20 is low, 0 to 40 is unknown, 40 to 60 is not exposed."""
    def found(low: int, high: int) -> list[tuple[str, str]]:
        answers = {"ONE-01": {"unknown": True, "between": [low, high]}, "TRE-01": 5}
        result = scored(answers=answers, challenges={"XX-1": SEVERE})
        return [(e.indicator, e.reason) for e in result.exposed]

    assert (found(0, 1), found(0, 2), found(2, 3)) == ([("ONE-01", "low")], [("ONE-01", "unknown")], [])


def test_no_enabler_is_exposed_behind_a_barrier_that_only_may_be_heavy() -> None:
    assert scored(challenges={"XX-1": {"unknown": True, "between": [2, 5]}}).exposed == ()


def test_an_enabler_that_is_not_applicable_is_not_exposed() -> None:
    result = scored(answers={"ONE-01": 5, "TRE-01": {"not_applicable": "excluded"}}, challenges={"XX-1": SEVERE})
    assert [e.indicator for e in result.exposed] == []


def test_every_barrier_names_the_enablers_that_it_limits() -> None:
    limits = {b.id: b.limits for c in scored().challenges for b in c.barriers}
    assert limits == {"XX-1": ("ONE-01", "TRE-01"), "XX-2": ("ONE-02",), "YY-1": ("TWO-01",)}


def test_open_barriers_are_listed_by_what_they_could_move_and_apart_from_open_questions() -> None:
    """XX-1 could move the pressure by 2/3 * 2/3 * 100, YY-1 by 1/3 * 100, each side of XX-2 by 2/3 * 1/3 * 100."""
    result = scored()
    assert [(o.barrier, o.slot, round(o.swing, 2)) for o in result.open_barriers] == [
        ("XX-1", "pair", 44.44), ("YY-1", "pair", 33.33), ("XX-2", "A", 22.22), ("XX-2", "B", 22.22)
    ]
    assert {o.indicator for o in result.open_questions} == set(TINY.indicators)


def test_a_rubric_without_challenges_has_no_pressure() -> None:
    bare = TINY.model_copy(update={"challenges": ()})
    result = score(bare, [questionnaire(answers={"ONE-01": 2})])
    assert (result.challenges, result.pressure, result.exposed) == ((), None, ())


LEVEL = st.integers(0, 5)
GIVEN = st.one_of(
    st.just("unknown"), LEVEL, st.builds(lambda n: {"level": n, "evidence": ["a-both"]}, LEVEL),
    st.builds(lambda n: {"unknown": True, "between": [n, n + 1]}, st.integers(0, 4)),
)


@given(rest=GIVEN, other=GIVEN, level=st.integers(0, 4), evidence=st.sampled_from([[], ["b-one"], ["a-both"]]))
def test_raising_a_severity_never_lowers_the_pressure_or_a_bound(
    rest: Any, other: Any, level: int, evidence: list[str]
) -> None:
    def pressure(at: int) -> tuple[float, float, float]:
        answer = {"level": at, "evidence": evidence}
        result = scored(challenges={"XX-1": answer, "XX-2": {"A": rest, "B": other}, "YY-1": other})
        assert result.pressure and result.pressure.points is not None
        return (result.pressure.points, *bounds(result))

    before, after = pressure(level), pressure(level + 1)
    assert all(b >= a - 1e-9 for a, b in zip(before, after, strict=True)), (before, after)


@given(a=GIVEN, b=GIVEN, c=GIVEN, d=GIVEN)
def test_hard_bounds_hold_the_pressure(a: Any, b: Any, c: Any, d: Any) -> None:
    result = scored(challenges={"XX-1": a, "XX-2": {"A": b, "B": c}, "YY-1": d})
    assert result.pressure
    low, high = bounds(result)
    assert result.pressure.points is None or low - 1e-9 <= result.pressure.points <= high + 1e-9


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("limits: [ONE-02]", "limits: [ONE-20]", "R305 XX-2 names ONE-20, which is not in the rubric"
                                                 " (did you mean ONE-03, ONE-02?)"),
        ("limits: [ONE-02]", "instruments: [{key: UN}]", "R305 XX-2 names UN, which is not in the rubric"),
        (", 5: Five of YY-1.", "", "R304 the anchors of YY-1 are 0, 1, 2, 3, 4; the rubric's levels are"
                                   " 0, 1, 2, 3, 4, 5"),
        ("exposure:", "exposures:", "R302 the key exposures is not known here (did you mean exposure?)"),
    ],
)
def test_a_rubric_whose_barriers_are_broken_is_refused(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert changed_rubric(tmp_path, "challenges.yaml", old, new) == expected
