"""A comparison over time as a document, with all that it is made from inside, so that anybody can make it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from assess import words
from assess.assessment import Assessment, Audience
from assess.audience import AUDIENCES
from assess.compare.over_time import Trend, trend
from assess.language import ENGLISH, Translator
from assess.report.html import Medium, render_page
from assess.report.pdf import Carried, render_pdf
from assess.report.provenance import Sources, bundle, result_file, rubric_file
from assess.report.record import ComparisonRecord, Record
from assess.report.templates import BUNDLED, Templates
from assess.report.view.changes import TrendView, trend_view
from assess.rubric.model import Rubric


@dataclass(frozen=True)
class Comparison:
    """What is compared, and in whose words.

    Attributes:
        trend: what follows from the assessments.
        assessments: one for each date, oldest first.
        rubric: whose words the pages use.
        versions: rubrics by hash, among them those of the assessments.
        engine: the version of the program that compares.
    """

    trend: Trend
    assessments: tuple[Assessment, ...]
    rubric: Rubric
    versions: Mapping[str, Rubric]
    engine: str
    tr: Translator = ENGLISH
    templates: Templates = BUNDLED

    @cached_property
    def view(self) -> TrendView:
        """What the pages say."""
        return trend_view(self.trend, self.rubric, self.tr, words.pair_title(self.assessments[-1].result, self.tr))

    def page(self, medium: Medium) -> str:
        """Return the page for ``medium``, print or screen."""
        return render_page("compare.html", {"view": self.view}, self.tr, medium, templates=self.templates)

    def bound(self, sources: Sources) -> bytes:
        """Return the PDF with all that it carries."""
        made = datetime.fromisoformat(self.trend.moments[-1].as_of)
        return render_pdf(self.page("print"), self._carried(sources), made, self.templates)

    def _carried(self, sources: Sources) -> Sequence[Carried]:
        used = dict.fromkeys(assessment.result.rubric.hash for assessment in self.assessments)
        others = [self.versions[key] for key in used if key != self.rubric.hash and key in self.versions]
        files = [
            rubric_file(self.rubric),
            *(rubric_file(rubric, f"rubric-{number}.json") for number, rubric in enumerate(others, start=1)),
            *(result_file(told, f"result-{number}.json") for number, told in enumerate(self.assessments, start=1)),
        ]
        return bundle(files, sources, self.trend.audience, Record(
            engine=self.engine, language=self.tr.language, paper="A4", parts={}, templates=self.templates.fingerprint(),
            comparison=ComparisonRecord(marking=self.trend.marking)))


def compared(rows: Sequence[tuple[str, Assessment]], versions: Mapping[str, Rubric]) -> tuple[Trend, list[Assessment]]:
    """Return what follows from assessments, each named by its file, and these in the order of their dates.

    The comparison is for those who may see every one of them.

    Raises:
        InputError: Q240 to Q242, they cannot be compared.
    """
    audience: Audience = min((assessment.audience for _, assessment in rows), key=AUDIENCES.index)
    found = trend(rows, versions).model_copy(update={"audience": audience})
    return found, sorted((assessment for _, assessment in rows), key=lambda one: one.result.as_of)
