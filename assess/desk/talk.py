"""What every conversation needs: questions to ask, answers to save, and what to do when that fails."""

import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from assess.desk.session import Session
from assess.language import Translator
from assess.problems.model import AssessError
from assess.problems.render import message
from assess.questionnaire.entries import Spot, asked_in, free_id
from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.model import Evidence, earliest
from assess.rubric.model import Question

Check = Callable[[str], str]
Command = Generator["Ask", str, None]

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")


def _free_ids(evidence: Mapping[str, Evidence], known: Mapping[str, Evidence]) -> dict[str, str]:
    """Return the id of each new source; it is another one where the file has another source under it."""
    return {key: key if known.get(key, item) == item else free_id(key, {*known, *evidence})
            for key, item in evidence.items()}


def _fine(text: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the person: a line to type, and options to choose from.

    ``check`` returns what is wrong with a reply, or an empty text. With ``free`` any text is a
    reply, otherwise only an option is. ``field`` keeps a text that was typed and left.
    """

    label: str
    default: str = ""
    options: tuple[tuple[str, str], ...] = ()
    free: bool = True
    check: Check = _fine
    field: str = ""


class Talk:
    """The session, the last message, and the texts that somebody typed and left."""

    def __init__(self, session: Session, tr: Translator) -> None:
        self.session, self.tr = session, tr
        self.said, self.bad = "", False
        self.kept: dict[tuple[Spot, str], str] = {}

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a message."""
        self.said, self.bad = text, bad

    def _text(self, label: str, field: str, default: str = "", check: Check = _fine,
              options: tuple[tuple[str, str], ...] = ()) -> Ask:
        """Ask for a text that is kept if somebody leaves."""
        return Ask(label, self.kept.get((self.session.at, field), default), options, check=check, field=field)

    # --- giving answers ------------------------------------------------------------------------

    def _give(self, answer: AnyAnswer, evidence: Mapping[str, Evidence] | None = None) -> Command:
        """Save an answer; ask what to do if somebody else changed the file."""
        session, tr, spot = self.session, self.tr, self.session.at
        try:
            session.give(spot, answer, evidence or {})
        except AssessError as error:
            if error.problems[0].code != "T765":
                raise
            yield from self._changed_meanwhile(spot, answer, evidence or {})
            return
        self.kept = {key: text for key, text in self.kept.items() if key[0] != spot}
        warnings = [message(p, tr) for p in session.warnings_at(spot)]
        self.say(tr("Saved.") + "".join(f" {text}." for text in warnings[:2]))

    def _changed_meanwhile(self, spot: Spot, answer: AnyAnswer, evidence: Mapping[str, Evidence]) -> Command:
        session, tr = self.session, self.tr
        before = session.answer(spot)
        choice = yield Ask(
            tr("Somebody else changed the file. Your answer is not saved yet."), free=False,
            options=(("read", tr("read the file anew, then save the answer in it")),
                     ("copy", tr("save all of mine as a file beside it"))),
        )
        if choice == "copy":
            self.say(tr("Saved as {file}; the file of the other was left as it is.").format(
                file=session.copy(spot, answer, evidence).name))
            return
        session.reread()
        if session.answer(spot) not in (before, answer):
            label = tr("The other has answered this as well. Which answer holds?")
            kept = yield Ask(label, free=False, options=(("theirs", tr("the one in the file")), ("mine", tr("mine"))))
            if kept == "theirs":
                self.say(tr("The file was read anew; its answer stays."))
                return
        ids = _free_ids(evidence, session.questionnaire.evidence)
        cited = tuple(sorted({ids.get(key, key) for key in answer.evidence}))
        sources = {ids[key]: item for key, item in evidence.items()}
        session.give(spot, answer.model_copy(update={"evidence": cited}), sources)
        renamed = [tr("{key} was taken meanwhile; your source is called {new}.").format(key=key, new=new)
                   for key, new in ids.items() if key != new]
        self.say(" ".join([tr("The file was read anew, and your answer saved in it."), *renamed]))

    def _kept_fields(self, *more: str) -> dict[str, Any]:
        """Return what stays of an answer when another takes its place; somebody has read it now."""
        old = self.session.answer(self.session.at)
        return {name: getattr(old, name) for name in ("evidence", "note", "assigned", *more) if hasattr(old, name)}

    def _question(self) -> Question | None:
        """The indicator or barrier that is asked, None for a body."""
        asked = asked_in(self.session.rubric, self.session.at.section)[self.session.at.key]
        return asked if isinstance(asked, Question) else None

    @staticmethod
    def _needed(text: str) -> Check:
        return lambda reply: "" if reply else text

    def _a_date(self, text: str) -> str:
        """Say what is wrong with a date."""
        try:
            if text and (not _DATE.match(text) or earliest(text) > self.session.questionnaire.as_of):
                raise ValueError
        except ValueError:
            rule = self.tr("A date is written 2024-07-15, 2024-07 or 2024, and is not after {as_of}.")
            return rule.format(as_of=self.session.questionnaire.as_of)
        return ""

    def _at_most(self, length: int) -> Check:
        wrong = self.tr("At most {length} characters.").format(length=length)
        return lambda text: wrong if len(text) > length else ""
