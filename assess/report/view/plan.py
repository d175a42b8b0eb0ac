"""The roadmap of the report: aim, steps on a timeline, chances, quick wins, cost curve."""

from assess import words
from assess.problems.model import Place, Problem
from assess.problems.render import message
from assess.report import charts
from assess.report.charts.gantt import Bar
from assess.report.view.context import Context
from assess.report.view.model import Chart, Table
from assess.report.view.pages import PlanView, Ranked, StepRow
from assess.report.view.steps import months
from assess.roadmap.outlook import FULL_TIME, Outlook
from assess.roadmap.text import in_language
from assess.roadmap.written import PlannedStep, Roadmap
from assess.rubric.texts import office_words

_MOST = 5
_SAME = 0.05  # points; what differs by less is printed alike


def roadmap(ctx: Context) -> PlanView | None:
    """Everything that is said about it; None where it was not computed."""
    found = ctx.assessment.outlook
    if found is None:
        return None
    plan = found.plan
    numbers = {step.id: n for n, step in enumerate(plan.steps, start=1)} if plan else {}
    return PlanView(
        finding=_finding(ctx, found),
        sentences=tuple(_sentences(ctx, plan)) if plan else (),
        hindrances=hindrances(ctx, found),
        timeline=_timeline(ctx, plan) if plan else None,
        steps=tuple(_step(ctx, step, numbers) for step in plan.steps) if plan else (),
        quick_wins=_quick_wins(ctx, plan) if plan else (),
        curve=_curve(ctx, plan) if plan else None,
        find_out=_find_out(ctx, plan) if plan else (),
        blocked=tuple((b.id, b.missing) for b in plan.blocked[:_MOST]) if plan else (),
    )


def _finding(ctx: Context, found: Outlook) -> str:
    tr, plan = ctx.tr, found.plan
    if found.hindrances:
        if found.target is None:
            return tr("No roadmap can be made yet.")
        return tr("No plan reaches the stage «{stage}» yet.").format(stage=ctx.stage_titles[found.target])
    if plan is None:
        return _no_step(ctx, found)
    if plan.target is None:
        text = tr("The most that {effort} can bring is {points} points.")
        return text.format(effort=months(ctx, plan.effort), points=words.number(plan.gain, 1, tr))
    text = tr("The least effort that reaches the stage «{stage}» is {effort} in {steps}.")
    steps = tr.plural("{count} step", "{count} steps", len(plan.steps))
    return text.format(stage=ctx.stage_titles[plan.target], effort=months(ctx, plan.effort), steps=steps)


def _no_step(ctx: Context, found: Outlook) -> str:
    """Why the best plan has no step."""
    tr = ctx.tr
    if found.target is not None:
        text = tr("The stage «{stage}» is reached already: no step is needed for it.")
        return text.format(stage=ctx.stage_titles[found.target])
    if any(step.action.gain > 0 for step in ctx.ground.steps):
        budget = _yearly(ctx, FULL_TIME if found.asked.budget is None else found.asked.budget, found.asked.years)
        return tr("A budget of {effort} buys no step that would raise the index.").format(effort=budget)
    return tr("Nothing is left to be done by the steps of the rubric.")


def hindrances(ctx: Context, found: Outlook) -> tuple[str, ...]:
    """What stands in the way, in the words of the catalogue of problems; titles in this language."""
    return tuple(
        message(Problem(h.code, Place(""), in_language(h.values, ctx.rubric, ctx.tr)), ctx.tr)
        for h in found.hindrances
    )


def _sentences(ctx: Context, plan: Roadmap) -> list[str]:
    tr = ctx.tr
    before, after = (ctx.stage_titles[s.reached] for s in (plan.before, plan.after))
    values = {"from": words.number(plan.before.index), "to": words.number(plan.after.index), "before": before,
              "after": after}
    lines = []
    if plan.target is None and ctx.assessment.outlook and ctx.assessment.outlook.hindrances:
        text = tr("The plan below shows what {effort} would bring best.")
        lines.append(text.format(effort=_yearly(ctx, plan.budget or 0.0, plan.years)))
    moved = tr("With every step done the index goes from {from} to {to}, the stage by score and gates from «{before}» "
               "to «{after}».")
    stays = tr("With every step done the index goes from {from} to {to}; the stage by score and gates stays "
               "«{before}».")
    lines.append((stays if before == after else moved).format(**values))
    if plan.coverage < ctx.rubric.coverage.overall_minimum:
        text = tr("Only {share} of the weight is answered: gains count within that part.")
        lines.append(text.format(share=words.percent(plan.coverage)))
    if abs(sum(step.gain for step in plan.steps) - plan.gain) > _SAME:
        lines.append(tr("The gains of single steps need not add up to this: a question that is known only within "
                        "limits enters the mean, or leaves it, as others move."))
    return lines + _chance(ctx, plan)


