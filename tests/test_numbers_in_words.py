"""Words agree with their numbers, and shares of one whole add up as they are printed."""

from typing import Any

import pytest
from tiny import TINY, questionnaire, scored

from assess import words
from assess.assessment import assess
from assess.compare.over_time import trend
from assess.language import ENGLISH, translator
from assess.report.make import view_of
from assess.report.view.changes import trend_view
from assess.report.view.likely import stage_chances
from assess.report.view.model import ReportView
from assess.roadmap.plan import plan
from assess.roadmap.text import as_text
from assess.uncertainty.model import StageChance, StageChances

A = {"evidence": ["a-both"]}
NA = {"not_applicable": "it is excluded"}
UK = translator("uk")


def view(answers: dict[str, Any], language: str = "en") -> ReportView:
    return view_of(assess(TINY, [questionnaire(answers=answers)], ranges=False), TINY, translator(language))


@pytest.mark.parametrize(("answers", "english", "ukrainian"), [
    ({"TRE-01": 1}, "1 of 3 applicable questions is answered. It stands at 20 points.",
     "Надано відповідь на 1 із застосовних запитань, яких усього 3. Його показник у балах: 20."),
    ({"TRE-01": 1, "TRE-02": 1}, "2 of 3 applicable questions are answered. All stand at 20 points.",
     "Надано відповіді на 2 із застосовних запитань, яких усього 3. Усі мають однакову кількість балів: 20."),
    ({"TRE-01": 1, "TRE-02": NA, "TRE-03": NA}, "The only applicable question is answered. It stands at 20 points.",
     "На єдине застосовне запитання надано відповідь. Його показник у балах: 20."),
    ({"TRE-02": NA, "TRE-03": NA}, "The only applicable question has no answer.",
     "На єдине застосовне запитання немає відповіді."),
    ({}, "None of the 3 applicable questions has an answer.",
     "Застосовних запитань – 3, на жодне немає відповіді."),
])
def test_the_finding_of_a_component_counts_its_answers(answers: dict[str, Any], english: str, ukrainian: str) -> None:
    assert [view(answers, language).components[2].finding for language in ("en", "uk")] == [english, ukrainian]


def test_of_a_component_in_which_nothing_applies_nothing_else_is_said() -> None:
    component = view({"TRE-01": NA, "TRE-02": NA, "TRE-03": NA}).components[2]
    assert (component.finding, component.flags) == ("Nothing in this component applies to the relationship.", ())


@pytest.mark.parametrize(("keys", "english", "ukrainian"), [
    ([], "The answers cite no evidence.", "Відповіді не посилаються на жоден доказ."),
    (["b-one"], "The answers cite 1 piece of evidence: 0 of grade A, 1 of grade B, 0 of grade C.",
     "Відповіді посилаються на 1 доказ: класу A – 0, класу B – 1, класу C – 0."),
    (["b-one", "a-old"], "The answers cite 2 pieces of evidence: 1 of grade A, 1 of grade B, 0 of grade C.",
     "Відповіді посилаються на 2 докази: класу A – 1, класу B – 1, класу C – 0."),
])
def test_page_one_counts_the_evidence(keys: list[str], english: str, ukrainian: str) -> None:
    answers = {"TRE-01": {"level": 1, "evidence": keys}}
    for language, said in (("en", english), ("uk", ukrainian)):
        assert said in view(answers, language).front.sure


def test_a_roadmap_counts_its_steps_and_its_person_months() -> None:
    answers = {key: {"level": 1, **A} for key in ("ONE-01", "ONE-03", "TRE-01")}
    found, names = plan(TINY, scored(answers=answers), budget=1), {"A": "Aland", "B": "Bland"}
    for tr, aim, sums in ((ENGLISH, "Most gain for 1 person-month.", "1 step, 1 person-month, "),
                          (UK, "Найбільший приріст за 1 людино-місяць.", "1 крок, 1 людино-місяць, приріст балів: ")):
        lines = as_text(found, TINY, names, tr).splitlines()
        assert lines[0] == aim
        assert lines[3].startswith(sums)


def test_the_title_of_the_widest_moves_counts_those_that_raise_and_those_that_lower() -> None:
    dates = [("2026-11-01", {"ONE-01": {"level": 1, **A}, "TRE-02": {"level": 3, **A}, "TRE-03": {"level": 3, **A}}),
             ("2027-11-01", {"ONE-01": {"level": 3, **A}, "TRE-02": {"level": 2, **A}, "TRE-03": {"level": 2, **A}})]
    found = trend([(day, assess(TINY, [questionnaire(answers=answers, as_of=day)], ranges=False))
                   for day, answers in dates])
    titles = [chart.title for tr in (ENGLISH, UK) if (chart := trend_view(found, TINY, tr).changes[0].chart)]
    assert titles == ["Of the widest moves, 1 raises the index and 2 lower it",
                      "З найбільших змін 1 підвищує індекс, 2 знижують його"]


@pytest.mark.parametrize(("probabilities", "said"), [
    ((0.125, 0.875), ("13 %", "87 %")),
    ((0.335, 0.335, 0.33), ("34 %", "33 %", "33 %")),
    ((0.004, 0.996), ("< 1 %", "> 99 %")),
    ((0.0, 0.125, 0.875), ("< 1 %", "13 %", "87 %")),
])
def test_chances_of_one_whole_are_rounded_together(probabilities: tuple[float, ...], said: tuple[str, ...]) -> None:
    assert words.chances(probabilities) == said


def test_the_chances_of_the_stages_add_up_to_a_hundred_as_printed() -> None:
    every = tuple(StageChance(stage=stage, probability=p) for stage, p in (("low", 0.125), ("middle", 0.875)))
    found = StageChances(chances=every, said="two_stages", named=every)
    assert stage_chances(found) == {"low": "13 %", "middle": "87 %"}
