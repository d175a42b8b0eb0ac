"""What it costs to say how sure a result is, and how that grows with raters and indicators.

Run ``python -m benchmarks.uncertainty``. Times are processor time, the best of five, without imports,
so that what else the machine does hardly matters. Goals stand beside the lines that have one.
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from assess.assessment import assess
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.roadmap.outlook import outlook
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.sensitivity import analyse, shares_of
from assess.uncertainty.factors import figures_of, varying
from assess.uncertainty.items import read
from assess.uncertainty.rating import Ratings, sample
from assess.uncertainty.robustness import POINTS, Alone, shake, sobol_factors
from assess.uncertainty.run import quantify, study
from assess.yamlio import Document

MEMORY = 300  # MiB


def enlarged(rubric: Rubric, copies: int) -> Rubric:
    """Return the rubric with every component ``copies`` times over."""
    data = rubric.model_dump(by_alias=True)
    more = []
    for number in range(1, copies):
        for component in data["components"]:
            indicators = tuple(dict(i, id=f"{i['id']}-{number}") for i in component["indicators"])
            more.append(dict(component, id=f"{component['id']}-{number}", indicators=indicators))
    return Rubric.model_validate(data | {"components": (*data["components"], *more)})


def questionnaires(rubric: Rubric, raters: int, sides: str = "third") -> list[Questionnaire]:
    """Return simulated raters who read the same truth with accuracy .8 and leave one in seven unknown."""
    dice = random.Random(1)
    truth = {(key, slot): dice.randint(0, 4) for key, i in rubric.indicators.items() for slot in i.slots}

    def answer(key: str, slot: str) -> Any:
        if dice.random() < 1 / 7:
            return "unknown"
        level = truth[key, slot] if dice.random() < 0.8 else dice.randint(0, 4)
        return {"level": level, "evidence": ["e"]}

    found = []
    for number in range(raters):
        answers = {
            key: {slot: answer(key, slot) for slot in i.slots} if i.type != "P" else answer(key, "pair")
            for key, i in rubric.indicators.items()
        }
        side = "AB"[number % 2] if sides == "AB" else "third"
        found.append(_questionnaire(rubric, answers, side, f"rater {number}"))
    return found


def _questionnaire(rubric: Rubric, answers: dict[str, Any], side: str, role: str) -> Questionnaire:
    data = {
        "rubric": "cyberdialog 1.0",
        "relationship": {"parties": {"A": {"code": "AA", "name": "A"}, "B": {"code": "BB", "name": "B"}}},
        "as_of": "2026-11-01",
        "answered_by": {"side": side, "role": role},
        "evidence": {"e": {"title": "e", "date": "2026-09-01", "grade": "B", "source": "both"}},
        "answers": answers,
    }
    return check_document(Document("simulated", data), rubric)[0]


def best(run: Callable[[], object], times: int = 5) -> float:
    """Return the least milliseconds of some runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append(1000 * (time.process_time() - start))
    return min(found)