def _yearly(ctx: Context, budget: float, years: int | None) -> str:
    """A budget in words; with years it is that of each."""
    text = months(ctx, budget)
    return text if years is None else ctx.tr("{effort} a year").format(effort=text)


def _chance(ctx: Context, plan: Roadmap) -> list[str]:
    if plan.chance is None:
        return []
    text = ctx.tr("Levels of today may be misread: the chance of the stage «{stage}» or above is {before} as things "
                  "stand, and {after} with every step done.")
    return [text.format(stage=ctx.stage_titles[plan.chance.stage], before=words.chance(plan.chance.before),
                        after=words.chance(plan.chance.after))]


# --- steps --------------------------------------------------------------------------------------


def _timeline(ctx: Context, plan: Roadmap) -> Chart | None:
    if not plan.steps:
        return None
    tr = ctx.tr
    start = int(ctx.result.as_of[:4])
    years = range(1, max(plan.years or 1, *(s.year or 1 for s in plan.steps)) + 1)
    names = [tr("Year {year}").format(year=n) for n in years] if plan.years else [tr("All steps")]
    bars = [Bar(s.id, f"{s.indicator} {tr(s.title)}", s.year or 1, s.effort, s.needs) for s in plan.steps]
    title = _timeline_title(ctx, plan, start)
    year = tr("Year {year}")
    text = "; ".join(f"{s.id}: {year.format(year=s.year)}" if s.year else s.id for s in plan.steps)
    table = Table((tr("Step"), tr("Year"), tr("Effort")), tuple(
        (f"{n} {s.id}", str(s.year or "–"), months(ctx, s.effort)) for n, s in enumerate(plan.steps, start=1)))
    return Chart(title, charts.gantt(bars, names, title, text), table)


def _timeline_title(ctx: Context, plan: Roadmap, start: int) -> str:
    if not plan.years:
        return ctx.tr("The steps, each as long as its effort")
    first = sum(s.effort for s in plan.steps if s.year == 1)
    text = ctx.tr("Year 1 begins in {year} and takes {effort}")
    return text.format(year=start, effort=months(ctx, first))


def _step(ctx: Context, step: PlannedStep, numbers: dict[str, int]) -> StepRow:
    tr = ctx.tr
    return StepRow(
        number=numbers[step.id],
        id=step.id,
        indicator=step.indicator,
        title=tr(step.title),
        levels=tr("{before} to {after}").format(before=step.start, after=step.level),
        action=tr(step.action),
        who=who(ctx, step),
        needs=tuple(str(numbers[key]) for key in step.needs if key in numbers),
        proof=tuple(tr(text).rstrip(".") for text in step.proof),
        effort=f"{round(step.effort, 1):g}",
        gain=words.number(step.gain, 1, tr),
        stays=words.percent(step.stays),
        year=step.year,
    )


def who(ctx: Context, step: PlannedStep) -> str:
    """The offices that would act, and the side that has to move most where it is one."""
    offices = ", ".join(ctx.tr(office_words(kind)) for kind in step.by)
    sides = {"A": ctx.names[0], "B": ctx.names[1]}
    moving = [sides[slot] for slot in step.moves if slot in sides]
    if len(moving) != 1:
        return offices
    first = ctx.tr("above all of {side}").format(side=moving[0])
    return f"{offices} ({first})"


# --- beside the plan ----------------------------------------------------------------------------


def _quick_wins(ctx: Context, plan: Roadmap) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(row.indicator, ctx.tr(ctx.rubric.indicators[row.indicator].title),
               f"{words.number(row.gain, 1, ctx.tr)} / {round(row.effort, 1):g}", ctx.tr(row.action))
        for row in plan.quick_wins
    )


def _curve(ctx: Context, plan: Roadmap) -> Chart | None:
    if len(plan.curve) < 2:
        return None
    tr = ctx.tr
    points = [(0.0, plan.before.index), *((c.effort, c.index) for c in plan.curve)]
    half = next(c for c in plan.curve if c.gain >= plan.curve[-1].gain / 2 - 1e-6)
    text = tr("Half of all that the steps can bring takes {half} of {all}")
    title = text.format(half=months(ctx, half.effort), all=months(ctx, plan.curve[-1].effort))
    told = "; ".join(f"{effort:g}: {words.number(index)}" for effort, index in points)
    table = Table((tr("Person-months"), tr("Index")),
                  tuple((f"{effort:g}", words.number(index, 1, tr)) for effort, index in points))
    stages = [(tr(s.title), s.from_score) for s in ctx.rubric.stages]
    own = (plan.effort, plan.after.index)
    return Chart(title, charts.curve(points, own, stages, tr("Person-months"), title, told), table)


def _find_out(ctx: Context, plan: Roadmap) -> tuple[Ranked, ...]:
    titles = ctx.rubric.indicators
    return tuple(Ranked(row.indicator, ctx.tr(titles[row.indicator].title), words.number(row.swing, 1, ctx.tr), "")
                 for row in plan.find_out[:_MOST])
