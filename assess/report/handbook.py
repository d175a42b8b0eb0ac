"""The whole instrument as a book for raters: from the rubric's sheets to HTML and PDF."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assess import __version__
from assess.language import N_, Translator
from assess.report.html import Medium, render_page
from assess.report.pdf import render_pdf
from assess.rubric.model import STRENGTHS, Challenge, Component, Question, Rubric
from assess.rubric.sheet import Sheet, SheetWriter
from assess.words import STRENGTHS as STRENGTH_WORDS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
# Letters of Ukrainian that Unicode puts elsewhere than its alphabet does.
_ALPHABET = str.maketrans({"ґ": "г\uffff", "є": "е\uffff", "і": "и\uffff", "ї": "и\uffff\uffff", "'": "", "’": ""})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A component, challenge or system of bodies with its sheets."""

    id: str
    title: str
    purpose: str
    facts: tuple[str, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the page «How to rate» needs: tables in the language of the reader."""

    levels: tuple[tuple[int, str, str, str], ...]
    grades: tuple[tuple[str, str], ...]
    caps: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of words or levels with what each means."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the index: a term and the questions that define it."""

    term: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The handbook, as its template prints it."""

    language: str
    engine: str
    title: str
    version: str
    released: str
    day: str
    licence: str
    hash: str
    purpose: str
    counts: str
    rules: Rules
    components: tuple[Chapter, ...]
    challenges: tuple[Chapter, ...]
    scales: tuple[Scale, ...]
    systems: tuple[Chapter, ...]
    aims: tuple[Sheet, ...]
    gates: tuple[Sheet, ...]
    stages: tuple[Sheet, ...]
    instruments: tuple[Sheet, ...]
    terms: tuple[Term, ...]


def handbook_html(rubric: Rubric, tr: Translator, medium: Medium = "screen", paper: str = "A4") -> str:
    """Return the handbook of ``rubric`` as one HTML document, in the language of ``tr``.

    Raises:
        InputError: P402, a template is broken.
    """
    return render_page("handbook.html", {"book": book(rubric, tr)}, tr, medium, paper)


def handbook_pdf(rubric: Rubric, tr: Translator, paper: str = "A4") -> bytes:
    """Return the handbook of ``rubric`` as a tagged PDF; the same rubric and language give the same bytes.

    Raises:
        MissingMeansError: E501, a system library is missing.
        InputError: P402 or P403, a template is broken.
    """
    return render_pdf(handbook_html(rubric, tr, "print", paper))


def book(rubric: Rubric, tr: Translator) -> Book:
    """Return all that the handbook says."""
    writer = SheetWriter(rubric, tr)
    return Book(
        language=tr.language, engine=__version__, title=tr(rubric.title), version=rubric.version,
        released=rubric.released, day=rubric.released if _DAY.match(rubric.released) else "", licence=rubric.licence,
        hash=rubric.hash, purpose=tr(rubric.purpose), counts=_counts(rubric, tr), rules=_rules(rubric, tr),
        components=tuple(_chapter(c.id, writer, c, c.indicators) for c in rubric.components),
        challenges=tuple(_chapter(c.id, writer, c, c.barriers) for c in rubric.challenges),
        scales=_scales(rubric, tr), systems=_systems(rubric, writer, tr),
        aims=tuple(map(writer.aim, rubric.aims.values())), gates=tuple(map(writer.gate, rubric.gates)),
        stages=tuple(map(writer.stage, rubric.stages)),
        instruments=tuple(writer.instrument(key, entry) for key, entry in rubric.instruments.items()),
        terms=_terms(rubric, tr),
    )


def _chapter(key: str, writer: SheetWriter, owner: Component | Challenge, questions: Iterable[Question]) -> Chapter:
    head = writer.group(owner)
    gates = [f"{row.head}: {row.text}" for row in writer.gates_on(key).rows]
    return Chapter(key, head.title, head.lead, (*head.facts, *gates), tuple(map(writer.question, questions)))


def _systems(rubric: Rubric, writer: SheetWriter, tr: Translator) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(key, tr(system.title), tr(system.purpose), (),
                tuple(writer.body(body) for body in rubric.bodies.values() if body.system == key))
        for key, system in rubric.systems.items()
    )


def _counts(rubric: Rubric, tr: Translator) -> str:
    counts = (
        tr.plural("{count} component", "{count} components", len(rubric.components)),
        tr.plural("{count} indicator", "{count} indicators", len(rubric.indicators)),
        tr.plural("{count} barrier", "{count} barriers", len(rubric.barriers)),
        tr.plural("{count} body", "{count} bodies", len(rubric.bodies)),
        tr.plural("{count} aim", "{count} aims", len(rubric.aims)),
        tr.plural("{count} gate", "{count} gates", len(rubric.gates)),
        tr.plural("{count} stage", "{count} stages", len(rubric.stages)),
        tr.plural("{count} instrument in the register", "{count} instruments in the register", len(rubric.instruments)),
    )
    return ", ".join(text for text in counts if not text.startswith("0 "))


def _rules(rubric: Rubric, tr: Translator) -> Rules:
    return Rules(
        levels=tuple((v.level, tr(v.title), f"{v.score:g}", tr(v.meaning)) for v in rubric.levels),
        grades=tuple((grade, tr(text)) for grade, text in rubric.evidence.grades.items()),
        caps=tuple((tr(STRENGTH_WORDS[strength]), _cap(strength, rubric)) for strength in STRENGTHS),
        reasons=(
            (tr(N_("Points of the levels")), tr(rubric.level_scores_reason)),
            (tr(N_("Weights of the components")), tr(rubric.component_weights_reason)),
            (tr(N_("What evidence carries")), tr(rubric.evidence.reason)),
            (tr(N_("Shares of coverage")), tr(rubric.coverage.reason)),
            (tr(N_("Thresholds of the stages")), tr(rubric.stages_reason)),
        ),
    )


def _cap(strength: str, rubric: Rubric) -> str:
    """The cap of a strength: one number, or one for each type of question."""
    caps = rubric.evidence.caps
    by_type = {kind: caps.cap(strength, kind) for kind in caps.official}  # type: ignore[arg-type]
    if len(set(by_type.values())) == 1:
        return str(next(iter(by_type.values())))
    return ", ".join(f"{kind} {cap}" for kind, cap in by_type.items())


def _scales(rubric: Rubric, tr: Translator) -> tuple[Scale, ...]:
    statuses = tuple(
        (tr(s.title), "–" if s.points is None else str(s.points), tr(s.meaning)) for s in rubric.statuses.values()
    )
    together = tuple((tr(p.title), str(level), tr(p.meaning)) for level, p in rubric.pair_statuses.items())
    scales = (Scale(tr(N_("What a side is in a body")), statuses),
              Scale(tr(N_("What the two do there together")), together))
    return tuple(scale for scale in scales if scale.rows)


def _terms(rubric: Rubric, tr: Translator) -> tuple[Term, ...]:
    """Every defined term in the order of the alphabet, with the questions that define it."""
    found: dict[str, list[str]] = {}
    for question in (*rubric.indicators.values(), *rubric.barriers.values()):
        for term in question.definitions:
            found.setdefault(tr(term), []).append(question.id)
    ordered = sorted(found, key=lambda term: (term.casefold().translate(_ALPHABET), term))
    return tuple(Term(term, tuple(found[term])) for term in ordered)