def peak(run: Callable[[], object]) -> float:
    """Return the most memory that Python and numpy held during a run, in MiB."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def line(title: str, run: Callable[[], object], base: float | None = None, goal: float | None = None) -> float:
    """Print one line and return its milliseconds; a goal is in milliseconds, and 300 MiB for memory."""
    milliseconds, memory = best(run), peak(run)
    ratio = "" if base is None else f"  x {milliseconds / base:4.2f}"
    said = "" if goal is None else f"  goal {goal:.0f} ms, {'met' if milliseconds <= goal else 'MISSED'}"
    said += "" if memory <= MEMORY else f"  goal {MEMORY} MiB, MISSED"
    sys.stdout.write(f"{title:44}{milliseconds:8.1f} ms{ratio:9}{memory:8.1f} MiB{said}\n")
    return milliseconds


def everything(rubric: Rubric, raters: int) -> Callable[[], object]:
    """Return a run of all that `assess score` computes: ranges, what drives the result, roadmap."""
    given = questionnaires(rubric, raters)
    return lambda: assess(rubric, given)


def whole(rubric: Rubric, raters: int, sides: str = "third") -> Callable[[], object]:
    """Return a run of the ranges and all that goes with them."""
    given = questionnaires(rubric, raters, sides)
    result = score(rubric, given)
    return lambda: quantify(rubric, given, result)


def parts(rubric: Rubric) -> None:
    """Print what the two samplings cost by themselves, three raters."""
    items = read(rubric, score(rubric, questionnaires(rubric, 3)))
    assert items is not None
    given = Ratings(items.low[None], items.high[None], items.shift[None], items.allowed)
    line("rating model, one view of three raters", lambda: sample(given, np.random.default_rng(1)), goal=300)
    drawn = sample(given, np.random.default_rng(1))
    settings = sobol_factors(items, np.random.default_rng(1))
    line(f"{POINTS} Sobol points", lambda: sobol_factors(items, np.random.default_rng(1)))
    line(f"robustness of {POINTS} points", lambda: shake(items, drawn, settings, 1.0, Alone(), 1), goal=250)
    drives(rubric)


def drives(rubric: Rubric) -> None:
    """Print what each part costs that says what the result hangs on, one rater."""
    result = score(rubric, questionnaires(rubric, 1))
    found = study(rubric, result)
    assert found is not None
    line("draws of one rater", lambda: study(rubric, result))
    figures, groups = figures_of(found, 2), varying(found)
    line("shares of index and stage", lambda: shares_of(figures, groups, names=("index", "stage"), seed=1))
    line("parts left out, choices, tipping points", lambda: analyse(rubric, result))
    line("roadmap of the report", lambda: outlook(rubric, result))


def seed_spread(rubric: Rubric, levels: Sequence[int]) -> str:
    """How far the ends of the index's likely range lie apart over twelve seeds, for one rater with these levels."""
    dice, ends = random.Random(2), []
    drawn = {key: {slot: {"level": dice.choice(levels), "evidence": ["e"]} for slot in i.slots}
             for key, i in rubric.indicators.items()}
    answers = {key: slots if rubric.indicators[key].type != "P" else slots["pair"] for key, slots in drawn.items()}
    one = _questionnaire(rubric, answers, "third", "rater")
    result = score(rubric, [one])
    for seed in range(12):
        index = quantify(rubric, [one], result, seed=seed).index
        assert index is not None
        ends.append((index.likely.low, index.likely.high))
    low, high = (max(column) - min(column) for column in zip(*ends, strict=True))
    return f"{low:.1f} and {high:.1f} points"


def main() -> None:
    """Print the table."""
    rubric = load_rubric()
    whole(rubric, 1)()  # imports
    base = line(f"{len(rubric.indicators)} indicators, 1 rater", whole(rubric, 1))
    for raters in (2, 3, 5, 8):
        line(f"{len(rubric.indicators)} indicators, {raters} raters", whole(rubric, raters), base)
    line(f"{len(rubric.indicators)} indicators, two parties of 1", whole(rubric, 2, "AB"), base)
    line(f"{len(rubric.indicators)} indicators, two parties of 3", whole(rubric, 6, "AB"), base)
    base = line(f"{len(rubric.indicators)} indicators, 3 raters", whole(rubric, 3))
    for copies in (2, 4):
        larger = enlarged(rubric, copies)
        line(f"{len(larger.indicators)} indicators, 3 raters", whole(larger, 3), base)
    parts(rubric)
    for raters in (1, 3):
        line(f"everything, {raters} {'rater' if raters == 1 else 'raters'}", everything(rubric, raters))
    print("ends of the likely range over 12 seeds, one rater, lower and upper end differ by at most")
    print(f"  levels 0 to 4: {seed_spread(rubric, range(5))}; every level 2: {seed_spread(rubric, [2])}")


if __name__ == "__main__":
    main()
