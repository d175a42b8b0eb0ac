"""How often does the likely range hold the truth? Simulated raters, known truth.

    python -m benchmarks.coverage > docs/coverage.txt    half an hour on two cores
    python -m benchmarks.coverage --quick                a tenth of the repetitions

In each repetition true levels are drawn, raters read them with errors, some items stay unknown,
and the 90 % likely range (without leniency, which has its own rows) is compared with the true
index. Beside it stand two methods that are often used: a Wald interval and a percentile bootstrap,
both over the raters' own indices. Chains are as long as the engine's: shorter ones make the range
narrower by some hundredths of itself, which costs a hundredth of coverage.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np

from assess._arrays import BoolArray, FloatArray, IntArray
from assess.questionnaire.load import check_document
from assess.rubric.load import load_rubric
from assess.scoring.score import score
from assess.uncertainty.draws import component_points, index_points, indicator_points
from assess.uncertainty.items import Tree, read
from assess.uncertainty.ranges import COVERAGE
from assess.uncertainty.rating import Ratings, reading_probabilities, sample
from assess.yamlio import Document

LEVELS, BATCH, TARGET, SEED = 5, 50, 0.88, 20261124
CLOSE, LONGER = 0.885, 4  # a line whose coverage is below is run on to so many times its repetitions
POINTS = np.linspace(0.0, 100.0, LEVELS)
ACCURACIES = (0.45, 0.55, 0.65, 0.75, 0.85, 0.95)


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a table."""

    shape: str
    raters: int
    accuracy: float | None
    unknown: float
    repetitions: int
    errors: str = "model"
    population: str = "flat"
    leniency: float = 0.0
    tau: float = 0.0
    run_on: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What came of it: coverage, bias and width; NaN where a method has no answer."""

    coverage: tuple[float, float, float]
    width: tuple[float, float, float]
    bias: float
    repetitions: int


@cache
def tree_of(shape: str) -> Tree:
    """Return how items add up."""
    if shape == "24":
        one = np.arange(24)
        names = tuple(map(str, one))
        return Tree(names, one, one, ("lower",) * 24, np.ones(24), np.array([0]), ("all",), np.ones(1))
    rubric = load_rubric()
    blank = {
        "rubric": "cyberdialog 1.0",
        "relationship": {"parties": {"A": {"code": "AA", "name": "A"}, "B": {"code": "BB", "name": "B"}}},
        "as_of": "2026-11-01",
        "answered_by": {"side": "third", "role": "simulated"},
    }
    items = read(rubric, score(rubric, [check_document(Document("blank", blank), rubric)[0]]))
    assert items is not None
    return items.tree


def index_of(levels: IntArray, tree: Tree) -> FloatArray:
    """Index of level arrays (items, cases)."""
    return index_points(component_points(indicator_points(POINTS[levels], tree), tree), tree)


def simulate(cell: Cell) -> Row:
    """Run one cell."""
    tree = tree_of(cell.shape)
    rng = np.random.default_rng([SEED, *(ord(c) for c in repr(cell))])
    batches = [_batch(cell, tree, rng) for _ in range(cell.repetitions // BATCH)]
    if cell.run_on and _row(batches).coverage[0] < CLOSE:
        batches += [_batch(cell, tree, rng) for _ in range((LONGER - 1) * cell.repetitions // BATCH)]
    return _row(batches)


def _row(batches: Sequence[tuple[FloatArray, FloatArray, FloatArray]]) -> Row:
    held, width, bias = (np.concatenate(part, axis=-1) for part in zip(*batches, strict=True))
    return Row(tuple(held.mean(axis=1)), tuple(width.mean(axis=1)), float(bias.mean()), len(bias))


def _batch(
    cell: Cell, tree: Tree, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Whether each method held the truth (3, cases), how wide it was (3, cases), and the model's bias (cases)."""
    truth = _truth(cell, tree, rng)
    items = truth.shape[1]
    read_levels = _readings(cell, _shifted(truth, cell, rng), rng)
    known = rng.random(truth.shape) >= cell.unknown
    low = np.where(known[:, np.newaxis], read_levels, -1)
    given = Ratings(low, low, np.zeros_like(low), np.ones((items, LEVELS), bool))
    index = np.stack([index_of(case.reshape(items, -1), tree) for case in sample(given, rng).levels])
    index = np.clip(index + cell.tau * rng.standard_normal(index.shape), 0, 100)
    tail = (1 - COVERAGE) / 2
    model_low, middle, model_high = np.quantile(index, [tail, 0.5, 1 - tail], axis=1)
    own = _rater_indices(read_levels, known, tree)
    ends = [(model_low, model_high), _wald(own), _bootstrap(own, rng)]
    exact = index_of(truth.T, tree)
    held = [np.where(np.isnan(a), np.nan, (a - 1e-9 <= exact) & (exact <= b + 1e-9)) for a, b in ends]
    return np.array(held), np.array([b - a for a, b in ends]), middle - exact


