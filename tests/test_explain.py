"""``assess explain``: the way from evidence to one number, told in full on the rubric in tests/rubrics/tiny.

    ONE (weight 2)   ONE-01 (2) 5, two B sources: 4 = 80 · ONE-02 (1) A 4, B 1: 20 · ONE-03 (1) 3 aged to 2 = 40
    TWO (weight 1)   TWO-01 (1) A to B 0 or 2, B to A 3: the lower = 20 · TWO-02 (1) unknown · TWO-03 (1) 1 = 20
    TRE (weight 1)   does not apply
    ONE = (2 * 80 + 20 + 40) / 4 = 55, TWO = (20 + 20) / 2 = 20, index = (2 * 55 + 20) / 3 = 43.3
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import FOLDER, TINY, questionnaire, scored

from assess.cli.main import main
from assess.explain import explain, keys
from assess.language import ENGLISH
from assess.scoring.score import score

EVIDENCE = {
    "first": {"title": "First report", "date": "2026-05-02", "grade": "B", "source": "third", "publisher": "One",
              "url": "https://one.example/report"},
    "second": {"title": "Second report", "date": "2026-05", "grade": "B", "source": "third", "publisher": "Two"},
    "round": {"title": "Record of the round", "date": "2024-06-01", "grade": "A", "source": "both",
              "where": "File 12/3"},
    "denial": {"title": "Denial", "grade": "C", "source": "B", "counter": True},
}
NA = {"not_applicable": "excluded by the mandate"}
ANSWERS: dict[str, Any] = {
    "ONE-01": {"level": 5, "evidence": ["first", "second"], "note": "Both say so."},
    "ONE-02": {"A": {"level": 4, "evidence": ["round"]}, "B": 1},
    "ONE-03": {"level": 3, "evidence": ["round", "denial"]},
    "TWO-01": {"A": {"disputed": [0, 2], "evidence": ["first"]}, "B": {"level": 3, "evidence": ["first"]}},
    "TWO-02": {"unknown": "the register is closed", "between": [1, 3], "evidence": ["second"]},
    "TWO-03": {"level": 1, "evidence": ["second"]},
    "TRE-01": NA, "TRE-02": NA, "TRE-03": NA,
}


def told(key: str, **sections: Any) -> str:
    return explain(scored(**{"answers": ANSWERS, "evidence": EVIDENCE} | sections), TINY, key, ENGLISH)


EXPECTED = {
    "index": """\
Aland – Bland, 1 November 2026

Id   Component      Weight          Points   Share  Contribution
ONE  Component ONE       2            55.0  66.7 %          36.7
TWO  Component TWO       1            20.0  33.3 %           6.6
TRE  Component TRE       1  not applicable   0.0 %           0.0
     Index                                                  43.3

Index: 43.3 points (41–50) (rules 1.2, 4, 8)
Answered: 89 % of the weight that applies

Gates
  G-ONE First: holds
  G-TWO Second: does not hold, caps the stage at «Middle»
  G-KNOWN Known: holds

Stage by score and gates: Middle
""",
    "stage": """\
Stage by score and gates: Middle

Stages by index
  from 0 Low
  from 40 Middle
  from 70 High

By the index of 43.3 alone: Middle
G-ONE First: holds
G-TWO Second: does not hold, caps the stage at «Middle»
G-KNOWN Known: holds
At the worst and the best that the unknowns allow: Middle, Middle
""",
    "ONE": """\
ONE Component ONE

Id      Indicator         Weight  Points   Share  Contribution
ONE-01  Indicator ONE-01       2    80.0  33.3 %          26.7
ONE-02  Indicator ONE-02       1    20.0  16.7 %           3.3
ONE-03  Indicator ONE-03       1    40.0  16.7 %           6.7
        Together                    55.0  66.7 %          36.7

Score: 55.0 points (rule 4)
Answered: 100 % of the weight that applies
""",
    "ONE-01": """\
ONE-01 Indicator ONE-01
What is the level of ONE-01?

Answers
  the pair: answered 5
    capped at 4: two independent grade B sources (rule 2.2)
    counts as level 4, 80 points (rule 1.1)
    first · grade B · 2026-05-02 · First report · https://one.example/report
    second · grade B · 2026-05 · Second report
    Both say so.

Value
  the pair: 80.0 points

In the index
  share 33.3 % × 80.0 points = 26.7 points of the index (rule 8)
  26.7 here + 16.6 from the other indicators = 43.3, the index
  6.7 points of the index are missing here
""",
    "ONE-02": """\
ONE-02 Indicator ONE-02
What is the level of ONE-02?

Answers
  Aland: answered 4
    counts as level 4, 80 points (rule 1.1)
    round · grade A · 2024-06-01 · Record of the round · File 12/3
  Bland: answered 1
    counts as level 1, 20 points (rule 1.1)
    no evidence is cited

Value
  Aland: 80.0 points
  Bland: 20.0 points
  the pair: 20.0 points (the lower of the two counts, rule 3)

