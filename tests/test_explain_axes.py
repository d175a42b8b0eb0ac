"""``assess explain``: the ways to challenges, footprint and aims, told in full on the rubric in tests/rubrics/tiny.

    XX (weight 2)   XX-1 (2) 4, one B source: 3 = 60 · XX-2 (1) A 4, B 1: the higher = 80   (2 * 60 + 80) / 3 = 66.7
    YY (weight 1)   YY-1 (1) 3 aged to 1 = 20            pressure (2 * 66.7 + 20) / 3 = 51.1
    NEAR            Aland 100, 50 (aged), 50 (closed): 66.7 · Bland 50, ineligible, 0: 25
                    together 75, does not apply, unknown but at most 25: (75 + 25) / 2 = 50, at least 37.5
    AIM-1           ONE-01 (3) 20 · TRE-01 (1) unknown · BOD-1 (2) 75     (3 * 20 + 2 * 75) / 5 = 42, 35 to 51.7
"""

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TINY, questionnaire, scored

from assess.assessment import Assessment
from assess.explain import explain, keys, part_of
from assess.language import ENGLISH, Translator
from assess.questionnaire.load import load_questionnaire
from assess.report.view import axes
from assess.report.view.context import Context
from assess.result import Result
from assess.rubric.load import load_rubric, rubric_translator
from assess.scoring.score import score

CHALLENGES: dict[str, Any] = {
    "XX-1": {"level": 4, "evidence": ["b-one"], "note": "Both say so."},
    "XX-2": {"A": {"level": 4, "evidence": ["a-both"]}, "B": 1},
    "YY-1": {"level": 3, "evidence": ["a-old"]},
}
BODIES: dict[str, Any] = {
    "BOD-1": {"A": "active", "B": {"status": "member", "evidence": ["a-both"]}, "together": 3},
    "BOD-2": {"A": {"status": "active", "evidence": ["a-old"]}, "B": "ineligible"},
    "BOD-3": {"A": "active", "B": "absent", "together": {"unknown": "not public"}},
}
SECTIONS: dict[str, Any] = {"answers": {"ONE-01": 1}, "challenges": CHALLENGES, "bodies": BODIES}
SEVERE = {"level": 5, "evidence": ["a-both"]}


def told(key: str, **sections: Any) -> str:
    return explain(scored(**SECTIONS | sections), TINY, key, ENGLISH)


