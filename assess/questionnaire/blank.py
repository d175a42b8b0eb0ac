"""Write a questionnaire as YAML that explains itself: a blank one, or one with answers in it.

Remarks are made of cleaned text, so that no name or rubric text can end a remark and become data.
"""

import re
import textwrap
from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - a type beside the field of the same name
from typing import Any

from assess.language import Translator
from assess.questionnaire.bodies import SLOTS as BODY_SLOTS
from assess.questionnaire.emit import WIDTH, dump, nested
from assess.questionnaire.forward import plain
from assess.questionnaire.model import Parties, Questionnaire, Rater, Relationship
from assess.rubric.model import Ageing, Body, Question, Rubric

SCHEMA_FILE = "questionnaire.schema.json"
_RULE = "=" * 80

# Line ends, controls and what no YAML file may hold; the narrow and hard blanks of typography stay.
_NOT_IN_REMARKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+")


def blank(rubric: Rubric, parties: Parties, as_of: Date, tr: Translator) -> Questionnaire:
    """Return a questionnaire about ``parties`` at the date ``as_of`` with nothing answered yet."""
    return Questionnaire(
        rubric=f"{rubric.id} {'.'.join(rubric.version.split('.')[:2])}",
        relationship=Relationship(parties=parties),
        as_of=as_of,
        answered_by=Rater(side="third", role=tr("to be filled in")),
    )


def annotated(questionnaire: Questionnaire, rubric: Rubric, tr: Translator) -> str:
    """Return the text of ``questionnaire`` with the questions of ``rubric`` as remarks, every line ended by \\n."""
    writer = _Writer(questionnaire, rubric, tr)
    return "\n".join([*writer.head(), *writer.answers(), *writer.challenges(), *writer.bodies()]) + "\n"


# --- remarks -----------------------------------------------------------------------------------


def _clean(text: str) -> str:
    return _NOT_IN_REMARKS.sub(" ", text).strip()


def _remark(text: str, *, indent: int = 0, first: str = "") -> list[str]:
    """Return ``text`` as wrapped remarks; lines after the first hang under the end of ``first``."""
    margin = " " * indent + "# "
    lines = textwrap.wrap(
        _clean(text), WIDTH, initial_indent=margin + first, subsequent_indent=margin + " " * len(first),
        break_long_words=False, break_on_hyphens=False,
    )
    return lines or [margin.rstrip()]


