"""Words for the steps of a trace, shared by the report and by ``assess explain``."""

from assess import words
from assess.language import Translator
from assess.result import BodyStep, Step


def step_sentence(step: Step, tr: Translator) -> str:
    """Say one step with the number of its rule."""
    after = f"{step.after:g}"
    if step.kind == "answered":
        return tr("answered {level}").format(level=after)
    if step.kind == "capped":
        assert step.strength is not None
        text = tr("capped at {level}: {strength} (rule {rule})")
        return text.format(level=after, strength=tr(words.STRENGTHS[step.strength]), rule=step.rule)
    age = tr("no date") if step.months is None else tr.plural("{count} month old", "{count} months old", step.months)
    if step.kind == "aged":
        text = tr("aged to {level}: {age}, window {window} months (rule {rule})")
        return text.format(level=after, age=age, window=step.window, rule=step.rule)
    return tr("limited to {level}: {age} (rule {rule})").format(level=after, age=age, rule=step.rule)


def body_step_sentence(step: BodyStep, tr: Translator) -> str:
    """Say one step of a status in a body."""
    if step.kind == "closed":
        return tr("counted lower: the body is closed (rule {rule})").format(rule=step.rule)
    age = tr("no date") if step.months is None else tr.plural("{count} month old", "{count} months old", step.months)
    return tr("counted lower: {age} (rule {rule})").format(age=age, rule=step.rule)
