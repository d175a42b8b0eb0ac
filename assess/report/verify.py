"""Check a report: are its parts whole, do its answers give its result, does every page say so?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assess import __version__, yamlio
from assess.assessment import Assessment, assess
from assess.audience import for_audience
from assess.language import N_, Phrase, Translator, translator
from assess.marking import wider
from assess.problems.model import InputError, Place, Problem, has_errors
from assess.questionnaire.load import check_document
from assess.report.compared import Difference, differences
from assess.report.make import Wish, render
from assess.report.opened import opened, unusable
from assess.report.pdf import libraries
from assess.report.provenance import Sources, read_carried, sha256
from assess.report.record import Record
from assess.report.signature import Signed, check
from assess.report.templates import BUNDLED, Templates
from assess.report.unsigned import one_revision
from assess.rubric.load import installed_rubrics, is_as_released, rubric_translator
from assess.rubric.model import Rubric

_MOST = 50
_ODD = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)  # of a result that nobody has scored


@dataclass
class Findings:
    """What was found about a report, and how much was checked; None where that could not be done."""

    problems: list[Problem] = field(default_factory=list)
    parts: int | None = None
    figures: int | None = None
    pages: int | None = None
    same_bytes: bool = False
    signatures: tuple[Signed, ...] = ()


def verify(
    pdf: bytes, name: str, templates: Templates = BUNDLED, *, answers: Sequence[bytes] = (),
    trust: Sequence[tuple[str, bytes]] = (),
) -> Findings:
    """Return everything that is wrong with a report; no problems mean that it is sound.

    ``answers`` are the questionnaires as they were written: a copy for an audience carries none.
    ``trust`` are certificates, each with its path, one of which must stand behind the signature.

    A report made with templates of its author's own needs them to compare the pages: ``templates``.

    Raises:
        InputError: P404, there is nothing to check it by; P454, ``answers`` are not those of this report.
    """
    record, parts, pages = read_carried(pdf, name)
    broken = [key for key in sorted({*record.parts, *parts}) if sha256(parts.get(key, b"")) != record.parts.get(key)]
    if broken:
        return Findings([Problem("P405", Place(name), {"name": key}) for key in broken])
    inside = [parts[key] for key in sorted(parts) if key.startswith("questionnaire-")]
    _refuse_strangers(inside, record, answers, name)
    found = Findings(_version(record, name), parts=len(parts), pages=pages)
    found.signatures, problems = check(pdf, name, trust)
    found.problems += problems
    told, rubric = opened(parts, record, name)
    if not is_as_released(rubric):
        found.problems.append(Problem("P466", Place(name), {"rubric": f"{rubric.id} {rubric.version}"}))
    again = _again(told, rubric, inside or answers, found, name)
    if record.templates != templates.fingerprint():
        found.pages = None
        found.problems.append(Problem("P436", Place(name)))
        return found
    _pages(pdf, again, rubric, record, inside, found, name, templates)
    return found


def _refuse_strangers(inside: Sequence[bytes], record: Record, answers: Sequence[bytes], name: str) -> None:
    """Hold the questionnaires given with the report against those that it was made from: all of them, no others."""
    made_from = set(record.withheld) or set(map(sha256, inside))
    if not made_from:
        raise unusable(Phrase(N_("it names no questionnaire")), name)
    given = set(map(sha256, answers))
    if not answers or given == made_from:
        return
    counts = {"matching": str(len(given & made_from)), "given": str(len(given)), "wanted": str(len(made_from))}
    raise InputError([Problem("P454", Place(name), counts)])


def _again(
    told: Assessment, rubric: Rubric, answers: Sequence[bytes], found: Findings, name: str
) -> Assessment:
    """Score again and note what differs; without answers the result inside has to be taken as it is."""
    if not answers:
        found.problems.append(Problem("P455", Place(name), {"file": name}))
        return told
    full = _scored(told, rubric, answers, name)
    own, marking = full.result.marking, told.result.marking
    if wider(marking, own):
        found.problems.append(Problem("P452", Place(name), {"marking": marking or "–", "own": own or "–"}))
    copy = for_audience(full, told.audience)
    kept = {"marking": marking, "engine": told.result.engine}
    again = copy.model_copy(update={"result": copy.result.model_copy(update=kept)})
    left, right = told.model_dump(mode="json"), again.model_dump(mode="json")
    found.problems += [_differs(name, *row) for row in _differences(left, right)]
    found.figures = _figures(right)
    return again


def _scored(told: Assessment, rubric: Rubric, answers: Sequence[bytes], name: str) -> Assessment:
    """Score the answers, and work out what was asked for then.

    Raises:
        InputError: P404, these are no answers to this rubric.
    """
    try:
        questionnaires = [check_document(yamlio.parse(content, name), rubric)[0] for content in answers]
        return assess(rubric, questionnaires, ranges=told.uncertainty is not None, drives=told.outlook is not None,
                      wish=told.outlook.asked if told.outlook else None)
    except (InputError, *_ODD) as error:
        raise unusable((str(error) or type(error).__name__).splitlines()[0], name) from error


def _version(record: Record, name: str) -> list[Problem]:
    if record.engine == __version__:
        return []
    return [Problem("P407", Place(name), {"made": record.engine, "checking": __version__})]


def _differs(name: str, where: str, found: object, expected: object) -> Problem:
    return Problem("P406", Place(name), {"where": where, "found": str(found), "expected": str(expected)})


def _differences(told: Any, made: Any, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Yield path, told and made for every leaf that differs; lists and mappings are walked."""
    if isinstance(told, dict) and isinstance(made, dict):
        for key in sorted({*told, *made}):
            yield from _differences(told.get(key), made.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(told, list) and isinstance(made, list) and len(told) == len(made):
        for number, (left, right) in enumerate(zip(told, made, strict=True)):
            key = left.get("id", number) if isinstance(left, dict) else number
            yield from _differences(left, right, f"{path}.{key}".lstrip("."))
    elif told != made:
        yield path, told, made


def _figures(tree: Any) -> int:
    """How many numbers a tree holds."""
    if isinstance(tree, dict | list):
        return sum(map(_figures, tree.values() if isinstance(tree, dict) else tree))
    return isinstance(tree, int | float) and not isinstance(tree, bool)


def _pages(
    pdf: bytes, again: Assessment, rubric: Rubric, record: Record, inside: Sequence[bytes], found: Findings, name: str,
    templates: Templates,
) -> None:
    """Make the report again and compare it with all that the file holds."""
    remade = _remade(again, rubric, record, inside, templates, name)
    found.same_bytes = pdf == remade
    if found.same_bytes:
        return
    others = _other_means(record)
    rows = differences(pdf, remade, loose=bool(others))
    found.problems += [_problem(row, name) for row in rows if not row.soft][:_MOST]
    if any(row.soft for row in rows):
        found.problems.append(Problem("P465", Place(name), {"others": others}))
    if not has_errors(found.problems) and not (one_revision(pdf, remade) and _signed(found)):
        found.problems.append(Problem("P456", Place(name)))


def _signed(found: Findings) -> bool:
    """Whether signatures account for what stands behind the report, or may, where they could not be checked."""
    unchecked = any(problem.code == "P464" for problem in found.problems)
    return unchecked or (bool(found.signatures) and all(signed.whole for signed in found.signatures))


def _other_means(record: Record) -> str:
    """What made the report in other versions than those here; nothing where all are the same."""
    here = {"assess": __version__, **libraries()}
    made = {"assess": record.engine, **record.libraries}
    return ", ".join(f"{key} {made.get(key, '–')} → {here.get(key, '–')}"
                     for key in sorted({*made, *here}) if made.get(key) != here.get(key))


def _remade(
    again: Assessment, rubric: Rubric, record: Record, inside: Sequence[bytes], templates: Templates, name: str
) -> bytes:
    """The report as it would be made today; where no questionnaire is inside, their hashes stand for them.

    Raises:
        InputError: P404, a result that was taken as it is makes no report.
    """
    wish = Wish(("pdf",), _translator(rubric, record.language), record.paper, templates)
    try:
        return render(again, rubric, Sources(inside, record.withheld, record.libraries), wish)
    except _ODD as error:
        raise unusable((str(error) or type(error).__name__).splitlines()[0], name) from error


def _problem(difference: Difference, name: str) -> Problem:
    if difference.found is None:
        return Problem("P457", Place(name), {"where": difference.where})
    return _differs(name, difference.where, difference.found, difference.expected)


def _translator(rubric: Rubric, language: str) -> Translator:
    return rubric_translator(rubric.id, language) if rubric.id in installed_rubrics() else translator(language)

