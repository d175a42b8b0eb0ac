"""The whole of what one run computes: ranges, what drives the result, and the roadmap; pure and carried in JSON."""

from typing import Any

import numpy as np
import pytest
from tiny import TINY, questionnaire, scored

from assess.assessment import Assessment, assess
from assess.roadmap.outlook import PlanWish
from assess.scoring.score import score
from assess.uncertainty.factors import figures_of, varying
from assess.uncertainty.run import study

SIDES = {"ONE-02": {"A": 2, "B": 1}, "TWO-01": {"A": 1, "B": 1}}
ANSWERS: dict[str, Any] = {
    "ONE-01": {"level": 3, "evidence": ["a-both"]}, "ONE-03": 1, "TWO-02": {"level": 2, "evidence": ["b-one"]},
    "TRE-01": 2, "TRE-02": {"level": 1, "evidence": ["a-both"]}, "TRE-03": 1, **SIDES,
}


@pytest.fixture(scope="module")
def whole() -> Assessment:
    return assess(TINY, [questionnaire(answers=ANSWERS)])


def test_one_run_computes_ranges_what_drives_the_result_and_a_roadmap(whole: Assessment) -> None:
    assert whole.uncertainty is not None and whole.sensitivity is not None and whole.outlook is not None
    assert whole.sensitivity.shares[0].figure == "index"
    assert whole.sensitivity.left_out and whole.sensitivity.alternatives and whole.sensitivity.spacing
    assert whole.outlook.target == "middle"


def test_everything_survives_the_way_to_json_and_back(whole: Assessment) -> None:
    assert Assessment.from_json(whole.to_json()) == whole


def test_the_same_answers_give_the_same_digits_in_any_order_of_the_raters(whole: Assessment) -> None:
    first, second = questionnaire(answers=ANSWERS), questionnaire(answers={**ANSWERS, "TRE-01": 3})
    assert assess(TINY, [first]).to_json() == whole.to_json()
    one, other = assess(TINY, [first, second]), assess(TINY, [second, first])
    assert (one.sensitivity, one.outlook) == (other.sensitivity, other.outlook)


def test_what_is_left_out_is_absent_and_changes_nothing_else(whole: Assessment) -> None:
    counted = assess(TINY, [questionnaire(answers=ANSWERS)], ranges=False)
    assert (counted.uncertainty, counted.sensitivity, counted.outlook) == (None, None, None)
    ranged = assess(TINY, [questionnaire(answers=ANSWERS)], drives=False)
    assert (ranged.uncertainty, ranged.sensitivity) == (whole.uncertainty, None)


def test_the_roadmap_follows_the_wish() -> None:
    found = assess(TINY, [questionnaire(answers=ANSWERS)], wish=PlanWish(budget=2.0)).outlook
    assert found is not None and found.plan is not None
    assert (found.asked.budget, found.plan.effort) == (2.0, 2.0)


def test_nothing_known_has_ranges_but_no_plan() -> None:
    found = assess(TINY, [questionnaire(answers={})])
    assert found.uncertainty is not None and found.uncertainty.index is not None
    assert found.outlook is not None and found.outlook.plan is None
    assert [h.code for h in found.outlook.hindrances] == ["M605"]


# --- the result as a function of its factors -------------------------------------------------------


def test_rule_9_only_what_can_move_the_result_is_a_factor() -> None:
    drawn = study(TINY, scored(answers=ANSWERS))
    assert drawn is not None
    assert list(varying(drawn)) == [
        "answers", "unknowns", "aggregator", "leniency", "spacing", "component_weights", "indicator_weights",
    ]
    raters = [questionnaire(answers=ANSWERS | {"TWO-03": 1}), questionnaire(answers=ANSWERS | {"TWO-03": 2})]
    several = study(TINY, score(TINY, raters))
    assert several is not None
    assert "pooling" in varying(several) and "unknowns" not in varying(several)


def test_rule_9_with_every_choice_at_its_middle_weights_do_not_move_the_index() -> None:
    """Raising one weight's factor moves the index wherever a draw's components differ, as they do in most draws."""
    drawn = study(TINY, scored(answers=ANSWERS))
    assert drawn is not None
    groups = varying(drawn)
    place = dict(zip(groups, np.cumsum([0, *groups.values()]), strict=False))
    middle = np.full((49, sum(groups.values())), 0.5)
    middle[:, place["answers"]] = np.linspace(0.02, 0.98, 49)
    middle[:, place["aggregator"]] = 0.0
    heavier, kinder = middle.copy(), middle.copy()
    heavier[:, place["component_weights"]] = 0.99
    kinder[:, place["leniency"]] = 0.99
    index, weighed, lenient = (figures_of(drawn, 1)(table)[:, 0] for table in (middle, heavier, kinder))
    assert (abs(weighed - index) > 0.1).mean() > 0.5
    assert (lenient - index)[index < 90] == pytest.approx(drawn.tau.tau * 2.3263, abs=1e-3)


def test_rule_9_the_stage_as_a_figure_is_reached_or_not_and_gates_hold_it_down() -> None:
    """G-ONE asks level 2 of ONE-01: five raters who agree on level 0 keep it shut in nearly every draw."""
    low = [questionnaire(answers={**ANSWERS, "ONE-01": 0}) for _ in range(5)]
    drawn = study(TINY, score(TINY, low))
    assert drawn is not None
    table = np.random.default_rng(1).random((512, sum(varying(drawn).values())))
    everything, high = (figures_of(drawn, stage)(table) for stage in (0, 2))
    assert set(everything[:, 1]) == {1.0}
    assert high[:, 1].mean() < 0.02
