"""What the workbook says beside each question: from the rubric's sheets, in the language of the reader."""

from collections.abc import Iterable

from assess.language import Translator
from assess.rubric.model import Body, Question, Rubric
from assess.rubric.sheet import Part, SheetWriter

Runs = list[tuple[bool, str]]


class Guide:
    """The texts that explain the questions of a rubric."""

    def __init__(self, rubric: Rubric, tr: Translator) -> None:
        """Speak the language of ``tr``, which knows the rubric's catalogue."""
        self.sheets = SheetWriter(rubric, tr)
        self.rules = (
            tr("Why it matters"), tr("How to go about it"), tr("Definitions"), tr("Rules for counting and dating"),
            tr("Where the record is silent"), tr("Not applicable"), tr("Ageing"),
            tr("Active"), tr("Who has a way in"), tr("Together at its best"), tr("Also called"), tr("Closed"),
            tr("Cap"),
        )
        self.cases = (tr("Doubtful cases"), tr("Proof that settles an answer"), tr("Proof that does not"))

    def of(self, thing: Question | Body) -> tuple[Runs, Runs]:
        """Return two texts on a question or body: how to judge, and cases with proof; runs, of which some are bold."""
        sheet = self.sheets.question(thing) if isinstance(thing, Question) else self.sheets.body(thing)
        rules, cases = ([part for part in sheet.parts if part.title in names] for names in (self.rules, self.cases))
        return self._joined(rules), self._joined(cases)

    def _joined(self, parts: Iterable[Part]) -> Runs:
        runs: Runs = []
        for part in parts:
            runs += [(False, "\n")] if runs else []
            runs += self._part(part)
        return runs

    def _part(self, part: Part) -> Runs:
        if part.form == "text":
            return [(True, f"{part.title}: "), (False, part.rows[0].text)]
        runs: Runs = [(True, f"{part.title}:")]
        for row in part.rows:
            head = f"{row.head} – " if row.head else ""
            mark = f"{row.mark}. " if row.mark else ""
            runs.append((False, f"\n• {head}{mark}{row.text}"))
        return runs


def plain_text(runs: Runs) -> str:
    """Return the text of the runs without their weight."""
    return "".join(text for _, text in runs)
