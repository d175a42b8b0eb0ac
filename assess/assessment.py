"""Everything that is computed about one relationship at one date, in one frozen tree.

``result`` holds what follows from the answers by counting; the other parts say how sure that is
and what could be done. Each part may be absent: then the report says nothing about it.
"""

from collections.abc import Sequence
from typing import Literal

from assess.frozen import Frozen
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.model import Questionnaire
from assess.result import SCHEMA_VERSION, Result
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.uncertainty.model import Uncertainty


class Assessment(Frozen):
    """The whole of what one run computes."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    result: Result
    uncertainty: Uncertainty | None = None

    def to_json(self) -> str:
        """Return everything as JSON, two spaces of indentation, with a line break at the end."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"

    @classmethod
    def from_json(cls, text: str, name: str = "result.json") -> "Assessment":
        """Read an assessment back.

        Raises:
            InputError: Q203, this is not an assessment of this schema version.
        """
        try:
            return cls.model_validate_json(text)
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise InputError([Problem("Q203", Place(name), {"value": name, "reason": reason})]) from error


def assess(rubric: Rubric, questionnaires: Sequence[Questionnaire], *, ranges: bool = True) -> Assessment:
    """Compute everything about one assessment; ``ranges`` false leaves out what takes numpy.

    Pure and deterministic: the order of the questionnaires changes nothing.
    """
    result = score(rubric, questionnaires)
    if not ranges:
        return Assessment(result=result)
    from assess.uncertainty.run import quantify

    return Assessment(result=result, uncertainty=quantify(rubric, questionnaires, result))
