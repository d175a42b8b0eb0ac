"""``assess merge``: two questionnaires that different people filled in become one."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from assess import yamlio
from assess.cli.common import max_bytes_option, rubric_option, show
from assess.cli.schema import force_option, save
from assess.cli.speech import language_option, speaker
from assess.desk.merge import Conflict, Merged, merge
from assess.language import Translator
from assess.problems.model import ExitCode, InputError, Place, Problem
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric

_SIDES = ("a", "b")


def _preferences(_: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read ``a``, ``b``, or a name with one of them, such as ``TRU-01=b``; the key of the former is empty."""
    found = {}
    for value in values:
        name, equals, side = value.rpartition("=")
        if side not in _SIDES or (equals and not name):
            raise click.BadParameter("write a or b, or a conflict with one of them, such as TRU-01=b")
        found[name] = side
    return found


@click.command(epilog="Example: assess merge a.yaml b.yaml -o answers.yaml")
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--base", type=click.Path(path_type=Path), help="The questionnaire that both started from.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="File; «-» prints.")
@click.option("--prefer", multiple=True, callback=_preferences, metavar="[NAME=]a|b",
              help="Settle a conflict, such as TRU-01=b; without a name, all that are left.")
@click.option("--partial", is_flag=True,
              help="Write the file although conflicts are left; A's answers stay there, marked for review.")
@rubric_option
@language_option
@max_bytes_option
@force_option
def command(
    a: Path, b: Path, base: Path | None, out: Path, prefer: dict[str, str], partial: bool, rubric_name: str,
    language: str, max_bytes: int, force: bool,
) -> int:
    """Combine two questionnaires that different people filled in.

    Both are for the same relationship, date and version of the rubric. The result is file A with the
    answers and sources of B in it; the order is that of A, and the remarks of B come along with what
    they stand at. With --base it is known who
    changed what; without it, an answer takes the place of a blank. Where both say something else,
    that is a conflict: all are listed, nothing is written, and the command ends with 1.
    """
    rubric = load_rubric(rubric_name)
    read = {path: _read(path, rubric, max_bytes) for path in dict.fromkeys((a, b, *([base] if base else [])))}
    (raw, document, ours), (_, other, theirs) = read[a], read[b]
    for path in read:
        _belongs(a, ours, path, read[path][2])
    merged = merge(ours, theirs, read[base][2] if base else None, rubric, _chooser(prefer))
    _used(prefer, merged, ours, theirs, read[base][2] if base else None, rubric)
    tr = rubric_translator(rubric_name, language)
    problems = [_told(c, document, other, rubric, tr) for c in merged.conflicts]
    above = _carried_remarks(raw, read[b][0], merged)
    show([*problems, *_notes(merged, a, other), *_lost_remarks(raw, read[b][0], b, above)])
    if problems and not partial:
        return ExitCode.PROBLEMS
    save({out: _written(raw, document, ours, merged, rubric, above).decode()}, force=force, sources=read)
    return ExitCode.PROBLEMS if problems else ExitCode.FINE


def _read(path: Path, rubric: Rubric, max_bytes: int) -> tuple[bytes, yamlio.Document, Questionnaire]:
    raw = yamlio.read_bytes(path, max_bytes=max_bytes)
    document = yamlio.parse(raw, str(path))
    return raw, document, check_document(document, rubric)[0]


def _belongs(first: Path, ours: Questionnaire, path: Path, theirs: Questionnaire) -> None:
    """Refuse files of different relationships or dates; all were checked against the one rubric, however they name it.

    Raises:
        InputError: T761.
    """
    rows = [
        [f"{q.relationship.parties.A.code}-{q.relationship.parties.B.code}", q.as_of.isoformat()]
        for q in (ours, theirs)
    ]
    if rows[0] != rows[1]:
        left, right = next(pair for pair in zip(*rows, strict=True) if pair[0] != pair[1])
        values = {"left": str(first), "right": str(path), "ours": left, "theirs": right}
        raise InputError([Problem("T761", Place(str(path)), values)])


def _chooser(prefer: Mapping[str, str]) -> Callable[[Conflict], Any]:
    """Settle a conflict by its own name, by that of its indicator, or as all are settled."""
    def choose(conflict: Conflict) -> str | None:
        return next((prefer[name] for name in (*_names(conflict), "") if name in prefer), None)

    return choose


def _names(conflict: Conflict) -> tuple[str, str]:
    """The name of a conflict, and that of its indicator where it is about one side."""
    return conflict.name, conflict.path[1] if len(conflict.path) == 3 else conflict.name


