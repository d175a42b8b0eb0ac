"""What a roadmap over the whole instrument costs: every indicator known, most of the ladder still to climb.

Run ``python -m benchmarks.roadmap``. Times are processor time, the median of seven.
"""

import random
import time
from collections.abc import Callable

from assess.roadmap import Action, Demand, least_effort, most_gain, phased, sweep
from assess.rubric.load import load_rubric

GOAL = 0.5  # seconds


def main() -> None:
    """Print one line a task."""
    actions = everything()
    most_gain(actions, 1)  # loads the solver
    print(f"{len(load_rubric().indicators)} indicators, {len(actions)} steps")
    score = Demand("score", 20, {a.id: a.gain for a in actions})
    _line("most gain for 48 person-months", lambda: most_gain(actions, 48), GOAL)
    _line("least effort to 20 points more", lambda: least_effort(actions, [score]))
    _line("three years of 20 person-months", lambda: phased(actions, years=3, capacity=20))
    _line("cost curve of eight budgets", lambda: sweep(actions, range(20, 180, 20)))


def everything() -> list[Action]:
    """All steps above levels that were drawn once (seed 3), with the rubric's weights, efforts and needs."""
    rubric, rng = load_rubric(), random.Random(3)
    start = {key: rng.choice([0, 0, 1, 1, 2, 3]) for key in rubric.indicators}
    actions = []
    for component in rubric.components:
        weight = sum(i.weight for i in component.indicators) * len(rubric.components)
        for i in component.indicators:
            for level in range(start[i.id] + 1, rubric.top_level + 1):
                below = {i.id: level - 1, **i.steps[level].needs}
                needs = tuple(f"{key}@{n}" for key, n in below.items() if start[key] < n)
                gain = (rubric.points(level) - rubric.points(level - 1)) * i.weight / weight
                actions.append(Action(f"{i.id}@{level}", gain, i.steps[level].effort, needs))
    return actions


def _line(name: str, task: Callable[[], object], goal: float | None = None) -> None:
    runs = []
    for _ in range(7):
        start = time.process_time()
        task()
        runs.append(time.process_time() - start)
    median = sorted(runs)[3]
    verdict = "" if goal is None else f", goal {goal} s, {'met' if median <= goal else 'MISSED'}"
    print(f"{name}: {median:.2f} s (min {min(runs):.2f}, max {max(runs):.2f}{verdict})")


if __name__ == "__main__":
    main()