EXPECTED = {
    "pressure": """\
Pressure of the challenges

Id  Challenge     Weight  Severity    Share  Contribution
XX  Challenge XX       2      66.7   66.7 %          44.4
YY  Challenge YY       1      20.0   33.3 %           6.7
    Together                  51.1  100.0 %          51.1

Pressure: 51.1 points (rule 4)
Answered: 100 % of the weight that applies
It stands beside the index and is never subtracted from it (rule 1.7).
""",
    "XX": """\
XX Challenge XX

Id    Barrier       Weight  Severity    Share  Contribution
XX-1  Barrier XX-1       2      60.0   66.7 %          40.0
XX-2  Barrier XX-2       1      80.0   33.3 %          26.7
      Together                  66.7  100.0 %          66.7

Severity: 66.7 points (rule 4)
Answered: 100 % of the weight that applies

In the pressure of the challenges
  share 66.7 % × 66.7 points = 44.4 points of the pressure (rule 4)
  44.4 here + 6.7 from the rest = 51.1, the pressure
  It stands beside the index and is never subtracted from it (rule 1.7).
""",
    "XX-1": """\
XX-1 Barrier XX-1
How grave is XX-1?

Answers
  the pair: answered 4
    capped at 3: one grade B source (rule 2.2)
    counts as level 3, 60 points (rule 1.1)
    b-one · grade B · 2026-06-01 · Press
    Both say so.

Severity
  the pair: 60.0 points

In the challenge XX, «Challenge XX»
  share 66.7 % × 60.0 points = 40.0 points of the challenge XX (rule 4)
  40.0 here + 26.7 from the rest = 66.7, the challenge XX

Limits
  ONE-01 Indicator ONE-01: 20.0 points, low behind a grave barrier
  TRE-01 Indicator TRE-01: not known, 0–100 points are possible, perhaps low behind a grave barrier
  A barrier is grave from 60 points; an indicator is low below 40.
""",
    "XX-2": """\
XX-2 Barrier XX-2
How grave is XX-2?

Answers
  Aland: answered 4
    counts as level 4, 80 points (rule 1.1)
    a-both · grade A · 2026-06-01 · Joint record
  Bland: answered 1
    counts as level 1, 20 points (rule 1.1)
    no evidence is cited

Severity
  Aland: 80.0 points
  Bland: 20.0 points
  the pair: 80.0 points (the higher of the two counts, rule 3)

In the challenge XX, «Challenge XX»
  share 33.3 % × 80.0 points = 26.7 points of the challenge XX (rule 4)
  26.7 here + 40.0 from the rest = 66.7, the challenge XX

Limits
  ONE-02 Indicator ONE-02: not known, 0–100 points are possible, perhaps low behind a grave barrier
  A barrier is grave from 60 points; an indicator is low below 40.
""",
    "NEAR": """\
NEAR The near system
Every body weighs the same.

Aland
Id     Body       Weight  Points    Share  Contribution
BOD-1  BOD-1           1   100.0   33.4 %          33.3
BOD-2  BOD-2           1    50.0   33.3 %          16.7
BOD-3  BOD-3           1    50.0   33.3 %          16.7
       Footprint            66.7  100.0 %          66.7
Footprint: 66.7 points (rule 4)
Answered: 100 % of the weight that applies

Bland
Id     Body       Weight          Points    Share  Contribution
BOD-1  BOD-1           1            50.0   50.0 %          25.0
BOD-2  BOD-2           1  not applicable    0.0 %           0.0
BOD-3  BOD-3           1             0.0   50.0 %           0.0
       Footprint                    25.0  100.0 %          25.0
Footprint: 25.0 points (rule 4)
Answered: 100 % of the weight that applies

Together
Id     Body       Weight          Points    Share  Contribution
BOD-1  BOD-1           1            75.0   50.0 %          37.5
BOD-2  BOD-2           1  not applicable    0.0 %           0.0
BOD-3  BOD-3           1         unknown   50.0 %          12.5
       Footprint                    50.0  100.0 %          50.0
BOD-3 is not known, but its limits exclude the mean, so that it counts at the nearer one, 25.0 points (rule 4).
Footprint: 50.0 points (38–50) (rule 4)
Answered: 50 % of the weight that applies

The footprint is no part of the index (rule 1.7).
""",
    "BOD-1": """\
BOD-1 Body BOD-1
It is for tests.

Answers
  Aland: answered «Active»
    counts as «Active», 2 of 2, 100.0 points (rule 1.7)
    no evidence is cited
  Bland: answered «Member»
    counts as «Member», 1 of 2, 50.0 points (rule 1.7)
    a-both · grade A · 2026-06-01 · Joint record
  together: answered «Aligned»
    counts as «Aligned», 3 of 4, 75.0 points (rule 1.7)
    no evidence is cited

Value
  Aland: 100.0 points
  Bland: 50.0 points
  together: 75.0 points

In the footprint NEAR, «The near system»
  Aland
    share 33.4 % × 100.0 points = 33.3 points of the footprint in NEAR (rule 4)
    33.3 here + 33.4 from the rest = 66.7, the footprint in NEAR
  Bland
    share 50.0 % × 50.0 points = 25.0 points of the footprint in NEAR (rule 4)
    25.0 here + 0.0 from the rest = 25.0, the footprint in NEAR
  together
    share 50.0 % × 75.0 points = 37.5 points of the footprint in NEAR (rule 4)
    37.5 here + 12.5 from the rest = 50.0, the footprint in NEAR
""",
    "BOD-2": """\
BOD-2 Body BOD-2
It is for tests.

Answers
  Aland: answered «Active»
    counted lower: 58 months old (rule 2.3)
    counts as «Member», 1 of 2, 50.0 points (rule 1.7)
    a-old · grade A · 2022-01-01 · Old joint record
  Bland: not applicable, «Ineligible»
  together: not applicable
    Where a side has no way into a body, the two cannot do anything there together.

Value
  Aland: 50.0 points
  Bland: not applicable
  together: not applicable

In the footprint NEAR, «The near system»
  Aland
    share 33.3 % × 50.0 points = 16.7 points of the footprint in NEAR (rule 4)
    16.7 here + 50.0 from the rest = 66.7, the footprint in NEAR
  Bland
    It does not enter the footprint in NEAR: not applicable (rule 4).
  together
    It does not enter the footprint in NEAR: not applicable (rule 4).
""",
    "BOD-3": """\
BOD-3 Body BOD-3 (closed 2020)
It is for tests.

Answers
  Aland: answered «Active»
    counted lower: the body is closed (rule 1.7)
    It has ended.
    counts as «Member», 1 of 2, 50.0 points (rule 1.7)
    no evidence is cited
  Bland: answered «Absent»
    counts as «Absent», 0 of 2, 0.0 points (rule 1.7)
    no evidence is cited
  together: unknown
    not public

Value
  Aland: 50.0 points
  Bland: 0.0 points
  together: not known, 0–25 points are possible

In the footprint NEAR, «The near system»
  Aland
    share 33.3 % × 50.0 points = 16.7 points of the footprint in NEAR (rule 4)
    16.7 here + 50.0 from the rest = 66.7, the footprint in NEAR
  Bland
    share 50.0 % × 0.0 points = 0.0 points of the footprint in NEAR (rule 4)
    0.0 here + 25.0 from the rest = 25.0, the footprint in NEAR
  together
    share 50.0 % × 25.0 points = 12.5 points of the footprint in NEAR (rule 4)
    It is not known, but its limits exclude the mean, so that it counts at the nearer one (rule 4).
    12.5 here + 37.5 from the rest = 50.0, the footprint in NEAR
""",
    "AIM-1": """\
AIM-1 The first aim
For tests.

Id      What serves it    Weight   Points    Share  Contribution
ONE-01  Indicator ONE-01       3     20.0   60.0 %          12.0
TRE-01  Indicator TRE-01       1  unknown    0.0 %           0.0
BOD-1   BOD-1, together        2     75.0   40.0 %          30.0
        Together                     42.0  100.0 %          42.0

Score: 42.0 points (35–52) (rule 4)
Answered: 83 % of the weight that applies
It is high.
An aim adds no answer of its own and changes no other figure (rule 1.7).
""",
    "AIM-2": """\
AIM-2 The second aim
For tests.

Id     What serves it   Weight          Points  Share  Contribution
BOD-2  BOD-2, together       1  not applicable  0.0 %           0.0
BOD-4  BOD-4, together       1         unknown  0.0 %           0.0
       Together                        unknown  0.0 %             –

Score: not known, 0–100 points are possible (rule 4)
Answered: 0 % of the weight that applies
Indicative only: less than 50 % of its weight is answered.
It is high.
An aim adds no answer of its own and changes no other figure (rule 1.7).
""",
}


