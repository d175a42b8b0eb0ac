"""The pages about what drives the result, the roadmap and the method say what was computed, in words."""

import re
from decimal import Decimal
from typing import Any

import pytest
from tiny import TINY, questionnaire

from assess.assessment import Assessment, assess
from assess.language import ENGLISH, translator
from assess.report import charts, html
from assess.report.charts.gantt import Bar
from assess.report.charts.shares import ShareRow
from assess.report.lean import import_quickly, page_of
from assess.report.make import view_of
from assess.report.view.annex import AGGREGATORS, POOLINGS, SPACINGS, WEIGHTINGS
from assess.report.view.drives import FACTORS
from assess.report.view.model import ReportView
from assess.roadmap.outlook import PlanWish
from assess.sensitivity.model import Aggregator, Pooling, Spacing, Weighting

A = {"evidence": ["a-both"]}
ANSWERS: dict[str, Any] = {
    "ONE-01": {"level": 2, **A}, "ONE-02": {"A": 2, "B": 1}, "ONE-03": {"level": 1, **A}, "TWO-01": {"A": 1, "B": 1},
    "TWO-02": {"level": 2, **A}, "TRE-01": 2, "TRE-02": {"level": 1, **A}, "TRE-03": 1,
}


@pytest.fixture(scope="module")
def whole() -> Assessment:
    return assess(TINY, [questionnaire(answers=ANSWERS)])


@pytest.fixture(scope="module")
def view(whole: Assessment) -> ReportView:
    return view_of(whole, TINY, ENGLISH)


@pytest.fixture(scope="module")
def parties() -> ReportView:
    other = {**ANSWERS, "ONE-01": {"level": 5, **A}, "TRE-03": 2}
    sides = [questionnaire(answers=answers, answered_by={"side": side, "role": "desk"})
             for side, answers in (("A", ANSWERS), ("B", other))]
    return view_of(assess(TINY, sides), TINY, ENGLISH)


# --- what drives the result -------------------------------------------------------------------------


def test_the_doubt_is_named_by_its_two_greatest_factors(whole: Assessment, view: ReportView) -> None:
    assert view.drives is not None and whole.sensitivity is not None
    first, second = sorted(whole.sensitivity.shares[0].shares, key=lambda s: -s.shapley)[:2]
    assert view.drives.finding == (
        f"Of the doubt about the index {100 * first.shapley:.0f} % comes from {FACTORS[first.id]}, "
        f"and {100 * second.shapley:.0f} % from {FACTORS[second.id]}."
    )


def test_every_way_the_stage_could_tip_has_a_sentence(view: ReportView) -> None:
    assert view.drives is not None
    assert view.drives.tipping == (
        "4 answers one level higher would make the stage «Middle»: ONE-01 2 to 3, ONE-02 1 to 2, ONE-03 1 to 2, "
        "TWO-02 2 to 3.",
        "No weights of the components make the stage «Middle».",
    )


def test_the_indicator_without_which_the_index_moves_most_comes_first(whole: Assessment, view: ReportView) -> None:
    assert view.drives is not None and whole.sensitivity is not None
    moves = {p.id: abs(p.change or 0) for p in whole.sensitivity.left_out if p.kind == "indicator"}
    assert [row.id for row in view.drives.left_out] == sorted(moves, key=lambda key: -moves[key])[:6]


def test_the_open_question_worth_most_is_named(view: ReportView) -> None:
    assert view.drives is not None
    assert [row.id for row in view.drives.worth] == ["TWO-03"]


def test_every_choice_and_factor_has_a_name() -> None:
    from typing import get_args

    assert set(AGGREGATORS) == set(get_args(Aggregator)) and set(WEIGHTINGS) == set(get_args(Weighting))
    assert set(SPACINGS) == set(get_args(Spacing)) and set(POOLINGS) == set(get_args(Pooling))


def test_a_bar_of_shares_is_as_long_as_its_share_and_names_it() -> None:
    drawn = str(charts.shares([ShareRow("Errors", ((0.5, 0.1), (0.25, 0.0)))], ("Index", "Stage"), "T", "D"))
    assert 'x="176" y="27" width="152" height="6"' in drawn
    assert 'x="176" y="34.5" width="76" height="6"' in drawn
    assert ">50 %</text>" in drawn


# --- roadmap ----------------------------------------------------------------------------------------


def test_the_roadmap_says_aim_effort_and_chance_before_its_steps(whole: Assessment, view: ReportView) -> None:
    assert view.roadmap is not None and whole.outlook is not None and whole.outlook.plan is not None
    plan = whole.outlook.plan
    assert view.roadmap.finding.startswith("The least effort that reaches the stage «Middle» is ")
    assert [row.id for row in view.roadmap.steps] == [step.id for step in plan.steps]
    assert view.roadmap.sentences[-1].startswith("Levels of today may be misread: the chance of the stage «Middle» ")


