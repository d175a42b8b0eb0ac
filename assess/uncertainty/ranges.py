"""The likely range and the stage probabilities (method rules 5 and 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from assess._arrays import FloatArray, IntArray
from assess.result import Range, Result
from assess.rubric.model import Gate, Rubric
from assess.uncertainty.draws import (
    at_their_word,
    component_points,
    index_points,
    indicator_points,
    slot_points,
)
from assess.uncertainty.items import Items, Tree
from assess.uncertainty.model import Interval, Leniency, Said, StageChance, StageChances
from assess.uncertainty.rating import Posterior

COVERAGE = 0.90
ONE_STAGE = 0.80
_TAU = 2.5
_VERIFIED_ENOUGH = 0.8
_WORST = 99.0  # R-hat of chains that never meet; JSON has no infinity


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Drawn points; draws on the last axis, chain after chain.

    Attributes:
        indicators: shape (indicators, draws).
        components: shape (components, draws), leniency included, cut at the reach.
        index: shape (draws,), likewise.
        lean: shape (draws,), the leniency in points that the two hold.
        unknown_indicators, unknown_components, unknown_index: the same with every answer taken at
            its word and no leniency: only what nobody answered differs from draw to draw.
    """

    indicators: FloatArray
    components: FloatArray
    index: FloatArray
    lean: FloatArray
    unknown_indicators: FloatArray
    unknown_components: FloatArray
    unknown_index: FloatArray


def leniency(result: Result) -> Leniency:
    """Return tau: 2.5 points with no verified evidence, none from 80 % of the answered weight on.

    An answer is verified if it cites a source of grade A or B that was read and does not speak
    against it. An indicator counts by the share of its answers that are.
    """
    total = verified = 0.0
    for component in result.components:
        applicable = sum(i.weight for i in component.indicators if i.state != "not_applicable")
        for indicator in component.indicators:
            answers = [r for r in indicator.readings if r.state in ("answered", "disputed")]
            if answers:
                weight = component.weight * indicator.weight / applicable
                total += weight
                verified += weight * sum(_verified(r.evidence, result) for r in answers) / len(answers)
    share = verified / total if total else 0.0
    return Leniency(tau=round(_TAU * max(0.0, 1 - share / _VERIFIED_ENOUGH), 3), verified_share=round(share, 3))


def _verified(ids: Sequence[str], result: Result) -> bool:
    sources = [result.evidence[key] for key in ids]
    return any(e.grade in ("A", "B") and e.verified and not e.counter for e in sources)


def reach(items: Items) -> tuple[FloatArray, FloatArray]:
    """Return the ends of what can be drawn, each of shape (components + 1,); the index comes last.

    An answered item can be anything, an unknown one anything within its limits.
    """
    ends = []
    for side in (False, True):
        allowed = items.allowed[:, ::-1] if side else items.allowed
        scores = items.scores[::-1] if side else items.scores
        components = component_points(indicator_points(scores[allowed.argmax(axis=1)][:, np.newaxis], items.tree),
                                      items.tree)
        ends.append(np.append(components[:, 0], index_points(components, items.tree)))
    return ends[0], ends[1]


def likely_draws(items: Items, posterior: Posterior, tau: float, rng: np.random.Generator) -> Draws:
    """Turn the posterior of all raters into points.

    The leniency, one number a draw in points, moves every component and the index alike; the sum
    is cut at the reach. (Hard bounds cannot be the cut: they take every answer at its word, so
    that for a fully answered questionnaire they have no width at all.)
    """
    tree = items.tree
    slots = slot_points(posterior.flat_levels(), items.scores)
    indicators = indicator_points(slots, tree)
    components = component_points(indicators, tree)
    shift = np.asarray(tau * rng.standard_normal(components.shape[1]))
    low, high = reach(items)
    unknown = indicator_points(at_their_word(slots, items), tree)
    unknown_components = component_points(unknown, tree)
    return Draws(
        indicators=indicators,
        components=np.clip(components + shift, low[:-1, np.newaxis], high[:-1, np.newaxis]),
        index=np.clip(index_points(components, tree) + shift, low[-1], high[-1]),
        lean=shift,
        unknown_indicators=unknown,
        unknown_components=unknown_components,
        unknown_index=index_points(unknown_components, tree),
    )


def interval(draws: FloatArray, within: Range | None = None) -> Interval:
    """Return the central 90 % and the median of ``draws``, to two decimals; cut at ``within``."""
    tail = (1 - COVERAGE) / 2
    low, middle, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    if within is not None:
        low, middle, high = np.clip([low, middle, high], within.low, within.high)
    return Interval(low=rounded(low), middle=rounded(middle), high=rounded(high))