@pytest.mark.parametrize("key", EXPECTED)
def test_the_way_to_a_figure_beside_the_index_is_told_from_the_evidence_on(key: str) -> None:
    assert told(key) == EXPECTED[key]


def test_a_challenge_that_is_not_known_but_cannot_be_the_mean_says_why_it_counts_in_the_pressure() -> None:
    limited = {"unknown": True, "between": [0, 2]}
    answers = {"XX-1": SEVERE, "XX-2": {"A": SEVERE}, "YY-1": limited}
    assert told("YY", challenges=answers).split("challenges\n")[1] == """\
  share 33.3 % × 40.0 points = 13.3 points of the pressure (rule 4)
  It is not known, but its limits exclude the mean, so that it counts at the nearer one (rule 4).
  13.3 here + 66.7 from the rest = 80.0, the pressure
  It stands beside the index and is never subtracted from it (rule 1.7).
"""
    assert "  It does not enter the challenge YY: partly known (rule 4).\n" in told("YY-1", challenges=answers)


def test_where_no_barrier_is_rated_no_pressure_is_made_up() -> None:
    assert told("pressure", challenges={}) == """\
Pressure of the challenges

Id  Challenge     Weight  Severity  Share  Contribution
XX  Challenge XX       2   unknown  0.0 %           0.0
YY  Challenge YY       1   unknown  0.0 %           0.0
    Together               unknown  0.0 %             –

Pressure: not known, 0–100 points are possible (rule 4)
Answered: 0 % of the weight that applies
Indicative only: less than 50 % of its weight is answered.
It stands beside the index and is never subtracted from it (rule 1.7).
"""