def test_each_step_says_who_acts_what_it_needs_and_what_proof_counts(view: ReportView) -> None:
    assert view.roadmap is not None
    step = view.roadmap.steps[0]
    assert (step.action, step.who, step.needs, step.proof) == ("Do three.", "office", (), ("A text",))
    assert step.levels == "2 to 3"


def test_what_stands_in_the_way_is_said_in_words_and_the_best_of_the_rest_is_planned() -> None:
    stuck = view_of(assess(TINY, [questionnaire(answers={"TWO-02": {"level": 1, **A}})]), TINY, ENGLISH).roadmap
    assert stuck is not None
    assert stuck.finding == "No plan reaches the stage «Middle» yet."
    assert stuck.hindrances == (
        "Middle is out of reach: G-ONE (First) asks level 2 of ONE-01, and no step leads there",
    )
    assert stuck.sentences[0] == "The plan below shows what 12 person-months a year would bring best."


def test_with_a_budget_alone_the_roadmap_says_the_most_it_can_bring() -> None:
    found = view_of(assess(TINY, [questionnaire(answers=ANSWERS)], wish=PlanWish(budget=2)), TINY, ENGLISH).roadmap
    assert found is not None
    assert re.fullmatch(r"The most that 2 person-months can bring is [\d.]+ points\.", found.finding)


@pytest.mark.parametrize(("wish", "said", "in_ukrainian"), [
    (PlanWish(target="low"), "The stage «Low» is reached already: no step is needed for it.",
     "Стадії «Low» вже досягнуто: кроки для неї не потрібні."),
    (PlanWish(budget=0), "A budget of 0 person-months buys no step that would raise the index.",
     "Бюджет – 0 людино-місяців: його не вистачить на жоден крок, що підвищив би індекс."),
    (PlanWish(budget=0.5, years=2), "A budget of 0.5 person-months a year buys no step that would raise the index.",
     "Бюджет – 0,5 людино-місяця на рік: його не вистачить на жоден крок, що підвищив би індекс."),
])
def test_where_a_wish_asks_for_no_step_the_roadmap_says_why_and_not_that_none_is_left(
    wish: PlanWish, said: str, in_ukrainian: str
) -> None:
    found = assess(TINY, [questionnaire(answers=ANSWERS)], wish=wish)
    told = [view_of(found, TINY, tr).roadmap for tr in (ENGLISH, translator("uk"))]
    assert [page.finding for page in told if page] == [said, in_ukrainian]


def test_the_cost_curve_says_the_least_effort_for_half_of_all_that_the_steps_can_bring(view: ReportView) -> None:
    """The evenly spaced points have 15 and 23 person-months; half of the 71.25 points takes 20."""
    assert view.roadmap is not None and view.roadmap.curve is not None
    assert view.roadmap.curve.title == (
        "Half of all that the steps can bring takes 20 person-months of 61 person-months")


def test_nothing_known_leaves_no_roadmap_and_says_why() -> None:
    found = view_of(assess(TINY, [questionnaire(answers={})]), TINY, ENGLISH)
    assert found.roadmap is not None
    assert (found.roadmap.finding, found.roadmap.hindrances) == (
        "No roadmap can be made yet.", ("nothing is known about this relationship yet",))
    assert found.drives is None


def test_bars_of_a_timeline_follow_one_another_within_their_year() -> None:
    """Two years of 160 units, less a margin of 4 for the busiest year of 4 person-months: 39 units each."""
    drawn = str(charts.gantt([Bar("a", "A", 1, 3), Bar("b", "B", 1, 1, ("a",)), Bar("c", "C", 2, 2)],
                             ("Year 1", "Year 2"), "T", "D"))
    bars = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="8.8"', drawn)
    assert bars == [("198", "117"), ("315", "39"), ("358", "78")]
    assert '<path d="M314.0 27.2V41.8H315.0"' in drawn


# --- the raters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "said", "not_identified"), [
    ("en", "The raters share too few questions: that 60 % of the answers hit the true level was assumed, not measured.",
     "How accurate the raters are: assumed, not measured. Answers of two to the same questions would measure it."),
    ("uk", "Оцінювачі мають замало спільних запитань: те, що 60 % відповідей влучають у справжній рівень, є "
     "припущенням, а не виміром.",
     "Наскільки точні оцінювачі: це припущено, не виміряно. Це виміряли б відповіді двох на ті самі запитання."),
])
def test_two_raters_who_share_no_question_are_not_called_one(language: str, said: str, not_identified: str) -> None:
    keys = list(ANSWERS)
    raters = [questionnaire(answers={key: ANSWERS[key] for key in part}, answered_by={"side": "third", "role": role})
              for part, role in ((keys[:4], "one"), (keys[4:], "two"))]
    told = view_of(assess(TINY, raters), TINY, translator(language))
    assert told.sure is not None
    assert said in told.sure.sentences
    assert told.annex.not_identified[0] == not_identified


