"""Copies for an audience: what a ministry hands to the other side, or prints, leaves things out by rule.

The rule is applied once, to the tree of everything that was computed, before any format is made; so
no format can show what another withholds. No points of the index, a component or an indicator
change, nor does the stage; hard bounds lose what they owe to a dispute.
"""

import ipaddress
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args
from urllib.parse import urlsplit

from assess.assessment import Assessment, Audience, Withheld, WithheldKind
from assess.language import N_
from assess.result import (
    AimResult,
    BarrierResult,
    BodyReading,
    BodyResult,
    IndicatorResult,
    OpenBarrier,
    OpenQuestion,
    QuestionnaireRef,
    RaterRef,
    Reading,
    Result,
    SlotValue,
    Source,
)
from assess.roadmap.outlook import Outlook
from assess.sensitivity.model import Alternative, Sensitivity
from assess.uncertainty.model import Uncertainty
from assess.undisputed import disputed_indicators, undisputed

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
_INSIDE = (".local", ".lan", ".internal", ".intranet", ".corp", ".home", ".localhost")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is left out, from whom, and what stands in its stead."""

    title: str
    withheld_from: tuple[Audience, ...]
    instead: str


_BOTH: tuple[Audience, ...] = ("partner", "public")
RULES: Mapping[WithheldKind, Rule] = {
    "questionnaires": Rule(N_("Questionnaires inside the file"), _BOTH, N_("the SHA-256 of each")),
    "notes": Rule(N_("Notes, reasons, file numbers and archives"), _BOTH, N_("nothing")),
    "roles": Rule(N_("Roles of the raters"), _BOTH, N_("their number")),
    "confidence": Rule(N_("How sure a rater was of an answer, and whether it waits for review"), _BOTH, N_("nothing")),
    "disputed": Rule(
        N_("The two values of a disputed answer, with the hard bounds of its question"), _BOTH,
        N_("their middle, also in the hard bounds above it"),
    ),
    "disputed_figures": Rule(
        N_("Where an answer is disputed: the roadmap, answers that would change the stage, and what comes of other "
           "level steps"), _BOTH, N_("nothing"),
    ),
    "source_sides": Rule(N_("Whose record a source is"), _BOTH, N_("nothing")),
    "sources": Rule(
        N_("Sources without a public address: id, title, publisher"), _BOTH, N_("a number, date and grade")
    ),
    "raters": Rule(
        N_("Answers of single raters where there are several, and how far they agree"), _BOTH, N_("the pooled value")
    ),
    "sides": Rule(
        N_("Answers for each side or direction, and the way from an answer to its points"), ("public",),
        N_("the value of the pair"),
    ),
    "views": Rule(N_("How differently the two sides see it"), ("public",), N_("nothing")),
}

_PAIR = ("pair",)
_Questioned = TypeVar("_Questioned", IndicatorResult, BarrierResult)


def for_audience(assessment: Assessment, audience: Audience) -> Assessment:
    """Return the copy of ``assessment`` for ``audience``, with a count of all that it leaves out.

    Raises:
        ValueError: the assessment is a copy for another audience already.
    """
    if assessment.audience == audience:
        return assessment
    if assessment.audience != "internal":
        raise ValueError(f"this is a copy for the audience {assessment.audience} already")
    return _Copy(assessment, audience).made()


def is_public(url: str | None) -> bool:
    """Whether an address is on the open web: no account in it, no name or number of an inner network."""
    if not url or not url.startswith(("https://", "http://")):
        return False
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        return ipaddress.ip_address(host).is_global and "@" not in parts.netloc
    except ValueError:
        return "." in host and not host.endswith(_INSIDE) and "@" not in parts.netloc


class _Copy:
    """Goes through the tree once and counts what it leaves out."""

    def __init__(self, assessment: Assessment, audience: Audience) -> None:
        self.assessment, self.audience = assessment, audience
        self.public = audience == "public"
        self.several = len(assessment.result.questionnaires) > 1
        self.left_out: Counter[WithheldKind] = Counter()
        hidden = [key for key, source in assessment.result.evidence.items() if not is_public(source.url)]
        self.disputed = disputed_indicators(assessment.result)
        self.names = {key: f"withheld-{number}" for number, key in enumerate(hidden, start=1)}

    def made(self) -> Assessment:
        result = self._result(undisputed(self.assessment.result))
        uncertainty = self.assessment.uncertainty
        update: dict[str, Any] = {
            "audience": self.audience,
            "result": result,
            "uncertainty": self._uncertainty(uncertainty) if uncertainty else None,
            "sensitivity": self._sensitivity(),
            "outlook": self._outlook(),
        }
        withheld = tuple(Withheld(kind=kind, count=n) for kind in RULES if (n := self.left_out[kind]))
        return self.assessment.model_copy(update=update | {"withheld": withheld})

    def _result(self, result: Result) -> Result:
        self.left_out["questionnaires"] += len(result.questionnaires)
        components = tuple(
            c.model_copy(update={"indicators": tuple(map(self._questioned, c.indicators))}) for c in result.components
        )
        challenges = tuple(
            c.model_copy(update={"barriers": tuple(map(self._questioned, c.barriers))}) for c in result.challenges
        )
        return result.model_copy(
            update={
                "questionnaires": tuple(map(self._rater, result.questionnaires)),
                "components": components,
                "challenges": challenges,
                "open_questions": self._open(result.open_questions, "indicator"),
                "open_barriers": self._open(result.open_barriers, "barrier"),
                "bodies": tuple(map(self._body, result.bodies)),
                "aims": tuple(self._aim(aim) for aim in result.aims),
                "evidence": dict(self._source(key, source) for key, source in result.evidence.items()),
            }
        )

    def _rater(self, ref: QuestionnaireRef) -> QuestionnaireRef:
        self.left_out["roles"] += 1
        side = None if self.public else ref.answered_by.side
        return ref.model_copy(update={"answered_by": RaterRef(side=side, role=None)})

    def _source(self, key: str, source: Source) -> tuple[str, Source]:
        self.left_out["source_sides"] += 1
        self.left_out["notes"] += bool(source.note) + bool(source.where)
        less: dict[str, Any] = {"source": None, "where": None, "note": None}
        if key in self.names:
            self.left_out["sources"] += 1
            less |= {"title": None, "url": None, "publisher": None}
        return self.names.get(key, key), source.model_copy(update=less)

    # --- indicators and barriers -------------------------------------------------------------------

    def _questioned(self, part: _Questioned) -> _Questioned:
        for reading in part.readings:
            self._count(reading)
        disputed = {r.slot for r in part.readings if r.state == "disputed"}
        return part.model_copy(
            update={
                "bounds": None if disputed else part.bounds,
                "slots": self._slots(part.type, part.slots, disputed),
                "readings": self._readings(part),
            }
        )

    def _count(self, reading: Reading) -> None:
        self.left_out["notes"] += bool(reading.note) + bool(reading.reason)
        self.left_out["confidence"] += bool(reading.confidence) + reading.review
        self.left_out["disputed"] += reading.state == "disputed"
        self.left_out["raters"] += self.several and reading.state != "unknown"

    def _slots(self, kind: str, slots: tuple[SlotValue, ...], disputed: Iterable[str]) -> tuple[SlotValue, ...]:
        if self.public and kind != "P":
            self.left_out["sides"] += len(slots)
            return ()
        return tuple(s.model_copy(update={"bounds": None}) if s.slot in disputed else s for s in slots)

    def _readings(self, part: IndicatorResult | BarrierResult) -> tuple[Reading, ...]:
        """Single answers without their reasons; or, where those are withheld, only what they cite."""
        if self.public:
            return self._pooled(part.readings, "pair", part.state)
        if self.several:
            return tuple(
                pooled for slot in part.slots
                for pooled in self._pooled([r for r in part.readings if r.slot == slot.slot], slot.slot, slot.state)
            )
        return tuple(map(self._reading, part.readings))

    def _pooled(self, readings: Sequence[Reading], slot: Any, state: Any) -> tuple[Reading, ...]:
        cited = self._cited(key for reading in readings for key in reading.evidence)
        asserted = any(reading.asserted for reading in readings)
        return (Reading(rater=0, slot=slot, state=state, evidence=cited, asserted=asserted),) if readings else ()

    def _reading(self, reading: Reading) -> Reading:
        less: dict[str, Any] = {"confidence": None, "reason": None, "note": None, "review": False,
                                "evidence": self._cited(reading.evidence), "steps": self._steps(reading.steps)}
        if reading.state == "disputed":
            less |= {"answered": (), "effective": (), "steps": ()}
        return reading.model_copy(update=less)

    def _steps(self, steps: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(step.model_copy(update={"evidence": self._cited(step.evidence)}) for step in steps)

    def _cited(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.names.get(key, key) for key in keys}))

    def _open(self, rows: Sequence[OpenQuestion | OpenBarrier], name: str) -> tuple[Any, ...]:
        """Open questions; for the public one a question, whichever side it is about."""
        if not self.public:
            return tuple(rows)
        first = {getattr(row, name): row for row in reversed(rows)}
        return tuple(row.model_copy(update={"slot": "pair"}) for row in rows if first[getattr(row, name)] is row)

    # --- bodies and aims -----------------------------------------------------------------------------

    def _body(self, body: BodyResult) -> BodyResult:
        for reading in body.readings:
            self.left_out["notes"] += bool(reading.note) + bool(reading.reason)
            self.left_out["confidence"] += reading.review
            self.left_out["raters"] += self.several and reading.state != "unknown"
        return body.model_copy(update={"readings": self._body_readings(body)})

    def _body_readings(self, body: BodyResult) -> tuple[BodyReading, ...]:
        if not self.several:
            return tuple(
                r.model_copy(update={"reason": None, "note": None, "review": False, "steps": self._steps(r.steps),
                                     "evidence": self._cited(r.evidence)}) for r in body.readings
            )
        rows = [(value, [r for r in body.readings if r.slot == value.slot]) for value in body.slots]
        return tuple(
            BodyReading(rater=0, slot=value.slot, state=value.state, effective=_agreed(readings),
                        evidence=self._cited(key for r in readings for key in r.evidence))
            for value, readings in rows if readings
        )

    def _aim(self, aim: AimResult) -> AimResult:
        parts = tuple(p.model_copy(update={"bounds": None}) if p.id in self.disputed else p for p in aim.parts)
        return aim.model_copy(update={"parts": parts})

    # --- how sure it is --------------------------------------------------------------------------------

    def _uncertainty(self, u: Uncertainty) -> Uncertainty:
        """Nothing about single raters; for the public nothing about single sides."""
        less: dict[str, Any] = {"agreement": (), "leave_one_rater_out": None}
        if self.several:  # how often a rater is right is learned from the others
            self.left_out["raters"] += len(u.accuracy) + len(u.agreement) + (u.leave_one_rater_out is not None)
            less["accuracy"] = ()
        if self.public:
            self.left_out["views"] += u.perception_gap is not None
            questions = tuple(q.model_copy(update={"slots": _PAIR}) for q in u.open_questions)
            less |= {"perception_gap": None, "mutual_view": None, "open_questions": questions}
        return u.model_copy(update=less)

    # --- what the result hangs on, and what could be done -----------------------------------------------

    def _sensitivity(self) -> Sensitivity | None:
        """Without what goes below the pair of two sides, or to the ends of a dispute."""
        found = self.assessment.sensitivity
        if found is None:
            return None
        less: dict[str, Any] = {"alternatives": tuple(a for a in found.alternatives if not self._tells(a))}
        if self.disputed:
            self.left_out["disputed_figures"] += len(found.answer_tipping) + (found.spacing is not None)
            less |= {"answer_tipping": (), "spacing": None}
        elif self.public:
            self.left_out["sides"] += sum(len(tipping.changes) for tipping in found.answer_tipping)
            less["answer_tipping"] = ()
        return found.model_copy(update=less)

    def _tells(self, alternative: Alternative) -> bool:
        """Whether a choice gives away what is withheld: the lowest raters, or by other level steps a dispute."""
        if self.several and alternative.pooling == "lowest":
            self.left_out["raters"] += 1
            return True
        if self.disputed and alternative.spacing != "rubric":
            self.left_out["disputed_figures"] += 1
            return True
        return False

    def _outlook(self) -> Outlook | None:
        """The roadmap; none beside a dispute, from whose lower end its steps would begin."""
        found = self.assessment.outlook
        if found is not None and self.disputed:
            self.left_out["disputed_figures"] += 1
            return None
        if found is None or found.plan is None or not self.public:
            return found
        steps = tuple(step.model_copy(update={"moves": _PAIR}) for step in found.plan.steps)
        find_out = tuple(row.model_copy(update={"slots": _PAIR}) for row in found.plan.find_out)
        plan = found.plan.model_copy(update={"steps": steps, "find_out": find_out})
        return found.model_copy(update={"plan": plan})


def _agreed(readings: Sequence[BodyReading]) -> str | None:
    """The effective status that all raters who know one agree on."""
    given = {r.effective for r in readings if r.effective is not None}
    return given.pop() if len(given) == 1 else None