def test_a_challenge_of_which_nothing_applies_has_no_figure() -> None:
    lines = told("YY", challenges={"YY-1": {"not_applicable": "excluded"}}).splitlines()
    assert [lines[6], lines[-2]] == [
        "Severity: not applicable (rule 4)", "  It does not enter the pressure: not applicable (rule 4)."
    ]


def test_several_raters_of_a_body_are_told_apart_and_their_pooling_is_named() -> None:
    raters = [questionnaire(bodies={"BOD-4": {"A": status}}) for status in ("absent", "active")]
    lines = explain(score(TINY, raters), TINY, "BOD-4", ENGLISH).splitlines()
    assert sorted(line for line in lines if line.startswith("  Aland")) == [
        "  Aland",
        "  Aland, rater 1: answered " + lines[4].split(" answered ")[1],
        "  Aland, rater 2: answered " + lines[7].split(" answered ")[1],
        "  Aland: 50.0 points (pooled over 2 raters, rule 7)",
    ]


def test_every_key_beside_the_index_gives_its_part_of_the_result() -> None:
    result = scored(**SECTIONS)
    barriers = tuple(b for c in result.challenges for b in c.barriers)
    expected = (*result.challenges, *barriers, *result.systems, *result.bodies, *result.aims)
    assert [part_of(result, part.id) for part in expected] == list(expected)
    assert part_of(result, "pressure") == result.pressure


def test_a_rubric_without_challenges_bodies_and_aims_has_no_keys_of_them() -> None:
    bare = TINY.model_copy(update={"challenges": (), "bodies": {}, "systems": {}, "aims": {}})
    assert keys(score(bare, [questionnaire()]))[-1] == "G-KNOWN"


# --- printed parts add up --------------------------------------------------------------------------

ROW = re.compile(r" ([\d.,]+) % +([\d.,]+|–)$")


def columns(block: str) -> list[tuple[Decimal, Decimal]]:
    """Share and contribution of each row of the table in a block, those of the total last."""
    found = [match.groups() for line in block.splitlines() if (match := ROW.search(line))]
    return [(figure(share), figure(points)) for share, points in found]


def figure(text: str) -> Decimal:
    return Decimal("0.0" if text == "–" else text.replace(",", "."))


def assert_adds_up(text: str) -> None:
    tables = [rows for block in text.split("\n\n") if (rows := columns(block))]
    assert tables
    for *rows, total in tables:
        assert (sum(s for s, _ in rows), sum(p for _, p in rows)) == total


LEVEL = st.integers(0, 5).map(lambda level: {"level": level, "evidence": ["a-both"]})
LIMITS = st.sampled_from([(0, 1), (2, 3), (4, 5)]).map(lambda ends: {"unknown": True, "between": list(ends)})
RATED = st.dictionaries(st.sampled_from(["XX-1", "YY-1"]), LEVEL | LIMITS)
STATUS = st.sampled_from(["unknown", "absent", "member", "active"])
SEATS = st.dictionaries(st.sampled_from(sorted(TINY.bodies)), st.fixed_dictionaries({"A": STATUS, "B": STATUS}))


@given(RATED, LEVEL, SEATS)
def test_rule_8_printed_parts_add_up_to_the_printed_figure(
    rated: dict[str, Any], side: dict[str, Any], seats: dict[str, Any]
) -> None:
    result = scored(challenges={**rated, "XX-2": {"A": side}}, bodies=seats, answers={"ONE-01": side})
    for key in ("pressure", "XX", "YY", *TINY.systems, *TINY.aims):
        assert_adds_up(explain(result, TINY, key, ENGLISH))


# --- the examples, as their reports print them --------------------------------------------------

ROOT = Path(__file__).parents[1]
RUBRIC = load_rubric()
EXAMPLES = [(file.name, language) for file in sorted((ROOT / "examples").glob("*.yaml")) for language in ("en", "uk")]


@lru_cache(maxsize=1)
def example(name: str) -> Result:
    return score(RUBRIC, [load_questionnaire(ROOT / "examples" / name, RUBRIC)[0]])


