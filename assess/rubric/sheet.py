"""What a rater needs to know about one part of the instrument, in order and in the rater's language.

The terminal (:mod:`assess.rubric.show`) and the handbook print from the same sheets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assess.days import long_day
from assess.language import N_, Translator
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.rubric.model import (
    Ageing,
    Aim,
    Barrier,
    Body,
    Challenge,
    Citation,
    Component,
    Condition,
    Gate,
    Indicator,
    Instrument,
    Question,
    Rubric,
    Stage,
    Step,
)
from assess.rubric.texts import office_words

Form = Literal["text", "list", "terms", "cases"]  # terms have short heads, cases long ones

VERIFIED = {
    "verified": N_("verified: read on an official page"),
    "secondary": N_("secondary: read in the press or another second-hand source"),
    "unverified": N_("unverified: to be checked before it is relied on"),
}
MARKS = {"verified": N_("verified"), "secondary": N_("secondary"), "unverified": N_("unverified")}
_ASKED = {
    "P": N_("one answer for the pair"),
    "S": N_("asked of each side"),
    "D": N_("asked in each direction"),
}
_PAIR_RULES = {
    "lower": N_("the pair counts as its lower value"),
    "higher": N_("the pair counts as its higher value"),
    "mean": N_("the pair counts as the mean of both"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a part: a head (a level, a term, a key) or none, and a text.

    ``link`` is a web address, the id of a sheet, or ``reg-`` and the key of an instrument; ``mark``
    is the level of a case.
    """

    text: str
    head: str = ""
    link: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sheet. A ``text`` is one row, a ``list`` rows without heads; heads are short or long."""

    title: str
    form: Form
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything there is to say about one thing of the rubric."""

    id: str
    title: str
    facts: tuple[str, ...]
    lead: str
    parts: tuple[Part, ...]


def sheet(rubric: Rubric, key: str, tr: Translator) -> Sheet:
    """Return the sheet of the indicator, component, barrier, challenge, body, aim, gate, stage or instrument ``key``.

    Upper and lower case are the same.

    Raises:
        InputError: R310, the rubric has no such id.
    """
    things = named(rubric)
    folded = {name.casefold(): name for name in things}
    name = folded.get(key.casefold())
    if name is None:
        raise InputError([Problem("R310", Place(rubric.id), {"key": key}, nearest(key, things))])
    return SheetWriter(rubric, tr).of(name, things[name])


Thing = Component | Question | Challenge | Body | Aim | Gate | Stage | Instrument


def named(rubric: Rubric) -> dict[str, Thing]:
    """Return all that can be asked for, by id; an instrument gives way to anything else of its name."""
    parts: tuple[Iterable[Component | Question | Challenge | Body | Aim | Gate | Stage], ...] = (
        rubric.stages, rubric.aims.values(), rubric.bodies.values(), rubric.barriers.values(), rubric.challenges,
        rubric.gates, rubric.indicators.values(), rubric.components,
    )
    found: dict[str, Thing] = dict(rubric.instruments)
    return found | {thing.id: thing for part in parts for thing in part}


