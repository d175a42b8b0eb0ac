"""Frozen models of a questionnaire: one rater's or one side's view of one relationship at one date."""

import re
from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - a type beside the field of the same name
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from assess.frozen import Frozen
from assess.marking import normal
from assess.rubric.model import Slot

Side = Literal["A", "B"]
Confidence = Literal["low", "medium", "high"]
Grade = Literal["A", "B", "C"]

Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]

_MARKING = StringConstraints(strip_whitespace=True, min_length=1, max_length=80)
LevelNumber = Annotated[int, Field(strict=True, ge=0)]

_PARTIAL = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}\Z")


def _partial(value: Any) -> Any:
    """Accept a year, a month or a day; a bare year comes from YAML as a number."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _PARTIAL.match(text):
        raise ValueError("a date is written 2024-07-15, 2024-07 or 2024")
    try:
        earliest(text)
    except ValueError as error:
        raise ValueError("there is no such day in the calendar") from error
    return text


PartialDate = Annotated[str, BeforeValidator(_partial)]


@lru_cache(maxsize=4096)  # many sources share their dates, and each is asked for more than once
def earliest(partial: str) -> Date:
    """Return the first day that a partial date can mean; ageing counts from it, the cautious way."""
    year, month, day = (*partial.split("-"), "1", "1")[:3]
    return Date(int(year), int(month), int(day))


class Evidence(Frozen):
    """One fact, listed once and cited by id."""

    title: Text = Field(description="What the source is, so that a reader can find it.")
    date: PartialDate | None = Field(default=None, description="Day, month or year of what it shows.")
    url: str | None = Field(default=None, max_length=2000, description="Public address.")
    where: str | None = Field(default=None, max_length=2000, description="File number or archive, if not public.")
    publisher: str | None = Field(default=None, max_length=200, description="Who published it; tells sources apart.")
    grade: Grade = Field(description="A official, B press quoting officials, C the rest.")
    source: Literal["A", "B", "both", "third"] = Field(description="Whose record it is.")
    counter: bool = Field(default=False, description="True if it speaks against a higher level.")
    verified: bool = Field(default=True, description="False if the source was not read itself.")
    note: str | None = Field(default=None, max_length=20_000, description="Anything else about the source.")


def _sorted(ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


class _Answer(Frozen):
    evidence: Annotated[tuple[Id, ...], AfterValidator(_sorted)] = Field(
        default=(), description="Ids of the sources that show it."
    )
    note: str | None = Field(default=None, max_length=20_000, description="Why this answer.")
    review: bool = Field(default=False, description="True while carried over and not read again.")
    assigned: str | None = Field(
        default=None, max_length=200, description="The office that owes the answer; without weight in any figure."
    )


class Answered(_Answer):
    """A level that somebody vouches for."""

    state: Literal["level"] = "level"
    level: LevelNumber = Field(description="The highest level whose anchor and all lower anchors hold.")
    confidence: Confidence = Field(default="medium", description="How sure the rater is.")
    date: PartialDate | None = Field(default=None, description="When it happened, if the evidence has no date.")


class Unknown(_Answer):
    """Not known, perhaps within limits. Never zero."""

    state: Literal["unknown"] = "unknown"
    reason: str | None = Field(default=None, max_length=20_000, description="Why it is not known.")
    between: tuple[LevelNumber, LevelNumber] | None = Field(default=None, description="Limits that the record sets.")


class NotApplicable(_Answer):
    """The question does not arise, for a reason that the rubric allows."""

    state: Literal["not_applicable"] = "not_applicable"
    reason: Text = Field(description="Why the question does not arise.")


class Disputed(_Answer):
    """Two values that the sources or the sides do not agree on; both are kept."""

    state: Literal["disputed"] = "disputed"
    values: tuple[LevelNumber, LevelNumber] = Field(description="The lower and the higher of the two.")
    confidence: Confidence = Field(default="medium", description="How sure the rater is.")
    date: PartialDate | None = Field(default=None, description="When it happened, if the evidence has no date.")


Answer = Annotated[Answered | Unknown | NotApplicable | Disputed, Field(discriminator="state")]


class Participation(_Answer):
    """What one side is or does in a body."""

    state: Literal["status"] = "status"
    status: Text = Field(description="A status of the rubric.")
    date: PartialDate | None = Field(default=None, description="When it last acted, if the evidence has no date.")


SideAnswer = Annotated[Participation | Unknown, Field(discriminator="state")]
TogetherAnswer = Annotated[Answered | Unknown, Field(discriminator="state")]
BodySlot = Literal["A", "B", "together"]


class BodyAnswer(Frozen):
    """What each side is in one body, and what the two do there together; what is blank is unknown."""

    A: SideAnswer = Field(default_factory=Unknown, description="What side A is in the body.")
    B: SideAnswer = Field(default_factory=Unknown, description="What side B is in the body.")
    together: TogetherAnswer = Field(default_factory=Unknown, description="What the two do there together.")

    def slot(self, slot: BodySlot) -> Participation | Answered | Unknown:
        """Return the answer for side A, side B, or both together."""
        answer: Participation | Answered | Unknown = getattr(self, slot)
        return answer


class Party(Frozen):
    """One of the two parties."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,9}$")] = Field(description="ISO 3166 code, or EU.")
    name: Text = Field(description="Its name, as the report prints it.")


class Parties(Frozen):
    """The two parties; which of them is A is a matter of order only."""

    A: Party = Field(description="The first party.")
    B: Party = Field(description="The second party.")


class Relationship(Frozen):
    """The relationship that is assessed."""

    parties: Parties = Field(description="The two parties.")
    title: str | None = Field(
        default=None, max_length=300, description="A name for the relationship, if not those of the parties."
    )


class Rater(Frozen):
    """Who answers; a role, never a name."""

    side: Literal["A", "B", "both", "third"] = Field(description="Whose view it is.")
    role: Text = Field(description="The office or function of the rater.")


class Questionnaire(Frozen):
    """A whole questionnaire, checked against its rubric."""

    rubric: Text = Field(description="Id and version of the rubric.")
    relationship: Relationship = Field(description="What is assessed.")
    as_of: Date = Field(description="The day for which the answers hold.")
    answered_by: Rater = Field(description="Who answers.")
    kind: Literal["assessment", "illustration"] = Field(
        default="assessment", description="An illustration is marked as such on every page."
    )
    marking: Annotated[str, _MARKING, AfterValidator(normal)] | None = Field(
        default=None, description="Who may see the report: TLP:AMBER or another label of TLP 2.0, or a national text."
    )
    note: str | None = Field(default=None, max_length=20_000, description="Anything that a reader should know.")
    evidence: Mapping[str, Evidence] = Field(default_factory=dict, description="Id to source; each is listed once.")
    answers: Mapping[str, Mapping[Slot, Answer]] = Field(
        default_factory=dict, description="Id of an indicator to its answer."
    )
    challenges: Mapping[str, Mapping[Slot, Answer]] = Field(
        default_factory=dict, description="Id of a barrier to its answer; its levels are severities."
    )
    bodies: Mapping[str, BodyAnswer] = Field(
        default_factory=dict, description="Id of a body to what each side is there, and both together."
    )

    def answer(self, key: str, slot: Slot) -> Answer:
        """Return the answer to an indicator or barrier; what is blank is unknown."""
        given = self.answers.get(key) or self.challenges.get(key) or {}
        return given.get(slot) or BLANK

    def body(self, key: str) -> BodyAnswer:
        """Return the answer about a body; what is blank is unknown."""
        return self.bodies.get(key) or BLANK_BODY


BLANK = Unknown()
BLANK_BODY = BodyAnswer()
