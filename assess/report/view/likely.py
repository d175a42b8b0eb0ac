"""Sentences about the likely range and the chances of the stages, for people who are no statisticians."""

from assess import words
from assess.report.view.context import Context
from assess.uncertainty.model import Interval, StageChances


def likely_sentences(ctx: Context) -> list[str]:
    """The likely range of the index and what it means for the stage; empty where it was not computed."""
    sure, tr = ctx.assessment.uncertainty, ctx.tr
    if sure is None or sure.index is None or ctx.result.index.points is None:
        return []
    text = tr("In nine cases of ten the index lies within {range}, if answers err as raters usually do (likely range).")
    return [text.format(range=span(ctx, sure.index.likely)), *stage_sentence(ctx, sure.stages)]


def stage_sentence(ctx: Context, stages: StageChances | None) -> list[str]:
    """Which stage is how likely, as far as rule 6 allows to say it."""
    if stages is None or not stages.named:
        return []
    (first, one), *more = named(ctx, stages)
    if not more:
        return [ctx.tr("The chance that the stage is «{stage}» is {chance}.").format(stage=first, chance=one)]
    text = ctx.tr("Two stages are likely: «{first}» ({one}) and «{second}» ({two}).")
    return [text.format(first=first, one=one, second=more[0][0], two=more[0][1])]


def named(ctx: Context, stages: StageChances) -> list[tuple[str, str]]:
    """The stages that are named, each with its chance."""
    said = stage_chances(stages)
    return [(ctx.stage_titles[c.stage], said[c.stage]) for c in stages.named]


def stage_chances(stages: StageChances) -> dict[str, str]:
    """The chance of every stage in words, rounded together."""
    said = words.chances([c.probability for c in stages.chances])
    return {c.stage: text for c, text in zip(stages.chances, said, strict=True)}


def span(ctx: Context, interval: Interval) -> str:
    """An interval in whole points."""
    return ctx.range(interval.low, interval.high)
