"""Composite-index toolbox: arrays in, arrays out; no questionnaire needed.

Normalise indicators, combine them over a tree of levels, and ask how much the result depends on
single indicators, on noise and on each other. Rows are units, columns are indicators, NaN is
missing. All errors are `ArrayError`, a `ValueError`.

>>> scores = minmax(orient([[1.0, 9.0], [2.0, 5.0], [3.0, 7.0]], [1, -1]))
>>> aggregate(scores, [level([0, 0], weights=[2, 1])]).index.round(3)
array([ 0.   , 66.667, 83.333])
"""

from assess._arrays import ArrayError
from assess.index.aggregate import (
    Aggregator,
    arithmetic_mean,
    geometric_mean,
    harmonic_mean,
    mazziotta_pareto,
    power_mean,
)
from assess.index.coherence import (
    MINIMUM_UNITS,
    Correlations,
    CronbachAlpha,
    NotEstimable,
    PrincipalComponents,
    correlations,
    cronbach_alpha,
    group_correlations,
    principal_components,
)
from assess.index.hierarchy import (
    Groups,
    Level,
    LevelScores,
    aggregate,
    code_groups,
    effective_weights,
    level,
    without_child,
)
from assess.index.normalise import (
    distance_to_max,
    distance_to_reference,
    distance_to_target,
    fraction_of_max,
    goalposts,
    minmax,
    orient,
    scaled,
    zscore,
)
from assess.index.outranking import Dominance, copeland, dominance, outranking_matrix
from assess.index.ranks import borda, percentile_rank, rank
from assess.index.robustness import LeaveOneOut, RankRanges, leave_one_out, rank_ranges

__all__ = [
    "MINIMUM_UNITS",
    "Aggregator",
    "ArrayError",
    "Correlations",
    "CronbachAlpha",
    "Dominance",
    "Groups",
    "LeaveOneOut",
    "Level",
    "LevelScores",
    "NotEstimable",
    "PrincipalComponents",
    "RankRanges",
    "aggregate",
    "arithmetic_mean",
    "borda",
    "code_groups",
    "copeland",
    "correlations",
    "cronbach_alpha",
    "distance_to_max",
    "distance_to_reference",
    "distance_to_target",
    "dominance",
    "effective_weights",
    "fraction_of_max",
    "geometric_mean",
    "goalposts",
    "group_correlations",
    "harmonic_mean",
    "leave_one_out",
    "level",
    "mazziotta_pareto",
    "minmax",
    "orient",
    "outranking_matrix",
    "percentile_rank",
    "power_mean",
    "principal_components",
    "rank",
    "rank_ranges",
    "scaled",
    "without_child",
    "zscore",
]
