"""Scoring by the numbered rules of the method, worked by hand on a rubric of three components and six levels."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from assess.questionnaire.load import check_document
from assess.questionnaire.model import Evidence, Questionnaire
from assess.result import IndicatorResult, Result, Source
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import fingerprint, score
from assess.scoring.values import Known, combine, pool
from assess.yamlio import Document

TINY = str(Path(__file__).parent / "rubrics" / "tiny")
EVIDENCE = {
    "a-both": {"title": "Joint record", "date": "2026-06-01", "grade": "A", "source": "both"},
    "a-old": {"title": "Old joint record", "date": "2022-01-01", "grade": "A", "source": "both"},
    "a-side-a": {"title": "Record of A", "date": "2026-06-01", "grade": "A", "source": "A"},
    "b-one": {"title": "Press", "date": "2026-06-01", "grade": "B", "source": "third", "url": "https://www.one.org/x"},
    "b-same": {"title": "Press again", "date": "2026-06-02", "grade": "B", "source": "third", "url": "https://one.org/y"},
    "b-two": {"title": "Other press", "date": "2026-06-01", "grade": "B", "source": "third", "url": "https://two.org/x"},
    "c-new": {"title": "Mirror", "date": "2026-10-01", "grade": "C", "source": "third"},
    "against": {"title": "Denial", "date": "2026-10-01", "grade": "A", "source": "both", "counter": True},
}


@pytest.fixture(scope="module")
def tiny() -> Rubric:
    return load_rubric(TINY)


def questionnaire(tiny: Rubric, answers: dict[str, Any], **more: Any) -> Questionnaire:
    data = {
        "rubric": "tiny 0.1",
        "relationship": {"parties": {"A": {"code": "AA", "name": "Aland"}, "B": {"code": "BB", "name": "Bland"}}},
        "as_of": "2026-11-01",
        "answered_by": {"side": "third", "role": "analyst"},
        "evidence": EVIDENCE,
        "answers": answers,
    }
    return check_document(Document("t.yaml", data | more), tiny)[0]


def scored(tiny: Rubric, answers: dict[str, Any], **more: Any) -> Result:
    return score(tiny, [questionnaire(tiny, answers, **more)])


def indicator(result: Result, key: str) -> IndicatorResult:
    return next(i for c in result.components for i in c.indicators if i.id == key)


def steps(result: Result, key: str) -> list[tuple[str, float]]:
    return [(s.kind, s.after) for r in indicator(result, key).readings for s in r.steps]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], 40), (["c-new"], 40), (["against"], 40), (["b-one"], 60), (["b-one", "b-same"], 60),
        (["b-one", "b-two"], 80), (["a-both"], 100),
    ],
)
def test_rule_2_2_evidence_caps_the_level(tiny: Rubric, evidence: list[str], expected: float) -> None:
    result = scored(tiny, {"TRE-01": {"level": 5, "evidence": evidence}})
    assert indicator(result, "TRE-01").points == expected


def test_rule_2_2_the_top_level_of_a_side_takes_an_official_source_of_that_side(tiny: Rubric) -> None:
    answer = {"level": 5, "evidence": ["a-side-a"]}
    result = scored(tiny, {"ONE-02": {"A": answer, "B": answer}})
    assert [s.points for s in indicator(result, "ONE-02").slots] == [100, 80]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-06-01", 100), ("2028-06-30", 100), ("2028-07-01", 80), ("2030-07-01", 60), ("2040-01-01", 60)],
)
def test_rule_2_3_events_lose_a_level_after_one_window_and_a_second_after_two(
    tiny: Rubric, as_of: str, expected: float
) -> None:
    only = {"a-both": EVIDENCE["a-both"]}
    result = scored(tiny, {"ONE-03": {"level": 5, "evidence": ["a-both"]}}, as_of=as_of, evidence=only)
    assert indicator(result, "ONE-03").points == expected


def test_rule_2_3_a_fresh_mirror_does_not_rejuvenate_an_old_record(tiny: Rubric) -> None:
    result = scored(tiny, {"ONE-03": {"level": 5, "evidence": ["a-old", "c-new"]}})
    assert steps(result, "ONE-03") == [("answered", 5), ("aged", 3)]


def test_rule_2_3_an_undated_event_counts_as_older_than_two_windows(tiny: Rubric) -> None:
    assert steps(scored(tiny, {"ONE-03": 2}), "ONE-03") == [("answered", 2), ("aged", 0)]


def test_rule_2_3_a_measured_time_sets_a_ceiling(tiny: Rubric) -> None:
    result = scored(tiny, {"TWO-02": {"level": 5, "evidence": ["a-old"]}})
    assert steps(result, "TWO-02") == [("answered", 5), ("ceiling", 1)]


def test_rule_3_the_pair_is_as_ready_as_its_weaker_side(tiny: Rubric) -> None:
    result = scored(tiny, {"ONE-02": {"A": {"level": 4, "evidence": ["a-both"]}, "B": 1}})
    found = indicator(result, "ONE-02")
    assert (found.points, found.gap) == (20, 60)


def test_rule_3_an_unknown_side_leaves_the_pair_open_below_the_known_side(tiny: Rubric) -> None:
    found = indicator(scored(tiny, {"ONE-02": {"A": 2}}), "ONE-02")
    assert (found.state, found.points, found.bounds and found.bounds.high) == ("partly_known", None, 40)


def test_rule_3_a_side_at_zero_settles_the_pair_whatever_the_other_is(tiny: Rubric) -> None:
    found = indicator(scored(tiny, {"ONE-02": {"A": 0}}), "ONE-02")
    assert (found.state, found.points) == ("answered", 0)


def test_rule_4_component_index_coverage_and_bounds_by_hand(tiny: Rubric) -> None:
    """
    ONE (weight 2): ONE-01 (w 2) level 5 = 100; ONE-02 unknown; ONE-03 n/a  -> mean 100, coverage 2/3, bounds 66.67..100
    TWO (weight 1): TWO-01 both 2 = 40; TWO-02 unknown; TWO-03 1 = 20       -> mean 30, coverage 2/3, bounds 20..53.33
    TRE (weight 1): all not applicable                                      -> leaves the index
    Index (2 * 100 + 30) / 3 = 76.67; bounds (2 * 66.67 + 20) / 3 = 51.11 .. (200 + 53.33) / 3 = 84.44
    """
    na = {"not_applicable": "excluded"}
    result = scored(tiny, {
        "ONE-01": {"level": 5, "evidence": ["a-both"]}, "ONE-02": "unknown", "ONE-03": na,
        "TWO-01": {"A": 2, "B": 2}, "TWO-03": 1, "TRE-01": na, "TRE-02": na, "TRE-03": na,
    })
    one, two, tre = result.components
    assert (one.points, tre.points, tre.coverage) == (100, None, None)
    assert one.coverage == pytest.approx(2 / 3)
    assert two.points == pytest.approx(30)
    assert result.index.points == pytest.approx(230 / 3)
    assert result.index.bounds.low == pytest.approx((2 * 200 / 3 + 20) / 3)
    assert result.index.bounds.high == pytest.approx((200 + 160 / 3) / 3)
    assert result.index.coverage == pytest.approx(2 / 3)


def test_rule_4_limits_that_exclude_the_mean_pull_the_headline_to_their_near_end(tiny: Rubric) -> None:
    limited = {"unknown": True, "between": [3, 5], "evidence": ["a-both"]}
    result = scored(tiny, {"TRE-01": 0, "TRE-02": limited, "TRE-03": {"not_applicable": "x"}})
    tre = result.components[2]
    assert (tre.points, tre.coverage) == (30, 0.5)
    assert tre.bounds and tre.bounds.low == 30


def test_rule_6_the_binding_gate_is_named_and_so_is_the_stage_without_it(tiny: Rubric) -> None:
    full = {"level": 5, "evidence": ["a-both"]}
    answers = {key: full for key in ("ONE-03", "TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03")}
    answers |= {"ONE-01": 1, "ONE-02": {"A": full, "B": full}, "TWO-01": {"A": full, "B": full}}
    stage = scored(tiny, answers).stage
    assert (stage.published, stage.stage, stage.by_score, stage.binding) == (True, "low", "high", ("G-ONE",))


def test_rule_6_a_gate_on_an_unknown_is_undetermined_and_no_single_stage_is_published(tiny: Rubric) -> None:
    full = {"level": 5, "evidence": ["a-both"]}
    answers = {key: full for key in ("ONE-03", "TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03")}
    result = scored(tiny, answers | {"TWO-01": {"A": full, "B": full}})
    assert [(g.id, g.state) for g in result.gates] == [
        ("G-ONE", "undetermined"), ("G-TWO", "passed"), ("G-KNOWN", "failed")
    ]
    assert (result.stage.published, result.stage.stage) == (False, None)


def test_raters_who_agree_meet_the_threshold_that_one_of_them_meets() -> None:
    assert pool([Known(43.3, 43.3, 43.3)] * 3) == Known(43.3, 43.3, 43.3)
    assert combine([Known(43.3, 43.3, 43.3)] * 3, "mean") == Known(43.3, 43.3, 43.3)


def test_rule_6_the_best_bound_answers_what_is_open_and_so_passes_the_gate_on_unknowns(tiny: Rubric) -> None:
    result = scored(tiny, {"ONE-01": 5})
    assert {gate.id: gate.state for gate in result.gates}["G-KNOWN"] == "failed"
    assert (result.index.bounds.high, result.stage.highest) == (85, "high")


def test_rule_14_an_all_unknown_form_has_full_bounds_no_coverage_and_no_stage(tiny: Rubric) -> None:
    result = scored(tiny, {})
    assert (result.index.points, result.index.bounds.low, result.index.bounds.high) == (None, 0, 100)
    assert (result.index.coverage, result.stage.published, result.stage.stage) == (0, False, None)


def test_rule_8_contributions_sum_to_the_index_and_losses_to_the_rest(tiny: Rubric) -> None:
    result = scored(tiny, {"ONE-01": 2, "TWO-03": 1, "TRE-02": 2, "TRE-03": {"disputed": [0, 2]}})
    parts = [i for c in result.components for i in c.indicators]
    assert result.index.points is not None
    assert sum(i.contribution for i in parts) == pytest.approx(result.index.points, abs=1e-9)
    assert sum(i.lost for i in parts) == pytest.approx(100 - result.index.points, abs=1e-9)


def test_the_order_of_answers_evidence_and_files_changes_no_byte(tiny: Rubric) -> None:
    answers: dict[str, Any] = {"ONE-01": {"level": 3, "evidence": ["b-one", "a-both"]}, "TRE-01": 1, "TWO-03": 2}
    turned: dict[str, Any] = dict(reversed(answers.items())) | {"ONE-01": {"level": 3, "evidence": ["a-both", "b-one"]}}
    other = questionnaire(tiny, {"ONE-01": 1})
    first = score(tiny, [questionnaire(tiny, answers), other]).to_json()
    again = score(
        tiny, [other, questionnaire(tiny, turned, evidence=dict(reversed(EVIDENCE.items())))]
    ).to_json()
    assert first == again


def test_a_result_survives_the_way_to_json_and_back(tiny: Rubric) -> None:
    result = scored(tiny, {"ONE-01": {"level": 3, "evidence": ["b-one"]}, "TRE-01": {"disputed": [1, 2]}})
    assert Result.from_json(result.to_json()) == result


def test_the_fingerprint_is_the_hash_of_the_answers_as_json_with_sorted_keys_and_without_nulls(tiny: Rubric) -> None:
    written = (
        '{"rubric":"tiny 0.1","relationship":{"parties":{"A":{"code":"AA","name":"Aland"},'
        '"B":{"code":"BB","name":"Bland"}}},"as_of":"2026-11-01","answered_by":{"side":"third","role":"analyst"},'
        '"kind":"assessment","evidence":{},"answers":{'
        '"ONE-01":{"pair":{"evidence":[],"review":false,"state":"level","level":3,"confidence":"medium"}},'
        '"ONE-03":{"pair":{"evidence":[],"review":false,"state":"level","level":1,"confidence":"medium"}}},'
        '"challenges":{},"bodies":{}}'
    )
    q = questionnaire(tiny, {"ONE-03": 1, "ONE-01": 3}, evidence={})
    assert fingerprint(q) == hashlib.sha256(written.encode()).hexdigest()


def test_the_result_cites_a_source_with_every_field_that_the_questionnaire_has() -> None:
    assert list(Source.model_fields) == list(Evidence.model_fields)
    given = Evidence(title="Record", date="2026-06", url="https://a.org/x", where="File 1", publisher="One", grade="B",
                     source="A", counter=True, verified=False, note="Read in part")
    assert Source.of(given).model_dump() == given.model_dump()
