"""The result as a function of everything that was chosen or doubted, for splitting its variance (method rule 9).

The factors are those of the robustness range. Each group of them moves as one: the answers, the
unknowns, how components become the index, how raters are pooled, the leniency, the steps between
levels, the weights of components, the weights of indicators.
"""

from collections.abc import Callable

import numpy as np

from assess._arrays import FloatArray
from assess.uncertainty.ranges import stage_positions
from assess.uncertainty.robustness import factors, shake
from assess.uncertainty.run import Study

Figures = Callable[[FloatArray], FloatArray]

CHUNK = 2**13  # points at a time: keeps the arrays of a chunk near the processor
_MIDDLE = 0.5


def varying(study: Study) -> dict[str, int]:
    """Return the groups that can move this result, each with its number of factors.

    Left out are unknowns where there are none, pooling where there is one rater or one party, the
    leniency where it is 0, and weights of which there is one.
    """
    return {key: size for key, size in _sizes(study).items() if _moves(study, key)}


def _sizes(study: Study) -> dict[str, int]:
    """All groups in the order of the factors."""
    tree = study.items.tree
    return {
        "answers": 1, "unknowns": 1, "aggregator": 1, "pooling": 2, "leniency": 1,
        "spacing": len(study.items.scores) - 1,
        "component_weights": len(tree.components), "indicator_weights": len(tree.indicators),
    }


def _moves(study: Study, group: str) -> bool:
    tree = study.items.tree
    if group == "unknowns":
        return not bool(study.items.rated.any(axis=0).all())
    if group == "pooling":
        return len(study.alone.problems) > 1
    if group == "leniency":
        return study.tau.tau > 0
    if group in ("aggregator", "component_weights"):
        return len(tree.components) > 1
    return group != "indicator_weights" or len(tree.indicators) > len(tree.components)


def figures_of(study: Study, stage: int) -> Figures:
    """Return the function from factors to the index and to whether the stage is reached.

    It takes factors on 0..1, shape (points, factors of the groups that vary), and returns shape
    (points, 2): the index in points, and 1 where the stage is at least at position ``stage``, else 0.
    """
    sizes = _sizes(study)
    columns = np.repeat([_moves(study, key) for key in sizes], list(sizes.values()))

    def figures(table: FloatArray) -> FloatArray:
        chunks = [_figures(study, stage, columns, table[n:n + CHUNK]) for n in range(0, len(table), CHUNK)]
        return np.concatenate(chunks)

    return figures


def _figures(study: Study, stage: int, columns: FloatArray, table: FloatArray) -> FloatArray:
    whole = np.full((len(columns), len(table)), _MIDDLE)
    whole[columns] = table.T
    sizes = [1] * 6 + list(_sizes(study).values())[5:]
    shaken = shake(study.items, study.posterior, factors(whole, sizes), study.tau.tau, study.alone,
                   study.streams.unknowns)
    standing = (shaken.indicators, shaken.components, shaken.index)
    stages = stage_positions(study.rubric, study.result, study.items.tree, standing, shaken.scores)
    return np.stack([shaken.index, stages >= stage], axis=1)