class SheetWriter:
    """Writes sheets for one rubric in one language."""

    def __init__(self, rubric: Rubric, tr: Translator) -> None:
        """Write about ``rubric`` in the language of ``tr``, which knows the rubric's catalogue."""
        self.rubric, self.tr = rubric, tr

    def of(self, key: str, thing: Thing) -> Sheet:
        """Return the sheet of one thing, whatever it is."""
        if isinstance(thing, Question):
            return self.question(thing)
        if isinstance(thing, Body):
            return self.body(thing)
        if isinstance(thing, Component | Challenge):
            return self.group(thing)
        if isinstance(thing, Aim):
            return self.aim(thing)
        if isinstance(thing, Gate):
            return self.gate(thing)
        return self.stage(thing) if isinstance(thing, Stage) else self.instrument(key, thing)

    # --- questions -----------------------------------------------------------------------------

    def question(self, q: Question) -> Sheet:
        """Everything that a rater needs to answer an indicator or barrier."""
        tr = self.tr
        parts = (
            self._text(N_("Why it matters"), q.why),
            self._text(N_("How to go about it"), q.guidance),
            self._terms(N_("Definitions"), ((tr(term), meaning) for term, meaning in q.definitions.items())),
            self._list(N_("Rules for counting and dating"), q.counting),
            self._terms(N_("Levels"), ((str(at), text) for at, text in sorted(q.anchors.items()))),
            self._cases(q),
            self._list(N_("Proof that settles an answer"), q.proof.sufficient),
            self._list(N_("Proof that does not"), q.proof.insufficient),
            self._text(N_("Where the record is silent"), q.when_silent),
            self._text(N_("Not applicable"), q.not_applicable_when if q.may_be_not_applicable else N_("Never.")),
            Part(tr("Ageing"), "text", (Row(ageing(q.ageing, tr)),)),
            *self._more(q),
            self._citations(q.instruments),
        )
        return Sheet(q.id, tr(q.title), self._facts(q), tr(q.question), _filled(parts))

    def _facts(self, q: Question) -> tuple[str, ...]:
        tr = self.tr
        owners: tuple[Component | Challenge, ...] = (*self.rubric.components, *self.rubric.challenges)
        owner = next(o for o in owners if q in _members(o))
        asked = tr(_ASKED[q.type]) + ("" if q.type == "P" else f"; {tr(_PAIR_RULES[q.pair_rule])}")
        whole = sum(member.weight for member in _members(owner))
        weight = tr("weight {weight} of {whole} in {owner}").format(
            weight=f"{q.weight:g}", whole=f"{whole:g}", owner=owner.id
        )
        essential = (tr("essential"),) if isinstance(q, Indicator) and q.essential else ()
        return (asked, weight, *essential)

    def _cases(self, q: Question) -> Part:
        tr = self.tr
        rows = (
            Row(tr(case.because), tr(case.case), mark=tr("Level {level}").format(level=case.level))
            for case in q.borderline
        )
        return Part(tr("Doubtful cases"), "cases", tuple(rows))

    def _more(self, q: Question) -> Iterator[Part]:
        tr = self.tr
        if isinstance(q, Indicator):
            rows = tuple(Row(self._step(step), str(at)) for at, step in sorted(q.steps.items()))
            yield Part(tr("Steps to each level"), "terms", rows)
            yield self.gates_on(q.id)
        if isinstance(q, Barrier):
            titles = self.rubric.indicators
            rows = tuple(Row(tr(titles[key].title), key, key) for key in q.limits)
            yield Part(tr("Indicators that it limits"), "terms", rows)

    def _step(self, step: Step) -> str:
        tr = self.tr
        months = tr.plural("{count} person-month", "{count} person-months", step.effort)
        by = ", ".join(tr(office_words(name)) for name in step.by)
        text = f"{tr(step.action)} {months}; {by}."
        if step.needs:
            needs = ", ".join(tr("{key} at level {level}").format(key=k, level=v) for k, v in step.needs.items())
            text += " " + tr("Needs first: {needs}.").format(needs=needs)
        if step.carries_to is not None:
            text += " " + tr("It carries to level {level} at once.").format(level=step.carries_to)
        return text

    def gates_on(self, key: str) -> Part:
        """Return the gates that look at the indicator or component ``key``."""
        gates = [gate for gate in self.rubric.gates if key in (gate.when.indicator, gate.when.component)]
        rows = tuple(Row(self.condition(gate), gate.id, gate.id) for gate in gates)
        return Part(self.tr("Gates that look at it"), "terms", rows)

    def _citations(self, citations: Iterable[Citation]) -> Part:
        rows = []
        for citation in citations:
            entry = self.rubric.instruments[citation.key]
            at = f", {self.tr(citation.at)}" if citation.at else ""
            text = f"{self.tr(entry.title)}{at} ({self.tr(MARKS[entry.status])})"
            rows.append(Row(text, citation.key, f"reg-{citation.key}"))
        return Part(self.tr("Instruments that it derives from"), "terms", tuple(rows))

    # --- the other things ----------------------------------------------------------------------

    def group(self, owner: Component | Challenge) -> Sheet:
        """A component or challenge with its questions."""
        tr, parts = self.tr, []
        owners = self.rubric.components if isinstance(owner, Component) else self.rubric.challenges
        facts = tr("weight {weight} of {whole}").format(
            weight=f"{owner.weight:g}", whole=f"{sum(o.weight for o in owners):g}"
        )
        title = N_("Indicators") if isinstance(owner, Component) else N_("Barriers")
        parts.append(Part(tr(title), "terms", tuple(Row(tr(q.title), q.id, q.id) for q in _members(owner))))
        parts.append(self.gates_on(owner.id))
        return Sheet(owner.id, tr(owner.title), (facts,), tr(owner.purpose), _filled(parts))

    def body(self, body: Body) -> Sheet:
        """A body with what makes a side active in it."""
        tr, default = self.tr, body.default_when_silent
        status = self.rubric.statuses.get(default.status)
        silent = (tr(status.title) if status else tr("unknown").capitalize()) + f". {tr(default.reason)}"
        instrument = (Citation(key=body.instrument),) if body.instrument else ()
        parts = (
            self._text(N_("Active"), body.counts_as_active),
            self._text(N_("Who has a way in"), body.who_is_eligible),
            self._text(N_("Together at its best"), body.pair_example),
            Part(tr("Where the record is silent"), "text", (Row(silent),)),
            self._list(N_("Also called"), body.also_called),
            Part(tr("Ageing"), "text", (Row(ageing(body.ageing, tr)),)),
            *self._ended(body),
            self._citations(instrument),
        )
        facts = (tr(self.rubric.systems[body.system].title), tr(body.short))
        return Sheet(body.id, tr(body.title), facts, tr(body.role), _filled(parts))

    def _ended(self, body: Body) -> Iterator[Part]:
        if body.closed:
            successor = self.rubric.bodies.get(body.successor or "")
            text = self.tr("{date}; its work goes on in {body}") if successor else "{date}"
            body_name = f"{successor.id} {self.tr(successor.title)}" if successor else ""
            told = text.format(date=long_day(body.closed, self.tr), body=body_name)
            yield Part(self.tr("Closed"), "text", (Row(told),))
        if body.cap_reason:
            text = self.tr("At most {cap} counts: {reason}").format(cap=body.cap, reason=self.tr(body.cap_reason))
            yield Part(self.tr("Cap"), "text", (Row(text),))

    def aim(self, aim: Aim) -> Sheet:
        """An aim with the indicators and bodies that serve it."""
        tr = self.tr
        weight = tr("weight {weight}")
        members = [(key, self.rubric.indicators[key].title, w) for key, w in aim.indicators.items()]
        members += [(key, self.rubric.bodies[key].title, w) for key, w in aim.bodies.items()]
        rows = tuple(Row(f"{tr(title)} ({weight.format(weight=f'{w:g}')})", key, key) for key, title, w in members)
        parts = (self._text(N_("What a high score means"), aim.reading), Part(tr("What serves it"), "terms", rows))
        return Sheet(aim.id, tr(aim.title), (), tr(aim.purpose), _filled(parts))

    def gate(self, gate: Gate) -> Sheet:
        """A gate with its condition and cap."""
        parts = (self._text(N_("Reason"), gate.reason),)
        return Sheet(gate.id, self.tr(gate.title), (), self.condition(gate), _filled(parts))

    def condition(self, gate: Gate) -> str:
        """Say in one sentence what a gate asks and what it caps."""
        titles = {stage.id: self.tr(stage.title) for stage in self.rubric.stages}
        text = self.tr("{condition}; otherwise the stage is {cap} at most.")
        return text.format(condition=self._asks(gate.when), cap=titles[gate.cap])

    def _asks(self, when: Condition) -> str:
        tr = self.tr
        if when.indicator is not None:
            title = tr(self.rubric.indicators[when.indicator].title)
            text = tr("{key} ({title}) stands at level {level} or higher")
            return text.format(key=when.indicator, title=title, level=f"{when.at_least:g}")
        if when.component is not None:
            title = tr(next(c.title for c in self.rubric.components if c.id == when.component))
            text = tr("{key} ({title}) has {points} points or more")
            return text.format(key=when.component, title=title, points=f"{when.at_least:g}")
        text = {
            "overall": N_("At most {share} % of the weight is unknown"),
            "essential": N_("At most {share} % of the weight of the essential indicators is unknown"),
        }[when.unknown_share or "overall"]
        return tr(text).format(share=f"{100 * (when.at_most or 0):g}")

    def stage(self, stage: Stage) -> Sheet:
        """A stage with its threshold and advice."""
        facts = (self.tr("from {points} points").format(points=f"{stage.from_score:g}"),)
        parts = (self._text(N_("What to do"), stage.advice),)
        return Sheet(stage.id, self.tr(stage.title), facts, self.tr(stage.meaning), _filled(parts))

    def instrument(self, key: str, entry: Instrument) -> Sheet:
        """An entry of the register, with the mark of how far it was verified."""
        tr = self.tr
        facts = tuple(fact for fact in (entry.identifier, entry.system, entry.kind, entry.date) if fact)
        unread = set(entry.unverified_parts)
        rows = tuple(
            Row(tr(text) + (f" ({tr(MARKS['unverified'])})" if name in unread else ""), name)
            for name, text in entry.parts.items()
        )
        parts = (
            self._text(N_("Verification"), VERIFIED[entry.status]),
            Part(tr("Parts"), "terms", rows),
            self._text(N_("Note"), entry.note or ""),
            self._terms(N_("Succeeded by"), ((k, self.rubric.instruments[k].title) for k in _successors(self, entry))),
            Part(tr("Cited by"), "text", (Row(", ".join(cited_by(self.rubric, key))),)),
            Part(tr("Read at"), "list", tuple(Row(address, link=address) for address in entry.source)),
        )
        return Sheet(key, tr(entry.title), facts, tr(entry.summary), _filled(parts))

    # --- forms ---------------------------------------------------------------------------------

    def _text(self, title: str, text: str) -> Part:
        return Part(self.tr(title), "text", (Row(self.tr(text)),))

    def _list(self, title: str, texts: Iterable[str]) -> Part:
        return Part(self.tr(title), "list", tuple(Row(self.tr(text)) for text in texts))

    def _terms(self, title: str, rows: Iterable[tuple[str, str]]) -> Part:
        return Part(self.tr(title), "terms", tuple(Row(self.tr(text), head) for head, text in rows))


