"""The methodology annex: everything that a reviewer needs in order to hold the figures to account."""

from decimal import Decimal

from assess import words
from assess.language import N_
from assess.report.view.context import Context
from assess.report.view.model import Table
from assess.report.view.pages import Annex, InstrumentRow, Tenth
from assess.report.view.plan import hindrances
from assess.report.view.registers import asks
from assess.report.view.steps import months
from assess.result import IndicatorResult
from assess.roadmap.outlook import Outlook
from assess.rubric.model import Indicator
from assess.sensitivity.model import Sensitivity
from assess.uncertainty.model import Uncertainty

AGGREGATORS = {
    "arithmetic": N_("arithmetic mean"),
    "geometric": N_("geometric mean, floor 1"),
    "mazziotta_pareto": N_("Mazziotta-Pareto"),
    "minimum": N_("lowest component"),
}
WEIGHTINGS = {
    "rubric": N_("of the rubric"),
    "equal_components": N_("all components alike"),
    "equal_indicators": N_("all indicators alike"),
}
SPACINGS = {"rubric": N_("of the rubric"), "early": N_("long steps first"), "late": N_("long steps last")}
POOLINGS = {"mean": N_("mean of the raters"), "lowest": N_("lowest rater")}


def annex(ctx: Context) -> Annex:
    """Return the annex; parts that were not computed are absent."""
    s, sure = ctx.assessment.sensitivity, ctx.assessment.uncertainty
    return Annex(
        intro=intro(ctx),
        facts=facts(ctx),
        assumptions=assumptions(ctx, sure),
        not_identified=not_identified(ctx, sure),
        ten_steps=ten_steps(ctx),
        gates=gate_log(ctx),
        contributions=contributions(ctx),
        sum_check=sum_check(ctx),
        alternatives=alternatives(ctx, s),
        left_out=left_out(ctx, s),
        roadmap=roadmap_inputs(ctx),
        instrument=instrument(ctx),
    )


# --- in words -----------------------------------------------------------------------------------


def intro(ctx: Context) -> str:
    """Say which rubric it was, by its fingerprint."""
    rubric = ctx.rubric
    text = ctx.tr("For whoever wants to hold the figures to account. The rubric is {rubric}; its fingerprint is "
                  "{hash}.")
    return text.format(rubric=f"{rubric.id} {rubric.version}", hash=rubric.hash[:16])


def facts(ctx: Context) -> tuple[tuple[str, str], ...]:
    """How many raters, how much is known, by what evidence."""
    tr, result = ctx.tr, ctx.result
    sides = [q.answered_by.side for q in result.questionnaires if q.answered_by.side is not None]
    raters = "; ".join(f"{ctx.sources[side]}: {sides.count(side)}" for side in sorted(set(sides)))
    raters = raters or str(len(result.questionnaires))
    states = [i.state for i in ctx.parts.values()]
    counted = "; ".join(f"{tr(text)}: {states.count(state)}" for state, text in words.STATES.items() if state in states)
    cited = [e for key, e in result.evidence.items() if ctx.cited.get(key)]
    grades = "; ".join(f"{grade}: {sum(e.grade == grade for e in cited)}" for grade in ("A", "B", "C"))
    dates = sorted(e.date for e in cited if e.date)
    rows = [
        (tr("Raters"), raters),
        (tr("Indicators"), counted),
        (tr("Coverage"), words.percent(result.index.coverage)),
        (tr("Essential unknown"), words.percent(result.index.essential_unknown_share)),
        (tr("Evidence by grade"), grades),
        (tr("Dates of evidence"), f"{dates[0]} – {dates[-1]}" if dates else "–"),
    ]
    return tuple(rows)


