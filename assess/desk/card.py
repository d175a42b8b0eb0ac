"""The card of one question as wrapped lines, and the other parts of the screen; knows no terminal."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assess.desk.dialogue import KEYS, Dialogue
from assess.desk.wording import CONFIDENCES, cut, said, title_of
from assess.language import N_
from assess.problems.render import message
from assess.questionnaire.entries import asked_in
from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.model import Answered, Disputed, NotApplicable, Participation, Unknown
from assess.rubric.model import Body, Question

_HELP = (
    ("0-9", N_("choose the level or status with this number; it is saved at once")),
    ("Enter", N_("next question that is open or for review")),
    ("← →", N_("question before, question after")),
    ("Tab", N_("the other side or direction")),
    ("u", N_("unknown, with the reason; an honest answer that never counts as 0")),
    ("b", N_("unknown, but between two levels")),
    ("d", N_("disputed: two levels on which the sources disagree")),
    ("x", N_("not applicable, with the reason")),
    ("e", N_("evidence: cite what is listed, or add a source")),
    ("c t n", N_("confidence; date; note")),
    ("a", N_("who owes the answer")),
    ("v", N_("take the mark «for review» away")),
    ("g", N_("show or hide guidance, definitions and doubtful cases")),
    ("/", N_("search: jump to a question by its id or by words")),
    ("z", N_("undo, as often as you like")),
    ("PgUp PgDn", N_("scroll")),
    ("Esc", N_("leave a question of the program; what you typed is kept until you come back")),
    ("Ctrl-O", N_("a new line inside a text")),
    ("q Ctrl-C", N_("quit; everything that was answered is in the file")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen and its style: plain, strong, chosen, dim or bad; ``guidance`` begins there."""

    text: str
    style: str = "plain"
    guidance: bool = False


def wrapped(text: str, width: int, style: str = "plain", *, first: str = "", indent: int = 0) -> list[Line]:
    """Return ``text`` in lines of ``width`` columns; lines after the first hang under the end of ``first``."""
    margin = " " * indent
    lines = textwrap.wrap(
        " ".join(text.split()), max(width, len(first) + indent + 8), initial_indent=margin + first,
        subsequent_indent=margin + " " * len(first),
    )
    return [Line(line, style) for line in lines or [margin + first.rstrip()]]


def head(dialogue: Dialogue, width: int) -> str:
    """The first line: where one is, and how much is open."""
    session, tr = dialogue.session, dialogue.tr
    still, everything = session.counts()
    left = f" {session.at.key} · {session.places.index(session.at) + 1}/{everything}"
    right = tr("{open} of {all} are open").format(open=still, all=everything) + " "
    return left + right.rjust(width - len(left)) if len(left) + len(right) < width else left[:width].ljust(width)


def body(dialogue: Dialogue, width: int) -> list[Line]:
    """The middle of the screen: help, the options of a question of the program, or the card."""
    if dialogue.help:
        return list(_help(dialogue, width))
    return list(card(dialogue, width))


def options(dialogue: Dialogue, typed: str, width: int) -> list[Line]:
    """The options that match what is typed; the marked one has an arrow."""
    lines = []
    for number, (value, text) in enumerate(dialogue.matching(typed)):
        mark, style = ("▸ ", "chosen") if number == dialogue.picked else ("  ", "plain")
        lines.append(Line(mark + cut(f"{value}  {text}", max(8, width - 2)), style))
    return lines


def _help(dialogue: Dialogue, width: int) -> Iterator[Line]:
    yield Line(dialogue.tr("Keys"), "strong")
    for key, text in _HELP:
        yield from wrapped(dialogue.tr(text), width, first=f"{key:<10} ")
    yield Line("")
    yield from wrapped(dialogue.tr("Keys work in the Ukrainian layout as well. Any key closes this help."), width)


def card(dialogue: Dialogue, width: int) -> Iterator[Line]:
    """The question with its levels and the answer."""
    session, tr = dialogue.session, dialogue.tr
    asked = asked_in(session.rubric, session.at.section)[session.at.key]
    yield from wrapped(_title(dialogue), width, "strong")
    about = dialogue.about()
    if about:
        yield from wrapped(tr("Answer for: {whom}").format(whom=about), width, "strong")
    yield Line("")
    if isinstance(asked, Body):
        yield from _body(dialogue, asked, width)
    else:
        yield from _question(dialogue, asked, width)
    yield Line("")
    yield from _given(dialogue, session.answer(session.at), width)


def _title(dialogue: Dialogue) -> str:
    session, tr = dialogue.session, dialogue.tr
    key, rubric = session.at.key, session.rubric
    group = next((c.title for c in rubric.components if any(i.id == key for i in c.indicators)), None)
    group = group or next((c.title for c in rubric.challenges if any(b.id == key for b in c.barriers)), None)
    if group is None:
        group = rubric.systems[rubric.bodies[key].system].title
    return f"{key} {title_of(session.at, rubric, tr)} ({tr(group)})"


def _question(dialogue: Dialogue, asked: Question, width: int) -> Iterator[Line]:
    tr = dialogue.tr
    yield from wrapped(tr(asked.question), width)
    if dialogue.session.at.section == "challenges":
        yield from wrapped(tr("Here a level says how heavy the obstacle is."), width, "dim")
    yield Line("")
    yield from _choices(dialogue, [(level, tr(text)) for level, text in sorted(asked.anchors.items())], width)
    yield from wrapped(tr("Where the record is silent: {text}").format(text=tr(asked.when_silent)), width, "dim")
    if dialogue.guidance:
        yield from _guidance(dialogue, asked, width)


