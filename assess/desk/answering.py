"""The conversations that give an answer."""

import re
from collections.abc import Generator

from assess.desk.talk import Ask, Command, Talk
from assess.desk.wording import CONFIDENCES
from assess.questionnaire.model import Answered, Disputed, NotApplicable, Participation, Unknown


class Answering(Talk):
    """One generator for each form of an answer, and for what goes with it."""

    def top(self) -> int:
        """The highest number that may be chosen here."""
        rubric, spot = self.session.rubric, self.session.at
        if spot.section != "bodies":
            return rubric.top_level
        return rubric.top_pair_status if spot.slot == "together" else len(rubric.statuses) - 1

    def _level(self, number: int) -> Command:
        if number > self.top():
            self.say(self.tr("Numbers go from 0 to {top} here.").format(top=self.top()), bad=True)
            return
        spot = self.session.at
        if spot.section == "bodies" and spot.slot != "together":
            status = list(self.session.rubric.statuses)[number]
            yield from self._give(Participation(status=status, **self._kept_fields("date")))
        else:
            yield from self._give(Answered(level=number, **self._kept_fields("confidence", "date")))

    def _unknown(self) -> Command:
        old = self.session.answer(self.session.at)
        reason = (old.reason or "") if isinstance(old, Unknown) else ""
        ready = (self.tr("not on the public record"), self.tr("asked; no reply yet"))
        options = tuple((text, "") for text in ready)
        text = yield self._text(self.tr("Why is it not known?"), "unknown", reason, options=options)
        limits = old.between if isinstance(old, Unknown) else None
        yield from self._give(Unknown(reason=text or None, between=limits, **self._kept_fields()))

    def _two(self, label: str, default: str) -> Generator[Ask, str, tuple[int, int]]:
        """Ask for two levels, the lower first."""
        def check(text: str) -> str:
            numbers = [int(word) for word in re.findall(r"\d+", text)]
            if len(numbers) == 2 and 0 <= numbers[0] < numbers[1] <= self.session.rubric.top_level:
                return ""
            return self.tr("Type two levels from 0 to {top}, the lower first.").format(
                top=self.session.rubric.top_level)

        text = yield Ask(label, default, check=check)
        low, high = (int(word) for word in re.findall(r"\d+", text))
        return low, high

    def _between(self) -> Command:
        old = self.session.answer(self.session.at)
        if self._question() is None:
            self.say(self.tr("A body has no limits; say unknown, with the reason."), bad=True)
            return
        known = isinstance(old, Unknown) and old.between
        low, high = yield from self._two(self.tr("Not known, but between which levels? (such as 1 3)"),
                                         " ".join(map(str, known)) if known else "")
        reason = old.reason if isinstance(old, Unknown) else None
        yield from self._give(Unknown(reason=reason, between=(low, high), **self._kept_fields()))

    def _disputed(self) -> Command:
        old = self.session.answer(self.session.at)
        if self._question() is None:
            self.say(self.tr("A body has one status; say in the note what is disputed."), bad=True)
            return
        known = " ".join(map(str, old.values)) if isinstance(old, Disputed) else ""
        label = self.tr("Between which two levels do the sources disagree? (such as 0 2)")
        low, high = yield from self._two(label, known)
        yield from self._give(Disputed(values=(low, high), **self._kept_fields("confidence", "date")))

    def _not_applicable(self) -> Command:
        question = self._question()
        if question is None or not question.may_be_not_applicable:
            self.say(self.tr("Not applicable is never the answer here."), bad=True)
            return
        old = self.session.answer(self.session.at)
        rule = self.tr("Allowed only if: {text}").format(text=self.tr(question.not_applicable_when))
        reason = old.reason if isinstance(old, NotApplicable) else ""
        need = self._needed(self.tr("A reason is needed."))
        text = yield self._text(rule + " · " + self.tr("The reason?"), "not_applicable", reason, need)
        yield from self._give(NotApplicable(reason=text, **self._kept_fields()))

    def _confidence(self) -> Command:
        old = self.session.answer(self.session.at)
        if not isinstance(old, Answered | Disputed):
            self.say(self.tr("Confidence goes with a level; choose one first."), bad=True)
            return
        options = tuple((key, self.tr(word)) for key, word in CONFIDENCES.items())
        choice = yield Ask(self.tr("How sure are you?"), options=options, free=False)
        yield from self._give(old.model_copy(update={"confidence": choice}))

    def _date(self) -> Command:
        old = self.session.answer(self.session.at)
        if not isinstance(old, Answered | Disputed | Participation):
            self.say(self.tr("A date goes with a level; choose one first."), bad=True)
            return
        text = yield self._text(self.tr("When did it happen? (such as 2026-03-10, 2026-03 or 2026)"), "date",
                                old.date or "", self._a_date)
        yield from self._give(old.model_copy(update={"date": text or None}))

    def _note(self) -> Command:
        old = self.session.answer(self.session.at)
        text = yield self._text(self.tr("Note"), "note", old.note or "")
        yield from self._give(old.model_copy(update={"note": text or None}))

    def _assigned(self) -> Command:
        session = self.session
        old = session.answer(session.at)
        known = sorted({owner for spot in session.places if (owner := session.answer(spot).assigned)})
        text = yield self._text(self.tr("Who owes the answer? An office, not a name; empty for nobody."), "assigned",
                                old.assigned or "", self._at_most(200), tuple((name, "") for name in known))
        yield from self._give(old.model_copy(update={"assigned": text or None}))

    def _reviewed(self) -> Command:
        old = self.session.answer(self.session.at)
        if not old.review:
            self.say(self.tr("This answer is not marked for review."))
            return
        yield from self._give(old.model_copy(update={"review": False}))
