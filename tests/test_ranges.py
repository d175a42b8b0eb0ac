"""The likely range and the stage probabilities of method rules 5, 6 and 14, on a rubric of nine indicators."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.agreement import krippendorff_alpha
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.result import Result
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.uncertainty.agree import bootstrap, coincidences, ordinal_alpha, verdict
from assess.uncertainty.model import FigureRange, Interval, Uncertainty
from assess.uncertainty.ranges import interval, leniency, split_r_hat
from assess.uncertainty.run import quantify
from assess.yamlio import Document

TINY = str(Path(__file__).parent / "rubrics" / "tiny")
EVIDENCE = {
    "b": {"title": "Press", "date": "2026-06-01", "grade": "B", "source": "both"},
    "unread": {"title": "Record", "date": "2026-06-01", "grade": "A", "source": "both", "verified": False},
    "c": {"title": "Mirror", "date": "2026-06-01", "grade": "C", "source": "both"},
    "against": {"title": "Denial", "date": "2026-06-01", "grade": "A", "source": "both", "counter": True},
}
NA = {"not_applicable": "excluded"}
FULL = {"ONE-01": 2, "ONE-03": 2, "TWO-02": 0, "TWO-03": 1, "TRE-01": 0, "TRE-02": 1, "TRE-03": 2,
        "ONE-02": {"A": 1, "B": 2}, "TWO-01": {"A": 2, "B": 2}}


@pytest.fixture(scope="module")
def tiny() -> Rubric:
    return load_rubric(TINY)


def questionnaire(tiny: Rubric, answers: dict[str, Any], role: str = "analyst") -> Questionnaire:
    data = {
        "rubric": "tiny 0.1",
        "relationship": {"parties": {"A": {"code": "AA", "name": "Aland"}, "B": {"code": "BB", "name": "Bland"}}},
        "as_of": "2026-11-01",
        "answered_by": {"side": "third", "role": role},
        "evidence": EVIDENCE,
        "answers": answers,
    }
    return check_document(Document("t.yaml", data), tiny)[0]


def both(tiny: Rubric, *answers: dict[str, Any], seed: int | None = None) -> tuple[Result, Uncertainty]:
    given = [questionnaire(tiny, one, f"rater {number}") for number, one in enumerate(answers)]
    result = score(tiny, given)
    return result, quantify(tiny, given, result, seed=seed)


def quantified(tiny: Rubric, *answers: dict[str, Any], seed: int | None = None) -> Uncertainty:
    return both(tiny, *answers, seed=seed)[1]


def index(found: Uncertainty) -> FigureRange:
    assert found.index is not None
    return found.index


def width(range_: Interval) -> float:
    return range_.high - range_.low


# --- what must hold -----------------------------------------------------------------------------

LEVEL = st.one_of(
    st.integers(0, 5), st.just("unknown"), st.just(NA),
    st.tuples(st.integers(0, 4), st.integers(1, 5)).filter(lambda ends: ends[0] < ends[1]).flatmap(
        lambda ends: st.sampled_from([{"unknown": True, "between": [*ends]}, {"disputed": [*ends]}])
    ),
)
SINGLE = ("ONE-03", "TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({key: LEVEL for key in SINGLE}), st.integers(0, 5))
def test_rule_14_bounds_hold_what_they_must_and_ends_stand_in_order(
    tiny: Rubric, answers: dict[str, Any], first: int
) -> None:
    result, found = both(tiny, answers | {"ONE-01": first})
    bounds = [result.index.bounds, *(c.bounds for c in result.components if c.bounds)]
    for figure, hard in zip((index(found), *found.components), bounds, strict=True):
        unknowns, likely, robust = figure.from_unknowns, figure.likely, figure.robustness
        assert hard.low - 0.01 <= unknowns.low <= unknowns.middle <= unknowns.high <= hard.high + 0.01
        assert figure.reach.low <= likely.low <= likely.middle <= likely.high <= figure.reach.high
        assert 0 <= robust.low <= robust.middle <= robust.high <= 100
    assert found.stages is not None
    assert sum(chance.probability for chance in found.stages.chances) == pytest.approx(1, abs=0.002)


def test_the_order_of_raters_changes_no_digit(tiny: Rubric) -> None:
    one, two, three = (
        questionnaire(tiny, FULL | {"TRE-01": level}, f"rater {level}") for level in range(3)
    )
    first = quantify(tiny, [one, two, three], score(tiny, [one, two, three]))
    again = quantify(tiny, [three, one, two], score(tiny, [two, three, one]))
    assert first.model_dump_json() == again.model_dump_json()


def test_the_same_assessment_gives_the_same_digits_and_another_one_another_seed(tiny: Rubric) -> None:
    first, again = quantified(tiny, FULL), quantified(tiny, FULL)
    assert first == again
    assert first.seed != quantified(tiny, FULL | {"TRE-01": 1}).seed


def test_rule_14_adding_an_indicator_that_is_not_applicable_changes_nothing(tiny: Rubric) -> None:
    data = tiny.model_dump(by_alias=True)
    extra = dict(data["components"][2]["indicators"][2], id="TRE-04", not_applicable_when="it is excluded")
    data["components"][2]["indicators"] = (*data["components"][2]["indicators"], extra)
    larger = Rubric.model_validate(data)
    answers = FULL | {"ONE-03": {"level": 2, "evidence": ["b"]}, "TRE-02": {"level": 1, "evidence": ["b"]}}
    before = quantified(tiny, answers, answers | {"TRE-01": 2}, seed=1)
    after = quantified(larger, answers | {"TRE-04": NA}, answers | {"TRE-01": 2, "TRE-04": NA}, seed=1)
    assert before == after and before.leniency.verified_share > 0


def test_rule_14_scaling_all_weights_changes_no_range(tiny: Rubric) -> None:
    data = tiny.model_dump(by_alias=True)
    for component in data["components"]:
        component["weight"] *= 3
        for indicator in component["indicators"]:
            indicator["weight"] *= 7
    scaled = quantified(Rubric.model_validate(data), FULL, seed=1)
    assert scaled.model_dump() == quantified(tiny, FULL, seed=1).model_dump()


def test_rule_14_an_all_unknown_form_leaves_nearly_everything_open(tiny: Rubric) -> None:
    """One draw of the shared prior is near one level throughout, so nine in ten indices span most of the scale."""
    found = quantified(tiny, {})
    assert width(index(found).likely) > 75
    assert width(index(found).from_unknowns) > 75
    assert found.stages is not None and (found.stages.said, found.stages.named) == ("span", ())


def test_everything_not_applicable_leaves_nothing_to_doubt(tiny: Rubric) -> None:
    data = tiny.model_dump(by_alias=True)
    for component in data["components"]:
        for indicator in component["indicators"]:
            indicator["not_applicable_when"] = "it is excluded"
    found = quantified(Rubric.model_validate(data), dict.fromkeys(FULL, NA))
    assert (found.index, found.components, found.stages) == (None, (), None)


def test_a_result_of_other_questionnaires_is_refused(tiny: Rubric) -> None:
    one, other = questionnaire(tiny, FULL), questionnaire(tiny, {})
    with pytest.raises(ValueError, match="the result was not made from these questionnaires and this rubric"):
        quantify(tiny, [one], score(tiny, [other]))


# --- the likely range ---------------------------------------------------------------------------


def test_rule_5_more_raters_who_agree_make_the_likely_range_narrower(tiny: Rubric) -> None:
    widths = [width(index(quantified(tiny, *[FULL] * raters)).likely) for raters in (1, 2, 5)]
    assert widths[0] > widths[1] > widths[2]


def test_rule_5_an_unknown_makes_the_likely_range_wider_and_limits_narrower_again(tiny: Rubric) -> None:
    unknown: dict[str, Any] = {"TRE-01": "unknown", "TRE-02": "unknown", "ONE-03": "unknown"}
    limited = {key: {"unknown": True, "between": [1, 2]} for key in unknown}
    found = [index(quantified(tiny, FULL | more, seed=1)).from_unknowns for more in ({}, limited, unknown)]
    widths = [width(range_) for range_ in found]
    assert widths[0] == 0 < widths[1] < widths[2]


def test_rule_5_a_single_rater_has_an_assumed_accuracy_and_several_a_learned_one(tiny: Rubric) -> None:
    one, two = quantified(tiny, FULL), quantified(tiny, FULL, FULL | {"TRE-01": 1})
    assert [(a.rater, a.learned, a.interval) for a in one.accuracy] == [(0, False, None)]
    assert [(a.rater, a.learned) for a in two.accuracy] == [(0, True), (1, True)]


@pytest.mark.parametrize(
    ("cited", "tau", "share"),
    [((), 2.5, 0.0), (("c",), 2.5, 0.0), (("unread",), 2.5, 0.0), (("against",), 2.5, 0.0), (("b",), 0.0, 1.0)],
)
def test_rule_5_leniency_falls_away_with_verified_evidence(
    tiny: Rubric, cited: tuple[str, ...], tau: float, share: float
) -> None:
    answers = {key: {"level": 1, "evidence": list(cited)} for key in SINGLE}
    found = leniency(score(tiny, [questionnaire(tiny, answers)]))
    assert (found.tau, found.verified_share) == (tau, share)


def test_rule_5_leniency_is_linear_up_to_four_fifths_of_the_weight(tiny: Rubric) -> None:
    """TRE-01 and TRE-02 weigh the same; one of them verified is a share of .5: 2.5 * (1 - .5 / .8) = .9375."""
    weights = {key: tiny.indicators[key].weight for key in ("TRE-01", "TRE-02")}
    share = weights["TRE-01"] / sum(weights.values())
    found = leniency(score(tiny, [questionnaire(tiny, {"TRE-01": {"level": 1, "evidence": ["b"]}, "TRE-02": 1})]))
    assert (found.tau, found.verified_share) == (pytest.approx(2.5 * (1 - share / 0.8), abs=5e-4), round(share, 3))


def test_rule_5_the_interval_is_the_central_ninety_percent() -> None:
    assert interval(np.arange(101.0)) == Interval(low=5, middle=50, high=95)


def test_rule_5_split_r_hat_by_hand() -> None:
    """
    Halves (0, 2), (0, 2), (2, 4), (2, 4): within 2; means 1, 1, 3, 3 vary by 4/3, between 2 * 4/3 = 8/3;
    sqrt((1/2 * 2 + 8/3 / 2) / 2) = sqrt(7/6).
    """
    assert split_r_hat(np.array([[0.0, 2, 0, 2], [2, 4, 2, 4]])) == pytest.approx(np.sqrt(7 / 6))


def test_rule_5_chains_that_differ_by_design_are_compared_with_themselves() -> None:
    """Here every half is like the other half of its chain: between 0, so R-hat is sqrt(1/2) of two draws a half."""
    chains = np.array([[0.0, 2, 0, 2], [2, 4, 2, 4]])
    assert split_r_hat(chains, alike=False) == pytest.approx(np.sqrt(1 / 2))


def test_rule_5_split_r_hat_of_chains_that_never_meet_stays_a_number() -> None:
    assert split_r_hat(np.array([[0.0] * 4, [1.0] * 4])) == 99.0


def test_rule_5_split_r_hat_is_one_where_nothing_varies() -> None:
    assert split_r_hat(np.ones((4, 10))) == 1.0


def test_rule_5_the_chains_agree(tiny: Rubric) -> None:
    assert quantified(tiny, FULL, FULL | {"TRE-01": 2, "TWO-03": 2}).r_hat < 1.05


# --- stages -------------------------------------------------------------------------------------


def test_rule_6_five_raters_who_agree_that_a_gate_fails_leave_no_chance_of_a_higher_stage(tiny: Rubric) -> None:
    """Everything at 2 or more, which is the middle stage, but ONE-01 at 0: its gate caps at the lowest."""
    high = {key: {"level": 3, "evidence": ["b"]} for key in SINGLE}
    sides = {key: {"A": high["TRE-01"], "B": high["TRE-01"]} for key in ("ONE-02", "TWO-01")}
    stages = quantified(tiny, *[high | sides | {"ONE-01": 0}] * 5).stages
    assert stages is not None
    assert [(c.stage, c.probability > 0.95) for c in stages.chances] == [
        ("low", True), ("middle", False), ("high", False)
    ]
    assert (stages.said, [c.stage for c in stages.named]) == ("one_stage", ["low"])


def test_rule_6_below_four_fifths_the_two_most_likely_stages_are_published(tiny: Rubric) -> None:
    """Everything at level 2 = 40 points, the very threshold of the middle stage."""
    two = {key: {"level": 2, "evidence": ["b"]} for key in SINGLE}
    sides = {key: {"A": two["TRE-01"], "B": {"level": 3, "evidence": ["b"]}} for key in ("ONE-02", "TWO-01")}
    answers = two | sides | {"ONE-01": {"level": 2, "evidence": ["b"]}, "TRE-01": 0, "TRE-02": {"level": 3}}
    stages = quantified(tiny, answers).stages
    assert stages is not None
    assert max(c.probability for c in stages.chances) < 0.8
    assert (stages.said, [c.stage for c in stages.named]) == ("two_stages", ["low", "middle"])


# --- agreement ----------------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(0, 4), min_size=6, max_size=6), min_size=2, max_size=4))
def test_rule_7_the_fast_alpha_is_that_of_the_library(table: list[list[int]]) -> None:
    ratings = np.array(table, np.float64)
    fast = ordinal_alpha(coincidences(ratings, 5).sum(axis=0))
    assert float(fast) == pytest.approx(krippendorff_alpha(ratings, domain=range(5)), nan_ok=True)


def test_rule_7_the_bootstrap_draws_whole_indicators() -> None:
    """Of indicator P (slots 0 0 and 4 4) and Q (0 4) a resample holds PP, PQ or QQ, never half of P."""
    ratings = np.array([[0.0, 4.0, 0.0], [0.0, 4.0, 4.0]])
    pairs = coincidences(ratings, 5)
    found = bootstrap(pairs, np.array([0, 0, 1]), np.random.default_rng(1), 200)
    times = [(2, 2, 0), (1, 1, 1), (0, 0, 2)]
    expected = [float(ordinal_alpha(sum(n * one for n, one in zip(row, pairs, strict=True)))) for row in times]
    assert {round(float(x), 9) for x in found} == {round(x, 9) for x in expected}


@pytest.mark.parametrize(
    ("alpha", "word"),
    [(0.8, "good"), (0.79, "tentative"), (0.667, "tentative"), (0.66, "disagree"), (None, "undefined")],
)
def test_rule_7_alpha_has_a_word(alpha: float | None, word: str) -> None:
    assert verdict(alpha) == word


def test_rule_7_disagreement_is_the_mean_difference_of_two_raters_in_levels(tiny: Rubric) -> None:
    """TRE-01: 0, 1, 2 differ by 1, 1, 2; TWO-01: side A 2, 2, 1, side B alike: two of six."""
    raters = [FULL | {"TRE-01": level} for level in (0, 1, 2)]
    raters[2] = raters[2] | {"TWO-01": {"A": 1, "B": 2}}
    (found,) = quantified(tiny, *raters).agreement
    assert (found.side, found.raters) == ("third", (0, 1, 2))
    assert [d.model_dump() for d in found.disagreements] == [
        {"indicator": "TRE-01", "mean_difference": 1.33, "widest": 2},
        {"indicator": "TWO-01", "mean_difference": 0.33, "widest": 1},
    ]


def test_rule_7_leaving_one_rater_out_is_scoring_the_others(tiny: Rubric) -> None:
    answers = [FULL, FULL | {"TRE-01": 2}, FULL | {"ONE-01": 0, "TRE-03": "unknown"}]
    given = [questionnaire(tiny, one, f"rater {number}") for number, one in enumerate(answers)]
    result = score(tiny, given)
    found = quantify(tiny, given, result).leave_one_rater_out
    assert found is not None
    order = [q.answered_by.role for q in result.questionnaires]
    expected = [
        score(tiny, [q for q in given if q.answered_by.role != role]).index.points for role in order
    ]
    assert [row.index for row in found.without] == pytest.approx(expected, abs=0.005)
    assert found.spread == pytest.approx(max(e or 0 for e in expected) - min(e or 0 for e in expected), abs=0.011)


def test_rule_7_a_single_rater_has_no_agreement_and_cannot_be_left_out(tiny: Rubric) -> None:
    found = quantified(tiny, FULL)
    assert (found.agreement, found.leave_one_rater_out) == ((), None)


def test_rule_7_raters_who_never_rated_the_same_have_no_alpha_and_a_word_for_it(tiny: Rubric) -> None:
    (found,) = quantified(tiny, {"ONE-01": 1}, {"TRE-01": 1}).agreement
    assert (found.overall.alpha, found.overall.interval, found.overall.verdict) == (None, None, "undefined")


def test_what_is_said_about_uncertainty_survives_the_way_to_json_and_back(tiny: Rubric) -> None:
    found = quantified(tiny, FULL, FULL | {"TRE-01": 2, "TRE-03": "unknown"})
    assert Uncertainty.model_validate_json(found.model_dump_json()) == found
