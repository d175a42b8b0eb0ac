"""Plan, chances, groups and movers of a portfolio: known answers by hand, and properties."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.compare.over_time import change
from assess.portfolio.ahead import chance, matrix, standings
from assess.portfolio.budget import bounds, common_plan
from assess.portfolio.clusters import FEWEST, clusters
from assess.portfolio.gather import gather
from assess.portfolio.movers import movers, split
from assess.portfolio.overview import overview
from assess.portfolio.report import plan_over
from assess.portfolio.run import Measured, Measurer
from assess.portfolio.store import Store
from assess.roadmap.model import Action
from assess.roadmap.solve import most_gain
from assess.rubric.model import Rubric
from assess.scoring.score import score
from benchmarks.world import World, write

# --- one budget for all -------------------------------------------------------------------------

TALK = [Action("talk", 2, 1), Action("sign", 9, 3, needs=("talk",))]
TEST = [Action("test", 4, 2), Action("report", 1, 1)]


def planned(actions: dict[str, list[Action]], budget: int) -> dict[str, tuple[str, ...]]:
    above = np.array([bounds(some, budget) for some in actions.values()])
    plan = common_plan(list(actions), above, actions.__getitem__, budget)
    return {share.relationship: share.selection.ids for share in plan.shares}


@pytest.mark.parametrize(("budget", "wanted"), [
    (0, {}),
    (1, {"A-B": ("talk",)}),
    (3, {"A-B": ("talk",), "C-D": ("test",)}),
    (4, {"A-B": ("talk", "sign")}),
    (6, {"A-B": ("talk", "sign"), "C-D": ("test",)}),
    (99, {"A-B": ("talk", "sign"), "C-D": ("test", "report")}),
])
def test_the_budget_goes_where_it_brings_most(budget: int, wanted: dict[str, tuple[str, ...]]) -> None:
    assert planned({"A-B": TALK, "C-D": TEST}, budget) == wanted


def test_of_equal_plans_the_one_with_less_effort_is_taken_and_then_the_name_that_comes_first() -> None:
    cheap, dear = [Action("x", 3, 1)], [Action("x", 3, 2)]
    assert planned({"A-B": dear, "C-D": cheap}, 2) == {"C-D": ("x",)}
    assert planned({"A-B": cheap, "C-D": cheap}, 1) == {"A-B": ("x",)}


@st.composite
def relationships(draw: st.DrawFn) -> dict[str, list[Action]]:
    found = {}
    for name in range(draw(st.integers(1, 4))):
        count = draw(st.integers(0, 4))
        found[f"R{name}"] = [
            Action(f"a{n}", draw(st.integers(0, 9)), draw(st.integers(0, 4)),
                   needs=(f"a{draw(st.integers(0, n - 1))}",) if n and draw(st.booleans()) else ())
            for n in range(count)
        ]
    return found


@settings(max_examples=25, deadline=None)
@given(relationships(), st.integers(1, 7))
def test_no_other_division_of_the_budget_brings_more(actions: dict[str, list[Action]], budget: int) -> None:
    above = np.array([bounds(some, budget) for some in actions.values()])
    plan = common_plan(list(actions), above, actions.__getitem__, budget)
    gain = {(name, b): most_gain(some, b).gain for name, some in actions.items() for b in range(budget + 1)}
    every = [d for d in product(range(budget + 1), repeat=len(actions)) if sum(d) <= budget]
    assert plan.gain == pytest.approx(max(sum(gain[k] for k in zip(actions, d, strict=True)) for d in every))
    assert plan.effort <= budget


@settings(max_examples=40, deadline=None)
@given(relationships(), st.integers(1, 8))
def test_a_bound_is_never_below_the_gain(actions: dict[str, list[Action]], budget: int) -> None:
    for some in actions.values():
        for months, bound in enumerate(bounds(some, budget)):
            assert bound >= most_gain(some, months).gain - 1e-9


# --- chances ------------------------------------------------------------------------------------


def test_a_chance_counts_pairs_of_draws_and_ties_half() -> None:
    assert chance(np.array([1.0, 2.0]), np.array([0.0, 2.0])) == 0.625
    assert chance(np.array([5.0]), np.array([5.0])) == 0.5
    assert chance(np.array([9.0]), np.array([5.0])) == 1.0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.floats(0, 100), min_size=5, max_size=5), min_size=2, max_size=5))
def test_chances_of_two_add_up_to_one(rows: list[list[float]]) -> None:
    chances = matrix(np.array(rows))
    assert chances + chances.T == pytest.approx(np.ones_like(chances))


def test_clear_is_a_chance_of_nine_in_ten_and_everybody_is_level_with_themselves() -> None:
    low, middle, high = np.linspace(0, 10, 100), np.linspace(5, 95, 100), np.linspace(90, 100, 100)
    found = standings(np.array([low, middle, high]))
    assert found.ahead.tolist() == [0, 1, 2]
    assert found.behind.tolist() == [2, 1, 0]
    assert found.level.tolist() == [0, 0, 0]
    same = standings(np.array([middle, middle, middle]))
    assert same.level.tolist() == [2, 2, 2]


# --- groups -------------------------------------------------------------------------------------


def test_two_clear_groups_are_found_the_higher_first_and_what_is_not_known_stays_out() -> None:
    low, high = np.tile([10.0, 20.0], (6, 1)), np.tile([80.0, 70.0], (5, 1))
    wobble = np.arange(11)[:, np.newaxis] / 10
    points = np.vstack([np.vstack([low, high]) + wobble, [[np.nan, 50.0]]])
    found = clusters(points)
    assert found is not None
    assert found.members(0).tolist() == [6, 7, 8, 9, 10]
    assert found.members(1).tolist() == [0, 1, 2, 3, 4, 5]
    assert found.silhouette > 0.9


def test_too_few_or_all_alike_are_no_groups() -> None:
    assert clusters(np.random.default_rng(1).uniform(0, 100, (FEWEST - 1, 3))) is None
    assert clusters(np.full((20, 3), 50.0)) is None


def test_the_tree_of_very_many_is_built_from_a_sample_and_the_others_join_the_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dice = np.random.default_rng(2)
    points = np.vstack([dice.normal(20, 4, (60, 3)), dice.normal(80, 4, (40, 3))])
    whole = clusters(points)
    monkeypatch.setattr("assess.portfolio.clusters.MOST", 30)
    sampled = clusters(points)
    assert whole is not None and sampled is not None
    assert sampled.sampled == 30
    assert sampled.group.tolist() == whole.group.tolist() == [1] * 60 + [0] * 40


# --- a portfolio of the world ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(rubric: Rubric, tmp_path_factory: pytest.TempPathFactory) -> tuple[Measured, Store]:
    folder = tmp_path_factory.mktemp("world")
    list(write(World(rubric), folder / "in", 12, last_year=0.5))
    store = Store(folder / "store.sqlite")
    return Measurer(rubric, store, 5_000_000).run(gather([folder / "in"]).sources), store


def test_movers_are_those_of_compare_and_the_parts_add_up(world: tuple[Measured, Store], rubric: Rubric) -> None:
    measured, store = world
    found = movers(measured, store)
    assert 3 <= len(found) <= 9
    assert [abs(m.change) for m in found] == sorted((abs(m.change) for m in found), reverse=True)
    for mover in found:
        assert mover.from_answers + mover.from_coverage == pytest.approx(mover.change, abs=1e-3)
        a, b = mover.newest.relationship.split("-")
        earlier, newest = (score(rubric, [World(rubric).questionnaire(a, b, year)]) for year in (2025, 2026))
        exact = change(earlier, newest)
        assert mover.from_answers == pytest.approx(exact.from_points, abs=1e-3)
        widest = {move.indicator: move.from_points + move.from_coverage for move in exact.moves}
        assert all(points == pytest.approx(widest[key], abs=1e-3) for key, points in mover.moves)


def test_what_was_not_known_before_moves_by_coverage() -> None:
    old = [["TRU", "X", "P", True, "unknown", None, 0, 100, None, None, None, 0.0, 0.0]]
    new = [["TRU", "X", "P", True, "answered", 50, 50, 50, None, None, 50, 1.0, 50.0]]
    assert split(old, new) == [("X", 0.0, 50.0)]


def test_only_relationships_that_are_known_well_enough_are_planned_for(
    world: tuple[Measured, Store], rubric: Rubric
) -> None:
    measured, store = world
    seen = overview(measured, store, rubric)
    plan = plan_over(seen, store, 12)
    assert plan is not None and plan.effort <= 12
    published = {m.relationship for m, enough in zip(seen.members, seen.published, strict=True) if enough}
    assert {share.relationship for share in plan.shares} <= published
    assert plan_over(seen, store, 0) is None


def test_the_overview_has_the_newest_date_of_each_relationship(world: tuple[Measured, Store], rubric: Rubric) -> None:
    measured, store = world
    seen = overview(measured, store, rubric)
    assert len(seen) == 12
    assert {member.as_of for member in seen.members} == {"2026-11-01"}
    assert seen.quantiles.shape == (12, 100)
    assert (np.diff(seen.quantiles, axis=1) >= 0).all()
    assert seen.indicators.shape == (12, 59)


def test_the_store_begins_anew_where_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"no database" * 1000)
    store = Store(tmp_path / "s")
    assert store.damaged
    store.put("records", {"k": {"a": 1}})
    assert store.get("records", "k") == {"a": 1}
