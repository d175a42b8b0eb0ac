"""What it costs to say how sure a result is, and how that grows with raters and indicators.

Run ``python -m benchmarks.uncertainty``. Times are the best of five, without imports.
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.uncertainty.items import read
from assess.uncertainty.rating import Ratings, sample
from assess.uncertainty.robustness import POINTS, Alone, shake, sobol_factors
from assess.uncertainty.run import quantify
from assess.yamlio import Document


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
        data = {
            "rubric": "cyberdialog 1.0",
            "relationship": {"parties": {"A": {"code": "AA", "name": "A"}, "B": {"code": "BB", "name": "B"}}},
            "as_of": "2026-11-01",
            "answered_by": {"side": "AB"[number % 2] if sides == "AB" else "third", "role": f"rater {number}"},
            "evidence": {"e": {"title": "e", "date": "2026-09-01", "grade": "B", "source": "both"}},
            "answers": answers,
        }
        found.append(check_document(Document("simulated", data), rubric)[0])
    return found


def best(run: Callable[[], object], times: int = 5) -> float:
    """Return the least milliseconds of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(1000 * (time.perf_counter() - start))
    return min(found)


def peak(run: Callable[[], object]) -> float:
    """Return the most memory that Python and numpy held during a run, in MiB."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def line(title: str, run: Callable[[], object], base: float | None = None) -> float:
    """Print one line and return its milliseconds."""
    milliseconds = best(run)
    ratio = "" if base is None else f"  x {milliseconds / base:4.2f}"
    sys.stdout.write(f"{title:44}{milliseconds:8.1f} ms{ratio:9}{peak(run):8.1f} MiB\n")
    return milliseconds


def whole(rubric: Rubric, raters: int, sides: str = "third") -> Callable[[], object]:
    """Return a run of everything."""
    given = questionnaires(rubric, raters, sides)
    result = score(rubric, given)
    return lambda: quantify(rubric, given, result)


def parts(rubric: Rubric) -> None:
    """Print what the two samplings cost by themselves, three raters."""
    items = read(rubric, score(rubric, questionnaires(rubric, 3)))
    assert items is not None
    given = Ratings(items.low[None], items.high[None], items.shift[None], items.allowed, items.prior)
    line("rating model, one view of three raters", lambda: sample(given, np.random.default_rng(1)))
    drawn = sample(given, np.random.default_rng(1))
    settings = sobol_factors(items, np.random.default_rng(1))
    line(f"{POINTS} Sobol points", lambda: sobol_factors(items, np.random.default_rng(1)))
    line(f"robustness of {POINTS} points", lambda: shake(items, drawn, settings, 1.0, Alone(), 1))


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


if __name__ == "__main__":
    main()