def _guidance(dialogue: Dialogue, asked: Question, width: int) -> Iterator[Line]:
    tr = dialogue.tr
    yield Line("", guidance=True)
    for title, text in ((tr("Why it matters"), asked.why), (tr("How to answer"), asked.guidance)):
        yield from wrapped(tr(text), width, first=f"{title}: ")
    for term, meaning in asked.definitions.items():
        yield from wrapped(f"«{tr(term)}»: {tr(meaning)}", width, first="- ")
    for rule in asked.counting:
        yield from wrapped(tr(rule), width, first="- ")
    for doubtful in asked.borderline:
        text = f"{tr(doubtful.case)} → {doubtful.level}: {tr(doubtful.because)}"
        yield from wrapped(text, width, first="- ")
    proof = asked.proof
    for title, texts in ((tr("Settles it"), proof.sufficient), (tr("Does not settle it"), proof.insufficient)):
        for text in texts:
            yield from wrapped(tr(text), width, first=f"{title}: ")


def _body(dialogue: Dialogue, asked: Body, width: int) -> Iterator[Line]:
    tr, rubric = dialogue.tr, dialogue.session.rubric
    yield from wrapped(tr(asked.role), width)
    yield Line("")
    if dialogue.session.at.slot == "together":
        scale = [(level, f"{tr(pair.title)}. {tr(pair.meaning)}") for level, pair in rubric.pair_statuses.items()]
    else:
        scale = [(n, f"{tr(s.title)}. {tr(s.meaning)}") for n, s in enumerate(rubric.statuses.values())]
    yield from _choices(dialogue, scale, width)
    silent = asked.default_when_silent
    word = tr(rubric.statuses[silent.status].title) if silent.status in rubric.statuses else tr("unknown")
    rule = tr("Where the record is silent: {text}").format(text=f"{word}. {tr(silent.reason)}")
    yield from wrapped(rule, width, "dim")
    if dialogue.guidance:
        yield Line("", guidance=True)
        texts = [tr("Active: {text}").format(text=tr(asked.counts_as_active)),
                  tr("Who has a way in: {text}").format(text=tr(asked.who_is_eligible)),
                  tr("Together at its best: {text}").format(text=tr(asked.pair_example))]
        for text in texts:
            yield from wrapped(text, width)


def _choices(dialogue: Dialogue, scale: Iterable[tuple[int, str]], width: int) -> Iterator[Line]:
    """The levels or statuses with their numbers; those that the answer names have a mark."""
    chosen = _chosen(dialogue)
    for number, text in scale:
        mark, style = ("●", "chosen") if number in chosen else (" ", "plain")
        yield from wrapped(text, width, style, first=f"{mark} {number}  ")


def _chosen(dialogue: Dialogue) -> tuple[int, ...]:
    answer = dialogue.session.answer(dialogue.session.at)
    if isinstance(answer, Answered):
        return (answer.level,)
    if isinstance(answer, Disputed):
        return answer.values
    if isinstance(answer, Participation):
        return (list(dialogue.session.rubric.statuses).index(answer.status),)
    return ()


def _given(dialogue: Dialogue, answer: AnyAnswer, width: int) -> Iterator[Line]:
    """The answer in full."""
    session, tr = dialogue.session, dialogue.tr
    yield from wrapped(answer_line(dialogue), width, "strong")
    if isinstance(answer, Unknown | NotApplicable) and answer.reason:
        yield from wrapped(answer.reason, width, first=tr("Reason") + ": ")
    for key in answer.evidence:
        source = session.questionnaire.evidence.get(key)
        yield from wrapped(f"{key} ({source.grade}) {source.title}" if source else key, width, first="· ")
    if answer.note:
        yield from wrapped(answer.note, width, first=tr("Note") + ": ")
    if answer.assigned:
        yield from wrapped(answer.assigned, width, first=tr("Assigned to") + ": ")
    for problem in session.warnings_at(session.at):
        yield from wrapped(f"{problem.code} {message(problem, tr)}", width, "bad", first="! ")


def answer_line(dialogue: Dialogue) -> str:
    """The answer in one line."""
    session, tr = dialogue.session, dialogue.tr
    answer = session.answer(session.at)
    parts = [tr.own("open") if dialogue.is_open() else said(answer, session.rubric, tr)]
    if isinstance(answer, Answered | Disputed):
        parts.append(tr("confidence: {word}").format(word=tr(CONFIDENCES[answer.confidence])))
    if isinstance(answer, Answered | Disputed | Participation) and answer.date:
        parts.append(answer.date)
    parts.append(tr.plural("{count} source", "{count} sources", len(answer.evidence)))
    if answer.review:
        parts.append(tr("for review"))
    return tr("Answer") + ": " + " · ".join(parts)


def hints(dialogue: Dialogue, width: int, rows: int) -> list[str]:
    """The last lines, at most ``rows``: the keys that work now, as many as fit."""
    tr = dialogue.tr
    if dialogue.ask is not None:
        keys = [tr("Enter: take it"), tr("Esc: leave")]
        if dialogue.ask.options:
            keys.insert(1, tr("↑ ↓: choose, typing narrows"))
    else:
        levels = f"0-{dialogue.top()} " + (tr("status") if _by_status(dialogue) else tr("level"))
        others = [f"{key} {tr(word)}" for key, word in KEYS.items()]
        keys = [levels, tr("Enter next open"), *others]
    lines = [""]
    for text in keys:
        if len(lines[-1]) + len(text) + 2 > width:
            lines.append("")
        lines[-1] += f"  {text}" if lines[-1] else f" {text}"
    return lines[:rows]


def _by_status(dialogue: Dialogue) -> bool:
    spot = dialogue.session.at
    return spot.section == "bodies" and spot.slot != "together"