In the index
  share 16.7 % × 20.0 points = 3.3 points of the index (rule 8)
  3.3 here + 40.0 from the other indicators = 43.3, the index
  13.3 points of the index are missing here
""",
    "ONE-03": """\
ONE-03 Indicator ONE-03
What is the level of ONE-03?

Answers
  the pair: answered 3
    aged to 2: 29 months old, window 24 months (rule 2.3)
    counts as level 2, 40 points (rule 1.1)
    denial · grade C · no date · Denial · speaks against a higher level
    round · grade A · 2024-06-01 · Record of the round · File 12/3

Value
  the pair: 40.0 points

In the index
  share 16.7 % × 40.0 points = 6.7 points of the index (rule 8)
  6.7 here + 36.6 from the other indicators = 43.3, the index
  10.0 points of the index are missing here
""",
    "TWO-01": """\
TWO-01 Indicator TWO-01
What is the level of TWO-01?

Answers
  Aland towards Bland: disputed, 0 – 2
    counts as level 0 – 2, 0 – 40 points (rule 1.1)
    first · grade B · 2026-05-02 · First report · https://one.example/report
  Bland towards Aland: answered 3
    counts as level 3, 60 points (rule 1.1)
    first · grade B · 2026-05-02 · First report · https://one.example/report

Value
  Aland towards Bland: 20.0 points (0–40)
  Bland towards Aland: 60.0 points
  the pair: 20.0 points (0–40) (the lower of the two counts, rule 3)

In the index
  share 16.7 % × 20.0 points = 3.3 points of the index (rule 8)
  3.3 here + 40.0 from the other indicators = 43.3, the index
  13.4 points of the index are missing here
""",
    "TWO-02": """\
TWO-02 Indicator TWO-02
What is the level of TWO-02?

Answers
  the pair: partly known, 1 – 3
    counts as level 1 – 3, 20 – 60 points (rule 1.1)
    second · grade B · 2026-05 · Second report
    the register is closed

Value
  the pair: not known, 20–60 points are possible

In the index
  It does not enter the index: partly known (rule 4).
""",
    "TRE": """\
TRE Component TRE

Id      Indicator         Weight          Points  Share  Contribution
TRE-01  Indicator TRE-01       1  not applicable  0.0 %           0.0
TRE-02  Indicator TRE-02       1  not applicable  0.0 %           0.0
TRE-03  Indicator TRE-03       2  not applicable  0.0 %           0.0
        Together                  not applicable  0.0 %           0.0

Score: not applicable (rule 4)
""",
    "TRE-01": """\
TRE-01 Indicator TRE-01
What is the level of TRE-01?

Answers
  the pair: not applicable
    excluded by the mandate

Value
  the pair: not applicable

In the index
  It does not enter the index: not applicable (rule 4).
""",
    "G-ONE": """\
G-ONE First: holds
  It asks for: at least level 2 of ONE-01, 40.0 points
  The answers give: 80.0 points
  Reason: The first is essential.
  It does not change the stage (rule 6).
""",
    "G-TWO": """\
G-TWO Second: does not hold, caps the stage at «Middle»
  It asks for: at least 50 points of TWO
  The answers give: 20.0 points (13–40)
  Reason: The second matters.
  It does not change the stage (rule 6).
""",
    "G-KNOWN": """\
G-KNOWN Known: holds
  It asks for: at most 40 % of the weight of essential indicators unknown
  The answers give: 0 %
  Reason: Enough is known.
  It does not change the stage (rule 6).
""",
}


@pytest.mark.parametrize("key", EXPECTED)
def test_the_way_to_a_figure_is_told_from_the_evidence_on(key: str) -> None:
    assert told(key) == EXPECTED[key]


def test_several_raters_are_told_apart_and_their_pooling_is_named() -> None:
    raters = [questionnaire(answers={"TRE-01": level}) for level in (0, 2)]
    lines = explain(score(TINY, raters), TINY, "TRE-01", ENGLISH).splitlines()
    assert sorted(line for line in lines if "rater" in line) == [
        "  the pair, rater 1: answered " + lines[4][-1],
        "  the pair, rater 2: answered " + lines[7][-1],
        "  the pair: 20.0 points (pooled over 2 raters, rule 7)",
    ]
    assert {lines[4][-1], lines[7][-1]} == {"0", "2"}


def test_where_nothing_is_known_no_figure_is_made_up() -> None:
    assert told("index", answers={}) == """\
Aland – Bland, 1 November 2026

Id   Component      Weight   Points  Share  Contribution
ONE  Component ONE       2  unknown  0.0 %           0.0
TWO  Component TWO       1  unknown  0.0 %           0.0
TRE  Component TRE       1  unknown  0.0 %           0.0
     Index                                             –

Index: not known, 0–100 points are possible (rules 1.2, 4, 8)
Answered: 0 % of the weight that applies
Below 50 % only the range is published (rule 4).

Gates
  G-ONE First: undetermined, caps the stage at «Low»
  G-TWO Second: undetermined, caps the stage at «Middle»
  G-KNOWN Known: does not hold, caps the stage at «Middle»

