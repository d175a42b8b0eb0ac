"""Run the rules about uncertainty in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from assess._arrays import FloatArray
from assess.questionnaire.model import Questionnaire
from assess.result import Range, Result
from assess.rubric.model import Rubric
from assess.scoring.score import fingerprint
from assess.uncertainty import items as item_reader
from assess.uncertainty.agree import agreements, leave_one_rater_out
from assess.uncertainty.gap import mutual_view, perception_gap
from assess.uncertainty.items import Items
from assess.uncertainty.model import (
    ComponentRange,
    FigureRange,
    Leniency,
    Library,
    MutualView,
    PerceptionGap,
    RaterAccuracy,
    Uncertainty,
)
from assess.uncertainty.ranges import (
    Draws,
    interval,
    leniency,
    likely_draws,
    reach,
    rounded,
    split_r_hat,
    stage_chances,
)
from assess.uncertainty.rating import ASSUMED, CHAINS, KEPT, Posterior, Ratings, sample
from assess.uncertainty.robustness import POINTS, Alone, Shaken, shake, sobol_factors
from assess.uncertainty.voi import question_values
from assess.uncertainty.voices import both_parties, raters_of, said_by


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What was drawn about one result: the ground on which ranges, shares and chances stand.

    Attributes:
        rubric, result: what was drawn about.
        items: what is applicable.
        posterior: problem 0 hears all raters, the others each party or rater alone.
        alone: which those others are.
        tau: the leniency.
        draws: the points that follow.
        seed: from which everything was drawn.
    """

    rubric: Rubric
    result: Result
    items: Items
    posterior: Posterior
    alone: Alone
    tau: Leniency
    draws: Draws
    seed: int

    @property
    def streams(self) -> "_Streams":
        """Random numbers from their beginning."""
        return _Streams.of(self.seed)

    @property
    def drawn(self) -> dict[str, FloatArray]:
        """Drawn points of every applicable indicator by id, shape (draws,) each."""
        return dict(zip(self.items.tree.indicators, self.draws.indicators, strict=True))


def study(rubric: Rubric, result: Result, *, seed: int | None = None) -> Study | None:
    """Draw what the levels may be; None if every indicator is not applicable.

    Pure: the same arguments give the same draws. The random numbers come from ``seed``, by default
    the assessment's own hash.
    """
    seed = own_seed(result) if seed is None else seed
    items = item_reader.read(rubric, result)
    if items is None:
        return None
    streams, tau = _Streams.of(seed), leniency(result)
    groups, alone = _groups(result)
    posterior = sample(_ratings(items, groups), streams.rating)
    draws = likely_draws(items, posterior, tau.tau, streams.leniency)
    return Study(rubric, result, items, posterior, alone, tau, draws, seed)


def quantify(
    rubric: Rubric, questionnaires: Sequence[Questionnaire], result: Result, *, seed: int | None = None
) -> Uncertainty:
    """Say how sure ``result`` is.

    Pure: the same arguments give the same digits, and the order of the questionnaires changes
    nothing. The random numbers come from ``seed``, by default the assessment's own hash.

    Raises:
        ValueError: ``result`` was not made from these questionnaires and this rubric.
    """
    _check_belongs(rubric, questionnaires, result)
    found = study(rubric, result, seed=seed)
    return nothing(result) if found is None else quantified(found)


def own_seed(result: Result) -> int:
    """Return the seed of an assessment, from the rubric's hash and the sorted fingerprints (0 to 2^63 - 1)."""
    parts = [result.rubric.hash, *sorted(q.fingerprint for q in result.questionnaires)]
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _check_belongs(rubric: Rubric, questionnaires: Sequence[Questionnaire], result: Result) -> None:
    given = sorted(fingerprint(q) for q in questionnaires)
    if given != sorted(q.fingerprint for q in result.questionnaires) or rubric.hash != result.rubric.hash:
        raise ValueError("the result was not made from these questionnaires and this rubric")


@dataclass(frozen=True, slots=True)
class _Streams:
    """Independent random numbers for each use, so that a change in one moves no other."""

    rating: np.random.Generator
    leniency: np.random.Generator
    sobol: np.random.Generator
    alpha: np.random.Generator
    unknowns: int
    flips: int

    @classmethod
    def of(cls, seed: int) -> "_Streams":
        parts = np.random.SeedSequence(seed).spawn(6)
        rating, leniency, sobol, alpha = (np.random.Generator(np.random.PCG64(part)) for part in parts[:4])
        unknowns, flips = (int(part.generate_state(1)[0]) for part in parts[4:])
        return cls(rating, leniency, sobol, alpha, unknowns, flips)


