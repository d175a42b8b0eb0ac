"""The institutional footprint: the section ``bodies`` and its scores, by hand on the rubric in tests/rubrics/tiny.

    statuses   ineligible (left out) · absent 0 · member 50 · active 100      together   levels 0 to 4, 25 points each
    NEAR       BOD-1 · BOD-2 (active and level 2 fade after 24 months) · BOD-3 (closed, counts up to 1)
    FAR        BOD-4
"""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import EVIDENCE, TINY, changed_rubric, problems_of, questionnaire, scored

from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.problems.render import message
from assess.questionnaire.model import BodySlot
from assess.result import BodyReading, Footprint, Result
from assess.scoring.score import fingerprint, score

BODIES: dict[str, Any] = {
    "BOD-1": {"A": "active", "B": "member", "together": 3},
    "BOD-2": {"A": {"status": "active", "evidence": ["a-side-a"]}, "B": "ineligible"},
    "BOD-3": {"A": "active", "B": "absent", "together": "unknown"},
}


STATUSES = "the statuses are: ineligible, absent, member, active, unknown"


def footprint(result: Result, system: str, slot: BodySlot) -> Footprint:
    return next(f for s in result.systems if s.id == system for f in s.footprints if f.slot == slot)


def shown(result: Result, system: str, slot: BodySlot) -> tuple[Any, ...]:
    found = footprint(result, system, slot)
    ends = (found.bounds.low, found.bounds.high) if found.bounds else None
    return found.points, ends, found.coverage


def reading(result: Result, key: str, slot: BodySlot) -> BodyReading:
    return next(r for b in result.bodies if b.id == key for r in b.readings if r.slot == slot)


def steps(result: Result, key: str, slot: BodySlot) -> list[tuple[str, int]]:
    return [(s.kind, s.after) for s in reading(result, key, slot).steps]


def points(result: Result, but: str) -> dict[str, list[float | None]]:
    return {b.id: [v.points for v in b.slots] for b in result.bodies if b.id != but}


def told(bodies: str) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.code} {message(p, ENGLISH)}" for p in problems_of(bodies)]


# --- scores -------------------------------------------------------------------------------------


def test_rule_4_the_footprint_of_a_system_is_the_mean_of_its_bodies() -> None:
    """
    A: 100, 100 and 50 (closed, at most 1 of 2): 83.33
    B: 50 and 0, for it is ineligible in BOD-2: 25
    together: 75; BOD-2 is out; BOD-3 is unknown but at most 25, so it stands at 25: (75 + 25) / 2 = 50
    """
    result = scored(bodies=BODIES)
    assert shown(result, "NEAR", "A") == (pytest.approx(250 / 3), (pytest.approx(250 / 3),) * 2, 1)
    assert shown(result, "NEAR", "B") == (25, (25, 25), 1)
    assert shown(result, "NEAR", "together") == (pytest.approx(50), (37.5, 50), 0.5)
    assert footprint(result, "NEAR", "B").not_applicable_share == pytest.approx(1 / 3)


def test_rule_4_an_unknown_status_stays_in_the_count_and_opens_the_bounds() -> None:
    result = scored(bodies={"BOD-1": {"A": "member", "B": "unknown"}, "BOD-2": "unknown"})
    assert shown(result, "NEAR", "A") == (50, (pytest.approx(50 / 3), pytest.approx(200 / 3)), pytest.approx(1 / 3))
    assert shown(result, "NEAR", "B") == (None, (0, pytest.approx(250 / 3)), 0)


def test_rule_4_a_system_in_which_a_side_is_ineligible_everywhere_has_no_footprint_of_it() -> None:
    result = scored(bodies={"BOD-4": {"A": "ineligible", "B": "member"}})
    assert shown(result, "FAR", "A") == (None, None, None)
    assert shown(result, "FAR", "together") == (None, None, None)
    assert shown(result, "FAR", "B") == (50, (50, 50), 1)


def test_a_closed_body_counts_up_to_its_cap_with_a_step_that_says_so() -> None:
    result = scored(bodies={"BOD-3": {"A": "active", "B": "member", "together": 4}})
    assert steps(result, "BOD-3", "A") == [("answered", 2), ("closed", 1)]
    assert steps(result, "BOD-3", "together") == [("answered", 4), ("closed", 1)]
    assert [v.points for b in result.bodies if b.id == "BOD-3" for v in b.slots] == [50, 50, 25]