Stage by score and gates: Low to High
"""


def test_an_open_question_whose_limits_exclude_the_mean_says_why_it_counts_all_the_same() -> None:
    limited = {"unknown": True, "between": [3, 5], "evidence": ["first", "second"]}
    answers = {"TRE-01": 0, "TRE-02": limited, "TRE-03": NA}
    assert told("TRE-02", answers=answers).split("In the index\n")[1] == """\
  share 50.0 % × 60.0 points = 30.0 points of the index (rule 8)
  It is not known, but its limits exclude the mean, so that it counts at the nearer one (rule 4).
  30.0 here + 0.0 from the other indicators = 30.0, the index
  20.0 points of the index are missing here
"""


LEVELS = st.dictionaries(st.sampled_from(["ONE-01", "ONE-03", "TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03"]),
                         st.integers(0, 5), min_size=1)


@given(LEVELS)
def test_the_printed_contributions_of_the_components_add_up_to_the_printed_index(answers: dict[str, int]) -> None:
    evidence = {"a-both": {"title": "Joint record", "date": "2026-06-01", "grade": "A", "source": "both"}}
    cited = {key: {"level": level, "evidence": ["a-both"]} for key, level in answers.items()}
    *rows, total = told("index", answers=cited, evidence=evidence).split("\n\n")[1].splitlines()[1:]
    assert sum(Decimal(row.split()[-1]) for row in rows) == Decimal(total.split()[-1])


def test_every_part_of_the_result_can_be_explained() -> None:
    assert keys(scored(answers=ANSWERS, evidence=EVIDENCE)) == (
        "index", "stage", "ONE", "TWO", "TRE",
        "ONE-01", "ONE-02", "ONE-03", "TWO-01", "TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03",
        "G-ONE", "G-TWO", "G-KNOWN",
        "pressure", "XX", "YY", "XX-1", "XX-2", "YY-1",
        "NEAR", "FAR", "BOD-1", "BOD-2", "BOD-3", "BOD-4", "AIM-1", "AIM-2",
    )


# --- the command --------------------------------------------------------------------------------

SHEET = """\
rubric: tiny 0.1
relationship: {parties: {A: {code: AA, name: Aland}, B: {code: BB, name: Bland}}}
as_of: 2026-11-01
answered_by: {side: third, role: analyst}
evidence:
  talks: {title: Joint record of the talks, date: 2026-06-01, grade: A, source: both}
answers:
  ONE-01: {level: 3, evidence: [talks]}
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the program; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments), "--rubric", str(FOLDER)])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "q.yaml"
    path.write_text(SHEET)
    return path


def test_the_command_prints_the_explanation(capsys: pytest.CaptureFixture[str], sheet: Path) -> None:
    assert run(capsys, "explain", sheet, "G-ONE") == (0, """\
G-ONE First: holds
  It asks for: at least level 2 of ONE-01, 40.0 points
  The answers give: 60.0 points
  Reason: The first is essential.
  It does not change the stage (rule 6).
""", "")


def test_json_gives_the_same_part_of_the_result(capsys: pytest.CaptureFixture[str], sheet: Path) -> None:
    code, out, _ = run(capsys, "explain", sheet, "G-ONE", "--json")
    assert code == 0
    assert json.loads(out) == {"id": "G-ONE", "state": "passed", "cap": "low", "value": 60.0, "threshold": 2.0}


def test_json_gives_a_part_beside_the_index_too(capsys: pytest.CaptureFixture[str], sheet: Path) -> None:
    code, out, _ = run(capsys, "explain", sheet, "AIM-2", "--json")
    part = {"kind": "body", "weight": 1.0, "state": "unknown", "points": None, "bounds": {"low": 0.0, "high": 100.0},
            "entered": None, "share": 0.0, "contribution": 0.0}
    assert code == 0
    assert json.loads(out) == {
        "id": "AIM-2", "points": None, "bounds": {"low": 0.0, "high": 100.0}, "coverage": 0.0,
        "not_applicable_share": 0.0, "indicative": True, "parts": [part | {"id": "BOD-2"}, part | {"id": "BOD-4"}],
    }


@pytest.mark.parametrize(("key", "nearest"), [
    ("XX-3", "XX-2, XX-1"), ("BOD-9", "BOD-4, BOD-3"), ("NAER", "NEAR"), ("AIM", "AIM-2, AIM-1"),
    ("presure", "pressure"),
])
def test_a_misspelt_key_beside_the_index_is_answered_with_the_nearest_too(
    capsys: pytest.CaptureFixture[str], sheet: Path, key: str, nearest: str
) -> None:
    assert run(capsys, "explain", sheet, key)[2].splitlines()[0] == (
        f"KEY Q232 there is no {key} to explain (did you mean {nearest}?)")


def test_a_misspelt_key_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str], sheet: Path) -> None:
    code, out, err = run(capsys, "explain", sheet, "ONE-11")
    assert (code, out) == (1, "")
    assert err.splitlines()[0] == "KEY Q232 there is no ONE-11 to explain (did you mean ONE-01, ONE-03?)"
