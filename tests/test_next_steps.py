"""Page one, the cards of the indicators and the roadmap name the same next steps with the same figures."""

from typing import Any

from test_roadmap import with_steps
from tiny import TINY, questionnaire

from assess.assessment import Assessment, assess
from assess.audience import for_audience
from assess.language import ENGLISH, translator
from assess.report.html import render_html
from assess.report.make import view_of
from assess.report.view.model import IndicatorView, ReportView
from assess.rubric.model import Rubric

A = {"evidence": ["a-both"]}
LOW: dict[str, Any] = {
    "ONE-01": {"disputed": [1, 3], **A}, "ONE-02": {"A": 2, "B": 1}, "ONE-03": {"level": 1, **A},
    "TWO-01": {"A": 2, "B": 2}, "TWO-02": {"level": 2, **A}, "TRE-01": 2, "TRE-02": 2, "TRE-03": 2,
}
TOP = {
    "ONE-01": {"level": 5, **A}, "ONE-02": {"A": {"level": 5, **A}, "B": {"level": 5, **A}},
    "ONE-03": {"level": 5, **A}, "TWO-01": {"A": {"level": 5, **A}, "B": {"level": 5, **A}},
    **{key: {"level": 5, **A} for key in ("TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03")},
}


def assessed(answers: dict[str, Any], rubric: Rubric = TINY) -> Assessment:
    return assess(rubric, [questionnaire(answers=answers)])


def front(view: ReportView) -> list[tuple[str, str, str, str]]:
    return [(step.indicator, step.action, step.why, step.effort) for step in view.front.next_steps]


def card(view: ReportView, key: str) -> IndicatorView:
    return next(i for c in view.components for i in c.indicators if i.id == key)


def test_page_one_begins_with_the_steps_of_the_roadmap_and_goes_on_with_its_quick_wins() -> None:
    """The dispute of ONE-01 counts from level 1: its first step brings no points, the second brings five."""
    view = view_of(assessed(LOW), TINY, ENGLISH)
    assert view.roadmap is not None
    assert [(s.indicator, s.levels, s.effort, s.gain) for s in view.roadmap.steps] == [
        ("ONE-01", "1 to 2", "1", "0.0"), ("ONE-01", "2 to 3", "2", "5.0")]
    assert front(view) == [
        ("ONE-01", "Do two.", "A gate waits for it.", "1 person-month"),
        ("ONE-01", "Do three.", "A gate waits for it. Worth 5.0 points of the index.", "2 person-months"),
        ("ONE-02", "Do two.", "Worth 2.5 points of the index.", "1 person-month"),
    ]
    assert (card(view, "ONE-01").next_level, card(view, "ONE-01").next_effort) == ("Two of ONE-01.", "1 person-month")


def test_copies_for_an_audience_name_the_same_next_steps_where_nothing_is_disputed() -> None:
    whole = assessed(LOW | {"ONE-01": {"level": 1, **A}})
    told = front(view_of(whole, TINY, ENGLISH))
    assert [front(view_of(for_audience(whole, who), TINY, ENGLISH)) for who in ("partner", "public")] == [told, told]


def test_a_copy_tells_the_next_level_of_a_pair_whose_sides_are_withheld_and_of_no_withheld_dispute() -> None:
    copy = for_audience(assess(TINY, [questionnaire(answers=LOW)], drives=False), "public")
    view = view_of(copy, TINY, ENGLISH)
    assert (card(view, "ONE-02").next_level, card(view, "ONE-01").next_level) == ("Two of ONE-02.", "")


def test_a_step_that_carries_further_is_recommended_with_all_that_it_brings() -> None:
    rubric = with_steps("ONE-03", carries_to=4)
    view = view_of(assess(rubric, [questionnaire(answers=LOW)], drives=False), rubric, ENGLISH)
    assert front(view)[0] == ("ONE-03", "Do two.", "Worth 7.5 points of the index.", "1 person-month")
    assert (card(view, "ONE-03").next_level, card(view, "ONE-03").next_action) == ("Four of ONE-03.", "Do two.")


def test_a_step_that_waits_for_what_is_not_known_is_not_recommended_and_its_card_says_what_it_waits_for() -> None:
    rubric = with_steps("ONE-03", needs={"TWO-03": 2})
    view = view_of(assessed(LOW, rubric), rubric, ENGLISH)
    assert "ONE-03" not in [step.indicator for step in view.front.next_steps]
    assert card(view, "ONE-03").next_action == "Its step waits for TWO-03."
    told = view_of(assessed(LOW, rubric), rubric, translator("uk"))
    assert card(told, "ONE-03").next_action == "Крок чекає, доки стане відомим: TWO-03."


def test_where_nothing_is_left_to_do_page_one_has_no_heading_for_steps() -> None:
    assert "ext steps" not in render_html(view_of(assessed(TOP), TINY, ENGLISH), ENGLISH, "print")
