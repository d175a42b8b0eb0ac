"""What the pages say, as plain values: the templates only arrange it.

Every sentence is made here by rules from the result, so that text and figures cannot contradict.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assess import words
from assess.language import Translator
from assess.questionnaire.model import Evidence
from assess.report import charts
from assess.report.charts.heat import HeatCell
from assess.report.charts.profile import ProfileRow
from assess.report.trace import step_sentence
from assess.result import ComponentResult, GateResult, IndicatorResult, Reading, Result, SlotValue
from assess.rubric.model import Component, Indicator, Rubric
from assess.scoring.rounding import largest_remainder

_MOST = 5


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure with its finding as title, its text alternative, and the table that says the same."""

    title: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One row of the evidence register."""

    id: str
    title: str
    date: str
    grade: str
    source: str
    url: str
    where: str
    publisher: str
    counter: bool
    verified: bool
    note: str
    cited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One rater's answer and what it came to."""

    who: str
    answered: str
    steps: tuple[str, ...]
    strength: str
    evidence: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator as the report shows it."""

    id: str
    title: str
    question: str
    kind: str
    essential: bool
    weight: str
    state: str
    points: str
    bounds: str
    anchor: str
    slots: tuple[tuple[str, str], ...]
    readings: tuple[ReadingView, ...]
    next_level: str
    next_action: str
    next_effort: str
    contribution: Decimal
    lost: Decimal
    asserted: bool


@dataclass(frozen=True, slots=True)
class ComponentView:
    """One component as the report shows it."""

    id: str
    title: str
    purpose: str
    points: str
    bounds: str
    coverage: str
    word: str
    finding: str
    flags: tuple[str, ...]
    contribution: Decimal
    lost: Decimal
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate as the report shows it."""

    id: str
    title: str
    asks: str
    state: str
    cap: str
    reason: str
    binding: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do, and what it would bring."""

    indicator: str
    title: str
    action: str
    why: str
    effort: str


@dataclass(frozen=True, slots=True)
class Question:
    """One open question."""

    indicator: str
    title: str
    about: str
    question: str
    swing: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that a report says, in one language."""

    language: str
    title: str
    party_a: str
    party_b: str
    as_of: str
    as_of_iso: str
    illustration: bool
    index: str
    bounds: str
    stage: str
    stage_meaning: str
    stage_advice: str
    coverage: str
    headline: str
    sure: tuple[str, ...]
    holding_back: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    strip: Chart
    profile: Chart
    heat: Chart
    timeline: Chart | None
    components: tuple[ComponentView, ...]
    strengths: tuple[IndicatorView, ...]
    gaps: tuple[IndicatorView, ...]
    gates: tuple[GateView, ...]
    questions: tuple[Question, ...]
    evidence: tuple[EvidenceView, ...]
    years: tuple[tuple[int, int, int, int], ...]
    index_exact: Decimal | None
    lost_exact: Decimal | None
    raters: tuple[str, ...]
    fingerprints: tuple[str, ...]
    rubric_name: str
    rubric_hash: str
    engine: str
    levels: tuple[tuple[int, str, str, str], ...]
    stages: tuple[tuple[str, str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    not_applicable: tuple[tuple[str, str, str], ...]
    schema_version: str


def build_view(result: Result, rubric: Rubric, tr: Translator, as_of: str) -> ReportView:
    """Say everything about ``result`` in the language of ``tr``; ``as_of`` is the localised date."""
    return _Builder(result, rubric, tr).build(as_of)


class _Builder:
    """Holds what every sentence needs, so that the functions below stay short."""

    def __init__(self, result: Result, rubric: Rubric, tr: Translator) -> None:
        self.result, self.rubric, self.tr = result, rubric, tr
        self.parts = {i.id: i for c in result.components for i in c.indicators}
        self.binding = set(result.stage.binding)
        keys = list(self.parts)
        parts = self.parts.values()
        self.contribution = dict(zip(keys, largest_remainder([i.contribution for i in parts]), strict=True))
        self.lost = dict(zip(keys, largest_remainder([i.lost for i in parts]), strict=True))
        self.cited = self._cited()

    def build(self, as_of: str) -> ReportView:
        result, rubric, tr = self.result, self.rubric, self.tr
        components = tuple(self._component(c, rubric.components[n]) for n, c in enumerate(result.components))
        by_id = {i.id: i for c in components for i in c.indicators}
        stage = words.stage_of(result.index.points, rubric) if result.index.points is not None else None
        published = next((s for s in rubric.stages if s.id == result.stage.stage), stage)
        parties = result.relationship.parties
        has_index = result.index.points is not None
        return ReportView(
            language=tr.language,
            title=words.pair_title(result),
            party_a=parties.A.name,
            party_b=parties.B.name,
            as_of=as_of,
            as_of_iso=result.as_of,
            illustration=result.kind == "illustration",
            index=words.number(result.index.points),
            bounds=self._range(result.index.bounds.low, result.index.bounds.high),
            stage=words.stage_phrase(result.stage, rubric, tr),
            stage_meaning=tr(published.meaning) if result.stage.published and published else "",
            stage_advice=tr(published.advice) if result.stage.published and published else "",
            coverage=words.percent(result.index.coverage),
            headline=self._headline(),
            sure=self._sure(),
            holding_back=self._holding_back(),
            next_steps=self._next_steps(),
            strip=self._strip(),
            profile=self._profile(),
            heat=self._heat(),
            timeline=self._timeline(),
            components=components,
            strengths=tuple(by_id[key] for key in self._strengths()),
            gaps=tuple(by_id[key] for key in self._gaps()),
            gates=tuple(self._gate(gate) for gate in result.gates),
            questions=self._questions(),
            evidence=tuple(self._evidence(key, e) for key, e in result.evidence.items()),
            years=self._years(),
            index_exact=sum(self.contribution.values(), Decimal(0)) if has_index else None,
            lost_exact=sum(self.lost.values(), Decimal(0)) if has_index else None,
            raters=tuple(self._rater(n) for n in range(len(result.questionnaires))),
            fingerprints=tuple(q.fingerprint for q in result.questionnaires),
            rubric_name=f"{rubric.id} {rubric.version}",
            rubric_hash=rubric.hash,
            engine=result.engine,
            levels=tuple((x.level, words.number(x.score), tr(x.title), tr(x.meaning)) for x in rubric.levels),
            stages=tuple((tr(s.title), words.number(s.from_score), tr(s.meaning)) for s in rubric.stages),
            reasons=self._reasons(),
            not_applicable=self._not_applicable(),
            schema_version=result.schema_version,
        )

    # --- page one -----------------------------------------------------------------------------

    def _headline(self) -> str:
        """One sentence that a minister may repeat."""
        tr, stage = self.tr, self.result.stage
        if self.result.index.points is None:
            return tr("Nothing is known yet: no question has an answer.")
        if stage.published:
            text = tr("The relationship is at the stage «{stage}», with {points} of 100 points.")
            return text.format(stage=words.stage_phrase(stage, self.rubric, tr), points=self._points())
        text = tr(
            "What was answered gives {points} of 100 points; too much is open to name one stage: "
            "it lies between {span}."
        )
        titles = {s.id: tr(s.title) for s in self.rubric.stages}
        span = tr("«{low}» and «{high}»").format(low=titles[stage.lowest], high=titles[stage.highest])
        return text.format(points=self._points(), span=span)

    def _points(self) -> str:
        return words.number(self.result.index.points)

    def _sure(self) -> tuple[str, ...]:
        """How sure we are: coverage, bounds, evidence; no probability is claimed here."""
        tr, index = self.tr, self.result.index
        share = words.percent(index.coverage)
        lines = [
            tr("{share} of the weight of all applicable questions is answered.").format(share=share),
            tr("If every open question had the worst answer, the index would be {low}; with the best, {high}.").format(
                low=words.number(index.bounds.low), high=words.number(index.bounds.high)
            ),
        ]
        grades = Counter(e.grade for key, e in self.result.evidence.items() if self.cited.get(key))
        lines.append(
            tr("The answers cite {total} pieces of evidence: {a} of grade A, {b} of grade B, {c} of grade C.").format(
                total=sum(grades.values()), a=grades["A"], b=grades["B"], c=grades["C"]
            )
        )
        asserted = sum(r.asserted for i in self.parts.values() for r in i.readings)
        if asserted:
            lines.append(
                tr.plural("{count} answer has no evidence and counts as asserted.",
                          "{count} answers have no evidence and count as asserted.", asserted)
            )
        return tuple(lines)

    def _holding_back(self) -> tuple[str, ...]:
        """Gates first, then the components that lose the most points."""
        tr, lines = self.tr, []
        titles = {s.id: tr(s.title) for s in self.rubric.stages}
        for gate in self.rubric.gates:
            state = next(g.state for g in self.result.gates if g.id == gate.id)
            if state == "failed":
                text = tr("Gate «{gate}» does not hold and caps the stage at «{cap}»: {reason}")
            elif state == "undetermined" and gate.id in self.binding:
                text = tr("Gate «{gate}» is undetermined and caps the stage at «{cap}» until it is answered: {reason}")
            else:
                continue
            lines.append(text.format(gate=tr(gate.title), cap=titles[gate.cap], reason=tr(gate.reason)))
        weakest = sorted((c for c in self.result.components if c.points is not None), key=lambda c: -c.lost)
        for component in weakest[: max(0, 3 - len(lines))]:
            text = tr("{title} loses {lost} points of the index.")
            title = tr(self._component_title(component.id))
            lines.append(text.format(title=title, lost=words.number(component.lost, 1)))
        return tuple(lines[:4])

    def _component_title(self, key: str) -> str:
        return next(c.title for c in self.rubric.components if c.id == key)

    def _next_steps(self) -> tuple[NextStep, ...]:
        """Three steps: what a gate waits for first, then the most points for the least effort."""
        gated = [g.when.indicator for g in self.rubric.gates if g.id in self._unmet() and g.when.indicator]
        ranked = sorted(self.parts.values(), key=lambda i: (-(i.id in gated), -self._gain_per_effort(i), i.id))
        return tuple(step for i in ranked if (step := self._next_step(i, i.id in gated)))[:3]

    def _unmet(self) -> set[str]:
        return {g.id for g in self.result.gates if g.state in ("failed", "undetermined")}

    def _gain_per_effort(self, part: IndicatorResult) -> float:
        step = self._step(part)
        if part.entered is None or step is None:
            return 0.0
        level = step[0]
        return part.share * (self.rubric.points(level) - part.entered) / max(1, step[1])

    def _step(self, part: IndicatorResult) -> tuple[int, int, str] | None:
        """The next level, its effort and its action; None at the top or where nothing is known."""
        if part.points is None:
            return None
        indicator = self.rubric.indicators[part.id]
        above = [x.level for x in self.rubric.levels if x.score > part.points + 1e-9]
        if not above or above[0] not in indicator.steps:
            return None
        step = indicator.steps[above[0]]
        return above[0], step.effort, step.action

    def _next_step(self, part: IndicatorResult, gated: bool) -> NextStep | None:
        tr, indicator = self.tr, self.rubric.indicators[part.id]
        if part.state in ("unknown", "partly_known") and gated:
            why = tr("A gate waits for this answer.")
            action = tr("Find out: {question}").format(question=tr(indicator.question))
            return NextStep(part.id, tr(indicator.title), action, why, "")
        step = self._step(part)
        if step is None or part.share == 0:
            return None
        gain = part.share * (self.rubric.points(step[0]) - (part.entered or 0))
        why = tr("Worth {gain} points of the index.").format(gain=words.number(gain, 1))
        if gated:
            why = tr("A gate waits for it.") + " " + why
        effort = tr.plural("{count} person-month", "{count} person-months", step[1])
        return NextStep(part.id, tr(indicator.title), tr(step[2]), why, effort)

    # --- charts ---------------------------------------------------------------------------------

    def _strip(self) -> Chart:
        index, tr = self.result.index, self.tr
        stages = [(tr(s.title), s.from_score) for s in self.rubric.stages]
        title = tr("The index and its hard bounds on the scale of stages")
        text = tr("Index {points} of 100, hard bounds {low} to {high}.").format(
            points=self._points(), low=words.number(index.bounds.low), high=words.number(index.bounds.high)
        )
        return Chart(title, charts.stage_strip(stages, index.points, index.bounds.low, index.bounds.high, title, text))

    def _profile(self) -> Chart:
        rows = [
            ProfileRow(
                self.tr(self._component_title(c.id)),
                c.points,
                c.bounds.low if c.bounds else None,
                c.bounds.high if c.bounds else None,
                c.indicative,
            )
            for c in self.result.components
        ]
        title = self._profile_title()
        text = "; ".join(f"{r.title}: {words.number(r.points)}" for r in rows)
        return Chart(title, charts.profile(rows, title, text))

    def _profile_title(self) -> str:
        known = [c for c in self.result.components if c.points is not None]
        if not known:
            return self.tr("No component has an answer yet")
        best = max(known, key=lambda c: c.points or 0)
        worst = min(known, key=lambda c: c.points or 0)
        text = self.tr("«{best}» stands highest, «{worst}» lowest")
        return text.format(
            best=self.tr(self._component_title(best.id)), worst=self.tr(self._component_title(worst.id))
        )

    def _heat(self) -> Chart:
        marks = {"unknown": "?", "partly_known": "?", "not_applicable": "–"}
        rows = [
            (
                self.tr(self._component_title(c.id)),
                [HeatCell(i.id, i.points, marks.get(i.state, "?")) for i in c.indicators],
            )
            for c in self.result.components
        ]
        open_ = sum(i.points is None and i.state != "not_applicable" for i in self.parts.values())
        title = self.tr.plural("{count} indicator is open", "{count} indicators are open", open_)
        text = self.tr("Each cell is an indicator with its points from 0 to 100; ? is unknown, – not applicable.")
        return Chart(title, charts.heat_map(rows, title, text))

    def _years(self) -> tuple[tuple[int, int, int, int], ...]:
        counts = self._counts()
        return tuple((year, n["A"], n["B"], n["C"]) for year, n in sorted(counts.items()))

    def _counts(self) -> Mapping[int, Counter[str]]:
        counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for key, e in self.result.evidence.items():
            if e.date and self.cited.get(key):
                counts[int(e.date[:4])][e.grade] += 1
        return counts

    def _timeline(self) -> Chart | None:
        counts = self._counts()
        if not counts:
            return None
        title = self.tr("The newest dated evidence is of {year}").format(year=max(counts))
        text = "; ".join(f"{year}: {sum(counts[year].values())}" for year in sorted(counts))
        return Chart(title, charts.timeline(counts, title, text))

    # --- components and indicators -----------------------------------------------------------------

    def _component(self, c: ComponentResult, component: Component) -> ComponentView:
        tr = self.tr
        indicators = tuple(self._indicator(i, component.indicators[n]) for n, i in enumerate(c.indicators))
        return ComponentView(
            id=c.id,
            title=tr(component.title),
            purpose=tr(component.purpose),
            points=words.number(c.points),
            bounds=self._range(c.bounds.low, c.bounds.high) if c.bounds else "–",
            coverage=words.percent(c.coverage),
            word=tr(words.stage_of(c.points, self.rubric).title) if c.points is not None else "–",
            finding=self._finding(c, component),
            flags=self._flags(c),
            contribution=sum((i.contribution for i in indicators), Decimal(0)),
            lost=sum((i.lost for i in indicators), Decimal(0)),
            indicators=indicators,
        )

    def _finding(self, c: ComponentResult, component: Component) -> str:
        tr = self.tr
        if c.bounds is None:
            return tr("Nothing in this component applies to the relationship.")
        known = [i for i in c.indicators if i.points is not None]
        applicable = sum(i.state != "not_applicable" for i in c.indicators)
        if not known:
            return tr("None of the {total} applicable questions has an answer.").format(total=applicable)
        best, worst = max(known, key=lambda i: i.points or 0), min(known, key=lambda i: i.points or 0)
        text = tr("{known} of {total} applicable questions are answered.").format(known=len(known), total=applicable)
        titles = {i.id: tr(i.title) for i in component.indicators}
        if best.points == worst.points:
            return text + " " + tr("All stand at {points} points.").format(points=words.number(best.points))
        return text + " " + tr("Highest: «{best}» ({high}). Lowest: «{worst}» ({low}).").format(
            best=titles[best.id], high=words.number(best.points), worst=titles[worst.id], low=words.number(worst.points)
        )

    def _flags(self, c: ComponentResult) -> tuple[str, ...]:
        tr, flags = self.tr, []
        if c.indicative:
            flags.append(tr("Indicative only: less than {share} of its weight is answered.").format(
                share=words.percent(self.rubric.coverage.component_minimum)))
        if c.mostly_not_applicable:
            flags.append(tr("More than half of its weight does not apply."))
        return tuple(flags)

    def _indicator(self, part: IndicatorResult, indicator: Indicator) -> IndicatorView:
        tr = self.tr
        step = self._step(part)
        return IndicatorView(
            id=part.id,
            title=tr(indicator.title),
            question=tr(indicator.question),
            kind=tr(words.TYPES[indicator.type]),
            essential=indicator.essential,
            weight=f"{indicator.weight:g}",
            state=tr(words.STATES[part.state]),
            points=words.number(part.points),
            bounds=self._range(part.bounds.low, part.bounds.high) if part.bounds else "–",
            anchor=self._anchor(part, indicator),
            slots=tuple((self._slot(s, indicator), self._slot_points(s)) for s in part.slots if s.slot != "pair"),
            readings=tuple(self._reading(r, indicator) for r in part.readings if self._worth_showing(r)),
            next_level=tr(indicator.anchors[step[0]]) if step else "",
            next_action=tr(step[2]) if step else "",
            next_effort=tr.plural("{count} person-month", "{count} person-months", step[1]) if step else "",
            contribution=self.contribution[part.id],
            lost=self.lost[part.id],
            asserted=any(r.asserted for r in part.readings),
        )

    @staticmethod
    def _worth_showing(reading: Reading) -> bool:
        return reading.state != "unknown" or bool(reading.reason or reading.note)

    def _anchor(self, part: IndicatorResult, indicator: Indicator) -> str:
        """The anchor that the pair stands at, if it stands at one."""
        level = next((x.level for x in self.rubric.levels if x.score == part.points), None)
        return "" if level is None else self.tr(indicator.anchors[level])

    def _slot(self, slot: SlotValue, indicator: Indicator) -> str:
        return self._who(slot.slot, indicator.type)

    def _who(self, slot: str, kind: str) -> str:
        parties = self.result.relationship.parties
        a, b = parties.A.name, parties.B.name
        if slot == "pair":
            return self.tr("the pair")
        if kind == "S":
            return a if slot == "A" else b
        first, second = (a, b) if slot == "A" else (b, a)
        return self.tr("{first} towards {second}").format(first=first, second=second)

    def _slot_points(self, slot: SlotValue) -> str:
        return words.number(slot.points) if slot.points is not None else self.tr(words.STATES[slot.state])

    def _reading(self, r: Reading, indicator: Indicator) -> ReadingView:
        tr = self.tr
        who = self._who(r.slot, indicator.type)
        if len(self.result.questionnaires) > 1:
            who += ", " + tr("rater {number}").format(number=r.rater + 1)
        answered = " – ".join(str(level) for level in r.answered) or tr(words.STATES[r.state])
        if r.state in ("disputed", "partly_known"):
            answered += f" ({tr(words.STATES[r.state])})"
        changes = [s for s in r.steps if s.kind != "answered"]
        return ReadingView(
            who=who,
            answered=answered,
            steps=tuple(step_sentence(s, tr) for s in changes),
            strength=tr(words.STRENGTHS[r.strength]) if r.strength else "",
            evidence=r.evidence,
            note=" ".join(part for part in (r.reason, r.note) if part),
        )

    @staticmethod
    def _range(low: float, high: float) -> str:
        return f"{words.number(low)}–{words.number(high)}"

    # --- lists ------------------------------------------------------------------------------------

    def _strengths(self) -> list[str]:
        """The highest indicators that evidence carries."""
        good = [i for i in self.parts.values() if i.points is not None and i.points >= 50
                and not any(r.asserted for r in i.readings)]
        return [i.id for i in sorted(good, key=lambda i: (-(i.points or 0), -i.share))[:_MOST]]

    def _gaps(self) -> list[str]:
        known = [i for i in self.parts.values() if i.points is not None and i.points < 75]
        return [i.id for i in sorted(known, key=lambda i: (-i.lost, i.id))[:_MOST]]

    def _gate(self, gate: GateResult) -> GateView:
        tr, source = self.tr, next(g for g in self.rubric.gates if g.id == gate.id)
        cap = next(s.title for s in self.rubric.stages if s.id == gate.cap)
        return GateView(gate.id, tr(source.title), self._asks(gate.id), tr(words.GATE_STATES[gate.state]), tr(cap),
                        tr(source.reason), gate.id in self.binding)

    def _asks(self, key: str) -> str:
        tr, when = self.tr, next(g.when for g in self.rubric.gates if g.id == key)
        if when.indicator:
            return tr("{id} at level {level} or higher").format(id=when.indicator, level=f"{when.at_least:g}")
        if when.component:
            return tr("{id} at {points} points or more").format(id=when.component, points=f"{when.at_least:g}")
        share = words.percent(when.at_most)
        if when.unknown_share == "essential":
            return tr("at most {share} of what is essential unknown").format(share=share)
        return tr("at most {share} of all unknown").format(share=share)

    def _questions(self) -> tuple[Question, ...]:
        rows = []
        for row in self.result.open_questions:
            indicator = self.rubric.indicators[row.indicator]
            rows.append(
                Question(row.indicator, self.tr(indicator.title), self._who(row.slot, indicator.type),
                         self.tr(indicator.question), words.number(row.swing, 1))
            )
        return tuple(rows)

    def _cited(self) -> Mapping[str, tuple[str, ...]]:
        cited: defaultdict[str, list[str]] = defaultdict(list)
        for part in self.parts.values():
            for key in sorted({e for r in part.readings for e in r.evidence}):
                cited[key].append(part.id)
        return {key: tuple(ids) for key, ids in cited.items()}

    def _evidence(self, key: str, e: Evidence) -> EvidenceView:
        parties = self.result.relationship.parties
        sources = {"A": parties.A.name, "B": parties.B.name, "both": self.tr("both sides"),
                   "third": self.tr("third party")}
        url = e.url if e.url and e.url.startswith(("https://", "http://")) else ""
        return EvidenceView(key, e.title, e.date or "–", e.grade, sources[e.source], url, e.where or "",
                            e.publisher or "", e.counter, e.verified, e.note or "", self.cited.get(key, ()))

    def _rater(self, number: int) -> str:
        rater = self.result.questionnaires[number].answered_by
        parties = self.result.relationship.parties
        sides = {"A": parties.A.name, "B": parties.B.name, "both": self.tr("both sides"),
                 "third": self.tr("third party")}
        return f"{rater.role} ({sides[rater.side]})"

    def _reasons(self) -> tuple[tuple[str, str], ...]:
        tr, rubric = self.tr, self.rubric
        return (
            (tr("Level scores"), tr(rubric.level_scores_reason)),
            (tr("Component weights"), tr(rubric.component_weights_reason)),
            (tr("Evidence"), tr(rubric.evidence.reason)),
            (tr("Coverage"), tr(rubric.coverage.reason)),
            (tr("Stages"), tr(rubric.stages_reason)),
        )

    def _not_applicable(self) -> tuple[tuple[str, str, str], ...]:
        rows: list[tuple[str, str, str]] = []
        for part in self.parts.values():
            indicator = self.rubric.indicators[part.id]
            rows += [
                (part.id, self._who(r.slot, indicator.type), r.reason or "")
                for r in part.readings
                if r.state == "not_applicable"
            ]
        return tuple(rows)

