"""The few lines that a terminal shows after scoring."""

from assess import words
from assess.assessment import Assessment
from assess.days import long_day
from assess.language import Translator
from assess.printable import printable
from assess.report.view.context import Context
from assess.report.view.front import figure, holding_back
from assess.report.view.likely import likely_sentences
from assess.rubric.model import Rubric

_BOLD, _RESET = "\x1b[1m", "\x1b[0m"


def summary(assessment: Assessment, rubric: Rubric, tr: Translator, *, colour: bool = False) -> str:
    """Return title, index, stage and what holds the relationship back, a line each."""
    ctx = Context(assessment, rubric, tr)
    result = assessment.result
    bold, plain = (_BOLD, _RESET) if colour else ("", "")
    lines = [
        *([printable(result.marking)] if result.marking else []),
        f"{bold}{printable(words.pair_title(result, tr))}{plain}, {long_day(result.as_of, tr)}",
        tr("Index {points} of 100, hard bounds {bounds}, coverage {coverage}").format(
            points=f"{bold}{figure(ctx)}{plain}", bounds=ctx.bounds(), coverage=words.percent(result.index.coverage)),
        *map(printable, likely_sentences(ctx)),
        tr("Stage: {stage}").format(stage=f"{bold}{ctx.stage()}{plain}"),
        *(f"- {printable(line)}" for line in holding_back(ctx)),
    ]
    return "\n".join(lines) + "\n"