def _used(prefer: Mapping[str, str], merged: Merged, ours: Questionnaire, theirs: Questionnaire,
          base: Questionnaire | None, rubric: Rubric) -> None:
    """Refuse a preference for what is no conflict: it may be misspelt."""
    everything = merge(ours, theirs, base, rubric).conflicts
    known = {name for conflict in everything for name in _names(conflict)}
    strange = sorted(set(prefer) - known - {""})
    if strange:
        raise click.UsageError(f"--prefer {strange[0]}: there is no conflict of this name.")


def _told(conflict: Conflict, ours: yamlio.Document, theirs: yamlio.Document, rubric: Rubric, tr: Translator
          ) -> Problem:
    """Return a conflict as a problem at its place in the first file."""
    values = {"key": conflict.name, "other": str(theirs.place(conflict.path, key=True)),
              "ours": _said(conflict.a, rubric, tr), "theirs": _said(conflict.b, rubric, tr)}
    return Problem("T762", ours.place(conflict.path, key=True), values)


def _said(value: Any, rubric: Rubric, tr: Translator) -> str:
    """Say one of two values so that they can be told apart."""
    from assess.desk.wording import cut, said
    from assess.questionnaire.model import Evidence, _Answer

    if isinstance(value, _Answer):
        more = value.model_dump(exclude_defaults=True, include={"reason", "confidence", "date", "note", "assigned"})
        return "; ".join([said(value, rubric, tr), *(cut(str(item), 80) for item in more.values())])  # type: ignore[arg-type]
    if isinstance(value, Evidence):
        value = value.model_dump(exclude_defaults=True)
    if isinstance(value, dict):
        return "; ".join(cut(str(item), 80) for item in value.values())
    return "–" if value is None else cut(str(value), 80)


def _notes(merged: Merged, a: Path, theirs: yamlio.Document) -> Iterable[Problem]:
    for key, new in merged.renamed.items():
        place = theirs.place(("evidence", key), key=True)
        yield Problem("T763", place, {"key": key, "left": str(a), "new": new})


def _carried_remarks(ours: bytes, theirs: bytes, merged: Merged) -> dict[tuple[str, ...], list[str]]:
    """Return the remarks of the second file on what is taken from it, by the place where it goes."""
    from assess.questionnaire.edit import remarks, remarks_about

    known = {text for _, text in remarks(ours)}
    former = {new: key for key, new in merged.renamed.items()}
    places: dict[tuple[str, str], tuple[str, str]] = {s[:2]: s[:2] for s in merged.answers}
    places |= {("evidence", key): ("evidence", former.get(key, key)) for key in merged.evidence}
    found = {to: [text for text in remarks_about(theirs, at) if text not in known] for to, at in places.items()}
    return {to: list(dict.fromkeys(texts)) for to, texts in found.items() if texts}


def _lost_remarks(
    ours: bytes, theirs: bytes, b: Path, above: Mapping[tuple[str, ...], list[str]]
) -> list[Problem]:
    """Tell how many remarks of the second file are neither in the first nor carried over."""
    from assess.questionnaire.edit import remarks

    kept = {text for _, text in remarks(ours)} | {text for texts in above.values() for text in texts}
    lost = [(line, text) for line, text in remarks(theirs) if text not in kept]
    if not lost:
        return []
    count = speaker().plural("{count} remark", "{count} remarks", len(lost))
    return [Problem("T764", Place(str(b), lost[0][0], 1), {"count": count})]


def _written(
    raw: bytes, document: yamlio.Document, ours: Questionnaire, merged: Merged, rubric: Rubric,
    above: Mapping[tuple[str, ...], list[str]],
) -> bytes:
    """Return the first file with everything in it; open conflicts are marked for review, also where they are cited."""
    from assess.questionnaire.edit import edited
    from assess.questionnaire.entries import Spot, answer_at, changes_for, spots

    answers = dict(merged.answers)
    for conflict in merged.conflicts:
        if conflict.path[0] in ("answers", "challenges", "bodies"):
            slot = conflict.path[2] if len(conflict.path) == 3 else "pair"
            spot = Spot(conflict.path[0], conflict.path[1], slot)  # type: ignore[arg-type]
            answers[spot] = conflict.a.model_copy(update={"review": True})
    doubtful = {conflict.path[1] for conflict in merged.conflicts if conflict.path[0] == "evidence"}
    for spot in spots(rubric):
        answer = answers.get(spot) or answer_at(ours, spot)
        if doubtful & {*answer.evidence}:
            answers[spot] = answer.model_copy(update={"review": True})
    changes = {**merged.header, **changes_for(document.data, rubric, answers, merged.evidence)}
    return edited(raw, changes, document.file, above)
