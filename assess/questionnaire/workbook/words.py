"""The lists that the cells of a workbook offer, in the language of a reader, and the way back from their words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assess.language import N_, Translator
from assess.questionnaire.model import Parties
from assess.rubric.model import Question, Rubric

LONGEST = 240  # programs offer no entry with more than 255 characters

_DASH = " – "
_SPLIT = re.compile(r"\s[–—-]\s")
_BLANKS = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list: the value it stands for, a word or number, and a sentence about it."""

    value: str | int | bool
    head: str
    text: str = ""

    @property
    def label(self) -> str:
        """The entry as the list shows it."""
        label = f"{self.head}{_DASH}{' '.join(self.text.split())}" if self.text else self.head
        return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


class Words:
    """Every list, for one rubric and relationship, in one language."""

    def __init__(self, rubric: Rubric, parties: Parties, tr: Translator) -> None:
        """Speak about ``parties`` in the language of ``tr``, which knows the rubric's catalogue."""
        self.rubric, self.parties, self.tr = rubric, parties, tr

    def answers(self, question: Question) -> tuple[Choice, ...]:
        """The levels of a question with their anchors, then what else an answer may say."""
        levels = [Choice(at, str(at), self.tr(text)) for at, text in sorted(question.anchors.items())]
        excused = [self._not_applicable(question)] if question.may_be_not_applicable else []
        return (*levels, self._unknown(), *excused, self._disputed())

    def statuses(self) -> tuple[Choice, ...]:
        """What one side may be in a body."""
        tr = self.tr
        known = [Choice(key, tr(s.title).lower(), tr(s.meaning)) for key, s in self.rubric.statuses.items()]
        return (*known, self._unknown())

    def together(self) -> tuple[Choice, ...]:
        """What the two sides may do together in a body."""
        tr = self.tr
        levels = self.rubric.pair_statuses.items()
        known = [Choice(at, str(at), f"{tr(p.title)}. {tr(p.meaning)}") for at, p in levels]
        return (*known, self._unknown())

    def _unknown(self) -> Choice:
        return Choice("unknown", self.tr("unknown"), self.tr("an honest answer; it never counts as 0"))

    def _not_applicable(self, question: Question) -> Choice:
        return Choice("not_applicable", self.tr("not applicable"), self.tr(question.not_applicable_when))

    def _disputed(self) -> Choice:
        return Choice("disputed", self.tr("disputed"), self.tr("the sources disagree; write both levels under "
                                                               "«From» and «To»"))

    def confidence(self) -> tuple[Choice, ...]:
        """How sure a rater is."""
        return tuple(Choice(word, self.tr(word)) for word in (N_("high"), N_("medium"), N_("low")))

    def grades(self) -> tuple[Choice, ...]:
        """The grades of evidence; what each is stands on the first sheet."""
        return tuple(Choice(grade, grade) for grade in self.rubric.evidence.grades)

    def sources(self) -> tuple[Choice, ...]:
        """Whose record something is."""
        return self._whose("", "")

    def sides(self) -> tuple[Choice, ...]:
        """Who may answer."""
        return self._whose(self.tr("the two sides together"), self.tr("somebody else"))

    def _whose(self, both: str, third: str) -> tuple[Choice, ...]:
        names = (self.parties.A.name, self.parties.B.name)
        sides = [Choice(side, side, name) for side, name in zip("AB", names, strict=True)]
        return (*sides, Choice("both", self.tr("both"), both), Choice("third", self.tr("third"), third))

    def kinds(self) -> tuple[Choice, ...]:
        """What a questionnaire may be."""
        tr = self.tr
        return (
            Choice("assessment", tr("assessment"), tr("somebody stands for the answers")),
            Choice("illustration", tr("illustration"), tr("an example; every page of the report says so")),
        )

    def yes_or_no(self) -> tuple[Choice, ...]:
        """Yes and no."""
        return Choice(True, self.tr("yes")), Choice(False, self.tr("no"))


def tidy(text: str) -> str:
    """Return what a person meant to write into a cell that takes a word: no odd blanks, none around it."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def find(text: str, choices: Iterable[Choice]) -> Choice | None:
    """Return the first of ``choices`` that ``text`` names: by its label, its first word, or its value."""
    wanted, listed = _folded(text), tuple(choices)
    for choice in listed:
        if wanted in (_folded(choice.label), _folded(choice.head), _folded(str(choice.value))):
            return choice
    head = _folded(_SPLIT.split(text, maxsplit=1)[0])
    return next((c for c in listed if head in (_folded(c.head), _folded(str(c.value)))), None)


def contradicts(text: str, choice: Choice, choices: Sequence[Choice]) -> bool:
    """Whether ``text`` names ``choice`` but goes on with a sentence that belongs to none of its languages.

    That happens when a cell was copied from one question to another.
    """
    if not _SPLIT.search(text):
        return False
    return _folded(text) not in {_folded(c.label) for c in choices if c.value == choice.value}


def _folded(text: str) -> str:
    return _SPLIT.sub(_DASH, tidy(text)).casefold()
