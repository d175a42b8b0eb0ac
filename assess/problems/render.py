"""Problems as text for people and as JSON for machines."""

import json
from collections.abc import Iterable, Mapping

from assess.language import Translator, spoken
from assess.printable import printable, printable_json
from assess.problems.model import Problem

_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m"}
_RESET = "\x1b[0m"


def message(problem: Problem, tr: Translator) -> str:
    """Return the one-line message in the language of ``tr``, with the nearest valid names."""
    text = _fill(tr(problem.rule.message), problem.values, tr)
    if problem.nearest:
        names = printable(", ".join(problem.nearest))
        text += " " + tr("(did you mean {names}?)").format(names=names)
    return text


def _fill(text: str, values: Mapping[str, str], tr: Translator) -> str:
    """Fill ``{names}`` once; braces that a user wrote stay as they are, gaps show as a dash."""
    return text.format_map(_Forgiving({name: printable(spoken(value, tr)) for name, value in values.items()}))


class _Forgiving(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def as_text(problems: Iterable[Problem], tr: Translator, *, colour: bool = False) -> str:
    """Return ``place CODE message`` with the rule and the way out beneath, one problem after another."""
    return "".join(_block(problem, tr, colour) for problem in problems)


def _block(problem: Problem, tr: Translator, colour: bool) -> str:
    code = problem.code
    if colour:
        code = f"{_COLOURS[problem.severity]}{code}{_RESET}"
    rule = _fill(tr(problem.rule.rule), problem.values, tr)
    way_out = _fill(tr(problem.rule.way_out), problem.values, tr)
    place = printable(str(problem.place))
    lines = (f"{place} {code} {message(problem, tr)}", tr("Rule:") + f" {rule}", tr("Way out:") + f" {way_out}")
    return "\n    ".join(lines) + "\n"


def as_record(problem: Problem, tr: Translator) -> dict[str, object]:
    """Return one problem as plain data; the keys are part of the interface of ``--json``.

    A problem in a workbook names its sheet and cell as well.
    """
    place = problem.place
    cell = {"sheet": place.sheet, "cell": place.cell if place.line else ""} if place.sheet else {}
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "path": place.path,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": message(problem, tr),
        "rule": _fill(tr(problem.rule.rule), problem.values, tr),
        "way_out": _fill(tr(problem.rule.way_out), problem.values, tr),
        "nearest": list(problem.nearest),
        **cell,
    }


def as_json(problems: Iterable[Problem], tr: Translator) -> str:
    """Return a JSON array of problem records."""
    return printable_json(json.dumps([as_record(p, tr) for p in problems], ensure_ascii=False, indent=2))
