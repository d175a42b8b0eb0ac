"""The sheets with questions: the question and its levels on the left, how to judge on the right, the answer below."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assess.language import Translator
from assess.questionnaire.bodies import SLOTS as BODY_SLOTS
from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.model import Questionnaire
from assess.questionnaire.workbook.cellsout import Lists, band, spread, write
from assess.questionnaire.workbook.guide import Guide, Runs, plain_text
from assess.questionnaire.workbook.look import LINE, SMALL_LINE, height, open_sheet, page_height, soft_height
from assess.questionnaire.workbook.plan import ANSWER_COLUMNS, FREE_TEXTS, OURS, ROWS, Section, row_key
from assess.questionnaire.workbook.values import answer_values
from assess.questionnaire.workbook.words import Choice, Words
from assess.rubric.model import Body, Question, Rubric
from assess.workbooks import put, put_runs

_WIDTHS = tuple(width for _, _, width in ANSWER_COLUMNS)
_LAST = len(ANSWER_COLUMNS) + 1
_LEFT = (3, 7)  # columns of the question and its levels; the right side has the rest
_LEFT_WIDTH = sum(_WIDTHS[_LEFT[0] - 2 : _LEFT[1] - 1])
_RIGHT_WIDTH = sum(_WIDTHS[_LEFT[1] - 1 :])
_TALLEST, _EMPTY = 400.0, 29.0  # points of the highest row, and of an answer that is still blank


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading; ``scales`` are lines that explain the words of all of them."""

    title: str
    purpose: str
    questions: Sequence[Question | Body]
    scales: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """One line on the left side of a question: a mark such as a level, a text, and its style."""

    mark: str
    text: str
    style: str


def groups_of_challenges(rubric: Rubric, tr: Translator) -> list[Group]:
    """The barriers, challenge by challenge, after a word on what their levels mean."""
    remark = tr(
        "Challenges stand around the dialogue. Here a level says how heavy the obstacle is, from 0 (none) to "
        "{top} (the heaviest). They are shown beside the readiness and never taken off from it."
    )
    first = Group("", remark.format(top=rubric.top_level), ())
    return [first, *(Group(f"{c.id} {tr(c.title)}", tr(c.purpose), c.barriers) for c in rubric.challenges)]


def groups_of_bodies(rubric: Rubric, words: Words) -> list[Group]:
    """The bodies, system by system, after the two scales."""
    tr = words.tr
    remark = tr("Bodies in which the two sides meet: what {a} (A) and {b} (B) are in each, as a word, and what "
                "they do there together, as a level. Each of the three may be unknown.")
    parties = words.parties
    statuses = tuple((choice.head, choice.text) for choice in words.statuses())
    together = tuple((choice.head, choice.text) for choice in words.together())
    scales = (("A, B", tr("What a side is in a body")), *statuses,
              ("A + B", tr("What the two do there together")), *together)
    first = Group("", remark.format(a=parties.A.name, b=parties.B.name), (), scales)
    systems = [
        Group(f"{key} {tr(system.title)}", tr(system.purpose),
              [body for body in rubric.bodies.values() if body.system == key])
        for key, system in rubric.systems.items()
    ]
    return [first, *systems]


