"""Check a report: are its parts whole, do its answers give its result, does every page say so?"""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from assess import __version__, yamlio
from assess.assessment import Assessment, assess
from assess.language import Translator, translator
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.report.make import Wish, render
from assess.report.provenance import Record, Sources, read_carried, sha256
from assess.report.templates import BUNDLED, Templates
from assess.rubric.load import installed_rubrics, rubric_from_json, rubric_translator
from assess.rubric.model import Rubric

_MOST = 50


def verify(pdf: bytes, name: str, templates: Templates = BUNDLED) -> list[Problem]:
    """Return everything that is wrong with a report; an empty list means that it is sound.

    A report made with templates of its author's own needs them to compare the pages: ``templates``.

    Raises:
        InputError: P404, there is nothing to check it by.
    """
    record, parts, pages = read_carried(pdf, name)
    broken = [key for key in sorted({*record.parts, *parts}) if sha256(parts.get(key, b"")) != record.parts.get(key)]
    if broken:
        return [Problem("P405", Place(name), {"name": key}) for key in broken]
    try:
        rubric = rubric_from_json(parts["rubric.json"].decode())
        questionnaires = _questionnaires(parts, rubric)
        told = Assessment.from_json(parts["result.json"].decode(), name)
    except (InputError, ValueError, KeyError) as error:
        raise InputError([Problem("P404", Place(name), {"reason": str(error).splitlines()[0]})]) from error
    again = _again(rubric, questionnaires, told)
    problems = _version(record, name)
    problems += [_differs(name, *row) for row in _differences(told.model_dump(mode="json"),
                                                              again.model_dump(mode="json"))]
    if record.templates != templates.fingerprint():
        return [*problems, Problem("P436", Place(name))]
    return problems + _pages(again, rubric, record, parts, pages, name, templates)


def _again(rubric: Rubric, questionnaires: list[Questionnaire], told: Assessment) -> Assessment:
    """Score again, as far as the report went and with the roadmap that was asked for."""
    wish = told.outlook.asked if told.outlook else None
    return assess(rubric, questionnaires, ranges=told.uncertainty is not None, drives=told.outlook is not None,
                  wish=wish)


def _questionnaires(parts: Mapping[str, bytes], rubric: Rubric) -> list[Questionnaire]:
    names = sorted(key for key in parts if key.startswith("questionnaire-"))
    return [check_document(yamlio.parse(parts[key], key), rubric)[0] for key in names]


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


def _pages(
    again: Assessment, rubric: Rubric, record: Record, parts: Mapping[str, bytes], pages: list[str], name: str,
    templates: Templates,
) -> list[Problem]:
    """Make the report again and compare what the pages say, word for word."""
    sources = Sources([parts[key] for key in sorted(parts) if key.startswith("questionnaire-")])
    wish = Wish(("pdf",), _translator(rubric, record.language), record.paper, templates)
    remade = render(again, rubric, sources, wish)
    _, _, expected = read_carried(remade, name)
    if len(pages) != len(expected):
        return [_differs(name, "the file", f"{len(pages)} pages", f"{len(expected)} pages")]
    found = [row for number, (left, right) in enumerate(zip(pages, expected, strict=True), start=1)
             for row in _lines(number, left, right)]
    return [_differs(name, *row) for row in found[:_MOST]]


def _translator(rubric: Rubric, language: str) -> Translator:
    return rubric_translator(rubric.id, language) if rubric.id in installed_rubrics() else translator(language)


def _lines(page: int, found: str, expected: str) -> Iterator[tuple[str, str, str]]:
    left, right = found.splitlines(), expected.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield f"page {page}", " / ".join(left[a:b]), " / ".join(right[c:d])