def assumptions(ctx: Context, sure: Uncertainty | None) -> tuple[str, ...]:
    """What the aggregation and the rating model take for granted."""
    tr = ctx.tr
    lines = [
        tr("Aggregation is by weighted arithmetic means, because other means put more weight on the zero point of the "
           "scale, which nobody has measured. What may not be made up for elsewhere is said by gates."),
    ]
    if sure is None or sure.index is None:
        return tuple(lines)
    lines += [
        tr("Rating model: a rater hits the true level with a chance that is the same for all indicators; each further "
           "level away is four times less likely. How often each level occurs is learned from all answers."),
        tr("Confidence moves the chance of a hit by a tenth either way, an answer without evidence by a tenth down."),
        tr("The robustness range moves weights by about a quarter, each step between levels by half, and takes the "
           "arithmetic mean, the geometric mean and Mazziotta-Pareto equally often."),
        tr("Computed from {draws} draws in {chains} chains (greatest split R-hat {rhat}) and {points} Sobol points; "
           "seed {seed}, from the hashes of rubric and answers; {libraries}.").format(
               draws=sure.draws, chains=sure.chains, rhat=f"{sure.r_hat:.3f}".replace(".", tr.decimal_mark),
               points=sure.points, seed=sure.seed,
               libraries=", ".join(f"{x.name} {x.version}" for x in sure.libraries)),
    ]
    shares = ctx.assessment.sensitivity.shares if ctx.assessment.sensitivity else ()
    if shares:
        text = tr("Shares of the doubt are Shapley effects with 95 % intervals, from {points} Sobol points a sample.")
        lines.append(text.format(points=shares[0].points))
    return tuple(lines)


def not_identified(ctx: Context, sure: Uncertainty | None) -> tuple[str, ...]:
    """What these data cannot tell, said outright."""
    tr = ctx.tr
    lines = []
    several = len(ctx.result.questionnaires) > 1
    if sure is not None and not any(a.learned for a in sure.accuracy) and (sure.accuracy or not several):
        one = tr("How accurate a single rater is: assumed, not measured. A second rater would measure it.")
        apart = tr("How accurate the raters are: assumed, not measured. Answers of two to the same questions would "
                   "measure it.")
        lines.append(apart if several else one)
    if sure is not None and sure.perception_gap is None:
        lines.append(tr("How differently the two parties see it: that takes a questionnaire of each."))
    lines += [
        tr("A leniency that all raters share: no comparison among them can show it; it is allowed for, not measured."),
        tr("How far apart the levels stand: equal steps are a choice; the robustness range shows what hangs on it."),
        tr("Whether the components measure one thing: that takes about 20 relationships; here N = 1, not estimable."),
        tr("What causes what: the roadmap adds up the rubric's points and efforts; it predicts no behaviour."),
    ]
    return tuple(lines)


def ten_steps(ctx: Context) -> tuple[Tenth, ...]:
    """The ten steps of the handbook by OECD and JRC (2008), each with the place where it is taken."""
    tr = ctx.tr
    sure, s = ctx.assessment.uncertainty is not None, ctx.assessment.sensitivity is not None
    known = ctx.result.index.points is not None
    rows = [
        (tr("Theoretical framework"), tr("purpose and definitions of the rubric, components and their reasons"),
         "method", True),
        (tr("Selection of data"), tr("indicators with anchors; every answer with its evidence and grade"),
         "evidence", True),
        (tr("Missing data"), tr("nothing is imputed; coverage, hard bounds and open questions stand apart"),
         "questions", True),
        (tr("Multivariate analysis"),
         tr("not estimable for one relationship (N = 1); assess portfolio computes it from about 20 on"),
         "annex", False),
        (tr("Normalisation"), tr("levels with fixed points, so that no other relationship moves this one"),
         "method", True),
        (tr("Weighting and aggregation"),
         tr("weights of the rubric, arithmetic means, gates for what cannot be made up for"), "method", True),
        (tr("Uncertainty and sensitivity"), tr("three ranges, shares of the doubt, alternatives, tipping points"),
         "drives" if s and known else "method", sure and s),
        (tr("Back to the data"), tr("contributions that add up to the index, down to each answer"), "annex", known),
        (tr("Links to other variables"),
         tr("challenges, footprint and aims stand beside the index; no correlation is claimed"),
         "challenges" if ctx.result.pressure else "annex", True),
        (tr("Visualisation"), tr("charts with ranges, each with its figures as text"), "profile", True),
    ]
    return tuple(Tenth(*row) for row in rows)