class QuestionPages:
    """Writes sheets of questions for one questionnaire."""

    def __init__(self, q: Questionnaire, rubric: Rubric, words: Words, lists: Lists, sources: str) -> None:
        """``sources`` is the formula that names the ids of the sources in the workbook."""
        self.q, self.rubric, self.words, self.lists, self.sources = q, rubric, words, lists, sources
        self.tr, self.guide = words.tr, Guide(rubric, words.tr)
        a, b = (party.name for party in (q.relationship.parties.A, q.relationship.parties.B))
        self.names = {"a": a, "b": b}
        self.yes = words.yes_or_no()[:1]

    def page(self, sheet: Any, title: str, groups: Iterable[Group]) -> str:
        """Write one sheet; return the formula that counts its answers and their number, with a bar between them."""
        self.sheet, self.row, self.used, self.asked = sheet, 4, 0.0, 0
        open_sheet(sheet, _WIDTHS, freeze="A4", heads="2:3")
        self.room = page_height(_WIDTHS, 2 * LINE + 20)
        for column, key in enumerate((ROWS, *(key for key, _, _ in ANSWER_COLUMNS)), 1):
            write(sheet, 1, column, key, "form hidden")
        band(sheet, 2, _LAST, title, "form title")
        for column, (_, head, _) in enumerate(ANSWER_COLUMNS, 2):
            write(sheet, 3, column, self.tr(head), "form head")
        self._ours(2, 3)
        for group in groups:
            self._group(group)
        return f"=COUNTA('{sheet.title}'!$D$4:$D${self.row})|{self.asked}"

    def _group(self, group: Group) -> None:
        lines = [_Line("", group.purpose, "form text"), *(_Line(m, t, "form text") for m, t in group.scales)]
        heights = [height([(line.text, sum(_WIDTHS[1:]))]) for line in lines]
        self._keep_together(sum(heights) + 20)
        if group.title:
            band(self.sheet, self.row, _LAST, group.title, "form title")
            self._next(20)
        for line, tall in zip(lines, heights, strict=True):
            cell = spread(self.sheet, self.row, 2, _LAST, None, line.style)  # never in the column of answers
            put_runs(cell, [(True, f"{line.mark} – " if line.mark else ""), (False, line.text)])
            self._next(tall)
        self._next(6)
        for question in group.questions:
            self._question(question)

    def _question(self, question: Question | Body) -> None:
        """Write the block of one question."""
        slots, lines = self._slots(question), self._lines(question)
        rules, cases = self.guide.of(question)
        heights = [height([(line.text, _LEFT_WIDTH)]) for line in lines]
        below = max(self._small(cases, _LEFT_WIDTH), self._small(rules, _RIGHT_WIDTH) - sum(heights))
        parts = max(1, math.ceil(below / _TALLEST))
        self._keep_together(sum(heights) + below + 17 + 2 * _EMPTY * len(slots))
        band(self.sheet, self.row, _LAST, f"{question.id}  {self.tr(question.title)}")
        self._next(17)
        self._small_print(rules, _LEFT[1] + 1, _LAST, len(lines) + parts)
        for line, tall in zip(lines, heights, strict=True):
            write(self.sheet, self.row, 2, line.mark or None, "form level")
            spread(self.sheet, self.row, *_LEFT, line.text, line.style)
            self._next(tall)
        self._small_print(cases, *_LEFT, parts)
        for _ in range(parts):
            self._next(below / parts)
        for slot, who in slots:
            self._answer(question, slot, who)
        self._next(8)

    def _small_print(self, runs: Runs, first: int, last: int, rows: int) -> None:
        """Write guidance over some columns and as many rows."""
        style = "form guide" if first > _LEFT[0] else "form cases"
        put_runs(spread(self.sheet, self.row, first, last, None, style, down=rows - 1), runs)

    @staticmethod
    def _small(runs: Runs, width: float) -> float:
        """Return the height in points of guidance in a column of this width."""
        return height([(plain_text(runs), width * 10 / 9)], SMALL_LINE)

    def _lines(self, question: Question | Body) -> list[_Line]:
        tr = self.tr
        if isinstance(question, Body):
            return [_Line("", tr(question.role), "form strong")]
        levels = [_Line(str(at), tr(text), "form text") for at, text in sorted(question.anchors.items())]
        return [_Line("", tr(question.question), "form strong"), _Line("", self._asks(question), "form text"), *levels]

    def _asks(self, question: Question) -> str:
        texts = {
            "P": self.tr("Answer once, for {a} and {b} together."),
            "S": self.tr("Answer for {a} (A) and for {b} (B). In line A «this side» is {a} and «the partner» is {b}; "
                         "in line B it is the other way round."),
            "D": self.tr("Answer for {a} towards {b} (A) and for {b} towards {a} (B). In line A «this side» is {a} "
                         "and «the partner» is {b}; in line B it is the other way round."),
        }
        return texts[question.type].format(**self.names)

    # --- answers -------------------------------------------------------------------------------

    def _slots(self, question: Question | Body) -> list[tuple[str, str]]:
        """Return the slots of a question, each with whom it is asked for."""
        a, b = self.names["a"], self.names["b"]
        if isinstance(question, Body):
            names = (f"{a} (A)", f"{b} (B)", self.tr("Both together"))
            return list(zip(BODY_SLOTS, names, strict=True))
        if question.type == "P":
            return [("pair", self.tr("Both together"))]
        if question.type == "S":
            return [("A", f"{a} (A)"), ("B", f"{b} (B)")]
        towards = self.tr("{a} towards {b}")
        return [("A", f"{towards.format(a=a, b=b)} (A)"), ("B", f"{towards.format(a=b, b=a)} (B)")]

    def _answer(self, question: Question | Body, slot: str, who: str) -> None:
        section, choices, answer = self._given(question, slot)
        values = {"id": question.id, "who": who, **answer_values(answer, choices, self.words)}
        offers = {"answer": choices, "confidence": self.words.confidence(), "review": self.yes}
        write(self.sheet, self.row, 1, row_key(section, question.id, slot), "form hidden")
        for column, (key, _, _) in enumerate(ANSWER_COLUMNS, 2):
            cell = write(self.sheet, self.row, column, None, "form label" if key in ("id", "who") else "form input")
            put(cell, values.get(key), exact=key not in FREE_TEXTS)
            if key in offers:
                self.lists.offer(cell, offers[key])
            if key == "evidence":
                self.lists.validation(cell, self.sources, strict=False)
        widths = zip(ANSWER_COLUMNS, _WIDTHS, strict=True)
        tall = max(_EMPTY, height((values.get(key, ""), width) for (key, _, _), width in widths))
        soft_height(self.sheet, self.row, tall)
        self.asked += 1
        self.used += tall
        self.row += 1

    def _given(self, question: Question | Body, slot: str) -> tuple[Section, Sequence[Choice], AnyAnswer]:
        """Return the section, the list of answers, and the answer that is there already."""
        if isinstance(question, Body):
            choices = self.words.together() if slot == "together" else self.words.statuses()
            return "bodies", choices, self.q.body(question.id).slot(slot)  # type: ignore[arg-type]
        section: Section = "answers" if question.id in self.rubric.indicators else "challenges"
        return section, self.words.answers(question), self.q.answer(question.id, slot)  # type: ignore[arg-type]

    # --- rows and pages ------------------------------------------------------------------------

    def _next(self, tall: float) -> None:
        """End a row of text that has this height in points."""
        self._ours(self.row)
        self.sheet.row_dimensions[self.row].height = tall
        self.used += tall
        self.row += 1

    def _ours(self, *rows: int) -> None:
        for row in rows:
            write(self.sheet, row, 1, OURS, "form hidden")

    def _keep_together(self, tall: float) -> None:
        """Begin a new printed page where what comes next would be torn apart."""
        from openpyxl.worksheet.pagebreak import Break

        if self.used and self.used + tall > self.room:
            self.sheet.row_breaks.append(Break(id=self.row - 1))
            self.used = 0.0
