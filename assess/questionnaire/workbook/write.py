"""Write a questionnaire as a workbook: blank, or with the answers it has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assess.language import Translator
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.model import Questionnaire
from assess.questionnaire.workbook.cellsout import Lists, band, write
from assess.questionnaire.workbook.look import add_styles, foot, height, open_sheet, soft_height
from assess.questionnaire.workbook.plan import (
    ABOUT,
    EVIDENCE,
    EVIDENCE_COLUMNS,
    FIELD_LABELS,
    FIELDS,
    FORMAT,
    FREE_TEXTS,
    OURS,
)
from assess.questionnaire.workbook.questions import Group, QuestionPages, groups_of_bodies, groups_of_challenges
from assess.questionnaire.workbook.start import write_start
from assess.questionnaire.workbook.values import field_values, source_values
from assess.questionnaire.workbook.words import Choice, Words
from assess.rubric.model import Rubric
from assess.workbooks import TextTooLongError, put, sheet_title, to_bytes

SPARE_ROWS = 150  # for sources that are still to be found
_PRINTED_SPARE = 20


def workbook(questionnaire: Questionnaire, rubric: Rubric, tr: Translator, *, file: str = "") -> bytes:
    """Return the workbook of ``questionnaire`` in the language of ``tr``; ``file`` is named in problems.

    The same questionnaire gives the same bytes.

    Raises:
        InputError: W748, a text is longer than a cell can hold.
    """
    try:
        return _Writer(questionnaire, rubric, tr).run()
    except TextTooLongError as error:
        raise InputError([Problem("W748", Place(file), {"size": str(error)})]) from error


class _Writer:
    """Makes the sheets one after another."""

    def __init__(self, questionnaire: Questionnaire, rubric: Rubric, tr: Translator) -> None:
        from openpyxl import Workbook

        self.q, self.rubric, self.tr = questionnaire, rubric, tr
        self.words = Words(rubric, questionnaire.relationship.parties, tr)
        self.book = Workbook()
        add_styles(self.book)
        self.book.remove(self.book.active)
        self.title = self._title()

    def _title(self) -> str:
        parties = self.q.relationship.parties
        return self.tr("{a} (A) and {b} (B)").format(a=parties.A.name, b=parties.B.name)

    def run(self) -> bytes:
        tr = self.tr
        start = self._sheet(tr("Start"))
        fields, evidence = self._sheet(tr("Relationship")), self._sheet(tr("Evidence"))
        self.lists = Lists(self.book.create_sheet("_lists"))
        self._fields(fields)
        self._evidence(evidence)
        pages = [(fields, tr("What is assessed, when, and by whom"), ""), (evidence, tr("Every source, once"), "")]
        pages += self._questions(evidence)
        write_start(start, self.q, self.rubric, tr, self.title, pages)
        self._about()
        for sheet in self.book.worksheets:
            foot(sheet, self.title, sheet.title)
        self.book.move_sheet("_lists", len(self.book.sheetnames))
        self.book["_lists"].sheet_state = "hidden"
        self.book.calculation.fullCalcOnLoad = True
        self.book.properties.title, self.book.properties.creator = self.tr(self.rubric.title), "assess"
        self.book.properties.language = tr.language
        return to_bytes(self.book)

    def _sheet(self, title: str) -> Any:
        return self.book.create_sheet(sheet_title(title, self.book.sheetnames))

    # --- sheets of questions -------------------------------------------------------------------

    def _questions(self, evidence: Any) -> list[tuple[Any, str, str]]:
        """Write a sheet for each component, one for the challenges and one for the bodies."""
        tr, rubric = self.tr, self.rubric
        titles = f"'{evidence.title}'!$C$4:$C${self.last_source}"
        known = f"OFFSET('{evidence.title}'!$B$4,0,0,MAX(1,COUNTA({titles})),1)"  # as many ids as there are titles
        pages = QuestionPages(self.q, rubric, self.words, self.lists, known)
        made = []
        for component in rubric.components:
            sheet = self._sheet(component.id)
            title = f"{component.id} {tr(component.title)}"
            group = Group("", tr(component.purpose), component.indicators)
            made.append((sheet, title, pages.page(sheet, title, [group])))
        if rubric.challenges:
            sheet, title = self._sheet(tr("Challenges")), tr("Challenges")
            made.append((sheet, title, pages.page(sheet, title, groups_of_challenges(rubric, tr))))
        if rubric.bodies:
            sheet, title = self._sheet(tr("Bodies")), tr("International bodies")
            made.append((sheet, title, pages.page(sheet, title, groups_of_bodies(rubric, self.words))))
        return made

    # --- relationship --------------------------------------------------------------------------

    def _fields(self, sheet: Any) -> None:
        """Write one row for each fact about the relationship and the rater."""
        tr = self.tr
        open_sheet(sheet, (30, 52, 78), freeze="A3", heads="2:2")
        _first_row(sheet, FIELDS, ("label", "value"))
        band(sheet, 2, 4, tr("Relationship"), "form title")
        write(sheet, 2, 1, OURS, "form hidden")
        choices, values = self._field_choices(), field_values(self.q, self.words)
        for row, (key, label) in enumerate(FIELD_LABELS.items(), 3):
            write(sheet, row, 1, key, "form hidden")
            write(sheet, row, 2, tr(label), "form label")
            style = "form text" if key == "rubric" else "form input"
            cell = write(sheet, row, 3, None, style)
            soft_height(sheet, row, height([(values[key] or "", 52), (self._hint(key), 78)]))
            put(cell, values[key], exact=key not in FREE_TEXTS)
            if key in choices:
                self.lists.offer(cell, choices[key])
            write(sheet, row, 4, self._hint(key), "form text")

    def _field_choices(self) -> Mapping[str, Sequence[Choice]]:
        return {"answered_by.side": self.words.sides(), "kind": self.words.kinds()}

    def _hint(self, key: str) -> str:
        tr = self.tr
        hints = {
            "rubric": tr("The workbook belongs to this version; it cannot be changed here."),
            "as_of": tr("The day for which the answers hold; nothing later may be cited."),
            "relationship.parties.A.code": tr("Two letters of a country, such as UA, or the short name of an "
                                              "organisation, such as EU."),
            "relationship.title": tr("Only if the names of the two sides do not say it."),
            "answered_by.side": tr("Whose view the answers are."),
            "answered_by.role": tr("An office or profession, never the name of a person."),
            "kind": tr("Leave it empty if somebody stands for the answers."),
            "marking": tr("Who may see the report: a label such as TLP:AMBER, or a national text. May stay empty."),
            "note": tr("Anything that a reader should know."),
        }
        return hints.get(key, "")

    # --- evidence ------------------------------------------------------------------------------

    def _evidence(self, sheet: Any) -> None:
        """Write one row for each source, and spare rows that have an id already."""
        tr = self.tr
        open_sheet(sheet, [width for _, _, width in EVIDENCE_COLUMNS], freeze="C4", heads="3:3")
        _first_row(sheet, EVIDENCE, [key for key, _, _ in EVIDENCE_COLUMNS])
        last = len(EVIDENCE_COLUMNS) + 1
        band(sheet, 2, last, tr("Evidence"), "form title")
        remark = tr("Every source once; answers cite it by its id. A date is a day, month or year: 2024-07-15, 2024-07 "
                    "or 2024.")
        write(sheet, 2, 4, remark, "form subtitle")
        for row in (2, 3):
            write(sheet, row, 1, OURS, "form hidden")
        for column, (_, label, _) in enumerate(EVIDENCE_COLUMNS, 2):
            write(sheet, 3, column, tr(label), "form head")
        choices = self._source_choices()
        for row, (key, values) in enumerate(self._sources(), 4):
            for column, (field, _, _) in enumerate(EVIDENCE_COLUMNS, 2):
                cell = write(sheet, row, column, None, "form input")
                put(cell, key if field == "id" else values.get(field), exact=field not in FREE_TEXTS)
                if field in choices:
                    self.lists.offer(cell, choices[field])
            if values:
                tall = height((values.get(field, ""), width) for field, _, width in EVIDENCE_COLUMNS)
                soft_height(sheet, row, tall)
            self.last_source = row
        sheet.print_area = f"A1:{sheet.cell(1, last).column_letter}{4 + len(self.q.evidence) + _PRINTED_SPARE}"

    def _source_choices(self) -> Mapping[str, Sequence[Choice]]:
        words = self.words
        return {"grade": words.grades(), "source": words.sources(), "counter": words.yes_or_no(),
                "verified": words.yes_or_no()}

    def _sources(self) -> Iterable[tuple[str, Mapping[str, str]]]:
        """Yield the sources, then ids of sources to come that nothing uses yet."""
        known = self.q.evidence
        yield from ((key, source_values(source, self.words)) for key, source in known.items())
        spare = (name for number in range(1, SPARE_ROWS + len(known) + 1) if (name := f"E{number}") not in known)
        yield from ((name, {}) for name, _ in zip(spare, range(SPARE_ROWS), strict=False))

    # --- what the reader needs to know ---------------------------------------------------------

    def _about(self) -> None:
        sheet = self.book.create_sheet("_about")
        facts = {
            "format": str(FORMAT), "rubric.id": self.rubric.id, "rubric.version": self.rubric.version,
            "rubric.hash": self.rubric.hash, "language": self.tr.language,
        }
        _first_row(sheet, ABOUT, ("value",))
        for row, (key, value) in enumerate(facts.items(), 2):
            write(sheet, row, 1, key, "form hidden")
            write(sheet, row, 2, value, "form hidden")
        sheet.sheet_state = "hidden"


def _first_row(sheet: Any, mark: str, keys: Iterable[str]) -> None:
    """Write the hidden first row: what the sheet holds, and the key of each column."""
    for column, text in enumerate((mark, *keys), 1):
        write(sheet, 1, column, text, "form hidden")