# --- tables -------------------------------------------------------------------------------------


def gate_log(ctx: Context) -> Table:
    """Every gate with what was compared."""
    tr = ctx.tr
    rows = []
    for gate in ctx.result.gates:
        source = next(g for g in ctx.rubric.gates if g.id == gate.id)
        shown = words.percent(gate.value) if source.when.unknown_share else words.number(gate.value, 2, tr)
        found = "–" if gate.value is None else shown
        binding = tr("binding") if gate.id in ctx.result.stage.binding else ""
        rows.append((f"{gate.id} {tr(source.title)}", asks(ctx, gate.id), found, tr(words.GATE_STATES[gate.state]),
                     ctx.stage_titles[gate.cap], binding))
    head = (tr("Gate"), tr("Asks for"), tr("Found"), tr("State"), tr("Caps the stage at"), "")
    return Table(head, tuple(rows))


def contributions(ctx: Context) -> Table | None:
    """What each indicator in the mean brings and loses, and the index without it; the totals add up."""
    if ctx.result.index.points is None:
        return None
    tr, gone = ctx.tr, _without(ctx)
    rows = []
    for i in _in_the_mean(ctx):
        rows.append((i.id, f"{i.weight:g}", f"{100 * i.share:.2f} %".replace(".", tr.decimal_mark),
                     words.mark(i.points, i.state), said(ctx, ctx.contribution[i.id]), said(ctx, ctx.lost[i.id]),
                     gone.get(i.id, "")))
    total = (tr("Sum"), "", "100 %", ctx.points(), said(ctx, sum(ctx.contribution.values(), Decimal(0))),
             said(ctx, sum(ctx.lost.values(), Decimal(0))), "")
    head = (tr("Indicator"), tr("Weight"), tr("Share of the index"), tr("Points"), tr("Brings"), tr("Loses"),
            tr("Index without it"))
    return Table(head, (*rows, total))


def _in_the_mean(ctx: Context) -> list[IndicatorResult]:
    return [i for i in ctx.parts.values() if i.share]


def _without(ctx: Context) -> dict[str, str]:
    """The index without each indicator that moves it, by id; a stage that changes is named."""
    s = ctx.assessment.sensitivity
    rows = [p for p in s.left_out if p.kind == "indicator" and p.change] if s else []
    return {p.id: words.number(p.index, 1, ctx.tr)
            + (f" ({ctx.stage_titles[p.stage]})" if p.stage_changes and p.stage else "") for p in rows}


def said(ctx: Context, value: Decimal) -> str:
    """A printed contribution with the decimal mark of the language."""
    return str(value).replace(".", ctx.tr.decimal_mark)


def sum_check(ctx: Context) -> str:
    """Whether the contributions add up to the index, by their exact values."""
    points = ctx.result.index.points
    if points is None:
        return ""
    total = sum(i.contribution for i in ctx.parts.values())
    text = ctx.tr("Sum check: the contributions add up to {total}, the index is {index}; they differ by less than "
                  "{error} points.")
    error = "0.000001" if abs(total - points) < 1e-6 else f"{abs(total - points):.3g}"
    said_sum = text.format(total=words.number(total, 3, ctx.tr), index=words.number(points, 3, ctx.tr),
                           error=error.replace(".", ctx.tr.decimal_mark))
    outside = [i.id for i in ctx.parts.values() if not i.share]
    if not outside:
        return said_sum
    left = ctx.tr("Not in the mean, because nothing is known or nothing applies: {ids}.").format(ids=", ".join(outside))
    return f"{said_sum} {left}"


