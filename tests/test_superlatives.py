"""Nothing is called the highest, the lowest or the gravest that is so only together with others, or at nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from test_next_steps import TOP
from tiny import FOLDER, HEAD, TINY, questionnaire

from assess.assessment import assess
from assess.cli.main import main
from assess.language import ENGLISH, Translator, translator
from assess.questionnaire.load import check_document
from assess.report.html import render_html
from assess.report.make import view_of
from assess.report.view.model import ReportView
from assess.rubric.model import Rubric
from assess.yamlio import Document

A = {"evidence": ["a-both"]}


def level(number: int, **others: int) -> dict[str, Any]:
    """Every indicator at one level, or at the level named for its component."""
    every = {}
    for key, indicator in TINY.indicators.items():
        answer = {"level": others.get(key[:3], number), **A}
        every[key] = answer if indicator.type == "P" else {"A": answer, "B": answer}
    return every


def view(answers: dict[str, Any], tr: Translator = ENGLISH, **sections: Any) -> ReportView:
    return view_of(assess(TINY, [questionnaire(answers=answers, **sections)], ranges=False), TINY, tr)


@pytest.mark.parametrize(("answers", "said"), [
    (level(2), "The components that are known well enough all stand at 40"),
    (level(2, ONE=3), "Highest: «Component ONE»; lowest: «Component TWO», «Component TRE»"),
    (level(2, ONE=3, TRE=1), "«Component ONE» stands highest, «Component TRE» lowest"),
])
def test_the_profile_names_all_that_stand_highest_and_lowest(answers: dict[str, Any], said: str) -> None:
    assert view(answers).profile.title == said


@pytest.mark.parametrize(("answers", "said"), [
    (level(0), "No component contributes to the index"),
    ({}, "No component contributes to the index"),
    (level(0, TWO=3, TRE=3), "«Component TWO», «Component TRE» carry the most of the index, each alike"),
    (level(2, TWO=4, TRE=4), "All components contribute alike to the index"),
    (level(2), "«Component ONE» carries the most of the index"),
])
def test_what_carries_the_most_of_the_index_carries_something(answers: dict[str, Any], said: str) -> None:
    assert view(answers).waterfall.title == said


def weighed(rubric: Rubric, *levels: int) -> str:
    """What is said of the challenges whose barriers all stand at these levels, one for each challenge."""
    given = {
        barrier.id: answer if barrier.type == "P" else {"A": answer, "B": answer}
        for challenge, number in zip(rubric.challenges, (*levels, *[0] * 99), strict=False)
        for barrier in challenge.barriers for answer in [{"level": number, **A}]
    }
    head = HEAD | {"rubric": f"{rubric.id} {rubric.version}", "challenges": given}
    file = check_document(Document("t.yaml", head), rubric)[0]
    told = view_of(assess(rubric, [file], ranges=False), rubric, ENGLISH).challenges
    assert told is not None
    return told.finding


def test_a_challenge_is_the_gravest_alone_and_above_nothing(rubric: Rubric) -> None:
    first, second = (challenge.title for challenge in rubric.challenges[:2])
    assert weighed(rubric) == "No challenge that is known stands above 0 of 100."
    assert weighed(rubric, 4) == f"The gravest challenge is «{first}», at 100 of 100."
    assert weighed(rubric, 4, 4) == f"The gravest challenges are «{first}», «{second}», each at 100 of 100."
    assert weighed(rubric, *[2] * 99) == "All challenges that are known stand at 50 of 100."


def test_what_loses_nothing_holds_nothing_back_and_page_one_has_no_heading_for_it() -> None:
    best = view(TOP)
    assert best.front.holding_back == ()
    assert "What holds it back" not in render_html(best, ENGLISH, "print")
    assert [line[:19] for line in view(level(5, TRE=4)).front.holding_back] == ["Component TRE loses"]


def test_the_level_components_are_said_in_ukrainian() -> None:
    told = view(level(2), translator("uk"))
    assert told.profile.title == "Усі достатньо відомі компоненти мають однаковий показник: 40"


@pytest.mark.parametrize(("answers", "said"), [
    (level(2), ("On average all components stand alike, at 40.",
                "The middle relationship stands alike in every component: 40")),
    (level(2, ONE=3), ("On average the strongest components are Component ONE 60, Component TWO 40; the weakest are "
                       "Component TWO 40, Component TRE 40.",
                       "Component TWO, Component TRE are the components in which the middle relationship stands "
                       "lowest")),
])
def test_a_portfolio_names_all_components_that_are_lowest(
    tmp_path: Path, answers: dict[str, Any], said: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.yaml").write_text(json.dumps(HEAD | {"answers": answers}))
    with pytest.raises(SystemExit):
        main(["portfolio", str(tmp_path / "t.yaml"), "--rubric", str(FOLDER), "--format", "html",
              "--out", str(tmp_path / "out")])
    page = (tmp_path / "out" / "portfolio.html").read_text()
    assert [text for text in said if text not in page] == [], capsys.readouterr()
