"""What always holds (method rule 14), on random answers of every kind to the rubric in tests/rubrics/tiny."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tiny import EVIDENCE, TINY, questionnaire

from assess.questionnaire.model import Questionnaire
from assess.result import Result
from assess.rubric.model import Rubric
from assess.scoring.again import judge_again, values_of
from assess.scoring.headline import headline
from assess.scoring.score import score
from assess.scoring.values import Known, Open
from assess.uncertainty.run import quantify

Answers = Mapping[str, Any]

CITED = st.lists(st.sampled_from(sorted(EVIDENCE)), unique=True, max_size=3)
ENDS = st.sampled_from([[low, high] for low in range(6) for high in range(low + 1, 6)])
LEVEL = st.builds(lambda level, cited: {"level": level, "evidence": cited}, st.integers(0, 5), CITED)
ANSWER = st.one_of(
    LEVEL,
    st.just("unknown"),
    st.builds(lambda ends, cited: {"disputed": ends, "evidence": cited}, ENDS, CITED),
    st.builds(lambda ends, cited: {"between": ends, "evidence": cited}, ENDS, CITED),
)
EXCLUDED = {"not_applicable": "excluded"}
NEVER = ("ONE-01", "TWO-01")  # never not applicable
SIDES = ("ONE-02", "TWO-01")


def _one(key: str) -> st.SearchStrategy[Any]:
    answer = ANSWER if key in NEVER else st.one_of(ANSWER, ANSWER, st.just(EXCLUDED))
    return st.fixed_dictionaries({"A": answer, "B": answer}) if key in SIDES else answer


ANSWERS = st.fixed_dictionaries({key: _one(key) for key in TINY.indicators})
PLACE = st.sampled_from([(key, slot) for key in TINY.indicators for slot in ("AB" if key in SIDES else "P")])


def scored(answers: Answers, **more: Any) -> Result:
    return score(TINY, [questionnaire(answers=answers, **more)])


def put(answers: Answers, key: str, slot: str, answer: Any) -> dict[str, Any]:
    return {**answers, key: {**answers[key], slot: answer} if key in SIDES else answer}


def stage_of(result: Result) -> int | None:
    """The stage by score and gates; a gate that is undetermined counts as not passed."""
    return judge_again(TINY, values_of(result)).reached(TINY)


# --- raising and taking away ------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(ANSWERS, PLACE, st.integers(0, 4), CITED)
def test_rule_14_raising_an_answer_never_lowers_a_bound_nor_while_nothing_becomes_open_a_score_or_a_stage(
    answers: Answers, place: tuple[str, str], level: int, cited: list[str]
) -> None:
    before, after = (scored(put(answers, *place, {"level": n, "evidence": cited})) for n in (level, level + 1))
    assert after.index.bounds.low >= before.index.bounds.low - 1e-9
    assert after.index.bounds.high >= before.index.bounds.high - 1e-9
    if known(before) <= known(after):
        assert (after.index.points or 0) >= (before.index.points or 0) - 1e-9
        assert (stage_of(after) or 0) >= (stage_of(before) or 0)
        for was, now in zip(before.components, after.components, strict=True):
            assert (now.points or 0) >= (was.points or 0) - 1e-9


def known(result: Result) -> set[str]:
    return {i.id for c in result.components for i in c.indicators if i.points is not None}


def test_rule_14_a_raised_side_can_open_the_pair_that_it_settled_and_the_mean_is_then_over_less() -> None:
    """ONE-02 counts the lower side. A is 20 to 40: with B at 20 the pair is 20, with B at 40 it is 20 to 40."""
    others: dict[str, Any] = {key: {"level": 0} for key in ("TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03")}
    others["TWO-01"] = {"A": {"level": 0}, "B": {"level": 0}}
    limits = {"unknown": True, "between": [1, 2]}
    before, after = (scored(others | {"ONE-02": {"A": limits, "B": {"level": n}}}) for n in (1, 2))
    assert [(r.components[0].points, r.index.points) for r in (before, after)] == [(20, 10), (None, 2.5)]
    assert (after.index.bounds.low, after.index.bounds.high) >= (before.index.bounds.low, before.index.bounds.high)


@settings(max_examples=100, deadline=None)
@given(ANSWERS, PLACE, st.integers(0, 5), st.lists(st.sampled_from(sorted(EVIDENCE)), unique=True, min_size=1))
def test_rule_14_taking_a_piece_of_evidence_away_never_raises_a_level(
    answers: Answers, place: tuple[str, str], level: int, cited: list[str]
) -> None:
    more, less = (scored(put(answers, *place, {"level": level, "evidence": ids})) for ids in (cited, cited[1:]))
    for was, now in zip(more.components, less.components, strict=True):
        for before, after in zip(was.indicators, now.indicators, strict=True):
            assert (after.points or 0) <= (before.points or 0) + 1e-9


@settings(max_examples=60, deadline=None)
@given(ANSWERS, st.integers(1, 120))
def test_rule_14_a_later_assessment_date_never_raises_an_event(answers: Answers, months: int) -> None:
    later = date(2026 + (10 + months) // 12, (10 + months) % 12 + 1, 1).isoformat()
    for was, now in zip(scored(answers).components, scored(answers, as_of=later).components, strict=True):
        for before, after in zip(was.indicators, now.indicators, strict=True):
            assert (after.points or 0) <= (before.points or 0) + 1e-9


# --- what changes nothing ---------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(ANSWERS)
def test_rule_14_an_indicator_that_does_not_apply_changes_nothing(answers: Answers) -> None:
    data = TINY.model_dump(by_alias=True)
    extra = dict(data["components"][2]["indicators"][2], id="TRE-04")
    data["components"][2]["indicators"] = (*data["components"][2]["indicators"], extra)
    larger = Rubric.model_validate(data)
    one = questionnaire(answers=answers)
    excluded = questionnaire(answers={"TRE-03": EXCLUDED}).answers["TRE-03"]
    more = one.model_copy(update={"answers": {**one.answers, "TRE-04": excluded}})
    before, after = score(TINY, [one]), score(larger, [more])
    assert (before.index, before.stage.stage) == (after.index, after.stage.stage)
    assert [c.points for c in before.components] == [c.points for c in after.components]


def mirrored(answers: Answers) -> dict[str, Any]:
    return {key: {"A": a["B"], "B": a["A"]} if key in SIDES else a for key, a in answers.items()}


SYMMETRIC = {key: dict(e, source="both") for key, e in EVIDENCE.items()}


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_rule_14_turning_the_sides_round_mirrors_every_gap_and_changes_no_score(answers: Answers) -> None:
    """The evidence is of both sides: a record of one side alone may carry more for that side."""
    before, after = scored(answers, evidence=SYMMETRIC), scored(mirrored(answers), evidence=SYMMETRIC)
    assert before.index == after.index
    for was, now in zip(before.components, after.components, strict=True):
        for left, right in zip(was.indicators, now.indicators, strict=True):
            assert left.points == right.points
            assert left.gap is None or left.gap == -(right.gap or 0)


def rater(answers: Answers, number: int) -> Questionnaire:
    return questionnaire(answers=answers, answered_by={"side": "third", "role": f"rater {number}"})


@settings(max_examples=40, deadline=None)
@given(st.lists(ANSWERS, min_size=2, max_size=3))
def test_rule_14_the_order_of_raters_changes_nothing(given_answers: list[Answers]) -> None:
    raters = [rater(answers, n) for n, answers in enumerate(given_answers)]
    assert score(TINY, raters).to_json() == score(TINY, raters[::-1]).to_json()


# Half of the weight is known: 7 times each weight made a share of .49999999999999994 of it, and another stage.
HALF_KNOWN: dict[str, Any] = {
    "ONE-01": {"level": 0}, "ONE-02": {"A": "unknown", "B": "unknown"}, "ONE-03": {"not_applicable": "excluded"},
    "TWO-01": {"A": {"level": 1}, "B": "unknown"}, "TRE-02": {"not_applicable": "excluded"}, "TRE-03": {"level": 0},
}


@settings(max_examples=40, deadline=None)
@given(ANSWERS, st.floats(0.1, 50), st.floats(0.1, 50))
@example(HALF_KNOWN, 1.0, 7.0)
def test_rule_14_scaling_all_weights_changes_nothing(answers: Answers, within: float, across: float) -> None:
    data = TINY.model_dump(by_alias=True)
    for component in data["components"]:
        component["weight"] *= across
        for indicator in component["indicators"]:
            indicator["weight"] *= within
    one = questionnaire(answers=answers)
    before, after = score(TINY, [one]), score(Rubric.model_validate(data), [one])
    assert after.index.points == (None if before.index.points is None else pytest.approx(before.index.points))
    assert after.index.bounds.low == pytest.approx(before.index.bounds.low)
    assert after.index.bounds.high == pytest.approx(before.index.bounds.high)
    assert after.stage == before.stage


# --- what holds together ----------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_rule_14_contributions_add_up_and_hard_bounds_hold_the_score(answers: Answers) -> None:
    result = scored(answers)
    parts = [i for c in result.components for i in c.indicators]
    assert result.index.bounds.low - 1e-9 <= (result.index.points or result.index.bounds.low)
    assert (result.index.points or result.index.bounds.high) <= result.index.bounds.high + 1e-9
    if result.index.points is not None:
        assert sum(i.contribution for i in parts) == pytest.approx(result.index.points)
        assert sum(i.lost for i in parts) == pytest.approx(100 - result.index.points)
        assert sum(i.share for i in parts) == pytest.approx(1)


@settings(max_examples=10, deadline=None)
@given(ANSWERS)
def test_rule_14_hard_bounds_hold_every_draw_that_takes_answers_at_their_word(answers: Answers) -> None:
    one = questionnaire(answers=answers)
    result = score(TINY, [one])
    found = quantify(TINY, [one], result)
    assert found.index is not None
    bounds = result.index.bounds
    assert bounds.low - 0.01 <= found.index.from_unknowns.low <= found.index.from_unknowns.high <= bounds.high + 0.01


def test_rule_14_an_all_unknown_form_has_full_bounds_no_coverage_and_no_stage() -> None:
    result = scored(dict.fromkeys(("ONE-01", "TWO-02"), "unknown"))
    assert (result.index.points, result.index.coverage, result.stage.stage) == (None, 0, None)
    assert (result.index.bounds.low, result.index.bounds.high) == (0, 100)


# --- the plain mean ---------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_rule_1_a_component_and_the_index_are_weighted_arithmetic_means_of_what_entered(answers: Answers) -> None:
    result = scored(answers)
    assume(result.index.points is not None)
    for c in result.components:
        rows = [(i.weight, i.entered) for i in c.indicators if i.entered is not None]
        if c.points is not None:
            assert c.points == pytest.approx(sum(w * x for w, x in rows) / sum(w for w, _ in rows))
    rows = [(c.weight, c.entered) for c in result.components if c.entered is not None]
    assert result.index.points == pytest.approx(sum(w * x for w, x in rows) / sum(w for w, _ in rows))


VALUES = st.one_of(
    st.sampled_from([0.0, 12.5, 25.0, 50.0, 75.0, 100.0]).map(lambda p: Known(p, p, p)),
    st.lists(st.sampled_from([0.0, 25.0, 40.0, 60.0, 100.0]), min_size=2, max_size=2).map(lambda e: Open(*sorted(e))),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0.5, 1.0, 2.0]), VALUES), min_size=1, max_size=9))
def test_rule_4_an_open_member_enters_at_its_near_end_just_where_the_mean_lies_beyond_it(
    given_members: list[tuple[float, Known | Open]]
) -> None:
    head = headline([(str(n), weight, value) for n, (weight, value) in enumerate(given_members)])
    assert head is not None
    assume(head.points is not None)
    mean = head.points or 0.0
    for number, (_, value) in enumerate(given_members):
        if isinstance(value, Open):
            near = value.high if value.high < mean - 1e-9 else value.low if value.low > mean + 1e-9 else None
            assert head.entered.get(str(number)) == near