def _truth(cell: Cell, tree: Tree, rng: np.random.Generator) -> IntArray:
    """True levels, shape (cases, items)."""
    component = np.zeros(tree.second.max() + 1, np.int64)
    component[tree.first] = component[tree.second] = tree.component_of
    if cell.population == "middle":
        shares = np.tile([0.10, 0.25, 0.30, 0.25, 0.10], (BATCH, 1, 1))
    else:
        each = len(tree.components) if cell.population == "by component" else 1
        shares = rng.dirichlet(np.full(LEVELS, 0.3 if cell.population == "steep" else 1.0), (BATCH, each))
    marks = rng.random((BATCH, len(component), 1))
    heights = shares.cumsum(axis=2)[:, component % shares.shape[1], :-1]
    return np.asarray((marks > heights).sum(axis=2))


def _shifted(truth: IntArray, cell: Cell, rng: np.random.Generator) -> IntArray:
    """What all raters take for the truth under a common leniency of so many points."""
    lean = cell.leniency * rng.standard_normal((BATCH, 1))
    moved = rng.random(truth.shape) < np.abs(lean) / (100 / (LEVELS - 1))
    return np.clip(truth + np.sign(lean).astype(int) * moved, 0, LEVELS - 1)


def _readings(cell: Cell, truth: IntArray, rng: np.random.Generator) -> IntArray:
    shape = (BATCH, cell.raters)
    accuracy = np.full(shape, cell.accuracy) if cell.accuracy else rng.uniform(0.45, 0.95, shape)
    error = {"model": reading_probabilities, "even": _even}[cell.errors]
    tables = np.array([error(p, LEVELS) for p in accuracy.ravel()]).reshape(*shape, LEVELS, LEVELS)
    rows = tables[np.arange(BATCH)[:, None, None], np.arange(cell.raters)[:, None], truth[:, np.newaxis]]
    return np.asarray((rng.random((*rows.shape[:3], 1)) > rows.cumsum(axis=-1)[..., :-1]).sum(axis=-1))


def _even(accuracy: float, levels: int) -> FloatArray:
    """Errors that go to every other level alike."""
    return np.where(np.eye(levels) > 0, accuracy, (1 - accuracy) / (levels - 1))


def _rater_indices(levels: IntArray, known: BoolArray, tree: Tree) -> FloatArray:
    """Every rater's own index over what is known, shape (cases, raters)."""
    found = np.empty(levels.shape[:2])
    for case, rater in np.ndindex(*found.shape):
        points = indicator_points(POINTS[levels[case, rater]][:, np.newaxis], tree)[:, 0]
        there = known[case][tree.first] & known[case][tree.second]
        found[case, rater] = np.average(points[there], weights=tree.index_shares[there]) if there.any() else 50.0
    return found


def _wald(own: FloatArray) -> tuple[FloatArray, FloatArray]:
    if own.shape[1] < 2:
        return np.full(len(own), np.nan), np.full(len(own), np.nan)
    half = 1.6449 * own.std(axis=1, ddof=1) / np.sqrt(own.shape[1])
    return own.mean(axis=1) - half, own.mean(axis=1) + half


