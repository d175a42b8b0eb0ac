"""Questionnaires for the rubric of three components and six levels in tests/rubrics/tiny."""

import shutil
from pathlib import Path
from typing import Any

from assess.language import ENGLISH
from assess.problems.model import InputError, Problem
from assess.problems.render import message
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.result import Result
from assess.rubric.load import load_rubric
from assess.scoring.score import score
from assess.yamlio import Document, parse

FOLDER = Path(__file__).parent / "rubrics" / "tiny"
TINY = load_rubric(str(FOLDER))
AS_OF = "2026-11-01"
EVIDENCE = {
    "a-both": {"title": "Joint record", "date": "2026-06-01", "grade": "A", "source": "both"},
    "a-old": {"title": "Old joint record", "date": "2022-01-01", "grade": "A", "source": "both"},
    "a-side-a": {"title": "Record of A", "date": "2026-06-01", "grade": "A", "source": "A"},
    "b-one": {"title": "Press", "date": "2026-06-01", "grade": "B", "source": "third", "publisher": "One"},
    "c-new": {"title": "Mirror", "date": "2026-10-01", "grade": "C", "source": "third"},
}
HEAD = {
    "rubric": "tiny 0.1",
    "relationship": {"parties": {"A": {"code": "AA", "name": "Aland"}, "B": {"code": "BB", "name": "Bland"}}},
    "as_of": AS_OF,
    "answered_by": {"side": "third", "role": "analyst"},
    "evidence": EVIDENCE,
}


HEAD_TEXT = """\
rubric: tiny 0.1
relationship: {parties: {A: {code: AA, name: Aland}, B: {code: BB, name: Bland}}}
as_of: 2026-11-01
answered_by: {side: third, role: analyst}
"""


def questionnaire(**sections: Any) -> Questionnaire:
    """Return a questionnaire with these sections beside the head; later keys replace those of the head."""
    return check_document(Document("t.yaml", HEAD | sections), TINY)[0]


def scored(**sections: Any) -> Result:
    """Score one questionnaire with these sections."""
    return score(TINY, [questionnaire(**sections)])


def problems_of(bodies: str) -> tuple[Problem, ...]:
    """Return the problems of a questionnaire whose section ``bodies`` is this text, but those of uncited evidence."""
    try:
        return check_document(parse((HEAD_TEXT + "bodies:\n" + bodies).encode(), "t.yaml"), TINY)[1]
    except InputError as error:
        return tuple(error.problems)


def changed_rubric(folder: Path, file: str, old: str, new: str) -> str:
    """Load a copy of the rubric with the first ``old`` in ``file`` replaced; return what is wrong with it."""
    copy = shutil.copytree(FOLDER, folder / "rubric")
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1))
    try:
        load_rubric(str(copy))
    except InputError as error:
        return "; ".join(f"{p.code} {message(p, ENGLISH)}" for p in error.problems)
    return ""
