"""How a report was made, as it stands inside of it: nothing but what this program may have written itself.

No hash covers the record, so whoever changes a report can change it as well. What it says goes into the
page that is made again; a field that could be more than a word of this program is refused when it is read.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from assess.frozen import Frozen
from assess.language import languages
from assess.report.html import PAPERS


def _one_of(known: Callable[[], Collection[str]]) -> AfterValidator:
    """Accept a word of ``known``, which is asked for only when there is a word to hold against it."""

    def check(word: str) -> str:
        if word not in known():
            raise ValueError(f"it should be {', '.join(known())}")
        return word

    return AfterValidator(check)


Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+!-]{0,39}$")]
LibraryName = Annotated[str, Field(pattern="^[a-z0-9_-]{1,30}$")]
PartName = Annotated[str, Field(pattern=r"^(questionnaire-[0-9]{1,4}\.yaml|(rubric|result)(-[0-9]{1,4})?\.json)$")]


class ComparisonRecord(Frozen):
    """What a comparison says beside its results: the marking that was chosen for it, None for no marking."""

    marking: str | None = None


class Record(Frozen):
    """How the report was made, with the SHA-256 of every other part.

    ``libraries`` are those that laid the pages out; the first reports name none.
    ``templates`` is the fingerprint of the user's own templates; empty where the bundled ones were used.
    ``comparison`` stands in the record of a comparison over time alone.
    """

    engine: Version
    language: Annotated[str, _one_of(languages)]
    paper: Annotated[str, _one_of(lambda: PAPERS)]
    parts: Mapping[PartName, Hash]
    libraries: Mapping[LibraryName, Version] = Field(default_factory=dict)
    templates: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""
    withheld: tuple[Hash, ...] = Field(default=(), description="SHA-256 of each questionnaire that is not inside.")
    comparison: ComparisonRecord | None = None