# --- the two sides ----------------------------------------------------------------------------------


def test_the_two_sides_pooled_and_the_lower_stand_side_by_side(parties: ReportView) -> None:
    assert parties.sure is not None and parties.sure.perception is not None
    row = parties.sure.perception.rows[0]
    assert float(row.lower) == min(float(row.side_a), float(row.side_b))
    assert parties.sure.perception.sentences[0].startswith("Pooled, the index is ")


def test_the_questions_furthest_apart_come_first_with_interval_and_chance(parties: ReportView) -> None:
    assert parties.sure is not None and parties.sure.perception is not None
    rows = parties.sure.perception.indicators
    assert [(row.id, row.gap) for row in rows] == [("ONE-01", "–60.0"), ("TRE-03", "–20.0")]
    assert all(re.fullmatch(r"[><]? ?\d+ %", row.beyond) for row in rows)


# --- methodology annex ------------------------------------------------------------------------------


def test_rule_13_the_ten_steps_of_the_handbook_lead_to_places_of_the_report(view: ReportView) -> None:
    page = html.render_html(view, ENGLISH, "print")
    assert len(view.annex.ten_steps) == 10
    assert [step.title for step in view.annex.ten_steps if not step.done] == ["Multivariate analysis"]
    for step in view.annex.ten_steps:
        assert f'id="{step.link}"' in page


def test_rule_13_the_annex_prints_every_indicator_with_weight_share_gate_and_anchors(view: ReportView) -> None:
    rows = [row for _, rows in view.annex.instrument for row in rows]
    assert [row.id for row in rows] == list(TINY.indicators)
    first = rows[0]
    assert (first.weight, first.gate, len(first.anchors)) == ("2", "G-ONE", 6)


def test_rule_13_contributions_add_up_as_they_are_printed(view: ReportView) -> None:
    table = view.annex.contributions
    assert table is not None
    *rows, total = table.rows
    assert sum(Decimal(row[4]) for row in rows) == Decimal(total[4])
    assert sum(Decimal(row[5]) for row in rows) == Decimal(total[5])
    assert "they differ by less than 0.000001 points" in view.annex.sum_check


def test_rule_13_the_alternatives_stand_in_one_table_with_the_rubrics_own_first(
    whole: Assessment, view: ReportView
) -> None:
    table = view.annex.alternatives
    assert table is not None and whole.sensitivity is not None
    assert table.rows[0][:3] == ("of the rubric", "of the rubric", f"{whole.result.index.points:.1f} Low")
    cells = [cell for row in table.rows for cell in row[2:]]
    assert len(cells) == len(whole.sensitivity.alternatives)


def test_rule_13_gate_log_parts_left_out_solver_and_what_is_not_identified(view: ReportView) -> None:
    annex = view.annex
    assert [row[0] for row in annex.gates.rows] == ["G-ONE First", "G-TWO Second", "G-KNOWN Known"]
    assert annex.left_out is not None and len(annex.left_out.rows) == 3
    assert dict(annex.roadmap)["Solver"].startswith("HiGHS (scipy.optimize.milp) ")
    assert "proven optimal, gap 0" in dict(annex.roadmap)["Solver"]
    assert annex.not_identified[0] == (
        "How accurate a single rater is: assumed, not measured. A second rater would measure it.")


def test_rule_13_several_raters_are_counted_by_side_and_their_pooling_is_a_choice(parties: ReportView) -> None:
    assert dict(parties.annex.facts)["Raters"] == "Aland: 1; Bland: 1"
    assert parties.annex.alternatives is not None
    assert parties.annex.alternatives.head[2] == "Pooling"


def test_the_pages_speak_ukrainian(whole: Assessment) -> None:
    uk = translator("uk")
    told = view_of(whole, TINY, uk)
    assert told.drives is not None and told.roadmap is not None
    assert told.drives.finding.startswith("Невизначеність індексу на ")
    assert told.roadmap.finding.startswith("Щоб досягти стадії «Middle», потрібно щонайменше ")
    page = html.render_html(told, uk, "print")
    annex = page[page.index('id="annex"'):]
    assert "Що припущено" in annex and "What is" not in annex


def test_the_pages_keep_no_styles_for_notes_that_they_never_have(whole: Assessment) -> None:
    weasyprint = import_quickly()
    for tr in (ENGLISH, translator("uk")):
        page = html.render_html(view_of(whole, TINY, tr), tr, "print")
        assert type(page_of(weasyprint, page)) is not weasyprint.HTML
