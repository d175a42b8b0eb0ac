"""A roadmap as text for a terminal."""

from collections.abc import Iterator, Mapping
from textwrap import wrap

from assess import words
from assess.language import Translator
from assess.printable import printable_lines
from assess.roadmap.written import PlannedStep, Roadmap, Standing
from assess.rubric.model import Rubric
from assess.rubric.texts import office_words

_WIDTH = 100
_MOST_OPEN = 5


def as_text(roadmap: Roadmap, rubric: Rubric, parties: Mapping[str, str], tr: Translator) -> str:
    """Return the plan as a table with a block for every step.

    ``parties`` maps A and B to names.
    """
    lines = [*_head(roadmap, rubric, tr), *_table(roadmap, parties, tr), *_rest(roadmap, tr)]
    return printable_lines(lines)


def _head(roadmap: Roadmap, rubric: Rubric, tr: Translator) -> Iterator[str]:
    yield _aim(roadmap, rubric, tr)
    yield tr("Before: {standing}").format(standing=_standing(roadmap.before, rubric, tr))
    yield tr("After:  {standing}").format(standing=_standing(roadmap.after, rubric, tr))
    yield tr("{steps}, {effort}, {gain} points.").format(
        steps=tr.plural("{count} step", "{count} steps", len(roadmap.steps)),
        effort=words.person_months(roadmap.effort, tr), gain=words.number(roadmap.gain, 1, tr))
    if roadmap.chance is not None:
        text = tr("Chance of the stage {stage} or above: {before} as things stand, {after} with every step done.")
        yield text.format(
            stage=tr(rubric.stages[rubric.stage_position(roadmap.chance.stage)].title),
            before=words.chance(roadmap.chance.before), after=words.chance(roadmap.chance.after))
    if roadmap.coverage < rubric.coverage.overall_minimum:
        yield tr("Only {coverage} of the weight is answered: gains count within that part, "
                 "and no single stage is published.").format(coverage=words.percent(roadmap.coverage))


def _aim(roadmap: Roadmap, rubric: Rubric, tr: Translator) -> str:
    budget = "" if roadmap.budget is None else words.person_months(roadmap.budget, tr)
    if roadmap.target is not None:
        stage = tr(rubric.stages[rubric.stage_position(roadmap.target)].title)
        text = tr("Least effort to the stage {stage}").format(stage=stage)
        if budget and not roadmap.years:
            text += ", " + tr("at most {budget}").format(budget=budget)
    else:
        text = tr("Most gain for {budget}").format(budget=budget)
        text = text if not roadmap.years else tr("Most gain")
    if roadmap.years:
        text += ", " + tr.plural("in {count} year", "in {count} years", roadmap.years)
        text += " " + tr("of {budget} each").format(budget=budget) if budget else ""
    return text + "."


def _standing(standing: Standing, rubric: Rubric, tr: Translator) -> str:
    stage = tr(rubric.stages[rubric.stage_position(standing.reached)].title)
    text = tr("index {points}, stage {stage}").format(points=words.number(standing.index, 1, tr), stage=stage)
    if standing.stage.binding:
        text += " " + tr("(held by {gates})").format(gates=", ".join(standing.stage.binding))
    return text


# --- the table ----------------------------------------------------------------------------------


def _table(roadmap: Roadmap, parties: Mapping[str, str], tr: Translator) -> Iterator[str]:
    year = None
    for step in roadmap.steps:
        if step.year != year:
            year = step.year
            yield ""
            yield tr("Year {year}").format(year=year)
        yield ""
        yield from _block(step, parties, tr)


def in_language(values: Mapping[str, str], rubric: Rubric, tr: Translator) -> dict[str, str]:
    """Return what fills a problem of a plan with the titles of the rubric in the language of ``tr``."""
    titles = {s.title: tr(s.title) for s in rubric.stages} | {"the index": tr("the index")}
    titles |= {f"{g.id} ({g.title})": f"{g.id} ({tr(g.title)})" for g in rubric.gates}
    return {key: titles.get(value, value) for key, value in values.items()}


def _block(step: PlannedStep, parties: Mapping[str, str], tr: Translator) -> Iterator[str]:
    facts = tr("effort {effort}, gain {gain}, stays in {stays} of the plans").format(
        effort=_short(step.effort), gain=words.number(step.gain, 1, tr), stays=words.percent(step.stays))
    yield f"{step.id}  {tr(step.title)}  {step.start} → {step.level}   {facts}"
    yield from _row(tr("what"), tr(step.action))
    yield from _row(tr("who"), _who(step, parties, tr))
    yield from _row(tr("needs"), ", ".join(step.needs) or "–")
    yield from _row(tr("proof"), " ".join(tr(text).rstrip(".") + "." for text in step.proof))


def _row(name: str, text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent=f"    {name:<7}", subsequent_indent=" " * 11)


def _who(step: PlannedStep, parties: Mapping[str, str], tr: Translator) -> str:
    offices = ", ".join(tr(office_words(kind)) for kind in step.by)
    sides = [parties[slot] for slot in step.moves if slot in parties]
    if len(sides) != 1:
        return offices
    first = tr("above all of {side}").format(side=sides[0])
    return f"{offices} ({first})"


def _rest(roadmap: Roadmap, tr: Translator) -> Iterator[str]:
    yield ""
    if roadmap.find_out:
        first = ", ".join(row.indicator for row in roadmap.find_out[:_MOST_OPEN])
        text = tr("Find out first, for no step is planned where nothing is known ({count} in all): {first}").format(
            count=len(roadmap.find_out), first=first)
        yield from wrap(text, _WIDTH)
    for row in roadmap.blocked:
        yield tr("{id} waits for {missing}").format(id=row.id, missing=", ".join(row.missing))
    if roadmap.quick_wins:
        yield tr("Quick wins, taken singly and not a plan: {ids}").format(
            ids=", ".join(row.id for row in roadmap.quick_wins))
    if roadmap.curve:
        part = "; " if tr.decimal_mark == "," else ", "
        yield tr("What more effort would bring (person-months: index): {curve}").format(
            curve=part.join(f"{_short(c.budget)}: {words.number(c.index, 1, tr)}" for c in roadmap.curve))
    yield tr("Proven best by {name} {version}; efforts are the rubric's estimates, shaken by ±{spread} in {runs} plans."
             ).format(name=roadmap.solver.name, version=roadmap.solver.version,
                      spread=words.percent(roadmap.solver.spread), runs=roadmap.solver.runs)


def _short(value: float) -> str:
    return f"{round(value, 1):g}"