def test_rule_2_3_an_old_act_makes_a_member_of_an_active_side() -> None:
    result = scored(bodies={"BOD-2": {"A": {"status": "active", "evidence": ["a-old"]}}})
    found = reading(result, "BOD-2", "A")
    assert (found.answered, found.effective) == ("active", "member")
    assert [(s.kind, s.before, s.after, s.months, s.window, s.evidence) for s in found.steps] == [
        ("answered", None, 2, None, None, ()), ("aged", 2, 1, 58, 24, ("a-old",))
    ]


def test_rule_2_3_what_the_two_do_together_ages_too() -> None:
    answer = {"together": {"level": 4, "evidence": ["a-old"]}, "A": "member", "B": "member"}
    assert steps(scored(bodies={"BOD-2": answer}), "BOD-2", "together") == [("answered", 4), ("aged", 2)]


def test_rule_2_3_a_date_on_the_answer_counts_when_the_evidence_has_none() -> None:
    answer = {"A": {"status": "active", "date": "2026-05"}, "B": {"status": "active", "date": "2024-10-31"}}
    result = scored(bodies={"BOD-2": answer})
    assert (reading(result, "BOD-2", "A").effective, reading(result, "BOD-2", "B").effective) == ("active", "active")


@pytest.mark.parametrize(("day", "expected"), [("2024-11-01", "active"), ("2024-10-01", "member")])
def test_rule_2_3_an_act_is_lost_a_month_after_its_window(day: str, expected: str) -> None:
    result = scored(bodies={"BOD-2": {"A": {"status": "active", "date": day}}})
    assert reading(result, "BOD-2", "A").effective == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [([], "none"), (["c-new"], "weak"), (["b-one"], "single"), (["a-side-a"], "official_each_side"),
     (["a-old", "c-new"], "weak"), (["a-both", "c-new"], "official_each_side")],
)
def test_the_strength_shown_is_that_of_evidence_young_enough_to_carry_the_status(
    evidence: list[str], expected: str
) -> None:
    result = scored(bodies={"BOD-2": {"A": {"status": "active", "evidence": evidence, "date": "2026-10-01"}}})
    assert (reading(result, "BOD-2", "A").strength, reading(result, "BOD-2", "A").effective) == (expected, "active")


def test_evidence_against_a_status_neither_supports_nor_rejuvenates_it() -> None:
    denial = {**EVIDENCE["a-both"], "counter": True}
    answer = {"A": {"status": "active", "evidence": ["a-old", "denial"]}}
    result = scored(bodies={"BOD-2": answer}, evidence={"a-old": EVIDENCE["a-old"], "denial": denial})
    found = reading(result, "BOD-2", "A")
    assert (found.effective, found.steps[-1].evidence, found.evidence) == ("member", ("a-old",), ("a-old", "denial"))


def test_a_status_without_evidence_counts_as_asserted() -> None:
    result = scored(bodies={"BOD-2": {"A": "member", "B": {"status": "member", "evidence": ["a-both"]}}})
    assert [reading(result, "BOD-2", slot).asserted for slot in ("A", "B")] == [True, False]


def test_rule_7_raters_are_pooled_and_one_who_holds_a_side_ineligible_is_left_out() -> None:
    """BOD-4: active (100) and absent (0) give 50; the third rater calls A ineligible."""
    given = [{"BOD-4": {"A": status, "B": "member"}} for status in ("active", "absent", "ineligible")]
    result = score(TINY, [questionnaire(bodies=bodies) for bodies in given])
    assert shown(result, "FAR", "A") == (50, (50, 50), 1)


def test_contributions_of_bodies_sum_to_their_footprint() -> None:
    result = scored(bodies=BODIES)
    for number, slot in enumerate(("A", "B", "together")):
        parts = [b.slots[number].contribution for b in result.bodies if b.system == "NEAR"]
        assert sum(parts) == pytest.approx(footprint(result, "NEAR", slot).points)


def test_rule_1_7_bodies_never_touch_the_index_or_the_pressure() -> None:
    answers = {"ONE-01": 2, "TRE-01": 1}
    without, with_bodies = scored(answers=answers), scored(answers=answers, bodies=BODIES)
    for field in ("index", "stage", "gates", "components", "open_questions", "pressure", "challenges", "exposed"):
        assert getattr(without, field) == getattr(with_bodies, field), field


def test_a_rubric_without_bodies_has_no_footprint() -> None:
    bare = TINY.model_copy(update={"bodies": {}, "systems": {}, "aims": {}})
    result = score(bare, [questionnaire(answers={"ONE-01": 2})])
    assert (result.systems, result.bodies, result.aims) == ((), (), ())


SIDE = st.sampled_from(["unknown", "absent", "member", "active"])


