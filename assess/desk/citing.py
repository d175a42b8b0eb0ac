"""The conversation about evidence: cite what is listed, or list a new source."""

import re

from pydantic import ValidationError

from assess.desk.talk import Ask, Command, Talk
from assess.desk.wording import GRADES, cut, names
from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.model import Evidence

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")
_NEW = "+"


class Citing(Talk):
    """Cites sources for the answer at hand."""

    def _evidence(self) -> Command:
        """Cite sources and take citations back, until somebody leaves."""
        session, tr = self.session, self.tr
        while True:
            old = session.answer(session.at)
            rows = [(key, f"{'●' if key in old.evidence else '○'} {cut(source.title)}")
                    for key, source in sorted(session.questionnaire.evidence.items(),
                                              key=lambda item: item[0] not in old.evidence)]
            label = tr("Which source? Enter cites it or takes it back, Esc goes on.")
            choice = yield Ask(label, options=(*rows, (_NEW, tr("a new source"))), free=False)
            if choice == _NEW:
                yield from self._new_source(old)
                continue
            ids = {*old.evidence} ^ {choice}
            yield from self._give(old.model_copy(update={"evidence": tuple(sorted(ids))}))

    def _new_source(self, old: AnyAnswer) -> Command:
        tr, sides = self.tr, names(self.session.questionnaire, self.tr)
        title = yield self._text(tr("Title, so that a reader can find it"), "source.title", "",
                                 self._needed(tr("A title is needed.")))
        when = tr("Day, month or year of what it shows (may stay empty)")
        date = yield self._text(when, "source.date", "", self._a_date)
        url = yield self._text(tr("Public address, or file number or archive (may stay empty)"), "source.url")
        publisher = yield self._text(tr("Publisher (may stay empty)"), "source.publisher", "", self._at_most(200))
        grades = tuple((grade, tr(word)) for grade, word in GRADES.items())
        grade = yield Ask(tr("Grade"), options=grades, free=False)
        records = (*sides.items(), ("both", tr("of both sides")), ("third", tr("of somebody else")))
        source = yield Ask(tr("Whose record is it?"), options=records, free=False)
        counter = yield Ask(tr("Does it speak against a higher level?"), free=False,
                            options=(("no", tr("no")), ("yes", tr("yes"))))
        key = yield self._text(tr("Short id, by which answers cite it"), "source.id", self._free_id(date), self._an_id)
        place = {"url": url or None} if url.startswith(("https://", "http://")) else {"where": url or None}
        try:
            new = Evidence.model_validate({
                "title": title, "date": date or None, "publisher": publisher or None, "grade": grade, "source": source,
                "counter": counter == "yes", **place})
        except ValidationError as error:
            self.say(str(error.errors()[0]["msg"]), bad=True)
            return
        yield from self._give(old.model_copy(update={"evidence": tuple(sorted({*old.evidence, key}))}), {key: new})

    def _free_id(self, date: str) -> str:
        """Suggest an id after the parties and the year."""
        parties = self.session.questionnaire.relationship.parties
        stem = "-".join(filter(None, [parties.A.code, parties.B.code, date[:4]])).lower()
        taken = self.session.questionnaire.evidence
        return next(key for n in range(1, len(taken) + 2) if (key := f"{stem}-{n:02}") not in taken)

    def _an_id(self, text: str) -> str:
        if text in self.session.questionnaire.evidence:
            return self.tr("This id is taken.")
        return "" if _ID.match(text) else self.tr("An id has letters, digits, dots and dashes, at most 80.")