def quantified(study: Study) -> Uncertainty:
    """Say how sure a result is from what was drawn about it."""
    rubric, result, items, posterior, draws = study.rubric, study.result, study.items, study.posterior, study.draws
    streams = study.streams
    settings = sobol_factors(items, streams.sobol)
    shaken = shake(items, posterior, settings, study.tau.tau, study.alone, streams.unknowns)
    figures = _figures(result, items, draws, shaken, alike=bool(posterior.learned[0].all()))
    index = figures.pop()
    parties = _parties(rubric, result, items, posterior, streams.flips)
    return Uncertainty(
        index=index,
        components=tuple(
            ComponentRange(id=key, **dict(figure)) for key, figure in zip(items.tree.components, figures, strict=True)
        ),
        stages=stage_chances(rubric, result, items, draws),
        leniency=study.tau,
        accuracy=_accuracy(posterior),
        agreement=agreements(result, items, streams.alpha),
        leave_one_rater_out=leave_one_rater_out(rubric, result),
        perception_gap=parties[0] if parties else None,
        mutual_view=parties[1] if parties else None,
        open_questions=question_values(result, items, draws),
        r_hat=max(figure.r_hat for figure in (*figures, index)),
        **_provenance(study.seed),
    )


def _groups(result: Result) -> tuple[list[Sequence[int]], Alone]:
    """Return which raters each problem of the rating model hears: all first, then each party or rater alone."""
    everybody = range(len(result.questionnaires))
    if both_parties(result):
        return [everybody, raters_of(result, "A"), raters_of(result, "B")], Alone((1, 2), parties=True)
    if len(everybody) == 1:
        return [everybody], Alone()
    return [everybody, *([rater] for rater in everybody)], Alone(tuple(n + 1 for n in everybody))


def _ratings(items: Items, groups: Sequence[Sequence[int]]) -> Ratings:
    heard = np.array([[rater in group for rater in range(len(items.low))] for group in groups])[..., np.newaxis]
    return Ratings(
        low=np.where(heard, items.low, -1),
        high=np.where(heard, items.high, -1),
        shift=np.where(heard, items.shift, 0),
        allowed=items.allowed,
    )


def _figures(result: Result, items: Items, draws: Draws, shaken: Shaken, *, alike: bool) -> list[FigureRange]:
    """The ranges of every component, then of the index."""
    bounds = [c.bounds for c in result.components if c.bounds is not None]
    low, high = reach(items)
    rows = zip(
        [*draws.components, draws.index],
        [*draws.unknown_components, draws.unknown_index],
        [*shaken.components, shaken.index],
        [*bounds, result.index.bounds],
        [Range(low=rounded(a), high=rounded(b)) for a, b in zip(low, high, strict=True)],
        strict=True,
    )
    return [
        FigureRange(
            likely=interval(likely, ends),
            from_unknowns=interval(unknown, hard),
            robustness=interval(robust),
            reach=ends,
            r_hat=rounded(split_r_hat(likely.reshape(CHAINS, -1), alike=alike), 3),
        )
        for likely, unknown, robust, hard, ends in rows
    ]


def _accuracy(posterior: Posterior) -> tuple[RaterAccuracy, ...]:
    """How accurate each rater is, as heard among all the others."""
    rows = []
    for rater, learned in enumerate(posterior.learned[0]):
        draws = posterior.accuracy[0, rater].ravel()
        low, high = np.quantile(draws, [0.05, 0.95])
        rows.append(
            RaterAccuracy(
                rater=rater,
                learned=bool(learned),
                mean=rounded(draws.mean(), 3) if learned else ASSUMED,
                interval=Range(low=rounded(low), high=rounded(high)) if learned else None,
            )
        )
    return tuple(rows)


def _parties(
    rubric: Rubric, result: Result, items: Items, posterior: Posterior, seed: int
) -> tuple[PerceptionGap, MutualView] | None:
    """What the two parties say of one relationship; None unless both answered."""
    if not both_parties(result):
        return None
    said = (said_by(rubric, result, raters_of(result, "A")), said_by(rubric, result, raters_of(result, "B")))
    levels = (posterior.flat_levels(1), posterior.flat_levels(2))
    gap = perception_gap(items, said, levels, seed)
    return gap, mutual_view(result, items, said, levels)


def nothing(result: Result) -> Uncertainty:
    """Say that every indicator is not applicable: there is no figure to doubt."""
    return Uncertainty(
        index=None,
        components=(),
        stages=None,
        leniency=leniency(result),
        accuracy=(),
        agreement=(),
        leave_one_rater_out=None,
        perception_gap=None,
        mutual_view=None,
        open_questions=(),
        r_hat=1.0,
        **_provenance(own_seed(result)),
    )


def _provenance(seed: int) -> dict[str, Any]:
    """What another machine needs in order to draw the same digits."""
    libraries = tuple(Library(name=name, version=version(name)) for name in ("numpy", "scipy", "krippendorff"))
    return {"seed": seed, "chains": CHAINS, "draws": CHAINS * KEPT, "points": POINTS, "libraries": libraries}