@given(a=SIDE, b=SIDE, other=SIDE, together=st.sampled_from(["unknown", 0, 1, 2, 3, 4]))
def test_making_a_side_ineligible_changes_only_that_side_and_what_the_two_do_together(
    a: str, b: str, other: str, together: Any
) -> None:
    rest = {"BOD-2": {"A": other, "B": b}, "BOD-4": {"A": a, "B": b, "together": together}}
    before = scored(bodies={"BOD-1": {"A": a, "B": b}, **rest})
    after = scored(bodies={"BOD-1": {"A": "ineligible", "B": b}, **rest})
    assert footprint(before, "NEAR", "B") == footprint(after, "NEAR", "B")
    assert before.systems[1] == after.systems[1]
    assert (before.index, before.components, before.pressure) == (after.index, after.components, after.pressure)
    assert points(before, "BOD-1") == points(after, "BOD-1")


@given(b=SIDE, rest=SIDE, low=st.integers(0, 1))
def test_raising_a_status_never_lowers_a_footprint_or_a_bound(b: str, rest: str, low: int) -> None:
    scale = ["absent", "member", "active"]
    ends = [shown(scored(bodies={"BOD-1": {"A": s}, "BOD-3": {"A": rest, "B": b}}), "NEAR", "A")
            for s in (scale[low], scale[low + 1])]
    (before, (low_before, high_before), _), (after, (low_after, high_after), _) = ends
    assert before <= after + 1e-9 and low_before <= low_after and high_before <= high_after


def test_swapping_the_sides_mirrors_their_footprints_and_keeps_what_the_two_do_together() -> None:
    other = {"A": "B", "B": "A", "together": "together"}
    evidence = {"a-side-a": {**EVIDENCE["a-side-a"], "source": "B"}}
    swapped = {key: {other[slot]: answer for slot, answer in slots.items()} for key, slots in BODIES.items()}
    before, after = scored(bodies=BODIES), scored(bodies=swapped, evidence=evidence)
    for slot in ("A", "B", "together"):
        assert shown(before, "NEAR", slot) == shown(after, "NEAR", other[slot])
    assert reading(before, "BOD-2", "A").strength == reading(after, "BOD-2", "B").strength


def test_the_order_of_bodies_slots_and_files_changes_no_byte() -> None:
    turned = {key: dict(reversed(slots.items())) for key, slots in reversed(BODIES.items())}
    other = questionnaire(bodies={"BOD-1": {"A": "absent"}})
    first = score(TINY, [questionnaire(bodies=BODIES), other]).to_json()
    assert first == score(TINY, [other, questionnaire(bodies=turned)]).to_json()


def test_the_short_and_the_long_form_are_the_same_answer() -> None:
    long = {"A": {"status": "active"}, "B": {"status": "member"}, "together": {"level": 3}}
    assert questionnaire(bodies={"BOD-1": long}) == questionnaire(bodies={"BOD-1": BODIES["BOD-1"]})


def test_the_fingerprint_covers_bodies() -> None:
    assert fingerprint(questionnaire(bodies=BODIES)) != fingerprint(questionnaire())


def test_all_axes_survive_the_way_to_json_and_back() -> None:
    result = scored(answers={"ONE-01": 1}, challenges={"XX-1": 3, "YY-1": 2}, bodies=BODIES)
    assert Result.from_json(result.to_json()) == result


# --- problems -----------------------------------------------------------------------------------


def test_every_mistake_about_bodies_is_told_at_its_place() -> None:
    assert told("""\
  BOD-9: {A: active}
  BOD-1: {A: memebr, B: [x], together: 5, C: active}
  BOD-2:
    A: {status: active, level: 2}
    B: {unknown: not public, between: [0, 1]}
    together: {date: 2026}
  BOD-3: member
  BOD-4: {A: ineligible, B: 3, together: {level: yes}}
""") == [
        "6:3 Q222 the body BOD-9 is not in the rubric (did you mean BOD-4, BOD-3?)",
        f"7:14 Q227 there is no status «memebr»; {STATUSES} (did you mean member?)",
        f"7:25 Q227 there is no status a list; {STATUSES}",
        "7:40 Q206 the level 5 does not exist; levels go from 0 to 4",
        "7:43 Q202 the key C is not known here",
        "9:25 Q202 the key level is not known here",
        "10:30 Q202 the key between is not known here",
        "11:15 Q225 exactly one of level, unknown belongs here, but it says: none of them",
        "12:10 Q203 «member» does not fit here: write it as {A: …, B: …, together: …}",
        f"13:29 Q227 there is no status «3»; {STATUSES}",
        "13:50 Q203 «yes» does not fit here: write a level from 0 to 4, or unknown",
        "13:50 Y120 yes without quotes is read as true by other YAML programs",
    ]