class _Writer:
    """Writes the sections of one questionnaire, each as a list of lines."""

    def __init__(self, questionnaire: Questionnaire, rubric: Rubric, tr: Translator) -> None:
        self.q, self.rubric, self.tr = questionnaire, rubric, tr
        parties = questionnaire.relationship.parties
        self.names = {"a": _clean(parties.A.name), "b": _clean(parties.B.name)}

    # --- head ----------------------------------------------------------------------------------

    def head(self) -> list[str]:
        """The instructions, the keys of the relationship, and the evidence."""
        tr = self.tr
        return [
            f"# yaml-language-server: $schema={SCHEMA_FILE}",
            "#",
            *_remark(tr(self.rubric.title)),
            *_remark(tr("{a} (A) and {b} (B)").format(**self.names)),
            "#",
            *self._instructions(),
            "",
            *dump({"rubric": self.q.rubric}),
            *dump({"relationship": self.q.relationship.model_dump(exclude_defaults=True)}),
            "",
            *_remark(tr("The day for which the answers hold; nothing later may be cited.")),
            *dump({"as_of": self.q.as_of}),
            "",
            *self._rater(),
            *self._evidence(),
        ]

    def _rater(self) -> list[str]:
        tr = self.tr
        remark = tr(
            "Who answers. Side: A, B, both (the two together) or third (somebody else). Role: an office or "
            "profession, never the name of a person."
        )
        kind = tr("Add the line «kind: illustration» if this is not an assessment that somebody stands for.")
        more = self.q.model_dump(include={"kind", "marking", "note"}, exclude_defaults=True)
        rater = dump({"answered_by": self.q.answered_by.model_dump()})
        return [*_remark(remark), *rater, *_remark(kind), *(dump(more) if more else [])]

    def _instructions(self) -> list[str]:
        steps = (
            self.tr("Say under «answered_by» who answers, and list every source once under «evidence»."),
            self.tr(
                "Read each question and its levels. Choose the highest level whose sentence is true, and write its "
                "number in the place of «unknown»."
            ),
            self.tr(
                "Level 0 says that absence is known, and needs evidence as the other levels do. What you do not know "
                "stays «unknown»: it is an honest answer, and never counts as 0."
            ),
            self._caps(),
            self.tr("Indent with spaces, not with tabs. After a # sign you may write what you like."),
            self.tr("At any time, and at the end: «assess check FILE», then «assess score FILE»."),
        )
        lines = ["# " + self.tr("How to fill in this file")]
        for number, step in enumerate(steps, 1):
            lines += _remark(step, first=f"{number}. ")
        return [*lines, "#", "# " + self.tr("The forms of an answer"), *self._forms()]

    def _caps(self) -> str:
        caps = self.rubric.evidence.caps
        text = self.tr(
            "Cite evidence by its id. Without evidence an answer counts as level {none} at most, with one report of "
            "grade B as level {single}, with two independent ones as level {two}; above that it takes grade A."
        )
        return text.format(none=caps.none, single=caps.single, two=caps.corroborated)

    def _forms(self) -> list[str]:
        tr = self.tr
        key = next((i.id for i in self.rubric.indicators.values() if i.type == "P"), "TRU-01")
        forms = (
            ("1", tr("a level without evidence")),
            ("{level: 1, evidence: [first-round], confidence: high}", tr("or low, medium")),
            ("unknown", ""),
            (tr("{unknown: no public record, between: [1, 2]}"), tr("unknown, but within limits")),
            ("{disputed: [0, 2], evidence: [first-round]}", tr("the sources disagree")),
            (tr("{not_applicable: the reason}"), tr("only where allowed")),
        )
        lines = [f"{key}: {form}".ljust(63) + (f"# {said}" if said else "") for form, said in forms]
        extra = tr("Any long form may also have «note:» and «assigned:» (who owes the answer), and the first and the "
                   "fifth «date: 2026-03-10».")
        return [*(f"#   {line}".rstrip() for line in lines), *_remark(extra)]

    # --- evidence ------------------------------------------------------------------------------

    def _evidence(self) -> list[str]:
        tr = self.tr
        remark = tr("Every source once, under an id of your choice; answers cite the id. To use the example, take "
                    "the # signs away and change it.")
        lines = ["", *_remark(remark), "evidence:"]
        lines += [*self._grades(), "  #", *(f"  # {line}".rstrip() for line in self._example())]
        for key, evidence in self.q.evidence.items():
            lines += ["", *nested(("evidence", key), evidence.model_dump(exclude_defaults=True))]
        return lines

    def _grades(self) -> list[str]:
        lines = ["  # " + self.tr("Grades of evidence")]
        for grade, text in self.rubric.evidence.grades.items():
            lines += _remark(self.tr(text), indent=2, first=f"  {grade}  ")
        return lines

    def _example(self) -> list[str]:
        tr = self.tr
        fields = (
            ("title", tr("Joint statement of the first round"), ""),
            ("date", f"{self.q.as_of.year - 1}-06-15", tr("day, month or year of what it shows")),
            ("url", "https://example.org/statement", tr("or «where:», a file number or archive")),
            ("publisher", tr("Ministry of Foreign Affairs"), tr("tells independent sources apart")),
            ("grade", "A", tr("A, B or C, see above")),
            ("source", "both", tr("whose record it is: A, B, both or third")),
            ("counter", "false", tr("true if it speaks against a higher level")),
            ("verified", "true", tr("false if nobody read the source itself")),
        )
        lines = [f"  {key}: {value}".ljust(44) + (f"# {said}" if said else "") for key, value, said in fields]
        return ["first-round:", *lines]

    # --- answers and challenges ----------------------------------------------------------------

    def answers(self) -> list[str]:
        """Every indicator, component by component."""
        lines = ["", "answers:"]
        for component in self.rubric.components:
            lines += self._title(f"{component.id} {self.tr(component.title)}", component.purpose)
            for indicator in component.indicators:
                lines += self._question("answers", indicator)
        return lines

    def challenges(self) -> list[str]:
        """Every barrier, challenge by challenge."""
        if not self.rubric.challenges:
            return []
        remark = self.tr(
            "Challenges stand around the dialogue. Here a level says how heavy the obstacle is, from 0 (none) to "
            "{top} (the heaviest). They are shown beside the readiness and never taken off from it."
        )
        lines = ["", *_remark(remark.format(top=self.rubric.top_level)), "challenges:"]
        for challenge in self.rubric.challenges:
            lines += self._title(f"{challenge.id} {self.tr(challenge.title)}", challenge.purpose)
            for barrier in challenge.barriers:
                lines += self._question("challenges", barrier)
        return lines

    def _title(self, title: str, purpose: str) -> list[str]:
        rule = f"  # {_RULE}"
        return ["", rule, *_remark(title, indent=2), *_remark(self.tr(purpose), indent=2), rule]

    def _question(self, section: str, question: Question) -> list[str]:
        return ["", *self._explanation(question), *self._slots(section, question)]

    def _explanation(self, question: Question) -> list[str]:
        tr = self.tr
        lines = _remark(f"{question.id} {tr(question.title)}", indent=2)
        lines += _remark(tr(question.question), indent=2)
        lines += _remark(self._asked(question), indent=2)
        for level, anchor in sorted(question.anchors.items()):
            lines += _remark(tr(anchor), indent=2, first=f"  {level}  ")
        for term, meaning in question.definitions.items():
            lines += _remark(f"«{tr(term)}»: {tr(meaning)}", indent=2, first="- ")
        for rule in question.counting:
            lines += _remark(tr(rule), indent=2, first="- ")
        return [*lines, *self._limits(question)]

    def _limits(self, question: Question) -> list[str]:
        tr = self.tr
        excused = tr(question.not_applicable_when) if question.may_be_not_applicable else tr("never.")
        lines = _remark(tr("Where the record is silent: {text}").format(text=tr(question.when_silent)), indent=2)
        lines += _remark(tr("Not applicable: {text}").format(text=excused), indent=2)
        return [*lines, *_remark(self._ageing(question.ageing), indent=2)]

    def _asked(self, question: Question) -> str:
        texts = {
            "P": self.tr("Answer once, for {a} and {b} together."),
            "S": self.tr("Answer for {a} (A) and for {b} (B). In line A «this side» is {a} and «the partner» is {b}; "
                         "in line B it is the other way round."),
            "D": self.tr("Answer for {a} towards {b} (A) and for {b} towards {a} (B). In line A «this side» is {a} "
                         "and «the partner» is {b}; in line B it is the other way round."),
        }
        return texts[question.type].format(**self.names)

    def _ageing(self, ageing: Ageing) -> str:
        tr = self.tr
        if ageing.kind == "none":
            return tr("Ageing: none. {reason}").format(reason=tr(ageing.reason))
        if ageing.kind == "event":
            text = tr("Ageing: levels from {level} up need a date; one level is lost after {window} months, a second "
                      "after {twice}. {reason}")
            values = {"level": ageing.from_level, "window": ageing.window, "twice": 2 * ageing.window}
            return text.format(**values, reason=tr(ageing.reason))
        limits = sorted(ageing.limits.items(), reverse=True)
        held = "; ".join(tr("level {level} up to {months} months").format(level=at, months=m) for at, m in limits)
        return tr("Ageing: by the months since the newest evidence: {held}. {reason}").format(
            held=held, reason=tr(ageing.reason)
        )

    def _slots(self, section: str, question: Question) -> list[str]:
        answers: dict[str, Any] = {slot: plain(self.q.answer(question.id, slot)) for slot in question.slots}
        if question.type == "P":
            return nested((section, question.id), answers["pair"])
        return self._sides(section, question.id, answers, directed=question.type == "D")

    def _sides(self, section: str, key: str, answers: Mapping[str, Any], *, directed: bool) -> list[str]:
        """Return the key and one entry for each side, with the name of the side in a remark."""
        a, b = self.names["a"], self.names["b"]
        names = {"A": a, "B": b}
        if directed:
            towards = self.tr("{a} towards {b}")
            names = {"A": towards.format(a=a, b=b), "B": towards.format(a=b, b=a)}
        lines = [nested((section, key), None)[0].removesuffix(" null")]
        for slot, answer in answers.items():
            first, *rest = nested((section, key, slot), answer)
            lines += [f"{first}  # {names[slot]}" if slot in names else first, *rest]
        return lines

    # --- bodies --------------------------------------------------------------------------------

    def bodies(self) -> list[str]:
        """Every body, system by system, after the two scales."""
        if not self.rubric.bodies:
            return []
        lines = ["", *self._scales(), "bodies:"]
        for key, system in self.rubric.systems.items():
            lines += self._title(f"{key} {self.tr(system.title)}", system.purpose)
            for body in self.rubric.bodies.values():
                if body.system == key:
                    lines += ["", *self._about(body), *self._body_slots(body)]
        return lines

    def _scales(self) -> list[str]:
        tr = self.tr
        remark = tr("Bodies in which the two sides meet: what {a} (A) and {b} (B) are in each, as a word, and what "
                    "they do there together, as a level. Each of the three may be unknown.")
        lines = _remark(remark.format(**self.names))
        for key, status in self.rubric.statuses.items():
            lines += _remark(tr(status.meaning), first=f"  {key.ljust(12)}")
        lines += _remark(tr("Together:"))
        for level, pair in self.rubric.pair_statuses.items():
            lines += _remark(f"{tr(pair.title)}. {tr(pair.meaning)}", first=f"  {level}  ")
        word, level = list(self.rubric.statuses)[-1], self.rubric.top_pair_status
        return [
            *lines,
            *_remark(tr("The long forms:")),
            f"#   A: {{status: {word}, evidence: [first-round]}}",
            f"#   together: {{level: {level}, evidence: [first-round]}}",
        ]

    def _about(self, body: Body) -> list[str]:
        tr = self.tr
        default = body.default_when_silent
        texts = [
            f"{body.id} {tr(body.title)} ({tr(body.short)})",
            tr(body.role),
            tr("Active: {text}").format(text=tr(body.counts_as_active)),
            tr("Who has a way in: {text}").format(text=tr(body.who_is_eligible)),
            tr("Together at its best: {text}").format(text=tr(body.pair_example)),
            tr("Where the record is silent: {text}").format(text=f"{default.status}. {tr(default.reason)}"),
            self._ageing(body.ageing),
        ]
        if body.closed:
            texts.append(tr("Closed: {date}.").format(date=body.closed))
        if body.cap_reason:
            texts.append(tr("At most {cap} counts: {reason}").format(cap=body.cap, reason=tr(body.cap_reason)))
        return [line for text in texts for line in _remark(text, indent=2)]

    def _body_slots(self, body: Body) -> list[str]:
        answers: dict[str, Any] = {slot: plain(self.q.body(body.id).slot(slot)) for slot in BODY_SLOTS}
        return self._sides("bodies", body.id, answers, directed=False)
