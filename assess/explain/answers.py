"""From the answers to one question to the pair's value: what indicators and barriers have in common."""

from typing import TypeAlias

from assess import words
from assess.explain.figures import levels, value
from assess.language import N_
from assess.report.trace import step_sentence
from assess.report.view.context import Context
from assess.result import BarrierResult, BodyReading, IndicatorResult, Reading, SlotValue
from assess.rubric.model import Question

Asked: TypeAlias = IndicatorResult | BarrierResult

_PAIR_RULES = {
    "lower": N_("the lower of the two counts"),
    "higher": N_("the higher of the two counts"),
    "mean": N_("the mean of the two counts"),
}


def question_lines(ctx: Context, part: Asked, question: Question, heading: str) -> list[str]:
    """The question, its answers with their steps and evidence, and under ``heading`` the value of each slot."""
    tr = ctx.tr
    lines = [f"{part.id} {tr(question.title)}", tr(question.question), "", tr("Answers")]
    for reading in part.readings:
        lines += _reading(ctx, reading, question)
    lines += ["", heading]
    lines += [f"  {_slot(ctx, slot, part)}" for slot in part.slots]
    return lines + _pair(ctx, part, question)


def answerer(ctx: Context, reading: Reading | BodyReading, whom: str) -> str:
    """Whom an answer is about, and which rater gave it where there are several."""
    if len(ctx.result.questionnaires) == 1:
        return whom
    return f"{whom}, " + ctx.tr("rater {number}").format(number=reading.rater + 1)


def grounds(ctx: Context, reading: Reading | BodyReading) -> list[str]:
    """The evidence of an answer, or that none is cited for one that counts; then its reason and its note."""
    lines = [] if reading.evidence or not reading.effective else [ctx.tr("no evidence is cited")]
    lines += [_evidence(ctx, key) for key in reading.evidence]
    return lines + [line for text in (reading.reason, reading.note) if text for line in text.splitlines()]


def pooled(ctx: Context, text: str, raters: int) -> str:
    """The value of a slot, and that it is pooled where several raters answered."""
    if raters < 2:
        return text
    return f"{text} " + ctx.tr("(pooled over {count} raters, rule 7)").format(count=raters)


def _reading(ctx: Context, reading: Reading, question: Question) -> list[str]:
    tr = ctx.tr
    lines = [f"  {answerer(ctx, reading, ctx.who(reading.slot, question.type))}: {_answered(ctx, reading)}"]
    lines += [f"    {step_sentence(step, tr)}" for step in reading.steps if step.kind != "answered"]
    if reading.effective:
        points = levels(ctx, (ctx.rubric.points(level) for level in reading.effective))
        lines.append("    " + tr("counts as level {levels}, {points} points (rule 1.1)").format(
            levels=levels(ctx, reading.effective), points=points))
    return lines + [f"    {line}" for line in grounds(ctx, reading)]


def _answered(ctx: Context, reading: Reading) -> str:
    tr, state = ctx.tr, ctx.tr(words.STATES[reading.state])
    answered = levels(ctx, reading.answered)
    if reading.state == "answered":
        return tr("answered {level}").format(level=answered)
    return f"{state}, {answered}" if answered else state


def _evidence(ctx: Context, key: str) -> str:
    """Id, grade, date, title and place of one piece of evidence."""
    evidence = ctx.result.evidence[key]
    parts = [key, ctx.tr("grade {grade}").format(grade=evidence.grade), evidence.date or ctx.tr("no date"),
             evidence.title, evidence.url or evidence.where]
    if evidence.counter:
        parts.append(ctx.tr("speaks against a higher level"))
    return " · ".join(part for part in parts if part)


def _slot(ctx: Context, slot: SlotValue, part: Asked) -> str:
    text = f"{ctx.who(slot.slot, part.type)}: {value(ctx, slot.points, slot.bounds)}"
    return pooled(ctx, text, sum(reading.slot == slot.slot for reading in part.readings))


def _pair(ctx: Context, part: Asked, question: Question) -> list[str]:
    if part.type == "P":
        return []
    told = ctx.tr("the pair: {value} ({how}, rule 3)").format(
        value=value(ctx, part.points, part.bounds), how=ctx.tr(_PAIR_RULES[question.pair_rule]))
    return [f"  {told}"]
