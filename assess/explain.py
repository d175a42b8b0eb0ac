"""One figure, from its evidence to the number, in plain text: the way that the result's trace holds.

Nothing is computed here but what keeps a printed column adding up to its printed total.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assess import words
from assess.assessment import Assessment
from assess.days import long_day
from assess.frozen import Frozen
from assess.language import N_, Translator
from assess.printable import printable_lines
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.report.trace import step_sentence
from assess.report.view.context import Context
from assess.result import ComponentResult, GateResult, IndicatorResult, Range, Reading, Result, SlotValue
from assess.rubric.model import Gate, Indicator, Rubric
from assess.scoring.rounding import rounded

_PAIR_RULES = {
    "lower": N_("the lower of the two counts"),
    "higher": N_("the higher of the two counts"),
    "mean": N_("the mean of the two counts"),
}


def keys(result: Result) -> tuple[str, ...]:
    """Return everything that can be explained."""
    indicators = (i.id for c in result.components for i in c.indicators)
    return ("index", "stage", *(c.id for c in result.components), *indicators, *(g.id for g in result.gates))


def part_of(result: Result, key: str) -> Frozen:
    """Return the part of the result that ``key`` names.

    Raises:
        InputError: Q232, there is nothing of this name.
    """
    parts: dict[str, Frozen] = {"index": result.index, "stage": result.stage}
    parts |= {c.id: c for c in result.components} | {g.id: g for g in result.gates}
    parts |= {i.id: i for c in result.components for i in c.indicators}
    if key not in parts:
        raise InputError([Problem("Q232", Place("KEY"), {"key": key}, nearest(key, keys(result)))])
    return parts[key]


def explain(result: Result, rubric: Rubric, key: str, tr: Translator) -> str:
    """Return the way to the figure ``key`` as text, a line break at its end.

    Raises:
        InputError: Q232, there is nothing of this name.
    """
    part, teller = part_of(result, key), _Teller(result, rubric, tr)
    if isinstance(part, IndicatorResult):
        lines = teller.indicator(part)
    elif isinstance(part, ComponentResult):
        lines = teller.component(part)
    elif isinstance(part, GateResult):
        lines = teller.gate(part)
    else:
        lines = teller.index() if key == "index" else teller.stage()
    return printable_lines(lines)


class _Teller:
    """Tells the parts of one result in one language, line by line."""

    def __init__(self, result: Result, rubric: Rubric, tr: Translator) -> None:
        self.result, self.rubric, self.tr = result, rubric, tr
        self.ctx = Context(Assessment(result=result), rubric, tr)

    # --- an indicator ---------------------------------------------------------------------------

    def indicator(self, part: IndicatorResult) -> list[str]:
        tr, indicator = self.tr, self.rubric.indicators[part.id]
        lines = [f"{part.id} {tr(indicator.title)}", tr(indicator.question), "", tr("Answers")]
        for reading in part.readings:
            lines += self._reading(reading, indicator)
        lines += ["", tr("Value")]
        lines += [f"  {self._slot(value, part)}" for value in part.slots]
        lines += self._pair(part, indicator)
        return [*lines, "", tr("In the index"), *(f"  {line}" for line in self._share(part))]

    def _reading(self, reading: Reading, indicator: Indicator) -> list[str]:
        tr = self.tr
        who = self.ctx.who(reading.slot, indicator.type)
        if len(self.result.questionnaires) > 1:
            who += ", " + tr("rater {number}").format(number=reading.rater + 1)
        lines = [f"  {who}: {self._answered(reading)}"]
        lines += [f"    {step_sentence(step, tr)}" for step in reading.steps if step.kind != "answered"]
        if reading.effective:
            levels = self._levels(reading.effective)
            points = self._levels(self.rubric.points(level) for level in reading.effective)
            lines.append("    " + tr("counts as level {levels}, {points} points (rule 1.1)").format(
                levels=levels, points=points))
            if not reading.evidence:
                lines.append("    " + tr("no evidence is cited"))
        lines += [f"    {self._evidence(key)}" for key in reading.evidence]
        return lines + [f"    {line}" for text in (reading.reason, reading.note) if text for line in text.splitlines()]

    def _answered(self, reading: Reading) -> str:
        tr, state = self.tr, self.tr(words.STATES[reading.state])
        levels = self._levels(reading.answered)
        if reading.state == "answered":
            return tr("answered {level}").format(level=levels)
        return f"{state}, {levels}" if levels else state

    def _levels(self, levels: Iterable[float]) -> str:
        return " – ".join(self._plain(level) for level in levels)

    def _evidence(self, key: str) -> str:
        """Id, grade, date, title and place of one piece of evidence."""
        evidence = self.result.evidence[key]
        parts = [key, self.tr("grade {grade}").format(grade=evidence.grade), evidence.date or self.tr("no date"),
                 evidence.title, evidence.url or evidence.where]
        if evidence.counter:
            parts.append(self.tr("speaks against a higher level"))
        return " · ".join(part for part in parts if part)

    def _slot(self, value: SlotValue, part: IndicatorResult) -> str:
        text = f"{self.ctx.who(value.slot, part.type)}: {self._value(value.points, value.bounds)}"
        readings = [r for r in part.readings if r.slot == value.slot]
        if len(readings) > 1:
            text += " " + self.tr("(pooled over {count} raters, rule 7)").format(count=len(readings))
        return text

    def _value(self, points: float | None, bounds: Range | None) -> str:
        """Points with their hard bounds; the bounds alone where the points are not known."""
        if bounds is None:
            return self.tr("not applicable")
        span = self.ctx.range(bounds.low, bounds.high)
        if points is None:
            return self.tr("not known, {span} points are possible").format(span=span)
        told = self.tr("{points} points").format(points=self._number(points))
        return told if bounds.low == bounds.high else f"{told} ({span})"

    def _pair(self, part: IndicatorResult, indicator: Indicator) -> list[str]:
        if part.type == "P":
            return []
        rule = self.tr(_PAIR_RULES[indicator.pair_rule])
        value = self._value(part.points, part.bounds)
        return ["  " + self.tr("the pair: {value} ({how}, rule 3)").format(value=value, how=rule)]

    def _share(self, part: IndicatorResult) -> list[str]:
        """How the points enter the index, with the check that the printed figures add up."""
        tr, total = self.tr, self._total()
        if part.entered is None or total is None:
            return [tr("It does not enter the index: {state} (rule 4).").format(state=tr(words.STATES[part.state]))]
        here = self.ctx.contribution[part.id]
        lines = [tr("share {share} % × {points} points = {contribution} points of the index (rule 8)").format(
            share=self._number(100 * part.share), points=self._number(part.entered), contribution=self._said(here))]
        if part.points is None:
            lines.append(tr("It is not known, but its limits exclude the mean, so that it counts at the nearer one "
                            "(rule 4)."))
        lines.append(tr("{here} here + {others} from the other indicators = {total}, the index").format(
            here=self._said(here), others=self._said(sum(self.ctx.contribution.values(), Decimal(0)) - here),
            total=self._said(total)))
        lost = self._said(self.ctx.lost[part.id])
        return [*lines, tr("{lost} points of the index are missing here").format(lost=lost)]

    def _plain(self, value: float) -> str:
        return f"{value:g}".replace(".", self.tr.decimal_mark)

    def _number(self, points: float) -> str:
        return self._said(rounded(points))

    def _said(self, figure: Decimal) -> str:
        """A figure that is already rounded, with the decimal mark of the language."""
        return str(figure).replace(".", self.tr.decimal_mark)

    def _total(self) -> Decimal | None:
        points = self.result.index.points
        return None if points is None else rounded(points)

    # --- a component ------------------------------------------------------------------------------

    def component(self, part: ComponentResult) -> list[str]:
        tr = self.tr
        lines = [f"{part.id} {self.ctx.component_title(part.id)}", ""]
        rows = [(i.id, tr(self.rubric.indicators[i.id].title), self._plain(i.weight), self._points(i.points, i.state),
                 self._percent(i.share), self._said(self.ctx.contribution[i.id])) for i in part.indicators]
        head = (tr("Id"), tr("Indicator"), tr("Weight"), tr("Points"), tr("Share"), tr("Contribution"))
        state = "unknown" if part.bounds else "not_applicable"
        total = ("", tr("Together"), "", self._points(part.points, state), self._percent(part.share),
                 self._said(self._contribution(part)))
        lines += _table([head, *rows, total])
        lines += ["", tr("Score: {value} (rule 4)").format(value=self._value(part.points, part.bounds))]
        if part.coverage is not None:
            lines.append(tr("Answered: {share} of the weight that applies").format(share=words.percent(part.coverage)))
        if part.indicative:
            lines.append(tr("Indicative only: less than {share} of its weight is answered.").format(
                share=words.percent(self.rubric.coverage.component_minimum)))
        return lines

    def _contribution(self, part: ComponentResult) -> Decimal:
        """The sum of the printed contributions of its indicators."""
        return sum((self.ctx.contribution[i.id] for i in part.indicators), Decimal(0))

    def _points(self, points: float | None, state: str) -> str:
        return self.tr(words.STATES[state]) if points is None else self._number(points)

    def _percent(self, share: float) -> str:
        return f"{self._number(100 * share)} %"

    # --- the index ----------------------------------------------------------------------------------

    def index(self) -> list[str]:
        tr, index = self.tr, self.result.index
        rows = [(c.id, self.ctx.component_title(c.id), self._plain(c.weight),
                 self._points(c.points, "unknown" if c.bounds else "not_applicable"), self._percent(c.share),
                 self._said(self._contribution(c))) for c in self.result.components]
        head = (tr("Id"), tr("Component"), tr("Weight"), tr("Points"), tr("Share"), tr("Contribution"))
        total = self._total()
        foot = ("", tr("Index"), "", "", "", "–" if total is None else self._said(total))
        lines = [f"{words.pair_title(self.result, tr)}, {long_day(self.result.as_of, tr)}", ""]
        lines += [*_table([head, *rows, foot]), ""]
        lines.append(tr("Index: {value} (rules 1.2, 4, 8)").format(value=self._value(index.points, index.bounds)))
        lines.append(tr("Answered: {share} of the weight that applies").format(share=words.percent(index.coverage)))
        if not self.ctx.enough:
            lines.append(tr("Below {share} only the range is published (rule 4).").format(
                share=words.percent(self.rubric.coverage.overall_minimum)))
        return [*lines, "", tr("Gates"), *(f"  {self._gate_line(g)}" for g in self.result.gates), "",
                self._stage_line()]

    def _stage_line(self) -> str:
        return self.tr("Stage by score and gates") + f": {words.stage_phrase(self.result.stage, self.rubric, self.tr)}"

    # --- gates and the stage ------------------------------------------------------------------------

    def _gate_line(self, gate: GateResult) -> str:
        model = self._gate_model(gate)
        text = f"{gate.id} {self.tr(model.title)}: {self.tr(words.GATE_STATES[gate.state])}"
        if gate.state in ("failed", "undetermined"):
            text += ", " + self.tr("caps the stage at «{cap}»").format(cap=self.ctx.stage_titles[gate.cap])
        return text

    def _gate_model(self, gate: GateResult) -> Gate:
        return next(g for g in self.rubric.gates if g.id == gate.id)

    def gate(self, gate: GateResult) -> list[str]:
        tr, model = self.tr, self._gate_model(gate)
        asked, found = self._condition(gate, model)
        held = gate.id in self.result.stage.binding
        effect = tr("It holds the stage down (rule 6).") if held else tr("It does not change the stage (rule 6).")
        return [
            self._gate_line(gate),
            "  " + tr("It asks for") + f": {asked}",
            "  " + tr("The answers give") + f": {found}",
            "  " + tr("Reason") + f": {tr(model.reason)}",
            f"  {effect}",
        ]

    def _condition(self, gate: GateResult, model: Gate) -> tuple[str, str]:
        """What the gate asks for, and what stands against it."""
        tr, when = self.tr, model.when
        if when.unknown_share is not None:
            about = tr("essential indicators") if when.unknown_share == "essential" else tr("all indicators")
            asked = tr("at most {share} of the weight of {about} unknown").format(
                share=words.percent(gate.threshold), about=about)
            return asked, words.percent(gate.value)
        if when.indicator is not None:
            part = self.ctx.parts[when.indicator]
            asked = tr("at least level {level} of {key}, {points} points").format(
                level=f"{gate.threshold:g}", key=when.indicator,
                points=self._number(self.rubric.points(gate.threshold)))
            return asked, self._value(part.points, part.bounds)
        component = next(c for c in self.result.components if c.id == when.component)
        asked = tr("at least {points} points of {key}").format(points=self._plain(gate.threshold), key=when.component)
        return asked, self._value(component.points, component.bounds)

    def stage(self) -> list[str]:
        tr, stage, titles = self.tr, self.result.stage, self.ctx.stage_titles
        band = "  " + tr("from {points} {stage}")
        bands = [band.format(points=self._plain(s.from_score), stage=tr(s.title)) for s in self.rubric.stages]
        lines = [self._stage_line(), "", tr("Stages by index"), *bands, ""]
        total = self._total()
        if stage.by_score is not None and total is not None:
            lines.append(tr("By the index of {points} alone: {stage}").format(
                points=self._said(total), stage=titles[stage.by_score]))
        lines += [self._gate_line(gate) for gate in self.result.gates]
        if stage.binding:
            lines.append(tr("Held down by: {gates} (rule 6)").format(gates=", ".join(stage.binding)))
        if not stage.published:
            lines.append(tr("No single stage is published: {reason} (rules 4 and 6).").format(reason=self._why_open()))
        return [*lines, tr("At the worst and the best that the unknowns allow: {low}, {high}").format(
            low=titles[stage.lowest], high=titles[stage.highest])]

    def _why_open(self) -> str:
        """Why no single stage is published."""
        if self.result.index.coverage < self.rubric.coverage.overall_minimum:
            return self.tr("only {share} of the weight is answered").format(
                share=words.percent(self.result.index.coverage))
        return self.tr("a gate that is undetermined would change it")


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Align columns: the first two to the left, the figures to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) if n < 2 else cell.rjust(width)
                  for n, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
