"""What changed between two questionnaires of one rubric."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from assess.desk.wording import CONFIDENCES, cut, plain_value, said, side_of, title_of
from assess.language import N_, Translator
from assess.printable import printable_lines
from assess.questionnaire.entries import Spot, answer_at, spots
from assess.questionnaire.forward import AnyAnswer, plain
from assess.questionnaire.model import Questionnaire
from assess.rubric.model import Rubric

_HEADER = {
    "rubric": N_("rubric"),
    "A.code": N_("code of side A"),
    "A.name": N_("name of side A"),
    "B.code": N_("code of side B"),
    "B.name": N_("name of side B"),
    "title": N_("title"),
    "as_of": N_("assessment date"),
    "answered_by.side": N_("side that answers"),
    "answered_by.role": N_("role of the rater"),
    "kind": N_("kind"),
    "marking": N_("marking"),
    "note": N_("note"),
}
_FIELDS = {
    "reason": N_("reason"),
    "confidence": N_("confidence"),
    "date": N_("date"),
    "evidence": N_("evidence"),
    "note": N_("note"),
    "assigned": N_("assigned to"),
    "review": N_("for review"),
    "title": N_("title"),
    "url": N_("address"),
    "where": N_("place in an archive"),
    "publisher": N_("publisher"),
    "grade": N_("grade"),
    "source": N_("whose record"),
    "counter": N_("speaks against a higher level"),
    "verified": N_("source was read"),
}
_TITLES = {"header": N_("Header"), "answers": N_("Answers"), "challenges": N_("Challenges"), "bodies": N_("Bodies"),
           "evidence": N_("Evidence")}
_HEAD = "answer"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs.

    ``section`` is header, evidence, answers, challenges or bodies; ``id`` the indicator, barrier,
    body or source; ``slot`` as in Spot; ``field`` the key, ``answer`` for the answer itself. The
    values are as in the file; None where there is none.
    """

    section: str
    id: str
    slot: str
    field: str
    old: Any
    new: Any


def differences(old: Questionnaire, new: Questionnaire, rubric: Rubric) -> tuple[Difference, ...]:
    """Return every difference: header first, then answers, challenges and bodies by the rubric, then evidence."""
    found = [*_fields("header", "", "", _header(old), _header(new))]
    for spot in spots(rubric):
        before, after = answer_at(old, spot), answer_at(new, spot)
        if before != after:
            found += _fields(spot.section, spot.key, spot.slot, _answer(before), _answer(after))
    for key in dict.fromkeys([*old.evidence, *new.evidence]):
        rows = [source.model_dump(exclude_defaults=True) if (source := q.evidence.get(key)) else {} for q in (old, new)]
        found += _fields("evidence", key, "", *rows)
    return tuple(found)


def _fields(section: str, key: str, slot: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name in dict.fromkeys([*old, *new]):
        before, after = plain_value(old.get(name)), plain_value(new.get(name))
        if before != after:
            yield Difference(section, key, slot, name, before, after)


def _header(q: Questionnaire) -> dict[str, Any]:
    parties = q.relationship.parties
    sides = {f"{side}.{name}": getattr(party, name)
             for side, party in (("A", parties.A), ("B", parties.B)) for name in ("code", "name")}
    return {"rubric": q.rubric, **sides, "title": q.relationship.title, "as_of": q.as_of,
            "answered_by.side": q.answered_by.side, "answered_by.role": q.answered_by.role, "kind": q.kind,
            "marking": q.marking, "note": q.note}


def _answer(answer: AnyAnswer) -> dict[str, Any]:
    """Return an answer as the file has it, its head under ``answer``; the reason of a state is a field of its own."""
    written = plain(answer)
    if isinstance(written, str):
        return {_HEAD: written}
    head = next(iter(written))
    reason = written.pop(head) if head in ("unknown", "not_applicable") else None
    between = written.pop("between", None)
    value = head if head in ("unknown", "not_applicable") else {head: written.pop(head)}
    if between:
        value = {head: True, "between": list(between)}
    if isinstance(value, dict):
        value = {key: plain_value(item) for key, item in value.items()}
    said_reason = {"reason": reason} if isinstance(reason, str) else {}
    confidence = {"confidence": answer.confidence} if hasattr(answer, "confidence") else {}
    return {_HEAD: value, **said_reason, **confidence, **written}


# --- in words -----------------------------------------------------------------------------------


def as_records(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Return the differences as plain data; the keys are part of the interface of ``--json``."""
    return [asdict(difference) for difference in found]


def in_words(found: Sequence[Difference], old: Questionnaire, new: Questionnaire, rubric: Rubric, tr: Translator
             ) -> str:
    """Return the differences as text, section by section, every line ended by \\n."""
    if not found:
        return tr("Nothing changed.") + "\n"
    lines = []
    for section, of_section in groupby(found, key=lambda d: d.section):
        rows = list(of_section)
        parts = [list(part) for _, part in groupby(rows, key=lambda d: (d.id, d.slot))]
        lines.append(f"{tr(_TITLES[section])} ({len(rows) if section == 'header' else len(parts)})")
        for part in parts:
            lines += _told(section, part, old, new, rubric, tr)
    return printable_lines(lines)


def _told(section: str, rows: list[Difference], old: Questionnaire, new: Questionnaire, rubric: Rubric, tr: Translator
          ) -> list[str]:
    first = rows[0]
    if section == "header":
        return [f"  {_change(tr(_HEADER[row.field]), row, tr)}" for row in rows]
    if section == "evidence":
        return _evidence(first.id, rows, old, new, tr)
    spot = Spot(section, first.id, first.slot)  # type: ignore[arg-type]
    side = side_of(spot, new, rubric, tr)
    title = f"  {spot}  {title_of(spot, rubric, tr)}" + (f" ({side})" if side else "")
    before, after = (said(answer_at(q, spot), rubric, tr) for q in (old, new))
    head = f"{title}: {before} → {after}" if first.field == _HEAD else f"{title}: {after}"
    return [head, *(f"      {_field(row, tr)}" for row in rows if row.field != _HEAD)]


def _evidence(key: str, rows: list[Difference], old: Questionnaire, new: Questionnaire, tr: Translator) -> list[str]:
    if key not in old.evidence:
        return [f"  + {key}  {cut(new.evidence[key].title)}"]
    if key not in new.evidence:
        return [f"  − {key}  {cut(old.evidence[key].title)}"]
    return [f"  {key}  {cut(new.evidence[key].title)}", *(f"      {_field(row, tr)}" for row in rows)]


def _field(row: Difference, tr: Translator) -> str:
    name = tr(_FIELDS[row.field])
    if row.field != "evidence":
        return _change(name, row, tr)
    before, after = row.old or [], row.new or []
    added = [f"+ {key}" for key in after if key not in before]
    return f"{name}: {', '.join([*added, *(f'− {key}' for key in before if key not in after)])}"


def _change(name: str, row: Difference, tr: Translator) -> str:
    return f"{name}: {_value(row, row.old, tr)} → {_value(row, row.new, tr)}"


def _value(row: Difference, value: Any, tr: Translator) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if row.field == "confidence":
        return tr(CONFIDENCES[value])
    return f"«{cut(value)}»" if row.field in ("note", "reason", "title") else cut(value)