def _successors(writer: SheetWriter, entry: Instrument) -> list[str]:
    key = entry.succeeded_by
    return [key] if key is not None and key in writer.rubric.instruments else []


def _filled(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if any(row.text for row in part.rows))


def _members(owner: Component | Challenge) -> tuple[Question, ...]:
    return owner.indicators if isinstance(owner, Component) else owner.barriers


def cited_by(rubric: Rubric, key: str) -> list[str]:
    """Return the ids of the indicators, barriers and bodies that cite the instrument ``key``."""
    questions = (*rubric.indicators.values(), *rubric.barriers.values())
    found = [q.id for q in questions if any(citation.key == key for citation in q.instruments)]
    return found + [body.id for body in rubric.bodies.values() if body.instrument == key]


def ageing(rule: Ageing, tr: Translator) -> str:
    """Say in words how an answer loses value with time."""
    if rule.kind == "none":
        return tr("None. {reason}").format(reason=tr(rule.reason))
    if rule.kind == "event":
        text = tr("Levels from {level} up need a date; one level is lost after {window} months, a second after "
                  "{twice}. {reason}")
        return text.format(level=rule.from_level, window=rule.window, twice=2 * rule.window, reason=tr(rule.reason))
    held = "; ".join(
        tr("level {level} up to {months} months").format(level=at, months=months)
        for at, months in sorted(rule.limits.items(), reverse=True)
    )
    return tr("By the months since the newest evidence: {held}. {reason}").format(held=held, reason=tr(rule.reason))
