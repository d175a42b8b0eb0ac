"""The ways to what the sides are and do in a body, and to the footprint in a system of bodies."""

from collections.abc import Iterator

from assess import words
from assess.days import short_day
from assess.explain.answers import answerer, grounds, pooled
from assess.explain.figures import number, value
from assess.explain.means import Mean, Part, mean_lines, score_lines, share_lines
from assess.language import N_
from assess.questionnaire.model import BodySlot
from assess.report.trace import body_step_sentence
from assess.report.view.context import Context
from assess.result import BodyReading, BodyResult, BodyStep, BodyValue, Footprint, SystemResult
from assess.rubric.model import Body
from assess.scoring.bodies import SLOTS, body_points, top_level

_FOOTPRINT = N_("Footprint: {value} (rule 4)")
_APART = N_("Where a side has no way into a body, the two cannot do anything there together.")
_OWN_AXIS = N_("The footprint is no part of the index (rule 1.7).")


# --- a body -------------------------------------------------------------------------------------


def body(ctx: Context, part: BodyResult) -> list[str]:
    """Tell the way to the points of a body, line by line."""
    tr, model = ctx.tr, ctx.rubric.bodies[part.id]
    lines = [f"{part.id} {_title(ctx, model)}", tr(model.role), "", tr("Answers")]
    for reading in part.readings:
        lines += _reading(ctx, reading, model)
    lines += ["", tr("Value"), *(f"  {_slot(ctx, slot, part)}" for slot in part.slots), ""]
    lines.append(tr("In the footprint {key}, «{title}»").format(
        key=part.system, title=tr(ctx.rubric.systems[part.system].title)))
    return [*lines, *_shares(ctx, part)]


def _title(ctx: Context, model: Body) -> str:
    title = ctx.tr(model.title)
    if not model.closed:
        return title
    closed = ctx.tr("closed {date}").format(date=short_day(model.closed, ctx.tr))
    return f"{title} ({closed})"


def _reading(ctx: Context, reading: BodyReading, model: Body) -> list[str]:
    lines = [f"  {answerer(ctx, reading, _who(ctx, reading.slot))}: {_answered(ctx, reading)}"]
    lines += [f"    {line}" for step in reading.steps for line in _step(ctx, step, model)]
    if reading.effective is not None:
        lines.append(f"    {_counted(ctx, reading, reading.effective, model)}")
    if reading.state == "not_applicable" and reading.answered is None:
        lines.append(f"    {ctx.tr(_APART)}")
    return lines + [f"    {line}" for line in grounds(ctx, reading)]


def _answered(ctx: Context, reading: BodyReading) -> str:
    state = ctx.tr(words.STATES[reading.state])
    if reading.answered is None:
        return state
    title = f"«{_status(ctx, reading.slot, reading.answered)}»"
    return ctx.tr("answered {level}").format(level=title) if reading.state == "answered" else f"{state}, {title}"


def _step(ctx: Context, step: BodyStep, model: Body) -> Iterator[str]:
    if step.kind == "answered":
        return
    yield body_step_sentence(step, ctx.tr)
    if step.kind == "closed" and model.cap_reason:
        yield ctx.tr(model.cap_reason)


def _counted(ctx: Context, reading: BodyReading, effective: str, model: Body) -> str:
    level = int(effective) if reading.slot == "together" else ctx.rubric.statuses[effective].points
    assert level is not None  # a side that is ineligible has no effective status
    return ctx.tr("counts as «{title}», {level} of {top}, {points} points (rule 1.7)").format(
        title=_status(ctx, reading.slot, effective), level=level, top=top_level(ctx.rubric, reading.slot),
        points=number(ctx, body_points(ctx.rubric, model, reading.slot, level)))


def _status(ctx: Context, slot: BodySlot, name: str) -> str:
    """A status of a side, or the level of both together, in words."""
    status = ctx.rubric.pair_statuses[int(name)] if slot == "together" else ctx.rubric.statuses[name]
    return ctx.tr(status.title)


def _slot(ctx: Context, slot: BodyValue, part: BodyResult) -> str:
    text = f"{_who(ctx, slot.slot)}: {value(ctx, slot.points, slot.bounds)}"
    return pooled(ctx, text, sum(reading.slot == slot.slot for reading in part.readings))


def _shares(ctx: Context, part: BodyResult) -> Iterator[str]:
    """How each side, and both together, enter the footprint of the system."""
    system = next(s for s in ctx.result.systems if s.id == part.system)
    for footprint in system.footprints:
        yield f"  {_who(ctx, footprint.slot)}"
        yield from (f"    {line}" for line in share_lines(ctx, _mean(ctx, system, footprint), part.id))


def _who(ctx: Context, slot: BodySlot) -> str:
    return ctx.tr("together") if slot == "together" else ctx.who(slot, "S")


# --- a system -----------------------------------------------------------------------------------


def system(ctx: Context, part: SystemResult) -> list[str]:
    """Tell the way to the footprint of each side, and of both together, line by line."""
    tr = ctx.tr
    lines = [f"{part.id} {tr(ctx.rubric.systems[part.id].title)}", tr("Every body weighs the same.")]
    for footprint in part.footprints:
        lines += ["", tr("Together") if footprint.slot == "together" else _who(ctx, footprint.slot)]
        lines += mean_lines(ctx, _mean(ctx, part, footprint), tr("Body"), tr("Points"), tr("Footprint"))
        lines += score_lines(ctx, footprint, _FOOTPRINT)
    return [*lines, "", tr(_OWN_AXIS)]


def _mean(ctx: Context, system: SystemResult, footprint: Footprint) -> Mean:
    place = SLOTS.index(footprint.slot)
    values = {b.id: b.slots[place] for b in ctx.result.bodies if b.system == system.id}
    name = ctx.tr("the footprint in {key}").format(key=system.id)
    return Mean(name, footprint.points, footprint.bounds, [
        Part(key, ctx.tr(ctx.rubric.bodies[key].short), 1, v.state, v.points, v.entered, v.share, v.contribution)
        for key, v in values.items()
    ])