class Told:
    """What explain says of an example, and what its report prints."""

    def __init__(self, name: str, language: str) -> None:
        self.tr: Translator = rubric_translator("cyberdialog", language)
        self.result = example(name)
        self.ctx = Context(Assessment(result=self.result), RUBRIC, self.tr)

    def way(self, key: str) -> str:
        return explain(self.result, RUBRIC, key, self.tr)

    def after(self, text: str, sentence: str) -> list[str]:
        """The figures of the line that says ``sentence``, a score with its bounds."""
        before, behind = self.tr(sentence).split("{value}")
        line = next(line for line in text.splitlines() if line.startswith(before) and line.endswith(behind))
        return figures(line[len(before):len(line) - len(behind)])


def figures(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d)?", text)


def same(told: list[str], points: str, bounds: str) -> bool:
    """Whether a score with its bounds is the one that a report prints, where points have no decimals."""
    ends = figures(bounds)
    if not figures(points):
        return told == ends
    return abs(figure(told[0]) - figure(points.strip("()"))) <= Decimal("0.5") and told[1:] in ([], ends)


@pytest.fixture(scope="module", params=EXAMPLES, ids="-".join)
def case(request: pytest.FixtureRequest) -> Told:
    return Told(*request.param)


def test_every_key_of_every_example_is_explained_and_its_table_adds_up(case: Told) -> None:
    ids = {*RUBRIC.barriers, *RUBRIC.systems, *RUBRIC.bodies, *RUBRIC.aims, *(c.id for c in RUBRIC.challenges)}
    assert ids | {"pressure", "index", "stage", *RUBRIC.indicators} <= set(keys(case.result))
    assert all(case.way(key).strip() for key in keys(case.result))
    for key in ("pressure", *RUBRIC.systems, *RUBRIC.aims, *(c.id for c in RUBRIC.challenges)):
        assert_adds_up(case.way(key))


def test_the_severities_that_are_told_are_those_of_the_report(case: Told) -> None:
    view = axes.challenges(case.ctx)
    assert view is not None
    for challenge in view.challenges:
        text = case.way(challenge.id)
        assert same(case.after(text, "Severity: {value} (rule 4)"), challenge.points, challenge.bounds)
        assert challenge.coverage in text
        for barrier in challenge.barriers:
            value = case.way(barrier.id).split("\n\n")[2].splitlines()[-1].split(" (")[0]
            assert same(figures(value), barrier.points, barrier.bounds)


def test_the_pressure_that_is_told_is_that_of_the_report(case: Told) -> None:
    view = axes.challenges(case.ctx)
    assert view is not None
    pressure, found = case.result.pressure, case.after(case.way("pressure"), "Pressure: {value} (rule 4)")
    assert pressure is not None
    assert same(found, view.chart.title.split()[-1], case.ctx.range(pressure.bounds.low, pressure.bounds.high))


def test_the_footprints_that_are_told_are_those_of_the_report(case: Told) -> None:
    for system, view in zip(case.result.systems, axes.systems(case.ctx), strict=True):
        sides = case.way(system.id).split("\n\n")[1:4]
        for text, (points, bounds, coverage) in zip(sides, view.totals, strict=True):
            assert same(case.after(text, "Footprint: {value} (rule 4)"), points, bounds)
            assert coverage in text


def test_the_points_of_bodies_that_are_told_are_those_of_the_report(case: Told) -> None:
    chart = axes.matrix(case.ctx)
    assert chart is not None and chart.data is not None
    for body, (_, *marks) in zip(case.result.bodies, chart.data.rows, strict=True):
        values = case.way(body.id).split("\n\n")[2].splitlines()[1:]
        for mark, value in zip(marks, values, strict=True):
            assert same(figures(value)[:1], mark, "") if figures(mark) else mark in value or figures(value)


def test_the_aims_that_are_told_are_those_of_the_report(case: Told) -> None:
    for aim in axes.aims(case.ctx):
        text = case.way(aim.id)
        assert same(case.after(text, "Score: {value} (rule 4)"), aim.points, aim.bounds)
        assert aim.coverage in text
        rows = {line.split()[0]: line.split() for line in text.splitlines() if ROW.search(line)}
        assert [id for _, id, points in aim.parts if figures(points) and not same(rows[id][-4:-3], points, "")] == []
