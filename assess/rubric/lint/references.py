"""Ids that people must type, and the register of instruments."""

import re
from collections.abc import Iterator

from assess.problems.model import Problem
from assess.rubric.lint.parts import Path, questions
from assess.rubric.load import Places
from assess.rubric.model import Rubric
from assess.rubric.sheet import cited_by

_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")


def references(rubric: Rubric, place: Places) -> Iterator[Problem]:
    """Yield R320 and R321 (ids), R322 (instruments that nothing cites), R323 (cited, not verified, nothing said)."""
    for key, path, as_key in _ids(rubric):
        if not _ID.match(key):
            yield Problem("R320", place(path, key=as_key), {"key": key})
    for question, owner, path in questions(rubric):
        if not question.id.startswith(f"{owner}-"):
            yield Problem("R321", place(path, key=True), {"key": question.id, "owner": owner})
    yield from _uncited(rubric, place)
    yield from _unverified(rubric, place)


def _ids(rubric: Rubric) -> Iterator[tuple[str, Path, bool]]:
    """Yield each id with its path, and whether it stands there as a key."""
    for number, stage in enumerate(rubric.stages):
        yield stage.id, ("stages", number, "id"), False
    for number, gate in enumerate(rubric.gates):
        yield gate.id, ("gates", number, "id"), False
    for component in rubric.components:
        yield component.id, ("components", component.id, "id"), False
    for challenge in rubric.challenges:
        yield challenge.id, ("challenges", challenge.id), True
    for question, _, path in questions(rubric):
        yield question.id, path, True
    for part in ("systems", "bodies", "aims", "instruments"):
        for key in getattr(rubric, part):
            yield key, (part, key), True


def _uncited(rubric: Rubric, place: Places) -> Iterator[Problem]:
    cited = {citation.key for question, _, _ in questions(rubric) for citation in question.instruments}
    cited |= {body.instrument for body in rubric.bodies.values() if body.instrument}
    cited |= {entry.succeeded_by for entry in rubric.instruments.values() if entry.succeeded_by}
    # Whatever led to a text that is cited belongs to the same history.
    cited |= {key for key, entry in rubric.instruments.items() if entry.succeeded_by}
    for key in rubric.instruments:
        if key not in cited:
            yield Problem("R322", place(("instruments", key), key=True), {"key": key})


def _unverified(rubric: Rubric, place: Places) -> Iterator[Problem]:
    """Report each instrument once, where its status is to be mended, with all that cite it."""
    for key, entry in rubric.instruments.items():
        owners = cited_by(rubric, key)
        if entry.status == "unverified" and owners and not entry.note:
            yield Problem("R323", place(("instruments", key, "status")), {"key": key, "owners": ", ".join(owners)})
