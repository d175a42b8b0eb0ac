"""Check a report: are its parts whole, do its answers give its result, does every page say so?"""

from collections.abc import Callable, Mapping, Sequence

from assess import __version__
from assess.language import N_, Phrase
from assess.problems.model import InputError, Place, Problem, has_errors
from assess.report.compared import Difference, differences
from assess.report.comparison_again import comparison_again
from assess.report.findings import Findings, differs
from assess.report.make import Wish, render
from assess.report.opened import opened, translator_of, unreleased, unusable
from assess.report.pdf import libraries
from assess.report.provenance import Sources, read_carried, sha256
from assess.report.record import Record
from assess.report.rescored import ODD, scored_again
from assess.report.signature import check
from assess.report.templates import BUNDLED, Templates
from assess.report.unsigned import one_revision

_MOST = 50


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
    sources = Sources(inside, record.withheld, record.libraries)
    again = (_comparison if record.comparison else _report)(parts, record, inside or answers, found, name, templates)
    if record.templates != templates.fingerprint():
        found.pages = None
        found.problems.append(Problem("P436", Place(name)))
        return found
    _pages(pdf, lambda: again(sources), record, found, name)
    return found


def _report(
    parts: Mapping[str, bytes], record: Record, answers: Sequence[bytes], found: Findings, name: str,
    templates: Templates,
) -> Callable[[Sources], bytes]:
    """Score the answers of a report again, and return what makes the report of them."""
    told, rubric = opened(parts, record, name)
    found.problems += unreleased([rubric], name)
    if not answers:
        found.problems.append(Problem("P455", Place(name), {"file": name}))
    again = scored_again(told, rubric, answers, found, name) if answers else told
    wish = Wish(("pdf",), translator_of(rubric, record.language), record.paper, templates)
    return lambda sources: render(again, rubric, sources, wish)


def _comparison(
    parts: Mapping[str, bytes], record: Record, answers: Sequence[bytes], found: Findings, name: str,
    templates: Templates,
) -> Callable[[Sources], bytes]:
    """The same for a comparison."""
    return comparison_again(parts, record, answers, found, name, templates).bound


def _refuse_strangers(inside: Sequence[bytes], record: Record, answers: Sequence[bytes], name: str) -> None:
    """Hold the questionnaires given with the report against those that it was made from: all of them, no others."""
    made_from = set(record.withheld) or set(map(sha256, inside))
    if not made_from and not record.comparison:
        raise unusable(Phrase(N_("it names no questionnaire")), name)
    given = set(map(sha256, answers))
    if not answers or given == made_from:
        return
    counts = {"matching": str(len(given & made_from)), "given": str(len(given)), "wanted": str(len(made_from))}
    raise InputError([Problem("P454", Place(name), counts)])


def _version(record: Record, name: str) -> list[Problem]:
    if record.engine == __version__:
        return []
    return [Problem("P407", Place(name), {"made": record.engine, "checking": __version__})]


def _pages(pdf: bytes, again: Callable[[], bytes], record: Record, found: Findings, name: str) -> None:
    """Make the report again and compare it with all that the file holds."""
    remade = _remade(again, name)
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


def _remade(again: Callable[[], bytes], name: str) -> bytes:
    """The file as it would be made today.

    Raises:
        InputError: P404, a result that was taken as it is makes no report.
    """
    try:
        return again()
    except ODD as error:
        raise unusable((str(error) or type(error).__name__).splitlines()[0], name) from error


def _problem(difference: Difference, name: str) -> Problem:
    if difference.found is None:
        return Problem("P457", Place(name), {"where": difference.where})
    return differs(name, difference.where, difference.found, difference.expected)