def rounded(value: float, digits: int = 2) -> float:
    """Round a figure for the tree; never to -0.0."""
    return round(float(value), digits) + 0.0


def split_r_hat(chains: FloatArray, *, alike: bool = True) -> float:
    """Return the split R-hat of ``chains``, shape (chains, kept); 1 if nothing varies.

    Source: Gelman et al., Bayesian Data Analysis, third edition, section 11.4: each chain is cut
    in two, and the variance between the halves is compared with the variance within them. Where
    chains are not ``alike`` because each assumes another accuracy, only the halves of the same
    chain are compared.
    """
    half = chains.shape[1] // 2
    parts = np.stack([chains[:, :half], chains[:, half : 2 * half]])
    within = parts.var(axis=2, ddof=1).mean()
    means = parts.mean(axis=2)
    apart = means - (means.mean() if alike else means.mean(axis=0))
    between = half * (apart**2).sum() / (means.size - (1 if alike else len(chains)))
    if within < 1e-12:
        return 1.0 if between < 1e-9 else _WORST
    return min(_WORST, float(np.sqrt(((half - 1) / half * within + between / half) / within)))


# --- stages -------------------------------------------------------------------------------------


def stage_chances(rubric: Rubric, result: Result, items: Items, draws: Draws) -> StageChances:
    """Return the chance of every stage, gates evaluated in each draw, and which are published."""
    standing = (draws.indicators, draws.components, draws.index)
    stages = stage_positions(rubric, result, items.tree, standing)
    counts = np.bincount(stages, minlength=len(rubric.stages))
    chances = tuple(
        StageChance(stage=stage.id, probability=rounded(count / len(stages), 3))
        for stage, count in zip(rubric.stages, counts, strict=True)
    )
    order = sorted(range(len(chances)), key=lambda number: -counts[number])
    said = _said(result, rubric, float(counts[order[0]]) / len(stages))
    named = {"one_stage": order[:1], "two_stages": sorted(order[:2]), "span": []}[said]
    return StageChances(chances=chances, said=said, named=tuple(chances[number] for number in named))


def _said(result: Result, rubric: Rubric, best: float) -> Said:
    """One stage needs the chance, and that rule 6 itself would publish one."""
    if result.index.coverage < rubric.coverage.overall_minimum:
        return "span"
    return "one_stage" if best >= ONE_STAGE and result.stage.published else "two_stages"


Standing: TypeAlias = tuple[FloatArray, FloatArray, FloatArray]
"""Points of indicators and components, shape (parts, draws) each, and of the index, shape (draws,)."""


def stage_positions(
    rubric: Rubric, result: Result, tree: Tree, standing: Standing, scores: FloatArray | None = None
) -> IntArray:
    """Return the position of the stage in every draw, shape (draws,), gates included.

    Args:
        rubric: thresholds and gates.
        result: of which a gate on the share of unknowns keeps its state.
        tree: what the rows of ``standing`` are.
        standing: points of indicators, components and the index.
        scores: points of each level in each draw, shape (levels, draws); the rubric's if left out.
    """
    thresholds = np.array([stage.from_score for stage in rubric.stages])
    stages: IntArray = np.searchsorted(thresholds, standing[2] + 1e-9, side="right") - 1
    stages = np.maximum(stages, 0)
    unknown_gates = {gate.id: gate.state for gate in result.gates}
    for gate in rubric.gates:
        cap = rubric.stage_position(gate.cap)
        holds = _holds(gate, rubric, tree, standing, scores)
        if holds is None:
            holds = np.asarray(unknown_gates[gate.id] in ("passed", "not_applicable"))
        stages = np.where(holds, stages, np.minimum(stages, cap))
    return stages


def _holds(
    gate: Gate, rubric: Rubric, tree: Tree, standing: Standing, scores: FloatArray | None
) -> np.ndarray | None:
    """Whether the gate holds in each draw; None where that does not depend on the draw."""
    when, threshold = gate.when, gate.when.at_least or 0
    if when.indicator in tree.indicators:
        asked = rubric.points(threshold) if scores is None else _between(scores, threshold)
        return np.asarray(standing[0][tree.indicators.index(when.indicator)] >= asked - 1e-9)
    if when.component in tree.components:
        return np.asarray(standing[1][tree.components.index(when.component)] >= threshold - 1e-9)
    return None


def _between(scores: FloatArray, level: float) -> FloatArray:
    """Points of a level in each draw, between two levels by straight line."""
    lower = min(int(level), len(scores) - 2)
    return np.asarray(scores[lower] + (level - lower) * (scores[lower + 1] - scores[lower]))