def alternatives(ctx: Context, s: Sensitivity | None) -> Table | None:
    """Index and stage under every combination of choices: averaging across, the rest down; the rubric's own first."""
    if s is None or not s.alternatives:
        return None
    tr, several = ctx.tr, len(ctx.result.questionnaires) > 1
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for a in s.alternatives:
        key = (tr(WEIGHTINGS[a.weights]), tr(SPACINGS[a.spacing]), *([tr(POOLINGS[a.pooling])] if several else []))
        found.setdefault(key, {})[a.aggregator] = f"{words.number(a.index, 1, tr)} {ctx.stage_titles[a.stage]}"
    head = (tr("Weights"), tr("Level steps"), *([tr("Pooling")] if several else []),
            *(tr(name) for name in AGGREGATORS.values()))
    return Table(head, tuple((*key, *(cells.get(name, "–") for name in AGGREGATORS)) for key, cells in found.items()))


def left_out(ctx: Context, s: Sensitivity | None) -> Table | None:
    """The index without each component."""
    if s is None or ctx.result.index.points is None:
        return None
    tr = ctx.tr
    rows = tuple(
        (ctx.component_title(p.id), words.number(p.index, 1, tr), words.signed(p.change, tr),
         ctx.stage_titles[p.stage] if p.stage else "–")
        for p in s.left_out if p.kind == "component" and p.change is not None
    )
    return Table((tr("Left out"), tr("Index"), tr("Change"), tr("Stage by score and gates")), rows)


def roadmap_inputs(ctx: Context) -> tuple[tuple[str, str], ...]:
    """What the roadmap was asked for, what it counted with, and how the solver ended."""
    tr, found = ctx.tr, ctx.assessment.outlook
    if found is None:
        return ()
    rows = [(tr("Aim"), _aim(ctx, found))]
    rows += [(tr("In the way"), line) for line in hindrances(ctx, found)]
    plan = found.plan
    if plan is None:
        return tuple(rows)
    solver = plan.solver
    rows += [
        (tr("Budget"), tr("none") if plan.budget is None else months(ctx, plan.budget)),
        (tr("Years"), str(plan.years or "–")),
        (tr("Inputs"), tr("efforts, needs and offices of the rubric; gains by its weights; levels as they stand")),
        (tr("Solver"), tr("{name} {version}: proven optimal, gap {gap:g}, {solves} runs").format(
            name=solver.name, version=solver.version, gap=solver.gap, solves=solver.solves)),
        (tr("Robustness"), tr("{runs} plans with efforts moved by up to {spread} either way, seed {seed}").format(
            runs=solver.runs, spread=words.percent(solver.spread), seed=solver.seed)),
    ]
    return tuple(rows)


def _aim(ctx: Context, found: Outlook) -> str:
    if found.target is None:
        return ctx.tr("most gain")
    return ctx.tr("least effort to «{stage}»").format(stage=ctx.stage_titles[found.target])


def instrument(ctx: Context) -> tuple[tuple[str, tuple[InstrumentRow, ...]], ...]:
    """Every indicator with weight, share, gate and anchors, by component."""
    gates = {g.when.indicator: g.id for g in ctx.rubric.gates if g.when.indicator}
    return tuple(
        (ctx.tr(c.title), tuple(_indicator(ctx, i, gates) for i in c.indicators)) for c in ctx.rubric.components
    )


def _indicator(ctx: Context, indicator: Indicator, gates: dict[str, str]) -> InstrumentRow:
    tr = ctx.tr
    share = ctx.parts[indicator.id].share
    return InstrumentRow(
        indicator.id, tr(indicator.title), f"{indicator.weight:g}",
        f"{100 * share:.1f} %".replace(".", tr.decimal_mark), gates.get(indicator.id, ""),
        tuple((level, tr(text)) for level, text in sorted(indicator.anchors.items())),
    )