def test_a_level_together_with_an_ineligible_side_is_refused() -> None:
    assert told("  BOD-1: {A: ineligible, B: member, together: 2}\n") == [
        "6:47 Q226 BOD-1 has a level under «together», but side A is ineligible"
    ]


def test_unknown_together_with_an_ineligible_side_says_nothing_and_is_accepted() -> None:
    assert told("  BOD-1: {A: ineligible, B: member, together: unknown}\n") == []


def test_levels_that_contradict_the_statuses_are_pointed_out() -> None:
    assert told("""\
  BOD-1: {A: member, B: absent, together: 1}
  BOD-4: {A: member, B: active, together: 0}
  BOD-2: {A: member, B: absent, together: 0}
  BOD-3: {A: member, B: unknown, together: 0}
""") == [
        "6:43 Q228 BOD-1 has level 1 under «together», but side B is absent",
        "7:43 Q229 BOD-4 has level 0 under «together», but both sides take part",
    ]


def test_an_act_without_a_date_is_pointed_out_where_acts_fade() -> None:
    assert told("  BOD-2: {A: active, B: member, together: {level: 2, date: 2026-01}}\n") == [
        "6:14 Q216 BOD-2 loses value with time, but nothing that it cites has a date"
    ]


def test_blanks_dates_to_come_and_carried_over_answers_are_told() -> None:
    assert told("""\
  BOD-1: {A: {status: member, date: 2027}, B: , together: {level: 1, review: true}}
  BOD-4:
""") == [
        "6:37 Q209 2027 lies after the assessment date 2026-11-01",
        "6:47 Q224 BOD-1 is left blank",
        "6:59 Q219 BOD-1 was carried over from an earlier questionnaire and is not reviewed yet",
        "7:9 Q224 BOD-4 is left blank",
    ]


def test_evidence_that_only_a_body_cites_counts_as_cited() -> None:
    one = {"a-side-a": EVIDENCE["a-side-a"]}
    result = scored(bodies={"BOD-2": BODIES["BOD-2"]}, evidence=one)
    assert reading(result, "BOD-2", "A").evidence == ("a-side-a",)


def test_an_unknown_status_may_carry_a_note() -> None:
    found = reading(scored(bodies={"BOD-1": {"A": {"status": "unknown", "note": "asked"}}}), "BOD-1", "A")
    assert (found.state, found.note) == ("unknown", "asked")


WORDS = st.sampled_from(["A", "B", "together", "status", "level", "unknown", "evidence", "date", "active", "BOD-1"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-1, 5), WORDS, st.text(max_size=3))
ANYTHING = st.recursive(
    SCALARS, lambda part: st.one_of(st.lists(part, max_size=3), st.dictionaries(WORDS, part, max_size=4)), max_leaves=8
)


@given(section=st.one_of(ANYTHING, st.dictionaries(st.sampled_from(["BOD-1", "BOD-2"]), ANYTHING)))
def test_whatever_stands_under_bodies_is_read_or_refused_with_coded_problems(section: Any) -> None:
    try:
        result = scored(bodies=section)
    except InputError as error:
        assert any(p.severity == "error" for p in error.problems)
    else:
        assert len(result.bodies) == 4


def test_a_reason_may_stand_for_a_whole_body() -> None:
    found = scored(bodies={"BOD-1": {"unknown": "not public"}})
    assert [reading(found, "BOD-1", slot).reason for slot in ("A", "B", "together")] == ["not public"] * 3


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("system: FAR", "system: FARR", "R305 BOD-4 names FARR, which is not in the rubric (did you mean FAR?)"),
        ("successor: BOD-1", "successor: BAD-1", "R305 BOD-3 names BAD-1, which is not in the rubric"
                                                 " (did you mean BOD-1, BOD-4?)"),
        ("{status: unknown,", "{status: abcent,", "R305 BOD-1 names abcent, which is not in the rubric"
                                                  " (did you mean absent?)"),
        ("short: BOD-4", "instrument: X\n    short: X", "R305 BOD-4 names X, which is not in the rubric"),
        ("    cap: 1\n", "", "R303 a mapping does not fit here: cap and cap_reason go together"),
        ("points: 1,", "points: 3,", "R308 statuses must rise: 0, 3, 2"),
        ("  2: {title: Talking", "  7: {title: Talking", "R308 pair_statuses must rise: 0, 1, 7, 3, 4"),
        ("systems:", "sistems:", "R302 the key sistems is not known here (did you mean systems?)"),
    ],
)
def test_a_rubric_whose_bodies_are_broken_is_refused(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert changed_rubric(tmp_path, "bodies.yaml", old, new) == expected