def _bootstrap(own: FloatArray, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    if own.shape[1] < 2:
        return np.full(len(own), np.nan), np.full(len(own), np.nan)
    picks = rng.integers(own.shape[1], size=(500, own.shape[1]))
    low, high = np.quantile(own[:, picks].mean(axis=2), [0.05, 0.95], axis=1)
    return low, high


# --- tables -------------------------------------------------------------------------------------


def main_cells(repetitions: int) -> list[Cell]:
    """The plain table: 24 indicators."""
    return [
        Cell("24", raters, accuracy, unknown, repetitions, run_on=True)
        for raters in range(1, 6) for accuracy in ACCURACIES for unknown in (0.0, 0.2, 0.4)
    ]


def rubric_cells(repetitions: int) -> list[Cell]:
    """The rubric's own shape: sides and directions, the lower of two."""
    return [
        Cell("rubric", raters, accuracy, unknown, repetitions, run_on=True)
        for raters in (1, 2, 3) for accuracy in (0.45, 0.70, 0.95) for unknown in (0.0, 0.4)
    ]


def stress_cells(repetitions: int) -> list[tuple[str, Cell]]:
    """What the model does not assume."""
    return [
        ("each rater another accuracy, .45 to .95", Cell("24", 3, None, 0.2, repetitions)),
        ("most true levels in the middle", Cell("24", 3, 0.75, 0.2, repetitions, population="middle")),
        ("most true levels the same", Cell("24", 3, 0.75, 0.2, repetitions, population="steep")),
        ("each component its own mix of levels", Cell("rubric", 2, 0.7, 0, repetitions, population="by component")),
        ("errors fall on all levels alike", Cell("24", 3, 0.75, 0.2, repetitions, errors="even")),
        ("the same, a poor rater alone", Cell("24", 1, 0.55, 0.2, repetitions, errors="even")),
        ("common leniency of 2.5 points, tau 0", Cell("24", 3, 0.85, 0.0, repetitions, leniency=2.5)),
        ("common leniency of 2.5 points, tau 2.5", Cell("24", 3, 0.85, 0.0, repetitions, leniency=2.5, tau=2.5)),
        ("common leniency of 5 points, tau 2.5", Cell("24", 3, 0.85, 0.0, repetitions, leniency=5.0, tau=2.5)),
    ]


def figures(row: Row, longer: bool = False) -> str:
    """One line of figures; marked where it was run on for ``longer``, and where it misses the target."""
    cells = [f"{row.coverage[0]:5.3f} {row.bias:+6.2f} {row.width[0]:6.1f}"]
    for number in (1, 2):
        missing = np.isnan(row.coverage[number])
        cells.append("    -      -" if missing else f"{row.coverage[number]:5.2f} {row.width[number]:6.1f}")
    marks = "".join(mark for mark, holds in (("+", longer), ("<", row.coverage[0] < TARGET)) if holds)
    return "   ".join(cells) + (f"   {marks}" if marks else "")


HEAD = "coverage  bias  width     Wald  width     boot  width"


def report(repetitions: int, run: Callable[[Iterable[Cell]], Iterable[Row]]) -> Iterable[str]:
    """Yield the lines of the report."""
    error = np.sqrt(0.9 * 0.1 / repetitions)
    yield "Coverage of the 90 % likely range in simulation. Made by benchmarks/coverage.py; do not edit."
    yield ""
    yield f"{repetitions} repetitions a line; a coverage of .90 has a standard error of {error:.3f}. In tables 1, 2 a"
    yield f"line under {CLOSE} is run on to {LONGER * repetitions} repetitions ({error / 2:.3f}) and marked +."
    yield f"< marks a coverage under {TARGET}. Bias and width in points of the index (0 to 100)."
    yield "Wald and boot: interval over the raters' own indices; - where there is one rater."
    yield "The lower end of the accuracy grid, the weight of the prior and the treatment of a single rater were"
    yield "chosen among a dozen variants on simulations like table 1, and one prior for the whole questionnaire"
    yield "instead of some by component on simulations like table 2 (with other random numbers): neither table is an"
    yield "independent proof. Table 3 chose nothing."
    titles = (
        "1. 24 indicators, every level equally likely on average",
        "2. The rubric's own shape, with sides and directions",
    )
    for title, cells in zip(titles, (main_cells(repetitions), rubric_cells(repetitions)), strict=True):
        yield from ("", title, f"raters accuracy unknown   {HEAD}")
        rows = list(run(cells))
        for cell, row in zip(cells, rows, strict=True):
            shown = figures(row, row.repetitions > repetitions)
            yield f"{cell.raters:6} {cell.accuracy:8.2f} {cell.unknown:7.0%}   {shown}"
        found = np.array([row.coverage[0] for row in rows])
        under = (found < TARGET).sum()
        yield f"mean {found.mean():.3f}, lowest {found.min():.3f}, under {TARGET}: {under} of {len(found)} lines"
    yield from ("", "3. What the model does not assume (24 indicators; components as in the rubric)", f"{'':44}{HEAD}")
    stress = stress_cells(repetitions)
    for (title, _), row in zip(stress, run([cell for _, cell in stress]), strict=True):
        yield f"{title:44}{figures(row)}"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the repetitions")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    with ProcessPoolExecutor(given.processes) as pool:
        for line in report(100 if given.quick else 1000, lambda cells: pool.map(simulate, cells)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
