"""Lists at the end: gates, open questions, evidence, raters, reasons, what does not apply."""

from dataclasses import replace

from assess import words
from assess.report.view.context import Context
from assess.report.view.model import Band, EvidenceView, GateView, Level, Method, Question
from assess.result import GateResult, Source


def gate_view(ctx: Context, gate: GateResult) -> GateView:
    tr, source = ctx.tr, next(g for g in ctx.rubric.gates if g.id == gate.id)
    cap = next(s.title for s in ctx.rubric.stages if s.id == gate.cap)
    return GateView(gate.id, tr(source.title), asks(ctx, gate.id), tr(words.GATE_STATES[gate.state]), tr(cap),
                    tr(source.reason), gate.id in ctx.result.stage.binding, gate_links(ctx, gate.id))


def gate_links(ctx: Context, key: str) -> tuple[str, ...]:
    """The indicator or component that a gate asks about; none where it asks how much is known."""
    when = next(g.when for g in ctx.rubric.gates if g.id == key)
    return tuple(owner for owner in (when.indicator, when.component) if owner)


def asks(ctx: Context, key: str) -> str:
    tr, when = ctx.tr, next(g.when for g in ctx.rubric.gates if g.id == key)
    if when.indicator:
        return tr("{id} at level {level} or higher").format(id=when.indicator, level=f"{when.at_least:g}")
    if when.component:
        return tr("{id} at {points} points or more").format(id=when.component, points=f"{when.at_least:g}")
    share = words.percent(when.at_most)
    if when.unknown_share == "essential":
        return tr("at most {share} of what is essential unknown").format(share=share)
    return tr("at most {share} of all unknown").format(share=share)


def questions(ctx: Context) -> tuple[Question, ...]:
    rows = []
    for row in ctx.result.open_questions:
        indicator = ctx.rubric.indicators[row.indicator]
        rows.append(
            Question(row.indicator, ctx.tr(indicator.title), ctx.who(row.slot, indicator.type),
                     ctx.tr(indicator.question), words.number(row.swing, 1, ctx.tr))
        )
    return tuple(rows)


def open_groups(ctx: Context) -> tuple[Question, ...]:
    """The open questions with the sides or directions of one indicator that move the index alike in one row."""
    groups: dict[tuple[str, str], Question] = {}
    for row in questions(ctx):
        key = (row.indicator, row.swing)
        before = groups.get(key)
        both = ctx.tr("both directions") if ctx.parts[row.indicator].type == "D" else ctx.sources["both"]
        groups[key] = row if before is None else replace(before, about=both)
    return tuple(groups.values())


def evidence_view(ctx: Context, key: str, e: Source) -> EvidenceView:
    url = e.url if e.url and e.url.startswith(("https://", "http://")) else ""
    source = ctx.tr("withheld") if e.source is None else ctx.sources[e.source]
    return EvidenceView(key, ctx.source_title(e), e.date or "–", e.grade, source, url, e.where or "",
                        e.publisher or "", e.counter, e.verified, e.note or "", ctx.cited.get(key, ()))


def rater(ctx: Context, number: int) -> str:
    rater = ctx.result.questionnaires[number].answered_by
    parties = ctx.result.relationship.parties
    sides = {"A": parties.A.name, "B": parties.B.name, "both": ctx.tr("both sides"),
             "third": ctx.tr("third party")}
    role = ctx.tr("role withheld") if rater.role is None else rater.role
    return role if rater.side is None else f"{role} ({sides[rater.side]})"


def method(ctx: Context) -> Method:
    """Return how the figures were made, and from what."""
    result, rubric, tr = ctx.result, ctx.rubric, ctx.tr
    return Method(
        raters=tuple(rater(ctx, n) for n in range(len(result.questionnaires))),
        fingerprints=tuple(q.fingerprint for q in result.questionnaires),
        rubric=f"{rubric.id} {rubric.version}",
        rubric_title=tr(rubric.title),
        rubric_hash=rubric.hash,
        engine=result.engine,
        schema_version=result.schema_version,
        levels=tuple(Level(x.level, words.number(x.score), tr(x.title), tr(x.meaning)) for x in rubric.levels),
        stages=tuple(Band(tr(s.title), words.number(s.from_score), tr(s.meaning)) for s in rubric.stages),
        grades=tuple((grade, tr(text)) for grade, text in sorted(rubric.evidence.grades.items())),
        reasons=reasons(ctx),
        not_applicable=not_applicable(ctx),
    )


def reasons(ctx: Context) -> tuple[tuple[str, str], ...]:
    tr, rubric = ctx.tr, ctx.rubric
    return (
        (tr("Level scores"), tr(rubric.level_scores_reason)),
        (tr("Component weights"), tr(rubric.component_weights_reason)),
        (tr("Evidence"), tr(rubric.evidence.reason)),
        (tr("Coverage"), tr(rubric.coverage.reason)),
        (tr("Stages"), tr(rubric.stages_reason)),
    )


def not_applicable(ctx: Context) -> tuple[tuple[str, str, str], ...]:
    rows: list[tuple[str, str, str]] = []
    for part in ctx.parts.values():
        indicator = ctx.rubric.indicators[part.id]
        rows += [
            (part.id, ctx.who(r.slot, indicator.type), r.reason or ctx.tr("withheld"))
            for r in part.readings
            if r.state == "not_applicable"
        ]
    return tuple(rows)
